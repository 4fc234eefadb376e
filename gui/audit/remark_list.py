"""What was found in a form, each with its place in the file and whether it is new."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gui.audit.form_rows import Row
from gui.base import theme
from gui.base.breaking import broken
from model.audit.audited import OPEN, Remark
from model.audit.compare import Since

ICONS = {
    "error": ("error", "error"),
    "gap": ("gap", "text2"),
    "warning": ("warning", "warn_icon"),
    "note": ("note", "text2"),
    "answered": ("complete", "ok"),
}
ORDER = tuple(ICONS)
_IS_OPEN, _SAID = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class RemarkList(QListWidget):
    """The findings of a form, the most severe first; below them what is mended since the last audit."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("问题")
        self.setWordWrap(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_row(self, row: Row | None) -> None:
        """Show the findings of a form."""
        self.clear()
        if row is None:
            return
        numbered = sorted(enumerate(row.form.remarks), key=lambda one: ORDER.index(one[1].state))
        for number, remark in numbered:
            self._add(*ICONS[remark.state], _said(remark, row.since, number), remark.state in OPEN)
        for remark in row.since.mended:
            self._add("complete", "ok", f"已改好：{remark.message}\n{remark.at}")
        if not self.count():
            self._add("complete", "ok", "没有发现问题。")
        self._fit()

    def _add(self, icon: str, token: str, text: str, is_open: bool = False) -> None:
        item = QListWidgetItem(theme.icon(icon, token), text)
        item.setData(_IS_OPEN, is_open)
        item.setData(_SAID, text)
        self.addItem(item)

    def next_open(self) -> bool:
        """Mark the next finding that is to be mended; False behind the last."""
        for at in range(self.currentRow() + 1, self.count()):
            if self.item(at).data(_IS_OPEN):
                self.setCurrentRow(at)
                return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines are as high as their texts want in the width that there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width() - theme.px(36)
        for at in range(self.count()):
            item = self.item(at)
            found = broken(item.data(_SAID), max(room, 60))
            item.setText(found.text)
            item.setSizeHint(QSize(0, found.height + theme.px(14)))


def _said(remark: Remark, since: Since, number: int) -> str:
    """What was found, then where, and whether it is new."""
    where = "　".join(
        filter(None, (remark.place, remark.where if not remark.place else "", since.of(number)))
    )
    return f"{remark.message}\n{where}"
