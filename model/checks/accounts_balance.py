"""What must balance in the tables of final accounts: each rule of the data held against what is printed.

A figure is compared as it stands on the paper that was read, else as it is computed. Where two are apart
although the sum of the computed figures fits, another rule has told why, and this one is silent.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from model.accounts import figures
from model.accounts.accounts import Accounts, cell_of_row, parent_of
from model.accounts.definition import ALL, AccountsDefinition, Ledger
from model.accounts.rules import CLASS, LINE, BalanceRule

Terms = tuple[tuple[int, str], ...]


class Mismatch(NamedTuple):
    """A cell that is not what a rule says: the two figures in the unit of the accounts, and of what cells."""

    rule: BalanceRule
    left: str
    terms: Terms
    said: Decimal
    found: Decimal

    @property
    def difference(self) -> Decimal:
        """How much the cell has more than the others together."""
        return self.said - self.found


class Balance(NamedTuple):
    """What was found: cells that are wrong, and by table the cells that are off by a tail of rounding.

    `printed` tells a figure as it was compared: as read, else as computed, 0 where blank, None where unknown.
    """

    mismatches: tuple[Mismatch, ...]
    tails: Mapping[str, tuple[str, ...]]
    printed: Callable[[str], Decimal | None]


def balance(accounts: Accounts, rules: Iterable[BalanceRule]) -> Balance:
    """Hold all rules about sums and equal figures against the accounts."""
    scales = _Scales(accounts)
    ruled = [found for rule in rules for found in _KINDS.get(rule.kind, _none)(scales, rule)]
    mismatches = tuple(_turned(accounts, mismatch) for mismatch in (*ruled, *_unruled(scales)))
    tails = {table: tuple(dict.fromkeys(names)) for table, names in scales.tails.items()}
    return Balance(mismatches, tails, scales.printed)


def _turned(accounts: Accounts, mismatch: Mismatch) -> Mismatch:
    """Of two cells that should be the same, the one that a file has otherwise than computed is wrong."""
    rule, left, terms, said, found = mismatch
    if rule.kind != "equal" or len(terms) != 1 or terms[0][0] != 1:
        return mismatch
    right = terms[0][1]
    is_right = accounts.given(left) is None or said == accounts.amount(left)
    is_other_wrong = accounts.given(right) is not None and found != accounts.amount(right)
    return Mismatch(rule, right, ((1, left),), found, said) if is_right and is_other_wrong else mismatch


class _Scales:
    """The figures of some accounts as printed and as computed, and the comparison of them."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.tails: dict[str, list[str]] = {}
        given = [name for name in accounts.answers.given if accounts.given(name) is not None]
        self.read = {name.partition(".")[0] for name in given}  # tables that a file had printed
        self._columns = {key: dict(column) for key, column in accounts.columns.items()}
        self._fixed = dict(accounts.fixed)
        for name in given:
            self._put(name, accounts.given(name) or "")
        self._is_exact = accounts.unit == "元"
        self.compared: set[tuple[str, Terms]] = set()

    def _put(self, name: str, text: str) -> None:
        amount = figures.read_amount(text, self.accounts.unit).value or Decimal(0)
        table, _, rest = name.partition(".")
        code, _, key = rest.partition(".")
        if table in self.accounts.definition.subject_tables:
            self._columns.setdefault(f"{table}.{key}", {})[code] = amount
        elif name in self.accounts.definition.made:
            self._fixed[name] = amount

    def is_made_here(self, table: str) -> bool:
        """Whether the sums of a table are all our own, exact ones: they can't be wrong."""
        return table not in self.read and not self._is_exact

    def is_so_made(self, left: str, terms: Terms) -> bool:
        """Whether a cell is our own sum of just these cells: then it can't be wrong."""
        rule = self.accounts.definition.made.get(left)
        return (
            rule is not None
            and rule.mode == "computed"
            and rule.terms == terms
            and self.is_made_here(left.partition(".")[0])
            and all(self.is_made_here(name.partition(".")[0]) for _, name in terms)
        )

    def printed(self, name: str) -> Decimal | None:
        """A figure as printed, 0 where it is blank; None where it is not known."""
        found = self._fixed.get(name)
        if found is None:
            table, _, rest = name.partition(".")
            code, _, key = rest.partition(".")
            found = self._columns.get(f"{table}.{key}", {}).get(code)
        if found is None and not self.accounts.is_unknown(name):
            return Decimal(0)
        return found

    def is_there(self, name: str) -> bool:
        """Whether the edition has such a cell."""
        return _is_there(self.accounts.definition, name)

    def compare(self, rule: BalanceRule, left: str, terms: Terms) -> Iterator[Mismatch]:
        """Yield the mismatch of a cell and the sum of others; note a tail."""
        self.compared.add((left, terms))
        said, parts = self.printed(left), [(sign, self.printed(name)) for sign, name in terms]
        known = [sign * part for sign, part in parts if part is not None]
        if said is None or len(known) < len(parts):
            return
        found = sum(known, Decimal(0))
        if said == found:
            self._rounding(left, said, known)
        elif abs(said - found) <= self._tolerance(rule, known):
            self.tails.setdefault(left.partition(".")[0], []).append(left)
        elif not self._is_reported(rule, left, terms, said, found):
            yield Mismatch(rule, left, terms, said, found)

    def _tolerance(self, rule: BalanceRule, known: list[Decimal]) -> Decimal:
        if rule.tolerance == "exact":
            return Decimal(0)
        unit = self.accounts.unit
        return (
            figures.same_tail(unit)
            if rule.tolerance == "same"
            else figures.tail(figures.not_zero(known), unit)
        )

    def _rounding(self, left: str, said: Decimal, known: list[Decimal]) -> None:
        """Sums in 元 are exact, but each cell is printed in 万元 on its own."""
        unit = self.accounts.unit
        if self._is_exact and len(known) > 1:
            parts = sum((figures.printed(part, unit) for part in known), Decimal(0))
            if parts != figures.printed(said, unit):
                self.tails.setdefault(left.partition(".")[0], []).append(left)

    def _is_reported(self, rule: BalanceRule, left: str, terms: Terms, said: Decimal, found: Decimal) -> bool:
        """Whether another rule tells why: with the computed figure of a cell that was read wrong, it fits."""
        tolerance = self._tolerance(rule, [found])
        computed = [self.accounts.amount(name) for _, name in terms]
        if None not in computed and not self._follows(terms, left):
            exact = sum(
                (sign * (part or 0) for (sign, _), part in zip(terms, computed, strict=True)), Decimal(0)
            )
            if abs(said - exact) <= tolerance:
                return True
        own = self.accounts.amount(left)
        is_definition = tuple(self.accounts.terms(left)) == terms or rule.kind in _OWN_SUMS
        return not is_definition and own is not None and abs(own - found) <= tolerance

    def _follows(self, terms: Terms, left: str) -> bool:
        """Whether the other cell is nothing but this one again: then no other rule tells."""
        return len(terms) == 1 and self.accounts.terms(terms[0][1]) == ((1, left),)


_OWN_SUMS = ("made", "rows", "levels", "all")


# --- what no rule of the data speaks of

_DIFFERS = BalanceRule(
    id="accounts-differ",
    kind="made",
    name="原表与计算不同",
    text="表里的数等于表样规定的算法算出的数",
    mark="S",
    source="the edition",
    tolerance="sum",
    severity="judged",
    left="",
    terms=(),
    table="",
    columns=(),
)


def _unruled(scales: "_Scales") -> Iterator[Mismatch]:
    """A figure that a file had printed is what the edition makes it of, also where no rule says so."""
    accounts = scales.accounts
    for name in accounts.answers.given:
        terms = accounts.terms(name) if _is_made(accounts, name) else ()
        pairs = {(name, terms)} | ({(terms[0][1], ((1, name),))} if len(terms) == 1 else set())
        if terms and accounts.given(name) is not None and not pairs & scales.compared:
            yield from scales.compare(_DIFFERS, name, terms)


def _is_made(accounts: Accounts, name: str) -> bool:
    """Whether the edition says what a cell is made of; what follows by subject may be typed otherwise."""
    if name in accounts.definition.made:
        return True
    table, _, rest = name.partition(".")
    code, _, key = rest.partition(".")
    body = accounts.definition.subject_tables.get(table)
    columns = [column for column in body.columns if column.key == key] if body else []
    return bool(columns) and (columns[0].mode == "computed" or bool(accounts.below(table, code)))


# --- kinds of rules


def _none(scales: _Scales, rule: BalanceRule) -> Iterator[Mismatch]:
    yield from ()


def _sum(scales: _Scales, rule: BalanceRule) -> Iterator[Mismatch]:
    """One cell is the sum of others; {class} and {line} stand for many."""
    for left, terms in _expanded(scales.accounts.definition, rule.left, rule.terms):
        if not scales.is_so_made(left, terms):
            yield from scales.compare(rule, left, terms)


@lru_cache(maxsize=2_000)
def _expanded(definition: AccountsDefinition, left: str, terms: Terms) -> tuple[tuple[str, Terms], ...]:
    """The cells that a rule speaks of, as far as an edition has them."""
    found = ((cell, _there(definition, others)) for cell, others in _spread(definition, left, terms))
    return tuple(pair for pair in found if _is_there(definition, pair[0]))


def _spread(
    definition: AccountsDefinition, left: str, terms: Terms
) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    if LINE in left:
        for key in _lines(definition, left.partition(".")[0]):
            yield left.replace(LINE, key), [(sign, name.replace(LINE, key)) for sign, name in terms]
    elif CLASS in left:
        for code in definition.classes:
            yield left.replace(CLASS, code), [(sign, name.replace(CLASS, code)) for sign, name in terms]
    else:
        codes = list(definition.classes)
        yield (
            left,
            [
                (sign, name.replace(CLASS, code))
                for sign, name in terms
                for code in (codes if CLASS in name else codes[:1])
            ],
        )


@lru_cache(maxsize=20_000)
def _is_there(definition: AccountsDefinition, name: str) -> bool:
    table, _, rest = name.partition(".")
    body = definition.subject_tables.get(table)
    if body is None:
        return name in definition.made
    return any(column.key == rest.partition(".")[2] for column in body.columns)


def _there(definition: AccountsDefinition, terms: Iterable[tuple[int, str]]) -> Terms:
    return tuple((sign, name) for sign, name in terms if _is_there(definition, name))


def _lines(definition: AccountsDefinition, table: str) -> list[str]:
    """The keys of the filled lines at the right side of a ledger."""
    body = definition.table(table).body
    return [line.key for line in body.sides[1] if line.cells] if isinstance(body, Ledger) else []


def _made(scales: _Scales, rule: BalanceRule) -> Iterator[Mismatch]:
    """A cell is the sum that the edition says it is."""
    if scales.is_there(rule.left) and not scales.is_made_here(rule.left.partition(".")[0]):
        yield from scales.compare(rule, rule.left, scales.accounts.terms(rule.left))


def _at_most(scales: _Scales, rule: BalanceRule) -> Iterator[Mismatch]:
    """A figure is no more than another."""
    right = rule.terms[0][1]
    if not (scales.is_there(rule.left) and scales.is_there(right)):
        return
    pairs = [(look(rule.left), look(right)) for look in (scales.printed, scales.accounts.amount)]
    tail = figures.same_tail(scales.accounts.unit)
    if all(part is not None and whole is not None and part > whole + tail for part, whole in pairs):
        part, whole = pairs[0]
        assert part is not None
        assert whole is not None
        yield Mismatch(rule, rule.left, rule.terms, part, whole)


def _rows(scales: _Scales, rule: BalanceRule) -> Iterator[Mismatch]:
    """A column of a table by subjects is the sum of others, in every row."""
    table = rule.table
    if scales.is_made_here(table) or not scales.is_there(f"{table}.{ALL}.{rule.left}"):
        return
    columns = [(sign, key) for sign, key in rule.terms if scales.is_there(f"{table}.{ALL}.{key}")]
    for code in _codes(scales, table):
        terms = tuple((sign, cell_of_row(table, code, key)) for sign, key in columns)
        yield from scales.compare(rule, f"{table}.{code}.{rule.left}", terms)


def _codes(scales: _Scales, table: str) -> tuple[str, ...]:
    return (ALL, *scales.accounts.rows.get(table, ()))


def _levels(scales: _Scales, rule: BalanceRule) -> Iterator[Mismatch]:
    """款 and 类 are the sums of the rows one level below, in each column."""
    yield from _sums_of(scales, rule, [code for code in _codes(scales, rule.table) if code != ALL])


def _all(scales: _Scales, rule: BalanceRule) -> Iterator[Mismatch]:
    """合计 is the sum of the classes, in each column."""
    yield from _sums_of(scales, rule, [ALL])


def _sums_of(scales: _Scales, rule: BalanceRule, codes: list[str]) -> Iterator[Mismatch]:
    table = rule.table
    if table not in scales.accounts.definition.subject_tables or scales.is_made_here(table):
        return
    below: dict[str, list[str]] = {}
    for code in scales.accounts.rows[table]:
        below.setdefault(parent_of(code), []).append(code)
    for code in codes:
        for key in rule.columns if code in below else ():
            if scales.is_there(f"{table}.{code}.{key}"):
                terms = tuple((1, f"{table}.{other}.{key}") for other in below[code])
                yield from scales.compare(rule, f"{table}.{code}.{key}", terms)


_KINDS = {
    "sum": _sum,
    "equal": _sum,
    "made": _made,
    "most": _at_most,
    "rows": _rows,
    "levels": _levels,
    "all": _all,
}
