"""What a clerk is asked about a layout that is not known: each caption with our guess and an example."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from model.recognition.anatomy import Anatomy
from model.recognition.area import Area, Cell, areas
from model.recognition.captions import Vocabulary
from model.recognition.found import Found
from model.recognition.incoming import Incoming
from model.recognition.layouts import UNKNOWN, Proposal, proposals
from model.recognition.recognise import Recogniser
from model.recognition.texts import is_figure

_SHORT = 16  # characters of a caption that we do not know
_COLUMNS, _UNDER = 5, 3  # a heading has so many captions, so many of them with a cell below each
_FEW_ROWS = 8  # of money


class Asked(NamedTuple):
    """A caption with our guess, and the first text that stands below or beside it."""

    proposal: Proposal
    example: str


def asked_about(incoming: Incoming, recogniser: Recogniser, found: Found | None) -> list[Asked]:
    """Return the captions of a form that was read, or, for None, of the first sheet that looks like one."""
    for area in areas(incoming.sheets):
        if found is None:
            if looks_like_a_form(area):
                return _by_shape(area, recogniser.words)
            continue
        places = set(found.places.values())
        for form in recogniser.anatomies(area):
            if any(cell.seen.place in places for cell in form.used):
                return _of_form(form, recogniser.words)
    return []


def _of_form(form: Anatomy, words: Vocabulary) -> list[Asked]:
    by_place = {cell.seen.place: cell for cell in form.area.cells}
    beside = {pair.label.seen.place: pair.value.text for pair in form.pairs}
    asked = []
    for one in proposals(form, words):
        cell = by_place.get(one.place)
        asked.append(Asked(one, beside.get(one.place) or (_below(form.area, cell) if cell else "")))
    return asked


def _below(area: Area, cell: Cell) -> str:
    """The first text below a caption."""
    rows = range(cell.last_row + 1, min(cell.last_row + 6, area.height))
    texts = (found.text for row in rows if (found := area.at(row, cell.column)) and found.text)
    return next(texts, "")


# --- by its shape


def looks_like_a_form(area: Area) -> bool:
    """Whether a sheet has a table with a heading, and captions with texts before it."""
    headings = _headings(area)
    return bool(headings) and any(True for _ in _pairs(area, headings))


def _by_shape(area: Area, words: Vocabulary) -> list[Asked]:
    headings = _headings(area)
    pairs = _pairs(area, headings)
    asked = [Asked(_guessed("fields", caption, words), value.text) for caption, value in pairs]
    for row, end in zip(headings, [*headings[1:], area.height], strict=True):
        group = "funds" if _is_money(area, row, end) else "indicators"
        cells = [cell for cell in area.filled(row) if cell.rows == 1 or cell.last_row + 1 < end]
        labels = [cell for cell in cells if any(cell.rows > other.rows for other in cells)]
        columns = [cell for cell in cells if cell not in labels]
        asked += [Asked(_guessed(group, cell, words), _below(area, cell)) for cell in columns]
    return sorted(asked, key=lambda one: (one.proposal.place.row, one.proposal.place.column))


def _guessed(group: str, cell: Cell, words: Vocabulary) -> Proposal:
    key = words.find(group, cell.text) or words.find("indicators_weak", cell.text) * (group == "indicators")
    return Proposal(cell.text, cell.seen.place, group, f"{group}.{key}" if key else UNKNOWN)


def _headings(area: Area) -> list[int]:
    """The rows that hold captions alone, with cells of their widths in the row below."""
    rows: list[int] = []
    for row in range(area.height - 1):
        cells = area.filled(row)
        if len(cells) >= _COLUMNS and all(_is_caption(cell) for cell in cells) and _has_rows(area, cells):
            rows.append(row)
    return rows


def _is_caption(cell: Cell) -> bool:
    return len(cell.text) <= _SHORT and not is_figure(cell.text, unit=True) and not cell.is_line


def _has_rows(area: Area, cells: Sequence[Cell]) -> bool:
    """Whether cells of the same widths stand below captions, a figure among them."""
    below = [(cell, area.at(cell.last_row + 1, cell.column)) for cell in cells]
    same = [one for cell, one in below if one and (one.column, one.end) == (cell.column, cell.end)]
    return len(same) >= _UNDER and any(one.text and is_figure(one.text, unit=True) for one in same)


def _is_money(area: Area, row: int, end: int) -> bool:
    """Whether most cells of the few rows of a table are figures."""
    rows = [area.filled(at) for at in range(row + 1, end)]
    cells = [cell for found in rows if len(found) >= _COLUMNS - 1 for cell in found]
    few = end - row - 1 <= _FEW_ROWS
    return few and 2 * sum(is_figure(cell.text, unit=True) for cell in cells) > len(cells)


def _pairs(area: Area, headings: Sequence[int]) -> Iterator[tuple[Cell, Cell]]:
    """Captions with the text beside them, in rows before the last table: one or two in a row."""
    for row in range(max(headings, default=0)):
        cells = area.filled(row)
        if row in headings or len(cells) not in (2, 4):
            continue
        for caption, value in zip(cells[::2], cells[1::2], strict=True):
            if _is_caption(caption) and caption.end == value.column and not is_figure(value.text, unit=True):
                yield caption, value
