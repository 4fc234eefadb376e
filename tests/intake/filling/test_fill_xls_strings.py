"""The strings that the sheets of an old workbook share: new ones are added behind them, none is lost.

1. texts of any length are added behind a table that goes over the ends of its records at any character
2. formatted and phonetic strings stay as they are, of what was written nothing is formatted
3. no record is longer than it may be, no character of four bytes is torn
4. the table says how many strings it has and how many cells show one; a text twice is one string
5. a text that no cell shows any more can be made unreadable, whatever records it stands in
"""

import struct

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.filling.xls import fill_xls
from intake.filling.xls_proof import is_same_but_cells
from intake.filling.xls_unused import without_unused
from model.basics.errors import UserError
from model.recognition.fill_plan import Edit
from model.recognition.incoming import Place
from tests.intake.filling.test_fill_xls import records, seen_by_calamine, stream_of, values
from tests.intake.old_books import MOST, book, container, row, size, string, text


def edit(row_, column, said, kind="write"):
    return Edit(Place("表", row_, column, "sheet"), kind, said)


def made(strings, most=MOST):
    """A sheet with each of the strings in a cell of its first column."""
    cells = [one for n in range(len(strings)) for one in (row(n, 0, 1), text(n, 0, n))]
    return container({"Workbook": book({"表": [size(len(strings), 1), *cells]}, strings, most=most)})


def parts(data):
    """The table's record and those that go on with it."""
    found = records(data)
    at = next(n for n, (kind, _) in enumerate(found) if kind == 0xFC)
    behind = next(n for n, (kind, _) in enumerate(found[at + 1 :], at + 1) if kind != 0x3C)
    return [body for _, body in found[at:behind]]


# ---- 1 -------------------------------------------------------------------------------------------

OLD = ["短", "plain " * 40, "长文字" * 300, "a", "é" * 700]


@pytest.mark.parametrize("most", [100, 101, 255, 1000, MOST])
@pytest.mark.parametrize("said", ["新", "新字" * 20_000 + "末", "x" * 30_000, "𠮷" * 10_000])
def test_1_old_strings_and_new_ones_are_all_there(most, said):
    said = said[:32_767]
    data = made(OLD, most)
    done = fill_xls(data, [edit(1, 2, said), edit(2, 2, "再一个"), edit(9, 1, said[:4] + "。")])
    expected = values(data) | {(1, 2): said, (2, 2): "再一个", (9, 1): said[:4] + "。"}
    assert values(done.data) == expected
    assert seen_by_calamine(done.data) == expected
    assert is_same_but_cells(data, done.data, done.plan)


@pytest.mark.parametrize("room", range(12))
def test_1_the_last_record_may_have_any_room_left(room):
    """The table is one record with so many bytes free: the head of a new string, or none of it, has room."""
    old = "x" * (MOST - 8 - 3 - room)
    done = fill_xls(made([old]), [edit(1, 2, "𠮷字"), edit(1, 3, "再")]).data
    assert values(done) == {(1, 1): old, (1, 2): "𠮷字", (1, 3): "再"}
    assert seen_by_calamine(done) == values(done)


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=400)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.lists(TEXTS, min_size=1, max_size=6), st.integers(90, 400))
def test_1_any_strings_behind_any_strings(old, new, most):
    done = fill_xls(made(old, most), [edit(n, 2, said) for n, said in enumerate(new, start=1)])
    expected = {(n, 1): said for n, said in enumerate(old, start=1)}
    assert values(done.data) == expected | {(n, 2): said for n, said in enumerate(new, start=1)}


# ---- 2 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [60, MOST])
def test_2_formatted_and_phonetic_strings_stay(most):
    old = [
        string("粗体" * 30, runs=3),
        string("拼音", phonetic=bytes(range(40))),
        string("abc", 2, bytes(10)),
    ]
    data = made(old, most)
    done = fill_xls(data, [edit(1, 2, "新"), edit(1, 1, "换掉粗体")])
    assert values(done.data) == {(1, 1): "换掉粗体", (1, 2): "新", (2, 1): "拼音", (3, 1): "abc"}
    assert b"".join(parts(done.data))[8:].startswith(b"".join(parts(data))[8:])


# ---- 3 -------------------------------------------------------------------------------------------


def test_3_no_record_is_too_long_and_no_character_is_torn():
    long = [f"{n}" + "𠮷字" * 6000 for n in range(9)]
    done = fill_xls(made(OLD), [edit(n + 1, 2, said) for n, said in enumerate(long)]).data
    assert all(len(body) <= MOST for _, body in records(done))
    assert len(parts(done)) > 20
    for body in parts(done)[2:]:  # each begins with the width of its characters
        assert body[0] == 1
        assert not 0xDC00 <= struct.unpack_from("<H", body, 1)[0] < 0xE000


# ---- 4 -------------------------------------------------------------------------------------------


def counts(data):
    return struct.unpack_from("<II", parts(data)[0])


def test_4_the_table_counts_its_strings_and_the_cells_that_show_one():
    data = made(["甲", "乙"])
    assert counts(data) == (2, 2)
    assert counts(fill_xls(data, [edit(1, 2, "新"), edit(2, 2, "新"), edit(3, 3, "又")]).data) == (5, 4)
    assert counts(fill_xls(data, [edit(1, 1, "换")]).data) == (2, 3)
    assert counts(fill_xls(data, [edit(1, 1, "", "clear")]).data) == (2, 2)


# ---- 5 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [60, 100, MOST])
@pytest.mark.parametrize("hit", range(len(OLD)))
def test_5_a_text_that_no_cell_shows_is_made_unreadable(most, hit):
    data = made(OLD, most)
    done = without_unused(fill_xls(data, [edit(hit + 1, 1, "", "clear")]).data)
    expected = {(n, 1): said for n, said in enumerate(OLD, start=1) if n != hit + 1}
    assert values(done) == expected
    again = fill_xls(done, [edit(9, 9, "新")])
    assert values(again.data) == expected | {(9, 9): "新"}
    if len(OLD[hit]) > 1:
        piece = OLD[hit][:12]
        assert piece.encode("utf-16-le") not in stream_of(done)
        assert piece.encode("latin-1", "replace") not in stream_of(done)


def test_5_where_nothing_is_unused_nothing_changes():
    data = made(OLD)
    assert without_unused(data) == data


def test_5_a_text_that_says_more_than_its_characters_is_not_kept_at_all():
    data = made([string("拼音", phonetic=bytes(range(40))), "乙"])
    with pytest.raises(UserError):
        without_unused(fill_xls(data, [edit(1, 1, "", "clear")]).data)
