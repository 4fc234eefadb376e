"""What a handed-out sheet says about itself: on a hidden sheet, in a hidden column, and as a property."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from model.handout.form_sheet import FormSheet, Slot
from model.handout.parcel import Parcel, as_data, from_data
from model.recognition.incoming import SeenSheet

SCHEMA = "ziping.handout/1"
SHEET = "_自评簿"  # very hidden
PROPERTY = "自评簿"
_PIECE = 30_000  # characters of a cell; Excel takes 32,767


class SheetMark(NamedTuple):
    """The form as it was handed out, its slots, and how many columns it has; the next one is hidden."""

    parcel: Parcel
    slots: tuple[Slot, ...]
    columns: int


def token(row: int) -> str:
    """What stands in the hidden column beside a row, and travels with it."""
    return f"r{row}"


def short_mark(parcel: Parcel) -> str:
    """What the first cell of the hidden column, and the property, say."""
    return f"{SCHEMA} {parcel.document} {parcel.key}"


def named_in(sheets: Sequence[SeenSheet]) -> tuple[str, str] | None:
    """Return document and form that a hidden column names, None where there is none."""
    for sheet in sheets:
        for cell in (*sheet.aside, *sheet.cells):
            if found := named_by(cell.text):
                return found
    return None


def named_by(text: str) -> tuple[str, str] | None:
    """Return document and form that a short mark names."""
    parts = text.split(" ")
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == SCHEMA else None


def mark_cells(parcel: Parcel, sheet: FormSheet) -> list[str]:
    """Return what stands below each other on the hidden sheet."""
    slots = [[*slot._replace(choices=()), list(map(list, slot.choices))] for slot in sheet.slots]
    content = {"parcel": as_data(parcel), "columns": len(sheet.grid.widths_mm), "slots": slots}
    text = json.dumps(content, ensure_ascii=True)  # every reader gives ASCII back as it was
    return [SCHEMA, *(text[at : at + _PIECE] for at in range(0, len(text), _PIECE))]


def mark_of(sheets: Sequence[SeenSheet]) -> SheetMark | None:
    """Return what the hidden sheet of a file says, None where there is none or it is damaged."""
    for sheet in sheets:
        cells = sorted((*sheet.cells, *sheet.aside), key=lambda cell: cell.place.row)
        texts = [cell.text for cell in cells if cell.place.column == 1 and cell.text]
        if texts[:1] == [SCHEMA]:
            try:
                return _mark(json.loads("".join(texts[1:])))
            except (ValueError, KeyError, TypeError):
                return None
    return None


def _mark(content: Any) -> SheetMark:
    slots = []
    for row, col, cells, between, also, _, is_closed, choices in content["slots"]:
        pairs = tuple((str(shown), str(typed)) for shown, typed in choices)
        slots.append(Slot(row, col, tuple(cells), tuple(between), tuple(also), pairs, is_closed))
    return SheetMark(from_data(content["parcel"]), tuple(slots), int(content["columns"]))
