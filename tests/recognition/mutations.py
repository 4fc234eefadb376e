"""What becomes of sheets on their way: columns put in, cells split, merged, lost, captions gone."""

from collections.abc import Callable, Sequence
from random import Random

from model.recognition.incoming import Place, SeenCell, SeenSheet

Mutation = Callable[[SeenSheet, Random], SeenSheet]
CAPTIONS = ("年度指标值", "实际完成值", "分值", "得分", "年初预算数", "全年预算数", "全年执行数")


def _with(sheet: SeenSheet, cells: Sequence[SeenCell]) -> SeenSheet:
    return sheet._replace(cells=tuple(cells))


def _widened(sheet: SeenSheet, at: int, from_itself: bool) -> list[SeenCell]:
    """The cells with one more column at a place: an empty one, or the column before twice as wide."""
    cells = []
    for cell in sheet.cells:
        place = cell.place
        if place.column >= at + (not from_itself):
            cells.append(cell._replace(place=place._replace(column=place.column + 1)))
        elif place.column + cell.columns > at:
            cells.append(cell._replace(columns=cell.columns + 1))
        else:
            cells.append(cell)
    return cells


def empty_column(sheet: SeenSheet, random: Random) -> SeenSheet:
    """Somewhere there is a column more, without a text."""
    return _with(sheet, _widened(sheet, random.randint(2, 8), True))


def wider_column(sheet: SeenSheet, random: Random) -> SeenSheet:
    """A column of the sheet is two for the program that made it."""
    return _with(sheet, _widened(sheet, random.randint(2, 9), False))


def unknown_column(sheet: SeenSheet, random: Random) -> SeenSheet:
    """Somewhere there is a column more, with a caption that means nothing and figures."""
    at = random.randint(2, 9)
    cells = _widened(sheet, at, True)
    covered = {
        (c.place.row + r, c.place.column + k) for c in cells for r in range(c.rows) for k in range(c.columns)
    }
    first = min(cell.place.row for cell in cells if "三级" in cell.text)
    last = max(cell.place.row for cell in cells)
    deep = max(cell.rows for cell in cells if "三级" in cell.text)
    rows = (first, *range(first + deep, last))
    for row in (row for row in rows if (row, at) not in covered):
        text = "备查数" if row == first else str(random.randint(1, 99))
        cells.append(SeenCell(text, "", 1, 1, Place(sheet.name, row, at, sheet.kind)))
    return _with(sheet, cells)


def unmerged(sheet: SeenSheet, random: Random) -> SeenSheet:
    """No cell is merged any longer."""
    return _with(sheet, [cell._replace(rows=1, columns=1) for cell in sheet.cells])


def _heading(sheet: SeenSheet, random: Random, text: str) -> SeenSheet:
    known = [cell for cell in sheet.cells if cell.text in CAPTIONS]
    chosen = random.choice(known)
    return _with(sheet, [cell._replace(text=text) if cell is chosen else cell for cell in sheet.cells])


def caption_gone(sheet: SeenSheet, random: Random) -> SeenSheet:
    """A column has no caption."""
    return _heading(sheet, random, "")


def caption_unknown(sheet: SeenSheet, random: Random) -> SeenSheet:
    """A column has a caption that means nothing."""
    return _heading(sheet, random, "莫名其妙")


def cell_lost(sheet: SeenSheet, random: Random) -> SeenSheet:
    """A cell is not there."""
    cells = list(sheet.cells)
    del cells[random.randrange(len(cells))]
    return _with(sheet, cells)


def merged_right(sheet: SeenSheet, random: Random) -> SeenSheet:
    """A cell has swallowed the one at its right."""
    cells = list(sheet.cells)
    at = random.randrange(len(cells) - 1)
    one, other = cells[at], cells[at + 1]
    if one.place.row == other.place.row and one.place.column + one.columns == other.place.column:
        cells[at : at + 2] = [one._replace(columns=one.columns + other.columns)]
    return _with(sheet, cells)


def merged_down(sheet: SeenSheet, random: Random) -> SeenSheet:
    """A cell has swallowed the one below it."""
    cells = list(sheet.cells)
    one = random.choice(cells)
    place = one.place._replace(row=one.place.row + one.rows)
    below = [cell for cell in cells if cell.place == place and cell.columns == one.columns]
    if below:
        cells[cells.index(one)] = one._replace(rows=one.rows + below[0].rows)
        cells.remove(below[0])
    return _with(sheet, cells)


HARMLESS: tuple[Mutation, ...] = (empty_column, wider_column, unknown_column, unmerged)
HARMFUL: tuple[Mutation, ...] = (caption_gone, caption_unknown, cell_lost, merged_right, merged_down)
