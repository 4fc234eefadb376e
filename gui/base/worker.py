"""The one thread beside the window's own: it gets immutable data and gives back a result."""

import sys
from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, QThread, Signal

Progress = Callable[[int, int], None]  # so many done of so many
IsCancelled = Callable[[], bool]
Job = Callable[[Progress, IsCancelled], object]
# So soon a job lets the window go on: a key asks some fifty times. Windows counts whole milliseconds.
HANDED_BACK_S = 0.001 if sys.platform == "win32" else 0.0002


class Worker(QThread):
    """Runs one job, `job(progress, cancelled)`, which knows no Qt and ends early when `cancelled()` says so.

    Emits `progressed(done, total)` on the way and in the end `succeeded(result)`, or `failed(error)` with
    the exception. Connect them to methods of widgets: these run in the window's thread.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(HANDED_BACK_S)
        self._job = job
        self._cancelled = Event()

    def cancel(self) -> None:
        """Ask the job to end early; what it has by then is its result."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the job was asked to end early."""
        return self._cancelled.is_set()

    def run(self) -> None:
        """Do the job; called in the thread by `start`."""
        try:
            result = self._job(self.progressed.emit, self._cancelled.is_set)
        except Exception as error:
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)
