"""A blank file with several different forms: they are listed by name, one is chosen, filled in its own place.

1. they are found in a workbook and in a text; what is the same form twice is one
2. one is chosen by number, name or sheet; nobody guesses
3. the form of one goes into its own table, the others stay as they are
"""

import pytest

from intake.filling.fill import fill_file
from intake.reading import read_bytes
from model.basics.errors import UserError
from model.document.answers import Answers
from model.forms.loader import shipped
from model.reading.reading import read
from model.recognition.adopt import adopted
from model.recognition.loader import vocabulary
from model.recognition.recognise import Recogniser
from model.workshop.finished import finished
from model.workshop.learn import blanks_in, learn
from tests.bureaus import TODAY, UNIT, differences, made_document
from tests.workshop.made import NO_SCORES, THREE_COLUMNS, TWO_MONEYS, blank_of, word_of

BOTH = f"{THREE_COLUMNS.strip()}\n\n{TWO_MONEYS.strip()}"
FILES = {"两张.xlsx": blank_of(BOTH), "三张.docx": word_of(THREE_COLUMNS, TWO_MONEYS, NO_SCORES)}
NAMES = ["示例区项目支出绩效自评表", "部门整体支出绩效自评表", "XX县财政局项目绩效完成情况表"]


@pytest.mark.parametrize(("file", "count"), [("两张.xlsx", 2), ("三张.docx", 3)])
def test_1_each_different_form_is_listed(file, count):
    found = blanks_in(read_bytes(file, FILES[file]), shipped())
    assert [(one.number, one.name) for one in found] == list(enumerate(NAMES[:count], start=1))


def test_1_the_same_form_twice_is_one():
    incoming = read_bytes("a.docx", word_of(THREE_COLUMNS, THREE_COLUMNS))
    assert len(blanks_in(incoming, shipped())) == 1


@pytest.mark.parametrize("wanted", ["2", NAMES[1]])
def test_2_one_is_chosen(wanted):
    found = learn(read_bytes("两张.xlsx", FILES["两张.xlsx"]), shipped(), 2026, wanted).found
    assert (found.name, found.kind) == (NAMES[1], "department")


def test_2_nobody_guesses():
    incoming = read_bytes("三张.docx", FILES["三张.docx"])
    with pytest.raises(UserError, match="文件里有 3 张不同的表：1 示例区项目支出绩效自评表"):
        learn(incoming, shipped(), 2026)
    with pytest.raises(UserError, match="文件里没有“4”这张表"):
        learn(incoming, shipped(), 2026, "4")


@pytest.mark.parametrize(
    ("file", "number"), [("两张.xlsx", 1), ("两张.xlsx", 2), ("三张.docx", 2), ("三张.docx", 3)]
)
def test_3_it_is_filled_in_its_own_place(file, number):
    blank = FILES[file]
    found = learn(read_bytes(file, blank), shipped(), 2026, f"{number}").found
    library = shipped().with_own([made := finished(found, shipped(), blank, TODAY)])
    answers = made_document(made.form, "2024", rows=2)
    key = "p1" if made.form.is_of_project else "d"
    (form,) = read(library, Answers({key: answers}, UNIT, "2024")).forms
    recogniser = Recogniser(library.forms)
    filled = fill_file(file, blank, form, recogniser)
    forms = list(recogniser.forms(read_bytes(file, filled.data).sheets))
    back = forms.pop(number - 1)
    back = back._replace(data={**back.data, "year": 2024})
    read_back = adopted(back, library, file, vocabulary()).with_text("unit", UNIT)  # not on every form
    assert differences(answers, read_back) == {}
    assert all(one.is_blank for one in forms)
