"""Files in known layouts are read right: at least 99 % of their values, no figure wrong without a mark."""

import pytest

from tests import judge

READABLE = [name for name in judge.names() if not judge.read(name).refused]
KNOWN = [name for name in READABLE if not name.startswith(judge.UNKNOWN)]


@pytest.fixture(scope="module")
def verdict():
    """What became of a file, judged once."""
    found = {
        name: judge.judge_forms(judge.forms_of(judge.read(name)), judge.wanted_of(name)) for name in READABLE
    }
    return found.__getitem__


@pytest.mark.parametrize("name", KNOWN)
def test_99_of_100_values_of_a_known_layout_are_right(verdict, name):
    assert verdict(name).share >= 0.99, verdict(name).faults


@pytest.mark.parametrize("name", READABLE)
def test_no_figure_is_wrong_without_a_mark(verdict, name):
    assert verdict(name).silent_figures == []


@pytest.mark.parametrize("name", READABLE)
def test_as_many_forms_are_found_as_there_are(name):
    assert len(judge.forms_of(judge.read(name))) == len(judge.wanted_of(name))


def test_a_form_of_a_known_layout_is_called_by_its_id():
    found = judge.forms_of(judge.read("D02_岳阳项目多表.xlsx"))
    assert [form.layout for form in found] == ["hunan-project-2023"] * 3


def test_the_judge_sees_what_is_wrong_missing_and_too_much():
    read = {"total": "96", "indicators": [{"target": "1", "score": "5", "reason": "x"}]}
    wanted = {"total": "95", "indicators": [{"target": "1", "score": "", "actual": "2", "reason": "x"}]}
    verdict = judge.judge(read, wanted, {"total": "!"})
    assert verdict.counts() == (2, 1, 1, 1, 1)
    assert [fault.path for fault in verdict.silent_figures] == ["indicators[0].score"]
