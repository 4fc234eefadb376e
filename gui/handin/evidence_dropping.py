"""Files dropped on the row of an indicator become evidence for it; what belongs to none is the window's."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from model.document.store import SUFFIX


class EvidenceDropping(QObject):
    """`row_at(point)` names what files at a point belong to, None where the window takes them;
    `add(paths, row)` takes the files."""

    def __init__(
        self,
        area: QWidget,
        row_at: Callable[[QPoint], str | None],
        add: Callable[[Sequence[Path], str], object],
    ) -> None:
        super().__init__(area)
        self._row_at, self._add = row_at, add
        self._area = area.viewport() if isinstance(area, QAbstractItemView) else area
        area.setAcceptDrops(True)
        self._area.setAcceptDrops(True)
        self._area.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files as long as they are dragged over the area; a document is left to the window at once."""
        if not isinstance(event, QDropEvent) or not event.mimeData().hasUrls():
            return super().eventFilter(watched, event)
        paths = files_of(event)
        if not paths:
            event.ignore()
            return True
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            row = self._row_at(event.position().toPoint())
            QTimer.singleShot(0, self, lambda: self._take(paths, row))
        return True

    def _take(self, paths: Sequence[Path], row: str | None) -> None:
        if row is not None:
            self._add(paths, row)
        else:
            drop_on(self._area.window(), paths)


def drop_on(widget: QWidget, paths: Sequence[Path], at: QPoint | None = None) -> None:
    """Drop files on a widget as the system does: they come in, then they are let go."""
    mime, point = QMimeData(), at or QPoint(1, 1)
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(point, action, mime, button, none))
    QApplication.sendEvent(widget, QDropEvent(QPointF(point), action, mime, button, none))


def files_of(event: QDropEvent) -> list[Path]:
    """Return the files that are dragged; none where a document is among them."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [] if any(path.suffix.lower() == SUFFIX for path in paths) else paths
