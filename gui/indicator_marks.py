"""What stands against the cells of the indicator table, and against the labels whose weights are wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from gui.marks import Mark, state_of
from model import number
from model.answers import Address, CellId
from model.checks import Finding
from model.definition import bare
from model.reading import Form
from model.scoring import sum_of_weights

_SHOWN_AS = {"direction": "judged", "level": "judged", "goal": "name", "core": "name"}


@dataclass(frozen=True)
class TableMarks:
    """Marks by the place in the table ("i7.actual", "i7.judged", "g2" for a band), the rows that have any,
    and by level-1 label what its weights add up to: ("65≠50", how grave)."""

    cells: dict[str, Mark] = field(default_factory=dict)
    rows: frozenset[str] = frozenset()
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)

    def of_label(self, level1: str) -> tuple[str, str]:
        """Return what stands under a level-1 label and how grave it is; "" where its weights are right."""
        return self.labels.get(bare(level1), ("", "")) if self.labels else ("", "")


def table_marks(form: Form, marks: Iterable[tuple[Address, Mark]], findings: Iterable[Finding]) -> TableMarks:
    """Return what the findings of a form mean for its table."""
    cells: dict[str, Mark] = {}
    for (key, cell), mark in marks:
        if key == form.key and "." in cell:
            place = _place(form, cell)
            cells[place] = cells[place].with_more(mark) if place in cells else mark
    rows = frozenset(place.rpartition(".")[0] or place for place in cells)
    return TableMarks(cells, rows, dict(_labels(form, findings)))


def _place(form: Form, cell: CellId) -> str:
    row, _, column = cell.rpartition(".")
    if row in form.answers.goals:
        return row
    return f"{row}.{_SHOWN_AS.get(column, column)}"


def _labels(form: Form, findings: Iterable[Finding]) -> Iterable[tuple[str, tuple[str, str]]]:
    for finding in findings:
        if finding.code != "block-weights" or finding.address[0] != form.key:
            continue
        label = form.answers.text(f"{finding.address[1].rpartition('.')[0]}.level1")
        rows = [row for row in form.sheet.indicators if row.counted and bare(row.level1) == bare(label)]
        found, points = sum_of_weights(rows), form.definition.points_of(label)
        if found is not None and points is not None:
            state = state_of(finding)
            grave = state if state in ("error", "warning") else ""
            yield bare(label), (f"{number.show(found)}≠{number.show(points)}", grave)
