"""What the menus do to get the pages out: preview, print, export."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from gui.base import waiting
from gui.base.parts import commit_input
from gui.base.settings import SCORES
from gui.base.worker import Progress
from gui.commands.check_commands import CheckCommands
from gui.commands.command import FILE, command
from gui.commands.save_commands import SaveCommands
from gui.commands.workbench import Workbench
from gui.frame.document_view import DocumentView
from gui.paper.doors import Result
from gui.paper.export_kinds import ALL
from gui.paper.outputs import OutputId, OutputPdf, key_and_kind, outputs_of, pdf_of
from model.basics.errors import UserError
from model.document.answers import Answers, FormKey
from model.handin import prints
from model.handin.prints import Paper
from model.reading.reading import read


class PaperCommands:
    """What is printed is the very PDF of the pages in sight."""

    def __init__(self, bench: Workbench, saves: SaveCommands, checks: CheckCommands) -> None:
        self._bench, self._saves, self._checks = bench, saves, checks
        bench.view_made.connect(self._view_made)

    def _view_made(self, view: DocumentView) -> None:
        view.export_wanted.connect(self.export)
        view.print_wanted.connect(self.print_pages)

    @command(FILE, 310, "导出…", key="Ctrl+E", icon="export", with_versions=True)
    def export(self) -> None:
        """Ask what to export where, and do it."""
        from gui.paper.export_dialog import ExportDialog

        self._saves.save_now()
        bench, kept = self._bench, self._bench.preferences.now
        folder = Path(kept.export_folder or kept.start_folder())
        formats, with_scores = bench.doors.formats, kept.wants(SCORES)
        dialog = ExportDialog(
            bench.window, bench.session, formats, self._write_files, folder, with_scores=with_scores
        )
        dialog.findings_wanted.connect(self._checks.show_handin)
        dialog.exec()
        kept = bench.preferences.now.wanting(SCORES, dialog.with_scores())
        bench.preferences.keep(replace(kept, export_folder=str(dialog.folder())))
        dialog.deleteLater()

    def _write_files(
        self,
        form_keys: Sequence[FormKey],
        formats: Sequence[str],
        folder: Path,
        answers: Answers,
        progress: Progress,
        cancelled: Callable[[], bool],
        *,
        annexes: Collection[str],
        what: Collection[str],
    ) -> Sequence[Result]:
        """Read the answers anew, in the worker's thread, and write."""
        reading = read(self._bench.library, answers)
        write = partial(self._bench.doors.export_forms, annexes=annexes, what=what)
        session = self._bench.session
        if ALL in what or session.version is not None:
            write = partial(write, document=session.path, version=session.version)
        results = write(form_keys, formats, folder, reading, progress, cancelled)
        self._remember(answers, [Paper(one.code, one.path.stem, one.key) for one in results])
        return results

    def _remember(self, answers: Answers, papers: Sequence[Paper]) -> None:
        """Let the document know the codes of what goes onto paper; where it can't, the paper is as good."""
        session = self._bench.session
        if not session.read_only:
            with suppress(UserError):
                prints.remember(session.path, answers, papers, datetime.now())

    def _printed(self, printed: Mapping[OutputId, OutputPdf]) -> None:
        """Remember what went to the printer."""
        papers = [Paper(one.code, one.name, key_and_kind(output)[0]) for output, one in printed.items()]
        answers = self._bench.session.answers
        with suppress(waiting.Cancelled):
            waiting.do(self._bench.window, "正在记下打印…", lambda *_: self._remember(answers, papers))

    @command(FILE, 320, "预览", key="Ctrl+Shift+P", icon="preview", with_versions=True)
    def preview(self) -> None:
        """Show the pages of the form in hand, or go back to filling it in."""
        view = self._bench.view
        if view.is_previewing:
            view.show_form(view.key)
        else:
            commit_input()
            view.show_preview(view.key)

    @command(FILE, 330, "打印…", key="Ctrl+P", icon="print", with_versions=True)
    def print_pages(self) -> None:
        """Print the very PDF of the pages in sight, else of the form in hand."""
        commit_input()
        bench, doors = self._bench, self._bench.doors
        make = partial(pdf_of, bench.session, bench.view.output, doors.pdf_bytes, doors.reports)
        output = bench.attempt(make)
        if output is not None:
            from gui.paper.printing import print_pdf

            if print_pdf(bench.window, output.pdf, output.title):
                self._printed({bench.view.output: output})

    @command(FILE, 335, "打印多份…", with_versions=True)
    def print_several(self) -> None:
        """Print several papers in one go, of each all pages or some."""
        from gui.paper.print_choice import NO_PAGES, PrintChoice, joined_pages

        commit_input()
        bench, doors = self._bench, self._bench.doors
        outputs = list(outputs_of(bench.session.snapshot.reading, bench.session.library))
        dialog = PrintChoice(outputs, bench.view.output, bench.window)
        accepted, chosen = dialog.exec(), dialog.chosen
        dialog.deleteLater()
        if not accepted:
            return

        made: dict[OutputId, OutputPdf] = {}

        def pdf(output: OutputId) -> bytes:
            made[output] = pdf_of(bench.session, output, doors.pdf_bytes, doors.reports)
            return made[output].pdf

        pages = bench.attempt(lambda: joined_pages(chosen, pdf))
        if pages == b"":
            bench.status.say(NO_PAGES)
        elif pages is not None:
            from gui.paper.printing import print_pdf

            if print_pdf(bench.window, pages, f"{bench.session.answers.unit}{len(chosen)}份材料"):
                self._printed(made)
