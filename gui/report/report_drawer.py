"""The report's texts below a table that fills its page: a line at the foot that opens them over it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.parts import to_middle
from gui.session.session import Session
from model.document.answers import Address, FormKey
from model.document.document import Change

if TYPE_CHECKING:
    from gui.report.report_panel import ReportPanel

CAPTION = "报告文字：各指标完成情况"
_ANY_HEIGHT = 16_777_215  # Qt's own word for it
_ROOM = 200  # px at 100 %: with less for each of the two the table gives way


class ReportDrawer(QWidget):
    """Table above, line, texts below; the texts are made when they are first wanted."""

    cell_wanted = Signal(str, str)
    cell_entered = Signal(str)

    def __init__(self, session: Session, key: FormKey, tab: str, table: QWidget) -> None:
        super().__init__()
        self._session, self._at, self._table = session, (key, tab), table
        self.panel: ReportPanel | None = None
        self.line = QPushButton(CAPTION, objectName="drawer", checkable=True, autoDefault=False)
        self.line.toggled.connect(self._show_texts)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setAccessibleName("自评报告")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lower = QWidget()
        lower = QVBoxLayout(self._lower)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(0)
        lower.addWidget(self.line)
        lower.addWidget(self.area, stretch=1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(table)
        self.splitter.addWidget(self._lower)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        self._show_texts()

    @property
    def is_open(self) -> bool:
        """Whether the texts are in sight."""
        return self.line.isChecked()

    def _show_texts(self) -> None:
        if self.is_open and self.panel is None:
            self._make_panel()
        self.line.setIcon(theme.icon("down" if self.is_open else "up", "accent"))
        self.line.setToolTip("收起报告文字" if self.is_open else "在表的下方写报告的这一部分")
        self.area.setVisible(self.is_open)
        self._share()
        if self.is_open:
            self.splitter.setSizes([self.height() * 2 // 5, self.height() * 3 // 5])

    def _make_panel(self) -> None:
        from gui.report.report_panel import ReportPanel

        self.panel = ReportPanel(self._session, *self._at, is_headed=False)
        self.panel.cell_wanted.connect(self.cell_wanted)
        self.panel.cell_entered.connect(self.cell_entered)
        body = QWidget(objectName="page")
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(20))
        column.addWidget(self.panel)
        column.addStretch()
        self.area.setWidget(body)

    def _share(self) -> None:
        """Where there is no room for both, the texts take all of it."""
        self._table.setVisible(not self.is_open or self.height() >= 2 * theme.px(_ROOM))
        self._lower.setMaximumHeight(_ANY_HEIGHT if self.is_open else self.line.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height may have room for both, or not."""
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        """Another style or font makes the line another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            QTimer.singleShot(0, self, self._share)

    def give_way(self) -> None:
        """The clerk goes to the table: where the texts hide it they are folded away."""
        if self._table.isHidden():
            self.line.setChecked(False)

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Let the texts follow the document, once there are any."""
        if self.panel is not None:
            self.panel.document_changed(change, by)
            if self.panel.isVisible():
                self.panel.catch_up(by)

    def show_cell(self, address: Address) -> bool:
        """Go to a cell of the report; return whether it is one of these texts."""
        was_open = self.is_open
        self.line.setChecked(True)
        found = self.panel.show_cell(address) if self.panel else None
        if found is None:
            self.line.setChecked(was_open)
            return False
        to_middle(self.area, found)
        return True
