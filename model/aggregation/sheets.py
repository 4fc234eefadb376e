"""自评结果汇总表 and what indicators add up to, as sheets for print: title, heading on every page, frame."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from model.aggregation.lines import Line
from model.aggregation.parts import MONEY_UNIT, Excluded
from model.aggregation.result import Aggregate
from model.aggregation.summary_table import SummaryLine, total_of
from model.basics import number
from model.basics.metrics import Metrics
from model.paper.grid import Align, Cell, Grid, Heading, Paper, Printout, Style
from model.paper.measure import break_lines

_LYING = Paper(width=297.0, height=210.0, left=14.0, right=14.0, top=14.0, bottom=20.0)
_TITLE = Style(16.0, bold=True, align="center", border=False, pitch=1.5)
_NOTE = Style(9.0, border=False, side_mm=0.4, top_mm=0.6)
_TEXT = Style(9.0)
_HEAD = _TEXT._replace(bold=True, align="center")
_ROW_MM, _TITLE_MM = 7.0, 12.0
_RATE_PLACES = 6  # of a rate in a workbook, which prints two of its per cent

TO_CONFIRM = "待确认"
_HOW = {"sum": "相加", "rate": "按资金加权平均", "quality": "得分按资金加权平均"}
SORTS: dict[str, Callable[[SummaryLine], tuple[bool, object]]] = {  # what is unknown stands last
    "unit": lambda line: (not line.unit, line.unit),
    "budget": lambda line: (line.budget is None, -(line.budget or 0)),
    "rate": lambda line: (line.rate is None, line.rate or 0),
    "score": lambda line: (line.score is None, line.score or 0),
}


class Content(NamedTuple):
    """What stands in a cell: a text, and of a figure its value and the format that shows it as this text."""

    text: str
    value: Decimal | None = None
    number_format: str = ""


class Column(NamedTuple):
    """A column of a table: caption, width in millimetres, how its texts stand."""

    caption: str
    width_mm: float
    align: Align = "left"


_SUMMARY = (
    Column("序号", 12, "center"),
    Column("单位", 48),
    Column("项目", 52),
    Column(f"预算数（{MONEY_UNIT}）", 26, "right"),
    Column(f"执行数（{MONEY_UNIT}）", 26, "right"),
    Column("执行率", 19, "right"),
    Column("得分", 17, "right"),
    Column("等级", 15, "center"),
    Column("差的原因", 54),
)
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
) -> Printout:
    """Return the sheets of an adding up of forms called `name`; `refused`: files and why not read."""
    title = f"{year} 年度{name}汇总" if year else f"{name}汇总"
    sheets = (summary_grid(year, summary, metrics), lines_grid(title, result, metrics))
    if not (result.sorted.excluded or refused):
        return sheets
    return (*sheets, excluded_grid(result.sorted.excluded, refused, metrics))


def summary_grid(year: str, lines: Sequence[SummaryLine], metrics: Metrics) -> Grid:
    """Return 自评结果汇总表: the forms in the order given, sums and weighted averages below."""
    total = total_of(lines)
    below = (
        Content(""),
        Content("合计"),
        Content(f"{total.forms} 张表"),
        _amount(total.budget),
        _amount(total.executed),
        _rate(total.rate),
        _score(total.score),
        Content(""),
        Content("得分按预算数加权平均"),
    )
    rows = [_summary_row(n, line) for n, line in enumerate(lines, start=1)]
    lacking = f"有 {total.unknown} 张表缺预算数、执行数或得分，没有计入相应的合计。" if total.unknown else ""
    title = f"{year} 年度自评结果汇总表" if year else "自评结果汇总表"
    return _table("汇总表", title, lacking, _SUMMARY, [*rows, below], metrics)


def _summary_row(n: int, line: SummaryLine) -> tuple[Content, ...]:
    money = (_amount(line.budget), _amount(line.executed), _rate(line.rate), _score(line.score))
    texts = (Content(line.unit or line.source), Content(line.project))
    return (
        Content(str(n), Decimal(n), "0"),
        *texts,
        *money,
        Content(line.grade),
        Content(line.reasons),
    )


def lines_grid(title: str, result: Aggregate, metrics: Metrics) -> Grid:
    """Return what each indicator adds up to and how; what is open says 待确认 and what is asked."""
    open_lines = sum(1 for line in result.lines if line.questions)
    note = f"{open_lines} 项还没有确认，没有汇总。" if open_lines else ""
    rows = [_line_row(line) for line in result.lines]
    return _table("对上的指标", title, note, _LINES, rows, metrics)


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
    return _table("不计入", "没有计入的表和文件", "", _EXCLUDED, rows, metrics)


# ---- a table -------------------------------------------------------------------------------------


def _table(
    name: str,
    title: str,
    note: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Content]],
    metrics: Metrics,
) -> Grid:
    """Return a table on lying paper; a page may begin before any row, and then repeats the captions."""
    count = len(columns)
    cells = [Cell(0, 0, title, _TITLE, (title,), colspan=count)]
    heights = [_TITLE_MM]
    for n, row in enumerate(([Content(column.caption) for column in columns], *rows), start=1):
        drawn = list(_row(n, row, columns, metrics))
        cells += drawn
        heights.append(round(max(_ROW_MM, *(cell.style.height_mm(len(cell.lines)) for cell in drawn)), 2))
    last = len(heights) - 1
    if note:
        cells.append(Cell(last + 1, 0, note, _NOTE, (note,), colspan=count))
        heights.append(_ROW_MM)
    return Grid(
        name=name,
        running_title=title,
        footer=title,
        widths_mm=tuple(column.width_mm for column in columns),
        heights_mm=tuple(heights),
        cells=tuple(cells),
        breaks=tuple((n, 0) for n in range(2, len(heights))),
        headings=(Heading(1, 1, last),),
        paper=_LYING,
    )


def _row(n: int, row: Sequence[Content], columns: Sequence[Column], metrics: Metrics) -> Iterator[Cell]:
    for col, (content, column) in enumerate(zip(row, columns, strict=True)):
        style = _HEAD if n == 1 else _TEXT._replace(align=column.align)
        lines = tuple(break_lines(content.text, column.width_mm - 2 * style.side_mm, style, metrics))
        yield Cell(
            n, col, content.text, style, lines, value=content.value, number_format=content.number_format
        )


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
