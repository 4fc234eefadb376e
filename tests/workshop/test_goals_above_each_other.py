"""A bureau's blank whose goals stand above each other and whose indicators are only called 绩效指标.

1. what is expected and what was reached are two texts; neither is lost
2. 绩效指标 behind 序号 names the rows; where it labels the block it does not
3. the year in brackets beside the unit belongs to the title
4. the region is that of the title; what is no region is none
"""

import io

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from tests.bureaus import differences, document_for, learnt, proposed, round_trip

BORDER = Border(*[Side(style="thin")] * 4)
HEADING = ("序号", "绩效指标", "年初目标值", "实际完成值", "是否完成", "未完成原因")
MONEY = ("项目", "年初预算", "年中追加", "调整后预算", "实际支出", "年末结余", "执行率")


def blank(
    title="沅湖区单位整体支出绩效自评情况表", year="（2025年度）", goals=("年度目标", "完成情况")
) -> bytes:
    """No scores, two parts of money in 元, goals above each other, indicators without levels."""
    book = Workbook()
    sheet = book.active
    sheet.merge_cells("A1:G1")
    sheet["A1"], sheet["A2"], sheet["G2"] = title, "（2025年度）", "单位：元"
    sheet["A3"] = "单位名称"
    sheet.merge_cells("B3:G3")
    row = 4
    for section, rows in (("一、基本支出", ("合计", "人员经费")), ("二、项目支出", ("合计", "上级资金"))):
        sheet.cell(row, 1, section)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=7)
        for n, caption in enumerate(MONEY, start=1):
            sheet.cell(row + 1, n, caption)
        for n, caption in enumerate(rows, start=2):
            sheet.cell(row + n, 1, caption)
        row += 2 + len(rows)
    for caption in goals:
        sheet.cell(row, 1, caption)
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=7)
        row += 1
    for n, caption in enumerate(HEADING, start=1):
        sheet.cell(row, n, caption)
    for n in range(1, 5):
        sheet.cell(row + n, 1, n)
    for cell in (cell for cells in sheet.iter_rows(min_row=3) for cell in cells):
        cell.border = BORDER
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def items(found, kind):
    return [(item.caption, item.role) for item in found.part(kind).items]


@pytest.mark.parametrize("below", ["完成情况", "绩效目标完成情况", "年度目标完成情况"])
def test_both_texts_of_a_goal_have_a_home(below):
    found = proposed("沅.xlsx", blank(goals=("年度绩效目标", below)))
    assert [role for _, role in items(found, "goals")] == ["expected", "actual"]


def test_what_only_is_called_an_indicator_names_the_rows():
    found = proposed("沅.xlsx", blank())
    assert ("绩效指标", "name") in items(found, "indicators")
    assert ("年初目标值", "target") in items(found, "indicators")
    assert not found.is_scored


def test_the_year_beside_the_unit_is_of_the_title():
    found = proposed("沅.xlsx", blank())
    assert found.part("title").texts == ("沅湖区单位整体支出绩效自评情况表", "（{year}年度）")
    assert (found.region, found.edition, found.money_unit) == ("沅湖区", "2025", "元")
    assert "2025" not in "".join(item.caption for part in found.parts for item in part.items)


@pytest.mark.parametrize(
    ("title", "region", "name"),
    [
        ("云溪市2025年度单位整体支出绩效自评表", "云溪市", "云溪市年度单位整体支出绩效自评表"),
        ("2025年度单位整体支出绩效自评表", "本地", "单位整体支出绩效自评表"),
        ("各县市区单位整体支出绩效自评表", "本地", "各县市区单位整体支出绩效自评表"),
    ],
)
def test_the_title_says_region_and_name(title, region, name):
    found = proposed("表.xlsx", blank(title))
    assert (found.region, found.name) == (region, name)


def test_a_document_comes_back_from_the_filled_blank():
    made = learnt("沅.xlsx", blank())
    answers = document_for(made)
    found = round_trip(made, answers)
    assert differences(answers, found.back) == {}
    assert found.left == []
