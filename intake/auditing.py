"""A folder is audited by as many children as there are cores: each reads, checks and answers with JSON.

A file that harms its child costs its own line and nothing else; results come in the order of the files.
"""

import gc
import hashlib
import json
import logging
import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from intake import refusals
from intake.child import BUG, READY, RESULT, ReadingFailed
from intake.fence import confine, on_time
from intake.reader import Keeper, Stop, Task, never
from model.audit.audited import FileAudit, as_data, from_data
from model.basics.errors import UserError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from model.forms.loader import Library

_FILES_A_CHILD = 2000  # then a fresh one, so that no leak adds up
_AHEAD = 4  # questions a child that may wait for the one before them
_log = logging.getLogger(__name__)

Audit = Callable[[str, Path], FileAudit]


def serve_audits(pipe: "Connection", forms: str) -> None:
    """Audit files until the pipe closes; `forms` is another folder of forms, "" for none."""
    from model.forms.loader import shipped, with_folder

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us ends us
    confine()
    library = with_folder(Path(forms)) if forms else shipped()
    audit = auditor(library)
    gc.freeze()  # what is loaded stays
    gc.set_threshold(20_000, 20, 20)
    pipe.send_bytes(READY)
    while True:
        try:
            name, path = json.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        with on_time():
            said = _said(audit, name, Path(path))
        pipe.send_bytes(said)


def _said(audit: Audit, name: str, path: Path) -> bytes:
    try:
        return RESULT + json.dumps(as_data(audit(name, path)), ensure_ascii=False).encode()
    except Exception:
        return BUG + traceback.format_exc().encode("utf-8", "replace")


def auditor(library: "Library") -> Audit:
    """Return what audits a file here and now."""
    from intake.layouts import load, own_folder

    layouts = load(own_folder()).known

    def audit(name: str, path: Path) -> FileAudit:
        from intake.files import bytes_of
        from intake.reading import read_bytes
        from model.audit.judge import audit_file

        try:
            data = bytes_of(path)
        except UserError as error:
            return FileAudit(name, refused=(str(error),))
        digest = hashlib.sha256(data).hexdigest()[:32]
        return audit_file(name, path, read_bytes(path.name, data), library, layouts, digest)

    return audit


def _understood(said: bytes) -> FileAudit:
    if said.startswith(BUG):
        raise ReadingFailed(said.removeprefix(BUG).decode("utf-8", "replace"))
    return from_data(json.loads(said.removeprefix(RESULT)))


def cores() -> int:
    """How many children work at once."""
    return os.cpu_count() or 1


def audit_files(
    files: Sequence[tuple[str, str]], forms: Path | None = None, stop: Stop = never, workers: int = 0
) -> Iterator[FileAudit]:
    """Yield the audits of files, each with its name, in their order; ends early if `stop` tells to.

    `forms` is another folder of forms. Raises nothing that one file could cause.
    """
    workers = max(1, min(workers or cores(), len(files)))
    task = Task(serve_audits, (str(forms or ""),), _FILES_A_CHILD)
    keepers = [Keeper(task) for _ in range(workers)]
    free: SimpleQueue[Keeper] = SimpleQueue()
    for keeper in keepers:
        free.put(keeper)
    is_ended = False

    def is_over() -> bool:
        return is_ended or stop()

    def audit(name: str, path: str) -> FileAudit | None:
        keeper = free.get()
        try:
            return None if is_over() else _asked(keeper, name, path, is_over)
        finally:
            free.put(keeper)

    pool = ThreadPoolExecutor(workers)
    waiting: deque[Future[FileAudit | None]] = deque()
    rest = iter(files)
    try:
        for name, path in rest:
            waiting.append(pool.submit(audit, name, path))
            if len(waiting) < workers * _AHEAD:
                continue
            found = waiting.popleft().result()
            if found is None:
                return
            yield found
        while waiting and (found := waiting.popleft().result()) is not None:
            yield found
    finally:
        is_ended = True
        pool.shutdown(cancel_futures=True)
        for keeper in keepers:
            keeper.close()


def _asked(keeper: Keeper, name: str, path: str, stop: Stop) -> FileAudit | None:
    try:
        return keeper.ask(json.dumps([name, path]).encode(), stop, _understood)
    except UserError as error:
        return FileAudit(name, refused=(str(error),))
    except ReadingFailed:
        _log.exception("%s was not audited", Path(path).suffix)
        return FileAudit(name, refused=(str(refusals.UNREADABLE()),))
