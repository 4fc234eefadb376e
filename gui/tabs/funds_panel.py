"""The money of a form: 预算数, 执行数, their 执行率 × 分值 ＝ 得分, and the other rows of the funds."""

import re
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label, tip
from gui.base.qt import children_of
from gui.editors.cells import LineCell, TextCell
from gui.editors.figure_field import FigureField
from gui.session.session import Session
from gui.tables.amount_pasting import AmountPasting
from model.basics import number
from model.document.answers import CellId, FormKey
from model.document.document import Edit
from model.forms.columns import Column, short
from model.forms.definition import AmountRow, FundsBlock
from model.reading.amounts import LABEL, UNDER, FundLine, block_lines, rows_of
from model.reading.reading import Form

_LONGEST_NAME = 6  # characters of a column's caption that an equation has room for


class FundsPanel(QWidget):
    """The scored row as an equation, or with all other rows as a table; rows can be added to a table."""

    def __init__(self, session: Session, key: FormKey, block: FundsBlock) -> None:
        super().__init__()
        self._session, self._key, self._block = session, key, block
        self._rows: tuple[CellId, ...] = ()  # those that are shown, by where their cells are
        self._figures: dict[CellId, FigureField] = {}
        columns = [column for column in block.columns if not column.is_label]
        self._pasting = AmountPasting(
            self, session, key, columns, lambda: rows_of(block, self._form.answers), block.computes
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(14))
        self._column.addLayout(self._head())
        self._body = QWidget()
        self._column.addWidget(self._body)
        what = "资金来源还有别的" if block.amounts else "还有别的内容"
        self._add_button = QToolButton(text="加一行", icon=theme.icon("plus"))
        self._add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add_button.setToolTip(tip(f"{what}，可以加一行填写"))
        self._add_button.clicked.connect(self._add_row)
        self._column.addWidget(self._add_button)
        self._add_button.setVisible(len(block.rows) > 1 and not session.read_only)
        self.explanation = Label(objectName="caption")
        self.explanation.setWordWrap(True)
        self._column.addWidget(self.explanation)
        self.refresh()

    @property
    def _form(self) -> Form:
        return self._session.form(self._key)

    def _head(self) -> QHBoxLayout:
        definition = self._form.definition
        head = QHBoxLayout()
        points = f" · {number.show(definition.execution_points)} 分" if self._block.has_points else ""
        is_execution = self._block.has("executed")
        name = (is_execution and self._block.rows[0].caption) or short(self._block.label)
        head.addWidget(Label(name, objectName="heading"))
        head.addStretch()
        if self._block.amounts:
            head.addWidget(Label(f"{definition.money_unit}{points}", objectName="caption"))
        return head

    # --- building

    def _build(self, rows: tuple[AmountRow, ...]) -> None:
        """Show these rows instead of those before."""
        self._rows = tuple(row.at for row in rows)
        self._figures = {}
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        if len(rows) > 1 or self._needs_columns:
            self._fill_table(grid, rows)
        else:
            self._fill_equation(grid)
        self._column.replaceWidget(self._body, body)
        body.show()
        self._body.hide()
        self._body.deleteLater()
        self._body = body

    @property
    def _needs_columns(self) -> bool:
        """Whether something is typed that is no part of an equation."""
        first = self._block.rows[0]
        others = (c for c in self._block.columns if not (c.is_label or c.kind == "money"))
        return not self._block.has("executed") or any(not self._block.computes(first, c) for c in others)

    def _fill_equation(self, grid: QGridLayout) -> None:
        """The amounts in the order of paper, then what follows from them."""
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        amounts = [column for column in self._block.columns if column.kind == "money"]
        names = {column.key: _letter(column) for column in amounts}
        points = number.show(self._form.definition.execution_points)
        row = self._block.rows[0]
        parts: list[tuple[str, QWidget]] = [
            *((c.caption, self._cell(row.cell(c.key), c.caption)) for c in amounts),
            ("", Label(f"{names['executed']} ÷ {self._base(names)} ＝")),
            ("执行率", self._figure(row, "rate", "执行率")),
        ]
        if self._block.has_points:
            score = self._figure(row, "score", "预算执行得分")
            parts += [("", Label(f"× {points} ＝")), ("得分", score)]
        for n, (caption, widget) in enumerate(parts):
            if caption:
                label = Label(caption, objectName="caption")
                label.setBuddy(widget)
                grid.addWidget(label, 0, n)
                grid.setColumnStretch(n, 1)
            grid.addWidget(widget, 1, n)

    def _base(self, names: Mapping[str, str]) -> str:
        """What the execution is measured by, as the form calls it."""
        base = self._block.rate_of
        if base == "initial" and self._block.has("adjustment"):
            return f"（{names[base]} ＋ {names['adjustment']}）"
        return names[base]

    def _fill_table(self, grid: QGridLayout, rows: tuple[AmountRow, ...]) -> None:
        """All rows with all columns."""
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(8))
        columns = [column for column in self._block.columns if not column.is_label]
        for n, column in enumerate(columns, start=1):
            caption = Label(column.caption, objectName="caption")
            if column.is_figure:
                caption.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(caption, 0, n)
            grid.setColumnStretch(n, 2 if column.kind in ("money", "text") else 1)
        for r, row in enumerate(rows, start=1):
            grid.addWidget(self._name(row, is_first=r == 1), r, 0)
            for n, column in enumerate(columns, start=1):
                grid.addWidget(self._table_cell(row, column), r, n)
            if row.is_added and not self._session.read_only:
                grid.addWidget(self._delete_button(row), r, len(columns) + 1)

    def _name(self, row: AmountRow, is_first: bool) -> QWidget:
        if row.is_added:
            name = self._cell(row.cell(LABEL), "资金来源" if self._block.amounts else "名称")
            name.setAlignment(Qt.AlignmentFlag.AlignLeft)
            name.setPlaceholderText("资金来源，如：其中：中央补助" if self._block.amounts else "名称")
            return name
        label = Label(row.caption)
        label.setFont(theme.font(theme.BODY, 600 if is_first else 400))
        return label

    def _table_cell(self, row: AmountRow, column: Column) -> QWidget:
        if column.key in row.fixed:
            fixed = Label(row.fixed[column.key])
            fixed.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            fixed.setContentsMargins(0, 0, theme.px(11), 0)  # below the figures of the fields
            return fixed
        if self._block.computes(row, column):
            return self._figure(row, column.key, column.called)
        name = f"{row.caption} {column.caption}"
        if column.kind in ("text", "choice"):
            return TextCell(self._session, (self._key, row.cell(column.key)), name, lines=1)
        return self._cell(row.cell(column.key), name, is_number=column.is_figure)

    def _figure(self, row: AmountRow, column: str, name: str) -> FigureField:
        cell = row.cell(column)
        if cell not in self._figures:
            self._figures[cell] = FigureField(self._session, (self._key, cell), name)
        return self._figures[cell]

    def _cell(self, cell: CellId, name: str, is_number: bool = True) -> LineCell:
        editor = LineCell(self._session, (self._key, cell), name, number=is_number)
        editor.setMinimumHeight(theme.px(40))
        self._pasting.watch(editor)
        return editor

    # --- rows that the clerk adds

    def _add_row(self) -> None:
        added: list[str] = []

        def add(edit: Edit) -> None:
            order = self._form.answers.rows.get(self._block.id, ())
            texts = {UNDER: self._block.rows[-1].key}
            added.extend(edit.add_rows(self._key, self._block.id, len(order), [texts]))

        self._session.edit("加一行", add)
        self.refresh()
        cell = f"{added[0]}.{LABEL}"
        next(one for one in children_of(self, LineCell) if one.address[1] == cell).setFocus()

    def _delete_button(self, row: AmountRow) -> QToolButton:
        button = QToolButton(icon=theme.icon("delete"))
        button.setToolTip("删除这一行，可以撤销。")
        button.setAccessibleName(f"删除{row.caption or '这一行'}")
        button.clicked.connect(lambda: self._remove_row(row.at))
        return button

    def _remove_row(self, name: str) -> None:
        self._session.edit("删除一行", lambda edit: edit.remove_rows(self._key, self._block.id, [name]))
        self.refresh()

    # --- showing

    def refresh(self) -> None:
        """Show the rows and the computed figures as they are now."""
        form = self._form
        rows = rows_of(self._block, form.answers)
        if tuple(row.at for row in rows) != self._rows:
            self._build(rows)
        for cell, text in computed_texts(form, self._block).items():
            if cell in self._figures and self._figures[cell].text() != text:
                self._figures[cell].setText(text)
        self.explanation.setText(form.sheet.execution.sentence if self._block.has_points else "")


def computed_texts(form: Form, block: FundsBlock) -> dict[CellId, str]:
    """Return what the program computes in a table of money, as it is shown."""
    columns = form.definition.money_columns(block).values()
    lines = block_lines(form.definition, block, form.answers)
    return {
        line.row.cell(column.key): _figure_of(form, line, column)
        for line in lines
        for column in columns
        if block.computes(line.row, column)
    }


def _figure_of(form: Form, line: FundLine, column: Column) -> str:
    if column.kind == "money":
        amount = line.amounts[column.key]
        return "" if amount is None else number.grouped(amount.number)
    if column.key == "rate":
        return "" if line.rate is None else number.show_rate(line.rate)[0]
    score = form.sheet.execution.score if column.key == "score" else form.definition.execution_points
    return "" if score is None else number.show(score)


def _letter(column: Column) -> str:
    """Return the letter by which the form itself calls a column, such as 预算数（A）, else a short name."""
    if found := re.search(r"[(（]([A-Z])[)）]$", column.caption):
        return found[1]
    return column.caption if len(column.caption) <= _LONGEST_NAME else column.name
