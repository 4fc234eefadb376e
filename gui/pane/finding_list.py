"""The list of findings as the pane shows it: form by form, the one in hand first, in groups; and the walk
through it."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from gui.session.marks import STATES
from gui.session.names import ACCOUNTS_NAME
from gui.session.places import Places
from model.checks import Finding
from model.document.answers import ACCOUNTS, Address, CellId, FormKey
from model.forms.definition import TABS
from model.forms.loader import Library
from model.reading.reading import Form

if TYPE_CHECKING:
    from model.accounts.accounts import Accounts

BETWEEN = "表间核对"

Given = Mapping[FormKey, Mapping[CellId, str]]  # what files had printed
EntryId = tuple[str, ...]


class Entry(NamedTuple):
    """A line of the list: the name of a form, the head of a group with its count, or a finding.

    `id` stays while the line means the same. `state` names the group; `has_given` says that a text which a
    file had printed stands behind the finding and may be given up.
    """

    id: EntryId
    state: str = ""
    text: str = ""
    finding: Finding | None = None
    has_given: bool = False


def arrange(
    forms: Sequence[Form],
    findings: Iterable[Finding],
    key: FormKey,
    tab: str,
    names: dict[FormKey, str],
    library: Library | None = None,
    accounts: "Accounts | None" = None,
) -> tuple[Entry, ...]:
    """Return all lines: the form in hand first, on its tab in hand first, then the other forms and the final
    accounts, then what lies between them. A document of one form needs no names."""
    within: dict[FormKey, list[Finding]] = {}
    sections: dict[FormKey, list[Finding]] = {}
    between = []
    for finding in findings:
        if finding.between:
            between.append(finding)
        else:
            where = sections if finding.code in ("section-empty", "evidence-missing") else within
            where.setdefault(finding.address[0], []).append(finding)
    given = {form.key: form.answers.given for form in forms}
    in_order = {
        form.key: _in_order(Places(form, library), within.get(form.key, ()), tab if form.key == key else "")
        for form in forms
    }
    if accounts is not None:
        given[ACCOUNTS] = accounts.answers.given
        in_order[ACCOUNTS] = _of_accounts(accounts, within.get(ACCOUNTS, ()), library)
    entries: list[Entry] = []
    is_one_of_many = len(in_order) > 1
    for name in sorted(in_order, key=lambda name: name != key):
        called = names.get(name, ACCOUNTS_NAME)
        if mine := in_order[name]:
            if is_one_of_many:
                entries.append(Entry(("form", name), text=called))
            entries += _groups(name, mine, given)
        entries += _reports(called, sections.get(name, ()), is_one_of_many)
    if between:
        entries.append(Entry(("form", BETWEEN), text=BETWEEN))
        entries += _groups(BETWEEN, between, given)
    return tuple(entries)


def _reports(name: str, sections: Iterable[Finding], is_one_of_many: bool) -> Iterator[Entry]:
    """The sections that would print empty, report by report."""
    by_report: dict[str, list[Finding]] = {}
    for finding in sections:
        by_report.setdefault(finding.place, []).append(finding)
    for report, mine in by_report.items():
        text = f"{name} · {report}" if is_one_of_many else report
        yield Entry(("form", mine[0].address[0], report), text=text)
        yield from _groups(f"{mine[0].address[0]} {report}", mine, {})


def _of_accounts(accounts: "Accounts", findings: Iterable[Finding], library: Library | None) -> list[Finding]:
    """Sort findings of the final accounts as they come on screen."""
    from gui.session.accounts_places import rank  # late: most documents have no accounts

    return sorted(findings, key=lambda finding: rank(accounts, finding.address[1], library))


def _in_order(places: Places, findings: Iterable[Finding], tab: str) -> list[Finding]:
    """Sort findings as they come on screen; those on the tab in hand before the others."""
    first = TABS.index(tab) if tab in TABS else -1

    def rank(finding: Finding) -> tuple[bool, tuple[int, int, int]]:
        found = places.rank(finding.address[1])
        return found[0] != first, found

    return sorted(findings, key=rank)


def _groups(name: str, findings: Iterable[Finding], given: Given) -> Iterator[Entry]:
    by_state: dict[str, list[Finding]] = {state: [] for state in STATES}
    for finding in findings:
        by_state[finding.state].append(finding)
    seen: dict[EntryId, int] = {}
    for state, mine in by_state.items():
        if mine:
            yield Entry(("group", name, state), state, f"{STATES[state][0]} {len(mine)}")
        for finding in mine:
            key, cell = finding.address
            id = ("finding", state, finding.code, key, cell)
            seen[id] = seen.get(id, 0) + 1
            has_given = key in given and cell in given[key]
            yield Entry((*id, str(seen[id])), state, finding.title, finding, has_given)


class Walk:
    """A place in a list that changes under one's feet: of what is gone the place stays.

    Steps pass over what is answered; the gaps of all forms come last.
    """

    def __init__(self) -> None:
        self._order: tuple[EntryId, ...] = ()
        self._findings: dict[EntryId, Finding] = {}
        self._at = -0.5  # between two lines where the one that was marked is gone

    @property
    def here(self) -> EntryId | None:
        """The line that is marked, if one is."""
        return self._order[int(self._at)] if self._at == int(self._at) else None

    @property
    def number(self) -> str:
        """Which of how many is marked: 2 / 15; gaps are counted apart."""
        is_gap = self.here is not None and _is_gap(self.here)
        ahead = [id for id in self._order if not _is_answered(id) and _is_gap(id) == is_gap]
        return f"{ahead.index(self.here) + 1} / {len(ahead)}" if self.here in ahead else ""

    def follow(self, entries: Iterable[Entry]) -> None:
        """Go on in another list."""
        self._findings = {entry.id: entry.finding for entry in entries if entry.finding}
        order = tuple(sorted(self._findings, key=_is_gap))
        if order != self._order:
            self._at = self._again(order)
            self._order = order

    def _again(self, order: tuple[EntryId, ...]) -> float:
        """The same finding, whatever its severity now, else the place behind the last one left."""
        numbers = {id: n for n, id in enumerate(order)}
        still_open = {id[2:]: n for id, n in numbers.items() if not _is_answered(id)}
        here = self.here
        if here in numbers:
            return numbers[here]
        if here is not None and here[2:] in still_open:
            return still_open[here[2:]]
        for before in reversed(self._order[: math.ceil(self._at)]):
            if before in numbers:
                return numbers[before] + 0.5
        return -0.5

    def mark(self, id: EntryId | None) -> Finding | None:
        """Stand on a line and return its finding; None is before the first."""
        self._at = self._order.index(id) if id in self._order else -0.5
        return self._findings.get(id) if id else None

    def find(self, codes: tuple[str, ...], address: Address | None = None) -> EntryId | None:
        """Return the first line with one of some codes, at a cell if one is given."""
        ids = (id for id in self._order if id[2] in codes)
        return next((id for id in ids if address is None or id[3:5] == address), None)

    def step(self, by: int) -> EntryId | None:
        """Go to the next line (1) or the one before (-1), round and round; None where there is none."""
        at = math.floor(self._at) + 1 if by > 0 else math.ceil(self._at) - 1
        for _ in self._order:
            at %= len(self._order)
            if not _is_answered(self._order[at]):
                self._at = at
                return self.here
            at += by
        return None


def _is_answered(id: EntryId) -> bool:
    return id[1] == "answered"


def _is_gap(id: EntryId) -> bool:
    """Whether it is no error and no warning: what is not filled in, and how pages break."""
    return id[1] in ("gap", "paper")
