"""Three columns that no rule knows (度量单位, 评价标准, 复核分) go everywhere without a line of code.

tests/data/columns: a self-evaluation and a declaration of an imaginary city; 评价标准 stands between target
and result, 复核分 is filled in by others.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

import main
from model.checks import check_form
from model.document.answers import DECLARATION, DEPARTMENT, Answers
from model.document.document import Document
from model.document.store import create
from model.document.store import open_document as open_stored
from model.exchange.exchange import write_exchange
from model.filling.blank import blank_form, set_with
from model.filling.carryover import carry_over
from model.filling.find import find
from model.filling.guidance import advice
from model.filling.takeover import take_over
from model.forms.loader import metrics, with_folder
from model.paper.layout import lay_out_form
from tests.builders import form_of
from tests.model.paper.test_layout import text_at
from tests.stored import read_file

FOLDER = Path(__file__).parent / "data" / "columns"
FILE = FOLDER / "filled.json"
REVIEW, REVIEW_DECLARATION = "review-department-2025", "review-declaration-2025"
OWN = ("measure", "standard", "reviewed")


@pytest.fixture(scope="module")
def library():
    return with_folder(FOLDER)


@pytest.fixture(scope="module")
def form(library):
    return read_file(FILE, library).forms[0]


def test_they_are_read_and_written_back(form):
    assert form.answers.extra == {}
    assert form.answers.text("i1.standard") == "完成率×分值"
    written = write_exchange(form.answers, form.definition)
    assert written == json.loads(FILE.read_text("utf-8"))


def test_they_do_not_count(form):
    assert [str(row.score) for row in form.sheet.indicators] == ["60", "30"]
    assert (form.sheet.total, form.sheet.missing) == (Decimal("99.5"), ())
    assert [finding.code for finding in check_form(form)] == []


def test_points_that_are_no_number_are_named(form):
    spoiled = form_of(form.answers.with_text("i2.reviewed", "同意"), with_folder(FOLDER))
    (found,) = check_form(spoiled)
    assert (found.code, found.address[1]) == ("not-a-number", "i2.reviewed")


def test_they_are_saved_and_opened(form, tmp_path):
    path = tmp_path / "columns.zpb"
    answers = Answers({DEPARTMENT: form.answers}, form.answers.unit, form.answers.year)
    create(path, answers)
    assert open_stored(path).answers.forms[DEPARTMENT].texts == form.answers.texts


@pytest.mark.parametrize(
    ("text", "cell"), [("万页", "i1.measure"), ("部分达成", "i2.standard"), ("58.5", "i1.reviewed")]
)
def test_they_are_found(form, text, cell):
    assert [hit.address[1] for hit in find(form, "", text)] == [cell]


def test_their_places_are_called_as_the_form_does(form):
    assert form.place("i1.reviewed") == "产出指标 · 数量指标 · 第1行 · 复核分"
    assert form.place("i2.standard") == "效益指标 · 社会效益指标 · 第1行 · 评价标准"  # without brackets


def test_next_year_begins_with_what_the_form_says_is_carried(form, library):
    last = Answers({DEPARTMENT: form.answers}, form.answers.unit, form.answers.year)
    form_set = set_with(library, REVIEW)
    text = carry_over(last, form_set, "示例市档案馆", "2026", library).forms[DEPARTMENT].text
    assert [text(f"i1.{key}") for key in OWN] == ["万页", "完成率×分值", ""]


def test_the_declaration_hands_them_on(library):
    declared = blank_form(library.form(REVIEW_DECLARATION), "示例市档案馆", "2025").with_texts(
        {
            "g1.text": "馆藏数字化",
            "i1.name": "数字化档案",
            "i1.target": "≥50",
            "i1.measure": "万页",
            "i1.standard": "完成率×分值",
        }
    )
    department = blank_form(library.form(REVIEW), "示例市档案馆", "2025")
    document = Document(Answers({DECLARATION: declared, DEPARTMENT: department}, "示例市档案馆", "2025"))
    with document.edit("带入") as edit:
        take_over(edit, library)
    found = document.answers.forms[DEPARTMENT]
    row = next(row for row in found.indicators if found.text(f"{row}.name") == "数字化档案")
    assert [found.text(f"{row}.{key}") for key in ("target", *OWN)] == ["≥50", "万页", "完成率×分值", ""]


def test_help_says_who_fills_them_in(form, library):
    assert "由审核的部门填写" in advice(library, form, "i1.reviewed").how
    assert advice(library, form, "i1.standard") is not None


def test_paper_has_them_in_their_order(form):
    grid = lay_out_form(form, metrics())
    captions = [
        "三级指标",
        "度量单位",
        "年度指标值",
        "评价标准（满分标准）",
        "实际完成值",
        "分值",
        "自评得分",
        "复核分",
    ]
    heading = next(cell.row for cell in grid.cells if cell.text == "度量单位")
    row = sorted((cell.col, cell.text) for cell in grid.cells if cell.row == heading)
    assert [text for _, text in row][-9:-1] == captions
    assert text_at(grid, "i1.standard") == "完成率×分值"
    reviewed = next(cell for cell in grid.cells if cell.source == (form.key, "i1.reviewed"))
    assert (reviewed.text, str(reviewed.value)) == ("58.5", "58.5")


def test_a_blank_form_prints_their_captions(library):
    blank = form_of(blank_form(library.form(REVIEW), "示例市档案馆", "2025"), library)
    assert "评价标准（满分标准）" in [cell.text for cell in lay_out_form(blank, metrics()).cells]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    out = tmp_path_factory.mktemp("columns")
    command = ["export", str(FILE), "--to", "xlsx,pdf,json", "--out", str(out), "--forms", str(FOLDER)]
    assert main.main(command) == 0
    return {path.suffix: path for path in out.iterdir()}


def test_excel_has_them_as_numbers_and_texts(exported):
    sheet = load_workbook(exported[".xlsx"]).worksheets[0]
    values = [value for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
    assert 58.5 in values
    assert "万页" in values


def test_the_pdf_shows_them(exported):
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(exported[".pdf"]).pages)
    for shown in ("度量单位", "评价标准", "复核分", "万页", "58.5"):
        assert shown in text, shown


def test_the_exported_file_holds_what_was_read(exported, library):
    again = read_file(exported[".json"], library).forms[0]
    assert again.answers.texts == read_file(FILE, library).forms[0].answers.texts
