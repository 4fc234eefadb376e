"""The tabs of a form stand as far as they fit; the others are found under 更多."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.frame.tab_strip import TabStrip
from model.forms.definition import TABS
from tests.desk import dressed


class Shelf(QWidget):
    """A window with nothing but the tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.strip = TabStrip(TABS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.strip)

    def seen(self) -> list[str]:
        """Return the tabs that lie whole within what the window shows."""
        bar = self.strip.bar
        return [
            bar.tabText(n)
            for n in range(bar.count())
            if bar.isTabVisible(n) and bar.tabRect(n).right() <= bar.rect().right()
        ]


@pytest.fixture
def shelf(qtbot: QtBot) -> Shelf:
    dressed()
    shelf = Shelf()
    qtbot.addWidget(shelf)
    shelf.resize(600, 44)
    shelf.show()
    qtbot.waitUntil(lambda: 0 < len(shelf.seen()) < len(TABS))
    return shelf


def test_what_does_not_fit_is_under_more(shelf: Shelf) -> None:
    shelf.strip.more.menu().aboutToShow.emit()
    under_more = [action.text() for action in shelf.strip.more.menu().actions()]
    assert shelf.strip.more.isVisible()
    assert shelf.seen() + under_more == list(TABS)


def test_every_tab_comes_back_when_there_is_room(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.resize(1200, 44)
    qtbot.waitUntil(lambda: shelf.seen() == list(TABS))
    assert not shelf.strip.more.isVisible()


def test_a_tab_chosen_under_more_is_shown(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.strip.more.menu().aboutToShow.emit()
    shelf.strip.more.menu().actions()[-1].trigger()
    qtbot.waitUntil(lambda: TABS[-1] in shelf.seen())
    assert shelf.strip.current() == len(TABS) - 1
