"""Two programs on one file: each save is either there afterwards or was refused; none is overwritten unseen.

This file is also the program of which two run: `python -m tests.stress.shared_file FILE SEED` counts one up
in the document again and again, from what it read, and prints how often that was saved.
"""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

from model.basics.errors import UserError
from model.document import store
from tests.stored import FIRST
from tests.stress.trial import Trial, Tried, must

ROOT = Path(__file__).parents[2]
NAME, CELL = "某中心.zpb", "i2.actual"
SAVES = 40  # that each program tries


def count_up(path: Path, chance: Random) -> int:
    """Return how often this program could save one more than was there."""
    saved = 0
    for _ in range(SAVES):
        try:
            stored = store.open_document(path)
            form = stored.answers.forms["p1"]
            following = form.with_text(CELL, str(int(form.text(CELL)) + 1))
            time.sleep(chance.uniform(0, 0.01))
            store.save(path, stored.revision, stored.answers, stored.answers.with_form("p1", following))
            saved += 1
        except UserError:  # the other one was quicker, or is just writing
            time.sleep(chance.uniform(0, 0.01))
    return saved


def two_programs(chance: Random, folder: Path) -> Tried:
    """The document has counted every save of both, and no other."""
    path = folder / NAME
    store.create(path, FIRST)
    begun = int(FIRST.forms["p1"].text(CELL))
    command = [sys.executable, "-m", "tests.stress.shared_file", str(path)]
    running = [
        subprocess.Popen(
            [*command, str(chance.randrange(10**9))], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [one.communicate()[0].strip() for one in running]
    must(all(one.returncode == 0 for one in running), "a program ended with an error")
    counted = int(store.open_document(path).answers.forms["p1"].text(CELL)) - begun
    must(counted == sum(map(int, said)), f"{said} saves were said to be done, {counted} are there")
    return Tried(2 * SAVES)


TRIALS = (Trial("two programs on one file", two_programs, 4000, 0),)

if __name__ == "__main__":
    print(count_up(Path(sys.argv[1]), Random(sys.argv[2])))
