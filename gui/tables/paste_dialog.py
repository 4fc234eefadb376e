"""粘贴前看一眼: asks, column by column, where a block goes that is in doubt; Enter takes the guess."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.parts import ChoiceBox, named
from gui.base.plain import Label, tip
from gui.tables.spots import OVER, SpotGroup
from model.basics import number
from model.recognition.block import SKIP, BlockReading, choices

WIDTH, MOST, ROW, HEAD, NARROW = 860, 5, 36, 46, 110


class Places(NamedTuple):
    """Where a block can go: the places of a table, the one gone to, and what goes to another one."""

    groups: Sequence[SpotGroup]
    here: QModelIndex
    go_to: Callable[[QModelIndex], None]


class PasteDialog(QDialog):
    """`block` is what is to be pasted once it was accepted; `effect` says what pasting it will do. Where the
    table lets one choose a place, the cursor goes along; it is back where it was when nothing is pasted."""

    def __init__(
        self,
        block: BlockReading,
        effect: Callable[[BlockReading], str],
        parent: QWidget | None = None,
        places: Places | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("粘贴前看一眼")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.block, self._effect = block, effect
        self.why = Label(block.why or "有两列是同一栏，请选一列。", wordWrap=True)
        self.why.setFont(theme.font(theme.BODY, 600))
        self.guess = named(Label(block.guess, wordWrap=True), "caption")
        self._places = places if places and places.groups else None
        self.group, self.spot = ChoiceBox(), ChoiceBox()
        self.swap = QPushButton("对调这两列(&S)", visible=block.swap is not None, autoDefault=False)
        self.table = QTableWidget()
        self.boxes: list[ChoiceBox] = []
        self._items = [[QTableWidgetItem(text) for text in line] for line in block.lines[:MOST]]
        self.effect = named(Label(wordWrap=True), "quiet")
        self.paste = named(QPushButton(f"粘贴 {len(block.lines)} 行　Enter"), "primary")
        self.cancel = QPushButton("取消　Esc", autoDefault=False)
        self._fill()
        self._fill_places()
        self._lay_out()
        self.swap.clicked.connect(self._swap)
        self.paste.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._show()
        self.paste.setDefault(True)
        self.paste.setFocus()

    def _fill(self) -> None:
        """A list of our columns over each column of the block, below them its first rows."""
        shown, table = self.block.lines[:MOST], self.table
        table.setRowCount(1 + len(shown))
        table.setColumnCount(len(self.block.keys))
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.horizontalHeader().hide()
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        table.setRowHeight(0, theme.px(HEAD))
        table.horizontalHeader().setMinimumSectionSize(theme.px(NARROW))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.setFixedHeight(theme.px(HEAD + ROW * len(shown) + 18))
        for at in range(len(self.block.keys)):
            table.setCellWidget(0, at, self._box(at))
            for row, line in enumerate(shown, 1):
                item = self._items[row - 1][at]
                item.setToolTip(tip(line[at]))
                side = (
                    Qt.AlignmentFlag.AlignRight
                    if number.parse_number(line[at]) is not None
                    else Qt.AlignmentFlag.AlignLeft
                )
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, at, item)

    def _box(self, at: int) -> ChoiceBox:
        box = ChoiceBox()
        for key, name in choices(self.block.where):
            box.addItem(name, key)
        box.setAccessibleName(f"第 {at + 1} 列是哪一栏")
        box.setToolTip(tip(self.block.assignments[at].why))
        box.activated.connect(lambda: self._choose(at))
        if at < 9:
            QShortcut(QKeySequence(f"Alt+{at + 1}"), self, box.showPopup)
        self.boxes.append(box)
        return box

    def _fill_places(self) -> None:
        """The goals, and the rows of the one in which the cursor stands."""
        if self._places is None:
            return
        here = self._places.here
        for n, group in enumerate(self._places.groups):
            self.group.addItem(group.name)
            if any(spot.at.row() == here.row() for spot in group.spots):
                self.group.setCurrentIndex(n)
        self.group.setAccessibleName("放到哪个目标")
        self.spot.setAccessibleName("放到哪一行")
        self._fill_spots(here.row())
        self.group.activated.connect(lambda: self._fill_spots(None))
        self.spot.activated.connect(self._go)

    def _fill_spots(self, row: int | None) -> None:
        """The rows of the goal that is chosen; of another goal than before the place behind its last."""
        assert self._places is not None
        spots = self._places.groups[self.group.currentIndex()].spots
        self.spot.clear()
        self.spot.addItems([spot.name for spot in spots])
        rows = [spot.at.row() for spot in spots]
        self.spot.setCurrentIndex(rows.index(row) if row in rows else len(spots) - 1)
        if row is None:
            self._go()

    def _go(self) -> None:
        assert self._places is not None
        spots = self._places.groups[self.group.currentIndex()].spots
        self._places.go_to(spots[self.spot.currentIndex()].at)
        self._show()

    def reject(self) -> None:
        """Nothing is pasted: the cursor goes back."""
        if self._places is not None:
            self._places.go_to(self._places.here)
        super().reject()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(18))
        column.setSpacing(theme.px(10))
        hint, foot = QHBoxLayout(), QHBoxLayout()
        for row in (hint, foot):
            row.setSpacing(theme.px(8))
        hint.addWidget(self.guess, stretch=1)
        hint.addWidget(self.swap)
        size = f"剪贴板 {len(self.block.lines)} 行 × {len(self.block.keys)} 列"
        rest = len(self.block.lines) - MOST
        foot.addWidget(named(Label(size + (f"，其余 {rest} 行同样" if rest > 0 else "")), "caption"), 1)
        foot.addWidget(self.paste)
        foot.addWidget(self.cancel)
        head, place = QHBoxLayout(), QHBoxLayout()
        for row in (head, place):
            row.setSpacing(theme.px(8))
        sign = Label()
        sign.setPixmap(theme.icon_pixmap("warning", "warn_icon", 18))
        head.addWidget(sign)
        head.addWidget(self.why, stretch=1)
        if self._places is not None:
            place.addWidget(Label("放到"))
            place.addWidget(self.group)
            place.addWidget(self.spot)
            self.group.setVisible(self.group.count() > 1)
        place.addWidget(self.effect, stretch=1)
        column.addLayout(head)
        column.addLayout(hint)
        column.addWidget(self.table)
        column.addLayout(place)
        column.addLayout(foot)
        self.resize(min(theme.px(WIDTH), self.screen().availableSize().width()), self.sizeHint().height())

    # --- choosing

    def _choose(self, at: int) -> None:
        self.block = self.block.assigned(at, str(self.boxes[at].currentData()))
        self._show()

    def _swap(self) -> None:
        self.block = self.block.swapped()
        self._show()

    def _show(self) -> None:
        """Show what each column is now: in doubt on amber ground, grey where it is not pasted."""
        block = self.block
        for at, (box, one) in enumerate(zip(self.boxes, block.assignments, strict=True)):
            box.setCurrentIndex(max(box.findData(one.key), 0))
            is_doubtful = one.is_doubtful or (one.key != SKIP and block.keys.count(one.key) > 1)
            box.setProperty("doubtful", is_doubtful)
            theme.polish(box)
            for row in range(1, self.table.rowCount()):
                item = self._items[row - 1][at]
                item.setBackground(theme.colour("warn_soft" if is_doubtful else "surface"))
                item.setForeground(theme.colour("text2" if one.key == SKIP else "text"))
        self.paste.setEnabled(not block.conflicts)
        said = "".join(block.conflicts) or self._effect(block)
        self.effect.setText(said)
        named(self.effect, "warned" if block.conflicts or OVER in said else "quiet")
        theme.polish(self.effect)
