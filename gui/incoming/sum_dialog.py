"""汇总: which units count, what their indicators add up to, what is to be confirmed, the form it becomes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui.base import ask, theme
from gui.base.parts import ChoiceBox, named
from gui.base.plain import Label
from gui.base.settings import own_file
from gui.incoming.sum_result import SumResult, put, table
from gui.incoming.sum_units import SumUnits
from gui.incoming.ways_in import COLUMNS
from model.aggregation.columns_loader import summary_columns
from model.aggregation.lines import Line
from model.aggregation.parts import MONEY_UNIT, Part, usual
from model.aggregation.result import Aggregate, aggregate
from model.aggregation.sheets import TO_CONFIRM, how_text, printout
from model.aggregation.sum_document import sum_of
from model.aggregation.summary_table import line_of, total_of
from model.basics import number
from model.basics.errors import UserError
from model.document.answers import Answers
from model.forms.definition import FormDefinition
from model.forms.loader import Library, metrics
from model.paper.grid import Printout
from model.reading.reading import read

SIZE, UNITS_WIDTH, RESULT_WIDTH = (1340, 690), 220, 400  # px at 100 %
CAPTIONS = ("三级指标", "怎么合", "目标值", "完成值", "有出入的地方", "请确认")
WIDTHS = (160, 84, 76, 76, 0, 130)  # px at 100 %; 0 takes what is left
ANSWER_COLUMN = 5
LEAST = 60  # px at 100 %: no column is narrower
NOT_ANSWERED = "请选择"

WriteSheets = Callable[[Printout, Path], None]
MoreParts = Callable[[], tuple[Sequence[Part], Sequence[tuple[str, str]], Sequence[Path]]]


class SumDialog(QDialog):
    """Each answer shows its effect at once; a question has no default. Closed with 汇总成表, `result_now` is
    what is wanted as a form of `definition`, `year` and the unit in `unit`; with 更新当前的表 `is_update`.

    `refused` are files and why; `more` and `more_folder` ask for more units.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        refused: Sequence[tuple[str, str]],
        library: Library,
        write: WriteSheets | None,
        folder: Path,
        parent: QWidget | None = None,
        more: MoreParts | None = None,
        more_folder: MoreParts | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts, self._refused = list(parts), list(refused)
        self._more, self._more_folder = more, more_folder
        self._library, self._write, self._folder = library, write, folder
        self.sources: Sequence[Path] = ()  # files that are never written over
        self._answers: dict[str, str] = {}
        self._left_out: list[str] = []
        self.is_update = False
        self.units, self.sum = SumUnits(), SumResult()
        self.lines = table("对上的指标", CAPTIONS, WIDTHS)
        self.kinds, self.counted, self.state = ChoiceBox(), Label(), Label()
        self.again, self.close_button = QPushButton("重新确认"), QPushButton("关闭")
        self.add, self.next = QPushButton("加单位…"), QPushButton("下一处请确认  F8")
        self.add_folder = QPushButton("加文件夹…")
        self.save, self.make = QPushButton("汇总表…"), named(QPushButton("汇总成表"), "primary")
        self.update_open = QPushButton("更新当前的表")
        self.unit = QLineEdit(placeholderText="汇总后写哪个单位")
        self.unit.setAccessibleName("汇总后的单位")
        self._fill_kinds()
        self._lay_out()
        self._connect()
        self._show()

    # --- what is added up

    @property
    def definition(self) -> FormDefinition:
        """The kind of form that is added up."""
        return self._library.form(self.kinds.currentData()[0])

    @property
    def year(self) -> str:
        """The year that is added up."""
        return str(self.kinds.currentData()[1])

    def _fill_kinds(self) -> None:
        """The kinds of forms and years that there are, the commonest chosen."""
        wanted = self.kinds.currentData() or usual(self._parts)
        known = dict.fromkeys((part.form.definition.id, part.form.answers.year) for part in self._parts)
        self.kinds.clear()
        self.kinds.setAccessibleName("汇总哪种表")
        for form_id, year in known:
            self.kinds.addItem(f"{self._library.form(form_id).name}　{year} 年度", (form_id, year))
        self.kinds.setCurrentIndex(max(0, list(known).index(tuple(wanted))))

    # --- building

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(theme.px(16))
        body.addLayout(self._left())
        body.addLayout(self._middle(), stretch=1)
        self.sum.setFixedWidth(theme.px(RESULT_WIDTH))
        body.addWidget(self.sum)
        foot = QHBoxLayout()
        foot.addWidget(self.state, stretch=1)
        self.unit.setFixedWidth(theme.px(UNITS_WIDTH))
        for widget in (self.unit, self.again, self.save, self.update_open, self.make, self.close_button):
            foot.addWidget(widget)
        self.update_open.hide()
        self.save.setEnabled(self._write is not None)
        whole = QVBoxLayout(self)
        whole.addLayout(body, stretch=1)
        whole.addLayout(foot)
        for button in (
            self.again,
            self.save,
            self.update_open,
            self.make,
            self.close_button,
            self.add,
            self.add_folder,
        ):
            button.setAutoDefault(False)
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.addWidget(self.counted)
        left.addWidget(self.units, stretch=1)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.add_folder)
        left.addLayout(row)
        self.units.setFixedWidth(theme.px(UNITS_WIDTH))
        self.add.setEnabled(self._more is not None)
        self.add_folder.setEnabled(self._more_folder is not None)
        return left

    def _middle(self) -> QVBoxLayout:
        middle = QVBoxLayout()
        row = QHBoxLayout()
        row.addWidget(self.kinds)
        row.addStretch()
        self.next.setAutoDefault(False)
        row.addWidget(self.next)
        middle.addLayout(row)
        self.lines.setWordWrap(True)
        self.lines.horizontalHeader().setMinimumSectionSize(theme.px(LEAST))
        middle.addWidget(self.lines, stretch=1)
        return middle

    def _connect(self) -> None:
        self.kinds.activated.connect(lambda _: self._other_kind())
        self.units.ticked.connect(self._ticked)
        self.lines.currentCellChanged.connect(lambda row, *_: self.sum.mark(row))
        self.save.clicked.connect(self._save)
        self.again.clicked.connect(self._ask_again)
        self.add.clicked.connect(lambda: self._add_units(self._more))
        self.add_folder.clicked.connect(lambda: self._add_units(self._more_folder))
        self.next.clicked.connect(self.next_question)
        QShortcut(QKeySequence("F8"), self, self.next_question)
        self.make.clicked.connect(self.accept)
        self.update_open.clicked.connect(self._update)
        self.close_button.clicked.connect(self.reject)

    # --- showing

    def showEvent(self, event: QShowEvent) -> None:
        """As large as wanted, as far as the screen has room; rows as high as their texts want."""
        room = self.screen().availableSize() - QSize(theme.px(16), theme.px(64))
        self.resize(self.size().boundedTo(room))
        super().showEvent(event)
        self.lines.resizeRowsToContents()

    def _show(self) -> None:
        """Add up with the answers given so far, and show it."""
        found = aggregate(self._parts, self.definition, self.year, self._answers, self._left_out)
        self.result_now = found
        self.setWindowTitle(f"汇总　{self.definition.name}　{self.year} 年度")
        self.counted.setText(f"单位　计入 {len(found.sorted.counted)} / {len(self._parts)} 张表")
        self.units.show_parts(found.sorted, self._refused, self._left_out)
        self.lines.setRowCount(len(found.lines))
        for row, line in enumerate(found.lines):
            self._show_line(row, line)
        self.lines.resizeRowsToContents()
        open_lines = sum(1 for line in found.lines if line.questions)
        self.state.setText(f"还有 {open_lines} 项没有确认。" if open_lines else "都已确认。")
        self.again.setEnabled(bool(self._answers))
        self.next.setEnabled(bool(open_lines))
        for button in (self.make, self.update_open):
            button.setEnabled(not open_lines and bool(found.sorted.counted))
        self._show_result(found)

    def _show_result(self, found: Aggregate) -> None:
        """The sum as far as it is certain: what is open has no score yet."""
        certain = found._replace(lines=tuple(line for line in found.lines if not line.questions))
        (form,) = read(self._library, sum_of(certain, self.definition, self.year, self.unit.text())).forms
        rows = {(row.level2, row.name): row for row in form.sheet.indicators}
        scores: dict[str, str] = {}
        for line in certain.lines:
            row = rows.get((line.level2, line.name))
            if row is not None and row.score is not None:
                scores[line.id] = number.show_score(row.score)[0]
        budget = total_of([line_of(part.form) for part in found.sorted.counted]).budget
        said = f"资金合计 {number.grouped(budget)} {MONEY_UNIT}"
        if form.sheet.total is not None and len(certain.lines) == len(found.lines):
            said += f"　总分 {number.show(form.sheet.total)}"
        self.sum.show_lines(found.lines, scores, said)

    def _show_line(self, row: int, line: Line) -> None:
        how = TO_CONFIRM if line.questions else how_text(line)
        said = line.questions[0].sentence if line.questions else ""
        put(self.lines, row, (line.name, how, line.target, line.actual, said, ""), len(CAPTIONS))
        if line.questions:
            for column in range(len(CAPTIONS)):
                if (item := self.lines.item(row, column)) is not None:
                    item.setBackground(theme.colour("warn_soft"))
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

    def offer_update(self) -> None:
        """Say that the sum can be put into the open document again."""
        self.update_open.show()

    # --- what the clerk does

    def _answer(self, question: str, choice: str) -> None:
        if choice:
            self._answers[question] = choice
            self._show()

    def _ask_again(self) -> None:
        self._answers.clear()
        self._show()

    def _other_kind(self) -> None:
        self._answers.clear()
        self._show()

    def _ticked(self, part: str, counts: bool) -> None:
        self._left_out = [one for one in self._left_out if one != part] + ([] if counts else [part])
        self._show()

    def _add_units(self, more: MoreParts | None) -> None:
        parts, refused, paths = more() if more else ((), (), ())
        known = len(self._parts)
        self._parts += [part._replace(id=f"{known + n}") for n, part in enumerate(parts)]
        self._refused += refused
        self.sources = (*self.sources, *paths)
        self._fill_kinds()
        self._show()

    def next_question(self) -> None:
        """Go to the next row that is to be confirmed, from the last on to the first."""
        open_rows = [row for row, line in enumerate(self.result_now.lines) if line.questions]
        if open_rows:
            here = self.lines.currentRow()
            row = next((row for row in open_rows if row > here), open_rows[0])
            self.lines.setCurrentCell(row, 0)
            self.lines.cellWidget(row, ANSWER_COLUMN).setFocus()

    def _update(self) -> None:
        self.is_update = True
        self.accept()

    def summed(self) -> Answers:
        """Return the document of the form that all add up to."""
        return sum_of(self.result_now, self.definition, self.year, self.unit.text().strip())

    # --- the table

    def _save(self) -> None:
        title = f"{self.year}年度自评结果汇总表.xlsx"
        path = ask.table_name(self, self._folder / title)
        if path is None or self._write is None:
            return
        if any(path == source or (path.exists() and path.samefile(source)) for source in self.sources):
            error = UserError(f"“{path.name}”里有要汇总的自评表，没有覆盖。", "请换一个文件名。")
            ask.tell_error(self, error)
            return
        summary = [line_of(part.form, part.source) for part in self.result_now.sorted.counted]
        name = self.definition.name
        try:
            shown = summary_columns(own_file(COLUMNS))
            sheets = printout(self.year, name, self.result_now, summary, self._refused, metrics(), shown)
            self._write(sheets, path)
        except UserError as error:
            ask.tell_error(self, error)
        else:
            self.state.setText(f"已写入 {path.name}。")
