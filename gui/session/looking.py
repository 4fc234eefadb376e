"""What is open is looked for when keys rest, through pages and reports; where these are long, in a thread."""

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, QTimer

from gui.base.file_work import FileWork
from gui.session.snapshot import Snapshot
from model.checks.open_items import Open, all_items

QUICK = 100  # rows to lay out, and forms to look through, that delay no key by more than 30 ms
_MS_A_ROW = 0.5  # of quiet before a thread begins: it takes that long itself, and slows every key
_LONGEST_MS = 1500


class Looking(QObject):
    """Tells when the items of the snapshot of now are known, without which `items` is dear to ask."""

    def __init__(self, parent: QObject, snapshot_of_now: Callable[[], Snapshot]) -> None:
        super().__init__(parent)
        self._snapshot_of_now = snapshot_of_now
        self._waiting: list[Callable[[], object]] = []
        self._known: Snapshot | None = None  # the last one that was looked through
        self._work = FileWork(self)
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(self._begin)

    def ask(self, then: Callable[[], object]) -> None:
        """Call a method of a widget when all that is open is known; at once where that is quick.

        Where the document changes before, who shows it has to ask again.
        """
        snapshot = self._snapshot_of_now()
        size = self._size(snapshot)
        if snapshot.are_items_known or size <= QUICK:
            self._known = snapshot
            then()
            return
        self._waiting.append(then)
        self._quiet.start(int(min(size * _MS_A_ROW, _LONGEST_MS)))

    def _size(self, snapshot: Snapshot) -> int:
        """How much there is to look through: forms, and rows of those that have changed."""
        forms = snapshot.reading.forms
        known = {id(form) for form in self._known.reading.forms} if self._known else set()
        return len(forms) + sum(len(form.sheet.indicators) for form in forms if id(form) not in known)

    def _begin(self) -> None:
        if self._work.is_busy:
            self._quiet.start()
            return
        snapshot = self._snapshot_of_now()
        job = partial(all_items, snapshot.reading, snapshot.findings)
        self._work.start(job, partial(self._take, snapshot))

    def _take(self, snapshot: Snapshot, items: tuple[Open, ...]) -> None:
        snapshot.take_items(items)
        self._known = snapshot
        if snapshot is not self._snapshot_of_now():
            return
        waiting, self._waiting = self._waiting, []
        for then in dict.fromkeys(waiting):
            if shiboken6.isValid(getattr(then, "__self__", self)):
                then()
