"""A blank as it would be filled, for the window: nothing is written."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from intake.filling.commands import fitting
from intake.filling.fill import OLD, fill_file
from intake.kinds import Sort
from intake.reading import read_bytes, sort
from model.basics.errors import UserError
from model.reading.reading import Form, Reading
from model.recognition.fill_plan import FillPlan
from model.recognition.incoming import SeenSheet
from model.recognition.recognise import Recogniser


class Trial(NamedTuple):
    """The filled file, what was done, the sentence that says so, and the file as it is read again."""

    data: bytes
    plan: FillPlan
    said: str
    sheet: str
    sheets: Sequence[SeenSheet]


def forms_for(blank: Path, reading: Reading) -> list[Form]:
    """Return the forms of a document that belong into a blank; raises UserError where none does."""
    return list(fitting(blank.name, _bytes(blank), reading.forms, _recogniser(reading)))


def attempt(blank: Path, form: Form, reading: Reading, clears: bool, heightens: bool = True) -> Trial:
    """Return a blank with a form in it; raises UserError where that can't be written."""
    filled = fill_file(blank.name, _bytes(blank), form, _recogniser(reading), clears, heightens)
    sheets = read_bytes(blank.name, filled.data).sheets
    return Trial(filled.data, filled.plan, filled.said, filled.found.sheet, sheets)


def is_old(blank: Path) -> bool:
    """Whether a blank, by what it holds, is an old workbook, which is filled only after a question."""
    found = sort(blank.name, _bytes(blank))
    return isinstance(found, Sort) and found.kind in OLD


def _recogniser(reading: Reading) -> Recogniser:
    assert reading.library is not None  # it was read with one
    return Recogniser(reading.library.forms)


def _bytes(blank: Path) -> bytes:
    try:
        return blank.read_bytes()
    except OSError as error:
        raise UserError(f"“{blank.name}”读不出来（{error.strerror}）。", "请核对文件。") from None
