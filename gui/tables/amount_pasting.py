"""Blocks pasted into the single cells of a table of money, and cells filled from their neighbours."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.editors.cells import LineCell
from gui.session.session import Session
from gui.tables.spots import Plan
from model.document.answers import CellId, FormKey
from model.forms.columns import Column
from model.forms.definition import AmountRow

if TYPE_CHECKING:  # loaded when something is pasted
    from gui.tables.clipboard import Scope
    from model.recognition.block import BlockReading, Where

DOWN, RIGHT = "向下填充", "向右填充"
_FILLING = {Qt.Key.Key_D: DOWN, Qt.Key.Key_R: RIGHT}


class AmountPasting(QObject):
    """Ctrl+V in a cell it watches pastes a block; a single text goes into the cell as ever. Ctrl+D and Ctrl+R
    fill it.

    `rows` are those of now, `computes` says which cells nobody types.
    """

    def __init__(
        self,
        table: QWidget,
        session: Session,
        key: FormKey,
        columns: Sequence[Column],
        rows: Callable[[], Sequence[AmountRow]],
        computes: Callable[[AmountRow, Column], bool],
    ) -> None:
        super().__init__(table)
        self._table, self._session, self._key = table, session, key
        self._columns, self._rows, self._computes = tuple(columns), rows, computes

    def watch(self, cell: LineCell) -> None:
        """Take blocks in from a cell on, and fill it from its neighbours."""
        cell.in_table = self.takes_key

    def takes_key(self, cell: LineCell, event: QKeyEvent) -> bool:
        """Do what a key wants, unless a single text is pasted or it wants nothing of the table."""
        if event.matches(QKeySequence.StandardKey.Paste) and _is_block():
            self.paste(cell.address[1], cell)
            return True
        is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        fill = _FILLING.get(Qt.Key(event.key())) if is_control else None
        if fill is not None:
            self._fill(fill, cell.address[1])
        return fill is not None

    def _fill(self, label: str, cell: CellId) -> None:
        """Fill a cell with what is typed above it, or at its left."""
        at, _, key = cell.rpartition(".")
        rows, keys = list(self._rows()), [column.key for column in self._columns]
        row = next((n for n, one in enumerate(rows) if one.at == at), None)
        if row is None or key not in keys or self._session.read_only:
            return
        if label == DOWN:
            before = [(one, self._columns[keys.index(key)]) for one in rows[:row]]
        else:
            before = [(rows[row], column) for column in self._columns[: keys.index(key)]]
        typed = [one.cell(column.key) for one, column in before if self._is_typed(one, column)]
        if typed:
            text = self._session.text((self._key, typed[-1]))
            self._session.edit(label, lambda edit: edit.set_text((self._key, cell), text))

    def paste(self, cell: CellId, beside: QWidget) -> None:
        """Paste the block on the clipboard from a cell on, as one step; in doubt the clerk is asked."""
        from gui.tables import clipboard

        if self._session.read_only:
            return
        block = clipboard.read(lambda scope: self._where(cell, scope))
        if block is None:
            return

        def take(block: "BlockReading") -> None:
            texts = {(self._key, one): text for one, text in self._plan(block).texts.items()}
            if texts:
                self._session.edit(f"粘贴 {len(block.lines)} 行", lambda edit: edit.set_texts(texts))
            clipboard.say_remarks(block, beside, beside.rect())

        clipboard.agreed(self._table, block, self._effect, take)

    def _where(self, cell: CellId, scope: "Scope") -> "Where":
        from model.recognition.block import Where

        at, _, key = cell.rpartition(".")
        rows = self._named_apart(at)
        keys = [column.key for column in self._columns]
        names = {row.at: row.caption for row in rows}
        typed = {column.key for row in rows for column in self._columns if self._is_typed(row, column)}
        return Where(
            "funds",
            self._columns,
            keys.index(key) if key in keys else 0,
            names,
            list(names).index(at) if at in names else 0,
            frozenset(typed),
            unit=self._session.form(self._key).definition.money_unit,
        )

    def _named_apart(self, at: str) -> list[AmountRow]:
        """The rows of the table; where two of them have one name, only those of the group of a row."""
        rows = list(self._rows())
        names = [row.caption for row in rows if row.caption]
        if len(set(names)) == len(names):
            return rows
        group = next((row.group for row in rows if row.at == at), "")
        return [row for row in rows if row.group == group]

    def _is_typed(self, row: AmountRow, column: Column) -> bool:
        return column.key not in row.fixed and not self._computes(row, column)

    def _plan(self, block: "BlockReading") -> Plan:
        """What pasting a block will do; what is computed is passed over."""
        from model.recognition.block import placed

        rows = {row.at: row for row in self._rows()}
        columns = {column.key: column for column in self._columns}
        return Plan(
            {
                rows[line.target].cell(key): text.strip()
                for line in placed(block)
                for key, text in line.texts.items()
                if self._is_typed(rows[line.target], columns[key])
            }
        )

    def _effect(self, block: "BlockReading") -> str:
        return self._plan(block).effect(self._session.form(self._key).answers.texts)


def _is_block() -> bool:
    text = QGuiApplication.clipboard().text().rstrip("\r\n")
    return "\t" in text or "\n" in text
