"""What is to be written into a bureau's own file, cell by cell, and what is not and why; knows no file."""

from typing import Literal, NamedTuple

from model.recognition.incoming import Place

EditKind = Literal["write", "renew", "clear"]


class Edit(NamedTuple):
    """A cell of a foreign file and what goes into it.

    "write" puts a text, or where `number` is not "" a figure that may be stored as such; "renew" puts our
    figure under a formula that stays; "clear" takes a hint of the blank away. `path` is the entry of the
    exchange form that it comes from. `over_hint`: a hint of the blank stands there, so the cell is meant to
    be filled even where its sheet locks it.
    """

    place: Place
    kind: EditKind
    text: str = ""
    number: str = ""
    path: str = ""
    over_hint: bool = False


class NotFilled(NamedTuple):
    """What was not written: where, what should have gone there, and why, as a sentence."""

    place: Place | None
    text: str
    reason: str


class FillPlan(NamedTuple):
    """Everything that a fill does: what is written, what is kept, what does not fit, what is locked."""

    edits: tuple[Edit, ...]
    kept: tuple[Place, ...] = ()
    missing: tuple[NotFilled, ...] = ()
    locked: tuple[NotFilled, ...] = ()
    raised: tuple[Place, ...] = ()  # the rows that were given more height, each by a cell in it

    @property
    def written(self) -> int:
        """How many cells are filled, hints taken away not counted."""
        return sum(1 for edit in self.edits if edit.kind == "write")
