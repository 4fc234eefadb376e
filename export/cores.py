"""Files of many forms are written by as many processes as there are cores: each gets texts, and writes them.

Few files are written here: a process takes half a second until it can write (decision 91).
"""

import logging
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from export.handin import FormJob, Piece, form_piece
from export.writing import Result, write_piece
from model.checks.finding import Finding
from model.document.answers import FormAnswers, FormKey
from model.forms.definition import FormDefinition, Regulation
from model.reading.reading import form_of

FEW = 60  # files that are written here
_MOST_CORES = 6  # each process takes some 100 MB
_AHEAD = 4  # forms for each process that wait for the one before them
_log = logging.getLogger("ziping")

Cancelled = Callable[[], bool]
File = tuple[Piece, str]  # with the suffix of the format


class _Far(NamedTuple):
    """A form as another process gets it: what is typed, and the rules that it is read by."""

    key: FormKey
    answers: FormAnswers
    rules: bytes  # definition and regulation
    findings: tuple[Finding, ...]
    seed: str
    name: str
    annexes: tuple[str, ...]
    folder: Path
    suffixes: tuple[str, ...]


def write_files(files: Sequence[File], folder: Path, cancelled: Cancelled) -> Iterator[Result]:
    """Write files and yield what became of each, in their order; ends early when `cancelled()` says so."""
    groups = [
        (piece, tuple(suffix for _, suffix in mine)) for piece, mine in groupby(files, key=itemgetter(0))
    ]
    of_forms = sum(len(suffixes) for piece, suffixes in groups if piece.job is not None)
    workers = min(os.cpu_count() or 1, _MOST_CORES)
    if of_forms < FEW or workers < 2:
        yield from _here(groups, folder, cancelled)
    else:
        yield from _far(groups, folder, cancelled, workers)


_Groups = Sequence[tuple[Piece, tuple[str, ...]]]


def _here(groups: _Groups, folder: Path, cancelled: Cancelled) -> Iterator[Result]:
    for piece, suffixes in groups:
        for suffix in suffixes:
            if cancelled():
                return
            yield write_piece(piece, folder, suffix)


def _far(groups: _Groups, folder: Path, cancelled: Cancelled, workers: int) -> Iterator[Result]:
    """Forms by the processes, everything else here meanwhile; what a process that died owes, here too."""
    ahead: list[Future[list[Result]] | None] = []
    with _pool(workers) as pool:
        for n, (piece, suffixes) in enumerate(groups):
            while len(ahead) < min(len(groups), n + workers * _AHEAD):
                ahead.append(_sent(pool, *groups[len(ahead)], folder))
            if cancelled():
                return
            made = _answer(ahead[n])
            ahead[n] = None
            yield from made if made is not None else _here([(piece, suffixes)], folder, cancelled)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _sent(
    pool: ProcessPoolExecutor, piece: Piece, suffixes: tuple[str, ...], folder: Path
) -> Future[list[Result]] | None:
    """Give a form to the next process that is free; None for what is written here."""
    if piece.job is None:
        return None
    form = piece.job.form
    rules = _packed(form.definition, form.regulation)
    far = _Far(
        form.key,
        form.answers,
        rules,
        tuple(piece.job.findings),
        piece.job.seed,
        piece.name,
        piece.annexes,
        folder,
        suffixes,
    )
    try:
        return pool.submit(_write, far)
    except (BrokenProcessPool, OSError, RuntimeError):
        return None


def _answer(future: Future[list[Result]] | None) -> list[Result] | None:
    try:
        return future.result() if future is not None else None
    except (BrokenProcessPool, OSError):
        _log.warning("a process that writes files has died")
        return None


@lru_cache(maxsize=64)
def _packed(definition: FormDefinition, regulation: Regulation) -> bytes:
    return pickle.dumps((definition, regulation))


# --- in the other process


@lru_cache(maxsize=64)  # rules are told apart as themselves: one of each
def _unpacked(rules: bytes) -> tuple[FormDefinition, Regulation]:
    definition, regulation = pickle.loads(rules)
    return definition, regulation


def _write(far: _Far) -> list[Result]:
    form = form_of(far.key, *_unpacked(far.rules), far.answers)
    piece = form_piece(FormJob(form, far.findings, far.seed), far.name, far.annexes)
    return [write_piece(piece, far.folder, suffix) for suffix in far.suffixes]
