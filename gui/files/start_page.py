"""What is shown while no document is open: new, open, import, example, and the recent documents."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.file_work import FileWork
from gui.base.parts import choice_style, let_clicks_through, named, two_lines
from gui.base.plain import Label
from gui.files.recent import RecentSummary
from gui.files.recent_list import RecentList, RecentRow
from model.document.store import SUFFIX

NARROW = 1180  # logical px: below, the side and its margins give room to the list
SIDE_WIDTH, NARROW_SIDE_WIDTH = 391, 264
CHOICE_HEIGHT = 60
NAME_PX = 21  # the name of the program, here alone


class StartPage(QWidget):
    """What the clerk wants goes out as signals; recent documents are read after the first paint."""

    new_wanted = Signal()
    carry_wanted = Signal()
    open_wanted = Signal()
    import_wanted = Signal()
    example_wanted = Signal()
    recent_wanted = Signal(Path)
    relocate_wanted = Signal(Path)
    forget_wanted = Signal(Path)

    def __init__(self, summarise: Callable[[Path], RecentSummary | None]) -> None:
        super().__init__()
        self._summarise = summarise
        self._unread: list[RecentRow] = []
        self._reading = QTimer(self, interval=0, singleShot=True)
        self._reading.timeout.connect(self._read)
        self.side = _Side(self)
        self.list = RecentList()
        self.list.recent_wanted.connect(self.recent_wanted)
        self.list.relocate_wanted.connect(self.relocate_wanted)
        self.list.forget_wanted.connect(self.forget_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(named(QFrame(), "separator"))
        row.addWidget(self.list, stretch=1)
        column.addLayout(row, stretch=1)
        column.addWidget(named(QFrame(), "rule"))
        self.foot = _foot()
        column.addWidget(self.foot)

    def show_recent(self, paths: Iterable[Path]) -> None:
        """List these documents, the last one first; what is in them is read when the page has been seen."""
        self.list.show_paths(paths)
        self._unread = list(self.list.rows)
        self.update()

    def _read(self) -> None:
        """Each in a thread of its own: a drive that does not answer keeps no other document waiting."""
        rows, self._unread = self._unread, []
        for row in rows:
            FileWork(row).start(partial(self._summarise, row.path), partial(self._show, row))

    def _show(self, row: RecentRow, summary: RecentSummary | None) -> None:
        row.show_summary(summary)
        self.list.sift()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once there is something to see there is time to read."""
        super().paintEvent(event)
        if self._unread and not self._reading.isActive():
            self._reading.start()

    def minimumSizeHint(self) -> QSize:
        """What the wide page needs must not keep the window from getting narrow."""
        return QSize(theme.px(600), theme.px(300))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the side and the margins give their room to the list."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        self.side.set_narrow(narrow)
        self.list.set_narrow(narrow)

    def focus_first(self) -> None:
        """Give the focus to the last document, else to 新建自评簿."""
        first: QWidget = self.list.rows[0] if self.list.rows else self.side.new
        first.setFocus()


# --- the side


class _Side(QFrame):
    """The name of the program and what can be begun."""

    def __init__(self, page: StartPage) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setStyleSheet(choice_style("choice", CHOICE_HEIGHT))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(_name())
        self._column.addSpacing(theme.px(40))
        self.new = named(QPushButton(theme.icon("plus", "on_accent"), "  新建自评簿"), "primary")
        self.new.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.new.setStyleSheet(f"QPushButton {{ min-height: {theme.px(42)}px; }}")
        self.new.clicked.connect(page.new_wanted)
        self._column.addWidget(self.new)
        self._column.addSpacing(theme.px(12))
        self.carry = _Choice("clock", "沿用上年新建…", "带入单位、项目、目标和指标")
        self.open = _Choice("open", "打开…", f"自评簿文件（{SUFFIX}）")
        self.load = _Choice("import", "导入…", "Excel、Word、WPS、PDF、交换文件")
        self.example = _Choice("play", "看一个示例", "一份填好的整体表和项目表")
        wishes = (page.carry_wanted, page.open_wanted, page.import_wanted, page.example_wanted)
        choices = (self.carry, self.open, self.load, self.example)
        for choice, wanted in zip(choices, wishes, strict=True):
            choice.clicked.connect(wanted)
            self._column.addWidget(choice)
        self._column.addStretch()
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        margin, top = theme.px(24 if narrow else 48), theme.px(28 if narrow else 52)
        self._column.setContentsMargins(margin, top, margin, theme.px(12))
        self.setFixedWidth(theme.px(NARROW_SIDE_WIDTH if narrow else SIDE_WIDTH))


def _name() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(16))
    icon = Label()
    icon.setPixmap(theme.icon_pixmap("app", "accent", 44))
    texts = QVBoxLayout()
    texts.setSpacing(0)
    name = Label("自评簿")
    name.setFont(theme.font(NAME_PX, 600))
    texts.addWidget(name)
    texts.addWidget(named(Label("绩效自评填报 · 单机版"), "caption"))
    row.addWidget(icon)
    row.addLayout(texts, stretch=1)
    return row


class _Choice(QPushButton):
    """A button of two lines: what it does, and with what."""

    def __init__(self, icon: str, text: str, hint: str) -> None:
        super().__init__()
        self.setObjectName("choice")
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(5), theme.px(6), theme.px(5), theme.px(6))
        row.setSpacing(theme.px(16))
        image = Label()
        image.setPixmap(theme.icon_pixmap(icon, "accent", 18))
        image.setAlignment(Qt.AlignmentFlag.AlignTop)
        image.setContentsMargins(0, theme.px(6), 0, 0)
        row.addWidget(image)
        row.addLayout(two_lines(Label(text), named(Label(hint), "caption")), stretch=1)
        let_clicks_through(self)


def _foot() -> QFrame:
    foot = named(QFrame(), "side")
    foot.setFixedHeight(theme.px(30))
    row = QHBoxLayout(foot)
    row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
    row.setSpacing(theme.px(8))
    lock = Label()
    lock.setPixmap(theme.icon_pixmap("lock", "text2", 14))
    row.addWidget(lock)
    row.addWidget(named(Label("内容只保存在本机，程序不联网。"), "caption"))
    row.addStretch()
    if version := QCoreApplication.applicationVersion():
        row.addWidget(named(Label(f"版本 {version}"), "caption"))
    return foot
