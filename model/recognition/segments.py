"""Cuts an area into forms: a head behind a table of indicators begins the next one, with its title lines."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from model.recognition.area import Area, Cell
from model.recognition.captions import Vocabulary, plain
from model.recognition.heading import Heading
from model.recognition.texts import said_in

_TITLE = re.compile(
    r"(?:自评表|申报表|监控表|自评报告表|绩效目标表|绩效表|评价表|评分表|评价打分表|自评情况表|自评价表|完成情况表|自评打分表|审核表|批复表|情况表)(?:\(.*\))?$"
)
_ANNEX = re.compile(
    r"附(?:件|表|录)?[0-9一二三四五六七八九十]*(?:[-—－.]?[0-9]+)*:?|(?:公开|绩效|自评)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})表|"
    r"(?:公开|绩效|自评)?表[0-9]{1,2}(?:-[0-9]+)?"
)
_YEAR_LINE = re.compile(r"\(?(?:[0-9]{4}|[_X]*|[〇零一二三四五六七八九]{4})年?(?:年度|度)?\)?")
_YEAR_OF_UNIT = re.compile(r"(?:19|20)[0-9]{2}年度?[^。；，:]{2,40}")
_DAY = re.compile(r"[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?")
_HEADS = ("project_name", "unit_name", "authority", "implementer")
_LINES = ("unit_name", "filled_on", "money_unit", "number", "year")  # what a line above a form says
LONGEST_TITLE = 60


class Segment(NamedTuple):
    """The rows of one form in its area."""

    first: int
    last: int


def find_segments(area: Area, headings: Mapping[int, Heading], words: Vocabulary) -> list[Segment]:
    """Return the forms of an area; none where it has no table of indicators."""
    tables = [h for h in headings.values() if h.kind == "indicators"]
    if not tables:
        return []
    starts = [_first(area, headings, tables[0].first, words), *_starts(area, headings, words)]
    ends = [start - 1 for start in starts[1:]] + [area.height - 1]
    return _with_tables([Segment(*rows) for rows in zip(starts, ends, strict=True)], tables)


def _first(area: Area, headings: Mapping[int, Heading], table: int, words: Vocabulary) -> int:
    """Where the first form begins: at the title of its table in a report, whose text stands before; else at
    the top, as its head may have any look."""
    for row in range(table - 1, 0, -1):
        if not _has_title(area, row):
            continue
        begin = _with_title(area, row, -1, words)
        cell = area.filled(row)[0]
        rows = (at for at in range(begin, row + 1) if _is_in(area, at, cell.seen.place.part))
        begin = next(rows)
        behind = range(row + 1, table)
        has_head = any(_begins(found, words) for at in behind for found in area.filled(at)[:1])
        is_apart = cell.is_line or _begins_its_part(area, area.filled(begin)[0])
        if is_apart and (has_head or any(at in headings for at in behind)):
            return begin
    return 0


def _is_in(area: Area, row: int, part: str) -> bool:
    """Whether a row has a text, and it stands in a part of the file."""
    return any(cell.seen.place.part == part for cell in area.filled(row))


def _begins_its_part(area: Area, cell: Cell) -> bool:
    """Whether nothing of the same table stands above a cell."""
    return not any(_is_in(area, row, cell.seen.place.part) for row in range(cell.row))


def _with_tables(found: list[Segment], tables: list[Heading]) -> list[Segment]:
    """Rows without a table of indicators belong to the form before them."""
    kept: list[Segment] = []
    for segment in found:
        if kept and not any(segment.first <= table.first <= segment.last for table in tables):
            kept[-1] = Segment(kept[-1].first, segment.last)
        else:
            kept.append(segment)
    return kept


def _starts(area: Area, headings: Mapping[int, Heading], words: Vocabulary) -> Iterator[int]:
    """Rows where the next form begins; of several before its first table the last that has a title.

    A title behind which the same table goes on stands at the top of a page.
    """
    has_table, begin, has_head, start, row = False, -1, False, 0, 0
    while row < area.height:
        heading = headings.get(row)
        if heading is not None:
            if begin >= 0 and (has_head or heading.kind != "indicators"):
                start, has_table = begin, False
                yield start
            begin, has_head = -1, False
            has_table = has_table or heading.kind == "indicators"
            row = heading.last + 1
            continue
        is_head = any(_begins(cell, words) for cell in area.filled(row)[:1] if cell.column <= 1)
        if has_table and (_has_title(area, row) or (begin < 0 and is_head)):
            begin = _with_title(area, row, start, words)
        has_head = has_head or (begin >= 0 and is_head)
        row += 1


def _has_title(area: Area, row: int) -> bool:
    cells = area.filled(row)
    return len(cells) == 1 and is_title(cells[0].text)


def _begins(cell: Cell, words: Vocabulary) -> bool:
    said = said_in(cell.text, words)
    caption = said[0].caption if said else cell.text
    return words.find("fields", caption) in _HEADS and len(said) < 3


def is_title(text: str) -> bool:
    """Whether a text is a line of a title: 2023年度项目支出绩效自评表."""
    found = plain(text)
    return len(found) <= LONGEST_TITLE and bool(_TITLE.search(found)) and not found.endswith("。")


def title_row(area: Area, first: int, words: Vocabulary) -> int:
    """Return the row of the title below lines that each say something by themselves, else the first row:
    报表编号：0013 above it begins no head."""
    for row in range(first, area.height):
        if _has_title(area, row):
            return row
        if not all(said_in(cell.text, words) for cell in area.filled(row)):
            break
    return first


def is_annex(text: str) -> bool:
    """Whether a text numbers an annex: 附件2, 附表4-11."""
    return bool(_ANNEX.fullmatch(plain(text)))


def is_year_line(text: str) -> bool:
    """Whether a line names nothing but a year, or the place for one: （2023年度）, （        年度）."""
    return bool(_YEAR_LINE.fullmatch(plain(text))) and "年" in text


def is_heading_line(text: str, words: Vocabulary) -> bool:
    """Whether a line may stand above a form: 单位名称：…　填报日期：…, 单位：万元."""
    said = said_in(text, words)
    return bool(said) and all(words.find("fields", one.caption) in _LINES for one in said)


def _with_title(area: Area, row: int, floor: int, words: Vocabulary) -> int:
    """The first row of the lines above a head that belong to it; empty rows between two forms do not."""
    first = row
    for above in range(row - 1, floor, -1):
        cells = area.filled(above)
        if cells and not all(_is_above(cell.text, words) for cell in cells):
            break
        first = above if cells else first
    return first


def _is_above(text: str, words: Vocabulary) -> bool:
    is_line = is_annex(text) or is_year_line(text) or is_heading_line(text, words)
    is_day = bool(_DAY.fullmatch(plain(text)))
    return is_title(text) or is_line or (not is_day and bool(_YEAR_OF_UNIT.fullmatch(plain(text))))
