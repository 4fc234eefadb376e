"""Where the cells of a form stand on screen: on which tab, and in which order one comes upon them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from model.answers import Address, CellId, FormKey
from model.completeness import Completeness
from model.definition import FUND_COLUMNS, SHARE_AMOUNTS, TABS, Block, FormDefinition
from model.reading import Form
from model.toml_table import names_in

CONCLUSION, BASICS, BUDGET, INDICATORS, PROBLEMS = TABS[:5]
_ROW = ("level1", "level2", "name", "target", "actual", "weight", "direction", "level", "score", "reason")
_GOAL = ("label", "term", "points", "text", "expected", "actual")
_SHARES = (*SHARE_AMOUNTS, "share")

Rank = tuple[int, int, int]
_Row = tuple[str, int, tuple[str, ...]]  # the tab, which row it is, its columns in order


class Places:
    """The places of one form as it is now."""

    def __init__(self, form: Form) -> None:
        self._fields = _fields(form.definition)
        self._money = dict(_money(form.definition))
        self._tables = dict(_tables(form))
        self._goals = _numbered(form.answers.goals)
        self._rows = _numbered(form.answers.indicators)

    def tab(self, cell: CellId) -> str:
        """Return the tab on which a cell stands, or what comes nearest to it."""
        row = cell.rpartition(".")[0]
        if row in self._rows or row in self._goals or cell == "block_label":
            return INDICATORS
        if row in self._money:
            return self._money[row][0]
        if row in self._tables:
            return self._tables[row][0]
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
        if row in self._money:
            _, number, columns = self._money[row]
            return at, 0 if columns is FUND_COLUMNS else 2, 10 * number + _at(columns, column)
        if row in self._tables:
            _, number, columns = self._tables[row]
            return at, 3, 10 * number + _at(columns, column)
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


def _money(definition: FormDefinition) -> Iterator[tuple[CellId, _Row]]:
    """Yield the rows of the funds, or of what the money is made of, by the beginning of their cells."""
    if definition.is_scored:
        for n, fund in enumerate(definition.funds.rows):
            yield f"funds.{fund.key}", (definition.funds.tab, n, FUND_COLUMNS)
    if block := definition.shares:
        rows = [row.key for side in block.sides for row in (*side.rows, side.total)]
        yield from ((f"shares.{key}", (block.tab, n, _SHARES)) for n, key in enumerate(rows))


def _tables(form: Form) -> Iterator[tuple[CellId, _Row]]:
    """Yield the rows that the clerk has added to tables."""
    for block in form.definition.row_blocks:
        columns = tuple(column.key for column in block.columns)
        for n, row in enumerate(form.answers.rows.get(block.id, ())):
            yield row, (block.tab, n, columns)


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
            yield from (name for name in (*spec.inline, spec.field, *names_in(spec.pattern)) if name)
