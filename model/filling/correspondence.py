"""What of one form is what of another: fields, rows and columns pair by captions, then by what they mean.

Never by place: keys of what only one bureau has (`own_3`, `text_2`, `row_4`) count where it stands on paper.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from model.document.answers import GOALS, INDICATORS
from model.forms.columns import Column, short
from model.forms.definition import FieldsBlock, FormDefinition, FundsBlock, RowsBlock, bare

_NUMBERED = re.compile(r"_[0-9]+$")  # a key that counts, and so means nothing elsewhere


class Part(NamedTuple):
    """A field, row or column: its key, its caption, what stands above or before it."""

    key: str
    caption: str
    above: tuple[str, ...] = ()

    @property
    def whole(self) -> tuple[str, ...]:
        """How it is called with all that stands above it."""
        return (*map(bare, self.above), bare(self.caption))

    @property
    def meaning(self) -> str:
        """The key where it says what the part is, else ""."""
        return "" if _NUMBERED.search(self.key) else self.key


Pairs = Mapping[str, str]  # keys of one form → those of the other


def paired(old: Sequence[Part], new: Sequence[Part]) -> dict[str, str]:
    """Return which part is which: in the order of paper by the same captions, then those of the same caption
    that are elsewhere, then those that mean the same. Each has at most one counterpart."""
    found: dict[str, str] = {}
    wholes = [part.whole for part in old], [part.whole for part in new]
    for at, to, size in SequenceMatcher(None, *wholes, autojunk=False).get_matching_blocks():
        pairs = zip(old[at : at + size], new[to : to + size], strict=True)
        found |= {one.key: other.key for one, other in pairs if one.caption}
    _more(found, old, new, lambda part: part.whole if part.caption else None)
    _more(found, old, new, lambda part: bare(short(part.caption)) or None, is_alone=True)
    _more(found, old, new, lambda part: part.meaning or None)
    return found


def _more(
    found: dict[str, str],
    old: Sequence[Part],
    new: Sequence[Part],
    said: Callable[[Part], Hashable],
    *,
    is_alone: bool = False,
) -> None:
    """Pair what is left and says the same; with `is_alone` only where one part on each side does."""
    mine = [part for part in old if part.key not in found]
    theirs = [part for part in new if part.key not in found.values()]
    counts = [Counter(map(said, parts)) for parts in (mine, theirs)]
    for part in mine:
        word = said(part)
        other = next((one for one in theirs if word is not None and said(one) == word), None)
        if other is not None and not (is_alone and any(count[word] > 1 for count in counts)):
            found[part.key] = other.key
            theirs.remove(other)


def ambiguous(old: Sequence[Part], new: Sequence[Part]) -> frozenset[str]:
    """Return the keys of parts that are called like others, and not as often in both forms: by the caption
    alone nobody can tell which is which."""
    counts = [Counter(part.whole for part in parts) for parts in (old, new)]
    most = counts[0] | counts[1]
    odd = {word for word in most if most[word] > 1 and 0 < counts[1][word] != counts[0][word] > 0}
    return frozenset(part.key for part in old if part.whole in odd)


class Correspondence(NamedTuple):
    """Which field, table, row of money, column and level 1 of a form is which of another; keys of rows and
    columns by the id of their table. `in_doubt` are fields and rows of which the caption comes twice."""

    fields: Pairs
    tables: Pairs
    rows: Mapping[str, Pairs]
    columns: Mapping[str, Pairs]
    levels: Pairs
    in_doubt: frozenset[str] = frozenset()


def correspondence(old: FormDefinition, new: FormDefinition) -> Correspondence:
    """Return what of a form is what of another."""
    mine, theirs = (list(fields_of(form)) for form in (old, new))
    tables = _tables(old.money_blocks, new.money_blocks) | _tables(old.row_blocks, new.row_blocks)
    here, there = _by_id(old), _by_id(new)
    rows: dict[str, Pairs] = {}
    columns: dict[str, Pairs] = {GOALS: _goals(old, new)}
    doubts = set(ambiguous(mine, theirs))
    for name, other in tables.items():
        columns[name] = paired(_columns(here[name].columns), _columns(there[other].columns))
        parts = _rows(here[name]), _rows(there[other])
        rows[name] = paired(*parts)
        doubts |= {f"{name}.{key}" for key in ambiguous(*parts)}
    columns[INDICATORS] = paired(_columns(old.indicator_columns), _columns(new.indicator_columns))
    return Correspondence(paired(mine, theirs), tables, rows, columns, _levels(old, new), frozenset(doubts))


# --- the parts of a form


def fields_of(form: FormDefinition) -> Iterator[Part]:
    """Yield the fields of a form in the order of paper, each below the line or label that it stands under."""
    placed: dict[str, Part] = {}
    for block in form.blocks:
        heading = (block.label,) if isinstance(block, FieldsBlock) else ()
        rows = block.rows if isinstance(block, FieldsBlock) else getattr(block, "more", ())
        for row in rows:
            heading = (row[0].text,) if len(row) == 1 and row[0].text else heading
            for name in (name for cell in row for name in (cell.field, *cell.inline) if name):
                above = tuple(filter(None, heading))
                placed.setdefault(name, Part(name, form.fields[name].caption, above))
    yield from placed.values()
    yield from (Part(name, field.caption) for name, field in form.fields.items() if name not in placed)


def _columns(columns: Sequence[Column]) -> list[Part]:
    return [Part(column.key, column.caption, column.above) for column in columns]


def _rows(block: FundsBlock | RowsBlock) -> list[Part]:
    rows = block.rows if isinstance(block, FundsBlock) else ()
    return [Part(row.key, row.caption, (row.group,) if row.group else ()) for row in rows]


def _goals(old: FormDefinition, new: FormDefinition) -> Pairs:
    """Texts of goals; a form that has one text of a goal has it as content or as what is expected."""
    mine, theirs = (
        [Part(key, form.goal_columns[key].caption) for key in form.goal_parts] for form in (old, new)
    )
    found = paired(mine, theirs)
    for one, other in (("text", "expected"), ("expected", "text")):
        if one in old.goal_parts and one not in found and other in set(new.goal_parts) - set(found.values()):
            found[one] = other
    return found | ({"points": "points"} if old.goal_points and new.goal_points else {})


def _levels(old: FormDefinition, new: FormDefinition) -> Pairs:
    """Names of levels 1; 产出 is 产出指标."""
    mine, theirs = (
        [Part(level.name, level.name.removesuffix("指标")) for level in form.level1] for form in (old, new)
    )
    return paired(mine, theirs)


def _by_id(form: FormDefinition) -> dict[str, FundsBlock | RowsBlock]:
    tables: list[FundsBlock | RowsBlock] = [*form.money_blocks, *form.row_blocks]
    return {table.id: table for table in tables}


def _tables(
    old: Sequence[FundsBlock] | Sequence[RowsBlock], new: Sequence[FundsBlock] | Sequence[RowsBlock]
) -> dict[str, str]:
    """Tables of one label, of those that are left the ones with most captions in common, then what remains
    where it is one on each side."""
    labels = [[Part(block.id, block.label) for block in blocks] for blocks in (old, new)]
    found = paired(*labels)
    mine = [block for block in old if block.id not in found]
    theirs = [block for block in new if block.id not in found.values()]
    common = {(a.id, b.id): len(_said(a) & _said(b)) for a in mine for b in theirs}
    for (one, other), count in sorted(common.items(), key=lambda pair: -pair[1]):
        is_free = one not in found and other not in found.values()
        if is_free and (count or len(mine) == len(theirs) == 1):
            found[one] = other
    return found


def _said(block: FundsBlock | RowsBlock) -> set[str]:
    captions = (*(part.caption for part in _rows(block)), *(column.caption for column in block.columns))
    return {bare(caption) for caption in captions if caption}
