"""Unexpected errors: a log, an attempt to save what is open, one dialog. Expected ones are shown as such."""

import logging
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    Qt,
    QThread,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFontDatabase, QGuiApplication, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.base import ask, theme
from gui.base.parts import fixed_column, named
from gui.base.plain import Label
from gui.session.recovery import RESCUE
from gui.session.session import Session
from gui.support.program import LOG_BYTES, LOG_FILES, LOG_NAME, versions
from model.basics.errors import UserError
from model.document import rescue

KEPT = "已填内容在本机另存了一份，下次打开程序时可以恢复。"
CALM_S = 3.0  # the same error is not shown again so soon after its dialog was closed

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_QUOTED = re.compile("“[^”]*”")  # names of files and projects
_log = logging.getLogger("ziping")


class Saved(NamedTuple):
    """What became of the open document, for the dialog: whether it is safe, and a sentence."""

    is_safe: bool
    sentence: str


def install(log_folder: Path, session_of: Callable[[], Session | None]) -> "Guard":
    """Log and tell every error that nobody caught; keep what is returned as long as the program runs."""
    return Guard(log_folder, session_of)


class Guard(QObject):
    """Stands behind everything; `remove` takes it away again."""

    _caught_elsewhere = Signal(object)

    def __init__(self, log_folder: Path, session_of: Callable[[], Session | None]) -> None:
        super().__init__()
        self._log_folder, self._session_of = log_folder, session_of
        self._busy = False  # a dialog is open, or an error of another error is at hand
        self._last = ("", 0.0)  # the error shown last, and when its dialog was closed
        self._handler = _log_to(log_folder)
        self._caught_elsewhere.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread
        self._qt_handler = qInstallMessageHandler(self._qt_said)

    def remove(self) -> None:
        """Let errors go where they went before."""
        sys.excepthook, threading.excepthook = self._hooks
        qInstallMessageHandler(self._qt_handler)
        _log.removeHandler(self._handler)
        self._handler.close()

    # --- where errors come in; nothing here may raise

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):  # Ctrl+C in a terminal
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, UserError):
            _log.info("%s", _QUOTED.sub("“…”", str(error)))
        else:
            _log.critical("%s", "".join(traceback.format_exception(error)))
        if sys.stderr is not None:
            sys.__excepthook__(kind, error, trace)
        if QApplication.instance() is None or self._busy:
            return
        if threading.current_thread() is threading.main_thread():
            self._take(error)
        else:
            self._caught_elsewhere.emit(error)

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
        if sys.stderr is not None:
            print(message, file=sys.stderr)
        if kind == QtMsgType.QtFatalMsg and not self._busy:  # Qt ends the program after this
            self._busy = True
            self._save()

    # --- what is done about them

    def _take(self, error: Exception) -> None:
        """Save at once; tell when whatever failed has come to its end, if the program goes on at all."""
        if self._busy or self._was_just_shown(error):
            return
        self._busy = True
        saved = None if isinstance(error, UserError) else self._save()
        if QThread.currentThread().loopLevel():
            QTimer.singleShot(0, self, lambda: self._tell(error, saved))
        else:
            self._tell(error, saved)

    def _was_just_shown(self, error: Exception) -> bool:
        where, closed = self._last
        return where == _where(error) and time.monotonic() - closed < CALM_S

    def _tell(self, error: Exception, saved: Saved | None) -> None:
        try:
            if isinstance(error, UserError):
                ask.tell_error(QApplication.activeWindow(), error)
            elif show(error, saved) == CrashDialog.QUIT:
                QCoreApplication.exit(1)
        finally:
            self._last = (_where(error), time.monotonic())
            self._busy = False

    def _save(self) -> Saved:
        """Save the open document; where that fails, put what is typed into a copy beside the log."""
        session: Session | None = None
        try:
            session = self._session_of()
            if session is None:
                return Saved(True, "没有打开的自评簿。")
            if session.save():
                return Saved(True, "已填内容已经保存。")
            problem = session.problem
        except Exception as error:
            _log.critical("while saving:\n%s", "".join(traceback.format_exception(error)))
            problem = "原文件没有写成。"
        return self._rescue(session, problem) if session else Saved(False, f"最近填的内容没有保存：{problem}")

    def _rescue(self, session: Session, problem: str) -> Saved:
        """The session may have kept it in the local folder already; a bug in saving leaves that to us."""
        if session.is_kept:
            return Saved(False, f"没有存进原文件：{problem}{KEPT}")
        folder = session.local_folder / RESCUE if session.local_folder else self._log_folder
        path = rescue.new_name(folder, session.path)
        try:
            rescue.keep(path, session.path, session.revision, session.answers)
        except Exception as error:
            _log.critical("while rescuing:\n%s", "".join(traceback.format_exception(error)))
            hint = "请点“继续”，再点提示条里的“另存为”存到别处；在此之前不要退出。"
            return Saved(False, f"最近填的内容没有保存：{problem}{hint}")
        return Saved(False, f"没有存进原文件：{problem}已填内容另存在：\n{path}")


class _LogFile(logging.Handler):
    """The log; its file and library are opened at the first entry, so that a start costs nothing."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write an entry."""
        if self._file is None:
            self._file = _rotating(self._folder)
        self._file.emit(record)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()


class _Nameless(logging.Formatter):
    """An entry without the user's own folder, which is often called as the user is."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of an entry."""
        text = super().format(record)
        for home in {str(Path.home()), Path.home().as_posix()} - {"/"}:
            text = text.replace(home, "~")
        return text


def _rotating(folder: Path) -> logging.Handler:
    """Open the file; where the folder can't be written the program runs without."""
    from logging.handlers import RotatingFileHandler

    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / LOG_NAME, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_Nameless("%(asctime)s %(levelname)s %(message)s"))
    handler.handleError = lambda record: None  # type: ignore[method-assign]  # a full disk is no new error
    return handler


def _log_to(folder: Path) -> logging.Handler:
    """Start the log."""
    handler = _LogFile(folder)
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False
    return handler


def _where(error: Exception) -> str:
    """What makes two errors the same: their kind and the line."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {place}"


# --- the dialog


def show(error: Exception, saved: Saved | None) -> int:
    """Show the dialog and return CrashDialog.CONTINUE or QUIT; tests put something in its place."""
    return CrashDialog(error, saved or Saved(True, ""), QApplication.activeWindow()).exec()


class CrashDialog(QDialog):
    """What happened, what became of the work, and details that can be copied."""

    CONTINUE, QUIT = 0, 1

    def __init__(self, error: Exception, saved: Saved, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(ask.PROGRAM)
        column = fixed_column(self, 600, 16)
        column.addLayout(self._message(saved))
        self.details = self._details(error)
        column.addWidget(self.details)
        column.addLayout(self._buttons())
        self.go_on.setFocus()

    def _message(self, saved: Saved) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        icon = Label()
        icon.setPixmap(theme.icon_pixmap("warning", "warn_icon", 28))
        row.addWidget(icon, alignment=Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(theme.px(8))
        self.title = named(Label("程序遇到一个没有料到的问题", wordWrap=True), "heading")
        self.sentence = Label(saved.sentence, wordWrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if not saved.is_safe:
            self.sentence.setStyleSheet(f"color: {theme.colour('error').name()};")
        hint = "如果再次出现，请把诊断包交给维护程序的人。"
        for label in (self.title, self.sentence, Label(hint, wordWrap=True)):
            texts.addWidget(label)
        row.addLayout(texts, stretch=1)
        return row

    def _details(self, error: Exception) -> QPlainTextEdit:
        found = "".join(traceback.format_exception(error))
        details = QPlainTextEdit(f"{versions()}\n\n{found}")
        details.setAccessibleName("详细信息")
        details.setReadOnly(True)
        details.setTabChangesFocus(True)
        details.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(theme.px(theme.CAPTION))
        details.setFont(fixed)
        details.setFixedHeight(theme.px(240))
        details.hide()
        return details

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.unfold = named(QPushButton("显示详细信息"), "link")
        self.copy = named(QPushButton("复制"), "link")
        self.go_on = named(QPushButton("继续"), "primary")
        self.quit = QPushButton("退出程序")
        for button in (self.go_on, self.quit):
            button.setMinimumWidth(theme.px(92))
        self.go_on.setDefault(True)
        self.package = named(QPushButton("保存诊断包…"), "link")
        self.package.clicked.connect(self._save_package)
        self.copy.setAccessibleName("复制详细信息")
        self.copy.hide()
        self.unfold.clicked.connect(self._unfold)
        self.copy.clicked.connect(self._copy)
        self.go_on.clicked.connect(lambda: self.done(self.CONTINUE))
        self.quit.clicked.connect(lambda: self.done(self.QUIT))
        row.addWidget(self.unfold)
        row.addWidget(self.copy)
        row.addWidget(self.package)
        row.addStretch()
        row.addWidget(self.go_on)
        row.addWidget(self.quit)
        return row

    def _unfold(self) -> None:
        folded = self.details.isHidden()
        self.details.setVisible(folded)
        self.copy.setVisible(folded)
        self.unfold.setText("收起详细信息" if folded else "显示详细信息")

    def _save_package(self) -> None:
        from gui.support.diagnosis_dialog import DiagnosisDialog

        dialog = DiagnosisDialog(parent=self)
        if dialog.exec():
            self.package.setText("诊断包已保存")
        dialog.deleteLater()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.setText("已复制")
