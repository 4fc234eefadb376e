"""A form nobody foresaw, from a folder of the user's: read, scored, checked and exported without new code.

tests/data/seventh: execution 15 points, blocks 45 and 40, amounts in 元, no level 2, weight before target,
funds after the indicators with 实际支出 before 调整预算, "—" in a sub-row; a regulation of its own with
linear reverse, bands 100–90–70–0, another doubtful word, and a grade with an open end.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

import main
from model.checks import check_form
from model.exchange.exchange import write_exchange
from model.forms.loader import with_folder
from tests.builders import SHIPPED
from tests.stored import read_file

FOLDER = Path(__file__).parent / "data" / "seventh"
FILE = FOLDER / "filled.json"


@pytest.fixture(scope="module")
def form():
    return read_file(FILE, with_folder(FOLDER)).forms[0]


def test_the_texts_are_where_the_definition_says(form):
    assert form.project == "智慧课堂"
    assert form.answers.text("funds.all.executed") == "19.5万元"
    assert form.answers.text("g1.expected") == "每个班都上智慧课"
    assert form.answers.text("sealed_by") == "示例市第一中学"
    assert form.title == ("项目支出自评报告表", "（2024 年度）")
    assert form.answers.extra == {}


@pytest.mark.parametrize(
    ("row", "score", "why"),
    [
        ("i1", "9", ""),  # 10 × 18 ÷ 20
        ("i2", "13.5", ""),  # linear: 15 × (1 − (33,000 − 30,000) ÷ 30,000); by ratio it were 13.64
        ("i3", None, "doubtful-direction"),  # 排名 is doubtful here
        ("i4", "10", ""),  # met
        ("i5", None, "qualitative"),
        ("i6", "20", ""),  # more than met: the weight
    ],
)
def test_the_regulation_of_the_folder_scores(form, row, score, why):
    outcome = form.sheet.indicator(row).outcome
    assert (outcome.score, outcome.why) == (score and Decimal(score), why)


def test_bands_points_and_grades_are_those_of_the_folder(form):
    sheet = form.sheet
    assert sheet.indicator("i5").outcome.band == (14, 18)  # 70 and 90 % of 20
    assert sheet.execution.score == Decimal("14.63")  # 15 × 195,000 ÷ 200,000 = 14.625
    assert sheet.weights_total == 100
    assert sheet.total == Decimal("92.13")  # 14.63 + 9 + 13.5 + 10 + 10 + 15 + 20
    assert sheet.grade == "乙"  # 甲 begins above 92.13
    assert sheet.missing == ()


def test_the_checks_know_the_form(form):
    finding = next(found for found in check_form(form) if found.code == "total-mismatch")
    assert "93" in finding.message
    assert "92.13" in finding.message


def test_what_was_read_is_written_back(form):
    written = write_exchange(form.answers, form.definition)
    for key, value in json.loads(FILE.read_text("utf-8")).items():
        if key in ("funds", "goals", "indicators"):
            for row, original in zip(written[key], value, strict=True):
                assert {name: row[name] for name in original} == original
        else:
            assert written[key] == value


def test_the_command_line_checks_it(capsys):
    assert main.main(["check", str(FILE), "--json", "--forms", str(FOLDER)]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert found["error"] is None
    assert found["forms"][0]["form"] == "huaibei-project-2024"
    assert (found["forms"][0]["total"], found["forms"][0]["execution_rate"]) == ("92.13", "0.9750")


def test_without_the_folder_the_form_is_unknown(capsys):
    assert main.main(["check", str(FILE)]) == 2
    assert "huaibei-project-2024" in capsys.readouterr().out


def test_the_folder_lists_its_form_beside_the_shipped_ones(capsys):
    assert main.main(["forms", "--forms", str(FOLDER)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(SHIPPED) + 1
    assert any(line.startswith("huaibei-project-2024\t示例市\t2024\t") for line in lines)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    out = tmp_path_factory.mktemp("seventh")
    command = ["export", str(FILE), "--to", "xlsx,pdf,json", "--out", str(out), "--forms", str(FOLDER)]
    assert main.main(command) == 1  # its errors are open: a draft
    return {path.suffix: path for path in out.iterdir()}


def test_it_is_exported(exported):
    assert {path.name for path in exported.values()} == {
        f"2024-示例市第一中学-01-智慧课堂-项目自评表（草稿）{suffix}" for suffix in (".xlsx", ".pdf", ".json")
    }


def test_the_sheet_has_the_columns_in_the_order_of_the_form(exported):
    sheet = load_workbook(exported[".xlsx"]).worksheets[0]
    rows = [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    flat = [[text.replace("\n", "") for text in row] for row in rows]
    headings = ["维度", "指标内容", "权重", "指标值", "全年实绩", "自评分"]
    assert any(row[-6:] == headings for row in flat)
    assert any(row[-5:] == ["资金来源", "权重", "实际支出", "调整预算", "自评分"] for row in flat)
    assert any(row[-5:] == ["自有资金", "—", "0", "0", "—"] for row in flat)


def test_the_paper_shows_captions_texts_and_computed_scores(exported):
    text = "".join(page.extract_text() for page in PdfReader(exported[".pdf"]).pages)
    bare = "".join(text.split())
    for shown in (
        "项目支出自评报告表",
        "资金（元）",
        "全年实绩",
        "19.5万元",
        "200,000",
        "14.63",
        "13.5",
        "92.13",
    ):
        assert shown in bare, shown
    assert "93" not in text.split()  # a given total is printed nowhere
