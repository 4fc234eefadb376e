"""level-mismatch: a level 2 of another block stands under a level 1; silent where the form leaves it open."""

import pytest

from tests.builders import DECLARATION, HUNAN_PROJECT, WUHAN, WUHAN_2020, row
from tests.findings import WARNING, filled, of

FIRES = [("level-mismatch", "产出指标", "经济效益指标")]
SILENT = [("level-mismatch", "效益指标", "经济效益指标")]


def under(level1: str, level2: str, definition: str = HUNAN_PROJECT):
    return of("level-mismatch", filled(definition, row("5次", "5次", level1=level1, level2=level2)))


@pytest.mark.parametrize(
    ("level1", "level2", "home"),
    [
        ("产出指标", "经济效益指标", "效益指标"),
        ("产出指标", "经济效益", "效益指标"),  # 指标 may be left out
        ("产 出 指 标", "社会效益指标", "效益指标"),
        ("效益指标", "数量指标", "产出指标"),
        ("效益指标", "服务对象满意度指标", "满意度指标"),
        ("满意度指标", "质量指标", "产出指标"),
    ],
)
def test_a_level_2_of_another_block_is_told(level1, level2, home):
    [found] = under(level1, level2)
    assert found.severity == WARNING
    assert found.address[1] == "i1.level2"
    assert home in found.message
    assert level2 in found.message


@pytest.mark.parametrize(
    ("level1", "level2"),
    [
        ("产出指标", "数量指标"),
        ("效益指标", "经济效益指标"),
        ("产出指标", "其他指标"),  # a level 2 that no block has
        ("成本指标", "经济成本指标"),  # a level 1 that the form does not know
        ("成本指标", "数量指标"),
        ("", "经济效益指标"),
        ("产出指标", ""),
    ],
)
def test_what_the_form_leaves_open_is_not_doubted(level1, level2):
    assert under(level1, level2) == []


def test_a_form_that_has_satisfaction_among_its_effects_says_so_itself():
    assert under("效益指标", "社会公众或服务对象满意度", WUHAN_2020) == []
    assert under("满意度指标", "群众满意度指标", WUHAN) == []


def test_a_group_of_rows_is_told_once_and_each_goal_for_itself():
    wrong = {"level1": "产出指标", "level2": "经济效益指标"}
    rows = [row("5次", "5次", goal=goal, **wrong) for goal in (1, 1, 2)]
    found = of("level-mismatch", filled(WUHAN, *rows, goals=["50", "30"]))
    assert [one.address[1] for one in found] == ["i1.level2", "i3.level2"]


def test_a_row_that_is_none_is_not_looked_at():
    wrong = row("", "", name="无", level1="产出指标", level2="经济效益指标")
    assert of("level-mismatch", filled(HUNAN_PROJECT, wrong)) == []


def test_a_declaration_is_looked_at_too():
    assert len(under("产出指标", "经济效益指标", DECLARATION)) == 1
