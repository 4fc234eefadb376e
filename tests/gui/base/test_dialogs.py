"""Dialogs fit the smallest screen, nothing in them is cut, and Qt's own words are Chinese.

Shown as docs/scenes.py shows them for the pictures, on the shipped example.
"""

from itertools import chain

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit

from docs import scenes
from gui import app as program
from gui.base.parts import Elided
from tests.desk import YUEYANG

ROOM = (1092, 574)  # 1366×768 at 125 %, without the bar of the system


def is_cut(widget):
    """Whether a label or button has less room than its text needs."""
    wanted = widget.sizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height()
    return wanted.width() > widget.width() or wanted.height() > widget.height()


def cut(dialog):
    parts = chain(dialog.findChildren(QLabel), dialog.findChildren(QAbstractButton))
    shown = (part for part in parts if part.isVisible() and part.text() and not isinstance(part, Elided))
    return [part.text() for part in shown if is_cut(part)]


@pytest.fixture
def dialogs(start, monkeypatch, tmp_path):
    """Every dialog that the pictures show: its title, its size and what is cut in it."""
    found = []
    take = scenes.in_dialog

    def measured(open_it, then=lambda _: None):
        def measure(dialog):
            then(dialog)
            found.append((dialog.windowTitle(), dialog.size().toTuple(), cut(dialog)))

        return take(open_it, measure)

    monkeypatch.setattr(scenes, "in_dialog", measured)
    monkeypatch.setattr(scenes, "settle", lambda _=0: QTest.qWait(20))
    monkeypatch.setattr("gui.base.settings.Settings.start_folder", lambda self: tmp_path)
    window = start()
    for _ in chain(scenes.dialogs(window), scenes.other_dialogs(window), scenes.older(window)):
        pass
    return found


def test_every_dialog_fits_the_smallest_screen_and_nothing_in_it_is_cut(dialogs):
    assert len(dialogs) > 15
    assert [(title, size) for title, size, _ in dialogs if size[0] > ROOM[0] or size[1] > ROOM[1]] == []
    assert [(title, texts) for title, _, texts in dialogs if texts] == []


@pytest.mark.parametrize("files", [(), YUEYANG[:2]], ids=["three blocks", "four blocks"])
def test_a_narrow_window_leaves_the_list_its_width(start, files):
    window = start(files, width=ROOM[0])
    assert window.view.list.width() == 228
    assert not is_cut(window.view.list.year)


def test_the_captions_of_the_strip_stand_on_one_line(start):
    strip = start().view.strip
    captions = [*strip._captions, *(meter.name for meter in strip._meters)]
    tops = [caption.mapTo(strip, caption.rect().topLeft()).y() for caption in captions]
    assert max(tops) - min(tops) <= 1


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_a_text_is_chinese(qapp, qtbot, kind):
    before = qapp.findChildren(QTranslator)
    program._speak_chinese(qapp)
    field = kind("文字")
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    names = [action.text().partition("\t")[0].partition("(")[0] for action in menu.actions()]
    for translator in set(qapp.findChildren(QTranslator)) - set(before):
        qapp.removeTranslator(translator)
    assert names
    assert all(not name.isascii() for name in names if name)
