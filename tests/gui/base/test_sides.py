"""List and pane stand as the clerk left them, and leave room for the whole indicator table."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from export import WINDOW_FORMATS, pdf_bytes
from export.batch import export_forms
from gui.base import settings as settings_store
from gui.base.panel_widths import parse_widths
from gui.base.settings import Settings
from gui.editors.cells import TextCell
from gui.paper.doors import Doors
from gui.window import Window
from model.forms.definition import TABS
from model.forms.loader import shipped
from tests.desk import dressed, open_session


@pytest.fixture
def start(qtbot, tmp_path, monkeypatch):
    """Start the program on the example, so wide and with these settings."""
    monkeypatch.setattr(settings_store, "config_folder", lambda program=None: tmp_path / "config")
    path = open_session(tmp_path).path

    def started(width=1366, settings=None):
        dressed()
        window = Window(shipped(), settings or Settings(), Doors(pdf_bytes, WINDOW_FORMATS, export_forms))
        qtbot.addWidget(window)
        window.resize(width, 768)
        window.show()
        qtbot.waitExposed(window)
        assert window.commands.files.open_path(path)
        QApplication.processEvents()
        return window

    return started


def drag(qtbot, splitter, by):
    """Drag the border between the two sides of a splitter."""
    handle = splitter.handle(1)
    middle = handle.rect().center()
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(handle, middle + QPoint(by, 0))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle + QPoint(by, 0))


@pytest.mark.parametrize("width", [1000, 1180, 1269, 1270, 1280, 1339, 1340, 1366, 1536, 1600, 1920])
def test_every_column_of_the_table_stands_in_the_window(start, width):
    assert start(width).view.indicators.panel.view.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("width", [1000, 1269, 1270, 1280, 1340, 1366, 1600, 1920])
def test_every_column_of_the_declaration_too(start, width):
    window = start(width)
    window.commands.forms.add_declaration()
    window.view.show_form("t", TABS.index("绩效目标与指标"))
    QApplication.processEvents()
    assert window.view.indicators.panel.view.horizontalScrollBar().maximum() == 0


def test_a_narrow_window_closes_the_pane_and_a_wide_one_brings_it_back(start):
    window = start(1366)
    window.resize(1200, 768)
    QApplication.processEvents()
    assert window.view.pane.isHidden()
    window.resize(1366, 768)
    QApplication.processEvents()
    assert not window.view.pane.isHidden()


def test_a_pane_that_was_closed_stays_closed_at_the_next_start(start):
    window = start()
    window.commands.views.toggle_pane()
    window.close()
    assert start(settings=settings_store.load()).view.pane.isHidden()


def test_dragged_borders_stand_there_at_the_next_start(start, qtbot):
    window = start()
    names, pane = window.view.list.width(), window.view.pane.width()
    drag(qtbot, window.view.splitter, 40)
    drag(qtbot, window.view.inner_splitter, -60)
    window.close()
    kept = settings_store.load()
    assert parse_widths(kept.widths) == {"list": names + 40, "pane": pane + 60}
    again = start(settings=kept).view
    assert (again.list.width(), again.pane.width()) == (names + 40, pane + 60)


def test_who_drags_nothing_gets_the_sides_of_each_window_s_width(start):
    window = start(1366)
    window.close()
    narrow = window.view.list.width()
    assert start(1920, settings_store.load()).view.list.width() > narrow


def test_a_window_that_comes_back_keeps_its_sides(start, qtbot):
    window = start()
    drag(qtbot, window.view.splitter, 40)
    dragged = window.view.list.width()
    window.hide()
    window.show()
    QApplication.processEvents()
    assert window.view.list.width() == dragged


def test_borders_are_kept_at_100_percent(start, qtbot):
    window = start(1920, replace(Settings(), widths="list=300"))
    assert window.view.list.width() == 300
    window.commands.views.zoom_in()
    QApplication.processEvents()
    assert window.view.list.width() == 330
    window.commands.views.zoom_reset()


def test_a_column_that_was_made_wider_is_so_in_every_form_and_at_the_next_start(start):
    window = start()
    table = window.view.indicators.panel.view
    at = [column.key for column in table.model_.columns].index("actual")
    table.setColumnWidth(at, 163)
    window.view.show_form("p1")
    assert window.view.indicators.panel.view.columnWidth(at) == 163
    window.close()
    again = start(settings=settings_store.load()).view.indicators.panel.view
    assert again.columnWidth(at) == 163


def test_goals_that_were_folded_away_show_what_changed_meanwhile(start):
    window = start()
    panel = window.view.indicators.panel
    panel.show_cell("g1.text")
    field = next(cell for cell in panel.goals.findChildren(TextCell) if cell.address[1] == "g1.text")
    panel.fold.click()
    assert not field.isVisible()
    window.session.set_text(("d", "g1.text"), "换了一个目标")
    panel.fold.click()
    assert field.toPlainText() == "换了一个目标"
