"""Sentences about another window or computer that saved the open document."""

from datetime import date, datetime

from gui.recent import when
from model.store import Saving


def contested_by(saving: Saving | None) -> str:
    """Return who saved while there were edits here, the beginning of a sentence."""
    return "另一个程序刚保存过这个文件" if saving is None else f"{_who(saving)}{_time(saving)}保存过这个文件"


def taken_over_from(saving: Saving | None) -> str:
    """Return whose saved content stands here now."""
    if saving is None:
        return "另一个程序保存过这个文件，这里已换成新的内容。"
    return f"{_who(saving)}{_time(saving)}保存过这个文件，这里已换成新的内容。"


def minute(moment: datetime, today: date) -> str:
    """Return a time to the minute: 14:31 for today, else with its day, 昨天 16:05, 4月28日 09:12."""
    if moment.date() == today:
        return f"{moment:%H:%M}"
    day = when(moment, today)
    return day if ":" in day else f"{day} {moment:%H:%M}"


def _who(saving: Saving) -> str:
    return "本机的另一个窗口" if saving.is_from_here else f"电脑“{saving.computer}”"


def _time(saving: Saving) -> str:
    return f"在 {minute(saving.moment, date.today())} "
