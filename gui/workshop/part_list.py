"""The parts of a blank in the order of paper, each a line: its number, its name, what it holds."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gui.base import theme
from gui.base.plain import tip
from model.workshop.interpretation import summary
from model.workshop.proposal import Part, Proposal

ROW = 30  # px at 100 %


class PartList(QListWidget):
    """`part_chosen(number)` says that a part is to be shown."""

    part_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ticks")
        self.setAccessibleName("读成的表样")
        self.setUniformItemSizes(True)
        self.currentRowChanged.connect(self._chosen)

    def show_parts(self, found: Proposal) -> None:
        """Show the parts; the one in sight stays so."""
        row = max(self.currentRow(), 0)
        self.blockSignals(True)
        self.clear()
        for n, part in enumerate(found.parts, start=1):
            self.addItem(_item(n, part))
        self.setCurrentRow(min(row, self.count() - 1))
        self.blockSignals(False)

    def _chosen(self, row: int) -> None:
        if row >= 0:
            self.part_chosen.emit(row)


def _item(n: int, part: Part) -> QListWidgetItem:
    is_open = bool(part.why) or any(item.why for item in part.items)
    text = f"{n}  {part.called}　{summary(part)}"
    icon = theme.icon("warning", "warn_icon") if is_open else theme.icon("check")
    item = QListWidgetItem(icon, text)
    item.setToolTip(tip(part.why or text))
    item.setSizeHint(QSize(0, theme.px(ROW)))
    return item
