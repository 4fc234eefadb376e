"""A bureau's Word form is filled in place.

1. only the cells of the plan change, and only the text part of the package
2. the look of the cell stays; hints lose theirs; lines become paragraphs
3. boxes are ticked where they stand
4. what cannot be filled is refused or named: tracked changes, tables in a cell, no such table
5. what was written is read back, whatever it is
"""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Pt, RGBColor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.filling.docx import FIXED, TWO_TABLES, fill_docx
from intake.filling.proof import deviations, untouched
from intake.reading import read_bytes
from model.basics.errors import UserError
from model.recognition.fill_plan import Edit
from model.recognition.incoming import Place

RULES = {"exact": WD_ROW_HEIGHT_RULE.EXACTLY, "atLeast": WD_ROW_HEIGHT_RULE.AT_LEAST}
BLANK = Path(__file__).parents[2] / "data" / "intake" / "files" / "D10_市财政局空白表.docx"


def edit(row, column, text="", kind="write", part="表1"):
    return Edit(Place(part, row, column, "table"), kind, text)


def made(make, rows=3, columns=3):
    document = Document()
    document.add_paragraph("附件")
    make(document.add_table(rows, columns))
    document.add_paragraph("备注")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def texts(data):
    return {
        (cell.place.row, cell.place.column): cell.text
        for sheet in read_bytes("a.docx", data).sheets
        for cell in sheet.cells
    }


def plain(table):
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"


def main_part(data):
    with ZipFile(BytesIO(data)) as zipped:
        return zipped.read("word/document.xml")


def test_1_only_the_text_part_changes():
    data = BLANK.read_bytes()
    cells = [cell for sheet in read_bytes("b.docx", data).sheets for cell in sheet.cells if not cell.text][:5]
    edits = [Edit(cell.place, "write", f"填{n}") for n, cell in enumerate(cells)]
    filled = fill_docx(data, edits).data
    names = set(ZipFile(BytesIO(data)).namelist())
    assert {name.lower() for name in names} - untouched(data, filled) == {"word/document.xml"}
    assert list(deviations("b.docx", data, filled, edits)) == []


def test_1_the_bytes_around_a_cell_stay():
    data = made(plain)
    old, new = main_part(data), main_part(fill_docx(data, [edit(2, 2, "新")]).data)
    start, end = old.index(b"<w:t>11</w:t>"), old.index(b"<w:t>12</w:t>")
    before = old.rindex(b"</w:tcPr>", 0, start)
    assert new.startswith(old[:before])
    assert new.endswith(old[old.rindex(b"</w:tc>", 0, end) :])


def test_1_nothing_to_fill_gives_the_same_bytes():
    data = made(plain)
    assert fill_docx(data, []).data == data


def test_2_the_look_of_the_cell_stays_and_lines_become_paragraphs():
    def make(table):
        run = table.cell(0, 0).paragraphs[0].add_run("旧")
        run.font.size, run.bold = Pt(9), True
        table.cell(0, 0).paragraphs[0].alignment = 1

    document = Document(BytesIO(fill_docx(made(make), [edit(1, 1, "第一行\n第二行")]).data))
    cell = document.tables[0].cell(0, 0)
    assert [p.text for p in cell.paragraphs] == ["第一行", "第二行"]
    looks = [(p.alignment, p.runs[0].font.size, p.runs[0].bold) for p in cell.paragraphs]
    assert looks == [(1, Pt(9), True)] * 2


@pytest.mark.parametrize("hint", ["grey", "italic"])
def test_2_a_hint_loses_its_look(hint):
    def make(table):
        run = table.cell(0, 0).paragraphs[0].add_run("（200字以内）")
        if hint == "grey":
            run.font.color.rgb = RGBColor(0x80, 0x80, 0x80)
        else:
            run.italic = True

    document = Document(BytesIO(fill_docx(made(make), [edit(1, 1, "内容")]).data))
    run = document.tables[0].cell(0, 0).paragraphs[0].runs[0]
    assert (run.text, run.italic, run.font.color.rgb) == ("内容", None, None)


def test_2_a_red_text_stays_red():
    def make(table):
        table.cell(0, 0).paragraphs[0].add_run("旧").font.color.rgb = RGBColor(0xC0, 0, 0)

    document = Document(BytesIO(fill_docx(made(make), [edit(1, 1, "新")]).data))
    assert document.tables[0].cell(0, 0).paragraphs[0].runs[0].font.color.rgb == RGBColor(0xC0, 0, 0)


def test_2_a_hint_is_taken_away():
    filled = fill_docx(made(plain), [edit(1, 1, kind="clear")]).data
    assert texts(filled)[1, 1] == ""


def test_3_boxes_are_ticked_where_they_stand():
    def make(table):
        paragraph = table.cell(0, 0).paragraphs[0]
        for part in ("1、部门", "预算项目□ ", "2、专项资金□"):
            paragraph.add_run(part)

    data = made(make)
    filled = fill_docx(data, [edit(1, 1, "1、部门预算项目☑ 2、专项资金□")]).data
    assert texts(filled)[1, 1] == "1、部门预算项目☑ 2、专项资金□"
    assert main_part(filled) == main_part(data).replace("项目□".encode(), "项目☑".encode())


def test_4_a_document_that_tracks_changes_is_refused():
    document = Document(BytesIO(made(plain)))
    element = document.settings.element
    element.append(element.makeelement(f"{{{element.nsmap['w']}}}trackRevisions", {}))
    out = BytesIO()
    document.save(out)
    with pytest.raises(UserError, match="修订"):
        fill_docx(out.getvalue(), [edit(1, 1, "新")])


def test_4_a_cell_with_a_table_is_named():
    data = made(lambda table: table.cell(0, 0).add_table(1, 1))
    done = fill_docx(data, [edit(1, 1, "新"), edit(2, 2, "好")])
    assert [(one.text, one.reason) for one in done.plan.missing] == [("新", TWO_TABLES)]
    assert [one.text for one in done.plan.edits] == ["好"]


@pytest.mark.parametrize(
    ("rule", "text", "is_named"),
    [
        ("exact", "长" * 200, True),
        ("exact", "短", False),
        ("atLeast", "长" * 200, False),
    ],
)
def test_4_a_row_that_cannot_grow_is_named(rule, text, is_named):
    def make(table):
        plain(table)
        row = table.rows[1]
        row.height, row.height_rule = Pt(20), RULES[rule]

    done = fill_docx(made(make), [edit(2, 2, text)])
    assert [one.reason for one in done.plan.missing] == [FIXED] * is_named
    assert texts(done.data)[2, 2] == text


@pytest.mark.parametrize("place", [("表2", 1, 1), ("表1", 9, 1), ("Sheet1", 1, 1)])
def test_4_a_table_that_is_not_there_is_refused(place):
    with pytest.raises(UserError, match="没有要填"):
        fill_docx(made(plain), [edit(*place[1:], "新", part=place[0])])


def test_4_merged_cells_are_counted_as_the_reader_counts_them():
    def make(table):
        plain(table)
        table.cell(0, 0).merge(table.cell(0, 1))
        table.cell(1, 2).merge(table.cell(2, 2))

    data = made(make)
    filled = texts(fill_docx(data, [edit(1, 3, "右"), edit(2, 3, "并")]).data)
    assert (filled[1, 3], filled[2, 3], filled[1, 1]) == ("右", "并", texts(data)[1, 1])


SAFE = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=30)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(1, 3), st.integers(1, 3)), SAFE, max_size=9))
def test_5_whatever_is_written_is_read_back(wanted):
    data = made(plain)
    filled = fill_docx(data, [edit(row, column, text) for (row, column), text in wanted.items()]).data
    document = Document(BytesIO(filled))
    for (row, column), text in wanted.items():
        lines = [p.text for p in document.tables[0].cell(row - 1, column - 1).paragraphs]
        assert "".join(lines).split() == "".join(text.splitlines()).split()
    rest = {place: text for place, text in texts(data).items() if place not in wanted}
    assert {place: text for place, text in texts(filled).items() if place in rest} == rest
