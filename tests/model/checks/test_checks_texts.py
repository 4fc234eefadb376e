# ruff: noqa: E501
"""The checks of funds, texts and dates: each fires where the catalogue says so, and is silent where it says so."""

from dataclasses import replace
from itertools import starmap

import pytest

from model.checks import check_form
from model.reading.left_behind import Left, with_left_behind
from tests.builders import HUNAN_PROJECT, WUHAN, WUHAN_2020, WUHAN_PROJECT_2020, row
from tests.findings import COMPUTED, JUDGED, NOTE, WARNING, codes, filled, of, whole, with_goals
from tests.published import published


def funds(**cells: str):
    """A sound Hunan project form with further amounts: fiscal_budget="40"."""
    texts = {"funds." + name.replace("_", ".", 1): text for name, text in cells.items()}
    return whole(HUNAN_PROJECT, cells=texts)


def execution_weight(printed: str):
    return whole(given={"funds.total.weight": printed})


def denied(text: str, *rows, **more):
    return filled(WUHAN_2020, *(rows or (row("提高", "提高", "5", "4"),)), deviation=text, **more)


def moved_from(*left: tuple[str, str]):
    """A form that went over to a newer version of its form, which had no place for some texts."""
    form = whole()
    return replace(form, answers=with_left_behind(form.answers, starmap(Left, left)))


NOTHING = (
    "/",
    "／",
    "\\",
    "—",
    "——",
    "–",
    "-",
    "无",
    "N/A",
    "n/a",
    "Ｎ／Ａ",
    "不适用",
    "不涉及",
    "（无）",
    "暂无。",
    "‑",
    " / ",
)  # as clerks write it

FIRES = [
    # funds
    ("not-a-number", COMPUTED, funds(fiscal_budget="无数"), "funds.fiscal.budget", ("无数",), "a word that is not 无"),
    ("not-a-number", COMPUTED, funds(fiscal_budget="12/3"), "funds.fiscal.budget", ("12/3",), "a stroke between figures"),
    ("sub-row-scored", WARNING, funds(fiscal_weight="/", fiscal_score="10"), "funds.fiscal.score", ("10",), "one crossed out"),
    ("required-missing", COMPUTED, whole(executed="无"), "funds.total.executed", ("执行数",), "crossed out is not filled in"),
    ("execution-weight", COMPUTED, execution_weight("20"), "funds.total.weight", ("20 分", "10 分"), "20 in a form of 10"),
    ("fund-rows-sum", COMPUTED, funds(fiscal_budget="60", carried_budget="39.99"), "funds.total.budget", ("100", "60", "39.99", "99.99", "0.01"), "a hundredth"),
    ("fund-rows-sum", COMPUTED, funds(fiscal_executed="60"), "funds.total.executed", ("60", "40"), "executed alone"),
    ("fund-rows-sum", COMPUTED, funds(total_initial="80", fiscal_initial="90"), "funds.total.initial", ("80", "90", "10"), "initial"),
    ("sub-row-scored", WARNING, funds(fiscal_weight="10", fiscal_score="10"), "funds.fiscal.weight", ("10",), "both"),
    ("sub-row-scored", WARNING, funds(other_score="5"), "funds.other.score", ("5",), "a score alone"),
    ("budget-exceeded", JUDGED, whole(budget="50", executed="50.01"), "funds.total.executed", ("50.01", "50", "0.01"), "just above"),
    ("low-execution", WARNING, whole(budget="100", executed="89.99"), "funds.total.executed", ("89.99%", "90%"), "just below 90 %"),
    ("low-execution", WARNING, filled(WUHAN_2020, executed="50", deviation="无。"), "funds.total.executed", ("50%",), "a denial is no reason"),
    ("budget-changed", NOTE, funds(total_initial="90.9"), "funds.total.budget", ("90.9", "100", "9.1"), "more than 10 %"),
    ("budget-changed", NOTE, funds(total_initial="112"), "funds.total.budget", ("112", "减少 12"), "less"),
    ("budget-changed", NOTE, funds(total_initial="0"), "funds.total.budget", ("增加 100",), "from nothing"),
    ("unit-of-money", JUDGED, whole(budget="100", executed="1000000"), "funds.total.executed", ("1,000,000", "100"), "元 for 万元"),
    ("unit-of-money", JUDGED, funds(total_initial="0.0101"), "funds.total.initial", ("0.0101",), "1 % off"),
    ("unit-of-money", JUDGED, filled(WUHAN_2020, basic="600000", project="400000"), "basic", ("1,000,000", "100"), "the parts"),
    ("parts-sum", NOTE, filled(WUHAN_2020, basic="60.01", project="40.01"), "basic", ("60.01", "40.01", "100.02", "0.02"), "0.01 a part"),
    ("parts-sum", JUDGED, filled(WUHAN_2020, basic="60.02", project="40.01"), "basic", ("100.03", "0.03"), "just above"),
    ("parts-sum", JUDGED, whole(cells={"split.basic": "70", "split.project": "40"}), "split.basic", ("110", "10"), "the split by expenditure"),
    ("parts-sum", JUDGED, whole(cells={"split.public": "90"}), "split.public", ("90", "10"), "the split by income"),
    # points
    ("block-label-points", JUDGED, published("qiaokou_xiaoxue_2020_project"), "block_label", ("800 分", "80 分"), "a slip of the real form"),
    ("block-label-points", JUDGED, with_goals(given={"g2.label": "年度绩效目标2（50分）"}), "g2.label", ("50分", "30 分"), "a goal"),
    ("block-label-points", JUDGED, whole(given={"i1.level1_weight": "40"}), "i1.level1_weight", ("40", "50 分"), "a block"),
    # what is missing or left
    ("required-missing", COMPUTED, whole(unit_name=""), "unit_name", ("市级预算部门名称",), "the unit"),
    ("required-missing", COMPUTED, whole(HUNAN_PROJECT, unit=""), "unit", ("单位名称",), "the unit, where the form has no field for it"),
    ("required-missing", COMPUTED, whole(HUNAN_PROJECT, project_name=" "), "project_name", ("项目支出名称",), "the project"),
    ("required-missing", COMPUTED, whole(HUNAN_PROJECT, authority="—"), "authority", ("主管部门",), "a dash is nothing"),
    ("required-missing", COMPUTED, filled(WUHAN_PROJECT_2020, row("5次", "5次"), category=""), "category", ("项目类别", "勾选"), "a tick"),
    ("required-missing", COMPUTED, filled(WUHAN_2020, row("5次", "5次"), basic=""), "basic", ("基本支出总额",), "an amount"),
    ("required-missing", COMPUTED, whole(executed=""), "funds.total.executed", ("执行数",), "what was executed"),
    ("required-missing", COMPUTED, filled(WUHAN_2020, row("", "", name="无")), "i1.name", ("三级指标",), "no indicator"),
    ("template-residue", JUDGED, whole(more=(row(name="指标1"),)), "i4.name", ("指标1",), "指标n"),
    ("template-residue", JUDGED, with_goals(cells={"g1.text": "目标2："}), "g1.text", ("目标2",), "目标n"),
    ("template-residue", JUDGED, whole(more=(row(name="……"),)), "i4.name", ("……",), "dots"),
    ("template-residue", JUDGED, whole(more=(row("**"),)), "i4.target", ("**",), "stars"),
    ("template-residue", JUDGED, whole(HUNAN_PROJECT, authority="×××"), "authority", ("×××",), "crosses"),
    ("template-residue", JUDGED, filled(WUHAN_2020, row(), improvement="（500字以内）"), "improvement", ("500字以内",), "the length"),
    ("template-residue", JUDGED, filled(WUHAN_2020, row(), improvement="1.完成培训。2.……"), "improvement", ("……",), "dots after a list number"),
    ("template-residue", JUDGED, whole(more=(row(name="培训教师≥**人"),)), "i4.name", ("≥**",), "a name keeps its blank"),
    ("template-residue", JUDGED, filled(WUHAN_2020, row(), improvement="项目实施情况（500字以内）"), "improvement", ("500字以内",), "a cell that ends in its length"),
    ("template-residue", JUDGED, filled(WUHAN_2020, row(), deviation="对照年初绩效目标，说明各项目标完成情况"), "deviation", ("对照",), "对照…说明"),
    ("template-residue", JUDGED, filled(WUHAN_2020, row(), deviation="对照2025年度绩效目标逐项说明。未完成的需说明原因。"), "deviation", ("对照",), "with a year, in two sentences"),
    ("template-residue", JUDGED, with_goals(cells={"g1.text": "简要概述项目年度总体目标"}), "g1.text", ("简要概述",), "in a goal"),
    ("template-residue", JUDGED, filled(WUHAN_2020, row(), improvement="结合自评情况，提出下一步改进措施"), "improvement", ("结合自评情况",), "结合自评情况"),
    ("template-residue", JUDGED, whole(more=(row(reason="偏差较大的需说明原因"),)), "i4.reason", ("需说明",), "需说明"),
    ("template-residue", JUDGED, whole(HUNAN_PROJECT, authority="请填写主管部门全称"), "authority", ("请填写",), "请填写"),
    ("template-residue", JUDGED, filled(WUHAN_2020, row(), cells={"report.process": "（简要概述，200字以内）"}), "report.process", ("200字",), "in a text of the report"),
    ("left-behind", WARNING, moved_from(("评价结论", "较好")), "title", ("评价结论", "较好"), "had no place in a newer form"),
    # deviations, goals
    ("deviation-denied", JUDGED, denied("各项指标均已完成，无偏差。"), "deviation", ("1 分",), "what was done explains nothing"),
    ("deviation-denied", JUDGED, denied("项目执行中未发现问题，因此无偏差。"), "deviation", ("1 分",), "因此 is no reason"),
    ("deviation-denied", JUDGED, denied("无"), "deviation", ("无", "1 分"), "无"),
    *(("deviation-denied", JUDGED, denied(text), "deviation", ("1 分",), text) for text in ("没有偏差。", "不存在偏差", "未发生偏差。", "无明显偏差", "无重大偏差。")),
    ("deviation-denied", JUDGED, denied("暂无。没有！"), "deviation", ("1 分",), "every sentence"),
    ("deviation-denied", JUDGED, denied("本年度无较大的偏差及未完成的目标。"), "deviation", ("无较大的偏差",), "as the real forms write"),
    ("deviation-denied", JUDGED, with_goals(weights=("", ""), cells={"i1.score": "49", "i2.score": "30"}, deviation="无大偏差。"), "deviation", ("1 分",), "a goal below its points"),
    ("goal-result", WARNING, whole(goals=[""], cells={"g1.expected": "提高教学质量"}), "g1.actual", ("提高教学质量",), "no result"),
    ("goal-result", WARNING, whole(goals=["", ""], cells={"g1.actual": "已完成；", "g2.actual": "已 完成。"}), "g2.actual", ("年度目标 1",), "the same result"),
    # years
    ("year-mismatch", JUDGED, whole(given={"title": "2024年度部门整体支出绩效自评表"}), "title", ("2024", "2025"), "the title"),
    ("year-mismatch", JUDGED, whole(more=(row("2024年内", "", level2="时效指标"),)), "i4.target", ("2024",), "年内"),
    ("year-mismatch", JUDGED, whole(more=(row("2024年底", "", level2="产出时效"),)), "i4.target", ("2024",), "年底"),
    ("year-mismatch", JUDGED, whole(more=(row("", "2024.12.31", level2="时效指标"),)), "i4.actual", ("2024",), "a date"),
    ("year-mismatch", WARNING, whole(filled_on="2025年12月31日"), "filled_on", ("2025 年度结束之前",), "not after the year's end"),
    ("year-mismatch", WARNING, whole(filled_on="2028.01.01"), "filled_on", ("24 个月",), "more than 24 months later"),
    # from the first issue, beside the tables of test_checks.py
    ("missing-glyph", COMPUTED, whole(unit_name="示例😀单位"), "unit_name", ("😀",), "an emoji"),
]  # fmt: skip

SILENT = [
    ("execution-weight", execution_weight("10"), "the form's"),
    ("execution-weight", execution_weight("10分"), "written otherwise"),
    ("execution-weight", execution_weight("—"), "none given"),
    ("fund-rows-sum", funds(fiscal_budget="60", carried_budget="40", fiscal_executed="60", carried_executed="40"), "right"),
    ("fund-rows-sum", funds(fiscal_budget="60", carried_budget="40", fiscal_executed="60"), "a sub-row with a budget is blank"),
    ("fund-rows-sum", funds(fiscal_budget="100", fiscal_executed="100", other_budget="0"), "0 and blank add nothing"),
    ("fund-rows-sum", funds(), "no sub-row has anything"),
    ("fund-rows-sum", funds(fiscal_budget="六十"), "not-a-number speaks"),
    ("sub-row-scored", funds(fiscal_weight="—", fiscal_score="—"), "dashes"),
    *(("sub-row-scored", funds(fiscal_weight=text, fiscal_score=text), text) for text in NOTHING),
    *(("not-a-number", funds(fiscal_budget=text, fiscal_executed=text), text) for text in NOTHING),
    *(("fund-rows-sum", funds(fiscal_budget="100", fiscal_executed="100", other_budget=text, other_executed=text), text) for text in NOTHING),
    *(("not-a-number", whole(more=(row("5次", "5次", text, text),)), text) for text in NOTHING),
    ("sub-row-scored", funds(fiscal_weight="0", fiscal_score="0"), "0 counts nothing"),
    ("budget-exceeded", whole(budget="50", executed="50"), "all of it"),
    ("budget-exceeded", whole(budget="", executed="50"), "no-budget speaks"),
    ("budget-exceeded", whole(budget="100", executed="1000000"), "unit-of-money speaks"),
    ("low-execution", whole(budget="100", executed="90"), "exactly 90 %"),
    ("low-execution", filled(WUHAN_2020, executed="50", deviation="项目招标推迟。"), "a reason"),
    ("low-execution", whole(executed=""), "unknown"),
    ("budget-changed", funds(total_initial="91"), "less than 10 %"),
    ("budget-changed", whole(budget="110", executed="110", cells={"funds.total.initial": "100"}), "exactly 10 %"),
    ("budget-changed", filled(WUHAN_2020, cells={"funds.total.initial": "50"}, deviation="年中追加。"), "a reason"),
    ("budget-changed", whole(), "no initial budget"),
    ("unit-of-money", funds(total_initial="0.0102"), "2 % off"),
    ("unit-of-money", whole(budget="0", executed="0"), "nothing"),
    ("parts-sum", filled(WUHAN_2020, basic="60", project="40"), "right"),
    ("parts-sum", filled(WUHAN_2020, basic="50", project="40", budget="100", executed="90"), "the executed amount is a total too"),
    ("parts-sum", filled(WUHAN_2020, basic="60", project=""), "a part is missing"),
    ("parts-sum", whole(cells={"split.basic": "60", "split.project": "40"}), "right"),
    ("parts-sum", whole(), "nothing split"),
    ("parts-sum", whole(cells={"split.basic": "六十", "split.project": "40"}), "not-a-number speaks"),
    ("block-label-points", published("qiaokou_xinxi_2022_department"), "right"),
    ("block-label-points", whole(given={"i1.level1_weight": "50"}), "right"),
    ("block-label-points", with_goals(given={"g1.label": "年度目标"}), "a label without points"),
    ("required-missing", whole(), "all there"),
    ("required-missing", whole(filled_on="", phone="", head=""), "what may stay blank for the pen"),
    ("required-missing", whole(budget="", executed="5"), "no-budget speaks"),
    ("left-behind", moved_from(), "all of it had a place"),
    ("template-residue", whole(more=(row(name="指标体系建设"), row("……等三项"), row("完成目标"))), "words that are more"),
    ("template-residue", filled(WUHAN_2020, row(), improvement="1.完成培训；2.加强管理……"), "a sentence that trails off"),
    ("template-residue", whole(more=(row(name="目标"),)), "a word alone"),
    ("template-residue", whole(more=(row(name="A**级景区"),)), "stars inside a name"),
    ("template-residue", filled(WUHAN_2020, row(), improvement="简要概述了项目的基本情况。"), "somebody did"),
    ("template-residue", filled(WUHAN_2020, row(), improvement="结合自评情况，我单位将加强预算管理。"), "somebody will"),
    ("template-residue", filled(WUHAN_2020, row(), improvement="结合自评情况，加强预算编制。"), "a measure"),
    ("template-residue", filled(WUHAN_2020, row(), deviation="需说明的是，追加经费用于培训。"), "an explanation follows"),
    ("template-residue", filled(WUHAN_2020, row(), deviation="对照绩效目标完成3项，1项延期，说明如下。"), "figures"),
    ("template-residue", whole(more=(row(name="邀请填写问卷的家长人数"),)), "邀请填写"),
    ("template-residue", whole(more=(row(name="论文字数（3000字以上）"),)), "no limit of a cell"),
    ("deviation-denied", denied("培训因疫情少办2场，其余指标无偏差。"), "the losses are explained, the rest is denied"),
    ("deviation-denied", denied("设备采购延期，其他指标均无偏差。"), "其他"),
    ("deviation-denied", denied("培训人数偏少扣1分，剩余指标没有偏差。"), "剩余"),
    ("deviation-denied", denied("由于招标推迟，未完成采购，无其他偏差。"), "a cause"),
    ("deviation-denied", denied("无", row("提高", "提高", "5", "5")), "nothing lost"),
    ("deviation-denied", denied("部分培训推迟。"), "an explanation"),
    ("deviation-denied", denied("无较大偏差；部分培训推迟。"), "one sentence explains"),
    ("deviation-denied", denied("无较大偏差，但培训推迟。"), "so does half a sentence"),
    ("deviation-denied", denied(""), "nothing said"),
    ("deviation-denied", with_goals(weights=("", ""), deviation="无"), "no row has a score yet"),
    ("goal-result", whole(goals=["", ""], cells={"g1.expected": "甲", "g1.actual": "乙", "g2.expected": "丙", "g2.actual": "丁"}), "each its own"),
    ("goal-result", whole(goals=[""]), "no expectation"),
    ("goal-result", with_goals(cells={"g1.text": "甲"}), "this form asks for no result"),
    ("year-mismatch", whole(given={"title": "2025年度部门整体支出绩效自评表"}), "the title"),
    ("year-mismatch", whole(given={"title": "部门整体支出绩效自评表"}), "no year"),
    ("year-mismatch", whole(more=(row("2025年内", "2025.12.31", level2="时效指标"),)), "its own year"),
    ("year-mismatch", whole(more=(row("2024年内", "", level2="数量指标"),)), "no row of time"),
    ("year-mismatch", whole(more=(row("2024年以来新增", "", level2="时效指标"),)), "years in sentences"),
    ("year-mismatch", whole(filled_on="2026年1月1日"), "the day after"),
    ("year-mismatch", whole(filled_on="2027 年 12 月"), "within 24 months"),
    ("year-mismatch", whole(filled_on="明年春天"), "no date"),
    ("missing-glyph", whole(unit_name="硚〇䶮𬭊"), "rare characters are printed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "severity", "form", "cell", "figures"),
    [case[:5] for case in FIRES],
    ids=[f"{case[0]}: {case[5]}" for case in FIRES],
)
def test_it_fires(code, severity, form, cell, figures):
    [found] = of(code, form)
    assert (found.severity, found.address[1]) == (severity, cell)
    assert all(figure in found.message for figure in figures), found.message
    assert found.message.endswith("。")
    assert found.title
    assert cell not in found.place  # the place is the clerk's, not ours


@pytest.mark.parametrize(
    ("code", "form"),
    [case[:2] for case in SILENT],
    ids=[f"{c}: {why} {n}" for n, (c, _, why) in enumerate(SILENT)],
)
def test_it_is_silent(code, form):
    assert of(code, form) == []


@pytest.mark.parametrize("name", ["hunan", "goals", "wuhan"])
def test_a_sound_form_yields_nothing(name):
    sound = {
        "hunan": whole(
            goals=[""], cells={"g1.expected": "提高", "g1.actual": "提高了"}, filled_on="2026年5月"
        ),
        "goals": with_goals(cells={"g1.text": "甲", "g2.text": "乙"}, deviation="无"),
        "wuhan": filled(WUHAN, row("5次", "5次", "80"), filled_on="2026年5月"),
    }
    assert codes(check_form(sound[name])) == set()


def test_a_text_is_not_longer_than_the_form_allows(tmp_path):
    from dataclasses import replace

    from tests.builders import form_of

    form = filled(WUHAN_2020, row("5次", "5次"), improvement="加强管理 " * 25)
    field = form.definition.fields["improvement"]._replace(limit=100)
    limited = replace(
        form, definition=replace(form.definition, fields={**form.definition.fields, "improvement": field})
    )
    assert of("text-too-long", limited) == []  # 100 characters, blanks not counted
    longer = form_of(form.answers.with_text("improvement", "加强管理 " * 25 + "。"))
    [found] = of("text-too-long", replace(limited, answers=longer.answers))
    assert (found.severity, found.address[1]) == (WARNING, "improvement")
    assert all(figure in found.message for figure in ("101", "100", "1 字"))


@pytest.mark.parametrize(("column", "count"), [("file", 0), ("material", 1)])
def test_what_a_file_of_evidence_was_called_is_not_printed_but_its_title_is(column, count):
    from tests.builders import form_of

    answers = whole().answers
    answers = answers.with_rows("evidence", ("e1",)).with_texts({f"e1.{column}": "照片😀.jpg"})
    assert len(of("missing-glyph", form_of(answers))) == count
