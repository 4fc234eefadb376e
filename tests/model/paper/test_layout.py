"""Each form as it is printed: order, captions, merges, figures and labels, from short forms to 300 rows."""

from dataclasses import replace

import pytest

from model.document.answers import FormAnswers
from model.forms.definition import bare
from model.forms.loader import metrics, shipped
from model.paper.grid import Cell, Grid
from model.paper.layout import lay_out_form
from model.paper.measure import text_width
from model.paper.pages import paginate
from tests.golden import assert_golden
from tests.published import SCORED, form_of, published

ONE_OF_EACH_FORM = (
    "qiaokou_xiaoxue_2020_department",
    "qiaokou_xiaoxue_2020_project",
    "qiaokou_xinxi_2022_department",
    "qiaokou_xinxi_2022_project",
    "yueyang_2023_department",
    "yueyang_2023_project_07_xinli",
)


def grid_of(name: str) -> Grid:
    return lay_out_form(published(name), metrics())


def grid_with(definition: str, rows: int = 0, **texts: str) -> Grid:
    """Lay out a form with `rows` equal indicator rows and some texts (i1__name for i1.name)."""
    cells = {"unit": "示例单位", "year": "2025"}
    for n in range(1, rows + 1):
        cells |= {f"i{n}.level1": "产出指标", f"i{n}.level2": "数量指标", f"i{n}.name": f"第{n}个指标"}
    cells |= {key.replace("__", "."): text for key, text in texts.items()}
    goals = tuple(dict.fromkeys(key.split(".")[0] for key in cells if key[0] == "g" and key[1].isdigit()))
    ids = {"indicators": tuple(f"i{n}" for n in range(1, rows + 1)), "goals": goals}
    return lay_out_form(form_of(FormAnswers(definition, cells, ids)), metrics())


def described(grid: Grid) -> str:
    """The grid as text, a cell `column+span×rows text` a line; bold in **, figures with their format."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.col)):
        rows.setdefault(cell.row, []).append(_described(cell))
    breaks = dict(grid.breaks)
    lines = []
    for row in range(len(grid.heights_mm)):
        rank = f" break {breaks[row]}" if row in breaks else ""
        lines += [f"--- row {row}{rank}", *rows.get(row, [])]
    headings = [f"heading {h.first}–{h.last} until {h.until}" for h in grid.headings]
    return "\n".join([grid.name, grid.running_title, grid.footer, *headings, *lines, ""])


def _described(cell: Cell) -> str:
    text = "/".join(cell.lines)
    if cell.style.bold:
        text = f"**{text}**"
    spans = f"{cell.col}+{cell.colspan}" + (f"×{cell.rowspan}" if cell.rowspan > 1 else "")
    look = {"left": "<", "center": "|", "right": ">"}[cell.style.align] + ("^" if cell.style.upright else "")
    return f"  {spans:<8}{look} {text}" + (
        f"   {{{cell.value}: {cell.number_format}}}" if cell.value is not None else ""
    )


@pytest.mark.parametrize("name", ONE_OF_EACH_FORM)
def test_the_printed_form_row_by_row(name):
    assert_golden(f"layout_{name}.txt", described(grid_of(name)))


@pytest.mark.parametrize("name", SCORED)
def test_everything_the_clerk_typed_is_printed(name):
    form, grid = published(name), grid_of(name)
    printed = "".join(bare(cell.text) for cell in grid.cells)
    hidden = ("unit", "year", "direction", "goal", "weight", "points", "reason")
    for cell, text in form.answers.texts.items():
        if cell.rpartition(".")[2] not in hidden and not cell.startswith(("funds.", "split.")):
            assert all(bare(line) in printed for line in text.splitlines()), cell


@pytest.mark.parametrize("name", SCORED)
def test_every_line_fits_its_cell(name):
    grid = grid_of(name)
    for cell in grid.cells:
        width = sum(grid.widths_mm[cell.col : cell.col + cell.colspan]) - 2 * cell.style.side_mm
        for line in cell.lines:
            over = text_width(line, cell.style.size_pt, cell.style.bold, metrics()) - width
            assert over < cell.style.size_pt * 0.36, line  # the blank half of a bracket may stand outside


@pytest.mark.parametrize("name", SCORED)
def test_every_row_holds_its_cells(name):
    grid = grid_of(name)
    for cell in grid.cells:
        height = sum(grid.heights_mm[cell.row : cell.row + cell.rowspan])
        assert len(cell.lines) * cell.style.line_mm + 2 * cell.style.top_mm <= height + 0.02 * cell.rowspan


def text_at(grid: Grid, source: str) -> str:
    return next(cell.text for cell in grid.cells if cell.source and cell.source[1] == source)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("50", "50"),  # decimals as typed
        ("50.5", "50.5"),
        ("50.50", "50.50"),
        ("1074.567", "1,074.57"),  # more than two are rounded
        ("１，０７４．５６", "1,074.56"),  # full width
        ("89.89万元", "89.89万元"),  # a unit the clerk wrote stays
        ("约五十", "约五十"),  # what is no number is printed as typed, and found by a check
    ],
)
def test_amounts_on_a_form_with_thousands_commas(typed, printed):
    grid = grid_with("hunan-project-2023", **{"funds.total.budget": typed})
    assert text_at(grid, "funds.total.budget") == printed


def test_a_wuhan_form_prints_no_thousands_commas_whatever_was_typed():
    grid = grid_with("wuhan-department-2020", **{"funds.total.budget": "1,074.56"})
    assert text_at(grid, "funds.total.budget") == "1074.56"


@pytest.mark.parametrize(
    ("executed", "printed"),
    [
        ("100", "100%"),
        ("99.83", "99.83%"),
        ("99.8", "99.8%"),
        ("99.999", "100.00%"),  # only rounds to 100
        ("105.2", "105.2%"),
    ],
)
def test_rates_have_up_to_two_decimals(executed, printed):
    grid = grid_with("wuhan-project-2022", **{"funds.total.budget": "100", "funds.total.executed": executed})
    assert text_at(grid, "funds.total.rate") == printed


@pytest.mark.parametrize(
    ("definition", "name", "weight", "printed"),
    [
        ("wuhan-department-2020", "小学教师培训", "5", "小学教师培训（5分）"),
        ("wuhan-department-2020", "小学教师培训", "", "小学教师培训"),  # no weight, no bracket
        ("wuhan-department-2022", "小学教师培训", "5", "小学教师培训"),  # this form prints none
    ],
)
def test_the_weight_is_printed_in_the_name_where_the_form_does_so(definition, name, weight, printed):
    grid = grid_with(definition, 1, i1__name=name, i1__weight=weight)
    assert text_at(grid, "i1.name") == printed


def test_a_blank_score_prints_the_computed_one_and_a_typed_one_wins():
    row = {"i1__weight": "10", "i1__target": "10个", "i1__actual": "5个"}
    assert text_at(grid_with("hunan-project-2023", 1, **row), "i1.score") == "5"
    assert text_at(grid_with("hunan-project-2023", 1, **row, i1__score="4.50"), "i1.score") == "4.5"


def test_given_figures_are_printed_nowhere():
    form = published("yueyang_2023_project_04_keyan")
    assert form.answers.given["total"] == "98"
    assert text_at(grid_of("yueyang_2023_project_04_keyan"), "total") == "110"


def test_choices_are_printed_with_all_their_boxes():
    assert text_at(grid_of("qiaokou_xinxi_2022_project"), "nature") == "1、持续性项目□  2、新增性项目☑"


def test_a_tick_that_is_no_choice_of_the_form_is_not_lost():
    grid = grid_with("wuhan-project-2022", nature="3、别的项目")
    assert text_at(grid, "nature") == "1、持续性项目□  2、新增性项目□  3、别的项目☑"


@pytest.mark.parametrize("definition", list(shipped().forms))
def test_an_empty_form_is_printed_with_all_its_captions(definition):
    grid = grid_with(definition)
    captions = {c.caption for c in shipped().form(definition).indicators.columns}
    assert captions <= {cell.text for cell in grid.cells}


def test_several_goals_of_hunan_are_paragraphs_and_one_is_the_bare_text():
    assert (
        text_at(grid_of("yueyang_2023_department"), "g1.expected")
        .splitlines()[1]
        .startswith("目标2：基础课堂改革")
    )
    assert text_at(grid_of("yueyang_2023_department"), "g1.actual").splitlines()[5].startswith("完成目标6：")
    assert text_at(grid_of("yueyang_2023_project_02_kegai"), "g1.expected").startswith("1.加强课改实验校")


def test_goal_captions_of_2022_carry_number_and_points():
    texts = {cell.text for cell in grid_of("qiaokou_xinxi_2022_department").cells}
    assert {"年度目标 1：（50 分）", "年度绩效目标 2（30 分）"} <= texts
    labels = {cell.text for cell in grid_of("qiaokou_xinxi_2022_project").cells if cell.style.upright}
    assert {"年度绩效目标 1（30分）", "年度绩效目标 2（50分）"} <= labels


def test_a_page_of_the_second_goal_does_not_name_the_first():
    page = paginate(grid_of("qiaokou_xinxi_2022_project"))[1]
    labels = ["".join(part.lines) for part in page.placed if part.cell.style.upright]
    assert labels == ["", "年度绩效目标2（50分）"]


def test_rows_without_a_goal_are_printed_behind_the_goals():
    grid = grid_with("wuhan-project-2022", 2, g1__points="80", i1__goal="g1")
    assert {text_at(grid, "i1.name"), text_at(grid, "i2.name")} == {"第1个指标", "第2个指标"}


def test_equal_neighbours_of_level_1_and_2_are_one_cell():
    grid = grid_of("yueyang_2023_project_07_xinli")
    merged = {cell.text: cell.rowspan for cell in grid.cells if cell.rowspan > 1}
    assert merged["产出指标（50分）"] == 7
    assert merged["质量指标"] == 3


def test_a_long_text_becomes_several_rows_so_that_a_page_can_end_inside():
    grid = grid_with("wuhan-department-2022", improvement="改进措施很长，需要分页。" * 170)
    cell = next(c for c in grid.cells if c.source == ("p1", "improvement"))
    assert cell.rowspan > 1
    assert max(grid.heights_mm) < 144  # a spreadsheet row can't be higher
    inside = {row for row, rank in grid.breaks if rank == 4}
    assert set(range(cell.row + 1, cell.row + cell.rowspan)) <= inside


def test_three_hundred_rows():
    grid = grid_with("hunan-project-2023", 300)
    assert sum(cell.source is not None and cell.source[1].endswith(".name") for cell in grid.cells) == 300


def test_the_explanation_sheet_names_every_counted_row_and_the_sum():
    annex = grid_of("yueyang_2023_project_07_xinli").annex
    assert annex is not None
    texts = [cell.text for cell in annex.cells]
    assert any("10 × 6 ÷ 6 = 10" in text for text in texts)
    assert any("＝ 108" in text and "原表总分 98" in text for text in texts)
    assert "无" not in texts  # rows without name, weight and score are not counted


def test_a_grid_refuses_overlaps_and_holes():
    grid = grid_of("qiaokou_xinxi_2022_project")
    with pytest.raises(ValueError, match="overlaps"):
        replace(grid, cells=(*grid.cells, grid.cells[-1]))
    with pytest.raises(ValueError, match="nothing stands"):
        replace(grid, cells=grid.cells[:-1])
