"""打开以前的版本: the backups of the open document, to look at one or to go back to it."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme, waiting
from gui.base.dates import minute
from gui.base.parts import named, size_on_screen
from gui.base.plain import Label, tip
from gui.base.worker import IsCancelled, Progress, Worker
from gui.files.recent import RecentSummary, summarise
from gui.session.session import Session
from model.document import backups
from model.document.backups import Backup

SIZE = (760, 480)
COLUMNS = (("时间", 190), ("总分", 110), ("必填项", 110), ("大小", 90), ("名称", 160))
READING = "正在读取以前的版本…"
NOTHING = (
    "还没有以前的版本。每天第一次修改以前和每工作 20 分钟，程序自动留一份，按 Ctrl+S 也留一份，"
    "放在自评簿旁边的“备份”文件夹里。"
)
ABOUT = "恢复以前，现在的内容会先留一份；恢复以后也可以撤销。"
LOCKED = "这个自评簿是只读的，只能打开以前的版本查看。"


class VersionsDialog(QDialog):
    """When it was closed with a button `chosen` is the version, and whether it is to be restored."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("打开以前的版本")
        self.chosen: Backup | None = None
        self.is_to_be_restored = False
        self._session = session
        self._read: list[tuple[Backup, RecentSummary | None]] = []  # filled in the worker's thread
        self.list = _List()
        self.empty = named(Label(READING, wordWrap=True), "quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note = named(Label(LOCKED if session.read_only else ABOUT, wordWrap=True), "caption")
        self.view, self.restore = QPushButton("打开"), named(QPushButton("恢复为这个版本"), "primary")
        self.cancel = QPushButton("取消")
        self._lay_out()
        self.list.currentItemChanged.connect(self._enable)
        self.list.itemActivated.connect(lambda *_: self._choose(restore=False))
        self.view.clicked.connect(lambda: self._choose(restore=False))
        self.restore.clicked.connect(lambda: self._choose(restore=True))
        self.cancel.clicked.connect(self.reject)
        self._enable()
        self._start()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(20))
        column.setSpacing(theme.px(12))
        self._faces = QStackedWidget()
        self._faces.addWidget(self.empty)
        self._faces.addWidget(self.list)
        column.addWidget(self._faces, stretch=1)
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch()
        for button in (self.restore, self.view, self.cancel):
            button.setMinimumWidth(theme.px(92))
            button.setAutoDefault(False)  # Enter in the list opens
            row.addWidget(button)
        column.addLayout(row)
        self.resize(size_on_screen(self, SIZE))

    # --- reading

    def _start(self) -> None:
        """Read the backups one by one, in a thread: they may lie on a slow disk."""
        session, read = self._session, self._read

        def job(progress: Progress, cancelled: IsCancelled) -> None:
            local_folder = session.local_folder / backups.FOLDER if session.local_folder else None
            found = backups.found(session.path, local_folder)
            for backup in found:
                if cancelled():
                    break
                read.append((backup, summarise(session.library, backup.path)))
                progress(len(read), len(found))

        self._worker = Worker(job)
        self._worker.progressed.connect(self._show_read)
        self._worker.succeeded.connect(self._all_read)
        self._worker.failed.connect(self._failed)
        self._worker.start()

    def _show_read(self) -> None:
        for backup, summary in self._read[self.list.topLevelItemCount() :]:
            self.list.add(backup, summary)
        if self.list.currentItem() is None and self._read:
            self._faces.setCurrentWidget(self.list)
            self.list.setCurrentItem(self.list.topLevelItem(0))
            self.list.setFocus()

    def _all_read(self) -> None:
        self._show_read()
        if not self._read:
            self.empty.setText(NOTHING)
            self.note.hide()
            self.cancel.setFocus()

    def _failed(self, error: Exception) -> None:
        self._all_read()
        raise error

    def done(self, result: int) -> None:
        """What is not read yet is not wanted any more."""
        waiting.give_up(self._worker)
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross of the window does the same as 取消."""
        waiting.give_up(self._worker)
        super().closeEvent(event)

    # --- choosing

    def _enable(self) -> None:
        item = self.list.currentItem()
        is_usable = item is not None and not item.data(0, PROBLEM)
        self.view.setEnabled(is_usable)
        self.restore.setEnabled(is_usable and not self._session.read_only)
        for button in (self.view, self.restore):
            button.setToolTip(tip("" if is_usable or item is None else item.data(0, PROBLEM)))

    def _choose(self, restore: bool) -> None:
        button = self.restore if restore else self.view
        if button.isEnabled():
            self.chosen = self.list.currentItem().data(0, BACKUP)
            self.is_to_be_restored = restore
            self.accept()


def _named(backup: Backup) -> str:
    return f"，名称 {backup.name}" if backup.name else ""


BACKUP, PROBLEM = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class _List(QTreeWidget):
    """The versions, one a line."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("versions")
        self.setAccessibleName("以前的版本")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setHeaderLabels([name for name, _ in COLUMNS])
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        for n, (_, width) in enumerate(COLUMNS):
            self.setColumnWidth(n, theme.px(width))

    def add(self, backup: Backup, summary: RecentSummary | None) -> None:
        """Add a version below the others."""
        time = minute(backup.time, date.today())
        problem = "找不到了" if summary is None else summary.problem
        size = f"{max(backup.size // 1024, 1)} KB"
        if summary is None or problem:
            texts = [time, "读不出来", "", size, backup.name]
        else:
            texts = [time, summary.total, f"{summary.filled} / {summary.required}", size, backup.name]
        item = QTreeWidgetItem(self, texts)
        item.setData(0, BACKUP, backup)
        item.setData(0, PROBLEM, problem)
        item.setData(
            0,
            Qt.ItemDataRole.AccessibleTextRole,
            f"{time}，总分 {texts[1]}，必填项 {texts[2]}{_named(backup)}",
        )
        item.setToolTip(0, tip(str(backup.path)))
        for column in range(len(texts)):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
