"""What stands against the cells of the indicator table, and against the labels whose weights are wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce

from gui.session.marks import COUNTED, NO_MARK, CellMarks, Mark
from gui.session.snapshot import Snapshot
from model.basics import number
from model.checks import Finding
from model.forms.definition import bare
from model.reading.reading import Form
from model.reading.scoring import sum_of_weights

_SHOWN_WITH = {"judged": ("direction", "level"), "name": ("name", "goal", "core")}
_LABEL = "label"  # of a goal, as a file that was read had it


@dataclass(frozen=True)
class TableMarks:
    """The marks of a form as its table shows them, and by level-1 label what its weights add up to:
    ("65≠50", its severity)."""

    marks: CellMarks = field(default_factory=dict)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    of_goal: tuple[str, ...] = ()

    def is_any_at(self, row: str, columns: Iterable[str]) -> bool:
        """Whether something stands against a row in one of some columns, or in those shown with them."""
        marks = self.marks
        return any(f"{row}.{column}" in marks for column in (*columns, "direction", "level", "goal", "core"))

    def of_cell(self, row: str, column: str) -> Mark:
        """Return what stands against a cell of a row and those shown with it."""
        shown_with = _SHOWN_WITH.get(column)
        return self._of(row, shown_with) if shown_with else self.marks.get(f"{row}.{column}", NO_MARK)

    def of_band(self, goal: str) -> Mark:
        """Return what stands against a goal."""
        return self._of(goal, self.of_goal)

    def _of(self, row: str, columns: Iterable[str]) -> Mark:
        found = (self.marks.get(f"{row}.{column}") for column in columns)
        there = [mark for mark in found if mark is not None]
        return reduce(Mark.with_more, there) if there else NO_MARK

    def of_label(self, level1: str) -> tuple[str, str]:
        """Return what stands under a level-1 label and its severity; "" where its weights are right."""
        return self.labels.get(bare(level1), ("", "")) if self.labels else ("", "")

    def differing(self, other: "TableMarks") -> set[str]:
        """Return the rows and goals against which something else stands."""
        mine, theirs = self.marks, other.marks
        if mine is theirs:
            return set()
        changed = {cell for cell, mark in mine.items() if theirs.get(cell) is not mark}
        changed.update(theirs.keys() - mine.keys())
        return {cell.rpartition(".")[0] for cell in changed}


def table_marks(form: Form, snapshot: Snapshot) -> TableMarks:
    """Return what the findings of a form mean for its table."""
    labels = _labels(form, snapshot.by_form.get(form.key, ()))
    return TableMarks(snapshot.marks.of(form.key), dict(labels), (_LABEL, *form.definition.goal_columns))


def _labels(form: Form, findings: Iterable[Finding]) -> Iterable[tuple[str, tuple[str, str]]]:
    for finding in [one for one in findings if one.code == "block-weights"]:
        label = form.answers.text(f"{finding.address[1].rpartition('.')[0]}.level1")
        rows = [row for row in form.sheet.indicators if row.counted and bare(row.level1) == bare(label)]
        found, points = sum_of_weights(rows), form.definition.points_of(label)
        if found is not None and points is not None:
            severity = finding.state if finding.state in COUNTED else ""
            yield bare(label), (f"{number.show(found)}≠{number.show(points)}", severity)
