"""What the menus do with files: new, open, import, save, copy, close."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedWidget

if TYPE_CHECKING:
    from gui.files.start_page import StartPage

import resources
from gui.base import ask, waiting
from gui.base import settings as settings_store
from gui.base.settings import Settings
from gui.base.waiting import Cancelled
from gui.base.worker import Job, Progress
from gui.commands.form_commands import FormCommands
from gui.session.session import Session
from model.basics.errors import UserError
from model.document import store
from model.document.answers import Answers, FormAnswers
from model.document.document import Document
from model.exchange.exchange import decode, read_exchange
from model.exchange.gather import gather
from model.filling.blank import sets
from model.filling.importing import import_forms
from model.forms.loader import Library


class FileCommands(FormCommands):
    """The part of the window that opens and closes documents; a problem is said and leaves what is open."""

    settings: Settings
    start: "StartPage"
    _stack: QStackedWidget

    def _remember(self, path: Path) -> None:
        if path != example_path():
            self._keep(self.settings.remembering(path))

    def _keep(self, settings: Settings) -> None:
        self.settings = settings
        settings_store.save(settings)

    def _set(self, **values: object) -> None:
        self._keep(replace(self.settings, **values))  # type: ignore[arg-type]

    def _relocate(self, path: Path) -> None:
        """A recent document lies elsewhere now."""
        found = ask.open_file_name(self, self.settings.start_folder(), f"重新定位 {path.name}")
        if found is not None:
            self._keep(self.settings.relocated(path, found))
            self.open_path(found)

    def _forget(self, path: Path) -> None:
        """A recent document is taken off the list."""
        self._keep(self.settings.forgetting(path))
        self.start.show_recent(map(Path, self.settings.recent))

    def open_path(self, path: Path) -> bool:
        """Open a document file; a problem is said and leaves what is open."""
        path = Path(path)
        try:
            stored = self._read(path)
            local_folder = settings_store.config_folder()
            self.show_session(Session(self.library, Document(stored.answers), path, stored, local_folder))
        except Cancelled:
            return False
        except UserError as error:
            ask.tell_error(self, error)
            return False
        return True

    def _read(self, path: Path) -> store.Stored:
        """Read a document file, also from a slow disk. Raises UserError, Cancelled if the clerk gave up."""
        return waiting.do(self, f"正在打开“{path.name}”…", lambda *_: store.open_document(path))

    def new_document(self) -> None:
        """Ask for region, year and unit, and open an empty document."""
        from gui.files.new_dialog import NewDialog

        folder, chosen = self.settings.start_folder(), self.settings.form_set
        declarations = [form for form in self.library.forms.values() if form.kind == "declaration"]
        dialog = NewDialog(
            sets(self.library), folder, set_name=chosen, declarations=declarations, parent=self
        )
        if dialog.exec():
            self._set(form_set=dialog.form_set.name)
            self.open_path(dialog.path)

    def carry_over(self) -> None:
        """Ask for last year's document, and open a new one that begins with what it knew."""
        found = ask.open_file_name(self, self.settings.start_folder(), "选择上年的自评簿")
        if found is None:
            return
        from gui.files.carry_dialog import CarryDialog

        try:
            last = self._read(found).answers
            dialog = CarryDialog(last, self.library, sets(self.library), self.settings.start_folder(), self)
        except Cancelled:
            return
        except UserError as error:
            ask.tell_error(self, error)
            return
        if dialog.exec():
            self._set(form_set=dialog.form_set.name)
            self.open_path(dialog.path)

    def create(self, answers: Answers, path: Path, replace: bool = False) -> None:
        """Write a new document file and open it."""
        try:
            store.create(path, answers, replace)
        except UserError as error:
            ask.tell_error(self, error)
            return
        self.open_path(path)

    def open_document(self) -> None:
        """Ask for a file and open it."""
        if path := ask.open_file_name(self, self.settings.start_folder()):
            self.open_path(path)

    def open_example(self) -> None:
        """Open a copy of the shipped example."""
        path = example_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        forms = []
        for file in sorted(resources.path("example").glob("*.json")):
            forms.append((file.name, read_exchange(decode(file.read_bytes()), self.library)))
        self.create(gather(forms, self.library).answers, path, replace=True)

    def import_files(self) -> None:
        """Ask for exchange files and open them as a new document."""
        paths = ask.import_file_names(self, self.settings.start_folder())
        try:
            forms, refused = waiting.do(self, "正在读取交换文件…", partial(read_forms, paths, self.library))
        except Cancelled:
            return
        if not forms:
            if refused:
                ask.tell(self, "没有导入任何表。", "\n".join(refused))
            return
        gathered = import_forms(forms, self.library)
        refused += [f"{name}：{sentence}" for name, sentence in (*gathered.refused, *gathered.notes)]
        first = gathered.answers
        from gui.files.new_dialog import file_name

        name = file_name(first.year, first.unit)
        target = ask.new_file_name(self, self.settings.start_folder() / name)
        if target:
            self.create(first, target)
            if refused:
                ask.tell(self, "导入时有以下情况：", "\n".join(refused))

    def close_document(self) -> bool:
        """Save and close the document; the start page comes back. Return False where the clerk stays."""
        if self.session is None or self.view is None:
            return True
        if not self.may_leave():
            return False
        self._stack.removeWidget(self.view)
        self.view.shut()
        self.session.deleteLater()
        self.session = self.view = None
        self.start.show_recent(map(Path, self.settings.recent))
        self.show_start()
        self._show_title()
        self._show_state()
        return True

    def may_leave(self) -> bool:
        """Save what is open; if that fails, the clerk decides whether to go all the same."""
        if self.session is None:
            return True
        self._commit_input()
        sentence = "" if self.session.save() else f"未能保存：{self.session.problem}"
        return not sentence or ask.confirm(self, sentence, "不保存，离开", "返回")

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
        path = self.session.path
        target = ask.save_copy_name(self, path.with_name(f"{path.stem} 副本{path.suffix}"))
        if target:
            try:
                waiting.do(self, f"正在写入“{target.name}”…", self._copying(self.session, target))
                self.statusBar().showMessage(f"副本已保存到 {target}", 8000)
            except Cancelled:
                self.say("副本没有保存完。")
            except UserError as error:
                ask.tell_error(self, error)

    def _copying(self, session: Session, target: Path) -> Job:
        if session.is_dirty:  # the save has just failed: what is typed goes into the copy
            return lambda *_: store.save_as(session.path, target, session.answers)
        return lambda *_: store.save_copy(session.path, target)

    def _go_on_elsewhere(self) -> None:
        """The file can't be saved where it is: everything typed goes into another one."""
        if self.session is None:
            return
        path = self.session.path
        target = ask.save_copy_name(self, path.with_name(f"{path.stem} 另存{path.suffix}"))
        if target:
            try:
                self.session.move_to(target)
                self._remember(target)
            except UserError as error:
                ask.tell_error(self, error)

    def _commit_input(self) -> None:
        """Take over what an input method is still composing, and what an open cell holds."""
        QGuiApplication.inputMethod().commit()
        focus = QApplication.focusWidget()
        if focus is not None:
            focus.clearFocus()


def read_forms(
    paths: Sequence[Path], library: Library, progress: Progress, cancelled: Callable[[], bool]
) -> tuple[list[tuple[str, FormAnswers]], list[str]]:
    """Read exchange files, in a thread: the forms by file name, and sentences about files that are none."""
    forms: list[tuple[str, FormAnswers]] = []
    refused: list[str] = []
    for n, path in enumerate(paths, 1):
        if cancelled():
            break
        try:
            forms.append((path.name, read_exchange(decode(path.read_bytes()), library)))
        except UserError as error:
            refused.append(f"{path.name}：{error}")
        except OSError as error:
            refused.append(f"{path.name}：读不出来（{error.strerror}）。")
        progress(n, len(paths))
    return forms, refused


def example_path() -> Path:
    """Return where the clerk's own copy of the shipped example lies."""
    return settings_store.config_folder() / "示例.zpb"
