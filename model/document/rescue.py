"""What could not be saved where it belongs, kept in the user's own folder until it is wanted."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

from model.basics.errors import UserError
from model.document import store
from model.document.answers import Answers

DAYS = 30  # that a rescued file is kept
DONE = ".bak"  # follows the name of a file that was opened or is not wanted

_TIME = "%Y-%m-%d %H-%M-%S"
_NAME = re.compile(r"(.*) (\d{4}-\d\d-\d\d \d\d-\d\d-\d\d)(?:（\d+）)?")


class Rescued(NamedTuple):
    """A rescued file: of which document, from when on that could not be saved."""

    path: Path
    stem: str
    time: datetime


def new_name(folder: Path, document: Path, now: datetime | None = None) -> Path:
    """Return a name that no file in the folder has, not even a finished one."""
    stem = f"{document.stem} {(now or datetime.now()).strftime(_TIME)}"
    names = (f"{stem}（{n}）{store.SUFFIX}" if n > 1 else stem + store.SUFFIX for n in count(1))
    paths = (folder / name for name in names)
    return next(path for path in paths if not path.exists() and not _done(path).exists())


def keep(path: Path, document: Path, revision: int, answers: Answers) -> None:
    """Write the answers into a rescue file, in the place of what it held before. Raises UserError.

    It remembers the document and the revision that the answers follow on.
    """
    notes = {"origin": str(document.absolute()), "base": str(revision)}
    store.create(path, answers, replace=True, notes=notes)


def origin(path: Path) -> Path | None:
    """Return the document that the rescued answers follow on; None where it is gone or was saved since.

    In a document that is as it was they can take the place of what it holds: nobody's work is lost.
    """
    try:
        document, base = Path(store.note(path, "origin")), store.note(path, "base")
        return document if str(store.saved_revision(document)) == base else None
    except UserError:
        return None


def found(folder: Path, now: datetime | None = None) -> tuple[Rescued, ...]:
    """Return the rescued files, the newest first, after deleting those that are too old."""
    oldest = (now or datetime.now()) - timedelta(days=DAYS)
    offered: list[Rescued] = []
    for rescued in _named(folder):
        if rescued.time < oldest:
            forget(rescued.path)
        elif rescued.path.suffix != DONE:
            offered.append(rescued)
    return tuple(sorted(offered, key=lambda rescued: rescued.time, reverse=True))


def finish(path: Path) -> None:
    """Offer a rescued file no more; it stays until it is too old."""
    with suppress(OSError):
        path.rename(_done(path))


def forget(path: Path) -> None:
    """Delete a rescued file: what it holds has been saved, or nobody asked for it in a month."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _named(folder: Path) -> Iterator[Rescued]:
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            name = path.name.removesuffix(DONE)
            match = _NAME.fullmatch(name.removesuffix(store.SUFFIX))
            if match is not None and name.endswith(store.SUFFIX):
                with suppress(ValueError):
                    yield Rescued(path, match[1], datetime.strptime(match[2], _TIME))


def _done(path: Path) -> Path:
    return path.with_name(path.name + DONE)
