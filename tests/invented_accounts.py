"""Publications that nobody made: their tables worked out by hand arithmetic, without any code of the program.

street   a 街道 (wuhan-2022): 46 项 of 14 类, a fund, state capital, other income, carry-over
bureau   a bureau (wuhan-2021) in 元: nothing but grants, nothing carried over, 三公
centre   a centre (shanghai-2024): 26 类, tables in another order, a fund, income of state capital, carry-over

`publication(name)` is an exchange file as another program would write it: only what stands on paper.
"""

import copy
import random
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from model.accounts.loader import edition, subjects_of
from model.forms.loader import shipped

Amounts = dict[str, Decimal]
OTHERS = ("superior", "business", "operating", "subsidiary", "other")
PASSED_ON = ("to_superior", "operating", "to_subsidiary")
FUND, CAPITAL = ("2120803", "2296002"), ("2230105",)
NAMES = {
    "2120803": "城市建设支出",
    "21208": "国有土地使用权出让收入安排的支出",
    "2296002": "用于社会福利的彩票公益金支出",
    "22960": "彩票公益金安排的支出",
    "2230105": "国有企业退休人员社会化管理补助支出",
    "22301": "解决历史遗留问题及改革成本支出",
}
_ECONOMIC = (
    "30101",
    "30102",
    "30103",
    "30107",
    "30108",
    "30201",
    "30211",
    "30217",
    "30231",
    "30302",
    "31002",
)
_EQUAL = {"30108": "2080505", "30109": "2080506", "30111": "2101103", "30113": "2210201"}


class Unit:
    """What a unit did in a year: its 项 with amounts by source."""

    def __init__(self, seed: int, *, count: int, in_yuan: bool, mixed: bool, year: str) -> None:
        self.dice, self.in_yuan, self.year = random.Random(seed), in_yuan, year
        names = subjects_of(shipped(), year).functional
        known = sorted(code for code in names if len(code) == 7 and code not in (*FUND, *CAPITAL))
        self.general = {
            code: (self.amount(), self._some()) for code in sorted(self.dice.sample(known, count))
        }
        self.own = {code: self._own() for code in list(self.general)[::7]} if mixed else {}
        self.fund = {code: (self.amount(), self.amount(), self.amount()) for code in FUND} if mixed else {}
        self.capital = {code: (self.amount(), self.amount()) for code in CAPITAL} if mixed else {}
        self.opening = self.amount() if mixed else Decimal(0)
        self.saved = self.amount() if mixed else Decimal(0)
        self.names = NAMES | {code: name for code, name in names.items() if code not in NAMES}

    def amount(self) -> Decimal:
        """An amount that is not 0."""
        return Decimal(self.dice.randint(5_000, 90_000_000 if self.in_yuan else 900_000)) / 100

    def _some(self) -> Decimal:
        return self.amount() if self.dice.random() < 0.5 else Decimal(0)

    def _own(self) -> Amounts:
        return {key: self.amount() for key in self.dice.sample(OTHERS, 2)}


def publication(name: str) -> dict[str, Any]:
    """The tables of one of the units as published, to be changed freely."""
    return copy.deepcopy(_made(name))


@cache
def _made(name: str) -> dict[str, Any]:
    if name == "street":
        return _published(Unit(11, count=43, in_yuan=False, mixed=True, year="2022"), "wuhan-2022")
    if name == "bureau":
        return _published(Unit(12, count=17, in_yuan=True, mixed=False, year="2021"), "wuhan-2021")
    return _published(Unit(13, count=26, in_yuan=False, mixed=True, year="2024"), "shanghai-2024")


def _published(unit: Unit, edition_id: str) -> dict[str, Any]:
    has_income = edition_id.startswith("shanghai")
    t3, t2, t5, t7, t8 = _rows(unit)
    tables: dict[str, Any] = {
        "t2": _levels(unit, t2, ("total", "fiscal", *OTHERS)),
        "t3": _levels(unit, t3, ("total", "basic", "project", *PASSED_ON)),
        "t5": _levels(unit, t5, ("total", "basic", "project")),
        "t7": _levels(unit, t7, ("opening", "income", "spending", "basic", "project", "closing")),
        "t8": _levels(
            unit,
            t8,
            (
                *(("opening", "income") if has_income else ()),
                "total",
                "basic",
                "project",
                *(("closing",) if has_income else ()),
            ),
        ),
    }
    classes = list(edition(shipped(), edition_id).classes)
    ledger4 = _fiscal(unit, classes, t5, t7, t8, _sum(t2, "fiscal"))
    tables |= {"t4": ledger4, "t1": _all(unit, classes, t2, t3, ledger4)}
    economic = _economic(unit, t5, edition_id)
    tables |= {"t6": economic, "t9": _official(economic)}
    return {
        "schema": "ziping.accounts-case/1",
        "id": "invented",
        "edition": edition_id,
        "unit": "示例街道办事处",
        "year": int(unit.year),
        "region": "示例市",
        "complete": True,
        "money_unit": "元" if unit.in_yuan else "万元",
        "keys": "as in tables.json",
        "last_year": {"total": None},
        "tables": {key: _texts(body) for key, body in sorted(tables.items())},
    }


def _rows(unit: Unit) -> tuple[dict[str, Amounts], ...]:
    """The 项 of 表3, 表2, 表5, 表7 and 表8."""
    t3: dict[str, Amounts] = {}
    t2: dict[str, Amounts] = {}
    t5: dict[str, Amounts] = {}
    for code, (basic, project) in unit.general.items():
        own = sum(unit.own.get(code, {}).values(), Decimal(0))
        t5[code] = {"total": basic + project, "basic": basic, "project": project}
        t3[code] = {"total": basic + project + own, "basic": basic + own, "project": project}
        t2[code] = {"total": basic + project + own, "fiscal": basic + project, **unit.own.get(code, {})}
    if unit.own:  # some of it was passed on
        code = next(iter(unit.general))
        t3[code] |= dict(zip(PASSED_ON, (Decimal(3), Decimal(2), Decimal(1)), strict=True))
        t3[code]["basic"] -= 6
    t7 = {
        code: {
            "opening": opening,
            "income": income,
            "spending": spent,
            "basic": spent - min(spent, income),
            "project": min(spent, income),
            "closing": opening + income - spent,
        }
        for code, (opening, income, more) in unit.fund.items()
        for spent in (min(opening + income, more),)
    }
    t8 = {
        code: {
            "opening": Decimal(0),
            "income": basic + project,
            "total": basic + project,
            "basic": basic,
            "project": project,
            "closing": Decimal(0),
        }
        for code, (basic, project) in unit.capital.items()
    }
    for code, row in (*t7.items(), *t8.items()):
        spent = row["basic"] + row["project"]
        t3[code] = {"total": spent, "basic": row["basic"], "project": row["project"]}
        t2[code] = {"total": row["income"], "fiscal": row["income"]}
    return t3, t2, t5, t7, t8


def _fiscal(
    unit: Unit,
    classes: Iterable[str],
    t5: Mapping[str, Amounts],
    t7: Mapping[str, Amounts],
    t8: Mapping[str, Amounts],
    fiscal: Decimal,
) -> dict[str, Any]:
    """表4."""
    fund, capital = _sum(t7, "income"), _sum(t8, "income")
    opening = {"general": unit.opening, "fund": _sum(t7, "opening"), "capital": Decimal(0)}
    into: Amounts = {"general": fiscal - fund - capital, "fund": fund, "capital": capital, "year": fiscal}
    into |= {
        "opening": sum(opening.values(), Decimal(0)),
        **{f"opening_{key}": value for key, value in opening.items()},
    }
    into["total"] = into["year"] + into["opening"]
    out: dict[str, Amounts] = {
        code: {
            "general": _sum(_of(code, t5), "total"),
            "fund": _sum(_of(code, t7), "spending"),
            "capital": _sum(_of(code, t8), "total"),
        }
        for code in classes
    }
    out["year"] = {key: sum((row[key] for row in out.values()), Decimal(0)) for key in opening}
    out["closing"] = {key: into[key] + opening[key] - out["year"][key] for key in opening}
    out["total"] = {key: out["year"][key] + out["closing"][key] for key in opening}
    return {
        "in": into,
        "out": {line: {"total": sum(row.values(), Decimal(0)), **row} for line, row in out.items()},
    }


def _all(
    unit: Unit,
    classes: Iterable[str],
    t2: Mapping[str, Amounts],
    t3: Mapping[str, Amounts],
    ledger4: Mapping[str, Any],
) -> dict[str, Any]:
    """表1."""
    into: Amounts = {key: ledger4["in"][key] for key in ("general", "fund", "capital")}
    into |= {key: _sum(t2, key) for key in OTHERS}
    into |= {
        "year": _sum(t2, "total"),
        "nonfiscal_used": unit.saved,
        "opening": ledger4["in"]["opening"] + unit.saved,
    }
    into["total"] = into["year"] + into["nonfiscal_used"] + into["opening"]
    out: Amounts = {code: _sum(_of(code, t3), "total") for code in classes}
    out["year"] = sum(out.values(), Decimal(0))
    out |= {"distributed": unit.saved / 2 if unit.saved else Decimal(0)}
    out["distributed"] = out["distributed"].quantize(Decimal("0.01"))
    out |= {"closing": into["total"] - out["year"] - out["distributed"], "total": into["total"]}
    return {"in": into, "out": out}


def _economic(unit: Unit, t5: Mapping[str, Amounts], edition_id: str) -> Amounts:
    """表6: what 表5 spent as basic, by economic subjects."""
    left = _sum(t5, "basic")
    found: Amounts = {}
    for code, subject in _EQUAL.items():
        if amount := t5.get(subject, {}).get("basic", Decimal(0)):
            found[code], left = amount, left - amount
    if amount := t5.get("2101101", {}).get("basic", Decimal(0)) + t5.get("2101102", {}).get(
        "basic", Decimal(0)
    ):
        found["30110"], left = amount, left - amount
    for code in _ECONOMIC:
        if code not in found and code not in _EQUAL:
            found[code] = (left * unit.dice.randint(2, 20) / 100).quantize(Decimal("0.01"))
            left -= found[code]
    found["30227"] = left
    heads = {code[:3] for code in _codes(edition_id)}
    sums = {
        head: sum((v for code, v in found.items() if code.startswith(head)), Decimal(0)) for head in heads
    }
    staff = sums["301"] + sums["303"]
    blank = dict.fromkeys(_codes(edition_id), Decimal(0))
    return {**blank, **found, **sums, "staff": staff, "running": sum(sums.values(), Decimal(0)) - staff}


def _codes(edition_id: str) -> list[str]:
    return [row.code for row in edition(shipped(), edition_id).table("t6").body.rows]  # type: ignore[union-attr]


def _official(economic: Amounts) -> Amounts:
    """表9: what the basic part of 表6 has, and a budget of a quarter more."""
    spent = {"abroad": "30212", "car_purchase": "31013", "car_running": "30231", "reception": "30217"}
    found: Amounts = {}
    for side, by in (("budget", Decimal("1.25")), ("final", Decimal(1))):
        parts = {key: (economic[code] * by).quantize(Decimal("0.01")) for key, code in spent.items()}
        car = parts["car_purchase"] + parts["car_running"]
        total = parts["abroad"] + car + parts["reception"]
        found |= {f"{side}.{key}": value for key, value in {"total": total, "car": car, **parts}.items()}
    return found


def _of(code: str, rows: Mapping[str, Amounts]) -> dict[str, Amounts]:
    return {other: row for other, row in rows.items() if other.startswith(code)}


def _sum(rows: Mapping[str, Amounts], key: str) -> Decimal:
    return sum((row.get(key, Decimal(0)) for row in rows.values()), Decimal(0))


def _levels(unit: Unit, rows: Mapping[str, Amounts], keys: Iterable[str]) -> list[dict[str, Any]]:
    """合计, then 类, 款 and 项 by code; nothing where there is no 项."""
    codes = sorted({code[:n] for code in rows for n in (3, 5, 7)})
    names = unit.names | {
        code: name.split("、")[1] for code, name in edition(shipped(), "wuhan-2022").classes.items()
    }
    lines = [("", "合计"), *((code, names.get(code, "")) for code in codes)] if rows else []
    return [
        {"code": code, "name": name, **{key: _sum(_of(code, rows), key) for key in keys}}
        for code, name in lines
    ]


def _texts(body: Any) -> Any:
    """Amounts as printed: blank for 0."""
    if isinstance(body, dict):
        return {key: _texts(entry) for key, entry in body.items()}
    if isinstance(body, list):
        return [_texts(entry) for entry in body]
    return (f"{body:.2f}" if body else "") if isinstance(body, Decimal) else body
