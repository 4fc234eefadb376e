"""Text of a document is shown letter by letter: Qt would read `<b>` in a label or a tool tip as markup, and
open what `<img src="//server/x.png">` names, and underline the letter behind an `&`."""

from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QWidget


class Label(QLabel):
    """A label whose text is no markup, unless `textFormat` says that the program itself has made it."""

    def __init__(
        self, text: str = "", textFormat: Qt.TextFormat = Qt.TextFormat.PlainText, **properties: Any
    ) -> None:
        super().__init__(textFormat=textFormat, **properties)
        if text:
            self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text, with every & in it."""
        super().setText(text if self.buddy() is None else in_menu(text))

    def setBuddy(self, buddy: QWidget) -> None:
        """Stand for an editor, to screen readers; an & in the text makes no key of it."""
        text = self.text()
        super().setBuddy(buddy)
        self.setText(text)


def tip(text: str) -> str:
    """Return a text as tool tips show it letter by letter."""
    if not GuiQt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'


def in_menu(text: str) -> str:
    """Return a text as buttons and menus show it letter by letter."""
    return text.replace("&", "&&")
