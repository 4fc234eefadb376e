"""Reads a set of scoring rules from TOML; a mistake is refused with file, entry and key."""

from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

from model.basics.amount import Amount
from model.forms.definition import LIMITS, Cap, Grade, Limits, Regulation
from model.forms.rules import Band, Scheme
from model.forms.toml_table import TomlTable, each, open_toml, repeated


def read_regulation(path: Path) -> Regulation:
    """Return the scoring rules of a TOML file; raises UserError with file, entry and key."""
    return regulation_in(open_toml(path))


def regulation_in(top: TomlTable) -> Regulation:
    """Return the scoring rules of an opened TOML file; raises UserError with file, entry and key."""
    quantitative, qualitative = top.table("quantitative"), top.table("qualitative")
    direction, grades = top.table("direction"), top.table("grades")
    scheme = Scheme(
        reverse=cast(Literal["ratio", "linear"], quantitative.choice("reverse", ("ratio", "linear"))),
        bands=tuple(each(qualitative.tables("bands"), _band)),
        direction_doubtful=direction.texts("doubtful"),
        direction_clear=direction.texts("clear"),
        adverse=direction.texts("adverse") if direction.has("adverse") else (),
    )
    found = Regulation(
        id=top.filled("id"),
        name=top.text("name"),
        source=top.filled("source"),
        scheme=scheme,
        grades=tuple(each(grades.tables("list"), _grade)),
        limits=_limits(top.table("limits")) if top.has("limits") else LIMITS,
        caps=_caps(top.table("caps")) if top.has("caps") else (),
    )
    if not scheme.bands or repeated(band.level for band in scheme.bands):
        raise qualitative.refuse("bands", "至少一档，level 不能重复")
    if not found.grades or any(low.lowest >= high.lowest for high, low in pairwise(found.grades)):
        raise grades.refuse("list", "等级应从高到低排列，至少一个")
    for table in (quantitative, qualitative, direction, grades):
        table.filled("source")
        table.done()
    top.done()
    return found


def _grade(table: TomlTable) -> Grade:
    return Grade(table.filled("name"), table.number("lowest"), above=table.flag("above", False))


def _limits(table: TomlTable) -> Limits:
    """The limits of the checks; one that is not given is the usual one."""
    given = {name: table.number(name) for name in Limits._fields if table.has(name)}
    rounding = Amount(given.pop("rounding"), "万元") if "rounding" in given else LIMITS.rounding
    found = Limits(**given, rounding=rounding)
    table.filled("source")
    table.done()
    return found


def _caps(table: TomlTable) -> tuple[Cap, ...]:
    """What the total is at most where little of the budget was spent, the hardest first."""
    caps = each(table.tables("list"), lambda t: Cap(t.number("below"), t.number("most")))
    table.filled("source")
    table.done()
    return tuple(sorted(caps))


def _band(table: TomlTable) -> Band:
    band = Band(level=table.filled("level"), low=table.number("low"), high=table.number("high"))
    if not band.low < band.high <= 1:
        raise table.refuse("low", "应满足 low < high ≤ 1")
    return band
