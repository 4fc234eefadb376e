"""填入财政局原表: the forms of the document go into a bureau's own blank files, written beside them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from gui.base import ask, waiting
from gui.base.worker import IsCancelled, Progress
from gui.commands.command import FILE, command
from gui.commands.save_commands import SaveCommands
from gui.commands.workbench import Workbench
from gui.incoming.ways_in import BLANKS, Done, FillBlank, WaysIn
from model.basics.errors import UserError
from model.basics.files import write_whole
from model.forms.zpf import FormFile
from model.reading.reading import Reading

MOST_LINES = 18  # of a message; the rest is counted
OLD = "这是旧格式的表（.xls、.et），要直接填写吗？"
OLD_ONES = "选中的表里有 {count} 张是旧格式（.xls、.et），也直接填写吗？"
SURER = (
    "填好的表是另一个文件，只改要填的格子，原表不动。\n"
    "更稳妥的办法：先用 Excel 或 WPS 另存为 xlsx，再填那一份。\n"
    "直接填写的，上报前请用 Excel 或 WPS 打开核对。"
)


class FillCommands:
    """The blanks themselves are never changed."""

    def __init__(self, bench: Workbench, saves: SaveCommands) -> None:
        self._bench, self._saves = bench, saves

    @command(FILE, 315, "填入财政局原表…")
    def fill_blanks(self) -> None:
        """Fill a blank that a form of the document brings along, or ask for blanks; one is shown before it
        is written, several are filled into a folder."""
        bench, ways = self._bench, self._bench.doors.ways_in
        kept = blanks_of(bench.session.snapshot.reading)
        if kept and ways.attempt is not None:
            from gui.workshop.choose_blank import ChooseBlank

            dialog = ChooseBlank(kept, bench.window)
            is_chosen, file = dialog.exec(), dialog.file
            dialog.deleteLater()
            if file is not None:
                bench.attempt(lambda: self._look_at_kept(file, ways))
            if file is not None or not is_chosen:
                return
        folder = bench.preferences.now.start_folder()
        blanks = ask.import_file_names(bench.window, folder, BLANKS, "选择财政局的空白表")
        if len(blanks) == 1 and ways.forms_for is not None and ways.attempt is not None:
            bench.attempt(lambda: self._look(blanks[0], ways))
        elif blanks and ways.fill_blank is not None:
            self._fill_many(self._agreed(blanks, ways), ways.fill_blank)

    def _agreed(self, blanks: Sequence[Path], ways: WaysIn) -> Sequence[Path]:
        """The blanks without those in an old format that are not to be filled: asked once for all of them."""
        old = {blank for blank in blanks if _is_old(blank, ways)}
        question = OLD_ONES.format(count=len(old))
        if not old or ask.confirm(self._bench.window, question, "直接填写", "不填这几张", SURER):
            return blanks
        return [blank for blank in blanks if blank not in old]

    def _look_at_kept(self, file: FormFile, ways: WaysIn) -> None:
        """Show the blank that lies in a form; filled in, it goes beside the document."""
        with TemporaryDirectory() as folder:
            blank = Path(folder) / Path(file.origin.blank).name
            write_whole(blank, file.blank)
            self._look(blank, ways, self._bench.session.path.parent)

    def _look(self, blank: Path, ways: WaysIn, folder: Path | None = None) -> None:
        """Show a blank as it will look; raises UserError where no form of the document belongs into it.

        One in an old format is shown after a question.
        """
        from gui.workshop.fill_dialog import FillDialog

        assert ways.forms_for is not None
        assert ways.attempt is not None
        self._saves.save_now()
        session, attempt = self._bench.session, ways.attempt
        reading = session.snapshot.reading
        forms = ways.forms_for(blank, reading)
        is_old = ways.is_old is not None and ways.is_old(blank)
        if is_old and not ask.confirm(self._bench.window, OLD, "直接填写", hint=SURER):
            return
        dialog = FillDialog(
            blank,
            forms,
            session.snapshot.drafts,
            lambda path, form, clears, heightens: attempt(path, form, reading, clears, heightens),
            self._bench.window,
            folder,
        )
        dialog.exec()
        dialog.deleteLater()

    def _fill_many(self, blanks: Sequence[Path], fill: FillBlank) -> None:
        bench = self._bench
        if not blanks:
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


def _is_old(blank: Path, ways: WaysIn) -> bool:
    """Whether a blank is in an old format; one that is not there is named when it is to be filled."""
    try:
        return ways.is_old is not None and ways.is_old(blank)
    except UserError:
        return False


def blanks_of(reading: Reading) -> list[FormFile]:
    """Return the forms of a document in which a blank lies that can be filled."""
    own = reading.library.own if reading.library else {}
    used = dict.fromkeys(form.definition.id for form in reading.forms)
    files = (own[name] for name in used if name in own)
    return [file for file in files if file.blank and file.origin.blank.lower().endswith(BLANKS)]


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
