"""The main window: menus, start page or document, status line; every wish of the clerk ends up here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMenu, QStackedWidget

import resources
from gui import ask, theme
from gui.actions import MENUS, MORE_KEYS, RECENT, Entry
from gui.document_view import DocumentView
from gui.export_dialog import ExportDialog
from gui.indicator_edits import add_goal
from gui.new_dialog import NewDialog, ProjectNameDialog
from gui.pages import INDICATORS
from gui.printing import print_pdf
from gui.recent import summarise
from gui.session import Session
from gui.settings import Settings, save_settings
from gui.start_page import StartPage
from model import store
from model.answers import Answers, FormAnswers, FormKey
from model.blank import blank_form
from model.definition import TABS
from model.document import Document, Edit
from model.errors import UserError
from model.exchange import decode, read_form
from model.gather import gather
from model.grid import Printout
from model.layout import lay_out_form
from model.loader import Library, metrics

SMALLEST = (900, 430)


@dataclass(frozen=True)
class Doors:
    """What the window may use of other parts without importing them; main.py fills it in."""

    pdf_bytes: Callable[[Printout], bytes]
    writers: Sequence[object]
    write_files: Callable[..., list[tuple[Path, str]]]
    warm_up: Callable[[], None] = lambda: None  # loads, after the first paint, what the first export needs


class Window(QMainWindow):
    """One window, at most one document."""

    def __init__(self, library: Library, settings: Settings, doors: Doors) -> None:
        super().__init__()
        self.library, self.settings, self.doors = library, settings, doors
        self.session: Session | None = None
        self.view: DocumentView | None = None
        self.setWindowIcon(theme.icon("app"))
        self.setMinimumSize(theme.px(SMALLEST[0]), theme.px(SMALLEST[1]))
        self._actions: dict[str, tuple[QAction, Entry]] = {}
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.start = self._start_page()
        self._stack.addWidget(self.start)
        self._fill_menus()
        self._fill_status()
        self._add_tab_keys()
        self._show_title()
        self._enable()

    # --- parts

    def _start_page(self) -> StartPage:
        page = StartPage(self.settings.recent, lambda path: summarise(path, self.library))
        page.new_wanted.connect(self.new_document)
        page.open_wanted.connect(self.open_document)
        page.import_wanted.connect(self.import_files)
        page.example_wanted.connect(self.open_example)
        page.recent_wanted.connect(self.open_path)
        page.relocate_wanted.connect(self.open_document)
        return page

    def _fill_menus(self) -> None:
        for title, entries in MENUS:
            menu = self.menuBar().addMenu(title)
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                elif entry == RECENT:
                    self._recent_menu = menu.addMenu("最近打开")
                    self._recent_menu.aboutToShow.connect(self._fill_recent)
                elif isinstance(entry, Entry):
                    self._add_action(menu, entry)

    def _add_action(self, menu: QMenu, entry: Entry) -> None:
        action = QAction(entry.text, self)
        if entry.icon:
            action.setIcon(theme.icon(entry.icon))
        if entry.key:
            action.setShortcuts([QKeySequence(entry.key), *_more_keys(entry.key)])
        action.triggered.connect(getattr(self, entry.slot))
        menu.addAction(action)
        self._actions[entry.slot] = (action, entry)

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        for path in self.settings.recent:
            self._recent_menu.addAction(Path(path).name, lambda path=path: self.open_path(Path(path)))
        self._recent_menu.setEnabled(bool(self.settings.recent))

    def _fill_status(self) -> None:
        self._state, self._state_icon = QLabel(), QLabel()
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self._state_icon)
        self.statusBar().addWidget(self._state, 1)
        for text in ("F6 下一处未填", "F4 怎么算的", "F1 快捷键"):
            self.statusBar().addPermanentWidget(QLabel(text))
        self._zoom = QLabel(f"{self.settings.zoom}%")
        self.statusBar().addPermanentWidget(self._zoom)

    def _add_tab_keys(self) -> None:
        for n in range(len(TABS)):
            action = QAction(self)
            action.setShortcut(QKeySequence(f"Alt+{n + 1}"))
            action.triggered.connect(lambda _=False, n=n: self.view and self.view.show_form(self.view.key, n))
            self.addAction(action)

    # --- state

    def _show_title(self) -> None:
        if self.session is None:
            self.setWindowTitle("自评簿")
        else:
            answers = self.session.answers
            self.setWindowTitle(f"{answers.unit or '未填单位'} {answers.year} 年度 － 自评簿")

    def _show_state(self) -> None:
        session = self.session
        self._state.setText(session.state if session else "内容只保存在本机，程序不联网")
        problem = bool(session and (session.problem or session.read_only))
        name, token = (
            ("warning", "warn_icon") if problem else ("check", "text2") if session else ("lock", "text2")
        )
        self._state_icon.setPixmap(theme.icon_pixmap(name, token, 14))
        self._enable()

    def _enable(self) -> None:
        session = self.session
        for action, entry in self._actions.values():
            on = not entry.needs or (
                session is not None and (entry.needs == "document" or not session.read_only)
            )
            if action.isEnabled() != on:
                action.setEnabled(on)
        for slot, word in (("undo", "撤销"), ("redo", "重做")):
            action = self._actions[slot][0]
            label = getattr(session.document, f"{slot}_label") if session else ""
            action.setText(f"{word}：{label}" if label else word)
            action.setEnabled(bool(label) and not (session and session.read_only))

    def _document_changed(self) -> None:
        self._show_title()
        self._enable()

    # --- documents

    def show_session(self, session: Session) -> None:
        """Show an opened document."""
        self.close_document()
        self.session = session
        self.view = DocumentView(session, self.doors.pdf_bytes)
        self.view.export_wanted.connect(self.export)
        self.view.print_wanted.connect(self.print)
        self.view.copy_wanted.connect(self._go_on_elsewhere)
        self.view.list.add_wanted.connect(self.add_project)
        self.view.list.duplicate_wanted.connect(self._duplicate)
        self.view.list.rename_wanted.connect(self._rename)
        self.view.list.delete_wanted.connect(self._delete)
        self.view.list.moved.connect(self._move)
        session.changed.connect(lambda *_: self._document_changed())
        session.state_changed.connect(self._show_state)
        self._stack.addWidget(self.view)
        self._stack.setCurrentWidget(self.view)
        self._remember(session.path)
        self._document_changed()
        self._show_state()

    def _remember(self, path: Path) -> None:
        if _is_shipped(path):
            return
        recent = [str(path), *(p for p in self.settings.recent if p != str(path))][:10]
        self._set(recent=tuple(recent), folder=str(path.parent))

    def _set(self, **values: object) -> None:
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]
        save_settings(self.settings)

    def open_path(self, path: Path) -> bool:
        """Open a document file; a problem is told and leaves what is open."""
        try:
            stored = store.open_document(Path(path))
            self.show_session(Session(self.library, Document(stored.answers), Path(path), stored))
        except UserError as error:
            ask.tell(self, error.message, error.hint)
            return False
        return True

    def new_document(self) -> None:
        """Ask for region, year and unit, and open an empty document."""
        dialog = NewDialog(self, self.library, self.settings.folder)
        if dialog.exec():
            self.create(dialog.answers(), dialog.path(), dialog.replaces())

    def create(self, answers: Answers, path: Path, replace: bool = False) -> None:
        """Write a new document file and open it."""
        try:
            store.create(path, answers, replace)
        except UserError as error:
            ask.tell(self, error.message, error.hint)
            return
        self.open_path(path)

    def open_document(self) -> None:
        """Ask for a file and open it."""
        if path := ask.open_file(self, self.settings.folder):
            self.open_path(path)

    def open_example(self) -> None:
        """Open a copy of the shipped example."""
        from gui.settings import example_path

        path = example_path()
        forms = []
        for file in sorted(resources.path("example").glob("*.json")):
            forms.append((file.name, read_form(decode(file.read_bytes()), self.library)))
        self.create(gather(forms, self.library).answers, path, replace=True)

    def import_files(self) -> None:
        """Ask for exchange files and open them as a new document."""
        paths = ask.open_exchange_files(self, self.settings.folder)
        forms: list[tuple[str, FormAnswers]] = []
        refused: list[str] = []
        for path in paths:
            try:
                forms.append((path.name, read_form(decode(path.read_bytes()), self.library)))
            except UserError as error:
                refused.append(f"{path.name}：{error}")
            except OSError as error:
                refused.append(f"{path.name}：读不出来（{error.strerror}）。")
        if not forms:
            if refused:
                ask.tell(self, "没有导入任何表。", "\n".join(refused))
            return
        gathered = gather(forms, self.library)
        refused += [f"{name}：{sentence}" for name, sentence in (*gathered.refused, *gathered.notes)]
        first = gathered.answers
        target = ask.save_document(self, self.settings.folder, f"{first.year}-{first.unit}")
        if target:
            self.create(first, target, replace=True)
            if refused:
                ask.tell(self, "导入时有以下情况：", "\n".join(refused))

    def close_document(self) -> None:
        """Save and close the document; the start page comes back."""
        if self.session is None or self.view is None:
            return
        self._commit_input()
        self.session.save()
        self._stack.removeWidget(self.view)
        self.view.deleteLater()
        self.session.deleteLater()
        self.session = self.view = None
        self.start.show_recent(self.settings.recent)
        self._show_title()
        self._show_state()

    def save_now(self) -> None:
        """Save at once and say so."""
        if self.session is not None:
            self._commit_input()
            self.session.save()
            self._show_state()

    def save_copy(self) -> None:
        """Save a copy elsewhere; the document stays where it is."""
        if self.session is None:
            return
        self.save_now()
        target = ask.save_document(self, self.settings.folder, f"{self.session.path.stem} 副本")
        if target:
            try:
                store.save_copy(self.session.path, target)
                self.statusBar().showMessage(f"副本已保存到 {target}", 8000)
            except UserError as error:
                ask.tell(self, error.message, error.hint)

    def _go_on_elsewhere(self) -> None:
        """The file can't be saved where it is: everything typed goes into another one."""
        if self.session is None:
            return
        target = ask.save_document(self, self.settings.folder, f"{self.session.path.stem} 另存")
        if target:
            try:
                self.session.move_to(target)
                self._remember(target)
            except UserError as error:
                ask.tell(self, error.message, error.hint)

    def _commit_input(self) -> None:
        """Take over what an input method is still composing, and what an open cell holds."""
        QGuiApplication.inputMethod().commit()
        focus = QApplication.focusWidget()
        if focus is not None:
            focus.clearFocus()

    # --- edits

    def undo(self) -> None:
        """Take the last step back."""
        if self.session is not None:
            self.session.undo()

    def redo(self) -> None:
        """Take it again."""
        if self.session is not None:
            self.session.redo()

    def add_project(self) -> None:
        """Ask for a name and add a project form."""
        if self.session is None:
            return
        definition = self._project_definition()
        if definition is None:
            ask.tell(self, "这个自评簿的表样没有项目表。", "请新建一个带项目表的自评簿。")
            return
        dialog = ProjectNameDialog(self, "添加项目")
        if dialog.exec():
            answers = self.session.answers
            form = blank_form(definition, answers.unit, answers.year).with_text("project_name", dialog.name())
            keys: list[FormKey] = []
            self.session.edit(f"添加项目“{dialog.name()}”", lambda edit: keys.append(edit.add_form(form)))
            if keys and self.view is not None:
                self.view.show_form(keys[0], TABS.index("基本情况"))

    def _project_definition(self):  # type: ignore[no-untyped-def]
        """The project form that belongs to the forms of the document."""
        assert self.session is not None
        forms = [form.definition for form in self.session.view.reading.forms]
        own = next((d for d in forms if d.kind == "project"), None)
        region, edition = (forms[0].region, forms[0].edition) if forms else ("", "")
        same = (d for d in self.library.forms.values() if d.kind == "project")
        return own or next((d for d in same if (d.region, d.edition) == (region, edition)), None)

    def duplicate_current(self) -> None:
        """Add a copy of the form in hand."""
        if self.view is not None:
            self._duplicate(self.view.key)

    def _duplicate(self, key: FormKey) -> None:
        if self.session is None or self.session.form(key).definition.kind != "project":
            return
        keys: list[FormKey] = []
        self.session.edit("复制项目表", lambda edit: keys.append(edit.duplicate_form(key)))
        if keys and self.view is not None:
            self.view.show_form(keys[0])

    def rename_current(self) -> None:
        """Give the project in hand another name."""
        if self.view is not None:
            self._rename(self.view.key)

    def _rename(self, key: FormKey) -> None:
        if self.session is None or self.session.form(key).definition.kind != "project":
            return
        dialog = ProjectNameDialog(self, "项目改名", self.session.form(key).project)
        if dialog.exec():
            name = dialog.name()
            self.session.edit("项目改名", lambda edit: edit.set_text((key, "project_name"), name))

    def delete_current(self) -> None:
        """Delete the form in hand; undo brings it back."""
        if self.view is not None:
            self._delete(self.view.key)

    def _delete(self, key: FormKey) -> None:
        if self.session is not None and key in self.session.view.forms:
            name = self.session.form(key).name
            self.session.edit(f"删除“{name}”", lambda edit: edit.remove_form(key))

    def _move(self, key: FormKey, row: int) -> None:
        if self.session is None or key not in self.session.answers.projects:
            return
        others = len(self.session.view.forms) - len(self.session.answers.projects)
        self.session.edit("移动项目", lambda edit: edit.move_form(key, max(row - others, 0)))

    def add_row(self) -> None:
        """Add a row of indicators below the cursor."""
        if self.view is not None:
            self.view.show_form(self.view.key, TABS.index(INDICATORS))
            self.view.indicators.panel.view.add_row()

    def add_goal(self) -> None:
        """Add a goal."""
        if self.view is not None:
            self.view.show_form(self.view.key, TABS.index(INDICATORS))
            add_goal(self.view.indicators.model)

    def accept_total(self) -> None:
        """Let the computed total hold: the one that a read file had printed is forgotten."""
        if self.session is None or self.view is None:
            return
        key, first = self.view.key, self.session.form(self.view.key).definition.funds.rows[0].key

        def accept(edit: Edit) -> None:
            for cell in ("total", f"funds.{first}.rate", f"funds.{first}.score", f"funds.{first}.weight"):
                edit.clear_given((key, cell))

        self.session.edit("以计算值为准", accept)

    def next_missing(self) -> None:
        """Go to the next required cell that is empty."""
        if self.session is None or self.view is None:
            return
        keys = list(self.session.view.forms)
        start = keys.index(self.view.key)
        for key in keys[start:] + keys[:start]:
            missing = self.session.view.completeness[key].missing
            if missing:
                self.view.show_cell(key, self._after_cursor(key, missing))
                return
        self.statusBar().showMessage("必填项都已填写。", 5000)

    def _after_cursor(self, key: FormKey, missing: Sequence[str]) -> str:
        """Return the missing cell after the last one gone to, round and round."""
        last = getattr(self, "_last_missing", ("", ""))
        cells = list(missing)
        at = cells.index(last[1]) + 1 if last[0] == key and last[1] in cells else 0
        cell = cells[at % len(cells)]
        self._last_missing = (key, cell)
        return cell

    # --- paper

    def preview(self) -> None:
        """Show the pages of the form in hand, or go back to filling it in."""
        if self.view is None:
            return
        if self.view.is_previewing:
            self.view.show_form(self.view.key)
        else:
            self._commit_input()
            self.view.show_preview(self.view.key)

    def print(self) -> None:
        """Print the very PDF of the form in hand."""
        if self.session is None or self.view is None:
            return
        self._commit_input()
        form = self.session.form(self.view.key)
        try:
            pdf = self.doors.pdf_bytes((lay_out_form(form, metrics()),))
        except UserError as error:
            ask.tell(self, error.message, error.hint)
            return
        print_pdf(self, pdf, "".join(form.title))

    def export(self) -> None:
        """Ask what to export where, and do it."""
        if self.session is None:
            return
        self.save_now()
        folder = Path(self.settings.export_folder or self.session.path.parent)
        dialog = ExportDialog(self, self.session, self.doors.writers, self.doors.write_files, folder)
        dialog.exec()
        self._set(export_folder=str(dialog.folder()))

    # --- view and help

    def toggle_pane(self) -> None:
        """Open or close 怎么算的."""
        if self.view is not None:
            self.view.pane.setVisible(self.view.pane.isHidden())

    def zoom_in(self) -> None:
        """Larger."""
        self._zoom_to(self.settings.zoom + 10)

    def zoom_out(self) -> None:
        """Smaller."""
        self._zoom_to(self.settings.zoom - 10)

    def zoom_reset(self) -> None:
        """As designed."""
        self._zoom_to(100)

    def _zoom_to(self, zoom: int) -> None:
        if zoom in theme.ZOOMS:
            self._set(zoom=zoom)
            self._look_again()

    def theme_system(self) -> None:
        """Follow the system."""
        self._set(theme="system")
        self._look_again()

    def theme_light(self) -> None:
        """Always light."""
        self._set(theme="light")
        self._look_again()

    def theme_dark(self) -> None:
        """Always dark."""
        self._set(theme="dark")
        self._look_again()

    def _look_again(self) -> None:
        """Build everything anew in the new look; what is open stays open."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._commit_input()
        theme.apply(app, is_dark(self.settings), self.settings.zoom)
        self._zoom.setText(f"{self.settings.zoom}%")
        for action, entry in self._actions.values():
            if entry.icon:
                action.setIcon(theme.icon(entry.icon))
        old = self.start
        self.start = self._start_page()
        self._stack.addWidget(self.start)
        self._stack.removeWidget(old)
        old.deleteLater()
        if self.session is not None and self.view is not None:
            key, tab = self.view.key, self.view.tabs.current()
            old_view, session = self.view, self.session
            self._stack.removeWidget(old_view)
            old_view.deleteLater()
            self.session = self.view = None
            self.show_session(session)
            self.view.show_form(key, tab)
        else:
            self._stack.setCurrentWidget(self.start)
        self._show_state()

    def show_keys(self) -> None:
        """List the keys."""
        lines = [f"{a.text().replace('&', '')}　{e.key}" for a, e in self._actions.values() if e.key]
        lines += [f"{what}　{key}" for key, what in MORE_KEYS]
        ask.tell(self, "快捷键", "\n".join(lines))

    def show_changes(self) -> None:
        """Show what is new."""
        text = resources.path("CHANGES.md").read_text(encoding="utf-8")
        ask.tell(self, "更新说明", text.replace("# ", "").replace("#", ""))

    def show_about(self) -> None:
        """Say what the program is."""
        ask.tell(
            self,
            "自评簿",
            "预算绩效自评表的填报、核分、导出与打印。\n单机运行，不联网，不收集任何信息。\nMIT 许可证。",
        )

    # --- the end

    def changeEvent(self, event: QEvent) -> None:
        """Coming back to the window, look whether another program has saved the file."""
        super().changeEvent(event)
        if (
            event.type() == QEvent.Type.ActivationChange
            and self.isActiveWindow()
            and self.session is not None
        ):
            QTimer.singleShot(0, self._look_at_file)

    def _look_at_file(self) -> None:
        if self.session is not None:
            self.session.look_at_file()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save before the window closes; if that fails, the clerk decides."""
        self._commit_input()
        if self.session is not None and not self.session.save():
            sentence = f"未能保存：{self.session.problem}"
            if not ask.confirm(self, sentence, "不保存，退出", "返回"):
                event.ignore()
                return
        self._set(geometry=bytes(self.saveGeometry().toBase64().data()).decode())
        event.accept()


def is_dark(settings: Settings) -> bool:
    """Whether the window is dark now."""
    return settings.theme == "dark" or (settings.theme == "system" and theme.system_is_dark())


def _more_keys(key: str) -> list[QKeySequence]:
    """Keys that mean the same."""
    same = {"Ctrl+Y": "Ctrl+Shift+Z", "Ctrl++": "Ctrl+="}
    return [QKeySequence(same[key])] if key in same else []


def _is_shipped(path: Path) -> bool:
    from gui.settings import example_path

    return path == example_path()
