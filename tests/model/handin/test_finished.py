"""成稿核对: what an edited Word or Excel file says otherwise, and how its texts come back."""

import re
from functools import cache

import pytest
from docx import Document as read_docx
from openpyxl import load_workbook

from export.handin import ALL, pieces_of
from export.naming import Names
from gui.commands.finished_commands import held_against
from intake.reading import read_bytes
from model.basics.errors import UserError
from model.forms.loader import shipped
from model.handin.finished import taken
from model.reading.reading import read
from tests.handed_in import sound


@cache
def reading():
    return read(shipped(), sound())


@pytest.fixture
def exported(tmp_path):
    """Write an output and return its file."""

    def write(name, suffix):
        piece = next(one for one in pieces_of(reading(), Names(), (ALL,)) if one.name.endswith(name))
        path = tmp_path / f"{piece.name}.{suffix}"
        piece.write[suffix](path)
        return path

    return write


def held(path):
    return held_against(read_bytes(path.name, path.read_bytes()), reading())


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("整体绩效自评表", "xlsx"),
        ("项目自评表", "xlsx"),
        ("整体绩效自评报告", "docx"),
        ("整体绩效自评报告（摘要版）", "docx"),
        ("项目绩效自评结果（摘要版）", "docx"),
        ("预算绩效情况说明", "docx"),
    ],
)
def test_a_file_nobody_edited_says_the_same(exported, name, suffix):
    output, found = held(exported(name, suffix))
    assert found == ()
    assert ("摘要版" in output) == ("摘要版" in name)


def edited(path, was, now):
    """Let the director change a word of the report."""
    document = read_docx(str(path))
    paragraph = next(one for one in document.paragraphs if was in one.text)
    before = paragraph.text
    paragraph.runs[0].text = paragraph.text.replace(was, now)
    for run in paragraph.runs[1:]:
        run.text = ""
    document.save(str(path))
    return before


def test_a_figure_that_was_changed_is_a_finding_with_its_place(exported):
    path = exported("整体绩效自评报告", "docx")
    edited(path, "自评得分 97 分", "自评得分 98 分")
    [found] = held(path)[1]
    assert (found.kind, "97" in found.ours, "98" in found.theirs) == ("figure", True, True)
    assert found.place == "（一）部门（单位）整体绩效自评得分"


def test_wording_comes_back_into_its_cell(exported):
    path = exported("整体绩效自评报告", "docx")
    before = edited(path, "自评得分 97 分", "本单位自评得分 97 分")
    [found] = held(path)[1]
    assert found.kind == "text"
    assert found.may_be_taken
    [(address, (text, generated))] = taken([found]).items()
    assert address[0] == "d"
    assert address[1].startswith("report.")
    assert text == before.replace("自评得分 97 分", "本单位自评得分 97 分")
    assert generated == before


def test_paragraphs_that_came_or_went_are_told_and_can_t_be_taken(exported):
    path = exported("整体绩效自评报告", "docx")
    document = read_docx(str(path))
    paragraph = next(one for one in document.paragraphs if "自评得分 97 分" in one.text)
    paragraph.insert_paragraph_before("经局长办公会研究，同意上报。")
    gone = next(one for one in document.paragraphs if one.text.startswith("指标 1"))
    gone._p.getparent().remove(gone._p)
    document.save(str(path))
    kinds = {one.kind: one for one in held(path)[1]}
    assert kinds["added"].theirs == "经局长办公会研究，同意上报。"
    assert kinds["gone"].ours.startswith("指标 1")
    assert not any(one.may_be_taken for one in kinds.values())


def test_a_cell_of_a_workbook_that_was_changed_is_told_with_its_row(exported):
    path = exported("整体绩效自评表", "xlsx")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 97)
    cell.value = 99
    book.save(path)
    [found] = held(path)[1]
    assert found.kind == "figure"
    assert f"第 {cell.row} 行" in found.place
    assert not found.may_be_taken


def test_tracked_changes_are_taken_as_accepted(exported):
    path = exported("整体绩效自评报告", "docx")
    document = read_docx(str(path))
    paragraph = next(one for one in document.paragraphs if "自评得分 97 分" in one.text)
    run = paragraph.runs[0]._r
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    inserted = run.makeelement(f"{space}ins", {f"{space}id": "1", f"{space}author": "x"})
    copy = run.makeelement(f"{space}r", {})
    text = copy.makeelement(f"{space}t", {})
    text.text = "（核定）"
    copy.append(text)
    inserted.append(copy)
    run.addnext(inserted)
    document.save(str(path))
    [found] = held(path)[1]
    assert "（核定）" in found.theirs


def test_a_file_without_our_tables_or_of_somebody_else_is_one_sentence(tmp_path, exported):
    path = tmp_path / "通知.docx"
    document = read_docx()
    for n in range(5):
        document.add_paragraph(f"关于第 {n} 次会议的通知，请准时参加。")
    document.save(str(path))
    with pytest.raises(UserError, match="不像这个自评簿导出的文件"):
        held(path)
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(UserError):
        held(path)
    report = exported("整体绩效自评报告", "docx")
    document = read_docx(str(report))
    for table in document.tables:
        table._tbl.getparent().remove(table._tbl)
    document.save(str(report))
    output, found = held(report)
    assert "报告" in output
    assert {one.kind for one in found} == {"gone"}


def test_several_lines_of_one_cell_are_taken_together(exported):
    answers = sound()
    text = "第一段，情况一。\n第二段，情况二。\n第三段，情况三。"
    answers = answers.with_form("d", answers.forms["d"].with_text("report.applied", text))
    now = read(shipped(), answers)
    piece = next(one for one in pieces_of(now, Names(), (ALL,)) if one.name.endswith("整体绩效自评报告"))
    path = exported("整体绩效自评报告", "docx")
    piece.write["docx"](path)
    edited(path, "情况一", "情况壹")
    edited(path, "情况三", "情况叁")
    found = held_against(read_bytes(path.name, path.read_bytes()), now)[1]
    assert taken(found) == {
        ("d", "report.applied"): (text.replace("一。", "壹。").replace("三。", "叁。"), "")
    }


def test_figures_that_changed_places_are_a_finding(exported):
    path = exported("整体绩效自评报告", "docx")
    document = read_docx(str(path))
    sentences = (one for one in document.paragraphs if one.text.startswith("指标 "))
    paragraph = next(one for one in sentences if len(set(re.findall(r"\d+", one.text))) > 1)
    one, other, *_ = dict.fromkeys(re.findall(r"\d+", paragraph.text))
    swapped = re.sub(r"\d+", lambda found: {one: other, other: one}.get(found[0], found[0]), paragraph.text)
    edited(path, paragraph.text, swapped)
    [found] = held(path)[1]
    assert found.kind == "figure"
