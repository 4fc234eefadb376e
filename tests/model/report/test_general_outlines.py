"""A form of a bureau has the report of its region, else the general one of its kind; without scores none."""

import pytest

from model.document.answers import Answers
from model.forms.loader import metrics, shipped
from model.reading.reading import read
from model.report.report import compose
from model.report.teller import teller
from tests.builders import NATIONAL, WUHAN_PROJECT
from tests.bureaus import D09, UNIT, bureau, document_for, learnt
from tests.reports import texts
from tests.workshop.strange import made_file


@pytest.mark.parametrize(
    ("name", "outline"), [("甲.xlsx", "general-project"), ("乙.docx", "general-department")]
)
def test_a_form_of_a_county_has_the_general_report(name, outline):
    made = learnt(name, made_file(name))
    assert made.library.outline(made.form.id).id == outline
    key = "p1" if made.form.is_of_project else "d"
    reading = read(made.library, Answers({key: document_for(made)}, UNIT, "2025"))
    tells = teller(reading.forms[0], reading, made.library)
    said = "\n".join(texts(compose(tells, metrics())))
    assert "指标 1：" in said
    assert "自评得分" in said
    assert "{" not in said


def test_a_region_with_an_outline_of_its_own_has_that():
    found = bureau(D09).found._replace(region="武汉市")
    made = learnt(D09, bureau(D09).blank, found)
    assert made.library.outline(made.form.id) is made.library.outline(WUHAN_PROJECT)


def test_shipped_forms_and_those_without_scores_are_as_they_were():
    made = learnt("癸.xlsx", made_file("癸.xlsx"))
    assert made.library.outline(made.form.id) is None
    assert shipped().outline(NATIONAL).id == "project"
