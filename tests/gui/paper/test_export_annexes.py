"""What goes with exported forms: the answers to findings, and what explains the scores."""

import pytest

from export import EXCEL, PDF
from gui.paper.export_dialog import ExportDialog
from model.checks import Finding
from tests.desk import open_session
from tests.gui.paper.test_export_dialog import Files, click, export


@pytest.fixture
def session(qtbot, tmp_path):
    return open_session(tmp_path)


@pytest.fixture
def files():
    return Files()


def opened(qtbot, session, files, folder):
    dialog = ExportDialog(None, session, (EXCEL, PDF), files, folder)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def test_answers_go_with_the_forms_where_there_are_any(qtbot, session, files, tmp_path, monkeypatch):
    dialog = opened(qtbot, session, files, tmp_path)
    assert dialog.choice.replies.isHidden()
    answered = Finding(
        "missed-but-full", "judged", ("d", "i1.score"), "第1行", "请核减。", answer="上级已同意给满分"
    )
    monkeypatch.setattr("gui.session.snapshot.check_form", lambda form: ())
    monkeypatch.setattr("gui.session.snapshot.check_between", lambda reading: (answered,))
    session.set_text(("d", "i1.reason"), "原因")
    dialog = opened(qtbot, session, files, tmp_path)
    assert dialog.choice.replies.isVisible()
    assert "replies" in dialog.choice.annexes()
    export(qtbot, dialog)
    assert "replies" in files.annexes
    click(qtbot, dialog.outcome.close_button)
    dialog = opened(qtbot, session, files, tmp_path)
    click(qtbot, dialog.choice.forms.boxes["d"])  # what is exported holds no answer
    assert "replies" not in dialog.choice.annexes()
    export(qtbot, dialog)
    assert "replies" not in files.annexes


def test_answers_stay_behind_where_the_clerk_wants(qtbot, session, files, tmp_path, monkeypatch):
    answered = Finding("met-but-cut", "warning", ("d", "i1.score"), "第1行", "请核对。", answer="上级已同意")
    monkeypatch.setattr("gui.session.snapshot.check_form", lambda form: ())
    monkeypatch.setattr("gui.session.snapshot.check_between", lambda reading: (answered,))
    dialog = opened(qtbot, session, files, tmp_path)
    click(qtbot, dialog.choice.replies)
    export(qtbot, dialog)
    assert "replies" not in files.annexes


def test_the_explanation_of_scores_stays_behind_where_the_clerk_wants(qtbot, session, files, tmp_path):
    dialog = opened(qtbot, session, files, tmp_path)
    assert dialog.choice.scores.isVisible()
    export(qtbot, dialog)
    assert "scores" in files.annexes
    click(qtbot, dialog.outcome.close_button)
    dialog = opened(qtbot, session, files, tmp_path)
    click(qtbot, dialog.choice.scores)
    export(qtbot, dialog)
    assert "scores" not in files.annexes
    assert not dialog.with_scores()


def test_only_a_workbook_has_the_explanation_of_scores(qtbot, session, files, tmp_path):
    dialog = opened(qtbot, session, files, tmp_path)
    click(qtbot, dialog.choice.formats.boxes["xlsx"])
    assert not dialog.choice.scores.isEnabled()
    assert "scores" not in dialog.choice.annexes()
    assert dialog.with_scores()  # it was not asked
