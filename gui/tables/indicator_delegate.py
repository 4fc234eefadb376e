"""Draws the cells of the indicator table: wrapped texts, merged labels in view, bands, reasons."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from gui.base import theme
from gui.base.breaking import draw
from gui.base.qt import Index, rect_of, state_of
from gui.session.marks import QUIET, STATES
from gui.tables.cell_drawing import (
    BAND,
    MARK,
    MARK_GROUNDS,
    ROW,
    SIDE,
    TOP,
    fits,
    mark_icon,
    paint_corner,
    paint_mark,
    text_height,
)
from gui.tables.indicator_model import IndicatorTableModel, band_title
from gui.tables.sheet_delegate import SheetDelegate, TextEditor
from gui.tables.sheet_model import Span
from model.basics import number
from model.forms.columns import REASON, Column

if TYPE_CHECKING:
    from gui.tables.name_offers import NameOffers

REASON_LABEL = 96
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class IndicatorDelegate(SheetDelegate):
    """One delegate for the whole table."""

    _model: IndicatorTableModel
    _offers: "NameOffers | None" = None

    # --- sizes

    def height(self, line: int) -> int:
        """Return how high a line has to be for its texts."""
        model, row = self._model, line
        kind = model.lines[row].kind
        if kind == "band":
            return theme.px(BAND)
        if kind == "reason":
            text = model.index(row, 0).data() or _reason_hint()
            width = self._reason_width()
            return max(theme.px(ROW), text_height(text, width) + theme.px(2 * TOP))
        texts = (
            (model.index(row, n).data(), self._view.columnWidth(n) - theme.px(2 * SIDE) - 1)  # the grid
            for n, column in enumerate(model.columns)
            if not column.is_label or self._view.rowSpan(row, n) == 1
        )
        heights = [text_height(text, width) for text, width in texts]
        if model.marks.is_any_at(model.lines[row].id, [column.key for column in model.columns]):
            heights += self._marked_heights(row)
        return max(theme.px(ROW), max(heights) + theme.px(2 * TOP))

    def span_height(self, span: Span) -> int:
        """Return how high merged cells have to be for their text."""
        width = self._view.columnWidth(span.column) - theme.px(2 * SIDE) - 1
        text = _label(self._model.index(span.row, span.column).data() or "", width)
        return text_height(text, width) + theme.px(2 * TOP)

    def _marked_heights(self, row: int) -> Iterator[int]:
        """A text with an icon beside it has less room."""
        model = self._model
        for n, column in enumerate(model.columns):
            index = model.index(row, n)
            if not column.is_label and not _is_narrow(column) and model.mark_at(index).state:
                width = self._view.columnWidth(n) - theme.px(2 * SIDE + MARK)
                yield text_height(index.data(), width)

    def _reason_width(self) -> int:
        model = self._model
        first = model.first_free
        width = sum(self._view.columnWidth(n) for n in range(first, len(model.columns)))
        return width - theme.px(REASON_LABEL + 2 * SIDE)

    # --- drawing

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell: the band of a goal, a reason, or a cell of an indicator."""
        model = self._model
        kind = model.lines[index.row()].kind
        if kind == "band":
            self._paint_band(painter, rect_of(option), index)
        elif kind == "reason" and index.column() >= model.first_free:
            self._paint_reason(painter, rect_of(option), index)
        elif kind == "row":
            self._paint_row(painter, option, index)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._model
        column = model.columns[index.column()]
        key = column.key
        current = self._view.currentIndex()
        here = current.isValid() and current.row() == index.row() and not column.is_label
        selected = bool(state_of(option) & QStyle.StateFlag.State_Selected) and not column.is_label
        state = model.mark_at(index).state
        plain = "raised" if key == "computed" or model.is_unused(index) else "surface"
        ground = "accent_soft" if (here or selected) and not model.is_unused(index) else plain
        painter.fillRect(rect_of(option), theme.colour(MARK_GROUNDS.get(state, ground)))
        side = theme.px(SIDE - 3 if _is_narrow(column) else SIDE)
        box = rect_of(option).adjusted(side, 0, -side, 0)
        text = index.data() or ""
        if column.is_label:
            self._paint_label(painter, box, index, text)
            return
        painter.setFont(_font_of(key, text))
        sign = state or model.origin_at(index)
        if sign in QUIET:
            paint_corner(painter, rect_of(option), sign)
        elif sign:
            box = _paint_mark_of(painter, box, sign, column, text)
        painter.setPen(theme.colour(_token_of(key, text, model, index)))
        side = _RIGHT if column.is_figure else _LEFT
        draw(painter, box, side, text)

    def _paint_label(self, painter: QPainter, box: QRect, index: Index, text: str) -> None:
        """A merged label stays in view; under it stands what its weights wrongly add up to."""
        seen = box.intersected(self._view.viewport().rect())
        model, key = self._model, self._model.key_at(index)
        text = _label(text, box.width())
        needed = max(theme.px(2 * ROW), text_height(text, box.width()) + theme.px(2 * TOP))
        box = seen if seen.height() >= needed else box
        painter.setFont(_font_of(key, text))
        painter.setPen(theme.colour(_token_of(key, text, model, index)))
        off, state = model.marks.of_label(text) if key == "level1" else ("", "")
        if not off:
            draw(painter, box, _LEFT, text)
            return
        height = text_height(text, box.width())
        top = box.top() + max((box.height() - height - theme.px(40)) // 2, theme.px(2))
        draw(painter, QRect(box.left(), top, box.width(), height), _LEFT, text)
        _paint_off(painter, QPoint(box.left(), top + height), box, off, state)

    def _paint_band(self, painter: QPainter, rect: QRect, index: Index) -> None:
        model = self._model
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
            painter.drawPixmap(at, upper.center().y() - theme.px(7), mark_icon(sign))
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
            text = text or "双击填写目标内容。"
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_reason(self, painter: QPainter, rect: QRect, index: Index) -> None:
        text = index.data() or ""
        model = self._model
        state = model.mark_at(index).state or ("" if text else "warning")
        token = "text" if text else STATES[state][2]
        painter.fillRect(rect, theme.colour(MARK_GROUNDS.get(state, "surface")))
        box = rect.adjusted(theme.px(SIDE), 0, -theme.px(SIDE), 0)
        icon = mark_icon(state) if state else theme.icon_pixmap("note", "text2", 14)
        painter.drawPixmap(box.left(), box.center().y() - theme.px(7), icon)
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour(STATES[state][2] if state else "text2"))
        painter.drawText(box.adjusted(theme.px(22), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, REASON)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(token))
        box, text = box.adjusted(theme.px(REASON_LABEL), 0, 0, 0), text or _reason_hint()
        draw(painter, box, int(Qt.AlignmentFlag.AlignVCenter), text)
        if sign := model.origin_at(index):
            paint_corner(painter, rect, sign)

    # --- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A name is written with names offered below it."""
        editor = super().createEditor(parent, option, index)
        is_name = self._model.is_row(index.row()) and self._model.key_at(index) == "name"
        if is_name and isinstance(editor, TextEditor):
            self._attend(editor)
        return editor

    def _attend(self, editor: TextEditor) -> None:
        """Names are offered while one is typed."""
        if self._offers is None:
            from gui.tables.name_offers import NameOffers  # not before a name is written

            self._offers = NameOffers(self._view, self._model)
        self._offers.attend(editor)

    def eventFilter(self, editor: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Names that are offered come before the other keys of an open cell."""
        is_pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_pressed and self._offers is not None and self._offers.takes_key(cast(QKeyEvent, event)):
            return True
        return super().eventFilter(editor, event)

    def editor_rect(self, index: Index, cell: QRect) -> QRect:
        """Captions stay in sight beside the editor."""
        kind = self._model.lines[index.row()].kind
        if kind == "reason":
            cell.setLeft(cell.left() + theme.px(REASON_LABEL))
        elif kind == "band":
            cell.setTop(cell.top() + theme.px(26))
        return cell


def _label(text: str, width: int) -> str:
    """A label that is too wide breaks before 指标, if that is enough."""
    head = text.removesuffix("指标")
    if fits(text, width) or head in (text, "") or not fits(head, width):
        return text
    return f"{head}\n指标"


def _reason_hint() -> str:
    return f"请写明{REASON}。"


def _font_of(key: str, text: str) -> QFont:
    if key == "judged" or (key == "computed" and "–" in text):
        return theme.font(theme.CAPTION)
    return theme.font(theme.BODY, 500) if key == "score" or key == "level1" else theme.font()


def _token_of(key: str, text: str, model: IndicatorTableModel, index: Index) -> str:
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


def _is_narrow(column: Column) -> bool:
    return column.kind in ("points", "choice")


def _paint_mark_of(painter: QPainter, box: QRect, state: str, column: Column, text: str) -> QRect:
    """In a narrow column the icon stands before the figure, and leaves it all the room."""
    if not _is_narrow(column):
        return paint_mark(painter, box, state)
    edge, left = theme.px(14), box.left() - theme.px(5)
    fits = painter.fontMetrics().horizontalAdvance(text) <= box.right() - left - edge - 1
    top = box.center().y() - edge // 2 if fits else box.top() + theme.px(3)
    painter.drawPixmap(left, top, mark_icon(state))
    return box


def _paint_off(painter: QPainter, at: QPoint, box: QRect, off: str, state: str) -> None:
    """Draw 65≠50 under a label, with an icon above where there is room for both."""
    token = STATES[state][2] if state else "text2"
    y = at.y() + theme.px(3)
    if state and y + theme.px(36) <= box.bottom():
        painter.drawPixmap(at.x(), y, mark_icon(state))
        y += theme.px(16)
    painter.setFont(theme.font(theme.CAPTION))
    painter.setPen(theme.colour(token))
    painter.drawText(QRect(at.x(), y, box.width() + theme.px(SIDE), theme.px(18)), _LEFT, off)
