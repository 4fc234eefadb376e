"""Reads the tables of final accounts: ledgers, rows of subjects, economic subjects, the row of 表9."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from model.accounts.definition import (
    ALL,
    EconomicTable,
    Ledger,
    Line,
    SingleRow,
    SubjectTable,
    Table,
)
from model.accounts.subjects import code_of
from model.recognition.accounts_words import AccountsWords, caption
from model.recognition.anatomy import Taken, taken
from model.recognition.area import Area, Cell
from model.recognition.captions import plain
from model.recognition.incoming import Mark

_CODE = re.compile(r"[0-9]{3}|[0-9]{5}|[0-9]{7}")
_NUMBERS = re.compile(r"[0-9]{1,2}")


@dataclass
class TableRead:
    """What was read of a table: cells by name, names of rows by code, notes, and the cells that were used."""

    table: Table
    cells: dict[str, Taken] = field(default_factory=dict)
    names: dict[str, Taken] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)  # codes in order, of a table by subjects
    notes: list[Taken] = field(default_factory=list)
    used: set[Cell] = field(default_factory=set)

    def put(self, name: str, cell: Cell | None) -> None:
        """Keep a figure; one that comes a second time makes both to be looked at."""
        if cell is None:
            return
        self.used.add(cell)
        if name not in self.cells:
            self.cells[name] = taken(cell)
        elif cell.text and self.cells[name].cell is not cell:
            self.cells[name] = self.cells[name].marked(Mark.TWO_CANDIDATES)


@dataclass(frozen=True)
class Region:
    """The rows of one table on a sheet: its title, and all below it to the next title."""

    area: Area
    table: str
    first: int
    last: int

    def rows(self, start: int | None = None) -> range:
        """The numbers of its rows, from its first or a later one to its last."""
        return range(self.first if start is None else start, self.last + 1)


def read_table(region: Region, table: Table, words: AccountsWords) -> TableRead:
    """Return what a region says of a table of an edition; nothing where its heading is not found."""
    read = TableRead(table)
    match table.body:
        case Ledger():
            _read_ledger(region, table.body, read, words)
        case SubjectTable():
            _read_subjects(region, table.body, read, words)
        case EconomicTable():
            _read_economic(region, table.body, read, words)
        case SingleRow():
            _read_single(region, table.body, read, words)
    return read


def _stack(region: Region, column: int, end: int) -> list[Cell]:
    """The captions above a column, from the uppermost to the deepest."""
    cells = dict.fromkeys(region.area.at(row, column) for row in range(region.first, end))
    return [cell for cell in cells if cell is not None and cell.text and not _is_number_of_column(cell.text)]


def _is_number_of_column(text: str) -> bool:
    return plain(text) == "栏次" or bool(_NUMBERS.fullmatch(plain(text)))


def _rows_with(region: Region, words: AccountsWords, *keys: str) -> Iterator[int]:
    for row in region.rows():
        texts = [cell.text for cell in region.area.filled(row)]
        if all(any(words.is_one("keys", key, text) for text in texts) for key in keys):
            yield row


def _is_column_numbers(cells: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns, one after the other (栏次 | 1 | 2 | 3)."""
    texts = [plain(cell.text) for cell in cells]
    numbers = [int(text) for text in texts if _NUMBERS.fullmatch(text)]
    in_turn = bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return len(texts) > 1 and in_turn and all(map(_is_number_of_column, texts))


# --- ledgers (表1, 表4)


def _read_ledger(region: Region, body: Ledger, read: TableRead, words: AccountsWords) -> None:
    heading = next(_rows_with(region, words, "item"), None)
    if heading is None:
        return
    items = [c for c in region.area.filled(heading) if words.is_one("keys", "item", c.text)][
        : len(body.sides)
    ]
    read.used.update(region.area.filled(heading))
    for column in (c.column for c in region.area.filled(heading) if words.is_one("keys", "line", c.text)):
        numbers = (region.area.at(row, column) for row in region.rows(heading + 1))
        read.used.update(cell for cell in numbers if cell is not None and _NUMBERS.fullmatch(cell.text))
    ends = [*(cell.column for cell in items[1:]), region.area.width]
    for number, (item, end) in enumerate(zip(items, ends, strict=True)):
        columns = _amount_columns(region, item, end, heading, body.columns[number], words)
        for column in columns:
            read.used.update(_stack(region, column, _heading_end(region, heading, words)))
        _read_side(region, item.column, columns, heading + 1, body.sides[number], read, words)


def _heading_end(region: Region, heading: int, words: AccountsWords) -> int:
    """The first row behind a heading: sub-captions of the amounts belong to it, numbers of columns do not."""
    cells = region.area.filled(heading + 1)
    is_more = bool(cells) and all(words.find("amounts", cell.text) for cell in cells)
    return heading + 2 if is_more else heading + 1


def _amount_columns(
    region: Region, item: Cell, end: int, heading: int, captions: Sequence[str], words: AccountsWords
) -> list[int]:
    """The columns of a side's amounts in the order of the edition; -1 for one that is not there."""
    stacks = {
        column: _stack(region, column, _heading_end(region, heading, words))
        for column in range(item.end, end)
    }
    deepest = {column: cells[-1].text for column, cells in stacks.items() if cells}
    if len(captions) == 1:
        known = [c for c, text in deepest.items() if words.find("amounts", text) in ("amount", "total")]
        final = [c for c in known if "决算" in deepest[c]]
        return (final or known)[:1] or [-1]
    keys = [words.find("amounts", one) or caption(one) for one in captions]
    found = {
        words.find("amounts", text) or caption(text): column for column, text in reversed(deepest.items())
    }
    return [found.get(key, -1) for key in keys]


def _read_side(
    region: Region,
    at: int,
    columns: Sequence[int],
    start: int,
    lines: Sequence[Line],
    read: TableRead,
    words: AccountsWords,
) -> None:
    """Lines by their captions, in order: of two with one caption the next that was not read yet."""
    above = -1
    for row in region.rows(start):
        cell = region.area.at(row, at)
        if cell is None or cell.row != row or not cell.text:
            continue
        if caption(cell.text) == "栏次" or _is_column_numbers(region.area.filled(row)):
            read.used.update(region.area.filled(row))
            continue
        if _is_note(cell):
            read.notes.append(taken(cell))
            read.used.add(cell)
            continue
        number = _line_of(cell.text, lines, above, words)
        if number is None:
            continue
        above = number
        read.used.add(cell)
        for rule, column in zip(lines[number].cells, columns, strict=False):
            read.put(rule.name, region.area.at(row, column) if column >= 0 else None)


def _line_of(text: str, lines: Sequence[Line], above: int, words: AccountsWords) -> int | None:
    """The line of a caption: the first below the last one that has it, else the first at all."""
    wanted = caption(text)
    same = [
        number
        for number, line in enumerate(lines)
        if line.caption and (caption(line.caption) == wanted or words.find("lines", text, [line.key]))
    ]
    return next((number for number in same if number > above), same[0] if same else None)


def _is_note(cell: Cell) -> bool:
    found = plain(cell.text)
    return found.startswith(("注:", "注：", "说明", "备注")) or (cell.columns > 2 and "行=" in found)


# --- subjects (表2, 3, 5, 7, 8)


def _read_subjects(region: Region, body: SubjectTable, read: TableRead, words: AccountsWords) -> None:
    heading = next((row for row in _rows_with(region, words, "name")), None)
    if heading is None:
        heading = next(_rows_with(region, words, "code"), None)
    if heading is None:
        return
    start = _first_data(region, heading)
    stacks = {column: _stack(region, column, start) for column in range(region.area.width)}
    codes = [c for c, cells in stacks.items() if any(words.is_one("keys", "code", x.text) for x in cells)]
    names = [c for c, cells in stacks.items() if any(words.is_one("keys", "name", x.text) for x in cells)]
    codes = [column for column in codes if column not in names]
    columns = _subject_columns(stacks, body, (*codes, *names), words)
    for cells in stacks.values():
        read.used.update(cells)
    for row in region.rows(start):
        _subject_row(region, row, codes, names, columns, read)
    if read.rows == [ALL] and not any(text.text for text in read.cells.values()):
        read.rows.clear()  # a total of nothing is no row
        read.cells.clear()


def _first_data(region: Region, heading: int) -> int:
    """The first row below a heading that has a code, or the row of the total."""
    for row in region.rows(heading + 1):
        texts = [plain(cell.text) for cell in region.area.filled(row)]
        if any(_CODE.fullmatch(code_of(text)) for text in texts[:3]):
            return row
        if "合计" in texts[:2] and not any(text in ("款", "类") for text in texts):
            is_heading = sum(bool(re.search("[一-鿿]", text)) for text in texts) > 2
            if not is_heading:
                return row
    return region.last + 1


def _subject_columns(
    stacks: dict[int, list[Cell]], body: SubjectTable, others: Sequence[int], words: AccountsWords
) -> dict[str, int]:
    """The column of each key: by its caption, or one that means the same; of 预算数 and 决算数 the latter."""
    keys = [column.key for column in body.columns]
    has_final = any("决算数" in cell.text for cells in stacks.values() for cell in cells[:-1])
    found: dict[str, int] = {}
    for column, cells in stacks.items():
        if column in others or not cells:
            continue
        above = "".join(cell.text for cell in cells[:-1])
        if has_final and "预算数" in above and "决算数" not in above:
            continue
        deepest = caption(cells[-1].text.split()[-1] if " " in cells[-1].text.strip() else cells[-1].text)
        own = next((c.key for c in body.columns if caption(c.caption) == deepest), "")
        free = [key for key in keys if key not in found]
        key = own if own in free else words.find("columns", deepest, free)
        if key:
            found[key] = column
    return found


def _subject_row(
    region: Region,
    row: int,
    codes: Sequence[int],
    names: Sequence[int],
    columns: dict[str, int],
    read: TableRead,
) -> None:
    cells = region.area.filled(row)
    if not cells:
        return
    if _is_note(cells[0]) or (len(cells) == 1 and cells[0].columns > 2):
        read.notes.append(taken(cells[0]))
        read.used.add(cells[0])
        return
    code_cells = _own(region, row, codes)
    name_cells = _own(region, row, names)
    code = _joined_code([code_of(cell.text) for cell in code_cells])
    is_total = any(caption(cell.text) in ("合计", "总计") for cell in (*code_cells, *name_cells))
    if not code and not is_total:
        if _is_column_numbers(cells) or caption(cells[0].text) in ("栏次", "类"):
            read.used.update(cells)
        return
    key = code or ALL
    read.used.update((*code_cells, *name_cells))
    if key not in read.rows:
        read.rows.append(key)
    if name_cells and code:
        read.names[code] = taken(name_cells[0], "".join(name_cells[0].text.split()))
    for column_key, column in columns.items():
        read.put(f"{read.table.id}.{key}.{column_key}", region.area.at(row, column))


def _own(region: Region, row: int, columns: Sequence[int]) -> list[Cell]:
    """The cells with a text that begin in a row in some columns, each once."""
    found = dict.fromkeys(region.area.at(row, column) for column in columns)
    return [cell for cell in found if cell is not None and cell.row == row and cell.text]


def _joined_code(parts: Sequence[str]) -> str:
    """A code that stands in one cell or in three (201 · 06 · 01), or each level with those above it."""
    digits = [part for part in parts if part.isdecimal()]
    if not digits:
        return ""
    longest = max(digits, key=len)
    if all(longest.startswith(part) for part in digits):
        return longest if _CODE.fullmatch(longest) else ""
    joined = "".join(digits)
    return joined if _CODE.fullmatch(joined) else ""


# --- economic subjects (表6)


def _read_economic(region: Region, body: EconomicTable, read: TableRead, words: AccountsWords) -> None:
    heading = next(_rows_with(region, words, "name"), None)
    if heading is None:
        return
    names = [c for c in region.area.filled(heading) if words.is_one("keys", "name", c.text)]
    read.used.update(region.area.filled(heading))
    by_name = {caption(row.name): row.code for row in body.rows}
    totals = {caption(total.caption): total.rule.name for total in body.totals}
    for row in region.rows(heading + 1):
        for at, name in enumerate(names):
            end = names[at + 1].column if at + 1 < len(names) else region.area.width
            _economic_row(region, row, name, end, by_name, read)
        _economic_totals(region, row, totals, read)


def _economic_row(
    region: Region, row: int, name: Cell, end: int, by_name: dict[str, str], read: TableRead
) -> None:
    """A code, its name and its amount beside each other; without a code the name says it."""
    code_cell = region.area.at(row, name.column - 1) if name.column else None
    name_cell = region.area.at(row, name.column)
    if name_cell is None or name_cell.row != row:
        return
    code = code_of(code_cell.text) if code_cell is not None and code_cell.row == row else ""
    if not _CODE.fullmatch(code):
        code = "" if code else by_name.get(caption(name_cell.text), "")
    if not code:
        return
    amount = next((c for c in _right(region, row, name_cell.end, end)), None)
    read.used.update(cell for cell in (code_cell, name_cell) if cell is not None and cell.text)
    if name_cell.text:
        read.names[code] = taken(name_cell, "".join(name_cell.text.split()))
    read.put(f"{read.table.id}.{code}", amount)


def _right(region: Region, row: int, start: int, end: int) -> Iterator[Cell]:
    cells = dict.fromkeys(region.area.at(row, column) for column in range(start, end))
    yield from (cell for cell in cells if cell is not None and cell.row == row)


def _economic_totals(region: Region, row: int, totals: dict[str, str], read: TableRead) -> None:
    cells = region.area.filled(row)
    for number, cell in enumerate(cells):
        if name := totals.get(caption(cell.text)):
            read.used.add(cell)
            following = cells[number + 1] if number + 1 < len(cells) else None
            is_amount = following is not None and caption(following.text) not in totals
            read.put(name, following if is_amount else region.area.right_of(cell))
        elif _is_note(cell):
            read.notes.append(taken(cell))
            read.used.add(cell)


# --- one row of amounts (表9)


def _read_single(region: Region, body: SingleRow, read: TableRead, words: AccountsWords) -> None:
    names = {rule.rule.name for rule in body.columns}
    table = read.table.id
    for row in region.rows():
        if _is_pair_row(region, row, words):
            return _read_pairs(region, row, names, read, words)
    start = next((row for row in region.rows(region.first + 1) if _is_amounts(region.area.filled(row))), None)
    end = region.last + 1 if start is None else start
    for column in range(region.area.width):
        cells = _stack(region, column, end)
        text = "".join(cell.text for cell in cells)
        side = "budget" if "预算数" in text else "final" if "决算数" in text else ""
        key = words.find("single", cells[-1].text.split()[-1]) if cells and side else ""
        if f"{table}.{side}.{key}" in names and start is not None:
            read.used.update(cells)
            read.put(f"{table}.{side}.{key}", region.area.at(start, column))
    return _notes_of(region, read)


def _is_amounts(cells: Sequence[Cell]) -> bool:
    numbers = [cell for cell in cells if re.fullmatch(r"[\d,.\-—]+", plain(cell.text))]
    return len(numbers) > 1 and len(numbers) == len(cells) and not _is_column_numbers(cells)


def _is_pair_row(region: Region, row: int, words: AccountsWords) -> bool:
    """Whether a heading is that of rows with two amounts each: 项目 | 预算数 | 决算数."""
    texts = [cell.text for cell in region.area.filled(row)]
    has_sides = [text for text in texts if plain(text) in ("预算数", "年初预算数", "决算数")]
    return len(has_sides) == 2 and len(texts) <= 4 and any(words.is_one("keys", "item", t) for t in texts)


def _read_pairs(region: Region, heading: int, names: set[str], read: TableRead, words: AccountsWords) -> None:
    cells = region.area.filled(heading)
    sides = {"budget": "预算数", "final": "决算数"}
    columns = {side: c.column for side, word in sides.items() for c in cells if plain(c.text).endswith(word)}
    read.used.update(cells)
    for row in region.rows(heading + 1):
        filled = region.area.filled(row)
        key = next((found for cell in filled if (found := words.find("single", cell.text))), "")
        for side, column in columns.items():
            if f"{read.table.id}.{side}.{key}" in names:
                read.used.update(filled)
                read.put(f"{read.table.id}.{side}.{key}", region.area.at(row, column))
    _notes_of(region, read)


def _notes_of(region: Region, read: TableRead) -> None:
    for row in region.rows():
        for cell in region.area.filled(row):
            if _is_note(cell):
                read.notes.append(taken(cell))
                read.used.add(cell)
