"""The export dialog: what is ticked is written, in the worker thread; what came of it is listed."""

import sys
import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from export import EXCEL, PDF, pdf_bytes
from export.batch import Result
from gui.base import ask, theme
from gui.paper import export_dialog
from gui.paper.export_dialog import ExportDialog, is_removable
from model.basics.errors import UNEXPECTED, UserError
from model.checks import Finding
from model.forms.loader import metrics, shipped
from model.paper.layout import lay_out_form
from model.reading.reading import read
from tests.desk import YUEYANG, open_session, write

JSON = SimpleNamespace(name="交换文件", suffix=".json")
FORMATS = (EXCEL, PDF, JSON)
WRITERS = {"xlsx": EXCEL, "pdf": PDF}


class Files:
    """Writes like main.py's; notes how it was called, waits and fails where it is told to."""

    def __init__(self):
        self.calls = []
        self.threads = []
        self.locked = ""
        self.drafts = ()
        self.bug = None
        self.go_on = threading.Event()
        self.go_on.set()

    def __call__(self, form_keys, formats, folder, answers, progress, cancelled, *, annexes, what):
        self.annexes, self.what = annexes, what
        self.calls.append((form_keys, formats, folder, answers))
        self.threads.append(threading.get_ident())
        if self.bug:
            raise self.bug
        forms = {form.key: form for form in read(shipped(), answers).forms}
        results = []
        for key in form_keys:
            for name in formats:
                self.go_on.wait(10)
                if cancelled():
                    return results
                results.append(self._write(forms[key], folder / f"{key}.{name}", name))
                progress(len(results), len(form_keys) * len(formats))
        return results

    def _write(self, form, path, name):
        if path.name == self.locked:
            locked = f"无法写入“{path.name}”：文件正被其他程序占用。请关闭后再试，或换一个文件名。"
            return Result(path, locked)
        if name in WRITERS:
            WRITERS[name].write((lay_out_form(form, metrics()),), path)
        else:
            path.write_text("{}", "utf-8")
        return Result(path, "", form.key in self.drafts)


@pytest.fixture
def session(qtbot, tmp_path):
    return open_session(tmp_path)


@pytest.fixture
def files():
    return Files()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "2025年度绩效自评").mkdir()
    return tmp_path / "2025年度绩效自评"


@pytest.fixture
def dialog(qtbot, session, files, folder):
    return opened(qtbot, session, files, folder)


def opened(qtbot, session, files, folder):
    dialog = ExportDialog(None, session, FORMATS, files, folder)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def click(qtbot, button):
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def export(qtbot, dialog):
    click(qtbot, dialog.choice.export)
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=20000)


def listed(dialog):
    files = dialog.outcome.files
    return [files.item(n).text() for n in range(files.count())]


def sentence(dialog):
    return dialog.outcome.sentence.text().replace("\u200b", "")


# --- choosing


def test_the_forms_stand_with_their_pages_and_are_ticked(dialog, session):
    boxes = dialog.choice.forms.boxes
    assert list(boxes) == ["d", "p1"]
    assert boxes["d"].text() == "整体绩效自评表"
    assert boxes["d"].accessibleName() == "整体绩效自评表 2 页"
    assert boxes["p1"].text().startswith("项目自评表 · ")
    assert all(box.isChecked() for box in boxes.values())


def test_the_formats_stand_in_the_order_of_their_use(dialog):
    boxes = dialog.choice.formats.boxes
    assert [box.text() for box in boxes.values()] == [
        "PDF（打印、签字盖章）",
        "Excel（报送）",
        "交换文件（JSON）",
    ]
    assert [key for key, box in boxes.items() if box.isChecked()] == ["pdf", "xlsx"]


def test_a_format_that_it_does_not_know_goes_by_its_name(qtbot, session, files, folder):
    odd = SimpleNamespace(name="开放文档", suffix=".odt")
    dialog = ExportDialog(None, session, (odd, PDF), files, folder, formats=("odt",))
    qtbot.addWidget(dialog)
    assert [box.text() for box in dialog.choice.formats.boxes.values()] == [
        "PDF（打印、签字盖章）",
        "开放文档",
    ]
    assert dialog.choice.formats.chosen() == ("odt",)


def test_the_button_names_the_count(qtbot, dialog):
    assert dialog.choice.export.text() == "导出 4 个文件"
    click(qtbot, dialog.choice.formats.boxes["json"])
    assert dialog.choice.export.text() == "导出 6 个文件"
    click(qtbot, dialog.choice.forms.boxes["p1"])
    assert dialog.choice.export.text() == "导出 3 个文件"


def test_a_button_that_cannot_be_pressed_says_why(qtbot, dialog):
    choice = dialog.choice
    for box in choice.forms.boxes.values():
        click(qtbot, box)
    assert not choice.export.isEnabled()
    assert choice.reason.text() == choice.export.toolTip() == "请至少选一张表。"
    click(qtbot, choice.forms.boxes["d"])
    for key in ("pdf", "xlsx"):
        click(qtbot, choice.formats.boxes[key])
    assert choice.reason.text() == "请至少选一种格式。"
    click(qtbot, choice.formats.boxes["pdf"])
    choice.folder.selectAll()
    write(choice.folder, "下载")
    assert choice.reason.text() == "请选一个文件夹。"
    choice.folder.selectAll()
    write(choice.folder, str(Path.cwd()))
    assert choice.reason.text() == ""
    assert choice.export.text() == "导出 1 个文件"


def test_the_keyboard_ticks_and_exports(qtbot, dialog, files):
    box = dialog.choice.formats.boxes["xlsx"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=20000)
    assert files.calls[0][1] == ("pdf",)


def test_another_folder_is_asked_for_where_the_last_one_is(qtbot, dialog, folder, monkeypatch):
    asked = []

    def choose(parent, start, title):
        asked.append((title, start))
        return folder / "年报" if len(asked) == 1 else None

    monkeypatch.setattr(ask, "folder_name", choose)
    click(qtbot, dialog.choice.change)
    assert dialog.choice.folder.text() == str(folder / "年报")
    click(qtbot, dialog.choice.change)
    assert asked == [("保存到", folder), ("保存到", folder / "年报")]
    assert dialog.choice.folder.text() == str(folder / "年报")


def test_many_forms_scroll_and_are_ticked_at_once(qtbot, tmp_path, files, folder):
    session = open_session(tmp_path, YUEYANG)
    count = len(session.snapshot.reading.forms)
    assert count > 8
    dialog = opened(qtbot, session, files, folder)
    assert dialog.choice.export.text() == f"导出 {2 * count} 个文件"
    assert dialog.height() < theme.px(640)
    click(qtbot, dialog.choice.forms.all)
    assert dialog.choice.forms.chosen() == ()
    assert dialog.choice.forms.all.text() == "全选"
    click(qtbot, dialog.choice.forms.all)
    assert len(dialog.choice.forms.chosen()) == count
    assert not dialog.choice.formats.all.isVisible()
    assert dialog.minimumSizeHint().height() <= theme.px(430 - 40)
    assert dialog.minimumSizeHint().width() <= theme.px(700)


# --- open problems


def counts(session, keys):
    found = [f for f in session.snapshot.findings if f.address[0] in keys]
    return sum(f.is_open_error for f in found), sum(f.is_open_warning for f in found)


def test_open_problems_of_what_is_exported_are_counted(qtbot, session, files, folder):
    session.set_text(("d", "i1.score"), "99")
    session.set_text(("d", "i2.score"), "九分")
    session.set_text(("p1", "i1.score"), "99")
    dialog = opened(qtbot, session, files, folder)
    both, one = counts(session, ("d", "p1")), counts(session, ("p1",))
    assert both[0] > one[0] > 0
    warning = dialog.choice.warning
    assert warning.isVisible()
    assert f"还有 {both[0]} 个错误" in warning.sentence.text()
    click(qtbot, dialog.choice.forms.boxes["d"])
    assert f"还有 {one[0]} 个错误" in warning.sentence.text()
    assert "可以导出" in warning.allowed.text()


def test_errors_and_warnings_are_named_apart_and_nothing_when_there_are_none(qtbot, session, files, folder):
    dialog = opened(qtbot, session, files, folder)
    warning = dialog.choice.warning
    problems = {
        severity: Finding("over-achieved", severity, ("d", "i1.actual"), "第1行", "完成目标的 250%。")
        for severity in ("computed", "judged", "warning", "note")
    }
    warning.show_findings(list(problems.values()))
    assert warning.sentence.text() == "还有 2 个错误、1 个提醒没有处理。"
    assert warning.allowed.text() == "可以导出，每页会印上“草稿”。"
    warning.show_findings([problems["warning"]])
    assert warning.sentence.text() == "还有 1 个提醒没有处理。"
    assert warning.allowed.text() == "可以导出。"
    warning.show_findings([problems["note"]])
    assert not warning.isVisible()


def test_gaps_are_counted_beside_errors_and_make_drafts_too(qtbot, session, files, folder):
    dialog = opened(qtbot, session, files, folder)
    warning = dialog.choice.warning
    gap = Finding("required-missing", "computed", ("d", "unit_name"), "单位名称", "单位名称未填：请填写。")
    error = Finding("score-above-weight", "computed", ("d", "i1.score"), "第1行", "请核对。")
    warning.show_findings([gap, error, gap])
    assert warning.sentence.text() == "还有 1 个错误没有处理，2 处没有填。"
    warning.show_findings([gap])
    assert warning.allowed.text() == "可以导出，每页会印上“草稿”。"
    warning.show_findings([replace(gap, code="date-empty", severity="note")])
    assert (warning.sentence.text(), warning.allowed.text()) == ("还有 1 处没有填。", "可以导出。")


def test_what_was_answered_is_no_longer_open(qtbot, session, files, folder):
    dialog = opened(qtbot, session, files, folder)
    answered = Finding(
        "missed-but-full", "judged", ("d", "i1.score"), "第1行", "请核减。", answer="上级已同意给满分"
    )
    dialog.choice.warning.show_findings([answered])
    assert not dialog.choice.warning.isVisible()


def test_the_link_goes_to_the_problems(qtbot, session, files, folder):
    session.set_text(("d", "i1.score"), "99")
    dialog = opened(qtbot, session, files, folder)
    with qtbot.waitSignal(dialog.findings_wanted):
        click(qtbot, dialog.choice.warning.link)
    assert not dialog.isVisible()


# --- exporting


def test_the_files_are_written_and_listed(qtbot, dialog, session, files, folder):
    click(qtbot, dialog.choice.formats.boxes["json"])
    export(qtbot, dialog)
    names = ["d.pdf", "d.xlsx", "d.json", "p1.pdf", "p1.xlsx", "p1.json"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert (folder / "d.pdf").read_bytes() == pdf_bytes((lay_out_form(session.form("d"), metrics()),))
    assert listed(dialog) == names
    assert sentence(dialog) == f"已导出 6 个文件到 {folder}。"
    assert dialog.outcome.open_folder.isVisible()
    assert not dialog.outcome.again.isVisible()
    assert (dialog.folder(), dialog.formats()) == (folder, ("pdf", "xlsx", "json"))


def test_the_worker_thread_gets_the_answers_as_they_were(qtbot, dialog, session, files, folder):
    before = session.answers
    files.go_on.clear()
    click(qtbot, dialog.choice.export)
    session.set_text(("d", "i1.name"), "后来改的")
    files.go_on.set()
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=20000)
    assert files.calls == [(("d", "p1"), ("pdf", "xlsx"), folder, before)]
    assert files.calls[0][3] is before
    assert files.threads[0] != threading.get_ident()


def test_many_files_show_how_far_they_are_and_can_be_stopped(qtbot, dialog, files, folder):
    choice = dialog.choice
    files.go_on.clear()
    click(qtbot, choice.export)
    assert choice.bar.isVisible()
    assert not choice.export.isEnabled()
    assert not choice.forms.isEnabled()
    assert choice.cancel.isEnabled()
    choice.show_progress(1, 4)
    assert choice.bar.value() == 1
    assert choice.export.text() == "正在导出 1 / 4"
    click(qtbot, choice.cancel)
    files.go_on.set()
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=20000)
    assert sentence(dialog) == "已取消，没有导出文件。"
    assert not dialog.outcome.open_folder.isVisible()
    click(qtbot, dialog.outcome.again)
    assert choice.isVisible()
    assert choice.export.text() == "导出 4 个文件"
    assert not choice.bar.isVisible()
    export(qtbot, dialog)
    assert sentence(dialog) == f"已导出 4 个文件到 {folder}。"


def test_what_was_written_before_it_was_stopped_is_told(qtbot, dialog, files, folder):
    first = threading.Event()

    def stop_after_one(*args, **options):
        def progress(done, total):
            files.go_on.clear()
            first.set()

        return files(*args[:4], progress, args[5], **options)

    dialog._write_files = stop_after_one
    click(qtbot, dialog.choice.export)
    qtbot.waitUntil(first.is_set, timeout=20000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    files.go_on.set()
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=20000)
    assert sentence(dialog) == f"已取消，已导出 1 个文件到 {folder}。"
    assert listed(dialog) == ["d.pdf"]


def test_few_files_need_no_progress_bar(qtbot, dialog, files):
    click(qtbot, dialog.choice.forms.boxes["p1"])
    files.go_on.clear()
    click(qtbot, dialog.choice.export)
    assert not dialog.choice.bar.isVisible()
    assert not dialog.choice.export.isEnabled()
    files.go_on.set()
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=20000)


def test_the_dialog_stays_until_the_thread_has_ended(qtbot, dialog, files):
    files.go_on.clear()
    click(qtbot, dialog.choice.export)
    dialog.close()
    assert dialog.isVisible()
    files.go_on.set()
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=20000)
    dialog.close()
    assert not dialog.isVisible()


def test_a_file_that_failed_is_named_with_the_reason_and_one_can_go_back(qtbot, dialog, files, folder):
    files.locked = "d.xlsx"
    export(qtbot, dialog)
    assert sentence(dialog) == f"1 个文件没有写成，已导出 3 个文件到 {folder}。"
    assert listed(dialog)[0] == "无法写入“d.xlsx”：文件正被其他程序占用。请关闭后再试，或换一个文件名。"
    assert listed(dialog)[1:] == ["d.pdf", "p1.pdf", "p1.xlsx"]
    click(qtbot, dialog.outcome.again)
    files.locked = ""
    export(qtbot, dialog)
    assert sentence(dialog) == f"已导出 4 个文件到 {folder}。"


def test_a_draft_is_called_so_in_the_list(qtbot, dialog, files):
    files.drafts = ("p1",)
    export(qtbot, dialog)
    assert listed(dialog) == ["d.pdf", "d.xlsx", "p1.pdf　草稿", "p1.xlsx　草稿"]
    assert sentence(dialog).endswith("，其中 2 个是草稿。")


def test_a_name_that_says_so_is_enough(dialog, folder):
    dialog.outcome.show_results(folder, [Result(folder / "2025-甲（草稿）.pdf", "", True)], False)
    assert listed(dialog) == ["2025-甲（草稿）.pdf"]


def test_a_reason_that_does_not_name_its_file_stands_under_the_name(dialog, folder):
    dialog.outcome.show_results(folder, [Result(folder / "a.pdf", "磁盘空间不足。")], False)
    assert listed(dialog) == ["a.pdf\n磁盘空间不足。"]
    assert sentence(dialog) == "1 个文件没有写成。"


def test_an_error_of_the_whole_export_is_said_in_the_dialog(qtbot, dialog, files):
    files.bug = UserError("文件夹不见了。", "请另选一个文件夹。")
    click(qtbot, dialog.choice.export)
    qtbot.waitUntil(lambda: dialog.choice.reason.text() != "", timeout=20000)
    assert dialog.choice.reason.text() == "文件夹不见了。请另选一个文件夹。"
    assert dialog.choice.export.isEnabled()


def test_a_bug_is_a_sentence_and_an_entry_in_the_log_and_ends_in_no_other_dialog(
    qtbot, dialog, files, folder, caplog
):
    files.bug = ZeroDivisionError("bug")
    with caplog.at_level("ERROR", logger="ziping"), qtbot.capture_exceptions() as caught:
        click(qtbot, dialog.choice.export)
        qtbot.waitUntil(lambda: dialog.choice.reason.text() != "", timeout=20000)
    assert caught == []
    assert dialog.choice.reason.text() == UNEXPECTED
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]
    files.bug = None
    export(qtbot, dialog)
    assert sentence(dialog) == f"已导出 4 个文件到 {folder}。"


# --- afterwards


def test_the_folder_is_opened(qtbot, dialog, folder, monkeypatch):
    opened_urls = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: opened_urls.append(url.toLocalFile()) or True)
    )
    export(qtbot, dialog)
    click(qtbot, dialog.outcome.open_folder)
    assert opened_urls == [folder.as_posix()]
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda url: False))
    click(qtbot, dialog.outcome.open_folder)
    assert str(folder) in sentence(dialog)
    click(qtbot, dialog.outcome.close_button)
    assert not dialog.isVisible()


@pytest.mark.parametrize("removable", [True, False])
def test_a_drive_that_is_pulled_out_is_spoken_of(qtbot, dialog, monkeypatch, removable):
    monkeypatch.setattr(export_dialog, "is_removable", lambda folder: removable)
    export(qtbot, dialog)
    assert dialog.outcome.eject.isVisible() == removable
    assert "安全弹出" in dialog.outcome.eject.text()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked itself")
def test_drives_that_are_pulled_out_on_linux():
    assert is_removable(Path("/media/clerk/USB/2025"))
    assert is_removable(Path("/run/media/clerk/USB"))
    assert not is_removable(Path("/home/clerk"))
    assert not is_removable(Path("/mediathek"))
