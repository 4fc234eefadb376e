"""Two windows on one file: nobody's work is overwritten, and each says who saved.

Both windows are real; the second one stands for another program on this or on another computer.
"""

import pytest

from gui.base import ask
from gui.base.dates import minute
from model.document import store
from tests.desk import open_window
from tests.stored import opened, sql

MINE, THEIRS = ("d", "improvement"), ("d", "deviation")


@pytest.fixture
def windows(start, qtbot, monkeypatch):
    first = start()
    return first, open_window(qtbot, first.session.path)


def at(path):
    save = store.last_save(path)
    return minute(save.moment, save.moment.date())


def look(window):
    """Look whether the file has changed, and wait for the answer."""
    assert window.session._work.finish()  # it looked when it was shown
    window._look_at_file()
    assert window.session._work.finish()


def bar_of(window):
    bar = window.view.bar
    return (bar.text.text(), [link.text() for link in bar.links]) if bar.isVisible() else ("", [])


@pytest.mark.parametrize("turned", [False, True], ids=["first saves", "second saves"])
def test_a_window_without_edits_takes_over_what_the_other_saved_and_says_so(windows, turned):
    saver, other = reversed(windows) if turned else windows
    saver.session.set_text(MINE, "新内容")
    assert saver.session.save()
    look(other)
    assert other.session.form("d").answers.text("improvement") == "新内容"
    time = at(saver.session.path)
    assert bar_of(other) == (f"本机的另一个窗口在 {time} 保存过这个文件，这里已换成新的内容。", [])
    other.view.bar.close_button.click()
    assert bar_of(other) == ("", [])


@pytest.mark.parametrize("turned", [False, True], ids=["first saves", "second saves"])
def test_with_edits_in_both_nothing_is_overwritten_and_both_ways_out_are_offered(windows, turned):
    saver, other = reversed(windows) if turned else windows
    path = saver.session.path
    saver.session.set_text(MINE, "先存的")
    other.session.set_text(THEIRS, "后存的")
    assert saver.session.save()
    assert not other.session.save()
    assert opened(path).forms["d"].text("improvement") == "先存的"
    assert other.session.form("d").answers.text("deviation") == "后存的"
    assert bar_of(other) == (
        f"本机的另一个窗口在 {at(path)} 保存过这个文件，这里的改动还没有保存。",
        ["另存为…", "放弃这里的改动，重新打开"],
    )
    assert bar_of(saver) == ("", [])
    other.view.bar.links[1].click()
    assert other.session.form("d").answers.text("deviation") != "后存的"
    assert bar_of(other) == ("", [])


def test_saved_elsewhere_both_go_on(windows, monkeypatch, tmp_path):
    first, second = windows
    path = first.session.path
    first.session.set_text(MINE, "先存的")
    second.session.set_text(THEIRS, "后存的")
    assert first.session.save()
    assert not second.session.save()
    monkeypatch.setattr(ask, "save_copy_name", lambda *_: tmp_path / "另存.zpb")
    second.view.bar.links[0].click()
    assert second.session.path == tmp_path / "另存.zpb"
    assert opened(tmp_path / "另存.zpb").forms["d"].text("deviation") == "后存的"
    first.session.set_text(MINE, "再存")
    assert first.session.save()
    assert opened(path).forms["d"].text("improvement") == "再存"


def test_they_may_take_turns_without_end(windows):
    for n in range(6):
        saver, other = windows if n % 2 else reversed(windows)
        saver.session.set_text(MINE, f"第 {n} 次")
        assert saver.session.save()
        look(other)
        assert other.session.form("d").answers.text("improvement") == f"第 {n} 次"


@pytest.mark.parametrize(
    ("saved", "sentence"),
    [
        ("2020-11-20T14:31:05 PC-03", "电脑“PC-03”在 2020-11-20 14:31 保存过这个文件，这里已换成新的内容。"),
        ("2020-11-20T14:31:05 ", "本机的另一个窗口在 2020-11-20 14:31 保存过这个文件，这里已换成新的内容。"),
        ("", "另一个程序保存过这个文件，这里已换成新的内容。"),
    ],
)
def test_another_computer_is_named(windows, saved, sentence):
    saver, other = windows
    saver.session.set_text(MINE, "别处写的")
    assert saver.session.save()
    sql(saver.session.path, f"UPDATE meta SET value = '{saved}' WHERE key = 'saved'")
    look(other)
    assert bar_of(other)[0] == sentence


def test_a_window_that_comes_to_the_front_looks_at_the_file(windows, qtbot):
    saver, other = windows
    saver.session.set_text(MINE, "新内容")
    assert saver.session.save()
    saver.activateWindow()
    qtbot.waitUntil(saver.isActiveWindow)
    other.activateWindow()
    qtbot.waitUntil(lambda: other.session.form("d").answers.text("improvement") == "新内容")
