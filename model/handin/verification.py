"""What a code on paper belongs to: which document, version and page, and what differs now."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from model.basics.codes import LENGTH, bare_code, distance, shown_code
from model.basics.errors import UserError
from model.document import backups, store
from model.document.answers import Answers, FormAnswers, FormKey
from model.exchange.checkcode import check_code
from model.forms.loader import Library, metrics
from model.handin import prints
from model.handin.comparison import Difference, compare
from model.handin.finished import report_code
from model.handin.versions import LockedPage, Version, answers_of, listed
from model.paper.accounts_layout import lay_out_accounts
from model.reading.reading import Form, Reading, read
from model.report.report import compose
from model.report.teller import teller

# same: this page, as the document is now · changed: this page, the document says something else now ·
# print: a print that was not locked, of what the document says now · past: of what it said once ·
# near: only a mistyped code can be ours
State = Literal["same", "changed", "print", "past", "near", "unknown"]

_NO_FORMS: Mapping[FormKey, FormAnswers] = {}


class Verdict(NamedTuple):
    """What is said of a code, and what differs now in the form or the document it stands for.

    `page` is that of a locked version, `forms` are those on a print that was not locked, as they were then.
    """

    code: str
    state: State
    sentence: str
    version: int = 0
    page: LockedPage | None = None
    differences: tuple[Difference, ...] = ()
    forms: Mapping[FormKey, FormAnswers] = _NO_FORMS

    @property
    def is_known(self) -> bool:
        """Whether the paper is of this document."""
        return self.page is not None or self.state in ("print", "past")


class Earlier(NamedTuple):
    """What the document said once, and how that state is called: 定稿 1, 2026-04-28 16:20 的备份."""

    name: str
    answers: Answers


class Known(NamedTuple):
    """A document as it is now, its versions and prints, and how to get at what it said once.

    `earlier` goes through the file, versions and backups, which takes a while.
    """

    reading: Reading
    answers: Answers
    versions: Sequence[Version]
    answers_of: Callable[[int], Answers]
    print_codes: Sequence[str] = ()
    print_of: Callable[[str], prints.Print | None] = lambda code: None
    earlier: Callable[[], Iterator[Earlier]] = lambda: iter(())


def known_as(path: Path, reading: Reading, answers: Answers, local_folder: Path | None = None) -> Known:
    """Return a document as it is now, which may be newer than its file, with the versions of the file.

    Backups lie beside it and, where one is given, in the local folder. Raises UserError where the file can't
    be read.
    """
    versions = listed(path)
    earlier = partial(_earlier, path, versions, local_folder)
    of_version, of_print = partial(answers_of, path), partial(prints.print_of, path)
    return Known(reading, answers, versions, of_version, prints.codes(path), of_print, earlier)


def _earlier(path: Path, versions: Sequence[Version], local_folder: Path | None) -> Iterator[Earlier]:
    """What the document said in its file, versions and backups; one that can't be read is passed by.

    The file may say less than the window: rows that an older program kept without printing them.
    """
    with suppress(UserError):
        yield Earlier("上次保存的文件", store.open_document(path).answers)
    for version in versions:
        with suppress(UserError):
            yield Earlier(version.title, answers_of(path, version.number))
    for backup in backups.found(path, local_folder):
        with suppress(UserError):
            name = f"{backup.time:%Y-%m-%d %H:%M} 的备份" + (f"“{backup.name}”" if backup.name else "")
            yield Earlier(name, store.open_document(backup.path).answers)


def verify(typed: str, known: Known) -> Verdict:
    """Return what a code, as it was typed or scanned, belongs to."""
    bare = bare_code(typed)
    code = shown_code(bare)
    for version in known.versions:
        for page in version.pages:
            if page.code == code:
                return _locked(code, version, page, known)
    return (
        _printed(code, known)
        or _near(bare, known)
        or (_looked_for(code, known) if len(bare) == LENGTH else None)
        or Verdict(code, "unknown", _unknown(bare, known))
    )


# --- prints that were not locked


def _printed(code: str, known: Known) -> Verdict | None:
    """A print of what a form says now, or of what stood on paper when it was printed or exported."""
    found = known.print_of(code) if code in known.print_codes else None
    when = f"，{found.moment:%Y-%m-%d %H:%M} 打印或导出" if found else ""
    for form in known.reading.forms:
        if check_code(form) == code:
            return _as_now(code, _name(form), when, {form.key: form.answers})
    return _past(code, found.name, found.answers, when, known) if found else None


def _looked_for(code: str, known: Known) -> Verdict | None:
    """A print that nobody remembers: of a report as it is now, or of a form in a version or a backup."""
    library = known.reading.library
    if library is None:
        return None
    for found, name, key in _reports(known.reading, library):
        if found == code:
            return _as_now(code, name, "", {key: known.answers.forms[key]})
    for name, answers in known.earlier():
        with suppress(UserError):
            for form in read(library, answers).forms:
                if check_code(form) == code:
                    alone = replace(answers, forms={form.key: form.answers})
                    return _past(code, _name(form), alone, f"，内容与{name}相同", known)
    return None


def _reports(reading: Reading, library: Library) -> Iterator[tuple[str, str, FormKey]]:
    """The codes of what is written about the forms and of the tables of the accounts, with their names."""
    for form in reading.forms:
        tells = teller(form, reading, library) if form.definition.is_scored else None
        if tells is None:
            continue
        for is_abstract in (False, True):
            report = compose(tells, metrics(), is_abstract=is_abstract)
            yield report_code(report), f"{_name(form)}的{report.name}", form.key
    if reading.accounts is not None:
        name = "部门决算公开表"
        yield lay_out_accounts(reading.accounts, metrics())[0].check_code, name, reading.accounts.key


def _as_now(code: str, name: str, when: str, forms: Mapping[FormKey, FormAnswers]) -> Verdict:
    said = f"这是“{name}”没有定稿的打印件{when}，内容与现在一致。"
    return Verdict(code, "print", said, forms=forms)


def _past(code: str, name: str, old: Answers, when: str, known: Known) -> Verdict:
    """What differs now from forms as they were when they were printed."""
    library = known.reading.library
    assert library is not None
    before = replace(known.answers, forms={**known.answers.forms, **old.forms})
    found = compare(read(library, before), known.reading, before, known.answers)
    if not found:
        return _as_now(code, name, when, old.forms)
    said = f"这是“{name}”没有定稿的打印件{when}。此后改了 {len(found)} 处，与纸上不同。"
    return Verdict(code, "past", said, differences=found, forms=old.forms)


# --- several papers


def is_mixed(verdicts: Sequence[Verdict]) -> bool:
    """Whether pages are of several prints."""
    return len(_by_print(verdicts)) > 1


def mixed(verdicts: Sequence[Verdict]) -> str:
    """Return in a sentence that pages are of several prints, or that some lack; "" where all is well."""
    found = _by_print(verdicts)
    if len(found) > 1:
        which = "；".join(f"{name}：" + "、".join(papers) for name, papers in found.items())
        return f"这些页来自 {len(found)} 次打印，请不要混在一起：{which}。"
    return _lacking([verdict.page for verdict in verdicts if verdict.page])


def _by_print(verdicts: Sequence[Verdict]) -> dict[str, list[str]]:
    """The papers that are known, by the print they are of: a version, or what was not locked.

    What was not locked is of one print as long as each form says the same on all of its papers.
    """
    found: dict[str, list[str]] = {}
    prints: list[tuple[str, dict[FormKey, FormAnswers]]] = []
    for verdict in verdicts:
        if verdict.page:
            found.setdefault(f"定稿 {verdict.version}", []).append(_page(verdict.page))
        elif verdict.is_known:
            name = next((name for name, said in prints if _agree(said, verdict.forms)), "")
            if not name:
                name = "没有定稿的" + (f"（{len(prints) + 1}）" if prints else "")
                prints.append((name, {}))
            dict(prints)[name].update(verdict.forms)
            found.setdefault(name, []).append(verdict.code)
    return {name: list(dict.fromkeys(papers)) for name, papers in found.items()}


def _agree(said: Mapping[FormKey, FormAnswers], forms: Mapping[FormKey, FormAnswers]) -> bool:
    """Whether the forms that two papers share say the same."""
    both = ((said[key], forms[key]) for key in said.keys() & forms.keys())
    return all((one.texts, one.rows) == (other.texts, other.rows) for one, other in both)


def _lacking(pages: Sequence[LockedPage]) -> str:
    """Which pages of a file that was begun were not shown."""
    if len(pages) < 2:
        return ""
    lacking = []
    for file, count in dict.fromkeys((page.file, page.pages) for page in pages if page.page):
        seen = {page.page for page in pages if page.file == file}
        left = [str(n) for n in range(1, count + 1) if n not in seen]
        if left:
            lacking.append(f"“{file}”还缺第 {'、'.join(left)} 页")
    return "；".join(lacking) + "。" if lacking else ""


def _locked(code: str, version: Version, page: LockedPage, known: Known) -> Verdict:
    count = f"，共 {page.pages} 页" if page.page else ""
    where = f"这是{_moment(version)}的{_page(page)}{count}。"
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
    of_now = {check_code(form): f"“{_name(form)}”没有定稿的打印件" for form in known.reading.forms}
    for code, said in (dict.fromkeys(known.print_codes, "没有定稿的打印件") | of_now).items():
        if 0 < (count := distance(bare, bare_code(code))) <= 2:
            yield count, code, said


def _unknown(bare: str, known: Known) -> str:
    if len(bare) != LENGTH:
        return f"校验码是 {LENGTH} 个字，这里有 {len(bare)} 个：请再看一看纸的右下角。"
    problem = next((version.problem for version in known.versions if version.problem), "")
    return (
        "这个自评簿、它的定稿和备份里都没有这个校验码：可能是别的单位或年度的，"
        "也可能是在别的电脑上打印的，或者用命令行导出、此后内容改过的。" + problem
    )


def _moment(version: Version) -> str:
    by = f"，{version.name}" if version.name else ""
    return f"{version.title}（{version.locked:%Y-%m-%d %H:%M}{by}）"


def _page(page: LockedPage) -> str:
    return f"“{page.file}”" + (f"第 {page.page} 页" if page.page else "（Word）")


def _name(form: Form) -> str:
    return f"{form.definition.name} · {form.project}" if form.project else form.definition.name
