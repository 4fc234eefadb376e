"""A bureau's workbook is filled in place.

1. only the cells of the plan change: other parts keep their compressed bytes, the sheet its other bytes
2. formulas stay, their values are renewed, and the workbook asks to be computed when it is opened
3. protection, lists and number formats are respected; texts are strings whatever they begin with
4. cells and rows that are not there are added in order, with the look of their column
5. what cannot be filled is refused: signed, damaged, without the sheet
6. other programs read what was written
"""

import shutil
import subprocess
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Alignment, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from intake.filling.archive import replaced
from intake.filling.proof import deviations, untouched
from intake.filling.workbook import LOCKED, NOT_IN_LIST
from intake.filling.xlsx import fill_xlsx
from intake.guard import name_of, open_zip
from model.basics.errors import UserError
from model.recognition.fill_plan import Edit
from model.recognition.incoming import Place

BLANK = Path(__file__).parents[2] / "data" / "intake" / "files" / "D09_财政局空白表.xlsx"


def edit(row, column, text="", number="", kind="write", part="表"):
    return Edit(Place(part, row, column, "sheet"), kind, text, number)


def book(make):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "表"
    make(sheet)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def cells(data, part="表"):
    return openpyxl.load_workbook(BytesIO(data))[part]


def three_rows(sheet):
    for row in range(1, 4):
        for column in range(1, 4):
            sheet.cell(row, column, f"{row}{column}")


def parts_of(data):
    return {name_of(part) for part in open_zip(data).infolist()}


# ---- 1 -------------------------------------------------------------------------------------------


def test_1_only_the_sheet_that_is_filled_changes():
    data = BLANK.read_bytes()
    sheet = openpyxl.load_workbook(BytesIO(data)).sheetnames[0]
    filled = fill_xlsx(data, [edit(4, 3, "示例学校运行维护", part=sheet)]).data
    changed = parts_of(data) - untouched(data, filled)
    assert {name for name in changed if "worksheets" not in name} <= {"xl/workbook.xml"}
    assert len([name for name in changed if "worksheets" in name]) == 1
    assert list(deviations("表.xlsx", data, filled, [edit(4, 3, "示例学校运行维护", part=sheet)])) == []


def test_1_the_bytes_before_and_behind_a_cell_are_the_same():
    data = book(three_rows)
    with ZipFile(BytesIO(data)) as zipped:
        old = zipped.read("xl/worksheets/sheet1.xml")
    with ZipFile(BytesIO(fill_xlsx(data, [edit(2, 2, "新")]).data)) as zipped:
        new = zipped.read("xl/worksheets/sheet1.xml")
    start = old.index(b'<c r="B2"')
    end = old.index(b'<c r="C2"')
    assert new.startswith(old[:start])
    assert new.endswith(old[end:])


def test_1_nothing_to_fill_gives_the_same_bytes():
    data = book(three_rows)
    assert fill_xlsx(data, []).data == data
    assert replaced(data, {}) == data


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    lambda text: "_x" not in text  # which openpyxl does not take back in a text that stands in the cell
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(st.dictionaries(st.tuples(st.integers(1, 12), st.integers(1, 30)), TEXTS, max_size=12))
def test_1_whatever_is_written_is_read_back_and_nothing_else_changes(texts):
    data = book(three_rows)
    edits = [edit(row, column, text) for (row, column), text in texts.items()]
    sheet = cells(fill_xlsx(data, edits).data)
    expected = {(r, c): f"{r}{c}" for r in range(1, 4) for c in range(1, 4)} | texts
    lines = (cell for line in sheet.iter_rows() for cell in line)
    assert {(cell.row, cell.column): cell.value for cell in lines if cell.value is not None} == expected


# ---- 2 -------------------------------------------------------------------------------------------


def with_formula(sheet):
    sheet["A1"], sheet["A2"] = 60, 14
    sheet["A3"] = "=A2/A1"


def test_2_a_formula_stays_and_its_value_is_renewed():
    data = book(with_formula)
    done = fill_xlsx(data, [edit(2, 1, "30", "30"), edit(3, 1, "50%", "0.5", "renew")])
    assert cells(done.data)["A3"].value == "=A2/A1"
    values = openpyxl.load_workbook(BytesIO(done.data), data_only=True)["表"]
    assert (values["A2"].value, values["A3"].value) == (30, 0.5)
    assert [place.row for place in done.plan.kept] == [3]
    with ZipFile(BytesIO(done.data)) as zipped:
        assert b'fullCalcOnLoad="1"' in zipped.read("xl/workbook.xml")


def test_2_a_formula_is_never_written_over():
    data = book(with_formula)
    done = fill_xlsx(data, [edit(3, 1, "有字"), edit(3, 1, "", kind="clear")])
    assert cells(done.data)["A3"].value == "=A2/A1"
    assert done.plan.edits == ()


def test_2_a_workbook_without_formulas_is_not_told_to_compute():
    done = fill_xlsx(book(three_rows), [edit(1, 1, "新")]).data
    with ZipFile(BytesIO(done)) as zipped:
        old = ZipFile(BytesIO(book(three_rows))).read("xl/workbook.xml")
        assert zipped.read("xl/workbook.xml") == old


# ---- 3 -------------------------------------------------------------------------------------------


def protected(sheet):
    three_rows(sheet)
    sheet.protection.sheet = True
    sheet["B2"].protection = Protection(locked=False)


def test_3_in_a_protected_sheet_only_open_cells_are_filled():
    done = fill_xlsx(book(protected), [edit(2, 2, "开"), edit(3, 3, "锁")])
    assert (cells(done.data)["B2"].value, cells(done.data)["C3"].value) == ("开", "33")
    assert [(one.text, one.reason) for one in done.plan.locked] == [("锁", LOCKED)]


def test_3_a_locked_hint_is_meant_to_be_replaced():
    hint = edit(3, 3, "指标")._replace(over_hint=True)
    done = fill_xlsx(book(protected), [hint])
    assert cells(done.data)["C3"].value == "指标"
    assert done.plan.locked == ()


@pytest.mark.parametrize("forces", [True, False])
@pytest.mark.parametrize("source", ['"达成,部分达成"', "$A$1:$A$3", "表!$A$1:$A$3"])
def test_3_a_list_that_refuses_other_texts_takes_only_what_it_offers(source, forces):
    def make(sheet):
        for row, text in enumerate(("达成", "部分达成", ""), start=1):
            sheet.cell(row, 1, text)
        validation = DataValidation(type="list", formula1=source, showErrorMessage=forces)
        validation.add("B1:B5")
        sheet.add_data_validation(validation)

    done = fill_xlsx(book(make), [edit(1, 2, "达成"), edit(2, 2, "差不多"), edit(9, 2, "差不多")])
    assert [edit.text for edit in done.plan.edits] == ["达成", *["差不多"] * (1 if forces else 2)]
    assert [(one.text, one.reason) for one in done.plan.missing] == [("差不多", NOT_IN_LIST)] * forces


@pytest.mark.parametrize(
    ("code", "value"), [("General", 93), ("0.00", 93), ("@", "93.00"), ("yyyy-mm-dd", "93.00")]
)
def test_3_a_figure_is_a_number_where_the_format_is_one_for_numbers(code, value):
    def make(sheet):
        sheet["A1"] = ""
        sheet["A1"].number_format = code

    assert cells(fill_xlsx(book(make), [edit(1, 1, "93.00", "93.00")]).data)["A1"].value == value


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@x", "\t制表", "_x0041_", "<b>&amp;", "'", " 空 "])
def test_3_a_text_is_a_string_whatever_it_begins_with(text):
    cell = cells(fill_xlsx(book(three_rows), [edit(1, 1, text)]).data)["A1"]
    assert (cell.data_type, cell.value.replace("_x005F_", "_")) == ("s", text)


# ---- 4 -------------------------------------------------------------------------------------------


def test_4_new_cells_stand_in_order_and_look_like_their_column():
    def make(sheet):
        sheet["B1"] = "上"
        sheet["B1"].number_format = "0.00"
        sheet["D1"] = "右"
        sheet["A5"] = "下"

    done = fill_xlsx(
        book(make), [edit(1, 3, "中"), edit(3, 2, "1.50", "1.50"), edit(3, 1, "左"), edit(9, 9, "远")]
    )
    with ZipFile(BytesIO(done.data)) as zipped:
        content = zipped.read("xl/worksheets/sheet1.xml").decode()
    places = [part.split('"')[1] for part in content.split("<c ")[1:]]
    assert places == ["B1", "C1", "D1", "A3", "B3", "A5", "I9"]
    sheet = cells(done.data)
    assert (sheet["B3"].value, sheet["B3"].number_format) == (1.5, "0.00")


def test_4_an_empty_sheet_can_be_filled():
    done = fill_xlsx(book(lambda sheet: None), [edit(2, 2, "乙"), edit(1, 1, "甲"), edit(2, 1, "丙")])
    sheet = cells(done.data)
    assert [sheet[place].value for place in ("A1", "A2", "B2")] == ["甲", "丙", "乙"]


def test_4_a_row_gets_another_height_and_keeps_its_other_properties():
    def make(sheet):
        three_rows(sheet)
        sheet.row_dimensions[2].height = 20
        sheet.row_dimensions[2].outlineLevel = 1

        sheet["B2"].alignment = Alignment(wrap_text=True)

    done = fill_xlsx(book(make), [edit(2, 2, "长" * 200)])
    dimension = cells(done.data).row_dimensions[2]
    assert dimension.height > 100
    assert dimension.outlineLevel == 1


def test_4_a_hint_of_the_blank_is_taken_away_and_the_look_stays():
    def make(sheet):
        sheet["A1"] = "指标2：……"
        sheet["A1"].number_format = "0.00"

    cell = cells(fill_xlsx(book(make), [edit(1, 1, kind="clear")]).data)["A1"]
    assert (cell.value, cell.number_format) == (None, "0.00")


# ---- 5 -------------------------------------------------------------------------------------------


def test_5_a_sheet_that_is_not_there_is_refused():
    with pytest.raises(UserError, match="没有要填的工作表"):
        fill_xlsx(book(three_rows), [edit(1, 1, "新", part="别的表")])


def test_5_a_signed_workbook_is_refused():
    out = BytesIO(book(three_rows))
    with ZipFile(out, "a") as zipped:
        zipped.writestr("_xmlsignatures/sig1.xml", "<a/>")
    with pytest.raises(UserError, match="数字签名"):
        fill_xlsx(out.getvalue(), [edit(1, 1, "新")])


@pytest.mark.parametrize("length", [0, 100, 2000])
def test_5_a_damaged_file_is_refused(length):
    with pytest.raises(UserError):
        fill_xlsx(book(three_rows)[:length], [edit(1, 1, "新")])


# ---- 6 -------------------------------------------------------------------------------------------


def test_6_libreoffice_reads_the_filled_blank(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    data = BLANK.read_bytes()
    sheet = openpyxl.load_workbook(BytesIO(data)).sheetnames[0]
    path = tmp_path / "填.xlsx"
    path.write_bytes(fill_xlsx(data, [edit(4, 3, "硚口〇䶮项目", part=sheet)]).data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run([*command, "--outdir", tmp_path, path], check=True, capture_output=True, timeout=120)
    assert "硚口〇䶮项目" in (tmp_path / "填.csv").read_text("utf-8")


def test_6_the_archive_keeps_order_times_and_methods():
    data = BLANK.read_bytes()
    name = open_zip(data).namelist()[2]
    with ZipFile(BytesIO(data)) as old, ZipFile(BytesIO(replaced(data, {name.lower(): b"<a/>"}))) as new:
        assert new.namelist() == old.namelist()
        assert [i.date_time for i in new.infolist()] == [i.date_time for i in old.infolist()]
        assert new.read(name) == b"<a/>"
        assert new.testzip() is None
        assert Decimal(len(new.infolist())) == len(old.infolist())
