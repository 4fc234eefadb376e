"""What the menus do to keep the open document: save it, copy it, go on in another file."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from gui.base import ask, waiting
from gui.base.parts import commit_input
from gui.base.waiting import Cancelled
from gui.base.worker import Job
from gui.commands.command import FILE, always, command, while_editing
from gui.commands.workbench import Workbench
from gui.frame.document_view import DocumentView
from gui.session.session import Session
from model.basics.errors import UserError
from model.document import backups, store
from model.handin import freeing

WHERE = "在“打开以前的版本”里可以找到。"
KEPT = f"已保存，并留了一份。{WHERE}"


class SaveCommands:
    """A copy leaves the document where it is."""

    def __init__(self, bench: Workbench, close_window: Callable[[], object]) -> None:
        self._bench, self._close_window = bench, close_window
        bench.view_made.connect(self._view_made)

    def _view_made(self, view: DocumentView) -> None:
        view.copy_wanted.connect(self._go_on_elsewhere)

    def may_leave(self) -> bool:
        """Save what is open; if that fails, the clerk decides whether to go all the same."""
        if not self._bench.is_open:
            return True
        commit_input()
        session = self._bench.session
        sentence = "" if session.save() else f"未能保存：{session.problem}"
        if not sentence:
            self._free(session)
        return not sentence or ask.confirm(self._bench.window, sentence, "不保存，离开", "返回")

    def _free(self, session: Session) -> None:
        """Who leaves gives undo up: evidence that nothing names any more goes; where it can't, it stays."""
        if session.read_only:
            return
        local = session.local_folder / backups.FOLDER if session.local_folder else None
        job = partial(freeing.free, session.path, datetime.now(), local)
        with suppress(UserError, waiting.Cancelled):
            waiting.do(self._bench.window, "正在清理移出的材料…", lambda *_: job())

    def save_now(self) -> None:
        """Save at once and say so."""
        commit_input()
        self._bench.session.save()
        self._bench.state_changed.emit()

    @command(FILE, 210, "立即保存", key="Ctrl+S", icon="check", when=while_editing)
    def keep_point(self) -> None:
        """Save at once, and keep a version where something changed since the last."""
        self.save_now()
        self._keep(self._bench.session.keep_point(), KEPT)

    @command(FILE, 215, "保存并起名…", when=while_editing)
    def name_point(self) -> None:
        """Save and keep a version under a name, by which it is found again."""
        from gui.files.new_dialog import NameDialog

        self.save_now()
        dialog = NameDialog(
            "保存并起名", "保存", "这个版本的名称，如“送审前”", "请填名称。", parent=self._bench.window
        )
        if dialog.exec():
            session = self._bench.session
            self._keep(session.keep_point(dialog.name), _kept_as(session.path, dialog.name))

    def _keep(self, make: Callable[[], object] | None, said: str) -> None:
        """Keep a version; a disk that is full or away is said."""
        if make is None:
            return
        try:
            waiting.do(self._bench.window, "正在留一份…", lambda *_: make())
            self._bench.status.show_for_a_while(said)
        except Cancelled:
            self._bench.status.say("这个版本没有留下。")
        except UserError as error:
            ask.tell_error(self._bench.window, error)

    @command(FILE, 220, "另存副本…", key="Ctrl+Shift+S", icon="copy", with_versions=True)
    def save_copy(self) -> None:
        """Save a copy elsewhere; the document stays where it is."""
        self.save_now()
        target = self._ask_name("副本")
        if target is None:
            return
        what = f"正在写入“{target.name}”…"
        try:
            waiting.do(self._bench.window, what, _copying(self._bench.session, target))
            self._bench.status.show_for_a_while(f"副本已保存到 {target}。")
        except Cancelled:
            self._bench.status.say("副本没有保存完。")
        except UserError as error:
            ask.tell_error(self._bench.window, error)

    def _go_on_elsewhere(self) -> None:
        """The file can't be saved where it is: everything typed goes into another one."""
        target = self._ask_name("另存")
        if target is None:
            return
        try:
            self._bench.session.move_to(target)
        except UserError as error:
            ask.tell_error(self._bench.window, error)
            return
        self._bench.lies_at.emit(target)

    def _ask_name(self, what: str) -> Path | None:
        path = self._bench.session.path
        return ask.save_copy_name(self._bench.window, path.with_name(f"{path.stem} {what}{path.suffix}"))

    @command(FILE, 420, "退出", key="Ctrl+Q", when=always, with_versions=True)
    def leave(self) -> None:
        """Close the window."""
        self._close_window()


def _kept_as(path: Path, name: str) -> str:
    """Say under which name a version is found again: a long one is shortened."""
    short = backups.short_name(path, name)
    if not short:
        return f"{KEPT}名称里没有可以用的字，没有留下名称。"
    return f"{'名称太长，' if len(short) < len(name) else ''}已留为“{short}”。{WHERE}"


def _copying(session: Session, target: Path) -> Job:
    if session.is_dirty:  # the save has just failed: what is typed goes into the copy
        return lambda *_: store.save_as(session.path, target, session.answers)
    return lambda *_: store.save_copy(session.path, target)
