"""Work that may take long, such as reading from a slow disk: the window stays alive, and one may cancel."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import ask, theme
from gui.worker import Job, Progress, Worker

PATIENCE_MS = 400  # until the dialog comes: most work is done by then
WIDTH = 460

_running: set[Worker] = set()  # also those that nobody waits for any longer


class Cancelled(Exception):
    """The clerk did not want to wait."""


@dataclass
class _Outcome:
    """What became of a job."""

    result: object = None
    error: Exception | None = None
    progress: tuple[int, int] | None = None


def do(parent: QWidget | None, what: str, job: Job) -> object:
    """Do a job in a thread of its own and return its result, or raise what it raised.

    If it takes long a dialog says `what` is being done. Raises Cancelled where the clerk gave up; then
    whatever a disk that does not answer may still give back is dropped.
    """
    outcome = _Outcome()
    worker = Worker(lambda progress, cancelled: _noted(outcome, job, progress, cancelled))
    _running.difference_update([one for one in _running if one.isFinished()])
    _running.add(worker)
    worker.start()
    if not worker.wait(PATIENCE_MS) and not _waited(parent, what, worker, outcome):
        raise Cancelled
    if outcome.error is not None:
        raise outcome.error
    return outcome.result


def give_up(worker: Worker) -> None:
    """Let a job end by itself, with nobody who waits for it."""
    worker.cancel()
    _running.add(worker)


def _noted(outcome: _Outcome, job: Job, progress: Progress, cancelled) -> None:  # type: ignore[no-untyped-def]
    def told(done: int, total: int) -> None:
        outcome.progress = done, total
        progress(done, total)

    try:
        outcome.result = job(told, cancelled)
    except Exception as error:
        outcome.error = error


def _waited(parent: QWidget | None, what: str, worker: Worker, outcome: _Outcome) -> bool:
    """Wait with the dialog open; return whether the job came to its end."""
    dialog = WaitingDialog(what, worker, parent)
    if outcome.progress is not None:  # told before the dialog could hear it
        dialog.show_progress(*outcome.progress)
    ended = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if not ended:
        give_up(worker)
    return ended


class WaitingDialog(QDialog):
    """What is being done, how far it is, and one button; it closes when the work is done."""

    def __init__(self, what: str, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(ask.PROGRAM)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        margin = theme.px(28)
        column.addStrut(theme.px(WIDTH) - 2 * margin)
        column.setContentsMargins(margin, theme.px(20), margin, theme.px(20))
        column.setSpacing(theme.px(16))
        self.what = QLabel(what, wordWrap=True)
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
        if worker.isFinished():
            self.accept()

    def exec(self) -> int:
        """Show it, unless the work was done while it was made."""
        return self.result() if self.result() else super().exec()

    def show_progress(self, done: int, total: int) -> None:
        """So many done of so many."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
