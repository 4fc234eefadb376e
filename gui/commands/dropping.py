"""Files dropped on the window: a document is opened, everything else imported."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from model.document.store import SUFFIX
from model.forms.zpf import SUFFIX as FORM_SUFFIX


class Dropping(QObject):
    """`open_path(path)` opens a document or adds a form, `import_paths(paths)` imports files and folders."""

    def __init__(
        self,
        window: QWidget,
        open_path: Callable[[Path], object],
        import_paths: Callable[[Sequence[Path]], object],
    ) -> None:
        super().__init__(window)
        self._open_path, self._import_paths = open_path, import_paths
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files may be dropped; what is done with them waits until the dragging has ended."""
        if isinstance(event, QDropEvent) and (paths := _files(event)):
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
                QTimer.singleShot(0, self, lambda: self._take(paths))
            return True
        return super().eventFilter(watched, event)

    def _take(self, paths: Sequence[Path]) -> None:
        if len(paths) == 1 and paths[0].suffix.lower() in (SUFFIX, FORM_SUFFIX):
            self._open_path(paths[0])
        else:
            self._import_paths(paths)


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
