"""`ziping.accounts/1`: written and read again without loss, what is not known is kept, null is not blank."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.exchange.accounts_reader import read_accounts_file
from model.exchange.accounts_writer import write_accounts
from model.exchange.exchange import decode, encode, read_exchange
from model.forms.loader import shipped
from tests.final_accounts import (
    QIAOKOU_CELLS,
    QIAOKOU_ITEMS,
    SHANGHAI,
    accounts_answers,
    case,
    published_cells,
    qiaokou,
    read,
)
from tests.sound_accounts import sound


def read_again(answers):
    """What reading gives of what is written."""
    written = encode(write_accounts(read(answers)))
    return read_exchange(decode(written), shipped())


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_what_is_written_is_read_again(seed):
    answers = sound(seed)
    assert read_again(answers) == answers


@pytest.mark.parametrize("name", ["qiaokou_2022", "jianghan_2021"])
def test_a_published_case_is_read_and_written_without_loss(name):
    data = case(name)
    answers = read_exchange(data, shipped())
    assert read_again(answers) == answers
    written = write_accounts(read(answers))
    for key in (
        "edition",
        "unit",
        "year",
        "money_unit",
        "last_year",
        "narrative",
        "forms",
        "slips",
        "region",
    ):
        assert written[key] == data[key], key
    if data["tables"]:
        cells = dict(published_cells(data["tables"]))
        assert {name: dict(published_cells(written["tables"]))[name] for name in cells} == cells


def test_a_case_becomes_what_a_clerk_would_have_typed():
    answers = read_exchange(case("qiaokou_2022"), shipped())
    accounts = read(answers)
    typed = {item.code: {} for item in accounts.items}
    for item in accounts.items:
        for cell, text in answers.texts.items():
            row, _, path = cell.partition(".")
            if row == item.id and path not in ("code", "name"):
                typed[item.code][path] = text
    assert typed == QIAOKOU_ITEMS
    cells = {cell: text for cell, text in answers.texts.items() if cell.startswith("t")}
    assert cells == QIAOKOU_CELLS
    assert set(answers.given) == {"narrative", "forms"}  # nothing that was printed says anything else


def test_texts_of_every_kind_come_back():
    answers = accounts_answers(
        {
            "2050199": {"t3.basic": "5.0", "reason": "节约。\n第二行", "use": "=1+1"},
            "bad": {"t3.basic": "五"},
        },
        {
            "t1.out.closing": "0",
            "total_reason": "增资",
            "class_use.205": "工资",
            "buy_goods": "1",
            "last.total": "7",
        },
    ).with_rows("expenses", ("e1",))
    answers = answers.with_texts({"e1.name": "网络", "e1.amount": "3", "s1.t5.basic": "0"})
    assert read_again(answers) == answers


def test_unknown_entries_stand_where_they_stood():
    data = case("qiaokou_2022") | {"colour": {"a": [1, None]}}
    data["last_year"]["weather"] = "rain"
    data["tables"]["t10"] = [{"x": 1}]
    data["tables"]["t3"][2]["remark"] = "注"
    data["tables"]["t4"]["out"]["205"]["other"] = "1"
    data["tables"]["t6"]["31005"] = ""
    written = write_accounts(read(read_exchange(data, shipped())))
    assert written["colour"] == {"a": [1, None]}
    assert written["last_year"]["weather"] == "rain"
    assert written["tables"]["t10"] == [{"x": 1}]
    assert written["tables"]["t3"][2]["remark"] == "注"
    assert written["tables"]["t4"]["out"]["205"]["other"] == "1"
    assert written["tables"]["t6"]["31005"] == ""


# --- what a file does not know


def codes(answers):
    from model.checks import check_accounts
    from model.document.answers import Answers
    from model.reading.reading import read as read_document

    found = check_accounts(read_document(shipped(), Answers({"a": answers}, answers.unit, answers.year)))
    return [f.code for f in found if f.severity != "note"]


def without_text():
    return {key: value for key, value in case("qiaokou_2022").items() if key not in ("narrative", "forms")}


@pytest.mark.parametrize("table", [f"t{n}" for n in range(1, 10)])
@pytest.mark.parametrize("how", ["null", "absent"])
def test_a_table_that_is_missing_makes_no_error(table, how):
    data = without_text()
    if how == "null":
        data["tables"][table] = None
    else:
        del data["tables"][table]
    answers = read_exchange(data, shipped())
    assert codes(answers) == []
    assert read_again(answers) == answers


def test_null_cells_make_no_error_and_stay_null():
    data = without_text()
    for row in data["tables"]["t3"]:
        row["basic"] = None
    data["tables"]["t6"]["30101"] = None
    data["tables"]["t1"]["in"]["general"] = None
    answers = read_exchange(data, shipped())
    assert codes(answers) == []
    written = write_accounts(read(answers))
    assert written["tables"]["t3"][3]["basic"] is None
    assert written["tables"]["t6"]["30101"] is None
    assert read_again(answers) == answers
    assert read(answers).text("t3.all.total") == "187.89"


def test_any_single_cell_may_be_null():
    data = without_text()
    cells = list(published_cells(data["tables"]))
    for name, _ in cells[::17]:
        other = copy.deepcopy(data)
        _set(other["tables"], name, None)
        assert codes(read_exchange(other, shipped())) == [], name


def _set(tables, name, value):
    table, _, rest = name.partition(".")
    body = tables[table]
    if isinstance(body, list):
        code, _, key = rest.partition(".")
        next(row for row in body if (row["code"] or "all") == code)[key] = value
    elif table in ("t6", "t9"):
        body[rest] = value
    else:
        *path, key = rest.split(".")
        for part in path:
            body = body[part]
        body[key] = value


def test_a_row_of_table_6_that_the_edition_does_not_have_makes_its_sum_unknown():
    data = without_text()
    data["tables"]["t6"] |= {"31005": "2.00", "310": "2.00", "running": "10.81"}
    data["tables"]["t6"]["30299"] = "1.88"
    data["tables"]["t6"]["302"] = "6.81"
    data["tables"]["t6"]["running"] = "8.81"
    answers = read_exchange(data, shipped())
    assert codes(answers) == []
    assert read(answers).text("t6.310") == "2.00"
    assert read_again(answers) == answers


def test_rows_that_a_file_leaves_out_are_blank_or_unknown_where_their_sum_says_more():
    data = without_text()
    del data["tables"]["t6"]["30101"]
    assert codes(read_exchange(data, shipped())) == []
    assert read(read_exchange(data, shipped())).text("t6.301") == "81.08"


# --- other layouts of the same


def test_codes_with_blanks_amounts_with_commas_and_dashes():
    data = without_text()
    for row in data["tables"]["t3"]:
        row["code"] = " ".join((row["code"][:3], row["code"][3:5], row["code"][5:])).strip()
        row["project"] = row["project"] or "—"
        row["operating"] = "0.00"
    data["tables"]["t1"]["in"]["total"] = "187.890"
    answers = read_exchange(data, shipped())
    assert codes(answers) == []
    assert answers.text("s1.code") == "2050199"


def test_yuan_are_kept_exactly():
    answers = accounts_answers({"2050199": {"t3.project": "1234567.89"}}, {"money_unit": "元"})
    assert read_again(answers) == answers
    written = write_accounts(read(answers))
    assert written["money_unit"] == "元"
    assert written["tables"]["t1"]["out"]["205"] == "1234567.89"
    plain = {k: v for k, v in written.items() if k not in ("subjects", "texts", "expenses")}
    assert codes(read_exchange(plain, shipped())) == []


def test_another_edition_is_read_by_its_own_tables():
    answers = accounts_answers({"2050199": {"t3.project": "5"}}, edition_id=SHANGHAI, year="2024")
    written = json.loads(encode(write_accounts(read(answers))))
    assert list(written["tables"]["t8"]) == []
    assert read_accounts_file(written, shipped()) == answers
    assert qiaokou().definition.id != written["edition"]
