"""The command `import`: what it shows, what it prints as JSON, what becomes a document, and its exit code."""

import json
import shutil

import openpyxl
import pytest

from model.document import store
from model.exchange.exchange import encode
from model.recognition.found import scalars
from tests import judge
from tests.command import SOUND, command
from tests.intake.grids import BAD, FILES

PROJECTS = FILES / "D02_岳阳项目多表.xlsx"
STRANGE = [  # a form of a department without levels and scores
    ["部门整体绩效自评表"],
    ["主管部门", "某融媒体中心"],
    ["年初预算数", "全年预算数", "全年执行数"],
    ["1075", "1398.36", "1062.75"],
    ["指标名称", "年初指标值", "全年完成值", "权重"],
    ["财政供养人员控制率", "≤100%", "92%", "60"],
    ["在线率", "≥90%", "95%", "30"],
]


@pytest.fixture
def unknown(tmp_path):
    """A file whose layout nobody knows."""
    book = openpyxl.Workbook()
    for row in STRANGE:
        book.active.append(row)
    book.active.merge_cells("A1:D1")
    book.save(tmp_path / "版式.xlsx")
    return tmp_path / "版式.xlsx"


@pytest.fixture
def run(capsys):
    """Run the command: exit code, output, errors."""
    return lambda *arguments: command(capsys, "import", *arguments)


def test_forms_of_a_workbook_become_a_document(run, tmp_path):
    code, said, _ = run(PROJECTS, "-o", tmp_path / "簿.zpb")
    answers = store.open_document(tmp_path / "簿.zpb").answers
    assert code == 0
    assert [form.text("project_name") for _, form in answers] == [
        "高三复习迎考",
        "基础课程改革",
        "教育规划与发展专项经费（青少年科技活动）",
    ]
    assert answers.forms["p1"].sources["i1.target"] == "D02_岳阳项目多表.xlsx › 高三教研 E12"
    assert "3 张表" in said


def test_files_of_many_kinds_are_read_together(run, tmp_path):
    files = [FILES / "D03_教育信息化.docx", PROJECTS, FILES / "D01_岳阳部门整体2023.et"]
    run(*files, "-o", tmp_path / "簿.zpb")
    assert list(store.open_document(tmp_path / "簿.zpb").answers.forms) == ["d", "p1", "p2", "p3", "p4"]


def test_json_is_as_documented(run, unknown):
    code, said, _ = run(PROJECTS, SOUND, unknown, BAD / "password.xlsx", "--json")
    workbook, exchange, strange, refused = json.loads(said)
    assert code == 2
    assert [entry["kind"] for entry in (workbook, exchange, strange)] == ["xlsx", "json", "xlsx"]
    assert set(workbook) == {"file", "kind", "error", "forms", "accounts"}
    assert workbook["error"] is None
    assert "有打开密码" in refused["error"]
    first = workbook["forms"][0]
    assert set(first) == {"form", "layout", "candidates", "data", "places", "marks", "left"}
    assert first["form"] == first["layout"] == first["candidates"][0][0] == "hunan-project-2023"
    assert judge.judge(first["data"], judge.wanted_of(PROJECTS.name)[0], {}).faults == ()
    assert first["places"]["indicators[0].target"] == "高三教研!E12"
    assert {"place": "高三教研!D13", "text": "（示例）开展活动"} in first["left"]
    assert (strange["forms"][0]["form"], strange["forms"][0]["layout"]) == ("", "")


def test_every_value_has_its_sign_in_json(run, unknown):
    _, said, _ = run(unknown, SOUND, "--json")
    for entry in json.loads(said):
        for form in entry["forms"]:
            assert form["marks"].keys() == {path for path, _ in scalars(form["data"])}
            assert set(form["marks"].values()) <= set("✓~!✕")


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (PROJECTS, 0),
        (FILES / "D03_教育信息化.pdf", 1),
        (FILES / "D13_一体化执行情况.xlsx", 2),
        (BAD / "empty.xlsx", 2),
    ],
)
def test_the_exit_code_says_what_is_to_be_done(run, file, code):
    assert run(file, "--json")[0] == code


def test_show_prints_place_sign_meaning_and_text(run):
    _, said, _ = run(PROJECTS, "--show")
    assert "    ✓ 高三教研 E12  第 1 行指标 · 年度指标值：450人" in said
    assert "    ~ 高三教研 B12  第 1 行指标 · 一级指标分值：50" in said
    assert "    ○ 高三教研 D13  （示例）开展活动" in said
    assert "得分合计 100，原表总分 100，一致。" in said
    assert "2022年旧表：2022年度项目支出绩效自评表（在隐藏的工作表里，没有读入）" in said


def test_what_the_file_does_not_say_can_be_said(run, unknown, tmp_path):
    code, _, errors = run(unknown, "-o", tmp_path / "簿.zpb")
    assert code == 2
    assert "这个版式还不认识。" in errors
    assert not (tmp_path / "簿.zpb").exists()
    run(unknown, "-o", tmp_path / "簿.zpb", "--as", "hunan-department-2023", "--year", "2020")
    answers = store.open_document(tmp_path / "簿.zpb").answers
    assert (answers.year, answers.forms["d"].text("i1.target")) == ("2020", "≤100%")


def test_a_kind_of_form_that_is_not_known_is_refused(run, unknown):
    code, _, errors = run(unknown, "--json", "--as", "atlantis-2030")
    assert (code, "atlantis-2030" in errors) == (2, True)


def test_nothing_to_do_is_refused(run):
    code, _, errors = run(PROJECTS)
    assert (code, errors.strip()) == (
        2,
        "没有写明要做什么。请用 -o 指明自评簿，或用 --show、--json 查看会读到什么。",
    )


def test_a_folder_is_read_with_its_folders(run, tmp_path):
    (tmp_path / "a").mkdir()
    shutil.copy(PROJECTS, tmp_path / "a")
    (tmp_path / "~$锁.xlsx").write_bytes(b"x")
    _, said, _ = run(tmp_path, "--json")
    assert [len(entry["forms"]) for entry in json.loads(said)] == [3]


def test_what_was_imported_comes_out_again(run, tmp_path, capsys):
    run(PROJECTS, "-o", tmp_path / "簿.zpb")
    command(capsys, "export", tmp_path / "簿.zpb", "--to", "json", "--out", tmp_path / "out")
    written = [json.loads(path.read_text("utf-8")) for path in sorted((tmp_path / "out").iterdir())]
    for form, right in zip(written, judge.wanted_of(PROJECTS.name), strict=True):
        form.pop("left", None)
        assert judge.judge(form, right, {}).faults == ()


def test_check_reads_foreign_files(capsys, unknown, tmp_path):
    exchange = tmp_path / "1.json"
    exchange.write_bytes(encode(judge.wanted_of("D07_项目自评表2022.xlsx")[0]))
    code, said, _ = command(capsys, "check", FILES / "D07_项目自评表2022.xlsx", exchange, unknown, "--json")
    foreign, own, strange = json.loads(said)
    assert code == 2
    assert foreign["error"] is None
    assert foreign["forms"] == own["forms"]
    assert "这个版式还不认识。" in strange["error"]
