"""The seven tabs of a form; those that do not fit go into 更多."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QTabBar, QToolButton

from gui import theme


class TabStrip(QFrame):
    """A row of tabs; `chosen(index)` says which the clerk wants."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(objectName="tabs")
        self.setFixedHeight(theme.px(44))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(4), 0, theme.px(12), 1)
        row.setSpacing(0)
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        for name in names:
            self.bar.addTab(name)
        self.more = QToolButton(text="更多", popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self.more.setIcon(theme.icon("down"))
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.menu().aboutToShow.connect(self._fill_menu)
        row.addWidget(self.bar)
        row.addWidget(self.more)
        row.addStretch()
        self.bar.currentChanged.connect(self.chosen)
        self.more.hide()

    def current(self) -> int:
        """Return the tab in hand."""
        return self.bar.currentIndex()

    def choose(self, index: int) -> None:
        """Go to a tab."""
        if 0 <= index < self.bar.count():
            self.bar.setCurrentIndex(index)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width lets more or fewer tabs stand."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrow is allowed: 更多 takes the rest."""
        return QSize(theme.px(160), theme.px(44))

    def _fit(self) -> None:
        """Hide the last tabs that do not fit, never the one in hand."""
        room = self.width() - theme.px(24)
        widths = self._tab_widths()
        hidden: set[int] = set()
        if sum(widths) > room:
            room -= self.more.sizeHint().width()
            for index in range(self.bar.count() - 1, -1, -1):
                if sum(w for i, w in enumerate(widths) if i not in hidden) <= room:
                    break
                if index != self.bar.currentIndex():
                    hidden.add(index)
        for index in range(self.bar.count()):
            if self.bar.isTabVisible(index) == (index in hidden):
                self.bar.setTabVisible(index, index not in hidden)
        self.bar.updateGeometry()  # setTabVisible does not tell the layout
        self.more.setVisible(bool(hidden))

    def _tab_widths(self) -> list[int]:
        metrics = self.bar.fontMetrics()
        return [
            metrics.horizontalAdvance(self.bar.tabText(i)) + theme.px(30) for i in range(self.bar.count())
        ]

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for index in range(self.bar.count()):
            if not self.bar.isTabVisible(index):
                menu.addAction(self.bar.tabText(index), lambda index=index: self.choose(index))
