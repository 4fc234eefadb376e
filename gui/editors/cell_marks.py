"""How the editors of cells show what is wrong in them, and where their text comes from: border, ground, icon,
and words for screen readers."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from gui.base import theme
from gui.base.plain import Label, tip
from gui.session.marks import NO_MARK, Mark, icon_of, meaning_of, with_source
from gui.session.session import Session
from model.document.answers import Address
from model.reading.origin import origin, source_of


def mark_at(session: Session, address: Address) -> Mark:
    """Return what stands against a cell now."""
    return session.snapshot.marks.at(address)


def origin_at(session: Session, address: Address) -> str:
    """Return where the text of a cell comes from, "" where it was typed."""
    form = session.snapshot.forms.get(address[0])
    return origin(form, address[1]) if form else ""


def source_at(session: Session, address: Address) -> str:
    """Return file and place that the text of a cell was imported from, "" where it was typed or edited."""
    key, cell = address
    return source_of(session.answers.forms.get(key), cell)


class Marked:
    """An editor that shows the findings of its cell, else where its text comes from; stands before the Qt
    class.

    It has a `_session` and an `address`; `_show_icon(state)` puts the icon into it.
    """

    _session: Session
    address: Address
    _mark = NO_MARK
    _origin = ""
    _source = ""

    def show_mark(self) -> None:
        """Show what stands against the cell now."""
        mark, comes_from = mark_at(self._session, self.address), origin_at(self._session, self.address)
        source = source_at(self._session, self.address)
        if (mark, comes_from, source) == (self._mark, self._origin, self._source):
            return
        widget = self
        assert isinstance(widget, QWidget)
        is_other_sign = (mark.state or comes_from) != (self._mark.state or self._origin)
        self._mark, self._origin, self._source = mark, comes_from, source
        text = with_source(mark.text or meaning_of(comes_from), source)
        widget.setToolTip(tip(text))
        widget.setAccessibleDescription(text)
        if is_other_sign:
            self._show_icon(mark.state or comes_from)
            widget.setProperty("state", mark.state)
            theme.polish(widget)

    def _show_icon(self, state: str) -> None:
        raise NotImplementedError


class MarkedLine(Marked):
    """A line with the icon at its end."""

    _icon: QAction | None = None

    def _show_icon(self, state: str) -> None:
        assert isinstance(self, QLineEdit)
        if self._icon is not None:
            self.removeAction(self._icon)
            self._icon = None
        if state:
            icon = theme.icon(*icon_of(state))
            self._icon = self.addAction(icon, QLineEdit.ActionPosition.TrailingPosition)


class MarkedText(Marked):
    """Several lines with the icon beside them, at the top."""

    _icon_label: QLabel | None = None

    def _show_icon(self, state: str) -> None:
        assert isinstance(self, QPlainTextEdit)
        if self._icon_label is None:
            self._icon_label = Label(parent=self)
        self.setViewportMargins(0, 0, theme.px(22) if state else 0, 0)
        self._icon_label.setVisible(bool(state))
        if state:
            self._icon_label.setPixmap(theme.icon_pixmap(*icon_of(state)))
            self.place_icon()

    def place_icon(self) -> None:
        """Keep the icon in the corner when the width is another one."""
        if self._icon_label is not None:
            assert isinstance(self, QPlainTextEdit)
            self._icon_label.adjustSize()
            left = self.width() - self._icon_label.width() - theme.px(8)
            self._icon_label.move(left, theme.px(9))


class MarkedChoice(Marked):
    """Tick boxes with the icon behind the last of them, in `_mark_label`."""

    _mark_label: QLabel

    def _show_icon(self, state: str) -> None:
        self._mark_label.setVisible(bool(state))
        if state:
            self._mark_label.setPixmap(theme.icon_pixmap(*icon_of(state)))
