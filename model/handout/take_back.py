"""Taking a form back: what only the colleague changed is taken, what both changed waits for a choice."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from model.document.answers import INDICATORS, CellId, FormAnswers, Reply
from model.handout.merge import Difference, Merge, compare, merged, without_clashes

Replies = Mapping[tuple[str, CellId], Reply]


class TakenBack(NamedTuple):
    """A form with what came back: `form` is mine with all that is sure and all that was chosen.

    `open` are texts both of us changed and nobody has chosen: mine stand. `kept` are rows that the colleague
    deleted and in which something was typed here since: they stay. `gone` are rows that were deleted here and
    in which the colleague typed something: they stay away. `replies` are the colleague's answers to
    findings that were answered here otherwise: mine stand.
    """

    merge: Merge
    form: FormAnswers
    open: tuple[Difference, ...]
    kept: tuple[str, ...]
    gone: tuple[str, ...]
    replies: Replies

    @property
    def is_settled(self) -> bool:
        """Whether nothing waits for a choice."""
        return not (self.open or self.kept or self.gone or self.replies)


def take_back(
    base: FormAnswers,
    mine: FormAnswers,
    theirs: FormAnswers,
    chosen: Collection[CellId] = (),
    left: Collection[CellId] = (),
) -> TakenBack:
    """Return my form with the colleague's changes; `chosen` are cells and rows in which theirs wins, `left`
    those in which mine stands although only the colleague changed them.
    """
    theirs = without_clashes(base, mine, theirs)
    found = compare(base, mine, theirs)
    form = _with_other_rows(base, theirs, merged(mine, found, {*found.sure, *chosen} - {*left}), mine)
    new, clashing = _replies(base.replies, mine.replies, theirs.replies)
    return TakenBack(
        found,
        replace(form, replies={**form.replies, **new}),
        tuple(one for one in found.differences if one.is_conflict and one.cell not in chosen),
        tuple(one.row for one in found.deleted if one.is_changed and one.row not in chosen),
        tuple(one.row for one in found.added if one.is_deleted_here and one.row not in chosen),
        clashing,
    )


def _with_other_rows(
    base: FormAnswers, theirs: FormAnswers, form: FormAnswers, mine: FormAnswers
) -> FormAnswers:
    """Take rows of goals and other tables that the colleague added or deleted; no row with a text goes."""
    for block in {*base.rows, *theirs.rows} - {INDICATORS}:
        old, ours, new = (answers.rows.get(block, ()) for answers in (base, mine, theirs))
        stay = [row for row in ours if row in new or row not in old or _has_text(form, row)]
        back = [row for row in new if _has_text(form, row) and not _has_text(mine, row)]
        come = [row for row in new if row not in ours and (row not in old or row in back)]
        form = form.with_rows(block, (*stay, *come))
    return form


def _has_text(form: FormAnswers, row: str) -> bool:
    return any(cell.startswith(f"{row}.") for cell in form.texts)


def _replies(base: Replies, mine: Replies, theirs: Replies) -> tuple[Replies, Replies]:
    """Return the colleague's answers to findings: those to take, and those answered here otherwise."""
    changed = dict(_changed(base, mine, theirs))
    new = {key: reply for key, reply in changed.items() if mine.get(key) == base.get(key)}
    return new, {key: reply for key, reply in changed.items() if key not in new}


def _changed(base: Replies, mine: Replies, theirs: Replies) -> Iterator[tuple[tuple[str, CellId], Reply]]:
    for key, reply in theirs.items():
        if reply.text and reply.text not in {kept.text for kept in (base.get(key), mine.get(key)) if kept}:
            yield key, reply
