"""Rows of money that the form does not have stay: read, shown, printed, counted, exchanged.

1. another name of a row of the form is that row; anything else is a row of its own below the one before
2. they are printed, found, called and explained, saved and exchanged
3. they count: in the sum of the rows, where a row may be a detail of the one above it
4. the clerk adds and deletes them in the window
"""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.editors.cells import LineCell
from gui.tabs.funds_panel import FundsPanel
from model.checks import check_form
from model.document.answers import Answers
from model.exchange.exchange import read_exchange, write_exchange
from model.filling.blank import set_with
from model.filling.carryover import carry_over
from model.filling.find import find
from model.filling.guidance import advice
from model.forms.loader import metrics, shipped
from model.paper.layout import lay_out_form
from model.reading.shares import sides
from tests.builders import DECLARATION, NATIONAL, WUHAN_PROJECT, form_of
from tests.desk import open_session, write
from tests.model.paper.test_layout import text_at


def data(*funds, form=NATIONAL):
    """A form of an exchange file with these rows: (label, budget, executed)."""
    keys = ("label", "budget", "executed")
    rows = [dict(zip(keys, row, strict=True)) for row in funds]
    return {"schema": "ziping.form/1", "form": form, "unit": "示例单位", "year": 2025, "funds": rows}


def read(*funds, form=NATIONAL):
    return form_of(read_exchange(data(*funds, form=form), shipped()))


TOTAL = ("年度资金总额", "100", "90")
OTHER = ("其他资金", "20", "20")

# --- 1


@pytest.mark.parametrize(
    "label",
    [
        "其中：本年财政拨款",
        "其中：财政资金",
        "财政拨款",
        "其中：当年财政拨款:",
        "其中:当年财政拨款",
        "本年财政资金：",
    ],
)
def test_1_another_name_of_a_row_is_that_row(label):
    form = read(TOTAL, (label, "80", "70"), OTHER)
    assert (form.answers.text("funds.fiscal.budget"), form.answers.text("funds.other.budget")) == ("80", "20")
    assert "funds" not in form.answers.rows
    assert form.answers.extra == {}
    assert text_at(lay_out_form(form, metrics()), "funds.fiscal.budget") == "80"


def test_1_the_name_of_the_form_goes_before_another_name():
    form = read(TOTAL, ("财政拨款", "50", "50"), ("其中：当年财政拨款", "30", "20"), OTHER)
    assert form.answers.text("funds.fiscal.budget") == "30"
    assert form.answers.text("f1.label") == "财政拨款"


def test_1_an_unknown_name_is_a_row_of_its_own_below_the_one_before():
    form = read(TOTAL, ("其中：财政资金", "80", "70"), ("其中:中央补助", "50", "40"), OTHER)
    assert form.answers.rows["funds"] == ("f1",)
    assert [row.row.caption for row in form.sheet.funds] == [
        *("年度资金总额", "其中：当年财政拨款", "其中:中央补助", "上年结转资金", "其他资金"),
    ]


def test_1_a_form_of_one_row_has_them_too():
    form = read(("年度财政资金总额", "100", "90"), ("其中：市级资金", "60", "60"), form=WUHAN_PROJECT)
    grid = lay_out_form(form, metrics())
    assert (text_at(grid, "f1.budget"), text_at(grid, "f1.executed")) == ("60", "60")
    assert "其中：市级资金" in [cell.text for cell in grid.cells]


# --- 2


@pytest.fixture
def form():
    return read(TOTAL, ("其中：财政资金", "80", "70"), ("其中:中央补助", "50", "40"), OTHER)


def test_2_they_are_found_called_and_explained(form):
    assert [hit.address[1] for hit in find(form, "", "中央补助")] == ["f1.label"]
    assert find(form, "", "fiscal") == []  # which row one stands below is no text of the form
    assert form.place("f1.budget") == "项目资金 · 其中:中央补助 · 全年预算数"
    assert "预算" in advice(shipped(), form, "f1.budget").how
    assert "来源" in advice(shipped(), form, "f1.label").how


def test_2_they_are_written_where_they_stood(form):
    written = write_exchange(form.answers, form.definition)
    labels = [row["label"] for row in written["funds"]]
    assert labels == ["年度资金总额", "其中：财政资金", "其中:中央补助", "上年结转资金", "其他资金"]
    assert written["funds"][2]["budget"] == "50"
    assert read_exchange(json.loads(json.dumps(written)), shipped()) == form.answers


def test_2_next_year_begins_with_their_names_without_their_amounts(form):
    last = Answers({"p1": form.answers}, "示例单位", "2025")
    found = carry_over(last, set_with(shipped(), NATIONAL), "示例单位", "2026", shipped()).forms["p1"]
    assert (found.rows["funds"], found.text("f1.label"), found.text("f1.budget")) == (
        ("f1",),
        "其中:中央补助",
        "",
    )


# --- 3


def sums(form):
    return [found.message for found in check_form(form) if found.code == "fund-rows-sum"]


def test_3_a_detail_of_the_row_above_counts_once(form):
    assert sums(form) == []  # 80 + 20, of the 80 are 50 from above


def test_3_they_count_as_parts_of_the_whole():
    assert sums(read(TOTAL, ("中央补助", "60", "60"), ("地方配套", "40", "30"))) == []
    (found, _) = sums(read(TOTAL, ("中央补助", "60", "60"), ("地方配套", "39", "39")))
    assert "明细合计 60 ＋ 39 ＝ 99，相差 1" in found


def test_3_what_no_reading_explains_is_said():
    (found, _) = sums(
        read(TOTAL, ("财政拨款", "80", "80"), ("中央补助", "50", "50"), ("其他资金", "21", "21"))
    )
    assert "明细合计 80 ＋ 50 ＋ 21 ＝ 151" in found


def test_3_a_form_as_printed_is_no_riddle():
    assert len(sums(read(TOTAL, ("其中：当年财政拨款", "100", "90"), ("上年结转资金", "100", "90")))) == 2


def test_3_they_count_in_the_sums_of_a_declaration():
    declared = data(form=DECLARATION) | {
        "funds": [
            {"side": "收入构成", "label": "财政拨款", "amount": "60"},
            {"side": "收入构成", "label": "上级补助", "amount": "30"},
            {"side": "收入构成", "label": "单位资金", "amount": "10"},
        ]
    }
    form = form_of(read_exchange(declared, shipped()))
    income = sides(form.definition, form.answers)[0]
    assert income.sums["amount"].number == 100
    assert [(part.caption, str(part.share)) for part in income.parts if part.share is not None] == [
        *(("财政拨款", "60.00"), ("上级补助", "30.00"), ("单位资金", "10.00")),
    ]
    grid = lay_out_form(form, metrics())
    assert (text_at(grid, "s1.share"), text_at(grid, "shares.income.amount")) == ("30.00%", "100")


def test_3_a_side_that_the_form_does_not_know_is_not_lost():
    declared = data(form=DECLARATION) | {"funds": [{"side": "其他构成", "label": "捐赠", "amount": "3"}]}
    form = form_of(read_exchange(declared, shipped()))
    assert (form.answers.text("s1.label"), form.answers.text("s1.amount")) == ("其他构成：捐赠", "3")


# --- 4


@pytest.fixture
def panel(qtbot, tmp_path):
    path = tmp_path / "national.json"
    path.write_text(json.dumps(data(TOTAL, ("财政拨款", "80", "70"), OTHER)), "utf-8")
    session = open_session(tmp_path, [path])
    panel = FundsPanel(session, "p1", session.form("p1").definition.funds)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    panel.session = session
    return panel


def editors(panel):
    return {one.address[1]: one for one in panel.findChildren(LineCell) if one.isVisible()}


def test_4_a_row_is_added_named_and_filled_in(panel):
    panel._add_button.click()
    label = editors(panel)["f1.label"]
    assert label.hasFocus()
    write(label, "其中：市级配套")
    write(editors(panel)["f1.budget"], "15")
    answers = panel.session.form("p1").answers
    assert (answers.text("f1.label"), answers.text("f1.budget")) == ("其中：市级配套", "15")


def test_4_deleting_a_row_can_be_undone(panel):
    panel._add_button.click()
    write(editors(panel)["f1.budget"], "15")
    panel._remove_row("f1")
    assert "f1.budget" not in editors(panel)
    panel.session.undo()
    panel.refresh()
    assert editors(panel)["f1.budget"].text() == "15"


def test_4_tab_goes_through_an_added_row(panel):
    panel._add_button.click()
    QTest.keyClick(editors(panel)["f1.label"], Qt.Key.Key_Tab)
    assert editors(panel)["f1.initial"].hasFocus()
