"""Where the cells of a form stand on screen: on which tab, and in which order one comes upon them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from model.answers import Address, CellId, FormKey
from model.completeness import Completeness
from model.definition import FUND_COLUMNS, TABS, Block, FormDefinition
from model.reading import Form

CONCLUSION, BASICS, BUDGET, INDICATORS, PROBLEMS = TABS[:5]
_ROW = ("level1", "level2", "name", "target", "actual", "weight", "direction", "level", "score", "reason")
_GOAL = ("label", "points", "text", "expected", "actual")

Rank = tuple[int, int, int]


class Places:
    """The places of one form as it is now."""

    def __init__(self, form: Form) -> None:
        self._fields = _fields(form.definition)
        self._funds = form.definition.funds.tab
        self._fund_rows = _numbered(row.key for row in form.definition.funds.rows)
        self._goals = _numbered(form.answers.goals)
        self._rows = _numbered(form.answers.indicators)

    def tab(self, cell: CellId) -> str:
        """Return the tab on which a cell stands, or what comes nearest to it."""
        row = cell.rpartition(".")[0]
        if row in self._rows or row in self._goals or cell == "block_label":
            return INDICATORS
        if cell.startswith("funds."):
            return self._funds
        if cell in self._fields:
            return self._fields[cell][0]
        return BASICS if cell in ("title", "unit") else CONCLUSION

    def rank(self, cell: CellId) -> Rank:
        """Return what cells are sorted by to come in the order of the screen."""
        row, _, column = cell.rpartition(".")
        if row in self._rows:
            return TABS.index(INDICATORS), 1 + self._rows[row], _at(_ROW, column)
        if row in self._goals:
            return TABS.index(INDICATORS), 0, 10 * self._goals[row] + _at(_GOAL, column)
        at = TABS.index(self.tab(cell))
        if cell.startswith("funds."):
            fund = self._fund_rows.get(row.removeprefix("funds."), 0)
            return at, 0, 10 * fund + _at(FUND_COLUMNS, column)
        return at, 1 if cell in self._fields else -1, self._fields.get(cell, ("", 0))[1]


def next_empty(
    forms: Sequence[Form], completeness: Mapping[FormKey, Completeness], cursor: Address
) -> Address | None:
    """Return the next required cell that is empty: behind the cursor, then in the other forms, then again
    from the beginning of the form in hand; None where nothing is missing."""
    keys = [form.key for form in forms]
    first = keys.index(cursor[0]) if cursor[0] in keys else 0
    behind: list[Address] = []
    before: list[Address] = []
    for n, form in enumerate((*forms[first:], *forms[:first])):
        places = Places(form)
        here = places.rank(cursor[1]) if n == 0 else None
        for cell in sorted(completeness[form.key].missing, key=places.rank):
            is_before = here is not None and places.rank(cell) <= here
            (before if is_before else behind).append((form.key, cell))
    return next(iter((*behind, *before)), None)


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: n for n, name in enumerate(names)}


def _at(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _fields(definition: FormDefinition) -> dict[CellId, tuple[str, int]]:
    """Return the tab of each field and its number in the order of the form."""
    found: dict[CellId, tuple[str, int]] = {}
    for block in definition.blocks:
        for cell in _cells(block):
            found.setdefault(cell, (block.tab, len(found)))
    return found


def _cells(block: Block) -> Iterator[CellId]:
    for row in (*getattr(block, "rows", ()), *getattr(block, "more", ())):
        for spec in row if isinstance(row, tuple) else ():
            yield from (name for name in (*spec.inline, spec.field) if name)
