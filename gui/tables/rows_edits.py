"""What a table of added rows does to the document: rows added, removed, moved, pasted."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex

from gui.tables.rows_model import RowsTableModel
from gui.tables.sheet_edits import SheetEdits
from model.basics.table_text import Block
from model.document.document import Edit


class RowsEdits(SheetEdits):
    """Rows stand where they are added; a longer block adds rows at the end."""

    def __init__(self, model: RowsTableModel) -> None:
        super().__init__(model)
        self._model = model

    def add_row(self, at: QModelIndex) -> str:
        """Add a row below an index; return its first cell."""
        model = self._model
        place = at.row() + 1 if at.isValid() else len(model.rows)
        added: list[str] = []
        model.session.edit(
            "加一行", lambda edit: added.extend(edit.add_rows(model.key, model.block.id, place, [{}]))
        )
        return f"{added[0]}.{model.block.columns[0].key}" if added else ""

    def remove_rows(self, rows: Sequence[str]) -> None:
        """Delete rows; undo brings them back."""
        model = self._model
        label = f"删除 {len(rows)} 行"
        model.session.edit(label, lambda edit: edit.remove_rows(model.key, model.block.id, rows))

    def move_row(self, at: QModelIndex, by: int) -> str:
        """Move the row of an index by one."""
        model, place = self._model, at.row() + by
        if not at.isValid() or not 0 <= place < len(model.rows):
            return ""
        cell, row = model.cell_at(at), model.rows[at.row()]
        model.session.edit("移动一行", lambda edit: edit.move_rows(model.key, model.block.id, [row], place))
        return cell

    def paste_block(self, at: QModelIndex, block: Block, text: str) -> str:
        """Take a block in from an index on, with new rows where it is longer; one step."""
        model = self._model
        first, line = (at.column(), at.row()) if at.isValid() else (0, len(model.rows))
        keys = [column.key for column in model.block.columns][first:]
        lines = [dict(zip(keys, cells, strict=False)) for cells in block]
        model.session.edit(f"粘贴 {len(block)} 行", lambda edit: self._paste(edit, line, lines))
        return model.cell_at(model.index(line, first)) if line < len(model.rows) else ""

    def _paste(self, edit: Edit, line: int, lines: Sequence[dict[str, str]]) -> None:
        model = self._model
        targets = model.rows[line:]
        edit.set_texts(
            {
                (model.key, f"{row}.{key}"): text
                for row, cells in zip(targets, lines, strict=False)
                for key, text in cells.items()
            }
        )
        edit.add_rows(model.key, model.block.id, len(model.rows), lines[len(targets) :])
