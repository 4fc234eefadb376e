"""汇总后的表: the rows of the sum with their scores, and how the marked one came about, unit by unit."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.parts import Elided, named
from gui.base.plain import Label, tip
from model.aggregation.lines import Line, extremes
from model.aggregation.sheets import TO_CONFIRM, how_text
from model.basics import number

CAPTIONS = ("三级指标", "目标值", "完成值", "分值", "得分")
WIDTHS = (0, 88, 88, 54, 62)  # px at 100 %; 0 takes what is left
GIVEN = ("单位", "目标", "完成", "资金", "完成 × 资金")
GIVEN_WIDTHS = (0, 62, 62, 86, 96)
ROW_HEIGHT = 36
UNKNOWN = "—"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def table(name: str, captions: Sequence[str], widths: Sequence[int]) -> QTableWidget:
    """Return a table to look at, whose rows are marked as a whole."""
    found = named(QTableWidget(0, len(captions)), "differences")
    found.setAccessibleName(name)
    found.setHorizontalHeaderLabels(list(captions))
    found.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    found.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    found.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    found.setTabKeyNavigation(False)
    found.verticalHeader().hide()
    found.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
    found.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    found.horizontalHeader().setHighlightSections(False)
    for column, width in enumerate(widths):
        if width:
            found.setColumnWidth(column, theme.px(width))
        else:
            found.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return found


def put(shown: QTableWidget, row: int, texts: Sequence[str], right_from: int) -> None:
    """Put texts into a row; figures stand at the right."""
    for column, text in enumerate(texts):
        item = QTableWidgetItem(text)
        item.setToolTip(tip(text))
        if column >= right_from:
            item.setTextAlignment(_RIGHT)
        shown.setItem(row, column, item)


class SumResult(QWidget):
    """`marked(line id)` says that another row is looked at."""

    marked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self.total = named(Label(), "caption")
        self.rows = table("汇总后的表", CAPTIONS, WIDTHS)
        self.how = Elided("怎么算的", "heading")
        self.steps = Label(wordWrap=True)
        self.steps.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.given = table("各单位", GIVEN, GIVEN_WIDTHS)
        self.ends = named(Label(wordWrap=True), "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (named(Label("汇总后的表"), "heading"), self.total):
            column.addWidget(widget)
        column.addWidget(self.rows, stretch=3)
        column.addWidget(self.how)
        column.addWidget(self.steps)
        column.addWidget(self.given, stretch=2)
        column.addWidget(self.ends)
        self.rows.currentCellChanged.connect(lambda row, *_: self._row_marked(row))

    def show_lines(self, lines: Sequence[Line], scores: Mapping[str, str], total: str) -> None:
        """Show the rows of the sum with their scores (by the ids of lines), and what is said of the whole."""
        self._lines = tuple(lines)
        self.total.setText(total)
        self.rows.blockSignals(True)
        at = self.rows.currentRow()
        self.rows.setRowCount(len(lines))
        for row, line in enumerate(lines):
            open_ = bool(line.questions)
            figures = (TO_CONFIRM, TO_CONFIRM) if open_ else (line.target, line.actual)
            put(self.rows, row, (line.name, *figures, line.weight, scores.get(line.id, UNKNOWN)), 3)
        self.rows.blockSignals(False)
        self.mark(min(max(at, 0), len(lines) - 1))

    def mark(self, row: int) -> None:
        """Look at a row."""
        if 0 <= row < len(self._lines):
            self.rows.setCurrentCell(row, 0)
            self._explain(self._lines[row])

    def _row_marked(self, row: int) -> None:
        if 0 <= row < len(self._lines):
            self._explain(self._lines[row])
            self.marked.emit(self._lines[row].id)

    def _explain(self, line: Line) -> None:
        """Say how a row came about."""
        self.how.show_text(f"怎么算的　{' '.join(line.name.split())}")
        self.how.setToolTip(tip(line.name))
        count = len(line.contributions)
        first = f"{count} 张表 · {how_text(line)}"
        said = [question.sentence for question in line.questions] or list(line.steps)
        self.steps.setText("\n".join((first, *said)))
        is_weighed = line.how in ("rate", "quality")
        self.given.setRowCount(count)
        for row, one in enumerate(line.contributions):
            funds = number.plain(one.part.funds) if one.part.funds is not None else UNKNOWN
            quantity = one.row.actual.parts[0].number if one.row.actual.parts else None
            product = (
                number.plain(quantity * one.part.funds)
                if is_weighed and quantity is not None and one.part.funds is not None
                else ""
            )
            texts = (one.part.name, one.text("target"), one.text("actual"), funds, product)
            put(self.given, row, texts, 1)
        ends = list(extremes(line))
        names = ("最低", "最高")
        found = (f"{word}　{name}　{text}" for word, (name, text) in zip(names, ends, strict=False))
        self.ends.setText("\n".join(found))
