"""A form of a file meets one of the document: the same rows are found, empty cells filled, the rest shown.

Rows go by what they are called: goals by their text, indicators by their name, rows of other tables by
their name, label or code. A row without a counterpart takes an untouched one of its levels, else it is new.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from model.basics import number
from model.basics.amount import Amount
from model.basics.names import same_name
from model.document.answers import (
    GOALS,
    INDICATORS,
    LAST,
    MONEY_UNIT,
    TERM,
    CellId,
    FormAnswers,
    FormKey,
)
from model.document.document import Edit
from model.filling.accounts_units import places_of, texts_in_unit_of
from model.forms.definition import FormDefinition, bare
from model.forms.loader import Library
from model.reading.reading import definition_of

_NAMED_BY = (
    "name",
    "label",
    "code",
    "text",
    "measure",
    "material",
    "item",
)  # the columns that a row of another table is called by
_PLACED = ("goal", "level1", "level2", "under", TERM)  # where a row belongs; alone they leave it untouched
_NEVER = ("year", MONEY_UNIT)  # they are settled before: amounts are converted
NEW = ""  # instead of a row of the document


class Meeting(NamedTuple):
    """A cell in which the document and the file say something else; `cell` is that of the document."""

    cell: CellId
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merge:
    """What a file brings to a form: `cells` are the file's by those of the form, `rows` the file's rows with
    the form's (NEW for one that is to be added), `texts` what the file says in the unit of the form.

    `homeless` are cells of the file that the form has no place for.
    """

    mine: FormAnswers
    theirs: FormAnswers
    rows: Mapping[str, str]
    cells: Mapping[CellId, CellId]
    texts: Mapping[CellId, str]
    homeless: tuple[CellId, ...]

    @property
    def empty(self) -> dict[CellId, str]:
        """What goes into cells in which nothing stands."""
        return {cell: self.texts[one] for cell, one in self.cells.items() if not self.mine.text(cell).strip()}

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The cells in which both say something else."""
        pairs = ((cell, self.mine.text(cell), self.texts[one]) for cell, one in self.cells.items())
        return tuple(Meeting(*pair) for pair in pairs if pair[1].strip() and not _alike(pair[1], pair[2]))

    @property
    def added(self) -> int:
        """How many rows come as new ones."""
        return sum(row == NEW for row in self.rows.values())


def merge(mine: FormAnswers, theirs: FormAnswers, library: Library) -> Merge:
    """Return what a form of a file brings to one of the document, or final accounts to others."""
    if mine.definition not in library.forms:
        texts, fits = texts_in_unit_of(mine, theirs, library), places_of(mine, theirs, library)
        theirs = replace(theirs, given={cell: text for cell, text in theirs.given.items() if fits(cell)})
        return _placed(mine, theirs, fits, texts, per_goal=False)
    definition = definition_of(library, mine)
    texts = _converted(theirs, definition_of(library, theirs), definition)
    has = partial(_has, definition, mine, theirs)
    return _placed(mine, theirs, has, texts, per_goal=definition.indicators.per_goal)


def _placed(
    mine: FormAnswers,
    theirs: FormAnswers,
    has_place: Callable[[CellId], bool],
    texts: Mapping[CellId, str],
    *,
    per_goal: bool,
) -> Merge:
    rows = _rows(mine, theirs, per_goal)
    cells: dict[CellId, CellId] = {}
    homeless: list[CellId] = []
    for cell in texts:
        row, dot, column = cell.partition(".")
        if column == "goal" or cell in _NEVER:
            continue
        if not has_place(cell):
            homeless.append(cell)
        elif row not in rows:
            cells[cell] = cell
        elif rows[row] != NEW:
            cells[f"{rows[row]}{dot}{column}"] = cell
    return Merge(mine, theirs, rows, cells, texts, tuple(homeless))


def _alike(mine: str, theirs: str) -> bool:
    """Whether two texts are the same but for blanks and width, or the same number."""
    if bare(mine) == bare(theirs):
        return True
    one, other = number.parse_number(mine), number.parse_number(theirs)
    return one is not None and one == other


def _has(definition: FormDefinition, mine: FormAnswers, theirs: FormAnswers, cell: CellId) -> bool:
    """Whether the form of the document has a place for a cell of the file."""
    if mine.definition == theirs.definition or cell in definition.fields or cell == "unit":
        return True
    row, _, column = cell.partition(".")
    column = column.removeprefix(LAST)
    for block, columns in ((GOALS, definition.goal_columns), (INDICATORS, definition.row_columns)):
        if row in theirs.rows.get(block, ()):
            return column in columns and (columns[column].is_printed or column in _PLACED)
    for money in definition.money_blocks:
        at = {one.at for one in money.rows} | set(theirs.rows.get(money.id, ()))
        if cell.rpartition(".")[0] in at:
            return cell.rpartition(".")[2] in (*definition.money_columns(money), "label", "under")
    return False


def _converted(theirs: FormAnswers, their: FormDefinition, our: FormDefinition) -> dict[CellId, str]:
    """The texts of the file, its amounts in the unit of the form."""
    texts = dict(theirs.texts)
    if their.money_unit == our.money_unit:
        return texts
    money = {f".{key}" for block in their.money_blocks for key in block.amounts}
    fields = {key for key, field in their.fields.items() if field.kind == "money"}
    for cell, text in texts.items():
        value = number.parse_number(text)
        if value is not None and (cell in fields or f".{cell.rpartition('.')[2]}" in money):
            texts[cell] = number.plain(Amount(value, their.money_unit).to(our.money_unit).number)
    return texts


# --- which row is which


def _rows(mine: FormAnswers, theirs: FormAnswers, per_goal: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in sorted(theirs.rows, key=lambda name: name != GOALS):
        match = _Matching(mine, theirs, block, found, per_goal)
        found |= match.pairs()
    return found


class _Matching:
    """The rows of one table of the file, each with the row of the form that it is, or NEW."""

    def __init__(
        self, mine: FormAnswers, theirs: FormAnswers, block: str, known: Mapping[str, str], per_goal: bool
    ) -> None:
        self.mine, self.theirs, self.block = mine, theirs, block
        self.known, self.per_goal = known, per_goal
        self.free = list(mine.rows.get(block, ()))

    def pairs(self) -> dict[str, str]:
        """Rows of one name first, then untouched ones; rows that say nothing are no rows."""
        rows = [row for row in self.theirs.rows[self.block] if is_touched(self.theirs, row)]
        found = {row: one for row in rows if (one := self._take(row, self._is_same))}
        for row in rows:
            if row not in found:
                found[row] = self._take(row, self._is_untouched) or self._in_its_place(row) or NEW
        return {row: found[row] for row in rows}

    def _take(self, row: str, fits: Callable[[str, str], bool]) -> str:
        one = next((one for one in self.free if fits(one, row)), NEW)
        if one:
            self.free.remove(one)
        return one

    def _is_same(self, one: str, row: str) -> bool:
        name = called(self.theirs, row)
        same = bool(name) and same_name(called(self.mine, one), name)
        if same and self.block not in (GOALS, INDICATORS):
            return self.mine.text(f"{one}.under") == self.theirs.text(f"{row}.under")
        return same and (self.block != INDICATORS or self._is_of_goal(one, row))

    def _is_of_goal(self, one: str, row: str) -> bool:
        if not self.per_goal:
            return True
        goal = self.known.get(self.theirs.text(f"{row}.goal"), NEW)
        return self.mine.text(f"{one}.goal") == goal or not self.theirs.text(f"{row}.goal")

    def _is_untouched(self, one: str, row: str) -> bool:
        if is_touched(self.mine, one):
            return False
        if self.block == INDICATORS:
            return self._is_of_goal(one, row) and _levels(self.mine, one) == _levels(self.theirs, row)
        return self.mine.text(f"{one}.{TERM}") == self.theirs.text(f"{row}.{TERM}")

    def _in_its_place(self, row: str) -> str:
        """A goal that reads otherwise is the goal of its number, where that is no other one."""
        if self.block != GOALS:
            return NEW
        at = self.theirs.goals.index(row)
        one = self.mine.goals[at] if at < len(self.mine.goals) else NEW
        if one not in self.free or self.mine.text(f"{one}.{TERM}") != self.theirs.text(f"{row}.{TERM}"):
            return NEW
        self.free.remove(one)
        return one


def called(form: FormAnswers, row: str) -> str:
    """What a row is called: its name, label or code, the text of a goal."""
    names = (form.text(f"{row}.{column}") for column in (*_NAMED_BY, "expected"))
    return next((name for name in names if name.strip()), "")


def is_touched(form: FormAnswers, row: str) -> bool:
    """Whether a row says more than where it belongs."""
    start = f"{row}."
    return any(
        cell.startswith(start) and text.strip() and cell.removeprefix(start) not in _PLACED
        for cell, text in form.texts.items()
    )


def _levels(form: FormAnswers, row: str) -> tuple[str, str]:
    return bare(form.text(f"{row}.level1")), bare(form.text(f"{row}.level2"))


# --- into the document


def apply(edit: Edit, key: FormKey, found: Merge, theirs: Collection[CellId] = ()) -> None:
    """Fill what is empty, add new rows, take the file's text in those cells of the form that are named; each
    text that goes in keeps its source, what is printed where the program computes stands beside it."""
    ids = {row: one or NEW for row, one in found.rows.items()}
    untouched = {row for row in found.mine.indicators if not is_touched(found.mine, row)}
    for block, rows in found.theirs.rows.items():
        for row in rows:
            if ids.get(row) == NEW:
                ids[row] = _add(edit, key, block, row, found, ids)
    taken = {*found.empty, *(one.cell for one in found.meetings if one.cell in theirs)}
    cells = {cell: found.cells[cell] for cell in found.cells if cell in taken}
    new = [row for row, one in found.rows.items() if one == NEW]
    cells |= {
        f"{ids[row]}.{cell.partition('.')[2]}": cell
        for cell in found.texts
        if (row := cell.partition(".")[0]) in new and cell not in found.homeless
    }
    cells = {cell: one for cell, one in cells.items() if not cell.endswith(".goal")}
    given = dict(_given(found, ids))
    edit.take_in(
        key,
        {cell: found.texts[one] for cell, one in cells.items()},
        {cell: found.theirs.given[one] for cell, one in given.items()},
        {c: found.theirs.sources[o] for c, o in (cells | given).items() if o in found.theirs.sources},
    )
    if any(row in found.theirs.indicators for row in new):
        left = [row for row in untouched if not is_touched(edit.answers.forms[key], row)]
        edit.remove_rows(key, INDICATORS, left)


def _add(edit: Edit, key: FormKey, block: str, row: str, found: Merge, ids: Mapping[str, str]) -> str:
    """Add a row: an indicator behind the last of its levels, anything else as the last."""
    form = edit.answers.forms[key]
    order = form.rows.get(block, ())
    at, texts = len(order), {}
    if block == INDICATORS:
        goal = ids.get(found.theirs.text(f"{row}.goal"), "")
        texts = {"goal": goal}
        levels = _levels(found.theirs, row)
        of_goal = [one for one in order if form.text(f"{one}.goal") == goal]
        same = [one for one in of_goal if _levels(form, one) == levels]
        near = [one for one in of_goal if _levels(form, one)[0] == levels[0]]
        last = (same or near or of_goal)[-1:]
        at = order.index(last[0]) + 1 if last else len(order)
        said = {column: found.theirs.text(f"{row}.{column}") for column in ("level1", "level2")}
        texts |= {column: text for column, text in said.items() if text}  # the next of its levels goes behind
    [made] = edit.add_rows(key, block, at, [texts])
    return made


def _given(found: Merge, ids: Mapping[str, str]) -> Iterator[tuple[CellId, CellId]]:
    """Printed totals, rates and scores of the file, where the form has none yet."""
    for cell in found.theirs.given:
        row, dot, column = cell.partition(".")
        own = f"{ids[row]}{dot}{column}" if row in ids else cell
        if own not in found.mine.given and (own == cell or ids.get(row)):
            yield own, cell
