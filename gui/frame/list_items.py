"""How the items of the list at the left look: forms in two lines, outputs in one."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.base import theme
from gui.base.qt import Index, rect_of, state_of

KEY, SECOND, SHARE, COMPLETE, ERRORS, WARNINGS = (Qt.ItemDataRole.UserRole + n for n in range(6))
FORM_HEIGHT, SHEET_HEIGHT = 54, 38
PART = " · "  # between the parts of a name
_LEFT, _TEXT = 12, 40  # of the mark and of the text


class ListItem(QStyledItemDelegate):
    """An item with a rounded ground when it is chosen or under the mouse."""

    height = SHEET_HEIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every item is as high as the other."""
        return QSize(theme.px(200), theme.px(self.height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground, then what a kind of item shows."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = rect_of(option).adjusted(0, 1, 0, -1)
        _ground(painter, state_of(option), rect)
        self.draw(painter, rect, index)
        painter.restore()

    def draw(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw one item."""
        raise NotImplementedError


class FormItem(ListItem):
    """Mark and name, then score and grade with counts of errors and warnings."""

    height = FORM_HEIGHT

    def draw(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw one form."""
        _mark(painter, QPoint(rect.left() + theme.px(_LEFT), rect.top() + theme.px(9)), index)
        left, width = rect.left() + theme.px(_TEXT), rect.width() - theme.px(_TEXT + 8)
        name = QRect(left, rect.top() + theme.px(6), width, theme.px(24))
        _line(painter, name, index.data(), theme.BODY, 500, "text")
        second = QRect(left, name.bottom(), width, theme.px(20))
        painter.setFont(theme.font(theme.CAPTION))
        second.setRight(_counts(painter, rect, second, index))
        _line(painter, second, index.data(SECOND), theme.CAPTION, 400, "text2")


class OutputItem(ListItem):
    """A page icon and the name of what comes out; a tick and what is to be said of it for 交稿."""

    def draw(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw one output."""
        at = QPoint(rect.left() + theme.px(_LEFT) + 1, rect.center().y() - theme.px(8))
        second = index.data(SECOND) or ""
        painter.drawPixmap(at, theme.icon_pixmap("check" if second else "page", "text2"))
        text = QRect(
            rect.left() + theme.px(_TEXT), rect.top(), rect.width() - theme.px(_TEXT + 8), rect.height()
        )
        if second:
            painter.setFont(theme.font(theme.CAPTION))
            width = painter.fontMetrics().horizontalAdvance(second)
            right = QRect(text.right() - width, text.top(), width + 1, text.height())
            _line(painter, right, second, theme.CAPTION, 400, "text2")
            text.setRight(right.left() - theme.px(8))
        _line(painter, text, index.data(), theme.BODY, 400, "text")


def _line(painter: QPainter, rect: QRect, text: str | None, size: int, weight: int, token: str) -> None:
    """Draw one line, cut with … where it is too long."""
    painter.setFont(theme.font(size, weight))
    painter.setPen(theme.colour(token))
    painter.drawText(
        rect, Qt.AlignmentFlag.AlignVCenter, cut(text or "", painter.fontMetrics(), rect.width())
    )


def cut(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return a text of at most a width, cut with …; of 项目自评表 · 项目 both parts stay to be seen."""
    kind, dot, name = text.partition(PART)
    if not dot or metrics.horizontalAdvance(text) <= width:
        return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)  # names differ at their ends
    room = width - metrics.horizontalAdvance(PART)
    least = metrics.horizontalAdvance(f"{name[:2]}…")
    shown = metrics.elidedText(kind, Qt.TextElideMode.ElideRight, room - least)
    rest = room - metrics.horizontalAdvance(shown)
    return f"{shown}{PART}{metrics.elidedText(name, Qt.TextElideMode.ElideRight, rest)}"


def _ground(painter: QPainter, state: QStyle.StateFlag, rect: QRect) -> None:
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    if not chosen and not state & QStyle.StateFlag.State_MouseOver:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent_soft" if chosen else "line"))
    painter.drawRoundedRect(rect, 6, 6)
    if chosen:
        painter.fillRect(QRect(rect.left(), rect.top() + 8, 3, rect.height() - 16), theme.colour("accent"))


def _mark(painter: QPainter, at: QPoint, index: Index) -> None:
    """A tick when complete, else a ring that fills with the share of required fields."""
    if index.data(COMPLETE):
        painter.drawPixmap(at, theme.icon_pixmap("complete", "ok", 18))
        return
    ring = QRect(at, QSize(theme.px(18), theme.px(18))).adjusted(2, 2, -2, -2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("bar"), theme.px(3)))
    painter.drawEllipse(ring)
    painter.setPen(QPen(theme.colour("accent"), theme.px(3)))
    painter.drawArc(ring, 90 * 16, -int((index.data(SHARE) or 0) * 360 * 16))


def _counts(painter: QPainter, rect: QRect, line: QRect, index: Index) -> int:
    """Errors and warnings at the right end, each an icon and a figure; return what is left of the line."""
    right = rect.right() - theme.px(10)
    for role, name, icon, token in (
        (WARNINGS, "warning", "warn_icon", "warn"),
        (ERRORS, "error", "error", "error"),
    ):
        if not (count := index.data(role)):
            continue
        width = painter.fontMetrics().horizontalAdvance(str(count))
        figure = QRect(right - width, line.top(), width + 2, line.height())
        painter.setPen(theme.colour(token))
        painter.drawText(figure, Qt.AlignmentFlag.AlignVCenter, str(count))
        right -= width + theme.px(18)
        painter.drawPixmap(QPoint(right, line.center().y() - theme.px(6)), theme.icon_pixmap(name, icon, 14))
        right -= theme.px(8)
    return right
