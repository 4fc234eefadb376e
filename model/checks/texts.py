"""Checks of texts: what is missing, what a blank form left behind, what is denied, cut off or unprintable."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from model.basics import number
from model.checks.finding import Finding, cut, finding
from model.checks.residue import is_residue, is_residue_of_name
from model.document.answers import CellId, is_last_years
from model.forms.loader import covers
from model.reading.evidence import BLOCK as EVIDENCE
from model.reading.evidence import HIDDEN
from model.reading.left_behind import left_behind
from model.reading.reading import Form, goal_name
from model.reading.reasons import deviation_text, is_denial, letters
from model.reading.scoring import is_filled

_NAMED = 5  # texts that a finding names

# --- what a blank form left behind


def _own_texts(form: Form) -> Iterator[tuple[CellId, str]]:
    """The texts of this year: what last year's were is no longer hers to mend, nor is what a file of
    evidence was called before it came: its title is printed."""
    unprinted = {f"{row}.{column}" for row in form.answers.rows.get(EVIDENCE, ()) for column in HIDDEN}
    return (
        (cell, text)
        for cell, text in form.answers.texts.items()
        if not is_last_years(cell) and cell not in unprinted
    )


def nothing_of_the_blank_form_is_left(form: Form) -> Iterator[Finding]:
    """No cell is still a hint of the blank form: 指标1, ……, **, （500字以内）."""
    if not any(map(is_residue_of_name, set(form.answers.texts.values()))):
        return
    for cell, text in _own_texts(form):
        left = is_residue_of_name(text) if cell.endswith(".name") else is_residue(text)
        if left:
            message = f"“{cut(text)}”是空白表里的提示：请改成实际内容，或清除。"
            yield finding(form, "template-residue", "judged", cell, message, basis=(text,))


def nothing_is_left_behind(form: Form) -> Iterator[Finding]:
    """What had no place in a newer version of the form is dealt with."""
    left = left_behind(form.answers)
    if left:
        named = "；".join(f"{one.place}“{cut(one.text)}”" for one in left[:_NAMED])
        more = f"等 {len(left)} 处" if len(left) > _NAMED else ""
        message = f"换用新表样时没有位置：{named}{more}。请看要不要写到别处，办完后写一句说明。"
        yield finding(form, "left-behind", "warning", "title", message, basis=(f"{left}",))


# --- deviations and goals


def a_loss_is_not_denied(form: Form) -> Iterator[Finding]:
    """A form that lost points does not say that there is no deviation."""
    text = deviation_text(form)
    if not is_denial(text):
        return
    lost = _lost_by_rows(form) or _lost_by_goals(form)
    if lost:
        cell = next(f.id for f in form.definition.fields.values() if f.at == "deviation_analysis")
        message = f"写着“{cut(text)}”，但指标少得 {number.show(lost)} 分：请写明偏差原因。"
        yield finding(form, "deviation-denied", "judged", cell, message, basis=(text, number.show(lost)))


def _lost_by_rows(form: Form) -> Decimal:
    pairs = ((row.weight, row.score) for row in form.sheet.indicators if row.counted)
    return sum((w - s for w, s in pairs if w is not None and s is not None and s < w), Decimal(0))


def _lost_by_goals(form: Form) -> Decimal:
    """What the rows of each goal lack of its points, if every named row has a score."""
    lost = Decimal(0)
    for goal in form.answers.goals if form.definition.goal_points else ():
        points = number.parse_points(form.answers.text(f"{goal}.points"))
        rows = [row for row in form.sheet.indicators if row.goal == goal and row.counted]
        scores = [row.score for row in rows if row.score is not None]
        if points is not None and rows and len(scores) == len(rows):
            lost += max(points - sum(scores, Decimal(0)), Decimal(0))
    return lost


def goals_have_results(form: Form) -> Iterator[Finding]:
    """A goal with an expectation has a result, and no two goals have the same."""
    if "actual" not in form.definition.goal_parts:
        return
    seen: dict[str, str] = {}
    for goal in form.answers.goals:
        expected, actual = (form.answers.text(f"{goal}.{part}") for part in ("expected", "actual"))
        if not is_filled(actual):
            if is_filled(expected):
                message = f"写了预期目标“{cut(expected)}”，没有写实际完成情况：请填写。"
                yield finding(form, "goal-result", "warning", f"{goal}.actual", message, basis=(expected,))
        elif other := seen.get(letters(actual)):
            message = f"实际完成情况与{goal_name(form, other)}的完全相同：请核对。"
            yield finding(form, "goal-result", "warning", f"{goal}.actual", message, basis=(actual,))
        else:
            seen[letters(actual)] = goal


# --- length and characters


def texts_are_not_too_long(form: Form) -> Iterator[Finding]:
    """A text is not longer than the form allows."""
    for field in form.definition.fields.values():
        length = len("".join(form.answers.text(field.id).split()))
        if field.limit and length > field.limit:
            message = f"共 {length} 字，限 {field.limit} 字，多 {length - field.limit} 字：请精简。"
            yield finding(form, "text-too-long", "warning", field.id, message)


def characters_can_be_printed(form: Form) -> Iterator[Finding]:
    """Every character has a glyph in the shipped fonts."""
    if not any(map(_lacking, set(form.answers.texts.values()))):
        return
    for cell, text in _own_texts(form):
        if message := cannot_be_printed(text):
            yield finding(form, "missing-glyph", "computed", cell, message)


def cannot_be_printed(text: str) -> str:
    """Return which characters of a text have no glyph in the shipped fonts, and what to do; "" for none."""
    lacking = _lacking(text)
    chars = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in lacking[:5])
    return f"{chars}无法打印，请换字。" if lacking else ""


@lru_cache(maxsize=20_000)
def _lacking(text: str) -> tuple[str, ...]:
    printable = covers()
    return tuple(sorted(char for char in set(text) if not char.isspace() and not printable(char)))
