"""Random final accounts that hold every rule: of grants alone, with other income, carry-over or a fund."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from model.accounts.accounts import Accounts
from model.accounts.loader import subjects_of
from model.document.answers import FormAnswers
from model.exchange.accounts_writer import write_accounts
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


# --- as a bureau's software prints them: exact in 元, each cell rounded to 万元 on its own


def exact(seed: int) -> FormAnswers:
    """A set in 元 of up to thirty subjects, with other income or carry-over now and then."""
    dice = random.Random(seed)
    has_other, is_carried = dice.random() < 0.4, dice.random() < 0.4
    items: dict[str, dict[str, str]] = {}
    granted = Decimal(0)
    for code in sorted(dice.sample(ITEMS, dice.randint(1, 30))):
        basic = Decimal(dice.randint(10_000, 90_000_000)) / 100
        project = Decimal(dice.randint(10_000, 90_000_000)) / 100 if dice.random() < 0.5 else Decimal(0)
        other = min(basic, Decimal(dice.randint(5_000, 900_000)) / 100) if has_other else Decimal(0)
        cells = {"t3.basic": basic, "t3.project": project}
        if has_other:
            cells |= {"t2.business": other, "t2.fiscal": basic + project - other}
        elif is_carried:
            cells["t2.fiscal"] = basic + project + Decimal("1234.56")
        if has_other or is_carried:
            cells |= {"t5.basic": basic - other, "t5.project": project}
        granted += basic - other
        items[code] = {name: str(amount) for name, amount in cells.items() if amount}
    cells_of_tables = {"money_unit": "元", **_economic(dice, granted)}
    if is_carried:
        cells_of_tables |= {"t1.in.opening": "345678.91", "t4.in.opening_general": "45678.99"}
    return accounts_answers(items, cells_of_tables, edition_id=dice.choice((WUHAN, SHANGHAI)))


def _economic(dice: random.Random, granted: Decimal) -> dict[str, str]:
    found = {}
    for code in ECONOMIC:
        part = (
            granted
            if code == ECONOMIC[-1]
            else (granted * dice.randint(0, 30) / 100).quantize(Decimal("0.01"))
        )
        granted -= part
        found |= {f"t6.{code}": str(part)} if part else {}
    return found


def as_printed(accounts: Accounts) -> dict[str, Any]:
    """The tables of some accounts as an exchange file of what stands on paper."""
    tables = write_accounts(accounts)["tables"]
    for table, body in tables.items():
        for name, holder, key in _cells(table, body):
            holder[key] = accounts.text(name)
    return {
        "schema": "ziping.accounts/1",
        "edition": accounts.definition.id,
        "unit": accounts.name,
        "year": int(accounts.year),
        "tables": tables,
    }


def _cells(name: str, body: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    if isinstance(body, list):
        for row in body:
            keys = [key for key in row if key not in ("code", "name")]
            yield from ((f"{name}.{row['code'] or 'all'}.{key}", row, key) for key in keys)
        return
    for key, entry in body.items():
        if isinstance(entry, dict):
            yield from _cells(f"{name}.{key}", entry)
        else:
            yield f"{name}.{key}", body, key
