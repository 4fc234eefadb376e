"""A clerk's second year with real keys: a form of 28 rows from last year's file, every press counted."""

from PySide6.QtCore import Qt

from gui.base import ask
from model.document import store
from model.document.answers import Answers
from tests.hand import ALT, Hand
from tests.published import published

MOST = 60
UNIT = "硚口区教育局信息技术中心"


def test_a_department_form_of_28_rows_from_last_years_file(start, tmp_path, monkeypatch, qtbot):
    last = published("qiaokou_xinxi_2022_department").answers
    rows = last.indicators
    assert len(rows) == 28
    path = tmp_path / "去年.zpb"
    store.create(path, Answers({"d": last}, UNIT, "2022"))
    window = start()
    hand = Hand(window)
    monkeypatch.setattr(ask, "open_file_name", lambda *_: path)
    hand.presses += 4  # the menu, its line, the file in the system's dialog, Enter there

    hand.answer(window.commands.files.carry_over, Qt.Key.Key_Return)
    assert window.session.answers.year == "2023"
    first = [row for row in rows if last.text(f"{row}.goal") == last.goals[0]]
    hand.paste(copied(last, first))
    hand.press(Qt.Key.Key_F6)  # the next gap is the first result of the second goal
    hand.paste(copied(last, rows[len(first) :]))
    hand.press(Qt.Key.Key_F6)
    hand.paste("加强预算管理，按季度通报执行进度。")
    hand.press(Qt.Key.Key_2, ALT)  # the tab of the head of the form
    hand.press(Qt.Key.Key_F6)
    hand.press(Qt.Key.Key_Down, ALT)  # the calendar, at today
    hand.press_in_popup(Qt.Key.Key_Return)
    assert window.session.text(("d", "filled_on"))
    for figure in ("836.79", "310.5", "1147.29", "1100"):
        hand.press(Qt.Key.Key_F6)
        hand.write(figure)
    assert window.session.snapshot.completeness["d"].missing == ()
    assert hand.presses < MOST
    assert [window.session.text(("d", f"{row}.actual")) for row in rows] == [
        last.text(f"{row}.actual") for row in rows
    ]
    assert window.session.form("d").sheet.total is not None


def copied(form, rows):
    """Results and scores as they are copied out of a spreadsheet."""
    return "\n".join(f"{form.text(f'{row}.actual')}\t{form.text(f'{row}.score')}" for row in rows)
