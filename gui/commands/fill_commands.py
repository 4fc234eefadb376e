"""填进财政局的表: the forms of the document go into a bureau's own blank files, written beside them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from gui.base import ask, waiting
from gui.base.worker import IsCancelled, Progress
from gui.commands.command import FILE, command
from gui.commands.save_commands import SaveCommands
from gui.commands.workbench import Workbench
from gui.incoming.ways_in import BLANKS, Done, FillBlank
from model.reading.reading import Reading

MOST_LINES = 18  # of a message; the rest is counted


class FillCommands:
    """The blanks themselves are never changed."""

    def __init__(self, bench: Workbench, saves: SaveCommands) -> None:
        self._bench, self._saves = bench, saves

    @command(FILE, 315, "填进财政局的表…")
    def fill_blanks(self) -> None:
        """Ask for blanks and a folder, fill them in, and say what came of it."""
        bench, fill = self._bench, self._bench.doors.ways_in.fill_blank
        folder = bench.preferences.now.start_folder()
        blanks = ask.import_file_names(bench.window, folder, BLANKS, "选择财政局的空白表")
        if not blanks or fill is None:
            return
        target = ask.folder_name(bench.window, blanks[0].parent, "填好的表放在哪里")
        if target is None:
            return
        self._saves.save_now()
        job = partial(fill_all, fill, blanks, target, bench.session.snapshot.reading)
        done = bench.attempt(lambda: waiting.do(bench.window, "正在填写…", job))
        if done is not None:
            self._say(done)

    def _say(self, done: Sequence[Done]) -> None:
        files = sum(len(one.written) for one in done)
        lines = [line for one in done for line in one.lines]
        more = [f"另有 {len(lines) - MOST_LINES} 行。"] if len(lines) > MOST_LINES else []
        said = "\n".join([*lines[:MOST_LINES], *more])
        if files and all(one.code == 0 for one in done):
            ask.inform(self._bench.window, f"已填好 {files} 个文件。", said)
        else:
            message = f"已填好 {files} 个文件，请看下面几处。" if files else "没有填写。"
            ask.tell(self._bench.window, message, said)


def fill_all(
    fill: FillBlank,
    blanks: Sequence[Path],
    folder: Path,
    reading: Reading,
    progress: Progress,
    cancelled: IsCancelled,
) -> list[Done]:
    """Fill blanks one by one, in a thread; those done before a stop."""
    done: list[Done] = []
    for blank in blanks:
        if cancelled():
            break
        done.append(fill(blank, folder, reading))
        progress(len(done), len(blanks))
    return done
