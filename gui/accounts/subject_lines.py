"""The lines of the list of subjects: bands of 类 and 款, rows of 项, reasons below them, 合计."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from model.accounts.accounts import Accounts
from model.accounts.definition import ALL, LEVELS
from model.accounts.items import Item
from model.checks.accounts_fields import wants_reason

Kind = Literal["band", "row", "reason", "total"]
_CLASS, _GROUP, _ITEM = sorted(LEVELS)


class Line(NamedTuple):
    """A line: `id` is the row of a row and of a reason, the code of a band and of 合计.

    `is_again` says of a band that its sums stand further up: its rows are not together.
    """

    kind: Kind
    id: str
    is_again: bool = False


def lines_of(accounts: Accounts, rows: Sequence[str], with_reasons: bool) -> list[Line]:
    """Return the lines of the list in the order in which its rows were typed.

    Before the first row of a 类, and of a 款, stands a band; one for both where the 类 has one 款.
    """
    items = {item.id: item for item in accounts.items}
    joined = joined_groups(accounts)
    lines: list[Line] = []
    shown: set[str] = set()
    last = ""
    for row in rows:
        item = items.get(row)
        if item is not None and item.level:
            for code in _bands_between(last, item.code, joined):
                lines.append(Line("band", code, code in shown))
                shown.add(code)
            last = item.code
        lines.append(Line("row", row))
        if item is not None and with_reasons and has_reason(accounts, item):
            lines.append(Line("reason", row))
    return [*lines, Line("total", ALL)]


def has_reason(accounts: Accounts, item: Item) -> bool:
    """Whether a line for the reason stands below a row: what was spent differs, or there is a reason."""
    return bool(accounts.answers.text(f"{item.id}.reason")) or wants_reason(accounts, item) is not None


def joined_groups(accounts: Accounts) -> set[str]:
    """Return the 款 whose bands speak of their 类 too: it has no other."""
    groups: dict[str, set[str]] = {}
    for item in accounts.items:
        if item.level:
            groups.setdefault(item.code[:_CLASS], set()).add(item.code[:_GROUP])
    return {next(iter(found)) for found in groups.values() if len(found) == 1}


def _bands_between(last: str, code: str, joined: set[str]) -> Iterator[str]:
    """The bands before a row that follows another one; a row is no band of its own."""
    above, group = code[:_CLASS], code[:_GROUP]
    is_new = last[:_CLASS] != above
    if is_new and len(code) > _CLASS and not (len(code) == _ITEM and group in joined):
        yield above
    if len(code) == _ITEM and (is_new or last[:_GROUP] != group):
        yield group
