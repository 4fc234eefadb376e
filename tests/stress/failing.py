"""Every call that opens, reads, writes, syncs or renames a file fails in turn, as on a bad disk (Linux).

This file is also the program in which they fail: `python -m tests.stress.failing ERRORS FOLDER` works with
failing_calls.c preloaded and prints what it tried and what came of it.
"""

import ctypes
import errno
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import rmtree, which
from tempfile import gettempdir

from export.batch import export_files
from export.opening import Opened
from model.basics.errors import UNEXPECTED, UserError
from model.document import backups, rescue, store
from model.forms.loader import metrics, shipped
from model.handin import versions
from model.handin.versions import LockedFile, Version
from model.reading.reading import read
from tests.stored import FIRST, SECOND
from tests.stress.killed import APRIL, HANDED_IN, handed_in, later_version
from tests.stress.trial import Fault, Trial, Tried, must, must_be_a_sentence

ROOT = Path(__file__).parents[2]
SOURCE = Path(__file__).with_name("failing_calls.c")
NAME = "某中心.zpb"
ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT)
LAST = 400  # calls of one piece of work
TURNS = 12  # of all pieces of work in one program


@cache
def _library() -> Path | None:
    """The compiled calls; None where there is no compiler."""
    compiler = which("cc") or which("gcc")
    if not compiler or sys.platform != "linux":
        return None
    built = Path(gettempdir()) / f"failing-calls-{os.getpid()}.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(built), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    return built


def failing_calls(chance: Random, folder: Path) -> Tried:
    """Whatever call fails, the document is as before or as it was to be, and a sentence says so."""
    library = _library()
    if library is None:
        return Tried(0)
    numbers = ",".join(str(chance.randrange(LAST)) for _ in range(TURNS))
    command = [sys.executable, "-m", "tests.stress.failing", str(chance.choice(ERRORS)), numbers, str(folder)]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(library)},
        capture_output=True,
        encoding="utf-8",
    )
    must(run.returncode == 0, f"{run.stdout[-300:]} {run.stderr[-600:]}")
    return Tried(int(run.stdout.split()[-1]))


# --- the program in which calls fail


class Work:
    """Pieces of work on a document, each with what has to hold whether it went well or not."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / NAME
        self.calls = ctypes.CDLL(None)

    def failing(self, nth: int, error: int, work: Callable[[], object]) -> tuple[bool, str]:
        """Do something while the nth call fails; return whether it came to that, and what was said."""
        said = ""
        self.calls.arm(ctypes.c_long(nth), ctypes.c_int(error), os.fsencode(self.folder))
        try:
            with suppress(StopIteration):
                found = work()
                said = found if isinstance(found, str) else ""
        except UserError as problem:
            said = str(problem)
        finally:
            has_fired = bool(self.calls.fired())
            self.calls.arm(ctypes.c_long(0), ctypes.c_int(0), b"")
        if said:
            must_be_a_sentence(said)
        return has_fired, said

    def fresh(self) -> None:
        """A folder with the document alone."""
        rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        store.create(self.path, FIRST)

    def save(self, nth: int, error: int) -> bool:
        """What is said to be saved is there, and what is not can be saved once the disk is well."""
        revision = store.saved_revision(self.path)
        has_fired, said = self.failing(nth, error, lambda: store.save(self.path, revision, FIRST, SECOND))
        found = store.open_document(self.path).answers
        must(found in (FIRST, SECOND), "the document is neither old nor new")
        must(said or found == SECOND, "said to be saved, and is not")
        if found == FIRST:
            store.save(self.path, store.saved_revision(self.path), FIRST, SECOND)
            must(store.open_document(self.path).answers == SECOND, "cannot be saved afterwards")
        return has_fired

    def open(self, nth: int, error: int) -> bool:
        """Opening changes nothing."""
        before = self.path.read_bytes()
        has_fired, _ = self.failing(nth, error, lambda: store.open_document(self.path))
        must(self.path.read_bytes() == before, "changed by opening it")
        return has_fired

    def create(self, nth: int, error: int) -> bool:
        """A new file is there whole, or its name is free."""
        new = self.folder / "另一个.zpb"
        has_fired, said = self.failing(nth, error, lambda: store.create(new, SECOND))
        must(said or new.exists(), "said to be made, and is not there")
        must(not new.exists() or store.open_document(new).answers == SECOND, "made, and not whole")
        return has_fired

    def save_as(self, nth: int, error: int) -> bool:
        """What is replaced is there as it was, or replaced whole."""
        other = self.folder / "另一个.zpb"
        store.create(other, FIRST)
        has_fired, said = self.failing(nth, error, lambda: store.save_as(self.path, other, SECOND))
        found = store.open_document(other).answers
        must(found == SECOND if not said else found in (FIRST, SECOND), "neither the old file nor the new")
        must(store.open_document(self.path).answers == FIRST, "the document itself has changed")
        return has_fired

    def back_up(self, nth: int, error: int) -> bool:
        """Every backup is whole, and the document as it was."""
        has_fired, said = self.failing(nth, error, lambda: backups.make(self.path))
        found = list((self.folder / store.BACKUPS).glob("*.zpb"))
        must(said or found, "said to be backed up, and is not")
        for backup in found:
            must(store.open_document(backup).answers == FIRST, f"{backup.name} is not whole")
        must(store.open_document(self.path).answers == FIRST, "the document itself has changed")
        return has_fired

    def upgrade(self, nth: int, error: int) -> bool:
        """A document of an older version is old or upgraded, and its old state is kept before."""
        with later_version():
            has_fired = self.save(nth, error)
        for old in self.folder.glob("*.bak"):
            must(store.open_document(old).answers == FIRST, f"{old.name} is not whole")
        must(any(self.folder.glob("*.bak")), "the old document was not kept")
        return has_fired

    def lock(self, nth: int, error: int) -> bool:
        """A version is there whole or not at all, as it was said; the document stays as it is."""
        content = handed_in(1)
        file = LockedFile(HANDED_IN, len(content), sha256(content).hexdigest())
        version = Version(1, APRIL, "经办人甲", (file,))
        packed = versions.packed(version, FIRST, {HANDED_IN: content})
        has_fired, said = self.failing(nth, error, lambda: versions.add(self.path, version, packed))
        found = versions.listed(self.path)
        must(found == (() if said else (version,)), f"{len(found)} versions, and it said: {said or 'locked'}")
        if found:
            must(versions.file_of(self.path, 1, file) == content, "another file")
        must(store.open_document(self.path).answers == FIRST, "the document itself has changed")
        return has_fired

    def rescue(self, nth: int, error: int) -> bool:
        """What is kept in need is whole."""
        kept = rescue.new_name(self.folder, self.path)
        has_fired, said = self.failing(nth, error, lambda: rescue.keep(kept, self.path, 1, SECOND))
        must(said or store.open_document(kept).answers == SECOND, "said to be kept, and is not")
        must(not kept.exists() or store.open_document(kept).answers == SECOND, "kept, and not whole")
        return has_fired

    def export(self, nth: int, error: int) -> bool:
        """A file that is written is whole; one that is not has a sentence."""
        opened, out = [Opened(self.path, read(shipped(), FIRST))], self.folder / "out"

        def work() -> str:
            found = export_files(opened, ("xlsx", "pdf", "docx", "json"), out)
            return next((result.problem for result in found if result.problem), "")

        has_fired, said = self.failing(nth, error, work)
        must(UNEXPECTED not in said, f"an unexpected error: {said}")
        for path in out.iterdir() if out.exists() else ():
            must(path.name.startswith("~") or path.stat().st_size, f"{path.name} is empty")
        return has_fired


def main(error: int, numbers: list[int], folder: Path) -> None:
    """Do all the work with each of the calls failing; print how many of them did."""
    import logging

    logging.disable()
    metrics()
    folder = Path(os.path.realpath(folder)) / "文件"
    work, fired = Work(folder), 0
    pieces = (
        *(
            work.save,
            work.open,
            work.create,
            work.save_as,
            work.back_up,
            work.rescue,
            work.upgrade,
            work.lock,
        ),
        work.export,
    )
    for number in numbers:
        for piece in pieces:
            work.fresh()
            n = 1 + number % (LAST if piece == work.export else 60)
            try:
                fired += piece(n, error)
            except (Fault, UserError) as fault:
                sys.exit(f"{piece.__name__}, call {n}, {errno.errorcode[error]}: {fault}")
    print(fired)


TRIALS = (Trial("failing calls", failing_calls, 20_000, 0),)

if __name__ == "__main__":
    main(int(sys.argv[1]), [int(number) for number in sys.argv[2].split(",")], Path(sys.argv[3]))
