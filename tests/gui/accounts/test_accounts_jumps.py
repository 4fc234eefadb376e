"""A finding leads to where its cell is typed: to the sentence that holds it, else beside the tables."""

import pytest
from PySide6.QtWidgets import QApplication

from gui.session.accounts_places import ACCOUNTS_TABS, OTHERS, TEXTS
from model.document.answers import ACCOUNTS


def tab_in_hand(window):
    QApplication.processEvents()
    return window.view.accounts.tabs.current()


@pytest.mark.parametrize(("code", "tab"), [("205", TEXTS), ("212", OTHERS)])
def test_what_a_class_is_used_for(opened, code, tab):
    cells = {f"class_use.{code}": "工资\x01"}
    window = opened(cells=cells)
    window.view.show_cell(ACCOUNTS, f"class_use.{code}")
    assert ACCOUNTS_TABS[tab_in_hand(window)] == ACCOUNTS_TABS[tab]
    assert window.view.cursor_cell == (ACCOUNTS, f"class_use.{code}")
