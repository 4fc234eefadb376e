"""The commands `handout` and `takeback`: forms go out as small documents and come back, and no text is lost.

1. handing out: a document a form, nothing written over, the accounts stay
2. what only the colleague changed is taken, k changes are k lines; without a change it says so
3. what both changed is listed with all three texts and waits for a choice
4. rows added and deleted; a row in which something was typed here stays until it is chosen
5. a second taking back says so, also where a new row of mine had the same id
6. files that did not go out from this document are refused by name, the others still come back
"""

from pathlib import Path

import pytest

from model.document import store
from model.document.answers import Answers, Reply
from tests.builders import WUHAN, WUHAN_PROJECT, filled, row
from tests.command import command


@pytest.fixture
def desk(capsys, tmp_path):
    return _Desk(capsys, tmp_path)


class _Desk:
    """My document, what was handed out, and the commands."""

    def __init__(self, capsys, folder):
        self._capsys, self.folder = capsys, folder
        self.mine, self.out = folder / "我的.zpb", folder / "发出"
        rows = (row("≥5次", "5次", "10", name="培训"), row("≥8次", "8次", "10", name="教研"))
        project = filled(WUHAN_PROJECT, *rows, project_name="运维").answers
        answers = Answers({"d": filled(WUHAN).answers, "p1": project}, "示例单位", "2025")
        store.create(self.mine, answers)

    def hand_out(self, *more):
        return command(self._capsys, "handout", self.mine, "--out", self.out, *more)

    def parcel(self, *more):
        """Hand the project out; return its file."""
        assert self.hand_out("--only", "p1", *more)[0] == 0
        (path,) = self.out.glob("*.zpb")
        return path

    def change(self, path, change):
        stored = store.open_document(path)
        answers = stored.answers.with_form("p1", change(stored.answers.forms["p1"]))
        store.save(path, stored.revision, stored.answers, answers)

    def type(self, path, **texts):
        changes = {cell.replace("__", "."): text for cell, text in texts.items()}
        self.change(path, lambda form: form.with_texts(changes))

    def take_back(self, *arguments):
        return command(self._capsys, "takeback", self.mine, *arguments)

    def taken(self, *arguments):
        """Take back into a new document; return its project, and the code and what was said."""
        new = self.folder / "合并.zpb"
        new.unlink(missing_ok=True)
        code, said, _ = self.take_back(*arguments, "-o", new)
        return store.open_document(new).answers.forms["p1"], code, said


# ---- 1 -------------------------------------------------------------------------------------------


def test_1_a_document_a_form(desk):
    code, said, _ = desk.hand_out()
    assert code == 0
    paths = [line.split("\t") for line in said.splitlines()]
    assert [key for key, _ in paths] == ["d", "p1"]
    for key, path in paths:
        found = store.open_document(Path(path)).answers
        assert found.forms == {key: store.open_document(desk.mine).answers.forms[key]}
        assert (found.unit, found.year) == ("示例单位", "2025")


def test_1_nothing_is_written_over(desk):
    parcel = desk.parcel()
    desk.type(parcel, i1__actual="7次")
    code, _, errors = desk.hand_out("--only", "p1")
    assert code == 2
    assert parcel.name in errors
    assert store.open_document(parcel).answers.forms["p1"].text("i1.actual") == "7次"


def test_1_an_unknown_form_is_refused(desk):
    code, _, errors = desk.hand_out("--only", "p7")
    assert (code, errors.strip()) == (2, "自评簿里没有这张表：p7。有 d、p1。")


# ---- 2 -------------------------------------------------------------------------------------------


def test_2_without_a_change_there_is_no_difference(desk):
    code, said, _ = desk.take_back(desk.parcel())
    assert code == 0
    assert "同事没有改动。" in said


def test_2_what_only_the_colleague_changed_is_taken(desk):
    parcel = desk.parcel()
    desk.type(parcel, i1__actual="7次", i2__reason="疫情影响")
    desk.type(desk.mine, i2__actual="9次")
    form, code, said = desk.taken(parcel)
    assert code == 0
    assert said.count("采用同事的") == 2
    assert "第1行“培训”" in said
    assert "“5次” → “7次”" in said
    assert [form.text(cell) for cell in ("i1.actual", "i2.reason", "i2.actual")] == ["7次", "疫情影响", "9次"]


def test_2_my_document_stays_as_it_was(desk):
    parcel = desk.parcel()
    desk.type(parcel, i1__actual="7次")
    before = desk.mine.read_bytes()
    desk.taken(parcel)
    code, _, errors = desk.take_back(parcel, "-o", desk.mine)
    assert (code, desk.mine.read_bytes()) == (2, before)
    assert errors


def test_2_answers_to_findings_come_back(desk):
    parcel = desk.parcel()
    desk.change(parcel, lambda form: form.with_reply("x", "i1.actual", Reply("已核对")))
    form, code, _ = desk.taken(parcel)
    assert code == 0
    assert form.replies[("x", "i1.actual")].text == "已核对"
    desk.change(desk.mine, lambda form: form.with_reply("x", "i1.actual", Reply("我的")))
    form, code, said = desk.taken(parcel)
    assert (code, form.replies[("x", "i1.actual")].text) == (1, "我的")
    assert "出错说明不同，保留我的" in said
    assert "“已核对”" in said


# ---- 3 -------------------------------------------------------------------------------------------


def test_3_what_both_changed_waits_for_a_choice(desk):
    parcel = desk.parcel()
    desk.type(parcel, i1__actual="7次")
    desk.type(desk.mine, i1__actual="6次")
    form, code, said = desk.taken(parcel)
    assert (code, form.text("i1.actual")) == (1, "6次")
    assert "发出时“5次”，我现在“6次”，同事“7次”　--theirs p1:i1.actual" in said
    form, code, _ = desk.taken(parcel, "--theirs", "p1:i1.actual")
    assert (code, form.text("i1.actual")) == (0, "7次")


def test_3_a_long_text_is_listed_in_full(desk):
    parcel = desk.parcel()
    desk.type(parcel, improvement="甲" * 300)
    desk.type(desk.mine, improvement="乙" * 300)
    assert "甲" * 300 in desk.taken(parcel)[2]


# ---- 4 -------------------------------------------------------------------------------------------


def with_row(name, at="i3"):
    def change(form):
        form = form.with_rows("indicators", (*form.indicators, at))
        return form.with_texts({f"{at}.level2": "数量指标", f"{at}.name": name})

    return change


def without_row(at):
    def change(form):
        texts = {cell: "" for cell in form.texts if cell.startswith(f"{at}.")}
        return form.with_rows("indicators", (r for r in form.indicators if r != at)).with_texts(texts)

    return change


def test_4_rows_added_and_deleted(desk):
    parcel = desk.parcel()
    desk.change(parcel, with_row("送教"))
    desk.change(parcel, without_row("i2"))
    form, code, said = desk.taken(parcel)
    assert (code, form.indicators, form.text("i3.name")) == (0, ("i1", "i3"), "送教")
    assert "同事加了一行　“送教”" in said
    assert "同事删了一行　“教研”" in said


def test_4_a_deleted_row_in_which_i_typed_stays_until_it_is_chosen(desk):
    parcel = desk.parcel()
    desk.change(parcel, without_row("i2"))
    desk.type(desk.mine, i2__actual="9次")
    form, code, said = desk.taken(parcel)
    assert (code, form.text("i2.actual"), form.indicators) == (1, "9次", ("i1", "i2"))
    assert "--theirs p1:i2" in said
    form, code, _ = desk.taken(parcel, "--theirs", "p1:i2")
    assert (code, form.indicators) == (0, ("i1",))


def test_4_a_row_deleted_here_in_which_the_colleague_typed_waits_for_a_choice(desk):
    parcel = desk.parcel()
    desk.type(parcel, i2__actual="9次")
    desk.change(desk.mine, without_row("i2"))
    form, code, said = desk.taken(parcel)
    assert (code, form.indicators) == (1, ("i1",))
    assert "同事改过，没有加回：“教研”　--theirs p1:i2" in said
    form, code, _ = desk.taken(parcel, "--theirs", "p1:i2")
    assert (code, form.indicators, form.text("i2.actual")) == (0, ("i1", "i2"), "9次")


def test_4_a_goal_that_the_colleague_added_comes_with_its_text(desk):
    parcel = desk.parcel()
    desk.change(parcel, lambda form: form.with_rows("goals", ("g1",)).with_texts({"g1.text": "提高质量"}))
    form, code, _ = desk.taken(parcel)
    assert (code, form.goals, form.text("g1.text")) == (0, ("g1",), "提高质量")


def test_4_both_added_a_row(desk):
    parcel = desk.parcel()
    desk.change(parcel, with_row("送教"))
    desk.change(desk.mine, with_row("竞赛"))
    form, code, _ = desk.taken(parcel)
    assert code == 0
    assert {form.text(f"{row}.name") for row in form.indicators} == {"培训", "教研", "竞赛", "送教"}


# ---- 5 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("my_row", ["", "竞赛"])
def test_5_a_second_taking_back_says_so(desk, my_row):
    parcel = desk.parcel()
    desk.type(parcel, i1__actual="7次")
    desk.change(parcel, with_row("送教"))
    if my_row:
        desk.change(desk.mine, with_row(my_row))
    first, code, _ = desk.taken(parcel)
    assert code == 0
    desk.change(desk.mine, lambda form: first)
    again, code, said = desk.taken(parcel)
    assert (code, again.texts) == (0, first.texts)
    assert "没有新的不同，可能已经收回过。" in said


# ---- 6 -------------------------------------------------------------------------------------------


def test_6_files_of_others_are_refused_by_name(desk, tmp_path):
    parcel = desk.parcel()
    desk.type(parcel, i1__actual="7次")
    other = tmp_path / "别的.zpb"
    store.create(other, store.open_document(desk.mine).answers)
    code, said, errors = desk.take_back(other, parcel)
    assert code == 2
    assert f"没有收回 {other}：这个文件不是发给同事填写的表。" in errors
    assert "“5次” → “7次”" in said
    _, _, errors = command(desk._capsys, "takeback", other, parcel)
    assert "这张表是从另一个自评簿发出的。" in errors


def test_6_where_nothing_came_back_no_document_is_made(desk, tmp_path):
    new = tmp_path / "合并.zpb"
    code, said, errors = desk.take_back(tmp_path / "没有.zpb", "-o", new)
    assert code == 2
    assert "没有收回" in errors
    assert "已建立" not in said
    assert not new.exists()
