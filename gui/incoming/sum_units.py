"""Which units count: ticked as they do, what does not count with the reason, files that were not read."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gui.base import theme
from gui.base.plain import tip
from model.aggregation.parts import MONEY_UNIT, Part, Sorted, odd_funds
from model.basics import number


class SumUnits(QListWidget):
    """`ticked(part id, whether it counts)` says that the clerk takes a form out or in again."""

    ticked = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("单位")
        self.setWordWrap(True)
        self.itemChanged.connect(self._changed)

    def show_parts(self, found: Sorted, refused: Sequence[tuple[str, str]], left_out: Sequence[str]) -> None:
        """Show what counts, what does not, and files that were not read (name, why)."""
        self.blockSignals(True)
        at = self.currentRow()
        self.clear()
        odd = odd_funds(found.counted)
        for part in found.counted:
            said = f"\n{odd[part.id]}" if part.id in odd else ""
            self._add(f"{part.name}　{funds_text(part)}{said}", part.source, part.id, True)
        for one in found.excluded:
            text = f"不计入　{one.part.name}（{one.part.source}）：{one.reason}"
            self._add(text, one.part.source, one.part.id if one.part.id in left_out else "", False)
        for name, why in refused:
            self._add(f"没有读入　{name}：{why}", name, "", False)
        self.setCurrentRow(at)
        self.blockSignals(False)

    def _add(self, text: str, source: str, part: str, is_counted: bool) -> None:
        item = QListWidgetItem(text)
        item.setToolTip(tip(f"{text}\n{source}"))
        item.setData(Qt.ItemDataRole.UserRole, part)
        if part:
            item.setCheckState(Qt.CheckState.Checked if is_counted else Qt.CheckState.Unchecked)
        else:
            item.setIcon(theme.icon("error", "error"))
        self.addItem(item)

    def _changed(self, item: QListWidgetItem) -> None:
        part = item.data(Qt.ItemDataRole.UserRole)
        if part:
            self.ticked.emit(part, item.checkState() == Qt.CheckState.Checked)


def funds_text(part: Part) -> str:
    """Return by how much a form is weighed."""
    if part.funds is None or not part.has_weight:
        return "没有金额，比率不能加权。"
    return f"{number.grouped(part.funds)} {MONEY_UNIT}"
