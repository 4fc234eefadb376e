"""A program that is killed while it saves, again and again: nothing that it had saved is lost.

This file is also the program: `python tests/test_kill.py FILE` edits and saves as fast as it can, and prints
the number of each state after it has been saved.
"""

import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from model.document import store  # noqa: E402
from model.document.answers import INDICATORS, Answers, FormAnswers  # noqa: E402
from tests.processes import killed_after  # noqa: E402

KILLS = 50


def state(n: int) -> Answers:
    """The document after its nth edit: its year is n, and n decides everything in it."""
    forms = {f"p{form}": _form(n, form) for form in range(4) if (n + form) % 5}
    return Answers(forms, "某中心", str(n))


def _form(n: int, form: int) -> FormAnswers:
    rows = tuple(f"i{row}" for row in range(15) if (n + row) % 7)
    texts = {
        f"{row}.{cell}": f"{n // 3}、教师培训" * 20 for row in rows for cell in ("name", "actual", "reason")
    }
    return FormAnswers(f"form-{form}", texts, {INDICATORS: rows})


def edit_and_save(path: Path) -> None:
    """Go on from what is in the file until the end, which comes from outside."""
    stored = store.open_document(path)
    answers, revision = stored.answers, stored.revision
    while True:
        following = state(int(answers.year) + 1)
        revision = store.save(path, revision, answers, following)
        answers = following
        print(answers.year, flush=True)


def test_a_killed_program_loses_nothing_that_it_had_saved(tmp_path):
    path = tmp_path / "某中心.zpb"
    store.create(path, state(0))
    chance, left_behind = random.Random(50), 0
    for _ in range(KILLS):
        saved = killed_after(__file__, path, chance.uniform(0, 0.02))
        left_behind += path.with_name(path.name + "-journal").exists()
        answers = store.open_document(path).answers
        assert int(answers.year) >= saved
        assert answers == state(int(answers.year))
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    print(f"{KILLS} kills, {left_behind} in the midst of a save, {answers.year} states saved")


if __name__ == "__main__":
    edit_and_save(Path(sys.argv[1]))
