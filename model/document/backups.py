"""Dated copies of a document, made by the program: which there are, and which of them are kept."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from time import time
from typing import NamedTuple
from zlib import crc32

from model.basics.errors import UserError
from model.basics.files import short_stem, sweep
from model.document import store

FOLDER = "backups"  # in the local folder
LIMIT = 30  # backups of one document
A_WHILE = timedelta(minutes=20)  # of work, after which another one is due
SOON = timedelta(minutes=1)  # until one that failed is tried again
DAYS = 7  # that keep one backup each; before that every week does

_ENDING = r" (\d{4}-\d\d-\d\d \d\d-\d\d-\d\d)(?: 【([^【】]+)】)?(?:（(\d{1,9})）)?"
_LOOK_ALIKES = str.maketrans('<>:"/\\|?*【】\n\t', "＜＞：＂／＼｜？＊〔〕  ")
_LONGEST_NAME = 90  # bytes; and of all of the name of a file:
_LONGEST = 215

_AN_HOUR = 3600  # in which another program may be writing it
_TIME = "%Y-%m-%d %H-%M-%S"


class Backup(NamedTuple):
    """A copy of the document as it was before `time`."""

    path: Path
    time: datetime
    number: int = 1  # the second of the same second is 2
    size: int = 0
    name: str = ""  # of a point that the clerk has given one: it is never thinned out
    title: str = ""  # how a locked version within the document is called

    @property
    def order(self) -> tuple[datetime, int]:
        """By this they are sorted."""
        return self.time, self.number


def make(path: Path, local_folder: Path | None = None, now: datetime | None = None, name: str = "") -> Path:
    """Leave a dated copy in 备份 beside the document, else in the local folder; then thin out the older ones.

    A name stands behind the date, shortened where a file can't be called so long.
    Raises UserError where neither can be written.
    """
    now = now or datetime.now()
    try:
        copy = store.backup(path, now=now, ending=_ending(path, name))
    except UserError:
        if local_folder is None:
            raise
        copy = store.backup(path, _within(local_folder, path), now, _ending(path, name))
    thin(path, copy.parent, now.date(), copy)
    sweep(path.parent)
    sweep(copy.parent)
    return copy


def is_due(last: datetime | None, now: datetime) -> bool:
    """Whether a backup is to be made before the file changes: on another day, or after a while of work."""
    return last is None or last.date() != now.date() or now - last >= A_WHILE


def may_try(last: datetime | None, now: datetime) -> bool:
    """Whether one that is due may be tried again: after a minute, as a full disk would refuse every time."""
    return last is None or abs(now - last) >= SOON


def found(path: Path, local_folder: Path | None = None) -> tuple[Backup, ...]:
    """Return the backups of this very document, the newest first; what can't be read is among them."""
    folders = [path.parent / store.BACKUPS, *([_within(local_folder, path)] if local_folder else [])]
    identity = _identity(path)
    named = [backup for folder in folders for backup in _named(path, folder)]
    if identity is not None:
        named = [backup for backup in named if _identity(backup.path) in (identity, None)]
    return tuple(sorted(named, key=lambda backup: backup.order, reverse=True))


def thin(path: Path, folder: Path, today: date, newest: Path | None = None) -> None:
    """Delete the backups of this very document that need not be kept; no other file is touched.

    A clock may be wrong, so the one that was just made stays whatever its date, and those of later dates are
    left alone: once the date has come they are thinned like the others.
    """
    named = [backup for backup in _without_empty(_named(path, folder)) if backup.time.date() <= today]
    superfluous = {backup for backup in set(named) - set(kept(named, today)) if backup.path != newest}
    identity = _identity(path) if superfluous else None
    for backup in superfluous:
        if identity is not None and _identity(backup.path) == identity:
            with suppress(OSError):
                backup.path.unlink()


def _without_empty(backups: Iterable[Backup]) -> list[Backup]:
    """Delete backups without a single byte, which an older program left when it was killed."""
    found = []
    for backup in backups:
        if backup.size:
            found.append(backup)
        else:
            with suppress(OSError):
                if abs(time() - backup.path.stat().st_mtime) > _AN_HOUR:
                    backup.path.unlink()
    return found


def kept(backups: Iterable[Backup], today: date) -> tuple[Backup, ...]:
    """Return what is kept: all that have a name, all of today, the last of each day for a week, the last of
    each week before.

    Of more than `LIMIT` those of today and the older ones have half of the room each, at least.
    """
    every = sorted(backups, key=lambda backup: backup.order, reverse=True)
    newest_first = [backup for backup in every if not backup.name]
    of_today = [backup for backup in newest_first if backup.time.date() >= today]
    older = _first_of_each(newest_first[len(of_today) :], today)[: max(LIMIT - len(of_today), LIMIT // 2)]
    return (*(backup for backup in every if backup.name), *of_today[: LIMIT - len(older)], *older)


def _first_of_each(backups: Sequence[Backup], today: date) -> list[Backup]:
    """Return the first of each day, or of each week where a week has passed."""
    found: dict[tuple[int, ...], Backup] = {}
    for backup in backups:
        day = backup.time.date()
        is_recent = today - day <= timedelta(days=DAYS)
        found.setdefault((day.toordinal(),) if is_recent else day.isocalendar()[:2], backup)
    return list(found.values())


def _named(path: Path, folder: Path) -> list[Backup]:
    """Return the files of a folder that are called as the backups of a document are."""
    pattern = re.compile(re.escape(short_stem(path)) + _ENDING)
    named: list[Backup] = []
    with suppress(OSError):
        for file in folder.iterdir():
            match = pattern.fullmatch(file.stem) if file.suffix == path.suffix else None
            with suppress(ValueError):  # 2026-02-30
                if match is not None and file.is_file():
                    time = datetime.strptime(match[1], _TIME)
                    number, name = int(match[3] or 1), match[2] or ""
                    named.append(Backup(file, time, number, file.stat().st_size, name))
    return named


def _within(local_folder: Path, path: Path) -> Path:
    """The folder of a document in the local folder: files of the same name come there from many folders."""
    place = str(path.absolute().parent)
    return local_folder / f"{short_stem(path)} {crc32(place.encode(errors='surrogatepass')):08x}"


def short_name(path: Path, name: str) -> str:
    """Return a name as a backup of a document bears it: no letter that files can't have, no more than there
    is room; "" where nothing of it is left."""
    room = min(_LONGEST_NAME, _LONGEST - len(short_stem(path).encode(errors="surrogateescape")))
    letters = "".join(c for c in name.translate(_LOOK_ALIKES) if c.isprintable()).strip(" .")
    return letters.encode()[: max(room, 0)].decode(errors="ignore").strip()


def _ending(path: Path, name: str) -> str:
    """What stands behind the date for a name."""
    short = short_name(path, name)
    return f" 【{short}】" if short else ""


def _identity(path: Path) -> str | None:
    """What all copies of a document share; None where the file can't be read."""
    try:
        return store.note(path, "id")
    except UserError:
        return None
