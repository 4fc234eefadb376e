"""What is open on screen: a line each, with its place and what can be done about it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from gui.base import theme
from gui.base.plain import tip
from gui.base.qt import Index, rect_of, state_of
from gui.handin.open_lines import Line
from gui.handin.reason_row import ReasonRow
from gui.session.marks import ICONS, STATES
from model.checks.open_items import Open
from model.document.signing import in_words

OPEN_LIST_KEYS = (("Enter", "转到此处"), ("Ctrl+Enter", "搁置，或保存说明"))  # for the overview of keys
LINE = Qt.ItemDataRole.UserRole
HEAD, ROW, REASON = 34, 40, 104  # px at 100 %
_PLACE, _LINK, _ARROW = 190, 56, 34
_WIDE = 640  # a narrower list leaves the places to the tips
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class OpenModel(QAbstractListModel):
    """Holds the lines that are shown now."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Heads and items."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line for the delegate; in words for screen readers."""
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _in_words(line)
        if role == Qt.ItemDataRole.ToolTipRole and line.item is not None:
            return tip(f"{line.item.sentence}\n{line.item.finding.where}")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are only read."""
        is_item = self.lines[index.row()].item is not None
        return (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if is_item else Qt.ItemFlag.NoItemFlags
        )

    def row_of(self, id: tuple[str, ...]) -> int:
        """Return where a line stands, -1 where it does not."""
        return next((n for n, line in enumerate(self.lines) if line.id == id), -1)

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()


class OpenList(QListView):
    """`jump_wanted(item)` goes to the place, `set_aside(item, reason, name)` takes it off the list; a
    reason "" puts it back."""

    jump_wanted = Signal(object)
    set_aside = Signal(object, str, str)

    def __init__(self, read_only: bool, signer: Callable[[], str]) -> None:
        super().__init__()
        self._signer = signer  # who likely writes the next reason
        self.setObjectName("findings")
        self.setAccessibleName("没有处理的")
        self.read_only = read_only
        self.lines = OpenModel()
        self.setModel(self.lines)
        self.delegate = _Delegate(self)
        self.setItemDelegate(self.delegate)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.jump_wanted.connect(self._went)
        self._is_fresh = False  # whether the mark is only where the keyboard came in
        self.reason: ReasonRow | None = None
        self.asked: tuple[str, ...] = ()  # the line whose reason is being written

    # --- what is shown

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show other lines; mark and scroll stay, and a reason that is being written if its line does."""
        if lines == self.lines.lines:
            return
        line, at = self.current_line(), self.verticalScrollBar().value()
        row, is_fresh = self.currentIndex().row(), self._is_fresh
        asked = self.asked
        text, name = (self.reason.text.text(), self.reason.name.text()) if self.reason else ("", "")
        self._forget_reason()
        self.lines.show(lines)
        self.executeDelayedItemsLayout()
        found = self.lines.row_of(line.id) if line else -1
        self.mark_row(found if found >= 0 else self._near(row))
        self._is_fresh = is_fresh
        self.verticalScrollBar().setValue(at)
        if asked and self.lines.row_of(asked) >= 0:
            self._ask(self.lines.row_of(asked), text, name)

    def _near(self, row: int) -> int:
        """The line that has come into the place of one that is gone, behind the last one the last."""
        items = [n for n, line in enumerate(self.lines.lines) if line.item]
        return next((n for n in items if n >= row), items[-1] if items else -1) if row >= 0 else -1

    def current_line(self) -> Line | None:
        """Return the line that is marked."""
        index = self.currentIndex()
        return self.lines.lines[index.row()] if index.isValid() else None

    def mark_row(self, row: int) -> None:
        """Mark a line; -1 marks none."""
        if row < 0:
            self.selectionModel().clear()
            return
        self.setCurrentIndex(self.lines.index(row))

    def step(self, by: int) -> Open | None:
        """Mark the next item (1) or the one before (-1), round and round, and return it."""
        rows = [n for n, line in enumerate(self.lines.lines) if line.item is not None]
        if not rows:
            return None
        here = self.currentIndex().row() - (self._is_fresh and by > 0)
        ahead = [n for n in rows if n > here] if by > 0 else [n for n in reversed(rows) if n < here]
        self.mark_row(next(iter(ahead), rows[0 if by > 0 else -1]))
        self._is_fresh = False
        line = self.current_line()
        return line.item if line else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt marks the first item when the keyboard comes in; the next item is then that one."""
        was_marked = self.currentIndex().isValid()
        super().focusInEvent(event)
        if not was_marked:
            self._is_fresh = self.currentIndex().isValid()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Who has gone to a line goes on from there."""
        super().currentChanged(current, previous)
        self._is_fresh = False

    def _went(self) -> None:
        self._is_fresh = False

    # --- what the clerk does

    def may_set_aside(self, item: Open) -> bool:
        """Whether the list offers to set an item aside."""
        return not self.read_only and item.finding.may_be_set_aside and not item.is_set_aside

    def ask_reason(self) -> bool:
        """Begin the reason for the marked item; return whether it may be set aside."""
        line = self.current_line()
        if line is None or line.item is None or not self.may_set_aside(line.item):
            return False
        self._ask(self.currentIndex().row(), "", self._signer())
        return True

    def _ask(self, row: int, text: str, name: str) -> None:
        self._forget_reason()
        line = self.lines.lines[row]
        assert line.item is not None
        item = line.item
        self.asked, self.reason = line.id, ReasonRow(item, text, name)
        self.reason.written.connect(lambda reason, name: self._written(item, reason, name))
        self.reason.left.connect(self._leave)
        self.scheduleDelayedItemsLayout()
        self.setIndexWidget(self.lines.index(row), self.reason)
        self.executeDelayedItemsLayout()
        self.scrollTo(self.lines.index(row))
        self.reason.text.setFocus()

    def _written(self, item: Open, reason: str, name: str) -> None:
        self._leave()
        self.set_aside.emit(item, reason, name)

    def _leave(self) -> None:
        self._forget_reason()
        self.scheduleDelayedItemsLayout()
        self.setFocus()

    def _forget_reason(self) -> None:
        if self.reason is not None:
            row = self.lines.row_of(self.asked)
            if row >= 0:
                self.setIndexWidget(self.lines.index(row), None)  # type: ignore[arg-type]
            self.reason, self.asked = None, ()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click goes to the place, or does what the link under it says."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        item = self.lines.lines[index.row()].item if index.isValid() else None
        if item is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.delegate.link_rect(self.visualRect(index)).contains(point) and self.delegate.link_of(item):
            if item.is_set_aside:
                self.set_aside.emit(item, "", "")
            else:
                self.ask_reason()
        else:
            self.jump_wanted.emit(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, Ctrl+Enter asks for the reason."""
        line = self.current_line()
        if line is None or line.item is None or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ask_reason()
        else:
            self.jump_wanted.emit(line.item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width cuts the lines elsewhere."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Delegate(QStyledItemDelegate):
    """Draws the lines."""

    def __init__(self, view: OpenList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A line with its reason below it is higher."""
        line: Line = index.data(LINE)
        height = HEAD if line.item is None else REASON if line.id == self._view.asked else ROW
        if line.item is not None and line.item.is_set_aside:
            height += 18
        return QSize(self._view.viewport().width(), theme.px(height))

    def link_of(self, item: Open) -> str:
        """Return what can be done about an item beside going there."""
        if item.is_set_aside:
            return "" if self._view.read_only else "撤回"
        return "搁置…" if self._view.may_set_aside(item) else ""

    def link_rect(self, rect: QRect) -> QRect:
        """Return where that stands in a line."""
        right = rect.right() - theme.px(_ARROW)
        return QRect(right - theme.px(_LINK), rect.top(), theme.px(_LINK), rect.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line: Line = index.data(LINE)
        painter.save()
        if line.item is None:
            _paint_head(painter, rect_of(option), line)
        else:
            self._paint_item(painter, option, line.item)
        painter.restore()

    def _paint_item(self, painter: QPainter, option: QStyleOptionViewItem, item: Open) -> None:
        rect = rect_of(option)
        state = state_of(option)
        chosen, hover = state & QStyle.StateFlag.State_Selected, state & QStyle.StateFlag.State_MouseOver
        painter.fillRect(rect, theme.colour("accent_soft" if chosen else "raised" if hover else "surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        first = QRect(rect.left(), rect.top(), rect.width(), theme.px(ROW))
        icon = theme.icon_pixmap(ICONS[item.severity], STATES[item.severity][1], 16)
        painter.drawPixmap(QPoint(first.left() + theme.px(14), first.center().y() - theme.px(8)), icon)
        arrow = theme.icon_pixmap("right", "accent", 14)
        painter.drawPixmap(QPoint(first.right() - theme.px(26), first.center().y() - theme.px(7)), arrow)
        link = self.link_rect(first)
        has_room = rect.width() >= theme.px(_WIDE) and item.part != "report"
        room = theme.px(_PLACE) if has_room else 0  # the tip tells the place too
        place = QRect(link.left() - room, first.top(), max(room - theme.px(8), 0), first.height())
        left = first.left() + theme.px(44)
        text = QRect(left, first.top(), place.left() - left - theme.px(8), first.height())
        _put(painter, text, item.sentence, theme.BODY, "text")
        _put(
            painter,
            place,
            _short(item.finding.where) if room else "",
            theme.CAPTION,
            "text2",
        )
        _put(painter, link, self.link_of(item), theme.CAPTION, "accent")
        if item.is_set_aside:
            below = QRect(left, first.bottom() - theme.px(6), 0, theme.px(20))
            below.setRight(first.right() - theme.px(14))
            _put_reason(painter, below, item)


def _paint_head(painter: QPainter, rect: QRect, line: Line) -> None:
    painter.fillRect(rect, theme.colour("raised"))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
    box = rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
    painter.setFont(theme.font(theme.BODY, 600))
    painter.setPen(theme.colour("text"))
    name = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideRight, box.width() - 80)
    painter.drawText(box, _MIDDLE, name)
    box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(name) + theme.px(14))
    _put(painter, box, f"{line.size} 项", theme.CAPTION, "text2")


def _put(painter: QPainter, rect: QRect, text: str, size: int, token: str) -> None:
    painter.setFont(theme.font(size))
    painter.setPen(theme.colour(token))
    shown = " ".join(text.split())
    shown = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, _MIDDLE, shown)


def _put_reason(painter: QPainter, rect: QRect, item: Open) -> None:
    """The reason, and at the right who wrote it and when."""
    by, left = in_words(item.finding.signed), QRect(rect)
    if by:
        painter.setFont(theme.font(theme.CAPTION))
        width = min(painter.fontMetrics().horizontalAdvance(by) + 2, rect.width() // 2)
        _put(
            painter, QRect(rect.right() - width, rect.top(), width, rect.height()), by, theme.CAPTION, "text2"
        )
        left.setRight(rect.right() - width - theme.px(12))
    _put(painter, left, f"说明：{item.finding.answer}", theme.CAPTION, "text2")


def _short(place: str) -> str:
    """The last parts of a place; the tip tells all of it."""
    return " · ".join(place.split(" · ")[-2:])


def _in_words(line: Line) -> str:
    if line.item is None:
        return f"{line.text}，{line.size} 项"
    item = line.item
    answer = f"说明：{item.finding.answer}" if item.is_set_aside else ""
    by = in_words(item.finding.signed)
    parts: Sequence[str] = (f"{STATES[item.severity][0]}：{item.sentence}", item.finding.where, answer, by)
    return "　".join(part for part in parts if part)
