"""After a crash the newest state is open again; what could not be saved is offered at the next start.

Requirements, each test names its own:
 1. after an unexpected end the last document is open again, with a line that says to what minute
 2. after an end as it should be nothing is recovered, nor while the other program is still running
 3. what can't be saved is kept in the user's own folder, always the latest state
 4. it is offered at the next start: put back into its document, or made one of its own, or ignored
 5. a program that is killed while its file can't be written loses nothing that it had kept

This file is also the program of 5: run with a FOLDER it types without end into a document
whose file is gone, and prints the number of each state after it was to be saved.
"""

import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest  # noqa: E402

from export import WINDOW_FORMATS, pdf_bytes  # noqa: E402
from export.batch import export_forms  # noqa: E402
from gui.base import ask  # noqa: E402
from gui.base import settings as settings_store  # noqa: E402
from gui.base.dates import minute  # noqa: E402
from gui.base.settings import Settings  # noqa: E402
from gui.paper.doors import Doors  # noqa: E402
from gui.session.recovery import OPEN, RESCUE, OpenNote, RecoveryCopy, is_held, left_behind, open_at_the_end  # noqa: E402
from gui.session.session import Session  # noqa: E402
from gui.window import Window  # noqa: E402
from model.basics.errors import UserError  # noqa: E402
from model.document import rescue, store  # noqa: E402
from model.document.document import Document  # noqa: E402
from model.forms.loader import shipped  # noqa: E402
from tests.desk import dressed, open_session  # noqa: E402
from tests.processes import killed_after  # noqa: E402
from tests.stored import FIRST, SECOND, opened  # noqa: E402

KILLS = 5
CELL = ("d", "improvement")


@pytest.fixture
def config(tmp_path, monkeypatch):
    folder = tmp_path / "config"
    monkeypatch.setattr(settings_store, "config_folder", lambda program=None: folder)
    return folder


@pytest.fixture
def start(qtbot, config):
    """Start the program as main.py does, on a document or on none."""

    def started(path=None):
        dressed()
        window = Window(shipped(), Settings(), Doors(pdf_bytes, WINDOW_FORMATS, export_forms))
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.recovery.recover(path)
        window.show()
        qtbot.waitExposed(window)
        return window

    return started


@pytest.fixture
def path(qtbot, tmp_path):
    return open_session(tmp_path).path


def end_unexpectedly(config, document, code=""):
    """A program opens a document and ends without closing it."""
    program = f"""
import os, sys
from pathlib import Path
from gui.session.recovery import OPEN, OpenNote
OpenNote(Path({str(config)!r}) / OPEN).write(Path({str(document)!r}))
{code}
os._exit(1)
"""
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 1


def bar_of(window):
    bar = window.view.bar
    return bar.text.text() if bar.isVisible() else ""


# -- 1 ----------------------------------------------------------------------------------------------


def test_1_the_last_document_is_open_again_and_says_to_what_minute(start, config, path):
    end_unexpectedly(config, path)
    window = start()
    moment = minute(store.last_save(path).moment, date.today())
    assert window.session.path == path
    assert bar_of(window) == f"已恢复到 {moment} 的内容。"


def test_1_the_line_can_be_closed_and_stays_closed(start, config, path):
    end_unexpectedly(config, path)
    window = start()
    assert window.view.bar.links == []
    window.view.bar.close_button.click()
    window.session.set_text(CELL, "再写一句")
    assert bar_of(window) == ""


def test_1_opened_by_a_double_click_it_says_so_too(start, config, path):
    end_unexpectedly(config, path)
    assert bar_of(start(path)).startswith("已恢复到")


def test_1_another_document_that_is_wanted_comes_first(start, config, path, tmp_path):
    other = tmp_path / "另一个.zpb"
    store.save_copy(path, other)
    end_unexpectedly(config, path)
    window = start(other)
    assert (window.session.path, bar_of(window)) == (other, "")


def test_1_a_document_that_is_gone_leaves_the_start_page(start, config, path):
    end_unexpectedly(config, path)
    path.unlink()
    window = start()
    assert window.session is None
    assert window.commands.files.start.isVisible()


def test_1_what_could_not_be_saved_belongs_to_the_newest_state(start, config, path):
    stored = store.open_document(path)
    form = stored.answers.forms["d"].with_text("improvement", "没有存上")
    name = rescue.new_name(config / RESCUE, path)
    rescue.keep(name, path, stored.revision, stored.answers.with_form("d", form))
    end_unexpectedly(config, path)
    window = start()
    assert window.session.form("d").answers.text("improvement") == "没有存上"
    assert opened(path).forms["d"].text("improvement") == "没有存上"
    assert bar_of(window).startswith("已恢复到")
    assert window.recovery.offer.isHidden()
    window.commands.edits.undo()
    assert window.session.answers == stored.answers


def test_1_a_document_that_ends_the_program_is_not_opened_again_and_again(start, config, path):
    end_unexpectedly(config, path)
    start()
    assert open_at_the_end(config / OPEN) is None  # whatever happens now, the next start is free
    assert not list((config / OPEN).glob("*.txt"))


def test_1_once_it_is_edited_it_is_noted_again(start, config, path):
    end_unexpectedly(config, path)
    window = start()
    window.session.set_text(CELL, "又写")
    assert len(list((config / OPEN).glob("*.txt"))) == 1


# -- 2 ----------------------------------------------------------------------------------------------


def test_2_a_program_that_was_closed_leaves_nothing(start, config, path):
    window = start(path)
    assert window.close()
    assert list((config / OPEN).iterdir()) == []
    assert start().session is None


def test_2_a_document_that_was_closed_is_not_opened_again(start, config, path):
    window = start(path)
    window.commands.files.close_document()
    assert list((config / OPEN).iterdir()) == []


def test_2_what_another_window_has_open_is_left_to_it(start, config, path):
    start(path)
    assert start().session is None


def test_2_a_folder_that_can_t_be_written_is_no_error(start, config, path):
    config.write_text("a file in the way")
    assert start(path).session is not None


def test_2_a_note_that_can_t_be_read_is_no_error(start, config):
    (config / OPEN).mkdir(parents=True)
    (config / OPEN / "1.txt").write_bytes(b"\xff\xfe\0")
    assert start().session is None


def test_2_a_file_is_held_as_long_as_its_program_runs(tmp_path):
    note = OpenNote(tmp_path)
    note.write(tmp_path / "a.zpb")
    [written] = tmp_path.glob("*.txt")
    assert is_held(written)
    assert open_at_the_end(tmp_path) is None
    note.remove()
    assert list(tmp_path.iterdir()) == []


# -- 3 ----------------------------------------------------------------------------------------------


@pytest.fixture
def session(qtbot, path, config):
    stored = store.open_document(path)
    return Session(shipped(), Document(stored.answers), path, stored, config)


def kept(config):
    return [store.open_document(found.path).answers for found in rescue.found(config / RESCUE)]


def gone(*_):
    raise UserError("无法保存：磁盘空间不足。", "请清理磁盘。")


@pytest.mark.parametrize("trouble", ["full", "gone", "folder gone", "damaged", "another saved it"])
def test_3_whatever_the_reason_what_is_typed_is_kept(session, config, path, monkeypatch, trouble):
    if trouble == "full":
        monkeypatch.setattr(store, "save", gone)
    elif trouble == "gone":
        path.unlink()
    elif trouble == "folder gone":
        session.path = path.parent / "拔掉的U盘" / path.name
    elif trouble == "damaged":
        path.write_bytes(b"")
    else:
        store.save(path, session.revision, session.answers, session.answers.without_form("p1"))
    session.set_text(CELL, "不能丢")
    assert not session.save()
    assert session.is_kept
    assert kept(config) == [session.answers]


def test_3_the_latest_state_is_kept_in_one_file(session, config, path):
    path.unlink()
    for text in ("一", "二", "三"):
        session.set_text(CELL, text)
        session.save()
    assert kept(config) == [session.answers]


def test_3_once_it_is_saved_nothing_is_kept(session, config, path):
    away = path.rename(path.with_name("away"))
    session.set_text(CELL, "一")
    session.save()
    away.rename(path)
    assert session.save()
    assert list((config / RESCUE).iterdir()) == []
    assert not session.is_kept


@pytest.mark.parametrize("how", ["elsewhere", "given up"])
def test_3_nor_when_it_went_elsewhere_or_was_given_up(session, config, path, how):
    store.save(path, session.revision, session.answers, session.answers.without_form("p1"))
    session.set_text(CELL, "一")
    assert not session.save()
    if how == "elsewhere":
        session.move_to(path.with_name("另存.zpb"))
    else:
        session.reload()
    assert list((config / RESCUE).iterdir()) == []


def test_3_where_that_fails_too_the_window_has_it_and_says_so(session, config, path):
    config.write_text("in the way")
    path.unlink()
    session.set_text(CELL, "一")
    assert not session.save()
    assert not session.is_kept
    assert session.is_dirty


def test_3_what_a_running_program_keeps_is_offered_to_nobody(session, config, path):
    path.unlink()
    session.set_text(CELL, "一")
    session.save()
    assert len(rescue.found(config / RESCUE)) == 1
    assert list(left_behind(config / RESCUE)) == []


def test_3_the_bar_says_that_it_is_kept(start, config, path, monkeypatch):
    monkeypatch.setattr(ask, "confirm", lambda *_, **__: True)
    window = start(path)
    path.unlink()
    window.session.set_text(CELL, "一")
    window.session.save()
    assert bar_of(window).endswith("填的内容已在本机另存一份。")


def test_3_two_programs_never_keep_in_one_file(tmp_path, path):
    copies = [RecoveryCopy(tmp_path / "r") for _ in range(2)]
    for copy, answers in zip(copies, (FIRST, SECOND), strict=True):
        assert copy.keep(path, 1, answers)
    assert len(rescue.found(tmp_path / "r")) == 2


# -- 4 ----------------------------------------------------------------------------------------------


@pytest.fixture
def unsaved(config, path):
    """What a program could not save, and the document as it was."""
    stored = store.open_document(path)
    form = stored.answers.forms["d"].with_text("improvement", "没有存上")
    name = rescue.new_name(config / RESCUE, path)
    rescue.keep(name, path, stored.revision, stored.answers.with_form("d", form))
    return name, stored.answers


def press(window, name):
    next(link for link in window.recovery.offer.links if link.text() == name).click()


def test_4_it_is_offered_on_the_start_page(start, unsaved):
    window = start()
    assert window.commands.files.start.isVisible()
    assert window.recovery.offer.isVisible()
    assert window.recovery.offer.text.text().startswith("“test”上次有内容没能存进文件，程序在 ")
    assert [link.text() for link in window.recovery.offer.links] == ["打开", "忽略"]


def test_4_opened_it_goes_back_into_its_document_as_one_step(start, config, path, unsaved):
    window = start()
    press(window, "打开")
    assert window.session.path == path
    assert opened(path).forms["d"].text("improvement") == "没有存上"
    assert window.session.document.undo_label == "恢复没有存上的内容"
    window.commands.edits.undo()
    assert window.session.answers == unsaved[1]
    assert window.recovery.offer.isHidden()
    backup = next((path.parent / store.BACKUPS).iterdir())
    assert opened(backup) == unsaved[1]


def test_4_a_document_that_went_on_is_not_overwritten(start, config, path, unsaved, monkeypatch, tmp_path):
    stored = store.open_document(path)
    store.save(path, stored.revision, stored.answers, stored.answers.without_form("p1"))
    monkeypatch.setattr(ask, "save_copy_name", lambda parent, suggestion: tmp_path / suggestion.name)
    window = start()
    press(window, "打开")
    assert window.session.path == tmp_path / "test 恢复.zpb"
    assert window.session.form("d").answers.text("improvement") == "没有存上"
    assert opened(path) == stored.answers.without_form("p1")


def test_4_nor_one_that_is_gone_missed(start, path, unsaved, monkeypatch, tmp_path):
    path.unlink()
    monkeypatch.setattr(ask, "save_copy_name", lambda parent, suggestion: tmp_path / "新位置.zpb")
    window = start()
    press(window, "打开")
    assert opened(tmp_path / "新位置.zpb").forms["d"].text("improvement") == "没有存上"


def test_4_without_a_place_to_go_it_is_still_offered(start, path, unsaved, monkeypatch):
    path.unlink()
    monkeypatch.setattr(ask, "save_copy_name", lambda parent, suggestion: None)
    window = start()
    press(window, "打开")
    assert window.recovery.offer.isVisible()
    assert rescue.found(unsaved[0].parent)


def test_4_ignored_it_is_offered_no_more_and_the_next_one_is(start, config, path, unsaved):
    other = rescue.new_name(config / RESCUE, path.with_name("另一个.zpb"))
    rescue.keep(other, path, 5, FIRST)
    window = start()
    first = window.recovery.offer.text.text()
    press(window, "忽略")
    assert window.recovery.offer.isVisible()
    assert window.recovery.offer.text.text() != first
    press(window, "忽略")
    assert window.recovery.offer.isHidden()
    assert start().recovery.offer.isHidden()
    assert len(list((config / RESCUE).glob("*.bak"))) == 2


def test_4_what_can_t_be_read_is_told_and_stays(start, path, unsaved, monkeypatch):
    said = []
    monkeypatch.setattr(ask, "tell_error", lambda parent, error: said.append(error.message))
    monkeypatch.setattr(ask, "save_copy_name", lambda parent, suggestion: path.with_name("x.zpb"))
    unsaved[0].write_bytes(b"lost")
    press(start(), "打开")
    assert len(said) == 1
    assert unsaved[0].exists()


# -- 5 ----------------------------------------------------------------------------------------------


def type_without_end(folder: Path) -> None:
    """A document whose file is gone: every state is to be saved, and can't be."""
    path = folder / "某中心.zpb"
    store.create(path, FIRST)
    stored = store.open_document(path)
    session = Session(shipped(), Document(stored.answers), path, stored, folder)
    path.unlink()
    for n in range(100, 10**9):  # never what the file says: then there is nothing to keep
        session.document.set_text(("p1", "i2.actual"), str(n), "")
        session.save()
        if session.is_kept:
            print(n, flush=True)


def test_5_a_killed_program_loses_nothing_that_it_had_kept(tmp_path):
    chance = random.Random(5)
    for n in range(KILLS):
        folder = tmp_path / str(n)
        folder.mkdir()
        last = killed_after(__file__, folder, chance.uniform(0, 0.05))
        [rescued] = left_behind(folder / RESCUE)
        answers = opened(rescued.path)
        assert int(answers.forms["p1"].text("i2.actual")) >= last
        assert answers.forms["d"] == FIRST.forms["d"]


if __name__ == "__main__":
    type_without_end(Path(sys.argv[1]))
