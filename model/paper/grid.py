"""A printed sheet as neutral cells: millimetres and points, no Qt, no openpyxl, no reportlab.

Every output (Excel, PDF, later Word and the preview) is drawn from these types alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from model.paper.codes import PageCodes

Align = Literal["left", "center", "right"]
# What happens to a cell that a page break cuts: a label stands again on the next page, as it is or
# with （续）, or a long text flows on.
Cut = Literal["repeat", "mark", "flow"]


class Style(NamedTuple):
    """How the text of a cell looks; sizes in points, pitch in multiples of the size, padding in mm."""

    size_pt: float
    bold: bool = False
    align: Align = "left"
    pitch: float = 1.36
    side_mm: float = 1.6
    top_mm: float = 1.2
    upright: bool = False  # a vertical label: one character a line
    border: bool = True  # inside the frame

    @property
    def line_mm(self) -> float:
        """Height of one line in millimetres."""
        return self.size_pt * self.pitch * 25.4 / 72

    def height_mm(self, lines: int) -> float:
        """Height of a cell with so many lines."""
        return lines * self.line_mm + 2 * self.top_mm

    def lines_in(self, height_mm: float) -> int:
        """Return how many lines a cell of this height has room for, at least one."""
        return max(int((height_mm - 2 * self.top_mm + 0.01) / self.line_mm), 1)


class Cell(NamedTuple):
    """One cell of the sheet; `row`, `col` count from 0, spans are at least 1.

    `text` is the whole text, `lines` the same text broken to the width of the cell. A figure has its
    `value` and the spreadsheet `number_format` under which the value shows exactly `text`.
    `source` is the cell of the form that the text comes from (form key, cell id), if one.
    """

    row: int
    col: int
    text: str
    style: Style
    lines: tuple[str, ...]
    rowspan: int = 1
    colspan: int = 1
    value: Decimal | None = None
    number_format: str = ""
    cut: Cut = "flow"
    source: tuple[str, str] | None = None


class Heading(NamedTuple):
    """Rows `first` to `last` head those up to `until`, all inclusive; pages that begin inside repeat them."""

    first: int
    last: int
    until: int


class Paper(NamedTuple):
    """A4 upright unless said otherwise; all in millimetres."""

    width: float = 210.0
    height: float = 297.0
    left: float = 20.0
    right: float = 20.0
    top: float = 17.0
    bottom: float = 20.0
    footer: float = 12.5  # from the lower edge to the footer's base line


A4 = Paper()


@dataclass(frozen=True, slots=True)
class Grid:
    """A printed sheet.

    `breaks` gives, for a row before which a page may begin, how good a place that is: 0 between parts
    and goals, 1 between level-1 groups, 2 between level-2 groups, 3 between rows, 4 inside a long text.
    Raises ValueError when cells overlap, leave a hole or stick out: that is a bug in the layout.
    """

    name: str  # of the sheet in a workbook
    running_title: str  # printed small on every page but the first, followed by （续）
    footer: str  # at the left of every page
    widths_mm: tuple[float, ...]
    heights_mm: tuple[float, ...]
    cells: tuple[Cell, ...]
    breaks: tuple[tuple[int, int], ...] = ()  # (row, rank), rows rising
    headings: tuple[Heading, ...] = ()
    paper: Paper = A4
    check_code: str = ""  # at the right of every page
    codes: PageCodes | None = None  # in its place on each page, where it is of a locked version
    qr: str = ""  # contents of the square at the top right; nothing when empty
    mark: str = ""  # 草稿, in grey beside the running title and the footer of every page
    annex: "Grid | None" = None  # a second sheet that only a workbook has

    def __post_init__(self) -> None:
        _refuse_overlaps_and_holes(self.cells, len(self.heights_mm), len(self.widths_mm))


Printout = tuple[Grid, ...]


def _refuse_overlaps_and_holes(cells: Iterable[Cell], rows: int, cols: int) -> None:
    taken: set[tuple[int, int]] = set()
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for col in range(cell.col, cell.col + cell.colspan):
                if (row, col) in taken or row >= rows or col >= cols:
                    raise ValueError(f"cell {cell.text!r} overlaps or sticks out at row {row}, column {col}")
                taken.add((row, col))
    if len(taken) != rows * cols:
        hole = min((r, c) for r in range(rows) for c in range(cols) if (r, c) not in taken)
        raise ValueError(f"nothing stands at row {hole[0]}, column {hole[1]}")
