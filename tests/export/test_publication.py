"""The whole publication of 硚口 2022 (部门决算公开), made from its case and the published forms.

1. it has cover, contents, all six parts in their order, nine tables on paper of their own, the forms annexed
2. the contents are right in PDF and Word, and both say the same
3. while a text is wanted it is a draft, named so on every page; an empty document makes no empty heading
4. the command line writes it
5. what its text contradicts is found by the checks
"""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from docx import Document

import main
from export import report_pdf, word
from export.handin import ACCOUNTS, pieces_of, publication_of
from export.naming import Names
from model.accounts.loader import editions
from model.document import store
from model.document.answers import Answers
from model.exchange.exchange import decode, read_exchange
from model.forms.loader import metrics, shipped
from model.paper.layout import DRAFT
from model.reading.reading import read
from model.report.empty_sections import empty_sections
from model.report.front import entries_of
from model.report.prose import Annex, Chapter, Heading, Paragraph, Table
from model.report.teller import statement_teller, teller
from tests.explained import UNIT, qiaokou_explained
from tests.final_accounts import FOLDER, case
from tests.published import FOLDER as FORMS


def form(name):
    return read_exchange(decode((FORMS / f"qiaokou_xinxi_2022_{name}.json").read_bytes()), shipped())


def answers(**texts):
    own = {"duties": "负责全区教育信息化。", "phone": "027-00000000", "result.p1": "保障了网络运行"} | texts
    accounts = qiaokou_explained(**own).answers
    return Answers({"d": form("department"), "p1": form("project"), "a": accounts}, unit=UNIT, year="2022")


@pytest.fixture(scope="module")
def report():
    return publication_of(read(shipped(), answers()))


def test_1_it_has_all_parts_in_their_order(report):
    chapters = [part.text for part in report.parts if isinstance(part, Chapter) and part.level == 0]
    assert [re.sub(r"第(.)部分.*", r"\1", text) for text in chapters] == ["一", "二", "三", "五", "六"]
    tables = [part.grid for part in report.parts if isinstance(part, Annex)][:9]
    assert [grid.name for grid in tables] == [f"表{n}" for n in range(1, 10)]
    lying = {grid.name for grid in tables if grid.paper.width > grid.paper.height}
    assert lying == {"表2", "表3", "表4", "表7", "表9"} - ({"表7"} - lying)
    headings = [part.text for part in report.parts if isinstance(part, Heading) and part.level == 1]
    numerals = "一 二 一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四".split()
    assert [text.partition("、")[0] for text in headings][:16] == numerals


def test_2_the_contents_are_right_in_the_pdf(report):
    pdf = pypdf.PdfReader(BytesIO(report_pdf.to_bytes([report])))
    pages = ["".join(page.extract_text().split()) for page in pdf.pages]
    entries = entries_of(report, metrics())
    assert len(entries) > 30
    for entry in entries:
        words = re.sub(r"[（(].*", "", "".join(entry.text.split()))
        assert words in pages[entry.page - 1].replace("\n", ""), entry


def test_2_word_says_what_the_pdf_says(report):
    text = "".join(p.text for p in Document(BytesIO(word.to_bytes([report]))).paragraphs)
    for sentence in (
        "2022年度收、支总计187.89万元。",
        "完成年初预算的102.3%。",
        "图3：支出决算结构",
        "（十七）机关运行经费：",
        "单位咨询电话：027-00000000",
    ):
        assert sentence in text


def test_2_word_has_as_many_pages_as_the_pdf(report, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / "p.docx"
    path.write_bytes(word.to_bytes([report]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "p.pdf").pages]
    shown = [line for line in "\n".join(pages[1:3]).splitlines() if "...." in line]
    assert all(line.strip()[-1].isdecimal() for line in shown)  # the numbers are seen before any update
    wanted = [entry for entry in entries_of(report, metrics()) if entry.level == 0]
    for entry in wanted:
        assert "".join(entry.text.split()) in "".join(pages[entry.page - 1].split())


def publication_piece(**texts):
    pieces = pieces_of(read(shipped(), answers(**texts)), Names(), [ACCOUNTS])
    return next(piece for piece in pieces if "docx" in piece.write)


def test_3_while_a_text_is_wanted_it_is_a_draft(tmp_path):
    piece = publication_piece(**{"result.p1": ""})
    assert piece.is_draft
    assert piece.name.endswith("（草稿）")
    path = tmp_path / "p.pdf"
    piece.write["pdf"](path)
    assert all("草稿" in page.extract_text() for page in pypdf.PdfReader(path).pages)


def finished():
    """The document with every section of its reports written."""
    found = answers(**{"class_use.208": "养老保险"})
    for _ in range(3):
        reading = read(shipped(), found)
        tellers = [teller(form, reading, shipped()) for form in reading.forms]
        for tells in (*tellers, statement_teller(reading, shipped())):
            for section in empty_sections(tells):
                form = found.forms[tells.form.key]
                found = found.with_form(tells.form.key, form.with_text(section.cell, "已写明。"))
    return found.with_form("d", found.forms["d"].with_text("report.works_note", "两条主线。"))


def test_3_a_finished_one_is_no_draft_and_has_no_empty_heading():
    report = publication_of(read(shipped(), finished()))
    assert report.mark == ""
    chapters = [part.text for part in report.parts if isinstance(part, Chapter) and part.level == 0]
    assert [text[1] for text in chapters] == list("一二三四五六")


@pytest.mark.parametrize("lacking", ["report.works_note", "report.problems"])
def test_3_a_missing_part_or_an_empty_heading_makes_a_draft(lacking):
    whole = finished()
    assert lacking in whole.forms["d"].texts
    without = whole.with_form("d", whole.forms["d"].with_text(lacking, ""))
    assert publication_of(read(shipped(), without)).mark == DRAFT


def test_3_main_work_may_be_told_in_the_accounts_alone():
    accounts = qiaokou_explained(works_note="两条主线。", **{"w1.item": "教师培训"}).answers
    accounts = accounts.with_rows("works", ("w1",))
    report = publication_of(read(shipped(), Answers({"a": accounts}, unit=UNIT, year="2022")))
    assert Paragraph("两条主线。") in report.parts
    assert next(part for part in report.parts if isinstance(part, Table)).title == "2022年重点工作完成情况"


@pytest.mark.parametrize("edition", [edition.id for edition in editions(shipped())])
def test_3_every_edition_can_be_finished_by_a_unit_without_forms(edition):
    own = {"duties": "负责信息化。", "works_note": "两条主线。", "text.performance": "已开展绩效自评。"}
    more = {"general_gap_reason": "年中追加", "class_use.208": "养老保险"}
    staff = "on_duty administrative institution retired left pensioned insured".split()
    counts = {f"staff_{kind}": "0" for kind in staff}
    uses = {f"s{n}.use": "日常开支" for n in range(1, 8)}
    answers = qiaokou_explained(**own | more | counts | uses).answers
    accounts = replace(answers, definition=edition)
    report = publication_of(read(shipped(), Answers({"a": accounts}, unit=UNIT, year="2022")))
    assert report.mark == ""


def test_3_an_empty_document_has_no_empty_heading():
    accounts = qiaokou_explained().answers.__class__("wuhan-2022", {"unit": "示例单位", "year": "2022"})
    report = publication_of(read(shipped(), Answers({"a": accounts}, unit="示例单位", year="2022")))
    assert not any(isinstance(part, Heading) for part in report.parts)
    assert len(report_pdf.to_bytes([report])) > 1000
    assert word.to_bytes([report])[:2] == b"PK"


def test_4_the_command_line_writes_it(tmp_path):
    path = tmp_path / "d.zpb"
    store.create(path, answers())
    out = tmp_path / "out"
    main.main(["export", str(path), "--what", "accounts", "--to", "docx,pdf,xlsx", "--out", str(out)])
    names = {file.name.replace("（草稿）", "") for file in out.iterdir()}
    for suffix in ("docx", "pdf"):
        assert any(name.endswith(f"-部门决算公开.{suffix}") for name in names)
    assert any(name.endswith("-部门决算公开表.xlsx") for name in names)


@pytest.mark.parametrize("name", ["qiaokou_2022", "jianghan_2021"])
def test_5_the_checks_find_what_the_text_contradicts(name, capsys):
    main.main(["check", str(FOLDER / f"{name}.json"), "--json"])
    shown = json.loads(capsys.readouterr().out)
    found = shown[0] if isinstance(shown, list) else shown
    findings = found["accounts"]["findings"]
    weighty = {(f["code"], f["place"].partition(" · ")[0]) for f in findings if f["severity"] != "note"}
    assert weighty >= listed(name)


BESIDE = {("N-RESIDUE", "十二")}  # stands behind the explanation, in a part that the case does not keep


def listed(name):
    """The slips of a case that a rule of the text names, with their places."""
    slips = [slip for slip in case(name)["slips"] if slip["gravity"] != "note" and slip["rule"][:2] == "N-"]
    found = {(slip["rule"], slip["where"]) for slip in slips if slip["where"][0] in "一二三四五六七八九十"}
    return {
        ("N-ITEMS", "五（二）") if "（二）（三）" in where else (rule, where) for rule, where in found
    } - BESIDE


def test_the_published_tables_are_kept_in_a_clone():
    assert Path(FOLDER / "qiaokou_2022.json").is_file()
