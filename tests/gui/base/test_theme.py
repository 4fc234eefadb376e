"""The looks of the window: every word can be read, every edge seen (WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11)."""

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from gui.base import theme
from gui.base.parts import keep_room_to_scroll

WORDS = ("text", "text2", "dis", "accent", "error", "warn", "ok")
GROUNDS = ("surface", "chrome", "raised")
SOFT = {"error": "error_soft", "warn": "warn_soft", "ok": "ok_soft", "text": "accent_soft"}


def luminance(token):
    """The relative luminance that WCAG defines."""
    channels = (channel / 255 for channel in theme.colour(token).getRgb()[:3])
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=theme.LOOKS)
def look(qapp, request):
    """Each look in turn; then light again."""
    theme.prepare(QApplication.instance(), request.param)
    yield request.param
    theme.apply(QApplication.instance(), "light")


def test_words_can_be_read_on_every_ground(look):
    least = 7 if look == "contrast" else 4.5
    pairs = [(word, ground) for word in WORDS for ground in GROUNDS] + list(SOFT.items())
    pairs += [("on_accent", "accent")]
    assert [(*pair, round(contrast(*pair), 2)) for pair in pairs if contrast(*pair) < least] == []


def test_the_edges_of_fields_can_be_seen(look):
    tokens = ("edge", "accent", "error", "warn_icon") + (("line", "line2") if look == "contrast" else ())
    assert [token for token in tokens if contrast(token, "surface") < 3] == []


def test_a_choice_of_the_clerk_comes_before_what_the_system_asks_for(monkeypatch):
    monkeypatch.setattr(theme, "_system_wants_contrast", lambda: True)
    assert [theme.look_for(choice) for choice in ("light", "dark", "contrast")] == list(theme.LOOKS)
    assert theme.look_for("system") == "contrast"


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_what_an_empty_field_says_can_be_read(look, qtbot, kind):
    """Left alone, a style sheet shows it in half the colour of the text."""
    theme.apply(QApplication.instance(), look)
    field = kind()
    qtbot.addWidget(field)
    field.show()
    assert field.palette().color(QPalette.ColorRole.PlaceholderText) == theme.colour("dis")


def test_a_bar_that_keeps_its_room_is_seen_only_where_something_scrolls(qtbot):
    text = QPlainTextEdit()
    qtbot.addWidget(text)
    keep_room_to_scroll(text)
    text.show()
    bar = text.verticalScrollBar()
    assert (bar.isVisible(), bar.isEnabled()) == (True, False)
    text.setPlainText("一行\n" * 200)
    assert bar.isEnabled()
    text.clear()
    assert not bar.isEnabled()
