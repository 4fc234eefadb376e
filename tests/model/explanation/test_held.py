"""A written explanation held against its tables.

1. 硚口 2022: every slip of weight that names a rule of the text is found at its place, and nothing else
2. 江汉 2021, whose tables nobody has: what contradicts itself is found, and nothing else of weight
3. what the program wrote itself has no slip, in any outline
4. one figure changed anywhere in it is found
5. each rule, with a right and a wrong sentence
6. a paragraph without an end comes to an end
"""

import re

import pytest

from model.explanation.held.facts import Facts
from model.explanation.held.hold import hold
from model.explanation.loader import outlines
from model.forms.loader import shipped
from tests.builders import WUHAN_PROJECT, filled, row
from tests.explained import UNIT, explained, qiaokou_explained
from tests.final_accounts import case, qiaokou, typed_accounts

OUTLINES = [outline.id for outline in outlines(shipped())]
LAST = {f"last.{name}": "157.11" for name in ("total", "grant", "general_income", "general")}
NOT_HERE = {"N-LEVEL", "N-GLOSSARY"}  # rules of the glossary


def found(name, facts):
    return [(slip.rule, slip.place, slip.gravity) for slip in hold(case(name)["narrative"], facts)]


def listed(name, rules):
    """The slips of a case that a rule of the text names."""
    slips = [slip for slip in case(name)["slips"] if slip["rule"].startswith(("N-", "S-N"))]
    return {(slip["rule"], slip["where"]) for slip in slips if slip["gravity"] in rules} - {
        (slip["rule"], slip["where"]) for slip in slips if slip["rule"] in NOT_HERE
    }


def test_1_every_slip_of_qiaokou_is_found_and_nothing_else_of_weight():
    project = filled(
        WUHAN_PROJECT, row("1", "1"), budget="98", executed="98", project_name="资产及信息化运行维护"
    )
    slips = found("qiaokou_2022", Facts(qiaokou(unit=UNIT, **LAST), None, (project,)))
    weighty = {(rule, place) for rule, place, gravity in slips if gravity != "note"}
    assert weighty == listed("qiaokou_2022", ("error", "warning"))
    assert len([slip for slip in slips if slip[0] == "N-ZERO-BASE"]) == 6
    assert listed("qiaokou_2022", ("note",)) <= {(rule, place) for rule, place, _ in slips}


def test_2_what_contradicts_itself_is_found_without_tables():
    unit = {"unit": "武汉市江汉区教育局科技电教站"}
    slips = found("jianghan_2021", Facts(typed_accounts({}, unit, edition_id="wuhan-2021", year="2021")))
    weighty = {(rule, place) for rule, place, gravity in slips if gravity != "note"}
    assert {("N-SHARE", "三"), ("N-ITEMS", "五（三）"), ("N-PERF", "十三（一）")} <= weighty
    assert {rule for rule, _ in weighty} == {"N-SHARE", "N-ITEMS", "N-PERF"}
    assert ("N-BUY-SUM", "十一", "note") in slips


def written():
    """硚口 2022 as the program tells it, with what other outlines ask for besides."""
    uses = {f"s{n}.use": "日常开支" for n in range(1, 8)}
    own = {"class_use.208": "养老保险", "class_use.210": "医疗保险", "general_gap_reason": "人员增加"}
    return qiaokou_explained(general_budget="183.59", **own, **uses)


def paragraphs(outline_id):
    lines = []
    for section in explained(written(), outline_id):
        lines += section.section.headings
        for n, one in enumerate(section.passages):
            if one.joined and n:
                lines[-1] += one.text
            elif one.text:
                lines.append(one.text)
    return lines


@pytest.mark.parametrize("outline_id", OUTLINES)
def test_3_what_the_program_wrote_has_no_slip(outline_id):
    assert hold(paragraphs(outline_id), Facts(written())) == ()


FREE = ("经费5万元", "单价100万元", "团组0个", "0人次", "实际发生支出0万元", "共有车辆0辆。")


@pytest.mark.parametrize("outline_id", OUTLINES)
def test_4_a_figure_that_was_changed_is_found(outline_id):
    lines, facts = paragraphs(outline_id), Facts(written())
    missed = []
    for n, line in enumerate(lines):
        for match in re.finditer(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?(?=万元|%|辆|个|人次)", line):
            if any(words in line[max(0, match.start() - 10) : match.end() + 4] for words in FREE):
                continue
            other = re.sub(r"^[0-9]", lambda first: str((int(first[0]) + 3) % 10), match[0])
            changed = line[: match.start()] + other + line[match.end() :]
            slips = hold([*lines[:n], changed, *lines[n + 1 :]], facts)
            if not any(slip.gravity != "note" for slip in slips):
                missed.append(changed)
    assert missed == []


HEADING = {
    "total": "一、收入支出决算总体情况说明",
    "items": "（三）一般公共预算财政拨款支出决算具体情况",
    "basic": "六、一般公共预算财政拨款基本支出决算情况说明",
    "buy": "十一、政府采购支出情况",
    "assets": "十二、国有资产占用情况",
}
GENERAL = "五、一般公共预算财政拨款支出决算情况说明"
ITEM = "1.教育支出（类）教育管理事务（款）其他教育管理事务支出（项）。"
CASES = [  # rule, section, wrong, right
    ("N-DIRECTION", "total", "总计187.89万元，增加30.78万元，下降19.6%，主要原因是增资。", "增长"),
    ("N-GROWTH", "total", "总计187.89万元，增加30.78万元，增长19.5%，主要原因是增资。", "19.6%"),
    ("N-REASON", "total", "总计187.89万元，增加30.78万元，增长19.6%。", "19.6%，主要原因是增资。"),
    ("N-PERCENT", "total", "总计187.89万元，增加30.78万元，增长19.6，主要原因是增资。", "19.6%"),
    ("N-UNIT", "total", "收入支出总计187.89。", "187.89万元。"),
    ("N-YEAR", "total", "2019年度收、支总计187.89万元。", "2022年"),
    ("N-RESIDUE", "total", "收、支总计187.89万元，增加（减少）的原因是增资。", "增加的原因"),
    ("N-DOUBLE", "total", "收、支总计187.89万元，主要主要是人员经费。", "主要是"),
    ("N-CARS", "assets", "共有车辆3辆，其中，应急保障用车1辆、其他用车1辆。", "其他用车2辆"),
    ("N-BUY-SME", "buy", "采购支出总额10万元，授予中小企业合同金额12万元。", "合同金额9万元"),
]


@pytest.mark.parametrize(("rule", "section", "wrong", "right"), CASES)
def test_5_a_wrong_sentence_is_found(rule, section, wrong, right):
    facts = Facts(qiaokou(unit=UNIT, **LAST))
    assert rule in {slip.rule for slip in hold([HEADING[section], wrong], facts)}


RIGHT = [
    ("total", "收、支总计187.89万元，增加30.78万元，增长19.6%，主要原因是增资。"),
    ("total", "2022年度收、支总计187.89万元，与2021年度相比增加30.78万元，主要原因是增资。"),
    ("assets", "共有车辆3辆，其中，应急保障用车1辆、其他用车2辆。"),
    ("buy", "采购支出总额10万元，授予中小企业合同金额9万元，占政府采购支出总额的90.0%。"),
    ("basic", "人员经费81.08万元。"),
    ("total", "全年服务1.2万人，收、支总计187.89万元。"),
]


@pytest.mark.parametrize(("section", "text"), RIGHT)
def test_5_a_right_sentence_is_left_alone(section, text):
    assert hold([HEADING[section], text], Facts(qiaokou(unit=UNIT, **LAST))) == ()


def of_item(text):
    facts = Facts(qiaokou(unit=UNIT))
    slips = hold([GENERAL, HEADING["items"], ITEM + text], facts)
    return {slip.rule for slip in slips if slip.place == "五（三）1"}


REASON = "支出决算数大于年初预算数的主要原因：增资。"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (f"年初预算为156.13万元，支出决算为164.9万元，完成年初预算的105.6%，{REASON}", set()),
        (f"年初预算为156.13万元，支出决算为164.8万元，完成年初预算的105.6%，{REASON}", {"N-AMOUNT"}),
        (f"年初预算为156.13万元，支出决算为164.9万元，完成年初预算的106.6%，{REASON}", {"N-RATE"}),
        ("年初预算为156.13万元，支出决算为164.9万元，完成年初预算的105.6%。", {"N-REASON"}),
        (f"年初预算为0万元，支出决算为164.9万元，完成年初预算的0.0%，{REASON}", {"N-ZERO-BASE"}),
        (
            "年初预算为156.13万元，支出决算为164.9万元，支出决算数小于年初预算数的主要原因：增资。",
            {"N-DIRECTION"},
        ),
    ],
)
def test_5_the_figures_of_an_item(text, rules):
    assert of_item(text) == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("2021年决算数为150万元，2022年支出决算为164.9万元，比2021年决算数增加9.9%", set()),
        ("2021年决算数为150万元，2022年支出决算为164.9万元，比2021年决算数增加19.9%", {"N-GROWTH"}),
        ("2021年决算数为150万元，2022年支出决算为164.9万元，比2021年决算数减少9.9%", {"N-DIRECTION"}),
        ("2021年决算数为150万元，2022年支出决算为165.9万元，比2021年决算数增加10.6%", {"N-AMOUNT"}),
    ],
)
def test_5_an_item_beside_last_year(text, rules):
    assert of_item(f"{text}，主要原因是增资。") == rules


def test_5_an_item_that_the_table_does_not_have():
    facts = Facts(qiaokou(unit=UNIT))
    text = "1.教育支出（类）普通教育（款）小学教育（项）。年初预算为1万元，支出决算为1万元。"
    slips = [slip for slip in hold([GENERAL, HEADING["items"], text], facts) if slip.rule == "N-ITEMS"]
    assert [slip.place for slip in slips] == ["五（三）1", "五（三）"]


def test_5_names_of_table_six_that_lack_or_are_too_many():
    facts = Facts(qiaokou(unit=UNIT))
    text = "公用经费8.81万元，主要包括：办公费、印刷费、劳务费、委托业务费、工会经费、福利费。"
    (slip,) = hold([HEADING["basic"], text], facts)
    assert (slip.rule, slip.message) == (
        "N-T6-LIST",
        "公用经费列举的名称与表6 不同：少列其他商品和服务支出；多列印刷费。",
    )


@pytest.mark.parametrize(
    "odd",
    [
        "9",
        "1.",
        "教",
        "一二(类)。",
        "人员经费主要包括",
        "授予中小企业合同金额",
        "20",
        "(项)5万元,",
        "收入总计",
    ],
)
def test_6_a_paragraph_without_an_end_comes_to_an_end(odd):
    """Each heading brings other rules; with the square of the length this would take hours."""
    headings = [*HEADING.values(), GENERAL]
    assert (
        hold(
            [line for heading in headings for line in (heading, odd * (40_000 // len(odd)))],
            Facts(written()),
        )
        is not None
    )


def test_6_a_long_paragraph_is_held_to_its_end():
    wrong = "本年支出为5万。"
    slips = hold([HEADING["total"], "单位情况良好。" * 2_000 + wrong], Facts(written()))
    assert "N-UNIT" in {slip.rule for slip in slips}
