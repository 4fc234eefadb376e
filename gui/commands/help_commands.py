"""What the menus do to help: guide, keys, how to fill in a cell, what a maintainer needs."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt

from gui.base import ask
from gui.commands.command import HELP, Key, always, command
from gui.commands.save_commands import SaveCommands
from gui.commands.workbench import Workbench
from gui.pane.pane import HELP as HELP_FACE

ABOUT = "预算绩效自评表的填报、核分、导出与打印。\n单机运行，不联网，不收集任何信息。\nMIT 许可证。"


class HelpCommands:
    """`keys` returns every key of the program."""

    def __init__(self, bench: Workbench, saves: SaveCommands, keys: Callable[[], Sequence[Key]]) -> None:
        self._bench, self._saves, self._keys = bench, saves, keys

    @command(HELP, 110, "使用手册", when=always)
    def show_guide(self) -> None:
        """Open the user guide beside the document."""
        self._open_guide(0)

    def _open_guide(self, at: int) -> None:
        from gui.support.guide_window import GuideWindow

        guide = GuideWindow(self._bench.window, at)
        guide.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        guide.show()

    @command(HELP, 130, "填写说明", key="F1", icon="note", is_hinted=True)
    def show_help(self) -> None:
        """Say how to fill in the cell under the cursor."""
        view = self._bench.view
        if view.is_previewing:
            view.show_form(view.key)
        view.open_pane(HELP_FACE)

    @command(HELP, 140, "快捷键…", key="Ctrl+F1", when=always, with_versions=True)
    def show_keys(self) -> None:
        """List the keys."""
        from gui.commands.keys_dialog import KeysDialog

        dialog = KeysDialog(self._keys(), self._bench.window)
        dialog.exec()
        dialog.deleteLater()

    @command(HELP, 150, "保存诊断包…", icon="export", when=always)
    def save_diagnosis(self) -> None:
        """Put what a maintainer needs into one file."""
        from gui.support.diagnosis_dialog import DiagnosisDialog

        document = self._bench.session.path if self._bench.is_open else None
        if document is not None:
            self._saves.save_now()
        dialog = DiagnosisDialog(document, self._bench.window)
        if dialog.exec():
            self._bench.status.show_for_a_while(f"诊断包已保存到 {dialog.saved_to}")
        dialog.deleteLater()

    @command(HELP, 160, "更新说明", when=always)
    def show_changes(self) -> None:
        """Show what is new: the last chapter of the guide."""
        self._open_guide(-1)

    @command(HELP, 170, "关于自评簿", icon="app", when=always, with_versions=True)
    def show_about(self) -> None:
        """Say what the program is."""
        version = f"版本 {QCoreApplication.applicationVersion()}"
        ask.inform(self._bench.window, "自评簿", f"{version}\n{ABOUT}")
