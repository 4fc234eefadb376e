"""The forms of an audit as they come in: the worst first, those that one wants to look at."""

from bisect import insort
from collections.abc import Callable
from typing import NamedTuple

from model.audit.audited import OPEN, FormAudit
from model.audit.compare import Since

ALL, ERRORS, WARNINGS, SOUND, UNREAD = "all", "error", "warning", "sound", "unread"
MENDED, NEW, STILL = "mended", "new", "still"


class Row(NamedTuple):
    """A form and what changed in it since the last audit."""

    form: FormAudit
    since: Since

    @property
    def order(self) -> tuple[object, ...]:
        """The worst first, then by file."""
        return (*(-count for count in self.form.weight), self.form.file, self.form.sheet)


def _is_sound(row: Row) -> bool:
    return not any(row.form.count(state) for state in OPEN)


LOOKS: dict[str, Callable[[Row], bool]] = {
    ALL: lambda row: True,
    ERRORS: lambda row: row.form.count("error") > 0,
    WARNINGS: lambda row: not row.form.count("error") and not _is_sound(row),
    SOUND: _is_sound,
    UNREAD: lambda row: False,
    MENDED: lambda row: bool(row.since.mended),
    NEW: lambda row: bool(row.since.new),
    STILL: lambda row: bool(row.since.still),
}


class Rows:
    """All forms so far, sorted, with what is counted of them."""

    def __init__(self) -> None:
        self.all: list[Row] = []
        self.unread: list[tuple[str, str]] = []

    def add(self, row: Row) -> None:
        """Put a form in its place."""
        insort(self.all, row, key=lambda one: one.order)

    def chosen(self, look: str, words: str = "") -> list[Row]:
        """Return the forms to look at, of units or projects in whose name some words stand."""
        wanted = words.strip().casefold()
        return [row for row in self.all if LOOKS[look](row) and wanted in _names(row.form).casefold()]

    def count(self, look: str) -> int:
        """How many forms, files or findings there are to look at."""
        if look == UNREAD:
            return len(self.unread)
        if look in (MENDED, NEW, STILL):
            return sum(len(getattr(row.since, look)) for row in self.all)
        return sum(map(LOOKS[look], self.all))

    def total(self, state: str) -> int:
        """How many findings have a state."""
        return sum(row.form.count(state) for row in self.all)


def _names(form: FormAudit) -> str:
    return f"{form.unit} {form.project} {form.file}"
