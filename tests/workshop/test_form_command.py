"""`main.py form BLANK -o FORM.zpf`: what it took for what is printed; what is no blank is refused.

1. it makes the file and says what every part was taken for, in words or as JSON
2. what is to be looked at ends with 1 and is named with its place; what is understood ends with 0
3. a filled one serves too: the form is the same as of the blank; what was filled in does not go along
4. a file that holds no form, several, or two headings is refused in a sentence; nothing is written
5. a file that is there stays unless --replace
6. a form so made is listed and used by the other commands
"""

import json
import zipfile

import pytest

from intake.reading import read_bytes
from model.document import store
from model.document.answers import Answers
from model.document.carrying import carrying
from model.filling.blank import blank_form
from model.forms.loader import shipped, unpacked
from model.recognition.recognise import Recogniser
from tests.builders import NATIONAL
from tests.bureaus import D09, D10, D14, FILES, UNIT, bureau, learnt, made_document, proposed, round_trip
from tests.command import command
from tests.workshop.made import MADE, THREE_COLUMNS, blank_of

OLD = ("D04_项目自评表2020.doc", "D03_教育信息化.wps")
OLD_BOOKS = ("D07_项目自评表2022.xls", "D01_岳阳部门整体2023.et")
BAD = FILES.parent / "bad"


def test_1_it_makes_the_file_and_says_what_was_understood(tmp_path, capsys):
    target = tmp_path / "区.zpf"
    code, out, _ = command(capsys, "form", FILES / D09, "-o", target)
    assert code == 0
    assert "项目支出绩效自评表 E13　年度指标值 → 目标值" in out
    assert "分值　执行率 10 · 产出指标 50 · 效益指标 30 · 满意度指标 10" in out
    assert "认出 8 部分。" in out
    assert target.read_bytes()[:2] == b"PK"


def test_1_the_same_as_json(capsys):
    _, out, _ = command(capsys, "form", FILES / D10, "--json")
    said = json.loads(out)
    assert (said["kind"], said["execution_points"], said["region"]) == ("project", "20", "本地")
    assert [part["kind"] for part in said["parts"]] == [
        *("title", "line", "fields", "funds", "indicators", "goals", "total", "fields", "notes")
    ]
    roles = [item["role"] for item in said["parts"][4]["items"]]
    assert roles == ["level1", "level2", "name", "target", "actual", "score"]


def test_2_what_is_to_be_looked_at_is_named_with_its_place(tmp_path, capsys):
    blank = tmp_path / "三栏目标.xlsx"
    blank.write_bytes(blank_of(THREE_COLUMNS))
    code, out, _ = command(capsys, "form", blank)
    assert code == 1
    assert "! 表 J10　审核评分 → 不填，留给财政局" in out
    assert "“本年财政拨款”当作“当年财政拨款”" in out
    assert "请看 3 处" in out


def test_2_roles_are_told_by_captions_never_by_place():
    turned = THREE_COLUMNS.replace("指标性质|指标值|度量单位", "度量单位|指标值|指标性质")
    roles = [item.role for item in proposed("a.xlsx", blank_of(turned)).part("indicators").items]
    assert roles[3:6] == ["unit", "target", "nature"]


@pytest.mark.parametrize("name", [D09, *MADE])
def test_3_a_filled_one_gives_the_same_form(name):
    made = bureau(name) if name == D09 else learnt(name, blank_of(MADE[name]))
    year = "2024" if name == "三栏目标.xlsx" else "2025"
    filled = round_trip(made, made_document(made.form, year)).filled.data
    again = learnt(name, filled).form
    assert (again.id, again.level1) == (made.form.id, made.form.level1)
    assert list(again.fields) == list(made.form.fields)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("D13_一体化执行情况.xlsx", "这是项目名单，不是一张表"),
        ("D12_部门决算公开表.xlsx", "没有找到指标表"),
        ("D03_教育信息化.pdf", "表样要用 Excel、Word 或 WPS 的空白表来做"),
        ("D08_附表4-11.xlsx", "指标表有两种表头（第 27 行和第 52 行）"),
        ("nowhere.xlsx", "找不到"),
    ],
)
def test_4_what_is_no_blank_is_refused(name, said, tmp_path, capsys):
    code, out, err = command(capsys, "form", FILES / name, "-o", tmp_path / "x.zpf")
    assert (code, out) == (2, "")
    assert said in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["password.xlsx", "truncated.xlsx", "bomb_ratio.xlsx", "xfd1048576.xlsx"])
def test_4_a_protected_or_damaged_file_is_one_sentence(name, tmp_path, capsys):
    code, _, err = command(capsys, "form", BAD / name, "-o", tmp_path / "x.zpf")
    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_4_three_hundred_columns_are_no_blank(tmp_path, capsys):
    wide = tmp_path / "宽.xlsx"
    wide.write_bytes(blank_of("项目支出绩效自评表>300\n项目名称|>299\n" + "|".join(["指标值"] * 300)))
    code, _, err = command(capsys, "form", wide)
    assert code == 2
    assert "256 列" in err


def test_4_two_different_tables_in_one_file_are_asked_about(tmp_path, capsys):
    both = tmp_path / "两张.xlsx"
    both.write_bytes(blank_of(f"{MADE['三栏目标.xlsx'].strip()}\n\n{MADE['两张资金.xlsx'].strip()}"))
    code, _, err = command(capsys, "form", both)
    assert code == 2
    assert "文件里有 2 张不同的表" in err


def test_5_a_form_that_is_there_stays(tmp_path, capsys):
    target = tmp_path / "区.zpf"
    target.write_bytes(b"mine")
    code, _, err = command(capsys, "form", FILES / D09, "-o", target)
    assert (code, target.read_bytes()) == (2, b"mine")
    assert "已有同名的文件" in err
    assert command(capsys, "form", FILES / D09, "-o", target, "--replace")[0] == 0
    assert target.read_bytes() != b"mine"


def test_5_the_file_is_called_zpf(tmp_path, capsys):
    code, _, err = command(capsys, "form", FILES / D09, "-o", tmp_path / "区.toml")
    assert code == 2
    assert "应以 .zpf 结尾" in err


def test_6_it_is_listed_with_region_year_kind_and_source(tmp_path, capsys):
    command(capsys, "form", FILES / D14, "-o", tmp_path / "区.zpf", "--name", "示例区自评表")
    _, out, _ = command(capsys, "forms", "--forms", tmp_path)
    line = next(line for line in out.splitlines() if line.startswith("own-"))
    assert line.split("\t")[1:3] == ["本地", "2026"]
    assert line.split("\t")[3:5] == ["示例区自评表", "项目自评"]
    assert D14 in line


def test_6_a_document_of_it_is_checked_exported_and_filled_in_without_the_file(tmp_path, capsys):
    made, path = bureau(D09), tmp_path / "a.zpb"
    answers = Answers({"p1": made_document(made.form)}, UNIT, "2025")
    store.create(path, carrying(made.library, answers))
    code, out, _ = command(capsys, "check", path)
    assert code in (0, 1)
    assert "项目支出绩效自评表" in out or UNIT in out
    assert command(capsys, "export", path, "--to", "xlsx,pdf", "--out", tmp_path / "out")[0] in (0, 1)
    assert command(capsys, "fill", path, FILES / D09, "--out", tmp_path / "out")[0] in (0, 1)
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_3_what_was_filled_in_does_not_go_along_with_the_form(tmp_path, capsys):
    made = bureau(D09)
    filled = tmp_path / "填过的.xlsx"
    filled.write_bytes(round_trip(made, made_document(made.form)).filled.data)
    assert command(capsys, "form", filled, "-o", tmp_path / "区.zpf")[0] == 1  # the indicators are told
    blank = unpacked(shipped(), (tmp_path / "区.zpf").read_bytes(), "区.zpf").blank
    (again,) = Recogniser(shipped().forms).forms(read_bytes("a.xlsx", blank).sheets)
    assert again.is_blank
    assert not any(UNIT in cell.text for cell in read_bytes("a.xlsx", blank).sheets[0].cells)
    assert again.data["funds"][0]["weight"] == "10"


@pytest.mark.parametrize("name", OLD)
def test_3_a_filled_file_of_an_old_kind_becomes_a_form_without_its_file(name, tmp_path, capsys):
    code, _, err = command(capsys, "form", FILES / name, "-o", tmp_path / "x.zpf")
    assert code in (0, 1)
    assert "没有随表样保存" in err
    file = unpacked(shipped(), (tmp_path / "x.zpf").read_bytes(), "x.zpf")
    assert file.blank == b""
    assert file.form.indicators.prints("name")
    typed = [
        cell.text for sheet in read_bytes(name, (FILES / name).read_bytes()).sheets for cell in sheet.cells
    ]
    with zipfile.ZipFile(tmp_path / "x.zpf") as archive:
        said = archive.read("form.toml").decode()
    results = [text for text in typed if len(text) > 30 and "。" in text and "注" not in text[:3]]
    assert results
    assert not any(text in said for text in results)


@pytest.mark.parametrize("name", OLD_BOOKS)
def test_3_what_was_filled_into_an_old_workbook_is_nowhere_in_the_blank(name, tmp_path, capsys):
    code, _, _ = command(capsys, "form", FILES / name, "-o", tmp_path / "x.zpf")
    assert code in (0, 1)
    file = unpacked(shipped(), (tmp_path / "x.zpf").read_bytes(), "x.zpf")
    before, after = (read_bytes(name, data).sheets for data in ((FILES / name).read_bytes(), file.blank))
    kept = {cell.text for sheet in after for cell in sheet.cells}
    typed = {cell.text for sheet in before for cell in sheet.cells} - kept
    assert [text for text in typed if len(text) > 30]
    said = {form: file.blank.decode(form, "replace") for form in ("utf-16-le", "latin-1")}
    said["odd"] = file.blank[1:].decode("utf-16-le", "replace")
    long = [text for text in typed if len(text) > 4 and not any(text[:8] in one for one in kept)]
    assert long
    assert not [text for text in long for whole in said.values() if text[:8] in whole]


def test_3_a_document_is_filled_into_the_blank_that_its_form_keeps(tmp_path, capsys):
    made, path = bureau(D09), tmp_path / "a.zpb"
    answers = Answers({"p1": made_document(made.form)}, UNIT, "2025")
    store.create(path, carrying(made.library, answers))
    assert command(capsys, "fill", path, "--out", tmp_path / "out")[0] in (0, 1)
    (filled,) = (tmp_path / "out").iterdir()
    assert filled.name.startswith("D09_财政局空白表（已填）")


def test_3_without_a_blank_anywhere_one_is_asked_for(tmp_path, capsys):
    form = blank_form(shipped().form(NATIONAL), UNIT, "2025").with_text("project_name", "示例项目")
    store.create(tmp_path / "a.zpb", Answers({"p1": form}, UNIT, "2025"))
    code, _, err = command(capsys, "fill", tmp_path / "a.zpb", "--out", tmp_path / "out")
    assert code == 2
    assert "没有写明填哪一张空白表" in err


def test_2_points_that_are_not_100_hold_as_printed_and_are_told(tmp_path, capsys):
    blank = tmp_path / "附加分.xlsx"
    blank.write_bytes(blank_of(THREE_COLUMNS.replace("产出指标（50分）", "产出指标（60分）")))
    code, out, _ = command(capsys, "form", blank, "-o", tmp_path / "x.zpf")
    assert code == 1
    assert "合计 100 分" not in out
    form = unpacked(shipped(), (tmp_path / "x.zpf").read_bytes(), "x.zpf").form
    points = [level.points for level in form.level1]
    assert sum(points) + form.execution_points == form.full_marks


def test_6_a_document_is_imported_where_nobody_has_its_form(tmp_path, capsys):
    made, path = bureau(D09), tmp_path / "a.zpb"
    store.create(path, carrying(made.library, Answers({"p1": made_document(made.form)}, UNIT, "2025")))
    code, _, err = command(capsys, "import", path, "-o", tmp_path / "b.zpb")
    assert (code, err) == (0, "")
    again = store.open_document(tmp_path / "b.zpb").answers
    assert again.carried == {made.form.id: made.file.data}
    assert again.forms["p1"].texts == made_document(made.form).texts


def test_6_a_document_goes_over_to_a_newer_version_of_its_form(tmp_path, capsys):
    made = learnt("三栏目标.xlsx", blank_of(THREE_COLUMNS))
    changed = learnt("三栏目标.xlsx", blank_of(THREE_COLUMNS.replace("评价结论>2|>8", "专家意见>2|>8")))
    path, form = tmp_path / "a.zpb", tmp_path / "新.zpf"
    store.create(path, carrying(made.library, Answers({"p1": made_document(made.form)}, UNIT, "2025")))
    form.write_bytes(changed.file.data)
    before = path.read_bytes()
    code, out, _ = command(capsys, "renew", path, form)
    assert (code, path.read_bytes()) == (1, before)
    assert "评价结论：评价结论的文字" in out
    assert "没有位置，留在自评簿里" in out
    code, out, _ = command(capsys, "renew", path, form, "-o", tmp_path / "b.zpb", "--json")
    assert [entry["where"] for entry in json.loads(out)[0]["entries"] if not entry["now"]] == ["评价结论"]
    answers = store.open_document(tmp_path / "b.zpb").answers
    assert answers.carried == {changed.form.id: changed.file.data}
    assert command(capsys, "renew", tmp_path / "b.zpb", form)[0] == 2  # it is filled in by it already
    assert command(capsys, "renew", path, form, "-o", tmp_path / "b.zpb")[0] == 2  # which stays
