"""Final accounts of a file meet those of the document: by their codes, in the document's unit of money."""

from model.document.answers import ACCOUNTS, Answers
from model.document.document import Document
from model.filling.accounts import last_accounts
from model.filling.merging import apply, merge
from model.forms.loader import shipped
from tests.final_accounts import QIAOKOU_CELLS, accounts_answers


def together(mine, theirs):
    document = Document(Answers({ACCOUNTS: mine}, "示例单位", "2022"))
    with document.edit("导入") as edit:
        apply(edit, ACCOUNTS, merge(mine, theirs, shipped()))
    return document.answers.forms[ACCOUNTS]


def test_rows_meet_by_their_codes_and_others_are_added():
    mine = accounts_answers({"2080505": {"budget": "6.68"}, "2050199": {"t3.basic": "70"}})
    theirs = accounts_answers(
        {"2050199": {"t3.basic": "66.90"}, "2080505": {"t3.basic": "6.15"}, "2210201": {}}
    )
    found = together(mine, theirs)
    assert found.text("s1.t3.basic") == "6.15"
    assert found.text("s2.t3.basic") == "70"  # what is typed stays
    assert [found.text(f"{row}.code") for row in found.rows["subjects"]] == ["2080505", "2050199", "2210201"]


def test_amounts_come_in_the_unit_of_the_document_and_counts_stay():
    mine = accounts_answers({"2050199": {}})
    theirs = accounts_answers(
        {"2050199": {"t3.basic": "669,012.34"}},
        {
            "money_unit": "元",
            "t6.30101": "212500",
            "cars_other": "12",
            "buy_goods": "5000",
            "last.total": "约五万",
        },
    )
    found = together(mine, theirs)
    cells = ("s1.t3.basic", "t6.30101", "cars_other", "buy_goods", "last.total", "money_unit")
    assert [found.text(cell) for cell in cells] == ["66.901234", "21.25", "12", "0.5", "约五万", ""]


# --- of another edition: another year or region has other columns, economic subjects and fields

SHANGHAI, WUHAN_2021 = "shanghai-2024", "wuhan-2021"


def test_accounts_of_another_edition_go_where_there_is_a_place_for_them():
    mine = accounts_answers({"2050199": {}}, edition_id=SHANGHAI)
    theirs = accounts_answers(
        {"2050199": {"t3.basic": "9", "t2.other": "1"}}, {"t6.30101": "4", "t6.30701": "5", "phone": "027"}
    )
    found = merge(mine, theirs, shipped())
    assert found.homeless == ("t6.30701",)  # 上海 has no 307
    merged = together(mine, theirs)
    cells = ("s1.t3.basic", "s1.t2.other", "t6.30101", "t6.30701", "phone")
    assert [merged.text(cell) for cell in cells] == ["9", "1", "4", "", "027"]
    assert merged.definition == SHANGHAI


def test_what_only_the_other_edition_has_is_homeless_in_columns_too():
    mine = accounts_answers({"2230105": {}})
    theirs = accounts_answers({"2230105": {"t8.income": "3", "t8.project": "3"}}, edition_id=SHANGHAI)
    found = merge(mine, theirs, shipped())
    assert found.homeless == ("s1.t8.income",)
    assert found.empty["s1.t8.project"] == "3"


def test_printed_sums_come_along_only_where_the_edition_has_the_cell():
    mine = accounts_answers({"2050199": {}})
    given = {"t8.all.income": "3", "t3.all.total": "7", "narrative": "[]"}
    theirs = accounts_answers({"2050199": {}}, edition_id=SHANGHAI, given=given)
    assert set(together(mine, theirs).given) == {"t3.all.total", "narrative"}


def test_editions_of_two_years_of_a_region_have_the_same_places():
    theirs = accounts_answers({"2050199": {"t3.basic": "9"}}, QIAOKOU_CELLS, edition_id=WUHAN_2021)
    assert merge(accounts_answers({"2050199": {}}), theirs, shipped()).homeless == ()


def test_published_accounts_of_the_year_before_give_their_totals_and_subjects():
    last = accounts_answers({"2050199": {"t3.basic": "9", "use": "工资"}}, edition_id=WUHAN_2021, year="2021")
    begun = last_accounts(last, shipped(), "示例单位", "2022")
    assert begun.text("last.total") == "9.00"
    assert [begun.text(f"{row}.code") for row in begun.rows["subjects"]] == ["2050199"]
    assert begun.text("s1.t3.basic") == ""
    mine = accounts_answers({"2080505": {"t3.basic": "1"}}, {"last.total": "8"})
    given = last_accounts(last, shipped(), "示例单位", "2022", mine)
    assert "subjects" not in given.rows
    assert merge(mine, given, shipped()).added == 0
    [met] = merge(mine, given, shipped()).meetings
    assert (met.cell, met.mine, met.theirs) == ("last.total", "8", "9.00")
