"""名词解释 of a published text, held against the level of the unit and the subjects of 表3.

1. a right glossary has no slip, in each way of numbering
2. another level, also where only the text itself says which
3. subjects: one that is not used, one that lacks, another name of its class or section
4. terms that lack or are too many are notes; the list of another region is left alone
5. the clerk's own: the field of the level, explanations that were typed
6. what the level is by the name of the unit
"""

import pytest

from model.checks import check_accounts
from model.document.answers import ACCOUNTS, Answers
from model.explanation.glossary import level_of, terms
from model.explanation.held.facts import Facts
from model.explanation.held.hold import hold
from model.forms.loader import shipped
from model.reading.reading import read
from tests.explained import UNIT, qiaokou_explained, shipped_outline

HEADING = "第五部分 名词解释"
OUTLINE = shipped_outline("wuhan-2022")


def glossary(**cells):
    return [
        HEADING,
        *(one.line for one in terms(qiaokou_explained(**cells), OUTLINE)),
        "单位咨询电话：027-00000000",
    ]


def slips(lines, **cells):
    facts = Facts(qiaokou_explained(**cells), OUTLINE)
    return [(slip.rule, slip.gravity, slip.place, slip.message) for slip in hold(lines, facts)]


def weighty(lines, **cells):
    return [(rule, place) for rule, gravity, place, _ in slips(lines, **cells) if gravity != "note"]


WAYS = {
    "as the program writes it": lambda line: line,
    "in half width": lambda line: line.replace("（", "(").replace("）", ")").replace("：", ":"),
    "with blanks": lambda line: line.replace(".", ". ").replace("）", "） "),
    "with a comma": lambda line: line.replace(".", "、"),
}


@pytest.mark.parametrize("way", WAYS)
def test_1_a_right_glossary_has_no_slip(way):
    assert slips(list(map(WAYS[way], glossary()))) == []


def test_2_another_level_is_found_at_each_place():
    found = slips(glossary(level="市"), unit=UNIT)
    assert [(rule, place) for rule, _, place, _ in found] == [
        ("N-LEVEL", f"第五部分（{n}）") for n in ("一", "二", "三", "十六", "十六")
    ]
    assert found[0][3] == "写的是“市级财政”，本单位是区级单位，请核对。"


def test_2_where_nobody_knows_the_level_the_text_is_to_agree_with_itself():
    lines = glossary()
    assert weighty(lines, unit="示例实验中心") == []
    wrong = [line.replace("指区级财政国有", "指市级财政国有") for line in lines]
    assert weighty(wrong, unit="示例实验中心") == [("N-LEVEL", "第五部分（三）")]
    of_city = [line.replace("区级", "市级").replace("区属单位", "市直部门") for line in lines]
    assert weighty(of_city, unit="长江市第一中学") == []
    assert weighty(of_city, unit="长江市教育局") == []
    assert weighty(lines, unit="长江市教育局")


def test_2_an_entry_that_tells_levels_apart_is_left_alone():
    lines = [*glossary(), "（十八）上级补助收入：指市级财政和区级财政以外的资金。"]
    assert weighty(lines, unit=UNIT) == []


def test_3_a_glossary_without_subjects_lacks_none():
    lines = [
        "第四部分 名词解释",
        "一、项目支出：指按支出功能分类科目列示的支出。",
        "二、基本支出：指日常支出。",
    ]
    assert slips(lines) == []


def changed(old, new):
    lines = glossary()
    assert any(old in line for line in lines)
    return [line.replace(old, new) for line in lines]


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        (
            "教育管理事务（款）其他教育管理事务支出（项）",
            "教育管理事务（款）行政运行（项）",
            "第五部分（十）1",
            "表3 没有用到“行政运行（项）”，请核对科目。",
        ),
        (
            "行政事业单位养老支出（款）",
            "行政事业单位离退休（款）",
            "第五部分（十）2",
            "“行政事业单位离退休（款）”应为“行政事业单位养老支出（款）”。",
        ),
        (
            "3.卫生健康支出（类）",
            "3.医疗卫生与计划生育支出（类）",
            "第五部分（十）3",
            "“医疗卫生与计划生育支出（类）”应为“卫生健康支出（类）”。",
        ),
    ],
)
def test_3_a_subject_that_is_not_used_or_called_otherwise(old, new, place, message):
    found = slips(changed(old, new))
    assert ("N-GLOSSARY", "warning", place, message) in found


def test_3_a_subject_that_lacks_is_told_at_the_list():
    lines = [line for line in glossary() if "提租补贴" not in line]
    assert slips(lines) == [("N-GLOSSARY", "warning", "第五部分（十）", "表3 用到的提租补贴没有解释。")]
    twice = [*glossary(), next(line for line in glossary() if "提租补贴" in line)]
    assert [(rule, gravity) for rule, gravity, *_ in slips(twice)] == [("N-GLOSSARY", "note")]


def test_3_the_codes_of_a_subject_may_stand_in_it():
    assert slips(changed("教育支出（类）", "教育支出（205类）")) == []


def test_4_terms_that_lack_or_are_too_many():
    lines = [line for line in glossary() if not line.startswith("（十五）")]
    found = slips([*lines, "（十八）会议费：指召开会议的费用。"])
    assert found == [
        ("N-GLOSSARY", "note", "第五部分（十八）", "“会议费”不在名词解释的列表里，请核对。"),
        ("N-GLOSSARY", "note", "第五部分", "名词解释里没有经营支出。"),
    ]


def test_4_the_list_of_another_region_is_left_alone():
    lines = [
        "第四部分 名词解释",
        "一、财政拨款收入：指单位本年度从本级财政部门取得的财政拨款。",
        "二、其他收入：指其他的。",
    ]
    assert slips(lines) == []


def reported(**cells):
    answers = qiaokou_explained(duties="负责信息化。", phone="027-00000000", **cells).answers
    reading = read(shipped(), Answers({ACCOUNTS: answers}, answers.unit, "2022"))
    found = [one for one in check_accounts(reading) if one.code == "N-LEVEL"]
    return [(one.address[1], one.severity) for one in found]


def test_5_the_field_of_the_level_fits_the_name_of_the_unit():
    assert reported() == reported(level="区") == reported(level="区级") == []
    assert reported(level="市") == [("level", "warning")]


def test_5_an_explanation_of_the_clerks_own_is_looked_at():
    assert reported(**{"explain.2050199": "反映区级财政安排的教育管理支出。"}) == []
    assert reported(**{"explain.2050199": "反映市级财政安排的教育管理支出。"}) == [
        ("explain.2050199", "warning")
    ]


@pytest.mark.parametrize(
    ("unit", "level"),
    [
        ("武汉市硚口区示例单位", "区"),
        ("上海市浦东新区示例学校", "区"),
        ("湖北省罗田县示例单位", "县"),
        ("江岸区示例局", "区"),
        ("武汉市教育局", "市"),
        ("武汉市公安局江岸区分局", ""),
        ("武汉市第一中学", ""),
        ("武汉市社区卫生服务中心", ""),
        ("", ""),
    ],
)
def test_6_the_level_by_the_name(unit, level):
    assert level_of(unit) == level
