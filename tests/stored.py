"""Document files for tests: what is in them, and how to look at them behind the program's back."""

import sqlite3
from contextlib import closing

from export.opening import open_all
from model.document import store
from model.document.answers import GOALS, INDICATORS, Answers, FormAnswers


def form(**texts):
    rows = {INDICATORS: ("i1", "i2"), GOALS: ("g1",)}
    texts = {cell.replace("__", "."): text for cell, text in texts.items()}
    return FormAnswers("wuhan-project-2022", texts, rows, {"total": "98"}, {'["form", "x"]': '"y"'})


FIRST = Answers({"d": form(unit="某中心", i1__actual="5"), "p1": form(i2__actual="7")}, "某中心", "2022")
SECOND = FIRST.with_form("p1", FIRST.forms["p1"].with_text("i2.actual", "70"))


def opened(path):
    return store.open_document(path).answers


def read_file(path, library):
    """The reading of a file as the command line opens it."""
    [found] = open_all([path], library)
    assert found.reading is not None, found.error
    return found.reading


def state(path):
    """What must not change where nothing may be touched."""
    return path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir())


def sql(path, *statements):
    """Run statements on a file behind the program's back; return the rows of the last one."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            found = connection.execute(statement).fetchall()
        return found
