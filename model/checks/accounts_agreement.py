"""How much of what the self-evaluation says of its money the final accounts say too (与自评表核对)."""

from collections.abc import Iterable
from typing import NamedTuple

from model.accounts.accounts import Accounts
from model.checks.accounts_stated import Stated, statement
from model.checks.finding import Finding
from model.reading.reading import Reading

_CODES = ("S-TOTAL", "S-BASIC", "S-PROJECT", "S-SUM", "S-OUTTURN")


class Agreement(NamedTuple):
    """How many figures can be compared, and the findings of those that differ, answered ones too."""

    compared: int
    differing: tuple[Finding, ...]

    @property
    def agreeing(self) -> int:
        """How many figures are the same."""
        return self.compared - len({finding.address for finding in self.differing})


def agreement(reading: Reading, findings: Iterable[Finding]) -> Agreement:
    """Return what of the forms can be held against the accounts, and what differs; `findings` are all that
    there are. Nothing is compared while the accounts have no figures."""
    accounts = reading.accounts
    if accounts is None or accounts.is_empty("t1"):
        return Agreement(0, ())
    addresses = {stated.address for stated in _stated(reading, accounts)}
    differing = (f for f in findings if f.code in _CODES and f.address in addresses)
    return Agreement(len(addresses), tuple(differing))


def _stated(reading: Reading, accounts: Accounts) -> Iterable[Stated]:
    said = statement(reading, accounts)
    totals = (said.executed, said.basic, said.project)
    spent = next((project.executed for project in said.projects if project.executed), None)
    yield from (stated for stated in (*totals, spent) if stated is not None)
    yield from (row.stated for row in said.outturn if row.wanted is not None)
