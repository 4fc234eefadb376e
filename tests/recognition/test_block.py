"""Blocks from the clipboard: mapped by headings, else by look and place; what is in doubt is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.basics.table_text import format_block
from model.forms.columns import Column
from model.forms.loader import shipped
from model.reading.outturn import COLUMNS as OUTTURN
from model.reading.outturn import TYPED as OUTTURN_TYPED
from model.recognition.block import SKIP, Where, choices, placed
from model.recognition.block_columns import recognise_block
from model.recognition.clipboard import sheet_of_text, sheets_of
from model.recognition.incoming import Mark
from tests.recognition.drawn import drawn

HUNAN = shipped().form("hunan-project-2023")
COLUMNS = HUNAN.indicators.columns  # 一级 二级 三级 年度指标值 实际完成值 分值 得分 偏差原因
TYPED = frozenset(column.key for column in COLUMNS)


def indicators(column="level1", typed=TYPED):
    at = [one.key for one in COLUMNS].index(column)
    return Where("indicators", COLUMNS, at, typed=typed)


def funds(column=0, row=0):
    block = HUNAN.funds
    columns = tuple(column for column in block.columns if column.key != "label")
    rows = {row.key: row.caption for row in block.rows}
    return Where("funds", columns, column, rows, row, frozenset(("initial", "budget", "executed")))


def outturn(column=0, row=0):
    columns = tuple(Column(key, caption, kind="money") for key, caption in OUTTURN.items())
    rows = {"fiscal": "财政拨款收入", "other": "其他收入", "income": "收入合计", "staff": "人员经费"}
    return Where("funds", columns, column, rows, row, frozenset(OUTTURN_TYPED))


def read(text, where):
    return recognise_block(sheet_of_text(text), where)


def texts(block):
    return [dict(row.texts) for row in placed(block)]


# --- with headings


def test_a_block_with_headings_is_mapped_by_them_in_any_order():
    block = read(
        "三级指标\t分值\t年度指标值\t得分\t实际完成值\n培训人数\t10\t≥50人\t9\t45人\n", indicators("name")
    )
    assert not block.is_doubtful
    assert texts(block) == [
        {"name": "培训人数", "weight": "10", "target": "≥50人", "score": "9", "actual": "45人"}
    ]
    assert "表头 1 行没有粘贴。" in block.notes


def test_headings_of_another_form_and_with_line_breaks_are_understood():
    block = read('三级指标\t"年初\n目标值\n(A)"\t全年完成值\n培训人数\t50\t45', indicators())
    assert texts(block) == [{"name": "培训人数", "target": "50", "actual": "45"}]


def test_a_column_that_the_table_does_not_have_is_not_pasted_and_said():
    block = read("三级指标\t年度指标值\t复核\n培训\t50\t已核", indicators())
    assert block.keys == ("name", "target", SKIP)
    assert "表里没有“复核”这一栏，不粘贴。" in block.notes


def test_two_columns_of_one_meaning_are_asked_about():
    block = read("三级指标\t年度指标值\t目标值\n培训\t50\t60", indicators())
    assert block.is_doubtful
    assert block.conflicts == ("两列都选了年度指标值。",)
    assert not block.assigned(2, SKIP).conflicts


def test_headings_that_come_again_totals_and_empty_rows_at_the_end_are_no_rows():
    block = read("三级指标\t分值\n甲\t10\n三级指标\t分值\n乙\t20\n合计\t30\n\t\n\t\n", indicators())
    assert [row["name"] for row in texts(block)] == ["甲", "乙"]
    assert "合计 1 行没有粘贴。" in block.notes


def test_levels_go_on_from_the_row_above_but_level_2_not_into_a_new_level_1():
    text = "一级指标\t二级指标\t三级指标\n产出指标\t数量指标\t甲\n\t\t乙\n效益指标\t\t丙\n"
    rows = [(row["level1"], row["level2"]) for row in texts(read(text, indicators()))]
    assert rows == [("产出指标", "数量指标"), ("产出指标", "数量指标"), ("效益指标", "")]


def test_level_2_goes_on_where_level_1_is_only_said_again():
    text = "一级指标\t二级指标\t三级指标\n产出指标\t数量指标\t甲\n产出指标\t\t乙\n"
    assert [row["level2"] for row in texts(read(text, indicators()))] == ["数量指标", "数量指标"]


# --- without headings


def test_columns_in_order_from_the_cursor_on_are_clear():
    block = read("培训人数\t≥50人\t45人\t10\t9\n合格率\t100%\t100%\t20\t20", indicators("name"))
    assert not block.is_doubtful
    assert block.keys == ("name", "target", "actual", "weight", "score")


def test_our_own_whole_rows_go_back_wherever_the_cursor_stands():
    text = "产出指标\t数量指标\t甲\t5人\t6人\t10\t10\t\n\t质量指标\t乙\t100%\t90%\t20\t18\t原因"
    block = read(text, indicators("target"))
    assert not block.is_doubtful
    assert block.keys == tuple(column.key for column in COLUMNS)


@pytest.mark.parametrize("cursor", ["level2", "target", "actual"])
def test_a_block_one_column_off_is_asked_about_and_guessed_right(cursor):
    block = read("培训人数\t≥50人\t45人\t10\n合格率\t≥98%\t99%\t20\n", indicators(cursor))
    assert block.is_doubtful
    assert "认不准" in block.why or "只有" in block.why
    assert block.keys == ("name", "target", "actual", "weight")


def test_levels_are_known_by_their_names():
    block = read("产出指标\t数量指标\t甲\n产出指标\t质量指标\t乙", indicators("name"))
    assert block.is_doubtful
    assert block.keys == ("level1", "level2", "name")


def test_target_and_result_the_wrong_way_round_are_asked_about():
    block = read("甲\t45人\t≥50人\t10\t9\n乙\t97%\t≥95%\t20\t20", indicators("name"))
    assert block.is_doubtful


def test_a_score_above_its_weight_is_asked_about():
    block = read("甲\t50\t45\t9\t10\n乙\t95%\t97%\t18\t20", indicators("name"))
    assert block.is_doubtful


def test_a_column_too_many_is_asked_about_and_not_pasted():
    text = "课堂\t20 节\t24 节\t4\t4\t已核\n巡检\t≥12 次\t12 次\t4\t4\t\n在线率\t≥95%\t93.6%\t4\t3.9\t\n"
    where = indicators("name")._replace(columns=COLUMNS[:-1])  # a table without reasons
    block = read(text, where)
    assert block.is_doubtful
    assert block.keys == ("name", "target", "actual", "weight", "score", SKIP)
    assert block.swap == (1, 2)
    assert block.swapped().keys[1:3] == ("actual", "target")
    assert "猜作" in block.guess


def test_a_single_column_goes_where_the_cursor_stands():
    block = read("10\n20\n30", indicators("weight"))
    assert (block.keys, block.is_doubtful) == (("weight",), False)


def test_text_in_a_column_of_numbers_is_marked():
    (row,) = placed(read("十分", indicators("weight")))
    assert row.marks == {"weight": Mark.NOT_A_NUMBER}


def test_computed_columns_are_skipped_and_said():
    where = indicators("weight", typed=TYPED - {"score"})
    block = read("10\t9\n20\t18", where)
    assert texts(block) == [{"weight": "10"}, {"weight": "20"}]
    assert block.notes == ("“得分”由程序计算，没有粘贴。",)


def test_quotes_around_words_stay_and_a_lone_one_swallows_nothing():
    block = read('"四史"教育次数\t5次\n长度"\t6次\n末行\t7次', indicators("name"))
    assert [row["name"] for row in texts(block)] == ['"四史"教育次数', '长度"', "末行"]


def test_merged_names_do_not_shift_figures():
    sheet = drawn("培训人数>2|50人|45人|10\n合格率>2|100%|99%|20")
    block = recognise_block(sheet, indicators("name"))
    assert not block.is_doubtful
    assert texts(block)[0] == {"name": "培训人数", "target": "50人", "actual": "45人", "weight": "10"}


def test_what_can_be_chosen_are_the_columns_that_can_be_typed():
    assert choices(indicators(typed=TYPED - {"score"}))[-2:] == [
        ("reason", "偏差原因分析及改进措施"),
        (SKIP, "不粘贴"),
    ]


# --- tables whose rows are fixed


def test_money_goes_to_rows_by_their_names():
    head = "\t年初预算数\t全年预算数\t全年执行数\n"
    text = head + "上年结转资金\t1\t2\t3\n年度资金总额\t4\t5\t6\n其中：财政拨款\t7\t8\t9\n不认识\t1\t1\t1"
    block = read(text, funds())
    assert [row.target for row in placed(block)] == ["carried", "total", "fiscal"]
    assert texts(block)[1] == {"initial": "4", "budget": "5", "executed": "6"}
    assert "表里没有“不认识”这一行，没有粘贴。" in block.notes


def test_amounts_under_a_heading_in_yuan_are_converted_and_marked():
    block = read("\t全年预算数（元）\t全年执行数（元）\n年度资金总额\t1,234,500\t0.50", funds())
    (row,) = placed(block)
    assert row.texts == {"budget": "123.45", "executed": "0.00005"}
    assert set(row.marks.values()) == {Mark.CONVERTED}


def test_three_columns_into_four_are_asked_about_with_the_typed_ones_as_guess():
    block = read("财政拨款收入\t100\t110\t105\n其他收入\t1\t2\t3", outturn())
    assert block.is_doubtful
    assert block.keys == (SKIP, "initial", "adjusted", "final")
    assert "3 列数放到 4 栏里" in block.why


def test_names_that_the_table_does_not_have_are_not_guessed_to_be_amounts():
    block = read(
        "甲项目\t100\t110\t105\t1\n乙项目\t1\t2\t3\t1", outturn()._replace(columns=outturn().columns[:3])
    )
    assert block.is_doubtful
    assert block.keys[0] == SKIP


def test_four_columns_into_four_are_clear_and_the_computed_one_is_skipped():
    block = read("100\t10\t110\t105\n1\t1\t2\t3", outturn())
    assert not block.is_doubtful
    assert texts(block)[0] == {"initial": "100", "adjusted": "110", "final": "105"}
    assert [row.target for row in placed(block)] == ["fiscal", "other"]


def test_the_empty_column_of_merged_names_does_not_shift_amounts():
    block = read("财政拨款收入\t\t100\t10\t110\t105\n其他收入\t\t1\t1\t2\t3", outturn())
    assert not block.is_doubtful
    assert texts(block)[0] == {"initial": "100", "adjusted": "110", "final": "105"}


def test_one_column_of_amounts_goes_below_the_cursor():
    block = read("5\n6", outturn(column=3, row=1))
    assert [(row.target, row.texts) for row in placed(block)] == [
        ("other", {"final": "5"}),
        ("income", {"final": "6"}),
    ]


def test_rows_behind_the_last_are_not_pasted_and_said():
    block = read("1\n2\n3", outturn(column=3, row=3))
    assert [row.target for row in placed(block)] == ["staff"]
    assert block.notes == ("多出的 2 行没有粘贴。",)


# --- what the program copied itself

CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters='\n\t"'), max_size=12
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_what_was_copied_here_comes_back_as_it_was(data):
    first = data.draw(st.integers(0, len(COLUMNS) - 1))
    width = data.draw(st.integers(1, len(COLUMNS) - first))
    cell = CELL.map(lambda text: text.strip())
    rows = data.draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=5))
    (sheet,) = sheets_of(format_block(rows), "") or (None,)
    if sheet is None:
        return
    where = Where("indicators", COLUMNS, first, typed=TYPED)
    block = recognise_block(sheet, where, is_own=True)
    keys = [column.key for column in COLUMNS[first : first + width]]
    kept = rows[: max((n for n, row in enumerate(rows, 1) if any(row)), default=0)]
    assert not block.is_doubtful
    assert [list(line) for line in block.lines] == kept
    assert list(block.keys) == keys
