"""The library of usual indicators.

1. the shipped library is sound: ids, levels, units and directions that fit the target, searchable initials
2. ten searches bring what a clerk means, in the order of use
3. a row made of an entry is called as the form calls its levels; what is to be filled in stands as **
4. a folder of one's own comes first; a mistake is refused with file, entry and key
"""

from decimal import Decimal

import pytest

from model.basics.errors import UserError
from model.basics.quantity import is_money_row, read_value
from model.filling.indicator_search import row_texts, search
from model.forms.indicator_library import joined, read_indicators
from model.forms.loader import shipped, with_folder

LIBRARY = shipped().indicators

SEARCHES = {  # typed, level 2: what comes first, in this order
    ("教师 满意度", ""): "教师对教研活动满意度 教师对教学设备满意度 教师对科研管理满意度 参训教师满意度",
    ("jspxrc", ""): "教师培训人次",
    ("监控", ""): "校园视频监控接入路数 视频监控在线率",
    ("故障", "时效指标"): "教育网络故障响应时间 系统故障响应时间 系统故障修复时间",
    ("课后", ""): "课后服务参与学生数 课后服务学校覆盖率 课后服务课时补助标准 家长对课后服务满意度",
    ("维修", "成本指标"): "校舍修缮单位造价 单位面积修缮成本 工程结算控制率",
    ("综合定额", ""): "教师人均每天培训费 会议费人均标准",
    ("食堂", ""): "食堂食材抽检合格率 食堂大宗食材集采节约率",
    ("助学金", ""): "助学金按期发放率 助学金发放标准 受助学生人次",
    ("网络安全", ""): "网络安全责任事件数 等级保护测评通过率 安全漏洞整改率",
}


@pytest.mark.parametrize(("typed", "first"), SEARCHES.items(), ids=lambda value: str(value))
def test_2_ten_searches(typed, first):
    wanted, level2 = typed
    names = [entry.name for entry in search(LIBRARY, wanted, level2)]
    assert names[: len(first.split())] == first.split()


def test_2_nothing_typed_lists_level_2_and_topic_in_the_order_of_the_file():
    found = search(LIBRARY, "", "产出时效", "教育·教研")
    assert found
    assert {(entry.level2, entry.topic) for entry in found} == {("时效指标", "教育·教研")}
    assert list(found) == [entry for entry in LIBRARY.indicators if entry in found]


def test_2_all_words_must_fit_and_wide_letters_count():
    assert search(LIBRARY, "教师 没有这样的词") == ()
    assert search(LIBRARY, "ＪＳＰＸＲＣ")[0].name == "教师培训人次"


def test_1_ids_are_unique_and_every_entry_says_how_it_is_measured():
    assert len({entry.id for entry in LIBRARY.indicators}) == len(LIBRARY.indicators) >= 400
    for entry in LIBRARY.indicators:
        assert all((entry.measure, entry.evidence, entry.mistake, entry.sources)), entry.id
        assert entry.initials.isalnum(), entry.id


@pytest.mark.parametrize("entry", LIBRARY.indicators, ids=lambda entry: entry.id)
def test_1_direction_and_unit_fit_the_target(entry):
    if not entry.is_quantitative:
        assert (entry.direction, entry.unit) == ("", "")
        return
    target = entry.target.replace("{n}", "5").replace("{budget}", "60")
    (part,) = read_value(target, money_row=is_money_row(entry.level2, entry.name)).parts
    assert (part.comparator, part.unit) == (entry.direction, entry.unit)


@pytest.mark.parametrize("form_id", list(shipped().forms))
def test_1_every_shipped_form_has_a_place_for_every_level(form_id):
    form = shipped().forms[form_id]
    level2s = {name for block in form.level1 for name in block.level2}
    if not level2s:
        return
    for entry in LIBRARY.indicators:
        texts = row_texts(entry, LIBRARY, [block.name for block in form.level1], level2s).texts
        assert texts["level2"] in level2s, (form_id, entry.level2)


def entry_of(name):
    return next(entry for entry in LIBRARY.indicators if entry.name == name)


def test_3_a_row_of_an_entry():
    row = row_texts(entry_of("教研活动场次"), LIBRARY, ["产出指标"], ["产出数量", "产出质量"])
    assert row.texts == {
        "level1": "产出指标",
        "level2": "产出数量",
        "name": "教研活动场次",
        "target": "≥**场",
        "direction": "≥",
    }
    assert row.open == (1, 2)


def test_3_costs_go_into_a_block_of_costs_where_the_form_has_one():
    entry = next(entry for entry in LIBRARY.indicators if entry.alternative)
    there = row_texts(entry, LIBRARY, ["成本指标", "产出指标"], []).texts
    assert (there["level1"], there["level2"]) == entry.alternative
    assert row_texts(entry, LIBRARY, ["产出指标"], []).texts["level1"] == entry.level1


def test_3_the_budget_is_filled_in_where_it_is_known():
    entry = next(entry for entry in LIBRARY.indicators if "{budget}" in entry.target)
    known = row_texts(entry, LIBRARY, [], [], Decimal("60.5"))
    assert "60.5" in known.texts["target"]
    assert known.open is None
    assert row_texts(entry, LIBRARY, [], []).open is not None


def test_3_a_date_is_filled_in_as_a_whole():
    entry = next(entry for entry in LIBRARY.indicators if "{date}" in entry.target)
    row = row_texts(entry, LIBRARY, [], [])
    start, length = row.open
    assert row.texts["target"][start : start + length] == "**年**月**日"


OWN = """
id = "own"
[[indicator]]
id = "own-1"
field = "教育·教研"
level1 = "产出指标"
level2 = "数量指标"
name = "教研活动场次（本校）"
initials = "jyhdccbx"
direction = "≥"
unit = "场"
target = "≥{n}场"
"""


def test_4_a_folder_of_ones_own_comes_first(tmp_path):
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "own.toml").write_text(OWN, "utf-8")
    names = [entry.name for entry in search(with_folder(tmp_path).indicators, "教研活动场次")]
    assert names[:2] == ["教研活动场次（本校）", "教研活动场次"]
    assert joined([]).indicators == ()


MISTAKES = [
    ('id = "own-1"\n', "", "id：缺少这一项"),
    ('target = "≥{n}场"', 'target = "≥{x}场"', "target：不认识 {x}"),
    ('direction = "≥"', 'direction = ">"', "direction：不能是“>”"),
    ('unit = "场"', 'unit = "场"\nalt = ["成本指标"]', "alt：应为一级、二级两个名称"),
    ('unit = "场"', 'unit = "场"\nprice = "1"', "price：不认识这一项"),
]


@pytest.mark.parametrize(("old", "new", "problem"), MISTAKES)
def test_4_a_mistake_is_refused_with_its_place(tmp_path, old, new, problem):
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace(old, new), "utf-8")
    with pytest.raises(UserError) as refused:
        read_indicators(path)
    assert f"own.toml：[indicator] 第 1 项：{problem}" in str(refused.value).replace(
        " 第 1 项 ", " 第 1 项："
    )


def test_4_an_id_twice_is_refused(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN + OWN.replace('id = "own"\n', ""), "utf-8")
    with pytest.raises(UserError, match="own-1"):
        read_indicators(path)
