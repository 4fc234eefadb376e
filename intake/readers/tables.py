"""Tables of a text, as Word has them: rows of cells over a grid of columns become a sheet as it is seen."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from intake import refusals
from intake.readers.sheets import LONGEST_TEXT, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, SeenBook
from model.recognition.incoming import Mark, Place, SeenCell, SeenSheet

Vertical = Literal["", "restart", "continue"]  # not merged down, the first of merged cells, below one


class TableCell(NamedTuple):
    """A cell of a row: its text, how many columns it takes, whether it is merged down."""

    text: str
    columns: int = 1
    vertical: Vertical = ""
    marks: frozenset[Mark] = frozenset()


class TableRow(NamedTuple):
    """A row: how many columns are left free before it, and its cells."""

    free: int
    cells: tuple[TableCell, ...]


class Table(NamedTuple):
    """A table between lines of text."""

    before: tuple[str, ...]
    rows: tuple[TableRow, ...]


def see_tables(tables: Sequence[Table], after: tuple[str, ...], notes: tuple[str, ...] = ()) -> SeenBook:
    """Return the tables of a text as sheets named 表1, 表2 …; a text without any is a sheet without cells."""
    if not tables:
        return SeenBook((SeenSheet("正文", "table", False, (), after),) if after else (), notes)
    last = len(tables) - 1
    sheets = (
        _see(f"表{number + 1}", table, after if number == last else ()) for number, table in enumerate(tables)
    )
    return SeenBook(tuple(sheets), notes)


def _see(name: str, table: Table, after: tuple[str, ...]) -> SeenSheet:
    _check(name, table)
    cells: list[SeenCell] = []
    aside: list[SeenCell] = []
    open_cells: dict[int, int] = {}  # column → where in `cells` the cell is that may go on below
    for number, row in enumerate(table.rows, 1):
        above, open_cells = open_cells, {}
        for column, cell in _placed(row):
            place = Place(name, number, column, "table")
            owner = above.get(column)
            if cell.vertical == "continue" and owner is not None and cells[owner].columns == cell.columns:
                cells[owner] = _longer(cells[owner], cell)
                open_cells[column] = owner
                if cell.text.strip() and cell.text != cells[owner].text:
                    aside.append(SeenCell(cell.text, "", 1, cell.columns, place, cell.marks))
                continue
            if cell.vertical:
                open_cells[column] = len(cells)
            cells.append(SeenCell(cell.text, "", 1, cell.columns, place, cell.marks))
    return SeenSheet(name, "table", False, tuple(cells), table.before, after, tuple(aside))


def _longer(owner: SeenCell, cell: TableCell) -> SeenCell:
    return owner._replace(rows=owner.rows + 1, marks=owner.marks | cell.marks)


def _placed(row: TableRow) -> Iterator[tuple[int, TableCell]]:
    column = row.free + 1
    for cell in row.cells:
        yield column, cell
        column += cell.columns


def _check(name: str, table: Table) -> None:
    """Raise UserError for a table beyond what a form can be."""
    if len(table.rows) > MOST_ROWS:
        raise refusals.table_too_large(name, "行", MOST_ROWS)
    if sum(len(row.cells) for row in table.rows) > MOST_CELLS:
        raise refusals.table_too_large(name, "个单元格", MOST_CELLS)
    for number, row in enumerate(table.rows, 1):
        if row.free + sum(cell.columns for cell in row.cells) > MOST_COLUMNS:
            raise refusals.table_too_large(name, "列", MOST_COLUMNS)
        if any(len(cell.text) > LONGEST_TEXT for cell in row.cells):
            raise refusals.text_too_long(f"{name}第 {number} 行有一格", LONGEST_TEXT)
