"""Both publications made again and laid beside their originals, part by part: 一 to 十二 and 十四.

Each part is the same but for what is listed: what the original prints, what ours prints; docs/explanation.md
says why. 十三 is made of the forms (tests/model/report); 概况, 重点工作 and 名词解释 stand in no case.
"""

import re

import pytest

from model.accounts.items import EXPENSES
from model.explanation.held.text import read_lines
from model.explanation.written import written
from tests.explained import explained, jianghan_explained, qiaokou_explained
from tests.final_accounts import case, read

_USES = {  # what 硚口 spent project money on, as a clerk types it
    "e1": (
        "教育局机关宽带无线网络服务费",
        "22",
        "保障了区教育局机关有线和无线宽带上网办公的需求，确保了局机关网络通信业务的顺利运行",
    ),
    "e2": (
        "教育局视频监控系统运维服务费",
        "66.5",
        "通过规范的日常维护，确保了全区教育局系统视频安全监控系统的正常运行",
    ),
    "e3": ("教育局机关机房和网络设备维护服务", "4.5", "保障了教育局机关机房维护和设施设备更新及维修"),
    "e4": ("“平安校园”视频监控平台联网专项经费", "5", "顺利完成市、区两级平台联网对接，提高了网络安全保障"),
}
NO_QUOTIENT = [("，完成预算的0.0%", "")]
QIAOKOU = {
    "三": [("52.16%", "52.2%")],
    "四": [("比2021年度决算数增加0万元", "与2021年度决算数持平")],
    "五（二）1": [("87.7%", "87.8%")],
    "五（三）": [
        ("4.5万，", "4.5万元，"),
        ("正常运行。教育局", "正常运行；教育局"),
        ("维修。“平安", "维修；“平安"),
    ],
    "五（三）1": [("105.17%", "105.6%")],
    "五（三）2": [("6.11万元", "6.15万元"), ("91.5%。", "92.1%。主要原因是缴费基数调整。")],
    "九（一）": NO_QUOTIENT,
    "九（二）1": NO_QUOTIENT,
    "九（二）2": NO_QUOTIENT,
    "九（二）3": NO_QUOTIENT,
    "十一": [
        ("货物采购授予中小企业合同金额占货物支出金额的0.0%，", ""),
        ("工程采购授予中小企业合同金额占工程支出金额的0.0%，", ""),
    ],
    "十二": [("特种专业技术用车辆", "特种专业技术用车0辆")],
    "十四": [("专项支行", "专项支出")],
}
JIANGHAN = {
    "三": [("359.88万元。", "359.88万元，占本年支出33.5%。")],
    "五（二）": [
        (
            "；按一般公共预算财政拨款支出功能分类科目，其中普通教育支出1058.46万元，占教育支出的98.5%，用于其他教育支出16.1万元。占教育支出的1.5%。",
            "。",
        ),
    ],
    "七（一）": [
        (
            "有一般公共预算财政拨款预算安排“三公”经费的单位包括武汉市江汉区教育局科技电教站本级",
            "没有一般公共预算财政拨款预算安排“三公”经费的单位",
        ),
    ],
    "十": [("0.00万元", "0万元")],
    "十一": [("87.59万元", "87.58万元"), ("0.00万元", "0万元")],
}
# by 类 and in paragraphs of results there, by 项 and in one text here
JIANGHAN_OTHER = {"五（三）", "五（三）1", "五（三）2"}


def half(text):
    return re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", text).translate(str.maketrans("，；：（）", ",;:()"))


def by_place(paragraphs):
    found = {}
    for line in read_lines(paragraphs):
        if line is not None and not line.place.startswith("十三"):
            found[line.place] = found.get(line.place, "") + half(line.text)
    return found


def qiaokou():
    rows = {
        f"{row}.{key}": text
        for row, texts in _USES.items()
        for key, text in zip(("name", "amount", "result"), texts, strict=True)
    }
    return read(qiaokou_explained(**rows).answers.with_rows(EXPENSES, tuple(_USES)))


MADE = {
    "qiaokou_2022": (qiaokou, "wuhan-2022", QIAOKOU, set()),
    "jianghan_2021": (jianghan_explained, "wuhan-2021", JIANGHAN, JIANGHAN_OTHER),
}


@pytest.mark.parametrize("name", MADE)
def test_each_part_is_that_of_the_original_but_for_what_is_listed(name):
    make, outline_id, differences, other = MADE[name]
    original = by_place(case(name)["narrative"])
    ours = by_place(written(explained(make(), outline_id)).paragraphs)
    assert set(original) - other == set(ours) - other
    for place in set(ours) - other:
        wanted = original[place]
        for printed, right in differences.get(place, ()):
            assert half(printed) in wanted, (place, printed)
            wanted = wanted.replace(half(printed), half(right))
        assert ours[place] == wanted, place


def test_what_goes_down_to_the_item_has_all_that_the_original_says_of_the_class():
    original = by_place(case("jianghan_2021")["narrative"])["五（三）"]
    ours = by_place(written(explained(jianghan_explained(), "wuhan-2021")).paragraphs)
    head = (
        "2021年度一般公共预算财政拨款支出年初预算为1021.41万元,支出决算为1074.56万元,完成年初预算的105.2%。"
    )
    assert original.startswith(head)
    assert ours["五（三）"].startswith(head)
    for project in ("建设发展79.13万元", "教育教学改革141.83万元", "政策性增资经费138.92万元"):
        assert project in original
        assert project in ours["五（三）"]
    assert "其他普通教育支出(项)" in ours["五（三）1"]
    assert "其他教育支出(项)" in ours["五（三）2"]
