"""Which kinds of things are exported: forms, reports, what is published; each in its own formats."""

import pytest

from export import WINDOW_FORMATS
from export.batch import export_forms
from gui.paper.export_dialog import ExportDialog
from model.forms.loader import shipped
from model.reading.reading import read
from tests.desk import open_session
from tests.gui.paper.test_export_dialog import Files, click, export


@pytest.fixture
def files():
    return Files()


@pytest.fixture
def dialog(qtbot, tmp_path, files):
    dialog = ExportDialog(None, open_session(tmp_path), WINDOW_FORMATS, files, tmp_path)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def test_the_kinds_stand_above_the_forms_and_the_forms_alone_are_ticked(dialog):
    boxes = dialog.choice.kinds.boxes
    assert [box.text() for box in boxes.values()] == [
        "自评表",
        "自评报告和摘要版",
        "决算公开说明",
        "全套报送材料",
    ]
    assert dialog.choice.kinds.chosen() == ("forms",)


def test_each_kind_has_files_in_its_own_formats(qtbot, dialog):
    choice = dialog.choice
    assert choice.export.text() == "导出 4 个文件"
    click(qtbot, choice.formats.boxes["docx"])
    assert choice.export.text() == "导出 4 个文件"  # a form is no text
    click(qtbot, choice.kinds.boxes["report"])
    assert choice.export.text() == "导出 12 个文件"
    click(qtbot, choice.kinds.boxes["statement"])
    assert choice.export.text() == "导出 14 个文件"
    click(qtbot, choice.kinds.boxes["forms"])
    assert choice.export.text() == "导出 10 个文件"
    for name in ("pdf", "docx"):
        click(qtbot, choice.formats.boxes[name])
    assert not choice.export.isEnabled()
    assert "报告有 Word、PDF" in choice.reason.text()


def test_a_whole_hand_in_ticks_everything_and_is_passed_on_as_such(qtbot, dialog, files):
    choice = dialog.choice
    click(qtbot, choice.kinds.boxes["all"])
    assert all(box.isChecked() for box in choice.kinds.boxes.values())
    assert choice.formats.chosen() == ("pdf", "xlsx", "docx")
    assert choice.export.text() == "导出 15 个文件"
    click(qtbot, choice.kinds.boxes["statement"])
    assert choice.kinds.chosen() == ("forms", "report")
    click(qtbot, choice.formats.boxes["docx"])
    export(qtbot, dialog)
    assert files.what == ("forms", "report")


def test_the_whole_hand_in_is_written_with_a_list_of_its_files(qtbot, tmp_path):
    def write(keys, formats, folder, answers, *how, **options):
        return export_forms(keys, formats, folder, read(shipped(), answers), *how, **options)

    dialog = ExportDialog(None, open_session(tmp_path), WINDOW_FORMATS, write, tmp_path / "报送")
    (tmp_path / "报送").mkdir()
    qtbot.addWidget(dialog)
    dialog.open()
    click(qtbot, dialog.choice.kinds.boxes["all"])
    export(qtbot, dialog)
    written = sorted((tmp_path / "报送").iterdir())
    assert len(written) == 15
    listed = (tmp_path / "报送" / "文件清单.txt").read_text("utf-8-sig")
    assert all(path.name in listed for path in written if path.suffix != ".txt")
    assert {path.suffix for path in written} == {".pdf", ".xlsx", ".docx", ".txt"}
