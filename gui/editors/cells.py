"""One editor per kind of field: each key goes to the session, what changes elsewhere comes back."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.base.qt import children_of
from gui.base.tick_box import TickBox
from gui.editors.cell_marks import MarkedChoice, MarkedLine, MarkedText
from gui.session.session import Session
from model.basics.texts import LONGEST, must_fit
from model.document.answers import Address
from model.forms.definition import Field, bare

_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
_WINDOW_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def leaves_to_window(event: QEvent) -> bool:
    """Whether a key belongs to the window although a text field would take it: its undo is the only one."""
    return isinstance(event, QKeyEvent) and any(event.matches(key) for key in _WINDOW_KEYS)


class UndoOfWindow:
    """A text field that leaves undo to the window, which has the only one; stands before the Qt class."""

    def event(self, event: QEvent) -> bool:
        """Refuse the keys of undo and redo."""
        if event.type() == QEvent.Type.ShortcutOverride and leaves_to_window(event):
            event.ignore()
            return False
        return bool(super().event(event))  # type: ignore[misc]


class RoomOfCell:
    """A text of several lines that is too long to be kept is not even pasted; stands before the Qt class."""

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Raise UserError, and paste nothing, where nobody could have typed so much."""
        must_fit(source.text(), "")
        super().insertFromMimeData(source)  # type: ignore[misc]


class _Typing(UndoOfWindow):
    """A field that types into the session."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving a field ends the run of typing."""
        super().focusOutEvent(event)  # type: ignore[misc]
        self._session.pause()  # type: ignore[attr-defined]


class LineCell(_Typing, MarkedLine, QLineEdit):
    """A cell of one line. Enter goes on to the next field; in a table of boxes `in_table` takes its keys."""

    in_table: Callable[["LineCell", QKeyEvent], bool] | None = None
    _left_at: int | None = None  # where the caret was, while the beginning is shown

    def __init__(self, session: Session, address: Address, name: str, number: bool = False) -> None:
        super().__init__()
        self._session, self.address = session, address
        self.setAccessibleName(name)
        if number:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(LONGEST + 1)  # Qt would cut a longer text in silence; this much is refused
        self.setReadOnly(bool(session.read_only))
        self.textEdited.connect(lambda text: session.set_text(self.address, text, by=self))
        self.returnPressed.connect(self.focusNextChild)
        self.refresh()
        self.show_mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what was typed since the field was entered."""
        if self.in_table is not None and self.in_table(self, event):
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape:
            self._session.cancel_typing(self.address)
        super().keyPressEvent(event)

    def refresh(self) -> None:
        """Show what the document has."""
        text = self._session.text(self.address)
        if text != self.text():
            self.setText(text)
            self._show_beginning()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A text that is too long shows how it begins when it was left."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            QTimer.singleShot(0, self, self._show_beginning)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes back by a key of the window goes on where she was."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason and self._left_at is not None:
            self.setCursorPosition(self._left_at)
        self._left_at = None

    def _show_beginning(self) -> None:
        if not self.hasFocus():  # it may only have been left for a moment, to be saved
            self._left_at = self.cursorPosition()
            self.setCursorPosition(0)


class TextCell(_Typing, RoomOfCell, MarkedText, QPlainTextEdit):
    """A cell of several lines that grows with its text. Tab goes on, Enter begins a line."""

    def __init__(self, session: Session, address: Address, name: str, lines: int = 2) -> None:
        super().__init__()
        self._session, self.address, self._lines = session, address, lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setReadOnly(bool(session.read_only))
        self.document().setDocumentMargin(2)
        self.refresh()
        self.show_mark()
        self.textChanged.connect(self._typed)

    def _typed(self) -> None:
        self.updateGeometry()
        self._session.set_text(self.address, self.toPlainText(), by=self)

    def refresh(self) -> None:
        """Show what the document has."""
        text = self._session.text(self.address)
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the text, or what stands in its place; at least the lines asked for."""
        line = self.fontMetrics().lineSpacing()
        room = QRect(0, 0, max(self.viewport().width() - theme.px(6), theme.px(60)), 1_000_000)
        shown = self.toPlainText() or self.placeholderText()
        text = self.fontMetrics().boundingRect(room, _WRAP, shown + "\u200b").height()
        return QSize(theme.px(200), max(text, self._lines * line) + theme.px(20))

    def minimumSizeHint(self) -> QSize:
        """Never less than the text."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines anew."""
        super().resizeEvent(event)
        self.place_icon()
        self.updateGeometry()


class ChoiceCell(MarkedChoice, QWidget):
    """Tick boxes of which one is ticked at a time; a second click takes the tick away."""

    def __init__(self, session: Session, address: Address, field: Field) -> None:
        super().__init__()
        self.setObjectName("choice")
        self._session, self.address, self._field = session, address, field
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(field.caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(4), 0, theme.px(4), 0)
        row.setSpacing(theme.px(20))
        self.boxes = [TickBox(choice) for choice in field.choices]
        for box in self.boxes:
            box.setEnabled(not session.read_only)
            box.clicked.connect(lambda ticked, box=box: self._ticked(box if ticked else None))
            row.addWidget(box)
        self._mark_label = Label()
        self._mark_label.hide()
        row.addWidget(self._mark_label)
        row.addStretch()
        if self.boxes:
            self.setFocusProxy(self.boxes[0])
        self.refresh()
        self.show_mark()

    def _ticked(self, box: TickBox | None) -> None:
        self._session.set_text(self.address, box.text() if box else "")
        self._session.pause()

    def refresh(self) -> None:
        """Show what the document has."""
        text = self._session.text(self.address)
        ticked = {bare(line) for line in text.splitlines()}
        for box in self.boxes:
            box.setChecked(bare(box.text()) in ticked)


def address_of(widget: QWidget | None) -> Address | None:
    """Return the cell that a widget edits; None for one that edits none."""
    found: Address | None = getattr(widget, "address", None)
    return found


def editors_below(widget: QWidget) -> Iterator[tuple[Address, QWidget]]:
    """Yield what edits a cell below a widget, with the cell."""
    for child in children_of(widget, QWidget):
        if (address := address_of(child)) is not None:
            yield address, child


def _is_gone(editor: QWidget) -> bool:
    """Whether the form of an editor was deleted: on the department's page stand texts of projects too."""
    address, session = address_of(editor), getattr(editor, "_session", None)
    return address is not None and session is not None and address[0] not in session.answers.forms


def refresh_below(widget: QWidget, by: QObject | None, kind: type[QWidget] = QWidget) -> None:
    """Let every editor below a widget show what the document has, but the one that made the change; and what
    stands against its cell, that one too. Among hundreds of widgets one asks for a kind of editor."""
    for child in children_of(widget, kind):
        show_again = getattr(child, "refresh", None)
        if show_again is not None and child is not by and not _is_gone(child):
            show_again()
        show_mark = getattr(child, "show_mark", None)
        if show_mark is not None:
            show_mark()
