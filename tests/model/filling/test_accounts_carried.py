"""带入上年: last year's totals and subjects come into accounts, only where nothing is typed."""

import pytest

from model.basics.errors import UserError
from model.document.answers import ACCOUNTS, Answers
from model.document.document import Document
from model.filling.accounts_carried import carried_into
from tests.final_accounts import QIAOKOU_CELLS, QIAOKOU_ITEMS, accounts_answers, read

LAST = accounts_answers(
    QIAOKOU_ITEMS, QIAOKOU_CELLS | {"phone": "027-00000000", "s1.use": "教育", "office": "2.5"}
)


def carried(items, cells=None, *, year="2023", last=LAST):
    now = accounts_answers(items, cells, year=year)
    found = carried_into(read(now), read(last))
    document = Document(Answers({ACCOUNTS: now}, "示例单位", year))
    with document.edit("带入上年") as edit:
        found.put(edit)
    return document.answers.forms[ACCOUNTS], found.said


def test_totals_of_last_year_and_the_subjects_come_into_a_blank_set():
    answers, said = carried({"": {}})
    assert answers.text("last.total") == "187.89"
    assert answers.text("last.general") == "187.89"
    rows = answers.rows["subjects"]
    assert [answers.text(f"{row}.code") for row in rows] == list(QIAOKOU_ITEMS)
    assert answers.text(f"{rows[0]}.use") == "教育"
    assert answers.text(f"{rows[0]}.t3.basic") == ""
    assert said == "已带入7 个科目、8 处上年数和文字。"


def test_what_is_typed_stays_and_a_list_that_is_begun_gets_no_rows():
    answers, _ = carried({"2050199": {"t3.basic": "5"}}, {"last.total": "190", "phone": "027-11111111"})
    assert answers.text("last.total") == "190"
    assert answers.text("phone") == "027-11111111"
    assert answers.text("last.grant") == "187.89"
    assert answers.rows["subjects"] == ("s1",)


WORKS = {"works_note": "两条主线。", "w1.item": "教师培训", "w1.aim": "全员", "w1.result": "已培训 300 人"}


def test_the_main_work_begins_as_it_was_planned_and_without_results():
    last = accounts_answers(QIAOKOU_ITEMS, QIAOKOU_CELLS | WORKS).with_rows("works", ("w1",))
    answers, said = carried({"": {}}, last=last)
    (row,) = answers.rows["works"]
    assert [answers.text(f"{row}.{key}") for key in ("item", "aim", "result")] == ["教师培训", "全员", ""]
    assert answers.text("works_note") == "两条主线。"
    assert "1 项重点工作" in said


def test_main_work_that_is_written_stays():
    last = accounts_answers(QIAOKOU_ITEMS, QIAOKOU_CELLS | WORKS).with_rows("works", ("w1",))
    answers, _ = carried({"2050199": {}}, {"works_note": "今年的。"}, last=last)
    assert answers.text("works_note") == "今年的。"


@pytest.mark.parametrize(("unit", "total", "office"), [("元", "1878900", "25000"), ("", "187.89", "2.5")])
def test_amounts_come_in_the_unit_of_this_year(unit, total, office):
    answers, _ = carried({"": {}}, {"money_unit": unit})
    assert (answers.text("last.total"), answers.text("last.office")) == (total, office)


@pytest.mark.parametrize("year", ["2022", "2024"])
def test_only_the_year_before_is_last_year(year):
    with pytest.raises(UserError, match=f"应取自 {int(year) - 1} 年度的自评簿，这个是 2022 年度的"):
        carried({"": {}}, year=year)


def test_a_document_without_accounts_gives_nothing():
    with pytest.raises(UserError, match="没有部门决算"):
        carried_into(read(accounts_answers({"": {}})), None)
