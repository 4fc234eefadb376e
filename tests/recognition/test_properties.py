"""What holds of every form that is read: each value has place and sign, each text of the sheet its use."""

import pytest

from model.forms.loader import shipped
from model.recognition.area import areas
from model.recognition.captions import plain
from model.recognition.found import scalars
from model.recognition.incoming import Mark
from model.recognition.recognise import Recogniser
from tests import judge

READABLE = [name for name in judge.names() if not judge.read(name).refused]
OURS = ("schema", "form")  # entries that we write, no file says them
RECOGNISER = Recogniser(shipped().forms)


def by_place(sheets):
    """The texts of a file by place."""
    seen = (cell.seen for area in areas(sheets) for cell in area.cells)
    return {cell.place: cell.text for cell in seen}


@pytest.mark.parametrize("name", READABLE)
def test_every_value_has_a_place_whose_text_contains_it(name):
    sheets = judge.read(name).sheets
    texts = by_place(sheets)
    for form in RECOGNISER.forms(sheets):
        for path, value in scalars(form.data):
            if path in OURS or value == "" or path.endswith(".goal"):  # goals are counted
                continue
            mark = form.marks.get(path)
            if mark in (Mark.CONVERTED, Mark.JOINED):
                continue
            if mark is Mark.GUESSED:
                assert form.sign(path) == "!"
                continue
            assert plain(str(value)) in plain(texts[form.places[path]]), path


@pytest.mark.parametrize("name", READABLE)
def test_every_value_has_one_sign(name):
    for form in RECOGNISER.forms(judge.read(name).sheets):
        assert {form.sign(path) for path, _ in scalars(form.data)} <= set("✓~!✕")
        assert set(form.marks) <= set(form.places)


@pytest.mark.parametrize("name", READABLE)
def test_every_text_of_a_form_is_a_value_a_caption_or_listed(name):
    for area in areas(judge.read(name).sheets):
        for form in RECOGNISER.anatomies(area):
            found = RECOGNISER.found(form)
            used = {cell.seen.place for cell in form.used}
            listed = {left.place for left in found.left}
            for row in range(form.first, form.last + 1):
                for cell in area.filled(row):
                    assert cell.is_line or cell.seen.place in used | listed
            assert set(found.places.values()) <= {cell.seen.place for cell in area.cells}


def test_what_a_person_does_not_see_is_listed_and_not_taken():
    first = next(RECOGNISER.forms(judge.read("D02_岳阳项目多表.xlsx").sheets))
    assert "（示例）开展活动" in [left.text for left in first.left]
    assert "（示例）开展活动" not in [row["name"] for row in first.data["indicators"]]


def test_a_blank_form_is_known_to_be_blank():
    form = next(RECOGNISER.forms(judge.read("D09_财政局空白表.xlsx").sheets))
    assert form.is_blank
    assert form.layout == "national-project-2020"


def test_a_form_on_a_hidden_sheet_says_so():
    found = list(RECOGNISER.forms(judge.read("D02_岳阳项目多表.xlsx").sheets))
    assert [form.hidden for form in found] == [False, False, False, True]
