"""Files are read in a child process, one at a time: whatever a file does to it, the program goes on."""

import logging
import multiprocessing
import pickle
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

from intake import refusals
from intake.child import MOST_ANSWERED, READY, ReadingFailed, answer, question, serve
from intake.fence import MOST_SECONDS, fence
from intake.files import bytes_of
from intake.reading import sort
from model.basics.errors import UserError
from model.recognition.incoming import Incoming

WORKERS = 2  # children that read a folder
_LOOK = 0.05  # seconds between two looks whether to stop
_FILES_A_CHILD = 200  # then a fresh one, so that no leak adds up

Stop = Callable[[], bool]
Answer = TypeVar("Answer")
_log = logging.getLogger(__name__)


def never() -> bool:
    """Never stop."""
    return False


class Task(NamedTuple):
    """What a child does: `serve(pipe, *arguments)`; after so many files there is a fresh one."""

    serve: Callable[..., None]
    arguments: tuple[Any, ...] = ()
    files_a_child: int = _FILES_A_CHILD


class _Child:
    """A process that reads files, and the pipe to it."""

    def __init__(self, task: Task) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=task.serve, args=(theirs, *task.arguments), daemon=True)
        self._process.start()
        theirs.close()
        self._fence = fence(self._process.sentinel)
        self._ready = False
        self.files = 0

    def ask(self, content: bytes, stop: Stop) -> bytes | None:
        """Return the answer of the child, or None if it was stopped.

        Raises TimeoutError if it takes too long, EOFError or OSError if it dies or says too much.
        """
        end = time.monotonic() + MOST_SECONDS
        if not self._ready:
            if not self._wait(end, stop):
                return None
            self._ready = self._pipe.recv_bytes(len(READY)) == READY
            end = time.monotonic() + MOST_SECONDS
        self._pipe.send_bytes(content)
        self.files += 1
        return self._pipe.recv_bytes(MOST_ANSWERED) if self._wait(end, stop) else None

    def _wait(self, end: float, stop: Stop) -> bool:
        """Wait for the child to say something; False if it is to stop."""
        while not self._pipe.poll(_LOOK):
            if stop():
                return False
            if time.monotonic() > end:
                raise TimeoutError
        return True

    def end(self) -> None:
        """End the child at once."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()


class _NotStarted(Exception):
    """The system starts no child."""


def _started(task: Task) -> _Child:
    try:
        return _Child(task)
    except OSError as error:
        _log.warning("no child has started: %s", error)
        raise _NotStarted from error


class Keeper:
    """Keeps a child for one task, started with the first question and anew after each that harmed it."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._child: _Child | None = None
        self._one_at_a_time = threading.Lock()

    def ask(self, content: bytes, stop: Stop, understand: Callable[[bytes], Answer]) -> Answer | None:
        """Return the answer of the child as it is understood, or None if `stop` told to.

        If a child that has answered before dies, a fresh one is asked again. Raises UserError where there is
        no answer, ReadingFailed for a mistake of ours.
        """
        with self._one_at_a_time:
            for fresh in (self._child is None, True):
                try:
                    return self._ask(content, stop, understand)
                except _NotStarted:
                    raise refusals.NOT_STARTED() from None
                except TimeoutError:
                    raise refusals.TOO_SLOW() from None
                except (EOFError, OSError, pickle.UnpicklingError):
                    _log.warning("a child has died")
                    if fresh:
                        break
            raise refusals.UNREADABLE()

    def close(self) -> None:
        """End the child."""
        with self._one_at_a_time:
            self._end()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _ask(self, content: bytes, stop: Stop, understand: Callable[[bytes], Answer]) -> Answer | None:
        """Return what the child answers; whatever goes wrong is the end of it."""
        if self._child is None or self._child.files >= self._task.files_a_child:
            self._end()
            self._child = _started(self._task)
        said = None
        try:
            said = self._child.ask(content, stop)
            return None if said is None else understand(said)
        finally:
            if said is None:
                self._end()


class Reader:
    """Reads files in a child of its own."""

    def __init__(self) -> None:
        self._keeper = Keeper(Task(serve))

    def read(self, path: Path, stop: Stop = never) -> Incoming | None:
        """Return what stands in a file, or None if `stop` told to; raise ReadingFailed for a mistake of ours.

        A file that cannot be read comes back with the sentence that says why; its own kinds (.zpb, .json)
        without sheets. `stop` is asked twenty times a second, in the thread that reads.
        """
        try:
            data = bytes_of(path)
        except UserError as error:
            return Incoming(path.name, "unknown", refused=str(error))
        found = sort(path.name, data)
        if isinstance(found, Incoming):
            return found
        if found.reader == "none":
            return Incoming(path.name, found.kind, notes=found.notes)
        try:
            return self._keeper.ask(question(path.name, found, data), stop, answer)
        except UserError as error:
            return Incoming(path.name, found.kind, refused=str(error), notes=found.notes)

    def close(self) -> None:
        """End the child."""
        self._keeper.close()


def read_many(paths: Sequence[Path], stop: Stop = never) -> Iterator[tuple[Path, Incoming]]:
    """Yield what stands in many files, in their order, read by two children; ends early if `stop` tells to.

    A mistake of the program costs the line of its file, and is logged.
    """
    ended = threading.Event()
    free: SimpleQueue[Reader] = SimpleQueue()
    readers = [Reader() for _ in range(min(WORKERS, len(paths)))]
    for reader in readers:
        free.put(reader)

    def read(path: Path) -> Incoming | None:
        reader = free.get()
        try:
            return None if ended.is_set() or stop() else reader.read(path, lambda: ended.is_set() or stop())
        except ReadingFailed:
            _log.exception("%s was not read", path.suffix)
            return Incoming(path.name, "unknown", refused=str(refusals.UNREADABLE()))
        finally:
            free.put(reader)

    pool = ThreadPoolExecutor(max(1, len(readers)))
    try:
        for path, found in zip(paths, pool.map(read, paths), strict=True):
            if found is None:
                return
            yield path, found
    finally:
        ended.set()
        pool.shutdown(cancel_futures=True)
        for reader in readers:
            reader.close()
