"""A Printout as Excel workbook: a sheet for each grid and its annex, figures as numbers, set up for print."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Literal

import segno
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.header_footer import _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from model.grid import Cell, Grid, Printout, Style
from model.pages import CONTINUED, Page, Placed, paginate

_FONT = "宋体"
_PT, _PX, _INCH = 72 / 25.4, 96 / 25.4, 1 / 25.4  # in a millimetre
_EMU = 36000
_DIGIT_PX = 7  # of Calibri 11, the workbook's normal font: the unit of column widths
_ROW_STEP_PT, _TALLEST_ROW_PT = 0.75, 409.0
_MOST_ROOM = 1.08  # rows are so much higher than in the PDF, because office fonts differ …
_FOOTER_ROOM_MM = 3.0  # … for which the body may come so much nearer to the footer
_SMALL_PT = 9
_RUNNING_MM = 5.0  # from the running title, in the upper margin, to the body
_QR_MM = 14.0
_QR_SCALE = 4
_CREATED = datetime(2000, 1, 1)
_FORMULA_SIGNS = ("=", "+", "-", "@")
_SHEET_NAME_SIGNS = str.maketrans("[]:*?/\\", "［］：＊？／＼")


def write(printout: Printout, path: Path) -> None:
    """Write the printout as an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "ziping"
    book.properties.created = _CREATED
    book.properties.title = "、".join(grid.running_title or grid.name for grid in printout)
    looks = _Looks()
    for grid in _with_annexes(printout):
        sheet = book.create_sheet(sheet_name(grid.name, book.sheetnames))
        _Sheet(sheet, grid, looks).draw()
    book.save(path)


def _with_annexes(printout: Printout) -> Iterator[Grid]:
    for grid in printout:
        yield grid
        if grid.annex:
            yield grid.annex


def sheet_name(name: str, taken: Sequence[str]) -> str:
    """Return a name for a sheet that Excel accepts and that is not taken, whatever the case."""
    base = name.translate(_SHEET_NAME_SIGNS).strip().strip("'")[:31] or "表"
    used = {other.casefold() for other in taken}
    candidates = [base, *(f"{base[:27]}（{number}）" for number in range(2, len(taken) + 3))]
    return next(candidate for candidate in candidates if candidate.casefold() not in used)


# ---- how a cell looks ----------------------------------------------------------------------------


_Line = Literal["thin", "medium"] | None
_Sides = tuple[_Line, _Line, _Line, _Line]


@dataclass(frozen=True, slots=True)
class _Look:
    """What cells have in common that look alike."""

    style: Style
    number_format: str
    quoted: bool  # a text that Excel would otherwise take for a formula when it is edited
    sides: _Sides = (None, None, None, None)  # left, right, top, bottom


class _Looks:
    """The looks of a workbook; openpyxl takes long to register one, so each is registered once."""

    def __init__(self) -> None:
        self._registered: dict[_Look, StyleArray] = {}

    def give(self, cell: SheetCell, look: _Look) -> None:
        """Make the cell look so."""
        registered = self._registered.get(look)
        if registered is not None:
            cell._style = registered  # type: ignore[attr-defined]
            return
        left, right, top, bottom = (Side(side) for side in look.sides)
        cell.font = Font(name=_FONT, size=look.style.size_pt, bold=look.style.bold)
        cell.alignment = Alignment(horizontal=look.style.align, vertical="center", wrap_text=True)
        cell.border = Border(left, right, top, bottom)
        cell.number_format = look.number_format or "General"
        cell.quotePrefix = look.quoted
        self._registered[look] = cell._style  # type: ignore[attr-defined]


# ---- a sheet -------------------------------------------------------------------------------------


class _Sheet:
    """A grid becoming a worksheet, page after page; rows and columns count from 0 here, from 1 in Excel."""

    def __init__(self, sheet: Worksheet, grid: Grid, looks: _Looks) -> None:
        self._sheet, self._grid, self._looks = sheet, grid, looks
        self._pages = paginate(grid)
        # Excel repeats the same rows on all later pages, also above a goal that has a heading of its own
        self._titles = next((page.heading for page in self._pages if page.heading), ())
        framed = [rows for page in self._pages for rows in _framed_rows(page)]
        self._framed = {row for rows in framed for row in rows}
        self._frame_tops, self._frame_ends = {rows[0] for rows in framed}, {rows[-1] for rows in framed}

    def draw(self) -> None:
        self._columns()
        for page in self._pages:
            self._rows(page)
            for placed in page.placed:
                self._placed(placed, page)
        self._page_setup()
        self._header_and_footer()
        if self._grid.qr:
            self._qr()

    def _columns(self) -> None:
        edges_px = [int(edge * _PX) for edge in accumulate(self._grid.widths_mm, initial=0.0)]
        for col, (left, right) in enumerate(pairwise(edges_px), 1):
            self._sheet.column_dimensions[get_column_letter(col)].width = (right - left) / _DIGIT_PX

    def _rows(self, page: Page) -> None:
        """Set the heights, with room for other fonts as far as the page has it."""
        grid, paper = self._grid, self._grid.paper
        titles = self._titles if page.rows and page.rows[0] > max(self._titles, default=0) else ()
        used = sum(page.heights_mm) + sum(grid.heights_mm[row] for row in titles)
        body = paper.height - paper.top - paper.bottom + _FOOTER_ROOM_MM
        room = min(_MOST_ROOM, body / used) if used else 1.0
        for row, height in zip(page.rows, page.heights_mm, strict=True):
            steps = round(height * _PT * room / _ROW_STEP_PT)
            self._sheet.row_dimensions[row + 1].height = min(steps * _ROW_STEP_PT, _TALLEST_ROW_PT)

    def _placed(self, placed: Placed, page: Page) -> None:
        """Write a cell, or the part of a label that stands on this page; a flowing text stays one cell."""
        cell, rows = placed.cell, placed.rows
        whole = range(cell.row, cell.row + cell.rowspan)
        if cell.cut == "flow" and rows != whole:
            rows = whole if cell.row in page.rows else range(0)
        if not rows:  # it has been written, or only stands again in a repeated heading
            return
        cols = range(cell.col, cell.col + cell.colspan)
        content = _content(cell, placed.lines)
        look = _Look(cell.style, cell.number_format, _is_formula_like(content))
        for row in rows:
            for col in cols:
                self._looks.give(self._at(row, col), replace(look, sides=self._sides(row, col, rows, cols)))
        _set(self._at(rows[0], cols[0]), content)
        if len(rows) * len(cols) > 1:
            merged = CellRange(
                min_row=rows[0] + 1, max_row=rows[-1] + 1, min_col=cols[0] + 1, max_col=cols[-1] + 1
            )
            self._sheet.merged_cells.ranges.add(merged)  # merge_cells() would take the styles away

    def _sides(self, row: int, col: int, rows: range, cols: range) -> _Sides:
        """Return the lines of one cell of a merged range: those around the range, thicker at the frame."""
        if row not in self._framed:
            return None, None, None, None

        def line(at_edge: bool, at_frame: bool) -> _Line:
            return ("medium" if at_frame else "thin") if at_edge else None

        return (
            line(col == cols[0], col == 0),
            line(col == cols[-1], col == len(self._grid.widths_mm) - 1),
            line(row == rows[0], row in self._frame_tops),
            line(row == rows[-1], row in self._frame_ends),
        )

    def _at(self, row: int, col: int) -> SheetCell:
        cell = self._sheet.cell(row + 1, col + 1)
        assert isinstance(cell, SheetCell)
        return cell

    # ---- print

    def _page_setup(self) -> None:
        sheet, grid, paper = self._sheet, self._grid, self._grid.paper
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if paper.width > paper.height else "portrait"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        margins = sheet.page_margins
        margins.left, margins.right = paper.left * _INCH, paper.right * _INCH
        margins.top, margins.bottom = paper.top * _INCH, (paper.bottom - _FOOTER_ROOM_MM) * _INCH
        margins.header, margins.footer = (paper.top - _RUNNING_MM) * _INCH, (paper.footer - 1) * _INCH
        sheet.print_area = f"A1:{get_column_letter(len(grid.widths_mm))}{len(grid.heights_mm)}"
        for page in self._pages[1:]:
            sheet.row_breaks.append(Break(page.rows[0]))
        if self._titles:
            sheet.print_title_rows = f"{self._titles[0] + 1}:{self._titles[-1] + 1}"

    def _header_and_footer(self) -> None:
        """Set the footer of every page, and on all but the first the running title above the body."""
        sheet, grid = self._sheet, self._grid
        sheet.HeaderFooter.differentFirst = True
        for footer in (sheet.HeaderFooter.firstFooter, sheet.HeaderFooter.oddFooter):
            _small(footer.left, _literal(grid.footer))
            _small(footer.center, "第 &P 页 共 &N 页")
            _small(footer.right, _literal(f"校验码 {grid.check_code}" if grid.check_code else ""))
        _small(sheet.HeaderFooter.oddHeader.left, _literal(grid.running_title + CONTINUED))

    def _qr(self) -> None:
        """Put the check square at the upper right."""
        code = segno.make_qr(self._grid.qr, error="m", encoding="utf-8")
        picture = BytesIO()
        code.save(picture, kind="png", scale=_QR_SCALE, border=0)
        edges = list(accumulate(self._grid.widths_mm, initial=0.0))
        left = edges[-1] - _QR_MM
        col = bisect_right(edges, left) - 1
        image = Image(picture)
        image.anchor = OneCellAnchor(
            AnchorMarker(col=col, colOff=round((left - edges[col]) * _EMU)),
            XDRPositiveSize2D(round(_QR_MM * _EMU), round(_QR_MM * _EMU)),
        )
        self._sheet.add_image(image)


def _framed_rows(page: Page) -> Iterator[list[int]]:
    """Yield the runs of rows of a page that have a frame around them."""
    bordered = {row for placed in page.placed if placed.cell.style.border for row in placed.rows}
    run: list[int] = []
    for row in page.rows:
        if row in bordered:
            run.append(row)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _small(part: _HeaderFooterPart, text: str) -> None:
    part.text, part.font, part.size = text, f"{_FONT},Regular", _SMALL_PT


def _literal(text: str) -> str:
    return text.replace("&", "&&")


# ---- what stands in a cell -----------------------------------------------------------------------


def _content(cell: Cell, lines: Sequence[str]) -> str | Decimal:
    """Return the figure of a cell, or its text; labels keep the lines that the layout gave them."""
    if cell.value is not None:
        return cell.value
    is_label = cell.style.upright or (cell.style.align == "center" and cell.source is None)
    if is_label or (cell.cut == "mark" and lines[-1:] == (CONTINUED,)):
        return "\n".join(lines)
    return cell.text


def _is_formula_like(content: str | Decimal) -> bool:
    return isinstance(content, str) and content.startswith(_FORMULA_SIGNS)


def _set(cell: SheetCell, content: str | Decimal) -> None:
    """Write a number as number and any text as text, also `=1+1` and `#N/A`."""
    if isinstance(content, Decimal):
        cell.value = content
    elif content:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", content)
        cell.data_type = "s"
