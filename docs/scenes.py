"""What the pictures of docs/pictures.py show: tabs, papers, popups, dialogs, and documents at their edges."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMenuBar, QPlainTextEdit, QToolTip, QWidget

from gui.base import ask, theme, waiting
from gui.commands.check_commands import CheckCommands
from gui.commands.help_commands import HelpCommands
from gui.files.carry_dialog import CarryDialog
from gui.files.new_dialog import NewDialog
from gui.files.versions_dialog import VersionsDialog
from gui.pane.pane import FINDINGS
from gui.paper.export_dialog import ExportDialog
from gui.paper.outputs import outputs_of
from gui.session.places import INDICATORS
from gui.support.crash import CrashDialog, Saved
from gui.version_window import VersionWindow
from gui.window import SMALLEST, Window
from model.document import backups, store
from model.document.answers import INDICATORS as INDICATOR_ROWS
from model.document.answers import Answers
from model.filling.blank import blank_document, declaration_for, sets
from model.forms.definition import TABS

Pictures = Iterator[tuple[str, QPixmap]]  # what is shown, and how it looks

SHOWN = (
    CheckCommands.show_findings,
    CheckCommands.show_how,
    HelpCommands.show_guide,
    HelpCommands.show_help,
    HelpCommands.show_changes,
    HelpCommands.show_about,
)
INDICATOR_TAB = TABS.index(INDICATORS)
ROWS, RARE = 300, "硚口区〇八号䶮山学校"
LONG = "推进义务教育优质均衡发展，指导信息技术与中小学教育教学融合，完成率 95.5%，经费 1,234.50 万元；" * 40


def of_example(window: Window) -> Pictures:
    """All that can be seen with the example open."""
    yield from chain(forms(window), faces(window), finding(window), papers(window), in_place(window))
    yield from chain(popups(window), dialogs(window), other_dialogs(window))


# --- how a picture is taken


def settle(milliseconds: int = 150) -> None:
    """Let the program paint, and do what it does a moment later, in threads too (QTest.qWait stops those)."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def in_dialog(
    open_it: Callable[[], object], then: Callable[[QWidget], object] = lambda _: None
) -> QPixmap | None:
    """Return the picture of the dialog that a call opens, and close it; None if it opens none."""
    found: list[QPixmap] = []
    timer = QTimer(interval=20)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        timer.stop()
        then(dialog)
        settle()
        found.append(on_screen(dialog) if QApplication.activePopupWidget() else dialog.grab())
        close_popups()
        dialog.reject() if isinstance(dialog, QDialog) else dialog.close()

    timer.timeout.connect(look)
    timer.start()
    open_it()
    timer.stop()
    settle()
    return found[0] if found else None


def beside(window: QWidget, kind: type[QWidget] = QDialog) -> QPixmap | None:
    """Return the picture of a second window that stands open, and close it."""
    for other in QApplication.topLevelWidgets():
        if other is not window and isinstance(other, kind) and other.isVisible():
            settle()
            picture = other.grab()
            other.close()
            return picture
    return None


def on_screen(window: QWidget) -> QPixmap:
    """Return the picture of a window with what lies over it."""
    corner = window.mapToGlobal(QPoint())
    return window.screen().grabWindow(0, corner.x(), corner.y(), window.width(), window.height())


def close_popups() -> None:
    """Close menus, lists and tooltips."""
    while popup := QApplication.activePopupWidget():
        popup.close()
    QToolTip.hideText()


# --- the window


def forms(window: Window) -> Pictures:
    """Every tab of every form."""
    assert window.session
    assert window.view
    for key, form in window.session.answers:
        for n, tab in enumerate(TABS):
            window.view.show_form(key, n)
            settle()
            yield f"{key if window.session.answers.unit else form.definition}-{n + 1}-{tab}", window.grab()


def faces(window: Window) -> Pictures:
    """The faces of the pane on the right, and the windows that help opens, beside the indicators."""
    assert window.session
    assert window.view
    window.view.show_form(next(iter(window.session.answers.forms)), INDICATOR_TAB)
    for line in SHOWN:
        dialog = in_dialog(window.menus.action(line).trigger)
        yield f"show-{line.entry.text}", dialog or beside(window) or window.grab()


def finding(window: Window) -> Pictures:
    """What is found, in the place of the pane."""
    assert window.view
    window.commands.finding.find()
    window.view.pane.finder.field.setText("培训")
    for _ in range(2):
        window.commands.finding.find_next()
    settle()
    yield "find", window.grab()
    window.view.pane.close_finder()


def papers(window: Window) -> Pictures:
    """The pages of every form and report."""
    assert window.session
    assert window.view
    for output in outputs_of(window.session.snapshot.reading, window.bench.library):
        window.view.show_preview(output.id)
        settle(400)
        yield f"paper-{output.name}", window.grab()


def in_place(window: Window) -> Pictures:
    """The levels of a row in words, the report's drawer, bars across the page; the smallest window."""
    view = window.view
    assert view
    assert window.session
    words = next(row for row in window.session.form("d").sheet.indicators if row.target.kind == "prose")
    view.show_cell("d", f"{words.id}.score")
    view.show_how("d", f"{words.id}.score")
    settle()
    yield "levels", window.grab()
    assert view.indicators.drawer
    view.indicators.drawer.line.setChecked(True)
    settle()
    yield "drawer", window.grab()
    view.indicators.drawer.line.setChecked(False)
    view.open_pane(FINDINGS)
    view.show_notice("已恢复到 14:32 的内容。")
    lost = f"“2025-{RARE}”上次有内容没能存进文件，程序在 14:32 另存了一份。"
    window.recovery.offer.say(lost, (("打开", settle), ("忽略", settle)))
    settle()
    yield "bars", window.grab()
    view.show_notice("")
    window.recovery.offer.hide()
    size = window.size()
    window.resize(*map(theme.px, SMALLEST))
    settle()
    yield "smallest", window.grab()
    window.resize(size)
    settle()


# --- what pops up


def popups(window: Window) -> Pictures:
    """Menus, a tooltip, and the menus that the right button opens."""
    view = window.view
    assert view
    bar = window.menuBar()
    menus = {menu.menuAction(): menu for menu in window.findChildren(QMenu)}  # action.menu() would own it
    openers = [(f"menu-{at.text()[:2]}", drop(bar, menus[at])) for at in bar.actions()]
    lists = {"表格": view.indicators.panel.view, "问题": view.pane.findings.list, "填报": view.list.forms}
    at = QPoint(theme.px(40), theme.px(90))
    for name, widget in lists.items():
        openers.append((f"context-{name}", lambda w=widget: w.customContextMenuRequested.emit(at)))
    openers.append(("context-文字", lambda: text_menu(window)))
    openers.append(("tooltip", lambda: QToolTip.showText(below(view.strip), "请填项目名称。", view.strip)))
    for name, open_it in openers:
        open_it()
        settle(400)
        yield name, on_screen(window)
        close_popups()


def drop(bar: QMenuBar, menu: QMenu) -> Callable[[], object]:
    """Return what opens a menu of the menu bar."""
    return lambda: menu.popup(bar.mapToGlobal(bar.actionGeometry(menu.menuAction()).bottomLeft()))


def below(widget: QWidget) -> QPoint:
    """Where a popup of a widget begins."""
    return widget.mapToGlobal(widget.rect().bottomLeft())


def text_menu(window: Window) -> None:
    """Qt's own menu of a text."""
    assert window.view
    window.view.show_form(window.view.key, TABS.index("问题与改进"))
    settle()
    editor = window.view.stack.currentWidget().findChildren(QPlainTextEdit)[0]
    editor.setFocus()
    editor.createStandardContextMenu().popup(editor.mapToGlobal(QPoint(theme.px(40), theme.px(20))))


# --- dialogs


def dialogs(window: Window) -> Pictures:
    """The dialogs that the lines of the menus with … open."""
    for entry, action in window.menus.entries():
        if entry.text.endswith("…") and action.isEnabled() and (picture := in_dialog(action.trigger)):
            yield f"dialog-{entry.text.rstrip('…')}", picture


def other_dialogs(window: Window) -> Pictures:
    """Dialogs that come by themselves, and the later faces of others."""
    assert window.session
    folder, name = window.bench.preferences.now.start_folder(), f"2025-{RARE}.zpb"
    carry = CarryDialog(
        window.session.answers, window.bench.library, sets(window.bench.library), folder, window
    )
    lost = Saved(False, f"没有存进原文件：文件被其他程序占用。已填内容另存在：\n{folder / name}")
    safe = CrashDialog(an_error(), Saved(True, "已填内容已经保存。"), window)
    details = CrashDialog(an_error(), lost, window)
    details.unfold.click()
    busy = f"未能保存：无法写入“{name}”：文件正被其他程序占用。"
    damaged = f"打不开“{name}”。", "文件已损坏，可打开“备份”文件夹里的一份。"
    pictures = {
        "沿用上年": in_dialog(carry.exec),
        "表样": in_dialog(window.commands.files.new_document, open_forms),
        "等待": in_dialog(lambda: wait(window, f"正在打开“{name}”…")),
        "意外": in_dialog(safe.exec),
        "意外的详细信息": in_dialog(details.exec),
        "询问": in_dialog(lambda: ask.confirm(window, busy, "不保存，离开", "返回")),
        "告知": in_dialog(lambda: ask.tell(window, *damaged)),
        "已导出": in_dialog(window.commands.papers.export, export_now),
    }
    yield from ((f"dialog-{what}", picture) for what, picture in pictures.items() if picture)


def wait(window: Window, what: str) -> None:
    """Do something that takes long, until it is cancelled."""
    given_up = threading.Event()
    with suppress(waiting.Cancelled):
        waiting.do(window, what, lambda progress, _: (progress(3, 8), given_up.wait(10)))
    given_up.set()


def an_error() -> Exception:
    """Return an error as it is caught, with the places it came through."""
    try:
        raise IndexError("list index out of range")
    except IndexError as caught:
        return caught


def open_forms(dialog: QWidget) -> None:
    """In the dialog of a new document: open the list of forms."""
    assert isinstance(dialog, NewDialog)
    dialog.set_box.showPopup()


def export_now(dialog: QWidget) -> None:
    """In the export dialog: export, and wait for the result."""
    assert isinstance(dialog, ExportDialog)
    dialog.choice.export.click()
    while not dialog.outcome.isVisible():
        settle()


# --- other documents


def of_others(window: Window, folder: Path) -> Pictures:
    """Empty documents of every kind of form, a very long one, a newer program's, an earlier version."""
    assert window.session
    long = lengthened(window.session.answers)
    for form_set in sets(window.bench.library):
        declaration = declaration_for(window.bench.library, form_set.region)
        yield from empty(window, folder, blank_document(form_set, "", "2025", declaration))
    opened(window, folder / f"2025-{RARE}.zpb", long)
    for what, picture in chain(forms(window), reply(window), older(window)):
        yield f"long-{what}", picture
    newer = folder / "2026.zpb"
    opened(window, newer, long)
    window.commands.files.close_document()
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    window.commands.files.open_path(newer)
    settle()
    yield "newer", window.grab()
    window.commands.files.close_document()
    settle()
    yield "recent", window.grab()


def opened(window: Window, path: Path, answers: Answers) -> None:
    """Open a new document."""
    store.create(path, answers, replace=True)
    window.commands.files.open_path(path)
    settle()


def empty(window: Window, folder: Path, answers: Answers) -> Pictures:
    """All tabs of an empty document."""
    opened(window, folder / "空.zpb", answers)
    for what, picture in forms(window):
        yield f"empty-{what}", picture


def reply(window: Window) -> Pictures:
    """The editor in which one answers a warning."""
    assert window.session
    assert window.view
    window.view.open_pane(FINDINGS)
    window.view.jump(
        next(finding for finding in window.session.snapshot.findings if finding.severity == "warning")
    )
    window.commands.checks.reply_to_finding()
    settle()
    yield "reply", window.grab()


def older(window: Window) -> Pictures:
    """The list of earlier versions, and one of them in its window."""
    assert window.session
    backups.make(window.session.path)
    if picture := in_dialog(window.commands.versions.earlier_versions, read_all):
        yield "versions", picture
    window.commands.versions.view_version(backups.found(window.session.path)[0])
    if picture := beside(window, VersionWindow):
        yield "version", picture


def read_all(dialog: QWidget) -> None:
    """In the dialog of earlier versions: wait until the one there is has been read."""
    assert isinstance(dialog, VersionsDialog)
    while not dialog.list.topLevelItemCount():
        settle()


def lengthened(answers: Answers) -> Answers:
    """Return the first form of a document with 300 rows, rare characters and texts of 2,000 characters."""
    key, form = next(iter(answers))
    first, *_ = form.indicators
    columns = {
        cell.removeprefix(first): text for cell, text in form.texts.items() if cell.startswith(f"{first}.")
    }
    ids = [f"i{n}" for n in range(1, ROWS + 1)]
    texts = {row + column: text for row in ids for column, text in columns.items()}
    texts |= {"unit_name": RARE, "improvement": LONG, "i2.name": LONG, "i3.actual": RARE}
    long = form.with_rows(INDICATOR_ROWS, ids).with_texts(texts)
    return replace(answers, forms={key: long}, unit=RARE)
