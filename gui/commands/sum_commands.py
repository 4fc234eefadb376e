"""汇总下级单位: forms of many units are added up into a form; 自评结果汇总表 of the open document."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gui.base import ask, waiting
from gui.base.settings import own_file
from gui.commands.command import FILE, always, command
from gui.commands.import_commands import examine_files
from gui.commands.workbench import Workbench
from gui.incoming.ways_in import COLUMNS
from model.basics.errors import UserError
from model.document.answers import DEPARTMENT, Answers, FormAnswers, FormKey
from model.forms.loader import Library, metrics
from model.reading.reading import read

if TYPE_CHECKING:
    from model.aggregation.parts import Part
    from model.aggregation.result import Aggregate
    from model.recognition.examine import Examined

    Found = tuple[list[Part], list[tuple[str, str]], Sequence[Path]]  # forms, files and why not, files

_PROJECT = "p1"


class SumCommands:
    """Nothing of an open document is touched but a form that was itself added up, where the clerk says so."""

    def __init__(self, bench: Workbench, create: Callable[[Answers, Path], object]) -> None:
        self._bench, self._create = bench, create

    @command(FILE, 165, "汇总下级单位…", when=always)
    def add_up(self) -> None:
        """Ask for the files of the units, and show what they add up to."""
        bench = self._bench
        parts, refused, paths = self._ask()
        if not paths:
            return
        if not parts:
            said = "\n".join(f"{name}：{why}" for name, why in refused)
            ask.tell(bench.window, "没有可以汇总的自评表。", said or "请选择已填写的自评表。")
            return
        from gui.incoming.sum_dialog import SumDialog

        folder, write = paths[0].parent, bench.doors.write_sheets
        more = (self._ask, self._ask_folder)
        dialog = SumDialog(parts, refused, bench.library, write, folder, bench.window, *more)
        dialog.sources = tuple(paths)
        if bench.is_open:
            dialog.unit.setText(bench.session.answers.unit)
            if self._key(dialog.result_now):
                dialog.offer_update()
        if dialog.exec():
            self._take(dialog.result_now, dialog.is_update, dialog.summed())
        dialog.deleteLater()

    def _ask(self) -> "Found":
        """Ask for files and read them; nothing where the clerk changes her mind."""
        bench, ways = self._bench, self._bench.doors.ways_in
        folder = bench.preferences.now.start_folder()
        paths = ask.import_file_names(bench.window, folder, ways.suffixes, "选择各单位的自评表")
        return self._read(paths)

    def _ask_folder(self) -> "Found":
        """The same of all files in a folder and the folders in it."""
        bench = self._bench
        folder = ask.folder_name(
            bench.window, bench.preferences.now.start_folder(), "选择放着各单位自评表的文件夹"
        )
        return self._read(bench.doors.ways_in.files_in([folder])) if folder else ([], [], ())

    def _read(self, paths: Sequence[Path]) -> "Found":
        bench, ways = self._bench, self._bench.doors.ways_in
        if not paths:
            return [], [], ()
        job = partial(examine_files, ways, paths, bench.library)
        files = bench.attempt(lambda: waiting.do(bench.window, "正在读取文件…", job))
        if files is None:
            return [], [], ()
        return (*parts_of(files, bench.library), paths)

    # --- the sum as a form

    def _key(self, result: "Aggregate") -> FormKey:
        """The form of the open document that the result can be put into again, "" for none."""
        from model.aggregation.sum_document import goes_into

        bench = self._bench
        if not bench.is_open or bench.session.read_only:
            return ""
        forms = bench.session.snapshot.reading.forms
        return next((form.key for form in forms if goes_into(form, result)), "")

    def _take(self, result: "Aggregate", is_update: bool, answers: Answers) -> None:
        """Put the sum into the open form that it was made for, else into a new document."""
        from gui.files.new_dialog import file_name
        from model.aggregation.sum_document import added_up

        bench, key = self._bench, self._key(result) if is_update else ""
        if key:
            form = added_up(bench.session.answers.forms[key], result)
            bench.session.edit(
                f"汇总 {len(result.sorted.counted)} 张表",
                lambda edit: edit.take_all(edit.answers.with_form(key, form)),
            )
            return
        name = file_name(answers.year, answers.unit or "汇总")
        path = ask.new_file_name(bench.window, bench.preferences.now.start_folder() / name)
        if path:
            self._create(answers, path)

    # --- the table of the open document

    @command(FILE, 166, "自评结果汇总表…")
    def write_summary(self) -> None:
        """Write a line a form of the open document to a file."""
        from model.aggregation.columns_loader import summary_columns
        from model.aggregation.sheets import summary_grid
        from model.aggregation.summary_table import line_of

        bench, write = self._bench, self._bench.doors.write_sheets
        if write is None:
            return
        session = bench.session
        year, forms = session.answers.year, session.snapshot.reading.forms
        path = ask.table_name(bench.window, session.path.parent / f"{year}年度自评结果汇总表.xlsx")
        if path is None:
            return
        lines = [line_of(form, session.path.name) for form in forms if form.definition.is_scored]

        def job(*_: object) -> bool:
            write((summary_grid(year, lines, metrics(), summary_columns(own_file(COLUMNS))),), path)
            return True

        if bench.attempt(lambda: waiting.do(bench.window, "正在写入…", job)):
            ask.inform(bench.window, f"已写入 {path.name}。")


def parts_of(files: "Sequence[Examined]", library: Library) -> "tuple[list[Part], list[tuple[str, str]]]":
    """Return the forms with scores that files hold, and names of files with the reason why not."""
    from model.recognition.examine import named_forms

    parts: list[Part] = []
    refused = [(file.path.name, file.error) for file in files if file.error]
    for file in files:
        for _, found in named_forms(file, library):
            if isinstance(found, UserError):
                refused.append((file.path.name, str(found)))
            elif found.definition in library.forms and library.form(found.definition).is_scored:
                parts.append(_part(f"{len(parts)}", file.path.name, found, library))
    return parts, refused


def _part(name: str, source: str, answers: FormAnswers, library: Library) -> "Part":
    from model.aggregation.parts import Part

    key = DEPARTMENT if library.form(answers.definition).kind == "department" else _PROJECT
    (form,) = read(library, Answers({key: answers}, answers.unit, answers.year)).forms
    return Part(name, source, form)
