"""导入: files of other programs, exchange files and documents come in, chosen or dropped on the window."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gui.base import ask, waiting
from gui.base.worker import IsCancelled, Progress
from gui.commands.command import FILE, always, command, while_editing
from gui.commands.workbench import Workbench
from gui.incoming.ways_in import WaysIn
from model.basics.errors import UserError
from model.document.answers import Answers, FormKey
from model.document.carrying import knowing
from model.forms.loader import Library

if TYPE_CHECKING:
    from gui.incoming.arriving import Arriving
    from gui.incoming.offers import Offer
    from model.recognition.examine import Examined

AT_ONCE_MS = 200  # files that are read by then need no list that fills
Create = Callable[[Answers, Path], object]
Refused = list[tuple[str, UserError]]


class ImportCommands:
    """What was not taken is always said; into the open document it is one step of undo.

    `create(answers, path)` writes a new document and opens it.
    """

    def __init__(self, bench: Workbench, create: Create) -> None:
        self._bench, self._create = bench, create

    @command(FILE, 160, "导入…", icon="import", when=always)
    def import_files(self) -> None:
        """Ask for files, show what they hold, and take it into a new document or the open one."""
        bench = self._bench
        folder, suffixes = bench.preferences.now.start_folder(), bench.doors.ways_in.suffixes
        if paths := ask.import_file_names(bench.window, folder, suffixes):
            self.import_paths(paths)

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders."""
        from gui.incoming.arriving import Arriving
        from gui.incoming.offers import offers_of

        bench = self._bench
        library = knowing(bench.library, bench.doors.ways_in.files_in(paths))
        if library is not bench.library:
            bench.use_library(library)  # what comes in carries its form
        arriving = Arriving(bench.doors.ways_in, paths, bench.library)
        running = waiting.Running(arriving.read)
        running.worker.start()
        if not running.worker.wait(AT_ONCE_MS):
            self._look_over(arriving, running)
        elif bench.attempt(running.result) is None:
            return
        elif not arriving.files:
            self._say_nothing_there()
        elif arriving.are_own:
            self._into_new([offer for file in arriving.files for offer in offers_of(file)], arriving.files)
        else:
            self._look_over(arriving)

    def _say_nothing_there(self) -> None:
        kinds = "可以导入 Excel、Word、WPS、PDF 和交换文件。"
        ask.tell(self._bench.window, "这里没有可以导入的文件。", kinds)

    def _look_over(
        self, arriving: "Arriving", running: "waiting.Running[list[Examined]] | None" = None
    ) -> None:
        """Show what files hold, also while they are being read, and take what is ticked."""
        from gui.incoming.import_dialog import ImportDialog

        bench = self._bench
        answers = bench.session.answers if while_editing(bench) else None
        files = () if running else arriving.files
        dialog = ImportDialog(files, bench.library, answers, bench.window, bench.doors.ways_in)
        if running:
            dialog.follow(running, arriving)
        accepted = dialog.exec()
        if running and dialog.is_read and bench.attempt(running.result) is not None and not arriving.files:
            self._say_nothing_there()
        if accepted:
            mine = [offer for offer in dialog.offers() if offer.is_taken and offer.can_be_taken]
            (self._into_open if dialog.into_open else self._into_new)(mine, arriving.files)
        dialog.deleteLater()

    # --- taking

    def _into_new(self, offers: "Sequence[Offer]", files: "Sequence[Examined]") -> None:
        from gui.incoming.plan import for_new
        from model.filling.importing import import_forms

        forms, refused = for_new(offers, self._bench.library)
        gathered = import_forms(forms, self._bench.library)
        refused = [*_not_read(files), *refused]
        said = [(Path(name).name, str(why)) for name, why in (*refused, *gathered.refused, *gathered.notes)]
        if not gathered.answers.forms:
            self._say("没有导入任何表。", said)
        else:
            self._make(gathered.answers, said)

    def _make(self, answers: Answers, said: Sequence[tuple[str, str]]) -> None:
        from gui.files.new_dialog import file_name

        bench = self._bench
        name = file_name(answers.year, answers.unit)
        path = ask.new_file_name(bench.window, bench.preferences.now.start_folder() / name)
        if path:
            self._create(answers, path)
            if said:
                self._say("导入时有以下情况：", said)

    def _into_open(self, offers: "Sequence[Offer]", files: "Sequence[Examined]") -> None:
        from gui.incoming.plan import put

        bench = self._bench
        done: list[tuple[list[FormKey], Refused]] = []
        names = list(dict.fromkeys(offer.file.path.name for offer in offers))
        label = f"导入 {names[0]}" if len(names) == 1 else f"导入 {len(names)} 个文件"
        bench.session.edit(label, lambda edit: done.append(put(edit, offers, bench.library)))
        keys, refused = done[0] if done else ([], [])
        if keys:
            bench.view.show_form(keys[0])
        if said := [(Path(name).name, str(why)) for name, why in (*_not_read(files), *refused)]:
            self._say("导入时有以下情况：" if keys else "没有导入任何表。", said)

    def _say(self, what: str, said: Sequence[tuple[str, str]]) -> None:
        ask.tell(self._bench.window, what, "\n".join(f"{name}：{sentence}" for name, sentence in said))


def _not_read(files: "Sequence[Examined]") -> Refused:
    """Files of which nothing could be taken, with the reason."""
    return [(file.path.name, UserError(file.error)) for file in files if file.error and not file.lists]


def examine_files(
    ways: WaysIn, paths: Sequence[Path], library: Library, progress: Progress, cancelled: IsCancelled
) -> "list[Examined]":
    """Read files and those of folders, in a thread, and say what each holds; those read before a stop."""
    from gui.incoming.arriving import Arriving

    return Arriving(ways, paths, library).read(progress, cancelled)
