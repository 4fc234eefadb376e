"""Lays a form out as it is printed: one function per kind of block, from texts and scores to cells."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from model.basics import number
from model.basics.metrics import Metrics
from model.document.answers import CellId
from model.forms.columns import CORE
from model.forms.definition import (
    CellRow,
    CellSpec,
    Field,
    FieldsBlock,
    FundsBlock,
    GoalsBlock,
    IndicatorsBlock,
    NotesBlock,
    RowsBlock,
    bare,
)
from model.forms.toml_table import names_in
from model.paper.grid import Align, Grid, Heading, Printout, Style
from model.paper.measure import text_width
from model.paper.money import put_amounts
from model.paper.sheet import (
    RANK,
    Figure,
    Sheet,
    amount_figure,
    edges_of,
    points_figure,
    rate_figure,
    score_figure,
)
from model.paper.tables import Place, figure_of, placed, put_heading, put_text, rows_block
from model.reading.printed_rows import printed_rows
from model.reading.reading import Form, Reading
from model.reading.scoring import Indicator, runs_of
from model.reading.terms import goals_of

LINE_PT, NOTE_PT, SIGN_PT = 10.5, 9.0, 10.5
SIGN_ROW_MM = 12.0
TICKED, UNTICKED = "☑", "□"
DRAFT = "草稿"


def lay_out(reading: Reading, metrics: Metrics) -> Printout:
    """Return the printed sheets of all forms of a document, in order."""
    return tuple(lay_out_form(form, metrics) for form in reading.forms)


def lay_out_form(form: Form, metrics: Metrics, is_draft: bool = False) -> Grid:
    """Return the printed sheet of one form, with the explanation of its scores as annex.

    A draft says 草稿 on every page.
    """
    sheet = Sheet(form, metrics)
    sheet.title()
    for block in form.definition.blocks:
        _LAYOUTS[type(block)](sheet, block)
    return sheet.grid(DRAFT if is_draft else "")


# --- rows of fields


def _fields_block(sheet: Sheet, block: FieldsBlock) -> None:
    edges = edges_of(block.widths_mm)
    if block.label:
        _labelled_rows(sheet, block, edges)
        return
    for cells in block.rows:
        long = any(sheet.form.definition.fields[c.field].kind == "long" for c in cells if c.field)
        if block.framed:
            row = sheet.row(_row_height(sheet, cells), RANK.LEVEL1 if long else None)
            _cell_row(sheet, row, cells, edges, sheet.body)
        else:
            row = sheet.row(LINE_PT * 1.36 * 25.4 / 72 + 1.4)
            _cell_row(sheet, row, cells, edges, Style(LINE_PT, border=False, side_mm=0, top_mm=0.4))


def _labelled_rows(sheet: Sheet, block: FieldsBlock, edges: Sequence[float]) -> None:
    """Rows with one label at their left; the first heads the others."""
    first = len(sheet.minimum)
    for n, cells in enumerate(block.rows):
        row = sheet.row(_row_height(sheet, cells), None if n else RANK.LEVEL1)
        _cell_row(sheet, row, cells, edges[block.label_span :], sheet.body)
    sheet.label(first, 0.0, edges[block.label_span], block.label, rowspan=len(block.rows))
    if len(block.rows) > 1:
        sheet.headings.append(Heading(first, first, len(sheet.minimum) - 1))


def _row_height(sheet: Sheet, cells: CellRow) -> float:
    signs = any(len(cell.inline) > 1 for cell in cells)
    long = any(sheet.form.definition.fields[c.field].kind == "long" for c in cells if c.field)
    return SIGN_ROW_MM if signs else 2 * sheet.look.row_mm if long else sheet.look.row_mm


def _cell_row(sheet: Sheet, row: int, cells: CellRow, edges: Sequence[float], style: Style) -> None:
    column = 0
    for cell in cells:
        start, end = edges[column], edges[column + cell.span]
        _field_cell(sheet, row, start, end, cell, style)
        column += cell.span


def _field_cell(sheet: Sheet, row: int, start: float, end: float, cell: CellSpec, style: Style) -> None:
    align: Align | None = cell.align or None  # type: ignore[assignment]
    if cell.caption:
        sheet.put(row, start, end, cell.caption, sheet.head, label=True)
    elif cell.pattern:
        _pattern_cell(sheet, row, start, end, cell)
    elif cell.inline:
        text = _inline(sheet, cell.inline, sheet.width(start, end, style))
        size = SIGN_PT if len(cell.inline) > 1 else style.size_pt
        one = cell.inline[0] if len(cell.inline) == 1 else ""
        sheet.put(row, start, end, text, style._replace(align=align or "left", size_pt=size), source=one)
    elif cell.computed:
        figure, source = _COMPUTED[cell.computed](sheet.form)
        sheet.put(row, start, end, figure.text, sheet.head, figure=figure, source=source)
    elif cell.field:
        _one_field(sheet, row, start, end, sheet.form.definition.fields[cell.field], align)
    else:
        figure = points_figure(cell.text)
        style = (sheet.head if figure.value is not None else style)._replace(align=align or "center")
        sheet.put(row, start, end, cell.text, style, figure=figure)


_COMPUTED: dict[str, Callable[[Form], tuple[Figure, CellId]]] = {
    "total": lambda form: (score_figure(form.sheet.total), "total"),
    "grade": lambda form: (Figure(form.sheet.grade), "total"),
    "rate": lambda form: (rate_figure(form.sheet.execution_rate), form.sheet.whole.cell("rate")),
    "execution": lambda form: (score_figure(form.sheet.execution.score), form.sheet.whole.cell("score")),
}


def _pattern_cell(sheet: Sheet, row: int, start: float, end: float, cell: CellSpec) -> None:
    """A caption in which fields stand; what is empty leaves room for the pen."""
    names = names_in(cell.pattern)
    texts = {name: sheet.form.answers.text(name) or "    " for name in names}
    sheet.put(row, start, end, cell.pattern.format_map(texts), sheet.head, label=True, source=names[0])


def _one_field(sheet: Sheet, row: int, start: float, end: float, field: Field, align: Align | None) -> None:
    text = sheet.form.answers.text(field.id)
    if field.kind == "money":
        figure = amount_figure(text, sheet.form)
        sheet.put(row, start, end, figure.text, sheet.centred, figure=figure, source=field.id)
    elif field.kind == "choice":
        sheet.value(row, start, end, _ticked(field, text), field.id, align)
    else:
        sheet.value(row, start, end, text, field.id, "left" if field.kind == "long" else align)


def _ticked(field: Field, text: str) -> str:
    """All choices with their boxes; what is ticked and no choice of the form stands at the end."""
    ticked = {bare(line) for line in text.splitlines() if line.strip()}
    known = {bare(choice) for choice in field.choices}
    shown = [choice + (TICKED if bare(choice) in ticked else UNTICKED) for choice in field.choices]
    shown += [line + TICKED for line in text.splitlines() if line.strip() and bare(line) not in known]
    return "  ".join(shown)


def _inline(sheet: Sheet, fields: Sequence[str], width_mm: float) -> str:
    """Fields with their captions in one cell; several share the width, with room for the pen."""
    parts = [_captioned(sheet.form, sheet.form.definition.fields[name]) for name in fields]
    if len(parts) == 1:
        return parts[0]
    lacking = width_mm - sum(text_width(part, SIGN_PT, False, sheet.metrics) for part in parts)
    space = text_width(" ", SIGN_PT, False, sheet.metrics)
    blanks = max(int(lacking / space / len(parts)), 2)
    return (" " * blanks).join(parts)


def _captioned(form: Form, field: Field) -> str:
    text = form.answers.text(field.id)
    if field.kind == "money" and text:
        text = amount_figure(text, form).text
    suffix = "" if text.endswith(("元", "万", "亿")) else field.suffix  # a typed unit stands for itself
    return f"{field.caption}：{text}{suffix}" if field.caption else text


# --- money


def _funds_block(sheet: Sheet, block: FundsBlock) -> None:
    """Rows of amounts, and below them rows of fields under the same label."""
    edges = edges_of(block.widths_mm)
    first, last = put_amounts(sheet, block)
    for cells in block.more:
        row = sheet.row(sheet.look.row_mm)
        _cell_row(sheet, row, cells, edges[block.label_span :], sheet.body)
    sheet.label(first, 0.0, edges[block.label_span], block.label, rowspan=len(sheet.minimum) - first)
    if block.has_groups:
        sheet.headings.append(Heading(first, last, len(sheet.minimum) - 1))


# --- goals


def _goals_block(sheet: Sheet, block: GoalsBlock) -> None:
    edges = edges_of(block.widths_mm)
    headed = any(column.caption for column in block.columns)
    first = sheet.row(sheet.look.row_mm, RANK.LEVEL1)
    sheet.label(first, 0.0, edges[block.label_span], block.label, rowspan=2 if headed else 1)
    if headed:
        for column, start, end in placed(block.columns, edges, block.label_span):
            sheet.put(first, start, end, column.caption, sheet.head, label=True, cut="repeat")
        row = sheet.row(sheet.look.row_mm)
        sheet.headings.append(Heading(first, first, row))
    else:
        row = first
    for column, start, end in placed(block.columns, edges, block.label_span):
        text, source = _goal_texts(sheet.form, column.key, block.patterns.get(column.key, "{text}"))
        sheet.value(row, start, end, text, source, "left")


def _goal_texts(form: Form, key: str, pattern: str) -> tuple[str, CellId]:
    """The text of one goal as it is; of several, a paragraph each. Also where it comes from."""
    goals = form.answers.goals
    if len(goals) <= 1:
        cell = f"{goals[0]}.{key}" if goals else ""
        return form.answers.text(cell), cell
    texts = [(n, form.answers.text(f"{goal}.{key}")) for n, goal in enumerate(goals, start=1)]
    return "\n".join(pattern.format(n=n, text=text) for n, text in texts if text), f"{goals[0]}.{key}"


# --- indicators


class _Group(NamedTuple):
    """The rows that stand together under one goal, or all of them; `goal` is "" where no goal is meant."""

    number: int
    goal: str
    rows: tuple[Indicator, ...]


def _indicators_block(sheet: Sheet, block: IndicatorsBlock) -> None:
    edges = edges_of(block.widths_mm)
    heading: tuple[int, int] | None = None
    for group in _groups(sheet.form, block):
        rank: int | None = RANK.GOAL
        caption = _goal_caption(sheet.form, block, group)
        if block.goal_text:
            _goal_row(sheet, block, group, caption, edges, RANK.GOAL)
            rank = None
        first = len(sheet.minimum)
        if heading is None or block.heading == "each":
            heading = put_heading(sheet, list(placed(block.printed, edges, 1)), rank)
            rank = None
        _indicator_rows(sheet, block, group, edges, rank)
        label = caption if block.per_goal and not block.goal_text else block.label
        sheet.label(first, 0.0, edges[1], label, rowspan=len(sheet.minimum) - first)
        if block.heading == "each":
            sheet.headings.append(Heading(*heading, len(sheet.minimum) - 1))
    if heading is not None and block.heading == "once":
        sheet.headings.append(Heading(*heading, len(sheet.minimum) - 1))


def _groups(form: Form, block: IndicatorsBlock) -> list[_Group]:
    rows = form.sheet.indicators
    goals = goals_of(form.definition, form.answers, block.term)
    if not block.per_goal:
        return [_Group(1, "", printed_rows(form, rows))]
    groups = [
        _Group(n, goal, printed_rows(form, [row for row in rows if row.goal == goal]))
        for n, goal in enumerate(goals, start=1)
    ]
    strays = printed_rows(form, [row for row in rows if row.goal not in form.answers.goals])
    if strays and block is form.indicators_of(""):
        groups.append(_Group(len(goals) + 1, "", strays))
    return groups or [_Group(1, "", ())]


def _goal_caption(form: Form, block: IndicatorsBlock, group: _Group) -> str:
    if not block.per_goal:
        return ""
    pattern = block.goal_captions[min(group.number, len(block.goal_captions)) - 1]
    points = form.answers.text(f"{group.goal}.points") if group.goal else ""
    return pattern.format(n=group.number, points=points_figure(points).text or "  ")


def _goal_row(
    sheet: Sheet, block: IndicatorsBlock, group: _Group, caption: str, edges: Sequence[float], rank: int
) -> None:
    row = sheet.row(sheet.look.row_mm, rank)
    sheet.put(row, 0.0, edges[block.goal_caption_span], caption, sheet.head, label=True, cut="repeat")
    cell = f"{group.goal}.text"
    sheet.value(row, edges[block.goal_caption_span], edges[-1], sheet.form.answers.text(cell), cell, "left")


def _indicator_rows(
    sheet: Sheet, block: IndicatorsBlock, group: _Group, edges: Sequence[float], rank: int | None
) -> None:
    """The rows of a group; `rank` is how well a page may begin before the first."""
    if not group.rows:
        row = sheet.row(sheet.look.row_mm, rank)
        for _, start, end in placed(block.printed, edges, 1):
            sheet.put(row, start, end, "", sheet.body)
        return
    first_row = len(sheet.minimum)
    for key in ("level1", "level2"):
        _merged_labels(sheet, block, group.rows, key, first_row, edges)
    for place in placed(block.printed, edges, 1):
        if place.column.merged:
            _merged_cells(sheet, place, group.rows, first_row)
    for n, indicator in enumerate(group.rows):
        row = sheet.row(sheet.look.row_mm, rank if n == 0 else _rank_between(group.rows[n - 1], indicator))
        for place in placed(block.printed, edges, 1):
            if not place.column.is_label and not place.column.merged:
                _indicator_cell(sheet, block, row, place, indicator)


def _rank_between(above: Indicator, below: Indicator) -> int:
    if bare(above.level1) != bare(below.level1):
        return RANK.LEVEL1
    return RANK.LEVEL2 if bare(above.level2) != bare(below.level2) else RANK.ROW


def _merged_labels(
    sheet: Sheet,
    block: IndicatorsBlock,
    rows: Sequence[Indicator],
    key: str,
    first_row: int,
    edges: Sequence[float],
) -> None:
    """Equal neighbours of level 1, and of level 2 within it, are one cell, if the form has the column."""
    found = next(((s, e) for column, s, e in placed(block.printed, edges, 1) if column.key == key), None)
    if found is None:
        return
    start, end = found
    row = first_row
    for _, members in groupby(rows, key=_same_level2 if key == "level2" else lambda r: bare(r.level1)):
        run = list(members)
        text = _level1(sheet.form, block, run[0]) if key == "level1" else run[0].level2
        source = f"{run[0].id}.{key}"
        sheet.put(
            row, start, end, text, sheet.centred, label=True, rowspan=len(run), cut="mark", source=source
        )
        row += len(run)


def _merged_cells(sheet: Sheet, place: Place, rows: Sequence[Indicator], first_row: int) -> None:
    """Rows that share a text or figure have one cell."""
    column, start, end = place
    at = first_row
    for run in runs_of(rows, column, sheet.form.answers):
        text = sheet.form.answers.text(f"{run[0].id}.{column.key}")
        is_score = column.key == "score" and not text.strip()
        figure = score_figure(run[0].score) if is_score else figure_of(column, text, sheet.form)
        style = sheet.body._replace(align=column.align or "center")
        source = f"{run[0].id}.{column.key}"
        sheet.put(at, start, end, figure.text, style, rowspan=len(run), figure=figure, source=source)
        at += len(run)


def _same_level2(row: Indicator) -> tuple[str, str]:
    return bare(row.level1), bare(row.level2)


def _level1(form: Form, block: IndicatorsBlock, row: Indicator) -> str:
    points = form.definition.points_of(row.level1)
    if points is None:
        return row.level1
    return block.level1_pattern.format(name=row.level1, points=number.show(points))


def _indicator_cell(
    sheet: Sheet, block: IndicatorsBlock, row: int, place: Place, indicator: Indicator
) -> None:
    column, start, end = place
    cell = f"{indicator.id}.{column.key}"
    text = sheet.form.answers.text(cell)
    if column.key == "name":
        weight = points_figure(indicator.text("weight")).text
        core = CORE if sheet.form.answers.text(f"{indicator.id}.core") else ""
        pattern = block.name_pattern
        plain = "{core}{name}" if "{core}" in pattern else "{name}"
        pattern = pattern if indicator.has_weight_text or "{weight}" not in pattern else plain
        shown = pattern.format(name=text, weight=weight, core=core)
        sheet.value(row, start, end, shown, cell, column.align or None)
    elif column.key == "actual" and indicator.is_execution and not text.strip():
        figure = rate_figure(sheet.form.sheet.execution_rate)
        sheet.put(row, start, end, figure.text, sheet.centred, figure=figure, source=cell)
    elif column.key == "score" and not text.strip():
        figure = score_figure(indicator.score)
        sheet.put(row, start, end, figure.text, sheet.centred, figure=figure, source=cell)
    else:
        put_text(sheet, row, start, end, column, cell)


# --- notes


def _notes_block(sheet: Sheet, block: NotesBlock) -> None:
    left, right = 0.0, sheet.edges[-1]
    style = Style(NOTE_PT, pitch=1.34, top_mm=0.3, side_mm=0, border=False)
    if block.framed:
        style = style._replace(border=True, side_mm=sheet.body.side_mm, top_mm=sheet.body.top_mm)
    else:
        gap = sheet.row(1.5)
        sheet.put(gap, left, right, "", style._replace(size_pt=1.0))
    if block.title:
        sheet.put(sheet.row(), left, right, block.title, style)
    for n, line in enumerate(block.lines):
        row = sheet.row(0.0, RANK.LEVEL2 if n else None)
        sheet.put(row, left, right, line, style)


_LAYOUTS: dict[type[object], Callable[..., None]] = {
    FieldsBlock: _fields_block,
    FundsBlock: _funds_block,
    RowsBlock: rows_block,
    GoalsBlock: _goals_block,
    IndicatorsBlock: _indicators_block,
    NotesBlock: _notes_block,
}
