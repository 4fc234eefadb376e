"""What final accounts lack: each want with a set that lacks it and one that does not."""

from model.checks.open_items import completeness_of_accounts, open_items
from model.document.answers import ACCOUNTS, Answers
from model.forms.loader import shipped
from model.reading.reading import read
from tests.final_accounts import QIAOKOU_CELLS, QIAOKOU_ITEMS, accounts_answers, typed_accounts

BESIDE = {"last.total": "1", "last.grant": "1", "last.general": "1", "buy_services": "0", "cars_other": "0"}


def lacking(items, cells):
    return completeness_of_accounts(typed_accounts(items, cells)).missing


def test_a_blank_set_asks_for_a_subject_alone():
    assert lacking({"": {}}, {}) == ("s1.code",)
    assert lacking({}, {}) == ("s1.code",)


def test_a_subject_asks_for_an_amount_and_then_for_its_budget_and_table_6():
    assert lacking({"2050199": {}}, {}) == ("s1.t3.basic",)
    assert lacking({"2050199": {"t3.basic": "5"}}, BESIDE) == ("s1.budget", "t6.30101")
    assert lacking({"2050199": {"t3.basic": "5", "budget": "0"}}, BESIDE | {"t6.30201": "5"}) == ()


def test_an_amount_without_a_code_asks_for_the_code():
    assert "s1.code" in lacking({"": {"t3.basic": "5"}}, BESIDE)


def test_what_stands_beside_the_tables_is_wanted_once_a_group():
    found = lacking({"2050199": {"t3.project": "5", "budget": "5"}}, {})
    assert found == ("last.total", "last.grant", "last.general", "buy_goods", "cars_leader")


def test_the_accounts_of_a_document_are_among_what_is_open():
    answers = accounts_answers(QIAOKOU_ITEMS | {"2299901": {"t3.basic": "约5"}}, QIAOKOU_CELLS)
    items = open_items(read(shipped(), Answers({ACCOUNTS: answers}, "示例单位", "2022")))
    assert {item.address[0] for item in items} == {ACCOUNTS}
    assert "s8.t3.basic" in {item.address[1] for item in items if item.severity == "error"}
    gaps = {item.address[1]: item.sentence for item in items if item.severity == "gap"}
    assert "s1.budget" in gaps
    assert all(sentence.endswith("。") for sentence in gaps.values())
