"""What a form wants filled in, and what of it is empty: the one list behind marks, counts, F6 and checks."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from model.basics import number
from model.basics.memory import once
from model.document.answers import CellId
from model.forms.definition import Field, GoalsBlock, bare
from model.reading.printed_rows import blank_levels
from model.reading.reading import ColumnPlaces, Form, field_name, goal_name
from model.reading.scoring import Indicator, is_filled, sum_of_weights

# cell: a required cell · row: a named row with its result and score · points: those of a goal that prints
# them · text: a text that would print empty · date: a date · level: a level 2 without indicators · chosen:
# the level (达成 …) of a qualitative row
Kind = Literal["cell", "row", "points", "text", "date", "level", "chosen"]
_ROW_NAMES = {"target": "目标值", "actual": "完成值", "weight": "分值", "score": "得分"}
UNIT_NAME = "unit_name"  # the field of a form in which its unit stands
_NAMED_PART = 20  # characters of a name that a sentence quotes


class Wanted(NamedTuple):
    """Something that a form wants: `cell` is where to begin, `place` and `sentence` say what is lacking.

    Both are "" where nothing is; `offer` is a text that may be put there.
    """

    kind: Kind
    cell: CellId
    is_filled: bool
    sentence: str = ""
    place: str = ""
    offer: str = ""


@once
def wanted(form: Form) -> tuple[Wanted, ...]:
    """Return everything that a form wants, in the order of the form.

    Required cells, money of the first row, dates, points and printed texts of goals, of each named row its
    target, result and score (and its weight where the form prints weights or another row has one), an
    indicator in each level 2, and the improvement. A form without scores wants of a row its target alone.
    """
    return (*_fields(form), *_money(form), *_goals(form), *_rows(form), *_improvement(form))


@once
def lacking(form: Form) -> tuple[Wanted, ...]:
    """Return what of it is empty."""
    return tuple(want for want in wanted(form) if not want.is_filled)


# --- fields and money


def _fields(form: Form) -> Iterator[Wanted]:
    fields = list(form.definition.fields.values())
    if not any(field.required and _is_unit(field) for field in fields):
        yield _cell(form, "cell", "unit", "单位名称")
    for field in fields:
        if field.required:
            yield _cell(form, "cell", field.id, _choose(field) if field.choices else field_name(field))
        elif field.kind == "date":
            yield _cell(form, "date", field.id, field_name(field))


def _choose(field: Field) -> str:
    return f"{field.caption}（勾选一项）"


def _is_unit(field: Field) -> bool:
    caption = bare(field.caption)
    return (
        field.id == UNIT_NAME
        or caption.endswith(("单位名称", "部门名称"))
        or caption == bare("部门(单位)名称")
    )


def _money(form: Form) -> Iterator[Wanted]:
    if form.definition.is_scored and form.sheet.funds:
        yield _cell(form, "cell", form.sheet.whole.cell("budget"), "预算数")
        yield _cell(form, "cell", form.sheet.whole.cell("executed"), "执行数")


def _improvement(form: Form) -> Iterator[Wanted]:
    for field in form.definition.fields_at("improvement"):
        yield _cell(form, "text", field.id, field_name(field))


def _cell(form: Form, kind: Kind, cell: CellId, name: str) -> Wanted:
    if _holds(form, cell):
        return Wanted(kind, cell, True)
    return Wanted(kind, cell, False, f"{name}未填：请填写。", form.place(cell))


def _holds(form: Form, cell: CellId) -> bool:
    """Whether a cell holds something; an amount that is crossed out (/, 无) is nothing."""
    field = form.definition.fields.get(cell)
    is_amount = cell.startswith("funds.") or (field is not None and field.kind == "money")
    text = form.answers.text(cell)
    return not number.is_nothing(text) if is_amount else is_filled(text)


# --- goals


def _goals(form: Form) -> Iterator[Wanted]:
    parts = _printed_parts(form)
    for goal in form.answers.goals:
        if form.definition.goal_points:
            yield _points(form, goal)
        for part in parts:
            name = form.definition.goal_columns[part].called or "内容"
            yield _cell(form, "text", f"{goal}.{part}", f"{goal_name(form, goal)}的{name}")


def _points(form: Form, goal: str) -> Wanted:
    """The points of a goal; where they lack, what its rows have together may be put there."""
    cell = f"{goal}.points"
    if not number.is_nothing(form.answers.text(cell)):
        return Wanted("points", cell, True)
    rows = [row for row in form.sheet.indicators if row.goal == goal and row.counted]
    found = sum_of_weights(rows)
    offer = number.show(found) if found is not None else ""
    sums = f"各行分值合计 {offer} 分，" if offer else ""
    sentence = f"没有分值，会印成“（　分）”：{sums}请填写。"
    return Wanted("points", cell, False, sentence, goal_name(form, goal), offer)


def _printed_parts(form: Form) -> tuple[str, ...]:
    """The texts of a goal that paper has; of a result without an expectation a check speaks."""
    definition = form.definition
    is_printed = definition.indicators.goal_text or any(isinstance(b, GoalsBlock) for b in definition.blocks)
    parts = definition.goal_parts if is_printed else ()
    return tuple(part for part in parts if part != "actual" or "expected" not in parts)


# --- rows


def _rows(form: Form) -> Iterator[Wanted]:
    rows = form.sheet.indicators
    if all(row.is_none for row in rows):
        cell = f"{rows[0].id}.name" if rows else "unit"
        yield Wanted("cell", cell, False, "没有填写任何三级指标：请至少填写一个。", "绩效指标")
        return
    blank = {row.id for row in blank_levels(form)}
    shared = _shared(form)
    for row in rows:
        if not row.is_none:
            yield from _row(row, shared[row.goal])
        elif row.id in blank:
            yield _level(form, row)


class _Shared(NamedTuple):
    """What the rows of a goal have in common: with the row, all that says what the row wants."""

    places: ColumnPlaces
    has_weights: bool  # the form prints weights, or a row has one
    levels: str  # 达成、部分达成 …, where a row has one; else ""

    def place(self, row: Indicator) -> str:
        """Return where the row stands."""
        return self.places.of(row, "name").rpartition(" · ")[0]


def _shared(form: Form) -> dict[str, _Shared]:
    rows, definition = form.sheet.indicators, form.definition
    has_weights = definition.prints_weights or any(row.has_weight_text for row in rows)
    chooses = definition.is_scored and any(row.level for row in rows)
    levels = "、".join(band.level for band in form.regulation.scheme.bands) if chooses else ""
    goals = {row.goal for row in rows}
    return {goal: _Shared(form.column_places(goal), has_weights, levels) for goal in goals}


@lru_cache(maxsize=20_000)  # of thousands of rows a key changes one
def _row(row: Indicator, shared: _Shared) -> tuple[Wanted, ...]:
    if not shared.places.definition.is_scored:
        return (_target(row, shared),)
    if row.is_unfinished:
        return (_unfinished(row, shared),)
    finished = Wanted("row", f"{row.id}.name", True)
    is_judged = bool(shared.levels) and row.target.kind == "prose"
    return (finished, _chosen(row, shared)) if is_judged else (finished,)


def _unfinished(row: Indicator, shared: _Shared) -> Wanted:
    lacking = {  # of a target that lacks beside a weight a check speaks
        "target": row.target.kind == "empty" and not row.has_weight_text and not row.is_execution,
        "actual": row.actual.kind == "empty" and not row.is_execution,
        "weight": shared.has_weights and not row.has_weight_text,
        "score": True,
    }
    columns = [column for column, lacks in lacking.items() if lacks]
    names = "、".join(_ROW_NAMES[column] for column in columns)
    sentence = f"“{_name(row)}”还没有{names}：请填写。"
    return Wanted("row", f"{row.id}.{columns[0]}", False, sentence, shared.place(row))


def _chosen(row: Indicator, shared: _Shared) -> Wanted:
    """The level of a qualitative row, where another row of the form has one."""
    cell = f"{row.id}.level"
    if row.level:
        return Wanted("chosen", cell, True)
    sentence = f"“{_name(row)}”没有选达成档次：请选{shared.levels}。"
    return Wanted("chosen", cell, False, sentence, shared.place(row))


def _target(row: Indicator, shared: _Shared) -> Wanted:
    cell = f"{row.id}.target"
    if row.target.kind != "empty":
        return Wanted("text", cell, True)
    return Wanted(
        "text", cell, False, f"“{_name(row)}”还没有目标值：请填写。", shared.places.of(row, "target")
    )


def _level(form: Form, row: Indicator) -> Wanted:
    """A level 2 without indicators."""
    name = "".join(row.level2.split()) or "".join(row.level1.split()) or "这里"
    sentence = f"{name}没有指标，会印出空白行：请填写，没有的填“无”。"
    place = form.place(f"{row.id}.name").rpartition(" · 第")[0]
    return Wanted("level", f"{row.id}.name", False, sentence, place)


def _name(row: Indicator) -> str:
    line = " ".join(row.name.split())
    return line if len(line) <= _NAMED_PART else line[: _NAMED_PART - 1] + "…"
