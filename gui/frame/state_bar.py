"""The bar under the tabs: why nothing can be changed or saved, or what there is to say of the document."""

from collections.abc import Callable

from gui.base.bar import Bar
from gui.session.other_savers import contested_by
from gui.session.session import Session


class StateBar(Bar):
    """Gone while there is nothing to say; `copy_wanted` is called for 另存为…."""

    def __init__(self, session: Session, copy_wanted: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self._copy = ("另存为…", copy_wanted)

    def show_state(self, notice: str) -> None:
        """Say what is most urgent: a conflict, read-only, a failed save or look, else a notice."""
        session = self._session
        if session.is_contested:
            reload = ("放弃这里的改动，重新打开", session.reload)
            self.say(f"{contested_by(session.other_save)}，这里的改动还没有保存。", (self._copy, reload))
        elif session.read_only:
            self.say(session.read_only)
        elif session.problem:
            kept = "填的内容已在本机另存一份。" if session.is_kept else ""
            self.say(f"未能保存：{session.problem}{kept}", (self._copy,))
        elif session.unreachable:
            self.say(f"文件现在读不到：{session.unreachable}", (self._copy,))
        elif notice:
            self.say(notice, closable=True)
        else:
            self.hide()
