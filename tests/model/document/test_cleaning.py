"""Characters that no file can hold, and texts that are too long: at every door in, and named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.opening import open_all
from model.basics.errors import UserError
from model.basics.table_text import parse_block
from model.basics.texts import (
    LONGEST,
    LONGEST_BLOCK,
    LONGEST_NAME,
    UNWRITABLE,
    clean,
    must_fit,
    said_of_removed,
)
from model.document.answers import Answers
from model.document.cleaning import clean_answers, clean_form
from model.document.document import Document
from model.exchange.exchange import encode, read_exchange, write_exchange
from model.exchange.gather import gather
from model.forms.loader import shipped
from tests.builders import WUHAN_PROJECT, filled, row
from tests.command import saved


@pytest.mark.parametrize(
    ("text", "cleaned", "removed"),
    [
        ("培训\x0b教师", "培训教师", "\x0b"),
        ("\x00\x07一\x07\ufffe二\uffff", "一二", "\x00\x07\ufffe\uffff"),
        ("一\t二\n三\r四", "一\t二\n三\r四", ""),
        ("😀𠮷", "😀𠮷", ""),
        ("\ud83d\ude00", "😀", ""),  # halves that fit
        ("一\ud83d二", "一�二", ""),  # half a character
        ("", "", ""),
    ],
)
def test_what_no_file_can_hold_is_taken_out(text, cleaned, removed):
    assert clean(text) == (cleaned, removed)


@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_whatever_comes_in_can_be_written_afterwards(text):
    found = clean(text)
    assert not UNWRITABLE.search(found.text)
    found.text.encode("utf-8")
    assert clean(found.text) == (found.text, "")
    assert all(char in text for char in found.removed)


def test_what_was_taken_out_is_named():
    assert said_of_removed("\x0b\x07").endswith("（U+000B、U+0007）。")
    assert "等）" in said_of_removed("\x01\x02\x03\x04\x05\x06")


def test_typing_and_pasting():
    document = Document(Answers({"p1": filled(WUHAN_PROJECT, row()).answers}))
    change = document.set_text(("p1", "i1.name"), "培\x0b训", "填写")
    assert (change.removed, document.answers.forms["p1"].text("i1.name")) == ("\x0b", "培训")
    again = document.set_text(
        ("p1", "i1.name"), "培\x0b训", "填写"
    )  # nothing new, but what is shown is not it
    assert again.cells == {("p1", "i1.name")}
    with document.edit("粘贴") as edit:
        edit.set_texts({("p1", "i1.target"): "5\x07次", ("p1", "i1.actual"): "5\x00次"})
    assert edit.change.removed == "\x07\x00"
    assert document.answers.forms["p1"].text("i1.target") == "5次"


def test_an_exchange_file():
    form = filled(WUHAN_PROJECT, row("5次", "5次", name="培\x0b训"), project_name="一\x07二").answers
    found = gather([("a.json", form), ("b.json", clean_form(form)[0])], shipped())
    assert found.notes == (("a.json", said_of_removed("\x07\x0b")),) or found.notes == (
        ("a.json", said_of_removed("\x0b\x07")),
    )
    assert found.answers.forms["p1"].text("i1.name") == "培训"
    assert found.answers.forms["p1"] == found.answers.forms["p2"]


def test_the_command_line_says_so(tmp_path):
    path = saved(filled(WUHAN_PROJECT, row(name="培\x0b训")), tmp_path / "a.json")
    [opened] = open_all([path], shipped())
    assert opened.notes == (said_of_removed("\x0b"),)


def test_a_document():
    form = filled(WUHAN_PROJECT, row(name="培\x0b训")).answers
    answers, removed = clean_answers(Answers({"p1": form}, "单\x00位", "2025"))
    assert removed == "\x0b\x00"
    assert answers.unit == "单位"
    assert answers.forms["p1"].text("i1.name") == "培训"
    sound = Answers({"p1": filled(WUHAN_PROJECT, row()).answers}, "单位", "2025")
    assert clean_answers(sound)[0].forms["p1"] is sound.forms["p1"]


# --- length


@pytest.mark.parametrize(
    ("cell", "room"),
    [
        ("unit", LONGEST_NAME),
        ("project_name", LONGEST_NAME),
        ("i3.name", LONGEST),
        ("g1.text", LONGEST),
        ("i3.target", LONGEST),
        ("improvement", LONGEST),
    ],
)
def test_a_text_that_is_too_long_is_refused_with_both_numbers(cell, room):
    must_fit("长" * room, cell)
    with pytest.raises(UserError, match=f"{room:,} 字，这里有 {room + 1:,} 字"):
        must_fit("长" * (room + 1), cell)


def test_a_text_that_is_too_long_changes_nothing():
    document = Document(Answers({"p1": filled(WUHAN_PROJECT, row(name="培训")).answers}))
    before = document.answers
    with pytest.raises(UserError):
        document.set_text(("p1", "project_name"), "长" * (LONGEST_NAME + 1), "填写")
    with pytest.raises(UserError), document.edit("粘贴") as edit:
        edit.set_texts({("p1", "i1.target"): "5次", ("p1", "i1.actual"): "长" * (LONGEST + 1)})
    assert document.answers is before
    assert document.undo_label == ""


def test_an_exchange_file_names_the_entry():
    form = filled(WUHAN_PROJECT, row("5次", "长" * (LONGEST + 1)))
    data = write_exchange(form.answers, form.definition)
    with pytest.raises(UserError, match="actual"):
        read_exchange(data, shipped())
    assert len(encode(data)) > LONGEST


def test_a_block_that_nobody_can_want_is_refused():
    assert parse_block("长" * LONGEST_BLOCK)
    with pytest.raises(UserError, match="请分几次复制"):
        parse_block("长" * (LONGEST_BLOCK + 1))
