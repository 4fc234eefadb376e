"""Which findings of a row speak together: of its figures the first, of its wording the first, both always.

All pairs of the order are tried on rows of every combination of telling cells; a pair that never meets is
named here, so that a new one is noticed.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

import pytest

from model.checks import check_form
from model.checks.row import Row as At
from model.checks.row_figures import FIGURES
from model.checks.row_wording import WORDING
from model.checks.rows import said_of
from tests.builders import WUHAN_PROJECT, form_of, row
from tests.findings import codes, filled, of

FIGURE_CODES = (
    "not-a-number score-above-weight actual-missing missed-but-full met-but-cut qualitative-band "
    "score-not-by-rule reason-missing"
).split()
WORDING_CODES = (
    "indicator-name-missing target-missing actual-not-final indicator-none unit-mismatch type-mismatch "
    "actual-has-comparator"
).split()
HINT = "**"
NEVER = {  # pairs of a figure and a wording that no row can show
    "actual-missing": "actual-not-final unit-mismatch type-mismatch actual-has-comparator",
    "missed-but-full": "target-missing actual-not-final unit-mismatch type-mismatch",
    "met-but-cut": "target-missing actual-not-final unit-mismatch type-mismatch",
    "qualitative-band": "target-missing unit-mismatch actual-has-comparator",
    "score-not-by-rule": "target-missing actual-not-final indicator-none unit-mismatch type-mismatch",
}


def rows() -> Iterator[dict[str, str]]:
    """Rows of every combination of cells that tell something."""
    cells = {
        "name": ("培训教师", "", "无", "培训教师（≥**人）"),
        "target": ("≥95%", "稳步提高", "", HINT),
        "actual": ("94%", "96%", "≥90%", "≥96%", "9人", "稳步提高", "基本完成", "待统计", ""),
        "weight": ("10", "十", ""),
        "score": ("10", "11", "8", "7", "9.89", ""),
        "level": ("", "部分达成"),
    }
    return (dict(zip(cells, combination, strict=True)) for combination in product(*cells.values()))


@cache
def tried() -> tuple[tuple[At, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    """Each row with what the checks of its figures, those of its wording, and the whole say of it."""
    form = form_of(filled(WUHAN_PROJECT, *(row(**texts) for texts in rows())).answers)
    found = []
    for indicator in form.sheet.indicators:
        at = At(indicator, form.regulation, False)
        figures, wording = (
            tuple(said.code for check in checks if (said := check(at))) for checks in (FIGURES, WORDING)
        )
        whole = said_of(indicator, form.regulation, False) if indicator.counted else ()
        found.append((at, figures, wording, tuple(said.code for said in whole)))
    return tuple(found)


def test_of_the_figures_the_first_speaks_and_no_wording_hides_it():
    for at, figures, _, whole in tried():
        if at.row.counted:
            assert [code for code in whole if code in FIGURE_CODES] == list(figures[:1]), at.row.texts


def test_of_the_wording_the_first_speaks_unless_the_blank_form_is_to_blame():
    for at, _, wording, whole in tried():
        if at.row.counted and at.text("target") != HINT:
            assert [code for code in whole if code in WORDING_CODES] == list(wording[:1]), at.row.texts


@pytest.mark.parametrize(("figure", "wording"), [*product(FIGURE_CODES, WORDING_CODES)])
def test_a_figure_and_a_wording_stand_side_by_side(figure, wording):
    together = [
        at.row.texts
        for at, _, _, whole in tried()
        if {figure, wording} <= set(whole) and at.text("target") != HINT
    ]
    assert bool(together) == (wording not in NEVER.get(figure, "").split())


@pytest.mark.parametrize(
    ("first", "second"), [*combinations(FIGURE_CODES, 2), *combinations(WORDING_CODES, 2)]
)
def test_of_two_figures_or_two_wordings_the_earlier_speaks(first, second):
    for at, figures, wording, whole in tried():
        both = {first, second}
        is_both = both <= set(figures) or (both <= set(wording) and at.text("target") != HINT)
        if at.row.counted and is_both:
            assert second not in whole, at.row.texts


def test_every_check_of_the_order_was_tried():
    said = {code for _, figures, wording, _ in tried() for code in (*figures, *wording)}
    assert said == {*FIGURE_CODES, *WORDING_CODES}


# --- what a blank form left behind


def test_a_name_that_keeps_its_blank_hides_no_figure():
    left = {"name": "培训教师（≥**人）"}
    for texts, code in (
        ({"target": "≥100人", "actual": "80人", "weight": "5", "score": "5"}, "missed-but-full"),
        ({"target": "≥100人", "actual": "150人", "weight": "5", "score": "5"}, "over-achieved"),
        ({"target": "≥100人", "actual": "100人", "weight": "5", "score": "6"}, "score-above-weight"),
        ({"target": "≥100人", "actual": "100人", "weight": "5", "score": "4"}, "met-but-cut"),
        ({"target": "≥100人", "actual": "80人", "weight": "5", "score": "3"}, "score-not-by-rule"),
        ({"target": "≥100人", "actual": "80人", "weight": "5", "score": "4"}, "reason-missing"),
        ({"target": "≥100人", "actual": "100%", "weight": "5", "score": "5"}, "unit-mismatch"),
    ):
        found = codes(check_form(filled(WUHAN_PROJECT, row(**left, **texts))))
        assert {"template-residue", code} <= found


def test_a_target_that_is_a_hint_is_told_once_and_hides_no_figure():
    def found(score: str) -> set[str]:
        form = filled(WUHAN_PROJECT, row("**", "100%", "5", score), budget="1", executed="1")
        return codes(check_form(form)) - {"weights-not-100"}

    assert found("5") == {"template-residue"}
    assert found("4") == {"template-residue", "reason-missing"}
    assert found("6") == {"template-residue", "score-above-weight"}


def test_a_blank_row_of_the_form_is_one_finding():
    form = filled(WUHAN_PROJECT, row("", "", "5", name="指标1"), budget="1", executed="1")
    assert [found.code for found in check_form(form) if found.address[1].startswith("i1.n")] == [
        "template-residue"
    ]
    assert of("target-missing", form) == []
