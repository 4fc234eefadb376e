"""Answers to findings (出错说明): kept in the document, undone like typing, tied to what they answer."""

from dataclasses import replace

from model.checks import check_form, drafts
from model.checks.replies import as_exchange, replies_grid, settled
from model.document import store
from model.document.answers import INDICATORS, Answers, FormAnswers, Reply
from model.document.document import Document
from model.exchange.exchange import read_exchange, write_exchange
from model.forms.loader import metrics, shipped
from tests.builders import WUHAN_PROJECT, form_of, row
from tests.findings import filled

LOST = row("50个", "45个", "10", "9")
CODE, CELL = "reason-missing", "i1.reason"
SAYS = "五个项目未验收，次年补上"


def form() -> FormAnswers:
    return filled(WUHAN_PROJECT, LOST, row("5次", "5次", "70", name="教研")).answers


def found_in(answers: FormAnswers):
    return next(finding for finding in check_form(form_of(answers)) if finding.code == CODE)


def answered() -> FormAnswers:
    return form().with_reply(CODE, CELL, Reply(SAYS, found_in(form()).found))


def test_an_answer_is_one_step_that_can_be_undone():
    document = Document(Answers({"p1": form()}))
    with document.edit("写说明") as edit:
        edit.set_reply(("p1", CELL), CODE, f" {SAYS} ", found_in(form()).found)
    assert edit.change.cells == {("p1", CELL)}
    assert document.answers.forms["p1"] == answered()
    document.undo()
    assert document.answers.forms["p1"] == form()


def test_an_empty_answer_takes_it_back():
    assert answered().with_reply(CODE, CELL, Reply("", "")) == form()


def test_a_row_that_is_removed_takes_its_answers_with_it():
    document = Document(Answers({"p1": answered()}))
    with document.edit("删除行") as edit:
        edit.remove_rows("p1", INDICATORS, ["i1"])
    assert document.answers.forms["p1"].replies == {}


def test_answers_are_saved_changed_and_taken_back_in_the_file(tmp_path):
    path, last = tmp_path / "a.zpb", Answers({"p1": form()}, "示例单位", "2025")
    revision = store.create(path, last)
    other = form().with_reply(CODE, CELL, Reply("另一个说明", "x"))
    for state in (answered(), other, form()):
        now = last.with_form("p1", state)
        revision = store.save(path, revision, last, now)
        assert store.open_document(path).answers.forms["p1"].replies == state.replies
        last = now


def test_an_answered_judged_error_leaves_no_draft():
    assert drafts(check_form(form_of(form()))) == {"p1"}
    assert drafts(check_form(form_of(answered()))) == frozenset()


def test_an_exchange_file_names_the_place_and_reading_it_ties_the_answer_again():
    shown = form_of(answered())
    replies = as_exchange("p1", check_form(shown))
    assert replies == [{"code": CODE, "place": found_in(form()).place, "text": SAYS}]
    data = write_exchange(shown.answers, shown.definition, replies=replies)
    read = read_exchange(data, shipped())
    assert found_in(read).answer == SAYS  # holds for what the file holds
    again = settled(Answers({"p1": read}), shipped()).forms["p1"]
    assert again.replies == answered().replies


def test_what_answers_nothing_is_kept_and_written_back():
    stray = form().with_reply("reason-missing", "产出指标 · 第9行", Reply("原先的说明文字"))
    kept = settled(Answers({"p1": stray}), shipped()).forms["p1"]
    assert kept == stray
    written = write_exchange(kept, shipped().form(WUHAN_PROJECT))["answers"]
    assert written == [{"code": "reason-missing", "place": "产出指标 · 第9行", "text": "原先的说明文字"}]


def test_the_annex_lists_what_is_answered_and_nothing_else():
    shown = form_of(answered())
    grid = replies_grid(shown, check_form(shown), metrics())
    assert grid is not None
    texts = [cell.text for cell in grid.cells]
    assert texts[:5] == ["出错说明", "序号", "位置", "问题", "说明"]
    assert texts[5] == "1"
    assert texts[-1] == SAYS
    assert replies_grid(form_of(form()), check_form(form_of(form())), metrics()) is None


def test_a_changed_row_lets_the_answer_lapse():
    changed = answered().with_text("i1.target", "60个").with_text("i1.score", "7.5")
    found = found_in(replace(changed))
    assert (found.answer, found.lapsed) == ("", SAYS)


def test_the_annex_names_the_indicator_and_an_exchange_file_keeps_the_place():
    [found] = [one for one in check_form(form_of(answered())) if one.code == CODE]
    assert found.place == "产出指标 · 数量指标 · 第1行 · 偏差原因"
    assert found.where == "产出指标 · 数量指标 · 第1行“培训教师” · 偏差原因"
    grid = replies_grid(form_of(answered()), [found], metrics())
    assert any(found.where in cell.text for cell in grid.cells)
    assert as_exchange(found.address[0], [found])[0]["place"] == found.place


def test_a_long_name_is_shortened_in_a_place_and_a_finding_of_no_row_has_none():
    [found] = [
        one
        for one in check_form(filled(WUHAN_PROJECT, row("5次", "", "5", "5", name="培 训\n" * 20)))
        if one.code == "actual-missing"
    ]
    name = found.where.partition("“")[2].partition("”")[0]
    assert name.startswith("培 训 培 训")
    assert name.endswith("…")
    assert len(name) <= 20
    assert all("“" not in one.where for one in check_form(filled(WUHAN_PROJECT)) if not one.subject)
