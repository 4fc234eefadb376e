"""What is remembered is the same answer, and goes with the thing it was about."""

import gc
import weakref

from model.basics.memory import once
from model.checks import check_form
from model.document.answers import Answers
from model.document.document import Document
from model.forms.loader import shipped
from model.reading.reading import read
from tests.builders import HUNAN, filled, row


class Thing:
    pass


def twice(form):
    return Answers({"p1": form, "p2": form})


def test_a_thing_is_asked_about_once_and_another_one_again():
    asked = []
    ask = once(lambda thing: asked.append(thing) or len(asked))
    one, other = Thing(), Thing()
    assert [ask(one), ask(one), ask(other), ask(one)] == [1, 1, 2, 1]


def test_the_memory_goes_with_the_thing():
    ask = once(lambda thing: "answer")
    thing = Thing()
    gone = weakref.ref(thing)
    ask(thing)
    del thing
    gc.collect()
    assert gone() is None


def test_a_key_reads_one_form_anew_and_leaves_the_others():
    answers = filled(HUNAN, row("10个", "10个", "90")).answers
    document = Document(twice(answers))
    before = read(shipped(), document.answers)
    document.set_text(("p2", "i1.actual"), "9个", "修改")
    after = read(shipped(), document.answers)
    assert after.forms[0] is before.forms[0]
    assert after.forms[1] is not before.forms[1]
    assert check_form(after.forms[1]) != check_form(before.forms[1])


def test_a_form_that_nobody_shows_is_forgotten():
    answers = filled(HUNAN, row("10个", "10个", "90")).answers
    (form,) = read(shipped(), Document(twice(answers)).answers).forms[:1]
    check_form(form)
    gone = weakref.ref(form)
    del form
    gc.collect()
    assert gone() is None
