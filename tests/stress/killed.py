"""Programs killed at any moment: while typing, saving, backing up, exporting, upgrading and 定稿.

This file is also the program that is killed: `python -m tests.stress.killed WHAT FOLDER` does without end
what the trial of that name says, and prints a number when a step of it is done.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random
from zipfile import BadZipFile, ZipFile

from export.batch import export_files
from export.opening import open_all
from model.basics.errors import UserError
from model.document import backups, store
from model.document.document import Document
from model.forms.loader import shipped
from model.handin import versions
from model.handin.versions import LockedFile, Version
from tests.stored import FIRST, SECOND
from tests.stress.trial import Trial, Tried, must

ROOT = Path(__file__).parents[2]
NAME = "某中心.zpb"
CELL = ("p1", "i2.actual")
KEY_MS = 20  # between two keys of the program that types
LOST_S = 1.0  # that may be lost of what was typed
FORMATS = ("xlsx", "pdf", "docx", "json")
APRIL = datetime(2026, 4, 28, 16, 20)
HANDED_IN = "某表.pdf"
UPGRADE = (  # as a later version may bring: it makes a table and changes what is there
    "CREATE TABLE letters (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    "INSERT INTO letters (text) SELECT text FROM text",
    "UPDATE meta SET value = value || '' WHERE key = 'unit'",
)


# --- what is killed


def typing(folder: Path) -> None:
    """A key every 20 ms into an open document, which saves itself."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from gui.session.session import Session

    app = QApplication([])
    path = folder / NAME
    stored = store.open_document(path)
    session = Session(shipped(), Document(stored.answers), path, stored, folder / "own")
    number = [0]

    def key() -> None:
        number[0] += 1
        session.set_text(CELL, str(number[0]))
        print(number[0], flush=True)

    timer = QTimer(interval=KEY_MS)
    timer.timeout.connect(key)
    timer.start()
    app.exec()


def saving(folder: Path) -> None:
    """One save after the other."""
    path = folder / NAME
    stored = store.open_document(path)
    answers, revision = stored.answers, stored.revision
    for n in range(1, 10**9):
        following = answers.with_form("p1", answers.forms["p1"].with_text("i2.actual", str(n)))
        revision = store.save(path, revision, answers, following)
        answers = following
        print(n, flush=True)


def backing_up(folder: Path) -> None:
    """One backup after the other, which thins out the older ones."""
    for n in range(1, 10**9):
        backups.make(folder / NAME)
        print(n, flush=True)


def exporting(folder: Path) -> None:
    """All papers of a document into the same folder, again and again."""
    opened = open_all([folder / NAME], shipped())
    for n in range(1, 10**9):
        export_files(opened, FORMATS, folder / "out")
        print(n, flush=True)


def upgrading(folder: Path) -> None:
    """One document of an older version after the other is opened and saved for the first time."""
    for n in range(1, 10**9):
        path = folder / f"{n}.zpb"
        store.create(path, FIRST)
        with later_version():
            store.save(path, store.open_document(path).revision, FIRST, SECOND)
        print(n, flush=True)


@contextmanager
def later_version() -> Iterator[None]:
    """For the time of a block the program is one whose documents have another format."""
    before, store._UPGRADES = store._UPGRADES, (*store._UPGRADES, UPGRADE)
    try:
        yield
    finally:
        store._UPGRADES = before


def locking(folder: Path) -> None:
    """One version after the other is locked."""
    path = folder / NAME
    for n in range(1, 10**9):
        content = handed_in(n)
        file = LockedFile(HANDED_IN, len(content), hashlib.sha256(content).hexdigest())
        version = Version(versions.next_number(path), APRIL, "经办人甲", (file,))
        versions.add(path, version, versions.packed(version, FIRST, {HANDED_IN: content}))
        print(n, flush=True)


def handed_in(number: int) -> bytes:
    """What is handed in in a version: as large as a few pages."""
    return Random(number).randbytes(100_000)


# --- what has to be there afterwards


def _killed(what: Callable[[Path], None], folder: Path, chance: Random, longest: float) -> int:
    """Start a program, kill it some time after its first step, return the last number that it printed."""
    store.create(folder / NAME, FIRST)
    (folder / "out").mkdir()
    command = [sys.executable, "-m", "tests.stress.killed", what.__name__, str(folder)]
    with (
        (folder / "said").open("w") as said,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=said, encoding="utf-8") as running,
    ):
        assert running.stdout is not None
        first = running.stdout.readline()
        time.sleep(chance.uniform(0, longest))
        running.kill()
        lines = (first + running.stdout.read()).splitlines(keepends=True)
    must("Traceback" not in (folder / "said").read_text("utf-8"), "the program met an error")
    numbers = [int(line) for line in lines if line.endswith("\n")]
    must(numbers, "the program did not start")
    return numbers[-1]


def _number(path: Path) -> int:
    return int(store.open_document(path).answers.forms["p1"].text("i2.actual"))


def killed_typing(chance: Random, folder: Path) -> Tried:
    """No more than a second of what was typed is lost; keys that the machine delayed were not typed."""
    typed = _killed(typing, folder, chance, 2.5)
    try:
        kept = _number(folder / NAME)
    except ValueError:
        kept = 0
    kept = 0 if kept == 7 and typed < 7 else kept  # what the document begins with
    lost = (typed - kept) * KEY_MS / 1000
    must(lost <= LOST_S, f"{lost:.2f} s of typing are lost")
    return Tried(worst=max(0.0, lost))


def killed_saving(chance: Random, folder: Path) -> Tried:
    """What was said to be saved is there."""
    said = _killed(saving, folder, chance, 0.05)
    must(_number(folder / NAME) >= said, "a save that was said to be done is lost")
    return Tried()


def killed_backing_up(chance: Random, folder: Path) -> Tried:
    """The document is as it was, and every backup is whole."""
    said = _killed(backing_up, folder, chance, 0.2)
    must(store.open_document(folder / NAME).answers == FIRST, "the document is another")
    found = list((folder / store.BACKUPS).glob("*.zpb"))
    must(len(found) >= min(said, backups.LIMIT // 2), "backups are lost")
    for backup in found:
        must(store.open_document(backup).answers == FIRST, f"{backup.name} is not whole")
    return Tried()


def killed_exporting(chance: Random, folder: Path) -> Tried:
    """Every file with a name of its own is whole; nothing else is left but the program's own ~….tmp."""
    _killed(exporting, folder, chance, 0.4)
    must(store.open_document(folder / NAME).answers == FIRST, "the document is another")
    for path in (folder / "out").iterdir():
        if not path.name.startswith("~"):
            must(_is_whole(path), f"{path.name} is not whole")
    return Tried()


def killed_upgrading(chance: Random, folder: Path) -> Tried:
    """A document is the old one or the upgraded one, and what was kept of the old one is whole."""
    said = _killed(upgrading, folder, chance, 0.1)
    with later_version():
        for path in folder.glob("[0-9]*.zpb"):
            found = store.open_document(path).answers
            must(
                found == SECOND or (found == FIRST and int(path.stem) > said), f"{path.name} is not upgraded"
            )
    for path in folder.glob("[0-9]*.bak"):
        must(store.open_document(path).answers == FIRST, f"{path.name} is not whole")
    must(len(list(folder.glob("*.bak"))) >= said, "the old documents were not kept")
    return Tried()


def killed_locking(chance: Random, folder: Path) -> Tried:
    """Every version is whole, all that were said to be locked are there, the document is as it was."""
    said = _killed(locking, folder, chance, 0.2)
    must(store.open_document(folder / NAME).answers == FIRST, "the document is another")
    found = versions.listed(folder / NAME)
    must(len(found) >= said, "a version is lost")
    for version in found:
        must(not version.problem, version.problem)
        [file] = version.files
        must(
            versions.file_of(folder / NAME, version.number, file) == handed_in(version.number), "another file"
        )
        must(versions.answers_of(folder / NAME, version.number) == FIRST, "a version says something else")
    return Tried()


def _is_whole(path: Path) -> bool:
    content = path.read_bytes()
    if path.suffix == ".pdf":
        return content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF")
    if path.suffix == ".json":
        return content.rstrip().endswith(b"}")
    try:
        with ZipFile(path) as package:
            return package.testzip() is None
    except BadZipFile:
        return False


PROGRAMS = (typing, saving, backing_up, exporting, upgrading, locking)
TRIALS = (
    Trial("kills while typing", killed_typing, 1000, 0, "s lost"),
    Trial("kills while saving", killed_saving, 1000, 0),
    Trial("kills while backing up", killed_backing_up, 300, 0),
    Trial("kills while exporting", killed_exporting, 300, 0),
    Trial("kills while upgrading", killed_upgrading, 300, 0),
    Trial("kills while 定稿", killed_locking, 300, 0),
)

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for_ever = {one.__name__: one for one in PROGRAMS}
    try:
        for_ever[sys.argv[1]](Path(sys.argv[2]))
    except UserError as error:
        sys.exit(str(error))
