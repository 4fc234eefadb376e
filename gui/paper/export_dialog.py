"""The one dialog of an export: what, in which formats, where to; then what came of it."""

import logging
import os
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.plain import Label, tip
from gui.base.worker import Progress, Worker
from gui.paper.doors import Format, Result
from gui.paper.export_choice import Choice
from gui.session.session import Session
from model.basics.errors import UNEXPECTED, UserError
from model.document.answers import Answers, FormKey
from model.paper.layout import DRAFT

WIDTH = 700
_log = logging.getLogger("ziping")


class WriteFiles(Protocol):
    """Writes forms into files, in the worker thread: pure but for the files.

    `formats` are suffixes without the dot, `annexes` are what goes with them, `what` names the
    kinds: forms, report, statement, all. Calls `progress(done, total)` after each file and ends early when
    `cancelled()` says so. Returns the files it came to, in their order.
    """

    def __call__(
        self,
        form_keys: Sequence[FormKey],
        formats: Sequence[str],
        folder: Path,
        answers: Answers,
        progress: Progress,
        cancelled: Callable[[], bool],
        *,
        annexes: Collection[str],
        what: Collection[str],
    ) -> Sequence[Result]: ...


class ExportDialog(QDialog):
    """Asks and exports; `findings_wanted` says that the clerk wants to see the problems first.

    `formats` and `with_scores` are ticked at the beginning. It remembers nothing: `folder()`, `formats()` and
    `with_scores()` tell whoever opened it where and how was exported last, else what was suggested.
    """

    findings_wanted = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        session: Session,
        offered: Iterable[Format],
        write_files: WriteFiles,
        suggested_folder: Path,
        formats: Collection[str] = ("pdf", "xlsx"),
        with_scores: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("导出")
        self._session, self._write_files = session, write_files
        self._folder, self._formats = suggested_folder, tuple(formats)
        self._worker: Worker | None = None
        self.choice = Choice(session, offered, suggested_folder, formats, with_scores)
        self.outcome = _Outcome()
        self._faces = QStackedWidget()
        self._faces.addWidget(self.choice)
        self._faces.addWidget(self.outcome)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(20))
        column.addWidget(self._faces)
        self.choice.export.setDefault(True)
        self.choice.export.clicked.connect(self._export)
        self.choice.cancel.clicked.connect(self.reject)
        self.choice.warning.link.clicked.connect(self._show_findings)
        self.outcome.again.clicked.connect(self._show_choice)
        self.outcome.close_button.clicked.connect(self.accept)

    def folder(self) -> Path:
        """Return the folder of the last export."""
        return self._folder

    def formats(self) -> tuple[str, ...]:
        """Return the formats of the last export, as suffixes without the dot."""
        return self._formats

    def with_scores(self) -> bool:
        """Return whether workbooks are to explain the scores."""
        return self.choice.scores.isChecked()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the content, as far as the screen has room."""
        room = self.screen().availableSize() - QSize(0, theme.px(64))
        self.resize(QSize(theme.px(WIDTH), self.sizeHint().height()).boundedTo(room))
        super().showEvent(event)
        self.choice.export.setFocus()

    # --- exporting

    def _export(self) -> None:
        self._folder, self._formats = self.choice.chosen_folder(), self.choice.formats.chosen()
        keys = self.choice.forms.chosen()
        answers, annexes = self._session.answers, self.choice.annexes()
        what = self.choice.kinds.chosen()
        write = partial(self._write_files, annexes=annexes, what=what)
        job = partial(write, keys, self._formats, self._folder, answers)
        self._worker = Worker(job, self)
        self._worker.progressed.connect(self.choice.show_progress)
        self._worker.succeeded.connect(self._written)
        self._worker.failed.connect(self._broken)
        self.choice.begin()
        self._worker.start()

    def _written(self, results: Sequence[Result]) -> None:
        was_cancelled = self._end()
        self.outcome.show_results(self._folder, results, was_cancelled)
        self._faces.setCurrentWidget(self.outcome)
        self.outcome.first_button().setFocus()

    def _broken(self, error: Exception) -> None:
        """Nothing was exported: the dialog is as it was, and says why; what a bug is stands in the log."""
        self._end()
        if not isinstance(error, UserError):
            _log.error("no export", exc_info=error)
        self.choice.show_problem(str(error) if isinstance(error, UserError) else UNEXPECTED)

    def _end(self) -> bool:
        """The thread has done its work; return whether it was told to stop."""
        worker, self._worker = self._worker, None
        assert worker
        worker.wait()
        worker.deleteLater()
        self.choice.end()
        return worker.is_cancelled

    def reject(self) -> None:
        """Escape and 取消: stop the export, else close."""
        if self._worker:
            self._worker.cancel()
            self.choice.cancel.setEnabled(False)
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The dialog stays until the thread has ended."""
        if self._worker:
            self.reject()
            event.ignore()
        else:
            super().closeEvent(event)

    def _show_findings(self) -> None:
        self.reject()
        self.findings_wanted.emit()

    def _show_choice(self) -> None:
        self._faces.setCurrentWidget(self.choice)
        self.choice.export.setFocus()


class _Outcome(QWidget):
    """The files written and those that failed, each with its reason."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.icon, self.sentence = Label(), Label(wordWrap=True)
        self.sentence.setFont(theme.font(theme.BODY, 600))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.icon)
        head.addWidget(self.sentence, stretch=1)
        column.addLayout(head)
        self.files = _Files()
        column.addWidget(self.files, stretch=1)
        self.eject = Label("文件在可移动磁盘上，拔出以前请安全弹出。", wordWrap=True)
        column.addWidget(self.eject)
        self.open_folder = QPushButton(theme.icon("open", "on_accent"), " 打开文件夹", objectName="primary")
        self.again, self.close_button = QPushButton("返回修改"), QPushButton("关闭")
        self.open_folder.clicked.connect(self._open_folder)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addStretch()
        for button in (self.open_folder, self.again, self.close_button):
            row.addWidget(button)
        column.addLayout(row)

    def show_results(self, folder: Path, results: Sequence[Result], was_cancelled: bool) -> None:
        """Show what was written into a folder and what was not."""
        self._folder = folder
        failed = [result for result in results if result.problem]
        written = len(results) - len(failed)
        drafts = sum(result.is_draft and not result.problem for result in results)
        self.sentence.setText(_sentence(folder, written, len(failed), was_cancelled, drafts))
        name, token = ("warning", "warn_icon") if failed or was_cancelled else ("complete", "ok")
        self.icon.setPixmap(theme.icon_pixmap(name, token, 18))
        self.files.show_results([*failed, *(result for result in results if not result.problem)])
        self.eject.setVisible(bool(written) and is_removable(folder))
        self.open_folder.setVisible(bool(written))
        self.again.setVisible(bool(failed) or was_cancelled)

    def first_button(self) -> QPushButton:
        """Return the button that Enter presses."""
        return next(b for b in (self.open_folder, self.again, self.close_button) if not b.isHidden())

    def _open_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.sentence.setText(f"没有能打开文件夹的程序，文件在“{_breakable(self._folder)}”。")


def _sentence(folder: Path, written: int, failed: int, was_cancelled: bool, drafts: int) -> str:
    parts = ["已取消"] if was_cancelled else []
    parts += [f"{failed} 个文件没有写成"] if failed else []
    parts += (
        [f"已导出 {written} 个文件到 {_breakable(folder)}"] if written else [] if failed else ["没有导出文件"]
    )
    parts += [f"其中 {drafts} 个是草稿"] if drafts else []
    return "，".join(parts) + "。"


def _breakable(folder: Path) -> str:
    """Return a path that may be broken behind every folder."""
    return str(folder).replace(os.sep, os.sep + "\u200b")


class _Files(QListWidget):
    """Files by name, a draft with the word beside it, under each that failed the reason."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("files")
        self.setWordWrap(True)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setAccessibleName("导出的文件")
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.setSpacing(theme.px(2))

    def show_results(self, results: Sequence[Result]) -> None:
        """Show other files."""
        self.clear()
        for result in results:
            icon = theme.icon("error", "error") if result.problem else theme.icon("page")
            item = QListWidgetItem(icon, _in_words(result))
            item.setToolTip(tip(str(result.path)))
            self.addItem(item)


def _in_words(result: Result) -> str:
    """The name of a file and what is to be said of it, neither of them twice."""
    name, problem = result.path.name, result.problem
    if problem:
        return problem if name in problem else f"{name}\n{problem}"
    return f"{name}　{DRAFT}" if result.is_draft and DRAFT not in name else name


def is_removable(folder: Path) -> bool:
    """Tell whether a folder lies on a drive that one pulls out."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == 2)  # DRIVE_REMOVABLE
    return folder.is_relative_to("/media") or folder.is_relative_to("/run/media")
