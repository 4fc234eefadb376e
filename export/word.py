"""Written reports as Word file: headings, tables, page numbers are Word's own, fonts those of GB/T 9704."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from itertools import groupby, zip_longest
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.document import Document as WordDocument

from export import word_styles as styles
from export.pieces import Pieces
from export.word_front import bookmark, front, listed
from export.word_pictures import Pictures
from export.word_tables import bars_table, flowing_table, page_table
from export.word_xml import align, clean, element, page_field, paragraph, run, twips
from model.basics.metrics import visible
from model.basics.packing import entry
from model.forms.loader import metrics
from model.paper.grid import Cell, Grid, Paper
from model.paper.measure import break_label
from model.paper.pages import CONTINUED, RUNNING_MM, paginate
from model.report.chart import Chart, lay_out_chart
from model.report.front import entries_of
from model.report.prose import Annex, Bars, Chapter, Heading, Paragraph, Part, Report, Signature, Table
from model.report.prose_pages import (
    BODY,
    FIGURE,
    HEADER_MM,
    PAPER,
    PITCH_PT,
    RUNNING,
    SIGNATURE_LINES,
    TEXT_MM,
    TITLE,
    running_text,
)

_CREATED = datetime(2000, 1, 1)
_GREY = '<w:color w:val="999999"/>'  # 40 % of black
_SLACK_MM = 3.0  # by which the body of a form comes nearer to the footer, because office fonts differ
_NUMBER_MM, _BELOW_BASE_MM = 5.0, 1.5  # of the line with the page number, above and below its base line
_LOW = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'  # of a paragraph nobody sees
_AS_HIGH = '<w:spacing w:before="120" w:after="60" w:line="240" w:lineRule="auto"/>'  # as what stands in it
_HALF = styles.pitch(BODY._replace(pitch=BODY.pitch / 2))
_BLANK = paragraph(styles.CELL, "", _HALF)  # below a table
_BLANK_BEFORE_SIGNATURE = paragraph(styles.CELL, "", "<w:keepNext/>" + _HALF)
_TAB = "<w:r><w:tab/></w:r>"
_SETTINGS = """
<w:zoom w:percent="100"/>
<w:defaultTabStop w:val="640"/>
<w:characterSpacingControl w:val="compressPunctuation"/>
<w:compat>
<w:doNotExpandShiftReturn/>
<w:useFELayout/>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat>
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
<w:decimalSymbol w:val="."/>
<w:listSeparator w:val=","/>
"""
# What the template of the library brings and no report needs: a theme, a picture, the name of a program.
_UNUSED = (
    "theme thumbnail customXml extended-properties stylesWithEffects numbering fontTable webSettings".split()
)


def write(reports: Sequence[Report], path: Path) -> None:
    """Write the reports as a .docx file."""
    path.write_bytes(to_bytes(reports))


def to_bytes(reports: Sequence[Report]) -> bytes:
    """Return the reports as .docx: each begins on a page of its own and counts its own pages."""
    document = Document()
    _empty(document)
    styles.set_styles(document)
    _describe(document, "、".join(report.name for report in reports))
    shared = _Shared(Pictures(document))
    sections = [section for report in reports for section in _sections(report, shared)]
    body = _body(sections, _Running(document))
    # Moving the rows of a long table into the element that is there would take ten times as long.
    document.part._element = element(f"<w:document><w:body>{body}</w:body></w:document>")
    buffer = BytesIO()
    document.save(buffer)
    return _with_fixed_dates(buffer)


def _empty(document: WordDocument) -> None:
    """Take out of the template what it does not need, and set how Word lays out."""
    for relations in (document.part.rels, document.part.package.rels):
        unused = [key for key, rel in relations.items() if rel.reltype.rpartition("/")[2] in _UNUSED]
        for key in unused:
            del relations[key]
    settings = document.settings.element
    settings[:] = list(element(f"<w:settings>{_SETTINGS.replace(chr(10), '')}</w:settings>"))


def _describe(document: WordDocument, title: str) -> None:
    properties = document.core_properties
    properties.title = clean(title)[:255]
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = _CREATED
    properties.revision = 1
    properties.language = "zh-CN"


def _with_fixed_dates(buffer: BytesIO) -> bytes:
    """Return the archive with the same dates every time: the same reports give the same bytes."""
    found = BytesIO()
    with ZipFile(buffer) as old, ZipFile(found, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(entry(name), old.read(name))
    return found.getvalue()


@dataclass(slots=True)
class _Shared:
    """What the parts of all reports share: pictures, and the headings that the contents point to."""

    pictures: Pictures
    listed: set[tuple[int, str]] = field(default_factory=set)
    count: int = 0

    def marked(self, level: int, text: str) -> str:
        """Return the runs of a heading, marked if the contents list it."""
        runs = run(running_text(text))
        if (level, visible(text).strip()) not in self.listed:
            return runs
        self.count += 1
        return bookmark(self.count, runs)

    def unseen_mark(self, text: str) -> str:
        """Return a paragraph that nobody sees, to which the contents point."""
        self.count += 1
        return paragraph(styles.CELL, bookmark(self.count, listed(text, 2)), _LOW)


class _Running:
    """Headers and footers, made once for each mark, code and width of the text."""

    def __init__(self, document: WordDocument) -> None:
        self._part = document.part
        self._references: dict[tuple[str, str, float], str] = {}

    def references(self, mark: str, code: str, width_mm: float) -> str:
        """Return what names header and footer in the properties of a section."""
        key = mark, code, width_mm if code else 0.0
        if key not in self._references:
            header, header_id = self._part.add_header_part()  # type: ignore[no-untyped-call]
            footer, footer_id = self._part.add_footer_part()  # type: ignore[no-untyped-call]
            grey = run(mark, _GREY)
            header.element[:] = [element(paragraph(styles.HEADER, grey))]
            before, after = (grey + run("　"), run("　") + grey) if mark else ("", "")
            number = run("— ") + page_field() + run(" —")
            footer.element[:] = [element(_footer(before + number + after, code, width_mm))]
            self._references[key] = (
                f'<w:headerReference w:type="default" r:id="{header_id}"/>'
                f'<w:headerReference w:type="first" r:id="{header_id}"/>'
                f'<w:footerReference w:type="default" r:id="{footer_id}"/>'
                + (self._cover(code, width_mm) if code else "")
            )
        return self._references[key]

    def _cover(self, code: str, width_mm: float) -> str:
        """The footer of a page that has no number."""
        footer, footer_id = self._part.add_footer_part()  # type: ignore[no-untyped-call]
        footer.element[:] = [element(_footer("", code, width_mm))]
        return f'<w:footerReference w:type="first" r:id="{footer_id}"/>'


def _footer(middle: str, code: str, width_mm: float) -> str:
    """Return the line at the foot of a page: its number in the middle, the check code at the right."""
    if not code:
        return paragraph(styles.FOOTER, middle)
    stops = ("center", twips(width_mm / 2)), ("right", twips(width_mm))
    tabs = "".join(f'<w:tab w:val="{kind}" w:pos="{at}"/>' for kind, at in stops)
    said = run(f"校验码 {code}", styles.size(RUNNING))
    return paragraph(styles.FOOTER, _TAB + middle + _TAB + said, f"<w:tabs>{tabs}</w:tabs>{align('left')}")


# ---- sections ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Section:
    """Blocks on one kind of paper; `slack_mm`: how much nearer to the footer they may come."""

    blocks: tuple[str, ...]
    paper: Paper
    mark: str
    code: str = ""
    begins_report: bool = False
    has_cover: bool = False  # whose page has no number
    slack_mm: float = 0.0


def _sections(report: Report, shared: _Shared) -> Iterator[_Section]:
    """Yield the sections of a report: text, and a section for each form annexed to it."""
    begins = True
    code = report.codes.of_word if report.codes else report.check_code
    blocks = list(_before(report, shared)) or [paragraph(styles.TEXT, "")]
    for is_annex, group in groupby(blocks, lambda block: isinstance(block, _Section)):
        if not is_annex:
            text = tuple(block for block in group if isinstance(block, str))
            yield _Section(text, PAPER, report.mark, code, begins, begins and report.front is not None)
        else:
            for n, section in enumerate(group):
                if isinstance(section, _Section):
                    yield replace(section, code=code, begins_report=begins and n == 0)
        begins = False


def _before(report: Report, shared: _Shared) -> Iterator[str | _Section]:
    """Yield the blocks of a report in order; a form annexed is a section already."""
    if report.front:
        entries = entries_of(report, metrics())
        shared.listed = {(entry.level, entry.text) for entry in entries}
        yield from front(report.front, entries)
    else:
        yield from _title(report.title)
    for part, following in zip_longest(report.parts, report.parts[1:]):
        if isinstance(part, Annex):
            mark = part.grid.mark or report.mark
            blocks = tuple(_form(part.grid))
            if (1, visible(part.name).strip()) in shared.listed:
                blocks = (shared.unseen_mark(part.name), *blocks)
            yield _Section(blocks, part.grid.paper, mark, slack_mm=_SLACK_MM)
        else:
            yield from _blocks(part, isinstance(following, Signature), shared)


def _body(sections: Sequence[_Section], running: _Running) -> str:
    """Return the body: all sections but the last end with a paragraph that knows their paper."""
    *ended, last = [(_closed(section), _properties(section, running)) for section in sections]
    inner = "".join(_with_properties(blocks, properties) for blocks, properties in ended)
    return inner + "".join(last[0]) + last[1]


def _closed(section: _Section) -> tuple[str, ...]:
    """Return the blocks of a section; a table is never the last."""
    is_open = section.blocks[-1].startswith("<w:p>")
    return section.blocks if is_open else (*section.blocks, paragraph(styles.CELL, "", _LOW))


def _with_properties(blocks: Sequence[str], properties: str) -> str:
    last = blocks[-1].replace("</w:pPr>", f"{properties}</w:pPr>", 1)
    return "".join((*blocks[:-1], last))


def _properties(section: _Section, running: _Running) -> str:
    """Return the properties of a section: paper, margins, page numbers."""
    paper = section.paper
    lying = ' w:orient="landscape"' if paper.width > paper.height else ""
    bottom = twips(paper.bottom - section.slack_mm)
    header, footer = twips(paper.top - HEADER_MM - _NUMBER_MM), twips(paper.footer - _BELOW_BASE_MM)
    first = '<w:pgNumType w:start="1"/>' if section.begins_report else ""
    return (
        f"<w:sectPr>{running.references(section.mark, section.code, paper.width - paper.left - paper.right)}"
        f'<w:pgSz w:w="{twips(paper.width)}" w:h="{twips(paper.height)}"{lying}/>'
        f'<w:pgMar w:top="{twips(paper.top)}" w:right="{twips(paper.right)}" w:bottom="{bottom}"'
        f' w:left="{twips(paper.left)}" w:header="{header}" w:footer="{footer}" w:gutter="0"/>'
        f"{first}{'<w:titlePg/>' if section.has_cover else ''}</w:sectPr>"
    )


# ---- blocks --------------------------------------------------------------------------------------


def _title(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the title, long ones broken evenly, and a blank line below the last."""
    for n, line in enumerate(lines, 1):
        after = PITCH_PT if n == len(lines) else 0.0
        even = "\n".join(break_label(line, TEXT_MM, TITLE, metrics()))
        yield paragraph(styles.TITLE_LINE, run(even), styles.pitch(TITLE, after_pt=after))


def _blocks(part: Part, is_signed: bool, shared: _Shared) -> Iterator[str]:
    """Yield the paragraphs and tables of a part; what is signed stays with its signature."""
    match part:
        case Chapter():
            look = "<w:pageBreakBefore/>" + styles.pitch(TITLE, 0, PITCH_PT)
            style = styles.TITLE_LINE if part.level else styles.CHAPTER
            yield paragraph(style, shared.marked(part.level, part.text), look)
        case Heading():
            yield paragraph(styles.heading(part.level), shared.marked(part.level, part.text))
        case Paragraph():
            yield paragraph(styles.TEXT, run(running_text(part.text)), "<w:keepNext/>" if is_signed else "")
        case Table():
            yield from _caption(part.title, part.unit_line, sum(part.grid.widths_mm))
            yield from (
                flowing_table(part.grid, is_signed=is_signed),
                _BLANK_BEFORE_SIGNATURE if is_signed else _BLANK,
            )
        case Bars():
            yield from _caption(part.title)
            yield from (bars_table(part), _BLANK) if part.bars else ()
        case Chart():
            drawing = lay_out_chart(part, TEXT_MM, metrics())
            yield paragraph(
                styles.CELL, shared.pictures.run(drawing, part.caption), "<w:keepNext/>" + _AS_HIGH
            )
            caption = run(running_text(part.caption), styles.size(FIGURE))
            yield paragraph(
                styles.CELL, caption, styles.pitch(FIGURE, after_pt=PITCH_PT / 2) + align("center")
            )
        case Signature():
            blank = SIGNATURE_LINES * PITCH_PT
            yield paragraph(
                styles.SIGNED, run(running_text(part.unit)), "<w:keepNext/>" + styles.pitch(BODY, blank)
            )
            yield paragraph(styles.SIGNED, run(running_text(part.date)))


def _caption(title: str, unit_line: str = "", width_mm: float = TEXT_MM) -> Iterator[str]:
    if title:
        yield paragraph(styles.CAPTION_LINE, run(running_text(title)))
    if unit_line:
        edge = f'<w:ind w:right="{twips((TEXT_MM - width_mm) / 2)}"/>'
        yield paragraph(styles.UNIT, run(running_text(unit_line)), edge)


# ---- forms ---------------------------------------------------------------------------------------


def _form(grid: Grid) -> Iterator[str]:
    """Yield a form: a list as one table that may go on and on, any other as the PDF has its pages."""
    if _is_list(grid):
        first = grid.headings[0].first
        yield from (_line(cell) for cell in sorted(grid.cells, key=lambda cell: cell.row) if cell.row < first)
        yield flowing_table(grid, first)
        return
    pieces = Pieces()
    for n, page in enumerate(paginate(grid)):
        if n:
            title = run(visible(grid.running_title or grid.name) + CONTINUED)
            height = f'<w:spacing w:line="{twips(RUNNING_MM)}" w:lineRule="exact"/>'
            yield paragraph(styles.RUNNING_LINE, title, f"<w:pageBreakBefore/>{height}")
        yield page_table(grid, page, pieces)


def _is_list(grid: Grid) -> bool:
    """Tell whether a form is a heading and rows below it: Word itself can repeat such a heading."""
    if len(grid.headings) != 1:
        return False
    heading = grid.headings[0]
    lines = [cell for cell in grid.cells if cell.row < heading.first]
    return (
        heading.until == len(grid.heights_mm) - 1
        and all(cell.colspan == len(grid.widths_mm) and not cell.style.border for cell in lines)
        and all(cell.rowspan == 1 for cell in grid.cells if cell.row > heading.last)
    )


def _line(cell: Cell) -> str:
    """Return a line above a list: its title."""
    style = cell.style
    weight = "<w:b/><w:bCs/>" if style.bold else ""
    look = "<w:keepNext/>" + styles.pitch(style, after_pt=style.size_pt / 2) + align(style.align)
    return paragraph(styles.CELL, run(cell.text, weight + styles.size(style)), look)
