"""What every table does to its document: cells cleared, filled down, copied; rows as the table has them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex

from gui.tables.sheet_model import SheetModel, column_of
from model.basics.table_text import Block, format_block, parse_block
from model.document.answers import Address


class SheetEdits:
    """Each edit is one step of undo. What moves the cursor returns the cell to go to, "" where it stays.

    How rows come, go, move and take a pasted block in, each table says itself.
    """

    def __init__(self, model: SheetModel) -> None:
        self._sheet = model

    # --- rows, as each table has them

    def add_row(self, at: QModelIndex) -> str:
        """Add a row below an index."""
        raise NotImplementedError

    def remove_rows(self, rows: Sequence[str]) -> None:
        """Delete rows; undo brings them back."""
        raise NotImplementedError

    def move_row(self, at: QModelIndex, by: int) -> str:
        """Move the row of an index by one."""
        raise NotImplementedError

    def paste_block(self, at: QModelIndex, block: Block, text: str) -> str:
        """Take a block of cells in from an index on; `text` is how it stood on the clipboard."""
        raise NotImplementedError

    # --- cells

    def paste(self, at: QModelIndex, text: str) -> str:
        """Paste what a spreadsheet has put on the clipboard."""
        block = parse_block(text)
        return self.paste_block(at, block, text) if block and not self._sheet.session.read_only else ""

    def clear(self, indexes: Iterable[QModelIndex]) -> None:
        """Empty cells; computed ones and those that stand for several rows stay."""
        model = self._sheet
        cells = {
            (model.key, model.cell_at(index)): ""
            for index in indexes
            if model.is_editable(index) and not model.is_typed_whole(index)
        }
        model.session.edit("清除内容", lambda edit: edit.set_texts(cells))

    def fill_down(self, indexes: Iterable[QModelIndex]) -> None:
        """Fill cells with the text of the row above."""
        model = self._sheet
        rows = [line for line in range(model.rowCount()) if model.is_row(line)]
        above = dict(zip(rows[1:], rows, strict=False))
        texts: dict[Address, str] = {}
        for index in sorted(indexes, key=QModelIndex.row):
            if index.row() not in above or not model.is_editable(index):
                continue
            cell, source = model.cell_at(index), model.cell_at(index.siblingAtRow(above[index.row()]))
            if column_of(cell) == column_of(source):
                texts[model.key, cell] = texts.get((model.key, source), model.typed(source))
        model.session.edit("与上一行相同", lambda edit: edit.set_texts(texts))

    def copied(self, indexes: Sequence[QModelIndex]) -> str:
        """Return cells as spreadsheets put them on the clipboard; lines between the rows are left out."""
        model = self._sheet
        cells = [index for index in indexes if model.is_row(index.row())] or list(indexes[:1])
        if not cells:
            return ""
        rows = sorted({index.row() for index in cells})
        columns = sorted({index.column() for index in cells})
        texts = [[str(model.index(r, c).data() or "") for c in columns] for r in rows]
        is_plain = len(rows) == len(columns) == 1 and parse_block(texts[0][0]) == ((texts[0][0],),)
        return texts[0][0] if is_plain else format_block(texts)
