"""A Printout as Excel workbook: a sheet for each grid and its annex, figures as numbers, set up for print."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor, SpreadsheetDrawing
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from export.pieces import FORBIDDEN, Pieces
from export.qr import check_square
from model.paper.grid import Cell, Grid, Printout, Style
from model.paper.pages import CONTINUED, Page, Placed, paginate

_FONT = "宋体"
_PT, _PX, _INCH = 72 / 25.4, 96 / 25.4, 1 / 25.4  # in a millimetre
_EMU = 36000
_DIGIT_PX = 7  # of Calibri 11, the workbook's normal font: the unit of column widths
_ROW_STEP_PT, _TALLEST_ROW_PT = 0.75, 409.0
_MOST_ROOM = 1.08  # rows are so much higher than in the PDF, because office fonts differ …
_MARK_GREY = "999999"  # 40 % of black
_FOOTER_ROOM_MM = 3.0  # … for which the body may come so much nearer to the footer
_SMALL_PT = 9
_RUNNING_MM = 5.0  # from the running title, in the upper margin, to the body
_QR_MM = 14.0
_QR_SCALE = 4
_CREATED = datetime(2000, 1, 1)
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel would read _x0041_ as A
_FORMULA_SIGNS = ("=", "+", "-", "@")
_RESERVED_SHEET_NAMES = ("history", "历史记录")
_LONGEST_HEADER = 255  # characters of a header or footer with all its codes, as Excel counts
_SHEET_NAME_SIGNS = str.maketrans("[]:*?/\\", "［］：＊？／＼")


def write(printout: Printout, path: Path) -> None:
    """Write the printout as an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "ziping"
    book.properties.created = book.properties.modified = _CREATED
    titles = "、".join(grid.running_title or grid.name for grid in printout)
    book.properties.title = FORBIDDEN.sub("", titles)
    looks = _Looks()
    for grid in _with_annexes(printout):
        sheet = book.create_sheet(sheet_name(grid.name, book.sheetnames))
        _Sheet(sheet, grid, looks).draw()
    path.write_bytes(_packed(book))


def draw(sheet: Worksheet, grid: Grid) -> None:
    """Draw one grid on a worksheet."""
    _Sheet(sheet, grid, _Looks()).draw()


def _packed(book: Workbook) -> bytes:
    """Return the workbook as a file; nothing of it passes through the folder for temporary files."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        _InMemory(book, archive).write_data()
    return buffer.getvalue()


class _InMemory(ExcelWriter):
    """The library's writer puts every sheet into a temporary file first; that folder may be full."""

    def write_worksheet(self, ws: Any) -> None:
        """Write a sheet into the archive."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        out = BytesIO()
        writer: Any = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels
        archive: ZipFile = self._archive  # type: ignore[attr-defined]
        archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def _with_annexes(printout: Printout) -> Iterator[Grid]:
    for grid in printout:
        yield grid
        if grid.annex:
            yield grid.annex


def sheet_name(name: str, taken: Sequence[str]) -> str:
    """Return a name for a sheet that Excel accepts and that is not taken, whatever the case."""
    visible = " ".join(FORBIDDEN.sub("", name).split())
    cleaned = visible.translate(_SHEET_NAME_SIGNS).strip("' ")
    if cleaned.casefold() in _RESERVED_SHEET_NAMES:
        cleaned += "_"
    used = {other.casefold() for other in taken}
    endings = ["", *(f"（{number}）" for number in range(2, len(taken) + 3))]
    candidates = ((_shortened(cleaned, 31 - len(ending)) or "表") + ending for ending in endings)
    return next(candidate for candidate in candidates if candidate.casefold() not in used)


def _shortened(text: str, units: int) -> str:
    """Return the text cut to so many UTF-16 units, as Excel counts."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")


# ---- how a cell looks ----------------------------------------------------------------------------


_Line = Literal["thin", "medium"] | None
_Sides = tuple[_Line, _Line, _Line, _Line]  # left, right, top, bottom
_NO_SIDES: _Sides = (None, None, None, None)


class _Look(NamedTuple):
    """What cells have in common that look alike."""

    style: Style
    number_format: str
    quoted: bool  # a text that Excel would otherwise take for a formula when it is edited
    sides: _Sides = _NO_SIDES


@lru_cache  # every workbook has them
def _font(size: float, bold: bool) -> Font:
    return Font(name=_FONT, size=size, bold=bold)


@lru_cache
def _alignment(align: str) -> Alignment:
    return Alignment(horizontal=align, vertical="center", wrap_text=True)


@lru_cache
def _border(sides: _Sides) -> Border:
    left, right, top, bottom = (Side(side) for side in sides)
    return Border(left, right, top, bottom)


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
        cell.font = _font(look.style.size_pt, look.style.bold)
        cell.alignment = _alignment(look.style.align)
        cell.border = _border(look.sides)
        cell.number_format = look.number_format or "General"
        cell.quotePrefix = look.quoted
        self._registered[look] = cell._style  # type: ignore[attr-defined]


# ---- a sheet -------------------------------------------------------------------------------------


class _Sheet:
    """A grid becoming a worksheet, page below page; rows and columns count from 0 here, from 1 in Excel.

    Excel can repeat the heading rows on the later pages by itself, but only the same on all of them; where
    a page begins with a heading of its own, the others have theirs as rows of the sheet.
    """

    def __init__(self, sheet: Worksheet, grid: Grid, looks: _Looks) -> None:
        self._sheet, self._grid, self._looks = sheet, grid, looks
        self._pages = paginate(grid)
        self._titles = _common_heading(self._pages)
        self._offsets: list[int] = []  # from a row of the page to one of the sheet
        self._pieces = Pieces()
        self._frame_tops: set[int] = set()
        self._frame_ends: set[int] = set()

    def draw(self) -> None:
        self._columns()
        next_row = 0
        for page in self._pages:
            next_row = self._rows(page, next_row)
        for page, offset in zip(self._pages, self._offsets, strict=True):
            for placed in page.placed:
                self._placed(placed, page, offset)
        self._page_setup(next_row)
        self._header_and_footer()
        if self._grid.qr:
            self._qr()

    def _columns(self) -> None:
        edges_px = [int(edge * _PX) for edge in accumulate(self._grid.widths_mm, initial=0.0)]
        for col, (left, right) in enumerate(pairwise(edges_px), 1):
            self._sheet.column_dimensions[get_column_letter(col)].width = (right - left) / _DIGIT_PX

    def _rows(self, page: Page, first: int) -> int:
        """Give a page its rows, from the sheet's row `first` on; return the row after them."""
        if first:
            self._sheet.row_breaks.append(Break(first))
        offset = first - self._repeated_by_excel(page)
        self._offsets.append(offset)
        rows = range(first, offset + len(page.heights_mm))
        shown_mm = page.heights_mm[first - offset :]
        edges = accumulate((height * self._room(page) for height in shown_mm), initial=0.0)
        steps = [round(edge * _PT / _ROW_STEP_PT) for edge in edges]
        for row, (top, bottom) in zip(rows, pairwise(steps), strict=True):
            self._sheet.row_dimensions[row + 1].height = min((bottom - top) * _ROW_STEP_PT, _TALLEST_ROW_PT)
        bordered = {row + offset for placed in page.placed if placed.cell.style.border for row in placed.rows}
        self._frame_tops |= {row for row in bordered if row - 1 not in bordered}
        self._frame_ends |= {row for row in bordered if row + 1 not in bordered}
        return rows.stop

    def _repeated_by_excel(self, page: Page) -> int:
        """Return how many rows at the top of a page are not rows of the sheet."""
        return len(page.heading) if self._titles else 0

    def _room(self, page: Page) -> float:
        """Return how much higher than in the PDF the rows of a page may be, for other fonts."""
        paper = self._grid.paper
        body = paper.height - paper.top - paper.bottom + _FOOTER_ROOM_MM
        return min(_MOST_ROOM, body / sum(page.heights_mm)) if page.heights_mm else 1.0

    def _placed(self, placed: Placed, page: Page, offset: int) -> None:
        """Write a cell, or its part on a page."""
        cell = placed.cell
        rows = range(
            max(placed.rows.start, self._repeated_by_excel(page)) + offset, placed.rows.stop + offset
        )
        if not rows:
            return
        text = self._pieces.text(placed)
        content = cell.value if cell.value is not None and placed.lines else text
        self._write(content, rows, range(cell.col, cell.col + cell.colspan), cell)

    def _write(self, content: str | Decimal, rows: range, cols: range, cell: Cell) -> None:
        """Write the content into the range of cells, merged, and make each of them look like `cell`."""
        quoted = _is_formula_like(content)
        for row in rows:
            for col in cols:
                sides = self._sides(row, col, rows, cols) if cell.style.border else _NO_SIDES
                self._looks.give(self._at(row, col), _Look(cell.style, cell.number_format, quoted, sides))
        _set(self._at(rows[0], cols[0]), content)
        if len(rows) * len(cols) > 1:
            merged = CellRange(
                min_row=rows[0] + 1, max_row=rows[-1] + 1, min_col=cols[0] + 1, max_col=cols[-1] + 1
            )
            self._sheet.merged_cells.ranges.add(merged)  # merge_cells() would take the styles away

    def _sides(self, row: int, col: int, rows: range, cols: range) -> _Sides:
        """Return the lines of one cell of a merged range: those around the range, thicker at the frame."""
        return (
            _line(col == cols[0], at_frame=col == 0),
            _line(col == cols[-1], at_frame=col == len(self._grid.widths_mm) - 1),
            _line(row == rows[0], at_frame=row in self._frame_tops),
            _line(row == rows[-1], at_frame=row in self._frame_ends),
        )

    def _at(self, row: int, col: int) -> SheetCell:
        cell = self._sheet.cell(row + 1, col + 1)
        assert isinstance(cell, SheetCell)
        return cell

    # ---- print

    def _page_setup(self, row_count: int) -> None:
        sheet, grid, paper = self._sheet, self._grid, self._grid.paper
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if paper.width > paper.height else "portrait"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.page_setup.firstPageNumber, sheet.page_setup.useFirstPageNumber = 1, True
        margins = sheet.page_margins
        margins.left, margins.right = paper.left * _INCH, paper.right * _INCH
        margins.top, margins.bottom = paper.top * _INCH, (paper.bottom - _FOOTER_ROOM_MM) * _INCH
        margins.header, margins.footer = (paper.top - _RUNNING_MM) * _INCH, (paper.footer - 1) * _INCH
        sheet.print_area = f"A1:{get_column_letter(len(grid.widths_mm))}{row_count}"
        if self._titles:
            sheet.print_title_rows = f"{self._titles[0] + 1}:{self._titles[-1] + 1}"

    def _header_and_footer(self) -> None:
        """Set the footer of every page, and on all but the first the running title above the body."""
        grid, parts = self._grid, self._sheet.HeaderFooter
        parts.differentFirst = True
        check_code = f"校验码 {grid.check_code}" if grid.check_code else ""
        parts.firstFooter = parts.oddFooter = _fitting(
            grid.footer,
            grid.mark,
            center=_small("第 &P 页 共 &N 页", literal=False),
            right=_small(check_code),
        )
        parts.oddHeader = _fitting(grid.running_title + CONTINUED, grid.mark)

    def _qr(self) -> None:
        """Put the check square at the upper right."""
        picture = BytesIO()
        check_square(self._grid.qr).save(picture, kind="png", scale=_QR_SCALE, border=0)
        edges = list(accumulate(self._grid.widths_mm, initial=0.0))
        left = edges[-1] - _QR_MM
        col = bisect_right(edges, left) - 1
        image = Image(picture)
        image.anchor = OneCellAnchor(
            AnchorMarker(col=col, colOff=round((left - edges[col]) * _EMU)),
            XDRPositiveSize2D(round(_QR_MM * _EMU), round(_QR_MM * _EMU)),
        )
        self._sheet.add_image(image)


def _common_heading(pages: Sequence[Page]) -> tuple[int, ...]:
    """Return the heading rows that all pages after the one they stand on repeat, if there are such rows."""
    heading = next((page.heading for page in pages if page.heading), ())
    later = [page for page in pages if heading and page.rows.start > heading[-1]]
    return heading if all(page.heading == heading for page in later) else ()


def _line(at_edge: bool, at_frame: bool) -> _Line:
    return ("medium" if at_frame else "thin") if at_edge else None


def _fitting(text: str, mark: str, **parts: _HeaderFooterPart) -> HeaderFooterItem:
    """Header or footer with a text at its left, cut so that Excel takes the whole; more it calls damaged."""
    shown = " ".join(FORBIDDEN.sub("", text).split())
    while True:
        item = HeaderFooterItem(left=_small(shown, mark=mark), **parts)
        excess = len(str(item).encode("utf-16-le")) // 2 - _LONGEST_HEADER
        if excess <= 0:
            return item
        shown = _shortened(shown, len(shown) - max(excess // 2, 1) - 1).rstrip("…") + "…"


def _small(text: str, literal: bool = True, mark: str = "") -> _HeaderFooterPart:
    """A part of header or footer; what marks the sheet stands behind it in grey."""
    shown = FORBIDDEN.sub("", text).replace("&", "&&") if literal else text
    shown += f"　&K{_MARK_GREY}{mark}" if mark else ""
    return _HeaderFooterPart(shown, font=f"{_FONT},Regular", size=_SMALL_PT)


# ---- what stands in a cell -----------------------------------------------------------------------


def _is_formula_like(content: str | Decimal) -> bool:
    return isinstance(content, str) and content.startswith(_FORMULA_SIGNS)


def _set(cell: SheetCell, content: str | Decimal) -> None:
    """Write a number as number and any text as text, also `=1+1` and `#N/A`."""
    if isinstance(content, Decimal):
        cell.value = content
    elif content:
        cell.value = _ESCAPE.sub("_x005F_", FORBIDDEN.sub("", content))
        cell.data_type = "s"
