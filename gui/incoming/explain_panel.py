"""这个版式还不认识: each caption with our guess; corrected once, it is remembered under a name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.parts import ChoiceBox, named
from gui.base.plain import Label, tip
from model.recognition.captions import Vocabulary
from model.recognition.explaining import Asked
from model.recognition.incoming import Place
from model.recognition.layouts import UNKNOWN, Proposal, choices

CAPTIONS = ("原表的栏目", "例", "是什么")
WIDTH, MEANING_WIDTH = 130, 200  # px at 100 %
GROUPS = {"fields": "表头", "funds": "资金", "goals": "目标", "indicators": "指标"}
WHY = "逐栏看一下是什么，不对的改过来。记住以后，这种版式就能直接读入。"


class ExplainPanel(QWidget):
    """`remembered(name)` comes when all is explained; `given_up` when the clerk goes back to what was read;
    `place_chosen` on going to a caption."""

    remembered = Signal(str)
    given_up = Signal()
    place_chosen = Signal(object)

    def __init__(self, words: Vocabulary) -> None:
        super().__init__()
        self._words = words
        self._asked: list[Asked] = []
        self.table = QTableWidget(0, len(CAPTIONS))
        self.name = QLineEdit(placeholderText="版式名称，如：某区财政局 2024 项目自评表")
        self.name.setAccessibleName("版式名称")
        self.why = Label(WHY, wordWrap=True)
        self.problem = named(Label(wordWrap=True), "error")
        self.remember = QPushButton("记住这个版式", autoDefault=False)
        self.back = QPushButton("返回", autoDefault=False)
        self._lay_out()
        self.table.currentCellChanged.connect(self._gone_to)
        self.remember.clicked.connect(lambda: self.remembered.emit(self.name.text().strip()))
        self.name.returnPressed.connect(self.remember.click)
        self.back.clicked.connect(self.given_up)

    def _lay_out(self) -> None:
        table = self.table
        table.setAccessibleName("原表的栏目")
        table.setHorizontalHeaderLabels(list(CAPTIONS))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.px(40))
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, theme.px(WIDTH))
        table.setColumnWidth(2, theme.px(MEANING_WIDTH))
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.why)
        column.addWidget(table, stretch=1)
        column.addWidget(self.problem)
        for widget in (self.name, self.remember, self.back):
            foot.addWidget(widget)
        column.addLayout(foot)

    def ask(self, asked: Sequence[Asked], can_go_back: bool) -> None:
        """Show the captions of a form; the doubtful ones stand on amber ground."""
        self._asked = list(asked)
        self.table.setRowCount(len(asked))
        for row, one in enumerate(asked):
            for column, text in enumerate((one.proposal.caption, one.example)):
                item = QTableWidgetItem(text.replace("\n", " "))
                item.setToolTip(tip(text))
                self.table.setItem(row, column, item)
            self.table.setCellWidget(row, 2, self._box(row, one.proposal))
            self._show(row)
        self.say("")
        self.back.setVisible(can_go_back)

    def say(self, problem: str) -> None:
        """Say why it was not remembered, or what is still lacking."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _box(self, row: int, proposal: Proposal) -> ChoiceBox:
        box = ChoiceBox()
        box.setAccessibleName(f"“{proposal.caption}”是什么")
        group = GROUPS[proposal.group]
        for meaning, name in choices(proposal.group, self._words):
            box.addItem(f"{group}：{name}" if "." in meaning else name, meaning)
        box.setCurrentIndex(max(0, box.findData(proposal.meaning)))
        box.activated.connect(lambda at: self._choose(row, box.itemData(at)))
        return box

    def _choose(self, row: int, meaning: str) -> None:
        one = self._asked[row]
        self._asked[row] = one._replace(proposal=one.proposal.with_meaning(meaning))
        self._show(row)

    def _show(self, row: int) -> None:
        is_open = self._asked[row].proposal.meaning == UNKNOWN
        for column in (0, 1):
            item = self.table.item(row, column)
            if item is not None:
                item.setBackground(theme.colour("warn_soft" if is_open else "surface"))

    def _gone_to(self, row: int, *_: int) -> None:
        if 0 <= row < len(self._asked):
            self.place_chosen.emit(self._asked[row].proposal.place)

    @property
    def explained(self) -> list[Proposal]:
        """The captions as the clerk left them."""
        return [one.proposal for one in self._asked]

    def show_place(self, place: Place) -> None:
        """Go to the caption that stands at a place, if one does."""
        row = next((n for n, one in enumerate(self._asked) if one.proposal.place == place), None)
        if row is not None:
            self.table.setCurrentCell(row, 0)
