"""A block from a spreadsheet becomes rows of the list: codes in one column or three, headings or none."""

import pytest

from model.accounts.loader import edition
from model.accounts.paste import read_pasted
from model.basics.table_text import parse_block
from model.forms.loader import shipped
from tests.final_accounts import SHANGHAI, WUHAN, case

DEFINITION = edition(shipped(), WUHAN)


def pasted(text, **more):
    return read_pasted(parse_block(text), DEFINITION, **more)


def rows(text, **more):
    return [dict(row) for row in pasted(text, **more).rows]


def test_code_and_two_amounts():
    assert rows("2050199\t66.90\t98.00\n2080505\t6.15\t") == [
        {"code": "2050199", "t3.basic": "66.90", "t3.project": "98.00"},
        {"code": "2080505", "t3.basic": "6.15"},
    ]


def test_the_printed_table_with_its_heading_sums_and_dashes():
    text = "\n".join(
        [
            "项目\t\t本年支出合计\t基本支出\t项目支出\t上缴上级支出",
            "功能分类科目编码\t科目名称\t\t\t\t",
            "栏次\t\t1\t2\t3\t4",
            "\t合计\t187.89\t89.89\t98.00\t—",
            "205\t教育支出\t164.90\t66.90\t98.00\t—",
            "20501\t教育管理事务\t164.90\t66.90\t98.00\t—",
            "2050199\t其他教育管理事务支出\t1,164.90\t1,066.90\t98.00\t—",
            "注：本表反映部门本年度各项支出情况。\t\t\t\t\t",
        ]
    )
    found = pasted(text)
    assert [dict(row) for row in found.rows] == [
        {"code": "2050199", "name": "其他教育管理事务支出", "t3.basic": "1,066.90", "t3.project": "98.00"}
    ]
    assert found.sums == 2
    assert found.left == ((8, "注：本表反映部门本年度各项支出情况。"),)


@pytest.mark.parametrize("parts", ["205\t01\t99", "205\t1\t99", "205\t20501\t2050199"])
def test_a_code_in_three_columns(parts):
    text = f"类\t款\t项\t科目名称\t基本支出\t项目支出\n205\t\t\t教育支出\t5\t6\n{parts}\t其他\t5\t6"
    assert rows(text) == [{"code": "2050199", "name": "其他", "t3.basic": "5", "t3.project": "6"}]


def test_without_headings_columns_are_known_by_place():
    assert rows("2050199\t其他教育管理事务支出\t164.90\t66.90\t98.00") == [
        {"code": "2050199", "name": "其他教育管理事务支出", "t3.basic": "66.90", "t3.project": "98.00"}
    ]
    assert rows("2050199\t164.90\t160\t4.90", table="t2") == [
        {"code": "2050199", "t2.fiscal": "160", "t2.superior": "4.90"}
    ]


def test_columns_of_other_tables_and_of_the_list_are_known_by_heading():
    text = "编码\t科目名称\t年初预算数\t基本支出\t事业收入\t主要原因\n2050199\t其他\t156.13\t66.9\t3\t增资"
    assert rows(text) == [
        {
            "code": "2050199",
            "name": "其他",
            "budget": "156.13",
            "t3.basic": "66.9",
            "t2.business": "3",
            "reason": "增资",
        }
    ]


def test_a_published_table_is_pasted_whole():
    table = case("qiaokou_2022")["tables"]["t3"]
    keys = ("code", "name", "total", "basic", "project", "to_superior", "operating", "to_subsidiary")
    text = "\n".join("\t".join(row[key] for key in keys) for row in table)
    found = pasted(text)
    wanted = [row for row in table if len(row["code"]) == 7]
    assert [row["code"] for row in found.rows] == [row["code"] for row in wanted]
    assert [row.get("t3.basic", "") for row in found.rows] == [row["basic"] for row in wanted]
    assert [row.get("t3.project", "") for row in found.rows] == [row["project"] for row in wanted]
    assert found.left == ()


def test_texts_that_are_no_amounts_are_taken_as_they_stand():
    (row,) = rows("2050199\t约5万\t3\n")
    assert "约5万" in row.values() or row == {"code": "2050199", "name": "约5万", "t3.basic": "3"}


@pytest.mark.parametrize("text", ["", "教育支出\t5", "1\t2\t3", "名称\n其他"])
def test_a_block_without_codes_is_none(text):
    assert pasted(text) is None


def test_another_edition_has_its_own_captions():
    definition = edition(shipped(), SHANGHAI)
    text = "功能分类科目编码\t科目名称\t本年支出合计\t基本支出\n2050199\t其他\t9\t9"
    found = read_pasted(parse_block(text), definition, table="t5")
    assert [dict(row) for row in found.rows] == [{"code": "2050199", "name": "其他", "t5.basic": "9"}]


def test_a_section_of_which_there_is_no_item_is_told_with_its_row():
    text = (
        "205\t教育支出\t164.90\n20501\t教育管理事务\t164.90\n2050199\t其他支出\t164.90\n20805\t养老支出\t6.15"
    )
    found = pasted(text)
    assert [row["code"] for row in found.rows] == ["2050199"]
    assert (found.sums, found.coarse) == (2, ((4, "20805 养老支出 6.15"),))


def test_a_published_heading_of_four_lines_is_read_to_the_caption_that_says_something():
    heading = (
        "项目\t\t\t\t支出合计\t基本支出\t项目支出\n编码\t\t\t科目名称\t\t\t\n类\t款\t项\t栏次\t1\t2\t3\n"
    )
    assert rows(heading + "\t\t\t合计\t9\t4\t5\n210\t99\t88\t没有这个科目\t9\t4\t5") == [
        {"code": "2109988", "name": "没有这个科目", "t3.basic": "4", "t3.project": "5"}
    ]
