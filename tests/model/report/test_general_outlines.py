"""A form of a bureau has the report of its region, else the general one of its kind; without scores none."""

import pytest

from model.document.answers import Answers
from model.document.document import Document
from model.filling.last_measures import measures_of_last_year, put_measures
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


SECTION = "上年自评结果应用情况"


@pytest.mark.parametrize("name", ["甲.xlsx", "乙.docx"])
def test_measures_of_last_year_bring_the_section_that_tells_of_them(name):
    made = learnt(name, made_file(name))
    key = "p1" if made.form.is_of_project else "d"
    now = document_for(made)
    last = now.with_texts({"report.measures": "一是按季度通报；二是培训 2 次。"})
    document = Document(Answers({key: now}, UNIT, "2025"))

    def headings():
        reading = read(made.library, document.answers)
        return [heading for _, heading in teller(reading.forms[0], reading, made.library).numbered()]

    assert not any(SECTION in heading for heading in headings())
    found = measures_of_last_year(last, made.form.id, made.library)
    (form,) = read(made.library, document.answers).forms
    with document.edit("带入") as edit:
        put_measures(edit, form, found)
    assert any(SECTION in heading for heading in headings())
    (form,) = read(made.library, document.answers).forms
    rows = form.answers.rows["last_measures"]
    assert [form.answers.text(f"{row}.measure") for row in rows][-2:] == ["按季度通报", "培训 2 次。"]
    document.undo()
    assert not any(SECTION in heading for heading in headings())
