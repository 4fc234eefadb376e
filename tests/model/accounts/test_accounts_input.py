"""Bad input of the final accounts: a sentence each, nothing lost, nothing counted that can't be."""

import pytest

from model.basics.errors import UserError
from model.checks import check_accounts
from model.document.answers import Answers
from model.exchange.accounts_reader import read_accounts_file
from model.exchange.accounts_writer import write_accounts
from model.forms.loader import shipped
from model.reading.reading import read as read_document
from tests.final_accounts import accounts_answers, case, read, typed_accounts


def findings(items, cells=None, **more):
    answers = accounts_answers(items, cells, **more)
    return check_accounts(read_document(shipped(), Answers({"a": answers}, answers.unit, answers.year)))


def said(items, cells=None, **more):
    return [(f.code, f.severity, f.address[1]) for f in findings(items, cells, **more)]


# --- amounts


@pytest.mark.parametrize("text", ["约5万", "五万", "1e5", "12.3.4", "见附表"])
def test_a_text_in_a_cell_of_an_amount_is_told_and_kept(text):
    (found,) = [f for f in findings({"2050199": {"t3.basic": text}}) if f.code == "not-a-number"]
    assert found.severity == "computed"
    assert found.address == ("a", "s1.t3.basic")
    assert found.place == "表3 2050199 其他教育管理事务支出 · 基本支出"
    assert text in found.message


@pytest.mark.parametrize("text", ["", "—", "-", "0", "1,234.50", "66.90万元", "６６．９０"])
def test_an_amount_or_nothing_is_no_problem(text):
    assert "not-a-number" not in [code for code, _, _ in said({"2050199": {"t3.basic": text}})]


@pytest.mark.parametrize(
    ("cell", "problem"), [("t6.30101", "金额不能小于 0"), ("t9.final.reception", "金额不能小于 0")]
)
def test_an_amount_below_nothing_is_refused(cell, problem):
    (found,) = [f for f in findings({}, {cell: "-1"}) if f.code == "not-a-number"]
    assert found.severity == "computed"
    assert problem in found.message


def test_one_amount_below_nothing_is_one_error_and_no_more():
    items = {"2050199": {"t3.project": "5"}, "2050201": {"t3.project": "-1"}}
    assert said(items) == [("not-a-number", "computed", "s2.t3.project")]
    assert typed_accounts(items).text("t3.all.project") == "4.00"


def test_carry_over_below_nothing_is_a_warning():
    assert ("accounts-negative", "warning", "t1.in.opening") in said({}, {"t1.in.opening": "-1"})
    assert "accounts-negative" not in [code for code, _, _ in said({}, {"t1.in.opening": "1"})]
    items = {"2296002": {"name": "彩票公益金", "t7.opening": "-1", "t7.income": "1"}}
    assert ("accounts-negative", "warning", "s1.t7.opening") in said(items)


def test_a_billion_billion_is_told():
    (found,) = [f for f in findings({"2050199": {"t3.basic": "10000000000.01"}}) if f.code == "not-a-number"]
    assert "金额过大" in found.message
    assert said({"2050199": {"t3.basic": "10000000000"}}) == []
    in_yuan = {"money_unit": "元"}
    big = {"2050199": {"t3.project": "1000000000000"}}
    assert "not-a-number" not in [code for code, _, _ in said(big, in_yuan)]


def test_cars_are_counted_in_whole_numbers():
    for text in ("3", "0", "", "—"):
        assert said({}, {"cars_kept": text}) == []
    for text in ("两辆", "1.5", "-1"):
        assert said({}, {"cars_kept": text}) == [("not-a-number", "computed", "cars_kept")]


# --- codes


def test_an_unknown_code_without_a_name_is_a_warning_with_one_a_note():
    assert said({"2050198": {"t3.project": "5"}}) == [("accounts-subject", "warning", "s1.name")]
    named = said({"2050198": {"t3.project": "5", "name": "其他"}})
    assert named == [("accounts-subject", "note", "s1.code")]
    assert typed_accounts({"2050198": {"t3.project": "5"}}).text("t1.out.205") == "5.00"


def test_many_unknown_codes_are_one_note():
    items = {f"20501{n}": {"t3.project": "5", "name": "其他"} for n in range(80, 90)}
    (found,) = findings(items)
    assert "10 个科目" in found.message


def test_a_code_twice_is_told_and_added():
    answers = accounts_answers({"2050199": {"t3.project": "5"}, "x": {"code": "2050199", "t3.project": "6"}})
    found = check_accounts(read_document(shipped(), Answers({"a": answers}, "示例单位", "2022")))
    assert [(f.code, f.severity, f.address[1]) for f in found] == [("accounts-subject", "warning", "s2.code")]
    assert "第 1、2 行" in found[0].message


@pytest.mark.parametrize("code", ["教育", "2050", "20501999", "205019A"])
def test_what_is_no_code_is_told_and_not_counted(code):
    assert ("accounts-subject", "judged", "s1.code") in said({code: {"t3.project": "5"}})
    assert typed_accounts({code: {"t3.project": "5"}}).value("t3.all.project") is None


def test_a_row_without_a_code_is_told_where_it_has_an_amount():
    assert said({"": {"t3.project": "5"}}) == [("accounts-subject", "judged", "s1.code")]
    assert said({"": {"reason": "待填"}}) == []


def test_a_class_that_the_tables_do_not_have_is_an_error():
    found = said({"2090101": {"t3.project": "5", "name": "社保基金"}})
    assert ("accounts-subject", "judged", "s1.code") in found


def test_a_section_where_an_item_belongs():
    assert said({"20501": {"t3.project": "5"}}) == [("accounts-subject", "warning", "s1.code")]
    same = {"20501": {"t3.project": "5"}, "2050199": {"t3.project": "5"}}
    assert said(same) == [("accounts-subject", "note", "s1.code")]
    other = {"20501": {"t3.project": "7"}, "2050199": {"t3.project": "5"}}
    (found,) = findings(other)
    assert found.severity == "warning"
    assert "7.00 没有计入" in found.message


# --- beside the tables


def test_small_firms_get_no_more_than_was_bought():
    assert said({}, {"buy_goods": "5", "sme": "5", "micro": "5"}) == []
    assert said({}, {"buy_goods": "5", "sme": "6"}) == [("N-BUY-SME", "warning", "sme")]
    assert said({}, {"buy_goods": "5", "sme": "5", "micro": "6"}) == [("N-BUY-SME", "warning", "micro")]


def test_kept_cars_are_among_the_cars():
    assert said({}, {"cars_kept": "2", "cars_law": "1", "cars_other": "1"}) == []
    assert said({}, {"cars_kept": "3", "cars_law": "2"}) == [("N-CARS-KEPT", "warning", "cars_kept")]


def test_money_for_running_an_office():
    cells = {"t6.30201": "5", "t6.30101": "5"}
    items = {"2050199": {"t3.basic": "10"}}
    assert said(items, cells | {"office": "5", "unit_kind": "行政"}) == []
    assert said(items, cells | {"office": "6", "unit_kind": "行政"}) == [("N-OFFICE", "warning", "office")]
    assert said(items, cells | {"office": "1", "unit_kind": "事业"}) == [("N-OFFICE", "warning", "office")]
    assert said(items, cells | {"office": "0", "unit_kind": "事业"}) == []


def test_budgets_add_up_and_a_tail_is_a_note():
    items = {"2050199": {"t3.project": "5", "budget": "5"}, "2050201": {"t3.project": "5", "budget": "5"}}
    assert said(items, {"general_budget": "10"}) == []
    assert said(items, {"general_budget": "10.01"}) == [("accounts-tail", "note", "general_budget")]
    assert said(items, {"general_budget": "10.02"}) == [("N-SUM-BUDGET", "judged", "general_budget")]


def test_a_difference_from_the_budget_wants_a_reason():
    assert said({"2050199": {"t3.project": "5", "budget": "6"}}) == [("N-REASON", "warning", "s1.reason")]
    assert said({"2050199": {"t3.project": "5", "budget": "6", "reason": "节约"}}) == []
    assert said({"2050199": {"t3.project": "5", "budget": "5"}}) == []
    assert said({"2050199": {"t3.project": "5"}}) == []
    assert said({"2050199": {"t3.project": "5", "budget": "0"}}) == [("N-REASON", "warning", "s1.reason")]


def test_what_project_money_was_spent_on_makes_it():
    answers = accounts_answers({"2050199": {"t3.project": "5"}}, {"e1.name": "网络", "e1.amount": "4"})
    short = answers.with_rows("expenses", ("e1",))
    (found,) = check_accounts(read_document(shipped(), Answers({"a": short}, "示例单位", "2022")))
    assert (found.code, found.severity, found.address) == ("N-PROJECTS", "warning", ("a", "e1.amount"))
    whole = short.with_text("e1.amount", "5")
    assert check_accounts(read_document(shipped(), Answers({"a": whole}, "示例单位", "2022"))) == ()


def test_a_printed_figure_that_no_rule_speaks_of_is_told_too():
    (found,) = findings({"2050199": {"t3.project": "5"}}, given={"t4.out.205.capital": "3"})
    assert (found.code, found.severity, found.place) == (
        "accounts-differ",
        "judged",
        "表4 37行 五、教育支出 · 国有资本经营预算财政拨款",
    )


# --- files


def test_more_than_five_thousand_rows_are_refused():
    data = case("qiaokou_2022")
    data["tables"]["t3"] = [{"code": str(2050000 + n), "name": "", "basic": "1"} for n in range(5001)]
    with pytest.raises(UserError, match="超过 5000 行"):
        read_accounts_file(data, shipped())


def test_five_thousand_rows_are_read_written_and_checked():
    items = {f"{201 + n // 1000}{n % 1000:04}": {"name": "科目", "t3.project": "1"} for n in range(5000)}
    answers = accounts_answers(items)
    written = write_accounts(read(answers))
    assert len(written["tables"]["t3"]) > 5000  # with the sums between them
    assert read_accounts_file(written, shipped()) == answers
    assert read(answers).text("t1.out.year") == "5000.00"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"year": "2022"}, "year"),
        ({"year": 22}, "year"),
        ({"edition": None}, "edition"),
        ({"edition": "wuhan-1999"}, "没有编号为“wuhan-1999”的决算表样"),
        ({"money_unit": "美元"}, "money_unit"),
        ({"tables": []}, "tables"),
        ({"tables": {"t3": {}}}, "tables.t3"),
        ({"tables": {"t1": []}}, "tables.t1"),
        ({"tables": {"t3": [{"code": "205", "basic": ["1"]}]}}, "tables.t3.205.basic"),
        ({"last_year": "1"}, "last_year"),
        ({"narrative": "text"}, "narrative"),
        ({"forms": []}, "forms"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_with_the_entry(entry, message):
    with pytest.raises(UserError) as refusal:
        read_accounts_file(case("qiaokou_2022") | entry, shipped())
    assert message in str(refusal.value)
