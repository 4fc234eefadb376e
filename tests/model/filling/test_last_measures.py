"""The measures of last year's report stand in this year's, one a row, their state to be told.

Requirements, each test names its own:
 1. a text is taken apart where it counts or where it breaks a line; figures and dates are no counting
 2. a new year begins with them; those of another edition find their table too; a form without one has none
 3. they are printed with their states, exchanged, and added once
"""

import pytest

from model.document.answers import Answers
from model.document.document import Document
from model.exchange.exchange import read_exchange, write_exchange
from model.filling.blank import set_with
from model.filling.carryover import carry_over
from model.filling.last_measures import measures_in, measures_of_last_year, put_measures
from model.forms.loader import metrics, shipped
from model.reading.reading import read
from model.report.report_tables import table_grid
from tests.builders import HUNAN, WUHAN
from tests.published import published

LIBRARY = shipped()
TEXT = "针对以上问题：一是按季度通报执行进度；二是组织 2 次培训。"
MORE = "建立台账，2.5 万元以上的逐笔登记。"


def last(**texts):
    form = published("qiaokou_xinxi_2022_department").answers
    return Answers({"d": form.with_texts(texts)}, form.unit, "2022")


def carried(answers, set_of=WUHAN):
    form_set = set_with(LIBRARY, set_of)
    assert form_set is not None
    return carry_over(answers, form_set, answers.unit, "2023", LIBRARY)


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        (TEXT, ["按季度通报执行进度", "组织 2 次培训。"]),
        ("1.细化目标；2. 5月前完成", ["细化目标", "5月前完成"]),
        ("1、细化目标；2、加强监控", ["细化目标", "加强监控"]),
        ("（一）建台账。（二）细化。", ["建台账。", "细化。"]),
        ("一、二季度各通报一次。", ["一、二季度各通报一次。"]),
        ("①甲；②乙", ["甲", "乙"]),
        ("加强管理。\n\n细化目标。", ["加强管理。", "细化目标。"]),
        ("加强管理，一是甲，二是乙", ["甲", "乙"]),
        ("具体措施如下：\n甲", ["甲"]),
        (MORE, [MORE]),
        ("无。", []),
        ("", []),
    ],
)
def test_1_a_text_is_taken_apart_where_it_counts(text, measures):
    assert list(measures_in(text)) == measures


def rows_of(form, column="measure"):
    return [form.text(f"{row}.{column}") for row in form.rows.get("last_measures", ())]


def test_2_a_new_year_begins_with_them():
    form = carried(last(improvement=TEXT, **{"report.measures_note": MORE})).forms["d"]
    assert rows_of(form) == ["按季度通报执行进度", "组织 2 次培训。", MORE]
    assert rows_of(form, "state") == ["", "", ""]


def test_2_without_measures_there_is_no_row():
    assert rows_of(carried(last(improvement="无")).forms["d"]) == []


def test_2_those_of_another_provinces_form_find_their_table():
    assert rows_of(carried(last(improvement=MORE), HUNAN).forms["d"]) == [MORE]


def test_2_a_form_whose_report_has_no_place_for_them_has_none():
    assert measures_of_last_year(last(improvement=MORE).forms["d"], "wuhan-declaration-2024", LIBRARY) is None


def test_3_they_are_printed_with_their_states_and_exchanged():
    answers = carried(last(improvement=TEXT))
    form = answers.forms["d"]
    first = form.rows["last_measures"][0]
    form = form.with_texts({f"{first}.state": "部分落实", f"{first}.note": "三季度起按月通报䶮。"})
    (shown,) = read(LIBRARY, Answers({"d": form}, answers.unit, "2023")).forms
    outline = LIBRARY.outline(form.definition)
    grid = table_grid(shown, outline.table("last_measures"), metrics())
    texts = [cell.text for cell in grid.cells]
    assert texts[:4] == ["序号", "上年提出的改进措施", "落实情况", "说明"]
    assert texts[4:8] == ["1", "按季度通报执行进度", "部分落实", "三季度起按月通报䶮。"]
    data = write_exchange(form, shown.definition)
    again = read_exchange(data, LIBRARY)
    assert rows_of(again, "state") == ["部分落实", ""]


def test_3_they_are_added_once_and_what_stands_there_stays():
    before, now = last(improvement=TEXT).forms["d"], last().forms["d"]
    document = Document(Answers({"d": now}, now.unit, "2023"))
    for _ in range(2):
        (form,) = read(LIBRARY, document.answers).forms
        found = measures_of_last_year(before, now.definition, LIBRARY)
        with document.edit("带入") as edit:
            put_measures(edit, form, found)
    assert rows_of(document.answers.forms["d"]) == ["按季度通报执行进度", "组织 2 次培训。"]
