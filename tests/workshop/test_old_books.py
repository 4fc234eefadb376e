"""Blanks saved as .xls and .et go the whole way: blank → form → filled in place → read again = the document.

LibreOffice saves them here, as it saves any .xlsx; without it these tests are skipped.

1. strange blanks and made ones: the same form as of the .xlsx, no entry lost; what goes in comes back
2. a filled one gives the same form, its blank without what was filled in
3. our own forms as exported, of every shipped definition
4. what was filled in is shown by LibreOffice, and read alike by another reader
"""

import io
import shutil
import subprocess

import pytest
from python_calamine import CalamineWorkbook

from export.batch import export_files
from export.opening import open_all
from intake.reading import read_bytes
from model.exchange.exchange import encode, write_exchange
from model.filling.blank import blank_form
from model.forms.loader import shipped
from model.workshop.definition import definition_text
from tests.builders import DECLARATION, SHIPPED
from tests.bureaus import (
    D09,
    D14,
    FILES,
    bureau,
    differences,
    document_for,
    learnt,
    made_document,
    ours,
    round_trip,
)
from tests.intake.filling.test_fill_xls import records
from tests.workshop.made import MADE, blank_of
from tests.workshop.strange import STRANGE, made_file
from tests.workshop.test_bureaus_round_trip import LEFT_OUT, NOT_PRINTED
from tests.workshop.test_strange_blanks import HEADS_BY_SECTIONS, MONTH_IN, left_of

BOOKS = {name: made_file for name in STRANGE if name.endswith("xlsx")}
BOOKS |= {name: lambda name: blank_of(MADE[name]) for name in MADE}
OURS = [form for form in SHIPPED if form != DECLARATION]
NOT_ASKED = {"不计分": {"unit", "year"}, "丙": {"months"}, "午": {"year"}}  # by the blank
OF_2024 = ("三栏目标",)  # by its title


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Every blank as .xlsx and as LibreOffice saves it as .xls, by name without ending."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("old")
    for name, make in BOOKS.items():
        (folder / name).write_bytes(make(name))
    (folder / "D09.xlsx").write_bytes((FILES / D09).read_bytes())
    for form_id in OURS:
        definition = shipped().form(form_id)
        blank = folder / f"{form_id}.json"
        blank.write_bytes(encode(write_exchange(blank_form(definition, "", "2025"), definition)))
        export_files(open_all([blank], shipped()), ("xlsx",), folder / form_id, False, (), ("forms",))
        (path,) = (folder / form_id).iterdir()
        path.rename(folder / f"{form_id}.xlsx")
    saved_as(office, folder, "xls:MS Excel 97", *sorted(folder.glob("*.xlsx")))
    return folder


def saved_as(office, folder, kind, *paths):
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", folder, *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def old(saved, name, ending=".xls"):
    return learnt(f"{name}{ending}", (saved / f"{name}.xls").read_bytes())


def lines_of(found):
    """The form without the line that says of which file it is."""
    return [line for line in definition_text(found).splitlines() if not line.startswith("source")]


# ---- 1 -------------------------------------------------------------------------------------------

NAMES = [name.removesuffix(".xlsx") for name in BOOKS]


@pytest.mark.parametrize("name", NAMES)
def test_1_the_form_is_that_of_the_new_workbook_and_every_entry_has_a_home(saved, name):
    new = learnt(f"{name}.xlsx", (saved / f"{name}.xlsx").read_bytes())
    found = old(saved, name).found
    assert lines_of(found) == lines_of(new.found)
    assert left_of(found) == []


@pytest.mark.parametrize("ending", [".xls", ".et"])
@pytest.mark.parametrize("name", NAMES)
def test_1_what_was_filled_in_is_read_back(saved, name, ending):
    form = old(saved, name, ending)
    done = round_trip(form, document_for(form, "2024" if name in OF_2024 else "2025"))
    assert differences(done.answers, done.back).keys() == NOT_ASKED.get(name, set())
    assert (done.back.rows, done.left) == (done.answers.rows, [])
    assert done.filled.plan.locked == ()
    assert {one.reason[:3] for one in done.filled.plan.missing} <= {"已填，"}  # but not all of it is seen


def test_1_of_a_locked_sheet_with_formulas_the_same_is_filled_kept_and_named(saved):
    """Its formulas have values by then, 0.00 and an error, which nobody has filled in."""
    plans = []
    for made in (bureau(D09), old(saved, "D09")):
        done = round_trip(made, made_document(made.form))
        assert (differences(done.answers, done.back), done.left) == ({}, [])
        plans.append(done.filled.plan)
    new, of_old = plans
    assert len(of_old.edits) == len(new.edits)
    places = [[(place.row, place.column) for place in plan.kept] for plan in plans]
    assert places[0] == places[1]
    assert [one.reason for one in of_old.missing] == [one.reason for one in new.missing]
    assert (of_old.locked, new.locked) == ((), ())


# ---- 2 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in NAMES if f"{name}.xlsx" not in HEADS_BY_SECTIONS])
def test_2_what_was_filled_in_is_not_in_the_blank_that_is_kept(saved, name):
    form = old(saved, name)
    answers = document_for(form, "2024" if name in OF_2024 else "2025")
    again = learnt(form.name, round_trip(form, answers).filled.data)
    assert again.file.blank == b"" or again.form.id == form.form.id or f"{name}.xlsx" == MONTH_IN
    long = {text for text in answers.texts.values() if len(text) > 4 and text.endswith("的文字")}
    said = [again.file.blank[n:].decode("utf-16-le", "replace") for n in (0, 1)]
    assert not [text for text in long if any(text in one for one in said)]


# ---- 3 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form_id", OURS)
def test_3_our_own_paper_saved_as_xls_is_filled_and_read_back(saved, form_id):
    definition = shipped().form(form_id)
    answers = made_document(definition)
    done = round_trip(ours(f"{form_id}.xls", (saved / f"{form_id}.xls").read_bytes(), definition), answers)
    allowed = NOT_PRINTED.get(form_id, "") or LEFT_OUT.get(form_id, "nothing")
    assert [cell for cell in differences(answers, done.back) if allowed not in cell] == []
    assert done.back.rows == answers.rows


# ---- 4 -------------------------------------------------------------------------------------------


def test_4_libreoffice_and_calamine_see_what_was_filled_in(saved):
    filled = {}
    for name, made in (("a", bureau(D14)), ("b", old(saved, "甲")), ("c", old(saved, "巳"))):
        answers = document_for(made).with_text("i1.name", f"硚口〇䶮𠮷{name}")
        filled[name] = round_trip(made, answers).filled.data
        (saved / f"{name}.xls").write_bytes(filled[name])
        assert max(len(body) for _, body in records(filled[name])) <= 8224
    office = shutil.which("soffice")
    kind = "csv:Text - txt - csv (StarCalc):44,34,76"
    saved_as(office, saved, kind, *(saved / f"{name}.xls" for name in filled))
    for name, data in filled.items():
        assert f"硚口〇䶮𠮷{name}" in (saved / f"{name}.csv").read_text("utf-8")
        texts = {cell.text for sheet in read_bytes("a.xls", data).sheets for cell in sheet.cells}
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = [row for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python()]
        others = {cell.strip() for row in rows for cell in row if isinstance(cell, str) and cell.strip()}
        assert others <= {text.strip() for text in texts}
        assert f"硚口〇䶮𠮷{name}" in others
