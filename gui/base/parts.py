"""Small parts that several pages are made of: named widgets, two lines, buttons that look like rows."""

from typing import TypeVar, cast

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLayout,
    QMenuBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from gui.base import theme
from gui.base.plain import Label

Named = TypeVar("Named", bound=QWidget)


def size_on_screen(widget: QWidget, wanted: tuple[int, int]) -> QSize:
    """Return a size in px at 100 % as it is now, as far as the screen has room for a window."""
    room = widget.screen().availableSize() - QSize(theme.px(16), theme.px(64))
    return QSize(theme.px(wanted[0]), theme.px(wanted[1])).boundedTo(room)


def named(widget: Named, name: str) -> Named:
    """Return a widget with the name by which the style sheet knows its kind."""
    widget.setObjectName(name)
    return widget


class Elided(Label):
    """A line that ends in … where there is no room; it never makes its row wider."""

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.whole = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.whole = text
        self._fit()

    def _fit(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self.whole, mode, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width shows more or less."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font does too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


class Hint(Elided):
    """A line that one can do without: where it does not fit as a whole it is not there."""

    def _fit(self) -> None:
        super()._fit()
        if self.text() != self.whole:
            self.clear()


class ChoiceBox(QComboBox):
    """A combo box with an arrow in the colour of the theme: the style sheet takes Qt's own away."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own knows nothing of the style sheet

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow over the box."""
        super().paintEvent(event)
        edge = theme.px(16)
        left, top = self.width() - edge - theme.px(8), (self.height() - edge) // 2
        painter = QPainter(self)
        painter.drawPixmap(left, top, theme.icon_pixmap("down", "text2"))
        painter.end()


def two_lines(first: QLabel, second: QLabel) -> QVBoxLayout:
    """Return one label below the other, in the middle of the height there is."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addStretch()
    column.addWidget(first)
    column.addWidget(second)
    column.addStretch()
    return column


def let_clicks_through(button: QPushButton) -> None:
    """Make the button take the clicks on everything that lies on it."""
    for child in cast(list[QWidget], button.findChildren(QWidget)):
        child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def fixed_column(dialog: QDialog, width: int, spacing: int) -> QVBoxLayout:
    """Return the column of a dialog of this width, in px at 100 %, as high as what is in it."""
    column = QVBoxLayout(dialog)
    column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
    margin = theme.px(28)
    column.addStrut(theme.px(width) - 2 * margin)
    column.setContentsMargins(margin, theme.px(20), margin, theme.px(20))
    column.setSpacing(theme.px(spacing))
    return column


def keep_room_to_scroll(area: QAbstractScrollArea) -> None:
    """Keep the room of the scroll bar, whose coming would change the width; it is seen where it is needed."""
    bar = area.verticalScrollBar()
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bar.setEnabled(False)
    bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))


def row_style(name: str, height: int) -> str:
    """Return the style of the buttons `name` that look like lines of a list, `height` px at 100 % high.

    The height stands in it because that of the program's style sheet would win over `setFixedHeight`.
    """
    tokens = ("line", "raised", "accent", "accent_soft")
    line, raised, accent, soft = (theme.colour(token).name() for token in tokens)
    edge, row = theme.px(height) - 1, f"QPushButton#{name}"
    return f"""
        {row} {{ background: transparent; border: none; border-bottom: 1px solid {line}; border-radius: 0;
                 padding: 0; min-height: {edge}px; max-height: {edge}px; }}
        {row}:hover {{ background: {raised}; }}
        {row}:focus {{ background: {soft}; border-left: 3px solid {accent}; }}
    """


def choice_style(name: str, height: int) -> str:
    """Return the style of the buttons `name` that look like two lines of text, `height` px high."""
    line, accent = theme.colour("line").name(), theme.colour("accent").name()
    edge, choice = theme.px(height), f"QPushButton#{name}"
    return f"""
        {choice} {{ background: transparent; border: none; border-radius: 6px;
                    padding: 0; min-height: {edge}px; max-height: {edge}px; }}
        {choice}:hover {{ background: {line}; }}
        {choice}:focus {{ border: 2px solid {accent}; min-height: {edge - 4}px; }}
    """


def to_middle(area: QScrollArea, widget: QWidget) -> None:
    """Scroll so that a widget stands in the middle third of what is seen, as far as there is room."""
    area.ensureWidgetVisible(widget)  # lays out what was built a moment ago
    bar, height = area.verticalScrollBar(), area.viewport().height()
    middle = widget.mapTo(area.widget(), widget.rect().center()).y() - bar.value()
    if not height // 3 <= middle <= 2 * height // 3:
        bar.setValue(bar.value() + middle - height // 2)


def commit_input() -> None:
    """Take over what an input method is still composing, and what an open cell holds; the focus stays there,
    in the table where the cell was closed."""
    QGuiApplication.inputMethod().commit()
    focus = QApplication.focusWidget()
    if focus is None or isinstance(focus, QMenuBar):  # which gives it back itself
        return
    table = _table_around(focus)
    focus.clearFocus()
    if isValid(focus) and focus.isVisible():
        focus.setFocus()
    elif table is not None:
        table.setFocus()


def _table_around(widget: QWidget) -> QAbstractItemView | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QAbstractItemView):
        parent = parent.parentWidget()
    return parent


def is_inside(whole: QWidget, part: QWidget | None) -> bool:
    """Whether a widget, such as the one that has the focus, lies in another."""
    return part is not None and whole.isAncestorOf(part)
