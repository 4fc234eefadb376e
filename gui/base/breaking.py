"""How a text is broken where the program draws it: no “、” begins a line, no word is cut without need."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout

from gui.base import theme

WORDS = int(Qt.TextFlag.TextWordWrap)  # breaks as print does
_ANYWHERE = WORDS | int(Qt.TextFlag.TextWrapAnywhere)
_INSIDE = re.compile(  # where a long number or address may be cut, and between quotations
    r"(?<=[!-~])(?=[0-9A-Za-z])|(?<=[、，；。：])(?=[“（《])"
)
_LONG_WORD = re.compile(r"[!-~]{20,}")
ZERO_WIDTH = "\u200b"


class Broken(NamedTuple):
    """A text with the places where it may be cut, how a painter breaks it, and how high it is then."""

    text: str
    flags: int
    height: int


def broken(text: str, width: int, size: int = theme.BODY, weight: int = 400) -> Broken:
    """Return how a text is broken in a width, in a font of this size at 100 %."""
    return _broken(text, width, size, weight, theme.px(size))


def breakable(text: str) -> str:
    """Return a text for a label, which can be cut inside of words too long for a line of a pane."""
    return _LONG_WORD.sub(lambda found: ZERO_WIDTH.join(found[0]), text)


@lru_cache(maxsize=16384)
def _broken(text: str, width: int, size: int, weight: int, pixels: int) -> Broken:
    metrics = _metrics(size, weight, pixels)
    if "\n" not in text and metrics.horizontalAdvance(text) <= width:
        return Broken(text, WORDS, metrics.lineSpacing())
    room = QRect(0, 0, width, 10_000)
    box = metrics.boundingRect(room, WORDS, text)
    if box.width() <= width:
        return Broken(text, WORDS, box.height())
    cut = _INSIDE.sub(ZERO_WIDTH, text)
    box = metrics.boundingRect(room, WORDS, cut)
    if box.width() <= width:
        return Broken(cut, WORDS, box.height())
    return Broken(cut, _ANYWHERE, metrics.boundingRect(room, _ANYWHERE, cut).height())


def lines(text: str, width: int) -> list[str]:
    """Return the lines of a text of the size of the body in a width, for a view that breaks none itself."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        layout = QTextLayout(broken(paragraph, width).text, theme.font())
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            found.append(layout.text()[line.textStart() :][: line.textLength()].strip())
        layout.endLayout()
    return found


@cache
def _metrics(size: int, weight: int, pixels: int) -> QFontMetrics:
    """Measuring begins with finding the font: once for each size."""
    return QFontMetrics(theme.font(size, weight))


def draw(painter: QPainter, box: QRect, side: int, text: str) -> None:
    """Draw a text of the size of the body, broken in a box, at its side."""
    found = broken(text, max(box.width(), 20))
    painter.drawText(box, side | found.flags, found.text)
