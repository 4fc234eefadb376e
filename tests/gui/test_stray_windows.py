"""Nothing is shown before it has its place: a widget without one would flash as a window of its own and take
the keys away from where the clerk types."""

from itertools import chain

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from docs import scenes
from model.document import store
from model.filling.blank import blank_form
from model.forms.definition import TABS
from model.forms.loader import shipped
from tests.builders import SHIPPED
from tests.declared import DECLARATION, opened_window, tab
from tests.desk import EXAMPLE


class Watch(QObject):
    """Notes every window that is shown and is neither the program's nor a dialog, menu, list or tip."""

    def __init__(self):
        super().__init__()
        self.stray = []

    def eventFilter(self, watched, event):
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        kinds = (Qt.WindowType.Widget, Qt.WindowType.Window)
        if is_shown and watched.windowType() in kinds and not isinstance(watched, QMainWindow | QDialog):
            self.stray.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def watch(qapp):
    found = Watch()
    qapp.installEventFilter(found)
    yield found
    qapp.removeEventFilter(found)


def test_no_tab_of_any_form_shows_a_stray_window(qtbot, tmp_path, monkeypatch, watch):
    window = opened_window(qtbot, tmp_path, monkeypatch)
    answers = window.session.answers
    for n, form_id in enumerate(SHIPPED, start=1):
        form = blank_form(shipped().form(form_id), answers.unit, answers.year)
        answers = answers.with_form(f"p{n}", form)
    store.create(tmp_path / "新.zpb", answers)
    assert window.commands.files.open_path(tmp_path / "新.zpb")
    for key in answers.forms:
        window.view.show_form(key)
        for name in TABS:
            tab(window, name)
        assert watch.stray == [], answers.forms[key].definition
    assert QApplication.activeWindow() is window


def test_no_face_dialog_or_size_of_the_window_shows_one(qtbot, tmp_path, monkeypatch, watch):
    monkeypatch.setattr(scenes, "settle", lambda _=0: QTest.qWait(1))
    window = opened_window(qtbot, tmp_path, monkeypatch, (*EXAMPLE, *DECLARATION))
    parts = (scenes.forms, scenes.faces, scenes.finding, scenes.papers, scenes.dialogs, scenes.other_dialogs)
    for _ in chain.from_iterable(part(window) for part in parts):
        pass
    window.resize(900, 500)
    QApplication.processEvents()
    assert watch.stray == []
