"""核对纸质件: a code tells version and page, or what differs now; a mistyped one names the likely page."""

import re
import time

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from export import REPORT_PDF, WORD, pdf_bytes
from export.handin import report_of
from model.basics.codes import bare_code, distance
from model.document import store
from model.exchange.checkcode import check_code
from model.forms.loader import metrics, shipped
from model.handin import versions
from model.handin.comparison import compare, explanation, in_words
from model.handin.verification import known_as, mixed, verify
from model.paper.layout import lay_out_form
from model.reading.reading import read
from tests.command import command
from tests.handed_in import changed, locked, settled, sound


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "自评簿.zpb"
    store.create(target, settled(sound()))
    return target


def known(path):
    answers = store.open_document(path).answers
    return known_as(path, read(shipped(), answers), answers)


def of_form(version, key, page=1):
    return next(p for p in version.pages if p.key == key and p.page == page and "自评表" in p.file)


def test_the_codes_stand_on_the_pages(path):
    version = locked(path, store.open_document(path).answers)
    for file in version.files:
        if file.name.endswith(".pdf"):
            target = path.with_name("page.pdf")
            target.write_bytes(versions.file_of(path, 1, file))
            printed = [page.extract_text() for page in PdfReader(target).pages]
            codes = [
                page.code
                for page in version.pages
                if (f"{page.file}.pdf", page.page > 0) == (file.name, True)
            ]
            assert [code in text for code, text in zip(codes, printed, strict=True)] == [True] * len(codes)
    book = next(file for file in version.files if file.name.endswith("整体绩效自评表.xlsx"))
    target = path.with_name("book.xlsx")
    target.write_bytes(versions.file_of(path, 1, book))
    assert of_form(version, "d").code in load_workbook(target).worksheets[0].firstFooter.right.text


def footers(path):
    """The texts of the footers of a Word file, of covers too."""
    sections = Document(str(path)).sections
    found = [foot for one in sections for foot in (one.footer, one.first_page_footer)]
    return [" ".join(paragraph.text for paragraph in foot.paragraphs) for foot in found]


def test_a_word_file_has_one_code_on_every_page(path):
    version = locked(path, store.open_document(path).answers)
    files = [file for file in version.files if file.name.endswith(".docx")]
    assert files
    for file in files:
        target = path.with_name("word.docx")
        target.write_bytes(versions.file_of(path, 1, file))
        [page] = [page for page in version.pages if (f"{page.file}.docx", page.page) == (file.name, 0)]
        assert all(f"校验码 {page.code}" in text for text in footers(target))
        found = verify(page.code, known(path))
        assert (found.state, found.version) == ("same", 1)
        assert f"“{page.file}”（Word）。内容与现在一致。" in found.sentence
        assert "还缺" not in mixed([found, found])


def test_a_report_that_was_not_locked_is_known_too(path):
    reading = known(path).reading
    for is_abstract in (False, True):
        report = report_of(reading.forms[0], reading, is_abstract=is_abstract)
        target = path.with_name("report.docx")
        WORD.write((report,), target)
        assert all(f"校验码 {report.check_code}" in text for text in footers(target))
        target = path.with_name("report.pdf")
        REPORT_PDF.write((report,), target)
        texts = [page.extract_text() for page in PdfReader(target).pages]
        form_code = check_code(reading.forms[0])
        assert all(report.check_code in text or form_code in text for text in texts)
        found = verify(report.check_code, known(path))
        assert found.state == "print"
        assert report.name in found.sentence


def test_a_draft_never_carries_a_code_of_a_version(path):
    version = locked(path, store.open_document(path).answers)
    codes = {page.code for page in version.pages}
    for form in known(path).reading.forms:
        assert check_code(form) not in codes
        printed = pdf_bytes((lay_out_form(form, metrics()),))
        path.with_name("draft.pdf").write_bytes(printed)
        text = "".join(page.extract_text() for page in PdfReader(path.with_name("draft.pdf")).pages)
        assert not codes & set(re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", text))


def test_a_code_tells_version_and_page(path):
    page = of_form(locked(path, store.open_document(path).answers), "d", 2)
    found = verify(page.code, known(path))
    assert (found.state, found.version, found.page) == ("same", 1, page)
    assert "定稿 1（2026-04-28 16:20，经办人甲）" in found.sentence
    assert "第 2 页，共 3 页。内容与现在一致。" in found.sentence


def test_it_tells_which_cells_differ_now(path):
    answers = store.open_document(path).answers
    version = locked(path, answers)
    before = answers.forms["d"].text("i1.name")
    changed(path, "d", "i1.name", "另一个指标")
    found = verify(of_form(version, "d").code, known(path))
    assert found.state == "changed"
    [difference] = [one for one in found.differences if one.cell == "i1.name"]
    assert (difference.before, difference.after) == (before, "另一个指标")
    assert difference.place.endswith("三级指标")
    assert verify(of_form(version, "p1").code, known(path)).state == "same"


def test_a_print_that_was_not_locked_is_known_while_nothing_changed(path):
    form = known(path).reading.forms[0]
    found = verify(f"校验码 {check_code(form).lower()}", known(path))
    assert (found.state, found.page) == ("print", None)
    assert "没有定稿的打印件" in found.sentence
    changed(path, "d", "i1.name", "另一个指标")
    assert verify(check_code(form), known(path)).state == "unknown"


def test_a_scanner_types_the_square(path):
    page = of_form(locked(path, store.open_document(path).answers), "d")
    scanned = f"ZP1|{page.code}|wuhan-department-2022|2022|某单位|97"
    assert verify(scanned, known(path)).page == page


def test_letters_that_look_like_figures_are_taken_for_them():
    assert bare_code(" o1il-ＡＢｃ７ ") == "0111ABC7"


def test_a_mistyped_code_names_the_likely_page(path):
    page = of_form(locked(path, store.open_document(path).answers), "d")
    wrong = "Z" if page.code[0] != "Z" else "Y"
    found = verify(wrong + page.code[1:], known(path))
    assert found.state == "near"
    assert page.code in found.sentence
    assert "第 1 页" in found.sentence
    assert verify(page.code[:-1], known(path)).state == "near"
    assert verify("ABCD", known(path)).state == "unknown"
    assert distance("12345678", "12345678") == 0


def test_pages_of_two_prints_are_told_and_pages_that_lack(path):
    first = locked(path, store.open_document(path).answers)
    second = locked(path, changed(path, "d", "i1.name", "另一个指标"))
    both = [verify(code, known(path)) for code in (of_form(first, "d").code, of_form(second, "d", 2).code)]
    assert "这些页来自 2 次打印" in mixed(both)
    one = [verify(of_form(second, key).code, known(path)) for key in ("d", "p1")]
    assert "还缺第 2、3 页" in mixed(one)
    whole = [verify(of_form(second, "d", page).code, known(path)) for page in (1, 2, 3)]
    assert mixed(whole) == ""


def test_it_is_quick(path):
    version = locked(path, store.open_document(path).answers)
    changed(path, "d", "i1.name", "另一个指标")
    took = []
    for _ in range(3):
        start = time.perf_counter()
        verify(of_form(version, "d").code, known(path))
        took.append(time.perf_counter() - start)
    assert min(took) < 0.2


def test_the_command_line_verifies(path, capsys):
    version = locked(path, store.open_document(path).answers)
    code, out, _ = command(capsys, "verify", of_form(version, "d").code, path)
    assert (code, "内容与现在一致" in out) == (0, True)
    changed(path, "d", "i1.name", "另一个指标")
    code, out, _ = command(capsys, "verify", of_form(version, "d").code, path)
    assert code == 1
    assert "→ 另一个指标" in out
    assert command(capsys, "verify", "ABCD-EFGH", path)[0] == 1
    assert command(capsys, "verify", "ABCD-EFGH", path.with_name("没有.zpb"))[0] == 2


# --- two versions


def test_rows_forms_and_figures_are_compared():
    old = sound()
    department = old.forms["d"]
    first, second, *rest = department.indicators
    new = department.with_rows("indicators", (second, first, *rest[1:])).with_text("improvement", "加强。")
    answers = old.with_form("d", new).without_form("p1")
    found = compare(read(shipped(), old), read(shipped(), answers), old, answers)
    said = {(one.place.rpartition(" · ")[2], one.after) for one in found}
    assert ("行的顺序", "换了顺序") in said
    assert ("整张表", "（删去）") in said
    assert [
        one for one in found if one.after == "（删去）" and one.before == department.text(f"{rest[0]}.name")
    ]
    assert any(one.after == "加强。" for one in found)
    assert "格" in in_words(found)
    assert compare(read(shipped(), old), read(shipped(), old), old, old) == ()
    assert in_words(()) == ""


def test_the_explanation_of_changes_is_a_sheet():
    old = sound()
    answers = old.with_form("d", old.forms["d"].with_text("improvement", "加强管理。"))
    found = compare(read(shipped(), old), read(shipped(), answers), old, answers)
    grid = explanation(found, "示例单位", "2022", "定稿 1", "现在", metrics())
    texts = [cell.text for cell in grid.cells]
    assert "修改说明（定稿 1与现在比较）" in texts
    assert "加强管理。" in texts
    assert pdf_bytes((grid,)).startswith(b"%PDF")
