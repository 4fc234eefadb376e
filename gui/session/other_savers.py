"""Sentences about another window or computer that saved the open document."""

from datetime import date

from gui.base.dates import minute
from model.document.store import Save


def contested_by(save: Save | None) -> str:
    """Return who saved while there were edits here, the beginning of a sentence."""
    return "另一个程序刚保存过这个文件" if save is None else f"{_who(save)}{_time(save)}保存过这个文件"


def taken_over_from(save: Save | None) -> str:
    """Return whose saved content stands here now."""
    if save is None:
        return "另一个程序保存过这个文件，这里已换成新的内容。"
    return f"{_who(save)}{_time(save)}保存过这个文件，这里已换成新的内容。"


def _who(save: Save) -> str:
    return "本机的另一个窗口" if save.is_from_here else f"电脑“{save.computer}”"


def _time(save: Save) -> str:
    return f"在 {minute(save.moment, date.today())} "
