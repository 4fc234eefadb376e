"""填写说明 is data: every cell of every shipped form has a text, the nearest fits, mistakes are refused."""

from dataclasses import replace
from pathlib import Path

import pytest

import resources
from model.basics.errors import UserError
from model.checks.open_items import completeness
from model.filling import guidance
from model.forms.advice import Advice
from model.forms.advice_toml import read_advice
from model.forms.definition import FormDefinition
from model.forms.loader import shipped, with_folder
from model.reading.reading import Form
from model.report.narrative import report_cell
from tests.builders import (
    DECLARATION,
    HUNAN,
    NATIONAL,
    SHIPPED,
    WUHAN,
    WUHAN_2020,
    WUHAN_PROJECT,
    filled,
    form_of,
    row,
)

SMALL = """
id = "small"

[[text]]
cells = ["row.target"]
how = "填目标值。"
source = "表样：{form}"
"""


def form_with_everything(form_id: str) -> Form:
    """A form with a goal, a row of each label, and a row in every table."""
    definition = shipped().form(form_id)
    labels = [(one.name, level2) for one in definition.level1 for level2 in one.level2]
    labels = labels or [("", "")]  # of a form without levels
    rows = [row("≥5 个", "6 个", level1=level1, level2=level2, goal=1) for level1, level2 in labels]
    made = filled(form_id, *rows, goals=["80"])
    tables = {block.id: (f"{block.id[0]}1",) for block in definition.row_blocks}
    answers = made.answers
    for name, ids in tables.items():
        answers = answers.with_rows(name, ids)
    return form_of(answers)


def cells_of(form: Form) -> list[str]:
    """Every cell of a form that the cursor can stand on."""
    definition, rows = form.definition, form.answers.indicators
    found = list(definition.fields)
    found += [f"g1.{part}" for part in definition.goal_parts]
    found += ["g1.points"] if definition.goal_points else []
    own = ("weight", "score", "direction", "level", "reason") if definition.is_scored else ()
    columns = dict.fromkeys([*(column.key for column in definition.indicator_columns), *own])
    found += [f"{one}.{column}" for one in rows for column in columns]
    tables = [f"{b.id[0]}1.{column.key}" for b in definition.row_blocks for column in b.columns]
    return [*found, *_money(definition), *tables]


def _money(definition: FormDefinition):
    if definition.is_scored:
        yield "total"
    for block in definition.money_blocks:
        printed = [column.key for column in block.columns if not column.is_label]
        yield from (row.cell(column) for row in block.rows for column in printed)


@pytest.mark.parametrize("form_id", SHIPPED)
def test_every_field_column_and_goal_part_of_a_shipped_form_has_a_text_of_its_own(form_id):
    form = form_with_everything(form_id)
    for cell in cells_of(form):
        found = guidance.advice(shipped(), form, cell)
        assert found is not None, cell
        assert not any(name.startswith(guidance.GENERAL) for name in found.cells), cell
        assert guidance.source(form, found).strip(), cell


@pytest.mark.parametrize("form_id", SHIPPED)
def test_what_completeness_asks_for_is_explained(form_id):
    form = form_with_everything(form_id)
    for cell in completeness(form).missing:
        assert guidance.advice(shipped(), form, cell) is not None, cell


@pytest.mark.parametrize("form_id", SHIPPED)
def test_every_part_of_the_report_has_a_text(form_id):
    form = form_with_everything(form_id)
    outlines = (shipped().outline(form_id), shipped().statement())
    for outline in filter(None, outlines):
        for _, part in outline.parts():
            found = guidance.advice(shipped(), form, report_cell(part))
            assert found is not None, part.id
            assert not part.help or found.how == part.help


def test_a_part_of_the_report_is_explained_by_its_outline():
    form = filled(WUHAN, unit="示例单位")
    found = guidance.advice(shipped(), form, "report.problems")
    assert found.how == "从目标设定、预算编制、执行进度、过程管理几方面写问题，每个问题写明原因。"
    assert found.mistakes[0] == "得分、预算数、执行数或执行率与自评表不一致。"
    assert found.example
    assert "{" not in found.example


def test_the_text_follows_the_rules_of_the_form():
    rows = [row("≥800 人次", "720 人次", weight="4")]
    wuhan = guidance.advice(shipped(), filled(WUHAN, *rows), "i1.level")
    hunan = guidance.advice(shipped(), filled(HUNAN, *rows), "i1.level")
    assert "部分达成 80%–50%" in wuhan.how
    assert "部分达成 80%–60%" in hunan.how


def test_the_text_follows_the_label_of_the_row():
    cost = row("≤12 万元", "11 万元", level2="成本指标")
    pleased = row("≥95%", "96%", level1="满意度指标", level2="服务对象满意度指标")
    form = filled(WUHAN, cost, pleased)
    assert guidance.advice(shipped(), form, "i1.target").example == "≤12 万元"
    assert guidance.advice(shipped(), form, "i2.target").example == "≥95%"


def test_a_declaration_is_told_nothing_of_results():
    form = filled(DECLARATION, row("≥95%", level2="成本指标"))
    assert "预期实现" in guidance.advice(shipped(), form, "i1.target").how
    assert "预算年度开始之前" in guidance.advice(shipped(), form, "filled_on").how


def test_a_footnote_is_quoted_word_for_word_by_forms_that_print_it():
    form = filled(WUHAN)
    found = guidance.advice(shipped(), form, "funds.total.budget")
    assert guidance.note(form, found) in tuple(form.definition.footnotes())
    assert guidance.note(form, found).startswith("1.预算执行情况口径：预算数为调整后财政资金总额")
    older = filled(WUHAN_2020)
    assert guidance.note(older, guidance.advice(shipped(), older, "funds.total.budget")) == ""


def test_the_source_names_form_and_rules():
    form = filled(WUHAN_PROJECT, row("≥5 个"))
    found = guidance.advice(shipped(), form, "i1.target")
    assert guidance.source(form, found) == (
        "表样：武汉市硚口区 2022 年度部门决算公开附表；计分规则：武汉市 2022 年度绩效自评表备注第 1 至 4 条"
    )


def test_last_years_result_stands_beside_every_cell_of_its_row():
    cells = {
        "i1.last_target": "≥90%",
        "i1.last_actual": "96%",
        "i1.last_score": "9.5",
        "report.last_total": "97",
    }
    form = filled(WUHAN, row("≥95%"), cells=cells)
    assert guidance.last_year(form, "i1.target") == "目标 ≥90%，完成 96%，得 9.5 分"
    assert guidance.last_year(form, "total") == "总分 97 分"
    assert guidance.last_year(form, "funds.total.budget") == ""


def test_every_entry_is_the_nearest_one_of_some_cell():
    """An entry that is never reached stands behind one that takes its cells away."""
    reached: set[int] = set()
    for form_id in SHIPPED:
        form = form_with_everything(form_id)
        for cell in (
            *cells_of(form),
            "g1.label",
            "funds.f1.label",
            "i1.core",
            "i1.sentence",
            "i1.score",
            "block_label",
        ):
            reached.add(id(guidance.advice(shipped(), form, cell)))
    of_report = ("part.", "report.", "outturn.", "works.", "evidence.", "accounts.", guidance.GENERAL)
    unreached = [
        found.cells
        for found in shipped().advice
        if id(found) not in reached and not found.cells[0].startswith(of_report)
    ]
    assert unreached == []


def test_texts_are_short_and_end_as_sentences_do():
    for found in shipped().advice:
        assert found.how.endswith("。"), found.how
        assert len(found.how) <= 110, found.how
        assert len(found.mistakes) <= 4, found.cells
        assert all(mistake.endswith("。") and len(mistake) <= 40 for mistake in found.mistakes), found.cells


def test_a_field_of_ones_own_form_has_at_least_a_text_by_its_kind(tmp_path):
    text = (resources.path("forms") / f"{NATIONAL}.toml").read_text("utf-8")
    text = text.replace(f'id = "{NATIONAL}"', 'id = "own"').replace('"authority"', '"leader"')
    (tmp_path / "own.toml").write_text(text, "utf-8")
    library = with_folder(tmp_path)
    form = filled("own", library=library)
    assert guidance.advice(library, form, "leader").how == "按表样的项目名称如实填写，与其他各表一致。"


def test_a_text_in_the_users_folder_comes_first(tmp_path):
    (tmp_path / "help").mkdir()
    own = SMALL.replace("填目标值。", "按省厅的口径填。")
    (tmp_path / "help" / "own.toml").write_text(own, "utf-8")
    library = with_folder(tmp_path)
    form = filled(WUHAN, row("≥5 个"))
    assert guidance.advice(library, form, "i1.target").how == "按省厅的口径填。"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('how = "填目标值。"', "", "[text] 第 1 项 how：缺少这一项"),
        ('cells = ["row.target"]', "cells = []", "[text] 第 1 项 cells：至少一种单元格，不能为空或重复"),
        ("{form}", "{page}", "[text] 第 1 项 source：不认识 {page}，可以用 {form}、{regulation}"),
        ("表样：{form}", " ", "[text] 第 1 项 source：不能为空"),
        ("how =", 'forms = ["none"]\nhow =', "[text] 第 1 项 forms：没有编号为“none”的表样"),
        ("how =", 'note = "9."\nhow =', "[text] 第 1 项 note：没有一张表样印有这样开头的备注"),
        ("how =", 'regulation = "x"\nhow =', "[text] 第 1 项 regulation：不能是“x”，可以是 national、wuhan"),
        ("how =", 'mistakes = [" "]\nhow =', "[text] 第 1 项 mistakes：不能有空的一条"),
        ("how =", 'hint = "x"\nhow =', "[text] 第 1 项 hint：不认识这一项"),
    ],
)
def test_a_mistake_is_refused_with_file_entry_and_key(tmp_path: Path, old, new, problem):
    path = tmp_path / "small.toml"
    assert old in SMALL
    path.write_text(SMALL.replace(old, new), "utf-8")
    with pytest.raises(UserError) as caught:
        read_advice(path, shipped().forms, shipped().regulations)
    assert caught.value.message == f"small.toml：{problem}。"


def test_the_texts_are_read_when_they_are_first_wanted():
    library = replace(shipped())
    assert "advice" not in vars(library)
    assert all(isinstance(found, Advice) for found in library.advice)
