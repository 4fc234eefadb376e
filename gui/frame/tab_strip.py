"""The seven tabs of a form with what is wrong on each; those that do not fit go into 更多."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QTabBar, QToolButton

from gui.base import theme
from gui.base.plain import Label, tip
from gui.session.marks import ICONS, NOTHING, STATES, Counts

BESIDE = 24  # px at 100 %: what the style gives a tab beside its text


class TabStrip(QFrame):
    """A row of tabs; `chosen(index)` says which the clerk wants.

    At its end stands the button 问题 while the pane is folded away: `findings_wanted`.
    """

    chosen = Signal(int)
    findings_wanted = Signal()

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("tabs")
        self.setFixedHeight(theme.px(44))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(4), 0, theme.px(12), 1)
        row.setSpacing(0)
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self._badges = [_Badge() for _ in names]
        self._counts: Sequence[Counts] = [NOTHING] * len(names)
        for n, name in enumerate(names):
            self.bar.addTab(name)
            self.bar.setTabButton(n, QTabBar.ButtonPosition.RightSide, self._badges[n])
        self.more = QToolButton(text="更多", popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self.more.setIcon(theme.icon("down"))
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.menu().aboutToShow.connect(self._fill_menu)
        row.addWidget(self.bar)
        row.addWidget(self.more)
        row.addStretch()
        self.findings = QPushButton(objectName="problems", visible=False)
        self._offered = ("", "none")
        self.findings.clicked.connect(self.findings_wanted)
        row.addWidget(self.findings)
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

    def show_counts(self, counts: Mapping[str, Counts]) -> None:
        """Show what is open on each tab: the icon of the most severe and how many of them there are."""
        found = [counts.get(self.bar.tabText(n), NOTHING) for n in range(self.bar.count())]
        if found == self._counts:
            return
        before, self._counts = self._counts, found
        changed = [n for n, counts in enumerate(found) if counts != before[n]]
        resized = [n for n in changed if self._show_count(n, found[n])]
        if resized:
            self._fit()

    def _show_count(self, n: int, counts: Counts) -> bool:
        """Show what is open on one tab; return whether the tab has become wider or narrower."""
        badge, text = self._badges[n], counts.text
        before = badge.taken()
        badge.show_counts(counts)
        self.bar.setAccessibleTabName(n, self.bar.tabText(n) + (f"，{text}" if text else ""))
        self.bar.setTabToolTip(n, tip(text))
        if badge.taken() == before:  # laying out a tab is dear
            return False
        self.bar.setTabButton(n, QTabBar.ButtonPosition.RightSide, badge)  # lays the tabs out again …
        badge.show()  # … and hides the button that was there before
        return True

    def offer_findings(self, is_folded: bool, text: str, worst: str) -> None:
        """Show or hide the button that opens the list of findings."""
        if (text, worst) != self._offered:
            self._offered = text, worst
            self.findings.setText(f" {text}")
            name = ICONS[worst] if worst else "complete"
            self.findings.setIcon(theme.icon(name, STATES[worst][1] if worst else "ok"))
        if self.findings.isHidden() == is_folded:
            self.findings.setVisible(is_folded)
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
        if not self.findings.isHidden():
            room -= self.findings.sizeHint().width()
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
            metrics.horizontalAdvance(self.bar.tabText(n)) + theme.px(BESIDE) + badge.taken()
            for n, badge in enumerate(self._badges)
        ]

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for index in range(self.bar.count()):
            if not self.bar.isTabVisible(index):
                self._add_to_menu(menu, index)

    def _add_to_menu(self, menu: QMenu, index: int) -> None:
        counts, name = self._counts[index], self.bar.tabText(index)
        action = menu.addAction(name, lambda: self.choose(index))
        if worst := counts.worst:
            action.setText(f"{name}　{counts.of_worst}")
            action.setIcon(theme.icon(ICONS[worst], STATES[worst][1]))
            action.setToolTip(tip(counts.text))


class _Badge(Label):
    """The icon of the most severe finding of a tab and how many there are; nothing when the tab is clean."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("badge")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._counts = NOTHING
        self.setFixedSize(0, theme.px(20))

    def taken(self) -> int:
        """Return how many px of the tab it takes."""
        return self.width() + theme.px(4) if self.width() else 0

    def show_counts(self, counts: Counts) -> None:
        """Show another count."""
        self._counts = counts
        self.setFont(theme.font(theme.CAPTION))
        figure = self.fontMetrics().horizontalAdvance(str(counts.of_worst))
        self.setFixedSize(figure + theme.px(20) if counts.worst else 0, theme.px(20))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon, then the figure."""
        if not (worst := self._counts.worst):
            return
        painter = QPainter(self)
        edge = theme.px(14)
        painter.drawPixmap(
            0, (self.height() - edge) // 2, theme.icon_pixmap(ICONS[worst], STATES[worst][1], 14)
        )
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour(STATES[worst][2]))
        room = self.rect().adjusted(theme.px(18), 0, theme.px(4), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, str(self._counts.of_worst))
