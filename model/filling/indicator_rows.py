"""Puts entries of the indicator library into a form: under their levels, into empty rows first."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from model.document.answers import INDICATORS, FormAnswers
from model.document.document import Edit
from model.filling.indicator_search import RowTexts, open_at, row_texts
from model.forms.columns import LABELS
from model.forms.definition import FormDefinition, bare
from model.forms.indicator_library import IndicatorLibrary, LibraryIndicator
from model.forms.targets import direction_of, sign_of
from model.reading.amounts import fund_lines
from model.reading.reading import Form

_KEPT = ("goal", *LABELS, "weight", "core")  # what an empty row may have
_LAST = (99, 99)  # the place of levels that the form does not name


class Inserted(NamedTuple):
    """A row that took an entry, and where in its target the clerk's number belongs."""

    row: str
    open: tuple[int, int] | None


def texts_for(form: Form, library: IndicatorLibrary, entry: LibraryIndicator, goal: str) -> RowTexts:
    """Return what a row of a goal ("" where rows belong to none) would hold, by the columns of the form.

    Levels are called as rows of the goal call them, else as the form does; of a project the budget is put
    in. Weights are the clerk's own.
    """
    definition, answers = form.definition, form.answers
    rows = _rows_of(answers, answers.indicators, goal)
    typed2 = [answers.text(f"{row}.level2") for row in rows]
    level2s = [*typed2, *(name for level in definition.level1 for name in level.level2)]
    level1s = [level.name for level in definition.level1]
    row = row_texts(entry, library, level1s, level2s, _budget(form))
    level1 = _level1_with(definition, row.texts["level1"], row.texts["level2"])
    typed1 = (answers.text(f"{one}.level1") for one in rows)
    texts = {**row.texts, "level1": next((name for name in typed1 if bare(name) == bare(level1)), level1)}
    if not definition.is_scored:  # nothing is judged, the direction stands in the target
        texts.pop("direction")
    own = {column.key for column in definition.indicator_columns}
    texts = _in_columns(definition, entry, texts)
    texts = {key: text for key, text in texts.items() if text and (key in own or key not in LABELS)}
    return RowTexts(texts, open_at(texts.get("target", "")))


def _in_columns(
    definition: FormDefinition, entry: LibraryIndicator, texts: Mapping[str, str]
) -> dict[str, str]:
    """Sign and unit stand in columns of their own where the form has these."""
    target, columns = texts["target"], definition.row_columns
    parts: dict[str, str] = {}
    if "unit" in columns and entry.unit and target.endswith(entry.unit):
        parts["unit"] = entry.unit
        target = target.removesuffix(entry.unit)
    if "nature" in columns:
        parts["nature"] = _nature(entry, columns["nature"].choices)
        target = target.removeprefix(entry.direction) if sign_of(parts["nature"]) else target
    return {**texts, **parts, "target": target}


def _nature(entry: LibraryIndicator, choices: tuple[str, ...]) -> str:
    """What 指标性质 says of an entry: its sign or 定性, as the form offers it; "" where it does not."""
    wanted = entry.direction or "定性"
    if not choices:
        return wanted
    by_sign = (choice for choice in choices if entry.direction and sign_of(choice) == entry.direction)
    by_word = (choice for choice in choices if entry.direction and direction_of(choice) == entry.direction)
    quality = (choice for choice in choices if not entry.direction and wanted in choice)
    return next(chain(by_sign, by_word, quality), "")


def insert(
    edit: Edit,
    form: Form,
    library: IndicatorLibrary,
    entries: Iterable[LibraryIndicator],
    goal: str,
    near: str = "",
) -> tuple[Inserted, ...]:
    """Put entries into a form as rows of a goal; return the rows that took them, in the order of the entries.

    An empty row of the same levels takes an entry, first `near`, the one under the cursor; other entries get
    rows of their own: below `near` if it has the same levels, else below the rows that come before by the
    order of the form. Nothing that stands in the form changes.
    """
    done: list[Inserted] = []
    for entry in entries:
        wanted = texts_for(form, library, entry, goal)
        row = _put(edit, form, wanted, goal, near)
        near = row
        done.append(Inserted(row, wanted.open))
    return tuple(done)


def _put(edit: Edit, form: Form, wanted: RowTexts, goal: str, near: str) -> str:
    """Write one row; return it."""
    answers = edit.answers.forms[form.key]
    rows = _rows_of(answers, answers.indicators, goal)
    same = [row for row in rows if _labels(answers, row) == _bare_labels(wanted)]
    if near in same:
        same = [near, *(row for row in same if row != near)]
    filled = _filled_rows(answers)
    if row := next((row for row in same if row not in filled), ""):
        free = {key: text for key, text in wanted.texts.items() if key not in LABELS}
        edit.set_texts({(form.key, f"{row}.{key}"): text for key, text in free.items()})
        return row
    texts = {**wanted.texts, "goal": goal}
    above = near if near in same else _above(form.definition, answers, rows, wanted)
    order = answers.indicators
    place = order.index(above) + 1 if above else order.index(rows[0]) if rows else len(order)
    return edit.add_rows(form.key, INDICATORS, place, [texts])[0]


def _above(definition: FormDefinition, answers: FormAnswers, rows: Sequence[str], wanted: RowTexts) -> str:
    """Return the row below which a new one belongs, "" for the beginning."""
    rank = _rank(definition, _bare_labels(wanted))
    before = [row for row in rows if _rank(definition, _labels(answers, row)) <= rank]
    return before[-1] if before else ""


def _rank(definition: FormDefinition, labels: tuple[str, ...]) -> tuple[int, int]:
    """The place of levels in the order of the form."""
    level1 = next((n for n, one in enumerate(definition.level1) if bare(one.name) == labels[0]), None)
    if level1 is None:
        return _LAST
    names = [bare(name) for name in definition.level1[level1].level2]
    return level1, names.index(labels[1]) if labels[1] in names else _LAST[1]


def _level1_with(definition: FormDefinition, level1: str, level2: str) -> str:
    """Return the level 1 under which the form has a level 2, where it has not the one that is usual."""
    if not definition.level1 or any(bare(one.name) == bare(level1) for one in definition.level1):
        return level1
    found = (one.name for one in definition.level1 if bare(level2) in map(bare, one.level2))
    return next(found, level1)


def _rows_of(answers: FormAnswers, rows: Iterable[str], goal: str) -> list[str]:
    return [row for row in rows if answers.text(f"{row}.goal") == goal]


def _labels(answers: FormAnswers, row: str) -> tuple[str, ...]:
    return tuple(bare(answers.text(f"{row}.{key}")) for key in LABELS)


def _bare_labels(wanted: RowTexts) -> tuple[str, ...]:
    return tuple(bare(wanted.texts.get(key, "")) for key in LABELS)


def _filled_rows(answers: FormAnswers) -> set[str]:
    """The rows in which more stands than where they belong and what they weigh."""
    cells = (cell.partition(".") for cell, text in answers.texts.items() if text.strip())
    return {row for row, _, column in cells if column not in _KEPT}


def _budget(form: Form) -> Decimal | None:
    """The budget of a project in 万元; that of a whole department is no target of one row."""
    if form.definition.kind != "project":
        return None
    lines = fund_lines(form.definition, form.answers)
    budget = lines[0].budget if lines else None
    return None if budget is None or budget.is_absurd or not budget else budget.to("万元").number
