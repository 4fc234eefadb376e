"""What a form lacks: 完整 or 缺 n 项, each thing named once; complete says nothing of right or wrong."""

import pytest

import resources
from model.checks import check_form
from model.checks.open_items import completeness
from model.exchange.exchange import decode, read_exchange
from model.forms.loader import shipped
from tests.builders import form_of

EXAMPLE = resources.path("example") / "1-department.json"
REQUIRED = (
    *("unit_name", "basic", "funds.total.executed", "g1.text", "g2.text", "g1.points", "improvement"),
    *("filled_on", "i1.actual"),
)
ERRORS = {  # cells of which an error or a warning speaks that says more
    "funds.total.budget": "no-budget",
    "i1.name": "indicator-name-missing",
    "i1.target": "target-missing",
    "i2.name": "indicator-name-missing",
    "i2.target": "target-missing",
    "i3.actual": "actual-missing",
}
FREE = ("deviation", "i1.reason", "i1.level2", "funds.total.initial")


def example(**texts):
    """Return the example with some cells changed."""
    answers = read_exchange(decode(EXAMPLE.read_bytes()), shipped())
    return form_of(answers.with_texts(texts))


def lacking(**texts):
    """Return the completeness of it."""
    return completeness(example(**texts))


def test_the_example_is_complete_although_a_score_in_it_is_wrong():
    found = lacking()
    assert (found.is_complete, found.filled) == (True, found.required)


@pytest.mark.parametrize("cell", REQUIRED)
@pytest.mark.parametrize("nothing", ["", "  ", "　"])
def test_a_required_cell_with_nothing_in_it_is_named(cell, nothing):
    found = lacking(**{cell: nothing})
    assert cell in found.missing
    assert found.filled == found.required - len(found.missing)
    assert found.why_no_grade == "未填完"


@pytest.mark.parametrize("cell", ERRORS)
@pytest.mark.parametrize("nothing", ["", "  ", "　"])
def test_a_required_cell_of_which_an_error_speaks_is_not_counted_twice(cell, nothing):
    form = example(**{cell: nothing})
    assert (ERRORS[cell], cell) in {(found.code, found.address[1]) for found in check_form(form)}
    assert cell not in completeness(form).missing


@pytest.mark.parametrize("cell", FREE)
def test_what_may_stay_blank_is_not_named(cell):
    assert lacking(**{cell: ""}).is_complete


def test_a_score_that_the_rule_gives_need_not_be_typed():
    assert lacking(**{"i2.score": ""}).is_complete


def test_a_row_counts_once_whatever_it_lacks():
    assert lacking(**{"i2.actual": "", "i2.score": ""}).missing == ("i2.actual",)
    assert lacking(**{"i2.actual": "12次"}).is_complete


def test_a_score_that_can_not_be_read_is_filled_in_but_to_be_mended():
    found = lacking(**{"i2.score": "四"})
    assert found.is_complete
    assert found.why_no_grade == "待改正"


def test_missing_cells_stand_in_the_order_of_the_form():
    found = lacking(
        **{"improvement": "", "i3.actual": "", "i3.score": "", "i2.actual": "", "i2.score": ""}
        | {"unit_name": "", "funds.total.executed": "", "filled_on": "", "g2.text": ""}
    )
    cells = ("filled_on", "unit_name", "funds.total.executed", "g2.text", "i2.actual", "i3.actual")
    assert found.missing == (*cells, "improvement")
