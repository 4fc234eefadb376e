"""收回: what a colleague changed, 发出时 / 我现在 / 同事 side by side; what both changed has to be chosen."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.listing import set_up_listing
from gui.base.parts import ChoiceBox, named, size_on_screen
from gui.base.plain import Label, tip
from model.handout.returned import Returned
from model.handout.take_back import TakenBack, take_back
from model.reading.reading import Form

SIZE = (1080, 560)  # px at 100 %
CAPTIONS = ("采用", "哪一格", "发出时", "我现在", "同事")
WIDTHS = (120, 260, 200, 200, 0)  # px at 100 %; 0 takes what is left
TAKE = 0
ASK, MINE, THEIRS = "请选择", "用我的", "用同事的"


class Line(NamedTuple):
    """A cell or row that differs: its id, where it stands, three texts, and whether it has to be chosen."""

    id: str
    where: str
    base: str
    mine: str
    theirs: str
    is_open: bool


class TakeBackDialog(QDialog):
    """Closed with 收回, `taken()` is my form with what was taken. A line that only the colleague changed is
    ticked; of what both changed nothing is preset."""

    def __init__(self, one: Returned, mine: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"收回　{mine.name}")
        self._one, self._mine = one, mine
        self.found = take_back(one.parcel.base, mine.answers, one.form)
        self.lines = lines_of(self.found, one, mine)
        self.table = named(QTableWidget(len(self.lines), len(CAPTIONS)), "differences")
        self.head, self.state = Label(self._said(), wordWrap=True), Label()
        self.take, self.cancel = named(QPushButton("收回"), "primary"), QPushButton("取消")
        self._set_up_table()
        self._lay_out()
        self.take.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._enable()

    def _said(self) -> str:
        """What came back, in a sentence; a second taking back of the same file says so."""
        name = self._one.path.name
        if self._one.was_taken:
            again = "这个文件已经收回过" + ("。" if self.lines else "，没有新的不同。")
            return f"{name}：{again}"
        if not self.lines:
            return f"{name}：同事没有改动。"
        asked = sum(line.is_open for line in self.lines)
        said = f"{name}：有 {len(self.lines)} 处不同"
        return f"{said}，其中 {asked} 处双方都改了，请选用谁的。" if asked else f"{said}，只有同事改过。"

    # --- building

    def _set_up_table(self) -> None:
        set_up_listing(self.table, "不同的地方", CAPTIONS, WIDTHS)
        for row, line in enumerate(self.lines):
            self._fill(row, line)
        self.table.resizeRowsToContents()
        self.table.itemChanged.connect(self._enable)

    def _fill(self, row: int, line: Line) -> None:
        first = QTableWidgetItem()
        if line.is_open:
            self.table.setCellWidget(row, TAKE, self._choice(line))
        elif line.id:
            first.setCheckState(Qt.CheckState.Checked)
        self.table.setItem(row, TAKE, first)
        for column, text in enumerate((line.where, line.base, line.mine, line.theirs), start=1):
            item = QTableWidgetItem(text)
            item.setToolTip(tip(text))
            if line.is_open:
                item.setBackground(theme.colour("warn_soft"))
            self.table.setItem(row, column, item)

    def _choice(self, line: Line) -> ChoiceBox:
        box = ChoiceBox()
        box.setAccessibleName(f"{line.where}用谁的")
        box.addItems([ASK, MINE, THEIRS])
        box.currentIndexChanged.connect(self._enable)
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self.head)
        column.addWidget(self.table, stretch=1)
        row = QHBoxLayout()
        row.addWidget(self.state, stretch=1)
        row.addWidget(self.take)
        row.addWidget(self.cancel)
        column.addLayout(row)
        self.resize(size_on_screen(self, SIZE))

    # --- what was chosen

    def box(self, row: int) -> ChoiceBox | None:
        """The choice of a line that both changed."""
        widget = self.table.cellWidget(row, TAKE)
        return widget if isinstance(widget, ChoiceBox) else None

    def _is_taken(self, row: int) -> bool:
        box = self.box(row)
        if box is not None:
            return box.currentText() == THEIRS
        item = self.table.item(row, TAKE)
        return item is not None and item.checkState() == Qt.CheckState.Checked

    def _enable(self) -> None:
        boxes = [box for row in range(len(self.lines)) if (box := self.box(row)) is not None]
        rest = sum(box.currentText() == ASK for box in boxes)
        self.state.setText(f"还有 {rest} 处没有选。" if rest else "")
        self.take.setEnabled(not rest)

    def taken(self) -> TakenBack:
        """Return what was taken back, as the clerk left it."""
        chosen = {line.id for row, line in enumerate(self.lines) if self._is_taken(row)}
        left = {line.id for line in self.lines} - chosen
        return take_back(self._one.parcel.base, self._mine.answers, self._one.form, chosen, left)


def lines_of(found: TakenBack, one: Returned, mine: Form) -> list[Line]:
    """Return what differs: what has to be chosen first, then what only the colleague changed."""
    lines = []
    for cell in found.merge.differences:
        is_open = cell in found.open
        lines.append(Line(cell.cell, mine.where(cell.cell), cell.base, cell.mine, cell.theirs, is_open))
    for added in found.merge.added:
        texts = "；".join(text for text in added.texts.values() if text)
        where = "同事改过的一行，这里已删" if added.is_deleted_here else "同事加了一行"
        lines.append(Line(added.row, where, "", "", texts, added.row in found.gone))
    for deleted in found.merge.deleted:
        name = mine.answers.text(f"{deleted.row}.name")
        where = f"同事删了一行“{name}”"
        lines.append(Line(deleted.row, where, name, name, "（删除）", deleted.row in found.kept))
    for unclear in one.unclear:
        where = f"{mine.where(unclear.cell)}（看不清，请自行填写）"
        lines.append(Line("", where, "", mine.answers.text(unclear.cell), unclear.text, False))
    return sorted(lines, key=lambda line: not line.is_open)
