"""`audit DIR`: all readable files of a folder, worst first, with places; compared, joined, as letters."""

import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.command import FAULTY, SOUND, Run, command

INTAKE = Path(__file__).parent.parent / "data" / "intake" / "files"
BOOK = INTAKE / "D02_岳阳项目多表.xlsx"
WORD97 = INTAKE / "D04_项目自评表2020.doc"


@pytest.fixture
def run(capsys) -> Run:
    return lambda name, *more: command(capsys, name, *more, *(["--jobs", 1] if name == "audit" else []))


@pytest.fixture
def folder(tmp_path) -> Path:
    """A workbook and an old text in a folder of its own, an exchange file, a damaged file, a text."""
    inside = tmp_path / "收齐" / "示例三中"
    inside.mkdir(parents=True)
    shutil.copy(BOOK, inside)
    shutil.copy(WORD97, inside)
    shutil.copy(FAULTY, inside.parent / "示例.json")
    (inside.parent / "坏的.xlsx").write_bytes(BOOK.read_bytes()[:5000])
    (inside.parent / "说明.txt").write_text("不是表", "utf-8")
    return inside.parent


def rows(path: Path, sheet: str) -> list[tuple]:
    return list(load_workbook(path)[sheet].iter_rows(min_row=2, values_only=True))


def mended(path: Path) -> None:
    """Print the very total that its scores add up to."""
    data = json.loads(path.read_text("utf-8"))
    data["total"] = "110"
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def test_a_folder_and_its_folders_are_read_and_a_damaged_file_costs_only_its_line(run, folder, tmp_path):
    code, said, _ = run("audit", folder, "--to", "xlsx,md", "--out", tmp_path / "o")
    assert code == 2  # a file was not read
    forms = rows(tmp_path / "o" / "检查结果.xlsx", "表")
    assert {row[5] for row in forms} == {"示例.json", f"示例三中/{BOOK.name}", f"示例三中/{WORD97.name}"}
    assert len([row for row in forms if row[5].endswith(BOOK.name)]) == 3  # its three forms
    ((name, why),) = rows(tmp_path / "o" / "检查结果.xlsx", "没有读的文件")
    assert name == "坏的.xlsx"
    assert "不完整" in why
    text = (tmp_path / "o" / "检查结果.md").read_text("utf-8")
    assert "坏的.xlsx" in text
    assert "说明.txt" not in text
    assert str(tmp_path / "o" / "检查结果.json") in said


def test_the_worst_form_comes_first_and_findings_say_where_in_the_file_they_stand(run, folder, tmp_path):
    run("audit", folder, "--to", "xlsx", "--out", tmp_path / "o")
    errors = [row[9] for row in rows(tmp_path / "o" / "检查结果.xlsx", "表")]
    assert errors == sorted(errors, reverse=True)
    assert errors[0] > errors[-1]
    places = {row[3] for row in rows(tmp_path / "o" / "检查结果.xlsx", "问题")}
    assert "高三教研 F12" in places


def test_printed_and_computed_total_stand_beside_each_other(run, folder, tmp_path):
    run("audit", folder, "--to", "xlsx", "--out", tmp_path / "o")
    (row,) = [row for row in rows(tmp_path / "o" / "检查结果.xlsx", "表") if row[5] == "示例.json"]
    assert row[7:9] == ("100", "110")


def test_a_second_audit_says_what_is_mended_new_and_still_there(run, folder, tmp_path):
    run("audit", folder, "--to", "xlsx", "--out", tmp_path / "o")
    assert [row[13] for row in rows(tmp_path / "o" / "检查结果.xlsx", "表")] == [None] * 5
    mended(folder / "示例.json")
    (folder / "示例.json").rename(folder / "示例（改）.json")  # handed in again under another name
    run("audit", folder, "--to", "xlsx,md", "--out", tmp_path / "o")
    forms = {row[5]: row[13] for row in rows(tmp_path / "o" / "检查结果.xlsx", "表")}
    assert "改好 1" in forms["示例（改）.json"]
    assert "新" not in forms["示例（改）.json"]
    assert all("改好" not in text for name, text in forms.items() if name != "示例（改）.json")
    (gone,) = rows(tmp_path / "o" / "检查结果.xlsx", "改好的")
    assert "原表总分 100" in gone[6]


def test_another_folder_is_not_compared(run, folder, tmp_path):
    run("audit", folder, "--to", "md", "--out", tmp_path / "o")
    run("audit", folder / "示例三中", "--to", "md", "--out", tmp_path / "o")
    assert "的检查比较" not in (tmp_path / "o" / "检查结果.md").read_text("utf-8")


def test_each_unit_gets_a_letter_with_its_findings(run, folder, tmp_path):
    run("audit", folder, "--to", "docx", "--out", tmp_path / "o")
    names = {path.name for path in (tmp_path / "o" / "审核意见").iterdir()}
    assert names == {"岳阳市教育科学技术研究院-审核意见.docx", "武汉市硚口区小学教学研究室-审核意见.docx"}
    letter = Document(str(tmp_path / "o" / "审核意见" / "武汉市硚口区小学教学研究室-审核意见.docx"))
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "2020年度绩效自评材料的审核意见" in text
    assert "错误 2 处" in text
    assert "800" in text


def test_the_letter_is_written_as_its_pattern_says_and_a_wrong_pattern_is_refused(run, folder, tmp_path):
    import resources

    pattern = resources.path("audit/letter.toml").read_text("utf-8")
    own = tmp_path / "意见.toml"
    own.write_text(pattern.replace("具体如下。", "请于五日内改正。"), "utf-8")
    run("audit", folder / "示例.json", "--to", "docx", "--out", tmp_path / "o", "--letter", own)
    (path,) = (tmp_path / "o" / "审核意见").iterdir()
    assert any("请于五日内改正。" in paragraph.text for paragraph in Document(str(path)).paragraphs)
    own.write_text(pattern.replace("{errors}", "{mistakes}"), "utf-8")
    code, _, said = run("audit", folder, "--to", "docx", "--out", tmp_path / "p", "--letter", own)
    assert code == 2
    assert "{mistakes}" in said
    assert not (tmp_path / "p").exists()


def test_parts_joined_are_the_audit_of_the_whole(run, folder, tmp_path):
    """What one machine does with the whole folder, two do with its parts."""
    run("audit", folder, "--to", "xlsx", "--out", tmp_path / "whole")
    other = tmp_path / "另一台"
    shutil.copytree(folder / "示例三中", other / "示例三中")
    shutil.rmtree(folder / "示例三中")
    parts = []
    for name, one in (("a", folder), ("b", other / "示例三中")):
        run("audit", one, "--out", tmp_path / name)
        parts.append(tmp_path / name / "检查结果.json")
    code, _, _ = run("audit", "--join", *parts, *parts, "--to", "xlsx,docx", "--out", tmp_path / "o")
    assert code == 2
    whole, joined = (rows(tmp_path / name / "检查结果.xlsx", "表") for name in ("whole", "o"))
    kept = (1, 2, 7, 8, 9, 10, 11)  # all but the names of files
    assert [[row[n] for n in kept] for row in joined] == [[row[n] for n in kept] for row in whole]
    refused = rows(tmp_path / "o" / "检查结果.xlsx", "没有读的文件")
    assert sum("没有重复计" in why for _, why in refused) == 4  # the parts given twice count once


def test_the_same_file_twice_counts_once_and_two_forms_of_one_unit_are_named(run, tmp_path):
    folder = tmp_path / "收齐"
    folder.mkdir()
    shutil.copy(SOUND, folder / "a.json")
    shutil.copy(SOUND, folder / "b.json")
    data = json.loads(SOUND.read_text("utf-8"))
    (folder / "c.json").write_text(json.dumps({**data, "improvement": "另一份"}, ensure_ascii=False), "utf-8")
    run("audit", folder, "--to", "md,xlsx", "--out", tmp_path / "o")
    assert [row[5] for row in rows(tmp_path / "o" / "检查结果.xlsx", "表")] == ["a.json", "c.json"]
    text = (tmp_path / "o" / "检查结果.md").read_text("utf-8")
    assert "与“a.json”内容相同，没有重复计。" in text
    assert "- a.json、c.json" in text


def test_a_document_is_read_with_its_answers_and_its_backups_are_not(run, tmp_path):
    folder = tmp_path / "收齐"
    run("import", FAULTY, "-o", folder / "示例.zpb")
    (folder / "备份").mkdir()
    shutil.copy(folder / "示例.zpb", folder / "备份" / "示例 2024.zpb")
    code, _, _ = run("audit", folder, "--to", "xlsx", "--out", folder)  # beside the files, too
    assert code == 1
    assert [row[5] for row in rows(folder / "检查结果.xlsx", "表")] == ["示例.zpb"]
    assert run("audit", folder, "--to", "xlsx", "--out", folder)[0] == 1  # its own workbook is no form


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "xlsx"), "--out"),
        (("--to", "xlsx", "-o", "x.md"), "不能同时用"),
        (("--join", "--out", "o"), "不是检查文件夹得到的结果"),
    ],
)
def test_what_does_not_go_together_is_said(run, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    shutil.copy(FAULTY, tmp_path / "f.json")
    code, _, errors = run("audit", "f.json", *arguments)
    assert code == 2
    assert said in errors


def test_an_empty_folder_is_said(run, tmp_path):
    (tmp_path / "空").mkdir()
    code, _, errors = run("audit", tmp_path / "空", "--to", "md", "--out", tmp_path / "o")
    assert code == 2
    assert "没有可以读取的文件" in errors


def test_check_and_aggregate_look_into_folders_below(run, tmp_path):
    (tmp_path / "示例一小").mkdir()
    shutil.copy(SOUND, tmp_path / "示例一小" / "整体.json")
    assert run("check", tmp_path)[0] == 0
    assert "计入 1 / 1 张表" in run("aggregate", tmp_path)[1]


def test_what_was_read_before_a_stop_is_kept(tmp_path):
    from export.auditing import write_record
    from model.audit.audited import FileAudit
    from model.audit.record import Record

    def stopped():
        yield FileAudit("a.json", notes=("读到这里",))
        raise KeyboardInterrupt

    heard = []
    assert write_record(stopped(), "收齐", tmp_path / "x.json", heard.append)
    assert [one.file for one in heard] == ["a.json"]
    record = Record(tmp_path / "x.json")
    assert (record.files, record.folder) == (1, "收齐")
    record.close()


def test_no_hostile_file_costs_more_than_its_line(run, tmp_path):
    """All the broken and hostile files of the intake at once, a sound one among them."""
    folder = tmp_path / "收齐"
    shutil.copytree(INTAKE.parent / "bad", folder)
    shutil.copy(SOUND, folder / "好的.json")
    assert run("audit", folder, "--to", "xlsx", "--out", tmp_path / "o")[0] == 2
    assert "好的.json" in [row[5] for row in rows(tmp_path / "o" / "检查结果.xlsx", "表")]
    refused = rows(tmp_path / "o" / "检查结果.xlsx", "没有读的文件")
    assert len(refused) > 40
    assert all(why for _, why in refused)
