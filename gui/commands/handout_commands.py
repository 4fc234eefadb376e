"""发给同事填写 and 收回: forms go out as files of their own, and what comes back is put in as one step."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gui.base import ask, waiting
from gui.base.worker import IsCancelled, Progress
from gui.commands.command import FILE, command, while_editing
from gui.commands.save_commands import SaveCommands
from gui.commands.workbench import Workbench
from gui.incoming.ways_in import WaysIn
from gui.paper.doors import Sent
from model.basics.errors import UserError
from model.document import store
from model.document.answers import Answers
from model.handout.record import came_back, went_out
from model.reading.reading import Form, read

if TYPE_CHECKING:
    from model.handout.returned import Returned
    from model.recognition.incoming import Incoming

_NOTHING = "没有收回任何表。"


class HandoutCommands:
    """The document says of each form when it went out and came back."""

    def __init__(self, bench: Workbench, saves: SaveCommands) -> None:
        self._bench, self._saves = bench, saves

    @command(FILE, 317, "发给同事填写…", when=while_editing)
    def hand_out(self) -> None:
        """Ask which forms and where to, write a file for each."""
        bench, write = self._bench, self._bench.doors.hand_out
        if write is None:
            return
        from gui.incoming.handout_dialog import HandoutDialog

        dialog = HandoutDialog(bench.session.snapshot.reading.forms, bench.window)
        is_wanted = bool(dialog.exec())
        keys, kind = dialog.keys, dialog.kind
        dialog.deleteLater()
        if not is_wanted:
            return
        folder = ask.folder_name(bench.window, bench.session.path.parent, "发出的文件放在哪里")
        if folder is None:
            return
        self._saves.save_now()
        reading, path = bench.session.snapshot.reading, bench.session.path

        def job(*_: object) -> Sequence[Sent]:
            return write(reading, bench.library, keys, store.note(path, "id"), kind, folder)

        sent = bench.attempt(lambda: waiting.do(bench.window, "正在写入…", job))
        if sent is None:
            return
        gone = [one.key for one in sent if not one.problem]
        if gone:
            bench.session.edit(
                f"发出 {len(gone)} 张表", lambda edit: edit.take_all(_sent(edit.answers, gone))
            )
        problems = "\n".join(one.problem for one in sent if one.problem)
        if problems:
            ask.tell(bench.window, f"写好了 {len(gone)} 个文件，有的没有写成。", problems)
        else:
            names = "\n".join(one.path.name for one in sent)
            ask.inform(bench.window, f"写好了 {len(gone)} 个文件，可以发给同事。", names)

    @command(FILE, 318, "收回…", when=while_editing)
    def take_back(self) -> None:
        """Ask for the files that came back, show each, and put in what is taken as one step."""
        bench, ways = self._bench, self._bench.doors.ways_in
        folder = bench.preferences.now.start_folder()
        paths = ask.import_file_names(bench.window, folder, ways.suffixes, "选择同事发回的文件")
        if not paths:
            return
        self._saves.save_now()
        job = partial(_read, ways, paths)
        files = bench.attempt(lambda: waiting.do(bench.window, "正在读取文件…", job))
        if files is None:
            return
        found, refused = self._sorted(files)
        answers, count = self._chosen(found)
        if count:
            bench.session.edit(f"收回 {count} 张表", lambda edit: edit.take_all(answers))
        if refused:
            ask.tell(
                bench.window, f"收回了 {count} 张表，下面的文件没有收回。" if count else _NOTHING, refused
            )

    def _sorted(self, files: "Sequence[tuple[Path, Incoming]]") -> "tuple[list[Returned], str]":
        """The forms that came back, and what is said of files that are not ours."""
        from model.handout.returned import returned

        session = self._bench.session
        found: list[Returned] = []
        refused = []
        for path, incoming in files:
            try:
                identity = store.note(session.path, "id")
                found += returned(path, incoming, identity, session.answers, self._bench.library)
            except UserError as error:
                refused.append(f"{path.name}：{error}")
        return found, "\n".join(refused)

    def _chosen(self, found: "Sequence[Returned]") -> tuple[Answers, int]:
        """Show one after the other; return the document with what was taken, and how many forms that are."""
        from gui.incoming.takeback_dialog import TakeBackDialog

        answers, count = self._bench.session.answers, 0
        for one in found:
            dialog = TakeBackDialog(one, self._form(answers, one.parcel.key), self._bench.window)
            if dialog.exec():
                form = dialog.taken().form
                form = came_back(form, date.today(), one.digest, one.parcel.base)
                answers, count = answers.with_form(one.parcel.key, form), count + 1
            dialog.deleteLater()
        return answers, count

    def _form(self, answers: Answers, key: str) -> Form:
        return next(form for form in read(self._bench.library, answers).forms if form.key == key)


def _sent(answers: Answers, keys: Sequence[str]) -> Answers:
    for key in keys:
        answers = answers.with_form(key, went_out(answers.forms[key], date.today()))
    return answers


def _read(
    ways: WaysIn, paths: Sequence[Path], progress: Progress, cancelled: IsCancelled
) -> "list[tuple[Path, Incoming]]":
    """Read the files, in a thread."""
    found: list[tuple[Path, Incoming]] = []
    for entry in ways.read_files(ways.files_in(paths), cancelled):
        found.append(entry)
        progress(len(found), len(paths))
    return found
