"""From an empty document to the .zip, as a clerk would: evidence, list, 定稿, hand-in, paper checked."""

import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import main
from export.batch import export_forms
from export.handin import ALL
from gui.handin.evidence_dropping import drop_on
from gui.handin.lock_dialog import LockDialog
from gui.paper.export_dialog import ExportDialog
from model.document import store
from model.document.answers import INDICATORS, Answers
from model.exchange.checkcode import check_code
from model.filling.blank import blank_document, sets
from model.forms.definition import TABS
from model.forms.loader import shipped
from model.handin import prints, versions
from tests.builders import HUNAN, WUHAN
from tests.desk import answering, open_window, write
from tests.final_accounts import accounts_answers


def blank(definition: str, with_accounts: bool) -> Answers:
    """A new document of a region, with final accounts of one subject or without."""
    found = next(one for one in sets(shipped()) if one.department and one.department.id == definition)
    answers = blank_document(found, "示例单位", "2022")
    if with_accounts:
        answers = answers.with_form("a", accounts_answers({"2050299": {"t3.basic": "12.5"}}))
    return answers


@pytest.fixture
def opened(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")

    def start(answers):
        path = tmp_path / "自评簿.zpb"
        store.create(path, answers)
        window = open_window(qtbot, path)
        window.bench.doors = main.doors()
        return window

    return start


def set_everything_aside(window):
    """Line by line with the keyboard: Ctrl+Enter, a reason, Enter; what figures prove is mended."""
    page = window.view.whole.handin
    for _ in range(len(window.session.snapshot.open) + 5):
        if not window.session.snapshot.open:
            return
        page.refresh()
        rows = [n for n, line in enumerate(page.list.lines.lines) if line.item]
        row = next(n for n in rows if page.list.may_set_aside(page.list.lines.lines[n].item))
        page.list.mark_row(row)
        QTest.keyClick(page.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        write(page.list.reason.text, "今年按规定不填")
        QTest.keyClick(page.list.reason.text, Qt.Key.Key_Return)


@pytest.mark.parametrize("definition", [WUHAN, HUNAN])
@pytest.mark.parametrize("with_accounts", [False, True], ids=["forms", "accounts"])
def test_a_clerk_hands_in(qtbot, opened, tmp_path, definition, with_accounts):
    window = opened(blank(definition, with_accounts))
    photo = tmp_path / "照片.png"
    photo.write_bytes(b"\x89PNG" + b"x" * 2000)
    window.view.show_form("d", len(TABS) - 1)
    drop_on(window.view.stack.page("d", TABS[-1]).evidence, [photo])
    QTest.qWait(20)
    QTest.keyClick(window, Qt.Key.Key_F9)
    page = window.view.whole.handin
    assert page.head.title.text().startswith("还不能交")
    set_everything_aside(window)
    page.refresh()
    assert page.head.title.text() == "可以交"

    def fill(dialog):
        write(dialog.text, "经办人甲")
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)

    answering(LockDialog, fill)
    QTest.mouseClick(page.head.lock, Qt.MouseButton.LeftButton)
    [version] = versions.listed(window.session.path)
    assert "佐证材料目录.pdf" in [file.name for file in version.files]
    out = tmp_path / "报送"

    def export(dialog):
        for box in dialog.choice.kinds.boxes.values():
            if not box.isChecked():
                QTest.mouseClick(box, Qt.MouseButton.LeftButton)
        dialog.choice.folder.setText(str(out))
        QTest.mouseClick(dialog.choice.export, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(dialog.outcome.isVisible, timeout=60_000)

    answering(ExportDialog, export)
    QTest.mouseClick(page.head.export, Qt.MouseButton.LeftButton)
    [archive] = out.glob("*.zip")
    with zipfile.ZipFile(archive) as found:
        assert found.namelist() == ["01_照片.png", "manifest.json"]
        assert found.read("01_照片.png") == photo.read_bytes()
    listed = (out / "文件清单.txt").read_text("utf-8-sig")
    assert "今年按规定不填" in listed
    assert "没有处理" not in listed
    assert "草稿" not in listed
    the_catalogue_of_a_version_is_the_locked_one(window, version, tmp_path / "再导出")
    papers_are_known_after_a_correction(window, version)


def the_catalogue_of_a_version_is_the_locked_one(window, version, folder):
    """Its pages have the codes of the version, so they are those that were handed in."""
    path, snapshot = window.session.path, window.session.snapshot
    export_forms(
        tuple(form.key for form in snapshot.reading.forms),
        ("pdf",),
        folder,
        snapshot.reading,
        lambda done, total: None,
        lambda: False,
        what=(ALL,),
        document=path,
        version=version,
    )
    locked = versions.named(path, version, "佐证材料目录.pdf")
    assert (folder / "佐证材料" / "目录.pdf").read_bytes() == locked


def papers_are_known_after_a_correction(window, version):
    """The locked page, and one of the plain export, each say what differs now."""
    page, session = window.view.whole.handin, window.session
    plain = check_code(session.form("d"))
    assert plain in prints.codes(session.path)
    session.set_text(("d", f"{session.rows('d', INDICATORS)[0]}.name"), "加强管理")
    locked = next(one.code for one in version.pages if one.key == "d")
    window.commands.handin.check_paper()
    for code in (locked, plain):
        write(page.side.paper.code, code)
        QTest.keyClick(page.side.paper.code, Qt.Key.Key_Return)
    verdicts = page.side.paper.verdicts
    assert [verdict.state for verdict in verdicts] == ["changed", "past"]
    assert all(any("加强管理" in one.after for one in verdict.differences) for verdict in verdicts)
    assert "来自 2 次打印" in page.side.paper.said.text()
