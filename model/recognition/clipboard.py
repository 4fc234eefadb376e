"""What other programs put on the clipboard: a block of text or tables in HTML become sheets as seen.

Excel, WPS and LibreOffice put both there; HTML also tells merges and the stored values. The same reader
serves web pages that a system has saved under a name of Excel.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

from model.basics.number import parse_number, plain
from model.basics.table_text import parse_block
from model.recognition.incoming import DIGITS, Mark, Place, SeenCell, SeenSheet

NAME = "剪贴板"
MOST_ROWS, MOST_COLUMNS = 5_000, 256
_MOST_CELLS = 60_000
_LONGEST_REST = 1_000  # characters

Attributes = Mapping[str, str]


def sheet_of_text(text: str) -> SeenSheet:
    """Return a copied block of text as a sheet; merges are not told by text."""
    cells = (
        SeenCell(cell, "", 1, 1, Place(NAME, row, column, "sheet"))
        for row, line in enumerate(parse_block(text)[:MOST_ROWS], 1)
        for column, cell in enumerate(line[:MOST_COLUMNS], 1)
    )
    return SeenSheet(NAME, "sheet", False, tuple(cells))


def sheets_of_html(html: str, name: str = NAME) -> tuple[SeenSheet, ...]:
    """Return the tables of some HTML as sheets; the second is called "剪贴板 2" and so on."""
    parser = _Parser()
    with suppress(AssertionError):  # a mark that no program writes: what stands before it is there
        parser.feed(html.partition("\0")[0])
        parser.rawdata = parser.rawdata[:_LONGEST_REST]  # a tag without an end, which takes the square of it
        parser.close()
    tables = [table for table in parser.tables if any(text for _, text in table.cells)]
    sheets = []
    for number, table in enumerate(tables, 1):
        part = name if number == 1 else f"{name} {number}"
        after = tuple(parser.lines()) if number == len(tables) else ()
        sheets.append(table.seen(part, after))
    return tuple(sheets)


def sheets_of(text: str, html: str) -> tuple[SeenSheet, ...]:
    """Return what is on the clipboard: the tables of its HTML, else its text as one sheet."""
    found = sheets_of_html(html) if "<table" in html.lower() else ()
    return found or ((sheet_of_text(text),) if text.strip() else ())


def html_of(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as HTML that spreadsheets and text programs paste as a table, every cell as text."""
    lines = ("".join(f"<td {_AS_TEXT}>{_html(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


_AS_TEXT = "style='mso-number-format:\"\\@\"'"
_BLANKS = re.compile("^ +| +$| {2,}|[\t\xa0]+", re.MULTILINE)


def _html(cell: str) -> str:
    """A cell as HTML: its ends of lines stay within the cell, its blanks as many as they are."""
    kept = _BLANKS.sub(lambda match: f"\0{match[0]}\1", cell)
    text = escape(kept, quote=False).replace("\n", "<br style='mso-data-placement:same-cell'>")
    return text.replace("\0", "<span style='mso-spacerun:yes;white-space:pre'>").replace("\1", "</span>")


class _Cell(NamedTuple):
    """A cell in the making: where it stands, what it takes, what its tag says."""

    row: int
    column: int
    rows: int
    columns: int
    hidden: bool
    attributes: Attributes


class _Table:
    """A table in the making: cells find the first free place of their row."""

    def __init__(self, before: tuple[str, ...]) -> None:
        self.before = before
        self.row = 0
        self.row_hidden = False
        self.cells: list[tuple[_Cell, str]] = []
        self._taken: dict[int, int] = {}  # by column, the last row that a cell above reaches down to
        self._column = 1

    def begin_row(self, hidden: bool) -> None:
        """The cells that follow stand in the next row."""
        self.row += 1
        self._column = 1
        self.row_hidden = hidden

    def begin_cell(self, attributes: Attributes) -> _Cell:
        """Return a cell at the next free place."""
        if not self.row:
            self.begin_row(False)
        while self._taken.get(self._column, 0) >= self.row:
            self._column += 1
        rows = min(_span(attributes.get("rowspan")), MOST_ROWS)
        columns = min(_span(attributes.get("colspan")), MOST_COLUMNS)
        hidden = self.row_hidden or _is_hidden(attributes)
        return _Cell(self.row, self._column, rows, columns, hidden, attributes)

    def end_cell(self, cell: _Cell, text: str) -> None:
        """Keep a cell with its text."""
        if cell.row > MOST_ROWS or cell.column > MOST_COLUMNS or len(self.cells) >= _MOST_CELLS:
            return
        self.cells.append((cell, text))
        if cell.rows > 1:
            columns = range(cell.column, cell.column + cell.columns)
            self._taken.update(dict.fromkeys(columns, cell.row + cell.rows - 1))
        self._column = cell.column + cell.columns

    def seen(self, part: str, after: tuple[str, ...]) -> SeenSheet:
        """Return the table as a sheet; spans that reach beyond its last row or column are cut."""
        shown = [entry for entry in self.cells if not entry[0].hidden]
        last_row = max((cell.row for cell, _ in shown), default=0)
        last_column = max((cell.column for cell, _ in shown), default=0)
        cells = tuple(_seen(cell, text, part, last_row, last_column) for cell, text in shown)
        aside = tuple(
            _seen(cell, text, part, cell.row, cell.column)
            for cell, text in self.cells
            if cell.hidden and text.strip()
        )
        return SeenSheet(part, "sheet", False, cells, self.before, after, aside)


def _seen(cell: _Cell, text: str, part: str, last_row: int, last_column: int) -> SeenCell:
    rows = min(cell.rows, last_row - cell.row + 1)
    columns = cell.columns if cell.columns <= MOST_COLUMNS // 2 else last_column - cell.column + 1
    stored = cell.attributes.get("sdval") or cell.attributes.get("x:num") or ""
    number = parse_number(stored) if "e" not in stored.lower() else None
    exact = "" if number is None else plain(DIGITS.plus(number))
    formula = any(name in cell.attributes for name in ("x:fmla", "data-formula"))
    marks = frozenset({Mark.FORMULA} if formula else ())
    return SeenCell(
        text, exact, max(1, rows), max(1, columns), Place(part, cell.row, cell.column, "sheet"), marks
    )


def _span(text: str | None) -> int:
    bare = (text or "").strip()
    return max(1, int(bare)) if bare.isascii() and bare.isdecimal() and len(bare) < 7 else 1


def _is_hidden(attributes: Attributes) -> bool:
    return "display:none" in attributes.get("style", "").replace(" ", "").lower()


_SILENT = ("script", "style", "title", "head", "template", "noscript")
_LINES = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "caption", "center", "body", "hr")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACE = re.compile("[ \t\r\n]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"

# signs that stand in a text until it is whole: a line that ends, an end of line as such, a blank that was an
# end of line in the source, a blank and a hard blank that stay
_LINE, _BREAK, _SOFT, _BLANK, _HARD, _PLAIN_BREAK = "\1", "\2", "\3", "\4", "\5", "\6"
_BLANK_RUN = re.compile(f"[ {_SOFT}]{{2,}}")
_AROUND_ENDS = re.compile(f"[ {_SOFT}]*([{_LINE}{_BREAK}{_PLAIN_BREAK}])[ {_SOFT}]*")
_ENDS = re.compile(f"{_LINE}{{2,}}|[{_BREAK}{_PLAIN_BREAK}]{_LINE}+")
_IN_CHINESE = re.compile(f"(?<=[{_WIDE}]){_SOFT}(?=[{_WIDE}])")
_MEANT = str.maketrans(
    {_LINE: "\n", _BREAK: "\n", _PLAIN_BREAK: "\n", _SOFT: " ", _BLANK: " ", "\xa0": " ", _HARD: "\xa0"}
)
_RUN = str.maketrans({" ": _BLANK, "\xa0": _BLANK})
_KEPT = str.maketrans({" ": _BLANK, "\xa0": _HARD, "\n": _BREAK})


class _Text:
    """Text in the making, as a browser shows it: runs of blanks are one, ends of lines are tags."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def add(self, data: str, kept: dict[int, str] | None) -> None:
        """Add some text; `kept` says what blanks mean where all of them stay."""
        bare = _CONTROL.sub("", data)
        self._parts.append(_SPACE.sub(_one_blank, bare) if kept is None else bare.translate(kept))

    def sign(self, sign: str) -> None:
        """Add a sign."""
        self._parts.append(sign)

    def text(self) -> str:
        """Return the lines, without the blanks that nobody sees."""
        joined = _BLANK_RUN.sub(_one_blank, "".join(self._parts))
        joined = _AROUND_ENDS.sub(r"\1", joined)
        joined = _ENDS.sub(lambda match: match[0][0], joined).strip(f" {_LINE}{_SOFT}")
        if not joined.strip(f"\xa0{_PLAIN_BREAK}"):
            return ""  # a hard blank or an end of line alone keeps an empty cell open
        return _IN_CHINESE.sub("", joined).translate(_MEANT)


def _one_blank(match: re.Match[str]) -> str:
    """A run of blanks as one; where Excel broke a line of its HTML, Chinese goes on without."""
    return _SOFT if "\n" in match[0] or _SOFT in match[0] else " "


class _Parser(HTMLParser):
    """Collects the tables of some HTML, each nested one on its own, and the lines between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[tuple[_Table, _Cell | None, _Text]] = []  # tables with the cell in hand
        self._outside = _Text()
        self._silent = 0
        self._spans: list[dict[int, str] | None] = []

    def lines(self) -> Iterator[str]:
        """Yield the lines outside of tables since they were last asked for."""
        text, self._outside = self._outside.text(), _Text()
        return (line.strip() for line in text.split("\n") if line.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._silent = 0
            table = _Table(() if self._open else tuple(self.lines()))
            self.tables.append(table)
            self._open.append((table, None, _Text()))
        elif tag in ("tr", "td", "th") and self._open:
            self._begin(tag, attributes)
        elif tag == "br":
            self._text.sign(_BREAK if "mso-data-placement" in attributes.get("style", "") else _PLAIN_BREAK)
        elif tag in ("span", "pre"):
            self._spans.append(_kept(tag, attributes))
        elif tag in _LINES:
            self._silent = 0 if tag == "body" else self._silent
            self._text.sign(_LINE)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th", "tr", "table") and self._open:
            self._end_cell()
            if tag == "table":
                self._open.pop()
                self._text.sign(_LINE)
        elif tag in ("span", "pre") and self._spans:
            self._spans.pop()
        elif tag in _LINES:
            self._text.sign(_LINE)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.add(data, next((kept for kept in reversed(self._spans) if kept), None))

    def close(self) -> None:
        """Take what is left; tables that nobody closed end here."""
        super().close()
        while self._open:
            self.handle_endtag("table")

    @property
    def _text(self) -> _Text:
        return self._open[-1][2] if self._open else self._outside

    def _begin(self, tag: str, attributes: Attributes) -> None:
        self._end_cell()
        table = self._open[-1][0]
        if tag == "tr":
            table.begin_row(_is_hidden(attributes))
        else:
            self._spans.clear()
            self._open[-1] = (table, table.begin_cell(attributes), _Text())

    def _end_cell(self) -> None:
        table, cell, text = self._open[-1]
        if cell is not None:
            table.end_cell(cell, text.text())
            self._open[-1] = (table, None, _Text())


def _kept(tag: str, attributes: Attributes) -> dict[int, str] | None:
    """What the blanks within a tag mean: all kept, blanks of Excel, or runs that are one."""
    style = attributes.get("style", "").replace(" ", "").lower()
    if tag == "pre" or "white-space:pre" in style:
        return _KEPT
    return _RUN if "mso-spacerun:yes" in style else None
