"""成稿核对 of final accounts: the edited publication and the workbook of tables, held against ours."""

from functools import cache

import pytest
from docx import Document as read_docx
from openpyxl import load_workbook

from export.handin import ALL, pieces_of, publication_of
from export.naming import Names
from gui.commands.finished_commands import PUBLICATION, held_against
from gui.paper.outputs import TABLES_NAME
from intake.reading import read_bytes
from model.document.answers import ACCOUNTS, Answers
from model.exchange.exchange import decode, read_exchange
from model.forms.loader import shipped
from model.handin.finished import taken
from model.reading.reading import read
from tests.explained import UNIT, qiaokou_explained
from tests.published import FOLDER


def form(name):
    return read_exchange(decode((FOLDER / f"qiaokou_xinxi_2022_{name}.json").read_bytes()), shipped())


@cache
def reading():
    own = {"duties": "负责全区教育信息化。", "phone": "027-00000000", "result.p1": "保障了网络运行"}
    forms = {"d": form("department"), "p1": form("project"), ACCOUNTS: qiaokou_explained(**own).answers}
    return read(shipped(), Answers(forms, unit=UNIT, year="2022"))


@pytest.fixture
def exported(tmp_path):
    def write(suffix):
        pieces = [one for one in pieces_of(reading(), Names(), (ALL,)) if one.key == ACCOUNTS]
        piece = next(
            one for one in pieces if suffix in one.write and ("json" in one.write) == (suffix == "xlsx")
        )
        path = tmp_path / f"{piece.name}.{suffix}"
        piece.write[suffix](path)
        return path

    return write


def held(path):
    return held_against(read_bytes(path.name, path.read_bytes()), reading(), publication_of(reading()))


def edited(path, was, now):
    document = read_docx(str(path))
    paragraph = next(one for one in document.paragraphs if was in one.text and one.runs)
    before = paragraph.text
    paragraph.runs[0].text = paragraph.text.replace(was, now)
    for run in paragraph.runs[1:]:
        run.text = ""
    document.save(str(path))
    return before


def test_files_nobody_edited_say_the_same(exported):
    assert held(exported("docx")) == (PUBLICATION, ())
    assert held(exported("xlsx")) == (TABLES_NAME, ())


def test_a_figure_in_a_table_is_found_with_sheet_and_row(exported):
    path = exported("xlsx")
    book = load_workbook(path)
    sheet = book.worksheets[2]
    cell = next(one for row in sheet.iter_rows() for one in row if one.value == 98)
    cell.value = 89
    book.save(path)
    output, found = held(path)
    assert (output, {one.kind for one in found}) == (TABLES_NAME, {"figure"})
    assert any(f"{sheet.title} 第 {cell.row} 行" in one.place for one in found)
    assert any("98.00" in one.ours and "89.00" in one.theirs for one in found)


def test_a_figure_of_a_sentence_is_found_below_its_heading(exported):
    path = exported("docx")
    before = edited(path, "187.89万元", "178.89万元")
    output, found = held(path)
    assert output == PUBLICATION
    [figure] = [one for one in found if one.kind == "figure"]
    assert (figure.ours, "178.89" in figure.theirs) == (before, True)
    assert figure.place


def test_the_wording_of_a_sentence_comes_back(exported):
    path = exported("docx")
    before = edited(path, "负责全区教育信息化", "承担全区教育信息化")
    [found] = held(path)[1]
    assert (found.kind, found.ours, found.may_be_taken) == ("text", before, True)
    assert taken([found]) == {(ACCOUNTS, "duties"): (before.replace("负责", "承担"), "")}


def test_a_generated_sentence_comes_back_with_what_it_would_say(exported):
    path = exported("docx")
    before = edited(path, "2022年度收入合计", "全年收入合计")
    found = [one for one in held(path)[1] if one.ours == before]
    [(address, (text, generated))] = taken(found).items()
    assert address == (ACCOUNTS, "text.income")
    assert (text, generated) == (before.replace("2022年度", "全年", 1), before)


def test_contents_that_word_counted_anew_are_no_difference(exported):
    path = exported("docx")
    document = read_docx(str(path))
    entry = next(
        one for one in document.paragraphs if one.text.startswith("第二部分") and one.text[-1].isdigit()
    )
    number = next(run for run in reversed(entry._p.xpath(".//w:t")) if run.text.isdigit())
    number.text = "77"
    document.save(str(path))
    assert held(path) == (PUBLICATION, ())
