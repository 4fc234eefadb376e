"""What a written explanation is held against: cells of the tables as printed, and the forms."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from model.accounts import figures
from model.accounts.accounts import Accounts
from model.accounts.definition import EconomicTable
from model.explanation.glossary import level_of, typed_level
from model.explanation.held.text import tidy
from model.explanation.outline import Outline
from model.reading.reading import Form


class Facts:
    """Tables and forms of one document; `cell` is None where nobody knows."""

    def __init__(
        self, accounts: Accounts, outline: Outline | None = None, forms: tuple[Form, ...] = ()
    ) -> None:
        self.accounts, self.outline, self.forms = accounts, outline, forms
        self._cells: dict[str, Decimal | None] = {}

    @cached_property
    def has_tables(self) -> bool:
        """Whether any figure of a table is known."""
        return any(self.accounts.rows.get(table) for table in ("t2", "t3", "t5"))

    def cell(self, name: str) -> Decimal | None:
        """Return a cell in 万元 as it is printed, 0 where it is blank."""
        if name not in self._cells:
            value = self.accounts.printed(name) if self.has_tables else None
            printed = None if value is None else figures.printed(value, self.accounts.unit)
            self._cells[name] = printed
        return self._cells[name]

    def table(self, cell: str) -> str:
        """What the table of a cell is called in this edition: 表5."""
        return self.accounts.definition.table(cell.partition(".")[0]).no

    def field(self, name: str) -> Decimal | None:
        """Return an amount typed beside the tables, in 万元."""
        value = self.accounts.field_amount(name)
        return None if value is None else figures.printed(value, self.accounts.unit)

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Codes of 表5 by the name of the subject as it is compared."""
        found: dict[str, tuple[str, ...]] = {}
        for code in self.accounts.rows.get("t5", ()):
            name = tidy(self.accounts.subject_name(code))
            found[name] = (*found.get(name, ()), code)
        return found

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """Codes of 表5 with nothing below them."""
        rows = self.accounts.rows.get("t5", ())
        return tuple(code for code in rows if not self.accounts.below("t5", code))

    @cached_property
    def used(self) -> tuple[str, ...]:
        """Codes of 表3 with nothing below them."""
        rows = self.accounts.rows.get("t3", ())
        return tuple(code for code in rows if not self.accounts.below("t3", code))

    @cached_property
    def level(self) -> str:
        """Whose money it is, 市, 区 or 县: by the name of the unit, else as typed; "" where nobody knows."""
        return level_of(self.accounts.name) or typed_level(self.accounts)

    def name(self, code: str) -> str:
        """The name of a subject as it is compared."""
        return tidy(self.accounts.subject_name(code))

    def codes_of(self, section: str, item: str) -> tuple[str, ...]:
        """Return the codes of an item of 表5 by its name and, where it is said, that of its section."""
        codes = (code for code in self.names.get(item, ()) if len(code) == 7)
        return tuple(code for code in codes if section in (self.name(code[:5]), ""))

    def class_of(self, name: str) -> str:
        """Return the code of a class, with or without the word 支出 behind it."""
        codes = (*self.names.get(name, ()), *self.names.get(f"{name}支出", ()))
        return next((code for code in codes if len(code) == 3), "")

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """Codes of the classes of 表5."""
        return tuple(code for code in self.accounts.rows.get("t5", ()) if len(code) == 3)

    def budget(self, code: str) -> Decimal | None:
        """The budget of an item, where one was typed, in 万元."""
        value = self.accounts.value(f"s.{code}.budget")
        return None if value is None else figures.printed(value, self.accounts.unit)

    def economic_amount(self, name: str) -> Decimal | None:
        """An amount of 表6 by its name as it is compared; None for a name that the table does not have."""
        row = self._economic.get(name)
        return self.cell(row) if row else None

    @cached_property
    def _economic(self) -> Mapping[str, str]:
        """Cells of 表6 by the name of their row as it is compared; the first of a name."""
        body = self.accounts.definition.table("t6").body
        rows = tuple(body.rows) if isinstance(body, EconomicTable) else ()
        return {tidy(row.name): row.rule.name for row in reversed(rows)}

    def economic(self, staff: bool) -> tuple[str, ...]:
        """Names of 表6 with an amount, in the order of the table."""
        body = self.accounts.definition.table("t6").body
        rows = body.rows if isinstance(body, EconomicTable) else ()
        return tuple(
            tidy(row.name)
            for row in rows
            if len(row.code) > 3 and row.code.startswith(("301", "303")) == staff and self.cell(row.rule.name)
        )
