"""看改了什么: two versions of the document side by side, cell by cell; 修改说明 to print or to save."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.parts import ChoiceBox, size_on_screen
from gui.base.plain import Label
from gui.handin.differences_table import DifferencesTable
from model.basics.errors import UserError
from model.document.answers import Answers
from model.forms.loader import metrics
from model.handin.comparison import Difference, compare, explanation, in_words
from model.paper.grid import Grid
from model.reading.reading import Reading

SIZE = (960, 560)
WIDTH = 150  # of the column that names the form
CAPTIONS = ("表", "位置", "原来", "现在")
SAME = "两稿一致，没有不同。"


class Side(NamedTuple):
    """One of the versions that may be chosen: how it is called, and how to get at it."""

    name: str
    get: Callable[[], tuple[Reading, Answers]]


class ComparisonDialog(QDialog):
    """`print_wanted(grid)` prints the 修改说明, `save_wanted(grid)` saves it."""

    print_wanted = Signal(object)
    save_wanted = Signal(object)

    def __init__(self, sides: Sequence[Side], old: int, new: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("看改了什么")
        self.resize(size_on_screen(self, SIZE))
        self._sides = sides
        self.differences: tuple[Difference, ...] = ()
        self.old, self.new = (ChoiceBox() for _ in range(2))
        for box, name, at in ((self.old, "原来的一稿", old), (self.new, "现在的一稿", new)):
            box.addItems([side.name for side in sides])
            box.setCurrentIndex(at)
            box.setAccessibleName(name)
        self.sentence = Label(wordWrap=True)
        self.table = DifferencesTable(CAPTIONS, (WIDTH,))
        self._lay_out()
        self.old.currentIndexChanged.connect(self.refresh)
        self.new.currentIndexChanged.connect(self.refresh)
        self.print.clicked.connect(lambda: self.print_wanted.emit(self.grid()))
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.grid()))
        self.close_button.clicked.connect(self.reject)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(20))
        column.setSpacing(theme.px(12))
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        for widget in (self.old, Label("与"), self.new, Label("比较")):
            head.addWidget(widget)
        head.addStretch()
        column.addLayout(head)
        column.addWidget(self.sentence)
        self.table.setAccessibleName("两稿的不同")
        column.addWidget(self.table, stretch=1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch()
        self.print = QPushButton("打印修改说明…", objectName="primary", autoDefault=False)
        self.save = QPushButton("另存修改说明…", autoDefault=False)
        self.close_button = QPushButton("关闭", autoDefault=False)
        for button in (self.print, self.save, self.close_button):
            row.addWidget(button)
        column.addLayout(row)

    def refresh(self) -> None:
        """Hold the two versions in hand against each other."""
        try:
            self._compare()
        except UserError as error:
            self.differences = ()
            self.sentence.setText(str(error))
        for button in (self.print, self.save):
            button.setEnabled(bool(self.differences))

    def _compare(self) -> None:
        (old, old_answers), (new, new_answers) = (
            self._sides[box.currentIndex()].get() for box in (self.old, self.new)
        )
        self._unit, self._year = new_answers.unit, new_answers.year
        self.differences = compare(old, new, old_answers, new_answers)
        self.sentence.setText(f"共有 {in_words(self.differences)}不同。" if self.differences else SAME)
        self.table.show_rows([(one.form, one.place, one.before, one.after) for one in self.differences])

    def grid(self) -> Grid:
        """Return the 修改说明 of what is shown."""
        names = (self.old.currentText(), self.new.currentText())
        return explanation(self.differences, self._unit, self._year, *names, metrics())
