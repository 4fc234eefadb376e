"""检查文件夹: forms appear as they are read, the worst first; stopping keeps what is there."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from gui.audit import form_rows
from gui.audit.doors import Audits
from gui.audit.form_rows import Row, Rows
from gui.audit.form_table import FormTable
from gui.audit.kept import Kept
from gui.audit.look_list import CHANGES, WHAT, LookList
from gui.audit.remark_list import RemarkList
from gui.base import ask, theme, waiting
from gui.base.parts import Elided, named
from gui.base.plain import Label
from gui.base.settings import own_file
from gui.base.worker import IsCancelled, Progress, Worker
from model.audit.audited import FileAudit
from model.audit.compare import Since
from model.basics.errors import UserError

SIZE, LEFT_WIDTH, RIGHT_WIDTH = (1300, 690), 200, 290  # px at 100 %
REFRESH_MS = 150  # between two looks at what came in
UNREAD_HEIGHT = 130
PATTERN = "审核意见.toml"  # beside the settings: another way to write the letters


class AuditWindow(QDialog):
    """`opened(path)` says that a file is to be opened as a document. Nothing in the folder is changed."""

    opened = Signal(object)
    ended = Signal()
    _came = Signal(object)

    def __init__(self, folder: Path, kept: Kept, doors: Audits) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle("检查文件夹 － 自评簿")
        self.setWindowIcon(theme.icon("app"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder, self._kept, self._doors = folder, kept, doors
        self._last = kept.last_record()
        self.rows = Rows()
        self._began = time.monotonic()
        self._is_whole = False
        self._time_left = ""
        self._make_parts()
        self._lay_out()
        self._connect()
        self._worker = Worker(self._job, self)
        self._worker.progressed.connect(self._progress)
        self._worker.succeeded.connect(self._succeeded)
        self._worker.failed.connect(self._failed)
        self._refresh = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._refresh.timeout.connect(self._show_rows)

    def start(self) -> None:
        """Begin to read."""
        room = self.screen().availableSize() - QSize(theme.px(16), theme.px(64))
        self.resize(self.size().boundedTo(room))
        self.show()
        self._worker.start()

    def _job(self, progress: Progress, is_cancelled: IsCancelled) -> bool:
        return self._doors.audit(self._folder, self._kept.fresh, self._came.emit, progress, is_cancelled)

    # --- building

    def _make_parts(self) -> None:
        self.head, self.file = Label("正在检查…"), Elided("", "caption")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName("进度")
        self.stop = QPushButton("停止")
        self.counts = Label()
        self.letters, self.export = QPushButton("审核意见…"), named(QPushButton("导出清单…"), "primary")
        self.looks, self.changes = LookList("看哪些", WHAT), LookList("与上次比", CHANGES, " 个问题")
        self.search = QLineEdit(placeholderText="查找单位或项目", clearButtonEnabled=True)
        self.search.setAccessibleName("查找单位或项目")
        self.table, self.unread, self.remarks = FormTable(), QTreeWidget(), RemarkList()
        self.title, self.unread_title = Label(), Label("没有读的文件")
        self.whose, self.what = Elided("", "heading"), Elided("", "caption")
        self.open_file, self.show_folder = QPushButton("打开为自评簿"), QPushButton("在文件夹中显示")
        self.unread.setHeaderLabels(["文件", "原因"])
        self.unread.setRootIsDecorated(False)
        self.unread.setAccessibleName("没有读的文件")
        for button in (self.stop, self.letters, self.export, self.open_file, self.show_folder):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        whole = QHBoxLayout(self)
        whole.setSpacing(theme.px(16))
        whole.addLayout(self._left())
        middle = QVBoxLayout()
        middle.addLayout(self._top())
        row = QHBoxLayout()
        row.addWidget(self.title, stretch=1)
        self.search.setFixedWidth(theme.px(LEFT_WIDTH))
        row.addWidget(self.search)
        middle.addLayout(row)
        middle.addWidget(self.table, stretch=1)
        middle.addWidget(self.unread_title)
        middle.addWidget(self.unread)
        whole.addLayout(middle, stretch=1)
        whole.addLayout(self._right())
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        self._show_rows()

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        folder = Elided(str(self._folder), "caption")
        folder.setFixedWidth(theme.px(LEFT_WIDTH))
        for list_ in (self.looks, self.changes):
            list_.setFixedWidth(theme.px(LEFT_WIDTH))
        column.addWidget(named(Label("检查文件夹"), "heading"))
        column.addWidget(folder)
        column.addWidget(named(Label("看哪些"), "caption"))
        column.addWidget(self.looks)
        if self._last:
            column.addWidget(named(Label(f"与上次比　{self._last.made}"), "caption"))
            column.addWidget(self.changes)
        column.addStretch()
        column.addWidget(named(Label("只读文件夹，不改任何文件。", wordWrap=True), "caption"))
        self.looks.look_at(form_rows.ALL)
        return column

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        progress = QVBoxLayout()
        self.head.setFont(theme.font(theme.HEADING, 600))
        progress.addWidget(self.head)
        progress.addWidget(self.bar)
        progress.addWidget(self.file)
        row.addLayout(progress, stretch=1)
        row.addWidget(self.stop)
        row.addWidget(self.counts)
        row.addWidget(self.letters)
        row.addWidget(self.export)
        return row

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        for widget in (self.whose, self.what, self.remarks):
            widget.setFixedWidth(theme.px(RIGHT_WIDTH))
        for widget in (self.whose, self.what):
            column.addWidget(widget)
        column.addWidget(self.remarks, stretch=1)
        row = QHBoxLayout()
        row.addWidget(self.open_file)
        row.addWidget(self.show_folder)
        column.addLayout(row)
        return column

    def _connect(self) -> None:
        self._came.connect(self._take)
        self.stop.clicked.connect(self.stop_reading)
        self.looks.chosen.connect(lambda _: self._looked(self.changes))
        self.changes.chosen.connect(lambda _: self._looked(self.looks))
        self.search.textChanged.connect(self._show_rows)
        self.export.clicked.connect(self._export)
        self.letters.clicked.connect(self._write_letters)
        self.open_file.clicked.connect(self._open_file)
        self.show_folder.clicked.connect(self._show_folder)
        QShortcut(QKeySequence("F8"), self, self.next_problem)

    # --- what comes in

    def _take(self, found: FileAudit) -> None:
        """A file was read: its forms go where they belong, what was not read is listed."""
        for form in found.forms:
            self.rows.add(Row(form, self._last.since(form) if self._last else Since()))
        for why in found.refused:
            self.rows.unread.append((found.file, why))
            self.unread.addTopLevelItem(QTreeWidgetItem([found.file, why]))
        self.file.show_text(found.file + self._time_left)
        if not self._refresh.isActive():
            self._refresh.start()

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.head.setText(f"正在检查，已读 {done} / {total} 个文件")
        self._time_left = self._rest(done, total)

    def _rest(self, done: int, total: int) -> str:
        """About how long it still takes, once that can be told."""
        took = time.monotonic() - self._began
        rest = round(took / done * (total - done)) if done > 4 else 0
        return f"　还要约 {rest} 秒" if rest > 1 else ""

    def _succeeded(self, is_whole: bool) -> None:
        self._is_whole = is_whole
        read = self.bar.value()
        said = f"已检查 {read} 个文件。" if is_whole else f"已停止，检查了 {read} 个文件。"
        self._end("文件夹里没有可以读取的文件。" if is_whole and not read else said)

    def _failed(self, error: Exception) -> None:
        self._end("没有检查完。")
        ask.tell(self, "检查没有完成。", str(error))

    def _end(self, said: str) -> None:
        self.head.setText(said)
        self.file.show_text("")
        self.stop.setEnabled(False)
        self.bar.hide()
        self._show_rows()
        self.ended.emit()

    def stop_reading(self) -> None:
        """Read no further; what was read stays."""
        self._worker.cancel()
        self.stop.setEnabled(False)

    # --- what is shown

    @property
    def _look(self) -> str:
        return self.changes.look or self.looks.look or form_rows.ALL

    def _looked(self, other: LookList) -> None:
        other.let_go()
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self.rows.chosen(self._look, self.search.text())
        self.looks.show_counts(self.rows)
        self.changes.show_counts(self.rows)
        totals = [(word, self.rows.total(state)) for word, state in (("错误", "error"), ("提醒", "warning"))]
        found = "　".join(f"{word} {count}" for word, count in (("表", len(self.rows.all)), *totals))
        self.counts.setText(found)
        is_unread = self._look == form_rows.UNREAD
        self.title.setText("" if is_unread else f"{len(rows)} 张表　问题多的在前")
        self.table.setVisible(not is_unread)
        self.unread.setMaximumHeight(16_777_215 if is_unread else theme.px(UNREAD_HEIGHT))
        for widget in (self.unread, self.unread_title):
            widget.setVisible(is_unread or bool(self.rows.unread))
        self.unread_title.setText(f"没有读的文件 {len(self.rows.unread)}")
        self.unread.setColumnWidth(0, theme.px(LEFT_WIDTH))
        is_over = not self.stop.isEnabled()
        for button in (self.export, self.letters):
            button.setEnabled(is_over and bool(self.rows.all or self.rows.unread))
        self.table.show_rows(rows)
        self.table.selectionModel().currentRowChanged.connect(self._show_form)
        self._show_form()

    def _show_form(self, *_: object) -> None:
        row = self.table.row
        form = row.form if row else None
        self.whose.show_text(form.unit or form.file if form else "")
        names = (form.project or form.name, f"{form.year} 年度" if form.year else "") if form else ()
        self.what.show_text(" · ".join(filter(None, names)))
        self.remarks.show_row(row)
        for button in (self.open_file, self.show_folder):
            button.setEnabled(row is not None)

    def next_problem(self) -> None:
        """Go to the next finding; behind the last of a form to the next form."""
        if self.remarks.next_open():
            return
        if self.table.go(1):
            self.remarks.next_open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the marked file, Esc stops reading."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._open_in_office()
        elif event.key() == Qt.Key.Key_Escape:
            self.stop_reading()
        else:
            super().keyPressEvent(event)

    # --- what is done with it

    def _path(self) -> Path | None:
        row = self.table.row
        return self._folder / row.form.file if row else None

    def _open_in_office(self) -> None:
        if path := self._path():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _open_file(self) -> None:
        if path := self._path():
            self.opened.emit(path)

    def _show_folder(self) -> None:
        if path := self._path():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def _export(self) -> None:
        self._write(("xlsx", "md"), "清单写到哪个文件夹")

    def _write_letters(self) -> None:
        self._write(("docx",), "审核意见写到哪个文件夹")

    def _write(self, kinds: tuple[str, ...], title: str) -> None:
        out = ask.folder_name(self, self._folder.parent, title)
        if out is None:
            return
        last = self._kept.last if self._last else None
        writes: list[Callable[[], object]] = [
            partial(self._doors.write, self._kept.fresh, last, kind, out, own_file(PATTERN)) for kind in kinds
        ]
        try:
            waiting.do(self, "正在写入…", lambda *_: [write() for write in writes])
        except waiting.Cancelled:
            return
        except UserError as error:
            ask.tell_error(self, error)
        else:
            self.head.setText(f"已写入“{out.name}”文件夹。")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Reading ends; an audit that was whole is the one that the next is compared with."""
        self._worker.cancel()
        self._worker.wait()
        if self._last:
            self._last.close()
        if self._is_whole:
            self._kept.take_over()
        super().closeEvent(event)
