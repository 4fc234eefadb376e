"""A figure that the program computes, in the shape of a field."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from gui.base import theme
from gui.editors.cell_marks import MarkedLine
from gui.editors.cells import UndoOfWindow
from gui.session.session import Session
from model.document.answers import Address


class FigureField(UndoOfWindow, MarkedLine, QLineEdit):
    """A computed amount: it is read, marked and explained, never typed; Tab does not stop at it."""

    def __init__(self, session: Session, address: Address, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self._session, self.address = session, address
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMinimumHeight(theme.px(40))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # to be read and copied
        self.show_mark()
