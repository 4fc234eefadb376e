"""What a table of added rows does to the document: rows added, removed, moved, pasted; a step each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from model.basics.table_text import format_block, parse_block
from model.document.answers import Address
from model.document.document import Edit

if TYPE_CHECKING:
    from gui.tables.rows_view import RowsView


def insert_row(view: RowsView) -> None:
    """Add a row below the cursor and go to its first cell."""
    model, index = view.model_, view.currentIndex()
    at = index.row() + 1 if index.isValid() else len(model.rows)
    added: list[str] = []
    model.session.edit(
        "加一行", lambda edit: added.extend(edit.add_rows(model.key, model.block.id, at, [{}]))
    )
    if added:
        view.show_cell(f"{added[0]}.{model.block.columns[0].key}")


def remove_rows(view: RowsView) -> None:
    """Delete the rows that the selection touches; undo brings them back."""
    model, rows = view.model_, view.selected_rows()
    label = f"删除 {len(rows)} 行"
    model.session.edit(label, lambda edit: edit.remove_rows(model.key, model.block.id, rows))


def move_row(view: RowsView, by: int) -> None:
    """Move the row of the cursor by one."""
    model, index = view.model_, view.currentIndex()
    at = index.row() + by
    if index.isValid() and 0 <= at < len(model.rows):
        cell, row = model.cell_at(index), model.rows[index.row()]
        model.session.edit("移动一行", lambda edit: edit.move_rows(model.key, model.block.id, [row], at))
        view.show_cell(cell)


def clear_cells(view: RowsView) -> None:
    """Empty the selected cells."""
    model = view.model_
    cells = {(model.key, model.cell_at(index)): "" for index in view.selectedIndexes()}
    model.session.edit("清除内容", lambda edit: edit.set_texts(cells))


def copy_from_above(view: RowsView) -> None:
    """Fill the cells of the selection with the text of the row above (Ctrl+D)."""
    model = view.model_
    texts: dict[Address, str] = {}
    for index in sorted(view.selectedIndexes(), key=lambda i: i.row()):
        if index.row():
            above = model.index(index.row() - 1, index.column())
            source = (model.key, model.cell_at(above))
            texts[(model.key, model.cell_at(index))] = texts.get(source, model.text(above))
    model.session.edit("与上一行相同", lambda edit: edit.set_texts(texts))


def copy_cells(view: RowsView) -> str:
    """Return the selection as spreadsheets put it on the clipboard."""
    model = view.model_
    indexes = view.selectedIndexes()
    rows = sorted({i.row() for i in indexes})
    columns = sorted({i.column() for i in indexes})
    if len(rows) == len(columns) == 1:
        return model.text(indexes[0])
    return format_block([[model.text(model.index(r, c)) for c in columns] for r in rows])


def paste_block(view: RowsView, text: str) -> None:
    """Paste a block at the cursor, with new rows where it is longer; one step."""
    model, index = view.model_, view.currentIndex()
    block = parse_block(text)
    if not block or model.session.read_only:
        return
    first, at = (index.column(), index.row()) if index.isValid() else (0, len(model.rows))
    keys = [column.key for column in model.block.columns][first:]
    lines = [dict(zip(keys, line, strict=False)) for line in block]
    model.session.edit(f"粘贴 {len(block)} 行", lambda edit: _paste(edit, view, at, lines))
    if index.isValid():
        view.show_cell(model.cell_at(model.index(at, first)))


def _paste(edit: Edit, view: RowsView, at: int, lines: Sequence[dict[str, str]]) -> None:
    model = view.model_
    targets = model.rows[at:]
    edit.set_texts(
        {
            (model.key, f"{row}.{key}"): text
            for row, line in zip(targets, lines, strict=False)
            for key, text in line.items()
        }
    )
    edit.add_rows(model.key, model.block.id, len(model.rows), lines[len(targets) :])
