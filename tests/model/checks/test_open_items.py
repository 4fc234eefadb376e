"""What is open: one list over the document, counted alike wherever it is shown."""

import json
from dataclasses import replace

import pytest

import main
from gui.session.marks import by_form, count, how_complete
from model.checks import check_form, run_checks
from model.checks.open_items import all_items, completeness, completeness_of_accounts, gaps, open_items
from model.document.answers import Answers, Reply
from model.exchange.exchange import write_exchange
from model.filling.blank import blank_document, sets
from model.forms.loader import shipped
from model.reading.reading import read
from tests.builders import HUNAN, HUNAN_PROJECT, WUHAN_2020, WUHAN_PROJECT_2020, form_of, row
from tests.final_accounts import accounts_answers
from tests.findings import document, filled, whole


def kinds(reading):
    return [(item.kind, item.address[1]) for item in open_items(reading)]


def of_form(form, kind):
    return [item for item in open_items(document(form)) if item.kind == kind]


# --- what would print empty


@pytest.mark.parametrize(
    ("texts", "kind", "cell"),
    [
        ({"filled_on": ""}, "date-empty", "filled_on"),
        ({"improvement": " "}, "text-empty", "improvement"),
    ],
)
def test_dates_and_texts_that_would_print_empty_are_open(texts, kind, cell):
    full = filled(WUHAN_2020, row("5次", "5次", "80"), filled_on="2026年5月8日", improvement="加强。")
    assert of_form(full, kind) == []
    [item] = of_form(form_of(full.answers.with_texts(texts)), kind)
    assert (item.severity, item.part, item.address[1]) == ("gap", "form", cell)
    assert item.sentence.endswith("未填：请填写。")
    assert not item.finding.is_open_error  # no draft for it


def test_the_pages_of_a_form_of_endless_length_are_not_looked_through(monkeypatch):
    from model.checks import open_items as module

    looked = []
    monkeypatch.setattr("model.paper.breaks.bad_breaks", lambda grid: looked.append(grid) or iter(()))
    for length in (module.MOST_LAID_OUT - 1_000, module.MOST_LAID_OUT + 1):
        looked.clear()
        module.pages_of(filled(WUHAN_2020, row("5次", "5次", "80"), improvement="长" * length))
        assert bool(looked) == (length < module.MOST_LAID_OUT)


def test_the_text_of_a_goal_that_is_printed_is_open():
    form = filled(HUNAN, row("5次", "5次", "80"), goals=[""])
    assert [item.address[1] for item in of_form(form, "text-empty")][:1] == ["g1.expected"]
    expected = form_of(form.answers.with_text("g1.expected", "办好学校"))
    assert "g1.actual" not in [item.address[1] for item in of_form(expected, "text-empty")]
    assert "goal-result" in [item.kind for item in open_items(document(expected))]  # speaks of the result


def test_a_level_without_indicators_is_open_once_whatever_blank_rows_it_has():
    blank = [row(name="", level2="成本指标"), row(name="", level2="成本指标")]
    form = filled(WUHAN_2020, row("5次", "5次", "80"), *blank)
    [item] = of_form(form, "level-empty")
    assert item.address[1] == "i2.name"
    assert "成本指标没有指标" in item.sentence
    nothing = form_of(form.answers.with_text("i2.name", "无"))
    assert of_form(nothing, "level-empty") == []


def test_a_blank_form_lacks_its_first_indicator_not_every_level():
    answers = blank_document(next(s for s in sets(shipped()) if s.department), "示例单位", "2025")
    [form] = read(shipped(), answers).forms
    assert of_form(form, "level-empty") == []
    assert [item.address[1] for item in of_form(form, "required-missing")][-1] == "i1.name"


# --- sections of reports


def test_a_section_that_would_print_only_its_heading_is_open():
    reading = document(filled(WUHAN_2020, row("5次", "5次", "80", name="培训")))
    sections = [item for item in open_items(reading) if item.kind == "section-empty"]
    assert {item.place for item in sections} == {"整体绩效自评报告"}
    empty = {item.sentence: item.address[1] for item in sections}
    other = "“（五）其他佐证材料”下面没有内容，会印出空标题：请填写。"
    assert other in empty
    assert not any("执行率情况" in sentence for sentence in empty)  # generated
    assert not any("一、自评结论" in sentence for sentence in empty)  # a heading of headings
    [form] = reading.forms
    written = form_of(form.answers.with_text(empty[other], "见附件。"))
    assert other not in {item.sentence for item in open_items(document(written))}


def test_a_section_of_sentences_about_indicators_leads_to_their_rows():
    rows = (row("5次", "5次", "80", name="培训"), row(name="", level1="效益指标", level2="社会效益指标"))
    reading = document(filled(WUHAN_2020, *rows))
    [item] = [one for one in open_items(reading) if "效益指标完成情况分析" in one.sentence]
    assert item.address[1] == "i2.name"


def test_the_statement_is_open_only_where_there_are_projects():
    def statements(*forms):
        return [item for item in open_items(document(*forms)) if item.place == "预算绩效情况说明"]

    department = filled(WUHAN_2020, row("5次", "5次", "80"))
    assert statements(department) == []
    assert statements(department, filled(WUHAN_PROJECT_2020, row("5次", "5次", "80")))


# --- levels, accounts, pages


def test_a_level_is_wanted_where_another_row_of_the_form_has_one():
    rows = [row("效果明显", "效果明显", "40", "38", name=name) for name in "甲乙"]
    assert of_form(filled(WUHAN_2020, *rows), "level-unchosen") == []
    chosen = replace(rows[0], texts={**rows[0].texts, "level": "达成"})
    [item] = of_form(filled(WUHAN_2020, chosen, rows[1]), "level-unchosen")
    assert (item.severity, item.address[1]) == ("gap", "i2.level")
    assert "请选达成" in item.sentence
    figures = row("5次", "5次", "40", name="丙")
    assert of_form(filled(WUHAN_2020, chosen, figures), "level-unchosen") == []


def test_errors_of_accounts_are_open_and_what_they_lack_may_be_set_aside():
    given = accounts_answers({"2050299": {"t3.basic": "12.5"}, "2050199": {"t3.basic": "x"}})
    reading = read(shipped(), Answers({"a": given}, "示例单位", "2022"))
    listed = open_items(reading)
    errors = [found for found in run_checks(reading) if found.state == "error"]
    assert errors
    assert {found.code for found in errors} <= {item.kind for item in listed}
    gap = next(item for item in listed if item.kind == "accounts-empty")
    reply = Reply("财务还没有报来", gap.finding.found)
    left = read(
        shipped(), Answers({"a": given.with_reply(gap.kind, gap.address[1], reply)}, "示例单位", "2022")
    )
    assert len(open_items(left)) == len(listed) - 1
    assert len(completeness_of_accounts(left.accounts).missing) == (
        len(completeness_of_accounts(reading.accounts).missing) - 1
    )


@pytest.mark.parametrize(("length", "is_told"), [(300, False), (4000, True)])
def test_a_row_of_a_report_s_table_that_no_page_holds_is_named(length, is_told):
    form = filled(WUHAN_2020, row("5次", "5次", "80"))
    answers = form.answers.with_rows("evidence", ["e1", "e2"])
    answers = answers.with_texts({"e1.material": "合同", "e2.material": "照片", "e2.remark": "说" * length})
    found = of_form(form_of(answers), "page-torn")
    told = [(item.part, item.severity, item.address[1]) for item in found]
    assert told == [("report", "paper", "e2.remark")] * is_told
    if is_told:
        assert "一页印不下" in found[0].sentence
        reply = Reply("是上级要求的原文", found[0].finding.found)
        assert of_form(form_of(answers.with_reply("page-torn", "e2.remark", reply)), "page-torn") == []


def test_a_text_that_goes_over_a_page_is_named():
    form = filled(WUHAN_2020, row("5次", "5次", "80"), improvement="加强管理。\n" * 90)
    assert "improvement" in [item.address[1] for item in of_form(form, "page-torn")]
    short = form_of(form.answers.with_text("improvement", "加强管理。"))
    assert of_form(short, "page-torn") == []


# --- set aside


def aside(form, item, reason="区里没有要求填"):
    answers = form.answers.with_reply(item.kind, item.address[1], Reply(reason, item.finding.found))
    return form_of(answers)


@pytest.mark.parametrize("kind", ["required-missing", "date-empty", "level-empty", "section-empty"])
def test_what_is_not_filled_in_may_be_set_aside_with_a_reason(kind):
    blank = row(name="", level2="成本指标")
    form = filled(WUHAN_2020, row("5次", "5次", "80"), blank, basic="", filled_on="")
    item = of_form(form, kind)[0]
    before = len(open_items(document(form)))
    left = document(aside(form, item))
    assert len(open_items(left)) == before - 1
    [kept] = [one for one in all_items(left) if one.is_set_aside]
    assert (kept.kind, kept.address[1], kept.finding.answer) == (kind, item.address[1], "区里没有要求填")
    short = document(aside(form, item, "不用"))
    assert len(open_items(short)) == before


def test_what_is_set_aside_makes_no_draft_and_is_open_again_when_something_else_is_lacking():
    form = filled(WUHAN_2020, row("5次", "5次", "60"), row("5次", "", "20", name="乙"))
    [item] = of_form(form, "row-unfinished")
    left = aside(form, item)
    made = [{found.code for found in check_form(one) if found.is_open_error} for one in (form, left)]
    assert made[0] - made[1] == {"row-unfinished"}
    assert completeness(left).missing == tuple(c for c in completeness(form).missing if c != item.address[1])
    other = form_of(left.answers.with_texts({"i2.weight": ""}))
    assert "row-unfinished" in [one.kind for one in open_items(document(other))]


def test_an_error_that_figures_prove_can_not_be_set_aside():
    form = filled(WUHAN_2020, row("5次", "5次", "40", "50"))
    [item] = of_form(form, "score-above-weight")
    assert of_form(aside(form, item), "score-above-weight") == [item]


# --- errors and warnings


def test_an_answered_finding_and_a_note_are_not_open():
    form = filled(WUHAN_2020, row("50个", "45个", "80", "72", name="培训", reason=""), deviation="")
    judged = [found for found in check_form(form) if found.is_answerable]
    answers = form.answers
    for found in judged:
        answers = answers.with_reply(found.code, found.address[1], Reply("已核实，次年补上", found.found))
    left = {item.kind for item in open_items(document(form_of(answers)))}
    assert judged
    assert not {found.code for found in judged} & left
    notes = {found.code for found in check_form(form) if found.severity == "note"}
    assert not notes & left


def test_what_lies_between_the_forms_comes_last():
    department = filled(HUNAN, row("5次", "5次", "90"), unit="甲校", unit_name="甲校")
    project = filled(HUNAN_PROJECT, row("5次", "5次", "90"), unit="乙校")
    items = open_items(document(department, project))
    assert items[-1].part == "between"
    assert items[-1].kind == "name-differs"


# --- counted alike


def wanting():
    """A department and a project form in which something of every kind is open."""
    department = filled(
        WUHAN_2020,
        row("5次", "5次", "40", "50", name="甲"),  # score-above-weight
        row("≥5次", name="乙"),
        row("5次", "5次", "40", name="丙", level1="效益指标", level2="社会效益指标"),
        row(name="", level1="效益指标", level2="生态效益指标"),
        basic="",
    )
    project = filled(WUHAN_PROJECT_2020, row("5次", "4次", "80", "64", name="丁"), project_name="维修")
    return document(department, project)


def test_the_counts_of_a_form_are_those_of_the_list():
    reading = wanting()
    items = open_items(reading)
    counts = {key: count(found) for key, found in by_form(run_checks(reading)).items()}
    for form in reading.forms:
        mine = [item for item in items if item.address[0] == form.key]
        assert counts[form.key].errors == sum(item.severity == "error" for item in mine)
        assert counts[form.key].warnings == sum(item.severity == "warning" for item in mine)
        of_the_form = [item for item in gaps(items, [form.key]) if item.part == "form"]
        found = completeness(form)
        assert sorted(found.missing) == sorted(item.address[1] for item in of_the_form)
        assert found.required - found.filled == len(of_the_form)
        assert how_complete(found) == f"缺 {len(of_the_form)} 项"


def test_known_findings_need_not_be_found_again():
    reading = wanting()
    assert open_items(reading, run_checks(reading)) == open_items(reading)


def test_the_command_line_counts_alike(tmp_path, capsys):
    [form] = document(filled(WUHAN_2020, row("≥5次", name="乙"), basic="")).forms
    path = tmp_path / "a.json"
    data = write_exchange(form.answers, form.definition)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert main.main(["check", str(path)]) == 1
    out = capsys.readouterr().out
    items = open_items(read(shipped(), Answers({"d": form.answers}, "示例单位", "2025")))
    count = sum(item.severity == "gap" for item in items)
    assert f"    未填 {count}\n" in out
    heads, figures = (line.split() for line in out.splitlines()[-2:])
    assert figures[heads.index("未填")] == str(count)
    assert "没有填完" in out.splitlines()[-1]


def test_no_problem_is_said_only_when_nothing_is_open(tmp_path, capsys):
    form = whole(filled_on="2026年5月8日", improvement="加强管理。")
    data = write_exchange(form.answers, form.definition)
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert main.main(["check", str(path)]) == 0
    out = capsys.readouterr().out
    assert "没有问题" not in out
    assert "没有发现问题" not in out
    for item in open_items(read(shipped(), Answers({"d": form.answers}, "示例单位", "2025"))):
        form = form_of(form.answers.with_text(item.address[1], "内容。"))
    data = write_exchange(form.answers, form.definition)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert main.main(["check", str(path)]) == 0
    assert "没有问题" in capsys.readouterr().out.splitlines()[-1]
