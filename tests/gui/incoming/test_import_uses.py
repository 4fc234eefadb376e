"""用作 · 放到 · 已有内容: what comes in goes into the open document as the clerk says, one step of undo.

1. this year's form meets the one of its project: empty cells are filled, cell by cell she takes the file's
2. last year's form stands beside this year's; goals alone bring no results; amounts alone nothing else
3. a list of amounts: projects of the same name at once, others only where she says so
4. what is preset; what cannot be is said
"""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import main
from gui.commands.import_commands import examine_files
from gui.incoming.import_dialog import ImportDialog
from gui.incoming.meeting_table import THEIRS
from gui.incoming.plan import planned, put, usual
from gui.incoming.use_bar import INTO_OPEN, NEW
from model.document.answers import ACCOUNTS, Answers
from model.document.document import Document
from model.exchange.exchange import decode, read_exchange
from model.exchange.gather import gather
from model.forms.loader import shipped
from tests.final_accounts import accounts_answers

DATA = Path(__file__).parents[2] / "data"
FILES = DATA / "intake" / "files"
ONE, LIST = FILES / "D03_教育信息化.docx", FILES / "D13_一体化执行情况.xlsx"
PROJECT = DATA / "published" / "forms" / "yueyang_2023_project_05_xinxihua.json"
OTHER = PROJECT.with_name("yueyang_2023_project_01_gaosan.json")


def document_of(*paths):
    return gather(
        [(p.name, read_exchange(decode(p.read_bytes()), shipped())) for p in paths], shipped()
    ).answers


@pytest.fixture
def open_on(qtbot):
    """The dialog for some files, over a document."""

    def made(answers, *paths):
        files = examine_files(main.ways_in(), paths, shipped(), lambda *_: None, lambda: False)
        dialog = ImportDialog(files, shipped(), answers)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


def choose(box, text):
    box.setCurrentText(text)
    box.activated.emit(box.currentIndex())


def taken_into(answers, dialog):
    document = Document(answers)
    with document.edit("导入") as edit:
        put(edit, [offer for offer in dialog.offers() if offer.is_taken and offer.can_be_taken], shipped())
    return document.answers


def changed(answers, **texts):
    """The document with other texts in its project; "" empties a cell."""
    [key] = answers.projects
    cells = {cell.replace("__", "."): text for cell, text in texts.items()}
    return answers.with_form(key, answers.forms[key].with_texts(cells))


def test_1_a_form_goes_to_that_of_its_project_and_fills_what_is_empty(open_on):
    whole = document_of(PROJECT)
    mine = changed(whole, authority="", i1__actual="自己填的")
    dialog = open_on(mine, ONE)
    assert (dialog.use.target.currentText(), dialog.use.place.currentText()) == (INTO_OPEN, "教育信息化")
    assert dialog.use.effect.text() == "填入 1 个空格，1 格与现有内容不同。"
    form = taken_into(mine, dialog).forms["p1"]
    assert form.text("authority") == whole.forms["p1"].text("authority")
    assert form.sources["authority"].startswith(f"{ONE.name} › ")
    assert form.text("i1.actual") == "自己填的"
    assert "i1.actual" not in form.sources


def test_1_cell_by_cell_she_takes_what_the_file_says(open_on):
    whole = document_of(PROJECT)
    mine = changed(whole, i1__actual="自己填的", i2__actual="也是")
    dialog = open_on(mine, ONE)
    choose(dialog.use.already, "逐格选")
    table = dialog.side.meetings
    assert dialog.side.currentWidget() is table
    assert [table.item(row, 1).text() for row in range(table.rowCount())] == ["自己填的", "也是"]
    table.setCurrentCell(1, THEIRS)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert dialog.source.currentIndex().data() == whole.forms["p1"].text("i2.actual")
    form = taken_into(mine, dialog).forms["p1"]
    assert (form.text("i1.actual"), form.text("i2.actual")) == (
        "自己填的",
        whole.forms["p1"].text("i2.actual"),
    )


def test_1_all_of_the_files_texts_hold_where_she_says_so(open_on):
    whole = document_of(PROJECT)
    mine = changed(whole, i1__actual="自己填的", i2__actual="也是")
    dialog = open_on(mine, ONE)
    choose(dialog.use.already, "采用文件的")
    form = taken_into(mine, dialog).forms["p1"]
    assert form.text("i2.actual") == whole.forms["p1"].text("i2.actual")


def test_1_one_more_form_of_the_same_name_where_she_wants_it(open_on):
    mine = document_of(PROJECT)
    dialog = open_on(mine, ONE)
    choose(dialog.use.place, "新的一张表")
    assert not dialog.use.already.isVisible()
    assert len(taken_into(mine, dialog).projects) == 2


def next_year(answers):
    forms = {key: form.with_text("year", "2024") for key, form in answers}
    return replace(answers, forms=forms, year="2024")


def test_2_last_years_form_is_known_by_its_year_and_stands_beside(open_on):
    mine = changed(next_year(document_of(PROJECT)), i1__actual="", i1__target="新的目标")
    dialog = open_on(mine, ONE)
    assert dialog.use.radios["last"].isChecked()
    form = taken_into(mine, dialog).forms["p1"]
    assert form.text("i1.last_actual") == document_of(PROJECT).forms["p1"].text("i1.actual")
    assert (form.text("i1.actual"), form.text("i1.target"), form.year) == ("", "新的目标", "2024")


def test_2_goals_alone_bring_no_results(open_on):
    whole = document_of(PROJECT)
    mine = changed(whole, i1__actual="", i1__target="")
    dialog = open_on(mine, ONE)
    dialog.use.radios["goals"].click()
    form = taken_into(mine, dialog).forms["p1"]
    assert (form.text("i1.target"), form.text("i1.actual")) == (whole.forms["p1"].text("i1.target"), "")


def test_2_amounts_alone_bring_nothing_else(open_on):
    whole = document_of(PROJECT)
    mine = changed(whole, i1__actual="", funds__total__budget="")
    dialog = open_on(mine, ONE)
    dialog.use.radios["amounts"].click()
    form = taken_into(mine, dialog).forms["p1"]
    assert form.text("funds.total.budget") == whole.forms["p1"].text("funds.total.budget")
    assert form.text("i1.actual") == ""


def test_3_amounts_of_a_list_go_to_projects_of_the_same_name(open_on):
    mine = document_of(PROJECT, OTHER)
    empty = mine
    for key in mine.projects:
        empty = empty.with_form(key, mine.forms[key].with_text("funds.total.executed", ""))
    dialog = open_on(empty, LIST)
    assert dialog.use.radios["amounts"].isChecked()
    found = taken_into(empty, dialog)
    for key in mine.projects:
        assert found.forms[key].text("funds.total.executed")
        assert found.forms[key].sources["funds.total.executed"].startswith(f"{LIST.name} › ")


def test_3_a_name_that_only_sounds_alike_goes_nowhere_until_she_says_so(open_on):
    mine = changed(document_of(PROJECT), project_name="教育信息化专项经费", funds__total__executed="")
    dialog = open_on(mine, LIST)
    table = dialog.side.amounts
    row = next(n for n in range(table.rowCount()) if table.item(n, 0).text() == "教育信息化")
    box = table.cellWidget(row, 4)
    assert taken_into(mine, dialog) == mine
    choose(box, "教育信息化专项经费")
    QTest.qWait(1)
    assert taken_into(mine, dialog).forms["p1"].text("funds.total.executed")


HEADS = ("项目名称", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "分值")
ROWS = [
    ("教育信息化", "产出指标（50分）", "数量指标", "新的指标甲", "≥", 20, "间", 10),
    ("", "", "", "新的指标乙", "≤", 3, "次", 5),
    ("", "", "质量指标", "新的指标丙", "定性", "良好", "", 5),
    ("没有的项目", "产出指标", "数量指标", "别的", "≥", 1, "个", 10),
]


@pytest.fixture
def goals_list(tmp_path):
    """A list of the indicators of two projects, as a system exports it."""
    book = openpyxl.Workbook()
    for row in (("绩效目标导出",), HEADS, *ROWS):
        book.active.append(row)
    path = tmp_path / "目标.xlsx"
    book.save(path)
    return path


def test_3_goals_of_a_list_of_indicators_go_to_their_projects(open_on, goals_list):
    mine = document_of(PROJECT, OTHER)
    dialog = open_on(mine, goals_list)
    assert dialog.use.radios["goals"].isChecked()
    assert dialog.use.effect.text().startswith("2 个项目中 1 个有对应的表，填入 0 个空格，新增 3 行")
    found = taken_into(mine, dialog)
    form = found.forms["p1"]
    new = [row for row in form.indicators if form.text(f"{row}.name").startswith("新的指标")]
    assert [form.text(f"{row}.target") for row in new] == ["≥20间", "≤3次", "良好"]
    assert [form.text(f"{row}.level2") for row in new] == ["数量指标", "数量指标", "质量指标"]
    assert form.sources[f"{new[0]}.name"] == "目标.xlsx › Sheet D3"
    assert form.text("project_name") == mine.forms["p1"].text("project_name")
    assert found.forms["p2"] == mine.forms["p2"]


def test_3_goals_of_a_project_that_is_called_otherwise_go_where_she_says(open_on, goals_list):
    mine = changed(document_of(PROJECT), project_name="信息化建设")
    dialog = open_on(mine, goals_list)
    assert taken_into(mine, dialog) == mine
    table = dialog.side.amounts
    choose(table.cellWidget(0, 4), "信息化建设")
    QTest.qWait(1)
    form = taken_into(mine, dialog).forms["p1"]
    assert "新的指标丙" in [form.text(f"{row}.name") for row in form.indicators]
    assert form.text("project_name") == "信息化建设"


def test_4_another_years_file_begins_a_new_document(open_on):
    dialog = open_on(replace(document_of(PROJECT), year="2020"), ONE)
    assert dialog.use.target.currentText() == NEW
    dialog.use.target.setCurrentText(INTO_OPEN)
    assert "是 2023 年度的表" in dialog.use.effect.text()


def test_4_amounts_alone_make_no_document(open_on):
    dialog = open_on(Answers({}, "", ""), ONE)
    dialog.use.target.setCurrentText(INTO_OPEN)
    dialog.use.radios["amounts"].click()
    dialog.use.target.setCurrentText(NEW)
    assert not dialog.take.isEnabled()
    assert dialog.why.text() == "只取金额要放进当前的自评簿。"


# --- published tables of final accounts (硚口 2022)

ACCOUNTS_FILE = FILES / "D12_部门决算公开表.xls"


def accounts_of(year, edition, **cells):
    mine = accounts_answers(
        {}, {"unit": "武汉市硚口区教育局信息技术中心", **cells}, edition_id=edition, year=year
    )
    return Answers({ACCOUNTS: mine}, mine.unit, year)


def offered(open_on, answers):
    """The tables of a file that says no year, with the year that the clerk says, as they would be used."""
    [offer] = open_on(answers, ACCOUNTS_FILE).offers()
    specified = offer.specified(year=2022)
    return replace(specified, use=usual(specified, answers, shipped()))


def put_into(answers, offer):
    document = Document(answers)
    with document.edit("导入") as edit:
        assert put(edit, [offer], shipped()) == ([ACCOUNTS], [])
    return document.answers.forms[ACCOUNTS]


def test_4_published_tables_of_the_year_go_into_accounts_of_another_edition(open_on):
    answers = accounts_of("2022", "wuhan-2021")
    found = put_into(answers, offered(open_on, answers))
    assert found.definition == "wuhan-2021"
    assert (found.text("s1.code"), found.text("s1.t3.basic")) == ("2050199", "66.90")


def test_4_published_tables_of_the_year_before_give_last_years_totals(open_on):
    answers = accounts_of("2023", "wuhan-2022")
    offer = offered(open_on, answers)
    assert offer.use.purpose == "last"
    found = put_into(answers, offer)
    assert [found.text(cell) for cell in ("last.total", "s1.code", "s1.t3.basic")] == [
        "187.89",
        "2050199",
        "",
    ]
    this = replace(offer, use=replace(offer.use, purpose="this"))
    assert "2022 年度" in planned(this, answers, shipped()).problem
    assert "2023 年度" in planned(offer, accounts_of("2024", "wuhan-2022"), shipped()).problem
