"""A table that breaks badly is listed in 交稿, and its line leads into the accounts."""

from model.document import store
from model.document.answers import ACCOUNTS, Answers
from tests.desk import open_window
from tests.final_accounts import accounts_answers, qiaokou


def test_a_table_that_breaks_badly_leads_into_the_accounts(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")
    codes = [code for code in qiaokou().subjects.functional if len(code) == 7][:28]
    answers = accounts_answers({code: {"t3.basic": "1.00"} for code in codes})
    path = tmp_path / "决算.zpb"
    store.create(path, Answers({ACCOUNTS: answers}, "示例单位", "2022"))
    window = open_window(qtbot, path)
    window.view.show_handin()
    found = [item for item in window.session.snapshot.open if item.kind == "page-short"]
    assert [item.finding.where for item in found] == ["表2 第 3 页", "表3 第 3 页"]
    window.view.whole.handin.jump_wanted.emit(found[0].finding)
    assert window.view.key == ACCOUNTS
