"""Finding a subject: by code, by words of its name or of what is above it, by pinyin initials."""

import pytest

from model.accounts.loader import subjects_of
from model.accounts.subject_search import find_subjects, initials
from model.forms.loader import shipped

SUBJECTS = subjects_of(shipped(), "2022")


def found(text):
    return [entry.code for entry in find_subjects(SUBJECTS, text)]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("住房公积金", "zfgjj"),
        ("其他教育管理事务支出", "qtjyglswzc"),
        ("死亡抚恤", "swfx"),
        ("大气", "dq"),
        ("环境保护法规、规划及标准", "hjbhfgghjbz"),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_every_character_of_the_list_has_an_initial():
    marks = "、（）"
    names = list(SUBJECTS.functional.values())
    assert [name for name in names if len(initials(name)) != len([c for c in name if c not in marks])] == []


def test_by_code_and_its_beginning():
    assert found("2210201") == ["2210201"]
    assert found("22102") == ["2210201", "2210202", "2210203"]
    assert found("221 02 01") == ["2210201"]
    assert found("２２１０２０１") == ["2210201"]


def test_by_words_of_the_name_first():
    assert found("公积金") == ["2210201"]
    assert found("事业单位 医疗")[0] == "2101102"
    assert found("普通教育")[0] == "2050299"
    assert "2050202" in found("普通教育")  # 小学教育 stands below it


def test_by_initials():
    assert found("zfgjj") == ["2210201"]
    assert found("ZFGJJ") == ["2210201"]
    assert "2080505" in found("jgsydw")


def test_nothing_is_found_by_nothing():
    assert found("") == found("  ") == []
    assert found("没有这个科目") == found("9999999") == []


def test_no_more_than_wanted():
    assert len(find_subjects(SUBJECTS, "支出", limit=3)) == 3


def test_initials_may_be_skipped_where_there_are_three():
    assert found("jgyl")[0] == "2080505"  # 机关…养老…
    assert found("ylbx")[0] == "2080505"  # those in a row come first
