"""Foreign files come in: bytes become sheets of texts with merges, places and marks; knows no form.

Importing this loads no file library and starts nothing; the child that reads starts with the first file.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake.reader import Reader
    from model.recognition.incoming import Incoming


@cache
def _reader() -> "Reader":
    from intake.reader import Reader

    return Reader()


def read_file(path: Path, stop: Callable[[], bool] = lambda: False) -> "Incoming | None":
    """Return what stands in a file, or the sentence that says why it was not read (`Incoming.refused`).

    Takes as long as it takes, at most 20 s, so call it in a thread. It is read by the one child of the
    program. `stop` is asked meanwhile, twenty times a second; None is returned when it says so. Raises what
    is a mistake of the program.
    """
    return _reader().read(path, stop)


def read_files(
    paths: Iterable[Path], stop: Callable[[], bool] = lambda: False
) -> "Iterator[tuple[Path, Incoming]]":
    """Yield what stands in many files, in their order, read by two children; ends early if `stop` says so."""
    from intake.reader import read_many

    return read_many(tuple(paths), stop)


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return files as named and, for each folder, the files in and below it that can be read."""
    from intake.files import files_in

    return files_in(paths)
