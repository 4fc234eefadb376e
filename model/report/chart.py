"""Charts of a report as shapes and labels in millimetres: columns and pies, readable in black and white.

Every output draws these shapes alone, so paper, Word and window show the same picture.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from model.basics.metrics import Metrics
from model.paper.grid import Align, Style
from model.paper.measure import aligned, base_line, break_lines

LABEL = Style(10.5, pitch=1.4, side_mm=0.0, top_mm=0.0, border=False)
NO_FIGURES = "没有可画的数据，填上金额后自动画出。"
UNKNOWN = "—"


class Slice(NamedTuple):
    """A part of a pie: its name, its amount (None: unknown), and how amount and share are printed."""

    name: str
    value: Decimal | None
    amount: str
    share: str


class Pie(NamedTuple):
    """What a whole consists of; parts of nothing are left out by whoever makes it."""

    slices: tuple[Slice, ...]


class Column(NamedTuple):
    """A column: its value (None: unknown, no column is drawn) and how it is printed above it."""

    value: Decimal | None
    label: str


class Series(NamedTuple):
    """The columns of one name, one for each category."""

    name: str
    columns: tuple[Column, ...]


class Columns(NamedTuple):
    """Columns side by side for each category (the years)."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]


class Chart(NamedTuple):
    """A chart with the caption below it and what its amounts are counted in (单位：万元)."""

    caption: str
    unit_line: str
    figure: Pie | Columns

    @property
    def has_figures(self) -> bool:
        """Whether there is anything to draw."""
        match self.figure:
            case Pie(slices):
                return any(part.value is not None and part.value > 0 for part in slices)
            case Columns(_, series):
                return any(column.value is not None for one in series for column in one.columns)


class Rect(NamedTuple):
    """A rectangle; `fill` is the number of a pattern."""

    x: float
    y: float
    width: float
    height: float
    fill: int


class Wedge(NamedTuple):
    """A part of a circle around (x, y), clockwise from 12 o'clock, in degrees; 360 is a whole circle."""

    x: float
    y: float
    radius: float
    start: float
    sweep: float
    fill: int


class Stroke(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


class Label(NamedTuple):
    """A line of text: where it begins and its base line."""

    text: str
    x: float
    base: float


class Drawing(NamedTuple):
    """A chart as drawn, from its upper left corner."""

    width: float
    height: float
    shapes: tuple[Rect | Wedge | Stroke, ...]
    labels: tuple[Label, ...]


# Patterns that a photocopy keeps apart: lines of an angle (degrees) and a distance (mm), several may cross.
PATTERNS: tuple[tuple[tuple[int, float], ...], ...] = (
    ((45, 1.5),),
    (),
    ((0, 1.1),),
    ((45, 2.2), (135, 2.2)),
    ((90, 1.1),),
    ((135, 0.8),),
    ((0, 2.0), (90, 2.0)),
)
_SWATCH_MM = (6.0, 3.6)
_LINE_MM = LABEL.line_mm
_ROW_GAP_MM = 1.6
_RADIUS_MM = 22.0
SMALL_MM, _SMALL_RADIUS_MM = 56.0, 9.5
_LEGEND_MM = 12.0  # between circle and legend
_AMOUNT_MM, _SHARE_MM = 34.0, 17.0  # room for amount and share in the legend
_EDGE_MM = 1.0  # right of the last label
_PLOT_MM = 38.0  # of the highest column
_MOST_COLUMN_MM = 16.0


def lay_out_chart(chart: Chart, width_mm: float, metrics: Metrics) -> Drawing:
    """Return the drawing of a chart in a width; without figures a line that says so."""
    if not chart.has_figures:
        line = _label(NO_FIGURES, 0.0, 2.0, width_mm, "center", metrics)
        return Drawing(width_mm, _LINE_MM + 4.0, (), (line,))
    match chart.figure:
        case Pie():
            return _pie(chart.figure, width_mm, metrics)
        case Columns():
            return _columns(chart, chart.figure, width_mm, metrics)


def _label(text: str, x: float, top: float, width: float, align: Align, metrics: Metrics) -> Label:
    """Return a line in the room from x, its upper edge at `top`."""
    style = LABEL._replace(align=align)
    left = aligned(text, style, width, metrics) if align != "left" else 0.0
    return Label(text, x + left, top + base_line(style))


# ---- pies ----------------------------------------------------------------------------------------


def _pie(pie: Pie, width: float, metrics: Metrics) -> Drawing:
    left = 2 * _RADIUS_MM + _LEGEND_MM + 4.0
    rows = list(_legend(pie, left, width, metrics))
    legend_height = sum(height for height, _, _ in rows)
    height = max(2 * _RADIUS_MM + 4.0, legend_height + 4.0)
    shapes: list[Rect | Wedge | Stroke] = [*_wedges(pie, 2.0 + _RADIUS_MM, height / 2)]
    labels: list[Label] = []
    top = (height - legend_height) / 2
    for row_height, swatch, lines in rows:
        shapes.append(swatch._replace(y=swatch.y + top))
        labels += [line._replace(base=line.base + top) for line in lines]
        top += row_height
    return Drawing(width, height, tuple(shapes), tuple(labels))


def lay_out_small_pie(pie: Pie, metrics: Metrics) -> Drawing:
    """Return a pie that stands beside a sentence on screen: SMALL_MM wide, each part in lines of its own."""
    left = 2 * _SMALL_RADIUS_MM + 4.0
    swatch_width, swatch_height = _SWATCH_MM
    x = left + swatch_width + 2.0
    shapes: list[Rect | Wedge | Stroke] = []
    labels: list[Label] = []
    top = 1.0
    for n, part in enumerate(pie.slices):
        at = top + (_LINE_MM - swatch_height) / 2
        shapes.append(Rect(left, at, swatch_width, swatch_height, n % len(PATTERNS)))
        for line in (*break_lines(part.name, SMALL_MM - x, LABEL, metrics), part.amount, part.share):
            labels.append(_label(line, x, top, SMALL_MM - x, "left", metrics))
            top += _LINE_MM
        top += 1.0
    height = max(top, 2 * _SMALL_RADIUS_MM + 2.0)
    wedges = _wedges(pie, 1.0 + _SMALL_RADIUS_MM, 1.0 + _SMALL_RADIUS_MM, _SMALL_RADIUS_MM)
    return Drawing(SMALL_MM, height, (*wedges, *shapes), tuple(labels))


def _wedges(pie: Pie, x: float, y: float, radius: float = _RADIUS_MM) -> Iterator[Wedge]:
    """Yield the wedges; the last one closes the circle, whatever was lost in rounding."""
    drawn = [
        (n, part.value) for n, part in enumerate(pie.slices) if part.value is not None and part.value > 0
    ]
    total = sum(value for _, value in drawn)
    start, before = 0.0, Decimal(0)
    for n, value in drawn:
        before += value
        end = int(before / total * 36000) / 100 if before != total else 360.0
        yield Wedge(x, y, radius, start, end - start, n % len(PATTERNS))
        start = end


def _legend(
    pie: Pie, left: float, width: float, metrics: Metrics
) -> Iterator[tuple[float, Rect, list[Label]]]:
    """Yield a row for each part: its height, its swatch, its name with amount and share at the right."""
    swatch_width, swatch_height = _SWATCH_MM
    x = left + swatch_width + 3.0
    name_width = width - x - _AMOUNT_MM - _SHARE_MM - _EDGE_MM
    for n, part in enumerate(pie.slices):
        names = break_lines(part.name, name_width, LABEL, metrics)
        lines = [_label(name, x, at * _LINE_MM, name_width, "left", metrics) for at, name in enumerate(names)]
        lines += [
            _label(part.amount, x + name_width, 0.0, _AMOUNT_MM, "right", metrics),
            _label(part.share, x + name_width + _AMOUNT_MM, 0.0, _SHARE_MM, "right", metrics),
        ]
        swatch = Rect(left, (_LINE_MM - swatch_height) / 2, swatch_width, swatch_height, n % len(PATTERNS))
        yield len(names) * _LINE_MM + _ROW_GAP_MM, swatch, lines


# ---- columns -------------------------------------------------------------------------------------


def _columns(chart: Chart, figure: Columns, width: float, metrics: Metrics) -> Drawing:
    plot_top = 2 * _LINE_MM + 1.0
    base = plot_top + _PLOT_MM
    labels = [_label(chart.unit_line, 0.0, 0.0, width - _EDGE_MM, "right", metrics)]
    shapes: list[Rect | Wedge | Stroke] = [Stroke(0.0, base, width, base)]
    highest = max((abs(c.value) for one in figure.series for c in one.columns if c.value), default=Decimal(1))
    group = width / max(len(figure.categories), 1)
    slot = group / (len(figure.series) + 1)
    for n, category in enumerate(figure.categories):
        labels.append(_label(category, n * group, base + 1.0, group, "center", metrics))
        for m, one in enumerate(figure.series):
            centre = n * group + (m + 1) * slot
            column = one.columns[n]
            height = _height(column.value, highest)
            if height > 0:
                thick = min(_MOST_COLUMN_MM, slot * 0.6)
                shapes.append(Rect(centre - thick / 2, base - height, thick, height, m % len(PATTERNS)))
            text = column.label if column.value is not None else UNKNOWN
            top = base - height - _LINE_MM - 0.4
            labels.append(_label(text, centre - slot / 2, top, slot, "center", metrics))
    legend_top = base + _LINE_MM + 3.0
    swatches, names = _names_below(figure.series, legend_top, width, metrics)
    return Drawing(
        width, legend_top + _LINE_MM + 1.0, (*shapes, *swatches), tuple(line for line in (*labels, *names))
    )


def _height(value: Decimal | None, highest: Decimal) -> float:
    """How high a column is in mm; nothing is drawn for nothing, and for what is below it."""
    if value is None or value <= 0:
        return 0.0
    return int(value / highest * 1000) / 1000 * _PLOT_MM


def _names_below(
    series: Sequence[Series], top: float, width: float, metrics: Metrics
) -> tuple[list[Rect], list[Label]]:
    """Return swatch and name of each series, in the middle below the columns."""
    swatch_width, swatch_height = _SWATCH_MM
    room = width / max(len(series), 1)
    swatches, names = [], []
    for n, one in enumerate(series):
        name = _label(
            one.name, n * room + swatch_width + 2.0, top, room - swatch_width - 2.0, "center", metrics
        )
        swatches.append(
            Rect(
                name.x - swatch_width - 2.0,
                top + (_LINE_MM - swatch_height) / 2,
                swatch_width,
                swatch_height,
                n % len(PATTERNS),
            )
        )
        names.append(name)
    return swatches, names


def hatching(fill: int, x: float, y: float, width: float, height: float) -> Iterator[Stroke]:
    """Yield the lines of a pattern that cover a box; they reach over its edges, whoever draws clips them."""
    for angle, gap in PATTERNS[fill % len(PATTERNS)]:
        yield from _lines(angle, gap, x, y, width, height)


def _lines(angle: int, gap: float, x: float, y: float, width: float, height: float) -> Iterator[Stroke]:
    if angle == 0:
        for n in range(1, int(height / gap) + 1):
            yield Stroke(x, y + n * gap, x + width, y + n * gap)
    elif angle == 90:
        for n in range(1, int(width / gap) + 1):
            yield Stroke(x + n * gap, y, x + n * gap, y + height)
    else:
        step = gap * 2**0.5
        for n in range(1, int((width + height) / step) + 1):
            at = n * step
            if angle == 45:  # from the left edge down to the right: /
                yield Stroke(x, y + at, x + at, y)
            else:
                yield Stroke(x + width, y + at, x + width - at, y)
