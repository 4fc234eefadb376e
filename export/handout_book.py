"""A form for a colleague as .xlsx: our printed layout, what is to be filled in open, the rest locked."""

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from export import excel
from export.files import write_beside
from model.handout.form_sheet import FormSheet, Slot
from model.handout.parcel import Parcel
from model.handout.sheet_mark import PROPERTY, SHEET, mark_cells, short_mark, token

_GREY = PatternFill("solid", fgColor="EFEFEF")
_FIRST_LIST = 3  # column of the hidden sheet in which lists begin


def write_handout(parcel: Parcel, sheet: FormSheet, path: Path) -> None:
    """Write a form that goes to a colleague; raises UserError where the file system refuses."""
    book = Workbook()
    book.remove(book.worksheets[0])
    page = book.create_sheet(excel.sheet_name(sheet.grid.name, ()))
    excel.draw(page, sheet.grid)
    page.print_area = f"A2:{get_column_letter(sheet.printed)}{len(sheet.grid.heights_mm)}"
    hidden = book.create_sheet(SHEET)
    hidden.sheet_state = "veryHidden"
    for row, text in enumerate(mark_cells(parcel, sheet), start=1):
        _put(hidden, row, 1, text)
    _open(page, sheet)
    _number_rows(page, parcel, sheet)
    _add_lists(page, hidden, sheet)
    _protect(page)
    properties: Any = cast(Any, book).custom_doc_props
    properties.append(StringProperty(name=PROPERTY, value=short_mark(parcel)))
    buffer = BytesIO()
    book.save(buffer)
    write_beside(path, partial(_fill, buffer.getvalue()))


def _fill(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column, text)
    cell.data_type = "s"


def _open(page: Worksheet, sheet: FormSheet) -> None:
    """Open what is to be filled in, as texts: Excel makes no date of 3-14. Grey is what is not."""
    open_cells = {(slot.row, slot.col) for slot in sheet.slots}
    for one in sheet.grid.cells:
        is_open, is_figure = (one.row, one.col) in open_cells, one.value is not None
        for row in range(one.row + 1, one.row + one.rowspan + 1):
            for column in range(one.col + 1, one.col + one.colspan + 1):
                cell = page.cell(row, column)
                if is_open:
                    cell.protection, cell.number_format = Protection(locked=False), "@"
                elif is_figure:
                    cell.fill = _GREY


def _number_rows(page: Worksheet, parcel: Parcel, sheet: FormSheet) -> None:
    """Mark each row in a hidden column right of the form: the mark travels with it."""
    column = len(sheet.grid.widths_mm) + 1
    _put(page, 1, column, short_mark(parcel))
    for row in range(1, len(sheet.grid.heights_mm)):
        _put(page, row + 1, column, token(row))
        page.cell(row + 1, column).protection = Protection(locked=False)  # else no row can be deleted
    page.column_dimensions[get_column_letter(column)].hidden = True


def _add_lists(page: Worksheet, hidden: Worksheet, sheet: FormSheet) -> None:
    """Offer what may be chosen; lists stand on the hidden sheet, where they may be long."""
    known: dict[tuple[str, ...], DataValidation] = {}
    for slot in sheet.slots:
        shown = tuple(text for text, _ in slot.choices if text)
        if not shown:
            continue
        if shown not in known:
            known[shown] = _list(hidden, _FIRST_LIST + len(known), shown, slot)
            page.add_data_validation(known[shown])
        known[shown].add(page.cell(slot.row + 1, slot.col + 1))


def _list(hidden: Worksheet, column: int, shown: tuple[str, ...], slot: Slot) -> DataValidation:
    for row, text in enumerate(shown, start=1):
        _put(hidden, row, column, text)
    letter = get_column_letter(column)
    place = f"{quote_sheetname(SHEET)}!${letter}$1:${letter}${len(shown)}"
    found = DataValidation("list", formula1=place, allow_blank=True, showErrorMessage=slot.is_closed)
    found.error = "请从列表中选择。"
    return found


def _protect(page: Worksheet) -> None:
    """Lock what is computed, without a password; rows may be inserted, deleted, made higher and sorted."""
    protection = page.protection
    protection.sheet = True
    for allowed in ("insertRows", "deleteRows", "formatRows", "formatColumns", "formatCells", "sort"):
        setattr(protection, allowed, False)
