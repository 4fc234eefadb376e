"""The stress run tells of a fault: what raises, takes too long, never ends or says no sentence is counted."""

import os

import pytest

from tests.stress import run
from tests.stress.trial import Fault, Trial, Tried, must_be_a_sentence

on_linux = pytest.mark.skipif(
    os.name == "nt", reason="the stress run is of Linux: alarms, a preloaded library"
)


def trial(attempt, **more):
    return Trial("made up", attempt, 10, **more)


def busy(chance, folder):
    return sum(range(10**7)) and Tried()


@on_linux
def test_an_attempt_that_goes_well_counts_what_it_tried(tmp_path):
    assert run.attempt(trial(lambda chance, folder: Tried(7, 1.5)), 0) == (7, 1.5)


@on_linux
@pytest.mark.parametrize(
    ("attempt", "said"),
    [
        (lambda chance, folder: [][0], "IndexError"),
        (lambda chance, folder: must_be_a_sentence("KeyError: x"), "no sentence"),
        (busy, "took"),
    ],
)
def test_whatever_else_is_a_fault(attempt, said):
    with pytest.raises(Fault, match=said):
        run.attempt(trial(attempt, limit=0.01), 0)


@on_linux
def test_an_attempt_is_repeated_by_its_number():
    thrown = []
    again = trial(lambda chance, folder: thrown.append(chance.random()) or Tried())
    run.attempt(again, 5)
    run.attempt(again, 5)
    run.attempt(again, 6)
    assert thrown[0] == thrown[1] != thrown[2]


def test_a_fault_ends_the_run_with_one_and_says_its_number(monkeypatch, capsys):
    found = {trial(lambda chance, folder: Tried()): run.Outcome(3, ("made up, --number 2: lost",), 0.5)}
    monkeypatch.setattr(run, "run", lambda *_: found)
    assert run.main([]) == 1
    assert "made up, --number 2: lost" in capsys.readouterr().out


def test_every_trial_has_a_name_of_its_own():
    names = [trial.name for trial in run.trials()]
    assert len(names) == len(set(names)) > 10
