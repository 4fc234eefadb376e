"""The types of a report's outline: its sections in order, and what stands in each; an outline is data."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from model.forms.definition import AmountRow

# sentence: generated from the forms · indicators: a sentence for each row · text: typed · value: typed, for
# use in sentences · field: what a field of the form says · table: a table of the outline · bars: the score
# by block · projects: for each project form its sentence and its texts
PartKind = Literal["sentence", "indicators", "text", "value", "field", "table", "bars", "projects"]
Scope = Literal["form", "document"]


class Pattern(NamedTuple):
    """A sentence with values in braces; it is used if all of them are known and `when`, if any, is not 0."""

    text: str
    when: str = ""


class ReportPart(NamedTuple):
    """Something in a section; which of the optional entries it uses depends on its kind.

    `models` are sentences of the field that a clerk may begin with; `before` and `after` are printed around a
    typed text that is there. `in_abstract`: the short version (摘要版) has it too.
    """

    id: str
    kind: PartKind
    caption: str = ""
    patterns: tuple[Pattern, ...] = ()
    level1: str = ""  # indicators: of this block; "" for all
    field: str = ""
    table: str = ""
    help: str = ""
    models: tuple[str, ...] = ()
    default: str = ""  # of a value
    before: str = ""
    after: str = ""
    joined: bool = False  # goes on in the paragraph before it
    carried: bool = False  # a document of the next year begins with it
    in_abstract: bool = True
    parts: tuple["ReportPart", ...] = ()  # projects: the texts that each project form has


class ReportSection(NamedTuple):
    """A heading with its parts; level 1 is the highest, `option` names the choice that lets it stand."""

    level: int
    title: str
    tab: str
    parts: tuple[ReportPart, ...]
    option: str = ""
    in_abstract: bool = True


class TextColumn(NamedTuple):
    """A column of a table whose rows the clerk adds: a text, or one of `choices` where there are any.

    `carried`: a document of the next year begins with it.
    """

    key: str
    caption: str
    width_mm: float
    carried: bool = False
    choices: tuple[str, ...] = ()


class ReportTable(NamedTuple):
    """A table of the report: amounts with fixed `rows`, or rows that the clerk adds with `text_columns`.

    `from_last` are parts whose texts of last year its rows begin with, an item a row, in the first column.
    """

    id: str
    title: str
    unit_line: str = ""
    rows: tuple[AmountRow, ...] = ()
    text_columns: tuple[TextColumn, ...] = ()
    from_last: tuple[str, ...] = ()

    def row(self, key: str) -> AmountRow:
        """Return the row of this key."""
        return next(row for row in self.rows if row.key == key)

    def carried_cells(self, rows: Iterable[str]) -> Iterator[str]:
        """Yield the cells of some rows of the clerk's that the next year begins with."""
        keys = [column.key for column in self.text_columns if column.carried]
        return (f"{row}.{key}" for row in rows for key in keys)


class Option(NamedTuple):
    """A choice of the unit: whether a section stands."""

    id: str
    caption: str


class Outline(NamedTuple):
    """A report: for which forms, its title, how headings are numbered, what follows; with its source.

    An outline of scope `document` speaks of all projects together and belongs to no form. Its sentences say
    amounts in `money_unit`, whatever the forms are filled in. `serves` are kinds of forms: of those that a
    bureau's blank was made into, where its region has no outline of its own.
    """

    id: str
    name: str  # 自评报告
    scope: Scope
    forms: tuple[str, ...]
    title: tuple[str, ...]
    abstract_title: tuple[str, ...]
    source: str
    numbers: tuple[str, ...]  # how headings are counted, by level: 一、 （一） 1. （1）
    sections: tuple[ReportSection, ...]
    tables: tuple[ReportTable, ...]
    options: tuple[Option, ...]
    annexes: bool
    money_unit: str = "万元"
    serves: tuple[str, ...] = ()

    def parts(self) -> Iterator[tuple[ReportSection, ReportPart]]:
        """Yield every part with its section, in order."""
        for section in self.sections:
            for part in section.parts:
                yield section, part

    def table(self, table_id: str) -> ReportTable:
        """Return the table of this id."""
        return next(table for table in self.tables if table.id == table_id)
