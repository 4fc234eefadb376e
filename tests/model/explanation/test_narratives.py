"""Three made publications in the words of other districts, bureaus and Shanghai, held against their tables.

1. all that is true in them is left alone: no error, no warning, no note
2. every slip that is put into one is found at its place, with the right figure
3. what else a slip brings with it is of the paragraph that has it, of the sums above it or of the same line
4. any figure that is changed is found, but for those that stand in no table
5. paragraphs put together, headings at the beginning of a paragraph, other brackets: still nothing is claimed
"""

import re

import pytest

from model.explanation.held.hold import hold
from tests.narrated import NARRATIVES, Planted, facts, narrative, planted

PLANTED = [(name, slip) for name in NARRATIVES for slip in planted(name)]


@pytest.mark.parametrize("name", NARRATIVES)
def test_1_a_true_publication_is_left_alone(name):
    assert hold(narrative(name), facts(name)) == ()


def spoilt(name: str, slip: Planted) -> list[str]:
    lines = narrative(name)
    hits = [n for n, line in enumerate(lines) if slip.old in line]
    assert hits, slip.old
    return [line.replace(slip.old, slip.new, 1) if n == hits[0] else line for n, line in enumerate(lines)]


@pytest.mark.parametrize(("name", "slip"), PLANTED)
def test_2_a_planted_slip_is_found_at_its_place(name, slip):
    found = hold(spoilt(name, slip), facts(name))
    assert [
        one
        for one in found
        if (one.rule, one.place) == (slip.rule, slip.place) and slip.message in one.message
    ], found


@pytest.mark.parametrize(("name", "slip"), PLANTED)
def test_3_nothing_is_claimed_elsewhere(name, slip):
    section = re.match(r"第.部分|[一二三四五六七八九十]+", slip.place)[0]
    others = {one.place for one in hold(spoilt(name, slip), facts(name)) if one.gravity != "note"}
    kept = {"十二", "十（三）", "十一（三）"} if "CARS" in slip.rule or "保有量" in slip.old else set()
    assert {place for place in others if not place.startswith(section)} <= kept


# what no table knows, by the words around it
FREE = re.compile(
    r"现有教学班|校舍维修改造292|教育信息化建设209|维修项目减少260|人员经费增加87|[料修路险]费[0-9.]+|外公务接待支出0万元，接待"
    r"|0批次、0人次|单价100|满意度|合格率|新增学位|投入48|奖励45|增加9人次|增长25%|预算执行率|约2.39|新立项目15|资金2,300"
    r"|主要是2个|车均|人均|固定资产|比上年增长1.2|对12个|其他收入8.00万元，占|招标节约|报废1辆|团组0个|累计0|外宾|编报绩效|跟踪评价"
    r"|涉及预算金额|预留政府采购|由小微企业供应商中标|在其他政府采购"
)
FIGURE = re.compile(
    r"(?<![0-9.,０-９．，])[0-9０-９][0-9,０-９，]*(?:[.．][0-9０-９]+)?(?=万元|亿元|元|%|辆|个|批次|人次|台)"
)


def other(figure: str) -> str:
    """Another figure of the same length."""
    first = re.search("[1-9１-９]", figure)
    if first is None:
        return "7"
    zero = "0" if first[0] < "A" else "０"
    digit = chr(ord(zero) + (ord(first[0]) - ord(zero)) % 9 + 1)
    return figure[: first.start()] + digit + figure[first.end() :]


@pytest.mark.parametrize("name", NARRATIVES)
def test_4_a_figure_that_was_changed_is_found(name):
    lines, missed = narrative(name), []
    for n, line in enumerate(lines):
        for match in FIGURE.finditer(line):
            clause_end = len(re.match(r"[^，；。、（]*", line[match.end() :])[0]) + match.end()
            start = max(line.rfind(mark, 0, match.start()) for mark in "；。：，") + 1
            if FREE.search(line[max(0, start - 30) : clause_end]):
                continue
            changed = line[: match.start()] + other(match[0]) + line[match.end() :]
            slips = hold([*lines[:n], changed, *lines[n + 1 :]], facts(name))
            if all(slip.gravity == "note" for slip in slips):
                missed.append(changed[max(0, match.start() - 20) : match.end() + 10])
    assert missed == []


def with_inline_headings(lines):
    found = []
    for line in lines:
        is_text = not re.match(r"^[（一二三四五六七八九十第]+[、）部]", line)
        if (
            is_text
            and found
            and re.match(r"^（?[一二三四五六七八九十]+[、）].{4,40}(?:情况|情况说明)$", found[-1])
        ):
            found[-1] += f"。{line}"
        else:
            found.append(line)
    return found


def with_items_in_one_paragraph(lines):
    found = []
    for line in lines:
        if (
            found
            and re.match(r"^[0-9]+[.．、]“?[^。]{2,40}(?:（类）|〔类〕)", line)
            and "（项）：反映" not in line
        ):
            found[-1] += line
        else:
            found.append(line)
    return found


def in_paragraphs(lines):
    """Each subject on a line of its own, what is told of it in the next ones."""
    found = []
    for line in lines:
        match = re.match(r"^([0-9]+[.．、]“?[^。]{2,60}[（〔]项[）〕]”?(?:[0-9.]+万元)?)[。，]?(.*)$", line)
        if match and "反映" not in line and "（款）其他国有" not in line:
            found += [
                match[1],
                *(f"{part}。" for part in re.split(r"。(?=年初预算)", match[2].rstrip("。")) if part),
            ]
        else:
            found.append(line)
    return found


def without_levels(lines, levels):
    pattern = rf"(?<=[.．、“])[^。“”、.．]{{2,40}}?[（〔](?:[0-9]+)?(?:{levels})[）〕]"
    return [re.sub(pattern, "", line) if re.search("项[）〕](?!：反映)", line) else line for line in lines]


CONTENTS = [
    "目 录",
    "第三部分 情况说明……………12",
    "一、收入支出决算总体情况说明..............12",
    "二、收入决算情况说明……13",
]
WAYS = {
    "with a table of contents": lambda lines: CONTENTS + lines,
    "what is told of an item in paragraphs": in_paragraphs,
    "items without their class": lambda lines: without_levels(lines, "类"),
    "headings at the beginning of a paragraph": with_inline_headings,
    "items in one paragraph": with_items_in_one_paragraph,
    "half width": lambda lines: [
        line.replace("（", "(").replace("）", ")").replace("，", ",") for line in lines
    ],
    "other brackets": lambda lines: [re.sub(r"（(类|款|项)）", r"【\1】", line) for line in lines],
    "blanks around figures": lambda lines: [re.sub(r"([0-9.,]+)", r" \1 ", line) for line in lines],
    "numerals for items": lambda lines: [
        re.sub(
            r"^([1-8])[.．、](?=“?[^。]{2,12}(?:（类）|〔类〕))",
            lambda m: f"（{'一二三四五六七八'[int(m[1]) - 1]}）",
            line,
        )
        for line in lines
    ],
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NARRATIVES)
def test_5_another_way_to_write_it_down_is_understood(name, way):
    lines = WAYS[way](narrative(name))
    assert [slip for slip in hold(lines, facts(name)) if slip.gravity != "note"] == []
    wrong = [re.sub(r"支出决算(为?)(?=\s*[0-9])", r"支出决算\g<1>9", line) for line in lines]
    slips = {slip.rule for slip in hold(wrong, facts(name))}
    assert {"N-AMOUNT", "N-SUM-FINAL"} <= slips
