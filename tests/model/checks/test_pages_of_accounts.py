"""Tables of the final accounts that break badly over pages are open; each may be set aside by itself."""

import pytest

from model.checks.open_items import all_items, open_items, pages_of_accounts
from model.document.answers import ACCOUNTS, Answers, Reply
from model.forms.loader import shipped
from model.reading.reading import read
from tests.final_accounts import accounts_answers, qiaokou, typed_accounts

CODES = [code for code in qiaokou().subjects.functional if len(code) == 7]


def items(count):
    return {code: {"t3.basic": "1.00"} for code in CODES[:count]}


@pytest.mark.parametrize(("count", "tables"), [(27, []), (28, ["表2 第 3 页", "表3 第 3 页"]), (29, [])])
def test_a_last_page_with_next_to_nothing_is_open(count, tables):
    found = pages_of_accounts(typed_accounts(items(count)))
    assert [item.finding.where for item in found] == tables
    assert {item.kind for item in found} <= {"page-short"}


def test_each_is_set_aside_by_itself():
    answers = accounts_answers(items(28))
    first, second = pages_of_accounts(typed_accounts(items(28)))
    assert first.address != second.address
    answers = answers.with_reply(
        first.kind, first.address[1], Reply("科目多，一页放不下", first.finding.found)
    )
    reading = read(shipped(), Answers({ACCOUNTS: answers}, "示例单位", "2022"))
    of_pages = [item for item in all_items(reading) if item.kind == "page-short"]
    assert [item.is_set_aside for item in of_pages] == [True, False]
    assert [item.finding.where for item in open_items(reading) if item.kind == "page-short"] == [
        "表3 第 3 页"
    ]
