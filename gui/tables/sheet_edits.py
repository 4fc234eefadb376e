"""What every table does to its document: cells cleared, filled down, copied; rows as the table has them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from gui.tables.sheet_model import SheetModel, column_of
from gui.tables.spots import Plan, SpotGroup
from model.document.answers import Address, CellId
from model.document.document import Edit

if TYPE_CHECKING:  # loaded when something is pasted
    from gui.tables.clipboard import Scope
    from model.recognition.block import BlockReading, Where


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

    def where(self, at: QModelIndex, scope: "Scope") -> "Where":
        """Return into which columns a block can go at an index."""
        raise NotImplementedError

    def plan(self, at: QModelIndex, block: "BlockReading") -> Plan:
        """Return what pasting a block at an index will do."""
        raise NotImplementedError

    def spots(self) -> Sequence[SpotGroup]:
        """Return where a block can go; nothing where the table does not let one choose."""
        return ()

    def put_rows(self, edit: Edit, plan: Plan) -> None:
        """Add the rows of a plan."""
        raise NotImplementedError

    def takes_block(self, at: QModelIndex) -> bool:
        """Whether a block goes in at an index, not a text as it is."""
        return True

    # --- cells

    def take(self, at: QModelIndex, block: "BlockReading") -> str:
        """Paste a block at an index, as one step."""
        model, cell, plan = self._sheet, self._sheet.cell_at(at) if at.isValid() else "", self.plan(at, block)

        def put(edit: Edit) -> None:
            edit.set_texts({(model.key, at): text for at, text in plan.texts.items()})
            if plan.added:
                self.put_rows(edit, plan)

        if plan.texts or plan.added:
            model.session.edit(f"粘贴 {len(block.lines)} 行", put)
        return cell

    def is_new(self, cell: CellId, text: str) -> bool:
        """Whether a text is another than a cell shows: a figure that was copied out comes back as it was."""
        index = self._sheet.index_of(cell)
        shown = str(index.data() or "") if index.isValid() else self._sheet.typed(cell)
        return text.strip() != shown.strip()

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
        """Fill cells of several rows with the text of the first, those of one with that of the row above."""
        model, chosen = self._sheet, list(indexes)
        rows = [line for line in range(model.rowCount()) if model.is_row(line)]
        wanted = sorted({index.row() for index in chosen} & set(rows))
        if not wanted:
            return
        at = rows.index(wanted[0])
        first = wanted[0] if len(wanted) > 1 else rows[at - 1] if at else wanted[0]
        pairs = [(index.siblingAtRow(first), index) for index in chosen]
        same = [pair for pair in pairs if len({column_of(model.cell_at(index)) for index in pair}) == 1]
        self._fill("向下填充", same)

    def fill_right(self, indexes: Iterable[QModelIndex]) -> None:
        """Fill cells of several columns with the text of the first, those of one with that at their left."""
        model = self._sheet
        chosen = [index for index in indexes if model.is_row(index.row()) and model.is_free(index)]
        columns = sorted({index.column() for index in chosen})
        if not columns:
            return
        first = columns[0] if len(columns) > 1 else columns[0] - 1
        pairs = [(index.siblingAtColumn(first), index) for index in chosen]
        self._fill("向右填充", [pair for pair in pairs if pair[0].isValid() and model.is_free(pair[0])])

    def _fill(self, label: str, pairs: Sequence[tuple[QModelIndex, QModelIndex]]) -> None:
        """Put the text of one cell into another, pair by pair, as one step, where one can type."""
        model = self._sheet
        texts: dict[Address, str] = {}
        for source, index in pairs:
            if model.is_editable(index) and model.cell_at(source):
                texts[model.key, model.cell_at(index)] = model.typed(model.cell_at(source))
        model.session.edit(label, lambda edit: edit.set_texts(texts))

    def copied(self, indexes: Sequence[QModelIndex]) -> list[list[str]]:
        """Return cells as they are shown, by row; lines between the rows are left out."""
        model = self._sheet
        cells = [index for index in indexes if model.is_row(index.row())] or list(indexes[:1])
        rows = sorted({index.row() for index in cells})
        columns = sorted({index.column() for index in cells})
        return [[str(model.index(r, c).data() or "") for c in columns] for r in rows]
