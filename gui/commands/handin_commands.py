"""What the menus do about handing in: lock a version, look at one, write its files again, compare, verify."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gui.base import ask, waiting
from gui.base.parts import commit_input
from gui.base.worker import IsCancelled, Progress
from gui.commands.check_commands import CheckCommands
from gui.commands.command import CHECK, command, while_editing, with_document
from gui.commands.save_commands import SaveCommands
from gui.commands.version_commands import ShowVersion
from gui.commands.workbench import Workbench
from gui.frame.document_view import DocumentView
from model.basics.files import refusals, write_whole
from model.document import store
from model.document.answers import Answers
from model.document.backups import Backup
from model.document.signing import last_signer
from model.handin import versions
from model.handin.versions import Version
from model.reading.reading import Reading, read

if TYPE_CHECKING:
    from model.paper.grid import Grid

NOW = "现在"


class HandInCommands:
    """Versions lie in the document file; nothing here changes what is typed."""

    def __init__(
        self, bench: Workbench, saves: SaveCommands, checks: CheckCommands, show_version: ShowVersion
    ) -> None:
        self._bench, self._saves, self._checks = bench, saves, checks
        self._show_version = show_version
        bench.view_made.connect(self._view_made)

    def _view_made(self, view: DocumentView) -> None:
        view.whole.lock_wanted.connect(self.lock)
        view.whole.version_wanted.connect(self._do)

    def _do(self, action: str, version: Version) -> None:
        from gui.handin.versions_side import COMPARE, EXPORT, OPEN

        actions = {OPEN: self.open_version, EXPORT: self.export_version, COMPARE: self.compare_with}
        actions[action](version)

    # --- 定稿

    @command(CHECK, 420, "定稿…", icon="lock", when=while_editing)
    def lock(self) -> None:
        """Lock a version of the document, if nothing is open any more."""
        bench = self._bench
        commit_input()
        if left := len(bench.session.snapshot.open):
            bench.view.show_handin()
            bench.status.say(f"还有 {left} 项没有处理，处理完或写说明搁置后才能定稿。")
            return
        self._saves.save_now()
        if bench.session.is_dirty or bench.doors.lock is None:
            return
        from gui.handin.lock_dialog import LockDialog

        number = bench.attempt(partial(versions.next_number, bench.session.path))
        if number is None:
            return
        aside = sum(item.is_set_aside for item in bench.session.snapshot.items)
        dialog = LockDialog(number, aside, last_signer(bench.session.answers), bench.window)
        is_wanted, name = dialog.exec(), dialog.name
        dialog.deleteLater()
        if is_wanted:
            self._lock(number, name)

    def _lock(self, number: int, name: str) -> None:
        bench, lock = self._bench, self._bench.doors.lock
        assert lock is not None
        path, answers, library = bench.session.path, bench.session.answers, bench.library
        moment = datetime.now().replace(microsecond=0)

        def job(progress: Progress, cancelled: IsCancelled) -> Version:
            version, content = lock(
                read(library, answers), answers, number, moment, name, progress, cancelled
            )
            versions.add(path, version, content)
            return version

        version = bench.attempt(lambda: waiting.do(bench.window, "正在定稿…", job))
        if version is not None:
            said = f"{version.title}：{len(version.files)} 个文件，{version.page_count} 页都有校验码。"
            bench.status.say(said + "自评簿可以接着改，改动算更正。")
        bench.view.show_handin()
        bench.view.whole.handin.read_versions()

    # --- what is done with a version

    def open_version(self, version: Version) -> None:
        """Show what the document said, in a window where nothing can be changed."""
        path = self._bench.session.path

        def show() -> None:
            answers = versions.answers_of(path, version.number)
            stored = store.Stored(answers, 0, f"这是{version.title}，只能查看；要修改请在原来的窗口里更正。")
            self._show_version(Backup(path, version.locked, title=version.title), stored, version)

        self._bench.attempt(show)

    def export_version(self, version: Version) -> None:
        """Write the files of a version once more, the same bytes."""
        bench = self._bench
        kept = bench.preferences.now
        start = Path(kept.export_folder or kept.start_folder())
        chosen = ask.folder_name(bench.window, start, f"再导出{version.title}")
        if chosen is None:
            return
        path, folder = bench.session.path, chosen / version.title.replace(" ", "")

        def write(progress: Progress, cancelled: IsCancelled) -> int:
            with refusals("建立", folder):
                folder.mkdir(exist_ok=True)
            for done, file in enumerate(version.files, start=1):
                content = versions.file_of(path, version.number, file)
                with refusals("写入", folder / file.name):
                    write_whole(folder / file.name, content)
                progress(done, len(version.files))
            return len(version.files)

        count = bench.attempt(lambda: waiting.do(bench.window, "正在写出文件…", write))
        if count is not None:
            bench.status.say(f"{version.title}的 {count} 个文件写到了“{folder}”，与定稿时逐字节相同。")

    def compare_with(self, version: Version) -> None:
        """Hold a version against the document as it is now, or against another one."""
        from gui.handin.comparison_dialog import ComparisonDialog, Side

        bench = self._bench
        found = bench.attempt(partial(versions.listed, bench.session.path))
        if found is None:
            return
        usable = [one for one in found if not one.problem]
        session = bench.session
        sides = [Side(one.title, partial(self._version, one.number)) for one in usable]
        sides.append(Side(NOW, lambda: (session.snapshot.reading, session.answers)))
        old = next((n for n, one in enumerate(usable) if one.number == version.number), 0)
        dialog = ComparisonDialog(sides, old, len(sides) - 1, bench.window)
        dialog.print_wanted.connect(self._print)
        dialog.save_wanted.connect(self._save)
        dialog.exec()
        dialog.deleteLater()

    def _version(self, number: int) -> tuple[Reading, Answers]:
        answers = versions.answers_of(self._bench.session.path, number)
        return read(self._bench.library, answers), answers

    def _print(self, grid: "Grid") -> None:
        from gui.paper.printing import print_pdf

        print_pdf(self._bench.window, self._bench.doors.pdf_bytes((grid,)), grid.name)

    def _save(self, grid: "Grid") -> None:
        bench = self._bench
        answers = bench.session.answers
        suggestion = (
            Path(bench.preferences.now.start_folder()) / f"{answers.year}-{answers.unit}-修改说明.pdf"
        )
        path = ask.explanation_name(bench.window, suggestion)
        write = bench.doors.write_sheets
        if path is None or write is None:
            return
        if bench.attempt(lambda: _written(partial(write, (grid,), path))):
            bench.status.say(f"修改说明写到了“{path.name}”。")

    # --- paper

    @command(CHECK, 430, "核对纸质件…", when=with_document)
    def check_paper(self) -> None:
        """Go to where a code on paper is typed or scanned."""
        commit_input()
        self._bench.view.show_handin()
        self._bench.view.whole.handin.ask_code()


def _written(write: "partial[None]") -> bool:
    write()
    return True
