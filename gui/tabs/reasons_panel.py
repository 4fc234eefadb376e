"""The reasons for points lost, row by row: the same cells as in the table of indicators."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.editors.cells import TextCell
from gui.session.session import Session
from gui.tables.indicator_lines import wants_reason
from model.basics import number
from model.document.answers import FormKey
from model.forms.columns import REASON
from model.reading.scoring import Indicator


class ReasonsPanel(QWidget):
    """A field for each row that lost points."""

    def __init__(self, session: Session, key: FormKey) -> None:
        super().__init__()
        self._session, self._key = session, key
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._column.addWidget(Label(f"各行{REASON}", objectName="heading"))
        self._hint = Label("没有扣分的指标。", objectName="quiet")
        self._column.addWidget(self._hint)
        self._shown: dict[str, QWidget] = {}
        self.refresh()

    def refresh(self) -> None:
        """Show a field for each row that lost points, as the form is now."""
        rows = {row.id: row for row in self._session.form(self._key).sheet.indicators if wants_reason(row)}
        for gone in [row for row in self._shown if row not in rows]:
            self._shown.pop(gone).deleteLater()
        for row in rows.values():
            if row.id not in self._shown:
                self._shown[row.id] = self._field(row)
                self._column.addWidget(self._shown[row.id])
        self._hint.setVisible(not rows)

    def _field(self, row: Indicator) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, theme.px(6), 0, 0)
        column.setSpacing(theme.px(4))
        lost = (
            ""
            if row.weight is None or row.score is None
            else f"，扣 {number.show(row.weight - row.score)} 分"
        )
        name = (row.name or "（未填名称）").replace("\n", " ")
        label = Label(f"{name}{lost}", objectName="caption", wordWrap=True)
        text = TextCell(self._session, (self._key, f"{row.id}.reason"), f"{name} {REASON}", lines=1)
        label.setBuddy(text)
        column.addWidget(label)
        column.addWidget(text)
        return box
