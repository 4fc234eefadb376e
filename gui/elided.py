"""A label of one line that ends in … where it is too narrow; the whole text is its tooltip then."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class ElidedLabel(QLabel):
    """Takes whatever width there is; `mode` says where the text is cut."""

    def __init__(self, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight, name: str = "") -> None:
        super().__init__(objectName=name)
        self._mode, self.full_text = mode, ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.full_text = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width shows more or less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self.full_text, self._mode, self.width())
        self.setText(shown)
        self.setToolTip(self.full_text if shown != self.full_text else "")

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(self.full_text) + 1
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a character and …"""
        return QSize(self.fontMetrics().averageCharWidth() * 4, self.sizeHint().height())
