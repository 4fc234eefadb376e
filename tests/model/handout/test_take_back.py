"""Taking a form back, for any three states of it: no text of mine or of the colleague's is lost.

1. without a change of the colleague my form stays as it is
2. each text that the colleague changed is in the result, or waits for a choice
3. each text that I changed is in the result
4. taking back again changes nothing
"""

from hypothesis import given
from hypothesis import strategies as st

from model.document.answers import FormAnswers
from model.handout.take_back import take_back

IDS = ("i1", "i2", "i3", "i4")
TEXTS = st.sampled_from(("", "甲", "乙", "丙"))


@st.composite
def forms(draw):
    """A form whose rows have some of four ids; every row has a text, and ids say nothing about names."""
    rows = draw(st.lists(st.sampled_from(IDS), unique=True))
    texts = {f"{row}.{column}": draw(TEXTS) for row in rows for column in ("name", "target", "actual")}
    texts |= {f"{row}.level1": "产出指标" for row in rows} | {"improvement": draw(TEXTS)}
    form = FormAnswers("wuhan-project-2022").with_texts(texts)
    return form.with_rows("indicators", rows)


def words(form, but_for):
    """The texts of a form that another has not, cell by cell."""
    return [text for cell, text in form.texts.items() if but_for.text(cell) != text]


@given(forms(), forms())
def test_1_without_a_change_mine_stays(base, mine):
    assert take_back(base, mine, base).form == mine


@given(forms(), forms(), forms())
def test_2_what_the_colleague_changed_is_there_or_waits(base, mine, theirs):
    taken = take_back(base, mine, theirs)
    rows = [text for one in taken.merge.added if one.row in taken.gone for text in one.texts.values()]
    there = [*taken.form.texts.values(), *(one.theirs for one in taken.open), *rows]
    assert [text for text in words(theirs, base) if text not in there] == []


@given(forms(), forms(), forms())
def test_3_what_i_changed_is_there(base, mine, theirs):
    taken = take_back(base, mine, theirs)
    there = list(taken.form.texts.values())
    assert [text for text in words(mine, base) if text not in there] == []
    shown = {cell.partition(".")[0] for cell in taken.form.texts} - {"improvement"}
    assert shown <= set(taken.form.indicators)


@given(forms(), forms(), forms())
def test_4_taking_back_again_changes_nothing(base, mine, theirs):
    first = take_back(base, mine, theirs).form
    assert take_back(base, first, theirs).form == first
