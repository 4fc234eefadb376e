"""The menus of a window, made of what its groups of commands declare."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from gui.base import theme
from gui.base.plain import in_menu
from gui.commands.command import MENUS, Command, Entry, Submenu, keys_of, lines_of
from gui.commands.workbench import Workbench

Line = Command[Any, Any] | Submenu[Any]


class Menus:
    """Each line is enabled as its rule says; icons are drawn, and ticks set, when a menu is opened."""

    def __init__(
        self, window: QMainWindow, bench: Workbench, groups: Iterable[object], only_versions: bool = False
    ) -> None:
        self._window, self._bench = window, bench
        self.groups = tuple(groups)
        self._actions: dict[Line, QAction] = {}
        lines = [(line, group) for group in self.groups for line in lines_of(type(group))]
        offered = [at for at in lines if at[0].entry.with_versions or not only_versions]
        for title in MENUS:
            self._add_menu(title, [at for at in offered if at[0].entry.menu == title])
        for group in self.groups:
            self._add_keys(group)
        bench.changed.connect(self._show_state)
        bench.state_changed.connect(self._show_state)
        bench.look_changed.connect(self._forget_icons)
        self._show_state()

    def action(self, line: Line) -> QAction:
        """Return the line of a menu that a command is: `action(FileCommands.open_document)`."""
        return self._actions[line]

    def entries(self) -> Iterator[tuple[Entry, QAction]]:
        """Yield what is offered, menu by menu."""
        return ((line.entry, action) for line, action in self._actions.items())

    def hints(self) -> list[str]:
        """Return the keys that the status line names: F6 下一处未填."""
        return [entry.hint for entry, _ in self.entries() if entry.is_hinted]

    def _add_menu(self, title: str, lines: list[tuple[Line, object]]) -> None:
        """A rule stands between the hundreds; a menu without lines is not there."""
        if not lines:
            return
        menu = self._window.menuBar().addMenu(title)
        menu.aboutToShow.connect(self._draw_icons)
        menu.aboutToShow.connect(self._tick)
        before: int | None = None
        for line, group in sorted(lines, key=lambda at: at[0].entry.at):
            if before is not None and line.entry.at // 100 != before:
                menu.addSeparator()
            before = line.entry.at // 100
            self._add_line(menu, line, group)

    def _add_line(self, menu: QMenu, line: Line, group: object) -> None:
        if isinstance(line, Submenu):
            inner = menu.addMenu(line.entry.text)
            inner.aboutToShow.connect(partial(self._fill, inner, line, group))
            self._actions[line] = inner.menuAction()
            return
        action = QAction(line.entry.text, self._window)
        action.setShortcuts([QKeySequence(key) for key in line.entry.keys])
        action.setCheckable(line.entry.is_on is not None)
        action.triggered.connect(line.method_of(group))
        menu.addAction(action)
        self._actions[line] = action

    def _fill(self, menu: QMenu, line: Submenu[Any], group: object) -> None:
        menu.clear()
        line.method_of(group)(menu)
        menu.setEnabled(not menu.isEmpty())

    def _add_keys(self, group: object) -> None:
        for keys in keys_of(type(group)):
            for n, key in enumerate(keys.keys):
                action = QAction(self._window)
                action.setShortcut(QKeySequence(key.key))
                action.triggered.connect(partial(_call, keys.__get__(group, type(group)), n))
                self._window.addAction(action)

    # --- what is shown

    def _draw_icons(self) -> None:
        for line, action in self._actions.items():
            if line.entry.icon and action.icon().isNull():
                action.setIcon(theme.icon(line.entry.icon))

    def _tick(self) -> None:
        for line, action in self._actions.items():
            if line.entry.is_on is not None:
                action.setChecked(line.entry.is_on(self._bench))
                action.setIcon(theme.icon("check") if action.isChecked() else QIcon())

    def _forget_icons(self) -> None:
        for action in self._actions.values():
            action.setIcon(QIcon())

    def _show_state(self) -> None:
        for line, action in self._actions.items():
            on = line.entry.when(self._bench)
            if action.isEnabled() != on:
                action.setEnabled(on)
            if line.entry.name is not None:
                action.setText(in_menu(line.entry.name(self._bench)))


def _call(method: Any, n: int, _checked: bool = False) -> None:
    method(n)
