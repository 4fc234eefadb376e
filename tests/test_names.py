"""Screen readers: everything that takes the focus says what it is, on every page and in every dialog."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QDialog, QWidget

from export import WINDOW_FORMATS
from gui.commands.groups import all_keys
from gui.commands.keys_dialog import KeysDialog
from gui.files.carry_dialog import CarryDialog
from gui.files.new_dialog import NewDialog, ProjectNameDialog
from gui.files.versions_dialog import VersionsDialog
from gui.pane.pane import FINDINGS, HELP, HOW
from gui.paper.export_dialog import ExportDialog
from gui.support.crash import CrashDialog, Saved
from gui.support.diagnosis_dialog import DiagnosisDialog
from gui.support.guide_window import GuideWindow
from model.filling.blank import sets
from model.forms.definition import TABS
from model.forms.loader import shipped
from tests.desk import PUBLISHED, dressed, open_session

DECLARED = sorted(PUBLISHED.glob("hanyang*.json"))


def nameless(root: QWidget) -> list[str]:
    """What of a window takes the focus and has no name for screen readers."""
    return [_path(widget) for widget in _focusable(root) if not _name(widget).strip()]


def _focusable(root: QWidget) -> Iterator[QWidget]:
    for widget in (root, *root.findChildren(QWidget)):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
        is_part = widget.objectName().startswith("qt_") or _is_inside(widget)
        if takes and not is_part and not widget.isWindow():
            yield widget


def _is_inside(widget: QWidget) -> bool:
    """The field and the list of a combo box are named with it."""
    at = widget.parentWidget()
    while at is not None and not isinstance(at, QComboBox):
        at = at.parentWidget()
    return at is not None


def _name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def _path(widget: QWidget) -> str:
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(names) < 4:
        names.append(type(at).__name__ + (f"#{at.objectName()}" if at.objectName() else ""))
        at = at.parentWidget()
    return " < ".join(names)


@pytest.mark.parametrize("files", [(), DECLARED], ids=["example", "declaration"])
def test_every_page_of_every_form(start, files):
    window = start(files)
    for key in window.session.snapshot.forms:
        for n in range(len(TABS)):
            window.view.show_form(key, n)
            QApplication.processEvents()
    assert nameless(window) == []


def test_every_face_of_the_pane_and_the_finder(start):
    window = start()
    for face in (FINDINGS, HOW, HELP):
        window.view.open_pane(face)
        assert nameless(window) == []
    window.commands.checks.reply_to_finding()
    window.commands.finding.find()
    window.view.pane.finder.field.setText("信息")
    assert nameless(window) == []


def test_the_preview(start):
    window = start()
    window.commands.papers.preview()
    assert nameless(window) == []


def test_the_open_editors_of_the_table(start):
    window = start()
    table = window.view.indicators.panel.view
    for column in ("name", "level1", "judged", "score"):
        at = table.model_.index_of("i2.name").siblingAtColumn(
            next(n for n, one in enumerate(table.model_.columns) if one.key == column)
        )
        table.setCurrentIndex(at)
        table.edit(at, QAbstractItemView.EditTrigger.AllEditTriggers, None)
        assert nameless(window) == []


def test_the_start_page(start, tmp_path):
    window = start()
    window.commands.files.close_document()
    window.commands.files.show_start()
    assert nameless(window) == []


def test_the_list_of_versions(start):
    window = start()
    dialog = VersionsDialog(window.session, window)
    dialog.show()
    assert dialog._worker.wait(20_000)
    assert nameless(dialog) == []


@pytest.mark.parametrize("name", ["new", "carry", "project", "keys", "guide", "export", "crash", "diagnosis"])
def test_every_dialog(qtbot, tmp_path, name):
    dressed()
    dialog = _dialog(name, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []


def _dialog(name: str, folder: Path) -> QDialog:
    declarations = [form for form in shipped().forms.values() if form.kind == "declaration"]
    session = open_session(folder)
    if name == "new":
        return NewDialog(sets(shipped()), folder, declarations=declarations)
    if name == "carry":
        return CarryDialog(session.answers, shipped(), sets(shipped()), folder)
    if name == "project":
        return ProjectNameDialog("添加项目", "添加")
    if name == "crash":
        return CrashDialog(ValueError("试"), Saved(True, ""))
    if name == "diagnosis":
        return DiagnosisDialog(session.path)
    if name == "guide":
        return GuideWindow()
    if name == "keys":
        return KeysDialog(all_keys())
    return ExportDialog(None, session, WINDOW_FORMATS, lambda *_, **__: [], folder)
