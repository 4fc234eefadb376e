"""Sentences about another window or computer that saved the open document."""

from datetime import date

from gui.base.dates import minute
from model.document.store import Saving


def contested_by(saving: Saving | None) -> str:
    """Return who saved while there were edits here, the beginning of a sentence."""
    return "另一个程序刚保存过这个文件" if saving is None else f"{_who(saving)}{_time(saving)}保存过这个文件"


def taken_over_from(saving: Saving | None) -> str:
    """Return whose saved content stands here now."""
    if saving is None:
        return "另一个程序保存过这个文件，这里已换成新的内容。"
    return f"{_who(saving)}{_time(saving)}保存过这个文件，这里已换成新的内容。"


def _who(saving: Saving) -> str:
    return "本机的另一个窗口" if saving.is_from_here else f"电脑“{saving.computer}”"


def _time(saving: Saving) -> str:
    return f"在 {minute(saving.moment, date.today())} "
