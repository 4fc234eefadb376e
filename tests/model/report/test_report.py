# ruff: noqa: E501
"""The report writes itself: what follows from the forms is generated, what the clerk writes stays.

1. values and sentences at, just below and above what they depend on
2. edited sentences: the clerk's wording stays, and is marked when the figures behind it change
3. the outline: numbers, options, the short version, joined paragraphs, tables
4. the 预算绩效情况说明
5. exchange files carry all of it
"""

from dataclasses import replace

import pytest

from model.basics.errors import UserError
from model.document.answers import FormAnswers
from model.exchange.exchange import read_exchange, write_exchange
from model.forms.loader import metrics, shipped
from model.reading.reading import Form
from model.report.prose import Annex, Bars, Heading, Paragraph, Report, Signature, Table
from model.report.report import compose
from model.report.teller import Teller, chinese, statement_teller, teller
from tests.builders import HUNAN, HUNAN_PROJECT, WUHAN_2020, WUHAN_PROJECT_2020, form_of, row
from tests.findings import document, filled, whole

MET = row("4次", "4次", "40", "40", name="1.教研活动")
MISSED = row(
    "50场",
    "45场",
    "40",
    "36",
    name="培训",
    reason="原因：疫情影响。",
    level1="效益指标",
    level2="社会效益指标",
)


def department(*rows, year: str = "2025", **texts: str) -> Form:
    fields = {name: text for name, text in texts.items() if "." not in name}
    cells = {name: text for name, text in texts.items() if "." in name}
    return filled(
        WUHAN_2020,
        *(rows or (MET, MISSED)),
        cells=cells,
        year=year,
        **({"filled_on": "2026年5月8日"} | fields),
    )


def tells(form: Form, *others: Form) -> Teller:
    reading = document(form, *others, year=form.answers.year)
    found = teller(reading.forms[0], reading, shipped())
    assert found is not None
    return found


def said(part_id: str, form: Form, *others: Form) -> str:
    found = tells(form, *others)
    part = next(part for _, part in found.outline.parts() if part.id == part_id)
    return found.generated(part).text


# --- 1: values


@pytest.mark.parametrize(
    ("part", "texts", "sentence"),
    [
        ("score", {}, "2025 年度示例单位整体绩效自评得分 96 分，自评等级为“优”。"),
        ("score", {"executed": "65"}, "2025 年度示例单位整体绩效自评得分 89 分，自评等级为“良”。"),
        ("score", {"executed": ""}, ""),  # a total that leaves something out is none
        ("execution", {}, "2025 年度部门整体全年预算数 100 万元，执行数 100 万元，预算执行率 100%。"),
        ("execution", {"budget": "1076.43", "executed": "1074.56"},
         "2025 年度部门整体全年预算数 1076.43 万元，执行数 1074.56 万元，预算执行率 99.83%，比全年预算数少 1.87 万元。"),
        ("execution", {"budget": ""}, ""),
        ("done", {}, "共设置 2 个绩效指标，完成了 1 个。"),
        ("undone", {}, "有 1 个绩效指标未完成：“培训”。原因：培训：疫情影响。"),
        ("deviation", {}, "部分指标与年初目标有偏差：培训：疫情影响。"),
        ("deviation", {"deviation": "因疫情推迟五场。"}, "部分指标与年初目标有偏差：因疫情推迟五场。"),
        ("deviation", {"deviation": "无较大偏差。"}, "部分指标与年初目标有偏差：培训：疫情影响。"),
        ("budgeted", {"basic": "60", "project": "40"}, "示例单位 2025 年全年预算数 100 万元，其中：基本支出 60 万元，项目支出 40 万元。"),
        ("compared", {"report.last_total": "95.5"}, "本单位上年度部门整体自评总分 95.5 分，本年度 96 分，比上年度提高 0.5 分。"),
        ("compared", {"report.last_total": "97"}, "本单位上年度部门整体自评总分 97 分，本年度 96 分，比上年度降低 1 分。"),
        ("compared", {"report.last_total": "96.0"}, "本单位上年度部门整体自评总分 96 分，本年度 96 分，与上年度持平。"),
        ("compared", {}, ""),
    ],
)  # fmt: skip
def test_1_a_sentence_says_what_the_form_says(part, texts, sentence):
    assert said(part, department(**texts)) == sentence


def test_1_all_done_is_said_only_where_every_indicator_can_be_judged():
    assert said("undone", department(MET)) == "无。"
    open_row = row("加强管理", "已开展", "", "30", name="管理水平")
    form = department(MET, open_row)
    assert said("undone", form) == ""
    assert said("done", form) == "共设置 2 个绩效指标，完成了 1 个，另有 1 个的完成情况待核：“管理水平”。"
    judged = department(MET, row("加强管理", "已开展", "", "30", name="管理水平", level="达成"))
    assert said("undone", judged) == "无。"


def test_1_prose_that_repeats_its_target_counts_as_done():
    form = department(MET, row("稳步提高", "稳步提高", "40", "34", name="水平"))
    assert said("done", form) == "共设置 2 个绩效指标，完成了 2 个。"


def test_1_each_indicator_has_its_sentence_numbered_within_its_section():
    rows = (
        MET,
        MISSED,
        row("≥90%", "92%", "10", name="满意度", level1="效益指标", level2="服务对象满意度"),
        row(name="无"),
    )
    found = tells(department(*rows))
    by_part = {
        part.id: [one.text for one in found.indicators(part)]
        for _, part in found.outline.parts()
        if part.kind == "indicators"
    }
    assert by_part == {
        "output_sentences": ["指标 1：教研活动。年初目标 4次，实际完成 4次。"],
        "effect_sentences": ["指标 1：培训。年初目标 50场，实际完成 45场。偏差原因：疫情影响。"],
        "satisfaction_sentences": ["指标 1：满意度。年初目标 ≥90%，实际完成 92%。"],
    }


def test_1_prose_stands_in_quotes():
    found = tells(department(row("按要求管理", "按要求管理", "80", name="资金监管")))
    part = next(part for _, part in found.outline.parts() if part.id == "output_sentences")
    assert [one.text for one in found.indicators(part)] == [
        "指标 1：资金监管。年初目标“按要求管理”，实际完成“按要求管理”。"
    ]


# --- 2: edited sentences


def edited(text: str, basis: str) -> Form:
    return department(**{"report.score": text, "report.score.from": basis})


def sentence_of(form: Form):
    found = tells(form)
    return found.generated(next(part for _, part in found.outline.parts() if part.id == "score"))


def test_2_the_clerks_wording_stays():
    generated = said("score", department())
    found = sentence_of(edited("我单位得 96 分。", generated))
    assert (found.text, found.generated, found.is_stale) == ("我单位得 96 分。", generated, False)


def test_2_when_the_figures_change_both_are_known():
    before = said("score", department())
    form = edited("我单位得 96 分。", before)
    changed = sentence_of(form_of(form.answers.with_text("i2.score", "30")))
    assert changed.is_stale
    assert changed.text == "我单位得 96 分。"
    assert "96 分" in changed.basis
    assert "90 分" in changed.generated


# --- 3: the outline


def composed(form: Form, *others: Form, **how) -> Report:
    return compose(tells(form, *others), metrics(), **how)


def headings(report: Report) -> list[str]:
    return [part.text for part in report.parts if isinstance(part, Heading)]


def test_3_headings_are_counted_by_level():
    found = headings(composed(department()))
    assert found[:4] == [
        "一、自评结论",
        "（一）部门（单位）整体绩效自评得分",
        "（二）部门（单位）整体绩效目标完成情况",
        "1.执行率情况",
    ]
    assert found[7:11] == ["（四）下一步拟改进措施", "二、佐证材料", "（一）基本情况", "1.预算安排情况"]
    assert "2.2025 年重点工作完成情况" in found


@pytest.mark.parametrize(
    ("count", "word"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")]
)
def test_3_chinese_numerals(count, word):
    assert chinese(count) == word


def test_3_an_option_adds_its_section_and_the_others_are_counted_on():
    chosen = headings(composed(department(**{"report.option.supervision": "true"})))
    assert "（三）其基层预算单位自评督查及整改情况" in chosen
    assert "（四）存在的问题和原因" in chosen
    assert "（三）存在的问题和原因" in headings(composed(department()))


def test_3_the_short_version_ends_before_the_supporting_material():
    short = composed(department(), is_abstract=True)
    assert short.title[1] == "整体绩效自评报告（摘要版）"
    assert headings(short)[-1] == "（四）下一步拟改进措施"
    assert not any(isinstance(part, Bars | Annex) for part in short.parts)


def test_3_a_joined_text_goes_on_in_the_paragraph():
    texts = paragraphs(composed(department(**{"report.score_note": "总体较好。"})))
    assert texts[0].endswith("自评等级为“优”。总体较好。")


def paragraphs(report: Report) -> list[str]:
    return [part.text for part in report.parts if isinstance(part, Paragraph)]


def test_3_lines_become_paragraphs_and_blank_ones_go():
    texts = paragraphs(composed(department(**{"report.problems": "一、细化不够。\n\n 二、进度偏慢。"})))
    assert "一、细化不够。" in texts
    assert "二、进度偏慢。" in texts


def test_3_what_the_form_says_of_improvement_is_not_written_twice():
    assert "加强预算管理。" in paragraphs(composed(department(improvement="加强预算管理。")))


OUTTURN = {
    "outturn.fiscal.initial": "100",
    "outturn.fiscal.adjusted": "110.5",
    "outturn.staff.adjusted": "60",
    "outturn.running.adjusted": "10",
    "outturn.project.adjusted": "40.5",
}


def table_of(report: Report, title: str) -> list[list[str]]:
    table = next(part for part in report.parts if isinstance(part, Table) and title in part.title)
    rows: dict[int, list[str]] = {}
    for cell in table.grid.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def test_3_the_table_of_money_is_typed_once_and_summed():
    rows = table_of(composed(department(**OUTTURN)), "年度预算收支情况")
    assert rows[0] == ["项目名称", "年初预算数", "年中追加调整", "调整后预算数", "决算数"]
    assert rows[1] == ["收入合计", "100.00", "10.50", "110.50", "—"]
    assert rows[5] == ["支出合计", "—", "—", "110.50", "—"]
    assert rows[6] == ["基本支出", "人员经费", "—", "—", "60.00", "—"]
    assert rows[8] == ["小计", "—", "—", "70.00", "—"]


def test_3_a_table_without_anything_is_not_printed():
    assert not any(isinstance(part, Table) for part in composed(department()).parts)


def test_3_rows_that_a_clerk_added_are_numbered():
    answers = department(
        **{"w1.item": "教师培训", "w1.aim": "两次", "w1.result": "已完成", "w2.item": "教研"}
    ).answers
    form = form_of(answers.with_rows("works", ("w1", "w2")))
    rows = table_of(composed(form), "重点工作完成情况")
    assert rows == [
        ["序号", "重要事项", "工作内容及目标", "完成情况"],
        ["1", "教师培训", "两次", "已完成"],
        ["2", "教研", "", ""],
    ]


def test_3_score_by_block_stands_as_bars_and_the_signature_at_the_end():
    report = composed(department())
    bars = next(part for part in report.parts if isinstance(part, Bars))
    assert [(bar.name, bar.score, bar.points) for bar in bars.bars] == [
        ("预算执行", 20, 20),
        ("产出", 40, 40),
        ("效益", 36, 40),
    ]
    assert report.parts[-1] == Signature("示例单位", "2026年5月8日")


def test_3_hunan_has_nine_sections():
    report = composed(whole(HUNAN, cells={"split.basic": "60", "split.project": "40"}), whole(HUNAN_PROJECT))
    nine = [part.text for part in report.parts if isinstance(part, Heading) and part.level == 1]
    assert (len(nine), nine[0], nine[8]) == (
        9,
        "一、单位基本情况",
        "九、部门整体支出绩效自评结果拟应用和公开情况",
    )
    assert (
        "2025 年项目支出 40 万元，是指单位为完成特定行政工作任务或事业发展目标而发生的支出，其中开展绩效自评的项目 1 个，执行数 100 万元。"
        in paragraphs(report)
    )


# --- 4: the final accounts


def project(name: str, budget: str, executed: str, **texts: str) -> Form:
    return filled(
        WUHAN_PROJECT_2020,
        row("8台", "8台", "80", "80"),
        budget=budget,
        executed=executed,
        project_name=name,
        cells=texts,
    )


def statement(*forms: Form) -> list[str]:
    reading = document(*forms)
    found = statement_teller(reading, shipped())
    assert found is not None
    return paragraphs(compose(found, metrics()))


def test_4_the_sentences_of_the_published_documents():
    texts = {
        "report.outputs": "一是接入学校；\n二是网络安全。",
        "report.problems": "在线率下降。",
        "report.measures": "加大监控力度",
    }
    found = statement(
        department(basic="0", project="359.88"),
        project("教育教学改革项目", "141.83", "141.83"),
        project("建设发展", "81.00", "79.13", **texts),
    )
    assert (
        found[0]
        == "根据预算绩效管理要求，我单位组织对2025年度一般公共预算项目支出全面开展绩效自评，共涉及项目2个，资金220.96万元，占一般公共预算项目支出总额的61.4%。"
    )
    assert found[1] == "我单位组织对本部门开展整体支出绩效自评，资金100万元。"
    assert (
        found[3]
        == "1.教育教学改革项目绩效自评综述：项目全年预算数为141.83万元，执行数为141.83万元，完成预算的100.0%。"
    )
    assert found[4] == (
        "2.建设发展项目绩效自评综述：项目全年预算数为81万元，执行数为79.13万元，完成预算的97.7%。"
        "主要产出和效益是：一是接入学校；二是网络安全。发现的问题及原因：在线率下降。下一步改进措施：加大监控力度。"
    )


def test_4_one_project_has_no_number_and_the_unit_calls_itself_as_it_likes():
    found = statement(
        department(**{"report.we": "我部门（单位）", "project": "98"}), project("信息化运行维护", "98", "98")
    )
    assert found[0].startswith("根据预算绩效管理要求，我部门（单位）组织对")
    assert found[3].startswith("信息化运行维护项目绩效自评综述：")


def test_4_a_text_behind_the_sentence_goes_on_in_it():
    found = statement(
        department(**{"report.whole_note": "从评价情况来看，资金使用合规。"}), project("甲", "1", "1")
    )
    assert found[1] == "我单位组织对本部门开展整体支出绩效自评，资金100万元，从评价情况来看，资金使用合规。"


def test_4_nobody_says_that_a_department_was_assessed_where_there_are_projects_alone():
    said = "\n".join(statement(project("甲", "1", "1")))
    assert "开展绩效自评" in said
    assert "对本部门开展整体支出绩效自评" not in said
    assert "对本部门开展整体支出绩效自评" in "\n".join(statement(department(), project("甲", "1", "1")))


def test_4_without_projects_there_is_no_statement():
    assert statement_teller(document(department()), shipped()) is None


# --- 5: exchange files


def test_5_everything_written_for_a_report_comes_back():
    cells = {
        "report.score": "得 96 分。",
        "report.score.from": "原句",
        "outturn.staff.final": "5",
        "i2.sentence": "培训五场。",
        "i2.sentence.from": "原句",
        "w1.item": "教师培训",
    }
    answers = department(**cells).answers.with_rows("works", ("w1",))
    data = write_exchange(answers, shipped().form(WUHAN_2020))
    assert data["report"] == {
        "texts": {"report.score": "得 96 分。", "report.score.from": "原句", "outturn.staff.final": "5"},
        "tables": {"works": [{"item": "教师培训"}]},
        "sentences": {"2": {"sentence": "培训五场。", "sentence_from": "原句"}},
    }
    again = read_exchange(data, shipped())
    assert {cell: again.text(cell) for cell in cells} == cells
    assert again.rows["works"] == ("w1",)


@pytest.mark.parametrize(
    "entry",
    ["text", {"other": 1}, {"texts": {"x": "y"}}, {"texts": {"report.x": 5}}, {"tables": {"works": ["x"]}},
     {"sentences": {"1": {"other": "x"}}}],
)  # fmt: skip
def test_5_an_entry_of_another_making_is_kept_as_it_is(entry):
    data = {**write_exchange(department().answers, shipped().form(WUHAN_2020)), "report": entry}
    read: FormAnswers = read_exchange(data, shipped())
    assert not any(cell.startswith("report.") for cell in read.texts)
    assert write_exchange(read, shipped().form(WUHAN_2020))["report"] == entry


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"tables": {"": []}}, "不认识“report.tables.”这张表"),
        ({"tables": {"goals2": []}}, "不认识“report.tables.goals2”这张表"),
        ({"sentences": {"9": {"sentence": "x"}}}, "“report.sentences”里没有第 9 个指标"),
    ],
)
def test_5_an_entry_that_names_what_the_form_has_not_is_refused_by_its_name(entry, said):
    data = {**write_exchange(department().answers, shipped().form(WUHAN_2020)), "report": entry}
    with pytest.raises(UserError, match=said):
        read_exchange(data, shipped())


def test_5_the_check_code_of_the_form_does_not_hang_on_its_report():
    from model.exchange.checkcode import check_code

    form = department()
    assert check_code(form) == check_code(replace(form, answers=form.answers.with_text("report.score", "x")))
