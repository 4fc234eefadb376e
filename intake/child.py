"""The child that reads foreign files: it gets bytes, gives back what stands in them, and may die at any time.

The parent takes nothing from it but records of five known types, so that a file that takes the child over
gets no further.
"""

import io
import pickle
import traceback
from typing import TYPE_CHECKING, Any

from intake.fence import confine, on_time
from intake.kinds import Sort
from model.recognition.incoming import Incoming

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

READY, RESULT, BUG = b"ready", b"result", b"bug"
MOST_ANSWERED = 100_000_000  # bytes

_KNOWN = {
    ("model.recognition.incoming", name) for name in ("Incoming", "SeenSheet", "SeenCell", "Place", "Mark")
}
_KNOWN |= {("builtins", "frozenset")}


class ReadingFailed(Exception):
    """A reader met what nobody had thought of: a mistake of the program, not of the file."""


def serve(pipe: "Connection") -> None:
    """Read files until the pipe closes."""
    confine()
    pipe.send_bytes(READY)
    while True:
        try:
            name, sort, data = pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        with on_time():
            answer = _answer(name, sort, data)
        pipe.send_bytes(answer)


def _answer(name: str, sort: Sort, data: bytes) -> bytes:
    from intake.reading import parse

    try:
        return RESULT + pickle.dumps(parse(name, sort, data), pickle.HIGHEST_PROTOCOL)
    except Exception:
        return BUG + traceback.format_exc().encode("utf-8", "replace")


def question(name: str, sort: Sort, data: bytes) -> bytes:
    """Return what is sent to the child."""
    return pickle.dumps((name, sort, data), pickle.HIGHEST_PROTOCOL)


def answer(content: bytes) -> Incoming:
    """Return what the child has read; raise ReadingFailed if it met a mistake of the program."""
    if content.startswith(BUG):
        raise ReadingFailed(content.removeprefix(BUG).decode("utf-8", "replace"))
    found = _Records(io.BytesIO(content.removeprefix(RESULT))).load()
    if not isinstance(found, Incoming):
        raise pickle.UnpicklingError("no reading")
    return found


class _Records(pickle.Unpickler):
    """Makes records of the known types and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} is no reading")
        return super().find_class(module, name)
