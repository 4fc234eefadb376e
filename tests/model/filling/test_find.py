"""What Ctrl+F finds: every text of a form, whatever its width and case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.document.answers import Answers
from model.filling.find import NAME, find, folded
from model.forms.loader import shipped
from model.reading.reading import read
from tests.builders import DECLARATION, HUNAN, HUNAN_PROJECT, WUHAN, filled, form_of, row


def cells(form, wanted, name="部门整体"):
    return [hit.address[1] for hit in find(form, name, wanted)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("教师 WiFi 覆盖率", "wifi"),
        ("ＷｉＦｉ覆盖率", "wifi"),
        ("wifi 覆盖率", "ＷＩＦＩ"),
        ("９５．５％", "95.5%"),
        ("95.5%", "９５．５％"),
        ("培训（第一期）", "(第一"),
        ("䶮书记", "䶮"),
        ("𬭊元素", "𬭊"),
    ],
)
def test_width_and_case_do_not_matter(text, wanted):
    assert cells(filled(HUNAN, row(name=text)), wanted) == ["i1.name"]


def test_a_hit_says_each_place_of_the_text():
    (hit,) = find(filled(HUNAN, row(name="培训和Ｃ培训")), "", "培训")
    assert hit.address == ("p1", "i1.name")
    assert hit.text == "培训和Ｃ培训"
    assert hit.spans == ((0, 2), (4, 2))


def test_blanks_find_nothing_and_blanks_around_a_text_do_not_matter():
    form = filled(HUNAN, row(name="培训 教师"))
    assert cells(form, "") == cells(form, " 　") == []
    assert cells(form, " 培训　") == ["i1.name"]


def test_every_kind_of_text_is_found():
    texts = {
        "deviation": "独特",
        "g1.text": "独特",
        "i1.reason": "独特",
        "i1.sentence": "独特",
        "report.problems": "独特",
        "outturn.staff.final": "独特",
        "funds.total.budget": "独特",
    }
    form = filled(WUHAN, row("≥5", goal=1), goals=["80"], cells=texts)
    assert sorted(cells(form, "独特")) == sorted(texts)


def test_rows_that_the_clerk_added_are_found():
    made = filled(DECLARATION, cells={"p1.use": "独特"})
    assert cells(form_of(made.answers.with_rows("projects", ("p1",))), "独特") == ["p1.use"]


def test_what_cannot_be_seen_is_not_found():
    hidden = {
        "i1.goal": "独特",
        "i1.last_actual": "独特",
        "i1.sentence.from": "独特",
        "report.problems.from": "独特",
        "report.option.supervision": "独特",
        "g1.term": "独特",
    }
    assert cells(filled(WUHAN, row("≥5"), goals=["80"], cells=hidden), "独特") == []


def test_a_label_of_many_rows_is_found_once():
    rows = [row(name="一"), row(name="二"), row(name="三", level2="质量指标")]
    form = filled(HUNAN, *rows)
    assert cells(form, "产出指标") == ["i1.level1"]
    assert cells(form, "数量指标") == ["i1.level2"]
    assert cells(form, "质量指标") == ["i3.level2"]


def test_computed_figures_are_found_where_they_are_shown():
    form = filled(WUHAN, row("≥8", "7", weight="4"), budget="1076.43", executed="1074.56")
    assert cells(form, "99.83%") == ["funds.total.rate"]
    assert cells(form, "19.97") == ["funds.total.score"]
    assert cells(form, "23.47") == ["total"]
    assert cells(form, "3.5") == ["i1.score"]


def test_the_name_of_the_form_comes_first():
    form = filled(HUNAN, row(name="整体规划"))
    assert cells(form, "整体") == [NAME, "i1.name"]
    project = filled(HUNAN_PROJECT, project_name="整体规划")
    assert cells(project, "整体", name="整体规划") == ["project_name"]


def test_generated_sentences_are_found_until_they_are_written_over():
    made = filled(WUHAN, row("≥8", "7", weight="4"), unit_name="示例单位")
    reading = read(shipped(), Answers({"d": made.answers}, "示例单位", "2025"))
    (form,) = reading.forms
    assert [hit.address[1] for hit in find(form, "", "预算执行率 100%", reading)] == ["report.execution"]
    (hit,) = find(form, "", "指标 1", reading)
    assert hit.address == ("d", "i1.sentence")
    assert hit.text.startswith("指标 1：培训教师。")
    own = made.answers.with_text("report.execution", "已全部执行。")
    reading = read(shipped(), Answers({"d": own}, "示例单位", "2025"))
    found = [hit.address[1] for hit in find(reading.forms[0], "", "已全部执行", reading)]
    assert found == ["report.execution"]
    assert find(reading.forms[0], "", "预算执行率 100%", reading) == []


@given(st.text(max_size=40))
def test_folding_keeps_the_places_of_letters(text):
    assert len(folded(text)) == len(text)
