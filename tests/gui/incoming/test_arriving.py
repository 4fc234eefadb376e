"""Files of an import are listed at once; what each holds stands there as soon as it is read.

1. names first, then one line after the other; nothing can be taken before all are read
2. reading may be stopped: what was read can be taken, the rest says that it was not read
3. who gives up stops the reading; a mistake of the program reaches who asked
"""

import threading

import pytest

import main
from gui.base import waiting
from gui.incoming.arriving import Arriving
from gui.incoming.import_dialog import ImportDialog
from gui.incoming.offer_tree import NOT_READ, READING
from model.forms.loader import shipped
from tests.intake.grids import FILES

NAMES = ("D02_岳阳项目多表.xlsx", "D03_教育信息化.docx", "D09_财政局空白表.xlsx")


class Gate:
    """Files that are read one by one, each when it is let through."""

    def __init__(self):
        self.steps = threading.Semaphore(0)
        self.read = 0
        self.fault = None

    def files(self, paths, stop):
        ways = main.ways_in()
        for path, incoming in ways.read_files(paths, stop):
            while not self.steps.acquire(timeout=0.02):
                if stop():
                    return
            if self.fault:
                raise self.fault
            self.read += 1
            yield path, incoming


@pytest.fixture
def gate():
    return Gate()


@pytest.fixture
def dialog(qtbot, gate):
    ways = main.ways_in()._replace(read_files=gate.files)
    arriving = Arriving(ways, [FILES / name for name in NAMES], shipped())
    running = waiting.Running(arriving.read)
    running.worker.start()
    found = ImportDialog((), shipped(), None, ways=ways)
    qtbot.addWidget(found)
    found.follow(running, arriving)
    found.running = running
    found.show()
    qtbot.waitUntil(lambda: found.tree.topLevelItemCount() == len(NAMES), timeout=20_000)
    yield found
    running.worker.cancel()
    running.worker.wait()


def said(dialog):
    """What stands below each file."""
    tops = [dialog.tree.topLevelItem(n) for n in range(dialog.tree.topLevelItemCount())]
    return [top.child(0).text(0).replace("\n", "") for top in tops]


def let(dialog, gate, qtbot, count):
    for _ in range(count):
        gate.steps.release()
    qtbot.waitUntil(
        lambda: dialog.is_read or said(dialog).count(READING) == len(NAMES) - count, timeout=20_000
    )


def test_1_names_stand_there_before_anything_is_read(dialog):
    assert [dialog.tree.topLevelItem(n).text(0) for n in range(3)] == list(NAMES)
    assert said(dialog) == [READING] * 3
    assert not dialog.take.isEnabled()
    assert dialog.why.text() == "已读 0 个，共 3 个文件。"


def test_1_a_line_says_what_its_file_is_as_soon_as_it_is_read(dialog, gate, qtbot):
    let(dialog, gate, qtbot, 1)
    assert said(dialog)[1:] == [READING] * 2
    assert "项目支出绩效自评表" in said(dialog)[0]
    assert "高三复习迎考" in [line.value for line in dialog.lines.lines]  # looked over while others are read
    assert not dialog.take.isEnabled()
    let(dialog, gate, qtbot, 2)
    qtbot.waitUntil(lambda: dialog.is_read)
    assert dialog.take.text() == "采用 4 张表"
    assert dialog.take.isEnabled()
    assert not dialog.stop.isVisible()


def test_2_what_was_read_before_a_stop_can_be_taken(dialog, gate, qtbot):
    let(dialog, gate, qtbot, 1)
    dialog.stop.click()
    qtbot.waitUntil(lambda: dialog.is_read, timeout=20_000)
    assert said(dialog)[1:] == [NOT_READ] * 2
    assert dialog.take.text() == "采用 3 张表"


def test_3_who_gives_up_stops_the_reading(dialog, gate, qtbot):
    dialog.cancel.click()
    qtbot.waitUntil(dialog.running.worker.isFinished, timeout=20_000)
    assert gate.read == dialog.result() == 0


def test_3_a_mistake_of_the_program_reaches_who_asked(dialog, gate, qtbot):
    gate.fault = RuntimeError("boom")
    gate.steps.release()
    qtbot.waitUntil(lambda: dialog.is_read, timeout=20_000)
    with pytest.raises(RuntimeError, match="boom"):
        dialog.running.result()


def test_1_files_that_were_read_while_the_dialog_was_made_can_be_taken(qtbot):
    arriving = Arriving(main.ways_in(), [FILES / NAMES[1]], shipped())
    running = waiting.Running(arriving.read)
    running.worker.start()
    assert running.worker.wait(20_000)
    dialog = ImportDialog((), shipped(), None, ways=main.ways_in())
    qtbot.addWidget(dialog)
    dialog.follow(running, arriving)
    qtbot.waitUntil(lambda: dialog.is_read)
    assert dialog.take.isEnabled()
    assert dialog.take.text() == "采用 1 张表"
