"""Small pictures of evidence: read in a thread, one after the other, drawn when they are there."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from gui.base import theme
from gui.base.waiting import Running
from gui.base.worker import IsCancelled, Progress
from gui.handin.pictures import read_picture
from gui.paper.pdf_pages import BrokenPdf, PdfPages
from model.basics.errors import UserError
from model.handin import attachments
from model.reading.evidence import Evidence

WIDTH, HEIGHT, ROOM = 44, 46, 50  # px at 100 %: of a picture at most, and the room that all have
MOST = 400  # that are remembered
_made: dict[tuple[str, int], tuple[QPixmap, int]] = {}  # with the count of pages, by content and height


class Thumbnails(QObject):
    """`made(sha)` says that the picture of a content is there; `of(sha)` gives it, None until then."""

    made = Signal(str)

    def __init__(self, path: Callable[[], Path], parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._wanted: list[Evidence] = []
        self._running: Running[bytes] | None = None
        self._hopeless: set[str] = set()  # no pictures, or damaged

    @property
    def is_busy(self) -> bool:
        """Whether some are still to come."""
        return bool(self._wanted) or self._running is not None

    def of(self, evidence: Evidence) -> QPixmap | None:
        """Return the picture of a file."""
        made = _made.get((evidence.sha, theme.px(HEIGHT)))
        return made[0] if made else None

    def pages_of(self, evidence: Evidence) -> int:
        """Return how many pages a PDF has, 0 for what has none or as long as that is not known."""
        made = _made.get((evidence.sha, theme.px(HEIGHT)))
        return made[1] if made else 0

    def want(self, files: Iterable[Evidence]) -> None:
        """Make the pictures of these files, those that there are left out."""
        self._wanted = [
            one
            for one in files
            if one.kind in ("PDF", "图片") and one.sha not in self._hopeless and self.of(one) is None
        ]
        self._go_on()

    def _go_on(self) -> None:
        if self._running is not None or not self._wanted:
            return
        path, one = self._path(), self._wanted[0]

        def read(progress: Progress, cancelled: IsCancelled) -> bytes:
            try:
                return attachments.content_of(path, one.sha)
            except UserError:
                return b""

        self._running = Running(read)
        self._running.worker.finished.connect(self._read)
        self._running.worker.start()

    def _read(self) -> None:
        running, self._running = self._running, None
        if running is None or not self._wanted:
            return
        one = self._wanted.pop(0)
        picture, pages = _drawn(running.result())
        if picture.isNull():
            self._hopeless.add(one.sha)
        else:
            while len(_made) >= MOST:
                del _made[next(iter(_made))]
            _made[one.sha, theme.px(HEIGHT)] = _framed(picture), pages
            self.made.emit(one.sha)
        self._go_on()


def _drawn(content: bytes) -> tuple[QImage, int]:
    """Draw the first page or the picture, null for what is none, and count the pages."""
    room = QSize(theme.px(WIDTH), theme.px(HEIGHT))
    if not content.startswith(b"%PDF"):
        return read_picture(content, room), 0
    try:
        pages = PdfPages(content)
    except BrokenPdf:
        return QImage(), 0
    try:
        size = pages.sizes_mm[0]
        scale = min(room.width() / size.width(), room.height() / size.height())
        picture = pages.picture(0, max(round(size.width() * scale * 2), 1))
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        return picture.scaled(room, keep, smooth), len(pages)
    except (BrokenPdf, IndexError):
        return QImage(), 0
    finally:
        pages.close()


def _framed(picture: QImage) -> QPixmap:
    """With a line around it, as paper on the table, in the middle of its room: light in every look."""
    made = QPixmap(theme.px(ROOM), theme.px(HEIGHT))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    left, top = (made.width() - picture.width()) // 2, (made.height() - picture.height()) // 2
    painter.drawImage(left, top, picture)
    painter.setPen(theme.colour("edge"))
    painter.drawRect(left, top, picture.width() - 1, picture.height() - 1)
    painter.end()
    return made


def icon_of_file() -> QPixmap:
    """The icon of a file that has no picture, in the same room."""
    made = QPixmap(theme.px(ROOM), theme.px(HEIGHT))
    made.fill(Qt.GlobalColor.transparent)
    side = theme.px(20)
    painter = QPainter(made)
    place = QRect((made.width() - side) // 2, (made.height() - side) // 2, side, side)
    painter.drawPixmap(place, theme.icon_pixmap("page", "text", 20))
    painter.end()
    return made
