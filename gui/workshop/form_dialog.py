"""添加表样: the blank as it looks beside what every part was taken for; roles and rules can be changed."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from gui.base import ask, theme
from gui.base.parts import ChoiceBox, Elided, named, size_on_screen
from gui.base.plain import Label
from gui.incoming.lines import Line
from gui.incoming.source_table import SourceTable
from gui.workshop.item_table import ItemTable
from gui.workshop.part_list import PartList
from gui.workshop.scoring_box import ScoringBox
from model.basics.errors import UserError
from model.basics.number import plain
from model.forms.definition import KIND_NAMES, FormKind
from model.forms.loader import Library
from model.forms.zpf import FormFile
from model.recognition.found import KNOWN
from model.recognition.incoming import Place, SeenSheet
from model.workshop.finished import finished
from model.workshop.grades import said_grades, with_full_marks
from model.workshop.interpretation import NOT_KEPT, counts
from model.workshop.learn import Learned
from model.workshop.proposal import Proposal, roles
from model.workshop.propose import odd_total

SIZE = (1300, 690)  # px at 100 %
LINES_OF_PARTS = 5
KEPT = "空白表随表样保存；填好后仍填回这一张原表。"


class FormDialog(QDialog):
    """Closed with 记住这个表样, `file` is the form; `show_example(file)` looks at it before."""

    def __init__(
        self,
        learned: Learned,
        blank: bytes,
        library: Library,
        show_example: Callable[[FormFile], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("添加表样")
        self.found: Proposal = learned.found
        self.file: FormFile | None = None
        self._sheets, self._blank = learned.incoming.sheets, blank
        self._library, self._show_example = library, show_example
        self.name, self.kind, self.region = (
            QLineEdit(self.found.name),
            ChoiceBox(),
            QLineEdit(self.found.region),
        )
        self.counts = Label()
        self.next = QPushButton("下一处  F8", autoDefault=False)
        self.source, self.parts, self.items = SourceTable(fits=True), PartList(), ItemTable()
        self.scoring = ScoringBox(library)
        self._kept = KEPT if blank else NOT_KEPT
        self.problem = named(Label(self._kept, wordWrap=True), "caption")
        self.trial = QPushButton("试填", autoDefault=False)
        self.keep, self.cancel = named(QPushButton("记住这个表样"), "primary"), QPushButton("取消")
        for kind, name in KIND_NAMES.items():
            self.kind.addItem(f"{name}表", kind)
        self.kind.setCurrentIndex(self.kind.findData(self.found.kind))
        self.name.setAccessibleName("名称")
        self.kind.setAccessibleName("种类")
        self.region.setAccessibleName("地区")
        self._lay_out()
        self._connect()
        self._show(self.found)
        first = next((n for n, _, _ in self.found.doubts()), None)
        kinds = [part.kind for part in self.found.parts]
        self._number = kinds.index("indicators") if first is None else first
        self.parts.setCurrentRow(self._number)
        self._part_chosen(self._number)

    # --- building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(10))
        column.addLayout(self._head())
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        sides.addWidget(_under(f"财政局的空白表　{self.found.file} › {self.found.sheet}", self.source))
        right = QWidget()
        inner = QVBoxLayout(right)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(named(Label("读成的表样"), "caption"))
        self.parts.setFixedHeight(theme.px(LINES_OF_PARTS * 31))
        inner.addWidget(self.parts)
        inner.setSpacing(theme.px(6))
        inner.addWidget(self.items, stretch=1)
        inner.addWidget(self.scoring)
        sides.addWidget(right)
        sides.setSizes([theme.px(590), theme.px(670)])
        sides.setStretchFactor(0, 4)
        sides.setStretchFactor(1, 5)
        column.addWidget(sides, stretch=1)
        column.addLayout(self._foot())
        self.resize(size_on_screen(self, SIZE))

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        self.name.setMinimumWidth(theme.px(300))
        self.region.setFixedWidth(theme.px(110))
        for caption, widget in (("名称", self.name), ("种类", self.kind), ("地区", self.region)):
            row.addWidget(named(Label(caption), "caption"))
            row.addWidget(widget)
        row.addSpacing(theme.px(10))
        row.addWidget(self.counts, stretch=1)
        row.addWidget(self.next)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.problem, stretch=1)
        for button in (self.trial, self.keep, self.cancel):
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.source.place_chosen.connect(self._place_chosen)
        self.parts.part_chosen.connect(self._part_chosen)
        self.items.place_chosen.connect(self.source.show_place)
        self.items.role_chosen.connect(self._role_chosen)
        self.scoring.changed.connect(self._show)
        self.name.textEdited.connect(lambda text: self._show(self.found._replace(name=text.strip())))
        self.region.textEdited.connect(lambda text: self._show(self.found._replace(region=text.strip())))
        self.kind.activated.connect(self._kind_chosen)
        self.next.clicked.connect(self.go_on)
        QShortcut(QKeySequence(Qt.Key.Key_F8), self, self.go_on)
        self.trial.clicked.connect(self._try)
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.reject)

    # --- what is shown

    def _show(self, found: Proposal) -> None:
        """Show a proposal as it is now; one that can't be filled in says why and can't be kept."""
        self.found = found
        self.parts.show_parts(found)
        self.scoring.show_rules(found)
        self.counts.setText(counts(found))
        self.next.setEnabled(found.is_in_doubt)
        sheet = next(
            (one for one in self._sheets if one.name == found.sheet), SeenSheet("", "sheet", False, ())
        )
        self._seen = sheet
        try:
            self.file = finished(found, self._library, self._blank, date.today()) if found.name else None
            self._say("" if found.name else "请写名称。")
        except UserError as error:
            self.file = None
            self._say(f"还不能用：{error.message}")

    def _say(self, problem: str) -> None:
        self.problem.setText(problem or self._kept)
        self.trial.setEnabled(not problem)
        self.keep.setEnabled(not problem)

    def _part_chosen(self, number: int) -> None:
        """Show a part: its captions, and where it stands in the blank."""
        part = self.found.parts[number]
        self.items.show_part(part)
        self._number = number
        lines = {
            item.place: Line(
                "!" if item.why else KNOWN, _meaning(part.kind, item.role), item.caption, item.place
            )
            for item in part.items
        }
        shown = {place: Line(KNOWN, part.called, "", place) for place in part.places}
        self.source.show_sheet(self._seen, shown | lines)
        if part.places:
            self.source.show_place(part.places[0])

    def _place_chosen(self, place: Place) -> None:
        """Go to the part and the caption that stand at a place of the blank."""
        for n, part in enumerate(self.found.parts):
            if place in part.places or any(item.place == place for item in part.items):
                self.parts.setCurrentRow(n)
                self.items.show_item(place)
                return

    # --- what is changed

    def _role_chosen(self, item: int, role: str) -> None:
        self._show(self.found.with_role(self._number, item, role))
        self._part_chosen(self._number)
        self.items.selectRow(item)

    def _kind_chosen(self) -> None:
        kind: FormKind = self.kind.currentData()
        is_scored = kind in ("department", "project", "transfer") and self.found.is_scored
        self._show(self.found._replace(kind=kind, is_scored=is_scored))

    def go_on(self) -> None:
        """Go to the next caption that is to be looked at, behind the one in sight."""
        doubts = [(n, max(m, 0)) for n, m, _ in self.found.doubts()]
        here = (self._number, max(self.items.currentRow(), -1))
        if not doubts:
            if self.found.execution_why:
                self.problem.setText(self.found.execution_why)
                next(iter(self.scoring.points.values())).setFocus()
            return
        part, item = next((one for one in doubts if one > here), doubts[0])
        self.parts.setCurrentRow(part)
        self.items.selectRow(item)
        self.problem.setText(self.found.parts[part].why or self._kept)

    def _keep(self) -> None:
        """Points that are not the full marks are kept only when that is what the blank says."""
        total = odd_total(self.found)
        if total is not None:
            said, marks = plain(total), self.found.full_marks
            other = with_full_marks(self.found, self._library, said)._replace(execution_why="")
            question = f"各部分分值合计 {said} 分，不是 {marks} 分。表上就是满分 {said} 分吗？"
            grades = said_grades(other, self._library)
            hint = (
                f"是的，就按满分 {said} 分计，等级的分数线是 {grades}。分数线不同的，回去在“计分办法”里改。"
            )
            if not ask.confirm(self, question, f"是，满分 {said} 分", "回去改", hint=hint):
                return
            self._show(other)
        if self.file is not None:
            self.accept()

    def _try(self) -> None:
        if self.file is not None:
            self._show_example(self.file)


def _meaning(kind: str, role: str) -> str:
    return roles(kind).get(role, "名称")  # type: ignore[arg-type]


def _under(caption: str, widget: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(Elided(caption, "caption"))
    column.addWidget(widget, stretch=1)
    return box
