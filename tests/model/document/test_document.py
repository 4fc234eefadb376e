"""Edits, undo and redo of a document.

Requirements, each test names its own:
 1. undo and redo
 2. keys typed in one cell are one step, until a pause, another cell or another kind of edit
 3. an edit that changes nothing makes no step; one that fails does nothing
 4. a change names exactly what differs
 5. rows and forms: ids are never used twice, order is kept, with a goal go its indicators
 6. a thousand steps are kept, in little memory
"""

import tracemalloc
from dataclasses import replace

import pytest

from model.document.answers import GOALS, INDICATORS, Answers, FormAnswers
from model.document.document import STEPS, Change, Document
from tests.published import SCORED, published

TYPED = "修改“实际完成值”"
CELL = ("p1", "i1.actual")


def form(definition="wuhan-project-2022", indicators=(), goals=(), **texts):
    rows = {name: tuple(ids) for name, ids in ((GOALS, goals), (INDICATORS, indicators)) if ids}
    return FormAnswers(definition, {cell.replace("__", "."): text for cell, text in texts.items()}, rows)


def two_goals():
    return form(
        goals=["g1", "g2"],
        indicators=["i1", "i2", "i3"],
        g1__text="教师培训",
        g2__text="设备更新",
        i1__goal="g1",
        i2__goal="g2",
        i3__goal="g1",
        i1__actual="5",
        i2__actual="7",
        i3__actual="9",
    )


@pytest.fixture
def document():
    return Document(Answers({"d": form("wuhan-department-2022"), "p1": two_goals()}, "某中心", "2022"))


def steps(document):
    """Return the names of all steps, the last one first, and leave the document as it is."""
    labels = []
    while document.undo_label:
        labels.append(document.undo_label)
        document.undo()
    for _ in labels:
        document.redo()
    return labels


# -- 1 undo and redo ------------------------------------------------------------------------------


def test_1_undo_and_redo_say_what_they_would_do(document):
    assert (document.undo_label, document.redo_label) == ("", "")
    document.set_text(CELL, "6", TYPED)
    assert (document.undo_label, document.redo_label) == (TYPED, "")
    assert document.undo() == Change(TYPED, cells=frozenset({CELL}))
    assert (document.undo_label, document.redo_label) == ("", TYPED)
    assert document.answers.forms["p1"].text("i1.actual") == "5"
    assert document.redo() == Change(TYPED, cells=frozenset({CELL}))
    assert document.answers.forms["p1"].text("i1.actual") == "6"


def test_1_with_nothing_to_undo_nothing_happens(document):
    before = document.answers
    assert not document.undo()
    assert not document.redo()
    assert document.answers is before


def test_1_an_edit_after_an_undo_ends_what_could_be_redone(document):
    document.set_text(CELL, "6", TYPED)
    document.undo()
    document.set_text(CELL, "8", TYPED)
    assert document.redo_label == ""
    assert not document.redo()
    assert document.answers.forms["p1"].text("i1.actual") == "8"


# -- 2 typing -------------------------------------------------------------------------------------


def test_2_keys_in_one_cell_are_one_step(document):
    for text in ("9", "95", "95.", "95.5"):
        change = document.set_text(CELL, text, TYPED)
        assert change == Change(TYPED, cells=frozenset({CELL}))
    assert steps(document) == [TYPED]
    document.undo()
    assert document.answers.forms["p1"].text("i1.actual") == "5"


def test_2_a_pause_begins_another_step(document):
    document.set_text(CELL, "9", TYPED)
    document.pause()
    document.set_text(CELL, "95", TYPED)
    assert steps(document) == [TYPED, TYPED]


def test_2_so_does_another_cell(document):
    document.set_text(CELL, "9", TYPED)
    document.set_text(("p1", "i2.actual"), "9", TYPED)
    document.set_text(CELL, "95", TYPED)
    assert steps(document) == [TYPED, TYPED, TYPED]


def test_2_and_another_kind_of_edit(document):
    document.set_text(CELL, "9", TYPED)
    with document.edit("清除") as edit:
        edit.set_text(CELL, "")
    document.set_text(CELL, "9", TYPED)
    assert steps(document) == [TYPED, "清除", TYPED]


def test_2_and_an_undo(document):
    document.set_text(CELL, "9", TYPED)
    document.pause()
    document.set_text(CELL, "95", TYPED)
    document.undo()
    document.set_text(CELL, "96", TYPED)
    assert steps(document) == [TYPED, TYPED]


def test_2_keys_that_come_back_to_where_they_began_leave_no_step(document):
    before = document.answers
    document.set_text(CELL, "51", TYPED)
    change = document.set_text(CELL, "5", TYPED)
    assert change.cells == {CELL}
    assert document.answers is before
    assert document.undo_label == ""
    document.set_text(CELL, "52", TYPED)
    assert steps(document) == [TYPED]


# -- 3 nothing changed ----------------------------------------------------------------------------


def test_3_an_edit_that_changes_nothing_makes_no_step(document):
    before = document.answers
    assert not document.set_text(CELL, "5", TYPED)
    with document.edit("粘贴") as edit:
        edit.set_texts({CELL: "5", ("d", "unit"): ""})
        edit.add_rows("p1", INDICATORS, 0, [])
        edit.remove_rows("p1", INDICATORS, ["i99"])
        edit.move_rows("p1", INDICATORS, ["i1"], 0)
        edit.move_form("p1", 0)
        edit.clear_given(("p1", "total"))
        edit.take_all(replace(edit.answers, unit="某中心", year="2022"))
    assert edit.change == Change("粘贴")
    assert not edit.change
    assert document.answers is before
    assert document.undo_label == ""


def test_3_it_leaves_what_can_be_redone(document):
    document.set_text(CELL, "6", TYPED)
    document.undo()
    with document.edit("粘贴") as edit:
        edit.set_text(CELL, "5")
    assert document.redo_label == TYPED


def test_3_an_edit_that_fails_does_nothing(document):
    before = document.answers
    with pytest.raises(KeyError), document.edit("粘贴") as edit:
        edit.set_texts({CELL: "77", ("p9", "i1.actual"): "77"})
    assert document.answers is before
    assert document.undo_label == ""


# -- 4 what a change names ------------------------------------------------------------------------


def test_4_an_empty_text_is_no_text(document):
    document.set_text(CELL, "", TYPED)
    assert "i1.actual" not in document.answers.forms["p1"].texts


def test_4_half_characters_never_come_into_the_document(document):
    document.set_text(CELL, "教\ud800师\ud83d\ude00", TYPED)
    assert document.answers.forms["p1"].text("i1.actual") == "教�师😀"


def test_4_the_computed_value_may_hold():
    read = replace(two_goals(), given={"total": "98", "title": "自评表"})
    document = Document(Answers({"p1": read}))
    with document.edit("以计算值为准") as edit:
        edit.clear_given(("p1", "total"))
    assert edit.change == Change("以计算值为准", cells=frozenset({("p1", "total")}))
    assert document.answers.forms["p1"].given == {"title": "自评表"}
    document.undo()
    assert document.answers.forms["p1"].given == {"total": "98", "title": "自评表"}


def test_4_a_form_that_is_added_comes_with_all_its_cells(document):
    with document.edit("添加项目") as edit:
        key = edit.add_form(form(indicators=["i1"], unit="某中心"))
    assert edit.change == Change("添加项目", frozenset({(key, "unit")}), frozenset({(key, INDICATORS)}), True)


def test_4_forms_that_were_not_edited_are_shared(document):
    before = document.answers
    document.set_text(CELL, "6", TYPED)
    assert document.answers.forms["d"] is before.forms["d"]


def test_4_the_document_has_a_unit_and_a_year_of_its_own(document):
    with document.edit("修改年度") as edit:
        edit.take_all(replace(edit.answers, unit="某校", year="2023"))
    assert edit.change == Change("修改年度", forms=True)
    assert (document.answers.unit, document.answers.year) == ("某校", "2023")
    document.undo()
    assert (document.answers.unit, document.answers.year) == ("某中心", "2022")


# -- 5 rows and forms -----------------------------------------------------------------------------


def test_5_a_paste_adds_rows_and_sets_texts_in_one_step(document):
    before = document.answers
    with document.edit("粘贴") as edit:
        edit.set_texts({("p1", "i3.actual"): "第一格\n两行", ("p1", "i3.target"): "=1+1"})
        rows = edit.add_rows("p1", INDICATORS, 3, [{"goal": "g1", "actual": "3"}, {"actual": ""}])
    assert rows == ("i4", "i5")
    pasted = document.answers.forms["p1"]
    assert pasted.indicators == ("i1", "i2", "i3", "i4", "i5")
    assert pasted.text("i4.goal") == "g1"
    assert edit.change.rows == {("p1", INDICATORS)}
    assert edit.change.cells == {("p1", c) for c in ("i3.actual", "i3.target", "i4.goal", "i4.actual")}
    document.undo()
    assert document.answers == before


def test_5_rows_are_added_before_a_position(document):
    with document.edit("添加指标行") as edit:
        (row,) = edit.add_rows("p1", INDICATORS, 1, [{}])
    assert document.answers.forms["p1"].indicators == ("i1", row, "i2", "i3")


def test_5_an_id_is_never_used_twice(document):
    with document.edit("删除") as edit:
        edit.remove_rows("p1", INDICATORS, ["i3"])
        edit.remove_rows("p1", GOALS, ["g2"])
    with document.edit("添加") as edit:
        assert edit.add_rows("p1", INDICATORS, 0, [{}]) == ("i4",)
        assert edit.add_rows("p1", GOALS, 0, [{}]) == ("g3",)
        assert edit.add_rows("d", INDICATORS, 0, [{}]) == ("i1",)
    document.undo()
    with document.edit("添加") as edit:
        assert edit.add_rows("p1", INDICATORS, 0, [{}]) == ("i5",)


def test_5_with_rows_goes_everything_in_them(document):
    read = replace(
        two_goals(),
        given={"i1.level1_weight": "40", "i2.level1_weight": "40", "total": "98"},
        extra={'["row", "i1", "remark"]': '"x"', '["row", "i2", "remark"]': '"y"', '["form", "i1"]': "1"},
    )
    document = Document(Answers({"p1": read}))
    with document.edit("删除指标行") as edit:
        edit.remove_rows("p1", INDICATORS, ["i1"])
    left = document.answers.forms["p1"]
    assert left.indicators == ("i2", "i3")
    assert not any(cell.startswith("i1.") for cell in (*left.texts, *left.given))
    assert left.given == {"i2.level1_weight": "40", "total": "98"}
    assert left.extra == {'["row", "i2", "remark"]': '"y"', '["form", "i1"]': "1"}
    document.undo()
    assert document.answers.forms["p1"] == read


def test_5_with_a_goal_go_its_indicators(document):
    with document.edit("删除目标") as edit:
        edit.remove_rows("p1", GOALS, ["g1"])
    left = document.answers.forms["p1"]
    assert (left.goals, left.indicators) == (("g2",), ("i2",))
    assert left.texts == {"g2.text": "设备更新", "i2.goal": "g2", "i2.actual": "7"}
    assert edit.change.rows == {("p1", GOALS), ("p1", INDICATORS)}


def test_5_a_block_without_rows_is_no_block(document):
    with document.edit("删除目标") as edit:
        edit.remove_rows("p1", GOALS, ["g1", "g2"])
    assert document.answers.forms["p1"].rows == {}


@pytest.mark.parametrize(
    ("rows", "at", "order"),
    [
        (["i1"], 1, ("i2", "i1", "i3")),  # one down
        (["i3"], 1, ("i1", "i3", "i2")),  # one up
        (["i3", "i1"], 0, ("i3", "i1", "i2")),  # several, in the order given
        (["i2"], 9, ("i1", "i3", "i2")),
    ],
)
def test_5_rows_move(document, rows, at, order):
    with document.edit("移动") as edit:
        edit.move_rows("p1", INDICATORS, rows, at)
    assert document.answers.forms["p1"].indicators == order
    assert edit.change == Change("移动", rows=frozenset({("p1", INDICATORS)}))


def test_5_forms_stand_in_their_order(document):
    with document.edit("添加") as edit:
        assert edit.add_form(form(project_name="乙")) == "p2"
        assert edit.add_form(form(project_name="甲"), at=0) == "p3"
        assert edit.add_form(form("wuhan-declaration-2024"), key="t") == "t"
        assert edit.duplicate_form("p1") == "p4"
    assert list(document.answers.forms) == ["t", "d", "p3", "p1", "p4", "p2"]
    assert document.answers.forms["p4"] == document.answers.forms["p1"]
    with document.edit("移动") as edit:
        edit.move_form("p2", 0)
        edit.remove_form("p1")
    assert list(document.answers.forms) == ["t", "d", "p2", "p3", "p4"]
    assert document.undo().forms
    assert list(document.answers.forms) == ["t", "d", "p3", "p1", "p4", "p2"]


def test_5_the_key_of_a_removed_form_is_not_used_again(document):
    with document.edit("删除") as edit:
        edit.remove_form("p1")
    with document.edit("添加") as edit:
        assert edit.add_form(form()) == "p2"
    document.undo()
    document.undo()
    assert document.answers.forms["p1"] == two_goals()


def test_5_rows_of_a_copied_form_count_on_from_its_own(document):
    with document.edit("复制") as edit:
        key = edit.duplicate_form("p1")
        assert edit.add_rows(key, INDICATORS, 3, [{}]) == ("i4",)


def test_5_there_is_one_department_form(document):
    with pytest.raises(ValueError, match="already"), document.edit("添加") as edit:
        edit.add_form(form("wuhan-department-2022"), key="d")


# -- 6 a thousand steps ---------------------------------------------------------------------------


def eleven_forms():
    forms = [published(name).answers for name in SCORED if name.startswith("yueyang")]
    return Answers({"d": forms[0]} | {f"p{n}": found for n, found in enumerate(forms[1:], 1)})


def test_6_the_oldest_of_more_than_a_thousand_steps_goes(document):
    for n in range(STEPS + 10):
        document.set_text(CELL, f"第 {n} 次", TYPED)
        document.pause()
    undone = 0
    while document.undo():
        undone += 1
    assert undone == STEPS
    assert document.answers.forms["p1"].text("i1.actual") == "第 9 次"


def test_6_a_thousand_steps_of_eleven_forms_take_little_memory():
    answers = eleven_forms()
    assert len(answers.forms) == 11
    document = Document(answers)
    tracemalloc.start()
    try:
        for n in range(STEPS):
            document.set_text((f"p{n % 10 + 1}", "i1.actual"), f"{n}个", TYPED)
        grown, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(steps(document)) == STEPS
    assert grown < 20e6  # 4 MB when it was written
