"""What was read from a foreign file or the clipboard: sheets of texts with merges, places, marks; no form."""

from decimal import Context
from enum import StrEnum
from typing import Literal, NamedTuple

FileKind = Literal[
    "xlsx", "xls", "et", "docx", "doc", "wps", "pdf", "html", "json", "zpb", "clipboard", "unknown"
]
DIGITS = Context(
    prec=15
)  # what a spreadsheet keeps of a number; the 17 digits of a binary fraction are noise
SheetKind = Literal["sheet", "table", "page"]


class Mark(StrEnum):
    """Why a value is to be looked at; `sign` says how urgently."""

    SYNONYM = "synonym"  # caption by synonym or mapping
    FILLED_DOWN = "filled-down"  # a level taken from a row above
    SPLIT = "split"  # points taken out of a name or label
    JOINED = "joined"  # a target joined from several columns
    TICKED = "ticked"  # ticks understood
    ROUNDED = "rounded"  # shown and stored value differ
    FORMULA = "formula"  # the value that a formula had when the file was saved
    TRACKED = "tracked"  # a tracked change, taken as accepted
    NUMBERED = "numbered"  # an automatic number that is no text
    MERGED = "merged"  # a cell merged over several rows
    OUT_OF_LINE = "out-of-line"  # the cells of a row do not stand below their captions; taken in order
    UNLIKELY = "unlikely"  # weight and score of a row do not go together; a cell may be missing
    CONVERTED = "converted"  # 元 converted to 万元
    GUESSED = "guessed"  # the file does not say it; concluded from what it says
    PAGE = "page"  # read from a page (PDF)
    OUTSIDE = "outside"  # a value that another file gave
    FORMAT = "format"  # a number format that is not known
    HINT = "hint"  # what the blank form prints in the cell, to be replaced
    ERROR = "error"  # an error value
    NO_VALUE = "no-value"  # a formula without a value
    NOT_A_NUMBER = "not-a-number"  # no number where a number belongs
    TWO_CANDIDATES = "two-candidates"

    def __reduce_ex__(self, proto: object) -> tuple[object, ...]:
        """Go through a pipe as class and value: Python 3.11.0 to 3.11.3 would name getattr instead."""
        return Mark, (self.value,)

    @property
    def sign(self) -> str:
        """The sign of the mark: ~ understood, ! please check, ✕ wrong."""
        return _SIGNS[self]


_UNDERSTOOD = (Mark.SYNONYM, Mark.FILLED_DOWN, Mark.SPLIT, Mark.JOINED, Mark.TICKED)
_WRONG = (Mark.ERROR, Mark.NO_VALUE, Mark.NOT_A_NUMBER, Mark.TWO_CANDIDATES)
_SIGNS = {mark: "~" if mark in _UNDERSTOOD else "✕" if mark in _WRONG else "!" for mark in Mark}


class Place(NamedTuple):
    """Where a text stands in a file: part ("高三教研", "表1", "第2页 表1"), row and column from 1."""

    part: str
    row: int
    column: int
    kind: SheetKind


class SeenCell(NamedTuple):
    """A cell as a person sees it: the text shown, the value stored, how far it is merged, why to look at it.

    `exact` is a number to 15 digits ("0.8652"), a date as "2024-01-16", "" where the text says all there is.
    A cell below a merge is no cell; an empty cell is one where it stands in the file amid others.
    """

    text: str
    exact: str
    rows: int
    columns: int
    place: Place
    marks: frozenset[Mark] = frozenset()


class SeenSheet(NamedTuple):
    """A worksheet, a table of a text, or a table of a page.

    `before` are the lines since the table before, `after` those behind the last table of a file.
    `aside` are cells whose text a person does not see, in hidden rows and columns or below a merge: listed,
    not taken.
    """

    name: str
    kind: SheetKind
    hidden: bool
    cells: tuple[SeenCell, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    aside: tuple[SeenCell, ...] = ()


class Incoming(NamedTuple):
    """A file as read: its sheets, or the sentence that says why it was not read and what to do; `is_lying`
    says that its paper lies on its side."""

    file: str
    kind: FileKind
    sheets: tuple[SeenSheet, ...] = ()
    refused: str = ""
    notes: tuple[str, ...] = ()
    is_lying: bool = False
