"""Tables that one bureau alone has (年度主要任务): found by the captions of its form, in a blank by look."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from model.recognition.anatomy import Anatomy, OwnTable, Row
from model.recognition.area import Area, Cell
from model.recognition.blank import is_hint
from model.recognition.captions import Vocabulary, plain
from model.recognition.heading import Heading, SeenColumn
from model.recognition.tables import ends_table
from model.recognition.texts import is_number, on_one_line, said_in

TABLES = "tables"  # the group of captions of tables that a form of a bureau has
MOST_ROWS = 300  # of a table
_LONGEST = 22  # characters of a caption
_SENTENCES = "。；！？"


class Caption(NamedTuple):
    """The caption of a column: its text (behind that of one it shares with others) and its cells."""

    text: str
    cell: Cell
    upper: Cell | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """From the uppermost to the deepest."""
        return (self.upper, self.cell) if self.upper else (self.cell,)


class _Shape(NamedTuple):
    """A heading with the rows below it that have its columns."""

    label: Cell | None
    heading: tuple[Caption, ...]
    rows: tuple[tuple[Cell, ...], ...]


def read_own_table(form: Anatomy, row: int, headings: Mapping[int, Heading], words: Vocabulary) -> int:
    """Read a table that begins in a row; return the first row behind it, 0 where there is none."""
    if not (form.keeps_empty or TABLES in words.learned):
        return 0
    shape = _shape_at(form.area, row, headings, words)
    if shape is None or not (_is_known(shape, words) or (form.keeps_empty and _is_room(shape))):
        return 0
    form.use(shape.label, *(cell for caption in shape.heading for cell in caption.cells))
    columns = tuple(SeenColumn("", (c.cell,), c.cell.column, c.cell.end) for c in shape.heading)
    has_numbers = words.find("indicators", columns[0].caption) == "number"
    rows = []
    for cells in shape.rows:
        texts = {c.text: form.take(cell) for c, cell in zip(shape.heading, cells, strict=True)}
        label = texts.pop(shape.heading[0].text)
        rows.append(Row({"label": label}, texts) if not has_numbers else Row({}, texts))
    heading = Heading("items", row, row, columns[1:] if has_numbers else columns, shape.label)
    form.use(*(cell for row in shape.rows for cell in row[:1] if has_numbers))
    names = tuple(caption.text for caption in shape.heading[has_numbers:])
    form.tables.append(OwnTable(heading, names, tuple(rows), not has_numbers))
    return shape.rows[-1][0].last_row + 1


def read_stacked(
    area: Area, row: int, headings: Mapping[int, Heading], words: Vocabulary, is_blank: bool
) -> list[tuple[Caption, Cell]]:
    """Return captions that stand side by side, each with the only cell below it: 项目名称 over its text.

    In what may be a blank (`is_blank`) not all of them need be known.
    """
    if not words.knows(next((cell.text for cell in area.row(row)), ""), "fields"):
        return []
    shape = _shape_at(area, row, headings, words, most=2)
    if shape is None or len(shape.rows) != 1 or shape.label is not None:
        return []
    known = sum(words.knows(caption.text, "fields") for caption in shape.heading)
    is_said = any(words.knows(cell.text, "fields", "totals", "goals") for cell in shape.rows[0])
    is_wanted = known == len(shape.heading) or (known >= 2 and is_blank and not is_said)
    return list(zip(shape.heading, shape.rows[0], strict=True)) if is_wanted else []


def _shape_at(
    area: Area, row: int, headings: Mapping[int, Heading], words: Vocabulary, most: int = MOST_ROWS
) -> _Shape | None:
    """A row of captions side by side, and the rows that have a cell below each of them."""
    cells = area.row(row)
    has_label = len(cells) > 1 and cells[0].rows > cells[1].rows and bool(cells[0].text)
    label, captions = (cells[0], cells[1:]) if has_label else (None, cells)
    if len(captions) < (2 if has_label else 3) or not all(_is_caption(cell, words) for cell in captions):
        return None
    deepest = max(cell.last_row for cell in captions)
    heading = _captions(area, captions, deepest) if deepest <= row + 1 else None
    if heading is None or not all(_is_caption(one.cell, words) for one in heading):
        return None
    last = label.last_row if label else area.height - 1
    rows: list[tuple[Cell, ...]] = []
    at = deepest + 1
    leaves = [one.cell for one in heading]
    while (
        len(rows) < most
        and at <= last
        and at not in headings
        and _is_below(area, at, leaves, words, is_bound=has_label)
    ):
        rows.append(tuple(cell for cell in area.row(at) if cell is not label))
        at = rows[-1][0].last_row + 1
    return _Shape(label, heading, tuple(rows)) if rows and (not label or at > last) else None


def _captions(area: Area, cells: Sequence[Cell], last: int) -> tuple[Caption, ...] | None:
    """The deepest captions of a heading of one row or two; None where cells below do not keep to it."""
    found: list[Caption] = []
    for cell in cells:
        below = [c for c in area.row(last) if cell.column <= c.column < cell.end and c is not cell]
        if cell.last_row == last or (not below and cell.last_row < last):
            found.append(Caption(on_one_line(cell.text), cell))
        else:
            found += [Caption(f"{on_one_line(cell.text)}：{on_one_line(c.text)}", c, cell) for c in below]
    is_whole = [one.cell.last_row for one in found] == [last] * len(found)
    is_clear = len({one.text for one in found}) == len(found)
    return tuple(found) if is_whole and is_clear else None


def _is_below(area: Area, row: int, captions: Sequence[Cell], words: Vocabulary, is_bound: bool) -> bool:
    """Whether a row has a cell below each caption and none besides."""
    cells = area.row(row)
    is_same = [(c.column, c.end) for c in cells] == [(c.column, c.end) for c in captions]
    return (
        is_same and len({cell.rows for cell in cells}) == 1 and (is_bound or not ends_table(area, row, words))
    )


def _is_caption(cell: Cell, words: Vocabulary) -> bool:
    found = plain(cell.text)
    is_short = 0 < len(found) <= _LONGEST and not any(mark in found for mark in _SENTENCES)
    return is_short and not is_number(found) and not said_in(cell.text, words) and not is_hint(cell.text)


def _is_known(shape: _Shape, words: Vocabulary) -> bool:
    """Whether all captions are those of one table of a form."""
    found = {words.find(TABLES, caption.text) for caption in shape.heading}
    return "" not in found and len({key.partition(".")[0] for key in found}) == 1


def _is_room(shape: _Shape) -> bool:
    """Whether nothing stands below the captions but names of rows at the left."""
    return all(is_hint(cell.text) for cells in shape.rows for cell in cells[1:])


def has_rooms(cells: Sequence[Cell]) -> bool:
    """Whether every other cell is empty: captions with room for a text beside each."""
    return (
        len(cells) % 2 == 0 and all(cell.text for cell in cells[::2]) and not any(c.text for c in cells[1::2])
    )


def is_side_label(cells: Sequence[Cell], words: Vocabulary) -> bool:
    """Whether the first cell is merged down beside captions with their texts: 基本信息 | 项目名称 | …"""
    if len(cells) % 2 == 0 or len(cells) < 3 or not cells[0].text or cells[0].rows <= cells[1].rows:
        return False
    is_field = words.knows(cells[1].text, "fields") and not words.knows(cells[0].text, "fields")
    return is_field or has_rooms(cells[1:])
