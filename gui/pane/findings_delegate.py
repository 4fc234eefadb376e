"""How the lines of the list of findings look: names of forms, heads of groups, findings with their links."""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.base import theme
from gui.base.breaking import broken
from gui.base.qt import Index, rect_of, state_of
from gui.pane.finding_list import Entry
from gui.pane.findings_model import ENTRY
from gui.session.marks import ICONS, STATES
from model.document.signing import in_words

FORM_HEIGHT, GROUP_HEIGHT = 40, 34
WIDE = 290  # px at 100 %: from here on findings stand as far in as the text of their head
LINKS = {
    "accept": "以计算值为准",
    "offer": "采用合计",
    "reply": "写说明…",
    "aside": "搁置…",
    "change": "修改",
    "withdraw": "撤回",
}
_GAP = 14  # before a link
AGAIN = "原说明（数据已改，需重新确认）"
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class Part(NamedTuple):
    """A text in its place within the line: size, weight and colour as the design names them."""

    box: tuple[int, int, int, int]
    text: str
    size: int = theme.BODY
    weight: int = 400
    token: str = "text"
    link: str = ""  # what a click on it does

    @property
    def rect(self) -> QRect:
        """Where it stands."""
        return QRect(*self.box)


class Laid(NamedTuple):
    """A finding laid out in a width."""

    parts: tuple[Part, ...]
    height: int


def links_of(entry: Entry, read_only: bool = False) -> tuple[str, ...]:
    """Return what can be done about a finding from the list."""
    finding = entry.finding
    if finding is None or read_only:
        return ()
    if entry.state == "answered":
        return "change", "withdraw"
    offered = {"accept": entry.has_given, "offer": finding.offer, "reply": finding.is_answerable}
    offered["aside"] = finding.may_be_set_aside and not finding.is_answerable
    return tuple(name for name, is_there in offered.items() if is_there)


class FindingDelegate(QStyledItemDelegate):
    """Draws the lines of one list; `read_only` documents offer no links."""

    def __init__(self, view: QListView, read_only: bool) -> None:
        super().__init__(view)
        self._view, self._read_only = view, read_only

    def _laid(self, entry: Entry, width: int) -> Laid:
        return lay_out(entry, width, links_of(entry, self._read_only), theme.px(100))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the texts are in the width there is."""
        width = self._view.viewport().width()
        entry = index.data(ENTRY)
        if entry.finding is None:
            return QSize(width, theme.px(FORM_HEIGHT if entry.id[0] == "form" else GROUP_HEIGHT))
        return QSize(width, self._laid(entry, width).height)

    def link_at(self, index: Index, point: QPoint) -> str:
        """Return which link of a line lies at a point of the view, "" where none does."""
        entry: Entry | None = index.data(ENTRY)
        if entry is None or entry.finding is None:
            return ""
        rect = self._view.visualRect(index)
        inside = point - rect.topLeft()
        parts = self._laid(entry, rect.width()).parts
        return next((part.link for part in parts if part.link and part.rect.contains(inside)), "")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        entry: Entry = index.data(ENTRY)
        painter.save()
        if entry.finding is not None:
            self._paint_finding(painter, option, entry)
        elif entry.id[0] == "form":
            _paint_form(painter, rect_of(option), entry)
        else:
            _paint_group(painter, rect_of(option), entry)
        painter.restore()

    def _paint_finding(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
        rect = rect_of(option)
        chosen = bool(state_of(option) & QStyle.StateFlag.State_Selected)
        hover = bool(state_of(option) & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, theme.colour("accent_soft" if chosen else "raised" if hover else "surface"))
        if chosen:
            bar = QRect(rect.left(), rect.top(), theme.px(3), rect.height())
            painter.fillRect(bar, theme.colour("accent"))
        line = QRect(rect.left() + _left(rect.width()), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, theme.colour("line"))
        painter.translate(rect.topLeft())
        for part in self._laid(entry, rect.width()).parts:
            painter.setFont(theme.font(part.size, part.weight))
            painter.setPen(theme.colour(part.token))
            found = broken(part.text, part.box[2], part.size, part.weight)
            painter.drawText(part.rect, found.flags, found.text)


def _paint_form(painter: QPainter, rect: QRect, entry: Entry) -> None:
    painter.fillRect(rect, theme.colour("surface"))
    side = _side(rect.width())
    painter.setFont(theme.font(theme.BODY, 600))
    painter.setPen(theme.colour("text"))
    room = rect.adjusted(side, theme.px(4), -side, 0)
    shown = painter.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _MIDDLE, shown)


def _paint_group(painter: QPainter, rect: QRect, entry: Entry) -> None:
    painter.fillRect(rect, theme.colour("chrome"))
    icon = theme.icon_pixmap(ICONS[entry.state], STATES[entry.state][1], 14)
    side = _side(rect.width())
    painter.drawPixmap(rect.left() + side, rect.center().y() - theme.px(7), icon)
    painter.setFont(theme.font(theme.CAPTION, 500))
    painter.setPen(theme.colour("text2"))
    painter.drawText(rect.adjusted(side + theme.px(22), 0, 0, 0), _MIDDLE, entry.text)


def _side(width: int) -> int:
    return theme.px(20 if width >= theme.px(WIDE) else 16)


def _left(width: int) -> int:
    return theme.px(42 if width >= theme.px(WIDE) else 16)


@lru_cache(maxsize=4000)
def lay_out(entry: Entry, width: int, links: tuple[str, ...], zoom: int) -> Laid:
    """Lay a finding out: title, message, what was answered, then the place with the links at the right.

    A gap needs no title: all of its group have the same.
    `zoom` is what 100 px of the design are now; it only tells one look from another.
    """
    finding = entry.finding
    assert finding is not None
    left = _left(width)
    room = max(width - left - _side(width), theme.px(60))
    parts: list[Part] = []
    y = theme.px(12)
    for text, size, weight, token in (
        (finding.title if entry.state != "gap" else "", theme.BODY, 600, "text"),
        (finding.message, theme.BODY, 400, "text"),
        (f"说明：{finding.answer}" if finding.answer else "", theme.BODY, 400, "text2"),
        (in_words(finding.signed) if finding.answer else "", theme.CAPTION, 400, "text2"),
        (f"{AGAIN}：{finding.lapsed}" if finding.lapsed else "", theme.CAPTION, 400, "text2"),
    ):
        if text:
            height = broken(text, room, size, weight).height
            parts.append(Part((left, y, room, height), text, size, weight, token))
            y += height + theme.px(1)
    y += theme.px(3)
    last, y = _last_line(_short(finding.where), links, (left, y, room), zoom)
    return Laid((*parts, *last), y + theme.px(11))


def _short(place: str) -> str:
    """The last parts of a place: the row and the column; a click leads there, the tip tells all of it."""
    return " · ".join(place.split(" · ")[-2:])


def _last_line(
    place: str, links: tuple[str, ...], at: tuple[int, int, int], zoom: int
) -> tuple[tuple[Part, ...], int]:
    """The place at the left and the links at the right of its last line, or below where there is no room."""
    left, y, room = at
    line = theme.px(20)
    widths = [_width(LINKS[name], zoom) for name in links]
    needed = sum(widths) + theme.px(_GAP) * len(links)
    is_beside = room - needed >= theme.px(100)
    width = room - needed if is_beside else room
    height = broken(place, width, theme.CAPTION).height
    parts = [Part((left, y, width, height), place, theme.CAPTION, 400, "text2")]
    y += height
    if links and not is_beside:
        y += line
    x = left + room
    for name, width in reversed(list(zip(links, widths, strict=True))):
        x -= width
        parts.append(Part((x, y - line, width + 2, line), LINKS[name], theme.CAPTION, 500, "accent", name))
        x -= theme.px(_GAP)
    return tuple(parts), y


@lru_cache(maxsize=8000)
def _width(text: str, zoom: int) -> int:
    return _metrics(theme.CAPTION, 500, zoom).horizontalAdvance(text) + 2


@lru_cache(maxsize=64)
def _metrics(size: int, weight: int, zoom: int) -> QFontMetrics:
    return QFontMetrics(theme.font(size, weight))
