"""Where the cells of a form stand on screen: on which tab, and in which order one comes upon them."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial

from gui.session.session import Session
from model.checks import Finding
from model.document.answers import ACCOUNTS, GOALS, Address, CellId, FormKey
from model.document.answers import INDICATORS as INDICATOR_ROWS
from model.document.document import Change
from model.forms.definition import (
    TABS,
    Block,
    FieldsBlock,
    FormDefinition,
    FundsBlock,
    GoalsBlock,
    IndicatorsBlock,
    RowsBlock,
)
from model.forms.loader import Library
from model.forms.outline import Outline, ReportPart
from model.forms.toml_table import names_in
from model.reading.amounts import rows_of
from model.reading.evidence import BLOCK as EVIDENCE_ROWS
from model.reading.outturn import COLUMNS
from model.reading.reading import Form, Reading
from model.report.narrative import report_cell
from model.report.teller import OPTION

CONCLUSION, BASICS, BUDGET, INDICATORS, PROBLEMS = TABS[:5]
_BESIDE_SCORE = ("weight", "direction", "level")  # shown before the score where paper has no place for them
_BEHIND = 100_000  # a block prints its fields behind its rows of amounts
_LAST = 1_000_000  # the report comes behind everything else of its tab

Rank = tuple[int, int, int]
_Row = tuple[str, int, int, tuple[str, ...]]  # tab, which block, which row it is, its columns in order


class Places:
    """The places of one form as it is now; with the library also those of what is written about it."""

    def __init__(self, form: Form, library: Library | None = None) -> None:
        self._form, self._library = form, library
        self._fields = _fields(form.definition)
        self._money = dict(_money(form))
        self._tables = dict(_tables(form))
        self._goals = _numbered(form.answers.goals)
        self._rows = _numbered(form.answers.indicators)
        self._row_columns = _row_order(form.definition)
        self._goal_columns = ("label", *form.definition.goal_columns)

    def tab(self, cell: CellId) -> str:
        """Return the tab on which a cell stands, or what comes nearest to it."""
        row = cell.rpartition(".")[0]
        if row in self._rows or row in self._goals or cell == "block_label":
            return INDICATORS
        if row == EVIDENCE_ROWS or row in self._form.answers.rows.get(EVIDENCE_ROWS, ()):
            return TABS[-1]
        if row in self._money:
            return self._money[row][0]
        if row in self._tables:
            return self._tables[row][0]
        if cell in self._fields:
            return self._fields[cell][0]
        if (place := self._in_report(cell)) is not None:
            return place[0]
        return BASICS if cell in ("title", "unit") else CONCLUSION

    def knows(self, cell: CellId) -> bool:
        """Whether a cell stands anywhere now: its row is there, or it is a field or of a report."""
        row = cell.rpartition(".")[0]
        of_row = any(row in rows for rows in (self._rows, self._goals, self._money, self._tables))
        return of_row or cell in self._fields or self._in_report(cell) is not None

    def tab_of_rows(self, block: str) -> str:
        """Return the tab on which the rows of a block stand."""
        tabs = {block.id: block.tab for block in self._form.definition.row_blocks}
        if block == EVIDENCE_ROWS:
            return TABS[-1]
        return INDICATORS if block in (INDICATOR_ROWS, GOALS) else tabs.get(block, CONCLUSION)

    @cached_property
    def _report(self) -> dict[CellId, tuple[str, int]]:
        """The tab of each cell of the reports and its number in their order."""
        library, found = self._library, dict[CellId, tuple[str, int]]()
        if library is None or not self._form.definition.is_scored:
            return found
        for outline in (library.outline(self._form.definition.id), library.statement()):
            for cell, tab in _report_places(self._form, outline) if outline else ():
                found.setdefault(cell, (tab, len(found)))
        return found

    def _in_report(self, cell: CellId) -> tuple[str, int] | None:
        return self._report.get(cell)

    def rank(self, cell: CellId) -> Rank:
        """Return what cells are sorted by to come tab by tab, on each in the order of paper."""
        row, _, column = cell.rpartition(".")
        if row in self._rows or row in self._goals:
            block, number = self._in_goals[row]
            names = self._row_columns if row in self._rows else self._goal_columns
            return TABS.index(INDICATORS), block, 100 * number + _at(names, column)
        at = TABS.index(self.tab(cell))
        found = self._money.get(row) or self._tables.get(row)
        if found is not None:
            _, block, number, columns = found
            return at, block, 100 * number + _at(columns, column)
        if (place := self._in_report(cell)) is not None:
            return at, _LAST, place[1]
        _, block, number = self._fields.get(cell, ("", -1, 0))
        return at, block, _BEHIND + number

    def on_paper(self, cell: CellId) -> Rank:
        """Return what cells are sorted by to come in the order of paper, whatever tabs they stand on."""
        tab, block, number = self.rank(cell)
        return (1 + tab if block == _LAST else 0), block, number

    @cached_property
    def _in_goals(self) -> dict[str, tuple[int, int]]:
        """The block and the number of each goal and row; rows behind their goal where paper has them so."""
        form, blocks = self._form, self._form.definition.blocks
        goals = next((n for n, block in enumerate(blocks) if isinstance(block, GoalsBlock)), None)
        table = next(n for n, block in enumerate(blocks) if isinstance(block, IndicatorsBlock))
        if goals is not None:
            above = {name: (goals, n) for name, n in self._goals.items()}
            return above | {name: (table, n) for name, n in self._rows.items()}
        of_goals: dict[str, list[str]] = {goal: [] for goal in (*form.answers.goals, "")}
        for row in form.answers.indicators:
            of_goals.get(form.answers.text(f"{row}.goal"), of_goals[""]).append(row)
        names = (name for goal, rows in of_goals.items() for name in (goal, *rows) if name)
        return {name: (table, n) for n, name in enumerate(names)}


def next_empty(
    reading: Reading,
    missing: Iterable[Address],
    cursor: Address,
    library: Library | None = None,
) -> Address | None:
    """Return the next of the cells where something is missing: behind the cursor, then in the other forms and
    the final accounts, then again from the beginning of the form in hand; None where nothing is."""
    cells: dict[FormKey, list[CellId]] = {}
    for key, cell in missing:
        cells.setdefault(key, []).append(cell)
    ranks = dict(_ranks(reading, library))
    keys = list(ranks)
    first = keys.index(cursor[0]) if cursor[0] in keys else 0
    behind: list[Address] = []
    before: list[Address] = []
    for key in (*keys[first:], *keys[:first]):
        rank = ranks[key]
        here = rank(cursor[1]) if key == cursor[0] else None
        for cell in sorted(cells.get(key, ()), key=rank):
            (before if here is not None and rank(cell) <= here else behind).append((key, cell))
    return next(iter((*behind, *before)), None)


def _ranks(reading: Reading, library: Library | None) -> Iterator[tuple[FormKey, Callable[[CellId], Rank]]]:
    """What the cells of each form are sorted by, those of the final accounts last."""
    for form in reading.forms:
        yield form.key, Places(form, library).on_paper
    if reading.accounts is not None:
        from gui.session.accounts_places import rank  # late: most documents have no accounts

        yield reading.accounts.key, partial(rank, reading.accounts, library=reading.library)


def stands_on(session: Session, tab: str, key: FormKey, cell: CellId) -> bool:
    """Whether a cell of a form stands on a tab; the final accounts know their cells themselves."""
    if key == ACCOUNTS or not cell:
        return bool(cell)
    places = Places(session.form(key), session.library)
    return places.knows(cell) and places.tab(cell) == tab


def first_changed(
    change: Change, forms: Iterable[Form], library: Library | None = None
) -> tuple[FormKey, str, CellId] | None:
    """Return form, tab and cell of the first place that a change made different; None where there is none.

    The cell is "" where rows only went or moved.
    """
    for form in forms:
        places = Places(form, library)
        cells = [cell for key, cell in change.cells if key == form.key and places.knows(cell)]
        if cells:
            cell = min(cells, key=places.rank)
            return form.key, places.tab(cell), cell
        blocks = sorted(block for key, block in change.rows if key == form.key)
        if blocks:
            return form.key, places.tab_of_rows(blocks[0]), ""
    return None


_MENDED_IN = {"no-comparator": "direction"}  # what a finding at a printed cell asks for in another one


def mended_at(finding: Finding) -> Address:
    """Return the cell in which one does what a finding asks for; mostly that which it is about."""
    key, cell = finding.address
    column = _MENDED_IN.get(finding.code)
    return (key, f"{cell.rpartition('.')[0]}.{column}") if column else finding.address


def _report_places(form: Form, outline: Outline) -> Iterator[tuple[CellId, str]]:
    """Yield each cell of an outline, or the row of a table, with its tab, in their order."""
    for option in outline.options:
        yield OPTION + option.id, CONCLUSION
    for section, part in outline.parts():
        yield from ((cell, section.tab) for cell in _report_cells(form, outline, part))


def _report_cells(form: Form, outline: Outline, part: ReportPart) -> Iterator[CellId]:
    if part.kind != "table":
        yield report_cell(part)
        return
    table = outline.table(part.table)
    yield from (row.cell(column) for row in table.rows for column in COLUMNS)
    for row in form.answers.rows.get(table.id, ()) if table.text_columns else ():
        yield from (f"{row}.{column.key}" for column in table.text_columns)


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: n for n, name in enumerate(names)}


def _money(form: Form) -> Iterator[tuple[CellId, _Row]]:
    """Yield the rows of amounts by the beginning of their cells."""
    for place, block in enumerate(form.definition.blocks):
        if isinstance(block, FundsBlock):
            columns = tuple(column.key for column in block.columns)
            for n, row in enumerate(rows_of(block, form.answers)):
                yield row.at, (block.tab, place, n, columns)


def _tables(form: Form) -> Iterator[tuple[CellId, _Row]]:
    """Yield the rows that the clerk has added to tables."""
    for place, block in enumerate(form.definition.blocks):
        if isinstance(block, RowsBlock):
            columns = tuple(column.key for column in block.columns)
            for n, row in enumerate(form.answers.rows.get(block.id, ())):
                yield row, (block.tab, place, n, columns)


def _row_order(definition: FormDefinition) -> tuple[str, ...]:
    """Return the columns of a row as they stand on screen."""
    columns = definition.row_columns
    beside = [key for key in _BESIDE_SCORE if not columns[key].is_printed]
    keys = [key for key in columns if key not in beside]
    at = keys.index("score")
    return (*keys[:at], *beside, *keys[at:])


def _at(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _fields(definition: FormDefinition) -> dict[CellId, tuple[str, int, int]]:
    """Return the tab of each field, its block and its number in the order of the form."""
    found: dict[CellId, tuple[str, int, int]] = {}
    for place, block in enumerate(definition.blocks):
        for cell in _cells(block):
            found.setdefault(cell, (block.tab, place, len(found)))
    return found


def _cells(block: Block) -> Iterator[CellId]:
    rows = block.rows if isinstance(block, FieldsBlock) else getattr(block, "more", ())
    for row in rows:
        for spec in row:
            yield from (name for name in (*spec.inline, spec.field, *names_in(spec.pattern)) if name)
