"""The look of the window: tokens for each look, style sheet, fonts, icons coloured from tokens."""

import re
import sys
from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

import resources

FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC")
BODY, CAPTION, HEADING = 15, 13, 17  # px at 100 %
ZOOMS = range(80, 201, 10)

LOOKS = ("light", "dark", "contrast")

# token: a colour for each look; contrast keeps 7 : 1 for every text and 3 : 1 for every edge
_TOKENS = {
    "chrome": ("#F3F4F6", "#1B1E22", "#000000"),
    "surface": ("#FFFFFF", "#22262B", "#000000"),
    "raised": ("#F7F8FA", "#2A2F35", "#1A1A1A"),
    "line": ("#E2E5EA", "#363C44", "#8C8C8C"),
    "line2": ("#C3C9D2", "#525B66", "#BFBFBF"),
    "edge": ("#8A93A1", "#75808D", "#FFFFFF"),
    "text": ("#1C2026", "#E9EBEE", "#FFFFFF"),
    "text2": ("#56606E", "#ABB3BE", "#FFFFFF"),
    "dis": ("#646E7B", "#949EAA", "#B8B8B8"),
    "accent": ("#1F5C99", "#82B4EA", "#FFD800"),
    "accent_soft": ("#E9F1FA", "#263A50", "#33310A"),
    "on_accent": ("#FFFFFF", "#10202F", "#000000"),
    "error": ("#B3261E", "#FF9A90", "#FF9B94"),
    "error_soft": ("#FCEEEC", "#46292A", "#3D0A0A"),
    "warn": ("#8A5A00", "#F2C768", "#FFC14D"),
    "warn_icon": ("#B57600", "#F2C768", "#FFC14D"),
    "warn_soft": ("#FDF3DC", "#40361F", "#3A2800"),
    "ok": ("#1E7046", "#7FCDA0", "#7CF2A0"),
    "ok_soft": ("#E7F4EC", "#21392C", "#06301A"),
    "bar": ("#DDE3EA", "#3A424C", "#4D4D4D"),
}
_ROLES = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.PlaceholderText: "dis",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Mid: "line2",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "line",
}


@dataclass
class _Current:
    """What is shown now; changed by `apply` alone."""

    look: str = "light"
    zoom: int = 100


_now = _Current()


def look_for(choice: str) -> str:
    """Return the look for a choice of the clerk: that look, or for `system` what the system asks for."""
    if choice in LOOKS:
        return choice
    if _system_wants_contrast():
        return "contrast"
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def _system_wants_contrast() -> bool:
    """Whether Windows shows one of its contrast themes."""
    if sys.platform != "win32":
        return False
    from gui.base.windows_contrast import is_on

    return is_on()


def apply(app: QApplication, look: str, zoom: int = 100) -> None:
    """Give the whole program its colours, fonts and style sheet; `zoom` in per cent."""
    prepare(app, look, zoom)
    dress(app)


def dress(app: QApplication) -> None:
    """Give the program its style sheet; quicker once all widgets are there than before each is."""
    app.setStyleSheet(_style_sheet())


def be_dressed() -> None:
    """Dress the program where it is not yet, as before its first window."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and not app.styleSheet():
        dress(app)


def prepare(app: QApplication, look: str, zoom: int = 100) -> None:
    """Give the program its colours and fonts, which widgets need when they are made."""
    _now.look, _now.zoom = look, zoom
    icon_pixmap.cache_clear()
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, colour(token))
        palette.setColor(QPalette.ColorGroup.Inactive, role, colour(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("dis"))
    app.setPalette(palette)
    app.setFont(font())
    for window in app.topLevelWidgets():
        if isinstance(window, QMainWindow):
            window.setFont(font())  # of itself it hears of the other font only with the next one


def colour(token: str) -> QColor:
    """Return the colour of a token in the current theme."""
    return _colour(_TOKENS[token][LOOKS.index(_now.look)])


def on_paper(token: str) -> QColor:
    """Return the colour of a token on what looks like paper in every look: a sheet of a foreign file."""
    return _colour(_TOKENS[token][LOOKS.index("light")])


@cache
def _colour(name: str) -> QColor:
    return QColor(name)


def px(size: float) -> int:
    """Return a size of the design, in px at 100 %, at the current zoom."""
    return round(size * _now.zoom / 100)


def unzoomed(size: int) -> int:
    """Return the size at 100 % of something that is so large on the screen."""
    return round(size * 100 / _now.zoom)


def font(size: int = BODY, weight: int = 400) -> QFont:
    """Return the font of the window in a size of the design and a weight of 400, 500 or 600."""
    return _font(px(size), weight)


@cache
def _font(pixels: int, weight: int) -> QFont:
    found = QFont(list(FAMILIES))
    found.setPixelSize(pixels)
    found.setWeight(QFont.Weight(weight))
    return found


def icon(name: str, token: str = "text2", size: int = 16) -> QIcon:
    """Return an icon of resources/icons in the colour of a token."""
    return QIcon(icon_pixmap(name, token, size))


@cache
def icon_pixmap(name: str, token: str, size: int = 16) -> QPixmap:
    """Return an icon as pixels for the sharpest screen."""
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    edge = px(size)
    pixels = QPixmap(round(edge * ratio), round(edge * ratio))
    pixels.setDevicePixelRatio(ratio)
    pixels.fill(Qt.GlobalColor.transparent)
    svg = resources.path(f"icons/{name}.svg").read_text(encoding="utf-8")
    svg = svg.replace("currentColor", colour(token).name()).replace("surfaceColor", colour("surface").name())
    painter = QPainter(pixels)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    return pixels


def polish(widget: QWidget) -> None:
    """Let the style sheet see that a name or property of a widget changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _style_sheet() -> str:
    text = resources.path("style.qss").read_text(encoding="utf-8")
    paper = {f"paper_{name}": on_paper(name).name() for name in _TOKENS}
    tick = resources.path("icons") / ("tick-light.png" if _now.look == "light" else "tick-dark.png")
    names = {name: colour(name).name() for name in _TOKENS} | {"tick": tick.as_posix()}
    filled = Template(text).substitute(names | paper)
    return re.sub(r"\b(\d+)px", lambda m: f"{_scaled(int(m[1]))}px", filled)


def _scaled(size: int) -> int:
    """Hairlines stay hairlines."""
    return size if size <= 1 else px(size)
