"""What a code on paper belongs to: which document, version and page, and what differs now."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from model.basics.codes import LENGTH, bare_code, distance, shown_code
from model.document.answers import Answers, FormKey
from model.exchange.checkcode import check_code
from model.handin.comparison import Difference, compare
from model.handin.versions import LockedPage, Version, answers_of, listed
from model.reading.reading import Form, Reading, read

# same: this page, as the document is now · changed: this page, the document says something else now ·
# print: a print that was not locked, of what the document says now · near: only a mistyped code can be ours
State = Literal["same", "changed", "print", "near", "unknown"]


class Verdict(NamedTuple):
    """What is said of a code, and what differs now in the form or the document it stands for."""

    code: str
    state: State
    sentence: str
    version: int = 0
    page: LockedPage | None = None
    differences: tuple[Difference, ...] = ()


class Known(NamedTuple):
    """A document as it is now, its versions, and how to get at what one of them said."""

    reading: Reading
    answers: Answers
    versions: Sequence[Version]
    answers_of: Callable[[int], Answers]


def known_as(path: Path, reading: Reading, answers: Answers) -> Known:
    """Return a document as it is now, which may be newer than its file, with the versions of the file.

    Raises UserError where the file can't be read.
    """
    return Known(reading, answers, listed(path), partial(answers_of, path))


def verify(typed: str, known: Known) -> Verdict:
    """Return what a code, as it was typed or scanned, belongs to."""
    bare = bare_code(typed)
    code = shown_code(bare)
    for version in known.versions:
        for page in version.pages:
            if page.code == code:
                return _locked(code, version, page, known)
    for form in known.reading.forms:
        if check_code(form) == code:
            said = f"这是“{_name(form)}”没有定稿的打印件，内容与现在一致。"
            return Verdict(code, "print", said)
    return _near(bare, known) or Verdict(code, "unknown", _unknown(bare, known))


def mixed(verdicts: Sequence[Verdict]) -> str:
    """Return in a sentence that pages are of several prints, or that some lack; "" where all is well."""
    pages = [verdict for verdict in verdicts if verdict.page is not None]
    numbers = sorted({verdict.version for verdict in pages})
    if len(numbers) > 1:
        which = "；".join(
            f"定稿 {n}：" + "、".join(_page(one.page) for one in pages if one.version == n and one.page)
            for n in numbers
        )
        return f"这些页来自 {len(numbers)} 次打印，请不要混在一起：{which}。"
    return _lacking([verdict.page for verdict in pages if verdict.page])


def _lacking(pages: Sequence[LockedPage]) -> str:
    """Which pages of a file that was begun were not shown."""
    if len(pages) < 2:
        return ""
    lacking = []
    for file, count in dict.fromkeys((page.file, page.pages) for page in pages):
        seen = {page.page for page in pages if page.file == file}
        left = [str(n) for n in range(1, count + 1) if n not in seen]
        if left:
            lacking.append(f"“{file}”还缺第 {'、'.join(left)} 页")
    return "；".join(lacking) + "。" if lacking else ""


def _locked(code: str, version: Version, page: LockedPage, known: Known) -> Verdict:
    where = f"这是{_moment(version)}的{_page(page)}，共 {page.pages} 页。"
    found = differences_since(version, known, page.key)
    if not found:
        return Verdict(code, "same", where + "内容与现在一致。", version.number, page)
    of_form = f"其中这张表 {len(found)} 处" if page.key else f"{len(found)} 处"
    said = f"{where}此后已更正：{of_form}与纸上不同。"
    return Verdict(code, "changed", said, version.number, page, found)


def differences_since(version: Version, known: Known, key: FormKey = "") -> tuple[Difference, ...]:
    """Return what differs now from a version, in one form or, with "", in all of the document."""
    library = known.reading.library
    if library is None:
        return ()
    answers = known.answers_of(version.number)
    if answers == known.answers:
        return ()
    found = compare(read(library, answers), known.reading, answers, known.answers)
    return tuple(one for one in found if not key or one.key == key)


def _near(bare: str, known: Known) -> Verdict | None:
    """The one code of ours that differs in a sign or two from what was typed."""
    nearest = sorted(_others(bare, known), key=lambda found: found[0])
    if not nearest or (len(nearest) > 1 and nearest[1][0] == nearest[0][0]):
        return None
    count, code, said = nearest[0]
    return Verdict(
        shown_code(bare), "near", f"没有这个校验码。有 {count} 个字不同的是 {code}：{said}，请核对纸上的字。"
    )


def _others(bare: str, known: Known) -> Iterator[tuple[int, str, str]]:
    for version in known.versions:
        for page in version.pages:
            if (count := distance(bare, bare_code(page.code))) <= 2:
                yield count, page.code, f"{version.title}的{_page(page)}"
    for form in known.reading.forms:
        code = check_code(form)
        if (count := distance(bare, bare_code(code))) <= 2:
            yield count, code, f"“{_name(form)}”没有定稿的打印件"


def _unknown(bare: str, known: Known) -> str:
    if len(bare) != LENGTH:
        return f"校验码是 {LENGTH} 个字，这里有 {len(bare)} 个：请再看一看纸的右下角。"
    problem = next((version.problem for version in known.versions if version.problem), "")
    return (
        "这个自评簿里没有这个校验码：可能是别的单位或年度的，也可能是定稿以前的打印件，内容已经改过。"
        + problem
    )


def _moment(version: Version) -> str:
    by = f"，{version.name}" if version.name else ""
    return f"{version.title}（{version.locked:%Y-%m-%d %H:%M}{by}）"


def _page(page: LockedPage) -> str:
    return f"“{page.file}”第 {page.page} 页"


def _name(form: Form) -> str:
    return f"{form.definition.name} · {form.project}" if form.project else form.definition.name
