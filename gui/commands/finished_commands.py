"""成稿核对: an edited Word or Excel file is read and held against what the document says."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gui.base import ask, waiting
from gui.base.parts import commit_input
from gui.base.worker import IsCancelled, Progress
from gui.commands.command import CHECK, command, with_document
from gui.commands.workbench import Workbench
from gui.paper.outputs import TABLES_NAME, output_name
from model.basics.errors import UserError
from model.checks.finding import cut
from model.forms.loader import metrics
from model.reading.reading import Reading

if TYPE_CHECKING:
    from model.handin.finished import Found, Line
    from model.recognition.incoming import Incoming
    from model.report.prose import Report

PUBLICATION = "部门决算公开（全文）"
SUFFIXES = (".docx", ".doc", ".wps", ".xlsx", ".xls", ".et")


class FinishedCommands:
    """Nothing is changed before the clerk takes texts back, which is one step."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    @command(CHECK, 440, "成稿核对…", when=with_document)
    def hold_against(self) -> None:
        """Ask for a file as it came back, and show where it says something else."""
        bench = self._bench
        commit_input()
        start = bench.preferences.now.start_folder()
        paths = ask.import_file_names(bench.window, Path(start), SUFFIXES, "选择改过的 Word 或 Excel")
        if not paths:
            return
        found = bench.attempt(lambda: self._compare(paths[0]))
        if found is None:
            return
        from gui.handin.finished_dialog import FinishedDialog

        name, differing = found
        dialog = FinishedDialog(paths[0].name, name, differing, bench.window)
        is_wanted, chosen = dialog.exec(), dialog.chosen
        dialog.deleteLater()
        if is_wanted and chosen:
            self.take_back(chosen)

    def _compare(self, path: Path) -> "tuple[str, tuple[Found, ...]]":
        """Read a file, find what it was, and return where it differs."""
        bench = self._bench
        reading, reports = bench.session.snapshot.reading, bench.doors.reports

        def job(progress: Progress, cancelled: IsCancelled) -> "tuple[str, tuple[Found, ...]]":
            incoming = next((found for _, found in bench.doors.ways_in.read_files([path], cancelled)), None)
            if incoming is None:
                raise waiting.Cancelled
            publication = reports.publication_of(reading, "") if reports and reports.publication_of else None
            return held_against(incoming, reading, publication)

        return waiting.do(bench.window, "正在核对…", job)

    def take_back(self, chosen: "Sequence[Found]") -> None:
        """Put the wording of the file into the document, in one step."""
        from model.handin.finished import taken
        from model.report.narrative import FROM

        session = self._bench.session
        texts = taken(chosen)
        changes = {address: text for address, (text, _) in texts.items()}
        changes |= {(key, cell + FROM): made for (key, cell), (_, made) in texts.items() if made}
        session.edit("收回成稿的文字", lambda edit: edit.set_texts(changes))
        self._bench.status.say(f"收回了 {len(texts)} 段文字，可以撤销。")


def held_against(
    incoming: "Incoming", reading: Reading, publication: "Report | None" = None
) -> "tuple[str, tuple[Found, ...]]":
    """Return which output a file is most like, and where it differs. Raises UserError for none of ours."""
    from model.handin.finished import LEAST_ALIKE, differences, likeness, lines_of_file
    from model.handin.publication_lines import without_contents

    if incoming.refused:
        raise UserError(incoming.refused)
    theirs = lines_of_file(incoming)
    if not theirs:
        raise UserError(f"“{cut(incoming.file)}”里没有文字。", "请选导出后修改的 Word 或 Excel。")
    candidates = [*outputs_of(reading), *_of_accounts(reading, publication)]
    scored = [(likeness(lines, theirs), name, lines) for name, lines in candidates]
    best = max(scored, key=lambda one: one[0], default=(0.0, "", ()))
    if best[0] < LEAST_ALIKE:
        raise UserError(
            f"“{cut(incoming.file)}”不像这个自评簿导出的文件，没有核对。",
            "请选从这个自评簿导出、后来改过的 Word 或 Excel。",
        )
    if best[1] == PUBLICATION and publication is not None:
        theirs = without_contents(theirs, publication)
    return best[1], differences(best[2], theirs)


def _of_accounts(reading: Reading, publication: "Report | None") -> "Iterator[tuple[str, tuple[Line, ...]]]":
    """What the tables of the final accounts say, and the whole publication."""
    from model.explanation.loader import outline_of
    from model.handin.publication_lines import lines_of_accounts, lines_of_publication

    accounts = reading.accounts
    if accounts is None:
        return
    yield TABLES_NAME, tuple(lines_of_accounts(accounts, metrics()))
    outline = outline_of(reading.library, accounts)
    if publication is not None and outline is not None:
        scored = tuple(form for form in reading.forms if form.definition.is_scored)
        yield PUBLICATION, lines_of_publication(publication, accounts, outline, scored)


def outputs_of(reading: Reading) -> "list[tuple[str, tuple[Line, ...]]]":
    """Return what each output of a document says: forms, reports with their form, short versions."""
    from model.handin.finished import lines_of_grid, lines_of_report
    from model.paper.layout import lay_out_form
    from model.report.teller import statement_teller, teller

    found: list[tuple[str, tuple[Line, ...]]] = []
    for form in reading.forms:
        grid = lay_out_form(form, metrics())
        rows = tuple(lines_of_grid(grid))
        annex = tuple(lines_of_grid(grid.annex)) if grid.annex else ()
        name = output_name(form)
        found.append((name, (*rows, *annex)))
        tells = teller(form, reading, reading.library) if reading.library else None
        if tells is not None and form.definition.is_scored:
            found.append((f"{name}的报告", (*lines_of_report(tells, metrics()), *rows)))
            found.append((f"{name}的报告摘要版", lines_of_report(tells, metrics(), True)))
    tells = statement_teller(reading, reading.library) if reading.library else None
    if tells is not None:
        found.append(("预算绩效情况说明", lines_of_report(tells, metrics())))
    return found
