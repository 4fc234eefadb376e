"""A bureau's variant of a shipped form is filled by a document of that form, and by no form of another kind.

1. a field that the bureau calls otherwise is the same field; rows that wait in the blank are filled
2. a project's blank takes the projects of a document, not the department that has the same tables
"""

import io

import pytest
from openpyxl import load_workbook

from export.handin import jobs_of, pieces_of
from export.naming import Names
from intake.filling.commands import fitting
from intake.filling.empty import empty_blank
from intake.filling.fill import fill_file
from model.document.answers import Answers
from model.forms.loader import shipped
from model.reading.reading import read
from model.recognition.recognise import Recogniser
from tests.builders import HUNAN, HUNAN_PROJECT, filled, row

ROWS = [row("≥5次", "6次", "10", "10", name=f"第{n}次培训") for n in range(1, 5)]
RECOGNISER = Recogniser(shipped().forms)


@pytest.fixture(scope="module")
def reading():
    project = filled(HUNAN_PROJECT, *ROWS, budget="60", executed="60", project_name="运维")
    department = filled(HUNAN, *ROWS[:1], budget="90", executed="90")
    answers = Answers({"d": department.answers, "p1": project.answers}, "示例中心", "2025")
    return read(shipped(), answers)


@pytest.fixture(scope="module")
def blank(reading, tmp_path_factory):
    """The project's paper, emptied: as a bureau would send it out."""
    assert jobs_of(reading)
    piece = next(one for one in pieces_of(reading, Names(), ("forms",)) if one.key == "p1")
    path = tmp_path_factory.mktemp("blank") / "表.xlsx"
    piece.write["xlsx"](path)
    return empty_blank(path.name, path.read_bytes(), shipped().form(HUNAN_PROJECT))


def changed(data: bytes, was: str, now: str) -> bytes:
    book = load_workbook(io.BytesIO(data))
    cells = [cell for cells in book.worksheets[0].iter_rows() for cell in cells if cell.value == was]
    assert cells
    for cell in cells:
        cell.value = now
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_what_the_bureau_calls_otherwise_is_filled_too(blank, reading):
    variant = changed(blank, "项目支出名称", "项目名称")
    (form,) = fitting("表.xlsx", variant, reading.forms, RECOGNISER)
    assert form.key == "p1"
    found = fill_file("表.xlsx", variant, form, RECOGNISER)
    sheet = load_workbook(io.BytesIO(found.data)).worksheets[0]
    texts = {cell.value for cells in sheet.iter_rows() for cell in cells}
    assert {"运维", *(one.texts["name"] for one in ROWS)} <= texts


def test_a_blank_of_a_project_is_not_for_the_department(blank, reading):
    assert [form.key for form in fitting("表.xlsx", blank, reading.forms, RECOGNISER)] == ["p1"]
