"""What is done to a table of fixed cells: a block goes where its codes say, else down from the cursor."""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex

from gui.accounts.block_edits import FixedLines
from gui.accounts.figures_model import FiguresModel
from model.accounts.subjects import code_of
from model.basics.number import is_nothing
from model.basics.table_text import Block


class FiguresEdits(FixedLines):
    """No line comes or goes."""

    def __init__(self, model: FiguresModel) -> None:
        super().__init__(model)
        self._model = model

    def paste_block(self, at: QModelIndex, block: Block) -> str:
        """Take a block in: amounts beside a code of the table go there, in as many columns as there are."""
        model = self._model
        cells = dict(self._by_code(block)) or dict(self._by_place(at, block))
        texts = {(model.key, cell): text for cell, text in cells.items()}
        model.session.edit(f"粘贴 {len(cells)} 个数", lambda edit: edit.set_texts(texts))
        return next(iter(cells), "")

    def _by_code(self, block: Block) -> Iterator[tuple[str, str]]:
        """Code, name, amount, once or several times in a row, as 表6 is printed."""
        known = self._known()
        for row in block:
            code = ""
            for text in map(str.strip, row):
                if (found := code_of(text)) in known:
                    code = found
                elif code and any(letter.isdecimal() for letter in text):
                    yield from ((cell, text) for cell in (known[code],) if cell)
                    code = ""

    def _known(self) -> dict[str, str]:
        """The cell to type in by code, "" for a sum; line numbers are no codes."""
        model = self._model
        lines = [(n, line.no) for n, line in enumerate(model.lines) if len(line.no) >= 3]
        return {no: model.cell_at(model.index(n, 2)) for n, no in lines}

    def _by_place(self, at: QModelIndex, block: Block) -> Iterator[tuple[str, str]]:
        model = self._model
        first, left = (at.row(), max(at.column(), 2)) if at.isValid() else (0, 2)
        for n, row in enumerate(block[: model.rowCount() - first]):
            for m, text in enumerate(row[: model.columnCount() - left]):
                cell = model.cell_at(model.index(first + n, left + m))
                if cell:
                    yield cell, "" if is_nothing(text) else text.strip()
