"""The catalogue follows the indicators: renamed, moved, deleted, brought back; odd files and names."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.handin.evidence_view import BROKEN, EvidenceDialog
from model.document.answers import INDICATORS
from model.handin import attachments
from model.handin.numbered import pieces_of
from model.reading.evidence import REMARK
from tests.evidence_desk import drop, evidence, panel


def remark(window):
    [one] = evidence(window)
    return window.session.answers.forms["d"].text(one.cell(REMARK))


@pytest.fixture
def proved(window, files):
    """A file that proves the first two indicators."""
    drop(panel(window), [files / "批复.pdf"])
    first, second, *_ = window.session.rows("d", INDICATORS)
    panel(window).table.selectRow(0)
    panel(window)._set_use(evidence(window)[0], first, True)
    panel(window)._set_use(evidence(window)[0], second, True)
    return window, first, second


def test_a_renamed_indicator_is_named_anew_in_the_same_step(proved):
    window, first, second = proved
    session = window.session
    before, other = remark(window), session.answers.forms["d"].text(f"{second}.name")
    for name in ("新", "新建", "新建教室"):
        session.set_text(("d", f"{first}.name"), name)
    assert remark(window) == f"新建教室、{other}"
    session.undo()
    assert remark(window) == before
    session.redo()
    assert remark(window) == f"新建教室、{other}"


def test_what_the_clerk_wrote_there_stays(proved):
    window, first, _ = proved
    [one] = evidence(window)
    window.session.set_text(("d", one.cell(REMARK)), "见附件")
    window.session.set_text(("d", f"{first}.name"), "新建教室")
    assert remark(window) == "见附件"


def test_a_deleted_indicator_is_proved_no_longer_and_undo_brings_it_back(proved):
    window, first, second = proved
    session, before = window.session, remark(window)
    session.edit("删除行", lambda edit: edit.remove_rows("d", INDICATORS, [first]))
    assert evidence(window)[0].used_for == (second,)
    assert remark(window) == session.answers.forms["d"].text(f"{second}.name")
    session.edit("删除行", lambda edit: edit.remove_rows("d", INDICATORS, [second]))
    assert evidence(window)[0].used_for == ()
    assert remark(window) == ""
    session.undo()
    session.undo()
    assert evidence(window)[0].used_for == (first, second)
    assert remark(window) == before


def test_a_moved_indicator_keeps_its_evidence(proved):
    window, first, second = proved
    session, before = window.session, remark(window)
    session.edit("移动", lambda edit: edit.move_rows("d", INDICATORS, [first], 5))
    assert evidence(window)[0].used_for == (first, second)
    assert remark(window) == before


def test_two_files_of_one_name_are_two(window, tmp_path):
    for n in (1, 2):
        (tmp_path / f"{n}").mkdir()
        (tmp_path / f"{n}" / "合同.pdf").write_bytes(b"%PDF" + bytes([n]))
    drop(panel(window), [tmp_path / "1" / "合同.pdf", tmp_path / "2" / "合同.pdf"])
    names = [piece.name for piece in pieces_of(window.session.snapshot.reading)]
    assert names == ["01_合同.pdf", "02_合同.pdf"]
    contents = [attachments.content_of(window.session.path, one.sha) for one in evidence(window)]
    assert contents == [b"%PDF\x01", b"%PDF\x02"]


@pytest.mark.parametrize(
    ("name", "handed_in"),
    [
        ("合同 & <甲>．pdf".replace("<", "〈").replace(">", "〉"), "01_合同 & 〈甲〉．pdf"),
        ("长" * 80 + ".docx", "01_" + "长" * 59 + ".docx"),
        ("硚口〇䶮😀.PDF", "01_硚口〇䶮😀.pdf"),
        ("．．合同..pdf", "01_．．合同.pdf"),
        ("没有后缀", "01_没有后缀"),
        ("%s{0}$HOME.pdf", "01_%s{0}$HOME.pdf"),
    ],
)
def test_files_of_odd_names_are_taken_and_handed_in(window, tmp_path, name, handed_in):
    (tmp_path / name).write_bytes(b"%PDF")
    drop(panel(window), [tmp_path / name])
    assert panel(window).problem.isHidden()
    [piece] = pieces_of(window.session.snapshot.reading)
    assert piece.name == handed_in
    assert len(piece.name.encode()) < 255


def test_empty_and_broken_files_are_a_sentence_each(qtbot, window, tmp_path):
    empty, broken, cut = (tmp_path / name for name in ("空.pdf", "坏.pdf", "截断.png"))
    empty.write_bytes(b"")
    broken.write_bytes(b"%PDF-1.7 no page at all")
    cut.write_bytes(b"\x89PNG\r\n\x1a\n")
    drop(panel(window), [empty, broken, cut])
    assert "空.pdf”是空的" in panel(window).problem.text()
    assert [one.file for one in evidence(window)] == ["坏.pdf", "截断.png"]
    for one in evidence(window):
        dialog = EvidenceDialog(one, attachments.content_of(window.session.path, one.sha))
        qtbot.addWidget(dialog)
        assert dialog.shown.text() == BROKEN
    for row in range(2):
        panel(window).table.selectRow(row)
        QTest.qWait(50)
    QTest.keyClick(panel(window).table, Qt.Key.Key_Delete)
    assert len(evidence(window)) == 1
