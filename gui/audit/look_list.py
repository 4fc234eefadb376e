"""What of an audit one wants to look at: forms by how they are, files that were not read, what changed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gui.audit import form_rows
from gui.audit.form_rows import Rows
from gui.base import theme

WHAT = (
    (form_rows.ALL, "全部表", "page", "text2"),
    (form_rows.ERRORS, "有错误", "error", "error"),
    (form_rows.WARNINGS, "只有提醒", "warning", "warn_icon"),
    (form_rows.SOUND, "没有问题", "complete", "ok"),
    (form_rows.UNREAD, "没有读的文件", "gap", "text2"),
)
CHANGES = (
    (form_rows.MENDED, "改好了", "complete", "ok"),
    (form_rows.NEW, "新出现", "plus", "error"),
    (form_rows.STILL, "还在", "minus", "text2"),
)
LINE_HEIGHT = 38


class LookList(QListWidget):
    """The looks with their counts; `chosen(look)` says that another one is wanted."""

    chosen = Signal(str)

    def __init__(self, name: str, looks: tuple[tuple[str, str, str, str], ...], unit: str = "") -> None:
        super().__init__()
        self.setObjectName("contents")
        self.setAccessibleName(name)
        self._unit = unit
        self._items: dict[str, QListWidgetItem] = {}
        for look, text, icon, token in looks:
            item = QListWidgetItem(theme.icon(icon, token), text)
            item.setData(Qt.ItemDataRole.UserRole, look)
            item.setSizeHint(QSize(0, theme.px(LINE_HEIGHT)))
            self.addItem(item)
            self._items[look] = item
        self._names = {look: text for look, text, *_ in looks}
        self.setFixedHeight(theme.px(LINE_HEIGHT) * len(looks) + theme.px(12))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._changed)

    @property
    def look(self) -> str:
        """What is looked at, "" for nothing."""
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def look_at(self, look: str) -> None:
        """Look at something."""
        self.setCurrentItem(self._items[look])

    def let_go(self) -> None:
        """Look at nothing of this list."""
        self.blockSignals(True)
        self.setCurrentRow(-1)
        self.blockSignals(False)

    def show_counts(self, rows: Rows) -> None:
        """Show how many there are of each."""
        for look, item in self._items.items():
            item.setText(f"{self._names[look]}　{rows.count(look)}{self._unit}")

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(self.look)
