"""The styles of a report in Word: the fonts and sizes of GB/T 9704, and nothing of a theme."""

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from lxml.etree import _Element

from export.word_xml import element, half_points, points
from model.paper.grid import Style
from model.report.prose_pages import BODY, CAPTION, PAGE_NUMBER, PITCH_PT, RUNNING, TITLE, UNIT_LINE

SONG, HEI, KAI, FANG = "宋体", "黑体", "楷体", "仿宋"

NORMAL, TEXT, TITLE_LINE, CAPTION_LINE = "Normal", "BodyText", "Title", "Caption"
SIGNED, CELL, UNIT, RUNNING_LINE = "Signature", "TableText", "TableUnit", "RunningTitle"
HEADER, FOOTER = "Header", "Footer"
CHAPTER = "ChapterTitle"
CONTENTS = ("TOC1", "TOC2", "TOC3")

# 28 characters of 16 pt are wider than the text of the page: each is set a quarter of a point tighter.
_TIGHT = '<w:spacing w:val="-5"/>'
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_BOTH, _CENTRE = '<w:jc w:val="both"/>', '<w:jc w:val="center"/>'
_KEEP = "<w:keepNext/>"


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style: its name, font, and properties in the order of the schema."""

    id: str
    name: str
    font: str
    style: Style
    before: str = ""  # of a paragraph: what stands before the line pitch …
    after: str = ""  # … and after it
    run: str = ""  # of its characters: what stands before the size
    space_before_pt: float = 0.0


def heading(level: int) -> str:
    """Return the style of a heading."""
    return f"Heading{min(max(level, 1), 4)}"


def _heading(level: int, font: str, bold: bool = False) -> _Look:
    after = f'{_INDENT}{_BOTH}<w:outlineLvl w:val="{level - 1}"/>'
    weight = "" if bold else '<w:b w:val="0"/>'
    style = Style(BODY.size_pt, bold, pitch=BODY.pitch)
    return _Look(f"Heading{level}", f"heading {level}", font, style, _KEEP, after, weight + _TIGHT)


_LOOKS = (
    _Look(TEXT, "Body Text", FANG, BODY, after=_INDENT + _BOTH, run=_TIGHT),
    _Look(TITLE_LINE, "Title", SONG, TITLE, _KEEP, _CENTRE),
    _Look(CHAPTER, "章标题", SONG, TITLE, _KEEP, f'{_CENTRE}<w:outlineLvl w:val="0"/>'),
    *(_Look(f"TOC{level}", f"toc {level}", FANG, BODY) for level in (1, 2, 3)),
    _heading(1, HEI),
    _heading(2, KAI),
    _heading(3, FANG, bold=True),
    _heading(4, FANG),
    _Look(
        CAPTION_LINE,
        "caption",
        HEI,
        Style(CAPTION.size_pt, pitch=CAPTION.pitch),
        _KEEP,
        _CENTRE,
        space_before_pt=PITCH_PT / 2,
    ),
    _Look(UNIT, "表格单位", SONG, UNIT_LINE, _KEEP, '<w:jc w:val="right"/>'),
    _Look(CELL, "表格文字", SONG, Style(10.5), '<w:widowControl w:val="0"/>'),
    _Look(RUNNING_LINE, "续表标题", SONG, RUNNING),
    _Look(
        SIGNED,
        "Signature",
        FANG,
        BODY,
        after='<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>',
        run=_TIGHT,
    ),
    _Look(HEADER, "header", SONG, PAGE_NUMBER, after=_CENTRE),
    _Look(FOOTER, "footer", SONG, PAGE_NUMBER, after=_CENTRE),
)


def fonts(name: str) -> str:
    """Return the property that sets all letters in one font, quotation marks among them."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def pitch(style: Style, before_pt: float = 0.0, after_pt: float = 0.0) -> str:
    """Return the property that sets lines exactly as high as the style says."""
    line = points(style.size_pt * style.pitch)
    return (
        f'<w:spacing w:before="{points(before_pt)}" w:after="{points(after_pt)}"'
        f' w:line="{line}" w:lineRule="exact"/>'
    )


def size(style: Style) -> str:
    """Return the properties of the size."""
    half = half_points(style.size_pt)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def set_styles(document: Document) -> None:
    """Replace the styles of the template: no theme, no blue headings."""
    styles: _Element = document.styles.element
    styles[:] = [element(xml) for xml in _styles()]


def _styles() -> Iterator[str]:
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    plain = f"<w:rPr>{fonts(FANG)}{size(BODY)}{language}</w:rPr>"
    yield (
        f"<w:docDefaults><w:rPrDefault>{plain}</w:rPrDefault>"
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
    )
    yield (
        f'<w:style w:type="paragraph" w:default="1" w:styleId="{NORMAL}"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{pitch(BODY)}</w:pPr><w:rPr>{fonts(FANG)}{size(BODY)}</w:rPr></w:style>"
    )
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    yield from map(_paragraph_style, _LOOKS)


def _paragraph_style(look: _Look) -> str:
    weight = "<w:b/><w:bCs/>" if look.style.bold else ""
    following = TEXT if look.id.startswith(("Heading", CHAPTER)) else look.id  # what Enter goes on with
    custom = "" if look.id not in (UNIT, CELL, RUNNING_LINE, CHAPTER) else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{look.id}"><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="{NORMAL}"/><w:next w:val="{following}"/><w:qFormat/>'
        f"<w:pPr>{look.before}{pitch(look.style, look.space_before_pt)}{look.after}</w:pPr>"
        f"<w:rPr>{fonts(look.font)}{weight}{look.run}{size(look.style)}</w:rPr></w:style>"
    )
