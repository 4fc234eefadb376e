"""The PDF: complete and searchable text, drawn tick boxes, the same bytes for the same printout."""

import hashlib
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from export import PDF, pdf_bytes
from model.paper.grid import Grid, Paper
from tests.grids import CENTRED, LABEL, LONG, TEXT, form, table
from tests.processes import printed_with_seeds

RARE = "硚〇䶮𬭊喆堃镕"
ROOT = Path(__file__).parents[2]
PRINT_HASH = """
from export import pdf_bytes
from tests.grids import form
from hashlib import sha256
print(sha256(pdf_bytes((form(), form(1, 3)))).hexdigest())
"""


def reader(*grids: Grid) -> PdfReader:
    return PdfReader(BytesIO(pdf_bytes(grids)))


def text_of(*grids: Grid) -> str:
    return "".join("".join(page.extract_text().split()) for page in reader(*grids).pages)


@pytest.mark.parametrize(
    "grid", [form(), form(3, 4), form(1, 2, LONG * 60)], ids=["short", "long", "long text"]
)
def test_the_text_is_complete(grid):
    text = text_of(grid)
    for cell in grid.cells:
        for line in cell.lines:
            assert "".join(line.split()) in text


def test_the_text_stands_in_reading_order():
    text = text_of(form(1))
    words = [
        "整体绩效自评表",
        "单位名称",
        "基本支出总额",
        "187.89",
        "年度目标1",
        "三级指标",
        "智慧教室",
        "教师培训",
        "总分",
    ]
    places = [text.index(word) for word in words]
    assert places == sorted(places)


@pytest.mark.parametrize("style", [TEXT, LABEL], ids=["regular", "bold"])
def test_rare_characters_are_searchable(style):
    assert RARE in text_of(table([f"名{RARE}字"], style=style))


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
@pytest.mark.parametrize("style", [TEXT, LABEL], ids=["regular", "bold"])
def test_rare_characters_and_boxes_are_searchable_in_poppler(style, tmp_path):
    PDF.write((table([RARE, "☑是□否"], style=style),), tmp_path / "a.pdf")
    found = subprocess.run(
        ["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    assert RARE in found
    assert "☑是□否" in found


def test_tick_boxes_are_drawn_and_remain_text():
    assert "☑是□否" in text_of(table(["☑是□否"]))
    empty, ticked = (reader(table([text])).pages[0].get_contents() for text in ("□是", "☑是"))
    assert empty is not None
    assert ticked is not None
    assert b" 3 Tr" in ticked.get_data()  # the character itself is invisible
    assert ticked.get_data().count(b" l S") > empty.get_data().count(b" l S")  # the tick


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="pdffonts is not installed")
def test_only_the_shipped_fonts_are_used_and_embedded(tmp_path):
    PDF.write((form(),), tmp_path / "a.pdf")
    run = subprocess.run(["pdffonts", tmp_path / "a.pdf"], capture_output=True, text=True, check=True)
    fonts = [line.split() for line in run.stdout.splitlines()[2:]]
    assert {font[0].partition("+")[2] for font in fonts} == {"NotoSerifSC-Regular", "NotoSerifSC-Bold"}
    assert {tuple(font[3:6]) for font in fonts} == {("yes", "yes", "yes")}  # embedded, subset, searchable


def test_pages_are_numbered_within_each_form():
    text = text_of(form(), table(["一"]))
    assert [text.count(f"第{page}页共{count}页") for page, count in ((1, 2), (2, 2), (1, 1))] == [1, 1, 1]


def test_later_pages_have_the_running_title_and_all_pages_the_check_code():
    pages = [page.extract_text().replace(" ", "") for page in reader(form()).pages]
    assert ["整体绩效自评表（续）" in page for page in pages] == [False, True]
    assert all("校验码7F3K-92QD" in page and "整体绩效自评表·2022年度" in page for page in pages)


def test_the_properties_name_the_form_and_no_person():
    properties = reader(form()).metadata
    assert properties is not None
    assert properties.title == "2022 年度硚口区教育局信息技术中心整体绩效自评表"
    assert not properties.author
    assert properties.creator == properties.producer == "ziping"


def test_several_forms_have_bookmarks():
    outline = reader(form(), replace(form(1), name="项目自评表")).outline
    assert [entry.title for entry in outline if isinstance(entry, Destination)] == [
        "整体自评表",
        "项目自评表",
    ]
    assert reader(form()).outline == []


def test_the_paper_may_lie_on_its_side():
    lying = replace(table(["一"], style=CENTRED), paper=Paper(width=297.0, height=210.0))
    page = reader(table(["一"]), lying).pages[1]
    assert page.mediabox.width > page.mediabox.height


def test_the_same_printout_gives_the_same_bytes_in_every_process():
    assert printed_with_seeds(PRINT_HASH) == {hashlib.sha256(pdf_bytes((form(), form(1, 3)))).hexdigest()}


def test_importing_export_loads_no_library():
    libraries = "{'reportlab', 'openpyxl', 'docx', 'lxml', 'segno', 'PIL'}"
    program = f"import sys, export; print({libraries} & sys.modules.keys())"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "set()"


def test_a_form_is_written_in_a_moment():
    printout = (form(),)
    pdf_bytes(printout)
    start = time.perf_counter()
    pdf_bytes(printout)
    assert time.perf_counter() - start < 5
