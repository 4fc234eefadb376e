"""汇总: which units count, what their indicators add up to, what is to be confirmed; the table to a file."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.base import ask, theme
from gui.base.parts import ChoiceBox, named
from gui.base.plain import Label, tip
from model.aggregation.lines import Line
from model.aggregation.parts import MONEY_UNIT, Part, usual
from model.aggregation.result import aggregate
from model.aggregation.sheets import TO_CONFIRM, how_text, printout
from model.aggregation.summary_table import line_of
from model.basics import number
from model.basics.errors import UserError
from model.forms.loader import Library, metrics
from model.paper.grid import Printout

SIZE, UNITS_WIDTH = (1300, 660), 300  # px at 100 %
CAPTIONS = ("三级指标", "怎么合", "目标值", "完成值", "怎么算的", "请确认")
WIDTHS = (220, 120, 110, 110, 0, 200)  # px at 100 %; 0 takes what is left
HOW_COLUMN, ANSWER_COLUMN = 4, 5
NOT_ANSWERED = "请选择"

WriteSheets = Callable[[Printout, Path], None]


class SumDialog(QDialog):
    """Each answer shows its effect at once; a question has no default. `refused` are files and why."""

    def __init__(
        self,
        parts: Sequence[Part],
        refused: Sequence[tuple[str, str]],
        library: Library,
        write: WriteSheets | None,
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts, self._refused, self._write, self._folder = parts, refused, write, folder
        form_id, self._year = usual(parts)
        self._definition = library.form(form_id)
        self.sources: Sequence[Path] = ()  # files that are never written over
        self._answers: dict[str, str] = {}
        self.units, self.lines = QListWidget(), QTableWidget(0, len(CAPTIONS))
        self.counted, self.state = Label(), Label()
        self.again, self.close_button = QPushButton("重新确认"), QPushButton("关闭")
        self.save = named(QPushButton("汇总表…"), "primary")
        self.setWindowTitle(f"汇总　{self._definition.name}　{self._year} 年度")
        self._lay_out()
        self.save.clicked.connect(self._save)
        self.again.clicked.connect(self._ask_again)
        self.close_button.clicked.connect(self.reject)
        self._show()

    # --- building

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.counted)
        left.addWidget(self.units, stretch=1)
        self.units.setFixedWidth(theme.px(UNITS_WIDTH))
        self.units.setWordWrap(True)
        self.units.setAccessibleName("单位")
        self._set_up_lines()
        body = QHBoxLayout()
        body.addLayout(left)
        body.addWidget(self.lines, stretch=1)
        foot = QHBoxLayout()
        foot.addWidget(self.state, stretch=1)
        for button in (self.again, self.save, self.close_button):
            foot.addWidget(button)
        self.save.setEnabled(self._write is not None)
        whole = QVBoxLayout(self)
        whole.addLayout(body, stretch=1)
        whole.addLayout(foot)
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))

    def _set_up_lines(self) -> None:
        table = self.lines
        table.setAccessibleName("对上的指标")
        table.setHorizontalHeaderLabels(list(CAPTIONS))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        for column, width in enumerate(WIDTHS):
            if width:
                table.setColumnWidth(column, theme.px(width))
        table.horizontalHeader().setSectionResizeMode(HOW_COLUMN, QHeaderView.ResizeMode.Stretch)

    # --- showing

    def showEvent(self, event: QShowEvent) -> None:
        """Rows are as high as their texts want in the width that the table now has."""
        super().showEvent(event)
        self.lines.resizeRowsToContents()

    def _show(self) -> None:
        """Add up with the answers given so far, and show it."""
        self.result_now = aggregate(self._parts, self._definition, self._year, self._answers)
        counted, excluded = self.result_now.sorted
        self.counted.setText(f"单位　计入 {len(counted)} / {len(self._parts)} 张表")
        self.units.clear()
        self.units.addItems([f"{part.name}　{_funds(part)}" for part in counted])
        self.units.addItems(
            [f"不计入　{one.part.name}（{one.part.source}）：{one.reason}" for one in excluded]
        )
        self.units.addItems([f"没有读入　{name}：{why}" for name, why in self._refused])
        self.lines.setRowCount(len(self.result_now.lines))
        for row, line in enumerate(self.result_now.lines):
            self._show_line(row, line)
        self.lines.resizeRowsToContents()
        open_lines = sum(1 for line in self.result_now.lines if line.questions)
        self.state.setText(f"还有 {open_lines} 项没有确认。" if open_lines else "都已确认。")
        self.again.setEnabled(bool(self._answers))

    def _show_line(self, row: int, line: Line) -> None:
        how = TO_CONFIRM if line.questions else how_text(line)
        said = line.questions[0].sentence if line.questions else "\n".join(line.steps)
        for column, text in enumerate((line.name, how, line.target, line.actual, said, "")):
            item = QTableWidgetItem(text)
            item.setToolTip(tip(text))
            if line.questions:
                item.setBackground(theme.colour("warn_soft"))
            self.lines.setItem(row, column, item)
        self.lines.removeCellWidget(row, ANSWER_COLUMN)
        if line.questions:
            self.lines.setCellWidget(row, ANSWER_COLUMN, self._answer_box(line))

    def _answer_box(self, line: Line) -> ChoiceBox:
        """The answers to the first question of a line; the next one follows."""
        box, question = ChoiceBox(), line.questions[0]
        box.setAccessibleName(question.sentence)
        box.addItem(NOT_ANSWERED, "")
        for choice in question.choices:
            box.addItem(choice.caption, choice.id)
        box.activated.connect(
            lambda at: self._answer(question.id, box.itemData(at)), Qt.ConnectionType.QueuedConnection
        )
        return box

    def _answer(self, question: str, choice: str) -> None:
        if choice:
            self._answers[question] = choice
            self._show()

    def _ask_again(self) -> None:
        self._answers.clear()
        self._show()

    # --- the table

    def _save(self) -> None:
        title = f"{self._year}年度自评结果汇总表.xlsx"
        path = ask.table_name(self, self._folder / title)
        if path is None or self._write is None:
            return
        if any(path == source or (path.exists() and path.samefile(source)) for source in self.sources):
            error = UserError(f"“{path.name}”里有要汇总的自评表，没有覆盖。", "请换一个文件名。")
            ask.tell_error(self, error)
            return
        summary = [line_of(part.form, part.source) for part in self.result_now.sorted.counted]
        name = self._definition.name
        sheets = printout(self._year, name, self.result_now, summary, self._refused, metrics())
        try:
            self._write(sheets, path)
        except UserError as error:
            ask.tell_error(self, error)
        else:
            self.state.setText(f"已写入 {path.name}。")


def _funds(part: Part) -> str:
    if part.funds is None or not part.has_weight:
        return "没有金额，比率不能加权"
    return f"{number.grouped(part.funds)} {MONEY_UNIT}"
