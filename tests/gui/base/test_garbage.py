"""Python's collector never runs beside the window: Qt objects die in the thread that made them."""

import gc
import threading

import pytest

from gui.base.garbage import EVERY_MS, Garbage


@pytest.fixture
def garbage(qtbot):
    gc.enable()
    yield Garbage()
    gc.disable()  # as the other tests have it


class Ring:
    """Something that only the collector takes away; it notes in which thread."""

    def __init__(self, died_in: list[threading.Thread]) -> None:
        self.itself, self._died_in = self, died_in

    def __del__(self) -> None:
        self._died_in.append(threading.current_thread())


def test_another_thread_that_makes_much_collects_nothing(garbage):
    died_in = []
    Ring(died_in)
    thread = threading.Thread(target=lambda: [[n] for n in range(300_000)])
    thread.start()
    thread.join()
    assert died_in == []


def test_what_is_due_is_collected_in_the_thread_of_the_window(garbage, qtbot):
    died_in = []
    Ring(died_in)
    made = [[n] for n in range(100 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: died_in == [threading.main_thread()], timeout=10 * EVERY_MS)
    assert made


def test_nothing_is_collected_while_little_is_made(garbage):
    gc.collect()
    died_in = []
    Ring(died_in)
    garbage.collect()
    assert died_in == []
