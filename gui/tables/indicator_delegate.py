"""Draws and edits the cells of the indicator table: wrapped texts, merged labels in view, bands, reasons."""

from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.base import theme
from gui.editors.cells import UndoOfWindow
from gui.session.marks import QUIET, STATES, icon_of
from gui.tables.indicator_model import FIGURES, KIND, LABELS, IndicatorTableModel, band_title
from model.basics import number

SIDE, TOP = 11, 8
ROW, BAND = 40, 58
REASON_LABEL = 96
MARK = 20  # room for an icon at the end of a cell
CORNER = 10  # a small icon at the side of a cell, where no text stands
MARK_GROUNDS = {"error": "error_soft", "warning": "warn_soft"}
NARROW = ("judged", "weight", "computed", "score")
WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | WRAP)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | WRAP)
DIRECTIONS = (("", "按目标值"), ("≥", "≥ 越多越好"), ("≤", "≤ 越少越好"), ("=", "= 正好"))


class IndicatorDelegate(QStyledItemDelegate):
    """One delegate for the whole table; the view is its parent."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.replaces = False  # whether the key that opens an editor takes the place of the text

    # --- sizes

    def height(self, model: IndicatorTableModel, row: int) -> int:
        """Return how high a line has to be for its texts."""
        kind = model.lines[row].kind
        if kind == "band":
            return theme.px(BAND)
        if kind == "reason":
            text = model.index(row, 0).data() or _reason_hint()
            width = self._reason_width(model)
            return max(theme.px(ROW), text_height(text, width) + theme.px(2 * TOP))
        texts = (
            (model.index(row, n).data(), self._view.columnWidth(n) - theme.px(2 * SIDE) - 1)  # the grid
            for n, column in enumerate(model.columns)
            if column.key not in LABELS or self._view.rowSpan(row, n) == 1
        )
        heights = [text_height(text, width) for text, width in texts]
        if model.lines[row].id in model.marks.rows:
            heights += self._marked_heights(model, row)
        return max(theme.px(ROW), max(heights) + theme.px(2 * TOP))

    def _marked_heights(self, model: IndicatorTableModel, row: int) -> Iterator[int]:
        """A text with an icon beside it has less room."""
        for n, column in enumerate(model.columns):
            index = model.index(row, n)
            mark = model.mark_at(index) if column.key not in (*LABELS, *NARROW) else None
            if mark is not None and mark.state:
                width = self._view.columnWidth(n) - theme.px(2 * SIDE + MARK)
                yield text_height(index.data(), width)

    def _reason_width(self, model: IndicatorTableModel) -> int:
        first = model.first_free
        width = sum(self._view.columnWidth(n) for n in range(first, len(model.columns)))
        return width - theme.px(REASON_LABEL + 2 * SIDE)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """The view sets heights itself."""
        return QSize(theme.px(60), theme.px(ROW))

    # --- drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one cell."""
        model = index.model()
        assert isinstance(model, IndicatorTableModel)
        painter.save()
        kind = index.data(KIND)
        if kind == "band":
            self._paint_band(painter, option.rect, model, index)
        elif kind == "reason" and index.column() >= model.first_free:
            self._paint_reason(painter, option.rect, index)
        elif kind == "row":
            self._paint_cell(painter, option, model, index)
        if index == self._view.currentIndex():
            ring(painter, option.rect)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, option: QStyleOptionViewItem, model: IndicatorTableModel, index: QModelIndex
    ) -> None:
        key = model.key_at(index)
        current = self._view.currentIndex()
        here = current.isValid() and current.row() == index.row() and key not in LABELS
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and key not in LABELS
        mark = model.mark_at(index)
        state = mark.state if mark is not None else ""
        plain = "raised" if key == "computed" or model.is_unused(index) else "surface"
        ground = "accent_soft" if (here or selected) and not model.is_unused(index) else plain
        painter.fillRect(option.rect, theme.colour(MARK_GROUNDS.get(state, ground)))
        side = theme.px(SIDE if key not in NARROW else SIDE - 3)
        box = option.rect.adjusted(side, 0, -side, 0)
        text = index.data() or ""
        if key in LABELS:
            self._paint_label(painter, box, model, index, text)
            return
        painter.setFont(_font_of(key, text))
        sign = state or model.origin_at(index)
        if sign in QUIET:
            paint_corner(painter, option.rect, sign)
        elif sign:
            box = _paint_mark_of(painter, box, sign, key, text)
        painter.setPen(theme.colour(_token_of(key, text, model, index)))
        painter.drawText(box, _RIGHT if key in FIGURES else _LEFT, text)

    def _paint_label(
        self, painter: QPainter, box: QRect, model: IndicatorTableModel, index: QModelIndex, text: str
    ) -> None:
        """A merged label stays in view; under it stands what its weights wrongly add up to."""
        seen = box.intersected(self._view.viewport().rect())
        box = seen if seen.height() >= theme.px(2 * ROW) else box
        key = model.key_at(index)
        text = _label(text, box.width())
        painter.setFont(_font_of(key, text))
        painter.setPen(theme.colour(_token_of(key, text, model, index)))
        off, state = model.marks.of_label(text) if key == "level1" else ("", "")
        if not off:
            painter.drawText(box, _LEFT, text)
            return
        height = text_height(text, box.width())
        top = box.top() + max((box.height() - height - theme.px(40)) // 2, theme.px(2))
        painter.drawText(QRect(box.left(), top, box.width(), height), _LEFT, text)
        _paint_off(painter, QPoint(box.left(), top + height), box, off, state)

    def _paint_band(
        self, painter: QPainter, rect: QRect, model: IndicatorTableModel, index: QModelIndex
    ) -> None:
        painter.fillRect(rect, theme.colour("raised"))
        goal = model.lines[index.row()].id
        form = model.form
        name = band_title(form, goal)
        block, count = model.band(goal)
        upper = QRect(rect.left(), rect.top() + theme.px(6), rect.width(), theme.px(24))
        upper.adjust(theme.px(SIDE), 0, -theme.px(SIDE), 0)
        lower = upper.translated(0, theme.px(23))
        painter.setFont(theme.font(theme.BODY, 600))
        painter.setPen(theme.colour("text"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, name)
        if sign := model.sign_at(index):
            at = upper.left() + painter.fontMetrics().horizontalAdvance(name) + theme.px(8)
            painter.drawPixmap(at, upper.center().y() - theme.px(7), _mark_icon(sign))
        if block is not None:
            points = "—" if block.points is None else number.show(block.points)
            score = "—" if block.score is None else number.show(block.score)
            painter.setPen(theme.colour("error" if block.is_off else "text"))
            painter.drawText(
                upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{score} / {points} 分"
            )
        weights = "" if block is None or block.weights is None else f"，分值合计 {number.show(block.weights)}"
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour("text2"))
        right = f"{count} 项指标{weights}"
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, right)
        room = lower.width() - painter.fontMetrics().horizontalAdvance(right) - theme.px(24)
        text = (index.data() or "").replace("\n", " ")
        if form.definition.indicators.goal_text:
            text = text or "双击填写目标内容"
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_reason(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        text = index.data() or ""
        model = index.model()
        assert isinstance(model, IndicatorTableModel)
        mark = model.mark_at(index)
        state = (mark.state if mark is not None else "") or ("" if text else "warning")
        token = "text" if text else STATES[state][2]
        painter.fillRect(rect, theme.colour(MARK_GROUNDS.get(state, "surface")))
        box = rect.adjusted(theme.px(SIDE), 0, -theme.px(SIDE), 0)
        icon = _mark_icon(state) if state else theme.icon_pixmap("note", "text2", 14)
        painter.drawPixmap(box.left(), box.center().y() - theme.px(7), icon)
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour(STATES[state][2] if state else "text2"))
        painter.drawText(box.adjusted(theme.px(22), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "扣分原因")
        painter.setFont(theme.font())
        painter.setPen(theme.colour(token))
        painter.drawText(
            box.adjusted(theme.px(REASON_LABEL), 0, 0, 0),
            Qt.AlignmentFlag.AlignVCenter | WRAP,
            text or _reason_hint(),
        )
        if sign := model.origin_at(index):
            paint_corner(painter, rect, sign)

    # --- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:
        """A text field that grows, or the choices of a direction or level."""
        model = index.model()
        assert isinstance(model, IndicatorTableModel)
        if model.lines[index.row()].kind == "row" and model.key_at(index) == "judged":
            return ChoiceEditor(parent, self, model, index)
        editor = TextEditor(parent, self)
        editor.setAccessibleName(f"{model.columns[index.column()].caption}")
        if model.lines[index.row()].kind == "row" and model.key_at(index) in LABELS:
            return editor
        persistent = QModelIndex(index)
        editor.textChanged.connect(lambda: self._typed(editor, persistent))
        return editor

    def _typed(self, editor: "TextEditor", index: QModelIndex) -> None:
        model = index.model()
        if editor.is_filling or not isinstance(model, IndicatorTableModel):
            return
        at = self._view.indexAt(editor.geometry().center())
        model.type_into(at if at.isValid() else index, editor.toPlainText(), editor)

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        """Show what the document has, unless it is what the editor itself has typed."""
        text = index.data(Qt.ItemDataRole.EditRole) or ""
        if isinstance(editor, TextEditor):
            editor.fill(text, self.replaces)
        elif isinstance(editor, ChoiceEditor):
            editor.choose(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex) -> None:
        """Labels are taken over when their editor closes; other cells have been at every key."""
        if isinstance(editor, TextEditor) and editor.toPlainText() != (
            index.data(Qt.ItemDataRole.EditRole) or ""
        ):
            model.setData(index, editor.toPlainText())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """The editor covers its cell, and more where its text needs it."""
        rect = QRect(option.rect)
        if index.data(KIND) == "reason":
            rect.setLeft(rect.left() + theme.px(REASON_LABEL))
        elif index.data(KIND) == "band":
            rect.setTop(rect.top() + theme.px(26))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Enter and Tab move on as in a spreadsheet; Alt+Enter breaks the line; Esc closes."""
        if isinstance(event, QKeyEvent) and isinstance(editor, TextEditor):
            pressed = event.type() == QEvent.Type.KeyPress
            return (pressed and self._moves(editor, event)) or super().eventFilter(editor, event)
        return super().eventFilter(editor, event)

    def _moves(self, editor: "TextEditor", event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and modifiers & Qt.KeyboardModifier.AltModifier:
            editor.insertPlainText("\n")
            return True
        steps = {Qt.Key.Key_Tab: "next", Qt.Key.Key_Backtab: "previous"}
        step = steps.get(Qt.Key(key))
        if enter:
            step = "up" if modifiers & Qt.KeyboardModifier.ShiftModifier else "down"
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                step = "new"
        if step is None:
            return False
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
        self._view.go(step)  # type: ignore[attr-defined]
        return True


class TextEditor(UndoOfWindow, QPlainTextEdit):
    """A cell in the making: plain text, undo left to the window."""

    def __init__(self, parent: QWidget, delegate: IndicatorDelegate) -> None:
        super().__init__(parent)
        self.is_filling = False
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(theme.font())
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setStyleSheet(
            f"QPlainTextEdit {{ border: 2px solid {theme.colour('accent').name()}; border-radius: 4px; "
            f"padding: {theme.px(3)}px {theme.px(5)}px; background: {theme.colour('surface').name()}; }}"
        )
        self.document().setDocumentMargin(theme.px(2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A cell that has grown shows its first line again."""
        super().resizeEvent(event)
        self.verticalScrollBar().setValue(0)
        self.ensureCursorVisible()

    def fill(self, text: str, replaces: bool) -> None:
        """Put the text of the document in, if it differs; the next key goes on with it or replaces it."""
        if text != self.toPlainText():
            self.is_filling = True
            self.setPlainText(text)
            if replaces:
                self.selectAll()
            else:
                self.moveCursor(QTextCursor.MoveOperation.End)
            self.is_filling = False


class ChoiceEditor(QComboBox):
    """Direction of a number, or level of prose."""

    def __init__(
        self, parent: QWidget, delegate: IndicatorDelegate, model: IndicatorTableModel, index: QModelIndex
    ) -> None:
        super().__init__(parent)
        row = model.lines[index.row()].id
        if model.is_prose(row):
            self._values = ["", *(band.level for band in model.form.regulation.scheme.bands)]
            self.addItems(["未选", *self._values[1:]])
        else:
            self._values = [value for value, _ in DIRECTIONS]
            self.addItems([text for _, text in DIRECTIONS])
        self.setAccessibleName("方向或档次")
        self.activated.connect(lambda n: self._chosen(delegate, model, QModelIndex(index), n))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the table and never changes a value."""
        event.ignore()

    def choose(self, value: str) -> None:
        """Show what the document has."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def _chosen(
        self, delegate: IndicatorDelegate, model: IndicatorTableModel, index: QModelIndex, n: int
    ) -> None:
        model.type_into(index, self._values[n], None)
        delegate.closeEditor.emit(self)


def _label(text: str, width: int) -> str:
    """A label that is too wide breaks before 指标, if that is enough."""
    head, advance = text.removesuffix("指标"), _metrics().horizontalAdvance
    if advance(text) <= width or head in (text, "") or advance(head) > width:
        return text
    return f"{head}\n指标"


def _reason_hint() -> str:
    return "请写明扣分原因"


def text_height(text: str, width: int) -> int:
    """Return how high a text is in a cell of this width; 0 without any."""
    if not text:
        return 0
    metrics = _metrics()
    if "\n" not in text and metrics.horizontalAdvance(text) <= width:
        return metrics.lineSpacing()
    return metrics.boundingRect(QRect(0, 0, max(width, 20), 10_000), WRAP, text).height()


def _metrics() -> QFontMetrics:
    return _metrics_of(theme.px(theme.BODY))


@cache
def _metrics_of(pixels: int) -> QFontMetrics:
    """Measuring begins with finding the font: once for each size."""
    return QFontMetrics(theme.font())


def _font_of(key: str, text: str) -> QFont:
    if key == "judged" or (key == "computed" and "–" in text):
        return theme.font(theme.CAPTION)
    return theme.font(theme.BODY, 500) if key == "score" or key == "level1" else theme.font()


def _token_of(key: str, text: str, model: IndicatorTableModel, index: QModelIndex) -> str:
    row = model.lines[index.row()].id
    if key == "score" and not model.is_typed_score(row):
        return "text2"
    if key == "computed":
        return "warn" if text == "待核" else "text2"
    if key == "name" and model.row_of(row).is_none:
        return "dis"
    if key == "judged":
        return "dis" if model.is_preset(index) else "text"
    return "text2" if key == "level2" else "text"


def _mark_icon(state: str) -> QPixmap:
    return theme.icon_pixmap(*icon_of(state), 14)


def paint_mark(painter: QPainter, box: QRect, state: str) -> QRect:
    """Draw the icon at the end of a cell; return the room that is left for the text."""
    edge = theme.px(14)
    painter.drawPixmap(box.right() - edge, box.center().y() - edge // 2, _mark_icon(state))
    return box.adjusted(0, 0, -theme.px(MARK), 0)


def paint_corner(painter: QPainter, rect: QRect, sign: str) -> None:
    """A small icon beside the text's right edge takes no room from the text."""
    at = QPoint(rect.right() - theme.px(CORNER + 1), rect.top() + theme.px(2))
    painter.drawPixmap(at, theme.icon_pixmap(*icon_of(sign), CORNER))


def _paint_mark_of(painter: QPainter, box: QRect, state: str, key: str, text: str) -> QRect:
    """In a narrow column the icon stands before the figure, and leaves it all the room."""
    if key not in NARROW:
        return paint_mark(painter, box, state)
    edge, left = theme.px(14), box.left() - theme.px(5)
    fits = painter.fontMetrics().horizontalAdvance(text) <= box.right() - left - edge - 1
    top = box.center().y() - edge // 2 if fits else box.top() + theme.px(3)
    painter.drawPixmap(left, top, _mark_icon(state))
    return box


def _paint_off(painter: QPainter, at: QPoint, box: QRect, off: str, state: str) -> None:
    """Draw 65≠50 under a label, with an icon above where there is room for both."""
    token = STATES[state][2] if state else "text2"
    y = at.y() + theme.px(3)
    if state and y + theme.px(36) <= box.bottom():
        painter.drawPixmap(at.x(), y, _mark_icon(state))
        y += theme.px(16)
    painter.setFont(theme.font(theme.CAPTION))
    painter.setPen(theme.colour(token))
    painter.drawText(QRect(at.x(), y, box.width() + theme.px(SIDE), theme.px(18)), _LEFT, off)


def ring(painter: QPainter, rect: QRect) -> None:
    """Draw where the cursor is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 3, 3)
