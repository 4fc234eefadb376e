# ruff: noqa: E501
"""The checks of what a clerk wrote in a report: figures, grades, years, sums against the form."""

from dataclasses import replace

import pytest

from model.checks import run_checks
from model.checks.finding import Finding
from model.reading.reading import Form
from tests.builders import WUHAN_2020, WUHAN_PROJECT_2020, form_of, row
from tests.findings import JUDGED, document, filled

ROWS = (
    row("4次", "4次", "40", "40", name="教研活动"),
    row("稳步提高", "稳步提高", "40", "34", name="教师水平", level1="效益指标", level2="社会效益指标"),
)
SCORE = "2025 年度示例单位整体绩效自评得分 94 分，自评等级为“优”。"  # as it is generated


def department(*rows, **texts: str) -> Form:
    """20 + 40 + 34 = 94, 优; 570.36 of 570.36 spent."""
    amounts = {"budget": "570.36", "executed": "570.36", "basic": "519.76", "project": "50.60"}
    fields = {name: text for name, text in texts.items() if "." not in name}
    cells = {name: text for name, text in texts.items() if "." in name}
    return filled(WUHAN_2020, *(rows or ROWS), cells=cells, **(amounts | fields))


def written(part: str, text: str, *rows, **more: str) -> Form:
    return department(*rows, **{f"report.{part}": text}, **more)


def of(code: str, *forms: Form) -> list[Finding]:
    return [found for found in run_checks(document(*forms)) if found.code == code]


FIRES = [
    ("text-contradicts-form", "score", "自评得分 98 分，自评等级为“优”。", ("98", "94"), "the total"),
    ("text-contradicts-form", "execution", "全年预算数 93 万元，执行数 570.36 万元。", ("93", "570.36"), "the budget"),
    ("text-contradicts-form", "execution", "预算执行率 105.4%。", ("105.4", "100%"), "the rate"),
    ("text-contradicts-form", "done", "共设置 15 个绩效指标，完成了 2 个。", ("15", "2"), "how many"),
    ("text-contradicts-form", "score_note", "本年执行数为98万元，情况良好。", ("98万元", "570.36"), "in a text"),
    ("text-contradicts-form", "score_note", "执行率达到99%。", ("99%", "100%"), "a rate in a text"),
    ("text-contradicts-form", "score", "自评得分为81.36分，自评等级为“优”。", ("81.36", "94"), "为 between"),
    ("text-contradicts-form", "score", "经自评，自评总分81.36分。", ("81.36", "94"), "总分"),
    ("text-contradicts-form", "score", "整体绩效自评得分：８１．３６分。", ("81.36", "94"), "a colon and full width"),
    ("text-contradicts-form", "score_note", "自评得分为81.36分，比上年提高2分。", ("81.36", "94"), "before the comparison"),
    ("text-contradicts-form", "execution", "预算执行率为23.33％。", ("23.33", "100"), "a rate behind 为"),
    ("text-contradicts-form", "execution", "预算执行率达23.33%。", ("23.33",), "behind 达"),
    ("text-contradicts-form", "execution", "预算执行率：23.33％。", ("23.33",), "behind a colon"),
    ("text-contradicts-form", "execution", "执行率23.33 %。", ("23.33",), "a blank before %"),
    ("text-contradicts-form", "execution", "执行率约23%。", ("23",), "behind 约"),
    ("text-contradicts-form", "execution_analysis", "预算执行情况较好，执行率为23.33%。", ("23.33",), "较好 compares nothing"),
    ("text-contradicts-form", "score_note", "占比合理，执行率为23.33%。", ("23.33",), "占比 neither"),
    ("text-contradicts-form", "score_note", "2025年执行率为23.33%。", ("23.33",), "its own year"),
    ("text-contradicts-form", "score_note", "执行数为0.0098亿元。", ("0.0098",), "in 亿元"),
    ("text-contradicts-form", "score_note", "执行率仅23.33%。", ("23.33",), "behind 仅"),
    ("text-contradicts-form", "score_note", "执行率高达 123%。", ("123",), "behind 高达"),
    ("text-contradicts-form", "score_note", "全年预算共计60万元。", ("60万元", "570.36"), "behind 共计"),
    ("text-contradicts-form", "score_note", "本单位自评分为“81.36”。", ("81.36", "94"), "自评分, in quotation marks"),
    ("text-contradicts-form", "score_note", "年初预算数50万元，全年预算数为60万元。", ("60万元",), "behind a clause on the initial budget"),
    ("text-contradicts-form", "score_note", "较上年减少5万元，执行率为18%。", ("18%",), "behind a clause that compares"),
    ("text-contradicts-form", "score_note", "上年执行率为98%，本年执行率为18%。", ("18%",), "本年 turns back"),
    ("grade-mismatch", "score", "自评得分 94 分，自评等级为“良”。", ("良", "94", "优"), "after 等级"),
    ("grade-mismatch", "score_note", "经综合评价，评为良。", ("良", "优"), "after 评为"),
    ("grade-mismatch", "score_note", "良", ("良", "优"), "the whole text"),
    ("year-mismatch", "score", "2024 年度整体绩效自评得分 94 分。", ("2024", "2025"), "another year"),
]  # fmt: skip

SILENT = [
    ("text-contradicts-form", "score", SCORE, "as generated"),
    ("text-contradicts-form", "execution", "预算执行率 100.00%。", "the same value"),
    ("text-contradicts-form", "score_note", "执行率100.0%，得分94.00分。", "the same values"),
    ("text-contradicts-form", "score_note", "上年得分90分；比上年执行数98万元增加。", "of last year"),
    ("text-contradicts-form", "score_note", "完成年初预算，执行数较年初预算98万元有增加。", "the initial budget"),
    ("text-contradicts-form", "score_note", "执行数5703600元。", "in 元"),
    ("text-contradicts-form", "score", "自评得分为94.00分，比上年得分90分提高4分。", "what 比 governs"),
    ("text-contradicts-form", "score_note", "与上年相比，执行率23.33%，有所提高。", "all behind 上年"),
    ("text-contradicts-form", "score_note", "执行率较上年23.33%有提高。", "较"),
    ("text-contradicts-form", "score_note", "上年预算60万元，执行数12万元，执行率为20%。", "all of last year"),
    ("text-contradicts-form", "score_note", "预算执行率得分18分，产出指标自评得分40分，过程得分20分。", "parts of the score"),
    ("text-contradicts-form", "score_note", "2024年执行率为23.33%。", "another year"),
    ("text-contradicts-form", "score_note", "产出指标得分40分，目标1得分8分。", "parts of the form"),
    ("text-contradicts-form", "score_note", "总分100分，自评得分94分。", "full marks"),
    ("text-contradicts-form", "score_note", "得分率95%，执行率约100%。", "another word"),
    ("text-contradicts-form", "score_note", "执行数0.057036亿元。", "in 亿元"),
    ("text-contradicts-form", "process", "执行数98万元。", "a part that speaks of something else"),
    ("grade-mismatch", "score_note", "经综合评价，评为优。", "the grade"),
    ("grade-mismatch", "score_note", "优良中差均有。", "no grade"),
    ("grade-mismatch", "problems", "管理水平良好。", "no grade either"),
    ("year-mismatch", "score", "2025 年度整体绩效自评得分 94 分。", "its year"),
    ("year-mismatch", "score_note", "2019 年度以来持续提高。", "years in other sentences are not read"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "part", "text", "figures"), [case[:4] for case in FIRES], ids=[f"{c[0]}: {c[4]}" for c in FIRES]
)
def test_it_fires(code, part, text, figures):
    [found] = of(code, written(part, text))
    assert (found.severity, found.address[1]) == (JUDGED, f"report.{part}")
    assert all(figure in found.message for figure in figures), found.message
    assert found.place.startswith("自评报告 · ")
    assert not found.between


@pytest.mark.parametrize(
    ("code", "part", "text"), [case[:3] for case in SILENT], ids=[f"{c[0]}: {c[3]}" for c in SILENT]
)
def test_it_is_silent(code, part, text):
    assert of(code, written(part, text)) == []


def test_nothing_is_undone_only_where_every_number_reached_its_target():
    missed = (row("50个", "45个", "40", "36", name="培训场次", reason="疫情影响"), ROWS[1])
    [found] = of("text-contradicts-form", written("undone", "无。", *missed))
    assert "培训场次" in found.message
    assert of("text-contradicts-form", written("undone", "无。")) == []


def test_a_text_of_a_project_for_the_final_accounts_is_read():
    project = filled(
        WUHAN_PROJECT_2020,
        row("8台", "8台", "80", "80"),
        budget="98",
        executed="98",
        project_name="信息化运行维护",
        cells={"report.outputs": "项目全年预算数为93万元，执行数为98万元，完成预算的105.4%。"},
    )
    messages = [found.message for found in of("text-contradicts-form", project)]
    assert len(messages) == 2
    assert all(any(figure in message for message in messages) for figure in ("93", "105.4"))


def test_several_figures_of_a_sentence_are_told_each_once():
    text = "全年预算数为60万元，执行数为 10.8 万元，执行率为18%。"
    messages = [found.message for found in of("text-contradicts-form", written("execution", text))]
    assert len(messages) == 3
    for said, value in (("60", "570.36"), ("10.8", "570.36"), ("18", "100")):
        assert any(f"写的是 {said}" in message and value in message for message in messages)


def test_the_edited_sentence_on_a_project_is_read_with_the_figures_of_the_project():
    project = filled(
        WUHAN_PROJECT_2020,
        row("8台", "8台", "80", "80"),
        budget="98",
        executed="98",
        project_name="信息化运行维护",
        cells={"report.overviews": "项目全年预算数为93万元，执行数为98万元，完成预算的100%。"},
    )
    [found] = of("text-contradicts-form", department(), project)
    assert "93" in found.message
    assert found.address == ("p2", "report.overviews")


# --- tables

OUTTURN = {
    "outturn.fiscal.adjusted": "570.36",
    "outturn.staff.adjusted": "485.54",
    "outturn.running.adjusted": "34.22",
    "outturn.project.adjusted": "50.60",
}


def test_a_given_sum_that_is_none_is_said():
    form = department(**OUTTURN)
    given = {"outturn.basic.adjusted": "182.89"}
    [found] = of("table-sum", form_of(replace(form.answers, given=given)))
    assert all(figure in found.message for figure in ("182.89", "519.76"))
    assert of("table-sum", form_of(replace(form.answers, given={"outturn.basic.adjusted": "519.76"}))) == []


def test_the_totals_of_the_table_are_those_of_the_form():
    assert of("text-contradicts-form", department(**OUTTURN)) == []
    [found] = of("text-contradicts-form", department(**OUTTURN | {"outturn.project.adjusted": "60.60"}))
    assert all(figure in found.message for figure in ("580.36", "570.36"))
    assert found.address[1] == "outturn.spending.adjusted"


def test_a_document_without_any_word_of_a_report_costs_nothing_and_finds_nothing():
    assert [f.code for f in run_checks(document(department())) if f.place.startswith("自评报告")] == []
