"""自评结果汇总表 and what indicators add up to, as sheets for print: title, heading on every page, frame."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from model.aggregation.columns_loader import SummaryColumns, summary_columns
from model.aggregation.lines import Line
from model.aggregation.parts import Excluded
from model.aggregation.result import Aggregate
from model.aggregation.summary_table import SummaryLine, SummaryTotal, total_of
from model.aggregation.table_grid import Column, Content, table_grid
from model.basics import number
from model.basics.metrics import Metrics
from model.paper.grid import Grid, Printout

_RATE_PLACES = 6  # of a rate in a workbook, which prints two of its per cent

TO_CONFIRM = "待确认"
_HOW = {"sum": "相加", "rate": "按资金加权平均", "quality": "得分按资金加权平均"}
SORTS: dict[str, Callable[[SummaryLine], tuple[bool, object]]] = {  # what is unknown stands last
    "unit": lambda line: (not line.unit, line.unit),
    "budget": lambda line: (line.budget is None, -(line.budget or 0)),
    "rate": lambda line: (line.rate is None, line.rate or 0),
    "score": lambda line: (line.score is None, line.score or 0),
}


_LINES = (
    Column("一级指标", 24),
    Column("二级指标", 26),
    Column("三级指标", 46),
    Column("怎么合", 28),
    Column("目标值", 26, "center"),
    Column("完成值", 26, "center"),
    Column("分值", 15, "right"),
    Column("怎么算的", 78),
)
_EXCLUDED = (Column("单位", 60), Column("项目", 60), Column("文件", 69), Column("为什么不计入", 80))


def printout(
    year: str,
    name: str,
    result: Aggregate,
    summary: Sequence[SummaryLine],
    refused: Sequence[tuple[str, str]],
    metrics: Metrics,
    shown: SummaryColumns | None = None,
) -> Printout:
    """Return the sheets of an adding up of forms called `name`; `refused`: files and why not read."""
    title = f"{year} 年度{name}汇总" if year else f"{name}汇总"
    sheets = (summary_grid(year, summary, metrics, shown), lines_grid(title, result, metrics))
    if not (result.sorted.excluded or refused):
        return sheets
    return (*sheets, excluded_grid(result.sorted.excluded, refused, metrics))


def summary_grid(
    year: str, lines: Sequence[SummaryLine], metrics: Metrics, shown: SummaryColumns | None = None
) -> Grid:
    """Return 自评结果汇总表: the forms in the order given, or as its columns say; sums below.

    Forms of departments and of projects have sums of their own: a department's money is that of its projects.
    """
    shown = shown or summary_columns()
    ordered = sorted(lines, key=SORTS[shown.sort]) if shown.sort in SORTS else list(lines)
    rows = [_contents(_line_contents(n, line), shown) for n, line in enumerate(ordered, start=1)]
    rows += [_contents(_total_contents(name, total_of(group)), shown) for name, group in _groups(ordered)]
    unknown = total_of(ordered).unknown
    lacking = f"有 {unknown} 张表缺预算数、执行数或得分，没有计入相应的合计。" if unknown else ""
    title = f"{year} 年度{shown.title}" if year else shown.title
    columns = [column for _, column in shown.columns]
    return table_grid("汇总表", title, lacking, columns, rows, metrics)


def _groups(lines: Sequence[SummaryLine]) -> list[tuple[str, list[SummaryLine]]]:
    """What has sums of its own, by its name."""
    projects = [line for line in lines if line.project]
    wholes = [line for line in lines if not line.project]
    if not (projects and wholes):
        return [("合计", list(lines))]
    return [("整体表合计", wholes), ("项目表合计", projects)]


def _contents(found: Mapping[str, Content], shown: SummaryColumns) -> list[Content]:
    return [found.get(key, Content("")) for key, _ in shown.columns]


def _line_contents(n: int, line: SummaryLine) -> dict[str, Content]:
    return {
        "number": Content(str(n), Decimal(n), "0"),
        "unit": Content(line.unit or line.source),
        "project": Content(line.project),
        "form": Content(line.form),
        "year": Content(line.year),
        "budget": _amount(line.budget),
        "executed": _amount(line.executed),
        "rate": _rate(line.rate),
        "score": _score(line.score),
        "grade": Content(line.grade),
        "reasons": Content(line.reasons),
        "source": Content(line.source),
    }


def _total_contents(name: str, total: SummaryTotal) -> dict[str, Content]:
    return {
        "unit": Content(name),
        "project": Content(f"{total.forms} 张表"),
        "budget": _amount(total.budget),
        "executed": _amount(total.executed),
        "rate": _rate(total.rate),
        "score": _score(total.score),
        "reasons": Content("得分按预算数加权平均"),
    }


def lines_grid(title: str, result: Aggregate, metrics: Metrics) -> Grid:
    """Return what each indicator adds up to and how; what is open says 待确认 and what is asked."""
    open_lines = sum(1 for line in result.lines if line.questions)
    note = f"{open_lines} 项还没有确认，没有汇总。" if open_lines else ""
    rows = [_line_row(line) for line in result.lines]
    return table_grid("对上的指标", title, note, _LINES, rows, metrics)


def how_text(line: Line) -> str:
    """Return in a few words how an indicator was added up."""
    if len(line.contributions) > 1:
        return _HOW[line.how]
    return "只有一张表有" if line.contributions else "没有单位计入"


def _line_row(line: Line) -> tuple[Content, ...]:
    names = (Content(line.level1), Content(line.level2), Content(line.name))
    weight = number.parse_points(line.weight)
    if line.questions:
        asked = Content("\n".join(question.sentence for question in line.questions))
        return (*names, *[Content(TO_CONFIRM)] * 3, Content(""), asked)
    how = Content(how_text(line))
    figures = (Content(line.target), Content(line.actual), _score(weight))
    return (*names, how, *figures, Content("\n".join(line.steps)))


def excluded_grid(excluded: Iterable[Excluded], refused: Iterable[tuple[str, str]], metrics: Metrics) -> Grid:
    """Return the forms that do not count, and the files that were not read (name, sentence)."""
    rows = [
        tuple(map(Content, (one.part.name, one.part.form.project, one.part.source, one.reason)))
        for one in excluded
    ]
    rows += [tuple(map(Content, ("", "", name, why))) for name, why in refused]
    return table_grid("不计入", "没有计入的表和文件", "", _EXCLUDED, rows, metrics)


# ---- figures ------------------------------------------------------------------------------------


def _amount(amount: Decimal | None) -> Content:
    if amount is None:
        return Content("")
    text, number_format = number.show_amount(number.rounded(amount, 2))
    return Content(text, amount, number_format)


def _rate(rate: Fraction | None) -> Content:
    if rate is None:
        return Content("")
    text, number_format = number.show_rate(rate)
    return Content(text, number.rounded(rate, _RATE_PLACES), number_format)


def _score(score: Decimal | None) -> Content:
    if score is None:
        return Content("")
    text, number_format = number.show_score(score)
    return Content(text, score, number_format)
