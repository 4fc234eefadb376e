"""项目支出绩效自评表 as most provinces print it: read, scored, printed, exported and read again.

tests/data/made_up/national_2020_project.json: 10 + 50 + 30 + 10 points, "—" in the rows below the first.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

import main
from model.checks import check_form
from model.exchange.exchange import write_exchange
from model.forms.loader import metrics, shipped
from model.paper.layout import lay_out_form
from tests.builders import form_of
from tests.golden import assert_golden
from tests.model.paper.test_layout import described, text_at
from tests.stored import read_file

FILE = Path(__file__).parent / "data" / "made_up" / "national_2020_project.json"


@pytest.fixture(scope="module")
def form():
    return read_file(FILE, shipped()).forms[0]


def test_nothing_of_it_is_unknown_and_nothing_is_lost(form):
    assert form.answers.extra == {}
    written = write_exchange(form.answers, form.definition)
    original = json.loads(FILE.read_text("utf-8"))
    originals = (row for key in ("funds", "goals", "indicators") for row in original.pop(key))
    rows = (row for key in ("funds", "goals", "indicators") for row in written[key])
    for row, before in zip(rows, originals, strict=True):
        assert {key: row[key] for key in before} == before
    assert {key: written[key] for key in original} == original


def test_it_is_scored_by_the_national_rules(form):
    sheet = form.sheet
    assert (sheet.weights_total, sheet.execution.score) == (100, Decimal("9.9"))  # 10 × 1,485 ÷ 1,500
    assert sheet.indicator("i1").outcome.score == 18
    assert sheet.indicator("i5").outcome.band == (12, 15)  # 80 % of 15 and more
    assert (sheet.total, sheet.grade, sheet.missing) == (Decimal("96.9"), "优", ())
    assert [finding.code for finding in check_form(form)] == ["budget-changed"]


def test_the_printed_form_row_by_row(form):
    assert_golden("layout_national_2020_project.txt", described(lay_out_form(form, metrics())))


def test_what_the_form_prints_itself_stands_there_whatever_was_typed(form):
    answers = form.answers.with_text("funds.fiscal.score", "10")
    grid = lay_out_form(form_of(answers), metrics())
    assert (text_at(grid, "funds.fiscal.score"), text_at(grid, "funds.total.score")) == ("—", "9.9")


def test_it_is_exported_and_every_output_shows_the_same(tmp_path):
    assert main.main(["export", str(FILE), "--to", "xlsx,pdf,json", "--out", str(tmp_path)]) == 0
    paths = {path.suffix: path for path in tmp_path.iterdir()}
    assert {path.name for path in paths.values()} == {
        f"2025-示例市图书馆-01-图书购置-项目自评表{suffix}" for suffix in (".xlsx", ".pdf", ".json")
    }
    pdf = "".join("".join(p.extract_text() for p in PdfReader(paths[".pdf"]).pages).split())
    rows = CalamineWorkbook.from_path(paths[".xlsx"]).get_sheet_by_index(0).to_python()
    sheet = "".join("".join(str(cell).split()) for row in rows for cell in row)
    for text in ("（2025年度）", "年度资金总额", "当年财政拨款", "效益指标（30分）", "96.9", "—"):
        assert text in pdf
        assert text in sheet
