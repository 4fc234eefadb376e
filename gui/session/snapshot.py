"""Everything that follows from the answers of now; of a form it is found out once and kept with the form."""

from collections.abc import Mapping
from functools import cached_property
from itertools import chain

from gui.session.marks import Counts, Marks, by_form, count
from model.checks import Finding, check_accounts, check_between, check_form, drafts
from model.checks.finding import BESIDE
from model.checks.open_items import Completeness, Open, all_items, completeness, completeness_of_accounts
from model.document.answers import FormKey
from model.reading.reading import Form, Reading


class Snapshot:
    """Made anew at every edit, never changed; each part of it is found out when it is first asked for."""

    def __init__(self, reading: Reading, before: "Snapshot | None" = None) -> None:
        self.reading = reading
        self._marks_before = before.marks if before else None
        self._counted_before = before._counted if before else {}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the document: form by form, those between the forms, those of the accounts."""
        return (*chain.from_iterable(map(check_form, self.reading.forms)), *self._beside)

    @cached_property
    def _beside(self) -> tuple[Finding, ...]:
        """The findings that no form has for itself."""
        return (*check_between(self.reading), *check_accounts(self.reading))

    @cached_property
    def by_form(self) -> Mapping[FormKey, tuple[Finding, ...]]:
        """The findings that stand in each form that has any, and in the final accounts."""
        found = {form.key: mine for form in self.reading.forms if (mine := check_form(form))}
        for key, more in by_form(self._beside).items():
            found[key] = (*found.get(key, ()), *more)
        return found

    @cached_property
    def marks(self) -> Marks:
        """What stands against each cell that a finding names."""
        return Marks(self.by_form, self._marks_before)

    @cached_property
    def counts(self) -> Mapping[FormKey, Counts]:
        """How many errors and warnings are open in each form that has any finding."""
        return {key: counts for key, (_, counts) in self._counted.items()}

    @cached_property
    def _counted(self) -> Mapping[FormKey, tuple[tuple[Finding, ...], Counts]]:
        """The counts with what they count: what is as it was before is not counted again."""
        before = self._counted_before
        return {
            key: known if (known := before.get(key)) and known[0] is found else (found, count(found))
            for key, found in self.by_form.items()
        }

    @cached_property
    def drafts(self) -> frozenset[FormKey]:
        """The forms that are drafts: an error of theirs is open."""
        return drafts(self.findings)

    @cached_property
    def open(self) -> tuple[Open, ...]:
        """All that is open before the document can be handed in."""
        return tuple(item for item in self.items if not item.is_set_aside)

    @cached_property
    def items(self) -> tuple[Open, ...]:
        """All that is open or set aside; not wanted at every key, as reports are looked through for it."""
        return all_items(self.reading, self.findings)

    @property
    def are_items_known(self) -> bool:
        """Whether they were asked for before, or found out in a thread."""
        return "items" in self.__dict__

    def take_items(self, items: tuple[Open, ...]) -> None:
        """Take what a thread has found out; without it, the first who asks waits."""
        self.__dict__.setdefault("items", items)

    @cached_property
    def listed(self) -> tuple[Finding, ...]:
        """The findings, and behind them what is no finding and open all the same."""
        return (*self.findings, *(item.finding for item in self.items if item.kind in BESIDE))

    @cached_property
    def completeness(self) -> Mapping[FormKey, Completeness]:
        """What each form still lacks, and the final accounts."""
        found = {form.key: completeness(form) for form in self.reading.forms}
        accounts = self.reading.accounts
        return found | ({accounts.key: completeness_of_accounts(accounts)} if accounts else {})

    @cached_property
    def forms(self) -> Mapping[FormKey, Form]:
        """The forms by key."""
        return {form.key: form for form in self.reading.forms}
