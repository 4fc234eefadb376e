"""Any edits of a document, all undone, give the first answers; all redone, the last."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from model.document.answers import GOALS, INDICATORS, Answers, FormAnswers
from model.document.document import Document

TWO_GOALS = FormAnswers(
    "wuhan-project-2022",
    {"g1.text": "教师培训", "i1.goal": "g1", "i2.goal": "g2", "i3.goal": "g1", "i1.actual": "5"},
    {GOALS: ("g1", "g2"), INDICATORS: ("i1", "i2", "i3")},
)
LETTERS = st.text("0123教师\n😀\ud83d\ude00", max_size=3)


@st.composite
def edits(draw):
    """One edit of a document, whatever its forms and rows are by then."""
    kind = draw(st.sampled_from(KINDS))
    return kind, draw(st.randoms(use_true_random=False)), draw(LETTERS)


def a_form(document, chance):
    return chance.choice(list(document.answers.forms))


def some_rows(document, chance, key, block):
    rows = document.answers.forms[key].rows.get(block, ())
    return chance.sample(rows, chance.randint(0, len(rows)))


def type_text(document, chance, text):
    key = a_form(document, chance)
    row = chance.choice((*document.answers.forms[key].indicators, "head"))
    document.set_text((key, f"{row}.actual"), text, "修改")
    if chance.random() < 0.3:
        document.pause()


def clear_given(document, chance, text):
    with document.edit("以计算值为准") as edit:
        edit.clear_given((a_form(document, chance), "total"))


def set_head(document, chance, text):
    with document.edit("修改单位名称") as edit:
        edit.take_all(replace(edit.answers, unit=text))


def paste(document, chance, text):
    key = a_form(document, chance)
    with document.edit("粘贴") as edit:
        block = chance.choice((GOALS, INDICATORS))
        cells = [{"actual": text, "name": "教师"}] * chance.randint(0, 3)
        rows = edit.add_rows(key, block, chance.randint(0, 3), cells)
        edit.set_texts({(key, f"{row}.actual"): text for row in rows})


def remove_rows(document, chance, text):
    key, block = a_form(document, chance), chance.choice((GOALS, INDICATORS))
    with document.edit("删除行") as edit:
        edit.remove_rows(key, block, some_rows(document, chance, key, block))


def move_rows(document, chance, text):
    key, block = a_form(document, chance), chance.choice((GOALS, INDICATORS))
    with document.edit("移动行") as edit:
        edit.move_rows(key, block, some_rows(document, chance, key, block), chance.randint(0, 3))


def add_form(document, chance, text):
    with document.edit("添加项目") as edit:
        edit.add_form(TWO_GOALS, chance.choice((None, 0, 1)))


def change_forms(document, chance, text):
    with document.edit("项目") as edit:
        for key in edit.answers.projects[:1]:
            chance.choice((edit.duplicate_form, edit.remove_form, lambda k: edit.move_form(k, 1)))(key)


KINDS = (
    type_text,
    type_text,
    clear_given,
    set_head,
    paste,
    remove_rows,
    move_rows,
    add_form,
    change_forms,
)


def brute_difference(before, after):
    """What differs between two states, cell by cell."""

    def cells(answers):
        return {(k, c, kind): t for k, f in answers for kind in ("texts", "given") for c, t in of(f, kind)}

    def rows(answers):
        return {(k, b): ids for k, f in answers for b, ids in f.rows.items()}

    def of(found, kind):
        return getattr(found, kind).items()

    old, new = cells(before), cells(after)
    changed_cells = {key[:2] for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    old, new = rows(before), rows(after)
    changed_rows = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    heads = [(list(a.forms), a.unit, a.year) for a in (before, after)]
    return changed_cells, changed_rows, heads[0] != heads[1]


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.lists(edits(), max_size=25))
def test_all_undone_gives_the_first_answers_all_redone_the_last(many):
    first = Answers({"d": replace(TWO_GOALS, given={"total": "98"}), "p1": TWO_GOALS}, "某中心", "2022")
    document = Document(first)
    for kind, chance, text in many:
        kind(document, chance, text)
    last = document.answers
    states = [last]
    while document.undo_label:
        change = document.undo()
        states.append(document.answers)
        found = brute_difference(states[-2], states[-1])
        assert change  # no step changes nothing
        assert (change.cells, change.rows, change.forms) == found
    assert (document.answers, list(document.answers.forms)) == (first, list(first.forms))
    while document.redo_label:
        document.redo()
    assert (document.answers, list(document.answers.forms)) == (last, list(last.forms))
