"""Boxes in lists: a ticked one is filled in the accent with a tick in it, an open one has an edge to see."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem

from gui.base import theme

_EDGE = 3  # px at the edge of a box that are no tick


@pytest.fixture
def drawn(qtbot):
    """The pixels of two lines by their places, the box of the first ticked."""

    def draw(look):
        app = QApplication.instance()
        app.setStyle("Fusion")
        theme.apply(app, look)
        box = QListWidget()
        qtbot.addWidget(box)
        for state in (Qt.CheckState.Checked, Qt.CheckState.Unchecked):
            item = QListWidgetItem("")
            item.setCheckState(state)
            box.addItem(item)
        box.resize(200, 100)
        picture = box.grab().toImage()
        lines = [box.visualItemRect(box.item(n)) for n in range(2)]
        return [
            {
                (x, y): picture.pixelColor(x, y).name()
                for x in range(24)
                for y in range(line.top(), line.bottom())
            }
            for line in lines
        ]

    yield draw
    theme.apply(QApplication.instance(), "light")


@pytest.mark.parametrize("look", theme.LOOKS)
def test_a_tick_is_seen_in_every_look(drawn, look):
    ticked, open_box = drawn(look)
    accent, edge = theme.colour("accent").name(), theme.colour("text2").name()
    filled = [place for place, colour in ticked.items() if colour == accent]
    columns, rows = {x for x, _ in filled}, {y for _, y in filled}
    inside = [
        colour
        for (x, y), colour in ticked.items()
        if min(columns) + _EDGE <= x <= max(columns) - _EDGE and min(rows) + _EDGE <= y <= max(rows) - _EDGE
    ]
    assert inside.count(accent) > 10
    assert sum(colour != accent for colour in inside) > 5  # the tick
    assert accent not in open_box.values()
    assert edge in open_box.values()
