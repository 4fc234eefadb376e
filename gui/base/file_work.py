"""Work with a file in a thread, one thing at a time: a disk that does not answer stops no window."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from gui.base.waiting import Running

Result = TypeVar("Result")
SAVING = "正在保存…"


class FileWork(QObject):
    """Runs a job that knows no Qt in a thread; what it returns goes to `then` in the window's own."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._running: Running[Any] | None = None
        self._then: Callable[..., object] = lambda _: None

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way, or its result not taken yet."""
        return self._running is not None

    def start(self, job: Callable[[], Result], then: Callable[[Result], object]) -> None:
        """Begin a job; none may be under way."""
        assert self._running is None
        self._running, self._then = Running(lambda *_: job()), then
        self._running.worker.finished.connect(self._ended)
        self._running.worker.start()

    def finish(self) -> bool:
        """Wait for the job under way and hand on what it returns; False where the clerk gave up waiting."""
        running = self._running
        if running is None:
            return True
        parent = QApplication.activeWindow() if QApplication.instance() else None
        if not running.wait(parent, SAVING):
            return False
        if self._running is running:  # else it was taken while the dialog was open
            self._take()
        return True

    def _ended(self) -> None:
        """A job has ended, perhaps one whose result is long taken."""
        if self._running is not None and self._running.worker.isFinished():
            self._take()

    def _take(self) -> None:
        assert self._running is not None
        running, self._running = self._running, None
        self._then(running.result())
