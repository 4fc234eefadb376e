"""What the menus do with steps, and with what is chosen: cut, copied, pasted, filled in."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from gui.base.parts import commit_input
from gui.commands.command import EDIT, command, while_editing
from gui.commands.workbench import Workbench
from gui.frame.going import show_change
from gui.tabs.indicators_page import IndicatorsPage
from model.document.document import Change

NO_TABLE = "光标不在表格里，没有可以填充的格。"
_CONTROL = Qt.KeyboardModifier.ControlModifier


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
    """The menu names the step; other lines press their key for whatever is in hand, which knows it best."""

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

    @command(EDIT, 150, "剪切", key="Ctrl+X", when=while_editing)
    def cut(self) -> None:
        """Cut what is selected."""
        _press(Qt.Key.Key_X)

    @command(EDIT, 160, "复制", key="Ctrl+C", icon="copy", with_versions=True)
    def copy(self) -> None:
        """Copy what is selected."""
        _press(Qt.Key.Key_C)

    @command(EDIT, 170, "粘贴", key="Ctrl+V", icon="paste", when=while_editing)
    def paste(self) -> None:
        """Paste at the cursor."""
        _press(Qt.Key.Key_V)

    @command(EDIT, 310, "向下填充", key="Ctrl+D", when=while_editing)
    def fill_down(self) -> None:
        """Fill the chosen cells with the first of them, one alone with that above it."""
        self._fill(Qt.Key.Key_D)

    @command(EDIT, 320, "向右填充", key="Ctrl+R", when=while_editing)
    def fill_right(self) -> None:
        """Fill the chosen cells with the first of their row, one alone with that at its left."""
        self._fill(Qt.Key.Key_R)

    def _fill(self, key: Qt.Key) -> None:
        if not _press(key):
            self._bench.status.say(NO_TABLE)

    @command(EDIT, 330, "得分照分值填", key="Ctrl+Shift+D", when=while_editing)
    def scores_from_weights(self) -> None:
        """Give the chosen rows all their points."""
        self._copy_points("weight", "score")

    @command(EDIT, 340, "分值照得分填", key="Ctrl+Shift+R", when=while_editing)
    def weights_from_scores(self) -> None:
        """Give the chosen rows the points that they have reached."""
        self._copy_points("score", "weight")

    def _copy_points(self, source: str, target: str) -> None:
        commit_input()
        view = self._bench.view
        page = view.stack.currentWidget()
        if view.key not in self._bench.session.snapshot.forms or not isinstance(page, IndicatorsPage):
            self._bench.status.say("请先到“绩效目标与指标”里选中要填的行。")
            return
        said = page.panel.view.copy_points(source, target)
        page.take_focus()
        self._bench.status.say(said)

    def _show(self, change: Change, what: str) -> None:
        """Go where something changed, and say what was taken back or done again."""
        if change:
            show_change(self._bench.view, change)
            self._bench.status.say(f"{what}：{change.label}")


def _press(key: Qt.Key) -> bool:
    """Press a key with Ctrl, no shortcut, for what has the focus or is around it; tell if it was taken."""
    widget, event = QApplication.focusWidget(), QKeyEvent(QEvent.Type.KeyPress, key, _CONTROL)
    event.ignore()
    while widget is not None and not event.isAccepted() and not widget.isWindow():
        event.accept()
        widget.keyPressEvent(event)  # sent, it were a shortcut again
        widget = widget.parentWidget()
    return event.isAccepted()
