"""True sentences as other units word them, held against tables: none is claimed, a changed figure is found.

1. sentences in the wording of many regions, all true: no error, no warning
2. items (项) in nine ways of writing them down
3. a figure that is changed in any of them is found, but for those that stand in no table
4. the other direction, a missing reason in the next paragraph, a tail
"""

import re

import pytest

from model.explanation.held.facts import Facts
from model.explanation.held.hold import hold
from tests.final_accounts import FOLDER, typed_accounts

# A unit with other income, money carried over, a government fund, 三公 and a year before.
ITEMS = {
    "2050101": {
        "t3.basic": "500.00",
        "t3.project": "20.00",
        "t5.basic": "470.00",
        "t5.project": "20.00",
        "t2.fiscal": "495.00",
        "t2.other": "35.00",
        "budget": "480",
        "reason": "人员调整",
    },
    "2050299": {
        "t5.basic": "0",
        "t5.project": "120.50",
        "t3.project": "120.50",
        "t2.fiscal": "120.50",
        "budget": "0",
        "reason": "年中追加",
    },
    "2080505": {
        "t5.basic": "60.25",
        "t5.project": "0",
        "t3.basic": "60.25",
        "t2.fiscal": "60.25",
        "budget": "60.25",
    },
    "2080506": {
        "t5.basic": "30.12",
        "t5.project": "0",
        "t3.basic": "30.12",
        "t2.fiscal": "30.12",
        "budget": "28",
        "reason": "补缴",
    },
    "2101102": {
        "t5.basic": "30.10",
        "t5.project": "0",
        "t3.basic": "30.10",
        "t2.fiscal": "30.10",
        "budget": "35",
        "reason": "人员减少",
    },
    "2210201": {
        "t5.basic": "45.66",
        "t5.project": "0",
        "t3.basic": "45.66",
        "t2.fiscal": "45.66",
        "budget": "45.66",
    },
    "2296003": {
        "t3.project": "18.00",
        "t5.basic": "0",
        "t5.project": "0",
        "t7.opening": "1.00",
        "t7.income": "20.00",
        "t7.project": "18.00",
        "t2.fiscal": "20.00",
    },
}
CELLS = {
    "unit": "长江市示例区实验中心",
    "t1.in.opening": "12.30",
    "t4.in.opening_general": "4.00",
    "t6.30101": "300",
    "t6.30102": "80.50",
    "t6.30108": "60.25",
    "t6.30109": "30.12",
    "t6.30110": "30.10",
    "t6.30113": "45.66",
    "t6.30201": "50",
    "t6.30231": "2.50",
    "t6.30217": "0.35",
    "t6.30299": "36.65",
    "t9.budget.car_running": "3.00",
    "t9.budget.reception": "0.80",
    "t9.final.car_running": "2.50",
    "t9.final.reception": "0.35",
    "last.total": "900.00",
    "last.grant": "700.00",
    "last.general_income": "690.00",
    "last.fund_income": "10.00",
    "last.capital_income": "0",
    "last.general": "700.00",
    "general_budget": "648.91",
    "office": "89.50",
    "last.office": "80.00",
    "buy_goods": "10",
    "buy_works": "0",
    "buy_services": "40",
    "sme": "45",
    "micro": "30",
    "abroad_groups": "0",
    "abroad_people": "0",
    "cars_kept": "1",
    "reception_times": "4",
    "reception_people": "30",
    "equipment": "0",
    **{f"cars_{k}": "0" for k in "leader chief secret emergency law special retired".split()},
    "cars_other": "2",
}

FACTS = Facts(typed_accounts(ITEMS, CELLS))
_LINES = [line.partition("|") for line in (FOLDER / "true_sentences.txt").read_text("utf-8").splitlines()[1:]]
HEADINGS = {kind.split()[1]: text for kind, _, text in _LINES if kind.startswith("heading")}
TRUE = [(kind.split()[1], text) for kind, _, text in _LINES if kind.startswith("true")]
QUIET = [
    (kind.split()[1], text) for kind, _, text in _LINES if kind.startswith("quiet")
]  # with more of reasons
ITEM_TEXTS = [text for kind, _, text in _LINES if kind == "item"]


def weighty(paragraphs):
    return [slip for slip in hold(paragraphs, FACTS) if slip.gravity != "note"]


def under_headings(section, text):
    two = len(section) == 2 and section[0] in "59"
    return [*([HEADINGS[section[0]]] if two else []), HEADINGS[section], text]


@pytest.mark.parametrize(("section", "text"), [*TRUE, *QUIET])
def test_1_a_true_sentence_is_left_alone(section, text):
    assert weighty(under_headings(section, text)) == []


def slips_of(texts):
    return [HEADINGS["5"], HEADINGS["53"], *texts]


WAYS = {
    "as in Wuhan": lambda n, text: text,
    "as in Shanghai": lambda n, text: text.replace("。年初预算为", "：年初预算", 1).replace(
        "支出决算为", "支出决算"
    ),
    "in quotes": lambda n, text: "“" + text.split(".", 1)[1].replace("（项）。", "（项）”。", 1),
    "numbered in brackets": lambda n, text: f"（{'一二三四五六'[n]}）" + text.split(".", 1)[1],
    "numbered with a dot": lambda n, text: text.replace(".", "、", 1),
    "without a number": lambda n, text: text.split(".", 1)[1],
    "with the amount first": lambda n, text: text.replace("（项）。", f"（项）{_final(text)}万元。", 1),
    "in half width": lambda n, text: text.replace("（", "(").replace("）", ")"),
    "with a comma": lambda n, text: (
        text.replace("（项）。", "（项），", 1)
        .replace("预算为", "预算数为")
        .replace("支出决算为", "决算数为")
    ),
}


def _final(text):
    return re.search(r"支出决算为([0-9.]+)", text)[1]


@pytest.mark.parametrize("way", WAYS)
def test_2_items_are_understood_however_they_are_written(way):
    texts = [WAYS[way](n, text) for n, text in enumerate(ITEM_TEXTS)]
    assert weighty(slips_of(texts)) == []
    for n, text in enumerate(texts):
        for match in re.finditer(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?(?=万元|%)", text):
            changed = text[: match.start()] + other(match[0]) + text[match.end() :]
            assert weighty(slips_of([*texts[:n], changed, *texts[n + 1 :]])), changed


def other(figure):
    """Another figure of the same length."""
    first = re.search("[1-9]", figure)
    if first is None:
        return "7"
    return figure[: first.start()] + str(int(first[0]) % 9 + 1) + figure[first.end() :]


# what no table knows: reasons, last year of a kind, a budget of 机关运行, property, visitors
FREE = (
    "人员经费减少30 项目经费减少21.07 建设经费120.50 工资福利支出546.63 决算数900.00 比上年减少20.3"
    " 下降2.4 比上年增加8 增长80 预算数增加4.5 增长5.3 单车运行维护费2.5 经费支出的87.7 外事接待支出0"
    " 人均117 货物支出金额的100 服务支出金额的87.5 使用非财政拨款结余0 结余分配0 单价 总额1560.32"
    " 固定资产1200.5 增长3.2 其中基本支出0 项目支出18.00 支出18.00 本年收入801.63 本年支出794.63"
).split()


@pytest.mark.parametrize(("section", "text"), TRUE)
def test_3_a_changed_figure_is_found(section, text):
    missed = []
    for match in re.finditer(r"(?<![0-9.])[0-9][0-9,]*(?:\.[0-9]+)?(?= ?(?:万元|%))", text):
        before = text[max(0, match.start() - 12) : match.end()].replace(" ", "")
        if any(before.endswith(words) or (words == "单价" and "单价" in before) for words in FREE):
            continue
        changed = text[: match.start()] + other(match[0]) + text[match.end() :]
        if not weighty(under_headings(section, changed)):
            missed.append(changed)
    assert missed == []


def test_4_the_other_direction_is_found():
    text = "2022年度收、支总计848.93万元，比上年增加51.07万元，增长5.7%，主要是人员增加。"
    assert "N-DIRECTION" in {slip.rule for slip in weighty(under_headings("1", text))}


def test_4_the_reason_may_stand_in_the_next_paragraph():
    text = "2022年度收、支总计848.93万元，比上年减少51.07万元，下降5.7%。"
    assert [slip.rule for slip in weighty(under_headings("1", text))] == ["N-REASON"]
    assert weighty([*under_headings("1", text), "主要原因：一是人员减少；二是项目减少。"]) == []


def test_4_a_tail_is_a_note_and_more_is_not():
    for amount, found in (("848.94", []), ("848.95", ["N-AMOUNT"])):
        text = f"2022年度收、支总计{amount}万元。"
        assert [slip.rule for slip in weighty(under_headings("1", text))] == found
