"""Documents of older programs kept rows of money of unknown names aside; now they are rows of the form.

1. they stand where they stood in the file, are printed, counted, exchanged; opening again finds them there
2. a row whose name is known by now is that row, where that is empty; what the clerk typed there stays
3. what the form has no table for, or what is no row, stays as it was kept
4. the file is not written before something is edited; then it has the rows, and what is typed in them
5. what an older program printed is still known by its code
"""

import json
from argparse import Namespace
from dataclasses import replace

import pytest

from export.opening import open_all
from export.verifying import _verify
from gui.editors.cells import LineCell
from gui.session.session import Session
from gui.tabs.funds_panel import FundsPanel
from model.checks import check_form
from model.document import store
from model.document.answers import Answers
from model.document.document import Document
from model.exchange.checkcode import check_code
from model.exchange.exchange import read_exchange, write_exchange
from model.exchange.older_documents import open_document, with_kept_rows
from model.forms.loader import metrics, shipped
from model.paper.layout import lay_out_form
from tests.builders import DECLARATION, MONITORING, NATIONAL, WUHAN_PROJECT, filled, form_of
from tests.desk import dressed, open_window, write
from tests.model.paper.test_layout import text_at


def old(kept, definition=NATIONAL, **cells):
    """A form as an older program saved it: rows of unknown names as JSON beside it, by their place."""
    form = filled(definition, budget="100", executed="90", cells=cells).answers
    entries = {json.dumps(["funds", str(n)]): json.dumps(entry, ensure_ascii=False) for n, entry in kept}
    return replace(form, extra=entries)


def row(label, budget="", executed="", **more):
    return {"label": label, "budget": budget, "executed": executed, **more}


def opened(form):
    answers = with_kept_rows(Answers({"p1": form}, "示例单位", "2025"), shipped())
    return form_of(answers.forms["p1"])


# --- 1


def test_1_a_row_stands_below_the_one_it_stood_below():
    form = opened(old([(2, row("其中:中央补助", "50", "40")), (4, row("社会捐赠", "20", "20"))]))
    assert [line.row.caption for line in form.sheet.funds] == [
        *("年度资金总额", "其中：当年财政拨款", "其中:中央补助", "上年结转资金", "社会捐赠", "其他资金"),
    ]
    assert form.answers.extra == {}
    grid = lay_out_form(form, metrics())
    assert (text_at(grid, "f1.budget"), text_at(grid, "f2.executed")) == ("50", "20")
    assert {"其中:中央补助", "社会捐赠"} <= {cell.text for cell in grid.cells}


def test_1_it_counts():
    kept = [(1, row("中央补助", "60", "60")), (2, row("地方配套", "39", "30"))]
    (found, *_) = [one.message for one in check_form(opened(old(kept))) if one.code == "fund-rows-sum"]
    assert "60 ＋ 39 ＝ 99，相差 1" in found


def test_1_it_is_exchanged_with_what_nobody_knows_of_it():
    form = opened(old([(2, row("其中:中央补助", "50", "40", note="文号另附"))]))
    written = write_exchange(form.answers, form.definition)["funds"][2]
    assert (written["label"], written["budget"], written["note"]) == ("其中:中央补助", "50", "文号另附")


def test_1_the_same_file_read_today_says_the_same():
    form = old([(1, row("其中：本年财政拨款", "80", "70")), (2, row("中央补助", "50", "40"))])
    today = opened(form).answers
    written = write_exchange(today, shipped().form(NATIONAL))
    assert read_exchange(json.loads(json.dumps(written)), shipped()).texts == today.texts


def test_1_the_ids_of_rows_that_are_there_stay():
    form = old(
        [(2, row("县级配套", "5", "5"))], **{"f3.label": "捐赠", "f3.budget": "9", "f3.under": "other"}
    )
    today = opened(form.with_rows("funds", ["f3"])).answers
    assert (set(today.rows["funds"]), today.text("f3.budget"), today.text("f4.label")) == (
        *({"f3", "f4"}, "9", "县级配套"),
    )


def test_1_in_a_table_of_sides_it_stays_on_its_own():
    kept = [(9, {"side": "收入构成", "label": "上级补助", "amount": "30"})]
    form = opened(replace(old(kept, DECLARATION), texts={"unit": "示例单位", "year": "2025"}))
    assert text_at(lay_out_form(form, metrics()), "shares.income.amount") == "30"


def test_1_rare_characters_and_a_long_name_are_no_matter():
    name = "硚口区〇䶮专项" * 10
    assert opened(old([(1, row(name, "1", "1"))], WUHAN_PROJECT)).answers.text("f1.label") == name


def test_1_a_document_without_any_is_the_very_same():
    answers = Answers({"p1": filled(NATIONAL).answers}, "示例单位", "2025")
    assert with_kept_rows(answers, shipped()) is answers


# --- 2


def test_2_a_name_that_is_known_by_now_is_that_row():
    answers = opened(old([(1, row("其中：本年财政拨款", "80", "70"))])).answers
    assert (answers.text("funds.fiscal.budget"), answers.text("funds.fiscal.executed")) == ("80", "70")
    assert "funds" not in answers.rows


def test_2_what_the_clerk_typed_there_meanwhile_stays():
    typed = {"funds.fiscal.budget": "81"}
    answers = opened(old([(1, row("其中：本年财政拨款", "80", "70"))], **typed)).answers
    assert answers.text("funds.fiscal.budget") == "81"
    assert (answers.text("f1.label"), answers.text("f1.budget")) == ("其中：本年财政拨款", "80")


def test_2_what_she_typed_off_is_not_there_twice():
    typed = {"funds.fiscal.budget": "80", "funds.fiscal.executed": "70"}
    answers = opened(old([(1, row("其中：本年财政拨款", "80", "70"))], **typed)).answers
    assert ("funds" in answers.rows, answers.extra) == (False, {})


# --- 3


@pytest.mark.parametrize(
    "entry",
    [
        *("一句话", ["80"], {}, row(""), {"label": 5, "budget": "80"}, row("中央补助", 80)),
        row("长" * 3000, "80"),
    ],
    ids=str,
)
def test_3_what_is_no_row_stays_as_it_was_kept(entry):
    form = old([(1, entry), (2, row("地方配套", "20"))])
    today = opened(form).answers
    assert today.extra == {'["funds", "1"]': json.dumps(entry, ensure_ascii=False)}
    assert today.text("f1.label") == "地方配套"


def test_3_a_form_without_such_a_table_keeps_them():
    form = replace(old([(1, row("中央补助", "80"))], MONITORING), definition="no-money")
    money = shipped().form(MONITORING)
    library = replace(shipped(), forms={"no-money": replace(money, blocks=())})
    answers = Answers({"p1": form}, "示例单位", "2025")
    assert with_kept_rows(answers, library).forms["p1"] == form


def test_3_a_form_that_nobody_knows_keeps_them():
    form = replace(old([(1, row("中央补助", "80"))]), definition="of-nobody")
    answers = Answers({"p1": form}, "示例单位", "2025")
    assert with_kept_rows(answers, shipped()).forms["p1"] == form


# --- 4


KEPT = [(2, row("其中:中央补助", "50", "40"))]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "旧.zpb"
    store.create(path, Answers({"p1": old(KEPT)}, "示例单位", "2025"))
    return path


@pytest.fixture
def session(qtbot, path):
    dressed()
    stored = open_document(path, shipped())
    return Session(shipped(), Document(stored.answers), path, stored)


def test_4_looking_at_it_writes_nothing(session, path):
    before = path.read_bytes()
    assert session.form("p1").answers.text("f1.budget") == "50"
    assert (session.is_dirty, session.document.undo_label, session.save()) == (False, "", True)
    assert path.read_bytes() == before


def test_4_with_an_edit_the_file_has_the_rows(session, path):
    session.set_text(("p1", "f1.budget"), "55")
    assert session.save()
    form = store.open_document(path).answers.forms["p1"]
    assert (form.rows["funds"], form.text("f1.budget"), form.text("f1.label"), form.extra) == (
        *(("f1",), "55", "其中:中央补助", {}),
    )


def test_4_undo_takes_back_the_edit_and_leaves_the_row(session, path):
    session.set_text(("p1", "f1.budget"), "55")
    session.undo()
    assert (session.text(("p1", "f1.budget")), session.is_dirty) == ("50", False)
    session.set_text(("p1", "project_name"), "某项目")
    assert session.save()
    session.undo()
    assert session.save()
    assert open_document(path, shipped()).answers.forms["p1"].text("f1.budget") == "50"


def test_4_another_program_s_save_of_the_old_kind_is_shown_with_its_rows(session, path):
    theirs = store.open_document(path)
    changed = theirs.answers.with_form("p1", theirs.answers.forms["p1"].with_text("project_name", "甲"))
    store.save(path, theirs.revision, theirs.answers, changed)
    session.reload()
    assert (session.text(("p1", "project_name")), session.rows("p1", "funds")) == ("甲", ("f1",))


def test_4_saved_under_another_name_it_has_them(session, tmp_path):
    session.move_to(tmp_path / "新.zpb")
    assert store.open_document(tmp_path / "新.zpb").answers.forms["p1"].rows["funds"] == ("f1",)


def test_4_the_window_opens_it_with_them_and_what_is_typed_in_them_stays(qtbot, path):
    window = open_window(qtbot, path)
    panel = FundsPanel(window.session, "p1", window.session.form("p1").definition.funds)
    qtbot.addWidget(panel)
    panel.show()
    editors = {one.address[1]: one for one in panel.findChildren(LineCell)}
    assert editors["f1.label"].text() == "其中:中央补助"
    write(editors["f1.initial"], "45")
    assert window.session.save()
    assert store.open_document(path).answers.forms["p1"].text("f1.initial") == "45"


def test_4_so_does_the_command_line(path):
    (found,) = open_all([path], shipped())
    assert found.reading.forms[0].answers.text("f1.label") == "其中:中央补助"


# --- 5


def test_5_the_code_on_an_older_print_is_still_known(path, capsys):
    code = check_code(form_of(store.open_document(path).answers.forms["p1"]))
    _verify(Namespace(document=path, codes=[code]), shipped())
    assert "内容与上次保存的文件相同" in capsys.readouterr().out
