"""What must balance: the data, a sound set that yields nothing, and one wrong cell that is told."""

import copy
import json
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.accounts.loader import rules_of
from model.checks import check_accounts
from model.document.answers import Answers, FormAnswers
from model.exchange.accounts_reader import read_accounts_file
from model.exchange.accounts_writer import write_accounts
from model.filling.importing import import_forms
from model.forms.loader import shipped
from model.reading.reading import read as read_document
from tests.final_accounts import (
    FOLDER,
    case,
    qiaokou,
    read,
    typed_accounts,
)
from tests.sound_accounts import as_printed, exact, sound

SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def findings(answers: FormAnswers):
    return check_accounts(read_document(shipped(), Answers({"a": answers}, answers.unit, answers.year)))


def reported(answers: FormAnswers):
    """What is claimed beside notes, as code, severity and place."""
    return [(f.code, f.severity, f.place) for f in findings(answers) if f.severity != "note"]


# --- the data


def test_all_rules_of_tables_and_forms_are_data_with_their_source():
    rules = rules_of(shipped())
    assert len(rules) == 129  # those of tables, forms and texts
    assert all(rule.source and rule.text and rule.name for rule in rules.values())
    assert {rule.severity for rule in rules.values()} == {"judged", "warning", "note"}


def test_rules_that_may_be_answered_are_errors_and_hints_are_notes():
    rules = rules_of(shipped())
    assert rules["T1-BAL"].severity == rules["X-357"].severity == "judged"
    assert rules["X-357E"].severity == rules["S-SUM"].severity == "warning"
    assert rules["X-56-30113"].severity == "note"


def published(answers: FormAnswers):
    """The printed tables of some accounts as another program would hand them on: nothing but cells."""
    whole = write_accounts(read(answers))
    kept = {key: whole[key] for key in ("edition", "unit", "year", "money_unit", "tables")}
    return {"schema": "ziping.accounts/1", **kept}


def leaves(entry, path=()) -> Iterator[tuple]:
    if isinstance(entry, dict | list):
        for key, inner in entry.items() if isinstance(entry, dict) else enumerate(entry):
            yield from leaves(inner, (*path, key))
    elif path[-1] not in ("code", "name"):
        yield path


def spoiled(data, path, by: Decimal):
    """The same tables with another amount in one cell; and the name of the cell."""
    other = copy.deepcopy(data)
    place = other["tables"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = str(Decimal(place[path[-1]] or 0) + by)
    row = place.get("code", "") or "all" if isinstance(path[1], int) else ""
    return other, f"{path[0]}.{row}.{path[-1]}" if row else ".".join(map(str, path))


@SLOW
@given(st.integers(0, 10**6))
def test_a_sound_set_yields_nothing_as_typed_or_as_read(seed):
    answers = sound(seed)
    assert reported(answers) == []
    as_read = read_accounts_file(published(answers), shipped())
    assert reported(as_read) == []
    assert as_read.given == {}


@SLOW
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_one_wrong_cell_is_told_and_hardly_anything_else(seed, dice):
    data = published(sound(seed))
    paths = list(leaves(data["tables"]))
    for path in dice.sample(paths, 4):
        other, name = spoiled(data, path, Decimal(dice.randint(30, 900)) / 10)
        found = reported(read_accounts_file(other, shipped()))
        assert 1 <= len(found) <= 2, (name, found)


@SLOW
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_a_tail_is_a_note_and_one_line_a_table(seed, dice):
    data = published(sound(seed))
    filled = [path for path in leaves(data["tables"]) if path[0] in ("t1", "t2", "t3", "t5")]
    other = data
    for path in dice.sample(filled, 3):
        if path[-1] not in ("total", "year"):
            continue
        other, _ = spoiled(other, path, Decimal("0.01")) if _is_filled(data, path) else (other, "")
    as_read = read_accounts_file(other, shipped())
    assert reported(as_read) == []
    tails = [f for f in findings(as_read) if f.code == "accounts-tail"]
    assert len(tails) == len({f.place for f in tails}) <= 4


def _is_filled(data, path) -> bool:
    entry = data["tables"]
    for key in path:
        entry = entry[key]
    return bool(entry)


@SLOW
@given(st.integers(0, 10**6))
def test_a_set_rounded_cell_by_cell_yields_no_error_and_comes_out_as_printed(seed):
    accounts = read(exact(seed))
    data = as_printed(accounts)
    as_read = read_accounts_file(data, shipped())
    assert reported(as_read) == []
    again = read(as_read)
    names = [name for name in accounts.names() if accounts.text(name) != "0.00"]  # less than 50 元 is blank
    assert {name: again.text(name) for name in names} == {name: accounts.text(name) for name in names}


@SLOW
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_one_wrong_cell_among_tails_is_told_once(seed, dice):
    data = as_printed(read(exact(seed)))
    for path in dice.sample(list(leaves(data["tables"])), 2):
        other, name = spoiled(data, path, Decimal(dice.randint(300, 3000)) / 100)
        found = reported(read_accounts_file(other, shipped()))
        assert 1 <= len(found) <= 2, (name, found)


def test_every_cell_of_a_published_set_that_is_wrong_is_told():
    """A changed amount of 硚口 2022 is told as an error or a warning; a fifth of all cells is tried."""
    data = {key: value for key, value in case("qiaokou_2022").items() if key not in ("forms", "narrative")}
    silent = []
    for path in list(leaves(data["tables"]))[::5]:
        other, name = spoiled(data, path, Decimal("7.77"))
        if not reported(read_accounts_file(other, shipped())):
            silent.append(name)
    assert silent == []


# --- the published cases


def without_text(name):
    """A published case without its paragraphs: their checks have tests of their own."""
    return {key: value for key, value in case(name).items() if key != "narrative"}


def as_published(change):
    """The tables of 硚口 2022 with one thing printed wrong; what is claimed."""
    data = {key: value for key, value in case("qiaokou_2022").items() if key not in ("forms", "narrative")}
    change(data["tables"])
    return reported(read_accounts_file(data, shipped()))


def test_an_empty_total_row_is_told_once():
    def empty(tables):
        tables["t5"][0] |= {"total": "", "basic": "", "project": ""}

    assert as_published(empty) == [("T5-ALL", "judged", "表5 合计 · 小计")]


def test_a_section_printed_as_another_total_is_told_once():
    def wrong(tables):
        row = next(row for row in tables["t3"] if row["code"] == "21011")
        row |= {"total": "1.94", "basic": "1.94"}

    assert as_published(wrong) == [("T3-LEVELS", "judged", "表3 21011 行政事业单位医疗 · 本年支出合计")]


def test_a_total_printed_wrong_in_a_ledger_is_told_once():
    def wrong(tables):
        tables["t1"]["out"]["year"] = "178.89"

    assert as_published(wrong) == [("T1-58", "judged", "表1 58行 本年支出合计")]


def test_the_slips_of_the_published_tables_are_told_and_nothing_else():
    answers = read_accounts_file(without_text("qiaokou_2022"), shipped())
    assert [(f.code, f.severity, f.place) for f in findings(answers)] == [
        ("X-56-30113", "note", "表6 30113 住房公积金"),
        ("N-NAME", "warning", "十三（三） · 信息化运行维护"),
        ("S-NARR-93", "judged", "十三（三） · 信息化运行维护"),
        ("S-OUTTURN", "judged", "附件 整体自评报告收支表 · 财政拨款收入 · 决算数"),
        ("S-OUTTURN", "judged", "附件 整体自评报告收支表 · 其他收入 · 决算数"),
        ("S-OUTTURN", "judged", "附件 整体自评报告收支表 · 基本支出小计 · 决算数"),
    ]


def test_a_text_without_tables_is_held_against_its_forms():
    answers = read_accounts_file(without_text("jianghan_2021"), shipped())
    (found,) = findings(answers)
    assert (found.code, found.severity, found.place) == ("N-PERF", "warning", "十三（一）")
    assert "138.92" in found.message


def test_misprinted_notes_and_names_of_a_file_are_told():
    tables = {
        table["id"]: table for table in json.loads((FOLDER / "tables.json").read_text("utf-8"))["tables"]
    }
    printed = {row["code"]: row["name"] for row in tables["t6"]["printed_right_block"] if row["name"]}
    data = published(qiaokou().answers) | {
        "notes": {"t4": [tables["t4"]["notes"][0], *tables["t4"]["printed_notes"]]},
        "names": {"t6": printed},
    }
    found = [(f.code, f.place) for f in findings(read_accounts_file(data, shipped())) if f.severity != "note"]
    assert found == [("X-NAMES", "表6 307"), ("T4-59-total", "表4 注")]


# --- single rules, both sides of each threshold


def codes(accounts) -> list[str]:
    return [code for code, _, _ in reported(accounts.answers)]


def test_economic_subjects_make_the_basic_spending():
    items = {"2050199": {"t3.basic": "10.00"}}
    assert codes(typed_accounts(items, {"t6.30101": "10.00"})) == []
    assert codes(typed_accounts(items, {"t6.30101": "10.01"})) == []  # a tail
    assert codes(typed_accounts(items, {"t6.30101": "10.02"})) == ["X-56"]


def test_a_table_that_is_not_begun_is_a_gap_and_in_a_file_an_error():
    typed = typed_accounts({"2050199": {"t3.basic": "10.00"}})
    assert codes(typed) == []
    as_read = import_forms([("表", typed.answers)], shipped()).answers.forms["a"]
    assert codes(read(as_read)) == ["X-56"]


def test_what_was_spent_of_grants_is_no_more_than_all():
    def accounts(grant):
        return typed_accounts({"2050199": {"t3.project": "10", "t5.project": grant, "t2.other": "1"}})

    assert "X-357" not in codes(accounts("10"))
    assert "X-357" not in codes(accounts("10.01"))
    assert "X-357" in codes(accounts("10.02"))


def test_without_other_sources_all_was_spent_of_grants():
    found = codes(typed_accounts({"2050199": {"t3.project": "10", "t5.project": "9"}}))
    assert "X-357E" in found
    assert "X-357" not in found


@pytest.mark.parametrize(
    ("code", "cell"),
    [("30212", "abroad"), ("31013", "car_purchase"), ("30231", "car_running"), ("30217", "reception")],
)
def test_official_travel_cars_and_guests_are_no_less_than_their_basic_part(code, cell):
    items = {"2050199": {"t3.basic": "5"}}
    cells = {f"t6.{code}": "5", f"t9.final.{cell}": "5"}
    assert codes(typed_accounts(items, cells)) == []
    assert codes(typed_accounts(items, cells | {f"t9.final.{cell}": "4.98"})) == [f"X-69-{code}"]


def test_carry_over_is_no_less_than_that_of_the_grants():
    items = {"2050199": {"t3.basic": "5", "t2.fiscal": "5"}}
    cells = {"t6.30101": "5", "t4.in.opening_general": "3", "t1.in.opening": "3"}
    assert codes(typed_accounts(items, cells)) == []
    found = codes(typed_accounts(items, cells | {"t1.in.opening": "2"}))
    assert found == ["X-OPEN", "X-CLOSE"]


def test_income_and_spending_balance_where_the_carry_over_is_typed_over():
    items = {"2050199": {"t3.basic": "5", "t2.fiscal": "5", "t5.basic": "5"}}
    cells = {"t6.30101": "5", "t1.in.opening": "3"}
    assert codes(typed_accounts(items, cells | {"t1.out.closing": "3"})) == []
    assert "T1-BAL" in codes(typed_accounts(items, cells | {"t1.out.closing": "2.5"}))


def test_an_old_name_of_a_subject_is_told():
    cells = {"name.20805": "行政事业单位离退休", "t6.30108": "6.15"}
    (found,) = findings(typed_accounts({"2080505": {"t3.basic": "6.15"}}, cells).answers)
    assert (found.code, found.severity, found.place) == ("X-NAMES", "warning", "表3 20805 行政事业单位离退休")
    assert "旧名称" in found.message


def test_a_finding_has_a_title_both_figures_and_where_to_jump():
    items = {"2050199": {"t3.basic": "10.00"}}
    (found,) = [f for f in findings(typed_accounts(items, {"t6.30101": "12"}).answers) if f.code == "X-56"]
    assert found.title == "基本支出一致"
    assert found.address == ("a", "t5.all.basic")
    assert "10.00" in found.message
    assert "12.00" in found.message
    over = typed_accounts(items, {"t6.30217": "10", "t9.final.reception": "1"})
    (found,) = [f for f in findings(over.answers) if f.code == "X-69-30217"]
    assert found.address == ("a", "t6.30217")
