"""发出时 / 我现在 / 同事.

1. without a change there is no difference; with k changed cells there are these k (for any form)
3. added and deleted rows are shown as such; a deleted one in which something was typed here is asked
3. rows added and deleted are shown as such; one deleted in which something was typed here is asked
4. rows are told by the ids that the file carries, else by level 2 and name
5. texts that were never handed out stay alone
"""

from hypothesis import given
from hypothesis import strategies as st

from model.document.answers import FormAnswers
from model.handout.merge import aligned, compare, merged

COLUMNS = ("level2", "name", "target", "actual", "score")


def form(*rows, **texts):
    """A form of rows, each by id: i1=("数量指标", "培训", "≥5次", "5次", "10")."""
    ids = [name for name, _ in rows]
    pairs = [(name, column, text) for name, row in rows for column, text in zip(COLUMNS, row, strict=False)]
    cells = {f"{name}.{column}": text for name, column, text in pairs}
    return FormAnswers("wuhan-project-2022", cells | texts, {"indicators": tuple(ids)} if ids else {})


BASE = form(("i1", ("数量指标", "培训", "≥5次")), ("i2", ("数量指标", "教研", "≥8次")), improvement="旧")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)
FORMS = st.dictionaries(st.integers(1, 6), st.tuples(WORDS, WORDS, WORDS), max_size=5).map(
    lambda rows: form(*((f"i{n}", row) for n, row in rows.items()))
)


@given(FORMS)
def test_1_without_a_change_there_is_no_difference(base):
    assert not compare(base, base, base)
    assert merged(base, compare(base, base, base), ()) == base


@given(FORMS, st.data())
def test_1_with_k_changes_there_are_these_k(base, data):
    cells = sorted(base.texts)
    changed = data.draw(st.sets(st.sampled_from(cells))) if cells else set()
    theirs = base.with_texts({cell: base.text(cell) + "改" for cell in changed})
    found = compare(base, base, theirs)
    assert {one.cell for one in found.differences} == changed
    assert not found.added
    assert not found.deleted
    assert merged(base, found, found.sure) == theirs


def test_2_sure_conflict_and_alike():
    mine = BASE.with_texts({"i1.target": "≥6次", "i2.target": "≥9次"})
    theirs = BASE.with_texts({"i1.target": "≥7次", "i2.target": "≥9次", "improvement": "新"})
    found = compare(BASE, mine, theirs)
    assert [(one.cell, one.is_conflict) for one in found.differences] == [
        ("i1.target", True),
        ("improvement", False),
    ]
    assert found.sure == {"improvement"}
    taken = merged(mine, found, found.sure)
    assert (taken.text("improvement"), taken.text("i1.target")) == ("新", "≥6次")
    assert merged(mine, found, {"i1.target"}).text("i1.target") == "≥7次"


def test_2_a_text_that_was_emptied_is_a_difference():
    (one,) = compare(BASE, BASE, BASE.with_text("i1.target", "")).differences
    assert (one.cell, one.base, one.theirs) == ("i1.target", "≥5次", "")


def test_3_a_row_that_was_added_stands_where_the_colleague_put_it():
    theirs = form(
        ("i1", ("数量指标", "培训", "≥5次")),
        ("i9", ("数量指标", "讲座", "≥2次")),
        ("i2", ("数量指标", "教研", "≥8次")),
        improvement="旧",
    )
    found = compare(BASE, BASE, theirs)
    assert [(one.row, one.after) for one in found.added] == [("i9", "i1")]
    assert merged(BASE, found, found.sure).indicators == ("i1", "i9", "i2")


def test_3_a_row_that_was_deleted_is_sure_unless_something_was_typed_in_it():
    theirs = form(("i1", ("数量指标", "培训", "≥5次")), improvement="旧")
    found = compare(BASE, BASE, theirs)
    assert merged(BASE, found, found.sure) == theirs
    typed = compare(BASE, BASE.with_text("i2.actual", "8次"), theirs)
    assert [one.is_changed for one in typed.deleted] == [True]
    assert typed.sure == frozenset()


def test_3_a_row_that_was_deleted_on_both_sides_is_nothing():
    theirs = form(("i1", ("数量指标", "培训", "≥5次")), improvement="旧")
    assert not compare(BASE, theirs, theirs)


def test_4_ids_of_the_file_count_whatever_the_order_and_names():
    sorted_rows = form(("r1", ("数量指标", "教研活动", "≥8次")), ("r2", ("数量指标", "培训", "≥6次")))
    back = aligned(BASE, sorted_rows, {"r1": "i2", "r2": "i1"}, ())
    assert (back.text("i2.name"), back.text("i1.target")) == ("教研活动", "≥6次")


def test_4_without_ids_rows_go_by_name_and_new_ones_get_a_free_id():
    rows = form(("r1", ("数量指标", "教研", "≥9次")), ("r2", ("质量指标", "合格率", "≥90%")))
    back = aligned(BASE, rows, {}, ["i7"])
    assert back.indicators == ("i2", "i8")
    assert back.text("i8.name") == "合格率"


def test_4_an_id_twice_is_a_copied_row():
    rows = form(("r1", ("数量指标", "培训", "≥5次")), ("r2", ("数量指标", "培训二", "≥1次")))
    back = aligned(BASE, rows, {"r1": "i1", "r2": "i1"}, ())
    assert back.indicators[0] == "i1"
    assert back.indicators[1] not in ("i1", "i2")


def test_5_texts_that_were_never_handed_out_stay():
    mine = BASE.with_text("report.total", "自己写的一句。")
    found = compare(BASE, mine, BASE.with_text("improvement", "新"))
    assert merged(mine, found, found.sure).text("report.total") == "自己写的一句。"
