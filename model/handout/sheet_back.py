"""A handed-out sheet that comes back, as Excel or WPS saved it: the colleague's form, found by its mark.

Rows go by the hidden column, which travels when rows are inserted or sorted; a row whose name is that of
another row handed out is that one. A row without a mark amid the indicators is new.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from model.document.answers import INDICATORS, CellId, FormAnswers
from model.handout.form_sheet import Slot
from model.handout.parcel import Parcel
from model.handout.sheet_mark import SheetMark, mark_of, token
from model.recognition.incoming import SeenCell, SeenSheet

_LEVELS = ("level1", "level2")
_TOKEN = re.compile(r"r\d+")


class Unclear(NamedTuple):
    """A text in which the words of the form were changed too, so that it has no certain home."""

    cell: CellId
    text: str


class SheetBack(NamedTuple):
    """What came back: the form as it went out, as it is in the file, and what is not clear."""

    parcel: Parcel
    form: FormAnswers
    unclear: tuple[Unclear, ...]


def sheet_back(sheets: Sequence[SeenSheet], mark: SheetMark | None = None) -> SheetBack | None:
    """Return what came back in a file, by the mark that it has, else by a given one; None without a mark."""
    mark = mark_of(sheets) or mark
    if mark is None:
        return None
    found = next((sheet for sheet in sheets if _tokens(sheet, mark)), None)
    return _Back(mark, found).read() if found else None


def _tokens(sheet: SeenSheet, mark: SheetMark) -> dict[int, str]:
    """What the hidden column says, by row of the file; of a row that was copied the first keeps its mark."""
    found: dict[int, str] = {}
    for cell in sorted((*sheet.aside, *sheet.cells), key=lambda cell: cell.place.row):
        is_token = _TOKEN.fullmatch(cell.text) and cell.place.column > mark.columns
        if is_token and cell.text not in found.values():
            found[cell.place.row] = cell.text
    return found


class _Back:
    """Takes a sheet apart."""

    def __init__(self, mark: SheetMark, sheet: SeenSheet) -> None:
        self._mark, self._base = mark, mark.parcel.base
        self._tokens = _tokens(sheet, mark)
        self._rows = {text: row for row, text in self._tokens.items()}
        self._cells: dict[tuple[int, int], SeenCell] = {}
        for cell in sheet.cells:
            for row in range(cell.place.row, cell.place.row + cell.rows):
                self._cells.setdefault((row, cell.place.column), cell)
        self._height = max((row for row, _ in self._cells), default=0)
        self._unclear: list[Unclear] = []

    def read(self) -> SheetBack:
        """Return the form in the sheet."""
        texts = dict(self._base.texts)
        ids = self._ids()
        gone = [row for row in self._base.indicators if row not in ids.values()]
        for slot in self._mark.slots:
            own = slot.cells[0].partition(".")[0]
            row = self._rows.get(token(slot.row))
            if row is None or own in gone:
                continue
            goes_to = ids.get(row, own) if own in self._base.indicators else own
            for cell, text in self._changed(slot, row):
                place = f"{goes_to}.{cell.partition('.')[2]}" if own != goes_to else cell
                for one in (place, *slot.also):
                    texts[one] = text
        order = [row for row in self._base.indicators if row not in gone]
        for place, fresh in self._fresh(order).items():
            texts |= {f"{place}.{column}": text for column, text in fresh.items()}
        texts = {cell: text for cell, text in texts.items() if text and cell.partition(".")[0] not in gone}
        form = FormAnswers(self._base.definition, texts, dict(self._base.rows))
        return SheetBack(self._mark.parcel, form.with_rows(INDICATORS, order), tuple(self._unclear))

    # --- cells

    def _text(self, row: int, slot: Slot) -> str:
        cell = self._cells.get((row, slot.col + 1))
        return _plain(cell.text) if cell else ""

    def _changed(self, slot: Slot, row: int) -> Iterator[tuple[CellId, str]]:
        """The texts of a slot that are not what went out, each for its cell."""
        text = self._text(row, slot)
        if text == _plain(slot.shown(self._base.texts)):
            return
        if (found := _taken_apart(slot, text)) is None:
            self._unclear.append(Unclear(slot.cells[0], text))
            return
        for cell, new in zip(slot.cells, found, strict=True):
            if new != _plain(self._base.text(cell)):
                yield cell, new

    # --- rows

    def _slots_of(self, row: str) -> list[Slot]:
        return [slot for slot in self._mark.slots if slot.cells[0].partition(".")[0] == row]

    def _ids(self) -> dict[int, str]:
        """Which indicator each row of the file is: by its name where that tells, else by its mark."""
        names = Counter(self._base.text(f"{row}.name") for row in self._base.indicators)
        by_name = {self._base.text(f"{row}.name"): row for row in self._base.indicators}
        found: dict[int, str] = {}
        for row in self._base.indicators:
            slots = self._own(row)
            at = next((self._rows[token(s.row)] for s in slots if token(s.row) in self._rows), None)
            if at is None:
                continue
            name = next((self._text(at, slot) for slot in slots if slot.cells[0].endswith(".name")), "")
            other = by_name.get(name, row) if names[name] == 1 else row
            found[at] = other
        doubled = Counter(found.values())
        if all(count == 1 for count in doubled.values()):
            return found
        # names were changed, not rows moved
        firsts = ((row, slot) for row in self._base.indicators for slot in self._first(row))
        return {self._rows[token(slot.row)]: row for row, slot in firsts}

    def _own(self, row: str) -> list[Slot]:
        """The slots of a row that are not over several rows."""
        return [slot for slot in self._slots_of(row) if slot.cells[0].partition(".")[2] not in _LEVELS]

    def _first(self, row: str) -> list[Slot]:
        return [slot for slot in self._own(row) if token(slot.row) in self._rows][:1]

    def _fresh(self, order: list[str]) -> dict[str, dict[str, str]]:
        """Rows that the colleague added, by new ids, which are put into the order; their texts by column."""
        ids = self._ids()
        if not ids:
            return {}
        found: dict[str, dict[str, str]] = {}
        used = set(self._base.indicators)
        above = ids[min(ids)]
        for row in range(min(ids), self._height + 1):
            if row in ids:
                above = ids[row]
                continue
            if row in self._tokens:
                if row > max(ids):
                    break
                continue
            texts = self._new_texts(row, above)
            if texts:
                new = _free(used)
                used.add(new)
                found[new] = texts
                order.insert(order.index(above) + 1 if above in order else len(order), new)
                above = new if new in order else above
        return found

    def _new_texts(self, row: int, above: str) -> dict[str, str]:
        """The texts of a new row, by the columns of a row that went out; nothing where it is empty."""
        model = above if above in self._base.indicators else self._base.indicators[0]
        texts: dict[str, str] = {}
        for slot in self._slots_of(model):
            column = slot.cells[0].partition(".")[2]
            if column not in _LEVELS and (text := self._text(row, slot)):
                texts[column] = text
        if not texts:
            return {}
        for slot in self._mark.slots:
            column = slot.cells[0].partition(".")[2]
            if column in _LEVELS and (found := _taken_apart(slot, self._text(row, slot))) and found[0]:
                texts[column] = found[0]
        for column in (*_LEVELS, "goal"):
            texts.setdefault(column, self._base.text(f"{model}.{column}"))
        return {column: text for column, text in texts.items() if text}


def _plain(text: str) -> str:
    """A text as it is compared: how its lines end says nothing."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()


def _taken_apart(slot: Slot, text: str) -> tuple[str, ...] | None:
    """The texts in a cell, by the words between them; None where these words are others."""
    if slot.is_closed:
        return next(((typed,) for shown, typed in slot.choices if _plain(shown) == text), None)
    words = [re.escape(_plain(part)) if _plain(part) else "" for part in slot.between]
    pattern = r"\s*(.*?)\s*".join(words)
    match = re.fullmatch(pattern, text, re.DOTALL)
    if match:
        return tuple(group.strip() for group in match.groups())
    return (text,) if len(slot.cells) == 1 and not any(words[:1]) else None


def _free(used: set[str]) -> str:
    numbers = (int(row[1:]) for row in used if row[:1] == "i" and row[1:].isdecimal())
    return f"i{1 + max(numbers, default=0)}"
