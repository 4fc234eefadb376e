"""The one gate to the user: messages, questions and file dialogs all go through here.

Call them as `ask.tell(…)`, so that a test can put something in their place.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QMessageBox, QWidget

from gui.base import theme
from gui.base.qt import children_of
from gui.base.settings import folder_in_sight
from model.basics.errors import UserError
from model.document.store import SUFFIX

PROGRAM = "自评簿"
DOCUMENTS = f"自评簿文件 (*{SUFFIX})"
PACKAGES = "诊断包 (*.zip)"
TABLES = "Excel 工作簿 (*.xlsx);;PDF 文件 (*.pdf);;Word 文档 (*.docx)"
PAPERS = "PDF (*.pdf);;Word (*.docx);;Excel (*.xlsx)"
TEXT_WIDTH = 400  # px at 100 %: at least so wide stands the text of a message


# --- messages and questions


def tell(parent: QWidget | None, message: str, hint: str = "") -> None:
    """Say what could not be done and what to do about it."""
    box = _box(parent, "warning", message, hint)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    _run(box)


def inform(parent: QWidget | None, message: str, details: str = "") -> None:
    """Say something that is no problem, such as what is new."""
    box = _box(parent, "note", message, details)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    _run(box)


def tell_error(parent: QWidget | None, error: UserError) -> None:
    """Say an expected error."""
    tell(parent, error.message, error.hint)


def confirm(parent: QWidget | None, question: str, yes: str, no: str = "取消", hint: str = "") -> bool:
    """Ask a question with two answers; Enter, Esc and closing the box mean `no`."""
    box = _box(parent, "note", question, hint)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refused = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refused)
    box.setEscapeButton(refused)
    _run(box)
    return box.clickedButton() is agreed


def _box(parent: QWidget | None, icon: str, message: str, hint: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle(PROGRAM)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(message)
    box.setInformativeText(hint)
    for label in children_of(box, QLabel):  # also that of the hint
        label.setTextFormat(Qt.TextFormat.PlainText)
    if hint:
        box.setStyleSheet("QLabel#qt_msgbox_label { font-weight: 600; }")
    box.setIconPixmap(theme.icon_pixmap(icon, "warn_icon" if icon == "warning" else "accent", 28))
    return box


def _run(box: QMessageBox) -> None:
    theme.be_dressed()  # while the program starts there may be no window yet
    layout = box.layout()
    assert isinstance(layout, QGridLayout)
    margin = theme.px(20)
    layout.setContentsMargins(margin, margin, margin, margin)  # adding a button resets them
    layout.setVerticalSpacing(theme.px(12))
    layout.setColumnMinimumWidth(layout.columnCount() - 1, theme.px(TEXT_WIDTH))
    box.exec()


# --- files and folders


def open_file_name(parent: QWidget | None, folder: Path, title: str = "打开自评簿") -> Path | None:
    """Let the user choose a document to open."""
    dialog = _dialog(parent, title, folder, DOCUMENTS)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _one(dialog)


def import_file_names(
    parent: QWidget | None, folder: Path, suffixes: Sequence[str], title: str = "导入"
) -> Sequence[Path]:
    """Let the user choose files of other programs, of these kinds; none when she changes her mind."""
    kinds = f"自评表 ({' '.join(f'*{suffix}' for suffix in suffixes)});;所有文件 (*)"
    dialog = _dialog(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _all(dialog)


def evidence_names(parent: QWidget | None, folder: Path) -> Sequence[Path]:
    """Let the user choose files that prove something; none when she changes her mind."""
    dialog = _dialog(parent, "添加佐证材料", folder, "所有文件 (*)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _all(dialog)


def new_file_name(parent: QWidget | None, suggestion: Path) -> Path | None:
    """Let the user say where a new document goes; whoever makes it refuses a file that is there already."""
    dialog = _saving(parent, "新建自评簿", suggestion)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    return _one(dialog)


def save_copy_name(parent: QWidget | None, suggestion: Path) -> Path | None:
    """Let the user say where a copy goes; a file that is there is replaced only after a question."""
    return _one(_saving(parent, "另存副本", suggestion))


def table_name(parent: QWidget | None, suggestion: Path) -> Path | None:
    """Let the user say where a table goes; a file that is there is replaced only after a question."""
    dialog = _dialog(parent, "汇总表", suggestion.parent, TABLES)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(suggestion.name)
    return _one(dialog)


def explanation_name(parent: QWidget | None, suggestion: Path) -> Path | None:
    """Let the user say where a 修改说明 goes; a file that is there is replaced only after a question."""
    dialog = _dialog(parent, "另存修改说明", suggestion.parent, PAPERS)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(suggestion.name)
    return _one(dialog)


def package_name(parent: QWidget | None, suggestion: Path) -> Path | None:
    """Let the user say where a diagnosis package goes."""
    dialog = _dialog(parent, "保存诊断包", suggestion.parent, PACKAGES)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("zip")
    dialog.selectFile(suggestion.name)
    return _one(dialog)


def form_name(parent: QWidget | None, suggestion: Path) -> Path | None:
    """Let the user say where a form is written to be handed on; None when she changes her mind."""
    dialog = _dialog(parent, "另存表样", suggestion.parent, "表样文件 (*.zpf)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("zpf")
    dialog.selectFile(suggestion.name)
    return _one(dialog)


def folder_name(parent: QWidget | None, folder: Path, title: str) -> Path | None:
    """Let the user choose a folder."""
    dialog = _dialog(parent, title, folder, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _one(dialog)


def _saving(parent: QWidget | None, title: str, suggestion: Path) -> QFileDialog:
    dialog = _dialog(parent, title, suggestion.parent, DOCUMENTS)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
    dialog.selectFile(suggestion.name)
    return dialog


def _dialog(parent: QWidget | None, title: str, folder: Path, name_filter: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder_in_sight(folder)), name_filter)
    dialog.resize(theme.px(860), theme.px(520))  # where the system has no dialog of its own
    return dialog


def _one(dialog: QFileDialog) -> Path | None:
    return next(iter(_all(dialog)), None)


def _all(dialog: QFileDialog) -> Sequence[Path]:
    chosen = [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []
    dialog.deleteLater()
    return chosen
