"""`main.py fill DOC.zpb BLANK… --out DIR`: 0, 1 where something has no place, 2 where a file failed."""

import re
from pathlib import Path

import pytest

import main
from intake.reading import read_bytes
from model.document import store
from model.document.answers import Answers
from model.document.carrying import carrying
from tests.builders import NATIONAL, WUHAN_PROJECT, filled, row
from tests.bureaus import bureau, made_document

FILES = Path(__file__).parents[2] / "data" / "intake" / "files"
BLANK = FILES / "D09_财政局空白表.xlsx"


def document(tmp_path, *names, definition=NATIONAL):
    forms = {}
    for n, name in enumerate(names, start=1):
        one = row("≥5次", "6次", "10", "10")
        form = filled(definition, one, budget="60", executed="60", project_name=name)
        forms[f"p{n}"] = form.answers
    path = tmp_path / "d.zpb"
    store.create(path, Answers(forms, unit="示例中心", year="2025"))
    return path


def run(document_path, *blanks, out):
    return main.main(["fill", str(document_path), *map(str, blanks), "--out", str(out)])


OLD = FILES / "D14_财政局空白表.xls"


def test_a_blank_is_filled_and_the_original_stays(tmp_path, capsys):
    before = BLANK.read_bytes()
    code = run(document(tmp_path, "运维"), BLANK, out=tmp_path / "出")
    (made,) = (tmp_path / "出").iterdir()
    assert made.name.startswith("D09_财政局空白表（已填）")
    assert BLANK.read_bytes() == before
    shown = capsys.readouterr().out
    assert "公式保留 5" in shown
    assert "与原文件逐字节相同" in shown
    assert code == 1  # the amounts of this blank are formulas


def test_what_has_no_place_is_called_as_the_form_calls_it(tmp_path, capsys):
    one = row("≥5次", "6次", "10", "10")
    form = filled(
        WUHAN_PROJECT, one, project_name="运维", deviation_analysis="没有偏差。", improvement="加强。"
    )
    answers = form.answers.with_texts({"category": "1"})
    path = tmp_path / "d.zpb"
    store.create(path, Answers({"p1": answers}, unit="示例中心", year="2025"))
    run(path, BLANK, out=tmp_path / "out")
    lines = [line for line in capsys.readouterr().out.splitlines() if "没有这一栏" in line]
    assert "  改进措施：加强。：原表没有这一栏。" in lines
    assert not [line for line in lines if re.search(r"[a-z_]{3,}：|\[\d", line)]


def test_each_project_has_a_file_of_its_own(tmp_path):
    run(document(tmp_path, "运维/一期", "培训"), BLANK, out=tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [name.partition("（")[0] for name in names] == [
        "D09_财政局空白表-培训",
        "D09_财政局空白表-运维_一期",
    ]


@pytest.mark.parametrize(
    ("blank", "problem"),
    [
        ("D13_一体化执行情况.xlsx", "没有可以填进这张表的表"),
        ("D04_项目自评表2020.doc", "不能直接填写"),
        ("nowhere.xlsx", "没有填写"),
    ],
)
def test_what_cannot_be_filled_is_named_and_the_rest_goes_on(tmp_path, capsys, blank, problem):
    path = document(tmp_path, "运维", definition=WUHAN_PROJECT)
    code = run(path, FILES / blank, FILES / "D10_市财政局空白表.docx", out=tmp_path / "out")
    assert code == 2
    assert problem in capsys.readouterr().err
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.parametrize("name", ["区表.xls", "区表.et", "改了名.xlsx"])
def test_an_old_workbook_is_filled_only_where_that_is_asked_for(tmp_path, capsys, name):
    blank, path = tmp_path / name, document(tmp_path, "运维")
    blank.write_bytes(OLD.read_bytes())
    assert run(path, blank, out=tmp_path / "out") == 2
    assert "请用 Excel/WPS 另存为 xlsx" in capsys.readouterr().err
    assert not list(tmp_path.glob("out/*"))
    assert run(path, blank, "--xls", out=tmp_path / "out") in (0, 1)
    assert "请用 Excel 或 WPS 打开核对" in capsys.readouterr().out
    (made,) = (tmp_path / "out").iterdir()
    assert made.suffix == blank.suffix
    assert blank.read_bytes() == OLD.read_bytes()
    texts = [cell.text for sheet in read_bytes("a.xls", made.read_bytes()).sheets for cell in sheet.cells]
    assert "运维" in texts


def test_an_old_workbook_that_a_form_of_the_document_keeps_is_filled(tmp_path, capsys):
    made = bureau(OLD.name)
    path = tmp_path / "d.zpb"
    answers = made_document(made.form).with_text("project_name", "运维")
    store.create(path, carrying(made.library, Answers({"p1": answers}, unit="示例中心", year="2025")))
    assert run(path, out=tmp_path / "out") == 2
    assert run(path, "--xls", out=tmp_path / "out") == 0
    assert [one.suffix for one in (tmp_path / "out").iterdir()] == [".xls"]


def test_a_blank_that_is_not_there_is_said_without_technical_words(tmp_path, capsys):
    missing = tmp_path / "没有 硚.xlsx"
    assert run(document(tmp_path, "运维"), missing, out=tmp_path / "出") == 2
    said = "".join(capsys.readouterr())
    assert f"没有填写 {missing}：找不到这个文件，可能已被移走或改名，请重新选择。" in said
    assert "Errno" not in said


def test_a_folder_that_cannot_be_made_is_said(tmp_path, capsys):
    (tmp_path / "出").write_text("是文件", encoding="utf-8")
    assert run(document(tmp_path, "运维"), BLANK, out=tmp_path / "出") == 2
    said = "".join(capsys.readouterr())
    assert "无法建立文件夹“出”" in said
    assert "Errno" not in said
