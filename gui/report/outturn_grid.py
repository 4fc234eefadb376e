"""The table 年度预算收支情况: amounts to type, sums and the change of the year computed beside them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.editors.cells import LineCell
from gui.editors.figure_field import FigureField
from gui.session.session import Session
from gui.tables.amount_pasting import AmountPasting
from model.basics import number
from model.basics.amount import with_unit
from model.document.answers import Address, FormKey
from model.forms.columns import Column
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
        columns = [Column(one, caption, kind="money") for one, caption in COLUMNS.items()]
        self._pasting = AmountPasting(self, session, key, columns, lambda: table.rows, _computes)
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
        self.paste.setToolTip("从光标处粘贴（Ctrl+V），光标不在表里时从第一格起；合计不会被改。")
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
            if _computes(row, Column(column)):
                editor = FigureField(self._session, address, f"{said} {caption}")
            else:
                editor = _AmountCell(self, address, f"{said} {caption}", (n, col))
                self._pasting.watch(editor)
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
        cell = self._table.rows[at[0]].cell(tuple(COLUMNS)[at[1]])
        self._pasting.paste(cell, self.cells[at])


def _computes(row: AmountRow, column: Column) -> bool:
    return bool(row.sums) or column.key == CHANGE


class _AmountCell(LineCell):
    """An amount of the table."""

    def __init__(self, grid: OutturnGrid, address: Address, name: str, at: tuple[int, int]) -> None:
        super().__init__(grid._session, address, name, number=True)
        self._grid, self._at = grid, at
        self.returnPressed.disconnect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrows."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_up = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not self._grid.go(self._at, -1 if is_up else 1) and not is_up:
                self.focusNextChild()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._grid.go(self._at, -1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
