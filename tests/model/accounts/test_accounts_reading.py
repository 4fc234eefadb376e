"""Thirty-eight figures give nine tables: what is typed, what follows, and what a file had printed."""

from decimal import Decimal

from model.accounts.accounts import Accounts
from model.accounts.rates import completion
from tests.final_accounts import (
    QIAOKOU_CELLS,
    QIAOKOU_ITEMS,
    case,
    published_cells,
    qiaokou,
    typed_accounts,
)
from tests.golden import assert_golden


def test_twenty_three_amounts_give_every_cell_of_the_published_tables():
    accounts = qiaokou()
    published = dict(published_cells(case("qiaokou_2022")["tables"]))
    assert len(QIAOKOU_CELLS) + sum(len(cells) for cells in QIAOKOU_ITEMS.values()) == 23
    assert {name: accounts.text(name) for name in published} == published
    assert len(published) == 496


def test_twenty_three_amounts_give_the_published_rows_and_names():
    accounts, tables = qiaokou(), case("qiaokou_2022")["tables"]
    for table in ("t2", "t3", "t5"):
        published = [(row["code"], row["name"]) for row in tables[table]][1:]
        assert [(code, accounts.subject_name(code)) for code in accounts.rows[table]] == published
    assert accounts.rows["t7"] == accounts.rows["t8"] == ()


def test_golden_tables_of_qiaokou():
    assert_golden("accounts-qiaokou-2022.txt", "\n".join(lines(qiaokou())) + "\n")


def lines(accounts: Accounts):
    """Every cell with what makes it, as text; blanks are kept as blanks."""
    for table in accounts.definition.tables:
        yield f"== {table.no} {table.title.format(year=accounts.year, no=table.no)}"
        names = [name for name in accounts.names() if name.startswith(f"{table.id}.")]
        for name in names:
            figure = accounts.figure(name)
            yield f"{name}\t{figure.text}\t{figure.origin}"
        yield from table.notes
        yield from [table.empty_note] * (accounts.is_empty(table.id) and bool(table.empty_note))


# --- where a figure comes from


def test_a_figure_says_where_it_comes_from():
    accounts = qiaokou()
    assert accounts.figure("t3.2050199.basic").origin == "typed"
    assert accounts.figure("t3.2050199.basic").cells == ("s1.t3.basic",)
    assert accounts.figure("t3.2050199.total").origin == "computed"
    assert accounts.figure("t3.205.basic").origin == "computed"
    assert accounts.figure("t1.out.205").origin == "follows"
    assert accounts.figure("t5.2050199.basic").origin == "follows"
    assert accounts.figure("t5.2050199.basic").cells == ("s1.t5.basic",)
    assert accounts.figure("t1.out.201").origin == "blank"


def test_a_figure_says_what_it_is_made_of():
    accounts = qiaokou()
    assert accounts.terms("t3.all.total")[:2] == ((1, "t3.205.total"), (1, "t3.208.total"))
    assert accounts.terms("t3.210.basic") == ((1, "t3.21011.basic"),)
    assert accounts.terms("t3.2050199.total")[:2] == ((1, "t3.2050199.basic"), (1, "t3.2050199.project"))
    assert accounts.terms("t1.out.closing") == (
        (1, "t1.in.total"),
        (-1, "t1.out.year"),
        (-1, "t1.out.distributed"),
    )
    assert accounts.terms("t6.staff") == ((1, "t6.301"), (1, "t6.303"))


# --- what follows from what


def test_with_another_source_the_grants_are_not_guessed():
    items = {"2050299": {"t3.basic": "100.00", "t2.business": "30.00"}}
    accounts = typed_accounts(items)
    assert accounts.text("t2.2050299.fiscal") == accounts.text("t5.2050299.basic") == ""
    assert accounts.text("t1.in.business") == accounts.text("t1.in.year") == "30.00"


def test_a_grant_that_is_typed_counts():
    items = {"2050299": {"t3.basic": "100", "t2.business": "30", "t2.fiscal": "70", "t5.basic": "70"}}
    accounts = typed_accounts(items)
    assert accounts.text("t4.in.general") == accounts.text("t4.out.205.general") == "70.00"
    assert accounts.text("t1.in.total") == accounts.text("t1.out.total") == "100.00"
    assert accounts.text("t1.out.closing") == ""


def test_carry_over_of_other_money_ends_the_default_of_the_grants():
    accounts = typed_accounts({"2050299": {"t3.basic": "100"}}, {"t1.in.opening": "5"})
    assert accounts.value("t5.2050299.basic") is None


def test_carry_over_of_grants_alone_keeps_the_spending_but_not_the_income():
    cells = {"t1.in.opening": "5", "t4.in.opening_general": "5"}
    accounts = typed_accounts({"2050299": {"t3.basic": "100", "t2.fiscal": "98"}}, cells)
    assert accounts.text("t5.2050299.basic") == "100.00"
    assert accounts.text("t4.out.closing.general") == accounts.text("t1.out.closing") == "3.00"


def test_a_government_fund_has_its_own_table_and_leaves_the_general_one():
    items = {
        "2050299": {"t3.basic": "100"},
        "2296002": {"t3.project": "20", "t7.project": "20", "t7.opening": "3", "t7.income": "21"},
    }
    accounts = typed_accounts(items)
    assert accounts.rows["t7"] == ("229", "22960", "2296002")
    assert accounts.text("t7.2296002.closing") == accounts.text("t4.out.closing.fund") == "4.00"
    assert accounts.text("t5.2296002.project") == ""
    assert accounts.rows["t5"] == ("205", "20502", "2050299")
    assert accounts.text("t4.out.229.fund") == accounts.text("t4.out.229.total") == "20.00"
    assert accounts.text("t4.in.fund") == "21.00"
    assert accounts.text("t2.2296002.fiscal") == "21.00"


def test_rows_of_one_code_are_added():
    answers = typed_accounts({"2050299": {"t3.basic": "1"}}).answers
    twice = answers.with_rows("subjects", ("s1", "s2")).with_texts(
        {"s2.code": "205.02.99", "s2.t3.basic": "2"}
    )
    from tests.final_accounts import read

    accounts = read(twice)
    assert accounts.text("t3.2050299.basic") == "3.00"
    assert accounts.figure("t3.2050299.basic").cells == ("s1.t3.basic", "s2.t3.basic")


def test_a_section_without_items_counts_and_one_with_items_does_not():
    alone = typed_accounts({"20502": {"t3.basic": "7"}})
    assert alone.text("t3.205.basic") == alone.text("t3.20502.basic") == "7.00"
    both = typed_accounts({"20502": {"t3.basic": "7"}, "2050299": {"t3.basic": "5"}})
    assert both.text("t3.20502.basic") == "5.00"
    assert [item.counted for item in both.items] == [False, True]


# --- money


def test_yuan_are_exact_and_each_printed_cell_is_rounded_on_its_own():
    items = {code: {"t3.basic": "100049"} for code in ("2050201", "2050202", "2050203")}
    accounts = typed_accounts(items, {"money_unit": "元"})
    assert accounts.text("t3.2050201.basic") == "10.00"
    assert accounts.value("t3.all.basic") == Decimal(300147)
    assert accounts.text("t3.all.basic") == "30.01"


def test_an_amount_may_carry_its_unit():
    accounts = typed_accounts({"2050201": {"t3.basic": "1万元"}}, {"money_unit": "元"})
    assert accounts.value("t3.all.basic") == Decimal(10000)


def test_what_is_no_amount_does_not_count():
    for text in ("约5万", "1000000000000", "—", ""):
        assert typed_accounts({"2050201": {"t3.basic": text}}).value("t3.all.basic") is None


def test_carry_over_may_be_below_nothing():
    items = {"2296002": {"t7.opening": "-5", "t7.income": "8"}}
    assert typed_accounts(items).text("t7.2296002.closing") == "3.00"


# --- what a file had printed


def test_a_printed_sum_that_is_off_by_a_tail_counts():
    items = {"2050201": {"t3.basic": "1.11"}, "2050202": {"t3.basic": "2.22"}}
    accounts = typed_accounts(items, given={"t3.20502.basic": "3.34"})
    assert accounts.text("t3.20502.basic") == "3.34"
    assert accounts.text("t3.all.basic") == "3.34"


def test_a_printed_sum_that_is_off_by_more_never_counts():
    items = {"2050201": {"t3.basic": "1.11"}, "2050202": {"t3.basic": "2.22"}}
    accounts = typed_accounts(items, given={"t3.20502.basic": "3.35"})
    assert accounts.text("t3.20502.basic") == "3.33"
    assert accounts.given("t3.20502.basic") == "3.35"


def test_a_printed_sum_of_what_nobody_knows_counts():
    given = {"t6.30101": "？", "t6.301": "81.08"}
    accounts = typed_accounts({}, {"t6.30102": "4.22"}, given=given)
    assert accounts.text("t6.301") == accounts.text("t6.staff") == "81.08"
    assert accounts.figure("t6.301").origin == "given"
    assert accounts.figure("t6.30101").origin == "unknown"


def test_a_table_that_a_file_lacks_is_unknown_until_something_is_typed():
    given = {"t3": "？", "t1.out.205": "164.90", "t1.out.year": "164.90"}
    accounts = typed_accounts({"2050199": {"t5.basic": "164.90"}}, given=given)
    assert accounts.missing == {"t3"}
    assert accounts.text("t1.out.205") == accounts.text("t1.out.year") == "164.90"
    assert accounts.figure("t1.out.206").origin == "unknown"
    typed = typed_accounts({"2050199": {"t3.basic": "1"}}, given=given)
    assert typed.missing == frozenset()
    assert typed.text("t1.out.205") == "1.00"


def test_a_cell_that_follows_is_typed_while_its_table_has_nothing():
    accounts = typed_accounts({}, {"t1.in.other": "5"})
    assert accounts.text("t1.in.other") == "5.00"
    followed = typed_accounts({"2050199": {"t2.other": "6"}}, {"t1.in.other": "5"})
    assert followed.text("t1.in.other") == "6.00"
    assert followed.figure("t1.in.other").origin == "follows"


def test_the_budget_is_summed_beside_the_tables():
    items = {"2050199": {"budget": "156.13"}, "2080505": {"budget": "6.68", "t3.basic": "6.15"}}
    accounts = typed_accounts(items)
    assert accounts.value("s.all.budget") == Decimal("162.81")
    assert accounts.value("s.205.budget") == Decimal("156.13")


def test_the_budget_of_a_fund_is_not_that_of_the_general_budget():
    items = {
        "2050199": {"t3.basic": "10", "budget": "9"},
        "2120803": {
            "name": "城市建设支出",
            "t3.project": "5",
            "t7.project": "5",
            "t7.income": "5",
            "budget": "5",
        },
        "2080505": {"budget": "1"},  # nothing was spent of it
    }
    accounts = typed_accounts(items, {"t6.30101": "10"})
    assert accounts.value("s.all.budget") == 10
    assert accounts.value("s.2120803.budget") is None
    assert completion(accounts, "2120803") is None
    assert completion(accounts, "2080505") == 0
