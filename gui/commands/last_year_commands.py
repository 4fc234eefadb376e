"""What the menus do with last year's document of the same unit: its texts stand beside this year's."""

from contextlib import suppress
from pathlib import Path

from gui.base import ask, waiting
from gui.base.parts import commit_input
from gui.base.worker import IsCancelled
from gui.commands.command import FORM, command, while_editing
from gui.commands.workbench import Workbench
from gui.session.names import form_name
from model.basics.errors import UserError
from model.document.answers import Answers
from model.exchange.older_documents import open_document


class LastYearCommands:
    """The document is looked for among the recent ones, else asked for."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    @command(FORM, 138, "上年的文字…", icon="clock", when=while_editing)
    def show_texts(self) -> None:
        """Show what was written last year beside the form in hand."""
        from model.filling.last_measures import measures_of_last_year
        from model.filling.last_year import form_of_last_year, texts_of_last_year

        commit_input()
        bench = self._bench
        form = bench.session.snapshot.forms.get(bench.view.key)
        last = self._last() if form is not None else None
        if form is None or last is None:
            return
        found = form_of_last_year(last, form, form.key)
        if found is None:
            ask.inform(bench.window, "上年的自评簿里没有这张表。", "项目按名称对应，改过名的找不到。")
            return
        from gui.files.last_year_dialog import LastYearDialog

        texts = texts_of_last_year(found, form, bench.session.library)
        title = f"{last.year} 年度的文字 － {form_name(form)}"
        measures = measures_of_last_year(found, form.definition.id, bench.session.library)
        dialog = LastYearDialog(bench.session, form.key, title, texts, bench.window, measures)
        dialog.measures_listed.connect(lambda cell: bench.view.show_cell(form.key, cell))
        dialog.show()

    def _last(self) -> Answers | None:
        bench, recent = self._bench, self._bench.preferences.now.recent
        unit, year = bench.session.answers.unit.strip(), bench.session.answers.year
        wanted = str(int(year) - 1) if year.isdecimal() else ""

        def look(_: object, is_cancelled: IsCancelled) -> Answers | None:
            for path in recent:
                with suppress(UserError, OSError):
                    answers = None if is_cancelled() else open_document(Path(path), bench.library).answers
                    if answers is not None and (answers.unit.strip(), answers.year) == (unit, wanted):
                        return answers
            return None

        found = bench.attempt(lambda: waiting.do(bench.window, "正在找上年的自评簿…", look))
        if found is not None:
            return found
        path = ask.open_file_name(bench.window, bench.preferences.now.start_folder(), "选择上年的自评簿")
        return bench.attempt(lambda: open_document(path, bench.library).answers) if path is not None else None
