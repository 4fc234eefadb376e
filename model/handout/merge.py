"""Three states of one form, 发出时 / 我现在 / 同事: what differs, and what was chosen put in."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from model.document.answers import INDICATORS, CellId, FormAnswers


class Difference(NamedTuple):
    """A cell in which the colleague's text is not mine; `base` is what stood there when it was handed out."""

    cell: CellId
    base: str
    mine: str
    theirs: str

    @property
    def is_conflict(self) -> bool:
        """Whether both of us changed it: one has to be chosen."""
        return self.mine != self.base and self.theirs != self.base


class RowAdded(NamedTuple):
    """A row that the colleague added: its id here, the row before it ("" for the first), its texts;
    or one that was deleted here and in which the colleague typed something.
    """

    row: str
    after: str
    texts: Mapping[CellId, str]
    is_deleted_here: bool = False


class RowDeleted(NamedTuple):
    """A row that the colleague deleted; `is_changed`: meanwhile something was typed in it here."""

    row: str
    is_changed: bool


class Merge(NamedTuple):
    """All that differs; nothing where the colleague changed nothing, or only what was changed here alike."""

    differences: tuple[Difference, ...]
    added: tuple[RowAdded, ...]
    deleted: tuple[RowDeleted, ...]

    def __bool__(self) -> bool:
        return bool(self.differences or self.added or self.deleted)

    @property
    def sure(self) -> frozenset[str]:
        """What may be taken without asking: cells and rows that only the colleague changed."""
        cells = (one.cell for one in self.differences if not one.is_conflict)
        rows = (one.row for one in self.deleted if not one.is_changed)
        return frozenset((*cells, *(one.row for one in self.added if not one.is_deleted_here), *rows))


def compare(base: FormAnswers, mine: FormAnswers, theirs: FormAnswers) -> Merge:
    """Return what the colleague changed since `base` and what of it is not so here.

    Only cells that `base` or `theirs` has are looked at: texts that were never handed out stay alone. Rows go
    by their ids; `aligned` gives a form without ids those of the rows it was.
    """
    old, new = set(base.indicators), set(theirs.indicators)
    added = tuple(_added(base, mine, theirs))
    deleted = tuple(
        RowDeleted(row, _texts_of(mine, row) != _texts_of(base, row))
        for row in base.indicators
        if row not in new and row in mine.indicators
    )
    gone = (
        {one.row for one in deleted} | {one.row for one in added} | (old - new) | (old - {*mine.indicators})
    )
    cells = dict.fromkeys((*base.texts, *theirs.texts))
    differences = tuple(_differences(base, mine, theirs, (cell for cell in cells if _row(cell) not in gone)))
    return Merge(differences, added, deleted)


def _differences(
    base: FormAnswers, mine: FormAnswers, theirs: FormAnswers, cells: Iterable[CellId]
) -> Iterator[Difference]:
    for cell in cells:
        one = Difference(cell, base.text(cell), mine.text(cell), theirs.text(cell))
        if one.theirs not in (one.base, one.mine):
            yield one


def _added(base: FormAnswers, mine: FormAnswers, theirs: FormAnswers) -> Iterator[RowAdded]:
    order = theirs.indicators
    for at, row in enumerate(order):
        texts = _texts_of(theirs, row)
        is_deleted_here = row in base.indicators
        if row in mine.indicators or not texts or (is_deleted_here and texts == _texts_of(base, row)):
            continue
        yield RowAdded(row, order[at - 1] if at else "", texts, is_deleted_here)


def _row(cell: CellId) -> str:
    return cell.partition(".")[0]


def _texts_of(form: FormAnswers, row: str) -> dict[CellId, str]:
    return {cell: text for cell, text in form.texts.items() if _row(cell) == row}


def merged(mine: FormAnswers, found: Merge, chosen: Collection[str]) -> FormAnswers:
    """Return my form with the colleague's cells and rows that were chosen, by their ids."""
    changes = {one.cell: one.theirs for one in found.differences if one.cell in chosen}
    rows = list(mine.indicators)
    for added in found.added:
        if added.row in chosen:
            at = rows.index(added.after) + 1 if added.after in rows else len(rows) * bool(added.after)
            rows.insert(at, added.row)
            changes |= added.texts
    for deleted in found.deleted:
        if deleted.row in chosen and deleted.row in rows:
            rows.remove(deleted.row)
            changes |= dict.fromkeys(_texts_of(mine, deleted.row), "")
    return mine.with_rows(INDICATORS, rows).with_texts(changes)


def without_clashes(base: FormAnswers, mine: FormAnswers, theirs: FormAnswers) -> FormAnswers:
    """Return the colleague's form whose new rows have the ids of the same new rows here (by level 2 and name,
    else by all texts: taken back before), and else ids that no other row here has.
    """
    used = {*base.indicators, *mine.indicators, *theirs.indicators}
    here = [row for row in mine.indicators if row not in base.indicators]
    new: dict[str, str] = {}
    for row in theirs.indicators:
        if row in base.indicators:
            continue
        same = next((one for one in here if one not in new.values() and _is_same(mine, one, theirs, row)), "")
        if same or row in mine.indicators:
            new[row] = same or _free(used)
            used.add(new[row])
    if all(row == other for row, other in new.items()):
        return theirs
    texts = {_renamed(cell, new): text for cell, text in theirs.texts.items()}
    replies = {(code, _renamed(cell, new)): reply for (code, cell), reply in theirs.replies.items()}
    form = replace(theirs, texts=texts, replies=replies)
    return form.with_rows(INDICATORS, [new.get(row, row) for row in theirs.indicators])


def _is_same(mine: FormAnswers, here: str, theirs: FormAnswers, row: str) -> bool:
    """Whether two rows are called alike; rows without a name, whether they say the same."""
    if any(_name(mine, here)) or any(_name(theirs, row)):
        return _name(mine, here) == _name(theirs, row)
    return list(_contents(mine, here)) == list(_contents(theirs, row))


def _contents(form: FormAnswers, row: str) -> Iterator[tuple[str, str]]:
    yield from sorted((cell.partition(".")[2], text) for cell, text in _texts_of(form, row).items())


def aligned(
    base: FormAnswers, theirs: FormAnswers, ids: Mapping[str, str], taken: Iterable[str]
) -> FormAnswers:
    """Return the colleague's form with the ids of the rows handed out: those that the file still carries
    (`ids`, by the row of the file), else by level 2 and name; new rows get ids that nobody has.
    """
    used = {*base.indicators, *taken}
    names = {_name(base, row): row for row in reversed(base.indicators)}
    known: dict[str, str] = {}
    for row in theirs.indicators:
        found = ids.get(row, "")
        if found not in base.indicators or found in known.values():
            found = names.get(_name(theirs, row), "")
        if not found or found in known.values():
            found = _free(used)
        known[row] = found
        used.add(found)
    texts = {_renamed(cell, known): text for cell, text in theirs.texts.items()}
    form = FormAnswers(theirs.definition, texts, dict(theirs.rows))
    return form.with_rows(INDICATORS, [known[row] for row in theirs.indicators])


def _name(form: FormAnswers, row: str) -> tuple[str, str]:
    return form.text(f"{row}.level2").strip(), form.text(f"{row}.name").strip()


def _renamed(cell: CellId, known: Mapping[str, str]) -> CellId:
    row, dot, column = cell.partition(".")
    return f"{known[row]}{dot}{column}" if row in known else cell


def _free(used: set[str]) -> str:
    numbers = (int(row[1:]) for row in used if row[:1] == "i" and row[1:].isdecimal())
    return f"i{1 + max(numbers, default=0)}"
