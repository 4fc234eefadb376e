"""The command `aggregate`: what it says, what it writes, its exit code; another reader opens workbooks.

1. the table: a title, captions, a line a form with figures as numbers, sums and weighted averages below
2. what does not count, is not read or is asked is named; an answer settles a question
3. exit code: 2 a file was not read, 1 something to look at, 0 all well
4. A4 lying, captions repeated on every page, frame; the same as PDF
5. JSON as docs/aggregation.md says
6. the sum as a document of one form, once nothing is asked
7. nothing is written over that is to be added up; an earlier table in the folder is no form
"""

import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from model.document import store
from tests.builders import HUNAN_PROJECT, WUHAN_PROJECT, filled, row
from tests.command import broken_file, command, saved


@pytest.fixture
def run(capsys):
    return lambda *arguments: command(capsys, "aggregate", *arguments)


def unit_file(folder, unit, *rows, definition=WUHAN_PROJECT, **fields):
    form = filled(definition, *rows, project_name="信息化运维", **fields)
    named = replace(form, answers=form.answers.with_texts({"unit": unit}))
    return saved(named, folder / f"{unit}.json")


@pytest.fixture
def schools(tmp_path):
    """Two schools with the same indicators, 10 and 30 万元."""
    folder = tmp_path / "各校"
    folder.mkdir()
    rooms, rate = {"name": "智慧教室"}, {"name": "设备完好率", "level2": "质量指标"}
    unit_file(
        folder,
        "示例二小",
        row("≥20间", "22间", "40", **rooms),
        row("≥95%", "90%", "40", reason="设备老化", **rate),
        budget="10",
        executed="8.5",
    )
    unit_file(
        folder,
        "示例三小",
        row("≥26间", "26间", "40", **rooms),
        row("≥95%", "98%", "40", **rate),
        budget="30",
        executed="30",
    )
    return folder


def sheets(path):
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


# ---- 1 -------------------------------------------------------------------------------------------


def test_1_the_table_of_results(run, schools, tmp_path):
    assert run(schools, "-o", tmp_path / "汇总.xlsx")[0] == 0
    title, captions, second, third, total = sheets(tmp_path / "汇总.xlsx")["汇总表"][:5]
    assert title[0] == "2025 年度自评结果汇总表"
    assert captions[:6] == ["序号", "单位", "项目", "预算数（万元）", "执行数（万元）", "执行率"]
    assert captions[6:] == ["得分", "等级", "差的原因"]
    assert second[:6] == [1, "示例三小", "信息化运维", 30, 30, 1]  # in the order of the names of the files
    assert third[:6] == [2, "示例二小", "信息化运维", 10, 8.5, 0.85]
    assert (second[8], third[8]) == ("", "设备老化")
    assert total[1:6] == ["合计", "2 张表", 40, 38.5, 0.9625]


def test_1_what_the_indicators_add_up_to(run, schools, tmp_path):
    run(schools, "-o", tmp_path / "汇总.xlsx")
    _, captions, rooms, rate = sheets(tmp_path / "汇总.xlsx")["对上的指标"][:4]
    assert captions == ["一级指标", "二级指标", "三级指标", "怎么合", "目标值", "完成值", "分值", "怎么算的"]
    assert rooms[2:7] == ["智慧教室", "相加", "≥46间", "48间", 40]
    assert rate[2:7] == ["设备完好率", "按资金加权平均", "≥95%", "96%", 40]  # (90×10 + 98×30) ÷ 40
    assert "÷40＝96%" in rate[7]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("unit", "示例三小"), ("budget", "示例三小"), ("rate", "示例二小"), ("score", "示例二小")],
)
def test_1_it_is_sorted_as_wanted(run, schools, tmp_path, sort, first):
    run(schools, "-o", tmp_path / "汇总.xlsx", "--sort", sort)
    assert sheets(tmp_path / "汇总.xlsx")["汇总表"][2][1] == first


# ---- 2, 3 ----------------------------------------------------------------------------------------


def test_2_what_does_not_count_is_named(run, schools, tmp_path):
    unit_file(schools, "示例四小", row("≥5间", "5间", "40"), year="2024")
    unit_file(schools, "示例五小", row("≥5间", "5间", "40"), definition=HUNAN_PROJECT)
    code, said, _ = run(schools, "-o", tmp_path / "汇总.xlsx")
    assert code == 1
    assert "计入 2 / 4 张表" in said
    assert "示例四小 · 信息化运维（示例四小.json）：年度是 2024。" in said
    assert "示例五小 · 信息化运维（示例五小.json）：表样不同：湖南省 2023 项目支出绩效自评表。" in said
    written = sheets(tmp_path / "汇总.xlsx")
    assert {line[3] for line in written["不计入"][2:]} == {
        "年度是 2024。",
        "表样不同：湖南省 2023 项目支出绩效自评表。",
    }
    assert written["汇总表"][4][2] == "2 张表"


def test_2_a_damaged_file_costs_its_line_only(run, schools, tmp_path):
    broken = broken_file(schools)
    code, said, errors = run(schools, "-o", tmp_path / "汇总.xlsx")
    assert code == 2
    assert f"没有读入 {broken}：" in errors
    assert "计入 2 / 2 张表" in said
    assert sheets(tmp_path / "汇总.xlsx")["不计入"][2][2] == "broken.json"


def test_2_a_question_stays_open_until_it_is_answered(run, schools, tmp_path):
    unit_file(schools, "示例四小", row("≥5个", "5个", "40", name="智慧教室"))
    code, said, _ = run(schools, "-o", tmp_path / "汇总.xlsx")
    assert code == 1
    assert "示例四小写“个”，其余写“间”。" in said
    assert "--answer “数量指标 · 智慧教室:unit=same”  当作同一单位" in said
    assert sheets(tmp_path / "汇总.xlsx")["对上的指标"][2][3:6] == ["待确认"] * 3
    code, said, _ = run(schools, "--answer", "数量指标 · 智慧教室:unit=same")
    assert code == 0
    assert "智慧教室：相加，≥51间 / 53间" in said


def test_2_an_answer_to_no_question_is_refused(run, schools):
    code, _, errors = run(schools, "--answer", "数量指标 · 电脑:unit=same")
    assert (code, errors.strip()) == (2, "没有“数量指标 · 电脑:unit”这个问题。请照上次列出的问题填写。")


def test_2_results_in_another_unit_than_their_target_are_asked_about(run, schools):
    unit_file(schools, "示例四小", row("≥5间", "100%", "40", name="智慧教室"))
    code, said, _ = run(schools)
    assert code == 1
    assert "示例四小的完成值与目标值单位不同：“≥5间 / 100%”。" in said


def test_2_what_a_single_unit_has_stands_as_typed(run, schools):
    unit_file(schools, "示例四小", row("≥450人", "100%", "40", name="培训"))
    code, said, _ = run(schools)
    assert code == 0
    assert "培训：只有一张表有，≥450人 / 100%" in said


def test_3_a_unit_without_funds_is_something_to_look_at(run, schools):
    unit_file(schools, "示例四小", row("≥5间", "5间", "40", name="智慧教室"), budget="0", executed="0")
    code, said, _ = run(schools)
    assert code == 1
    assert "没有金额，比率不能加权" in said


def test_3_without_any_form_it_says_so(run, tmp_path):
    code, _, errors = run(broken_file(tmp_path))
    assert code == 2
    assert "没有可以汇总的自评表。" in errors


# ---- 4 -------------------------------------------------------------------------------------------


def test_4_it_prints_on_a4_lying_with_its_captions_on_every_page(run, schools, tmp_path):
    for n in range(30):
        unit_file(schools, f"示例第{n}小", row("≥5间", "5间", "40", name="智慧教室"))
    run(schools, "-o", tmp_path / "汇总.xlsx")
    sheet = load_workbook(tmp_path / "汇总.xlsx")["汇总表"]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == "$2:$2"
    assert sheet["D3"].border.left.style == "thin"
    assert sheet["F4"].number_format in ("0%", "0.00%")


def test_4_the_same_as_pdf_and_no_other_format(run, schools, tmp_path):
    assert run(schools, "-o", tmp_path / "汇总.pdf")[0] == 0
    assert (tmp_path / "汇总.pdf").read_bytes().startswith(b"%PDF")
    code, _, errors = run(schools, "-o", tmp_path / "汇总.txt")
    assert (code, errors.strip()) == (2, "不能写成“汇总.txt”。请用 .xlsx、.pdf 或 .docx 作后缀。")


# ---- 5 -------------------------------------------------------------------------------------------


def test_5_json(run, schools):
    unit_file(schools, "示例四小", row("≥5个", "5个", "40", name="智慧教室"), year="2025")
    unit_file(schools, "示例五小", row("≥5个", "5个", "40"), year="2024")
    code, said, _ = run(schools, "--json")
    found = json.loads(said)
    assert code == 1
    assert (found["form"], found["year"], len(found["counted"])) == (WUHAN_PROJECT, 2025, 3)
    assert found["excluded"][0]["reason"] == "年度是 2024。"
    rooms = next(line for line in found["indicators"] if line["name"] == "智慧教室")
    assert [question["id"] for question in rooms["questions"]] == ["数量指标 · 智慧教室:unit"]
    assert set(rooms["questions"][0]["choices"]) == {"same", "leave"}
    amounts = {cell: found_["amount"] for cell, found_ in found["funds"].items()}
    assert "140" in amounts.values()


# ---- 6 -------------------------------------------------------------------------------------------


def test_6_the_sum_becomes_a_document(run, schools, tmp_path):
    code, _, errors = run(schools, "-o", tmp_path / "汇总.zpb", "--unit", "示例局")
    assert (code, errors) == (0, "")
    answers = store.open_document(tmp_path / "汇总.zpb").answers
    form = answers.forms["p1"]
    assert (answers.unit, answers.year, form.definition) == ("示例局", "2025", WUHAN_PROJECT)
    assert (form.unit, form.text("project_name")) == ("示例局", "信息化运维")
    found = {form.text(f"{row}.name"): form.text(f"{row}.actual") for row in form.indicators}
    assert found == {"智慧教室": "48间", "设备完好率": "96%"}
    assert {"40", "38.5"} <= set(form.texts.values())
    assert run(tmp_path / "汇总.zpb")[0] == 0
    code, _, errors = run(schools, "-o", tmp_path / "汇总.zpb")
    assert code == 2
    assert "汇总.zpb" in errors


def test_6_not_while_a_question_is_open(run, schools, tmp_path):
    unit_file(schools, "示例四小", row("≥5个", "5个", "40", name="智慧教室"))
    code, _, errors = run(schools, "-o", tmp_path / "汇总.zpb")
    assert (code, errors.strip()) == (2, "还有 1 项没有确认，没有汇总。请用 --answer 答复后再试。")
    assert not (tmp_path / "汇总.zpb").exists()


# ---- 7 -------------------------------------------------------------------------------------------


def test_7_an_earlier_table_in_the_folder_is_made_anew(run, schools):
    assert run(schools, "-o", schools / "汇总.xlsx")[0] == 0
    code, said, _ = run(schools, "-o", schools / "汇总.xlsx")
    assert code == 0
    assert "计入 2 / 2 张表" in said


def test_7_a_form_is_not_written_over(run, schools):
    form = next(schools.glob("*.json"))
    book = form.rename(form.with_suffix(".xlsx"))  # an exchange file, whatever it is called
    before = book.read_bytes()
    code, _, errors = run(schools, book, "-o", book)
    assert (code, book.read_bytes()) == (2, before)
    assert errors
