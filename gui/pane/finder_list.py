"""What is found, form by form in the order of the screen, as Qt sees it and as it is drawn."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.base import theme
from gui.base.plain import tip
from gui.base.qt import Index, rect_of, state_of
from gui.session.names import ACCOUNTS_NAME, form_name
from gui.session.places import Places
from gui.session.session import Session
from model.document.answers import ACCOUNTS, FormKey
from model.filling.find import NAME, Hit, find, find_in_accounts
from model.report.captions import place_of

MOST = 500  # cells that are listed
ENTRY = Qt.ItemDataRole.UserRole
HEAD_HEIGHT, HIT_HEIGHT = 38, 56
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a form above what is found in it."""

    text: str
    count: int


Entry = Head | Hit


def search(session: Session, wanted: str, first: FormKey) -> tuple[Entry, ...]:
    """Return heads and hits: the form in hand first, then the others in turn; no more hits than `MOST`."""
    keys = list(session.answers.forms)
    at = keys.index(first) if first in keys else 0
    entries: list[Entry] = []
    room = MOST
    for key in (*keys[at:], *keys[:at]):
        name, hits = _within(session, key, wanted) if room else ("", [])
        if hits:
            entries += [Head(name, len(hits)), *hits[:room]]
            room -= len(hits[:room])
    return tuple(entries)


def every_hit(session: Session, wanted: str, keys: Iterable[FormKey]) -> list[Hit]:
    """Return all hits of some forms, however many they are."""
    return [hit for key in keys for hit in _within(session, key, wanted)[1]]


def _within(session: Session, key: FormKey, wanted: str) -> tuple[str, list[Hit]]:
    """The name of a form, or of the final accounts, and its hits in the order of the screen."""
    reading, form = session.snapshot.reading, session.snapshot.forms.get(key)
    if form is not None:
        places = Places(form, session.library)
        hits = find(form, form_name(form), wanted, reading)
        return form_name(form), sorted(hits, key=lambda hit: _rank(places, hit))
    accounts = reading.accounts
    if accounts is None:
        return "", []
    from gui.session.accounts_places import rank  # late: most documents have no accounts

    found = find_in_accounts(accounts, wanted, reading)
    library = session.library
    return ACCOUNTS_NAME, sorted(
        found, key=lambda hit: (hit.is_generated, rank(accounts, hit.address[1], library))
    )


def _rank(places: Places, hit: Hit) -> tuple[int, ...]:
    """The name, then what is typed, then the sentences that repeat it."""
    return (-1,) if hit.address[1] == NAME else (hit.is_generated, *places.rank(hit.address[1]))


class FoundModel(QAbstractListModel):
    """Holds the lines that are shown now."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.entries: tuple[Entry, ...] = ()

    @property
    def hits(self) -> list[int]:
        """The lines that are no heads."""
        return [n for n, entry in enumerate(self.entries) if isinstance(entry, Hit)]

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def row_of(self, hit: Hit | None) -> int:
        """Return where the cell of a hit stands, -1 where it does not."""
        address = hit.address if hit else None
        found = (n for n in self.hits if self._hit(n).address == address)
        return next(found, -1)

    def _hit(self, row: int) -> Hit:
        entry = self.entries[row]
        assert isinstance(entry, Hit)
        return entry

    def place(self, hit: Hit) -> str:
        """Return where a hit stands as the clerk sees it."""
        key, cell = hit.address
        accounts = self._session.snapshot.reading.accounts
        if key == ACCOUNTS and accounts is not None:
            from gui.session.accounts_places import accounts_place  # late: most documents have no accounts

            return accounts_place(self._session.snapshot.reading, cell)
        form = self._session.snapshot.forms.get(key)
        if form is None or cell == NAME:
            return "名称" if form else ""
        return place_of(form, self._session.library, cell)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Heads and hits."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The entry for the delegate; in words for screen readers; the whole place as a tip."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(entry, Head):
                return f"{entry.text}　{entry.count} 处"
            return f"{self.place(entry)}：{entry.text}"
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(entry, Hit):
            return tip(self.place(entry))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are only read."""
        return _READ if isinstance(self.entries[index.row()], Hit) else Qt.ItemFlag.NoItemFlags


class FoundDelegate(QStyledItemDelegate):
    """Draws heads, and hits in two lines: the place, and the text with what was searched marked."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for heads, one for hits."""
        is_head = isinstance(index.data(ENTRY), Head)
        return QSize(theme.px(100), theme.px(HEAD_HEIGHT if is_head else HIT_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        entry, rect = index.data(ENTRY), rect_of(option)
        painter.save()
        if isinstance(entry, Head):
            _paint_head(painter, rect, entry)
        else:
            model = index.model()
            assert isinstance(model, FoundModel)
            _paint_ground(painter, option)
            side = theme.px(16)
            box = rect.adjusted(side, theme.px(6), -side, -theme.px(6))
            upper = QRect(box.left(), box.top(), box.width(), box.height() // 2)
            _paint_place(painter, upper, model.place(entry))
            _paint_text(painter, upper.translated(0, upper.height()), entry)
        painter.restore()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    rect = rect_of(option)
    chosen = bool(state_of(option) & QStyle.StateFlag.State_Selected)
    hover = bool(state_of(option) & QStyle.StateFlag.State_MouseOver)
    painter.fillRect(rect, theme.colour("accent_soft" if chosen else "raised" if hover else "surface"))
    if chosen:
        painter.fillRect(QRect(rect.left(), rect.top(), theme.px(3), rect.height()), theme.colour("accent"))
    painter.fillRect(QRect(rect.left() + theme.px(16), rect.bottom(), rect.width(), 1), theme.colour("line"))


def _paint_head(painter: QPainter, rect: QRect, head: Head) -> None:
    painter.fillRect(rect, theme.colour("chrome"))
    box = rect.adjusted(theme.px(16), 0, -theme.px(16), 0)
    count = f"{head.count} 处"
    painter.setFont(theme.font(theme.CAPTION))
    painter.setPen(theme.colour("text2"))
    painter.drawText(box, _MIDDLE | int(Qt.AlignmentFlag.AlignRight), count)
    room = box.width() - painter.fontMetrics().horizontalAdvance(count) - theme.px(12)
    painter.setFont(theme.font(theme.BODY, 600))
    painter.setPen(theme.colour("text"))
    painter.drawText(
        box, _MIDDLE, painter.fontMetrics().elidedText(head.text, Qt.TextElideMode.ElideRight, room)
    )


def _paint_place(painter: QPainter, box: QRect, place: str) -> None:
    """The end of a place says most: it is its beginning that gives way."""
    painter.setFont(theme.font(theme.CAPTION))
    painter.setPen(theme.colour("text2"))
    shown = painter.fontMetrics().elidedText(place, Qt.TextElideMode.ElideLeft, box.width())
    painter.drawText(box, _MIDDLE, shown)


def _paint_text(painter: QPainter, box: QRect, hit: Hit) -> None:
    """The text in one line; where it is too long it begins a little before the first place found."""
    painter.setFont(theme.font())
    advance = painter.fontMetrics().horizontalAdvance
    first, length = hit.spans[0]
    skipped = 0 if advance(hit.text[: first + length]) <= box.width() else max(first - 6, 0)
    x = box.left()
    for text, is_found in _pieces(hit, skipped):
        room = box.right() - x
        if room <= 0:
            break
        painter.setFont(theme.font(theme.BODY, 600 if is_found else 400))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(shown)
        if is_found:
            painter.fillRect(x, box.top() + theme.px(1), width, box.height() - theme.px(2), _ground())
        painter.setPen(theme.colour("accent" if is_found else "text"))
        painter.drawText(QRect(x, box.top(), room + 1, box.height()), _MIDDLE, shown)
        x += width


def _ground() -> QColor:
    """Behind what was searched: the colour of a bar, seen on any ground."""
    return theme.colour("bar")


def _pieces(hit: Hit, skipped: int) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, and of each whether it is what was searched."""
    text = " ".join(hit.text.split("\n")) if "\n" in hit.text else hit.text
    at = skipped
    if skipped:
        yield "…", False
    for start, length in islice(hit.spans, 50):
        yield text[at:start], False
        yield text[start : start + length], True
        at = start + length
    yield text[at:], False
