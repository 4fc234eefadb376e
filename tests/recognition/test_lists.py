"""Lists of projects: their amounts in 万元, and to which forms of a document they go."""

from dataclasses import replace

from model.document.answers import Answers, FormAnswers
from model.forms.loader import shipped
from model.recognition.amounts import match_amounts
from model.recognition.area import areas
from model.recognition.incoming import Mark
from model.recognition.lists import find_lists
from model.recognition.loader import vocabulary
from tests import judge
from tests.recognition.drawn import drawn

EXPORT = "D13_一体化执行情况.xlsx"


def lists(*sheets):
    return [found for area in areas(sheets) for found in find_lists(area, vocabulary())]


def listing(text):
    (found,) = lists(drawn(text))
    return found


def document(*names):
    forms = {
        f"p{n}": FormAnswers("hunan-project-2023", {"project_name": name})
        for n, name in enumerate(names, start=1)
    }
    return Answers(forms, "示例单位", "2023")


def test_an_export_in_yuan_is_read_in_wan_yuan_without_its_total():
    (found,) = lists(*judge.read(EXPORT).sheets)
    first = found.rows[0]
    assert (found.kind, len(found.rows), first.code) == ("amounts", 10, "4306002300000137")
    assert [first.texts[key].text for key in ("initial", "budget", "executed")] == ["50", "50", "50"]
    assert Mark.CONVERTED in first.texts["budget"].marks


def test_a_code_may_stand_before_the_name():
    found = listing("项目名称|调整预算数（万元）|支付数（万元）\n[4306001]甲|1|1\n430600230000乙|2|2")
    assert [(row.code, row.project.text) for row in found.rows] == [("4306001", "甲"), ("430600230000", "乙")]


def test_what_is_no_amount_is_marked():
    found = listing("项目名称|预算数|执行数\n甲|1|见附件\n乙|2|2")
    assert Mark.NOT_A_NUMBER in found.rows[0].texts["executed"].marks


def test_forms_of_one_project_are_no_list():
    assert lists(*judge.read("D02_岳阳项目多表.xlsx").sheets) == []
    assert lists(*judge.read("D08_附表4-11.xlsx").sheets) == []


AMOUNTS = "项目名称|年初预算数|全年预算数|执行数\n{}|10|12|11\n{}|1|1|1"


def matched(first, second, *forms):
    return match_amounts(listing(AMOUNTS.format(first, second)), document(*forms), shipped())


def test_a_row_goes_to_the_form_of_its_name():
    first, second = matched("基础课程 改革", "别的", "高三复习", "基础课程改革")
    assert (first.form, first.is_sure) == ("p2", True)
    assert dict(first.texts) == {
        ("p2", "funds.total.initial"): "10",
        ("p2", "funds.total.budget"): "12",
        ("p2", "funds.total.executed"): "11",
    }
    assert (second.form, second.is_sure, dict(second.texts)) == ("", False, {})


def test_a_name_that_sounds_alike_is_proposed_only():
    first, _ = matched("2023年基础课程改革经费", "别的", "高三复习", "基础课程改革（续）")
    assert (first.form, first.is_sure) == ("p2", False)


def by_code(row, name, code=""):
    """What becomes of a row beside a form of this name, which may have a code that its file had."""
    answers = document(name)
    if code:
        form = answers.forms["p1"]
        extra = {'["fields", "项目编码"]': f'"{code}"'}
        answers = answers.with_form("p1", replace(form, extra=extra))
    first, _ = match_amounts(listing(AMOUNTS.format(row, "别的")), answers, shipped())
    return first.form, first.is_sure


def test_the_same_code_and_name_are_sure_a_code_alone_is_proposed():
    assert by_code("[4306001]高三复习", "[4306001]高三复习") == ("p1", True)
    assert by_code("[4306001]高三复习", "高三复习", code="4306001") == ("p1", True)
    assert by_code("[4306001]某某工程", "[4306001]高三复习") == ("p1", False)


def test_the_same_name_with_another_code_is_proposed_only():
    assert by_code("[4306002]高三复习", "[4306001]高三复习") == ("p1", False)
    assert by_code("[4306002]高三复习", "高三复习") == ("p1", True)  # the form has no code


def test_two_rows_for_one_form_go_to_none():
    first, second = matched("基础课程改革经费", "基础课程改革专项", "基础课程改革与研究")
    assert [first.form, second.form] == ["", ""]
    assert first.candidates == second.candidates == ("p1",)


def test_the_clerk_may_choose_another_form():
    answers = document("高三复习", "基础课程改革")
    first, _ = match_amounts(listing(AMOUNTS.format("别名", "乙")), answers, shipped())
    chosen = first.to("p1", answers, shipped())
    assert (chosen.form, chosen.is_sure) == ("p1", True)
    assert chosen.texts["p1", "funds.total.executed"] == "11"
    assert not chosen.to("", answers, shipped()).texts
