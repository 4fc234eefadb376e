"""A piece of evidence in the window: pages of a PDF, a picture, else only what it is; nothing is run."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.base import ask, theme
from gui.base.parts import size_on_screen
from gui.base.plain import Label, tip
from gui.handin.opening_here import ABOUT, may_be_opened, open_here
from gui.handin.pictures import read_picture
from gui.paper.page_view import Desk, ShownPages
from gui.paper.pdf_pages import BrokenPdf, PdfPages
from model.basics.errors import UserError
from model.basics.files import refusals, write_new
from model.handin.numbered import own_name
from model.reading.evidence import Evidence, in_bytes

SIZE = (900, 640)
WIDEST = 1600  # px of a picture on screen
NOT_SHOWN = "这种文件在这里看不了，可以在本机打开，或者另存出来。"
RUNS = "这种文件在这里看不了，也可能会运行，所以只能另存出来。"
BROKEN = "这个文件打不开，可能已经损坏；可以另存出来再看。"


class EvidenceDialog(QDialog):
    """Shows a content; 在本机打开 opens a copy with another program, 另存… writes it into a folder."""

    def __init__(self, evidence: Evidence, content: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(evidence.title or evidence.file)
        self.resize(size_on_screen(self, SIZE))
        self._evidence, self._content = evidence, content
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(12))
        column.setSpacing(theme.px(10))
        self.shown = self._make()
        column.addWidget(self.shown, stretch=1)
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(20), 0, theme.px(20), 0)
        row.setSpacing(theme.px(8))
        about = f"{evidence.file} · {evidence.kind} · {in_bytes(evidence.size)}"
        self.about = Label(about, objectName="caption", wordWrap=True)
        row.addWidget(self.about, stretch=1)
        self.open_button = QPushButton("在本机打开")
        self.open_button.setToolTip(tip(ABOUT))
        if not may_be_opened(own_name(evidence)):
            self.open_button.hide()
        self.save, self.close_button = QPushButton("另存…"), QPushButton("关闭")
        for button in (self.open_button, self.save, self.close_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        column.addLayout(row)
        self.open_button.clicked.connect(self._open)
        self.save.clicked.connect(self._save)
        self.close_button.clicked.connect(self.reject)

    def _make(self) -> QWidget:
        if self._content.startswith(b"%PDF"):
            try:
                desk = Desk()
                desk.setAccessibleName("材料")
                desk.show_pages(ShownPages(self._content, PdfPages(self._content), ()))
                return desk
            except BrokenPdf:
                return _sentence(BROKEN)
        if self._evidence.kind == "图片":
            picture = read_picture(self._content, QSize(WIDEST, WIDEST * 20))
            return _sentence(BROKEN) if picture.isNull() else _scrolled(picture)
        return _sentence(NOT_SHOWN if may_be_opened(own_name(self._evidence)) else RUNS)

    def _open(self) -> None:
        try:
            open_here(own_name(self._evidence), lambda: self._content)
            self.about.setText(ABOUT)
        except UserError as error:
            self.about.setText(str(error))

    def _save(self) -> None:
        folder = ask.folder_name(self, Path.home(), "另存材料")
        if folder is None:
            return
        path = folder / own_name(self._evidence)
        try:
            with refusals("写入", path):
                write_new(path, self._content)
            self.about.setText(f"已另存到“{path}”。")
        except UserError as error:
            self.about.setText(str(error))


def _scrolled(picture: QImage) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName("材料")
    area.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label = Label()
    width = min(picture.width(), theme.px(SIZE[0] - 24))
    mode = Qt.TransformationMode.SmoothTransformation
    label.setPixmap(QPixmap.fromImage(picture.scaledToWidth(width, mode)))
    area.setWidget(label)
    return area


def _sentence(text: str) -> Label:
    label = Label(text, objectName="quiet", wordWrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
