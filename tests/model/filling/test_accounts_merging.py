"""Final accounts of a file meet those of the document: by their codes, in the document's unit of money."""

from model.document.answers import ACCOUNTS, Answers
from model.document.document import Document
from model.filling.merging import apply, merge
from model.forms.loader import shipped
from tests.final_accounts import accounts_answers


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
