"""One line across the page about the file as a whole, with what can be done."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton

from gui.base import theme
from gui.base.parts import named
from gui.base.plain import Label

Link = tuple[str, Callable[[], object]]


class Bar(QFrame):
    """`say` shows a line with its links; `closed` tells that the clerk has read it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(20), theme.px(4), theme.px(12), theme.px(4))
        icon = Label()
        icon.setPixmap(theme.icon_pixmap("warning", "warn_icon"))
        self.text = Label(wordWrap=True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button = QToolButton()
        self.close_button.setIcon(theme.icon("close"))
        self.close_button.setToolTip("关闭提示")
        self.close_button.setAccessibleName("关闭提示")
        self.close_button.clicked.connect(self._close)
        self.links: list[QPushButton] = []
        self._actions: list[Callable[[], object]] = []
        self._row.addWidget(icon)
        self._row.addWidget(self.text, stretch=1)
        self._row.addWidget(self.close_button)
        self.hide()

    def say(self, text: str, links: Sequence[Link] = (), closable: bool = False) -> None:
        """Show a line, and the ways out that fit it."""
        self.text.setText(text)
        self.setAccessibleName(text)
        if [link.text() for link in self.links] != [name for name, _ in links]:
            self._put([name for name, _ in links])
        self._actions = [action for _, action in links]
        self.close_button.setVisible(closable)
        self.show()

    def _put(self, names: Sequence[str]) -> None:
        for link in self.links:
            self._row.removeWidget(link)
            link.deleteLater()
        self.links = []
        for n, name in enumerate(names):
            link = named(QPushButton(name), "link")
            link.clicked.connect(lambda _=False, n=n: self._actions[n]())
            self._row.insertWidget(self._row.count() - 1, link)
            self.links.append(link)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
