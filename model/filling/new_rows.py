"""The indicators of a form in a newer version of it: the clerk's, and those that the form begins with."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from model.basics.names import same_name
from model.document.answers import INDICATORS, FormAnswers
from model.forms.definition import FormDefinition, bare

NOT_PRINTED = "指标“{name}”新表样没有印，作为自己加的一行保留。"
NO_LEVEL = "新表样没有“{name}”这个一级指标，它下面的指标照原样保留，请改放到别的一级指标。"


class Rows(NamedTuple):
    """A form with its rows, and what to know of them."""

    form: FormAnswers
    notes: tuple[str, ...]


def with_rows_of(
    form: FormAnswers,
    untouched: Collection[str],
    blank: FormAnswers,
    new: FormDefinition,
    levels: Mapping[str, str],
) -> Rows:
    """Return a form with the rows of an empty one: a printed row takes the one of its name, the row of a
    level stands only where the clerk has none of it. Rows in which nobody wrote go; all others stay."""
    form = _with_levels(form, levels)
    kept = [row for row in form.indicators if row not in untouched]
    begins = [{key: blank.text(f"{row}.{key}") for key in new.row_columns} for row in blank.indicators]
    pairs = _pairs(form, kept, begins)
    goal = next(iter(form.goals), "") if new.indicators.per_goal else ""
    texts = {c: t for c, t in form.texts.items() if c.partition(".")[0] not in untouched}
    made = replace(form, texts=texts)
    order, at = list(kept), 0
    numbers = count(max((int(row[1:]) for row in form.indicators if row[1:].isdecimal()), default=0) + 1)
    for n, begin in enumerate(begins):
        row = pairs.get(n, "")
        is_printed = bool(begin.get("name"))
        of_level = [] if is_printed else [row for row in kept if _is_of_levels(form, row, begin)]
        if not row and not is_printed and (of_level or (kept and not _has_levels(begin))):
            at = max((order.index(row) + 1 for row in of_level), default=at)
            continue
        if not row:
            row = f"i{next(numbers)}"
            order.insert(at, row)
        said = {f"{row}.{key}": text for key, text in begin.items() if text and key != "goal"}
        made = made.with_texts(said | ({} if made.text(f"{row}.goal") else {f"{row}.goal": goal}))
        at = order.index(row) + 1
    return Rows(made.with_rows(INDICATORS, order), tuple(_notes(form, kept, set(pairs.values()), new)))


def _with_levels(form: FormAnswers, levels: Mapping[str, str]) -> FormAnswers:
    """Levels 1 as the new form calls them."""
    names = {bare(one): other for one, other in levels.items()}
    cells = [f"{row}.level1" for row in form.indicators]
    return form.with_texts({cell: names.get(bare(form.text(cell)), form.text(cell)) for cell in cells})


def _pairs(form: FormAnswers, kept: Sequence[str], begins: Sequence[Mapping[str, str]]) -> dict[int, str]:
    """The rows that the new form prints, each with the clerk's of its name: of its levels before others."""
    found: dict[int, str] = {}
    for has_levels in (True, False):
        for n, begin in enumerate(begins):
            free = (row for row in kept if row not in found.values() and n not in found)
            same = (row for row in free if begin.get("name") and _is_called(form, row, begin["name"]))
            row = next((row for row in same if not has_levels or _is_of_levels(form, row, begin)), "")
            if row:
                found[n] = row
    return found


def _is_called(form: FormAnswers, row: str, name: str) -> bool:
    return same_name(form.text(f"{row}.name"), name)


def _has_levels(begin: Mapping[str, str]) -> bool:
    return bool(begin.get("level1") or begin.get("level2"))


def _is_of_levels(form: FormAnswers, row: str, begin: Mapping[str, str]) -> bool:
    return all(bare(form.text(f"{row}.{key}")) == bare(begin.get(key, "")) for key in ("level1", "level2"))


def _notes(
    form: FormAnswers, kept: Sequence[str], printed: Collection[str], new: FormDefinition
) -> Iterator[str]:
    if new.given_rows:
        names = (form.text(f"{row}.name") for row in kept if row not in printed)
        yield from (NOT_PRINTED.format(name=name) for name in names)
    known = {bare(level.name) for level in new.level1}
    levels = dict.fromkeys(form.text(f"{row}.level1") for row in kept)
    odd = [name for name in levels if name and known and bare(name) not in known]
    yield from (NO_LEVEL.format(name=name) for name in odd)
