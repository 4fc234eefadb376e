"""A window with final accounts in its document."""

import pytest
from PySide6.QtWidgets import QApplication

from gui.session.accounts_places import SUBJECTS
from model.document import store
from model.document.answers import ACCOUNTS
from tests.desk import open_session, open_window
from tests.final_accounts import QIAOKOU_CELLS, QIAOKOU_ITEMS, accounts_answers


@pytest.fixture
def opened(qtbot, tmp_path, monkeypatch):
    """Open the window on the example with the accounts of 硚口 2022, or others, in hand."""
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")

    def opened(items=QIAOKOU_ITEMS, cells=QIAOKOU_CELLS):
        session = open_session(tmp_path)
        stored = store.open_document(session.path)
        answers = stored.answers.with_form(ACCOUNTS, accounts_answers(items, cells))
        store.save(session.path, stored.revision, stored.answers, answers)
        window = open_window(qtbot, session.path)
        window.view.show_form(ACCOUNTS, SUBJECTS)
        QApplication.processEvents()
        return window

    return opened
