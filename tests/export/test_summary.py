"""`summary`: a line a form, of a document, chosen ones or a folder; columns are data; Excel, PDF, Word."""

import shutil

import pytest
from docx import Document
from openpyxl import load_workbook

import resources
from tests.command import FAULTY, SOUND, SOUND_PROJECT, Run, command


@pytest.fixture
def run(capsys) -> Run:
    return lambda *arguments: command(capsys, "summary", *arguments)


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "收齐" / "示例一小"
    inside.mkdir(parents=True)
    for path in (SOUND, SOUND_PROJECT, FAULTY):
        shutil.copy(path, inside)
    return inside.parent


def rows(path):
    return [[cell for cell in row if cell is not None] for row in load_workbook(path).active.values]


def test_a_folder_is_listed_with_sums_for_whole_forms_and_for_projects(run, folder, tmp_path):
    code, _, _ = run(folder, "-o", tmp_path / "表.xlsx")
    assert code == 0
    found = rows(tmp_path / "表.xlsx")
    assert found[1][:4] == ["序号", "单位", "项目", "预算数（万元）"]
    assert [row[:2] for row in found if row[:1] in (["整体表合计"], ["项目表合计"])] == [
        ["整体表合计", "1 张表"],
        ["项目表合计", "2 张表"],
    ]


def test_forms_of_one_kind_have_one_sum(run, tmp_path):
    assert run(SOUND_PROJECT, FAULTY, "-o", tmp_path / "表.xlsx")[0] == 0
    sums = [row[:2] for row in rows(tmp_path / "表.xlsx") if row and "合计" in str(row[0])]
    assert sums == [["合计", "2 张表"]]


def test_the_same_form_twice_counts_once_and_is_named(run, folder, tmp_path):
    code, _, errors = run(folder, SOUND, "-o", tmp_path / "表.xlsx")
    assert code == 0
    assert "没有计入" in errors
    assert ["整体表合计", "1 张表"] in [row[:2] for row in rows(tmp_path / "表.xlsx")]


def test_in_word_it_is_one_table_whose_captions_repeat(run, folder, tmp_path):
    assert run(folder, "-o", tmp_path / "表.docx")[0] == 0
    (table,) = Document(str(tmp_path / "表.docx")).tables
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[0][:3] == ["序号", "单位", "项目"]
    assert any("整体表合计" in row for row in texts)
    assert table.rows[0]._tr.xpath(".//w:tblHeader")


def test_columns_and_order_are_data(run, folder, tmp_path):
    own = tmp_path / "栏目.toml"
    own.write_text(
        'title = "绩效自评情况表"\nsort = "score"\n'
        '[[columns]]\nkey = "score"\ncaption = "自评得分"\nwidth_mm = 30\n'
        '[[columns]]\nkey = "form"\ncaption = "表"\nwidth_mm = 60\n',
        "utf-8",
    )
    assert run(folder, "-o", tmp_path / "表.xlsx", "--columns", own)[0] == 0
    found = rows(tmp_path / "表.xlsx")
    assert found[0][0].endswith("绩效自评情况表")
    assert found[1] == ["自评得分", "表"]
    scores = [row[0] for row in found[2:5]]
    assert scores == sorted(scores)  # the lowest first
    assert scores[0] < scores[-1]


def test_a_wrong_column_is_refused_by_name(run, folder, tmp_path):
    own = tmp_path / "栏目.toml"
    text = resources.path("aggregation/summary.toml").read_text("utf-8")
    own.write_text(text.replace('key = "grade"', 'key = "mark"'), "utf-8")
    code, _, errors = run(folder, "-o", tmp_path / "表.xlsx", "--columns", own)
    assert code == 2
    assert "mark" in errors
    assert not (tmp_path / "表.xlsx").exists()
