"""What real forms say of indicators, each with a made-up form.

1. a target in three columns: 指标性质 or direction, value, unit
2. criteria, evidence, core rows
3. rows without level 1 or level 2, other blocks of level 1
4. a score that several rows share
"""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.tables.indicator_model import shown_columns
from model.checks import check_form
from model.checks.open_items import completeness
from model.exchange.exchange import write_exchange
from model.filling.blank import blank_form
from model.forms.loader import metrics
from model.forms.targets import NO_PARTS, Parts, whole_actual, whole_target
from model.paper.layout import lay_out_form
from tests import made_up
from tests.desk import open_session
from tests.gui.tables.test_indicators import open_table, text
from tests.made_up import data, definition, read
from tests.model.paper.test_layout import text_at


def indicators(*columns: str, more: str = "") -> str:
    """A block of indicators of these columns; the last takes what the others leave of nine."""
    spare = 9 - len(columns) + 1
    *first, last = columns
    listed = ",\n  ".join((*first, last.replace(" }", f", span = {spare} }}")))
    return f"""
[[block]]
kind = "indicators"
tab = "绩效目标与指标"
label = "绩效指标"
columns = [
  {listed},
]
{more}
"""


def column(key: str, caption: str, more: str = "") -> str:
    return f'{{ key = "{key}", caption = "{caption}"{more} }}'


LEVELS = (column("level1", "一级指标"), column("level2", "二级指标"))
NAME, TARGET, ACTUAL = column("name", "三级指标"), column("target", "指标值"), column("actual", "完成值")
WEIGHT, SCORE = column("weight", "分值"), column("score", "得分")


@pytest.fixture
def made(tmp_path):
    """Read a form of one made-up definition, with points for rows alone."""

    def make(block, *rows, top="scored = true"):
        return read(
            made_up.library(tmp_path, definition(top=top, indicators=block)), data(indicators=list(rows))
        )

    return make


# --- 1

SPLIT = indicators(
    *LEVELS, NAME, column("nature", "指标性质"), TARGET, column("unit", "度量单位"), ACTUAL, WEIGHT, SCORE
)


def cells(name, nature, target, unit, actual, weight="10", **more):
    keys = ("name", "nature", "target", "unit", "actual", "weight")
    row = dict(zip(keys, (name, nature, target, unit, actual, weight), strict=True))
    return {"level1": "产出指标", "level2": "数量指标", **row, **more}


@pytest.mark.parametrize(
    ("nature", "target", "unit", "actual", "score"),
    [
        ("≥", "50", "万页", "52", "10"),
        ("≥", "50", "万页", "45", "9"),
        ("≥", "50", "万页", "45万页", "9"),
        ("≤", "2", "%", "3", "5"),
        ("≤", "2", "%", "1.5", "10"),
        ("大于等于", "95", "%", "95", "10"),
        ("正向指标", "50", "个", "25", "5"),
        ("反向", "10", "天", "15", "5"),
        ("＝", "3", "次", "3", "10"),
        ("", "≥50", "个", "25", "5"),
        ("≥", "≥50", "个", "25个", "5"),
    ],
)
def test_1_three_columns_are_one_target(made, nature, target, unit, actual, score):
    form = made(SPLIT, cells("数字化档案", nature, target, unit, actual))
    assert form.sheet.indicator("i1").outcome.score == Decimal(score)


@pytest.mark.parametrize(
    ("nature", "target", "unit", "whole"),
    [
        ("≥", "95", "%", "≥95%"),
        ("定性", "明显提高", "", "明显提高"),
        ("=", "3月底前", "", "3月底前"),
        ("≥", "≥95", "%", "≥95%"),
        ("≥", "95%", "%", "≥95%"),
        ("正向", "50", "—", "50"),
        ("≥", "", "个", ""),
        ("≥", "8间/2间", "间", "8间/2间"),
    ],
)
def test_1_only_a_bare_number_gets_sign_and_unit(nature, target, unit, whole):
    assert whole_target(target, Parts(nature, unit)) == whole
    assert whole_target(target, NO_PARTS) == target


def test_1_a_result_gets_the_unit_alone():
    assert [whole_actual(one, Parts("≥", "万页")) for one in ("52", "52万页", "基本完成")] == [
        *("52万页", "52万页", "基本完成"),
    ]


def test_1_the_columns_are_kept_printed_and_written_as_typed(made):
    row = cells("数字化档案", "≥", "50", "万页", "52")
    form = made(SPLIT, row)
    written = write_exchange(form.answers, form.definition)["indicators"][0]
    assert {key: written[key] for key in row} == row
    grid = lay_out_form(form, metrics())
    assert [text_at(grid, f"i1.{key}") for key in ("nature", "target", "unit")] == ["≥", "50", "万页"]
    assert form.sheet.indicator("i1").whole_target == "≥50万页"


def test_1_a_form_without_these_columns_reads_none_of_it(tmp_path):
    library = made_up.library(tmp_path, definition(top="scored = true"))
    entries = data(indicators=[cells("数字化档案", "≤", "50", "万页", "52")])
    from model.exchange.exchange import read_exchange

    assert len(read_exchange(entries, library).extra) == 2  # kept, and no part of the target


NATURES = SPLIT.replace(
    'caption = "指标性质"', 'caption = "指标性质", choices = ["正向指标", "反向指标", "定性指标"]'
)


def test_1_a_column_may_offer_choices(made, qtbot, tmp_path):
    form = made(NATURES, cells("数字化档案", "正向指标", "50", "万页", "25"))
    assert form.sheet.indicator("i1").outcome.score == 5
    assert made(NATURES, cells("数字化档案", "≥", "50", "万页", "25")).answers.text("i1.nature") == "≥"


# --- 2

EVIDENCE = indicators(
    *LEVELS,
    NAME,
    TARGET,
    column("criteria", "评价标准", ", carried = true"),
    ACTUAL,
    column("evidence", "佐证材料"),
    WEIGHT,
    SCORE,
    more='name_pattern = "{core}{name}"',
)


def row(name, target="≥50", actual="52", weight="10", score="", **more):
    texts = {"level1": "产出指标", "level2": "数量指标", "name": name, "target": target}
    return texts | {"actual": actual, "weight": weight, "score": score} | more


def test_2_criteria_and_evidence_are_columns_like_any_other(made):
    form = made(EVIDENCE, row("数字化档案", criteria="完成率×分值", evidence="台账"))
    grid = lay_out_form(form, metrics())
    assert (text_at(grid, "i1.criteria"), text_at(grid, "i1.evidence")) == ("完成率×分值", "台账")


def test_2_a_core_row_is_marked_on_paper_and_can_be_chosen(made):
    form = made(EVIDENCE, row("数字化档案", core=True), row("修复档案"))
    grid = lay_out_form(form, metrics())
    assert (text_at(grid, "i1.name"), text_at(grid, "i2.name")) == ("★数字化档案", "修复档案")
    assert shown_columns(form)[-1].key == "core"


def test_2_core_may_be_a_column(made):
    form = made(
        indicators(*LEVELS, NAME, column("core", "核心"), TARGET, ACTUAL, WEIGHT, SCORE), row("甲", core=True)
    )
    assert text_at(lay_out_form(form, metrics()), "i1.core") == "★"
    written = write_exchange(form.answers, form.definition)["indicators"][0]
    assert written["core"] is True


# --- 3


def test_3_rows_may_have_no_level_at_all(made, tmp_path):
    flat = indicators(NAME, TARGET, ACTUAL, WEIGHT, SCORE)
    form = made(flat, {"name": "数字化档案", "target": "≥50", "actual": "40", "weight": "100", "score": ""})
    assert form.sheet.total == 80
    assert form.place("i1.actual") == "第1行 · 完成值"
    assert text_at(lay_out_form(form, metrics()), "i1.score") == "80"
    blank = blank_form(form.definition, "示例单位", "2025")
    assert blank.indicators == ("i1",)
    assert [one.key for one in shown_columns(form)][:2] == ["name", "target"]


def test_3_rows_may_have_a_level_1_alone(made):
    form = made(indicators(LEVELS[0], NAME, TARGET, ACTUAL, WEIGHT, SCORE), row("数字化档案", level2=""))
    assert text_at(lay_out_form(form, metrics()), "i1.level1") == "产出指标"


OTHER_BLOCKS = """scored = true

[[level1]]
name = "决策"
points = 20
level2 = ["项目立项"]

[[level1]]
name = "过程"
points = 20
level2 = ["资金管理"]

[[level1]]
name = "成本指标"
points = 20
level2 = ["经济成本指标", "社会成本指标", "生态环境成本指标"]

[[level1]]
name = "产出"
points = 40
level2 = []
"""


def test_3_other_blocks_of_level_1_have_their_points(tmp_path):
    text = definition(
        indicators=indicators(*LEVELS, NAME, TARGET, ACTUAL, WEIGHT, SCORE), top="scored = true"
    )
    head, rest = text.split("[look]")
    library = made_up.library(
        tmp_path, head + "[look]" + rest.replace("[[field]]", OTHER_BLOCKS[14:] + "\n[[field]]", 1)
    )
    blank = blank_form(library.form("made-up"), "示例单位", "2025")
    levels = [(blank.text(f"{one}.level1"), blank.text(f"{one}.level2")) for one in blank.indicators]
    assert levels[:3] == [("决策", "项目立项"), ("过程", "资金管理"), ("成本指标", "经济成本指标")]
    assert levels[-1] == ("产出", "")
    form = read(library, data(indicators=[row("立项", level1="决策", weight="15")]))
    (found,) = [one for one in check_form(form) if one.code == "block-weights"]
    assert "应为 20 分" in found.message


# --- 4

SHARED = indicators(
    *LEVELS,
    NAME,
    TARGET,
    ACTUAL,
    column("weight", "分值", ', merged = "level2"'),
    column("score", "得分", ', merged = "level2"'),
)
ROWS = (
    row("数字化档案", weight="60", score="60"),
    row("修复档案", weight="", actual="40"),
    row("编研成果", weight="", actual="50"),
    row("查档便利", weight="40", score="40", level2="质量指标"),
)


def test_4_rows_share_a_score(made):
    form = made(SHARED, *ROWS)
    assert (form.sheet.total, form.sheet.weights_total, form.sheet.missing) == (100, 100, ())
    assert [one.is_below for one in form.sheet.indicators] == [False, True, True, False]
    assert form.sheet.indicator("i1").outcome.why == "shared"
    assert completeness(form).missing == ()
    assert "weight-missing" not in [found.code for found in check_form(form)]


def test_4_they_are_one_cell_on_paper(made):
    grid = lay_out_form(made(SHARED, *ROWS), metrics())
    spans = {cell.source[1]: cell.rowspan for cell in grid.cells if cell.source and "score" in cell.source[1]}
    assert spans == {"i1.score": 3, "i4.score": 1}


def test_4_a_row_with_a_score_of_its_own_stands_alone(made):
    rows = [ROWS[0], ROWS[1] | {"weight": "10", "score": "8"}, *ROWS[2:]]
    form = made(SHARED, *rows)
    assert [one.is_below for one in form.sheet.indicators] == [False, False, True, False]
    grid = lay_out_form(form, metrics())
    assert text_at(grid, "i2.score") == "8"


def test_4_a_shared_score_may_have_weights_row_by_row(made):
    block = SHARED.replace('caption = "分值", merged = "level2"', 'caption = "分值"')
    rows = [ROWS[0] | {"weight": "20"}, ROWS[1] | {"weight": "20"}, ROWS[2] | {"weight": "20"}, ROWS[3]]
    form = made(block, *rows)
    assert (form.sheet.total, form.sheet.weights_total) == (100, 100)
    assert "score-above-weight" not in [found.code for found in check_form(form)]


def test_4_they_are_one_cell_in_the_window(qtbot, tmp_path):
    import json

    library = made_up.library(tmp_path, definition(top="scored = true", indicators=SHARED))
    path = tmp_path / "form.json"
    path.write_text(json.dumps(data(indicators=list(ROWS))), "utf-8")
    session = open_session(tmp_path, [path], library=library)
    table = open_table(qtbot, session, "p1")
    at = table.model_.index_of("i1.score")
    assert table.rowSpan(at.row(), at.column()) == 3
    session.set_text(("p1", "i2.score"), "1")
    at = table.model_.index_of("i1.score")
    assert table.rowSpan(at.row(), at.column()) == 1


def test_1_a_choice_is_made_in_the_window(qtbot, tmp_path):
    import json

    library = made_up.library(tmp_path, definition(top="scored = true", indicators=NATURES))
    path = tmp_path / "form.json"
    path.write_text(json.dumps(data(indicators=[cells("数字化档案", "", "50", "万页", "25")])), "utf-8")
    session = open_session(tmp_path, [path], library=library)
    table = open_table(qtbot, session, "p1")
    at = table.model_.index_of("i1.nature")
    assert [value for value, _ in table.model_.choices_at(at)] == ["", "正向指标", "反向指标", "定性指标"]
    table.show_cell("i1.nature")
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.indexWidget(at) or table.focusWidget()
    editor._choose(2)
    assert text(session, "i1.nature", "p1") == "反向指标"
