"""Checks of the rows of a form: what figures say of a row, what its wording, and what may stand beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from model.basics import number
from model.checks.finding import Finding, cut
from model.checks.residue import is_residue
from model.checks.row import Row, RowCheck, Said
from model.checks.row_figures import EXECUTION, FIGURES
from model.checks.row_wording import (
    BESIDE,
    WORDING,
    direction_fits_the_name,
    name_and_target_agree,
    numbers_are_clear,
)
from model.document.answers import FormKey
from model.forms.definition import Regulation
from model.reading.reading import ColumnPlaces, Form
from model.reading.reasons import is_explained
from model.reading.scoring import Indicator

_BASIS = ("name", "weight", "target", "actual", "score", "direction", "level")


def said_of(row: Indicator, regulation: Regulation, explained: bool) -> tuple[Said, ...]:
    """Return what is to be said of one row: the first check that speaks of its figures, the first that speaks
    of its wording, and what stands beside them.
    """
    at = Row(row, regulation, explained)
    if row.is_execution:
        said = _first(at, EXECUTION)
        return (said,) if said else ()
    found = (
        _first(at, FIGURES),
        _first(at, WORDING),
        *(check(at) for check in BESIDE),
        *numbers_are_clear(at),
    )
    return tuple(said for said in found if said is not None)


def _first(at: Row, checks: Iterable[RowCheck]) -> Said | None:
    """The first that speaks, of something that is not told already as left over from the blank form."""
    found = (said for check in checks if (said := check(at)) is not None)
    return next((said for said in found if not _is_left_over(at, said)), None)


def _is_left_over(at: Row, said: Said) -> bool:
    """Whether it only follows from a cell that is still a hint of the blank form."""
    columns = _FOLLOWS_FROM.get(said.code, ())
    return any(is_residue(at.text(column)) for column in columns)


_FOLLOWS_FROM = {  # what each finding about wording rests on
    "target-missing": ("name",),
    "unit-mismatch": ("target", "actual"),
    "type-mismatch": ("target", "actual"),
}


def clear_of(row: Indicator, regulation: Regulation, explained: bool) -> tuple[Said, ...]:
    """Return what is to be said of one row without scores: is its target clear, and as its name says?"""
    at = Row(row, regulation, explained)
    found = (name_and_target_agree(at), direction_fits_the_name(at), *numbers_are_clear(at))
    clear = (said for said in found if said is not None)
    return tuple(said._replace(message=said.message.replace("，暂不按规则计分", "")) for said in clear)


@lru_cache(maxsize=20_000)  # of thousands of rows a key changes one
def _found_of(
    row: Indicator, regulation: Regulation, explained: bool, key: FormKey, places: ColumnPlaces
) -> tuple[Finding, ...]:
    """Return the findings of one row; what it says follows from the row, where it stands from the form."""
    if not row.counted:
        return ()
    speak = said_of if places.definition.is_scored else clear_of
    return tuple(_finding(key, places, row, said) for said in speak(row, regulation, explained))


def _by_row(form: Form) -> Iterator[tuple[Indicator, tuple[Finding, ...]]]:
    """Yield the rows of which anything is found."""
    explained, regulation, key = is_explained(form), form.regulation, form.key
    places = {goal: form.column_places(goal) for goal in {row.goal for row in form.sheet.indicators}}
    for row in form.sheet.indicators:
        if found := _found_of(row, regulation, explained, key, places[row.goal]):
            yield row, found


def rows_are_sound(form: Form) -> Iterator[Finding]:
    """Yield the findings of the counted rows, row by row; many losses in top bands are one note."""
    notes: list[tuple[Indicator, Finding]] = []
    for row, findings in _by_row(form):
        for finding in findings:
            if finding.code == "reason-missing" and finding.severity == "note":
                notes.append((row, finding))
            else:
                yield finding
    if notes:
        yield _together(notes)


def targets_are_clear(form: Form) -> Iterator[Finding]:
    """Of a form without scores only the targets are read."""
    return (finding for _, findings in _by_row(form) for finding in findings)


def _finding(key: FormKey, places: ColumnPlaces, row: Indicator, said: Said) -> Finding:
    """An answer to it holds while the row stays as it is."""
    basis = tuple(row.text(column).strip() for column in _BASIS)
    address, place = (key, f"{row.id}.{said.column}"), places.of(row, said.column)
    return Finding(said.code, said.severity, address, place, said.message, basis, subject=row.name)


def _together(notes: list[tuple[Indicator, Finding]]) -> Finding:
    """Sixty small losses are one note."""
    if len(notes) == 1:
        return notes[0][1]
    rows = [row for row, _ in notes]
    lost = sum(((row.weight or Decimal(0)) - (row.score or Decimal(0)) for row in rows), Decimal(0))
    names = "、".join(cut(row.name, 12) for row in rows[:3]) + ("等" if len(rows) > 3 else "")
    said = f"{len(rows)} 行定性指标在最高档内共少 {number.show(lost)} 分，没有写原因"
    return replace(notes[0][1], message=f"{said}：{names}。可写明偏差原因。")
