"""Lists of many projects: their amounts (一体化 exports), or the indicators of each; they are no forms."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from model.recognition.anatomy import Taken
from model.recognition.area import Area, Cell
from model.recognition.captions import Vocabulary
from model.recognition.heading import Heading, HeadingKind, SeenColumn
from model.recognition.headings import read_heading
from model.recognition.incoming import Mark
from model.recognition.tables import texts_of
from model.recognition.texts import PLACEHOLDERS, is_figure
from model.recognition.units import column_unit, in_wanted, unit_in, unit_of_line

ListKind = Literal["amounts", "indicators"]

AMOUNTS = ("initial", "budget", "executed")
MANY_ROWS = 300  # a table of indicators that is longer is a list
_CODED = re.compile(
    r"^\s*(?:[\[【](?P<inside>[0-9A-Za-z]{4,})[\]】]|(?P<code>[0-9]{8,}))[\s:：-]*(?P<name>.*\S)\s*$",
    re.DOTALL,
)
_WANTED: dict[ListKind, tuple[str, ...]] = {"amounts": AMOUNTS, "indicators": ("name", "target")}


class Listed(NamedTuple):
    """A row of a list: code and name of its project, its texts by the meaning of their columns."""

    code: str
    project: Taken
    texts: Mapping[str, Taken]


class Listing(NamedTuple):
    """A list of projects on a sheet; amounts are in 万元."""

    kind: ListKind
    sheet: str
    hidden: bool
    rows: tuple[Listed, ...]

    @property
    def projects(self) -> tuple[str, ...]:
        """The names of the projects in order, each once."""
        return tuple(dict.fromkeys(row.project.text for row in self.rows))


def find_lists(area: Area, words: Vocabulary) -> Iterator[Listing]:
    """Yield the lists of projects on a sheet; a table with one project only is none."""
    row = 0
    while row < area.height:
        found = _heading(area, row, words)
        if found is None:
            row += 1
            continue
        kind, heading = found
        rows = tuple(_rows(area, kind, heading, words))
        if len({one.project.text for one in rows}) > 1 or len(rows) > MANY_ROWS:
            yield Listing(kind, area.name, area.hidden, rows)
        row = heading.last + 1


def is_list(area: Area, heading: Heading, words: Vocabulary) -> bool:
    """Whether a heading of indicators is that of a list: it names projects, or has hundreds of rows."""
    rows = range(heading.last + 1, area.height)
    column = project_column(heading, words)
    if column is None:
        return len(rows) > MANY_ROWS
    return len({cell.text for row in rows for cell in _cells(area, row, column)}) > 1


def project_column(heading: Heading, words: Vocabulary, key: str = "project_name") -> SeenColumn | None:
    """Return the column that names the project of each row."""
    return next((c for c in heading.columns if words.find("fields", c.caption) == key), None)


def _cells(area: Area, row: int, column: SeenColumn) -> list[Cell]:
    cell = area.at(row, column.first)
    return [cell] if cell is not None and cell.text else []


def _heading(area: Area, row: int, words: Vocabulary) -> tuple[ListKind, Heading] | None:
    kinds: tuple[tuple[ListKind, HeadingKind, str], ...] = (
        ("amounts", "funds", "funds"),
        ("indicators", "indicators", "indicators"),
    )
    for kind, as_kind, group in kinds:
        heading = read_heading(area, row, words, as_kind, group)
        if heading and project_column(heading, words) and heading.keys & set(_WANTED[kind]):
            return kind, heading
    return None


def _rows(area: Area, kind: ListKind, heading: Heading, words: Vocabulary) -> Iterator[Listed]:
    """The rows of a list that name a project, or go on with the one above; totals are no rows."""
    name, code = (project_column(heading, words, key) for key in ("project_name", "project_code"))
    unit = _unit(area, heading)
    above: Listed | None = None
    for row in range(heading.last + 1, area.height):
        by_column = texts_of(area, row, heading)
        texts = {c.key: _shaped(kind, c, text, unit) for c, text in by_column.items() if c.key}
        if not any(text.text for text in texts.values()) or _is_total(area, row, words):
            continue
        project = by_column.get(name) if name else None
        if project is None or not project.text:
            if above is None:
                continue
            listed = Listed(above.code, above.project.marked(Mark.FILLED_DOWN), texts)
        else:
            listed = _named(project, by_column.get(code) if code else None, texts)
        above = listed
        yield listed


def coded(text: str) -> tuple[str, str]:
    """Return code and name of a project: [430600230000]高三复习迎考; "" for no code."""
    match = _CODED.match(text)
    return (match["inside"] or match["code"], match["name"]) if match else ("", text)


def _named(project: Taken, code: Taken | None, texts: Mapping[str, Taken]) -> Listed:
    """A project whose code may stand before its name: [430600230000]高三复习迎考."""
    before, name = coded(project.text)
    if before and not (code and code.text):
        return Listed(before, project.shortened(name, Mark.SPLIT), texts)
    return Listed(code.text if code else "", project, texts)


def _shaped(kind: ListKind, column: SeenColumn, text: Taken, unit: str) -> Taken:
    if kind != "amounts" or column.key not in AMOUNTS:
        return text
    if not is_figure(text.text, unit=True):
        return text.marked(Mark.NOT_A_NUMBER)
    said = column_unit(column, unit)
    is_bare = bool(text.text) and text.text.strip() not in PLACEHOLDERS
    return in_wanted(text, said) if said or not is_bare else text.marked(Mark.GUESSED)


def _is_total(area: Area, row: int, words: Vocabulary) -> bool:
    texts = [cell.text for cell in area.filled(row)[:2]]
    return any(words.find("totals", text) in ("total", "subtotal") for text in texts)


def _unit(area: Area, heading: Heading) -> str:
    """The unit of money that a line above the list names: 单位：元; "" where none does."""
    for row in range(heading.first - 1, -1, -1):
        for cell in area.filled(row):
            if unit := unit_of_line(cell.text) or unit_in(cell.text):
                return unit
    return ""
