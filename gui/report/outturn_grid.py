"""The table 年度预算收支情况: amounts to type, sums and the change of the year computed beside them."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.editors.cells import LineCell
from gui.editors.figure_field import FigureField
from gui.session.session import Session
from model.basics import number
from model.basics.amount import with_unit
from model.basics.table_text import parse_block
from model.document.answers import Address, FormKey
from model.forms.definition import AmountRow
from model.forms.outline import ReportTable
from model.reading.amounts import AmountLine
from model.reading.outturn import CHANGE, COLUMNS, outturn
from model.report.teller import Teller

_HEIGHT = 34


class OutturnGrid(QWidget):
    """Rows below each other in their groups; Tab goes along what can be typed, Enter and the arrows down."""

    def __init__(self, session: Session, key: FormKey, table: ReportTable) -> None:
        super().__init__()
        self._session, self._key, self._table = session, key, table
        self.cells: dict[tuple[int, int], QLineEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(self._head())
        column.addLayout(self._grid())
        self.refresh()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        title = Label(self._session.form(self._key).filled(self._table.title))
        title.setFont(theme.font(theme.BODY, 500))
        head.addWidget(title)
        head.addSpacing(theme.px(12))
        self.paste = QToolButton(icon=theme.icon("paste", "accent"), text=" 从 Excel 粘贴")
        self.paste.setToolTip("从光标处粘贴（Ctrl+V），光标不在表里时从第一格起；合计不会被改")
        self.paste.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.paste.setEnabled(not self._session.read_only)
        self.paste.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cursor stays in its cell
        self.paste.clicked.connect(self._paste_here)
        head.addWidget(self.paste)
        head.addStretch()
        unit = self._session.form(self._key).definition.money_unit
        head.addWidget(Label(with_unit(self._table.unit_line, unit), objectName="caption"))
        return head

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        for n, caption in enumerate(COLUMNS.values()):
            label = Label(caption, objectName="caption")
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label, 0, n + 2)
            grid.setColumnStretch(n + 2, 1)
        before = ""
        for n, row in enumerate(self._table.rows):
            self._add_row(grid, n, row, is_first=row.group != before)
            before = row.group
        return grid

    def _add_row(self, grid: QGridLayout, n: int, row: AmountRow, is_first: bool) -> None:
        at = n + 1
        name = Label(row.caption)
        name.setFont(theme.font(theme.BODY, 500 if row.sums else 400))
        if row.group:
            grid.addWidget(Label(row.group if is_first else "", objectName="quiet"), at, 0)
            grid.addWidget(name, at, 1)
        else:
            grid.addWidget(name, at, 0, 1, 2)
        said = f"{row.group} {row.caption}".strip()
        for col, (column, caption) in enumerate(COLUMNS.items()):
            address = (self._key, row.cell(column))
            editor: QLineEdit
            if row.sums or column == CHANGE:
                editor = FigureField(self._session, address, f"{said} {caption}")
            else:
                editor = _AmountCell(self, address, f"{said} {caption}", (n, col))
            editor.setMinimumHeight(theme.px(_HEIGHT))
            editor.setMinimumWidth(theme.px(72))
            self.cells[n, col] = editor
            grid.addWidget(editor, at, col + 2)

    def _rows(self) -> tuple[AmountLine, ...]:
        form = self._session.form(self._key)
        accounts = self._session.snapshot.reading.accounts
        return outturn(self._table, form.answers, form.definition.money_unit, accounts)

    def refresh(self) -> None:
        """Show the sums of now; the amounts show themselves."""
        for n, row in enumerate(self._rows()):
            for col, column in enumerate(COLUMNS):
                cell, amount = self.cells[n, col], row.amounts[column]
                text = "" if amount is None else number.grouped(amount.number)
                if not isinstance(cell, FigureField):
                    cell.setPlaceholderText(text)  # seen while nothing is typed: from the final accounts
                elif text != cell.text():
                    cell.setText(text)

    def show_teller(self, tells: Teller) -> None:
        """Nothing more: the sums follow every key."""

    # --- keys

    def go(self, at: tuple[int, int], by: int) -> bool:
        """Go up or down to the next cell to type in; return whether there is one."""
        row = at[0] + by
        while (row, at[1]) in self.cells:
            cell = self.cells[row, at[1]]
            if isinstance(cell, _AmountCell):
                cell.setFocus()
                cell.selectAll()
                return True
            row += by
        return False

    def _paste_here(self) -> None:
        focused = next((at for at, cell in self.cells.items() if cell.hasFocus()), (0, 0))
        self.paste_at(focused)

    def paste_at(self, at: tuple[int, int]) -> None:
        """Paste a block, its first cell here, in one step; what is computed is passed over."""
        block = parse_block(QGuiApplication.clipboard().text())
        texts = dict(self._placed(at, block))
        if texts and not self._session.read_only:
            self._session.edit(f"粘贴 {len(block)} 行", lambda edit: edit.set_texts(texts))

    def _placed(self, at: tuple[int, int], block: Sequence[Sequence[str]]) -> Iterator[tuple[Address, str]]:
        for r, line in enumerate(block):
            for c, text in enumerate(line):
                cell = self.cells.get((at[0] + r, at[1] + c))
                if isinstance(cell, _AmountCell):
                    yield cell.address, text.strip()


class _AmountCell(LineCell):
    """An amount of the table."""

    def __init__(self, grid: OutturnGrid, address: Address, name: str, at: tuple[int, int]) -> None:
        super().__init__(grid._session, address, name, number=True)
        self._grid, self._at = grid, at
        self.returnPressed.disconnect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, the arrows, and a block from a spreadsheet."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_up = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not self._grid.go(self._at, -1 if is_up else 1) and not is_up:
                self.focusNextChild()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._grid.go(self._at, -1 if key == Qt.Key.Key_Up else 1)
        elif event.matches(QKeySequence.StandardKey.Paste) and _is_block():
            self._grid.paste_at(self._at)
        else:
            super().keyPressEvent(event)


def _is_block() -> bool:
    text = QGuiApplication.clipboard().text().rstrip("\r\n")
    return "\t" in text or "\n" in text
