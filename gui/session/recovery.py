"""Whether a running program holds a file of the user's own folder; what of a session is kept there.

A file is held by a lock beside it, which ends with the program however that ends: so the next one can tell
what was left behind from what another window is still using.
"""

from collections.abc import Iterator
from contextlib import suppress
from os import urandom
from pathlib import Path

from PySide6.QtCore import QLockFile

from model.basics.errors import UserError
from model.document import rescue
from model.document.answers import Answers

RESCUE = "rescue"  # the folder of what could not be saved
OPEN = "open"  # the folder of notes on which documents are open
_NOTE = ".txt"


def is_held(path: Path) -> bool:
    """Whether a program that is running holds the file."""
    lock = _lock(path)
    if not lock.tryLock(0):
        return lock.error() == QLockFile.LockError.LockFailedError
    lock.unlock()
    return False


def _lock(path: Path) -> QLockFile:
    lock = QLockFile(str(path) + ".lock")
    lock.setStaleLockTime(0)  # only the end of its program frees it, not the time
    return lock


class RecoveryCopy:
    """Takes in what a session could not save, in one file that always has the latest state."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None
        self._lock: QLockFile | None = None
        self._answers: Answers | None = None

    def keep(self, document: Path, revision: int, answers: Answers) -> bool:
        """Keep the answers and return whether that worked; if not they are in the window alone."""
        if answers is self._answers:
            return True
        try:
            if self._path is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._path = rescue.new_name(self._folder, document)
                self._lock = _lock(self._path)
                self._lock.tryLock(0)
            rescue.keep(self._path, document, revision, answers)
            self._answers = answers
        except (UserError, OSError):
            return False
        return True

    def clear(self) -> None:
        """Everything has been saved, or given up: nothing is kept any longer."""
        if self._path is not None and self._lock is not None:
            rescue.forget(self._path)
            self._lock.unlock()
            self._path = self._lock = self._answers = None


def left_behind(folder: Path) -> Iterator[rescue.Rescued]:
    """Yield what could not be saved and no program that is running still has, the newest first."""
    return iter(rescue.found(folder, is_held=is_held))


class OpenNote:
    """Notes in a file which document is open, for the next start if this program ends unexpectedly."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / (urandom(6).hex() + _NOTE)
        self._lock: QLockFile | None = None

    def write(self, document: Path) -> None:
        """Note a document; where the folder can't be written the next start does without."""
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._lock is None:
                self._lock = _lock(self._path)
                self._lock.tryLock(0)
            self._path.write_text(str(document.absolute()), encoding="utf-8", errors="surrogatepass")

    def remove(self) -> None:
        """Nothing is open any more."""
        if self._lock is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
            self._lock.unlock()
            self._lock = None


def open_at_the_end(folder: Path) -> Path | None:
    """Return the document that was open last in a program that ended unexpectedly, and forget it."""
    ended: list[tuple[int, Path]] = []
    with suppress(OSError):
        for note in folder.glob("*" + _NOTE):
            if not is_held(note):
                ended.append((note.stat().st_mtime_ns, Path(_text(note))))
                note.unlink()
    return max(ended)[1] if ended else None


def _text(note: Path) -> str:
    with suppress(ValueError):
        return note.read_text(encoding="utf-8", errors="surrogatepass")
    return ""
