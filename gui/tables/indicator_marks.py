"""What stands against the cells of the indicator table, and against the labels whose weights are wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce

from gui.session.marks import COUNTED, NO_MARK, Mark, Marks
from gui.session.session import Snapshot
from model.basics import number
from model.checks import Finding
from model.document.answers import FormKey
from model.forms.definition import bare
from model.reading.reading import Form
from model.reading.scoring import sum_of_weights

_SHOWN_WITH = {"judged": ("direction", "level"), "name": ("name", "goal", "core")}
_LABEL = "label"  # of a goal, as a file that was read had it


@dataclass(frozen=True)
class TableMarks:
    """The marks of a document as the table of one of its forms shows them: by place, the rows and goals that
    have any, and by level-1 label what its weights add up to: ("65≠50", its severity)."""

    key: FormKey = ""
    marks: Marks = field(default_factory=dict)
    rows: frozenset[str] = frozenset()
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    of_goal: tuple[str, ...] = ()

    def of_cell(self, row: str, column: str) -> Mark:
        """Return what stands against a cell of a row and those shown with it."""
        return self._of(row, _SHOWN_WITH.get(column, (column,))) if row in self.rows else NO_MARK

    def of_band(self, goal: str) -> Mark:
        """Return what stands against a goal."""
        return self._of(goal, self.of_goal) if goal in self.rows else NO_MARK

    def _of(self, row: str, columns: Iterable[str]) -> Mark:
        found = (self.marks.get((self.key, f"{row}.{column}")) for column in columns)
        there = [mark for mark in found if mark is not None]
        return reduce(Mark.with_more, there) if there else NO_MARK

    def of_label(self, level1: str) -> tuple[str, str]:
        """Return what stands under a level-1 label and its severity; "" where its weights are right."""
        return self.labels.get(bare(level1), ("", "")) if self.labels else ("", "")

    def differing(self, other: "TableMarks") -> set[str]:
        """Return the rows and goals against which something else stands."""
        mine, theirs = self.marks, other.marks
        changed = {at for at, mark in mine.items() if theirs.get(at) is not mark}
        changed.update(theirs.keys() - mine.keys())
        return {cell.rpartition(".")[0] for key, cell in changed if key == self.key}


def table_marks(form: Form, snapshot: Snapshot) -> TableMarks:
    """Return what the findings of a form mean for its table."""
    rows = frozenset(cell.rpartition(".")[0] for key, cell in snapshot.marks if key == form.key)
    of_goal = (_LABEL, *form.definition.goal_columns)
    return TableMarks(form.key, snapshot.marks, rows, dict(_labels(form, snapshot.findings)), of_goal)


def _labels(form: Form, findings: Iterable[Finding]) -> Iterable[tuple[str, tuple[str, str]]]:
    for finding in findings:
        if finding.code != "block-weights" or finding.address[0] != form.key:
            continue
        label = form.answers.text(f"{finding.address[1].rpartition('.')[0]}.level1")
        rows = [row for row in form.sheet.indicators if row.counted and bare(row.level1) == bare(label)]
        found, points = sum_of_weights(rows), form.definition.points_of(label)
        if found is not None and points is not None:
            severity = finding.state if finding.state in COUNTED else ""
            yield bare(label), (f"{number.show(found)}≠{number.show(points)}", severity)
