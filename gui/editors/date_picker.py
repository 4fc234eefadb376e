"""The calendar beside a cell for a date: a button and Alt+↓ open it, a day that is chosen is typed."""

import re
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.qt import children_of
from gui.editors.cells import LineCell

_TURNING = {"qt_calendar_prevmonth": "left", "qt_calendar_nextmonth": "right"}  # Qt's buttons: icons
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2}))?")


def day_in(text: str, today: date) -> date:
    """Return the day that a text names, the first of a month that it names alone, else today."""
    found = _DAY.search(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else today
    except ValueError:
        return today


def date_text(day: date, before: str) -> str:
    """Return a day as forms write it: 2024年1月16日, with blanks where the text before had them."""
    blank = " " if re.search(r"\d 年", before) else ""
    return f"{day.year}{blank}年{blank}{day.month}{blank}月{blank}{day.day}{blank}日"


def place_beside(cell: QRect, size: QSize, room: QRect) -> QPoint:
    """Return where a calendar stands: below its cell, above it where there is no room, all on the screen."""
    left = max(min(cell.left(), room.left() + room.width() - size.width()), room.left())
    below = cell.top() + cell.height()
    fits = below + size.height() <= room.top() + room.height()
    return QPoint(left, below if fits else max(cell.top() - size.height(), room.top()))


class DatePicker(QToolButton):
    """Stands beside its cell; Tab passes it by, as the cell itself opens it with Alt+↓."""

    def __init__(self, cell: LineCell) -> None:
        super().__init__()
        self._cell = cell
        self._popup: _Popup | None = None
        self.setIcon(theme.icon("calendar"))
        self.setToolTip("选日期（Alt+↓）")
        self.setAccessibleName(f"选{cell.accessibleName()}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEnabled(not cell.isReadOnly())
        self.clicked.connect(self.open)
        cell.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+↓ in the cell opens the calendar."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        is_wanted = event.key() == Qt.Key.Key_Down and bool(
            event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if is_wanted and self.isEnabled():
            self.open()
        return is_wanted

    def open(self) -> None:
        """Open the calendar below the cell, at the day that stands there."""
        self._popup = popup = _Popup(self._cell, day_in(self._cell.text(), date.today()))
        popup.calendar.activated.connect(self._take)  # Enter, or a double click
        popup.calendar.clicked.connect(self._take)
        cell = QRect(self._cell.mapToGlobal(QPoint()), self._cell.size())
        popup.move(place_beside(cell, popup.sizeHint(), self.screen().availableGeometry()))
        popup.show()
        popup.calendar.setFocus()

    @property
    def calendar(self) -> QCalendarWidget | None:
        """The calendar while it is open."""
        return self._popup.calendar if self._popup is not None else None

    def _take(self, chosen: QDate) -> None:
        popup, self._popup = self._popup, None
        if popup is None:
            return
        popup.close()
        day = date(chosen.year(), chosen.month(), chosen.day())
        self._cell.setFocus()
        self._cell.selectAll()
        self._cell.insert(date_text(day, self._cell.text()))


class _Popup(QWidget):
    """Closes by Esc, and by a click elsewhere."""

    def __init__(self, parent: QWidget, day: date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.setGridVisible(False)
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekday, QTextCharFormat())  # red can't be read in the dark
        for button in children_of(self.calendar, QToolButton):
            if button.objectName() in _TURNING:
                button.setIcon(theme.icon(_TURNING[button.objectName()], "text"))
        self.calendar.setMinimumSize(theme.px(320), theme.px(270))
        surface, text = (theme.colour(token).name() for token in ("raised", "text"))
        self.setStyleSheet(
            f"#qt_calendar_navigationbar {{ background: {surface}; }}"
            f"QCalendarWidget QToolButton {{ color: {text}; }}"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.calendar)
