"""What the signs in the cells mean: where a value comes from, and what stands against it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.session.marks import ICONS, ORIGINS, STATES

COMPUTED = "灰底：程序计算，不用填"
_AGAINST = {"error": "错误，需改正", "warning": "提醒，请核对或写说明", "gap": "必填项未填"}


class Legend(QWidget):
    """A line a sign, below a rule."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.px(10), 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(QFrame(objectName="rule"), 0, 0, 1, 2)
        heading = Label("图例", objectName="caption")
        heading.setFont(theme.font(theme.CAPTION, 600))
        self._grid.addWidget(heading, 1, 0, 1, 2)
        self._add(_swatch(), COMPUTED)
        for origin in ORIGINS.values():
            self._add(theme.icon_pixmap(origin.icon, origin.token, 14), origin.meaning)
        for state, meaning in _AGAINST.items():
            self._add(theme.icon_pixmap(ICONS[state], STATES[state][1], 14), meaning)

    def _add(self, sign: QPixmap, meaning: str) -> None:
        row = self._grid.rowCount()
        icon = Label()
        icon.setPixmap(sign)
        icon.setContentsMargins(0, theme.px(3), 0, 0)
        self._grid.addWidget(icon, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(Label(meaning, objectName="caption", wordWrap=True), row, 1)


def _swatch() -> QPixmap:
    """A piece of the ground of computed cells, framed."""
    edge = theme.px(14)
    piece = QPixmap(edge, edge)
    piece.fill(theme.colour("line2"))
    painter = QPainter(piece)
    painter.fillRect(1, 1, edge - 2, edge - 2, theme.colour("raised"))
    painter.end()
    return piece
