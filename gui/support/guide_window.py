"""The user guide in a window of its own: the chapters of resources/guide, their texts and pictures."""

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QWidget,
)

import resources
from gui.base import theme
from gui.base.parts import keep_room_to_scroll

_FOLDER = "guide"
_LINE_HEIGHT = 125  # per cent


class Chapter(NamedTuple):
    """A chapter: its heading and its text in Markdown."""

    title: str
    text: str


def chapters() -> list[Chapter]:
    """Return the chapters in their order, what is new at the end; a chapter's heading is its first line."""
    files = [*sorted(resources.path(_FOLDER).glob("*.md")), resources.path("CHANGES.md")]
    texts = [file.read_text(encoding="utf-8") for file in files]
    return [Chapter(text.splitlines()[0].lstrip("# "), text) for text in texts]


class GuideWindow(QDialog):
    """Shows one chapter, first that with the number `at`, -1 the last one.

    What is typed into the search line leaves the chapters that hold it.
    """

    def __init__(self, parent: QWidget | None = None, at: int = 0) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("使用手册 － 自评簿")
        self.resize(QSize(theme.px(1060), theme.px(680)).boundedTo(self.screen().availableSize()))
        self._chapters = chapters()
        self.search = QLineEdit(placeholderText="在手册中查找", clearButtonEnabled=True)
        self.search.setAccessibleName("在手册中查找")
        self.search.setFixedWidth(theme.px(232))
        self.contents = QListWidget()
        self.contents.setAccessibleName("目录")
        self.contents.setFixedWidth(theme.px(232))
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setObjectName("contents")
        self.page = _Page()
        grid = QGridLayout(self)
        grid.setSpacing(theme.px(12))
        grid.setColumnMinimumWidth(0, theme.px(232))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.search, 0, 0)
        grid.addWidget(self.contents, 1, 0)
        grid.addWidget(self.page, 0, 1, 2, 1)
        self._fill(self._chapters)
        self.contents.currentRowChanged.connect(lambda _: self._show())
        self.search.textChanged.connect(self._look_for)
        self.search.returnPressed.connect(self._find_next)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        self.contents.setCurrentRow(at % len(self._chapters))
        self._show()
        self.contents.setFocus()

    def _fill(self, found: list[Chapter]) -> None:
        self.contents.clear()
        for chapter in found:
            item = QListWidgetItem(chapter.title, self.contents)
            item.setData(Qt.ItemDataRole.UserRole, chapter.text)
        if not found:
            QListWidgetItem("没有找到", self.contents).setFlags(Qt.ItemFlag.NoItemFlags)
        self.contents.setCurrentRow(0 if found else -1)

    def _look_for(self, word: str) -> None:
        wanted = word.strip().casefold()
        self._fill([chapter for chapter in self._chapters if wanted in chapter.text.casefold()])
        if wanted:
            self.page.find(word.strip())

    def _find_next(self) -> None:
        """The next place in this chapter, from its end again from the top."""
        word = self.search.text().strip()
        if word and not self.page.find(word):
            self.page.moveCursor(QTextCursor.MoveOperation.Start)
            self.page.find(word)

    def _show(self) -> None:
        item = self.contents.currentItem()
        text = item.data(Qt.ItemDataRole.UserRole) if item else None
        if text is not None:
            self.page.show_text(text)


class _Page(QTextBrowser):
    """A text with pictures that are never wider than the page; it opens no addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName("手册正文")
        self.document().setDocumentMargin(theme.px(20))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_room_to_scroll(self)
        self._text = ""

    def show_text(self, text: str) -> None:
        """Show a text in Markdown from its top."""
        self._text = text
        self.document().clear()
        self.setMarkdown(text.replace("\n* ", "\n- "))  # Qt draws a * as a ring
        self._space_lines()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the guide as wide as the page at most, sharp on every screen."""
        picture = QImage(str(resources.path(f"{_FOLDER}/{QUrl(name).fileName()}")))
        if picture.isNull():
            return super().loadResource(kind, name)
        ratio = self.devicePixelRatioF()
        room = round((self.viewport().width() - 2 * self.document().documentMargin()) * ratio)
        picture = picture.scaledToWidth(
            max(min(room, round(picture.width() * ratio)), 1), Qt.TransformationMode.SmoothTransformation
        )
        picture.setDevicePixelRatio(ratio)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the width."""
        super().resizeEvent(event)
        if self._text and event.size().width() != event.oldSize().width():
            place = self.verticalScrollBar().value() / max(self.verticalScrollBar().maximum(), 1)
            self.show_text(self._text)
            self.verticalScrollBar().setValue(round(place * self.verticalScrollBar().maximum()))

    def _space_lines(self) -> None:
        block = self.document().begin()
        while block.isValid():
            wanted = QTextBlockFormat()
            wanted.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            wanted.setBottomMargin(theme.px(6))
            QTextCursor(block).mergeBlockFormat(wanted)
            block = block.next()
