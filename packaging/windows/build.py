"""Builds the Windows program on Debian, or tries it under wine; called by `python3 dev.py windows`.

Everything is made below build/windows: the Windows Python and the prefix of wine once, until what they are
made of changes; the program, its installer and its portable zip by every build; pictures by every trial.
Prints a line a step.
"""

import sys
import time
from collections.abc import Callable
from subprocess import TimeoutExpired

import bundle
import cpython
import installer
import suite
import trial
from wine import Failed, Wine, say


def build(wine: Wine) -> None:
    """Make the program, its installer and its portable zip."""
    bundle.build(wine)
    bundle.check()
    installer.pack()


STEPS: dict[str, Callable[..., None]] = {"": build, "--test": trial.run, "--suite": suite.run}


def main(wanted: str = "", *arguments: str) -> int:
    """Do what is wanted; zero if all went well."""
    began = time.monotonic()
    try:
        made = cpython.make()
        say(f"Windows Python {cpython.RELEASE} with the locked packages: {'made' if made else 'is there'}")
        with Wine() as wine:
            STEPS[wanted](wine, *arguments)
    except (Failed, TimeoutExpired) as failure:
        say(f"FAILED: {failure}")
        return 1
    say(f"all passed in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
