"""Builds the Windows program on Debian and tries it under wine; called by `python3 dev.py windows`.

Everything is made below build/windows: the Windows Python and the prefix of wine once, until what they are
made of changes; dist/ziping, the program, and the pictures of its trial every time. Prints a line a step.
"""

import sys
import time
from subprocess import TimeoutExpired

import bundle
import cpython
import trial
from wine import Failed, Wine, say


def main() -> int:
    """Do all steps; zero if all went well."""
    began = time.monotonic()
    try:
        made = cpython.make()
        say(f"Windows Python {cpython.RELEASE} with the locked packages: {'made' if made else 'is there'}")
        with Wine() as wine:
            bundle.build(wine)
            bundle.check()
            trial.run(wine)
    except (Failed, TimeoutExpired) as failure:
        say(f"FAILED: {failure}")
        return 1
    say(f"all passed in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
