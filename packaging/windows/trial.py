"""Tries the built program under wine as a clerk would, with mouse and keys, and leaves pictures.

It lies in a folder with a Chinese name and a blank, starts without settings, shows the example, takes a score
typed into the table, saves it, previews, asks for the printer and exports what Linux exports.
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile

import bundle
import pypdfium2
from PIL import Image, ImageChops
from wine import BUILD, ROOT, Failed, Wine, say

sys.path.insert(0, str(ROOT))
from model import store
from model.answers import Answers
from model.document import difference

T = TypeVar("T")

START_TITLE, DOCUMENT_TITLE, EXPORT_TITLE = "^自评簿$", "年度 － 自评簿$", "^导出$"
PRINT_TITLE = "^(自评簿|打印)$"  # that there is no printer, or the dialog
CELL = (1005, 359)  # in the window: 得分 of the first indicator …
TYPED = "6"  # … which is 7 by the rules
STRIP = (240, 55, 1060, 135)  # in the window: the total and the scores of the blocks
EXPORTED = [".pdf", ".pdf", ".xlsx", ".xlsx"]  # what the dialog offers, with Enter: both forms, both formats
STARTS = 3
PATIENCE_S = 60  # a busy machine of two cores took ten seconds to the window


class Clerk:
    """Starts the program, looks and types; one program at a time."""

    def __init__(self, wine: Wine, program: Path) -> None:
        self._wine, self._program = wine, program
        self._process: subprocess.Popen[str] | None = None

    def start(self, title: str, *arguments: str | Path) -> float:
        """Start the program; return the seconds until its window is there."""
        began = time.monotonic()
        self._process = self._wine.start(self._program, *arguments)
        self.window(title)
        return time.monotonic() - began

    def quit(self) -> None:
        """Close the program by its key; it must end well."""
        assert self._process
        self.press("ctrl+q")
        code, output = self._wine.result(self._process, PATIENCE_S)
        if code:
            raise Failed(f"the program ended with {code}:\n{output}")

    def window(self, title: str) -> str:
        """Wait for a window by its title, put the focus on it, and return its number."""

        def look() -> str:
            if self._process and self._process.poll() is not None:
                raise Failed(f"the program ended with {self._wine.result(self._process, PATIENCE_S)}")
            return self._wine.on_screen("xdotool", "search", "--onlyvisible", "--name", title)

        found = wait_for(f"the window {title}", look).split()[-1]
        self._wine.on_screen("xdotool", "windowfocus", "--sync", found)
        return found

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self._wine.on_screen("xdotool", "key", "--delay", "50", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._wine.on_screen("xdotool", "type", "--delay", "50", text)

    def click(self, window: str, x: int, y: int) -> None:
        """Click into a window."""
        self._wine.on_screen("xdotool", "mousemove", "--window", window, str(x), str(y), "click", "1")

    def picture(self, name: str, window: str = "root") -> Image.Image:
        """Leave a picture of the screen, or of one window, when it has come to rest."""
        path = BUILD / f"{name}.png"
        last = None
        for _ in range(20):
            time.sleep(0.3)
            self._wine.on_screen("import", "-window", window, str(path))
            picture = Image.open(path).convert("RGB")
            if last and not ImageChops.difference(last, picture).getbbox():
                break
            last = picture
        return picture


def wait_for(what: str, look: Callable[[], T], seconds: float = PATIENCE_S) -> T:
    """Return what `look` finds as soon as it finds something."""
    end = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > end:
            raise Failed(f"waited {seconds:g} s for {what}")
        time.sleep(0.02)
    return found


def run(wine: Wine) -> None:
    """Try everything; raise Failed where something is not as it should be."""
    for old in BUILD.glob("*.png"):
        old.unlink()
    folder = wine.prefix / "drive_c/软件 目录/自评簿"
    shutil.rmtree(folder.parent, ignore_errors=True)
    shutil.copytree(bundle.FOLDER, folder)
    settings, exports = wine.user / "AppData/Local/ziping", wine.user / "Documents"
    shutil.rmtree(settings, ignore_errors=True)
    for old in exports.iterdir():
        old.unlink()
    clerk = Clerk(wine, folder / "ziping.exe")
    try:
        _try_starts(clerk)
        document = settings / "示例.zpb"
        _try_window(clerk, document, exports)
    except Failed as failure:
        clerk.picture("failed")
        raise Failed(f"{failure}\nfailed.png shows the screen") from None
    _compare_exports(document, exports)
    _compare_checks(wine, folder / "ziping-cli.exe", document)
    _look_at_log(settings / "log")


def _try_starts(clerk: Clerk) -> None:
    """Measured on a machine that may be busy with other things, under wine."""
    times = []
    for n in range(STARTS):
        times.append(clerk.start(START_TITLE))
        if n == 0:
            clerk.picture("1-start")
        clerk.quit()
    first, *later = (f"{seconds:.2f}" for seconds in times)
    say(f"start to window: {first} s, then {' and '.join(later)} s")


def _try_window(clerk: Clerk, document: Path, exports: Path) -> None:
    seconds = clerk.start(DOCUMENT_TITLE, "--example")
    window = clerk.window(DOCUMENT_TITLE)
    before, picture = answers(document), clerk.picture("2-example", window)
    say(f"start to the example: {seconds:.2f} s")

    saved = document.stat().st_mtime_ns
    clerk.click(window, *CELL)
    clerk.type(TYPED)
    clerk.press("Return")
    wait_for("the document to save itself", lambda: document.stat().st_mtime_ns != saved)
    change = difference("", before, answers(document))
    texts = {answers(document).forms[key].text(cell) for key, cell in change.cells}
    if texts != {TYPED} or len(change.cells) != 1:
        raise Failed(f"typed {TYPED}; saved were {sorted(texts)} in {sorted(change.cells)}")
    changed = ImageChops.difference(picture.crop(STRIP), clerk.picture("3-typed", window).crop(STRIP))
    if not changed.getbbox():
        raise Failed("the strip of scores shows the same as before")
    say(f"{TYPED} typed into {'.'.join(*change.cells)}: saved by itself, and the strip of scores follows")

    clerk.press("ctrl+shift+p")
    clerk.picture("4-preview", window)
    clerk.press("ctrl+shift+p")
    clerk.press("ctrl+p")
    clerk.window(PRINT_TITLE)
    clerk.picture("5-print")
    clerk.press("Escape")
    clerk.window(DOCUMENT_TITLE)
    clerk.press("ctrl+e")
    clerk.window(EXPORT_TITLE)
    clerk.picture("6-export")
    clerk.press("Return")
    wait_for("two PDFs and two workbooks", lambda: sorted(f.suffix for f in exports.iterdir()) == EXPORTED)
    clerk.picture("7-exported")
    clerk.press("Escape")
    clerk.window(DOCUMENT_TITLE)
    clerk.quit()


def answers(document: Path) -> Answers:
    """Return what a document has saved."""
    return store.open_document(document).answers


def _compare_exports(document: Path, exports: Path) -> None:
    """The window exported, by its dialog, what the command line exports here."""
    ours = BUILD / "linux"
    shutil.rmtree(ours, ignore_errors=True)
    on_linux("export", document, "--out", ours)
    names = [{path.name for path in folder.iterdir()} for folder in (ours, exports)]
    if names[0] != names[1]:
        raise Failed(f"exported were {names[1]}, here {names[0]}")
    for name in names[0]:
        if content(exports / name) != content(ours / name):
            raise Failed(f"{name} says something else than exported here")
    pdfs = list(exports.glob("*.pdf"))
    same = sum(path.read_bytes() == (ours / path.name).read_bytes() for path in pdfs)
    say(f"exported from the window: as here, {same} of {len(pdfs)} PDFs to the byte")


def _compare_checks(wine: Wine, program: Path, document: Path) -> None:
    """The program for the command line says what it says here."""
    code, output = wine.result(wine.start(program, "check", document), 60)
    if code not in (0, 1) or output.splitlines()[1:] != on_linux("check", document).splitlines()[1:]:
        raise Failed(f"ziping-cli.exe check ended with {code} and says:\n{output}")
    say("ziping-cli.exe check: as here")


def _look_at_log(folder: Path) -> None:
    log = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.log"))
    if re.search(r" (ERROR|CRITICAL) ", log):
        raise Failed(f"the program's log:\n{log}")
    say("log: no errors")


def on_linux(*arguments: str | Path) -> str:
    """Run the program of the checkout at the command line and return what it prints."""
    return subprocess.run(
        [sys.executable, ROOT / "main.py", *arguments], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ).stdout


def content(path: Path) -> list[str]:
    """Return the texts of a PDF by page, or the parts of a workbook, however written, without its times."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return [page.get_textpage().get_text_range() for page in document]
    with ZipFile(path) as parts:
        names = sorted(set(parts.namelist()) - {"docProps/core.xml"})
        xml = [parts.read(name) for name in names if name.endswith((".xml", ".rels"))]
        return [*names, *(canonicalize(part, rewrite_prefixes=True) for part in xml)]
