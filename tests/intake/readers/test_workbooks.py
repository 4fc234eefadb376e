"""Workbooks of all producers are read as they show: every text, every merge, every mark."""

from decimal import Decimal

import pytest

from intake.reading import read_bytes
from model.recognition.incoming import Incoming, Mark, SeenCell
from tests.intake.grids import FILES, expected, faults, found

BOOKS = sorted(path.name for path in FILES.iterdir() if path.suffix in (".xlsx", ".xls", ".et"))


def read(name: str) -> Incoming:
    return read_bytes(name, (FILES / name).read_bytes())


def cell(incoming: Incoming, sheet: str, row: int, column: int) -> SeenCell:
    cells = next(seen.cells for seen in incoming.sheets if seen.name == sheet)
    return next(cell for cell in cells if cell.place[1:3] == (row, column))


@pytest.mark.parametrize("name", BOOKS)
def test_every_cell_is_read_as_it_shows(name):
    assert faults(read(name)) == []


@pytest.mark.parametrize("name", BOOKS)
def test_a_number_is_kept_as_stored(name):
    read_cells = found(read(name))
    for sheet, cells in expected(name).items():
        by_place = {(seen.place.row, seen.place.column): seen for seen in read_cells[sheet]}
        for right in cells:
            seen = by_place.get((right.row, right.column))
            if right.number and seen and Mark.NO_VALUE not in seen.marks and "日" not in right.text:
                assert Decimal(seen.exact) == Decimal(right.number)


def test_a_day_is_kept_as_a_day():
    cells = read("D05_部门整体2020.xls").sheets[0].cells
    assert [(seen.text, seen.exact) for seen in cells if seen.text.endswith("日")] == [
        ("2021年6月15日", "2021-06-15")
    ]


def test_a_hidden_sheet_is_read_and_said_to_be_hidden():
    sheets = read("D02_岳阳项目多表.xlsx").sheets
    assert [sheet.name for sheet in sheets if sheet.hidden] == ["2022年旧表"]


def test_what_stands_in_a_hidden_row_is_listed_aside():
    sheet = read("D02_岳阳项目多表.xlsx").sheets[1]
    assert [cell.text for cell in sheet.aside] == ["（示例）开展活动", "5次", "5次", "5", "5"]
    assert {cell.place.row for cell in sheet.aside} == {13}
    assert 13 not in {cell.place.row for cell in sheet.cells}


def test_a_formula_that_was_never_computed_is_empty_and_said_so():
    seen = cell(read("D09_财政局空白表.xlsx"), "项目支出绩效自评表", 7, 4)
    assert (seen.text, seen.exact, seen.marks) == ("", "", {Mark.NO_VALUE})
