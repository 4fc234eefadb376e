"""Every shipped form that is scored has a report, with a place for last year's measures; others have none."""

import pytest

from model.forms.loader import shipped

SCORED = [form.id for form in shipped().forms.values() if form.is_scored]
WITHOUT = {"national-transfer-2022"}  # reported by the department that passes the money on


@pytest.mark.parametrize("form", SCORED)
def test_a_scored_form_has_a_report(form):
    assert (shipped().outline(form) is None) == (form in WITHOUT)
