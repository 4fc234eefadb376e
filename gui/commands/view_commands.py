"""What the menus do with how things are shown: the pane, size and colours, the tab in hand."""

from PySide6.QtWidgets import QApplication

from gui.base import theme
from gui.base.panel_widths import Sides, show_widths
from gui.base.parts import commit_input
from gui.base.settings import PANE
from gui.commands.command import EVERYWHERE, VIEW, Key, Rule, always, command, numbered
from gui.commands.workbench import Workbench
from gui.frame.document_view import DocumentView
from model.forms.definition import TABS


def _is_pane_open(bench: Workbench) -> bool:
    return bench.is_open and not bench.view.pane.isHidden()


def _is_look(look: str) -> Rule:
    return lambda bench: bench.preferences.now.theme == look


class ViewCommands:
    """Another size or look builds everything anew; what is open stays open."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        bench.view_made.connect(self._view_made)

    def _view_made(self, view: DocumentView) -> None:
        view.sides_changed.connect(self._keep_sides)

    def _keep_sides(self, sides: Sides) -> None:
        """Every px of a dragged border comes here: the file of the settings is written at the end."""
        preferences = self._bench.preferences
        without = preferences.now.wanting(PANE, sides.pane_open).without
        preferences.note(without=without, widths=show_widths(sides.widths))

    @command(VIEW, 110, "右侧栏", with_versions=True, is_on=_is_pane_open)
    def toggle_pane(self) -> None:
        """Open the pane at the right or fold it away."""
        self._bench.view.toggle_pane()

    @numbered([Key(EVERYWHERE, f"Alt+{n}", f"转到“{tab}”") for n, tab in enumerate(TABS, start=1)])
    def show_tab(self, n: int) -> None:
        """Go to a tab."""
        if self._bench.is_open:
            self._bench.view.go_to_tab(n)

    # --- size

    @command(VIEW, 210, "放大", key=("Ctrl++", "Ctrl+="), when=always)
    def zoom_in(self) -> None:
        """Larger."""
        self._zoom_to(self._bench.preferences.now.zoom + 10)

    @command(VIEW, 220, "缩小", key="Ctrl+-", when=always)
    def zoom_out(self) -> None:
        """Smaller."""
        self._zoom_to(self._bench.preferences.now.zoom - 10)

    @command(VIEW, 230, "原始大小", key="Ctrl+0", when=always)
    def zoom_reset(self) -> None:
        """As designed."""
        self._zoom_to(100)

    def _zoom_to(self, zoom: int) -> None:
        if zoom in theme.ZOOMS:
            self._bench.preferences.set(zoom=zoom)
            self._look_again()

    # --- colours

    @command(VIEW, 310, "跟随系统", when=always, is_on=_is_look("system"))
    def theme_system(self) -> None:
        """Follow the system."""
        self._take_look("system")

    @command(VIEW, 320, "浅色", when=always, is_on=_is_look("light"))
    def theme_light(self) -> None:
        """Always light."""
        self._take_look("light")

    @command(VIEW, 330, "深色", when=always, is_on=_is_look("dark"))
    def theme_dark(self) -> None:
        """Always dark."""
        self._take_look("dark")

    @command(VIEW, 340, "高对比度", when=always, is_on=_is_look("contrast"))
    def theme_contrast(self) -> None:
        """Always white on black, with strong edges."""
        self._take_look("contrast")

    def _take_look(self, look: str) -> None:
        self._bench.preferences.set(theme=look)
        self._look_again()

    def _look_again(self) -> None:
        """Build everything anew in the new look."""
        app, kept = QApplication.instance(), self._bench.preferences.now
        assert isinstance(app, QApplication)
        commit_input()
        app.setStyleSheet("")
        theme.prepare(app, theme.look_for(kept.theme), kept.zoom)
        self._bench.status.show_zoom(kept.zoom)
        self._bench.build_anew()
        theme.dress(app)
        self._bench.notify()
