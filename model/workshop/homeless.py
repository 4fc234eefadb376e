"""What of a blank has no place in the form that is made of it: cells that nothing is ever written into."""

from collections.abc import Iterator, Sequence

from model.forms.loader import Library
from model.recognition.area import Area, Cell, areas
from model.recognition.captions import Vocabulary
from model.recognition.incoming import Place, SeenSheet
from model.recognition.places import called
from model.recognition.recognise import Recogniser
from model.recognition.texts import on_one_line
from model.workshop.definition import definition_of
from model.workshop.proposal import IGNORED, Item, Part, Proposal

NO_PLACE = "“{caption}”旁边的空格（{cells}）没有认出是什么，填回原表时保持原样。"
_TABLES = ("funds", "table", "indicators")  # parts that have headings
_MOST = 6  # cells that are named


def with_homeless(found: Proposal, sheets: Sequence[SeenSheet], library: Library) -> Proposal:
    """Return a proposal that names what its form would leave empty, each with its place.

    Raises UserError where the proposal makes no form.
    """
    definition = definition_of(found, library)
    recogniser = Recogniser({definition.id: definition})
    forms = [one for one in recogniser.as_form(sheets, definition) if one.sheet == found.sheet]
    form = next((one for one in forms if one.layout == definition.id), next(iter(forms), None))
    area = next((one for one in areas(sheets) if one.name == found.sheet), None)
    if form is None or area is None:
        return found
    placed = {*form.places.values(), *(cell.place for cell in form.options.values())}
    groups: dict[str, list[Place]] = {}
    for cell in _empty(area, placed, found, recogniser.words):
        groups.setdefault(_caption(area, cell), []).append(cell.seen.place)
    items = tuple(_item(caption, places) for caption, places in groups.items())
    return _with_left(found, items) if items else found


def _empty(area: Area, placed: set[Place], found: Proposal, words: Vocabulary) -> Iterator[Cell]:
    """Yield the empty cells between the first and the last that have a place, but for those of no use."""
    rows = [cell.row for cell in area.cells if cell.seen.place in placed]
    unused = [c for c in area.cells if c.seen.place in set(_of_no_use(found)) or _numbers_rows(c, words)]
    totals = {place for part in found.parts if part.kind == "total" for place in part.places}
    total_rows = {cell.row for cell in area.cells if cell.seen.place in totals}
    headings = set(_heading_rows(area, found))
    for cell in area.cells:
        is_within = (
            bool(rows) and min(rows) <= cell.row <= max(rows) and cell.row not in total_rows | headings
        )
        is_below = any(one.row <= cell.row and cell.overlap(one.column, one.end) > 0 for one in unused)
        if is_within and not cell.text and not is_below and cell.seen.place not in placed:
            yield cell


def _heading_rows(area: Area, found: Proposal) -> Iterator[int]:
    """The rows of headings: from the label at their left down to their deepest captions."""
    cells = {cell.seen.place: cell for cell in area.cells}
    for part in found.parts:
        captions = [cells[i.place] for i in part.items if i.place in cells] if part.kind in _TABLES else []
        if captions:
            first = cells.get(part.places[0], captions[0])
            yield from range(min(first.row, captions[0].row), max(cell.last_row for cell in captions) + 1)


def _of_no_use(found: Proposal) -> Iterator[Place]:
    """Captions below which nobody writes: labels of tables, levels, columns that are not wanted."""
    for part in found.parts:
        if part.kind in (*_TABLES, "goals"):
            yield from part.places[:1]
        if part.kind != "left":
            yield from (i.place for i in part.items if i.role in (IGNORED, "level1", "level2"))


def _numbers_rows(cell: Cell, words: Vocabulary) -> bool:
    return bool(cell.text) and words.find("indicators", cell.text) == "number"


def _caption(area: Area, cell: Cell) -> str:
    """What stands nearest to a cell: at its left in its row, else above it."""
    left = [one for one in area.across(cell.row) if one.end <= cell.column and one.text]
    if left:
        return on_one_line(left[-1].text)[:20]
    above = (area.at(row, cell.column) for row in range(cell.row - 1, -1, -1))
    return next((on_one_line(one.text)[:20] for one in above if one is not None and one.text), "")


def _item(caption: str, places: Sequence[Place]) -> Item:
    cells = "、".join(called(place) for place in places[:_MOST]) + ("等" if len(places) > _MOST else "")
    return Item(caption, IGNORED, places[0], NO_PLACE.format(caption=caption, cells=cells))


def _with_left(found: Proposal, items: tuple[Item, ...]) -> Proposal:
    left = found.part("left") or Part("left", ())
    part = left._replace(places=(*left.places, *(i.place for i in items)), items=(*left.items, *items))
    parts = tuple(one for one in found.parts if one.kind != "left")
    return found._replace(parts=(*parts, part))
