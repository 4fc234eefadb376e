"""What nobody holds any longer is collected in the window's own thread: a Qt object that Python's collector
meets in another thread, in the middle of a save, ends the program."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Garbage(QObject):
    """Stops the collector that comes at any time in any thread, and collects when the window is idle."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        QTimer(self, interval=EVERY_MS, timeout=self.collect).start()

    def collect(self) -> None:
        """Collect what is due by the thresholds of Python's own collector."""
        levels = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [level for level, (count, limit) in enumerate(levels) if count > limit]
        if due:
            gc.collect(max(due))


def settle() -> None:
    """Spare the collector the walk over what is there for long, such as a document of 2,000 rows: 11 ms."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
