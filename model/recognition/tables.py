"""Rows of a table under its heading: which cell belongs to which column, where the table ends."""

import re

from model.recognition.anatomy import Taken, taken
from model.recognition.area import Area, Cell
from model.recognition.captions import Vocabulary, bare, plain
from model.recognition.heading import Heading, SeenColumn
from model.recognition.incoming import Mark
from model.recognition.targets import in_one
from model.recognition.texts import said_in

Cells = dict[SeenColumn, list[Cell]]

TAIL = ("deviation", "improvement", "conclusion", "problems", "filled_by", "filled_on", "head", "contact")


def cells_of(area: Area, row: int, heading: Heading) -> Cells:
    """Return the cells of a row by column, each where it overlaps most; one that began above is there too.

    Where cells do not keep to the columns but there are as many of them, they are taken in order.
    """
    return _placed(area, row, heading)[0]


def _placed(area: Area, row: int, heading: Heading) -> tuple[Cells, frozenset[Mark]]:
    """The cells of a row by column, and what is to be said of all its values."""
    cells = area.across(row)
    if not is_in_line(area, row, heading):
        behind = [c for c in cells if c.end > heading.start and c is not heading.label]
        if len(behind) == len(heading.columns):
            found = {column: [cell] for column, cell in zip(heading.columns, behind, strict=True)}
            return found, frozenset([Mark.OUT_OF_LINE])
        return _by_overlap(cells, heading), frozenset([Mark.TWO_CANDIDATES])
    return _by_overlap(cells, heading), frozenset()


def _by_overlap(cells: list[Cell], heading: Heading) -> Cells:
    found: Cells = {column: [] for column in heading.columns}
    exact = {(column.first, column.end): column for column in heading.columns}
    for cell in cells:
        column = exact.get((cell.column, cell.end)) or max(
            heading.columns, key=lambda one: _nearness(cell, one)
        )
        if cell.overlap(column.first, column.end) > 0:
            found[column].append(cell)
    return found


def is_in_line(area: Area, row: int, heading: Heading) -> bool:
    """Whether no cell of a row covers a part of one column beside another column."""
    edges = heading.edges
    return all(
        cell.column in edges and cell.end in edges for cell in area.row(row) if cell.end > heading.start
    ) or not any(_straddles(cell, heading) for cell in area.row(row))


def _straddles(cell: Cell, heading: Heading) -> bool:
    return any(
        0 < cell.overlap(column.first, column.end) < column.end - column.first
        and any(cell.overlap(c.first, c.end) > 0 for c in heading.columns if c is not column)
        for column in heading.columns
    )


def _nearness(cell: Cell, column: SeenColumn) -> tuple[int, bool, int]:
    """A level and a name that are one cell are the name; else the left one of two columns counts."""
    return cell.overlap(column.first, column.end), column.key == "name", -column.first


def covers_more(cell: Cell, heading: Heading) -> bool:
    """Whether a cell covers two columns whole: which of them it belongs to is not certain."""
    whole = [c for c in heading.columns if cell.overlap(c.first, c.end) == c.end - c.first]
    return len(whole) > 1


def texts_of(area: Area, row: int, heading: Heading) -> dict[SeenColumn, Taken]:
    """Return what a row says in each column that has a cell there."""
    found = {}
    by_column, marks = _placed(area, row, heading)
    for column, cells in by_column.items():
        text = _text_of(column.key, cells, heading, row)
        if text is not None:
            found[column] = text.marked(*marks) if text.text else text
    return found


def _text_of(key: str, cells: list[Cell], heading: Heading, row: int) -> Taken | None:
    """What a row says in a column: a cell, or several joined; None where there is no cell at all.

    A cell that began above is not repeated: the row has "" there, to be looked at.
    """
    filled = [cell for cell in cells if cell.text] or cells[:1]
    if not filled:
        return None
    first = filled[0]
    if first.row < row:
        return taken(first, "", *([Mark.MERGED] if first.text else []))
    marks = [Mark.MERGED] if first.text and covers_more(first, heading) else []
    if len(filled) > 1:
        if together := in_one(key, filled):
            return together
        return taken(first, "\n".join(cell.text for cell in filled), Mark.TWO_CANDIDATES)
    if first.text and first.rows > 1:
        marks.append(Mark.MERGED)
    return taken(first, None, *marks)


def ends_table(area: Area, row: int, words: Vocabulary) -> bool:
    """Whether a row is behind a table: a total, a caption of the tail, a note, signatures, a title."""
    cells = area.filled(row)
    return bool(cells) and any(_is_behind(cell.text, len(cells), words) for cell in cells[:1])


def _is_behind(text: str, count: int, words: Vocabulary) -> bool:
    if words.find("totals", text) == "total" or is_note(text, words):
        return True
    if count == 1 and is_section(text) and not words.find("levels", text):
        return True
    if words.find("fields", text) in TAIL:
        return True
    said = said_in(text, words)
    return bool(said) and words.knows(said[0].caption, "fields", "totals")


_NUMBERED_NOTE = re.compile(r"说明:(?:1[.、]|一、|\(1\)|①)")
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\))[^。;]{2,24}")
_OF_INDICATORS = re.compile(r"产出|效益|效果|满意度|成本指标|决策|过程|投入|管理效率|履职")


def is_section(text: str) -> bool:
    """Whether a line numbers a part of a form: 二、资金使用情况; names of levels number no parts."""
    found = plain(text)
    return bool(_SECTION.fullmatch(found)) and not _OF_INDICATORS.search(found)


def is_note(text: str, words: Vocabulary) -> bool:
    """Whether a text is a note: 备注：…, 注：…, 说明：1.…, or such a word alone."""
    if _NUMBERED_NOTE.match(plain(text)):
        return True
    said = said_in(text, words)
    return words.knows(said[0].caption if said else text, "notes")


def is_same_heading(one: Heading, other: Heading) -> bool:
    """Whether a heading is another one again, as on the next page of a table."""
    return [(c.key, bare(c.caption)) for c in one.columns] == [
        (c.key, bare(c.caption)) for c in other.columns
    ]
