"""Work that may take long, such as reading from a slow disk: the window stays alive, and one may cancel."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QWidget,
)

from gui.base import ask, theme
from gui.base.parts import fixed_column
from gui.base.plain import Label
from gui.base.worker import IsCancelled, Progress, Worker

PATIENCE_MS = 400  # until the dialog comes: most work is done by then
WIDTH = 460
LOOK_MS = 100  # whether the work is done

Result = TypeVar("Result")
_running: set[Worker] = set()  # also those that nobody waits for any longer


class Cancelled(Exception):
    """The clerk did not want to wait."""


class Running(Generic[Result]):
    """A job in a thread of its own: wait for it, then take its result."""

    def __init__(self, job: Callable[[Progress, IsCancelled], Result]) -> None:
        self._job = job
        self._results: list[Result] = []
        self._error: Exception | None = None
        self._progress: tuple[int, int] | None = None
        self.worker = Worker(self._note)
        _running.difference_update([one for one in _running if one.isFinished()])
        _running.add(self.worker)

    def _note(self, progress: Progress, cancelled: IsCancelled) -> None:
        def note(done: int, total: int) -> None:
            self._progress = done, total
            progress(done, total)

        try:
            self._results = [self._job(note, cancelled)]
        except Exception as error:
            self._error = error

    def wait(self, parent: QWidget | None, what: str) -> bool:
        """Wait until it has ended, with a dialog if that takes long; return whether it has."""
        if QApplication.instance() is None:
            return self.worker.wait()
        if self.worker.wait(PATIENCE_MS):
            return True
        dialog = WaitingDialog(what, self.worker, parent)
        if self._progress is not None:  # made before the dialog could hear it
            dialog.show_progress(*self._progress)
        ended = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return ended

    @property
    def has_failed(self) -> bool:
        """Whether it has ended with an error, which `result` raises."""
        return self._error is not None

    def result(self) -> Result:
        """Return what the job returned, or raise what it raised."""
        if self._error is not None:
            raise self._error
        return self._results[0]


def do(parent: QWidget | None, what: str, job: Callable[[Progress, IsCancelled], Result]) -> Result:
    """Do a job in a thread of its own and return its result, or raise what it raised.

    If it takes long a dialog says `what` is being done. Raises Cancelled where the clerk gave up; then
    whatever a disk that does not answer may still give back is dropped.
    """
    running = Running(job)
    running.worker.start()
    if not running.wait(parent, what):
        give_up(running.worker)
        raise Cancelled
    return running.result()


def give_up(worker: Worker) -> None:
    """Let a job end by itself, with nobody who waits for it."""
    worker.cancel()
    _running.add(worker)


def is_left() -> bool:
    """Whether a job is still under way, such as one on a disk that does not answer."""
    return any(worker.isRunning() for worker in _running)


class WaitingDialog(QDialog):
    """What is being done, how far it is, and one button; it closes when the work is done."""

    def __init__(self, what: str, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(ask.PROGRAM)
        column = fixed_column(self, WIDTH, 16)
        self.what = Label(what, wordWrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)  # how far it is can't be told yet
        self.bar.setAccessibleName(what)
        self.cancel = QPushButton("取消")
        self.cancel.setMinimumWidth(theme.px(92))
        self.cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.cancel)
        column.addWidget(self.what)
        column.addWidget(self.bar)
        column.addLayout(row)
        worker.progressed.connect(self.show_progress)
        worker.finished.connect(self.accept, Qt.ConnectionType.QueuedConnection)
        self._look = QTimer(self, interval=LOOK_MS, timeout=self._look_for_the_end)
        self.finished.connect(self._look.stop)
        self._worker = worker
        self._look.start()  # it may have ended, and said so, before anybody listened
        self._look_for_the_end()

    def _look_for_the_end(self) -> None:
        if self._worker.isFinished():
            self.accept()

    def exec(self) -> int:
        """Show it, unless the work was done while it was made."""
        return self.result() if self.result() else super().exec()

    def show_progress(self, done: int, total: int) -> None:
        """So many done of so many."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
