"""The printed tables of final accounts: a page each, captions and spans as published, amounts as numbers."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from model.accounts.loader import edition, edition_ids, subjects_of
from model.accounts.reading import read_accounts
from model.forms.loader import metrics, shipped
from model.paper.accounts_layout import lay_out_accounts, lay_out_table
from model.paper.pages import paginate
from tests.final_accounts import (
    FOLDER,
    QIAOKOU_CELLS,
    QIAOKOU_ITEMS,
    SHANGHAI,
    accounts_answers,
    qiaokou,
    typed_accounts,
)

TABLES = {table["id"]: table for table in json.loads((FOLDER / "tables.json").read_text("utf-8"))["tables"]}


def table_grid(accounts, table_id):
    return lay_out_table(accounts, accounts.definition.table(table_id), metrics())


def texts(grid):
    return [cell.text for cell in grid.cells]


@pytest.mark.parametrize("edition_id", edition_ids(shipped()))
def test_every_table_of_a_small_unit_is_one_page(edition_id):
    accounts = typed_accounts(QIAOKOU_ITEMS, QIAOKOU_CELLS, edition_id=edition_id)
    for grid in lay_out_accounts(accounts, metrics()):
        assert len(paginate(grid)) == 1, grid.name


@pytest.mark.parametrize("table_id", TABLES)
def test_the_captions_stand_where_the_original_has_them(table_id):
    grid = table_grid(qiaokou(), table_id)
    first = grid.headings[0].first
    wanted = {
        (cell["text"], cell["row"], cell["col"], cell["rowspan"], cell["colspan"])
        for row in TABLES[table_id]["header"]
        for cell in row
    }
    depth = len(TABLES[table_id]["header"])
    found = {
        (cell.text, cell.row - first, cell.col, cell.rowspan, cell.colspan)
        for cell in grid.cells
        if first <= cell.row < first + depth
    }
    assert found == wanted


def test_title_and_unit_line_stand_above_the_frame_and_notes_below():
    grid = table_grid(qiaokou(), "t1")
    assert texts(grid)[:3] == ["2022年度收入支出决算总表（表1）", "部门：示例单位", "单位：万元"]
    assert texts(grid)[-1] == "58行＝（32＋33＋…＋57）行； 62行＝（58＋59＋60）行。"
    assert not any(cell.style.border for cell in grid.cells if cell.text.startswith(("部门", "注", "2022")))


def test_an_amount_is_a_number_and_a_blank_is_nothing():
    cells = {cell.source: cell for cell in table_grid(qiaokou(), "t1").cells if cell.source}
    education = cells["a", "t1.out.205"]
    assert (education.text, education.value, education.number_format) == ("164.90", Decimal("164.90"), "0.00")
    culture = cells["a", "t1.out.207"]
    assert (culture.text, culture.value) == ("", None)


def test_amounts_in_yuan_are_printed_in_wan():
    items = {"2050199": {"t3.project": "980049.99"}}
    accounts = typed_accounts(items, {"money_unit": "元"})
    cells = {cell.source: cell for cell in table_grid(accounts, "t3").cells if cell.source}
    assert cells["a", "t3.all.project"].text == "98.00"
    assert "单位：万元" in texts(table_grid(accounts, "t3"))


def test_an_empty_table_says_so_and_a_filled_one_does_not():
    note = "说明：本单位无政府性基金预算财政拨款收入。"
    assert note in texts(table_grid(qiaokou(), "t7"))
    items = {"2296002": {"t3.project": "5", "t7.project": "5", "t7.income": "5"}}
    assert note not in texts(table_grid(typed_accounts(items), "t7"))


def test_a_region_without_numbers_of_lines_and_with_its_total_last():
    accounts = typed_accounts(QIAOKOU_ITEMS, edition_id=SHANGHAI, year="2024")
    assert "行次" not in texts(table_grid(accounts, "t1"))
    rows = [cell for cell in table_grid(accounts, "t5").cells if cell.text == "合计"]
    assert rows[-1].row > max(cell.row for cell in table_grid(accounts, "t5").cells if cell.text == "2210202")


def test_an_edition_may_print_zeros_commas_and_codes_in_three_cells():
    definition = edition(shipped(), "wuhan-2022")
    table = definition.table("t3")
    cut = table._replace(body=table.body._replace(code_cells=3))
    definition = replace(definition, zeros=True, commas=True, tables=(cut,), order=("t3",))
    answers = accounts_answers({"2050199": {"t3.project": "1234.5"}})
    accounts = read_accounts(definition, subjects_of(shipped(), "2022"), answers)
    found = texts(lay_out_table(accounts, cut, metrics()))
    assert "1,234.50" in found
    assert "0.00" in found
    assert found[found.index("其他教育管理事务支出") - 3 :][:3] == ["205", "01", "99"]


def test_a_draft_is_marked_on_every_table():
    assert {grid.mark for grid in lay_out_accounts(qiaokou(), metrics(), is_draft=True)} == {"草稿"}
    assert {grid.mark for grid in lay_out_accounts(qiaokou(), metrics())} == {""}
