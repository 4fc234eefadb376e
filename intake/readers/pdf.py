"""Reads .pdf: tables by the lines that rule them, letters by where they stand; every cell is to be checked.

What cannot be read for certain is refused: scans, tables without lines, tables cut across two pages.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pypdfium2

from intake import refusals
from intake.readers.pdf_grid import Box, Grid, grids_of
from intake.readers.pdf_page import MOST_LETTERS, UNKNOWN, Letter, Page, read_page
from intake.readers.sheets import MOST_CELLS, SeenBook
from intake.readers.texts import clean
from model.recognition.incoming import Mark, Place, SeenCell, SeenSheet

MOST_PAGES = 60
_MARKS = frozenset({Mark.PAGE})
_SPOILT = 0.01  # of the letters; if more lie on others or on lines, nobody can read them for certain
_RIM = 0.3  # of the height of a letter; a line so near its upper or lower end does not cross it
_TAIL = 2048  # bytes in which the end of a whole file stands
_SAME = 2  # points; rows of two pages nearer than that are of one table cut across
_FEW_ROWS = 3  # tables with no more edges may have the same rows by chance
_PADDING = 3  # points left free beside a text in its cell
_GAP = 0.35  # of the height of a letter; a wider gap is a blank
_NEVER_FIRST = "，。、；：？！）》」』】〕”’％%…,.;:?!)"  # of a line
_WIDE = 1.6  # of it; a gap between two entries of a line


class _Table(NamedTuple):
    """A table of a page with the letters in it."""

    grid: Grid
    cells: tuple[SeenCell, ...]


class _Seen(NamedTuple):
    """A page as read: its tables, the lines above, between and below them, letters that a line crosses."""

    tables: tuple[_Table, ...]
    lines: tuple[tuple[str, ...], ...]
    crossed: int


def read_pdf(data: bytes) -> SeenBook:
    """Return the tables of a PDF; raise UserError if it cannot be read."""
    pages = list(_pages(data))
    if not any(page.letters for page in pages):
        if any(page.pictures for page in pages):
            raise refusals.SCANNED()
        return SeenBook((), ())
    _check_letters(pages)
    seen = [_see(number, page) for number, page in enumerate(pages, 1)]
    if not any(page.tables for page in seen):
        raise refusals.NO_RULES()
    if _is_cut_across(seen):
        raise refusals.CUT_ACROSS()
    spoilt = sum(page.overprinted for page in pages) + sum(page.crossed for page in seen)
    if spoilt > sum(len(page.letters) for page in pages) * _SPOILT:
        raise refusals.OVERPRINTED()
    if sum(len(table.cells) for page in seen for table in page.tables) > MOST_CELLS:
        raise refusals.table_too_large("这个 PDF 里的表", "个单元格", MOST_CELLS)
    scans = [number for number, page in enumerate(pages, 1) if page.pictures and not page.letters]
    notes = [f"第 {number} 页是图片，没有读。" for number in scans]
    notes += ["斜着的文字（水印）没有读。"] * any(page.slanted for page in pages)
    return SeenBook(tuple(_sheets(seen)), tuple(notes))


def _check_letters(pages: Sequence[Page]) -> None:
    """Raise UserError where too many letters are drawn without saying which they are."""
    texts = [letter.text for page in pages for letter in page.letters]
    if texts.count(UNKNOWN) > len(texts) * _SPOILT:
        raise refusals.NO_LETTERS()


def _pages(data: bytes) -> Iterable[Page]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(data, str(error)) from None
    if len(document) > MOST_PAGES:
        raise refusals.TOO_MANY_PAGES()
    left = MOST_LETTERS
    for number in range(len(document)):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            raise refusals.DAMAGED() from None
        found = read_page(page.raw, text_page.raw, left)
        left -= len(found.letters)
        yield found


def _refusal(data: bytes, said: str) -> Exception:
    """Why a PDF does not open: locked, cut off, or damaged."""
    if "password" in said.lower():
        return refusals.PASSWORD_PDF()
    return refusals.DAMAGED() if b"%%EOF" in data[-_TAIL:] else refusals.INCOMPLETE()


def _see(number: int, page: Page) -> _Seen:
    grids = grids_of(page.across, page.down)
    inside: list[dict[Box, list[Letter]]] = [{box: [] for box in grid.boxes} for grid in grids]
    owners = [_owners(grid) for grid in grids]
    outside: list[list[Letter]] = [[] for _ in range(len(grids) + 1)]
    crossed = 0
    for letter in page.letters:
        x, y = (letter.left + letter.right) / 2, (letter.bottom + letter.top) / 2
        for at, grid in enumerate(grids):
            if grid.holds(x, y):
                box = owners[at][grid.place(x, y)]
                inside[at][box].append(letter)
                crossed += _is_crossed(letter, grid.rows[box.top - 1], grid.rows[box.bottom])
                break
        else:
            outside[sum(grid.rows[0] > y for grid in grids)].append(letter)
    tables = tuple(
        _Table(grid, tuple(_cells(f"第{number}页 表{at + 1}", grid, inside[at])))
        for at, grid in enumerate(grids)
    )
    return _Seen(tables, tuple(tuple(_lines(letters)) for letters in outside), crossed)


def _is_crossed(letter: Letter, above: float, below: float) -> bool:
    """Tell whether the line above or below a cell goes through a letter of it."""
    rim = (letter.top - letter.bottom) * _RIM
    return any(letter.bottom + rim < line < letter.top - rim for line in (above, below))


def _owners(grid: Grid) -> dict[tuple[int, int], Box]:
    """Of each place of a grid, the cell it belongs to."""
    return {
        (row, column): box
        for box in grid.boxes
        for row in range(box.top, box.bottom + 1)
        for column in range(box.left, box.right + 1)
    }


def _cells(part: str, grid: Grid, inside: dict[Box, list[Letter]]) -> Iterable[SeenCell]:
    for box, letters in sorted(inside.items()):
        width = grid.columns[box.right] - grid.columns[box.left - 1]
        text = _joined(letters, width - 2 * _PADDING)
        rows, columns = box.bottom - box.top + 1, box.right - box.left + 1
        yield SeenCell(text, "", rows, columns, Place(part, box.top, box.left, "page"), _MARKS)


def _in_lines(letters: Iterable[Letter]) -> list[list[Letter]]:
    """The letters in lines from the top down, each from left to right."""
    found: list[list[Letter]] = []
    middle: float | None = None
    for letter in sorted(letters, key=lambda letter: -(letter.bottom + letter.top)):
        at, height = (letter.bottom + letter.top) / 2, letter.top - letter.bottom
        if middle is None or middle - at > max(height, 4) / 2:
            found.append([])
            middle = at
        found[-1].append(letter)
    return [sorted(line, key=lambda letter: letter.left) for line in found]


def _lines(letters: Iterable[Letter]) -> Iterable[str]:
    """The lines of text between tables."""
    for line in _in_lines(letters):
        text = _spaced(line).strip()
        if text:
            yield text


def _spaced(line: Sequence[Letter]) -> str:
    """The text of a line, blanks where there is a gap, two where a new entry may begin."""
    parts: list[str] = []
    last: Letter | None = None
    for letter in line:
        if last is not None:
            gap, height = letter.left - last.right, max(letter.top - letter.bottom, 1)
            blank = parts[-1].isspace() or letter.text.isspace()
            parts.append("" if blank or gap <= _GAP * height else " " if gap <= _WIDE * height else "  ")
            parts = [part for part in parts if part]
        parts.append(letter.text)
        last = letter
    return "".join(parts)


def _joined(letters: Sequence[Letter], width: float) -> str:
    """The text of a cell: a line goes on in the next unless the next one's beginning had found room on it."""
    lines = _in_lines(letters)
    text, before = "", None
    for line in lines:
        shown = _spaced(line)
        if not shown.strip():
            continue
        if before is not None:
            text += _between(before, line, width)
        text += shown.rstrip() if text else shown.rstrip().lstrip(" ")
        before = line
    return clean(text).strip("\n")


def _between(line: Sequence[Letter], following: Sequence[Letter], width: float) -> str:
    """What stands between two lines of a cell: an end of line, a blank between words, or nothing."""
    used = line[-1].right - line[0].left
    word = [following[0]]
    for letter in following[1:]:
        if letter.text not in _NEVER_FIRST and not (_is_latin(word[-1]) and _is_latin(letter)):
            break
        word.append(letter)
    height = word[0].top - word[0].bottom
    if used + word[-1].right - word[0].left + height < width:  # with a letter to spare
        return "\n"
    return " " if _is_word(line[-1]) and _is_word(following[0]) else ""


def _is_latin(letter: Letter) -> bool:
    return letter.text.isascii() and not letter.text.isspace()


def _is_word(letter: Letter) -> bool:
    return letter.text.isascii() and letter.text.isalpha()


_Run = list[tuple[_Seen, Grid]]  # pages on which one table goes on


def _is_cut_across(pages: Sequence[_Seen]) -> bool:
    """Tell whether a table of some pages goes on at the right of them, on other pages."""
    runs: list[_Run] = []
    for page in pages:
        for table in page.tables[:1]:
            if runs and not page.lines[0] and _near(runs[-1][-1][1].columns, table.grid.columns):
                runs[-1].append((page, table.grid))
            else:
                runs.append([(page, table.grid)])
    return any(_goes_on(left, right) for at, left in enumerate(runs) for right in runs[at + 1 :])


def _goes_on(left: _Run, right: _Run) -> bool:
    """Two tables with the same rows and other columns are one, unless each has a title of its own."""
    if len(left) != len(right) or _near(left[0][1].columns, right[0][1].columns):
        return False
    same = all(_near(one[1].rows, other[1].rows) for one, other in zip(left, right, strict=True))
    if not same or sum(len(grid.rows) for _, grid in left) <= _FEW_ROWS:
        return False
    titles = ["".join(line.split()) for line in left[0][0].lines[0]]
    own = [line for line in ("".join(line.split()) for line in right[0][0].lines[0]) if len(line) > 3]
    return all(any(line in title or title in line for title in titles) for line in own)


def _near(edges: Sequence[float], others: Sequence[float]) -> bool:
    return len(edges) == len(others) and all(
        abs(edge - other) <= _SAME for edge, other in zip(edges, others, strict=True)
    )


def _sheets(pages: Sequence[_Seen]) -> Iterable[SeenSheet]:
    """The tables as sheets, each with the lines since the one before; the last has those behind it."""
    before: tuple[str, ...] = ()
    last: SeenSheet | None = None
    for page in pages:
        for table, lines in zip(page.tables, page.lines, strict=False):
            if last is not None:
                yield last
            last = SeenSheet(table.cells[0].place.part, "page", False, table.cells, before + lines)
            before = ()
        before += page.lines[-1]
    if last is not None:
        yield last._replace(after=before)
