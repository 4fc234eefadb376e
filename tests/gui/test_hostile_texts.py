"""A document full of markup, all over the window: no label, tool tip, menu or list reads any of it.

1. the widgets of all tabs, faces of the pane, pages, menus and dialogs that docs/scenes.py shows, with every
   text of the document hostile, and with only those hostile that are no figures
2. the text is in sight as it was typed
"""

import re
from dataclasses import replace
from itertools import chain

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QLabel,
    QMenu,
    QRadioButton,
    QTabBar,
    QTextEdit,
)

from docs import scenes
from model.basics.number import parse_amount
from model.document import store
from tests.declared import DECLARATION
from tests.desk import EXAMPLE, open_session, open_window

HOSTILE = '<img src="//server/x.png"><b>粗</b>&amp;'
NOT_TYPED = ("year", ".goal", ".term")  # cells whose texts the program itself chooses
EVERY = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.StatusTipRole)


def hostile(answers, figures_too):
    """The answers with markup behind every text, or behind those that are no figures."""

    def made(text):
        return text + HOSTILE if text and (figures_too or parse_amount(text) is None) else text

    forms = {
        key: replace(
            form,
            texts={
                cell: text if cell.endswith(NOT_TYPED) else made(text) for cell, text in form.texts.items()
            },
            given={cell: made(text) for cell, text in form.given.items()},
        )
        for key, form in answers
    }
    return replace(answers, forms=forms, unit=made(answers.unit))


def is_key(text):
    """Whether a menu or button underlines a letter of the document and hides an &."""
    return re.search(r"(?<!&)&(?!&)amp;", text) is not None


def read_as_markup(text):
    return GuiQt.mightBeRichText(text) and "<img" in text


def faults(item_tips):
    """What any widget of now reads as markup: the kind of widget and its text."""
    yield from ((name, text) for name, texts in item_tips for text in texts if read_as_markup(text))
    for widget in QApplication.allWidgets():
        tips = [widget.toolTip(), widget.whatsThis(), widget.statusTip()]
        if isinstance(widget, QTabBar):
            tips += [widget.tabToolTip(n) for n in range(widget.count())]
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            tips.append(widget.text())
        if isinstance(widget, QTextEdit):
            tips.append(widget.toHtml().partition("<body")[2])
        yield from ((type(widget).__name__, text) for text in tips if read_as_markup(text))
        if isinstance(widget, QAbstractButton) and not isinstance(widget, QCheckBox | QRadioButton):
            yield from ((type(widget).__name__, text) for text in [widget.text()] if is_key(text))
        if isinstance(widget, QCheckBox | QRadioButton) and not widget.shortcut().isEmpty():
            yield type(widget).__name__, widget.text()
        for action in widget.findChildren(QAction) if isinstance(widget, QMenu) else widget.actions():
            if is_key(action.text()) or read_as_markup(action.toolTip()):
                yield "QAction", action.text()


def tips_of_items():
    """The kind of view and the tips of each model that a view shows; one of several views is read once."""
    views = [widget for widget in QApplication.allWidgets() if isinstance(widget, QAbstractItemView)]
    names = {view.model(): type(view).__name__ for view in views if view.model() is not None}
    return [(name, list(tips_of(model))) for model, name in names.items()]


def tips_of(model: QAbstractItemModel):
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) or "")
        for row in range(model.rowCount()):
            yield from (str(model.data(model.index(row, column), role) or "") for role in EVERY)


def seen(label):
    """The text of a label without the places where a long word may be cut."""
    return label.text().replace("\u200b", "")


def in_sight(item_tips):
    """How often the text stands in a label, and in a tool tip that shows it letter by letter."""
    labels = [w for w in QApplication.allWidgets() if isinstance(w, QLabel) and HOSTILE in seen(w)]
    tips = [w.toolTip() for w in QApplication.allWidgets()]
    return len(labels), sum("&lt;img" in tip for tip in chain(tips, *(texts for _, texts in item_tips)))


@pytest.fixture(params=[True, False], ids=["every text", "names alone"])
def window(request, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")
    monkeypatch.setattr("gui.base.settings.Settings.start_folder", lambda self: tmp_path)
    answers = open_session(tmp_path, (*EXAMPLE, *DECLARATION)).answers
    path = tmp_path / "甲&amp;乙.zpb"
    store.create(path, hostile(answers, figures_too=request.param))
    return open_window(qtbot, path)


def test_1_no_widget_reads_a_text_of_the_document_as_markup(window, monkeypatch):
    monkeypatch.setattr(scenes, "settle", lambda _=0: QTest.qWait(10))
    take, found, seen = scenes.in_dialog, set(), []

    def look(dialog=None):
        item_tips = tips_of_items()
        found.update(faults(item_tips))
        seen.append(in_sight(item_tips))

    def looked(open_it, then=lambda _: None):
        return take(open_it, lambda dialog: (then(dialog), look()))

    monkeypatch.setattr(scenes, "in_dialog", looked)
    parts = (scenes.forms, scenes.faces, scenes.finding, scenes.papers, scenes.popups, scenes.dialogs)
    for _ in chain.from_iterable(part(window) for part in (*parts, scenes.other_dialogs, scenes.older)):
        look()
    assert found == set()
    assert max(labels for labels, _ in seen) > 10
    assert max(tips for _, tips in seen) > 5
