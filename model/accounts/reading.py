"""Reads what was typed of the final accounts as all figures of all tables: in a fixed order, every time."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from weakref import WeakValueDictionary

from model.accounts import figures
from model.accounts.accounts import BUDGETS, Accounts, cell_of_row, parent_of, value_of
from model.accounts.definition import LEVELS, LIST, AccountsDefinition, CellRule, Column, Term
from model.accounts.figures import UNKNOWN
from model.accounts.items import leaves_of, read_items
from model.accounts.subjects import Subjects, levels_of
from model.basics.number import is_nothing
from model.document.answers import MONEY_UNIT, FormAnswers


def read_accounts(
    definition: AccountsDefinition, subjects: Subjects, answers: FormAnswers, key: str = "a"
) -> Accounts:
    """Return all figures of the accounts; the same answers give the same object while it is in use."""
    known = _KNOWN.get(id(answers))
    if known is not None and known.answers is answers and known.definition is definition:
        return known
    found = _Reader(definition, answers).read(key, subjects)
    _KNOWN[id(answers)] = found
    return found


_GENERAL, _FUNDS = "t5", ("t7.", "t8.")  # what was spent of which budget
_KNOWN: WeakValueDictionary[int, Accounts] = WeakValueDictionary()


class _Reader:
    """The figures of some accounts in the making."""

    def __init__(self, definition: AccountsDefinition, answers: FormAnswers) -> None:
        self._definition, self._answers = definition, answers
        self._unit = answers.text(MONEY_UNIT) or definition.money_unit
        self._columns: dict[str, dict[str, Decimal]] = {}
        self._fixed: dict[str, Decimal] = {}
        self._unknown = {name for name, text in answers.given.items() if text == UNKNOWN and "." in name}
        self._missing: set[str] = set()
        self._given = _by_column(answers.given, definition)

    def read(self, key: str, subjects: Subjects) -> Accounts:
        items = read_items(self._answers)
        self._leaves = leaves_of(items)
        self._codes = {above for code in self._leaves for above in levels_of(code)}
        self._typed = _typed_columns(self._answers, self._leaves, self._definition, self._unit)
        for rules in self._definition.fixed.values():
            for rule in rules:
                if rule.mode == "typed":
                    self._typed_cell(rule)
        for table in self._definition.order:
            self._table(table)
        for column in BUDGETS:
            self._sum_up(LIST, column, self._of_general(self._typed.get(f"{LIST}.{column}", {})))
        rows = {table: self._rows(table) for table in (*self._definition.subject_tables, LIST)}
        return Accounts(
            key=key,
            definition=self._definition,
            subjects=subjects,
            answers=self._answers,
            unit=self._unit,
            items=items,
            leaves=self._leaves,
            typed_names={item.code: item.typed_name for item in reversed(items) if item.typed_name},
            columns=self._columns,
            fixed=self._fixed,
            unknown=frozenset(self._unknown),
            missing=frozenset(self._missing),
            rows=rows,
            children={table: _children(codes) for table, codes in rows.items()},
        )

    def _of_general(self, budgets: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """年初预算 is told of the general budget: that of a subject of a fund alone does not count."""
        spent = self._columns.get(f"{_GENERAL}.total", {})
        others = [values for name, values in self._columns.items() if values and name.startswith(_FUNDS)]
        if not others:
            return dict(budgets)
        return {
            code: value
            for code, value in budgets.items()
            if spent.get(code) or not any(values.get(code) for values in others)
        }

    def _table(self, table: str) -> None:
        if self._is_missing(table):
            self._missing.add(table)
        body = self._definition.subject_tables.get(table)
        if body is None:
            for rule in self._definition.fixed[table]:
                if rule.mode != "typed":
                    self._made_cell(rule)
        elif table not in self._missing:
            for column in sorted(body.columns, key=lambda column: _RANKS[column.mode]):
                self._subject_column(table, column)

    def _is_missing(self, table: str) -> bool:
        if self._answers.given.get(table) != UNKNOWN:
            return False
        if table in self._definition.subject_tables:
            return not any(name.startswith(f"{table}.") for name in self._typed)
        return not any(rule.name in self._fixed for rule in self._definition.fixed[table])

    # --- cells with fixed names

    def _typed_cell(self, rule: CellRule) -> None:
        found = self._amount(rule.name, rule.negative)
        if found is not None:
            self._fixed[rule.name] = found
            self._unknown.discard(rule.name)

    def _amount(self, cell: str, negative: bool) -> Decimal | None:
        text = self._answers.texts.get(cell)
        return figures.read_amount(text, self._unit, negative).value if text else None

    def _made_cell(self, rule: CellRule) -> None:
        computed, count, is_known = self._sum(rule.terms)
        typed = self._amount(rule.name, rule.negative)
        if typed is not None and (rule.mode == "default" or (rule.mode == "follows" and computed is None)):
            self._fixed[rule.name] = typed
            self._unknown.discard(rule.name)
            return
        given = self._answers.given.get(rule.name)
        found, is_known = self._settled(computed if is_known else None, count, given, is_known)
        if found is not None:
            self._fixed[rule.name] = found
        (self._unknown.discard if is_known else self._unknown.add)(rule.name)

    def _sum(self, terms: Iterable[Term]) -> tuple[Decimal | None, int, bool]:
        """The sum of what is there, None of nothing; how many are not 0; whether all of them are known."""
        found: Decimal | None = None
        count, is_known = 0, True
        for sign, name in terms:
            value = value_of(self._columns, self._fixed, name)
            if value is not None:
                found = sign * value + (found or 0)
                count += bool(value)
            elif name in self._unknown or name.partition(".")[0] in self._missing:
                is_known = False
        return found, count, is_known

    def _settled(
        self, computed: Decimal | None, count: int, given: str | None, is_known: bool
    ) -> tuple[Decimal | None, bool]:
        """The figure that counts, and whether it is known.

        What a file had printed counts where nothing can be computed, and where it is off by no more than a
        tail: it was rounded from the exact amount, the sum of rounded ones was not.
        """
        if given is None or given == UNKNOWN:
            return computed, is_known
        said = figures.read_amount(given, self._unit).value
        if not is_known:
            return said, said is not None or is_nothing(given)
        if said and computed is not None and abs(said - computed) <= figures.tail(count, self._unit):
            return said, True
        return computed, True

    # --- tables by subjects

    def _subject_column(self, table: str, column: Column) -> None:
        values = dict(self._typed.get(f"{table}.{column.key}", {}))
        if column.mode == "computed" or (column.mode == "default" and self._holds(column)):
            self._fill(table, column, values)
        self._sum_up(table, column.key, values)

    def _holds(self, column: Column) -> bool:
        return not any((self._sum(terms)[0] or 0) > 0 for terms in column.unless)

    def _fill(self, table: str, column: Column, values: dict[str, Decimal]) -> None:
        """Compute the cells of a column that nobody typed, row by row."""
        given = self._given.get(f"{table}.{column.key}", {})
        sources = [
            self._columns.get(other if "." in other else f"{table}.{other}", {}) for _, other in column.terms
        ]
        signs = [sign for sign, _ in column.terms]
        if not (given or self._unknown or self._missing):
            values |= self._computed(column, zip(signs, sources, strict=True), values)
            return
        for code in self._rows_to_fill(sources, given, values):
            parts = zip(signs, sources, strict=True)
            known = [sign * source[code] for sign, source in parts if code in source]
            is_known = self._are_known(table, code, column)
            if not known and is_known and code not in given:
                continue
            computed = sum(known, Decimal(0)) if known and is_known else None
            if column.mode == "default" and not column.negative and computed is not None and computed < 0:
                continue  # no amount is guessed that nobody could type
            found, is_known = self._settled(computed, figures.not_zero(known), given.get(code), is_known)
            self._put(table, code, column.key, found, is_known, values)

    def _computed(
        self,
        column: Column,
        sources: Iterable[tuple[int, Mapping[str, Decimal]]],
        typed: Mapping[str, Decimal],
    ) -> dict[str, Decimal]:
        """The cells of a column of which everything is known and nothing was printed: the usual case."""
        found: dict[str, Decimal] = {}
        for sign, source in sources:
            for code, value in source.items():
                if code in self._leaves and code not in typed:
                    found[code] = found.get(code, Decimal(0)) + sign * value
        if column.mode == "default" and not column.negative:
            return {code: value for code, value in found.items() if value >= 0}  # as below
        return found

    def _rows_to_fill(
        self,
        sources: Iterable[Mapping[str, Decimal]],
        given: Mapping[str, str],
        values: Mapping[str, Decimal],
    ) -> list[str]:
        """The rows in which something can stand that nobody typed."""
        if self._unknown or self._missing:
            return [code for code in self._leaves if code not in values]
        codes = {code for source in sources for code in source} | given.keys()
        return [code for code in codes if code in self._leaves and code not in values]

    def _are_known(self, table: str, code: str, column: Column) -> bool:
        if not self._unknown and not self._missing:
            return True
        names = (cell_of_row(table, code, other) for _, other in column.terms)
        return not any(name in self._unknown or name.partition(".")[0] in self._missing for name in names)

    def _put(
        self,
        table: str,
        code: str,
        key: str,
        found: Decimal | None,
        is_known: bool,
        values: dict[str, Decimal],
    ) -> None:
        if found is not None:
            values[code] = found
        if self._unknown or not is_known:
            (self._unknown.discard if is_known else self._unknown.add)(f"{table}.{code}.{key}")

    def _sum_up(self, table: str, key: str, values: dict[str, Decimal]) -> None:
        """Add the rows up by 款, 类 and in all, each level from the one below."""
        self._columns[f"{table}.{key}"] = values
        given = self._given.get(f"{table}.{key}", {})
        unknown = {name.split(".")[1] for name in self._unknown if _is_in(name, table, key)}
        if not given and not unknown:
            _add_up(values)
            return
        for digits in sorted(LEVELS, reverse=True):
            parts: dict[str, list[Decimal]] = {}
            for code, value in values.items():
                if len(code) == digits:
                    parts.setdefault(parent_of(code), []).append(value)
            open_codes = {parent_of(code) for code in unknown if len(code) == digits}
            for code in {*parts, *open_codes}:
                amounts = parts.get(code, [])
                computed = None if code in open_codes else sum(amounts, Decimal(0))
                settled = self._settled(
                    computed, figures.not_zero(amounts), given.get(code), code not in open_codes
                )
                self._put(table, code, key, *settled, values)
                if not settled[1]:
                    unknown.add(code)

    def _rows(self, table: str) -> tuple[str, ...]:
        """The codes of the rows that have an amount, or one that is not known, in order."""
        within = f"{table}."
        columns = [column for name, column in self._columns.items() if name.startswith(within)]
        codes = {code for column in columns for code, value in column.items() if value}
        codes |= {name.split(".")[1] for name in self._unknown if name.startswith(within)}
        return tuple(sorted({above for code in codes & self._codes for above in levels_of(code)}))


def _add_up(values: dict[str, Decimal]) -> None:
    """Add sums by 款, 类 and in all to the amounts of a column, in which nothing was printed otherwise."""
    for code, value in list(values.items()):
        for above in _all_above(code):
            values[above] = values[above] + value if above in values else value


@lru_cache(maxsize=20_000)
def _all_above(code: str) -> tuple[str, ...]:
    """The codes above one up to 合计: 20501, 205 and all of 2050199."""
    above = parent_of(code)
    return (above, *_all_above(above)) if above else ()


@lru_cache(maxsize=200)
def _children(codes: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(parent_of(code), []).append(code)
    return {code: tuple(below) for code, below in found.items()}


_RANKS = {"typed": 0, "default": 1, "follows": 1, "computed": 2}


def _is_in(name: str, table: str, key: str) -> bool:
    return name.startswith(f"{table}.") and name.endswith(f".{key}") and name.count(".") == 2


def _by_column(given: Mapping[str, str], definition: AccountsDefinition) -> dict[str, dict[str, str]]:
    """What was printed in tables by subjects, by column and code."""
    found: dict[str, dict[str, str]] = {}
    for name, text in given.items():
        table, _, rest = name.partition(".")
        if table in definition.subject_tables:
            code, _, key = rest.partition(".")
            found.setdefault(f"{table}.{key}", {})[code] = text
    return found


def _typed_columns(
    answers: FormAnswers, leaves: Mapping[str, tuple[str, ...]], definition: AccountsDefinition, unit: str
) -> dict[str, dict[str, Decimal]]:
    """What was typed in the rows of the list, by column and code; rows of one code are added."""
    codes = {item: code for code, ids in leaves.items() for item in ids}
    negative = definition.typed_columns | dict.fromkeys(BUDGETS, False)
    found: dict[str, dict[str, Decimal]] = {}
    for cell, text in answers.texts.items():
        row, _, path = cell.partition(".")
        if row not in codes or path not in negative:
            continue
        value = figures.read_amount(text, unit, negative[path]).value
        if value is not None:
            column = found.setdefault(f"{LIST}.{path}" if path in BUDGETS else path, {})
            code = codes[row]
            column[code] = column[code] + value if code in column else value
    return found
