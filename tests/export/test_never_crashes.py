"""Whatever stands in a document and whatever fails, an export ends in a sentence, never in a traceback.

1. hostile names: every format is written, and read again by another reader
2. what office programs limit: headers, sheet names, texts that look like codes
3. a full or missing folder for temporary files
4. a writer's own exception: a sentence, the old file stays, the other files are written
"""

import errno
import tempfile
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document as read_docx
from openpyxl import load_workbook
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from export import PDF, batch, handin
from export.batch import export_files
from export.handin import ALL
from export.opening import Opened
from model.basics.errors import UNEXPECTED
from model.exchange.exchange import decode
from tests.builders import HUNAN_PROJECT, WUHAN, WUHAN_PROJECT, row
from tests.findings import document, filled

CONTROLS = "一\x0b二\x07三\x00四\uffff五"
HOSTILE = {
    "controls": CONTROLS,
    "lines": "第一行\n第二行\r\n第三行\t止",
    "History": "History",
    "long": "长" * 780,
    "ampersands": "&" * 300,
    "codes": "_x0041_ &[Tab] &P ]]> <a>",
    "formula": '=HYPERLINK("http://x.y")',
    "reserved": "CON",
    "slashes": "..\\../a:b*?",
    "wide": "𬭊𠮷" * 60,
}
FORMATS = ("xlsx", "pdf", "docx", "json")


def opened(name: str, unit: str = "示例单位") -> Opened:
    """A document of a department and a project that is called so."""
    department = filled(
        WUHAN, row("5次", "5次", "80", "80", name=name), unit=unit, unit_name=unit, goals=["80"]
    )
    project = filled(WUHAN_PROJECT, row("5次", "5次", "80", "80"), project_name=name, unit=unit)
    return Opened(Path("a.zpb"), document(department, project), unit=unit, year="2025")


def exported(found: Opened, folder: Path, formats=FORMATS, **more):
    return export_files([found], formats, folder, what=(ALL,), **more)


# --- 1


@pytest.mark.parametrize("name", HOSTILE)
def test_1_every_format_is_written_and_read_again(tmp_path, name):
    results = exported(opened(HOSTILE[name], unit=HOSTILE[name]), tmp_path)
    assert [result.problem for result in results if result.problem] == []
    suffixes = sorted(result.path.suffix for result in results)
    assert len(suffixes) == 17
    for result in results:
        if result.path.suffix == ".xlsx":
            assert load_workbook(result.path).sheetnames
            assert CalamineWorkbook.from_path(result.path).sheet_names
        elif result.path.suffix == ".pdf":
            assert len(PdfReader(result.path).pages) >= 1
        elif result.path.suffix == ".docx":
            assert read_docx(str(result.path)).paragraphs
        elif result.path.suffix == ".json":
            assert decode(result.path.read_bytes())


@pytest.mark.parametrize("name", HOSTILE)
def test_1_all_in_one_book(tmp_path, name):
    results = export_files([opened(HOSTILE[name])], ("xlsx", "pdf"), tmp_path, one_book=True)
    assert [result.problem for result in results] == ["", ""]


# --- 2


@pytest.mark.parametrize("name", ["长" * 300, "&" * 200, "𬭊" * 200, "短"])
@pytest.mark.parametrize("is_draft", [False, True])
def test_2_headers_and_footers_have_at_most_255_characters(tmp_path, name, is_draft):
    score = "99" if is_draft else "90"
    form = filled(HUNAN_PROJECT, row("5次", "5次", "90", score), project_name=name)
    [result] = export_files([Opened(tmp_path, document(form))], ("xlsx",), tmp_path)
    assert result.is_draft == is_draft
    sheet = load_workbook(result.path).worksheets[0]
    for part in (sheet.oddHeader, sheet.oddFooter, sheet.firstFooter):
        assert len(str(part).encode("utf-16-le")) // 2 <= 255
    assert name[:20].replace("&", "")[:5] in sheet.oddHeader.left.text
    assert ("草稿" in sheet.oddHeader.left.text) == is_draft


def test_2_a_text_that_looks_like_a_code_of_excel_is_that_text(tmp_path):
    form = filled(WUHAN_PROJECT, row("5次", "5次", name="_x0041_ 与 _X0042_、_x00"), goals=["80"])
    [result] = export_files([Opened(tmp_path, document(form))], ("xlsx",), tmp_path)
    with ZipFile(result.path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x0041_" in sheet
    assert "_x005F_X0042_" not in sheet
    lines = CalamineWorkbook.from_path(result.path).get_sheet_by_index(0).to_python()
    assert any("_x0041_ 与 _X0042_、_x00" in str(value) for line in lines for value in line)


def test_2_the_square_of_a_long_unit_is_still_one(tmp_path):
    [result] = export_files([Opened(tmp_path, document(filled(WUHAN, unit="长" * 780)))], ("pdf",), tmp_path)
    assert result.problem == ""


# --- 3


@pytest.fixture
def no_temporary_files(monkeypatch):
    """A folder for temporary files that is full: nothing can be made there."""

    def refuse(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp", "mkdtemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")


@pytest.mark.usefixtures("no_temporary_files")
def test_3_a_full_folder_for_temporary_files_keeps_nobody(tmp_path):
    results = exported(opened("培训"), tmp_path)
    assert [result.problem for result in results if result.problem] == []


# --- 4


def broken(*_, **__):
    raise ZeroDivisionError("a bug of the writer")


def test_4_a_bug_of_one_writer_is_a_sentence_and_the_other_files_are_written(tmp_path, monkeypatch, caplog):
    whole = exported(opened("培训"), tmp_path)
    kept = {result.path: result.path.read_bytes() for result in whole if result.path.suffix == ".pdf"}
    monkeypatch.setattr(PDF.write.__globals__["write_beside"].__globals__["os"], "fsync", lambda _: None)
    monkeypatch.setattr("export.pdf.to_bytes", broken)
    results = exported(opened("培训"), tmp_path)
    failed = [result for result in results if result.problem]
    assert {result.path.suffix for result in failed} == {".pdf"}
    assert all(result.problem == f"“{result.path.name}”没有写成：{UNEXPECTED}" for result in failed)
    assert all(result.path.read_bytes() == kept[result.path] for result in failed)
    assert any(record.exc_info and record.exc_info[0] is ZeroDivisionError for record in caplog.records)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []
    assert len(results) == len(whole)


@pytest.mark.parametrize("part", ["report_of", "statement_of"])
def test_4_what_can_not_be_composed_fails_alone(tmp_path, monkeypatch, part):
    whole = exported(opened("培训"), tmp_path / "whole")
    monkeypatch.setattr(handin, part, broken)
    results = exported(opened("培训"), tmp_path / "broken")
    assert any(result.problem.endswith(UNEXPECTED) for result in results)
    forms = {result.path.name for result in whole if result.path.suffix in (".xlsx", ".json")}
    assert forms <= {result.path.name for result in results if not result.problem}


def test_4_a_list_that_can_not_be_written_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "write_list", broken)
    results = exported(opened("培训"), tmp_path, formats=("json",))
    assert results[-1].path.name == "文件清单.txt"
    assert results[-1].problem == f"“文件清单.txt”没有写成：{UNEXPECTED}"
    assert all(not result.problem for result in results[:-1])
