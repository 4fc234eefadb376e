"""汇总下级单位: forms of many units are added up, and the table goes to a file."""

from collections.abc import Sequence
from functools import partial

from gui.base import ask, waiting
from gui.commands.command import FILE, always, command
from gui.commands.import_commands import examine_files
from gui.commands.workbench import Workbench
from model.aggregation.parts import Part
from model.basics.errors import UserError
from model.document.answers import DEPARTMENT, Answers, FormAnswers
from model.forms.loader import Library
from model.reading.reading import read
from model.recognition.examine import Examined, named_forms

_PROJECT = "p1"


class SumCommands:
    """Nothing of an open document is touched."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    @command(FILE, 165, "汇总下级单位…", when=always)
    def add_up(self) -> None:
        """Ask for the files of the units, and show what they add up to."""
        bench, ways = self._bench, self._bench.doors.ways_in
        folder = bench.preferences.now.start_folder()
        paths = ask.import_file_names(bench.window, folder, ways.suffixes, "选择各单位的自评表")
        if not paths:
            return
        job = partial(examine_files, ways, paths, bench.library)
        files = bench.attempt(lambda: waiting.do(bench.window, "正在读取文件…", job))
        if files is None:
            return
        parts, refused = parts_of(files, bench.library)
        if not parts:
            said = "\n".join(f"{name}：{why}" for name, why in refused)
            ask.tell(bench.window, "没有可以汇总的自评表。", said or "请选择已填写的自评表。")
            return
        from gui.incoming.sum_dialog import SumDialog

        dialog = SumDialog(
            parts, refused, bench.library, bench.doors.write_sheets, paths[0].parent, bench.window
        )
        dialog.sources = tuple(paths)
        dialog.exec()
        dialog.deleteLater()


def parts_of(files: Sequence[Examined], library: Library) -> tuple[list[Part], list[tuple[str, str]]]:
    """Return the forms with scores that files hold, and names of files with the reason why not."""
    parts: list[Part] = []
    refused = [(file.path.name, file.error) for file in files if file.error]
    for file in files:
        for _, found in named_forms(file, library):
            if isinstance(found, UserError):
                refused.append((file.path.name, str(found)))
            elif found.definition in library.forms and library.form(found.definition).is_scored:
                parts.append(_part(f"{len(parts)}", file.path.name, found, library))
    return parts, refused


def _part(name: str, source: str, answers: FormAnswers, library: Library) -> Part:
    key = DEPARTMENT if library.form(answers.definition).kind == "department" else _PROJECT
    (form,) = read(library, Answers({key: answers}, answers.unit, answers.year)).forms
    return Part(name, source, form)
