"""Checks of the subjects in the final accounts: codes, names, and what stands in several tables."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from model.accounts import figures
from model.accounts.accounts import NAME, Accounts
from model.accounts.definition import ALL, LEVELS
from model.accounts.figures import UNKNOWN
from model.accounts.incoming import AGAIN
from model.accounts.places import place
from model.accounts.rules import BalanceRule
from model.basics.names import plain_name
from model.checks.accounts_finding import amount, at_cell, jump_cell, of_rule
from model.checks.finding import Finding, cut

Rules = Mapping[str, BalanceRule]
_NAMED = 3  # rows that a message names
SPENDING = "t3"  # it has all subjects


# --- names


def names_agree_between_tables(accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    """A code has one name in all tables, and what was spent of grants a row in all spending (X-CODES)."""
    for name, printed in accounts.answers.given.items():
        table, _, rest = name.partition(".")
        code, _, key = rest.partition(".")
        if key != NAME or table not in accounts.definition.subject_tables:
            continue
        if printed == UNKNOWN:
            yield from _lacking(accounts, rules, table, code)
            continue
        wanted = accounts.subject_name(code)
        if plain_name(printed) != plain_name(wanted) and not _is_old(accounts, code, printed):
            where = f"{accounts.definition.table(table).no} {code}"
            message = f"名称“{printed}”与其他表的“{wanted}”不同：请写成一样。"
            yield of_rule(accounts, rules["X-CODES"], f"{table}.{code}", message, where=where)


def rows_stand_once(accounts: Accounts) -> Iterator[Finding]:
    """A printed table has each subject once and with its code; a row that is otherwise counts nowhere."""
    for name, packed in accounts.answers.given.items():
        table, _, rest = name.partition(".")
        code, _, key = rest.partition(".")
        if key != AGAIN:
            continue
        rows, where = json.loads(packed), place(accounts, f"{table}.{code}.").rstrip(" ·")
        cell = jump_cell(accounts, name.replace(AGAIN, "total"))
        message = f"这一行在表里有 {len(rows) + 1} 次，只计第一次的数：请核对是否重复或编码有误。"
        if names := [str(row.get("name")) for row in rows if code == ALL and row.get("name")]:
            listed = "、".join(f"“{cut(one)}”" for one in names[:_NAMED])
            message = f"{listed}{'等' if len(names) > _NAMED else ''}没有科目编码，没有计入：请补上编码。"
            where = accounts.definition.table(table).no
        yield at_cell(accounts, "accounts-subject", "warning", cell, message, where=where)


def _lacking(accounts: Accounts, rules: Rules, table: str, code: str) -> Iterator[Finding]:
    """A 项 that a file has in 表5, 7 or 8 and not in 表3, where the sums say that there is one."""
    if table != SPENDING or len(code) != max(LEVELS):
        return
    for other, key in (("t5", "total"), ("t7", "spending"), ("t8", "total")):
        spent = (
            accounts.value(f"{other}.{code}.{key}") if other in accounts.definition.subject_tables else None
        )
        if spent:
            said, no = amount(accounts, spent), accounts.definition.table(other).no
            where = place(accounts, f"{SPENDING}.{code}.").rstrip(" ·")
            message = f"{no}有这个科目，支出 {said}，这里没有这一行：请核对是否漏列。"
            yield of_rule(accounts, rules["X-CODES"], f"{SPENDING}.{code}.total", message, where=where)


def _is_old(accounts: Accounts, code: str, name: str) -> bool:
    return plain_name(name) in map(plain_name, accounts.subjects.old.get(code, ()))


def names_fit_the_codes(accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    """Names are those of the year's list of subjects (X-NAMES)."""
    codes = sorted({code for rows in accounts.rows.values() for code in rows})
    given = accounts.answers.given.items()
    printed = {name.split(".")[1]: text for name, text in given if _is_name(name) and text != UNKNOWN}
    for code in codes:
        yield from _name(accounts, rules, code, printed.get(code, ""))
    yield from _economic_names(accounts, rules)


def _is_name(name: str) -> bool:
    return name.endswith(f".{NAME}") and name.count(".") == 2


def _name(accounts: Accounts, rules: Rules, code: str, printed: str) -> Iterator[Finding]:
    known, name = accounts.subjects.functional.get(code, ""), accounts.subject_name(code)
    for said in dict.fromkeys((name, printed)):
        if said and known and plain_name(said) != plain_name(known):
            is_old = _is_old(accounts, code, said)
            if said == printed != name and not is_old:
                return  # told already: the name of one table is not that of the others
            what = f"“{said}”是旧名称，现为" if is_old else f"名称“{said}”与《政府收支分类科目》不同，应为"
            where = place(accounts, f"t3.{code}.").rstrip(" ·")
            message = f"{what}“{known}”：请核对编码和名称。"
            cell = next(
                (f"{item.id}.{NAME}" for item in accounts.items if item.code == code), f"{NAME}.{code}"
            )
            yield of_rule(accounts, rules["X-NAMES"], cell, message, where=where)
            return


def _economic_names(accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    """Names that a file had printed in 表6."""
    table = next((table for table in accounts.definition.tables if table.id == "t6"), None)
    wrong = []
    for name, printed in accounts.answers.given.items():
        if name.startswith("t6.") and name.endswith(".name") and printed != UNKNOWN:
            code = name.split(".")[1]
            wanted = accounts.subjects.economic.get(code, "")
            if wanted and plain_name(printed) != plain_name(wanted):
                wrong.append((code, printed, wanted))
    if wrong and table is not None:
        code, printed, wanted = wrong[0]
        more = f"，另有 {len(wrong) - 1} 个科目的名称也不符" if len(wrong) > 1 else ""
        message = f"{code} 的名称印作“{printed}”，应为“{wanted}”{more}：请核对编码和名称。"
        where = f"{table.no} {code}"
        yield of_rule(accounts, rules["X-NAMES"], f"t6.{code}", message, where=where)


# --- economic and functional


def economic_and_functional_agree(accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    """Some economic subjects of 表6 usually are what their functional ones of 表5 have; a hint to look."""
    for rule in rules.values():
        if rule.kind != "economic" or accounts.is_empty("t6") or accounts.is_empty("t5"):
            continue
        said = accounts.printed(rule.left)
        parts = [accounts.printed(name) for _, name in rule.terms]
        if said is None or None in parts:
            continue
        found = sum((part or Decimal(0) for part in parts), Decimal(0))
        if abs(said - found) > figures.same_tail(accounts.unit):
            names = "、".join(name.split(".")[1] for _, name in rule.terms)
            no = accounts.definition.table("t5").no
            one, other = amount(accounts, said), amount(accounts, found)
            message = f"{one}，{no} {names} 的基本支出是 {other}，两者通常相同：请核对是否有列入其他科目的。"
            yield of_rule(accounts, rule, rule.left, message, basis=(one, other))
