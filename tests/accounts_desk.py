"""部门决算 in a window as tests use it: a page, the cursor on a cell, keys, what a cell shows."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.session.accounts_places import SUBJECTS
from model.document.answers import ACCOUNTS


def page(window, tab=SUBJECTS):
    window.view.show_form(ACCOUNTS, tab)
    QApplication.processEvents()
    return window.view.accounts.pages.page(tab)


def at(window, cell):
    """Put the cursor of the list on a cell."""
    view = page(window).view
    assert view.show_cell(cell)
    return view


def key(widget, one, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, one, modifier)


def shown(window, cell):
    model = page(window).model
    return model.data(model.index_of(cell))
