"""How the lines of the list of subjects are drawn, and the cell of a code, which finds subjects."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView, QWidget

from gui.accounts.grey_delegate import LINE, GreyDelegate
from gui.accounts.list_columns import CODE
from gui.accounts.subject_editor import SubjectEditor
from gui.accounts.subjects_model import FROZEN, SubjectsModel
from gui.base import theme
from gui.base.breaking import draw
from gui.base.qt import Index, rect_of, state_of
from gui.tables.cell_drawing import MARK, MARK_GROUNDS, SIDE, TOP, paint_mark, text_height
from gui.tables.keys import step_of

REASON = "原因"
_CAPTION = 36  # px: the room of the word before a reason
_WANTED = "{}年初预算，请写主要原因，如“年中退休 1 人”"


class SubjectsDelegate(GreyDelegate):
    """Bands name 类 and 款 over code and name; a reason stands below its row as wide as the window shows."""

    def __init__(self, view: QTableView, model: SubjectsModel) -> None:
        super().__init__(view, model, model)
        self._list = model

    def height(self, line: int) -> int:
        """Every line is as high as the other but for a reason of several lines."""
        if self._list.lines[line].kind != "reason":
            return theme.px(LINE)
        text = self._list.shown(self._list.index(line, 1), editing=False)
        width = self._reason_box(QRect(0, 0, 0, 0)).width() - theme.px(MARK)
        return max(theme.px(LINE), text_height(text, width) + 2 * theme.px(TOP))

    # --- drawing

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        kind = self._list.lines[index.row()].kind
        if kind == "reason":
            self._paint_reason(painter, option, index)
        elif kind == "band" and index.column() < FROZEN:
            self._paint_band(painter, option, index)
        else:
            super().paint_cell(painter, option, index)

    def _paint_band(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Codes, the name, and where one band speaks of both, the 款 quietly behind it."""
        rect = rect_of(option)
        chosen = bool(state_of(option) & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.colour("accent_soft" if chosen else "raised"))
        box = rect.adjusted(theme.px(SIDE), 0, -theme.px(SIDE), 0)
        texts = self._list.band_texts(self._list.lines[index.row()].id)
        for text, weight, token in zip(texts, (400, 600, 400), ("text2", "text", "text2"), strict=True):
            painter.setFont(theme.font(theme.BODY, weight))
            painter.setPen(theme.colour(token))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
            box.setLeft(box.left() + metrics.horizontalAdvance(shown) + theme.px(8))

    def _paint_reason(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = rect_of(option)
        if index.column() == 0:
            painter.fillRect(rect, theme.colour("surface"))
            return
        state = self._list.mark_at(index).state
        chosen = bool(state_of(option) & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.colour("accent_soft" if chosen else MARK_GROUNDS.get(state, "surface")))
        box = self._reason_box(rect)
        if state:
            box = paint_mark(painter, box, state)
        self._paint_words(painter, box, index, state)

    def _paint_words(self, painter: QPainter, box: QRect, index: Index, state: str) -> None:
        text = self._list.shown(index, editing=False)
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour("text2"))
        caption = QRect(box.left() - theme.px(_CAPTION), box.top(), theme.px(_CAPTION), theme.px(LINE))
        painter.drawText(caption, int(Qt.AlignmentFlag.AlignVCenter), REASON)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("warn" if state and not text else "text"))
        words = text or (_WANTED.format(self._list.is_over(index.row())) if state else "")
        lines = box.adjusted(0, theme.px(TOP), 0, 0)
        draw(painter, lines, int(Qt.AlignmentFlag.AlignTop), words)

    def _reason_box(self, rect: QRect) -> QRect:
        """Where a reason is written: beside the code, as far as the window shows the table."""
        code, seen = self._view.columnWidth(0), self._view.viewport().width()
        left = code + theme.px(SIDE + _CAPTION)
        return QRect(left, rect.top(), max(seen - left - theme.px(SIDE), theme.px(100)), rect.height())

    # --- the editor

    def editor_rect(self, index: Index, cell: QRect) -> QRect:
        """The editor of a reason covers what is in sight of it."""
        if self._list.lines[index.row()].kind != "reason":
            return cell
        left = self._view.columnWidth(0)
        return QRect(left, cell.top(), self._view.viewport().width() - left, cell.height())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field that finds subjects for a code, a plain one else."""
        model = self._list
        if not model.is_row(index.row()) or model.columns[index.column()].path != CODE:
            return super().createEditor(parent, option, index)
        editor = SubjectEditor(parent, index, model.accounts.subjects)
        editor.setAccessibleName(model.caption(index.column()))
        editor.taken.connect(lambda: self._leave(editor))
        return editor

    def _leave(self, editor: SubjectEditor) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def eventFilter(self, editor: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """The list of what is found has its keys first."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if isinstance(editor, SubjectEditor) and is_key:
            assert isinstance(event, QKeyEvent)
            if editor.walks(event):
                return True
            if step_of(event):
                editor.take()
        return super().eventFilter(editor, event)
