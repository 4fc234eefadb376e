"""The cells of a block as rows and columns: without headings, totals, and columns where no cell begins."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from model.forms.definition import same_caption
from model.recognition.area import Area, Cell
from model.recognition.block import Assignment, BlockReading, Where
from model.recognition.captions import Vocabulary
from model.recognition.heading import Heading, SeenColumn
from model.recognition.money import fund_row
from model.recognition.shape import Shape, shape_of


class Matrix:
    """The texts of a block by row and column; empty rows at the end are none."""

    def __init__(
        self,
        area: Area,
        rows: Sequence[int],
        where: Where,
        words: Vocabulary,
        heading: Heading | None = None,
        keeps_all: bool = False,
    ) -> None:
        self.where, self.words = where, words
        self._keeps_all = keeps_all or area.width == 1
        self.notes: list[str] = []
        kept = self._kept(area, rows)
        starts = sorted({cell.column for row in rows for cell in area.row(row)})
        left = heading.label.end if heading and heading.label else 0
        self.starts = [start for start in starts if start >= left]
        self.seen = [self._seen(heading, start) for start in self.starts]
        self.captions = [column.caption if column else "" for column in self.seen]
        self.lines = [tuple(self._text(area, row, start) for start in self.starts) for row in kept]

    @property
    def columns(self) -> list[tuple[str, ...]]:
        """The texts of each column."""
        return [tuple(line[at] for line in self.lines) for at in range(len(self.starts))]

    @property
    def shapes(self) -> list[Shape]:
        """What each column looks like."""
        return [shape_of(column, self.where.level2) for column in self.columns]

    def _kept(self, area: Area, rows: Sequence[int]) -> list[int]:
        filled = [row for row in rows if area.filled(row)]
        last = max(filled, default=-1)
        totals = [row for row in filled if self._is_total(area.filled(row))]
        if totals:
            self.notes.append(f"合计 {len(totals)} 行没有粘贴。")
        return [row for row in rows if row <= last and row not in totals]

    def _is_total(self, cells: Sequence[Cell]) -> bool:
        """A total of a table whose rows are the clerk's; where rows have names a total may be one of them."""
        is_total = self.words.find("totals", cells[0].text) in ("total", "subtotal")
        return is_total and not self.where.rows and not self._keeps_all

    def _seen(self, heading: Heading | None, start: int) -> SeenColumn | None:
        columns = heading.columns if heading else ()
        return next((c for c in columns if c.first <= start < c.end), None)

    def _text(self, area: Area, row: int, start: int) -> str:
        cell = area.at(row, start)
        return cell.text if cell is not None and cell.row == row and cell.column == start else ""

    def reading(self, assignments: Iterable[Assignment], notes: Iterable[str] = ()) -> BlockReading:
        """Return the block with its columns assigned, and what is to be said of it."""
        said = tuple(dict.fromkeys((*self.notes, *notes)))
        lines, captions = tuple(self.lines), tuple(self.captions)
        return BlockReading(self.where, lines, tuple(assignments), captions=captions, notes=said)

    # --- rows that are fixed

    def row_of(self, text: str) -> str:
        """Return the id of the fixed row that a text names, "" for none."""
        for row, name in self.where.rows.items():
            if name and same_caption(name, text):
                return row
        key = fund_row(text, self.words) if text.strip() else ""
        return next(
            (row for row, name in self.where.rows.items() if key and fund_row(name, self.words) == key), ""
        )

    @property
    def label_column(self) -> int | None:
        """The column whose texts are names of the fixed rows."""
        for at, column in enumerate(self.columns):
            named = [text for text in column if text.strip()]
            if named and 2 * sum(bool(self.row_of(text)) for text in named) > len(named):
                return at
        return None

    def with_targets(self, reading: BlockReading) -> BlockReading:
        """Return a block of a table with fixed rows with the rows its lines go to: by name, else in order."""
        if not self.where.rows:
            return reading
        at = self.label_column
        if at is None:
            targets = tuple(self.where.rows)[self.where.row :][: len(self.lines)]
            rest = len(self.lines) - len(targets)
            notes: tuple[str, ...] = (f"多出的 {rest} 行没有粘贴。",) if rest else ()
            lines = tuple(self.lines[: len(targets)])
        else:
            rows = [(self.row_of(line[at]), line) for line in self.lines]
            unknown = [line[at] for row, line in rows if not row and line[at].strip()]
            notes = tuple(f"表里没有“{name}”这一行，没有粘贴。" for name in unknown)
            targets = tuple(row for row, _ in rows if row)
            lines = tuple(line for row, line in rows if row)
        return replace(reading, lines=lines, targets=targets, notes=reading.notes + notes)
