"""What is open is found out at once where that is quick, in a thread where it is not."""

from pathlib import Path

import pytest

from gui.session import looking
from gui.session.session import Session
from model.document.answers import Answers
from tests.builders import HUNAN, filled, row
from tests.desk import EXAMPLE, open_session


@pytest.fixture
def session(qtbot, tmp_path: Path) -> Session:
    """Open the example, whose forms have some thirty rows."""
    return open_session(tmp_path, EXAMPLE)


def test_a_short_document_is_looked_through_at_once(session):
    heard: list[int] = []
    session.looking.ask(lambda: heard.append(len(session.snapshot.items)))
    assert heard == [len(session.snapshot.items)]


def test_a_long_one_is_looked_through_in_a_thread(session, qtbot, monkeypatch):
    monkeypatch.setattr(looking, "QUICK", 0)
    heard: list[str] = []
    session.looking.ask(lambda: heard.append("known" if session.snapshot.are_items_known else "unknown"))
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard), timeout=20_000)
    assert heard == ["known"]
    found = session.snapshot.items
    session.snapshot.__dict__.pop("items")
    assert session.snapshot.items == found


def test_who_asks_again_after_a_key_is_told_what_is_open_then(session, qtbot, monkeypatch):
    monkeypatch.setattr(looking, "QUICK", 0)
    heard: list[str] = []
    session.looking.ask(lambda: heard.append("before"))
    session.set_text(("d", "i1.actual"), "1个")
    session.looking.ask(lambda: heard.append("after"))
    qtbot.waitUntil(lambda: bool(heard), timeout=20_000)
    assert heard[-1] == "after"
    assert session.snapshot.are_items_known


def test_only_rows_of_forms_that_changed_count(session):
    rows = [row(f"{n}个", f"{n}个", "1") for n in range(1, looking.QUICK + 2)]
    long = filled(HUNAN, *rows).answers
    session.edit("长表", lambda edit: edit.take_all(Answers({"d": long, "p1": long}, "示例单位", "2023")))
    heard: list[str] = []
    session.looking.ask(lambda: heard.append("long"))
    assert heard == []
    assert session.snapshot.items
    session.looking.ask(lambda: heard.append("known"))
    assert heard == ["known"]
    short = filled(HUNAN, row("1个", "1个", "1")).answers
    session.edit("短表", lambda edit: edit.take_all(Answers({"d": long, "p1": short}, "示例单位", "2023")))
    session.looking.ask(lambda: heard.append("one form"))
    assert heard == ["known", "one form"]
