"""What could not be saved where it belongs, kept in the user's own folder until it is wanted."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

from model.basics.errors import UserError
from model.basics.files import short_stem
from model.document import store
from model.document.answers import Answers

DAYS = 30  # that a rescued file is kept after it was first offered
LONG_DAYS = 365  # after so many a clock is more likely wrong than a clerk away
DONE = ".bak"  # follows the name of a file that was opened or is not wanted

_OFFERED = ".offered.json"  # beside the folder: when each file was first offered
_TIME = "%Y-%m-%d %H-%M-%S"
_NAME = re.compile(r"(.*) (\d{4}-\d\d-\d\d \d\d-\d\d-\d\d)(?:（\d+）)?")


class Rescued(NamedTuple):
    """A rescued file: of which document, from when on that could not be saved."""

    path: Path
    stem: str
    time: datetime


def new_name(folder: Path, document: Path, now: datetime | None = None) -> Path:
    """Return a name that no file in the folder has, not even a finished one."""
    stem = f"{short_stem(document)} {(now or datetime.now()).strftime(_TIME)}"
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


def found(
    folder: Path, now: datetime | None = None, is_held: Callable[[Path], bool] = lambda _: False
) -> tuple[Rescued, ...]:
    """Return the rescued files, the newest first, after deleting those that are too old.

    They age from when they were first offered, as the date in a name may come from a wrong clock. What a
    running program holds is neither offered nor deleted.
    """
    now = now or datetime.now()
    rescued_files = [rescued for rescued in _named(folder) if not is_held(rescued.path)]
    offered = _first_offered(folder, rescued_files, now)
    for rescued in rescued_files:
        if now - offered[_bare(rescued.path)] > timedelta(days=DAYS):
            forget(rescued.path)
    wanted = (rescued for rescued in rescued_files if rescued.path.suffix != DONE and rescued.path.exists())
    return tuple(sorted(wanted, key=lambda rescued: rescued.time, reverse=True))


def _first_offered(folder: Path, files: Iterable[Rescued], now: datetime) -> dict[str, datetime]:
    """Return when each file was first offered, by its name, and note those that are offered now.

    A time in the future, or long past, was noted by a wrong clock: the month begins anew.
    """
    note = folder.with_name(folder.name + _OFFERED)
    before = _noted(note)
    offered = {}
    for name in (_bare(rescued.path) for rescued in files):
        since = before.get(name, now)
        offered[name] = since if timedelta(0) <= now - since <= timedelta(days=LONG_DAYS) else now
    if offered != before:
        texts = {name: since.isoformat(" ", "seconds") for name, since in offered.items()}
        with suppress(OSError):
            note.write_text(json.dumps(texts), encoding="utf-8")
    return offered


def _noted(note: Path) -> dict[str, datetime]:
    with suppress(OSError, ValueError, TypeError, AttributeError):
        texts = json.loads(note.read_text(encoding="utf-8"))
        return {name: datetime.fromisoformat(text) for name, text in texts.items()}
    return {}


def _bare(path: Path) -> str:
    """The name of a rescued file, finished or not."""
    return path.name.removesuffix(DONE)


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
            name = _bare(path)
            match = _NAME.fullmatch(name.removesuffix(store.SUFFIX))
            if match is not None and name.endswith(store.SUFFIX):
                with suppress(ValueError):
                    yield Rescued(path, match[1], datetime.strptime(match[2], _TIME))


def _done(path: Path) -> Path:
    return path.with_name(path.name + DONE)
