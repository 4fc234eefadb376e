"""定稿, 打开, 再导出, 看改了什么 and 核对纸质件 in the window, with the real widgets."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

import main
from export import naming
from gui.base import ask
from gui.handin.comparison_dialog import ComparisonDialog
from gui.handin.lock_dialog import NO_NAME, LockDialog
from gui.handin.versions_side import COMPARE, EXPORT, NONE, OPEN
from model.document import store
from model.exchange.checkcode import check_code
from model.handin import prints, versions
from tests.desk import answering, open_window, write
from tests.handed_in import locked, settled, sound
from tests.test_names import nameless


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")
    target = tmp_path / "自评簿.zpb"
    store.create(target, settled(sound()))
    return target


@pytest.fixture
def window(qtbot, path):
    made = open_window(qtbot, path)
    made.bench.doors = main.doors()
    made.view.show_handin()
    return made


def page(window):
    return window.view.whole.handin


def lock(window, name="经办人甲"):
    def fill(dialog):
        write(dialog.text, name)
        QTest.keyClick(dialog.text, Qt.Key.Key_Return)

    answering(LockDialog, fill)
    QTest.mouseClick(page(window).head.lock, Qt.MouseButton.LeftButton)


def labels(widget):
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def test_a_version_is_locked_by_name_and_shown(window, path):
    assert NONE in labels(page(window).side)
    lock(window)
    [version] = versions.listed(path)
    assert (version.number, version.name) == (1, "经办人甲")
    shown = labels(page(window).side)
    assert "定稿 1" in shown
    assert f"经办人甲 · {version.page_count} 页 · {len(version.files)} 个文件" in shown
    assert "与定稿 1 一致。" in shown
    assert "定稿 1：" in window.bench.status.tip.whole
    assert not window.session.is_dirty


def test_without_a_name_or_with_something_open_nothing_is_locked(window, path):
    def refuse(dialog):
        assert nameless(dialog) == []
        QTest.mouseClick(dialog.lock, Qt.MouseButton.LeftButton)
        assert dialog.isVisible()
        assert dialog.hint.text() == NO_NAME
        QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)

    answering(LockDialog, refuse)
    QTest.mouseClick(page(window).head.lock, Qt.MouseButton.LeftButton)
    window.session.set_text(("d", "improvement"), "")
    window.commands.handin.lock()
    assert "没有处理" in window.bench.status.tip.whole
    assert not page(window).head.lock.isVisible()
    assert versions.listed(path) == ()


def test_the_document_goes_on_and_what_changed_is_shown(window, path, tmp_path, monkeypatch):
    lock(window)
    window.session.set_text(("d", "i1.name"), "另一个指标")
    page(window).refresh()
    assert "比定稿 1 改了 1 格。" in labels(page(window).side)
    seen = []

    def look(dialog):
        assert nameless(dialog) == []
        texts = [dialog.table.item(0, n).text() for n in range(4)]
        seen.append((dialog.sentence.text(), texts[3]))
        monkeypatch.setattr(ask, "explanation_name", lambda *_: tmp_path / "说明.docx")
        QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        monkeypatch.setattr(ask, "explanation_name", lambda *_: tmp_path / "说明.pdf")
        QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        dialog.old.setCurrentIndex(dialog.new.currentIndex())
        assert dialog.differences == ()
        assert not dialog.print.isEnabled()

    answering(ComparisonDialog, look)
    QTest.mouseClick(page(window).side.links[0, COMPARE], Qt.MouseButton.LeftButton)
    assert seen == [("共有 1 格不同。", "另一个指标")]
    assert (tmp_path / "说明.docx").read_bytes().startswith(b"PK")
    assert (tmp_path / "说明.pdf").read_bytes().startswith(b"%PDF")


def test_its_files_are_written_again_byte_for_byte(window, path, tmp_path, monkeypatch):
    lock(window)
    window.session.set_text(("d", "i1.name"), "另一个指标")
    monkeypatch.setattr(ask, "folder_name", lambda *_: tmp_path / "out")
    (tmp_path / "out").mkdir()
    QTest.mouseClick(page(window).side.links[1, EXPORT], Qt.MouseButton.LeftButton)
    [version] = versions.listed(path)
    written = {file.name: file.read_bytes() for file in (tmp_path / "out" / "定稿1").iterdir()}
    assert written == {file.name: versions.file_of(path, 1, file) for file in version.files}
    assert "逐字节相同" in window.bench.status.tip.whole


def test_it_opens_read_only(window, path):
    before = window.session.form("d").answers.text("i1.name")
    lock(window)
    window.session.set_text(("d", "i1.name"), "另一个指标")
    QTest.mouseClick(page(window).side.links[1, OPEN], Qt.MouseButton.LeftButton)
    [other] = window.versions
    assert other.windowTitle().startswith("定稿 1（")
    assert other.session.form("d").answers.text("i1.name") == before
    other.session.set_text(("d", "i1.name"), "不行")
    assert other.session.form("d").answers.text("i1.name") == before
    assert "只能查看" in other.session.read_only
    other.close()


def test_a_code_is_typed_or_scanned(window, path):
    version = locked(path, store.open_document(path).answers)
    page(window).read_versions()
    paper = page(window).side.paper
    window.commands.handin.check_paper()
    write(paper.code, version.pages[0].code.lower())
    QTest.keyClick(paper.code, Qt.Key.Key_Return)
    assert [verdict.state for verdict in paper.verdicts] == ["same"]
    assert paper.code.text() == ""
    write(paper.code, f"ZP1|{version.pages[1].code}|wuhan|2022|unit|97")
    QTest.mouseClick(paper.check, Qt.MouseButton.LeftButton)
    assert [verdict.page for verdict in paper.verdicts] == list(version.pages[:2])
    assert "还缺第" in paper.said.text()
    QTest.mouseClick(paper.again, Qt.MouseButton.LeftButton)
    assert paper.verdicts == []


def test_everything_on_the_page_has_a_name(window, path):
    lock(window)
    assert nameless(window) == []


def test_a_damaged_version_is_said_and_the_rest_goes_on(window, path):
    lock(window)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE version SET content = ?", (b"x",))
        connection.commit()
    page(window).read_versions()
    assert any("已损坏" in text for text in labels(page(window).side))
    assert (1, OPEN) not in page(window).side.links


def test_what_was_exported_or_printed_is_known_again_after_it_changed(window, path, tmp_path, monkeypatch):
    code = check_code(window.session.form("d"))
    window.commands.papers._write_files(
        ["d"],
        ["pdf"],
        tmp_path,
        window.session.answers,
        lambda *_: None,
        bool,
        annexes=(),
        what=("forms",),
    )
    before = window.session.form("d").answers.text("i1.name")
    window.session.set_text(("d", "i1.name"), "另一个指标")
    changed = check_code(window.session.form("d"))
    window.view.show_form("d")
    monkeypatch.setattr("gui.paper.printing.print_pdf", lambda *_: True)
    window.commands.papers.print_pages()
    window.session.set_text(("d", "i1.name"), "第三个指标")
    paper = page(window).side.paper
    window.commands.handin.check_paper()
    for typed in (code, changed):
        write(paper.code, typed)
        QTest.keyClick(paper.code, Qt.Key.Key_Return)
    assert [verdict.state for verdict in paper.verdicts] == ["past", "past"]
    assert [verdict.differences[0].before for verdict in paper.verdicts] == [before, "另一个指标"]
    assert "来自 2 次打印" in paper.said.text()


def test_what_the_printer_did_not_take_is_not_remembered(window, path, monkeypatch):
    window.view.show_form("d")
    monkeypatch.setattr("gui.paper.printing.print_pdf", lambda *_: False)
    window.commands.papers.print_pages()
    assert prints.codes(path) == ()


def test_what_comes_out_of_its_window_are_its_own_files(window, path, tmp_path, monkeypatch):
    lock(window)
    window.session.set_text(("d", "i1.name"), "另一个指标")
    QTest.mouseClick(page(window).side.links[1, OPEN], Qt.MouseButton.LeftButton)
    [other] = window.versions
    [version] = versions.listed(path)
    monkeypatch.setitem(naming.FORM_NAMES, "department", "以后的叫法")  # of a newer program
    results = other.commands.papers._write_files(
        ["d"],
        ["pdf", "xlsx", "docx", "json"],
        tmp_path,
        other.session.answers,
        lambda *_: None,
        bool,
        annexes=(),
        what=("forms", "report"),
    )
    assert [one.problem for one in results] == [""] * len(results)
    written = {one.path.name: one.path.read_bytes() for one in results if one.path.suffix != ".json"}
    assert len(written) == 6
    assert written == {name: versions.named(path, version, name) for name in written}
    printed = []
    monkeypatch.setattr("gui.paper.printing.print_pdf", lambda _parent, pdf, _title: printed.append(pdf))
    for output in ("d", "d:report", "d:abstract", "p1"):
        other.view.show_preview(output)
        other.commands.papers.print_pages()
    stems = [*version.names_of("d"), version.names_of("p1")[0]]
    assert printed == [versions.named(path, version, f"{stem}.pdf") for stem in stems]
    assert prints.codes(path) == ()
    other.close()
