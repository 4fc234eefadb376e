"""图1 to 图4 from the tables: totals of two years as columns, what income and spending consist of as pies."""

from decimal import Decimal

from model.explanation.outline import Part
from model.explanation.values import Values
from model.report.chart import UNKNOWN, Chart, Column, Columns, Pie, Series, Slice

UNIT_LINE = "单位：万元"
_PIES = {
    "chart2": (
        "income",
        (
            ("财政拨款收入", "fiscal"),
            ("上级补助收入", "superior"),
            ("事业收入", "business"),
            ("经营收入", "operating_in"),
            ("附属单位上缴收入", "subsidiary"),
            ("其他收入", "other"),
        ),
    ),
    "chart3": (
        "spending",
        (
            ("基本支出", "basic"),
            ("项目支出", "project"),
            ("上缴上级支出", "to_superior"),
            ("经营支出", "operating_out"),
            ("对附属单位补助支出", "to_subsidiary"),
        ),
    ),
}
_COLUMNS = {
    "chart1": (("收入总计", "total", "t1.in.total"), ("支出总计", "total", "t1.out.total")),
    "chart4": (
        ("财政拨款收入总计", "grant", "t4.in.total"),
        ("财政拨款支出总计", "grant", "t4.out.total.total"),
    ),
}


def chart(part: Part, values: Values) -> Chart:
    """Return the chart of a part; unknown figures are unknown in it, parts of 0 are left out."""
    if part.id in _PIES:
        return Chart(part.caption, "", _pie(part.id, values))
    return Chart(part.caption, UNIT_LINE, _columns(part.id, values))


def _pie(chart_id: str, values: Values) -> Pie:
    whole, slots = _PIES[chart_id]
    total = values.money(whole) if values.is_filled else None
    return Pie(
        tuple(
            Slice(name, amount, f"{_show(amount)}万元", f"{values.percent(amount, total) or UNKNOWN}%")
            for name, slot in slots
            if (amount := values.money(slot)) and total
        )
    )


def _columns(chart_id: str, values: Values) -> Columns:
    year, last = (values.document.get(name) or "" for name in ("year", "last_year"))
    series = tuple(
        Series(name, (_column(values.last(key)), _column(values.cell(cell) if values.is_filled else None)))
        for name, key, cell in _COLUMNS[chart_id]
    )
    return Columns((f"{last}年度", f"{year}年度"), series)


def _column(value: Decimal | None) -> Column:
    return Column(value, UNKNOWN if value is None else _show(value))


def _show(value: Decimal) -> str:
    return f"{value:.2f}"
