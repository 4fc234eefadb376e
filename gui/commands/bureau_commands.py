"""表样: a bureau's blank becomes a form of one's own; such forms are added, handed on, removed, used."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gui.base import ask, waiting
from gui.base import settings as settings_store
from gui.base.worker import IsCancelled, Progress
from gui.commands.command import FILE, FORM, always, command, while_editing
from gui.commands.form_commands import FormCommands
from gui.commands.workbench import Workbench
from gui.incoming.ways_in import WaysIn
from model.basics.errors import UserError
from model.basics.files import refusals, write_whole
from model.document.answers import DECLARATION, DEPARTMENT
from model.filling.blank import form_beside
from model.forms.loader import Library, read_own, with_files
from model.forms.zpf import SUFFIX, FormFile

if TYPE_CHECKING:
    from model.filling.newer import Version
    from model.recognition.incoming import Incoming
    from model.workshop.learn import Blank, Learned

BLANKS = (".xlsx", ".xlsm", ".xls", ".et", ".docx", ".docm", ".doc", ".wps", SUFFIX)
NOTHING_NEWER = "自评簿里没有按财政局表样填的表，或这台电脑上没有同类的其他表样。可先用“文件 › 添加表样”。"
_ONE = {"department": DEPARTMENT, "declaration": DECLARATION}  # kinds of which a document has one


def _has_own(bench: Workbench) -> bool:
    return while_editing(bench) and bool(bench.library.own)


def _newer(bench: Workbench) -> "list[Version]":
    """The newer versions of the forms that the document is filled in by."""
    from model.filling.newer import newer

    return newer(bench.session.snapshot.reading, bench.library)


class BureauCommands:
    """Forms lie as .zpf in the folder of forms; documents that use one carry it besides."""

    def __init__(self, bench: Workbench, forms: FormCommands) -> None:
        self._bench, self._forms = bench, forms
        bench.lies_at.connect(self._opened)
        self._seen = _listed(settings_store.forms_folder())

    @command(FILE, 170, "添加表样…", when=always)
    def add(self) -> None:
        """Ask for a bureau's blank, or for the file of a form, and add it."""
        bench = self._bench
        folder = bench.preferences.now.start_folder()
        paths = ask.import_file_names(bench.window, folder, BLANKS, "选择财政局的空白表或表样文件")
        for path in paths[:1]:
            self.add_path(path)

    def add_path(self, path: Path) -> None:
        """Add a blank or the file of a form."""
        if path.suffix.lower() == SUFFIX:
            file = self._bench.attempt(lambda: read_own(self._bench.library, path))
        else:
            file = self._learned(path)
        if file is not None:
            self._bench.attempt(lambda: self._keep(file))

    @command(FILE, 172, "自己的表样…", when=always)
    def manage(self) -> None:
        """Show the forms that were added."""
        from gui.workshop.own_forms_dialog import OwnFormsDialog

        dialog = OwnFormsDialog(
            self._files(), self._add_and_list, self._hand_on, self._remove, self._bench.window
        )
        dialog.exec()
        dialog.deleteLater()

    @command(FORM, 128, "按自己的表样添加…", icon="plus", when=_has_own)
    def use(self) -> None:
        """Add a form of one's own to the open document."""
        from gui.workshop.choose_form import ChooseForm

        bench = self._bench
        dialog = ChooseForm([file.form for file in self._files()], bench.window)
        if not dialog.exec():
            return
        form, answers = dialog.form, bench.session.answers
        key = _ONE.get(form.kind, "")
        if key in answers.forms:
            ask.tell(
                bench.window,
                "自评簿里已经有一张同类的表。",
                "一个自评簿只能有一张；请新建自评簿，再选这种表样。",
            )
        elif key:
            blank = form_beside(form, answers)
            bench.session.edit(f"添加{form.name}", lambda edit: edit.add_form(blank, key=key))
            bench.view.show_form(key, 1)
        else:
            self._forms.add_named(form, dialog.project, f"添加{form.name}“{dialog.project}”")

    # --- another version of a form

    @command(FORM, 129, "换用新的表样…", when=_has_own)
    def renew(self) -> None:
        """Show what of the document would go where in another version of its form, and let it go."""
        from model.filling.newer import versions

        bench = self._bench
        self._offer(versions(bench.session.snapshot.reading, bench.library))

    def _offer(self, found: "Sequence[Version]") -> None:
        bench = self._bench
        if not found:
            ask.inform(bench.window, "没有可换的表样。", NOTHING_NEWER)
            return
        from gui.workshop.new_form_dialog import NewFormDialog
        from model.filling.newer import plan

        dialog = NewFormDialog(found, lambda one: plan(one, bench.session.library), bench.window)
        if dialog.exec():
            done = dialog.plan
            bench.session.edit("换用新的表样", lambda edit: edit.take_all(done.applied(edit.answers)))
            bench.view.show_notice(f"已换成新的“{done.file.form.name}”。{done.said}可以撤销。")
        dialog.deleteLater()

    def _offer_added(self, file: FormFile) -> None:
        """A form that was just added, where the open document is filled in by another version of it."""
        bench = self._bench
        if not while_editing(bench):
            return
        found = [version for version in _newer(bench) if version.file is file]
        forms = sum(len(version.forms) for version in found)
        question = f"打开的自评簿里有 {forms} 张表是按“{file.form.name}”原来的样子填的。要换成新的吗？"
        hint = "先看什么放到哪里，再决定；不换也能照旧填。"
        if found and ask.confirm(bench.window, question, "看看…", "先不换", hint=hint):
            self._offer(found)

    def _opened(self, _: Path) -> None:
        """Say of a document that was opened that there is a newer version of its form."""
        bench = self._bench
        if while_editing(bench) and bench.library.own:
            names = "、".join(f"“{one.file.form.name}”" for one in _newer(bench))
            if names:
                bench.view.show_notice(f"这台电脑上有{names}的新表样，可用“填报 › 换用新的表样”换过去。")

    # --- a blank becomes a form

    def _learned(self, path: Path) -> FormFile | None:
        bench, ways = self._bench, self._bench.doors.ways_in
        read = bench.attempt(
            lambda: waiting.do(bench.window, "正在读空白表…", partial(read_blank, ways, path, bench.library))
        )
        wanted = self._wanted(read) if read is not None else ""
        if read is None or wanted is None:
            return None
        job = partial(learn_blank, ways, read, bench.library, wanted)
        learned = bench.attempt(lambda: waiting.do(bench.window, "正在读空白表…", job))
        if learned is None:
            return None
        from gui.workshop.form_dialog import FormDialog

        dialog = FormDialog(*learned, bench.library, self._show_example, bench.window)
        is_kept = bool(dialog.exec())
        dialog.deleteLater()
        return dialog.file if is_kept else None

    def _wanted(self, read: "BlankFile") -> str | None:
        """Which of several different forms is added; None where the clerk gives up."""
        if len(read.blanks) < 2:
            return ""
        from gui.workshop.choose_sheet import ChooseSheet

        dialog = ChooseSheet(read.incoming.file, read.blanks, self._bench.window)
        number = dialog.number if dialog.exec() else None
        dialog.deleteLater()
        return None if number is None else f"{number}"

    def _show_example(self, file: FormFile) -> None:
        from gui.workshop.example_dialog import ExampleDialog

        dialog = ExampleDialog(file, self._bench.library, self._bench.doors.pdf_bytes, self._bench.window)
        dialog.exec()
        dialog.deleteLater()

    # --- the folder of forms

    def look_at_folder(self) -> None:
        """Take in what another window has put there meanwhile, by a double click on the file of a form."""
        folder = settings_store.forms_folder()
        listed, seen = _listed(folder), self._seen
        self._seen = listed
        if listed - seen:
            bench = self._bench
            library, _ = with_files(bench.library, folder)  # what can't be read is said at the next start
            if _digests(library) != _digests(bench.library):
                bench.use_library(library)

    def _keep(self, file: FormFile) -> None:
        """Put the file into the folder of forms; another version of a form is asked about."""
        bench, known = self._bench, self._bench.library.own.get(file.form.id)
        path = self._path_of(file)
        if known is not None and known.digest == file.digest and path.exists():
            ask.inform(bench.window, f"已经有“{file.form.name}”这种表样了。")
            return
        is_newer = known is not None and path.exists()
        hint = "填过的自评簿里带着原来的版本，不会变。"
        question = f"已经有“{file.form.name}”，内容不同。要换成这一份吗？"
        if is_newer and not ask.confirm(bench.window, question, "更新", hint=hint):
            return
        with refusals("保存", path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, file.data)
        bench.use_library(bench.library.with_own([file]))
        said = "新建自评簿时可以选它；已打开的自评簿可用“填报 › 按自己的表样添加”。"
        ask.inform(bench.window, f"已记住“{file.form.name}”。", said)
        self._offer_added(file)

    def _path_of(self, file: FormFile) -> Path:
        return settings_store.forms_folder() / f"{file.form.id}{SUFFIX}"

    def _files(self) -> list[FormFile]:
        return sorted(self._bench.library.own.values(), key=lambda file: (file.form.region, file.form.name))

    def _add_and_list(self) -> list[FormFile]:
        self.add()
        return self._files()

    def _hand_on(self, file: FormFile) -> None:
        """Write the file of a form to where the clerk says."""
        bench = self._bench
        name = f"{file.form.region} {file.form.name}".translate(dict.fromkeys(map(ord, '\\/:*?"<>|'), "_"))
        path = ask.form_name(bench.window, bench.preferences.now.start_folder() / f"{name}{SUFFIX}")
        if path is not None:
            bench.attempt(lambda: _write(path, file.data))

    def _remove(self, file: FormFile) -> list[FormFile]:
        """Take a form out; documents that were filled in by it keep it."""
        bench = self._bench
        hint = "填过的自评簿里带着它，照样能打开。"
        if ask.confirm(bench.window, f"要删除“{file.form.name}”吗？", "删除", hint=hint):
            bench.attempt(lambda: self._delete(file))
        return self._files()

    def _delete(self, file: FormFile) -> None:
        folder = settings_store.forms_folder()
        with refusals("删除", self._path_of(file)):
            for path in folder.glob(f"*{SUFFIX}"):
                if _is_of(path, file, self._bench.library):
                    path.unlink()
        self._bench.use_library(self._bench.library.without_own(file.form.id))


def _listed(folder: Path) -> frozenset[tuple[str, int]]:
    """The files of forms in a folder, with their times."""
    with suppress(OSError):
        return frozenset((path.name, path.stat().st_mtime_ns) for path in folder.glob(f"*{SUFFIX}"))
    return frozenset()


def _digests(library: Library) -> dict[str, str]:
    return {form_id: file.digest for form_id, file in library.own.items()}


def _write(path: Path, data: bytes) -> None:
    with refusals("写入", path):
        write_whole(path, data)


def _is_of(path: Path, file: FormFile, library: Library) -> bool:
    """Whether a file holds a form, whatever it is called."""
    try:
        return read_own(library, path).form.id == file.form.id
    except UserError:
        return False


class BlankFile(NamedTuple):
    """A file that was read, its bytes, and the different forms in it."""

    incoming: "Incoming"
    data: bytes
    blanks: "Sequence[Blank]"


def read_blank(
    ways: WaysIn, path: Path, library: Library, progress: Progress, cancelled: IsCancelled
) -> BlankFile | None:
    """Read a blank in a thread, and say which forms are in it; raises UserError where it is none."""
    from model.workshop.learn import blanks_in

    found = list(ways.read_files([path], cancelled))
    if not found:
        return None
    with refusals("读取", path):
        data = path.read_bytes()
    return BlankFile(found[0][1], data, blanks_in(found[0][1], library))


def learn_blank(
    ways: WaysIn, read: BlankFile, library: Library, wanted: str, progress: Progress, cancelled: IsCancelled
) -> "tuple[Learned, bytes]":
    """Say in a thread what a blank is taken for, and what of its file goes along with the form."""
    from model.workshop.definition import definition_of
    from model.workshop.learn import learn

    learned, data = learn(read.incoming, library, date.today().year, wanted), read.data
    if learned.is_filled and ways.empty_blank is not None:
        data = ways.empty_blank(read.incoming.file, data, definition_of(learned.found, library))
    return learned, data
