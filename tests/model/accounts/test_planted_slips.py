"""Three invented publications are sound; each rule of the tables is broken in each of them, and told.

What is told stands at a cell that was changed or names it, and has both figures; hardly more is claimed.
"""

from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from model.accounts.loader import rules_of
from model.accounts.places import place
from model.checks import check_accounts
from model.document.answers import Answers
from model.exchange.accounts_reader import read_accounts_file
from model.exchange.accounts_writer import write_accounts
from model.forms.loader import shipped
from model.reading.reading import read as read_document
from tests.final_accounts import read
from tests.invented_accounts import publication

UNITS = ("street", "bureau", "centre")
SLIP = Decimal("7.77")  # 万元
MUCH = 120_000  # times that: more than a unit has
SAID_ELSEWHERE = {  # a slip that two rules find is told by the first, or by the one that names its cell
    "T4-59-total": "T4-COL",
    "T4-64-total": "T4-COL",
    "X-12": "X-IN-8",
    "X-13": "X-CLASS1",
    "X-24": "X-FISC",
    "X-45": "X-CLASS4",
    "X-47": "X-CLASS4F",
    "X-48": "accounts-differ",
}
Change = tuple[str, int]


def findings(data: dict[str, Any]):
    answers = read_accounts_file(data, shipped())
    document = Answers({"a": answers}, answers.unit, answers.year)
    return check_accounts(read_document(shipped(), document))


def of_weight(data: dict[str, Any]):
    return [found for found in findings(data) if found.severity != "note"]


def codes_of(unit: str, table: str) -> list[str]:
    return [row["code"] for row in publication(unit)["tables"][table] if len(row["code"]) == 7]


# --- where a slip is planted


def _one(*cells: str) -> list[Change]:
    return [(cell, 1) for cell in cells]


def _moved(more: str, less: str) -> list[Change]:
    return [(more, 1), (less, -1)]


def _by_subject(unit: str, table: str, total: str, part: str) -> dict[str, list[Change]]:
    name, codes = table.upper(), codes_of(unit, table)
    if not codes:
        return {}
    item = codes[1 % len(codes)]
    return {
        f"{name}-ROW": _one(f"{table}.{item}.{total}"),
        f"{name}-LEVELS": _one(f"{table}.{item[:5]}.{total}", f"{table}.{item[:5]}.{part}"),
        f"{name}-ALL": _one(f"{table}.all.{total}", f"{table}.all.{part}"),
    }


def _spent(source: str, code: str) -> list[Change]:
    """表4 has more spent of a source, and so less left; its sums are right."""
    more = [f"t4.out.{line}.{column}" for line in (code, "year") for column in (source, "total")]
    return [*_one(*more), (f"t4.out.closing.{source}", -1), ("t4.out.closing.total", -1)]


def _left(source: str, other: str) -> list[Change]:
    return [
        *_moved(f"t4.out.closing.{source}", f"t4.out.closing.{other}"),
        *_moved(f"t4.out.total.{source}", f"t4.out.total.{other}"),
    ]


def _balance() -> dict[str, list[Change]]:
    totals = _one("t1.in.year", "t1.in.total", "t1.out.closing", "t1.out.total")
    fiscal = [f"t4.out.{line}.{column}" for line in ("closing", "total") for column in ("general", "total")]
    into = _one("t1.in.general", "t4.in.general", "t4.in.year", "t4.in.total", *fiscal)
    return {
        "T1-27": _one("t1.in.year"),
        "T1-31": _one("t1.in.total"),
        "T1-58": _one("t1.out.year"),
        "T1-62": _one("t1.out.total"),
        "T1-BAL": _one("t1.out.closing", "t1.out.total"),
        "T4-27": _one("t4.in.year"),
        "T4-28": _one("t4.in.opening"),
        "T4-32": _one("t4.in.total"),
        "T4-COL": _one("t4.out.205.total"),
        "T4-BAL": _one(*fiscal),
        "X-12": [*_one("t1.in.other"), *totals],
        "X-13": [*_one("t1.out.205", "t1.out.year"), ("t1.out.closing", -1)],
        "X-FISC": [*into, *totals],
        "X-24": [*into, *totals],
    }


def _by_source() -> dict[str, list[Change]]:
    found = {}
    for source in ("total", "general", "fund", "capital"):
        found[f"T4-59-{source}"] = _one(f"t4.out.year.{source}")
        found[f"T4-64-{source}"] = _one(f"t4.out.total.{source}")
    for source, other in (("general", "fund"), ("fund", "general"), ("capital", "general")):
        found[f"T4-SRC-{source}"] = _left(source, other)
    return found


def _between() -> dict[str, list[Change]]:
    incomes = zip("45678", ("superior", "business", "operating", "subsidiary", "other"), strict=True)
    found = {
        f"X-IN-{no}": _moved(f"t1.in.{key}", f"t1.in.{'other' if key != 'other' else 'business'}")
        for no, key in incomes
    }
    return found | {
        "X-CLASS1": _moved("t1.out.205", "t1.out.208"),
        "X-14-1": _moved("t1.in.general", "t1.in.other"),
        "X-14-2": _moved("t1.in.fund", "t1.in.general"),
        "X-14-3": _moved("t1.in.capital", "t1.in.general"),
        "X-45": _spent("general", "205"),
        "X-47": _spent("fund", "212"),
        "X-48": _spent("capital", "223"),
        "X-CLASS4": [
            *_moved("t4.out.205.general", "t4.out.208.general"),
            *_moved("t4.out.205.total", "t4.out.208.total"),
        ],
        "X-CLASS4F": [
            *_moved("t4.out.212.fund", "t4.out.229.fund"),
            *_moved("t4.out.212.total", "t4.out.229.total"),
        ],
        "X-47I": [*_moved("t4.in.fund", "t4.in.general"), *_moved("t1.in.fund", "t1.in.general")],
        "X-47O": _moved("t4.in.opening_fund", "t4.in.opening_general"),
        "X-47C": _left("fund", "general"),
        "X-56": _one("t6.30227", "t6.302", "t6.running"),
        "X-OPEN": [(f"t1.{cell}", -MUCH) for cell in ("in.opening", "in.total", "out.closing", "out.total")],
        "X-CLOSE": [("t1.out.closing", -MUCH), ("t1.out.distributed", MUCH)],
    }


def _official() -> dict[str, list[Change]]:
    sums = {"T9-1": "budget.total", "T9-3": "budget.car", "T9-7": "final.total", "T9-9": "final.car"}
    found = {rule: _one(f"t9.{cell}") for rule, cell in sums.items()}
    for code in ("30212", "30217", "30231", "31013"):
        found[f"X-69-{code}"] = [(f"t6.{code}", 1), (f"t6.{code[:3]}", 1), ("t6.302", -1), ("t6.30227", -1)]
    return found


@cache
def plants(unit: str) -> dict[str, list[Change]]:
    """By rule the cells that are changed, each by so many slips."""
    economic = publication(unit)["tables"]["t6"]
    found = {f"T6-{code}": _one(f"t6.{code}") for code in economic if len(code) == 3}
    found |= {"T6-STAFF": _one("t6.staff"), "T6-RUN": _one("t6.running")}
    for table, total, part in (
        ("t2", "total", "fiscal"),
        ("t3", "total", "basic"),
        ("t5", "total", "basic"),
        ("t7", "spending", "basic"),
        ("t8", "total", "basic"),
    ):
        found |= _by_subject(unit, table, total, part)
    if closing := codes_of(unit, "t7"):
        found["T7-CLOSE"] = _one(f"t7.{closing[0]}.closing")
    item = codes_of(unit, "t5")[1]
    rows = [f"t5.{code}.{key}" for code in (item, item[:5], item[:3], "all") for key in ("basic", "total")]
    least = (f"t3.{item}.basic", 0)  # it has less than was spent of the grants
    economic_rows = _one("t6.30227", "t6.302", "t6.running")
    found["X-357"] = [*_one(*rows), *_spent("general", item[:3]), *economic_rows, least]
    return found | _balance() | _by_source() | _between() | _official()


def _spoil(data: dict[str, Any], cell: str, by: Decimal) -> None:
    table, *rest = cell.split(".")
    holder = data["tables"][table]
    if isinstance(holder, list):
        code = "" if rest[0] == "all" else rest[0]
        holder, rest = next(row for row in holder if row["code"] == code), rest[1:]
    elif table == "t9":
        rest = [".".join(rest)]
    for key in rest[:-1]:
        holder = holder[key]
    holder[rest[-1]] = f"{Decimal(holder[rest[-1]] or 0) + by:.2f}"


def spoiled(unit: str, changes: list[Change]) -> dict[str, Any]:
    data = publication(unit)
    slip = SLIP * 10_000 if data["money_unit"] == "元" else SLIP
    for cell, times in changes:
        _spoil(data, cell, slip * times)
    return data


# --- the publications


@pytest.mark.parametrize("unit", UNITS)
def test_a_sound_publication_yields_nothing_and_comes_out_as_it_was(unit):
    data = publication(unit)
    assert of_weight(data) == []
    answers = read_accounts_file(data, shipped())
    accounts = read(answers)
    for table in ("t2", "t3", "t5"):
        assert list(accounts.rows[table]) == [row["code"] for row in data["tables"][table][1:]]
    tails = [found for found in findings(data) if found.code == "accounts-tail"]
    assert len(tails) == len({found.place for found in tails})
    assert bool(tails) == (unit == "bureau")


CASES = [(unit, rule) for unit in UNITS for rule in plants(unit)]


@pytest.mark.parametrize(("unit", "rule"), CASES)
def test_a_planted_slip_is_told_at_its_place_with_both_figures(unit, rule):
    changes = plants(unit)[rule]
    found = of_weight(spoiled(unit, changes))
    reported = {one.code for one in found}
    assert rule in reported or SAID_ELSEWHERE.get(rule) in reported, found
    accounts = read(read_accounts_file(publication(unit), shipped()))
    places = {place(accounts, cell) for cell, _ in changes}
    assert any(one.place in places or any(place in one.message for place in places) for one in found)
    assert len(found) <= 4
    for one in found:
        assert one.code == "accounts-negative" or len(one.basis) == 2
        assert all(figure in one.message for figure in one.basis)


def test_every_rule_of_the_tables_was_planted():
    ids = {rule for rule in rules_of(shipped()) if rule[0] in "TX"}
    planted = {rule for _, rule in CASES}
    by_hand = {"X-357E", "X-CODES", "X-NAMES", *(rule for rule in ids if rule.startswith("X-56-"))}
    assert ids - planted == by_hand


# --- names, subjects, economic subjects, forms


def _row(data: dict[str, Any], table: str, code: str) -> dict[str, Any]:
    return next(row for row in data["tables"][table] if row["code"] == code)


@pytest.mark.parametrize("unit", UNITS)
def test_grants_alone_are_all_that_was_spent(unit):
    data = publication(unit)
    code = codes_of(unit, "t5")[1]
    for above in (code, code[:5], code[:3], ""):
        row = _row(data, "t3", above)
        row |= {key: f"{Decimal(row[key]) + 100_000:.2f}" for key in ("basic", "total")}
    reported = [found for found in of_weight(data) if found.code == "X-357E"]
    assert bool(reported) == (unit == "bureau")  # the others have income of their own


@pytest.mark.parametrize("unit", UNITS)
def test_a_name_of_another_code_or_another_name_in_another_table_is_told(unit):
    data = publication(unit)
    first, second = codes_of(unit, "t5")[:2]
    _row(data, "t5", first)["name"] = "其他城乡社区支出"
    assert [(one.code, first in one.place) for one in of_weight(data)] == [("X-CODES", True)]
    data = publication(unit)
    for table in ("t2", "t3", "t5"):
        _row(data, table, second)["name"] = _row(data, table, first)["name"]
    assert [(one.code, second in one.place) for one in of_weight(data)] == [("X-NAMES", True)]


@pytest.mark.parametrize("unit", UNITS)
def test_a_subject_of_grants_that_all_spending_lacks_is_told(unit):
    data = publication(unit)
    code = codes_of(unit, "t5")[1]
    data["tables"]["t3"] = [row for row in data["tables"]["t3"] if row["code"] != code]
    reported = of_weight(data)
    assert [(one.code, code in one.place) for one in reported] == [("X-CODES", True)]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    ("economic", "subject"), [("30108", "2080505"), ("30113", "2210201"), ("30111", "2101103")]
)
def test_an_economic_subject_that_differs_from_its_functional_one_is_a_note(unit, economic, subject):
    data = publication(unit)
    if subject not in codes_of(unit, "t5"):
        pytest.skip("the unit has no such subject")
    slip = SLIP * 10_000 if data["money_unit"] == "元" else SLIP
    for code, by in ((economic, slip), ("30101", -slip)):
        _spoil(data, f"t6.{code}", by)
    notes = [one for one in findings(data) if one.code == f"X-56-{economic}"]
    assert [one.severity for one in notes] == ["note"]
    assert of_weight(data) == []


FORM_SLIPS = {
    "S-TOTAL": ("department", "executed"),
    "S-BASIC": ("department", "basic"),
    "S-PROJECT": ("department", "project"),
}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("rule", FORM_SLIPS)
def test_a_form_that_says_something_else_is_told(unit, rule):
    data = publication(unit)
    accounts = read(read_accounts_file(data, shipped()))
    names = {"executed": "t1.out.year", "basic": "t3.all.basic", "project": "t3.all.project"}
    department = {key: accounts.text(name) for key, name in names.items()}
    data["forms"] = {"department": department | {"budget": department["executed"]}}
    assert of_weight(data) == []
    department = data["forms"]["department"]
    key = FORM_SLIPS[rule][1]
    department[key] = f"{Decimal(department[key]) - SLIP:.2f}"
    reported = of_weight(data)
    assert len(reported) <= 2
    assert rule in {one.code for one in reported}
    assert all(department[key] in one.message for one in reported if one.code == rule)


@pytest.mark.parametrize("unit", UNITS)
def test_what_was_read_is_written_and_read_again_as_it_was(unit):
    data = publication(unit)
    code = codes_of(unit, "t5")[1]
    data["tables"]["t3"] = [row for row in data["tables"]["t3"] if row["code"] != code]
    data["tables"]["t1"]["in"]["year"] = None
    data |= {"by": {"someone": [1, 2]}}
    data["tables"]["t1"]["in"]["remark"] = 7
    answers = read_accounts_file(data, shipped())
    written = write_accounts(read(answers))
    assert read_accounts_file(written, shipped()) == answers
    assert written["by"] == {"someone": [1, 2]}
    assert written["tables"]["t1"]["in"]["remark"] == 7
    assert {(one.code, one.place) for one in of_weight(written)} == {
        (one.code, one.place) for one in of_weight(data)
    }


# --- what no rule of sums finds


@pytest.mark.parametrize("unit", UNITS)
def test_a_row_that_is_printed_twice_is_told_and_kept(unit):
    data = publication(unit)
    code = codes_of(unit, "t3")[0]
    rows = data["tables"]["t3"]
    rows.insert(rows.index(_row(data, "t3", code)) + 1, dict(_row(data, "t3", code), basic="1.00"))
    [found] = of_weight(data)
    assert (found.code, found.severity, code in found.place) == ("accounts-subject", "warning", True)
    answers = read_accounts_file(data, shipped())
    written = write_accounts(read(answers))
    assert [row["code"] for row in written["tables"]["t3"]].count(code) == 2
    assert read_accounts_file(written, shipped()) == answers


@pytest.mark.parametrize("unit", UNITS)
def test_a_subject_without_its_code_is_not_taken_for_the_sum_of_all(unit):
    data = publication(unit)
    rows = data["tables"]["t5"]
    first = next(n for n, row in enumerate(rows) if len(row["code"]) == 7)
    name, rows[first]["code"] = rows[first]["name"], ""
    rows.append(rows.pop(0))  # 合计 as the last row
    reported = of_weight(data)
    assert [name in one.message for one in reported if one.code == "accounts-subject"] == [True]
    answers = read_accounts_file(data, shipped())
    assert read(answers).printed("t5.all.total") == Decimal(rows[-1]["total"])
    written = write_accounts(read(answers))["tables"]["t5"]
    assert [row["name"] for row in written if not row["code"]] == ["合计", name]


@pytest.mark.parametrize("text", ["abc", "九十万", "9" * 40])
def test_a_printed_sum_that_is_no_amount_is_told_with_its_text(text):
    data = publication("street")
    section = codes_of("street", "t3")[0][:5]
    _row(data, "t3", section)["basic"] = text
    [found] = of_weight(data)
    assert section in found.place
    assert text[:19] in found.message
