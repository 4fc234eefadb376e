"""The kinds of the year: what is declared of a project, watched, evaluated; transfers; other regions.

1. each can be begun, read, written, printed; a form that lies is printed on lying paper
2. a document holds any of them
3. goals, indicators and money follow from the declaration of a project to what comes after it
4. Chongqing: no levels, sign and unit in columns, a target that is adjusted, three texts of a goal
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

import main
from model.checks import check_form
from model.document.answers import Answers
from model.document.document import Document
from model.exchange.exchange import read_exchange, write_exchange
from model.exchange.gather import gather
from model.filling.blank import blank_form, other_form, set_with
from model.filling.carryover import carry_over
from model.filling.takeover import take_over
from model.forms.definition import KIND_NAMES
from model.forms.loader import metrics, shipped
from model.paper.layout import lay_out_form
from model.paper.pages import paginate
from tests.builders import (
    CHONGQING,
    HUNAN,
    MONITORING,
    NATIONAL_2022,
    OTHERS,
    PLAN,
    TRANSFER,
    filled,
    form_of,
    row,
)
from tests.model.paper.test_layout import text_at
from tests.stored import read_file

FILE = Path(__file__).parent / "data" / "made_up" / "chongqing_2021_department.json"
UNIT, YEAR = "示例市档案馆", "2025"


def blank(form_id):
    return blank_form(shipped().form(form_id), UNIT, YEAR)


# --- 1


@pytest.mark.parametrize("form_id", OTHERS)
def test_1_each_kind_is_begun_written_read_and_printed(form_id):
    answers = blank(form_id)
    definition = shipped().form(form_id)
    assert answers.indicators
    assert read_exchange(json.loads(json.dumps(write_exchange(answers, definition))), shipped()) == answers
    grid = lay_out_form(form_of(answers), metrics())
    assert paginate(grid)
    printed = {"".join(cell.text.split()) for cell in grid.cells}
    captions = {"".join(c.caption.split()) for c in definition.indicator_columns if c.is_printed}
    assert captions <= printed


@pytest.mark.parametrize("form_id", OTHERS)
def test_1_a_kind_without_an_official_text_at_hand_says_so(form_id):
    assert shipped().form(form_id).source.endswith("[M]")


def test_1_the_form_of_watching_lies():
    paper = lay_out_form(form_of(blank(MONITORING)), metrics()).paper
    assert (paper.width, paper.height) == (297, 210)
    assert lay_out_form(form_of(blank(PLAN)), metrics()).paper.width == 210


def test_1_costs_are_a_level_of_the_national_form_of_2022():
    levels = shipped().form(NATIONAL_2022).level1
    assert [(one.name, one.points) for one in levels] == [
        *(("成本指标", 20), ("产出指标", 40), ("效益指标", 20), ("满意度指标", 10)),
    ]


def test_1_a_transfer_has_its_money_its_items_and_no_scores():
    answers = blank(TRANSFER).with_texts(
        {
            "funds.total.budget": "200",
            "funds.total.executed": "150",
            "funds.central.budget": "120",
            "funds.local.budget": "80",
            "management.release.state": "3月底前下达",
        }
    )
    form = form_of(answers)
    grid = lay_out_form(form, metrics())
    assert text_at(grid, "funds.total.rate") == "75%"
    assert text_at(grid, "management.release.state") == "3月底前下达"
    assert (form.sheet.total, form.sheet.grade) == (None, "")
    assert "low-execution" not in [found.code for found in check_form(form)]
    short = form_of(answers.with_text("funds.local.budget", "70"))
    assert "fund-rows-sum" in [found.code for found in check_form(short)]


def test_1_the_command_line_lists_their_kinds(capsys):
    assert main.main(["forms"]) == 0
    lines = {line.split("\t")[0]: line.split("\t") for line in capsys.readouterr().out.splitlines()}
    assert [lines[one][4] for one in OTHERS] == [
        "项目自评",
        "部门自评",
        "项目申报",
        "绩效监控",
        "转移支付自评",
    ]
    assert {line[4] for line in lines.values()} == set(KIND_NAMES.values())


# --- 2


def test_2_a_document_holds_any_of_them():
    files = [(f"{n}.json", blank(form_id)) for n, form_id in enumerate((HUNAN, PLAN, MONITORING, TRANSFER))]
    found = gather(files, shipped())
    assert (list(found.answers.forms), found.refused) == (["d", "p1", "p2", "p3"], ())


def test_2_the_newest_form_of_a_kind_is_added():
    found = other_form(shipped(), "monitoring", "武汉市")
    assert found is not None
    assert found.id == MONITORING
    assert other_form(shipped(), "declaration", "武汉市").id == "wuhan-declaration-2024"


# --- 3


def plan(**texts):
    """A declaration of a project with two rows."""
    first, second = blank(PLAN).indicators[3:5]  # of the outputs
    cells = {
        "project_name": "档案数字化",
        "authority": "示例市档案局",
        "implementer": UNIT,
        "funds.total.initial": "100",
        "funds.fiscal.initial": "80",
        "funds.other.initial": "20",
        "g1.text": "馆藏档案数字化 50 万页",
        f"{first}.name": "数字化页数",
        f"{first}.target": "≥50万页",
        f"{first}.weight": "30",
        f"{second}.name": "验收合格率",
        f"{second}.target": "≥98%",
    }
    return blank(PLAN).with_texts({**cells, **texts})


def taken(**forms):
    document = Document(Answers(dict(forms), UNIT, YEAR))
    with document.edit("带入") as edit:
        counts = take_over(edit, shipped())
    return document, counts


def names(form):
    return [form.text(f"{row}.name") for row in form.indicators if form.text(f"{row}.name")]


def test_3_a_declared_project_goes_into_its_watching_and_its_evaluation():
    watching = blank(MONITORING).with_text("project_name", "档案数字化")
    evaluation = blank(NATIONAL_2022).with_text("project_name", "档案 数字化")
    document, counts = taken(p1=plan(), p2=watching, p3=evaluation)
    watched, evaluated = (document.answers.forms[key] for key in ("p2", "p3"))
    assert names(watched) == names(evaluated) == ["数字化页数", "验收合格率"]
    assert watched.text("g1.text") == evaluated.text("g1.expected") == "馆藏档案数字化 50 万页"
    assert (watched.text("funds.total.initial"), evaluated.text("funds.fiscal.initial")) == ("100", "80")
    assert evaluated.text("authority") == "示例市档案局"
    first = next(row for row in evaluated.indicators if evaluated.text(f"{row}.name") == "数字化页数")
    assert (evaluated.text(f"{first}.target"), evaluated.text(f"{first}.weight")) == ("≥50万页", "30")
    assert evaluated.text(f"{first}.level1") == "产出指标"
    assert (counts.goals, counts.indicators, counts.projects) == (2, 4, 0)


def test_3_an_evaluation_that_is_lacking_is_made():
    document, counts = taken(p1=plan())
    assert counts.projects == 1
    (made,) = [form for key, form in document.answers if key != "p1"]
    assert shipped().form(made.definition).kind == "project"
    assert names(made) == ["数字化页数", "验收合格率"]


def test_3_what_is_typed_stays_and_nothing_comes_twice():
    evaluation = blank(NATIONAL_2022).with_texts(
        {"project_name": "档案数字化", "authority": "另一个局", "funds.total.initial": "90"}
    )
    document, _ = taken(p1=plan(), p2=evaluation)
    found = document.answers.forms["p2"]
    assert (found.text("authority"), found.text("funds.total.initial")) == ("另一个局", "90")
    with document.edit("带入") as edit:
        assert not take_over(edit, shipped())


def test_3_what_is_watched_goes_into_the_evaluation():
    watched = blank(MONITORING)
    first = watched.indicators[3]
    watched = watched.with_texts(
        {"project_name": "档案数字化", f"{first}.name": "数字化页数", f"{first}.target": "≥50万页"}
    )
    document, _ = taken(p1=watched, p2=blank(NATIONAL_2022).with_text("project_name", "档案数字化"))
    assert names(document.answers.forms["p2"]) == ["数字化页数"]


def test_3_another_project_is_left_alone():
    document, counts = taken(p1=plan(), p2=blank(NATIONAL_2022).with_text("project_name", "消防改造"))
    assert names(document.answers.forms["p2"]) == []
    assert counts.projects == 1


def test_3_the_next_year_begins_with_the_declaration_and_without_its_amounts():
    last = Answers({"p1": plan(), "p2": blank(MONITORING)}, UNIT, YEAR)
    found = carry_over(last, set_with(shipped(), NATIONAL_2022), UNIT, "2026", shipped())
    assert list(found.forms) == ["p1"]
    assert names(found.forms["p1"]) == ["数字化页数", "验收合格率"]
    assert (found.forms["p1"].year, found.forms["p1"].text("funds.total.initial")) == ("2026", "")


# --- 4


@pytest.fixture(scope="module")
def chongqing():
    return read_file(FILE, shipped()).forms[0]


def test_4_nothing_of_a_chongqing_form_is_unknown_and_nothing_is_lost(chongqing):
    assert chongqing.answers.extra == {}
    original = json.loads(FILE.read_text("utf-8"))
    written = write_exchange(chongqing.answers, chongqing.definition)
    for part in ("funds", "goals", "indicators"):
        for before, after in zip(original[part], written[part], strict=True):
            assert {key: after.get(key) for key, value in before.items() if value} == {
                key: value for key, value in before.items() if value
            }


def test_4_it_is_scored_by_its_figures(chongqing):
    sheet = chongqing.sheet
    assert sheet.execution.score == Decimal("7.6")
    fewer = sheet.indicator("i11")  # at least 26 times, done 12
    assert fewer.outcome.score < 5
    assert [one.outcome.score for one in sheet.indicators[:3]] == [2, 2, 1]


def test_4_an_adjusted_target_is_the_one_that_counts():
    cells = {"i1.nature": "定量指标", "i1.unit": "次", "i1.adjusted_target": "≥12"}
    form = filled(CHONGQING, row("≥26次", "12次", "5", level1="", level2=""), cells=cells)
    assert form.sheet.indicator("i1").outcome.score == 5
    none = filled(
        CHONGQING,
        row("≥26次", "12次", "5", level1="", level2=""),
        cells={**cells, "i1.adjusted_target": "无"},
    )
    assert none.sheet.indicator("i1").outcome.score < 5


def test_4_the_head_shows_the_total_and_the_goal_its_three_texts(chongqing):
    grid = lay_out_form(chongqing, metrics())
    assert text_at(grid, "total") == "60.6"
    assert [text_at(grid, f"g1.{part}") for part in ("adjusted", "actual")] == [
        *("无", "中心2021年较好地完成了履职任务。"),
    ]
    assert text_at(grid, "funds.total.rate") == "76%"
