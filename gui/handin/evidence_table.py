"""The files of evidence, one a line with its small picture; dragged, or moved by keys, into another order."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from gui.base import theme
from gui.base.plain import tip
from gui.handin.evidence_pictures import HEIGHT, ROOM, Thumbnails, icon_of_file
from model.reading.evidence import Evidence, in_bytes

CAPTIONS = ("序号", "名称", "用于")
ROW, MOST_ROWS = 56, 8  # px at 100 %
_NAME = 1


class EvidenceTable(QTableWidget):
    """`show_wanted`, `remove_wanted`, `rename_wanted`, `use_wanted`: the marked file; `moved(row, at)`
    puts one before a position among the others."""

    show_wanted = Signal()
    remove_wanted = Signal()
    rename_wanted = Signal()
    use_wanted = Signal()
    moved = Signal(int, int)

    def __init__(self, pictures: Thumbnails) -> None:
        super().__init__(0, len(CAPTIONS))
        self._pictures = pictures
        self._files: Sequence[Evidence] = ()
        pictures.made.connect(self._show_pictures)
        self.setAccessibleName("佐证材料")
        self.setHorizontalHeaderLabels(CAPTIONS)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setIconSize(QSize(theme.px(ROOM), theme.px(HEIGHT)))
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, theme.px(56))
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.cellDoubleClicked.connect(lambda *_: self.show_wanted.emit())

    def show_files(self, files: Sequence[Evidence], used_for: Sequence[str]) -> None:
        """Show other lines; the mark stays where it was."""
        row = self.currentRow()
        self._files = files
        self.setRowCount(len(files))
        for n, (one, use) in enumerate(zip(files, used_for, strict=True)):
            for column, text in enumerate((str(n + 1), "", use)):
                item = QTableWidgetItem(text)
                item.setToolTip(tip(one.file if column == _NAME else text))
                if column < _NAME:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(n, column, item)
            self.setRowHeight(n, theme.px(ROW))
        self._show_pictures()
        self._pictures.want(files)
        if files and row >= 0:
            self.selectRow(min(row, len(files) - 1))
        rows = min(max(len(files), 1), MOST_ROWS)
        self.setFixedHeight(rows * theme.px(ROW) + self.horizontalHeader().height() + theme.px(8))

    def _show_pictures(self, *_: object) -> None:
        """A file has its picture, or an icon where there is none."""
        for n, one in enumerate(self._files):
            item = self.item(n, _NAME)
            if item is not None:
                pages = self._pictures.pages_of(one)
                about = (one.kind, f"{pages} 页" if pages else "", in_bytes(one.size))
                item.setText(
                    f"{' '.join((one.title or one.file).split())}\n{' · '.join(filter(None, about))}"
                )
                picture = self._pictures.of(one)
                item.setData(Qt.ItemDataRole.DecorationRole, picture or icon_of_file())

    # --- another order

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Lines of our own may be put anywhere."""
        super().dragMoveEvent(event)
        if event.source() is self:
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the marked line where it was let go; nothing is taken away by Qt."""
        if event.source() is not self:
            event.ignore()
            return
        point = event.position().toPoint()
        at = self.rowAt(point.y())
        if at < 0:
            at = len(self._files)
        elif point.y() > self.rowViewportPosition(at) + self.rowHeight(at) // 2:
            at += 1
        row = self.currentRow()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self._move(row, at - 1 if at > row else at)

    def _move(self, row: int, at: int) -> None:
        if row >= 0 and at != row and 0 <= at < len(self._files):
            self.moved.emit(row, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar show a file, Del moves it out, F2 renames it, Ctrl+L says what it is for,
        Alt with an arrow moves it."""
        key, row = event.key(), self.currentRow()
        with_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        with_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if with_alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(row, row + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.show_wanted.emit()
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif key == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        elif with_control and key == Qt.Key.Key_L:
            self.use_wanted.emit()
        else:
            super().keyPressEvent(event)
