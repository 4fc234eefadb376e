"""What the menus and the start page do with files: new, open, close."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

import resources
from gui.base import ask, waiting
from gui.base import settings as settings_store
from gui.base.parts import commit_input
from gui.base.plain import in_menu
from gui.commands.command import FILE, HELP, always, command, submenu
from gui.commands.import_commands import ImportCommands
from gui.commands.save_commands import SaveCommands
from gui.commands.workbench import Workbench
from gui.session.session import Session
from model.basics.errors import UserError
from model.document import store
from model.document.answers import Answers
from model.document.carrying import carrying
from model.document.document import Document
from model.exchange.exchange import decode, read_exchange
from model.exchange.gather import gather
from model.exchange.older_documents import open_document
from model.filling.blank import sets

if TYPE_CHECKING:
    from gui.files.start_page import StartPage


class FileCommands:
    """A problem is said and leaves what is open."""

    def __init__(self, bench: Workbench, saves: SaveCommands, imports: ImportCommands) -> None:
        self._bench, self._saves, self._imports = bench, saves, imports
        self._start: StartPage | None = None
        bench.lies_at.connect(self._remember)
        bench.closed.connect(self._closed)
        bench.look_changed.connect(self._look_changed)

    # --- the start page

    @property
    def start(self) -> "StartPage":
        """The start page, made when it is first wanted: a document opened by a double click does without."""
        if self._start is None:
            self._start = self._start_page()
            self._bench.stack.addWidget(self._start)
        return self._start

    def _start_page(self) -> "StartPage":
        from gui.files.recent import summarise
        from gui.files.start_page import StartPage

        page = StartPage(partial(summarise, self._bench.library))
        page.new_wanted.connect(self.new_document)
        page.carry_wanted.connect(self.carry_over)
        page.open_wanted.connect(self.open_document)
        page.import_wanted.connect(self._imports.import_files)
        page.example_wanted.connect(self.open_example)
        page.recent_wanted.connect(self.open_path)
        page.relocate_wanted.connect(self._relocate)
        page.forget_wanted.connect(self._forget)
        page.show_recent(map(Path, self._bench.preferences.now.recent))
        return page

    def show_start(self) -> None:
        """Show the start page."""
        self._bench.stack.setCurrentWidget(self.start)
        self.start.focus_first()

    def _closed(self) -> None:
        self._show_recent()
        self.show_start()

    def _look_changed(self) -> None:
        if self._start is not None:
            self._bench.stack.removeWidget(self._start)
            self._start.deleteLater()
            self._start = None
        if not self._bench.is_open:
            self.show_start()

    # --- recent documents

    def _remember(self, path: Path) -> None:
        if path != example_path():
            self._bench.preferences.remember(path)

    def _show_recent(self) -> None:
        self.start.show_recent(map(Path, self._bench.preferences.now.recent))

    @submenu(FILE, 140, "最近打开")
    def fill_recent(self, menu: QMenu) -> None:
        """List the documents opened last."""
        for name in self._bench.preferences.now.recent:
            menu.addAction(in_menu(Path(name).name), partial(self.open_path, Path(name)))

    def _relocate(self, path: Path) -> None:
        """A recent document lies elsewhere now."""
        preferences = self._bench.preferences
        folder = preferences.now.start_folder()
        found = ask.open_file_name(self._bench.window, folder, f"重新定位 {path.name}")
        if found is not None:
            preferences.keep(preferences.now.relocated(path, found))
            self.open_path(found)

    def _forget(self, path: Path) -> None:
        """A recent document is taken off the list."""
        self._bench.preferences.keep(self._bench.preferences.now.forgetting(path))
        self._show_recent()

    # --- opening

    def open_path(self, path: Path) -> bool:
        """Open a document file in the place of the one before; return whether it is open."""
        path = Path(path)
        if self._bench.is_open:  # it may be this very file: what is pending belongs into what is read now
            commit_input()
            self._bench.session.save()
        stored = self.read(path)
        if stored is None:
            return False
        session = self._bench.attempt(partial(self._session, path, stored))
        if session is None:
            return False
        if not self.close_document():
            return False
        self._bench.show(session)
        session.clean()
        return True

    def _session(self, path: Path, stored: store.Stored) -> Session:
        local_folder = settings_store.config_folder()
        return Session(self._bench.library, Document(stored.answers), path, stored, local_folder)

    def read(self, path: Path) -> store.Stored | None:
        """Read a document file, also from a slow disk; None where it can't be read, or she gave up."""
        return self._bench.attempt(lambda: read_document(self._bench, path))

    def create(self, answers: Answers, path: Path, replace: bool = False) -> None:
        """Write a new document file and open it."""
        try:
            store.create(path, answers, replace)
        except UserError as error:
            ask.tell_error(self._bench.window, error)
            return
        self.open_path(path)

    def _folder(self) -> Path:
        return self._bench.preferences.now.start_folder()

    @command(FILE, 110, "新建自评簿…", key="Ctrl+N", icon="plus", when=always)
    def new_document(self) -> None:
        """Ask for region, year and unit, and open an empty document."""
        from gui.files.new_dialog import NewDialog

        bench = self._bench
        dialog = NewDialog(
            sets(bench.library),
            self._folder(),
            unit=bench.session.answers.unit if bench.is_open else "",
            set_name=bench.preferences.now.form_set,
            declarations=[form for form in bench.library.forms.values() if form.kind == "declaration"],
            parent=bench.window,
            finish=partial(carrying, bench.library),
        )
        if dialog.exec():
            bench.preferences.set(form_set=dialog.form_set.name)
            self.open_path(dialog.path)

    @command(FILE, 120, "沿用上年新建…", icon="clock", when=always)
    def carry_over(self) -> None:
        """Ask for last year's document, and open a new one that begins with what it knew."""
        found = ask.open_file_name(self._bench.window, self._folder(), "选择上年的自评簿")
        stored = self.read(found) if found is not None else None
        if stored is None:
            return
        from gui.files.carry_dialog import CarryDialog

        library, last = self._bench.library, stored.answers
        make = partial(CarryDialog, last, library, sets(library), self._folder(), self._bench.window)
        dialog = self._bench.attempt(make)
        if dialog is not None and dialog.exec():
            self._bench.preferences.set(form_set=dialog.form_set.name)
            self.open_path(dialog.path)

    @command(FILE, 130, "打开…", key="Ctrl+O", icon="open", when=always)
    def open_document(self) -> None:
        """Ask for a file and open it."""
        if path := ask.open_file_name(self._bench.window, self._folder()):
            self.open_path(path)

    @command(HELP, 120, "看一个示例", icon="play", when=always)
    def open_example(self) -> None:
        """Open a copy of the shipped example."""
        path, library = example_path(), self._bench.library
        path.parent.mkdir(parents=True, exist_ok=True)
        files = sorted(resources.path("example").glob("*.json"))
        forms = [(file.name, read_exchange(decode(file.read_bytes()), library)) for file in files]
        self.create(gather(forms, library).answers, path, replace=True)

    # --- closing

    @command(FILE, 410, "关闭自评簿", key="Ctrl+W")
    def close_document(self) -> bool:
        """Save and close the document; the start page comes back. Return False where the clerk stays."""
        if not self._bench.is_open:
            return True
        if not self._saves.may_leave():
            return False
        self._bench.close()
        return True


def read_document(bench: Workbench, path: Path) -> store.Stored:
    """Read a document file, with a dialog where that takes long. Raises UserError, Cancelled."""
    return waiting.do(bench.window, f"正在打开“{path.name}”…", lambda *_: open_document(path, bench.library))


def example_path() -> Path:
    """Return where the clerk's own copy of the shipped example lies."""
    return settings_store.config_folder() / "示例.zpb"
