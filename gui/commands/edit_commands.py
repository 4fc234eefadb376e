"""What the menus do with steps: take one back, take it again."""

from gui.commands.command import EDIT, command, while_editing
from gui.commands.workbench import Workbench
from model.document.document import Change


def _undo_label(bench: Workbench) -> str:
    return bench.session.document.undo_label if bench.is_open else ""


def _redo_label(bench: Workbench) -> str:
    return bench.session.document.redo_label if bench.is_open else ""


def _has_done(bench: Workbench) -> bool:
    return while_editing(bench) and bool(_undo_label(bench))


def _has_undone(bench: Workbench) -> bool:
    return while_editing(bench) and bool(_redo_label(bench))


def _named(word: str, label: str) -> str:
    return f"{word}：{label}" if label else word


class EditCommands:
    """The menu names the step."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    @command(
        EDIT,
        110,
        "撤销",
        key="Ctrl+Z",
        icon="undo",
        when=_has_done,
        name=lambda bench: _named("撤销", _undo_label(bench)),
    )
    def undo(self) -> None:
        """Take the last step back."""
        self._show(self._bench.session.undo(), "撤销")

    @command(
        EDIT,
        120,
        "重做",
        key=("Ctrl+Y", "Ctrl+Shift+Z"),
        icon="redo",
        when=_has_undone,
        name=lambda bench: _named("重做", _redo_label(bench)),
    )
    def redo(self) -> None:
        """Take it again."""
        self._show(self._bench.session.redo(), "重做")

    def _show(self, change: Change, what: str) -> None:
        """Go where something changed, and say what was taken back or done again."""
        if change:
            self._bench.view.show_change(change)
            self._bench.status.say(f"{what}：{change.label}")
