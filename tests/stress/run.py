"""Runs the trials on all cores and prints one table: `python3 dev.py stress [--minutes N] [--only WORDS]`.

Every attempt has a number, by which `--only NAME --number N` repeats it. Ends with 1 where a fault was found.
With `--whole` each trial goes on until it was tried as often as before a release, however long that takes.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import mkdtemp
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.stress.trial import Fault, Trial  # noqa: E402

ROOMS = ("mutated", "hostile_texts", "killed", "failing", "shared_file", "clocks", "watched")
MINUTES = 3.0
MOST_FAULTS = 5  # that are told of one trial on one core; then it ends
HUNG_S = 300  # an attempt without an end is broken off, on a busy machine too


class Outcome(NamedTuple):
    """What came of a trial on one core."""

    count: int
    faults: tuple[str, ...]
    worst: float


def trials() -> tuple[Trial, ...]:
    """Return all trials, those that need most of the machine last."""
    return tuple(trial for room in ROOMS for trial in import_module(f"tests.stress.{room}").TRIALS)


@contextmanager
def _broken_off_after(seconds: float) -> Iterator[None]:
    """Raise Fault in what runs without an end."""

    def broken_off(*_: object) -> None:
        raise Fault(f"did not end within {seconds} s")

    signal.signal(signal.SIGALRM, broken_off)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def attempt(trial: Trial, number: int) -> tuple[int, float]:
    """Make one attempt in a folder of its own; return how often it tried, and the worst. Raises Fault."""
    folder = Path(mkdtemp(prefix="stress "))
    begun = time.process_time()
    try:
        with _broken_off_after(max(HUNG_S, trial.limit * 2)):
            count, worst = trial.attempt(Random(f"{trial.name} {number}"), folder)
        taken = time.process_time() - begun  # of the processor: other work on the machine does not count
        if trial.limit and taken > trial.limit:
            raise Fault(f"took {taken:.1f} s")
        return count, taken if worst is None else worst
    except Fault:
        raise
    except Exception as error:
        raise Fault(f"{type(error).__name__}: {error}") from error
    finally:
        rmtree(folder, ignore_errors=True)


def work(name: str, first: int, step: int, until: float, wanted: int) -> Outcome:
    """Try on one core until a time is over or it was tried often enough; numbers go on by `step`."""
    trial = next(trial for trial in trials() if trial.name == name)
    count, worst, faults = 0, 0.0, []
    number = first
    while count < wanted and (time.monotonic() < until or not count) and len(faults) < MOST_FAULTS:
        try:
            tried, figure = attempt(trial, number)
            count, worst = count + tried, max(worst, figure)
        except Fault as fault:
            count += 1
            faults.append(f"{name}, --number {number}: {fault}")
        number += step
    return Outcome(count, tuple(faults), worst)


def run(chosen: Sequence[Trial], seconds: float, seed: int) -> dict[Trial, Outcome]:
    """Share a time among trials, each on all cores; return what came of each."""
    outcomes: dict[Trial, Outcome] = {}
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        for left, trial in zip(range(len(chosen), 0, -1), chosen, strict=True):
            begun = time.monotonic()
            until, share = begun + seconds / left, -(-trial.wanted // cores)
            parts = [pool.submit(work, trial.name, seed + n, cores, until, share) for n in range(cores)]
            outcomes[trial] = _together([part.result() for part in parts])
            print(line(trial, outcomes[trial]), flush=True)
            seconds -= time.monotonic() - begun
    return outcomes


def _together(parts: Sequence[Outcome]) -> Outcome:
    faults = tuple(fault for part in parts for fault in part.faults)
    return Outcome(sum(part.count for part in parts), faults, max(part.worst for part in parts))


def line(trial: Trial, outcome: Outcome) -> str:
    """Return a trial's line of the table."""
    worst = f"{outcome.worst:.2f} {trial.unit}" if outcome.count else "not tried"
    return f"| {trial.name:<40} | {outcome.count:>9,} | {len(outcome.faults):>6} | {worst:>10} |"


def main(arguments: Sequence[str]) -> int:
    """Run what the command line asks for; 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="for all trials together")
    parser.add_argument("--whole", action="store_true", help="as often as before a release")
    parser.add_argument("--only", default="", help="trials whose name has these words")
    parser.add_argument("--number", type=int, help="repeat one attempt")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first attempt")
    given = parser.parse_args(arguments)
    chosen = [trial for trial in trials() if given.only in trial.name]
    if given.number is not None:
        print(attempt(chosen[0], given.number))
        return 0
    print(f"| {'test':<40} | {'count':>9} | {'faults':>6} | {'worst':>10} |")
    print(f"|{'-' * 42}|{'-' * 10}:|{'-' * 7}:|{'-' * 11}:|", flush=True)
    outcomes = run(chosen, 10**9 if given.whole else given.minutes * 60, given.seed)
    faults = [fault for outcome in outcomes.values() for fault in outcome.faults]
    print("\n".join(["", *faults] if faults else []), end="\n" if faults else "")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
