"""A job beside the window: it hands the interpreter back so soon that a key never feels it."""

import sys
import time

from PySide6.QtCore import QEventLoop

from gui.base.worker import Worker


def test_a_job_that_reckons_lets_the_window_go_on(qtbot):
    def job(_progress, cancelled):
        while not cancelled():
            sum(range(100))

    worker = Worker(job)
    worker.start()
    loop, before = QEventLoop(), time.perf_counter()
    for _ in range(
        50
    ):  # as often as a key gives the interpreter up; 5 ms each time would be a quarter of a second
        loop.processEvents()
        time.sleep(0)
    took = time.perf_counter() - before
    worker.cancel()
    assert worker.wait(5000)
    assert sys.getswitchinterval() <= 0.001
    assert took < 2  # with room for a busy machine; a key is timed by bench/window.py
