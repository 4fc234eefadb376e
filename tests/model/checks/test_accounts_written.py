"""What is written about the final accounts: what lacks, what is found, what goes on to the next year.

1. each cell that lacks is told once, with its place; one reason for the sentences that it serves
2. a reason without a difference is a note, a character without a glyph an error
3. the clerk's own sentence is looked at, what the program makes beside it is not; a file's text leads to ours
4. terms, overview and telephone go on to the next year; a sentence with a year in it is seen to have moved
"""

import json
from dataclasses import replace

import pytest

from model.checks import check_accounts
from model.checks.accounts_unwritten import unwritten
from model.checks.finding import EMPTY
from model.document.answers import ACCOUNTS, Answers
from model.explanation.explanation import explain
from model.explanation.loader import outline_of
from model.filling.accounts import carry_accounts
from model.forms.loader import shipped
from model.reading.reading import read
from tests.explained import qiaokou_explained
from tests.final_accounts import read as read_accounts
from tests.final_accounts import typed_accounts

WHOLE = {"duties": "负责信息化。", "phone": "027-00000000"}


def reading(accounts):
    return read(shipped(), Answers({ACCOUNTS: accounts.answers}, "示例单位", "2022"))


def lacks(**cells):
    found = reading(qiaokou_explained(**WHOLE | cells))
    return {finding.address[1]: finding for finding in unwritten(found, found.accounts)}


def test_1_a_whole_one_lacks_nothing():
    assert lacks() == {}


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"total_reason": ""}, {"total_reason"}),
        ({"class_use.208": ""}, {"class_use.208"}),
        ({"last.total": ""}, {"last.total"}),
        ({"cars_other": "", "equipment": ""}, {"cars_other", "equipment"}),
        ({"duties": "", "phone": " "}, {"duties", "phone"}),
    ],
)
def test_1_each_cell_that_lacks_is_told_once(cells, wanted):
    found = lacks(**cells)
    assert set(found) == wanted
    assert all(one.code in EMPTY and one.place and one.message.endswith("。") for one in found.values())


def test_1_before_there_are_figures_nothing_is_wanted():
    found = reading(typed_accounts({}))
    assert list(unwritten(found, found.accounts)) == []


def codes(**cells):
    answers = qiaokou_explained(**WHOLE).answers.with_texts(cells)
    found = check_accounts(reading(read_accounts(answers)))
    return {(one.code, one.address[1], one.severity) for one in found}


def test_2_a_reason_without_a_difference_is_a_note():
    note = ("N-REASON", "office_reason", "note")
    assert note in codes(office_reason="人员增加", **{"last.office": "0"})
    assert note not in codes(office_reason="人员增加", **{"last.office": "1"})
    same = {"s6.reason": "没有差别"}  # 8.88 of 8.88
    assert ("N-REASON", "s6.reason", "note") in codes(**same)
    assert ("N-REASON", "s6.reason", "note") not in codes(**same, **{"s6.budget": "8.00"})


def test_2_a_character_that_no_font_has_is_an_error():
    assert ("missing-glyph", "duties", "computed") in codes(duties="负责𡃁信息化。")
    assert not any(code == "missing-glyph" for code, _, _ in codes())


def test_3_only_the_clerk_s_own_words_are_looked_at():
    wanting = codes(total_reason="")
    assert not any(cell.startswith("text.") for _, cell, _ in wanting)  # （请填写） is no residue of hers
    found = codes(**{"text.spending": "2022年度支出合计187.80万元。"})
    assert ("N-AMOUNT", "text.spending", "judged") in found
    assert {cell for _, cell, _ in found if cell.startswith("text.")} == {"text.spending"}


def test_3_a_text_that_came_with_a_file_leads_to_our_sentence():
    text = ["三、支出决算情况说明", "2022年度支出合计187.80万元。"]
    answers = qiaokou_explained(**WHOLE).answers
    given = {"narrative": json.dumps(text, ensure_ascii=False)}
    accounts = read_accounts(replace(answers, given=given))
    (finding,) = [one for one in check_accounts(reading(accounts)) if one.code == "N-AMOUNT"]
    assert (finding.address[1], finding.place) == ("text.spending", "三")


def test_4_what_is_typed_once_goes_on_to_the_next_year():
    typed = {"explain.2050199": "自己的说明。", "staff_on_duty": "12", "total_reason": "人员增加"}
    own = {"text.units": "本单位独立核算。", "text.units.from": "从前生成的。", "text.total": "如表所示。"}
    carried = carry_accounts(qiaokou_explained(**WHOLE | typed | own), shipped(), "示例单位", "2023")
    kept = {"explain.2050199", "staff_on_duty", "duties", "phone", "text.units", "text.units.from"}
    assert kept <= set(carried.texts)
    assert not {"total_reason", "text.total", "s1.reason"} & set(carried.texts)
    accounts = read_accounts(carried)
    outline = outline_of(shipped(), accounts)
    overview = explain(accounts, outline, kind="overview")
    units = next(one for section in overview for one in section.passages if one.part.id == "units")
    assert units.sentence.is_stale
