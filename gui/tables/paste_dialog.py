"""粘贴前看一眼: asks, column by column, where a block goes that is in doubt; Enter takes the guess."""

from collections.abc import Callable

from PySide6.QtCore import Qt
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
from model.basics import number
from model.recognition.block import SKIP, BlockReading, choices

WIDTH, MOST, ROW, HEAD, NARROW = 860, 5, 36, 46, 110


class PasteDialog(QDialog):
    """`block` is what is to be pasted once it was accepted; `told` says what pasting it will do."""

    def __init__(
        self, block: BlockReading, told: Callable[[BlockReading], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("粘贴前看一眼")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.block, self._told = block, told
        self.why = Label(block.why or "有两列是同一栏，请选一列。", wordWrap=True)
        self.why.setFont(theme.font(theme.BODY, 600))
        self.guess = named(Label(block.guess, wordWrap=True), "caption")
        self.swap = QPushButton("对调这两列(&S)", visible=block.swap is not None, autoDefault=False)
        self.table = QTableWidget()
        self.boxes: list[ChoiceBox] = []
        self._items = [[QTableWidgetItem(text) for text in line] for line in block.lines[:MOST]]
        self.effect = named(Label(wordWrap=True), "quiet")
        self.paste = named(QPushButton(f"粘贴 {len(block.lines)} 行　Enter"), "primary")
        self.cancel = QPushButton("取消　Esc", autoDefault=False)
        self._fill()
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
        column.addWidget(self.why)
        column.addLayout(hint)
        column.addWidget(self.table)
        column.addWidget(self.effect)
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
            for row in range(1, self.table.rowCount()):
                item = self._items[row - 1][at]
                item.setBackground(theme.colour("warn_soft" if is_doubtful else "surface"))
                item.setForeground(theme.colour("text2" if one.key == SKIP else "text"))
        self.paste.setEnabled(not block.conflicts)
        self.effect.setText("".join(block.conflicts) or self._told(block))
