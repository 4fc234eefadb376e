"""Which rows of indicators paper has, and in which order: no heading comes twice, no blank row too many."""

from collections.abc import Sequence

from model.forms.definition import bare
from model.reading.reading import Form
from model.reading.scoring import Indicator

Levels = tuple[str, str]


def printed_rows(form: Form, rows: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Return rows as they are printed: those of a level 1, and of a level 2 within it, together.

    Blocks keep the order in which they come first. A level 2 without indicators keeps one blank row, as the
    form has it; other blank rows are left out.
    """
    levels: dict[str, dict[str, list[Indicator]]] = {}
    for row in rows:
        levels.setdefault(bare(row.level1), {}).setdefault(bare(row.level2), []).append(row)
    return tuple(
        row for level1 in levels.values() for members in level1.values() for row in _kept(form, members)
    )


def blank_levels(form: Form) -> tuple[Indicator, ...]:
    """Return the blank rows that are printed: one for each level 2 without indicators, goal by goal."""
    if not any(row.is_none and is_blank(form, row) for row in form.sheet.indicators):
        return ()
    per_goal = form.definition.indicators.per_goal
    groups: dict[str, list[Indicator]] = {}
    for row in form.sheet.indicators:
        groups.setdefault(row.goal if per_goal else "", []).append(row)
    return tuple(row for rows in groups.values() for row in printed_rows(form, rows) if is_blank(form, row))


def is_blank(form: Form, row: Indicator) -> bool:
    """Whether a row stands there as the form has it: nothing is typed but where it belongs."""
    if row.name.strip():
        return False
    columns = (key for key, c in form.definition.row_columns.items() if c.is_found and not c.is_label)
    return not any(form.answers.text(f"{row.id}.{key}").strip() for key in columns)


def _kept(form: Form, rows: list[Indicator]) -> list[Indicator]:
    return [row for row in rows if not is_blank(form, row)] or rows[:1]
