"""What a trial of the stress run is: something tried again and again, each time with a known number."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple


class Fault(Exception):
    """Something was lost, hung, crashed or was said wrongly; its text says what."""


class Tried(NamedTuple):
    """How often one attempt tried, and the worst figure it met (seconds, unless the trial says otherwise)."""

    count: int = 1
    worst: float | None = None  # None: how long the attempt took


class Trial(NamedTuple):
    """`attempt(chance, folder)` tries once, in an empty folder, and raises Fault where something is wrong.

    Whatever else it raises is a fault too, and so is taking longer than `limit` seconds (0: as long as it
    wants). `wanted` is how often it is to be tried before a release; `unit` what its worst figure counts.
    """

    name: str
    attempt: Callable[[Random, Path], Tried]
    wanted: int
    limit: float = 2
    unit: str = "s"


def must(holds: object, otherwise: str) -> None:
    """Raise Fault with a sentence unless something holds."""
    if not holds:
        raise Fault(otherwise)


def must_be_a_sentence(text: str) -> None:
    """What a clerk is told ends as a sentence does and shows nothing of the program's inside."""
    must(text.strip().endswith(("。", "？", "）")), f"no sentence: {text!r}")
    must("Traceback" not in text and "Error" not in text, f"shows an exception: {text!r}")
