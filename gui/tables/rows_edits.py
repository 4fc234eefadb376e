"""What a table of added rows does to the document: rows added, removed, moved, pasted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from gui.tables.rows_model import RowsTableModel
from gui.tables.sheet_edits import SheetEdits
from gui.tables.spots import Plan
from model.document.document import Edit

if TYPE_CHECKING:  # loaded when something is pasted
    from gui.tables.clipboard import Scope
    from model.recognition.block import BlockReading, Where


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

    # --- pasting

    def where(self, at: QModelIndex, scope: "Scope") -> "Where":
        """Return the columns of the table."""
        from model.recognition.block import Where

        columns = self._model.block.columns
        first = at.column() if at.isValid() else 0
        typed = frozenset(column.key for column in columns)
        return Where("projects", columns, first, typed=typed, unit=self._model.unit)

    def plan(self, at: QModelIndex, block: "BlockReading") -> Plan:
        """Return what pasting a block will do: rows from the index on, new ones where it is longer."""
        from model.recognition.block import placed

        rows = self._model.rows
        targets = rows[at.row() :] if at.isValid() else ()
        lines = [dict(row.texts) for row in placed(block)]
        texts = {
            f"{row}.{key}": text
            for row, line in zip(targets, lines, strict=False)
            for key, text in line.items()
            if self.is_new(f"{row}.{key}", text)
        }
        return Plan(texts, [line for line in lines[len(targets) :] if any(line.values())], len(rows))

    def put_rows(self, edit: Edit, plan: Plan) -> None:
        """Add the rows of a plan."""
        edit.add_rows(self._model.key, self._model.block.id, plan.place, plan.added)
