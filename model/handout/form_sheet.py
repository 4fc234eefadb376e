"""A form as a sheet that a colleague fills in: which cells are open, and how their texts are found again.

Which texts a printed cell is made of is not guessed: the form is laid out once more with a mark for every
text, and where the mark comes out, between which words, is where the text will be looked for.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from model.basics.metrics import Metrics
from model.document.answers import Answers, CellId
from model.forms.loader import Library
from model.handout.beside import beside
from model.paper.grid import Cell, Grid, Style
from model.paper.layout import TICKED, UNTICKED, lay_out_form
from model.reading.reading import Form, read

GUIDANCE = (
    "请填写白色的格，灰色的格由程序计算，不用填。可以插入、删除指标行。"
    "填好后保存，把这个文件发回即可；不要改动隐藏的列和工作表。"
)
_TAG = re.compile("\ue000(\\d+)\ue001")
_LEVELS = ("level1", "level2")
_NOT_FILLED = ("unit", "year", "project_name")  # fields that titles print, too: they stay what they are there
_GUIDANCE_STYLE = Style(9.0, border=False, side_mm=0.4, top_mm=0.6)


class Slot(NamedTuple):
    """An open cell of the sheet, its row and column from 0, and the texts in it.

    `between` are the words before, between and after the texts; `also` are cells of other rows for which it
    prints. `choices` are what may be chosen: as shown, and as typed; nothing else may where `is_closed`.
    """

    row: int
    col: int
    cells: tuple[CellId, ...]
    between: tuple[str, ...]
    also: tuple[CellId, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    is_closed: bool = False

    def shown(self, form: Mapping[CellId, str]) -> str:
        """Return what stands in the cell for the texts of a form."""
        text = form.get(self.cells[0], "")
        if self.is_closed:
            return next((shown for shown, typed in self.choices if typed == text), self.choices[0][0])
        parts = [form.get(cell, "") for cell in self.cells]
        return "".join(a + b for a, b in zip(self.between, (*parts, ""), strict=True))


class FormSheet(NamedTuple):
    """A form to be filled in elsewhere: one long page below a line of guidance, and its open cells."""

    grid: Grid
    slots: tuple[Slot, ...]
    printed: int  # columns that paper has, too


def form_sheet(form: Form, library: Library, metrics: Metrics) -> FormSheet:
    """Return a form as it is printed, with the cells in which a colleague types."""
    grid = lay_out_form(form, metrics)
    tagged = _tagged(form, grid, library, metrics)
    rows = _rows_of(grid)
    slots = [slot for cell in grid.cells if (slot := _slot(cell, form, tagged, rows)) is not None]
    slots += _joined(grid, tagged)
    by_place = {(slot.row, slot.col): slot for slot in slots}
    cells = [_as_typed(cell, by_place.get((cell.row, cell.col)), form) for cell in grid.cells]
    extra = beside(form, rows, {slot.cells[0].partition(".")[2] for slot in slots}, len(grid.widths_mm))
    slots += [Slot(at, col, (name,), ("", ""), choices=found) for at, col, name, found in extra.open]
    whole = _with_guidance(extra.grid(grid, cells))
    moved = tuple(slot._replace(row=slot.row + 1) for slot in slots)
    return FormSheet(whole, moved, len(grid.widths_mm))


_JOINED = "joined"  # before the number of a printed cell that joins several fields and has no cell of its own


def _joined(grid: Grid, tagged: Mapping[CellId, str]) -> Iterator[Slot]:
    """The slots of cells that print several fields beside each other, as signatures."""
    for n, cell in enumerate(cell for cell in grid.cells if not cell.source):
        parts = re.split("\ue000(.*?)\ue001", tagged.get(f"{_JOINED}{n}", ""))
        if len(parts) > 1:
            yield Slot(cell.row, cell.col, tuple(parts[1::2]), tuple(parts[::2]))


def _tagged(form: Form, grid: Grid, library: Library, metrics: Metrics) -> Mapping[CellId, str]:
    """What each cell would print if every text, but for levels and what is chosen, were a mark."""
    sources = (cell.source[1] for cell in grid.cells if cell.source)
    cells = [cell for cell in sources if not _is_level(cell)]
    cells += [name for name in form.definition.fields if name not in _NOT_FILLED]
    cells += [cell for cell in form.answers.texts if cell.partition(".")[0] in form.answers.goals]
    named = [cell for cell in dict.fromkeys(cells) if not _field_choices(form, cell)]
    texts = {cell: f"\ue000{n}\ue001" for n, cell in enumerate(named)}
    goals = {cell: text for cell, text in form.answers.texts.items() if cell.endswith((".goal", ".term"))}
    answers = form.answers.with_texts({**texts, **goals})
    (other,) = read(library, Answers({form.key: answers}, answers.unit, answers.year)).forms
    printed = lay_out_form(other, metrics)
    found = {cell.source[1]: cell.text for cell in printed.cells if cell.source}
    without = [cell.text for cell in printed.cells if not cell.source]
    if len(without) == sum(not cell.source for cell in grid.cells):
        found |= {f"{_JOINED}{n}": text for n, text in enumerate(without)}
    return {
        key: _TAG.sub(lambda tag: f"\ue000{named[int(tag[1])]}\ue001", text) for key, text in found.items()
    }


def _slot(cell: Cell, form: Form, tagged: Mapping[CellId, str], rows: Mapping[str, range]) -> Slot | None:
    """The slot of a printed cell, None for a caption or what the program computes."""
    if cell.source is None:
        return None
    name = cell.source[1]
    if choices := _field_choices(form, name):
        return Slot(cell.row, cell.col, (name,), ("", ""), choices=choices, is_closed=True)
    if _is_level(name):
        typed, column = form.answers.text(name), name.partition(".")[2]
        before, _, after = cell.text.partition(typed) if typed in cell.text else ("", "", "")
        here = range(cell.row, cell.row + cell.rowspan)
        also = tuple(
            f"{row}.{column}" for row, at in rows.items() if at.start in here and f"{row}.{column}" != name
        )
        names = tuple((text, text) for text in _level_names(form, name))
        return Slot(cell.row, cell.col, (name,), (before, after), also, names)
    parts = re.split("\ue000(.*?)\ue001", tagged.get(name, ""))
    if len(parts) == 1 or (_is_computed(cell, form, name)):
        return None
    choices = tuple((text, text) for text in _column_choices(form, name))
    return Slot(cell.row, cell.col, tuple(parts[1::2]), tuple(parts[::2]), choices=choices)


def _is_level(cell: CellId) -> bool:
    return cell.partition(".")[2] in _LEVELS


def _is_computed(cell: Cell, form: Form, name: CellId) -> bool:
    """Whether a figure stands there that nobody has typed."""
    return cell.value is not None and not form.answers.text(name)


def _rows_of(grid: Grid) -> dict[str, range]:
    """The rows of the sheet that each row of the form takes."""
    found: dict[str, range] = {}
    for cell in grid.cells:
        row, _, column = cell.source[1].partition(".") if cell.source else ("", "", "")
        if column and column not in _LEVELS:
            found.setdefault(row, range(cell.row, cell.row + cell.rowspan))
    return found


def _as_typed(cell: Cell, slot: Slot | None, form: Form) -> Cell:
    """An open cell shows what was typed, as text."""
    if slot is None:
        return cell
    shown = slot.shown(form.answers.texts)
    return cell._replace(text=shown, lines=(shown,), cut="flow", value=None, number_format="")


def _with_guidance(grid: Grid) -> Grid:
    """The sheet as one long page, with a line above it that says how to fill it in."""
    line = Cell(0, 0, GUIDANCE, _GUIDANCE_STYLE, (GUIDANCE,), colspan=len(grid.widths_mm))
    moved = tuple(cell._replace(row=cell.row + 1) for cell in grid.cells)
    heights = (10.0, *grid.heights_mm)
    paper = grid.paper._replace(height=sum(heights) + 1000)
    return replace(
        grid,
        cells=(line, *moved),
        heights_mm=heights,
        breaks=(),
        headings=(),
        paper=paper,
        check_code="",
        qr="",
        annex=None,
    )


# --- what may be chosen


def _field_choices(form: Form, cell: CellId) -> tuple[tuple[str, str], ...]:
    """The options of a field with boxes: each ticked alone, and none; what is ticked now first."""
    field = form.definition.fields.get(cell)
    if field is None or field.kind != "choice":
        return ()
    typed = form.answers.text(cell)
    options = [("", *field.choices)[n] for n in range(len(field.choices) + 1)]
    if typed not in options:
        options.append(typed)
    return tuple((_boxes(field.choices, text), text) for text in options)


def _boxes(choices: Sequence[str], text: str) -> str:
    ticked = text.splitlines()
    shown = [choice + (TICKED if choice in ticked else UNTICKED) for choice in choices]
    return "  ".join((*shown, *(line + TICKED for line in ticked if line.strip() and line not in choices)))


def _level_names(form: Form, cell: CellId) -> Iterator[str]:
    row, _, column = cell.partition(".")
    blocks = form.definition.level1
    if column == "level1":
        yield from (block.name for block in blocks)
        return
    own = [block for block in blocks if block.name == form.answers.text(f"{row}.level1")]
    yield from dict.fromkeys(name for block in own or blocks for name in block.level2)


def _column_choices(form: Form, cell: CellId) -> tuple[str, ...]:
    row, _, name = cell.partition(".")
    if row not in form.answers.indicators:
        return ()
    column = form.definition.row_columns.get(name)
    return column.choices if column is not None and column.kind == "choice" else ()
