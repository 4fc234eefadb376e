"""One listener: the document view alone hears the session, and a view that is gone hears nothing.

1. every way of building the view anew leaves one view, which alone is told of a key, once
2. whatever face of the pane is in sight, a key typed afterwards reaches the document and raises nothing
3. an earlier version in a window of its own goes with its window
"""

import gc
import sys
from datetime import datetime

import pytest
from PySide6.QtCore import SIGNAL, QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.frame.document_view import DocumentView
from gui.pane.pane import FINDINGS, HELP, HOW
from model.document import backups
from model.forms.definition import TABS

FACES = {"findings": FINDINGS, "how": HOW, "help": HELP}
SOON_MS = 400  # by then all that waits for a pause between keys has come


def settle():
    """What is to be deleted is deleted now."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def zoom(window):
    window.commands.views.zoom_in()


def look(window):
    window.commands.views.theme_dark()
    window.commands.views.theme_light()


def reopen(window):
    path = window.session.path
    assert window.commands.files.close_document()
    assert window.commands.files.open_path(path)


def restore(window):
    path = window.session.path
    backups.make(path, None, datetime(2023, 5, 4, 9, 30))
    window.commands.versions.restore_version(backups.found(path)[-1])


WAYS = {"zoom": zoom, "look": look, "reopen": reopen, "restore": restore}


@pytest.fixture
def raised(monkeypatch):
    """What was raised in a slot, where nobody catches it."""
    errors = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: errors.append(error))
    return errors


@pytest.fixture
def window(start):
    return start()


def rebuild(window, way):
    for _ in range(3):
        WAYS[way](window)
        settle()


def type_a_key(qtbot, window):
    window.view.show_cell("d", "i2.actual")
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget(), "7")
    qtbot.wait(SOON_MS)


def views():
    """The views that are still there, in Qt or in Python."""
    gc.unfreeze()
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, DocumentView)]


def show(window, face):
    if face == "finder":
        window.commands.finding.find()
        window.view.pane.finder.field.setText("培训")
    else:
        window.view.open_pane(FACES[face])


# -- 1 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_1_one_view_is_left_and_is_told_once(start, raised, way, monkeypatch):
    of_other_tests = views()
    window, calls = start(), []
    refresh = type(window.view.list).refresh
    monkeypatch.setattr(type(window.view.list), "refresh", lambda self: calls.append(self) or refresh(self))
    rebuild(window, way)
    assert [view for view in views() if view not in of_other_tests] == [window.view]
    for signal in ("changed(PyObject,PyObject)", "state_changed()", "taken_over(PyObject)"):
        assert window.session.receivers(SIGNAL(signal)) == 1
    calls.clear()
    window.session.set_text(("d", "improvement"), "改进", by=window)
    assert calls == [window.view.list]
    assert raised == []


# -- 2 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("face", [*FACES, "finder"])
@pytest.mark.parametrize("way", WAYS)
def test_2_a_key_typed_afterwards_reaches_the_document(qtbot, window, raised, way, face):
    show(window, face)
    rebuild(window, way)
    show(window, face)
    type_a_key(qtbot, window)
    assert window.session.answers.forms["d"].text("i2.actual") == "7"
    assert raised == []


@pytest.mark.parametrize("way", WAYS)
def test_2_every_tab_and_the_pages_are_anew_too(qtbot, window, raised, way):
    for tab in range(len(TABS)):
        window.view.show_form("d", tab)
    window.view.show_preview("d")
    rebuild(window, way)
    for tab in range(len(TABS)):
        window.view.show_form("d", tab)
    type_a_key(qtbot, window)
    window.commands.edits.undo()
    qtbot.wait(SOON_MS)
    assert raised == []


# -- 3 ----------------------------------------------------------------------------------------------


def test_3_a_version_goes_with_its_window(start, raised):
    of_other_tests = views()
    window = start()
    path = window.session.path
    backups.make(path, None, datetime(2023, 5, 4, 9, 30))
    window.commands.versions.view_version(backups.found(path)[-1])
    window.versions[0].close()
    settle()
    assert window.versions == []
    assert [view for view in views() if view not in of_other_tests] == [window.view]
    assert raised == []
