"""What the unit wrote in documents of earlier years: read once, in a thread, when it is first wanted."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject

from gui.base.file_work import FileWork
from model.filling.own_indicators import Written


class Earlier(QObject):
    """`read` reads the forms, without Qt; `found` are those that were read, None before."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.read: Callable[[], tuple[Written, ...]] = tuple
        self.found: tuple[Written, ...] | None = None
        self._waiting: list[Callable[[], object]] = []
        self._work = FileWork(self)

    def ask(self, then: Callable[[], object]) -> tuple[Written, ...]:
        """Return what is known by now; a method of a widget is called once more is."""
        if self.found is None:
            self._waiting.append(then)
            if not self._work.is_busy:
                self._work.start(self.read, self._take)
        return self.found or ()

    def _take(self, found: tuple[Written, ...]) -> None:
        self.found = found
        waiting, self._waiting = self._waiting, []
        for then in dict.fromkeys(waiting):
            if shiboken6.isValid(getattr(then, "__self__", self)):
                then()
