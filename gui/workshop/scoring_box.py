"""计分办法: the regulation with its texts, the points of the parts, and what of the rules differs here."""

from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.parts import ChoiceBox, named
from gui.base.plain import Label
from model.basics.number import parse_number, plain
from model.forms.loader import Library
from model.forms.rules import Band
from model.workshop.grades import with_full_marks
from model.workshop.proposal import Proposal
from model.workshop.propose import odd_total, points_total
from model.workshop.scoring import (
    REVERSES,
    percent,
    regulation_of,
    sources,
    with_bands,
    with_grades,
    with_reverse,
)

EXECUTION = "执行率"
NO_SCORES, UNSCORED = "没有分数，这张表不计分", "-"
MOST_MARKS = 1000
MOST_PARTS = 6  # whose points can be changed here


class ScoringBox(QWidget):
    """`changed(proposal)` says that points or rules are others."""

    changed = Signal(object)

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._found: Proposal | None = None
        self.regulation, self.reverse = ChoiceBox(), ChoiceBox()
        self.regulation.setAccessibleName("计分办法")
        self.reverse.setAccessibleName("反向指标")
        for key, known in library.regulations.items():
            self.regulation.addItem(known.name, key)
        self.regulation.addItem(NO_SCORES, UNSCORED)
        for key, formula in REVERSES.items():
            self.reverse.addItem(f"反向指标：{formula}", key)
        for box in (self.regulation, self.reverse):
            box.setMinimumContentsLength(12)
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.original = named(QPushButton("看原文", autoDefault=False), "link")
        self.text = named(Label(wordWrap=True), "caption")
        self.text.hide()
        self.total = Label()
        self.marks = self._field("满分", self._marks_edited)
        self.points: dict[str, QLineEdit] = {}
        self.bands: list[QLineEdit] = []
        self.grades: list[QLineEdit] = []
        self._grid, self._rules, self._details = QGridLayout(), QHBoxLayout(), QWidget()
        self._lay_out()
        self.regulation.activated.connect(self._regulation_chosen)
        self.reverse.activated.connect(self._reverse_chosen)
        self.original.clicked.connect(lambda: self.text.setVisible(self.text.isHidden()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        head = QHBoxLayout()
        head.addWidget(named(Label("计分办法"), "heading"))
        head.addStretch()
        head.addWidget(self.original)
        column.addLayout(head)
        choices = QHBoxLayout()
        choices.addWidget(self.regulation, stretch=2)
        choices.addWidget(self.reverse, stretch=3)
        column.addLayout(choices)
        column.addWidget(self.text)
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, 0, 0, 0)
        details.addLayout(self._grid)
        details.addLayout(self._rules)
        column.addWidget(self._details)
        column.addStretch()

    # --- what is shown

    def show_rules(self, found: Proposal) -> None:
        """Show points and rules of a proposal."""
        is_other = self._found is None or self._found.regulation != found.regulation
        names = [EXECUTION, *(level.name for level in found.levels[:MOST_PARTS])]
        self._found = found
        for widget in (self.reverse, self.original, self._details):
            widget.setVisible(found.is_scored)
        self.regulation.setEnabled(found.is_scored or has_points(found))
        if list(self.points) != names:
            self._make_points(names)
        for name, field in self.points.items():
            self._show(field, _points_of(found, name))
        self._show(self.marks, found.full_marks)
        rules = regulation_of(found, self._library)
        if is_other or not self.bands:
            self._make_rules(found)
        for field, band in zip(self.bands, rules.scheme.bands, strict=False):
            self._show(field, percent(band.low))
        for field, grade in zip(self.grades, rules.grades, strict=False):
            self._show(field, plain(grade.lowest))
        held = found.regulation if found.is_scored else UNSCORED
        for box, value in ((self.regulation, held), (self.reverse, rules.scheme.reverse)):
            box.setCurrentIndex(box.findData(value))
        self.text.setText("\n".join(sources(found, self._library)))
        self._show_total(found)

    @staticmethod
    def _show(field: QLineEdit, text: str) -> None:
        if field.text() != text and not field.hasFocus():
            blocker = QSignalBlocker(field)
            field.setText(text)
            del blocker

    def _show_total(self, found: Proposal) -> None:
        total = points_total(found)
        said = "合计 —" if total is None else f"合计 {plain(total)}"
        is_right = odd_total(found) is None
        self.total.setText(said if is_right else f"{said}，应为 {found.full_marks}")
        self.total.setStyleSheet("" if is_right else f"color: {theme.colour('warn').name()};")

    # --- fields

    def _make_points(self, names: list[str]) -> None:
        _clear(self._grid)
        self.points = {name: self._field(f"{name} 分值", self._points_edited) for name in names}
        for n, (name, field) in enumerate(self.points.items()):
            self._grid.addWidget(named(Label(name.removesuffix("指标")), "caption"), 0, n)
            self._grid.addWidget(field, 1, n)
        self._grid.addWidget(named(Label("满分"), "caption"), 0, len(names))
        self._grid.addWidget(self.marks, 1, len(names))
        self._grid.addWidget(self.total, 1, len(names) + 1)

    def _make_rules(self, found: Proposal) -> None:
        _clear(self._rules)
        rules = regulation_of(found, self._library)
        self.bands = [self._field(f"{band.level} 最低", self._bands_edited) for band in rules.scheme.bands]
        self.grades = [self._field(f"{grade.name} 最低", self._grades_edited) for grade in rules.grades]
        for field, band in zip(self.bands[:-1], rules.scheme.bands, strict=False):
            self._rules.addWidget(named(Label(f"{band.level} ≥%"), "caption"))
            self._rules.addWidget(field)
        for field, grade in zip(self.grades[:-1], rules.grades, strict=False):
            self._rules.addWidget(named(Label(f"{grade.name} ≥"), "caption"))
            self._rules.addWidget(field)
        self._rules.addStretch()

    def _field(self, name: str, edited) -> QLineEdit:  # type: ignore[no-untyped-def]
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setFixedWidth(theme.px(52))
        field.textEdited.connect(lambda _: edited())
        return field

    # --- what is changed

    def _say(self, found: Proposal) -> None:
        self._found = found
        self._show_total(found)
        self.changed.emit(found)

    def _points_edited(self) -> None:
        assert self._found is not None
        levels = tuple(
            level._replace(points=self.points[level.name].text().strip())
            if level.name in self.points
            else level
            for level in self._found.levels
        )
        execution = self.points[EXECUTION].text().strip()
        execution = "" if parse_number(execution) in (None, Decimal(0)) else execution
        self._say(self._found._replace(levels=levels, execution=execution, execution_why=""))

    def _regulation_chosen(self) -> None:
        assert self._found is not None
        chosen = self.regulation.currentData()
        if chosen == UNSCORED:
            found = self._found._replace(is_scored=False)
        else:
            found = self._found._replace(regulation=chosen, rules=None, is_scored=True)
        self._make_rules(found)
        self.show_rules(found)
        self._say(found)

    def _reverse_chosen(self) -> None:
        assert self._found is not None
        self._say(with_reverse(self._found, self._library, self.reverse.currentData()))

    def _marks_edited(self) -> None:
        assert self._found is not None
        marks = parse_number(self.marks.text())
        if marks is not None and 0 < marks <= MOST_MARKS:
            found = with_full_marks(self._found, self._library, plain(marks))
            self.show_rules(found)
            self._say(found._replace(execution_why=""))

    def _bands_edited(self) -> None:
        """The lowest share of each level; where it ends the one above begins."""
        assert self._found is not None
        known = regulation_of(self._found, self._library).scheme.bands
        lows = [parse_number(field.text()) for field in self.bands]
        if any(low is None or not 0 <= low <= 100 for low in lows):
            return
        bands, high = [], Decimal(1)
        for band, low in zip(known, lows, strict=True):
            assert low is not None
            bands.append(Band(band.level, low / 100, high))
            high = low / 100
        if all(band.low < band.high for band in bands):
            self._say(with_bands(self._found, self._library, bands))

    def _grades_edited(self) -> None:
        assert self._found is not None
        known = regulation_of(self._found, self._library).grades
        lows = [parse_number(field.text()) for field in self.grades]
        most = parse_number(self._found.full_marks) or Decimal(100)
        if any(low is None or not 0 <= low <= most for low in lows):
            return
        grades = [
            grade._replace(lowest=low) for grade, low in zip(known, lows, strict=True) if low is not None
        ]
        if all(one.lowest > other.lowest for one, other in pairwise(grades)):
            self._say(with_grades(self._found, self._library, grades))


def _points_of(found: Proposal, name: str) -> str:
    if name == EXECUTION:
        return found.execution
    return next(level.points for level in found.levels if level.name == name)


def has_points(found: Proposal) -> bool:
    """Whether a form has points or scores to be counted at all, and is of a kind that is evaluated."""
    part = found.part("indicators")
    roles = {item.role for item in part.items} if part else set()
    return bool(roles & {"weight", "score"}) and found.kind in ("department", "project", "transfer")


def _clear(layout: QGridLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
