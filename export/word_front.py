"""What stands before a long document in Word: the cover, and contents as a field that shows its pages."""

from collections.abc import Iterator, Sequence

from export import word_styles as styles
from export.word_xml import align, paragraph, run, twips
from model.basics.metrics import visible
from model.forms.loader import metrics
from model.report.front import INDENT_MM, Entry, lines_of
from model.report.prose import Front
from model.report.prose_pages import BODY, PITCH_PT, TEXT_MM, TITLE

_COVER_PT = 160.0  # above the first line
_DATE_PT = 300.0  # above the date
_INSTRUCTION = r' TOC \h \z \f \t "章标题,1,heading 1,2" '  # as many levels as a front lists; and its marks


def bookmark(number: int, inner: str) -> str:
    """Return runs with a mark around them that the contents point to."""
    name = f'w:id="{number}" w:name="_Toc{number:05}"'
    return f'<w:bookmarkStart {name}/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def listed(text: str, level: int) -> str:
    """Return runs that nobody sees, from which Word makes an entry of the contents when it updates them."""
    said = visible(text).strip().replace('"', "”").replace("\\", "＼")
    return _mark("begin") + _code(f' TC "{said}" \\l {level} ') + _mark("end")


def front(cover: Front, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the paragraphs of cover and contents; `entries` are numbered in the order of the headings."""
    yield from _cover(cover)
    look = "<w:pageBreakBefore/>" + styles.pitch(TITLE, 0, 3 * PITCH_PT - TITLE.size_pt * TITLE.pitch)
    yield paragraph(styles.TITLE_LINE, run(cover.contents), look)
    last = len(entries) - 1
    for n, entry in enumerate(entries):
        yield _entry(entry, n + 1, n == 0, n == last)


def _cover(cover: Front) -> Iterator[str]:
    for n, line in enumerate(cover.lines):
        before = _COVER_PT if n == 0 else 0.0
        yield paragraph(styles.TITLE_LINE, run(visible(line)), styles.pitch(TITLE, before, PITCH_PT / 2))
    if cover.date:
        yield paragraph(styles.TEXT, run(cover.date), styles.pitch(BODY, _DATE_PT) + align("center"))


def _entry(entry: Entry, number: int, is_first: bool, is_last: bool) -> str:
    level = min(entry.level, 2)
    indent = f'w:left="{twips(level * INDENT_MM)}"'
    look = (
        f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(TEXT_MM)}"/></w:tabs>'
        f'{styles.pitch(BODY)}<w:ind {indent} w:firstLineChars="0" w:firstLine="0"/>'
    )
    page = _field(rf" PAGEREF _Toc{number:05} \h ", run(str(entry.page)))
    lines = "\n".join(visible(line) for line in lines_of(entry, metrics()))  # as many as the PDF has
    words = run(lines) + "<w:r><w:tab/></w:r>"
    link = f'<w:hyperlink w:anchor="_Toc{number:05}" w:history="1">{words}{page}</w:hyperlink>'
    begin = _mark("begin") + _code(_INSTRUCTION) + _mark("separate") if is_first else ""
    return paragraph(styles.CONTENTS[level], begin + link + (_mark("end") if is_last else ""), look)


def _field(code: str, shown: str) -> str:
    return _mark("begin") + _code(code) + _mark("separate") + shown + _mark("end")


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _code(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace('"', "&quot;")
    return f'<w:r><w:instrText xml:space="preserve">{escaped}</w:instrText></w:r>'
