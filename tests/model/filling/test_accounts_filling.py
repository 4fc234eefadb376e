"""Final accounts in a document: beside its forms, taken over into them, undone, saved, carried over."""

from dataclasses import replace

import pytest

from model.accounts.loader import edition
from model.checks import check_accounts, drafts, run_checks
from model.document import store
from model.document.answers import ACCOUNTS, Answers
from model.document.document import Document
from model.exchange.accounts_reader import read_accounts_file
from model.exchange.gather import gather
from model.filling.accounts import (
    blank_accounts,
    carry_accounts,
    let_computed_hold,
    take_accounts,
    takeable,
)
from model.filling.blank import set_with
from model.filling.carryover import carry_over
from model.forms.loader import metrics, shipped
from model.reading.crosscheck import cross_checks
from model.reading.outturn import outturn
from model.reading.reading import read
from model.report.report_tables import table_grid
from tests.builders import HUNAN, WUHAN, WUHAN_PROJECT, filled
from tests.final_accounts import QIAOKOU_CELLS, QIAOKOU_ITEMS, accounts_answers, case
from tests.final_accounts import WUHAN as EDITION

LIBRARY = shipped()


def qiaokou(**cells):
    return accounts_answers(QIAOKOU_ITEMS, QIAOKOU_CELLS | cells)


def department(basic="89.89", project="98", executed="187.89", year="2022", **more):
    cells = {"basic": basic, "project": project, "year": year, **more}
    return filled(WUHAN, cells=cells, budget="187.89", executed=executed).answers


def document(accounts=None, **forms):
    return Answers({"d": department(), **forms, ACCOUNTS: accounts or qiaokou()}, "示例单位", "2022")


def reading(answers):
    return read(LIBRARY, answers)


def reported(answers):
    found = check_accounts(reading(answers))
    return [(f.code, f.severity, f.address) for f in found if f.severity != "note"]


# --- beside the forms


def test_the_accounts_come_last_and_are_no_project():
    answers = Answers(
        {ACCOUNTS: qiaokou(), "p1": filled(WUHAN_PROJECT).answers, "d": department()}, "甲", "2022"
    )
    assert list(answers.forms) == ["d", "p1", ACCOUNTS]
    assert answers.projects == ("p1",)
    found = reading(answers)
    assert [form.key for form in found.forms] == ["d", "p1"]
    assert found.accounts.text("t1.in.total") == "187.89"


def test_without_accounts_there_is_nothing_to_check():
    found = reading(Answers({"d": department()}, "示例单位", "2022"))
    assert found.accounts is None
    assert check_accounts(found) == ()


def test_a_key_in_a_form_does_not_read_the_accounts_again():
    found = Document(document())
    before = reading(found.answers).accounts
    found.set_text(("d", "basic"), "89.8", "修改")
    assert reading(found.answers).accounts is before
    found.set_text((ACCOUNTS, "s1.t3.basic"), "66.91", "修改")
    assert reading(found.answers).accounts is not before


# --- against the forms


def test_a_form_that_says_the_same_yields_nothing():
    assert reported(document()) == []


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [
        ({"executed": "182.89"}, "S-TOTAL", "funds.total.executed"),
        ({"basic": "89.80"}, "S-BASIC", "basic"),
        ({"project": "93"}, "S-PROJECT", "project"),
    ],
)
def test_a_form_that_says_something_else_is_told(cells, code, cell):
    found = reported(document(d=department(**cells)))
    assert (code, "judged", ("d", cell)) in found
    assert drafts(run_checks(reading(document(d=department(**cells))))) == {"d"}


def test_a_hundredth_off_is_no_error():
    assert reported(document(d=department(basic="89.90", executed="187.90"))) == []


def test_projects_together_spend_no_more_than_the_accounts_have():
    def projects(executed):
        return document(p1=filled(WUHAN_PROJECT, budget=executed, executed=executed, year="2022").answers)

    assert reported(projects("98")) == []
    assert "S-SUM" in [code for code, _, _ in reported(projects("98.02"))]


def test_another_year_or_unit_is_told():
    other = replace(document(), year="2023")
    assert ("year-mismatch", "judged", (ACCOUNTS, "year")) in reported(other)
    named = document(qiaokou(unit="别的单位"))
    assert ("name-differs", "warning", (ACCOUNTS, "unit")) in reported(named)


def test_an_answer_holds_for_a_finding_of_the_accounts():
    found = Document(document(qiaokou(**{"t6.30101": "30"})))
    (mismatch,) = [f for f in check_accounts(reading(found.answers)) if f.code == "X-56"]
    with found.edit("说明") as edit:
        edit.set_reply(mismatch.address, mismatch.code, "财政已核对，口径不同。", mismatch.found)
    (answered,) = [f for f in check_accounts(reading(found.answers)) if f.code == "X-56"]
    assert answered.answer == "财政已核对，口径不同。"
    assert ACCOUNTS not in drafts(check_accounts(reading(found.answers)))


def test_sums_that_forms_and_accounts_share_stand_in_the_list():
    names = [found.name for found in cross_checks(reading(document()))]
    assert names[-3:] == ["决算支出", "决算基本", "决算项目"]
    assert all(found.agrees for found in cross_checks(reading(document())))


# --- the report's table of money


def outturn_of(answers):
    found = reading(answers)
    table = LIBRARY.outline(WUHAN).table("outturn")
    rows = outturn(table, found.department.answers, "万元", found.accounts)
    return {row.row.key: str(row.amounts["final"].number) for row in rows if row.amounts["final"] is not None}


def test_the_outturn_of_the_report_comes_from_the_accounts():
    assert outturn_of(document()) == {
        "income": "187.89",
        "fiscal": "187.89",
        "business": "0",
        "other": "0",
        "spending": "187.89",
        "staff": "81.08",
        "running": "8.81",
        "basic": "89.89",
        "project": "98.00",
    }


def test_an_outturn_that_is_typed_counts_and_is_told_where_it_differs():
    typed = document(d=department(**{"outturn.fiscal.final": "182.89", "outturn.other.final": "5"}))
    assert outturn_of(typed)["fiscal"] == "182.89"
    codes = [(code, cell) for code, _, (_, cell) in reported(typed)]
    assert codes == [("S-OUTTURN", "outturn.fiscal.final"), ("S-OUTTURN", "outturn.other.final")]


def test_the_table_is_printed_with_the_outturn_of_the_accounts():
    found = reading(document())
    grid = table_grid(found.department, LIBRARY.outline(WUHAN).table("outturn"), metrics(), found.accounts)
    assert "187.89" in [cell.text for cell in grid.cells]


def test_with_other_money_the_parts_of_the_basic_spending_are_not_guessed():
    items = {"2050199": {"t3.basic": "10", "t2.business": "4", "t2.fiscal": "6", "t5.basic": "6"}}
    answers = document(accounts_answers(items, {"t6.30101": "6"}))
    assert "staff" not in outturn_of(answers)
    assert outturn_of(answers)["business"] == "4"


# --- taken over


def test_the_figures_of_the_accounts_are_taken_over_in_one_step():
    before = department(basic="80", project="93", executed="182.89", **{"outturn.fiscal.final": "182.89"})
    found = Document(document(d=before))
    with found.edit("从决算带入") as edit:
        assert take_accounts(edit, reading(found.answers)) == 4
    form = found.answers.forms["d"]
    assert (form.text("basic"), form.text("project")) == ("89.89", "98")
    assert form.text("funds.total.executed") == "187.89"
    assert form.text("outturn.fiscal.final") == ""
    assert reported(found.answers) == []
    assert takeable(reading(found.answers)) == ()
    found.undo()
    assert found.answers.forms["d"] is before


def test_what_says_the_same_stays_as_it_was_typed():
    assert takeable(reading(document(d=department(basic="89.89万元", executed="187.890")))) == ()


def test_forms_in_yuan_get_yuan_and_other_regions_too():
    form = filled(HUNAN, budget="1", executed="1", year="2022").answers.with_text("money_unit", "元")
    taken = takeable(reading(document(d=form)))
    after = {change.address[1]: change.after for change in taken}
    executed = next(text for cell, text in after.items() if cell.endswith(".executed"))
    assert executed == "1878900"


def test_accounts_exact_in_yuan_go_into_forms_as_the_tables_print_them():
    items = {"2050199": {"t3.basic": "669012.34", "t3.project": "980000"}}
    accounts = accounts_answers(items, {"money_unit": "元", "t6.30101": "669012.34"})
    found = Document(document(accounts, d=department(basic="1", project="98.00", executed="164.90")))
    with found.edit("从决算带入") as edit:
        assert take_accounts(edit, reading(found.answers)) == 1
    assert found.answers.forms["d"].text("basic") == "66.9"
    assert reported(found.answers) == []
    assert takeable(reading(found.answers)) == ()


# --- saved, undone, begun anew


def test_a_document_with_accounts_is_saved_and_opened(tmp_path):
    answers = document(read_accounts_file(case("qiaokou_2022"), LIBRARY))
    path = tmp_path / "a.zpb"
    store.create(path, answers)
    assert store.open_document(path).answers.forms[ACCOUNTS] == answers.forms[ACCOUNTS]


def test_rows_of_the_list_are_added_removed_and_undone():
    found = Document(document(blank_accounts(edition(LIBRARY, EDITION), "示例单位", "2022")))
    with found.edit("添加科目") as edit:
        (row,) = edit.add_rows(ACCOUNTS, "subjects", 1, [{"code": "2050199", "t3.basic": "5"}])
    assert row == "s2"
    assert reading(found.answers).accounts.text("t1.out.205") == "5.00"
    with found.edit("删除科目") as edit:
        edit.remove_rows(ACCOUNTS, "subjects", [row])
    assert reading(found.answers).accounts.text("t1.out.205") == ""
    found.undo()
    assert reading(found.answers).accounts.text("t1.out.205") == "5.00"


def test_printed_figures_are_forgotten_at_once():
    data = case("qiaokou_2022")
    data["tables"]["t1"]["in"]["year"] = "200.00"
    found = Document(document(read_accounts_file(data, LIBRARY)))
    assert reading(found.answers).accounts.given("t1.in.year") == "200.00"
    with found.edit("以计算值为准") as edit:
        let_computed_hold(edit)
    accounts = reading(found.answers).accounts
    assert accounts.given("t1.in.year") is None
    assert set(accounts.answers.given) == {"narrative", "forms"}


def test_next_year_begins_with_the_list_and_last_years_totals():
    texts = {
        "class_use.205": "人员工资",
        "reception_use": "公务接待",
        "s1.use": "信息化",
        "s1.reason": "增资",
    }
    last = reading(document(qiaokou(**texts, office="3"))).accounts
    new = carry_accounts(last, LIBRARY, "新单位", "2023")
    assert new.definition == EDITION
    assert new.rows["subjects"] == last.answers.rows["subjects"]
    assert new.text("s1.code") == "2050199"
    assert new.text("s1.use") == "信息化"
    assert new.text("class_use.205") == "人员工资"
    assert new.text("reception_use") == "公务接待"
    assert (new.text("last.total"), new.text("last.general"), new.text("last.office")) == (
        "187.89",
        "187.89",
        "3",
    )
    assert new.text("last.fund_income") == "0.00"
    for gone in ("s1.t3.basic", "s1.reason", "t6.30101", "office"):
        assert new.text(gone) == ""
    assert (new.unit, new.year) == ("新单位", "2023")


def test_next_year_begins_with_the_main_work_that_was_planned():
    own = {"works_note": "两条主线。", "w1.item": "教师培训", "w1.aim": "全员", "w1.result": "已培训 300 人"}
    last = reading(document(qiaokou(**own).with_rows("works", ("w1",)))).accounts
    new = carry_accounts(last, LIBRARY, "新单位", "2023")
    assert new.rows["works"] == ("w1",)
    assert [new.text(f"w1.{key}") for key in ("item", "aim", "result")] == ["教师培训", "全员", ""]
    assert new.text("works_note") == "两条主线。"


def test_a_document_of_the_next_year_has_its_accounts():
    found = carry_over(document(), set_with(LIBRARY, WUHAN), "示例单位", "2023", LIBRARY)
    assert list(found.forms) == ["d", ACCOUNTS]
    assert found.forms[ACCOUNTS].text("last.total") == "187.89"


# --- from files


def test_files_of_forms_and_accounts_make_one_document():
    accounts = read_accounts_file(case("qiaokou_2022"), LIBRARY)
    form = department(unit=accounts.unit)
    found = gather([("a.json", accounts), ("b.json", form)], LIBRARY)
    assert list(found.answers.forms) == ["d", ACCOUNTS]
    assert found.refused == ()
    twice = gather([("a.json", accounts), ("b.json", accounts)], LIBRARY)
    assert [name for name, _ in twice.refused] == ["b.json"]
    assert twice.answers.unit == accounts.unit
    other_year = gather([("b.json", form), ("a.json", accounts.with_text("year", "2021"))], LIBRARY)
    assert [name for name, _ in other_year.refused] == ["a.json"]
