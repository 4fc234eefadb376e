"""Blocks of cells on the clipboard: what spreadsheets write is read, and nothing a clerk wrote is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.basics.table_text import format_block, parse_block


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", ()),
        ("\n", (("",),)),
        ("甲", (("甲",),)),
        ("甲\t乙\n丙\t丁\n", (("甲", "乙"), ("丙", "丁"))),
        ("甲\t乙\r\n丙\t丁\r\n", (("甲", "乙"), ("丙", "丁"))),
        ("甲\n丙\t丁", (("甲", ""), ("丙", "丁"))),
        ("甲\n\n乙", (("甲",), ("",), ("乙",))),
        ('"两行\n一格"\t乙', (("两行\n一格", "乙"),)),
        ('"写""引号""的格"\t乙', (('写"引号"的格', "乙"),)),
        ('""\t乙', (("", "乙"),)),
    ],
)
def test_a_block_is_read_as_a_spreadsheet_wrote_it(text, rows):
    assert parse_block(text) == rows


@pytest.mark.parametrize(
    "text",
    ['"三公"经费控制率', '"', '"没有完', '中间"有"引号', '"甲"乙"', '"""', "'", '5" 显示器'],
)
def test_quotes_that_surround_no_cell_stay(text):
    assert parse_block(f"{text}\t≤100%\n下一行\t1") == ((text, "≤100%"), ("下一行", "1"))


def test_a_lone_quote_before_more_than_a_cell_holds_is_text():
    text = '"' + "字" * 131_072
    assert parse_block(text) == ((text,),)


def test_lone_quotes_in_many_lines_are_text():
    assert len(parse_block('"甲乙丙丁\n' * 20_000)) == 20_000


@given(st.lists(st.lists(st.text('甲a" \t\n'), min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_is_copied_is_pasted_as_it_was(rows):
    assert parse_block(format_block(rows)) == tuple(map(tuple, rows))
