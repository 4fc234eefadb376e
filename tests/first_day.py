"""A clerk's first day in one run, on a real window: first start, new document, filled in, exported, printed.

Run by tests/test_first_day.py under Xvfb with the xcb platform; ends with 0 and the word "done".
"""

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from export import WINDOW_FORMATS, pdf_bytes
from export.batch import export_forms
from gui import app as program
from gui.editors.cells import LineCell, TextCell
from gui.files.new_dialog import NewDialog, ProjectNameDialog
from gui.paper.doors import Doors
from gui.paper.export_dialog import ExportDialog
from gui.paper.printing import a4_printer, paint_pages
from gui.tables.sheet_delegate import TextEditor
from gui.window import Window
from model.document import store
from model.forms.definition import TABS
from model.forms.loader import metrics
from model.paper.layout import lay_out_form
from tests.desk import write

FOLDER = Path(sys.argv[1])


def wait_until(is_so: Callable[[], object], seconds: float = 20) -> None:
    """Let the program run until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited too long"
        QTest.qWait(20)


def in_dialog(kind: type[QDialog], act: Callable[..., None]) -> None:
    """Act in the next modal dialog of a kind as soon as it is open."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def end_at_once(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """Say what went wrong and end, also inside a slot."""
    traceback.print_exception(error)
    os._exit(1)


def first_start() -> Window:
    window = program.start(Doors(pdf_bytes, WINDOW_FORMATS, export_forms))
    program.theme.dress(QApplication.instance())
    window.show()
    assert QTest.qWaitForWindowExposed(window)
    window.guard.remove()  # here an error ends the day
    sys.excepthook = end_at_once
    assert window.commands.files.start.isVisible()
    return window


def be_active(window: Window) -> None:
    """Make the window the active one: there is no window manager to do it when a dialog closes."""
    window.activateWindow()
    wait_until(window.isActiveWindow)


def make_document(window: Window) -> None:
    def answer(dialog: NewDialog) -> None:
        names = [dialog.set_box.itemText(n) for n in range(dialog.set_box.count())]
        dialog.set_box.setCurrentIndex(
            next(n for n, name in enumerate(names) if "武汉" in name and "2022" in name)
        )
        dialog.unit.clear()
        write(dialog.unit, "武汉市示例区图书馆")
        dialog.file.setText(str(FOLDER / "图书馆.zpb"))
        QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)

    in_dialog(NewDialog, answer)
    QTest.mouseClick(window.commands.files.start.side.new, Qt.MouseButton.LeftButton)
    wait_until(lambda: window.session is not None)


def editor(window: Window, tab: str, cell: str) -> QWidget:
    assert window.view is not None
    window.view.tabs.choose(TABS.index(tab))
    page = window.view.stack.currentWidget()
    cells = page.findChildren(LineCell) + page.findChildren(TextCell)
    found: QWidget = next(w for w in cells if w.address[1] == cell)
    found.setFocus()
    return found


def fill_in(window: Window) -> None:
    write(editor(window, "预算执行情况", "funds.total.executed"), "187.85")
    write(editor(window, "预算执行情况", "funds.total.budget"), "200")
    assert window.view is not None
    assert window.view.strip.rate.text() == "93.93%"
    write(editor(window, "问题与改进", "improvement"), "加强预算管理，按季度通报执行进度。")
    window.view.tabs.choose(TABS.index("绩效目标与指标"))
    table = window.view.indicators.panel.view
    for cell, text in (("name", "新购图书"), ("weight", "80"), ("target", "≥1000册"), ("actual", "900册")):
        table.show_cell(f"i1.{cell}")
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_F2)
        cell_editor = table.findChild(TextEditor)
        write(cell_editor, text)
        QTest.keyClick(cell_editor, Qt.Key.Key_Return)
        wait_until(lambda: table.findChild(TextEditor) is None)
    assert window.view.strip.total.text() == "90.79"  # 20 × 187.85 ÷ 200 = 18.79, 80 × 900 ÷ 1000 = 72


def add_project(window: Window) -> None:
    def answer(dialog: ProjectNameDialog) -> None:
        write(dialog.edit, "图书采购")
        QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)

    in_dialog(ProjectNameDialog, answer)
    window.commands.forms.add_project()
    assert window.session is not None
    assert window.session.snapshot.reading.projects[0].project == "图书采购"
    be_active(window)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not window.session.snapshot.reading.projects


def look_at_pages(window: Window) -> None:
    assert window.view is not None
    window.view.show_form("d")
    QTest.keyClick(
        window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    wait_until(lambda: window.view is not None and window.view.is_previewing)
    QTest.qWait(200)


def print_it(window: Window) -> None:
    assert window.session is not None
    pdf = pdf_bytes((lay_out_form(window.session.form("d"), metrics()),))
    printer = a4_printer("整体绩效自评表")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(FOLDER / "printed.pdf"))
    paint_pages(pdf, printer, range(1))


def export_it(window: Window) -> None:
    def answer(dialog: ExportDialog) -> None:
        dialog.choice.folder.setText(str(FOLDER / "out"))
        QTest.mouseClick(dialog.choice.export, Qt.MouseButton.LeftButton)
        wait_until(lambda: dialog._faces.currentWidget() is dialog.outcome)
        dialog.accept()

    in_dialog(ExportDialog, answer)
    window.commands.papers.export()
    assert len(list((FOLDER / "out").iterdir())) == 2


if __name__ == "__main__":
    window = first_start()
    assert QApplication.platformName() == "xcb"
    make_document(window)
    fill_in(window)
    add_project(window)
    look_at_pages(window)
    print_it(window)
    export_it(window)
    assert window.session is not None
    path = window.session.path
    assert window.close()
    assert store.open_document(path).answers.forms["d"].text("i1.actual") == "900册"
    print("done")
