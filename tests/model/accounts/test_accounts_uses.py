"""Where a figure goes on to, and how much of its budget was spent."""

from decimal import Decimal

import pytest

from model.accounts.rates import completion
from model.accounts.uses import uses_of
from tests.final_accounts import qiaokou, typed_accounts


def test_an_amount_goes_into_its_row_its_column_and_the_other_tables():
    assert uses_of(qiaokou(), "t3.2050199.project") == (
        "t3.2050199.total",
        "t5.2050199.project",
        "t2.2050199.fiscal",
        "t3.all.project",
        "t1.out.205",
        "t3.all.total",
        "t4.out.205.general",
    )


def test_a_figure_that_is_typed_elsewhere_too_does_not_go_there():
    accounts = typed_accounts({"2050199": {"t3.basic": "5", "t5.basic": "4"}})
    assert "t5.2050199.basic" not in uses_of(accounts, "t3.2050199.basic")


def test_a_total_goes_nowhere_and_a_budget_into_no_table():
    accounts = typed_accounts({"2050199": {"t3.basic": "5", "budget": "4"}})
    assert uses_of(accounts, "t1.out.total") == ()
    assert uses_of(accounts, "s.2050199.budget") == ()


@pytest.mark.parametrize(
    ("budget", "rate"),
    [("156.13", Decimal("105.6")), ("164.90", Decimal("100.0")), ("0", None), ("", None)],
)
def test_the_rate_is_that_of_the_printed_amounts(budget, rate):
    items = {"2050199": {"t3.basic": "66.90", "t3.project": "98", "budget": budget}}
    assert completion(typed_accounts(items), "2050199") == rate


def test_in_yuan_the_printed_amounts_are_divided():
    items = {"2050199": {"t3.basic": "100049", "budget": "100000"}}
    accounts = typed_accounts(items, {"money_unit": "元"})  # 10.00 of 10.00, as printed
    assert completion(accounts, "2050199") == Decimal("100.0")
