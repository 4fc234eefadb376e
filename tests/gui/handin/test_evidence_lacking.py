"""Indicators without evidence: named with what usually proves them, and 添加… beside each."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.base import ask
from gui.handin import lacking_list
from model.filling.indicator_search import usual_evidence
from model.forms.loader import shipped
from model.reading.evidence import evidence_of, lacking
from tests.evidence_desk import drop, panel
from tests.test_names import nameless


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_file_is_added_beside_the_indicator_that_lacks_it(window, files, monkeypatch):
    drop(panel(window), [files / "照片.png"])
    missing, session = panel(window).missing, window.session
    first, *others = lacking(session.form("d"))
    assert missing.head.text() == f"还缺 {len(others) + 1} 项指标的材料"
    assert missing.links[0].accessibleName() == f"添加“{first.name}”的材料"
    monkeypatch.setattr(ask, "evidence_names", lambda *_: [files / "批复.pdf"])
    click(missing.links[0])
    assert evidence_of(session.answers.forms["d"])[-1].used_for == (first.id,)
    assert [row.id for row in lacking(session.form("d"))] == [row.id for row in others]
    assert missing.links[0].accessibleName() == f"添加“{others[0].name}”的材料"
    session.undo()
    assert lacking(session.form("d"))[0].id == first.id
    assert nameless(window) == []


def test_who_cancels_adds_nothing(window, files, monkeypatch):
    drop(panel(window), [files / "照片.png"])
    before = window.session.answers
    monkeypatch.setattr(ask, "evidence_names", lambda *_: ())
    click(panel(window).missing.links[0])
    assert window.session.answers is before


def test_some_are_named_and_the_rest_by_a_click(window, files, monkeypatch):
    monkeypatch.setattr(lacking_list, "FEW", 2)
    drop(panel(window), [files / "照片.png"])
    missing, count = panel(window).missing, len(lacking(window.session.form("d")))
    assert len(missing.links) == 2
    assert missing.more.text() == f"其余 {count - 2} 项"
    click(missing.more)
    assert len(missing.links) == count
    assert missing.more.isHidden()


def test_nothing_is_named_before_there_is_any_file(window):
    assert panel(window).missing.isHidden()


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        ("教师培训人次", True),
        ("举办教师培训人次（线上）", True),
        ("", False),
        ("人次", False),
        ("一个从来没有人写过的名称", False),
    ],
)
def test_what_usually_proves_an_indicator_is_that_of_the_name_most_alike(name, is_known):
    assert bool(usual_evidence(shipped().indicators, name)) == is_known
