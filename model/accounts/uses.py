"""Where a figure of the final accounts goes on to: the figures of all tables that are made of it."""

from collections.abc import Iterator, Mapping
from functools import cache

from model.accounts.accounts import Accounts, parent_of
from model.accounts.definition import LIST, AccountsDefinition


def uses_of(accounts: Accounts, name: str) -> tuple[str, ...]:
    """Return the figures that a figure goes into, directly or through others, nearest first, one a table.

    Of its own table these are the nearest sum and 合计, of every other table the first that it comes to.
    """
    own = name.partition(".")[0]
    found: list[str] = []
    for other in _reached(accounts, name):
        table = other.partition(".")[0]
        is_new = all(known.partition(".")[0] != table for known in found)
        if is_new or (table == own and ".all." in other):
            found.append(other)
    return tuple(found)


def _reached(accounts: Accounts, name: str) -> Iterator[str]:
    """All figures above one, level by level."""
    seen, level = {name}, [name]
    while level:
        above = [other for one in level for other in _users(accounts, one) if other not in seen]
        level = list(dict.fromkeys(above))
        seen.update(level)
        yield from level


def _users(accounts: Accounts, name: str) -> Iterator[str]:
    """The figures that have one among their terms as they are computed now."""
    candidates = [*_in_fixed(accounts.definition).get(name, ()), *_in_rows(accounts, name)]
    for other in candidates:
        is_made = accounts.figure(other).origin in ("computed", "follows")
        if is_made and any(term == name for _, term in accounts.terms(other)):
            yield other


@cache
def _in_fixed(definition: AccountsDefinition) -> Mapping[str, tuple[str, ...]]:
    """The cells with fixed names by what they are made of."""
    found: dict[str, tuple[str, ...]] = {}
    for name, rule in definition.made.items():
        for _, term in rule.terms:
            found[term] = (*found.get(term, ()), name)
    return found


def _in_rows(accounts: Accounts, name: str) -> Iterator[str]:
    """Of a table by subjects: columns of the same row, in any table, and the row one level above."""
    table, _, rest = name.partition(".")
    code, _, key = rest.partition(".")
    if table == LIST or table not in accounts.definition.subject_tables:
        return
    for other, body in accounts.definition.subject_tables.items():
        for column in body.columns:
            if any(term in (f"{table}.{key}", key if other == table else "") for _, term in column.terms):
                yield f"{other}.{code}.{column.key}"
    if above := parent_of(code):
        yield f"{table}.{above}.{key}"
