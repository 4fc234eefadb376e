"""The published explanation made again, for tests: what a clerk of 硚口 2022 would have typed."""

import re

from model.accounts.accounts import Accounts
from model.accounts.items import EXPENSES
from model.explanation.explanation import FilledSection, explain
from model.explanation.loader import outline
from model.explanation.outline import Outline
from model.forms.loader import shipped
from tests.final_accounts import QIAOKOU_CELLS, QIAOKOU_ITEMS, accounts_answers, read, typed_accounts

UNIT = "武汉市硚口区教育局信息技术中心"
_ITEM_TEXTS = {  # 年初预算 and reason of each 项
    "2050199": (
        "156.13",
        "一是在职人员工资增加；二是项目支出增加了“平安校园”联网经费5万元",
    ),
    "2080505": ("6.68", "缴费基数调整"),
    "2101102": ("3.63", "单位有特级教师不需要缴纳医疗保险"),
    "2101103": ("5.92", "单位有特级教师不需要发放医疗补助"),
    "2101199": ("0.5", "单位有特级教师不需要缴纳医疗险"),
    "2210201": ("8.88", ""),
    "2210202": ("1.85", ""),
}
_TEXTS = {
    "unit": UNIT,
    "last.total": "157.11",
    "last.grant": "157.11",
    "last.general_income": "157.11",
    "last.general": "157.11",
    "general_budget": "183.58",
    "total_reason": "在职人员工资福利和项目经费的增加。",
    "class_use.205": "用于在职人员工资、公用经费和项目经费",
    "class_use.208": "养老保险和职业年金支出",
    "class_use.210": "医疗保险，失业保险、医疗补助发放",
    "class_use.221": "住房提租补贴和住房公积金",
    "office": "0",
    "buy_goods": "0",
    "buy_works": "0",
    "buy_services": "66.5",
    "sme": "66.5",
    "micro": "66.5",
    "sme_services": "66.5",
    "abroad_groups": "0",
    "abroad_people": "0",
    "cars_kept": "0",
    "equipment": "0",
    "sub_units": "0",
    **{f"cars_{kind}": "0" for kind in "leader chief secret emergency law special retired other".split()},
}


def qiaokou_explained(**cells: str) -> Accounts:
    """The accounts of 硚口 2022 with all that its explanation says."""
    items = {
        code: {**columns, "budget": _ITEM_TEXTS[code][0], "reason": _ITEM_TEXTS[code][1]}
        for code, columns in QIAOKOU_ITEMS.items()
    }
    return typed_accounts(items, QIAOKOU_CELLS | _TEXTS | cells)


def shipped_outline(outline_id: str) -> Outline:
    """A shipped outline."""
    return outline(shipped(), outline_id)


def explained(accounts: Accounts, outline_id: str = "wuhan-2022") -> tuple[FilledSection, ...]:
    """The sections of an explanation."""
    return explain(accounts, shipped_outline(outline_id))


def paragraphs(sections: tuple[FilledSection, ...]) -> list[str]:
    """The paragraphs as printed, joined sentences in one, headings left out."""
    found: list[str] = []
    for section in sections:
        for n, one in enumerate(section.passages):
            if one.joined and n and found:
                found[-1] += one.text
            elif one.text:
                found.append(one.text)
    return found


def plain(text: str) -> str:
    """A text without blanks, and with one kind of brackets."""
    return re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")


_JIANGHAN_ITEMS = {
    "2050299": {
        "t3.basic": "698.58",
        "t3.project": "359.88",
        "budget": "1005.31",
        "reason": "在职员工的政策性增资经费",
    },
    "2059999": {"t3.basic": "16.10", "budget": "16.10"},
}
_JIANGHAN_CELLS = {  # sums and names as published; single amounts of 表6 nobody knows
    "unit": "武汉市江汉区教育局科技电教站",
    "t6.30101": "180",
    "t6.30102": "90",
    "t6.30107": "210.81",
    "t6.30108": "60",
    "t6.30110": "40",
    "t6.30111": "12",
    "t6.30112": "5",
    "t6.30113": "60",
    "t6.30302": "10",
    "t6.30201": "10.87",
    "t6.30203": "1",
    "t6.30207": "5",
    "t6.30213": "4",
    "t6.30226": "9",
    "t6.30227": "8",
    "t6.30228": "3",
    "t6.30229": "2",
    "t6.30299": "3",
    "t6.31002": "1",
    "last.total": "1018.61",
    "last.grant": "1018.61",
    "last.general": "1018.61",
    "last.general_income": "1018.61",
    "general_budget": "1021.41",
    "total_reason": "2021年增加建设发展项目经费81万元",
    "buy_goods": "2.84",
    "buy_works": "0",
    "buy_services": "84.74",
    "sme": "87.58",
    "micro": "29.59",
    "office": "0",
    "equipment": "0",
    **{f"cars_{kind}": "0" for kind in "leader chief secret emergency law special retired other".split()},
    "e1.name": "建设发展",
    "e1.amount": "79.13",
    "e1.result": "已落实38所学校的基础设备建设",
    "e2.name": "教育教学改革",
    "e2.amount": "141.83",
    "e2.result": "按照分层、分学科、分学段设计了主题培训",
    "e3.name": "政策性增资经费",
    "e3.amount": "138.92",
    "e3.result": "职工工资按时足额发放，公积金、养老保险和医疗保险等每月按时上交",
}


def jianghan_explained() -> Accounts:
    """The accounts of 江汉 2021 with all that its explanation says, by its own edition."""
    answers = accounts_answers(
        _JIANGHAN_ITEMS, _JIANGHAN_CELLS, edition_id="wuhan-2021", year="2021"
    ).with_rows(EXPENSES, ("e1", "e2", "e3"))
    return read(answers)
