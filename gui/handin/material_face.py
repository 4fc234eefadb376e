"""材料 in the pane: a page of the marked file of evidence, turned by buttons, and what is known of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme, waiting
from gui.base.plain import Label, tip
from gui.base.waiting import Running
from gui.handin.opening_here import ABOUT, ONLY_SAVED, may_be_opened, open_here
from gui.handin.pictures import read_picture
from gui.paper.pdf_pages import BrokenPdf, PdfPages
from model.basics.errors import UserError
from model.handin import attachments
from model.handin.numbered import own_name
from model.reading.evidence import Evidence, in_bytes

READING = "正在读取材料…"
NONE = "在左边选一件材料，这里就显示它。"
NOT_SHOWN = "这种文件在这里看不了。"
BROKEN = "这个文件打不开，可能已经损坏。"
_FACTS = ("加入", "原文件", "大小", "用于", "导出名")


class MaterialFace(QScrollArea):
    """Shows one file; it is read in a thread, and nothing is opened but by the button.

    `used_for` and `name_of` say for which indicators a file is, and how the hand-in calls it.
    """

    def __init__(
        self,
        path: Callable[[], Path],
        used_for: Callable[[Evidence], str],
        name_of: Callable[[Evidence], str],
    ) -> None:
        super().__init__()
        self._path, self._used_for, self._name_of = path, used_for, name_of
        self._evidence: Evidence | None = None
        self._asked: Evidence | None = None
        self._running: Running[bytes | str] | None = None
        self._content = b""
        self._pages: PdfPages | None = None
        self._page = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("材料")
        body = QWidget(objectName="page")
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(16), theme.px(16))
        column.setSpacing(theme.px(8))
        self.title = Label("", wordWrap=True)
        self.title.setMinimumWidth(1)
        self.title.setFont(theme.font(theme.BODY + 2, 600))
        self.about = Label("", objectName="caption", wordWrap=True)
        self.shown = Label("", wordWrap=True)
        self.picture = Label()  # by itself: a label that wraps words has no height for a picture
        for label in (self.shown, self.picture):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self.shown)
        column.addWidget(self.picture)
        column.addLayout(self._turning())
        self.said = Label(ABOUT, objectName="caption", wordWrap=True)
        column.addWidget(self.said)
        self._grid = self._known()
        column.addWidget(self._grid)
        column.addStretch()
        self.setWidget(body)
        self.show_file(None)

    def _known(self) -> QWidget:
        """What is known of a file, a line each."""
        self.facts = [Label("", wordWrap=True) for _ in _FACTS]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for n, (name, fact) in enumerate(zip(_FACTS, self.facts, strict=True)):
            fact.setMinimumWidth(1)  # a name may be longer than the pane is wide
            grid.addWidget(Label(name, objectName="caption"), n, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(fact, n, 1)
        lines = QWidget()
        lines.setLayout(grid)
        return lines

    def _turning(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.open_button = QPushButton(theme.icon("open", "accent"), " 在本机打开", objectName="link")
        self.open_button.setToolTip(tip(ABOUT))
        self.open_button.clicked.connect(self.open_file)
        row.addWidget(self.open_button)
        row.addStretch()
        self.back, self.on = (QToolButton(icon=theme.icon(name)) for name in ("left", "right"))
        for button, by, name in ((self.back, -1, "上一页"), (self.on, 1, "下一页")):
            button.setAccessibleName(name)
            button.setToolTip(tip(name))
            button.clicked.connect(lambda _=False, by=by: self.turn(by))
            row.addWidget(button)
        return row

    def show_file(self, evidence: Evidence | None) -> None:
        """Show another file, or none."""
        if evidence is not None and self._evidence is not None and evidence.sha == self._evidence.sha:
            self._evidence = evidence
            self._show_facts(evidence)
            return
        self._evidence, self._content, self._page = evidence, b"", 0
        self._close()
        self.title.setText("")
        for part in (self._grid, self.said, self.open_button):
            part.setVisible(evidence is not None)
        self._show("" if evidence else NONE)
        if evidence is not None:
            self._show_facts(evidence)
            if self.isVisible():
                self._begin()

    def _show_facts(self, evidence: Evidence) -> None:
        """Say what is known of a file."""
        self.title.setText(" ".join((evidence.title or evidence.file).split()))
        size, used_for, name = in_bytes(evidence.size), self._used_for(evidence), self._name_of(evidence)
        texts = (evidence.added, evidence.file, size, used_for, name)
        for fact, text in zip(self.facts, texts, strict=True):
            fact.setText(text)
        self.open_button.setVisible(may_be_opened(own_name(evidence)))
        self.said.setText(ABOUT if may_be_opened(own_name(evidence)) else ONLY_SAVED)

    def open_file(self) -> None:
        """Open a copy of the file that is shown, as the clerk wishes."""
        one, path = self._evidence, self._path()
        if one is None:
            return
        read = partial(attachments.content_of, path, one.sha)
        try:
            open_here(own_name(one), lambda: waiting.do(self.window(), READING, lambda *_: read()))
            self.said.setText(ABOUT)
        except waiting.Cancelled:
            pass
        except UserError as error:
            self.said.setText(str(error))

    def showEvent(self, event: QShowEvent) -> None:
        """What was chosen while the face was hidden is read now."""
        super().showEvent(event)
        self._begin()

    def _begin(self) -> None:
        one = self._evidence
        if one is None or self._running is not None or self._content or one.kind not in ("PDF", "图片"):
            if one is not None and one.kind not in ("PDF", "图片"):
                self._show(NOT_SHOWN)
            return
        path = self._path()

        def read(*_: object) -> bytes | str:
            try:
                return attachments.content_of(path, one.sha)
            except UserError as error:
                return str(error)

        self._asked = one
        self._running = Running(read)
        self._running.worker.finished.connect(self._read)
        self._running.worker.start()

    def _read(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        found = running.result()
        if self._evidence is None or self._asked is None or self._asked.sha != self._evidence.sha:
            self._begin()
        elif isinstance(found, str):
            self._show(found)
        else:
            self._take(found)

    def _take(self, content: bytes) -> None:
        self._content = content
        try:
            self._pages = PdfPages(content) if content.startswith(b"%PDF") else None
            self._draw()
        except BrokenPdf:
            self._show(BROKEN)

    def turn(self, by: int) -> None:
        """Show the next page (1) or the one before (-1)."""
        if self._pages is not None and 0 <= self._page + by < len(self._pages):
            self._page += by
            self._draw()

    def _draw(self) -> None:
        width = max(self.viewport().width() - theme.px(40), theme.px(120))
        one = self._evidence
        if one is None or not self._content:
            return
        try:
            pages = self._pages
            room = QSize(width, width * 20)
            picture = pages.picture(self._page, width) if pages else read_picture(self._content, room)
        except BrokenPdf:
            picture = QImage()
        self._show(BROKEN if picture.isNull() else "")
        if not picture.isNull():
            self.picture.setPixmap(QPixmap.fromImage(picture))
            self.picture.show()

    def _show(self, text: str) -> None:
        """Say a sentence in the place of a page."""
        self.picture.clear()
        self.picture.hide()
        self.shown.setText(text)
        self.shown.setVisible(bool(text))
        count = len(self._pages) if self._pages is not None else 0
        one = self._evidence
        place = f"第 {self._page + 1} / {count} 页" if count else ""
        self.about.setText(" · ".join(filter(None, (one.kind if one else "", place))))
        self.back.setVisible(count > 1)
        self.on.setVisible(count > 1)
        self.back.setEnabled(self._page > 0)
        self.on.setEnabled(self._page + 1 < count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page is as wide as the pane."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def _close(self) -> None:
        if self._pages is not None:
            self._pages.close()
            self._pages = None
