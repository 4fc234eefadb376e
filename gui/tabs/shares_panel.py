"""What the money is made of: amounts to type, and beside them the shares and totals that follow."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.editors.cells import LineCell
from gui.editors.figure_field import FigureField
from gui.session.session import Session
from gui.tables.amount_pasting import AmountPasting
from model.basics import number
from model.basics.amount import read_amount
from model.document.answers import FormKey
from model.forms.columns import Column
from model.forms.definition import SHARE, AmountRow, FundsBlock
from model.reading.amounts import rows_of
from model.reading.reading import Form
from model.reading.shares import Part, Side, sides

_HEIGHT = 36


class SharesPanel(QWidget):
    """The sides one below the other, with their captions in one grid."""

    def __init__(self, session: Session, key: FormKey, block: FundsBlock) -> None:
        super().__init__()
        self._session, self._key, self._block = session, key, block
        self._columns = [column for column in block.columns if column.key not in ("side", "label")]
        self._computed: dict[str, QLineEdit] = {}
        columns = [column._replace(caption=self._caption(column), above=()) for column in self._columns]
        self._pasting = AmountPasting(
            self, session, key, columns, lambda: rows_of(block, self._form.answers), block.computes
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        head = QHBoxLayout()
        head.addWidget(Label(block.label, objectName="heading"))
        head.addStretch()
        head.addWidget(Label(self._form.definition.money_unit, objectName="caption"))
        column.addLayout(head)
        column.addLayout(self._grid(block))
        self.given = Label(objectName="error", wordWrap=True)
        column.addWidget(self.given)
        self.refresh()

    @property
    def _form(self) -> Form:
        return self._session.form(self._key)

    def _grid(self, block: FundsBlock) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(6))
        for n, column in enumerate(self._columns, start=1):
            caption = Label(self._caption(column), objectName="caption")
            caption.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(caption, 0, n)
            grid.setColumnStretch(n, 2 if column.kind == "money" else 1)
        for side in sides(self._form.definition, self._form.answers):
            name = Label(side.name)
            name.setFont(theme.font(theme.BODY, 600))
            grid.addWidget(name, grid.rowCount(), 0)
            for part in side.parts:
                self._add_line(grid, part.row, part.caption)
            self._add_line(grid, side.row, "合计")
        return grid

    def _caption(self, column: Column) -> str:
        own = self._form.filled(column.caption)
        return f"{column.above[-1]} {own}" if column.above else own

    def _add_line(self, grid: QGridLayout, row: AmountRow, caption: str) -> None:
        at = grid.rowCount()
        label = Label(caption)
        label.setContentsMargins(theme.px(12), 0, 0, 0)
        grid.addWidget(label, at, 0)
        for n, column in enumerate(self._columns, start=1):
            cell = row.cell(column.key)
            name = f"{row.group} {caption} {self._caption(column)}"
            editor: QLineEdit
            if not self._block.computes(row, column):
                editor = LineCell(self._session, (self._key, cell), name, number=True)
                self._pasting.watch(editor)
            else:
                editor = self._computed[cell] = FigureField(self._session, (self._key, cell), name)
            editor.setMinimumHeight(theme.px(_HEIGHT))
            grid.addWidget(editor, at, n)

    def refresh(self) -> None:
        """Show what follows from the amounts, and where a file that was read had printed another total."""
        form = self._form
        found = sides(form.definition, form.answers)
        for side in found:
            lines: tuple[Part | Side, ...] = (*side.parts, side)
            for line in lines:
                self._show(line.cell(SHARE), "" if line.share is None else f"{line.share}%")
            for column in self._block.amounts:
                total = side.sums[column]
                self._show(side.cell(column), "" if total is None else number.grouped(total.number))
        differing = list(self._differing(found))
        self.given.setText("\n".join(differing))
        self.given.setVisible(bool(differing))

    def _show(self, cell: str, text: str) -> None:
        if self._computed[cell].text() != text:
            self._computed[cell].setText(text)

    def _differing(self, found: tuple[Side, ...]) -> Iterator[str]:
        captions = {column.key: self._caption(column) for column in self._columns}
        unit = self._form.definition.money_unit
        for side in found:
            for column in self._block.amounts:
                total, given = side.sums[column], side.given[column]
                if total is None or number.is_nothing(given):
                    continue
                if read_amount(given, unit) != total:
                    printed = f"原表合计 {given}，计算 {number.grouped(total.number)}"
                    yield f"{side.name} · {captions[column]}：{printed}"
