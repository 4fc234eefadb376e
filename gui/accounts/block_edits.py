"""How a block of a spreadsheet comes into the tables of the final accounts: its codes say where."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex

from gui.tables.sheet_edits import SheetEdits
from model.basics.table_text import Block, parse_block


class BlockEdits(SheetEdits):
    """A subclass says where the cells of a block go."""

    def paste(self, at: QModelIndex, text: str) -> str:
        """Take in what a spreadsheet has put on the clipboard; return the cell to go to."""
        block = parse_block(text)
        return self.paste_block(at, block) if block and not self._sheet.session.read_only else ""

    def paste_block(self, at: QModelIndex, block: Block) -> str:
        """Take a block of cells in from an index on."""
        raise NotImplementedError


class FixedLines(BlockEdits):
    """No line comes or goes."""

    def add_row(self, at: QModelIndex) -> str:
        """There is none to add."""
        return ""

    def remove_rows(self, rows: Sequence[str]) -> None:
        """There is none to delete."""

    def move_row(self, at: QModelIndex, by: int) -> str:
        """There is none to move."""
        return ""
