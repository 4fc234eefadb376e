"""The sheet 得分说明: how each score came about, in words with its numbers."""

from collections.abc import Iterator
from decimal import Decimal

from model.basics import number
from model.basics.metrics import Metrics
from model.paper.annex import Row, annex_grid
from model.paper.grid import Grid
from model.reading.reading import Form
from model.reading.scoring import Indicator
from model.reading.summary import why_capped

TITLE = "得分说明"
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
_FIGURES = ("分值", "填报得分", "测算得分")


def explanation_grid(form: Form, metrics: Metrics, mark: str = "") -> Grid:
    """Return the sheet that explains every score of a form, for the workbook only."""
    footer = f"{form.definition.name} · {form.answers.year} 年度 · {TITLE}"
    rows = explanation_rows(form)
    return annex_grid(TITLE, footer, _COLUMNS, rows, metrics, figures=_FIGURES, mark=mark)


def explanation_rows(form: Form) -> Iterator[Row]:
    """Yield the rows of the sheet: execution, each indicator, the total, and what a read file had printed."""
    sheet = form.sheet
    points, spent = form.definition.execution_points, sheet.whole.row.caption
    if points:
        score, why = _score(sheet.execution.score), sheet.execution.explanation
        yield ("预算执行", spent, number.show(points), "", "", "", score, why)
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
        explain(row, row.outcome.explanation),
    )


def explain(row: Indicator, why: str) -> str:
    """Return how the score of a row came about, and how the typed one compares with it."""
    computed, typed = row.outcome.score, row.typed_score
    if computed is None or typed is None or computed == typed:
        return why
    return f"{why}填报 {number.show(typed)} 分，与测算不同。"


def _total_explanation(form: Form) -> str:
    sheet = form.sheet
    scores = [sheet.execution.score, *(row.score for row in sheet.indicators)]
    known = [number.show(score) for score in scores if score is not None]
    if sheet.total is None:
        return "还没有任何得分。"
    sentence = f"各项得分之和：{' ＋ '.join(known)} ＝ {_score(sheet.sum_of_scores)}。"
    if capped := why_capped(form):
        sentence += f"{capped.removesuffix('。')}。"
    if sheet.missing:
        places = "；".join(map(form.where, sheet.missing))
        sentence += f"未计入 {len(sheet.missing)} 项没有得分的：{places}。"
    given = form.answers.given.get("total", "")
    if not number.is_nothing(given) and number.parse_points(given) != sheet.total:
        sentence += f"原表总分 {given}。"
    return sentence
