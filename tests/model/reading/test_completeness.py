"""What a form still lacks: 完整 or 缺 n 项, each cell named; complete says nothing of right or wrong."""

import pytest

import resources
from model.exchange.exchange import decode, read_exchange
from model.forms.loader import shipped
from model.reading.completeness import completeness
from tests.builders import form_of

EXAMPLE = resources.path("example") / "1-department.json"
REQUIRED = (
    *(
        "unit_name",
        "basic",
        "funds.total.budget",
        "funds.total.executed",
        "g1.text",
        "g2.text",
        "improvement",
    ),
    *("i1.name", "i1.target", "i1.actual", "i16.name", "i16.target", "i16.actual"),
)
FREE = ("filled_on", "deviation", "i1.reason", "i1.level2", "funds.total.initial")


def lacking(**texts):
    """Return the completeness of the example with some cells changed."""
    answers = read_exchange(decode(EXAMPLE.read_bytes()), shipped())
    return completeness(form_of(answers.with_texts(texts)))


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


@pytest.mark.parametrize("cell", FREE)
def test_what_may_stay_blank_is_not_named(cell):
    assert lacking(**{cell: ""}).is_complete


def test_a_score_that_the_rule_gives_need_not_be_typed():
    assert lacking(**{"i2.score": ""}).is_complete


def test_a_result_that_is_missing_takes_the_score_with_it():
    assert lacking(**{"i2.actual": "", "i2.score": ""}).missing == ("i2.actual", "i2.score")


def test_a_score_that_can_not_be_read_is_filled_in_but_to_be_mended():
    found = lacking(**{"i2.score": "四"})
    assert found.is_complete
    assert found.why_no_grade == "待改正"


def test_missing_cells_stand_in_the_order_of_the_form():
    found = lacking(
        **{"improvement": "", "i3.name": "", "i2.name": "", "unit_name": "", "funds.total.budget": ""}
    )
    assert found.missing == ("unit_name", "funds.total.budget", "i2.name", "i3.name", "improvement")
