"""The main window: menus, start page or document, status line; every wish of the clerk ends up here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QIcon, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QStackedWidget

from gui.base import ask, theme
from gui.base.panel_widths import Sides, parse_widths, show_widths
from gui.base.parts import Elided
from gui.base.settings import Settings
from gui.commands.actions import MENUS, RECENT, SAME, Entry, said
from gui.commands.safety_commands import SafetyCommands
from gui.frame.document_view import DocumentView
from gui.pane.pane import FINDINGS
from gui.paper.outputs import Reports, pdf_of
from gui.session.session import Session
from model.basics.errors import UserError
from model.document.answers import DECLARATION
from model.forms.definition import TABS
from model.forms.loader import Library
from model.paper.grid import Printout
from model.reading.reading import read

if TYPE_CHECKING:
    from gui.files.start_page import StartPage

SMALLEST = (900, 430)


class Doors(NamedTuple):
    """What the window may use of other parts without importing them; main.py fills it in."""

    pdf_bytes: Callable[[Printout], bytes]
    writers: Sequence[object]
    write_files: Callable[..., list[tuple[Path, str]]]
    warm_up: Callable[[], None] = lambda: None  # loads, after the first paint, what the first export needs
    reports: Reports | None = None


class Window(SafetyCommands):
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
        self._put_in_place()
        self._start: StartPage | None = None
        self._fill_menus()
        self._fill_status()
        self._add_tab_keys()
        self._show_title()
        self._enable()

    # --- parts

    @property
    def start(self) -> "StartPage":
        """The start page, made when it is first wanted: a document opened by a double click does without."""
        if self._start is None:
            self._start = self._start_page()
            self._stack.addWidget(self._start)
        return self._start

    def show_start(self) -> None:
        """Show the start page."""
        self._stack.setCurrentWidget(self.start)
        self.start.focus_first()

    def showEvent(self, event: QShowEvent) -> None:
        """Without a document the start page stands in the window."""
        super().showEvent(event)
        if self.session is None:
            self.show_start()
            self._show_state()

    def _start_page(self) -> "StartPage":
        from gui.files.recent import summarise
        from gui.files.start_page import StartPage

        page = StartPage(lambda path: summarise(self.library, path))
        page.new_wanted.connect(self.new_document)
        page.carry_wanted.connect(self.carry_over)
        page.open_wanted.connect(self.open_document)
        page.import_wanted.connect(self.import_files)
        page.example_wanted.connect(self.open_example)
        page.recent_wanted.connect(self.open_path)
        page.relocate_wanted.connect(self._relocate)
        page.forget_wanted.connect(self._forget)
        page.show_recent(map(Path, self.settings.recent))
        return page

    def _fill_menus(self) -> None:
        for title, entries in MENUS:
            menu = self.menuBar().addMenu(title)
            menu.aboutToShow.connect(self._draw_icons)
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
        if entry.key:
            action.setShortcuts([QKeySequence(key) for key in (entry.key, *SAME.get(entry.key, ()))])
        action.triggered.connect(getattr(self, entry.slot))
        menu.addAction(action)
        self._actions[entry.slot] = (action, entry)

    def _draw_icons(self) -> None:
        """The icons of all menus, drawn when the first of them is opened."""
        for action, entry in self._actions.values():
            if entry.icon and action.icon().isNull():
                action.setIcon(theme.icon(entry.icon))

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        for path in self.settings.recent:
            self._recent_menu.addAction(Path(path).name, lambda path=path: self.open_path(Path(path)))
        self._recent_menu.setEnabled(bool(self.settings.recent))

    def _fill_status(self) -> None:
        self._state, self._state_icon = QLabel(objectName="state"), QLabel(objectName="stateIcon")
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self._state_icon)
        self.statusBar().addWidget(self._state)
        self._tip = Elided("", "tip")
        self.statusBar().addWidget(self._tip, 3)
        for slot in ("next_missing", "next_finding", "show_help"):
            self.statusBar().addPermanentWidget(QLabel(said(slot)))
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
        problem = bool(session and (session.problem or session.read_only or session.is_kept))
        name, token = (
            ("warning", "warn_icon") if problem else ("check", "text2") if session else ("lock", "text2")
        )
        self.statusBar().setVisible(session is not None)
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
        has_declaration = session is not None and DECLARATION in session.answers.forms
        for slot, on in (("add_declaration", not has_declaration), ("take_over", has_declaration)):
            action = self._actions[slot][0]
            action.setEnabled(action.isEnabled() and on)
        for slot, word in (("undo", "撤销"), ("redo", "重做")):
            action = self._actions[slot][0]
            label = getattr(session.document, f"{slot}_label") if session else ""
            action.setText(f"{word}：{label}" if label else word)
            action.setEnabled(bool(label) and not (session and session.read_only))

    def _document_changed(self) -> None:
        self._show_title()
        self._enable()
        self._tell_again()

    # --- documents

    def show_session(self, session: Session) -> None:
        """Show an opened document in the place of the one before."""
        if not self.close_document():
            return
        self.session = session
        kept = self.settings
        sides = Sides(kept.pane_open, parse_widths(kept.widths))
        self.view = DocumentView(session, self.doors.pdf_bytes, sides, self.doors.reports)
        self.view.sides_changed.connect(self._keep_sides)
        self.view.export_wanted.connect(self.export)
        self.view.print_wanted.connect(self.print)
        self.view.copy_wanted.connect(self._go_on_elsewhere)
        self.view.missing_wanted.connect(self.next_missing)
        self.view.pane_opened.connect(lambda: self.say(""))
        self.view.pane.hit_wanted.connect(self._show_hit)
        self.view.pane.find_closed.connect(self._close_finder)
        self.view.list.add_wanted.connect(self.add_project)
        self.view.list.duplicate_wanted.connect(self._duplicate)
        self.view.list.rename_wanted.connect(self._rename)
        self.view.list.delete_wanted.connect(self._delete)
        self.view.list.moved.connect(self._move)
        self.view.changed.connect(self._document_changed)
        self.view.state_changed.connect(self._show_state)
        self._stack.addWidget(self.view)
        self._stack.setCurrentWidget(self.view)
        self._remember(session.path)
        self._document_changed()
        self._show_state()

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
        """Print the very PDF of the pages in sight, else of the form in hand."""
        if self.session is None or self.view is None:
            return
        self._commit_input()
        try:
            drawn = pdf_of(self.session, self.view.output, self.doors.pdf_bytes, self.doors.reports)
        except UserError as error:
            ask.tell_error(self, error)
            return
        from gui.paper.printing import print_pdf

        print_pdf(self, drawn.pdf, drawn.title)

    def export(self) -> None:
        """Ask what to export where, and do it."""
        if self.session is None:
            return
        self.save_now()
        folder = Path(self.settings.export_folder or self.settings.start_folder())
        from gui.paper.export_dialog import ExportDialog

        dialog = ExportDialog(self, self.session, self.doors.writers, self._write_files, folder)
        dialog.findings_wanted.connect(self._show_first_finding)
        dialog.exec()
        self._set(export_folder=str(dialog.folder()))
        dialog.deleteLater()

    def _show_first_finding(self) -> None:
        """Open the list and go to the first cell in which something is wrong."""
        if self.view is not None:
            self.view.open_pane(FINDINGS)
            self.next_finding()

    def _write_files(self, keys, formats, folder, answers, *how, **options):  # type: ignore[no-untyped-def]
        """Read the answers anew, in the worker's thread, and write."""
        return self.doors.write_files(keys, formats, folder, read(self.library, answers), *how, **options)

    # --- view and help

    def toggle_pane(self) -> None:
        """Open the pane at the right or fold it away."""
        if self.view is not None:
            self.view.toggle_pane()

    def _keep_sides(self, sides: Sides) -> None:
        """Every px of a dragged border comes here: the file of the settings is written at the end."""
        widths = show_widths(sides.widths)
        self.settings = replace(self.settings, pane_open=sides.pane_open, widths=widths)

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

    def theme_contrast(self) -> None:
        """Always white on black, with strong edges."""
        self._set(theme="contrast")
        self._look_again()

    def _look_again(self) -> None:
        """Build everything anew in the new look; what is open stays open."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._commit_input()
        app.setStyleSheet("")
        theme.prepare(app, theme.look_for(self.settings.theme), self.settings.zoom)
        self._zoom.setText(f"{self.settings.zoom}%")
        for action, _ in self._actions.values():
            action.setIcon(QIcon())
        if self._start is not None:
            self._stack.removeWidget(self._start)
            self._start.deleteLater()
            self._start = None
        if self.session is not None and self.view is not None:
            key, tab, face = self.view.key, self.view.tabs.current(), self.view.pane.face
            old_view, session = self.view, self.session
            self._stack.removeWidget(old_view)
            old_view.shut()
            self.session = self.view = None
            self.show_session(session)
            self.view.show_form(key, tab)
            self.view.pane.show_face(face)
        else:
            self.show_start()
        theme.dress(app)
        self._show_state()

    def show_guide(self) -> None:
        """Open the user guide beside the document."""
        self._open_guide()

    def _open_guide(self, at: int = 0) -> None:
        from gui.support.guide_window import GuideWindow

        guide = GuideWindow(self, at)
        guide.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        guide.show()

    def show_keys(self) -> None:
        """List the keys."""
        from gui.commands.keys_dialog import KeysDialog

        dialog = KeysDialog(self)
        dialog.exec()
        dialog.deleteLater()

    def show_changes(self) -> None:
        """Show what is new: the last chapter of the guide."""
        self._open_guide(-1)

    def show_about(self) -> None:
        """Say what the program is."""
        ask.inform(
            self,
            "自评簿",
            f"版本 {QCoreApplication.applicationVersion()}\n"
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
        if not self.may_leave():
            event.ignore()
            return
        self._set(geometry=bytes(self.saveGeometry().toHex().data()).decode())
        self._leave()
        event.accept()
