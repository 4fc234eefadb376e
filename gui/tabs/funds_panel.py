"""The money of a form: 预算数, 执行数, their 执行率 × 分值 ＝ 得分, and the other rows of the funds."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.base import theme
from gui.editors.cells import LineCell
from gui.editors.figure_field import FigureField
from gui.session.session import Session
from model.basics import number
from model.document.answers import FormKey
from model.forms.columns import Column
from model.forms.definition import FundRow
from model.reading.reading import Form


class FundsPanel(QWidget):
    """The scored row as an equation; every other row of the funds below it."""

    def __init__(self, session: Session, key: FormKey) -> None:
        super().__init__()
        self._session, self._key = session, key
        form = session.form(key)
        block = form.definition.funds
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        head = QHBoxLayout()
        title = QLabel(block.rows[0].caption, objectName="heading")
        points = number.show(form.definition.execution_points)
        unit = QLabel(f"{form.definition.money_unit} · {points} 分", objectName="caption")
        head.addWidget(title)
        head.addStretch()
        head.addWidget(unit)
        column.addLayout(head)
        first = block.rows[0].key
        self.rate = FigureField(session, (key, f"funds.{first}.rate"), "执行率")
        self.score = FigureField(session, (key, f"funds.{first}.score"), "预算执行得分")
        column.addLayout(self._table(form) if len(block.rows) > 1 else self._equation(form))
        self.explanation = QLabel(objectName="caption")
        self.explanation.setWordWrap(True)
        column.addWidget(self.explanation)
        self.refresh()

    def _equation(self, form: Form) -> QGridLayout:
        """The amounts in the order of paper, then what follows from them."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        amounts = [c for c in form.definition.funds.columns if c.key in ("initial", "budget", "executed")]
        names = {column.key: _letter(column.caption) for column in amounts}
        points = number.show(form.definition.execution_points)
        row = form.definition.funds.rows[0].key
        parts: list[tuple[str, QWidget]] = [
            *((c.caption, self._cell(f"funds.{row}.{c.key}", c.caption)) for c in amounts),
            ("", QLabel(f"{names['executed']} ÷ {names['budget']} ＝")),
            ("执行率", self.rate),
            ("", QLabel(f"× {points} ＝")),
            ("得分", self.score),
        ]
        for n, (caption, widget) in enumerate(parts):
            if caption:
                label = QLabel(caption, objectName="caption")
                label.setBuddy(widget)
                grid.addWidget(label, 0, n)
                grid.setColumnStretch(n, 1)
            grid.addWidget(widget, 1, n)
        return grid

    def _cell(self, cell: str, name: str) -> LineCell:
        editor = LineCell(self._session, (self._key, cell), name, number=True)
        editor.setMinimumHeight(theme.px(40))
        return editor

    def _table(self, form: Form) -> QGridLayout:
        """All rows with all columns; rate and score of the first row are computed."""
        block = form.definition.funds
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(8))
        columns = [column for column in block.columns if column.key != "label"]
        for n, column in enumerate(columns, start=1):
            caption = QLabel(column.caption, objectName="caption")
            caption.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(caption, 0, n)
            grid.setColumnStretch(n, 2 if column.key in ("initial", "budget", "executed") else 1)
        for r, row in enumerate(block.rows, start=1):
            name = QLabel(row.caption)
            name.setFont(theme.font(theme.BODY, 600 if r == 1 else 400))
            grid.addWidget(name, r, 0)
            for n, column in enumerate(columns, start=1):
                grid.addWidget(self._table_cell(form, row, column, scored=r == 1), r, n)
        return grid

    def _table_cell(self, form: Form, row: FundRow, column: Column, scored: bool) -> QWidget:
        if column.key in row.fixed:
            fixed = QLabel(row.fixed[column.key])
            fixed.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            fixed.setContentsMargins(0, 0, theme.px(11), 0)  # below the figures of the fields
            return fixed
        if scored and column.key in ("rate", "score"):
            return self.rate if column.key == "rate" else self.score
        if scored and column.key == "weight":
            points = FigureField(self._session, (self._key, f"funds.{row.key}.weight"), "分值")
            points.setText(number.show(form.definition.execution_points))
            return points
        return self._cell(f"funds.{row.key}.{column.key}", f"{row.caption} {column.caption}")

    def refresh(self) -> None:
        """Show the computed figures as they are now."""
        sheet = self._session.form(self._key).sheet
        rate = sheet.execution_rate
        self.rate.setText("" if rate is None else number.show_rate(rate)[0])
        self.score.setText("" if sheet.execution.score is None else number.show(sheet.execution.score))
        self.explanation.setText(sheet.execution.explanation)


def _letter(caption: str) -> str:
    """Return the letter by which the form itself calls a column, such as 预算数（A）, else its caption."""
    found = re.search(r"[(（]([A-Z])[)）]$", caption)
    return found[1] if found else caption
