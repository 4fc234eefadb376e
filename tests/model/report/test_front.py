"""Cover and contents of a long document.

1. the contents name every chapter and section with the page on which it really stands, in PDF and Word
2. chapters begin pages; entries are never cut over two pages; the cover has no number
3. Word has headings, contents and pages as fields, with the right numbers before any update
"""

import re
import shutil
import subprocess
from io import BytesIO

import pypdf
import pytest
from docx import Document
from lxml import etree

from export import report_pdf, word
from model.forms.loader import metrics
from model.report.front import entries_of, pages_of
from model.report.prose import Chapter, Front, Heading, Paragraph, Report

FRONT = Front(("示例教育局信息技术中心", "2022年度部门决算"), "2023年9月")


def report(chapters=3, sections=6, words=30):
    parts = []
    for n in range(chapters):
        parts.append(Chapter(f"第{n + 1}部分 章节"))
        for m in range(sections):
            parts.append(Heading(1, f"{n + 1}.{m + 1}、一个长到目录里一行放不下、要换行的小节标题，看看怎样"))
            parts += [Heading(2, "（一）不进目录"), Paragraph("这是一段文字。" * words)]
    return Report("决算", ("题",), tuple(parts), front=FRONT)


@pytest.mark.parametrize(("chapters", "sections"), [(1, 1), (3, 6), (5, 9)])
def test_1_every_entry_has_its_page(chapters, sections):
    made = report(chapters, sections)
    pages = {page.number: page for page in pages_of(made, metrics())}
    entries = entries_of(made, metrics())
    assert len(entries) == chapters * (1 + sections)
    for entry in entries:
        assert (entry.level, entry.text) in pages[entry.page].headings


def test_1_pages_are_numbered_from_the_cover_on():
    made = report()
    assert [page.number for page in pages_of(made, metrics())] == list(
        range(1, len(pages_of(made, metrics())) + 1)
    )
    pdf = pypdf.PdfReader(BytesIO(report_pdf.to_bytes([made])))
    for entry in entries_of(made, metrics()):
        assert entry.text[:8] in pdf.pages[entry.page - 1].extract_text().replace("\n", "")
    assert "— 1 —" not in pdf.pages[0].extract_text()
    assert "— 2 —" in pdf.pages[1].extract_text()


def test_2_a_chapter_begins_a_page():
    starts = [page for page in pages_of(report(), metrics()) if any(level == 0 for level, _ in page.headings)]
    assert len(starts) == 3
    assert all(page.headings[0][0] == 0 for page in starts)


def test_2_without_a_front_nothing_is_added():
    made = report()._replace(front=None)
    assert entries_of(made, metrics()) == ()
    assert pages_of(made, metrics())[0].number == 1


def test_3_word_has_fields_with_the_right_numbers():
    made = report()
    document = Document(BytesIO(word.to_bytes([made])))
    xml = etree.tostring(document.element, encoding="unicode")
    assert "TOC \\h" in xml
    anchors = re.findall(r'w:anchor="(_Toc\d+)"', xml)
    marks = re.findall(r'w:bookmarkStart [^>]*w:name="(_Toc\d+)"', xml)
    assert anchors == marks
    listed = [p.text for p in document.paragraphs if p.style.name.startswith("toc")]
    assert len(listed) == len(anchors) == 21
    entries = entries_of(made, metrics())
    shown = re.findall(r"PAGEREF[^<]*</w:instrText></w:r>.*?<w:t[^>]*>(\d+)</w:t>", xml, re.DOTALL)
    assert shown == [str(entry.page) for entry in entries]


def test_3_the_pages_of_word_are_those_of_the_contents(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    made = report(4, 7)
    path = tmp_path / "a.docx"
    path.write_bytes(word.to_bytes([made]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "a.pdf").pages]
    for entry in entries_of(made, metrics()):
        if entry.level == 0:
            text = "".join(pages[entry.page - 1].split())
            assert "".join(entry.text.split()) in text
