"""The published explanation made again, for tests: what a clerk of 硚口 2022 would have typed."""

import re

from model.accounts.accounts import Accounts
from model.explanation.explanation import ToldSection, explain
from model.explanation.loader import outline
from model.explanation.outline import Outline
from model.forms.loader import shipped
from tests.final_accounts import QIAOKOU_CELLS, QIAOKOU_ITEMS, typed_accounts

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


def qiaokou_told(**cells: str) -> Accounts:
    """The accounts of 硚口 2022 with all that its explanation says."""
    items = {
        code: {**columns, "budget": _ITEM_TEXTS[code][0], "reason": _ITEM_TEXTS[code][1]}
        for code, columns in QIAOKOU_ITEMS.items()
    }
    return typed_accounts(items, QIAOKOU_CELLS | _TEXTS | cells)


def shipped_outline(outline_id: str) -> Outline:
    """A shipped outline."""
    return outline(shipped(), outline_id)


def told(accounts: Accounts, outline_id: str = "wuhan-2022") -> tuple[ToldSection, ...]:
    """The sections of an explanation."""
    return explain(accounts, shipped_outline(outline_id))


def paragraphs(sections: tuple[ToldSection, ...]) -> list[str]:
    """The paragraphs as printed, joined sentences in one, headings left out."""
    found: list[str] = []
    for section in sections:
        for n, one in enumerate(section.told):
            if one.joined and n and found:
                found[-1] += one.text
            elif one.text:
                found.append(one.text)
    return found


def plain(text: str) -> str:
    """A text without blanks, and with one kind of brackets."""
    return re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")
