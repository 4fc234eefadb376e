"""What a list gives: its rows, the amounts of each, and the form that they go to; the clerk confirms."""

from collections.abc import Container, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from gui.base import theme
from gui.base.parts import ChoiceBox
from gui.base.plain import tip
from gui.incoming.use_bar import Places
from model.recognition.amounts import AmountMatch
from model.recognition.incoming import Mark
from model.recognition.lists import AMOUNTS
from model.recognition.reasons import REASONS

CAPTIONS = ("名单里的项目", "年初预算", "全年预算", "执行数", "放到")
AMOUNT_WIDTH, FORM_WIDTH, ROW_HEIGHT = 70, 130, 50  # px at 100 %; a name has room in two lines
_DOUBTS = {Mark.GUESSED, Mark.NOT_A_NUMBER, Mark.TWO_CANDIDATES}
NOWHERE = "不放入"


class AmountTable(QTableWidget):
    """`paired(row, form)` comes when the clerk says which form a row goes to; a row that has none, but forms
    whose names are like it, stands on amber ground until then. `place_chosen` comes on going to a row."""

    paired = Signal(int, str)
    place_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(0, len(CAPTIONS))
        self.setAccessibleName("名单里的项目")
        self.setHorizontalHeaderLabels(list(CAPTIONS))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, 4):
            self.setColumnWidth(column, theme.px(AMOUNT_WIDTH))
        self.setColumnWidth(4, theme.px(FORM_WIDTH))
        self._matches: tuple[AmountMatch, ...] = ()
        self.currentCellChanged.connect(self._gone_to)

    def show_matches(self, matches: Sequence[AmountMatch], forms: Places, said: Container[int]) -> None:
        """Show rows with the forms that they could go to, likely ones first; `said` rows are answered."""
        self._matches = tuple(matches)
        self.setRowCount(len(self._matches))
        has_amounts = any(match.row.texts for match in self._matches)
        for column in range(1, 4):  # a list of indicators has none
            self.setColumnHidden(column, not has_amounts)
        for row, match in enumerate(self._matches):
            amounts = [match.row.texts.get(key) for key in AMOUNTS]
            texts = [match.row.project.text, *(amount.text if amount else "" for amount in amounts)]
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(tip(text))
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                is_open = not match.form and match.candidates and row not in said
                amount = amounts[column - 1] if column else None
                if amount and (marks := amount.marks & _DOUBTS):
                    item.setToolTip(tip("\n".join((text, *sorted(REASONS[mark] for mark in marks)))))
                    is_open = True
                if is_open:
                    item.setBackground(theme.colour("warn_soft"))
                self.setItem(row, column, item)
            self.setCellWidget(row, 4, self._box(row, match, forms))

    def _box(self, row: int, match: AmountMatch, forms: Places) -> ChoiceBox:
        box = ChoiceBox()
        box.setAccessibleName(f"{match.row.project.text}放到")
        box.addItem(NOWHERE, "")
        likely = {key: at for at, key in enumerate(match.candidates)}
        for key, name in sorted(forms, key=lambda form: likely.get(form[0], len(likely))):
            box.addItem(name, key)
        box.setCurrentIndex(max(0, box.findData(match.form)))
        box.activated.connect(
            lambda at: self.paired.emit(row, box.itemData(at)), Qt.ConnectionType.QueuedConnection
        )
        return box

    def _gone_to(self, row: int, *_: int) -> None:
        if 0 <= row < len(self._matches):
            self.place_chosen.emit(self._matches[row].row.project.cell.seen.place)
