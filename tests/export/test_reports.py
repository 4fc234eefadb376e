"""Reports as PDF, and that Word and PDF say the same, read back with other people's readers."""

import hashlib
import shutil
import subprocess
import time
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from export import report_pdf_bytes
from model.forms.definition import bare
from model.report.prose import Annex, Paragraph, Report
from tests.grids import form
from tests.processes import printed_with_seeds
from tests.reports import RARE, UNIT, list_annex, long, report, texts, whole, write_report
from tests.words import part, text_of

PRINT_HASH = """
from export import report_pdf_bytes
from tests.reports import whole
from hashlib import sha256
print(sha256(report_pdf_bytes([whole("草稿"), whole()])).hexdigest())
"""
FOOTERS = 24.5 * 72 / 25.4 + 10  # points from the lower edge: nothing but page numbers stands below


def reader(*reports: Report) -> PdfReader:
    return PdfReader(BytesIO(report_pdf_bytes(reports)))


def paper_text(*reports: Report) -> str:
    """The text of the PDF without page numbers and blanks."""
    found: list[str] = []
    for number, page in enumerate(reader(*reports).pages, 1):
        found.append(bare(page.extract_text()).removesuffix(f"—{number}—"))
    return "".join(found)


def word_text(*reports: Report) -> str:
    return bare(text_of(part(list(reports), "document")))


# ---- Word and PDF


@pytest.mark.parametrize(
    "given",
    [report(), report(Annex(form())), report(Annex(list_annex(3))), long(3)],
    ids=["every part", "with a form", "with a list", "long"],
)
def test_word_and_paper_say_the_same(given):
    assert word_text(given) == paper_text(given)


def test_both_say_everything():
    for text in (word_text(whole()), paper_text(whole())):
        assert [missing for missing in texts(whole()) if bare(missing) not in text] == []


def office() -> str:
    """LibreOffice with its Writer; without it, the test is skipped."""
    found = shutil.which("soffice")
    if found is None or not Path(found).resolve().with_name("libswlo.so").exists():
        pytest.skip("LibreOffice Writer is not installed")
    return found


def test_libreoffice_reads_the_same_text_on_as_many_pages(tmp_path):
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office(), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    write_report(whole(), tmp_path / "a.docx")
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=300)
    pages = PdfReader(tmp_path / "a.pdf").pages
    shown = bare("".join(page.extract_text() for page in pages))
    assert sorted(set(word_text(whole())) - set(shown)) == []
    for title in ("一、自评结论", "整体绩效自评表（续）", "出错说明"):
        assert bare(title) in shown
    assert len(pages) == len(reader(whole()).pages)


# ---- the PDF


def test_rare_characters_are_searchable():
    assert RARE in paper_text(report())


def test_each_report_counts_its_own_pages():
    pages = [bare(page.extract_text()) for page in reader(report(), report()).pages]
    numbers = [page.rpartition("—")[0].rpartition("—")[2] for page in pages]
    half = len(pages) // 2
    assert numbers == [str(n) for n in range(1, half + 1)] * 2


def test_headings_are_bookmarks_below_their_report():
    def levels(outline, level=0):
        for entry in outline:
            if isinstance(entry, Destination):
                yield level, entry.title
            else:
                yield from levels(entry, level + 1)

    assert list(levels(reader(report()).outline)) == [
        (0, "一、自评结论"),
        (1, "（一）自评得分"),
        (1, "（二）绩效目标完成情况"),
        (2, "1.执行率情况"),
        (3, "（1）完成的绩效目标"),
        (0, "二、佐证材料"),
    ]
    both = list(levels(reader(report(), whole()).outline))
    assert both[:2] == [(0, "自评报告"), (1, "一、自评结论")]
    assert both[-1] == (1, "出错说明")


def test_the_properties_name_the_report_and_no_person():
    properties = reader(report()).metadata
    assert properties is not None
    assert properties.title == "自评报告"
    assert not properties.author


def test_forms_lie_as_their_paper_does():
    sizes = [page.mediabox.width > page.mediabox.height for page in reader(whole()).pages]
    assert sizes == sorted(sizes)
    assert sizes[-1]


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="pdffonts is not installed")
def test_only_the_shipped_fonts_are_used_and_embedded(tmp_path):
    write_report(whole("草稿"), tmp_path / "a.pdf")
    run = subprocess.run(["pdffonts", tmp_path / "a.pdf"], capture_output=True, text=True, check=True)
    fonts = [line.split() for line in run.stdout.splitlines()[2:]]
    assert {font[0].partition("+")[2] for font in fonts} == {"NotoSerifSC-Regular", "NotoSerifSC-Bold"}


def test_the_same_reports_give_the_same_bytes_in_every_process():
    assert printed_with_seeds(PRINT_HASH) == {
        hashlib.sha256(report_pdf_bytes([whole("草稿"), whole()])).hexdigest()
    }


def test_a_long_report_is_written_in_a_moment():
    report_pdf_bytes([whole()])
    start = time.perf_counter()
    report_pdf_bytes([Report("长报告", (UNIT,), tuple(Paragraph(text) for text in texts(long(50))))])
    assert time.perf_counter() - start < 20
