"""The file beside a document in which a database keeps what is half done."""

from pathlib import Path

from model.basics.files import is_too_long_on_windows


def journal(path: Path, ending: str = "-journal") -> Path:
    """Return where it lies; `ending` is that of another kind of journal."""
    return path.with_name(path.name + ending)


def has_no_room(path: Path) -> bool:
    """Whether Windows, as it is set here, refuses the journal of a document for the length of its path."""
    beside = journal(path)
    try:
        beside.lstat()
    except OSError as error:
        return is_too_long_on_windows(beside, error)
    return False
