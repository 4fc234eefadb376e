"""导入 in the window: an answer to a finding holds for what the file held, and lapses when that changes."""

import json

import pytest

from gui.base import ask
from model.checks import check_form
from model.document.answers import Reply
from model.exchange.exchange import write_exchange
from tests.builders import WUHAN_PROJECT, form_of, row
from tests.findings import filled

SAYS = "五个项目未验收，次年补上"


@pytest.fixture
def exchange_file(tmp_path):
    """A project form with a loss of points that is explained in its 出错说明."""
    form = filled(WUHAN_PROJECT, row("50个", "45个", "10", "9"), project_name="教师培训")
    [lost] = [found for found in check_form(form) if found.code == "reason-missing"]
    answered = form.answers.with_reply(lost.code, lost.address[1], Reply(SAYS, lost.found))
    replies = [{"code": lost.code, "place": lost.place, "text": SAYS}]
    path = tmp_path / "教师培训.json"
    data = write_exchange(answered, form_of(answered).definition, replies=replies)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_an_imported_answer_lapses_when_its_row_changes(start, exchange_file, tmp_path, monkeypatch):
    window = start()
    monkeypatch.setattr(ask, "import_file_names", lambda *_: [exchange_file])
    monkeypatch.setattr(ask, "new_file_name", lambda *_: tmp_path / "导入.zpb")
    window.commands.imports.import_files()

    def lost():
        return next(found for found in window.session.snapshot.findings if found.code == "reason-missing")

    assert (lost().answer, lost().lapsed) == (SAYS, "")
    window.session.set_text(("p1", "i1.name"), "培训新教师")
    assert (lost().answer, lost().lapsed) == ("", SAYS)
    window.session.undo()
    assert lost().answer == SAYS
