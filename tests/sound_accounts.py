"""Random final accounts that hold every rule: of grants alone, with other income, carry-over or a fund."""

import random
from decimal import Decimal

from model.accounts.loader import subjects_of
from model.document.answers import FormAnswers
from model.forms.loader import shipped
from tests.final_accounts import SHANGHAI, WUHAN, WUHAN_2021, accounts_answers

ITEMS = sorted(code for code in subjects_of(shipped(), "2022").functional if len(code) == 7)
ECONOMIC = ("30101", "30102", "30107", "30201", "30228", "31002", "30302")


def _amount(dice: random.Random) -> Decimal:
    return Decimal(dice.randint(1, 90000)) / 100


def sound(seed: int) -> FormAnswers:
    """A set of accounts that holds every rule: of grants alone, with other income, carry-over or a fund."""
    dice = random.Random(seed)
    style = dice.choice(("grants", "other income", "carry-over", "fund"))
    items: dict[str, dict[str, str]] = {}
    granted = Decimal(0)
    for code in sorted(dice.sample(ITEMS, dice.randint(1, 8))):
        basic, project = _amount(dice), _amount(dice) if dice.random() < 0.4 else Decimal(0)
        cells = {"t3.basic": basic, "t3.project": project}
        other = min(basic, _amount(dice)) if style == "other income" else Decimal(0)
        if style == "other income":
            cells |= {"t2.business": other, "t2.fiscal": basic + project - other}
            cells |= {"t5.basic": basic - other, "t5.project": project}
        elif style == "carry-over":
            cells["t2.fiscal"] = basic + project + 1
        granted += basic - other
        items[code] = {name: str(amount) for name, amount in cells.items() if amount}
    cells_of_tables = {"t9.budget.reception": "1.00", "t9.final.reception": "0.50"}
    if style == "carry-over":
        cells_of_tables |= {"t1.in.opening": "3.50", "t4.in.opening_general": "3.50"}
    if style == "fund":
        items["2296002"] = {"t3.project": "20", "t7.project": "20", "t7.income": "20", "name": "彩票公益金"}
    for code in ECONOMIC:
        part = (
            granted
            if code == ECONOMIC[-1]
            else (granted * dice.randint(0, 40) / 100).quantize(Decimal("0.01"))
        )
        granted -= part
        cells_of_tables |= {f"t6.{code}": str(part)} if part else {}
    edition = dice.choice((WUHAN, WUHAN_2021, SHANGHAI))
    return accounts_answers(items, cells_of_tables, edition_id=edition)
