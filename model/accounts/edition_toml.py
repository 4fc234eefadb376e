"""Reads an edition of the final accounts from TOML; a mistake is refused with file, table, row and key."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast, get_args

from model.accounts.definition import (
    AccountsDefinition,
    Body,
    CellRule,
    Column,
    EconomicRow,
    EconomicTable,
    EconomicTotal,
    Field,
    FieldGroup,
    FieldKind,
    Header,
    HeaderCell,
    Kind,
    Ledger,
    Line,
    Mode,
    SingleColumn,
    SingleRow,
    SubjectTable,
    Table,
    Term,
)
from model.accounts.edition_check import check_edition
from model.forms.toml_table import TomlTable, each, open_toml, repeated

LEFT, ABOVE = "<", "^"  # in a heading: goes on from the cell at the left, from the cell above
CLASS = "{class}"
_BASE = "base"


def read_edition(path: Path, known: Mapping[str, Path]) -> AccountsDefinition:
    """Return the edition of a TOML file; one with `base` has what that one of `known` has, but for what it
    says itself. Raises UserError with file, table, row and key.
    """
    top = TomlTable(_merged(path, known), path.name, "")
    classes = dict(each(top.tables("class"), _class))
    if not classes:
        raise top.refuse("class", "至少一类")
    on_paper = _on_paper(top, tuple(_table(top, table, classes) for table in _named(top, path)))
    found = AccountsDefinition(
        id=top.filled("id"),
        name=top.filled("name"),
        region=top.text("region"),
        year=top.filled("year"),
        source=top.filled("source"),
        outline=top.filled("outline"),
        money_unit=top.choice("money_unit", ("元", "万元")),
        zeros=top.flag("zeros", False),
        commas=top.flag("commas", False),
        unit_line=_unit_line(top),
        classes=classes,
        tables=on_paper,
        order=_computed(top, on_paper),
        groups=tuple(each(top.tables("group", []), _group)),
    )
    top.done()
    check_edition(top, found)
    return found


# --- files that build on another


def _merged(path: Path, known: Mapping[str, Path]) -> dict[str, Any]:
    """The entries of a file over those of its base; tables are merged by id, groups of fields by
    title, entry by entry."""
    top = open_toml(path)
    raw = top.rest()
    if _BASE not in raw:
        return raw
    base_id = raw.pop(_BASE)
    if base_id not in known or known[base_id] == path:
        raise top.refuse(_BASE, f"没有编号为“{base_id}”的决算表样")
    base = _merged(known[base_id], {name: other for name, other in known.items() if other != path})
    for list_of, name in (("table", "id"), ("group", "title")):
        own = raw.get(list_of)
        if isinstance(own, list) and all(isinstance(entry, dict) for entry in own):
            raw[list_of] = _over(base.get(list_of, []), own, name)
    return base | raw


def _over(base: list[dict[str, Any]], own: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    changes = {entry.get(name): entry for entry in own}
    known = {entry.get(name) for entry in base}
    return [entry | changes.get(entry.get(name), {}) for entry in base] + [
        entry for entry in own if entry.get(name) not in known
    ]


def _named(top: TomlTable, path: Path) -> Iterator[TomlTable]:
    """The tables, each called by its number in messages."""
    for n, entry in enumerate(top.array("table"), start=1):
        name = entry.get("no") if isinstance(entry, dict) else None
        yield TomlTable(entry, path.name, str(name or f"[table] 第 {n} 项"))


def _on_paper(top: TomlTable, tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables of the edition in their order; one of the base that is not listed is left out."""
    by_id = {table.id: table for table in tables}
    order = top.texts("order", list(by_id))
    if len(by_id) != len(tables) or len(set(order)) != len(order) or not set(order) <= by_id.keys():
        raise top.refuse("order", "每一张表最多列一次，只列本表样有的表")
    return tuple(by_id[name] for name in order)


def _computed(top: TomlTable, tables: tuple[Table, ...]) -> tuple[str, ...]:
    known = {table.id for table in tables}
    return tuple(name for name in top.texts("computed") if name in known)


# --- the head


def _class(table: TomlTable) -> tuple[str, str]:
    return table.filled("code"), table.filled("caption")


def _unit_line(top: TomlTable) -> tuple[str, str]:
    line = top.texts("unit_line")
    if len(line) != 2:
        raise top.refuse("unit_line", "应为左右两段文字")
    for text in line:
        top.check_pattern("unit_line", text, ("unit", "money_unit"))
    return line[0], line[1]


def _group(table: TomlTable) -> FieldGroup:
    title, fields = table.filled("title"), tuple(each(table.tables("fields"), _field))
    return FieldGroup(title, fields, table.flag("is_told", False))


def _field(table: TomlTable) -> Field:
    return Field(
        id=table.filled("id"),
        caption=table.filled("caption"),
        kind=cast(FieldKind, table.choice("kind", get_args(FieldKind), "money")),
        carried=table.text("carried", ""),
        default=table.text("default", ""),
    )


# --- a table


def _table(top: TomlTable, table: TomlTable, classes: Mapping[str, str]) -> Table:
    found_id = table.filled("id")
    kind = cast(Kind, table.choice("kind", get_args(Kind)))
    widths = table.widths("widths_mm")
    found = Table(
        id=found_id,
        no=table.filled("no"),
        kind=kind,
        title=table.pattern("title", ("year", "no")),
        landscape=table.flag("landscape", False),
        widths_mm=widths,
        header=_header(table, len(widths)),
        notes=table.texts("notes", []),
        empty_note=table.text("empty_note", ""),
        body=_body(table, found_id, kind, classes),
    )
    table.done()
    return found


def _body(table: TomlTable, table_id: str, kind: Kind, classes: Mapping[str, str]) -> Body:
    if kind == "ledger":
        sides = [_Side(side, table_id, classes) for side in table.tables("side")]
        if len(sides) != 2:
            raise table.refuse("side", "应为收入、支出两边")
        longest = max(side.count for side in sides)
        return Ledger(tuple(side.lines(longest) for side in sides), tuple(side.captions for side in sides))
    if kind == "subjects":
        columns = tuple(each(table.tables("columns"), lambda column: _column(column, table_id)))
        return SubjectTable(
            columns,
            table.flag("total_first", True),
            table.whole("code_cells", 1),
            table.flag("codes_over_total", False),
        )
    if kind == "economic":
        return _economic(table, table_id)
    singles = each(table.tables("columns"), lambda column: _single(column, table_id))
    return SingleRow(tuple(singles))


def _header(table: TomlTable, width: int) -> Header:
    """The rows of the heading; < and ^ go on from the cell at the left and the one above."""
    rows = [list(row) for row in table.array("header") if isinstance(row, list)]
    for n, row in enumerate(rows, start=1):
        if len(row) != width or not all(isinstance(text, str) for text in row):
            raise table.refuse("header", f"第 {n} 行应有 {width} 段文字")
    cells = [
        _header_cell(rows, row, col)
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
        if text not in (LEFT, ABOVE)
    ]
    if sum(cell.rowspan * cell.colspan for cell in cells) != len(rows) * width:
        raise table.refuse("header", "合并的格子不成矩形")
    return Header(len(rows), tuple(cells))


def _header_cell(rows: list[list[str]], row: int, col: int) -> HeaderCell:
    right, below = col + 1, row + 1
    while right < len(rows[row]) and rows[row][right] == LEFT:
        right += 1
    while below < len(rows) and rows[below][col] == ABOVE:
        below += 1
    return HeaderCell(rows[row][col], row, col, below - row, right - col)


def _terms(table: TomlTable, texts: tuple[str, ...], key: str, own: str) -> tuple[Term, ...]:
    """Signed names; one without the id of a table is of this one."""
    return tuple(_term(table, text, key, own) for text in texts)


def _term(table: TomlTable, text: str, key: str, own: str) -> Term:
    sign = -1 if text.startswith("-") else 1
    name = text.removeprefix("-").removeprefix("+")
    if not name or name != name.strip():
        raise table.refuse(key, f"“{text}”不是格子的名称")
    first = name.partition(".")[0]
    is_full = first[:1] == "t" and first[1:].isdecimal()
    return sign, name if is_full or not own else f"{own}.{name}"


def _mode(table: TomlTable, own: str, terms: tuple[Term, ...]) -> Mode:
    """`open` says that what is typed counts before what is computed."""
    if not terms:
        return "typed"
    if table.flag("open", False):
        return "default"
    return "computed" if any(name.startswith(f"{own}.") for _, name in terms) else "follows"


# --- ledgers


class _Side:
    """One side of a ledger becoming lines, numbered on from the first."""

    def __init__(self, table: TomlTable, table_id: str, classes: Mapping[str, str]) -> None:
        self._table, self._id, self._classes = table, table_id, classes
        self._columns = [_SideColumn(column) for column in table.tables("columns")]
        self._number = table.whole("first_no", 1) if table.has("first_no") else 0
        self.captions = tuple(column.caption for column in self._columns)
        self._rows = table.tables("rows")
        self._lengths = [self._length(row) for row in self._rows]

    def _length(self, row: TomlTable) -> int:
        if row.has("fill"):
            return 0
        return len(self._classes) if row.has("classes") else 1

    @property
    def count(self) -> int:
        """How many lines it has without those that fill it up."""
        return sum(self._lengths)

    def lines(self, longest: int) -> tuple[Line, ...]:
        """The lines; blank ones fill the side up where it says so."""
        found = [line for row in self._rows for line in self._line(row, longest - self.count)]
        self._table.done()
        return tuple(found)

    def _line(self, row: TomlTable, lacking: int) -> Iterator[Line]:
        if row.has("blank") or row.has("fill"):
            is_one = row.flag("blank", False)
            row.flag("fill", False)
            for _ in range(1 if is_one else lacking):
                yield Line(self._no(), "", "", (), False)
        elif row.has("classes"):
            key, made = row.filled("classes"), _Made(row, self._columns)
            for code, caption in self._classes.items():
                yield self._filled(made, row, key.replace(CLASS, code), caption, code)
        else:
            key, caption, is_total = row.filled("key"), row.filled("caption"), row.flag("total", False)
            yield self._filled(_Made(row, self._columns), row, key, caption, "", is_total)
        row.done()

    def _no(self) -> str:
        if not self._number:
            return ""
        self._number += 1
        return str(self._number - 1)

    def _filled(
        self, made: "_Made", row: TomlTable, key: str, caption: str, code: str, is_total: bool = False
    ) -> Line:
        cells = tuple(self._cell(made, row, key, column, code) for column in self._columns)
        return Line(self._no(), caption, key, cells, is_total)

    def _cell(self, made: "_Made", row: TomlTable, key: str, column: "_SideColumn", code: str) -> CellRule:
        name = ".".join(part for part in (self._id, key, column.key) if part)
        terms = self._terms_of(made, row, key, column, code)
        own = any(other.startswith(f"{self._id}.") for _, other in terms)
        is_open = made.is_open and not column.sum
        mode: Mode = "typed" if not terms else "default" if is_open else "computed" if own else "follows"
        return CellRule(name, mode, terms, made.negative)

    def _terms_of(
        self, made: "_Made", row: TomlTable, key: str, column: "_SideColumn", code: str
    ) -> tuple[Term, ...]:
        if column.sum:
            return _terms(row, tuple(f"{key}.{other}" for other in column.sum), "sum", self._id)
        if code and column.of_class:
            texts = tuple(text.replace(CLASS, code) for text in column.of_class)
            return _terms(row, texts, "of_class", self._id)
        if made.by_column is not None:
            return _terms(row, made.by_column[column.key], "by_column", self._id)
        found = tuple(name for text in made.terms for name in self._each_class(text))
        return tuple(self._in_column(term, column) for term in _terms(row, found, "terms", self._id))

    def _each_class(self, text: str) -> Iterator[str]:
        yield from (text.replace(CLASS, code) for code in self._classes) if CLASS in text else (text,)

    def _in_column(self, term: Term, column: "_SideColumn") -> Term:
        """A term of this table means its column."""
        sign, name = term
        own = column.key and name.startswith(f"{self._id}.")
        return (sign, f"{name}.{column.key}") if own else term


class _SideColumn:
    """A column of amounts of one side: its key ("" where there is one), caption and what makes it."""

    def __init__(self, table: TomlTable) -> None:
        self.key = table.text("key", "")
        self.caption = table.text("caption")
        self.sum = table.texts("sum", [])  # of other columns of the line
        self.of_class = table.texts("of_class", [])  # names with {class}
        table.done()


class _Made:
    """What a row says about how its cells are made."""

    def __init__(self, row: TomlTable, columns: list[_SideColumn]) -> None:
        self.terms = row.texts("terms", [])
        self.by_column: dict[str, tuple[str, ...]] | None = None
        if row.has("by_column"):
            table = row.table("by_column")
            self.by_column = {column.key: table.texts(column.key, []) for column in columns}
            table.done()
        self.is_open = row.flag("open", False)
        self.negative = row.flag("negative", False)


# --- the other kinds


def _column(table: TomlTable, table_id: str) -> Column:
    texts = table.texts("terms", [])
    terms = _terms(table, texts, "terms", "")
    unless = tuple(_terms(table, each_, "unless", table_id) for each_ in _lists(table, "unless"))
    negative = table.flag("negative", False)
    mode: Mode = "typed" if not terms else "default" if table.flag("open", False) else "computed"
    return Column(table.filled("key"), table.filled("caption"), mode, terms, unless, negative)


def _lists(table: TomlTable, key: str) -> Iterator[tuple[str, ...]]:
    for entry in table.array(key, []):
        texts = entry if isinstance(entry, list) else [entry]
        if not all(isinstance(text, str) for text in texts):
            raise table.refuse(key, "应为格子的名称")
        yield tuple(map(str, texts))


def _economic(table: TomlTable, table_id: str) -> EconomicTable:
    texts = [row for row in table.array("blocks") if isinstance(row, list)]
    names = [tuple(_economic_name(table, text) for text in block) for block in texts]
    codes = [code for block in names for code, _ in block]
    if code := repeated(codes):
        raise table.refuse("blocks", f"“{code}”出现了两次")
    blocks = tuple(
        tuple(EconomicRow(code, name, _economic_rule(table_id, code, codes)) for code, name in block)
        for block in names
    )
    totals = tuple(each(table.tables("totals"), lambda total: _economic_total(total, table_id)))
    return EconomicTable(blocks, totals)


def _economic_name(table: TomlTable, text: object) -> tuple[str, str]:
    code, _, name = str(text).partition(" ")
    if not (code.isdecimal() and len(code) in (3, 5) and name):
        raise table.refuse("blocks", f"“{text}”应为编码、空格和名称")
    return code, name


def _economic_rule(table_id: str, code: str, codes: list[str]) -> CellRule:
    parts = [other for other in codes if len(code) == 3 and len(other) == 5 and other.startswith(code)]
    terms = tuple((1, f"{table_id}.{part}") for part in parts)
    return CellRule(f"{table_id}.{code}", "computed" if terms else "typed", terms)


def _economic_total(table: TomlTable, table_id: str) -> EconomicTotal:
    terms = _terms(table, table.texts("terms"), "terms", table_id)
    rule = CellRule(f"{table_id}.{table.filled('key')}", "computed", terms)
    columns = table.array("columns")
    if len(columns) != 3 or not all(isinstance(n, int) for n in columns):
        raise table.refuse("columns", "应为名称的首列、末列和数字的列")
    first, last, value = (int(str(n)) for n in columns)
    return EconomicTotal(table.filled("caption"), rule, first, last, value)


def _single(table: TomlTable, table_id: str) -> SingleColumn:
    terms = _terms(table, table.texts("terms", []), "terms", table_id)
    mode = _mode(table, table_id, terms)
    return SingleColumn(CellRule(f"{table_id}.{table.filled('key')}", mode, terms), table.filled("caption"))
