"""Final accounts on sheets: tables by their titles, figures by captions, codes and lines."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from model.accounts.definition import ALL, AccountsDefinition, Ledger, SubjectTable, Table
from model.recognition.accounts_tables import Region, TableRead, read_table
from model.recognition.accounts_words import AccountsWords, core
from model.recognition.anatomy import Taken, taken
from model.recognition.area import Area, Cell
from model.recognition.captions import Vocabulary, plain
from model.recognition.found import KNOWN, Left, Year, settle
from model.recognition.incoming import Mark, Place
from model.recognition.texts import said_in
from model.recognition.units import unit_of_line
from model.recognition.years import years_in

SCHEMA = "ziping.accounts/1"
_UNIT_CAPTIONS = ("部门", "编制单位", "单位名称", "部门名称", "公开部门", "填报单位")
_UNIT = re.compile(r"单位[:：]\s*(?P<unit>万元|元)")


class AccountsFound(NamedTuple):
    """Final accounts that were read: `data` is ziping.accounts/1 with places and marks by path.

    `read` are the cells that only the file knows, `compared` those that the program computes itself, `left`
    what has no place. `candidates` are editions with the number of cells that they know, best first.
    """

    data: Mapping[str, Any]
    places: Mapping[str, Place]
    marks: Mapping[str, Mark]
    read: tuple[str, ...]
    compared: tuple[str, ...]
    left: tuple[Left, ...]
    candidates: tuple[tuple[str, int], ...]

    def sign(self, path: str) -> str:
        """Return the sign of a value: ✓ ~ ! or ✕."""
        mark = self.marks.get(path)
        return mark.sign if mark else KNOWN


def find_accounts(
    found: Sequence[Area],
    editions: Sequence[AccountsDefinition],
    words: AccountsWords,
    fields: Vocabulary,
) -> AccountsFound | None:
    """Return the final accounts of a file in the edition that knows most of it, None where it has none."""
    regions = [region for area in found for region in _regions(area, words)]
    if not regions:
        return None
    year = _year(regions)
    read = {edition.id: _read(regions, edition, words) for edition in editions}
    counted = [(edition, _points(edition, regions, read[edition.id])) for edition in editions]
    ranked = sorted(counted, key=lambda pair: (-pair[1], _distance(pair[0], year)))
    edition = ranked[0][0]
    if not any(one.cells for one in read[edition.id]):
        return None
    return _found(edition, regions, read[edition.id], year, fields, [(e.id, n) for e, n in ranked[:3]])


def _points(edition: AccountsDefinition, regions: Sequence[Region], read: Sequence[TableRead]) -> int:
    """The cells that an edition knows; titles that are its own, and lines with numbers as it has them."""
    titles = {core(table.title.replace("{year}", "")) for table in edition.tables}
    own = sum(
        core(cell.text) in titles for region in regions for cell in region.area.filled(region.first)[:2]
    )
    ledgers = [table.body for table in edition.tables if isinstance(table.body, Ledger)]
    has_numbers = any(line.no for ledger in ledgers for side in ledger.sides for line in side)
    prints_numbers = any(plain(cell.text) == "行次" for region in regions for cell in region.area.cells)
    return sum(len(one.cells) for one in read) + own + (has_numbers == prints_numbers)


def _distance(edition: AccountsDefinition, year: Year | None) -> int:
    """How far an edition is from the year of the accounts; a newer one than the year is further."""
    if year is None:
        return -int(edition.year)
    apart = year.year - int(edition.year)
    return apart if apart >= 0 else 1000 - apart


# --- tables by their titles


def _regions(area: Area, words: AccountsWords) -> Iterator[Region]:
    titles = [(row, words.table_of(cell.text)) for row in range(area.height) for cell in area.filled(row)[:2]]
    found = [(row, table) for row, table in titles if table]
    if not found and area.cells and (table := words.table_of(area.name)):
        found = [(0, table)]
    if not found:
        return
    ends = [*(row - 1 for row, _ in found[1:]), area.height - 1]
    yield from (Region(area, table, row, end) for (row, table), end in zip(found, ends, strict=True))


def _read(regions: Sequence[Region], edition: AccountsDefinition, words: AccountsWords) -> list[TableRead]:
    """What each region says, as tables of an edition; a second table of one title is not read."""
    tables = {table.id: table for table in edition.tables}
    found: dict[str, TableRead] = {}
    for region in regions:
        if region.table in tables and region.table not in found:
            found[region.table] = read_table(region, tables[region.table], words)
    return list(found.values())


# --- together


def _found(
    edition: AccountsDefinition,
    regions: Sequence[Region],
    read: Sequence[TableRead],
    year: Year | None,
    fields: Vocabulary,
    candidates: list[tuple[str, int]],
) -> AccountsFound:
    tables = {one.table.id: _table(one) for one in read}
    settled = settle(
        {
            "schema": SCHEMA,
            "edition": edition.id,
            "unit": _unit(regions, fields),
            "year": year,
            "money_unit": _money_unit(regions),
            "tables": tables,
            "notes": {one.table.id: one.notes for one in read if one.notes},
        }
    )
    names = [(one.table, name) for one in read for name, text in one.cells.items() if text.text]
    return AccountsFound(
        settled.data,
        {path: cell.place for path, cell in settled.cells.items()},
        settled.marks,
        tuple(name for table, name in names if _is_typed(edition, table, name)),
        tuple(name for table, name in names if not _is_typed(edition, table, name)),
        tuple(_left(regions, read, fields)),
        tuple(candidates),
    )


def _table(read: TableRead) -> object:
    """The object of a table: rows with their codes, or figures within each other by their names."""
    table = read.table
    if isinstance(table.body, SubjectTable):
        return [_subject_row(read, table.body, code) for code in read.rows]
    found: dict[str, Any] = {}
    for name, text in read.cells.items():
        rest = name.removeprefix(f"{table.id}.")
        *above, key = rest.split(".") if table.kind == "ledger" else [rest]
        inside = found
        for part in above:
            inside = inside.setdefault(part, {})
        inside[key] = text
    return found


def _subject_row(read: TableRead, body: SubjectTable, code: str) -> dict[str, Any]:
    name: Taken | str = "合计" if code == ALL else read.names.get(code, "")
    figures = {
        column.key: read.cells.get(f"{read.table.id}.{code}.{column.key}", "") for column in body.columns
    }
    return {"code": "" if code == ALL else code, "name": name} | figures


def _is_typed(edition: AccountsDefinition, table: Table, name: str) -> bool:
    """Whether only the file knows a cell: the program does not compute it."""
    rule = edition.made.get(name)
    if rule is not None:
        return rule.mode in ("typed", "default")
    _, code, key = [*name.split("."), "", ""][:3]
    body = table.body
    return isinstance(body, SubjectTable) and len(code) == 7 and body.column(key).mode != "computed"


def _lines(regions: Sequence[Region]) -> Iterator[Cell]:
    """The cells of the first rows of each region, where unit, year and unit of money stand."""
    for region in regions:
        for row in range(region.first, min(region.first + 5, region.last + 1)):
            yield from region.area.filled(row)


def _unit(regions: Sequence[Region], fields: Vocabulary) -> Taken | str:
    for cell in _lines(regions):
        for said in said_in(cell.text, fields):
            if plain(said.caption) in _UNIT_CAPTIONS and said.value and not unit_of_line(cell.text):
                return taken(cell, said.value)
    return ""


def _money_unit(regions: Sequence[Region]) -> Taken | str:
    for cell in _lines(regions):
        if match := _UNIT.search(cell.text):
            return taken(cell, match["unit"])
    return "万元"


def _year(regions: Sequence[Region]) -> Year | None:
    for cell in _lines(regions):
        if years := years_in(cell.text):
            return Year(years[0], taken(cell))
    return None


def _left(regions: Sequence[Region], read: Sequence[TableRead], fields: Vocabulary) -> Iterator[Left]:
    """Texts that were neither read nor are captions: of each table, and tables that the edition lacks."""
    used = {cell for one in read for cell in one.used} | set(_lines(regions))
    for region in regions:
        for row in region.rows():
            for cell in region.area.filled(row):
                if cell not in used:
                    yield Left(cell.seen.place, cell.text)
