"""Lays the tables of the final accounts out as they are printed, each a sheet of its own."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from model.accounts import figures
from model.accounts.accounts import Accounts
from model.accounts.definition import (
    ALL,
    LEVELS,
    EconomicTable,
    HeaderCell,
    Ledger,
    Line,
    SingleRow,
    SubjectTable,
    Table,
)
from model.basics.codes import code_of
from model.basics.metrics import Metrics
from model.paper.grid import Cell, Grid, Heading, Paper, Printout, Style
from model.paper.layout import DRAFT
from model.paper.measure import break_label, break_lines
from model.paper.sheet import row_heights

TITLE = Style(16.0, bold=True, align="center", border=False, pitch=1.5, top_mm=0.0)
UNIT_LINE = Style(9.0, border=False, pitch=1.36, side_mm=0.4, top_mm=0.6)
NOTE = Style(9.0, border=False, pitch=1.3, side_mm=0.4, top_mm=0.3)
BODY = Style(9.0, pitch=1.2, side_mm=0.9, top_mm=0.5)
TITLE_MM, UNIT_MM, NOTE_MM, GAP_MM = 11.0, 5.6, 4.8, 1.4
ROW_MM, LOW_ROW_MM = 6.6, 4.1  # as high as a row may be, and as low where the table must fit on one page
SMALL_PT = 8.0  # of the text where rows are low
HEAD_MM, LOW_HEAD_MM, VALUE_MM = 7.0, 5.4, 10.0
_ROW_RANK = 3
_UPRIGHT = Paper(left=16.0, right=16.0, top=16.0, bottom=18.0)
_LYING = Paper(width=297.0, height=210.0, left=15.0, right=15.0, top=11.0, bottom=15.0, footer=8.5)


def lay_out_accounts(accounts: Accounts, metrics: Metrics, is_draft: bool = False) -> Printout:
    """Return the printed tables in the order of the edition; a draft says 草稿 on every page."""
    tables = accounts.definition.tables
    grids = tuple(lay_out_table(accounts, table, metrics, is_draft) for table in tables)
    code = code_of("\n".join(cell.text for grid in grids for cell in grid.cells))
    return tuple(replace(grid, check_code=code) for grid in grids)


def lay_out_table(accounts: Accounts, table: Table, metrics: Metrics, is_draft: bool = False) -> Grid:
    """Return one printed table."""
    sheet = _Sheet(accounts, table, metrics)
    _BODIES[table.kind](sheet)
    return sheet.grid(DRAFT if is_draft else "")


class _Sheet:
    """Gathers the rows and cells of one table, from the title to the notes."""

    def __init__(self, accounts: Accounts, table: Table, metrics: Metrics) -> None:
        self.accounts, self.table, self._metrics = accounts, table, metrics
        self.paper = _LYING if table.landscape else _UPRIGHT
        self._body_rows = _count_of_rows(accounts, table)
        self.row_mm, self.head_mm, self.style = self._fitting()
        self.centred = self.style._replace(align="center")
        self.head = self.centred._replace(bold=True, top_mm=BODY.top_mm)
        self.heights: list[float] = []
        self.cells: list[Cell] = []
        self.breaks: list[tuple[int, int]] = []
        self.title = table.title.format(year=accounts.year, no=table.no)
        self._top()
        self.first_head = len(self.heights)

    # --- rows and cells

    def row(self, minimum_mm: float, may_break: bool = False) -> int:
        """Open a row of at least this height."""
        if may_break:
            self.breaks.append((len(self.heights), _ROW_RANK))
        self.heights.append(minimum_mm)
        return len(self.heights) - 1

    def put(
        self,
        row: int,
        col: int,
        text: str,
        style: Style,
        *,
        rowspan: int = 1,
        colspan: int = 1,
        name: str = "",
        is_label: bool = False,
    ) -> None:
        """Put a cell; a figure is a number in a workbook, and knows its name."""
        width = sum(self.table.widths_mm[col : col + colspan]) - 2 * style.side_mm
        lines = (break_label if is_label else break_lines)(text, width, style, self._metrics)
        value = self._value(name) if text else None
        number_format = "" if value is None else "#,##0.00" if self.accounts.definition.commas else "0.00"
        source = (self.accounts.key, name) if name else None
        self.cells.append(
            Cell(row, col, text, style, tuple(lines), rowspan, colspan, value, number_format, source=source)
        )

    def _value(self, name: str) -> Decimal | None:
        found = self.accounts.value(name) if name else None
        if name and found is None:
            return Decimal("0.00")
        return None if found is None else figures.printed(found, self.accounts.unit)

    def figure(self, row: int, col: int, name: str) -> None:
        """Put the amount of a cell."""
        self.put(row, col, self.accounts.text(name), self.style._replace(align="right"), name=name)

    # --- parts

    def _fitting(self) -> tuple[float, float, Style]:
        """How high rows and captions are, and their text: less where the table then fits on one page."""
        notes = len(self._notes())
        room = self.paper.height - self.paper.top - self.paper.bottom - TITLE_MM - UNIT_MM
        room -= NOTE_MM * notes + (GAP_MM if notes else 0.0)
        for head_mm, lowest, style in (
            (HEAD_MM, ROW_MM - 1, BODY),
            (LOW_HEAD_MM, LOW_ROW_MM, BODY._replace(size_pt=SMALL_PT, top_mm=0.2)),
        ):
            two_lines = style._replace(top_mm=BODY.top_mm).height_mm(2)  # of a caption too long for one
            heading = head_mm * (self.table.header.rows - 1) + two_lines
            each = (room - heading) / max(self._body_rows, 1)
            if each >= lowest:
                return min(round(each - 0.02, 2), ROW_MM), head_mm, style
        return ROW_MM, HEAD_MM, BODY

    def _notes(self) -> list[str]:
        """The lines below the frame, and what is said of an empty table."""
        is_empty = self.table.empty_note and self.accounts.is_empty(self.table.id)
        return [*self.table.notes, *([self.table.empty_note] if is_empty else [])]

    def _top(self) -> None:
        """Title and unit line above the frame."""
        count = len(self.table.widths_mm)
        self.put(self.row(TITLE_MM), 0, self.title, TITLE, colspan=count)
        left, right = self.accounts.definition.unit_line
        names = {"unit": self.accounts.name, "money_unit": self.accounts.definition.money_unit}
        row, half = self.row(UNIT_MM), self._split()
        self.put(row, 0, left.format(**names), UNIT_LINE, colspan=half)
        right_style = UNIT_LINE._replace(align="right")
        self.put(row, half, right.format(**names), right_style, colspan=count - half)

    def _split(self) -> int:
        """The column at which the unit line is cut: the right part is as narrow as its text allows."""
        widths = self.table.widths_mm
        at = len(widths) - 1
        while at > 1 and sum(widths[at:]) < 32:
            at -= 1
        return at

    def heading(self, below: int = 0) -> None:
        """The captions; `below` says how many rows under them their first three last ones also cover."""
        header = self.table.header
        first = len(self.heights)
        for _ in range(header.rows):
            self.row(self.head_mm)
        for cell in header.cells:
            self._head_cell(cell, first, below if _is_code_caption(cell, header.rows) else 0)

    def _head_cell(self, cell: HeaderCell, first: int, below: int) -> None:
        style = self.centred if cell.text.isdecimal() else self.head
        self.put(
            first + cell.row,
            cell.col,
            cell.text,
            style,
            rowspan=cell.rowspan + below,
            colspan=cell.colspan,
            is_label=True,
        )

    def notes(self) -> None:
        """Put the lines below the frame, a little apart from it."""
        count = len(self.table.widths_mm)
        for n, text in enumerate(self._notes()):
            if not n:
                self.put(self.row(GAP_MM), 0, "", NOTE._replace(size_pt=1.0), colspan=count)
            self.put(self.row(NOTE_MM), 0, text, NOTE, colspan=count)

    def grid(self, mark: str) -> Grid:
        """The finished sheet; the captions stand again on every page."""
        frame_end = len(self.heights) - 1
        self.notes()
        last_head = self.first_head + self.table.header.rows - 1
        return Grid(
            name=self.table.no,
            running_title=self.title,
            footer=f"{self.table.no} · {self.accounts.year} 年度部门决算",
            widths_mm=self.table.widths_mm,
            heights_mm=tuple(row_heights(self.heights, self.cells)),
            cells=tuple(self.cells),
            breaks=tuple(self.breaks),
            headings=(Heading(self.first_head, last_head, frame_end),),
            paper=self.paper,
            mark=mark,
        )


def _is_code_caption(cell: HeaderCell, rows: int) -> bool:
    return cell.row + cell.rowspan == rows and cell.text in LEVELS.values()


def _count_of_rows(accounts: Accounts, table: Table) -> int:
    """How many rows stand below the heading."""
    body = table.body
    if isinstance(body, Ledger):
        return len(body.sides[0])
    if isinstance(body, SubjectTable):
        return 1 + len(accounts.rows[table.id])
    if isinstance(body, EconomicTable):
        return 1 + max(len(block) for block in body.blocks)
    return 1


# --- a function for each kind of table


def _ledger(sheet: _Sheet) -> None:
    body = sheet.table.body
    assert isinstance(body, Ledger)
    sheet.heading()
    for n, pair in enumerate(zip(*body.sides, strict=True)):
        row, col = sheet.row(sheet.row_mm, may_break=n > 0), 0
        for side, captions, line in zip(body.sides, body.columns, pair, strict=True):
            col = _ledger_line(sheet, row, col, line, len(captions), any(one.no for one in side))


def _ledger_line(sheet: _Sheet, row: int, col: int, line: Line, amounts: int, numbered: bool) -> int:
    """One side of a row; return the column after it."""
    caption = sheet.head if line.is_total else sheet.style
    sheet.put(row, col, line.caption, caption)
    col += 1
    if numbered:
        sheet.put(row, col, line.no, sheet.centred)
        col += 1
    for n in range(amounts):
        if line.cells:
            sheet.figure(row, col + n, line.cells[n].name)
        else:
            sheet.put(row, col + n, "", sheet.style)
    return col + amounts


def _subjects(sheet: _Sheet) -> None:
    body = sheet.table.body
    assert isinstance(body, SubjectTable)
    sheet.heading(below=1 if body.codes_over_total and body.total_first else 0)
    codes = sheet.accounts.rows[sheet.table.id]
    order = (ALL, *codes) if body.total_first else (*codes, ALL)
    for n, code in enumerate(order):
        row = sheet.row(sheet.row_mm, may_break=n > 0)
        if code != ALL:
            _code(sheet, row, code, body.code_cells)
            sheet.put(row, 3, sheet.accounts.subject_name(code), sheet.style)
        elif body.codes_over_total and body.total_first:
            sheet.put(row, 3, "合计", sheet.head)
        else:
            sheet.put(row, 0, "合计", sheet.head, colspan=4)
        for m, column in enumerate(body.columns, start=4):
            sheet.figure(row, m, f"{sheet.table.id}.{code}.{column.key}")


def _code(sheet: _Sheet, row: int, code: str, cells: int) -> None:
    """A code in one cell, or cut into 类, 款 and 项."""
    if cells == 1:
        sheet.put(row, 0, code, sheet.style, colspan=3)
        return
    start = 0
    for col, end in enumerate(LEVELS):
        sheet.put(row, col, code[start:end], sheet.centred)
        start = end


def _economic(sheet: _Sheet) -> None:
    body = sheet.table.body
    assert isinstance(body, EconomicTable)
    sheet.heading()
    for n in range(max(len(block) for block in body.blocks)):
        row = sheet.row(sheet.row_mm, may_break=n > 0)
        for block, col in zip(body.blocks, range(0, 3 * len(body.blocks), 3), strict=True):
            if n < len(block):
                sheet.put(row, col, block[n].code, sheet.style)
                sheet.put(row, col + 1, block[n].name, sheet.style)
                sheet.figure(row, col + 2, block[n].rule.name)
            else:
                for empty in range(3):
                    sheet.put(row, col + empty, "", sheet.style)
    row = sheet.row(sheet.row_mm)
    for total in body.totals:
        span = total.last_col - total.first_col + 1
        sheet.put(row, total.first_col, total.caption, sheet.head, colspan=span)
        sheet.figure(row, total.value_col, total.rule.name)


def _single(sheet: _Sheet) -> None:
    body = sheet.table.body
    assert isinstance(body, SingleRow)
    sheet.heading()
    row = sheet.row(VALUE_MM)
    for col, column in enumerate(body.columns):
        sheet.figure(row, col, column.rule.name)


_BODIES: dict[str, Callable[[_Sheet], None]] = {
    "ledger": _ledger,
    "subjects": _subjects,
    "economic": _economic,
    "single": _single,
}
