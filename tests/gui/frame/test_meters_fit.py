"""In one line the meters of the strip leave out names and full marks before a figure is cut."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from gui.frame.score_strip import ScoreStrip
from tests.desk import open_session


@pytest.fixture
def room(qtbot):
    made = QWidget()  # a window would not become narrower than the least width of its strip
    qtbot.addWidget(made)
    return made


@pytest.fixture
def strip(room, tmp_path):
    made = ScoreStrip(open_session(tmp_path))
    made.setParent(room)
    made.set_compact(True)
    made.show_form("d")
    room.resize(1200, 100)
    room.show()
    return made


def shown(strip, width):
    strip.resize(width, strip.height())
    QApplication.processEvents()
    labels = [label for m in strip._meters for label in (m.sign, m.figure, m.points, m.name)]
    cut = [one.text() for one in labels if one.isVisible() and one.width() < one.sizeHint().width()]
    return cut, {label for m in strip._meters for label in (m.points, m.name) if label.isVisible()}


def width_for(strip, parts):
    """The narrowest strip in which the meters have so many parts."""
    others = strip._row.sizeHint().width() - strip._bars.sizeHint().width()
    gaps = strip._bars.spacing() * (len(strip._meters) - 1)
    return others + gaps + sum(meter.width_with(parts) for meter in strip._meters)


def test_what_is_shown_each_side_of_the_room_for_it(strip):
    strip.resize(1000, strip.height())
    whole, marks = width_for(strip, 2), width_for(strip, 1)
    names = {meter.name for meter in strip._meters}
    points = {meter.points for meter in strip._meters}
    assert shown(strip, whole)[1] == names | points
    assert shown(strip, whole - 1)[1] == points
    assert shown(strip, marks)[1] == points
    assert shown(strip, marks - 1)[1] == set()
    assert shown(strip, whole)[1] == names | points  # wider again


def test_no_figure_is_cut(strip):
    for width in (1000, width_for(strip, 2) - 1, width_for(strip, 1) - 1):
        assert shown(strip, width)[0] == []


def test_with_captions_above_all_is_shown(strip):
    strip.set_compact(False)
    assert len(shown(strip, 700)[1]) == 2 * len(strip._meters)
