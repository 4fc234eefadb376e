"""How the editors of cells show what is wrong in them: border, ground, icon, and words for screen readers."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from gui import theme
from gui.marks import ICONS, STATES, Mark
from gui.session import Session
from model.answers import Address

_NONE = Mark()


def mark_at(session: Session, address: Address) -> Mark:
    """Return what stands against a cell now."""
    return session.view.marks.get(address, _NONE)


class Marked:
    """An editor that shows the findings of its cell; stands before the Qt class.

    It has a `_session` and an `address`; `_show_icon(state)` puts the icon into it.
    """

    _session: Session
    address: Address
    _mark = _NONE

    def show_mark(self) -> None:
        """Show what stands against the cell now."""
        mark = mark_at(self._session, self.address)
        if mark == self._mark:
            return
        widget = self
        assert isinstance(widget, QWidget)
        is_other_state = mark.state != self._mark.state
        self._mark = mark
        widget.setToolTip(mark.text)
        widget.setAccessibleDescription(mark.text)
        if is_other_state:
            self._show_icon(mark.state)
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
            icon = theme.icon(ICONS[state], STATES[state][1])
            self._icon = self.addAction(icon, QLineEdit.ActionPosition.TrailingPosition)


class MarkedText(Marked):
    """Several lines with the icon beside them, at the top."""

    _icon_label: QLabel | None = None

    def _show_icon(self, state: str) -> None:
        assert isinstance(self, QPlainTextEdit)
        if self._icon_label is None:
            self._icon_label = QLabel(self)
        self.setViewportMargins(0, 0, theme.px(22) if state else 0, 0)
        self._icon_label.setVisible(bool(state))
        if state:
            self._icon_label.setPixmap(theme.icon_pixmap(ICONS[state], STATES[state][1]))
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
            self._mark_label.setPixmap(theme.icon_pixmap(ICONS[state], STATES[state][1]))
