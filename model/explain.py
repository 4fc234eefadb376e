"""The sheet 得分说明: how each score came about, in words with its numbers."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from model import number
from model.grid import Cell, Grid, Heading, Paper, Style
from model.measure import Metrics, break_lines
from model.reading import Form
from model.scoring import Indicator, is_filled

_LANDSCAPE = Paper(width=297.0, height=210.0, left=14.0, right=14.0, top=14.0, bottom=20.0)
_COLUMNS = (
    ("部分", 40.0),
    ("指标", 48.0),
    ("分值", 14.0),
    ("目标值", 31.0),
    ("完成值", 31.0),
    ("填报得分", 15.0),
    ("测算得分", 15.0),
    ("说明", 75.0),
)
_TITLE = Style(14.0, bold=True, align="center", border=False, pitch=1.5)
_TEXT = Style(9.0, pitch=1.36)
_CENTRED = replace(_TEXT, align="center")
_HEAD = replace(_CENTRED, bold=True)
_FIGURES = ("分值", "填报得分", "测算得分")

Row = tuple[str, ...]


def explanation_grid(form: Form, metrics: Metrics) -> Grid:
    """Return the sheet that explains every score of a form, for the workbook only."""
    rows = [tuple(name for name, _ in _COLUMNS), *explanation_rows(form)]
    cells = [Cell(0, 0, "得分说明", _TITLE, ("得分说明",), colspan=len(_COLUMNS))]
    heights = [10.0]
    for n, row in enumerate(rows, start=1):
        line = [_cell(n, col, text, metrics) for col, text in enumerate(row)]
        cells += line
        heights.append(
            max(7.0, *(len(cell.lines) * cell.style.line_mm + 2 * cell.style.top_mm for cell in line))
        )
    return Grid(
        name="得分说明",
        running_title="得分说明",
        footer=f"{form.definition.name} · {form.answers.year} 年度 · 得分说明",
        widths_mm=tuple(width for _, width in _COLUMNS),
        heights_mm=tuple(round(height, 2) for height in heights),
        cells=tuple(cells),
        breaks=tuple((n, 0) for n in range(2, len(rows) + 1)),
        headings=(Heading(1, 1, len(rows)),),
        paper=_LANDSCAPE,
    )


def _cell(row: int, col: int, text: str, metrics: Metrics) -> Cell:
    name, width = _COLUMNS[col]
    style = _HEAD if row == 1 else _CENTRED if name in _FIGURES else _TEXT
    lines = break_lines(text, width - 2 * style.side_mm, style, metrics)
    value = number.parse_number(text) if row > 1 and name in _FIGURES else None
    number_format = number.show_score(value)[1] if value is not None else ""
    return Cell(row, col, text, style, lines, value=value, number_format=number_format)


def explanation_rows(form: Form) -> Iterator[Row]:
    """Yield the rows of the sheet: execution, each indicator, the total, and what a read file had printed."""
    sheet = form.sheet
    block = form.definition.funds
    points = number.show(form.definition.execution_points)
    yield (
        "预算执行",
        block.rows[0].caption,
        points,
        "",
        "",
        "",
        _score(sheet.execution.score),
        sheet.execution.explanation,
    )
    for row in sheet.indicators:
        if row.counted:
            yield _indicator_row(form, row)
    yield ("总分", "", "", "", "", "", _score(sheet.total), _total_explanation(form))


def _score(value: Decimal | None) -> str:
    return "" if value is None else number.show(value)


def _indicator_row(form: Form, row: Indicator) -> Row:
    def text(cell: str) -> str:
        return form.answers.text(f"{row.id}.{cell}")

    part = form.place(f"{row.id}.name").rpartition(" · 第")[0]
    weight = _score(row.weight) or text("weight")
    typed = _score(row.typed_score) or text("score")
    return (
        part,
        row.name,
        weight,
        text("target"),
        text("actual"),
        typed,
        _score(row.outcome.score),
        explain(row),
    )


def explain(row: Indicator) -> str:
    """Return how the score of a row came about, and how the typed one compares with it."""
    computed, typed = row.outcome.score, row.typed_score
    if computed is None or typed is None or computed == typed:
        return row.outcome.explanation
    return f"{row.outcome.explanation}。填报 {number.show(typed)} 分，与测算不同"


def _total_explanation(form: Form) -> str:
    sheet = form.sheet
    scores = [sheet.execution.score, *(row.score for row in sheet.indicators)]
    known = [number.show(score) for score in scores if score is not None]
    if sheet.total is None:
        return "还没有任何得分"
    sentence = f"各项得分之和：{' ＋ '.join(known)} ＝ {number.show(sheet.total)}"
    if sheet.missing:
        sentence += f"。未计入 {len(sheet.missing)} 项没有得分的：" + "；".join(
            map(form.place, sheet.missing)
        )
    given = form.answers.given.get("total", "")
    if is_filled(given) and number.parse_points(given) != sheet.total:
        sentence += f"。原表总分 {given}"
    return sentence
