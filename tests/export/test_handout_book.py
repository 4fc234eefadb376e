"""`handout --to xlsx`: our layout in Excel, open cells, and back again, whatever Excel and WPS do to it.

1. what is open and what is locked, lists, guidance, the mark in three ways
2. without a change nothing differs, with k changes those k (hypothesis)
3. rows inserted, copied, deleted, sorted; saved as .xls; the hidden sheet lost; the same file twice
"""

import shutil
import subprocess
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import MergedCell

from export.handout_book import write_handout
from export.opening import open_all
from intake.reading import read_bytes
from model.document import store
from model.forms.loader import metrics, shipped
from model.handout.form_sheet import GUIDANCE, form_sheet
from model.handout.merge import compare
from model.handout.parcel import Parcel
from model.handout.sheet_back import sheet_back
from model.handout.sheet_mark import SHEET
from tests.builders import WUHAN_PROJECT, filled, row
from tests.command import FAULTY, SOUND, SOUND_PROJECT, command

FORMS = [
    form
    for opened in open_all([FAULTY, SOUND, SOUND_PROJECT], shipped())
    if opened.reading
    for form in opened.reading.forms
]


def handed(form, path):
    """Hand a form out into a file; return the slots of its sheet."""
    sheet = form_sheet(form, shipped(), metrics())
    write_handout(Parcel("dokument", form.key, form.answers), sheet, path)
    return sheet.slots


def back(path):
    return sheet_back(read_bytes(path.name, path.read_bytes()).sheets)


def page(book):
    return next(sheet for sheet in book.worksheets if sheet.title != SHEET)


def places(sheet, text):
    return [cell for cells in sheet.iter_rows() for cell in cells if cell.value == text]


@pytest.fixture(scope="module")
def project():
    rows = [row(f"≥{n}次", f"{n}次", "10", name=name) for n, name in ((5, "培训"), (8, "教研"), (3, "巡检"))]
    return filled(WUHAN_PROJECT, *rows, project_name="运维")


# --- 1


def test_typed_cells_are_open_texts_and_computed_ones_locked(project, tmp_path):
    path = tmp_path / "发出.xlsx"
    handed(project, path)
    sheet = page(load_workbook(path))
    assert sheet.protection.sheet
    assert not sheet.protection.password
    (target,) = places(sheet, "≥5次")
    assert not target.protection.locked
    assert target.number_format == "@"  # 3-14 stays 3-14
    assert places(sheet, "三级指标")[0].protection.locked
    assert sheet["A1"].value == GUIDANCE
    figures = [cell for cells in sheet.iter_rows() for cell in cells if isinstance(cell.value, int | float)]
    assert figures
    assert all(cell.protection.locked for cell in figures)


def test_levels_and_boxes_are_chosen_from_lists(project, tmp_path):
    path = tmp_path / "发出.xlsx"
    handed(project, path)
    sheet = page(load_workbook(path))
    lists = sheet.data_validations.dataValidation
    assert {one.type for one in lists} == {"list"}
    (level,) = places(sheet, project.answers.text("i1.level1"))
    assert any(level.coordinate in one.cells for one in lists)


def test_directions_and_levels_that_paper_has_no_column_for_stand_beside_with_lists(tmp_path):
    rows = row("≥5次", "5次", "10", name="培训"), row("健全", "健全", "10", name="制度")
    form = filled(WUHAN_PROJECT, *rows, project_name="运维")
    path = tmp_path / "发出.xlsx"
    by_cell = {slot.cells[0]: slot for slot in handed(form, path)}
    assert [text for text, _ in by_cell["i1.direction"].choices] == ["≥", "≤", "="]
    assert by_cell["i2.level"].choices[0][0] == "达成"
    book = load_workbook(path)
    slot = by_cell["i2.level"]
    cell = page(book).cell(slot.row + 1, slot.col + 1)
    assert not cell.protection.locked
    cell.value = "部分达成"
    book.save(path)
    (one,) = compare(form.answers, form.answers, back(path).form).differences
    assert (one.cell, one.theirs) == ("i2.level", "部分达成")


def test_fields_that_stand_beside_each_other_in_one_cell_come_back_each(tmp_path):
    form = next(one for one in FORMS if "filled_by" in one.definition.fields and one.project)
    path = tmp_path / "发出.xlsx"
    slot = next(slot for slot in handed(form, path) if "filled_by" in slot.cells)
    assert len(slot.cells) > 1
    book = load_workbook(path)
    cell = page(book).cell(slot.row + 1, slot.col + 1)
    cell.value = slot.shown({**form.answers.texts, "filled_by": "经办人癸"})
    book.save(path)
    (one,) = compare(form.answers, form.answers, back(path).form).differences
    assert (one.cell, one.theirs) == ("filled_by", "经办人癸")


def test_the_mark_stands_on_a_very_hidden_sheet_in_a_hidden_column_and_as_a_property(project, tmp_path):
    path = tmp_path / "发出.xlsx"
    handed(project, path)
    book = load_workbook(path)
    assert book[SHEET].sheet_state == "veryHidden"
    sheet = page(book)
    assert sheet.column_dimensions[sheet.cell(1, sheet.max_column).column_letter].hidden
    assert "dokument" in sheet.cell(1, sheet.max_column).value
    assert "dokument" in ZipFile(path).read("docProps/custom.xml").decode()


# --- 2


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.definition.id)
def test_without_a_change_there_is_no_difference(form, tmp_path):
    path = tmp_path / "发出.xlsx"
    handed(form, path)
    found = back(path)
    assert found.form.texts == form.answers.texts
    assert found.form.rows == form.answers.rows
    assert found.unclear == ()
    assert not compare(form.answers, form.answers, found.form)


@pytest.mark.parametrize("name", shipped().forms)
def test_every_shipped_form_comes_back_as_it_went_out(name, tmp_path):
    form = filled(name, row("≥5次", "5次", "10", name="培训"), row("健全", "", "10", name="制度"))
    path = tmp_path / "发出.xlsx"
    assert {"i1.name", "i2.target"} <= {cell for slot in handed(form, path) for cell in slot.cells}
    assert back(path).form.texts == form.answers.texts


@settings(max_examples=12)
@given(data=st.data())
def test_with_k_changes_there_are_those_k(data, tmp_path_factory):
    form = data.draw(st.sampled_from(FORMS))
    path = tmp_path_factory.mktemp("k") / "发出.xlsx"
    free = [slot for slot in handed(form, path) if not slot.is_closed and not slot.also]
    chosen = data.draw(st.lists(st.sampled_from(free), unique=True, max_size=6))
    words = st.text("甲乙丙=+-@0123456789.%≥ ()（）", min_size=1).map(str.strip).filter(bool)
    new = {}
    book = load_workbook(path)
    for slot in chosen:
        for cell in slot.cells:
            new[cell] = data.draw(words)
        cell = page(book).cell(slot.row + 1, slot.col + 1)
        cell.value = slot.shown({**form.answers.texts, **new})
        cell.data_type = "s"
    book.save(path)
    found = back(path)
    wanted = {cell: text for cell, text in new.items() if text != form.answers.text(cell)}
    differences = compare(form.answers, form.answers, found.form).differences
    assert {one.cell: one.theirs for one in differences} == wanted


# --- 3


def insert_row(sheet, at):
    """Insert a row as Excel does: what lies below moves, what is merged across it grows."""
    merged = [(area, area.min_row, area.max_row) for area in sheet.merged_cells.ranges]
    sheet.insert_rows(at)
    for area, top, bottom in merged:
        if top >= at:
            area.shift(0, 1)
        elif bottom >= at:
            area.expand(down=1)


def below(sheet, text):
    """The row below a text."""
    (cell,) = places(sheet, text)
    return cell.row + 1


def write_row(sheet, at, like, **texts):
    """Write texts into the columns in which others stand."""
    for text, new in texts.items():
        (cell,) = places(sheet, like[text])
        sheet.cell(at, cell.column, new)


COLUMNS = {"name": "培训", "target": "≥5次", "actual": "5次"}


def test_an_inserted_row_is_new_and_belongs_to_the_levels_around_it(project, tmp_path):
    path = tmp_path / "发出.xlsx"
    handed(project, path)
    book = load_workbook(path)
    sheet = page(book)
    at = below(sheet, "培训")
    insert_row(sheet, at)
    write_row(sheet, at, COLUMNS, name="走访", target="≥2次", actual="2次")
    book.save(path)
    found = back(path)
    (added,) = compare(project.answers, project.answers, found.form).added
    assert found.form.indicators == ("i1", added.row, "i2", "i3")
    assert added.texts[f"{added.row}.name"] == "走访"
    assert added.texts[f"{added.row}.target"] == "≥2次"
    assert added.texts[f"{added.row}.level1"] == project.answers.text("i1.level1")
    assert not compare(project.answers, project.answers, found.form).differences


def test_a_copied_row_is_new_and_the_one_it_was_copied_from_stays(project, tmp_path):
    path = tmp_path / "发出.xlsx"
    handed(project, path)
    book = load_workbook(path)
    sheet = page(book)
    at = below(sheet, "教研")
    insert_row(sheet, at)
    for column in range(1, sheet.max_column + 1):
        if not any((at, column) in area.cells for area in sheet.merged_cells.ranges if area.min_row < at):
            sheet.cell(at, column).value = sheet.cell(at - 1, column).value
    write_row(sheet, at, {"name": "培训"}, name="教研（续）")
    book.save(path)
    found = compare(project.answers, project.answers, back(path).form)
    assert [one.texts[f"{one.row}.name"] for one in found.added] == ["教研（续）"]
    assert not found.differences
    assert not found.deleted


def test_a_deleted_row_is_deleted(project, tmp_path):
    path = tmp_path / "发出.xlsx"
    handed(project, path)
    book = load_workbook(path)
    sheet = page(book)
    at = below(sheet, "教研") - 1
    sheet.delete_rows(at)
    for area in tuple(sheet.merged_cells.ranges):
        if area.min_row == area.max_row == at:
            sheet.merged_cells.ranges.remove(area)
        elif area.min_row > at:
            area.shift(0, -1)
        elif area.max_row >= at:
            area.shrink(bottom=1)
    book.save(path)
    found = compare(project.answers, project.answers, back(path).form)
    assert [one.row for one in found.deleted] == ["i2"]
    assert not found.differences


@pytest.mark.parametrize("with_column", [True, False], ids=["with the hidden column", "without it"])
def test_sorted_rows_are_the_same_rows(project, tmp_path, with_column):
    path = tmp_path / "发出.xlsx"
    handed(project, path)
    book = load_workbook(path)
    sheet = page(book)
    one, other = below(sheet, "培训") - 1, below(sheet, "巡检") - 1
    for column in range(places(sheet, "培训")[0].column, sheet.max_column + with_column):
        cells = sheet.cell(one, column), sheet.cell(other, column)
        values = [cell.value for cell in cells]
        for cell, value in zip(cells, reversed(values), strict=True):
            if not isinstance(cell, MergedCell):
                cell.value = value
    book.save(path)
    assert not compare(project.answers, project.answers, back(path).form)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_saved_as_xls_it_comes_back(project, tmp_path):
    path = tmp_path / "发出.xlsx"
    handed(project, path)
    book = load_workbook(path)
    (cell,) = places(page(book), "5次")
    cell.value = "6次"
    book.save(path)
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"),
            *("--convert-to", "xls", "--outdir", str(tmp_path), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (one,) = compare(project.answers, project.answers, back(path.with_suffix(".xls")).form).differences
    assert (one.cell, one.theirs) == ("i1.actual", "6次")


@pytest.fixture
def document(tmp_path, project):
    from model.document.answers import Answers

    path = tmp_path / "我的.zpb"
    store.create(path, Answers({"p1": project.answers}, "示例单位", "2025"))
    return path


@pytest.fixture
def run(capsys):
    return lambda *arguments: command(capsys, *arguments)


def test_the_commands_hand_out_and_take_back_and_a_second_time_says_so(run, document, tmp_path):
    code, said, _ = run("handout", document, "--to", "xlsx", "--out", tmp_path / "发出")
    assert code == 0
    path = next((tmp_path / "发出").glob("*.xlsx"))
    book = load_workbook(path)
    (cell,) = places(page(book), "5次")
    cell.value = "6次"
    book.save(path)
    code, said, _ = run("takeback", document, path, "-o", tmp_path / "合并.zpb")
    assert code == 0
    assert "“5次” → “6次”" in said
    taken = store.open_document(tmp_path / "合并.zpb").answers.forms["p1"]
    assert taken.text("i1.actual") == "6次"
    copy = shutil.copy(path, tmp_path / "又一次.xlsx")
    again = tmp_path / "合并.zpb"
    assert "已经收回过" not in run("takeback", document, copy)[1]  # the document itself has not changed
    store_as(again, document)
    assert "已经收回过" in run("takeback", again, copy)[1]


def store_as(path, document):
    """Give a document the id of another, as a copy of it has."""
    answers = store.open_document(path).answers
    store.create(path, answers, replace=True, notes={"id": store.note(document, "id")})


def test_a_file_that_went_out_from_another_document_is_refused(run, document, tmp_path, project):
    path = tmp_path / "别的.xlsx"
    handed(project, path)
    code, _, said = run("takeback", document, path)
    assert code == 2
    assert "从另一个自评簿发出" in said
