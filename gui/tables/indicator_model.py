"""The indicator table as Qt sees it: goal bands, indicator rows and lines for reasons."""

from collections.abc import Container, Iterator, Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from gui.base.qt import Index
from gui.session.marks import Mark
from gui.session.session import Session
from gui.tables.indicator_lines import Kind, Line, lines_of
from gui.tables.indicator_marks import TableMarks, table_marks
from gui.tables.printed_points import level_name
from gui.tables.sheet_model import LEFT, RIGHT, SheetModel, Span, column_of
from model.basics import number
from model.basics.quantity import preset_direction
from model.document.answers import GOALS, INDICATORS, CellId, FormKey
from model.document.document import Change
from model.forms.columns import CORE, LABELS, Column
from model.forms.definition import IndicatorsBlock, bare
from model.reading.origin import is_typed_over, origin, text_origin
from model.reading.reading import Form, goal_name
from model.reading.scoring import Indicator, runs_of
from model.reading.summary import BlockScore, score_by_block

DIRECTIONS = (("", "按目标值"), ("≥", "≥ 越多越好"), ("≤", "≤ 越少越好"), ("=", "= 正好"))
_JUDGED = Column("judged", "方向", kind="choice")  # direction or level, whichever the target asks for
_COMPUTED = Column("computed", "测算分", kind="points", filled_by="program")


def shown_columns(form: Form) -> tuple[Column, ...]:
    """Return the columns on screen: the form's without the reason; weight, direction and 测算分 join them.

    A form without scores has its own columns alone, those of all its terms together.
    """
    if not form.definition.is_scored:
        return tuple(c._replace(caption=_captions(form, c.key)) for c in form.definition.indicator_columns)
    columns = [column for column in form.definition.indicators.columns if column.key != "reason"]
    at = next((n for n, column in enumerate(columns) if column.key == "score"), len(columns))
    weight = form.definition.row_columns["weight"]
    columns[at:at] = [
        _JUDGED,
        *([] if weight in columns else [weight._replace(caption=weight.name)]),
        _COMPUTED,
    ]
    if "{core}" in form.definition.indicators.name_pattern:
        core = form.definition.row_columns["core"]
        columns += [] if core in columns else [core._replace(caption="核心")]
    return tuple(columns)


def _captions(form: Form, key: str) -> str:
    """What the terms call a column, if they differ each of it."""
    blocks = [block for block in form.definition.blocks if isinstance(block, IndicatorsBlock)]
    return "／".join(dict.fromkeys(c.caption for block in blocks for c in block.columns if c.key == key))


class IndicatorTableModel(SheetModel):
    """Its lines are bands, rows and reasons."""

    def __init__(self, session: Session, key: FormKey, parent: QObject | None = None) -> None:
        self.columns = shown_columns(session.form(key))
        self._bands_shown: dict[str, object] = {}
        super().__init__(session, key, parent)

    def take_lines(self) -> None:
        """Take the lines over from the document, and what stands against them."""
        self.lines: list[Line] = lines_of(self.form)
        self._take_rows()

    def _take_rows(self) -> None:
        self._rows = {row.id: row for row in self.form.sheet.indicators}
        self.marks: TableMarks = table_marks(self.form, self.session.snapshot)

    # --- what is shown

    @property
    def form(self) -> Form:
        """The form as read now."""
        return self.session.form(self.key)

    def row_of(self, indicator: str) -> Indicator:
        """Return an indicator as read now."""
        return self._rows[indicator]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Bands, rows and reasons."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns on screen."""
        return 0 if parent.isValid() else len(self.columns)

    def caption(self, column: int) -> str:
        """Return what the form calls a column."""
        return self.columns[column].caption

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Figures stand at the right."""
        return RIGHT if self.columns[column].is_figure else LEFT

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The captions of the form; that of the narrow first column is shorter."""
        shown = super().headerData(section, orientation, role)
        if orientation == Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return shown
        return shown.removesuffix("指标") if self.columns[section].key == "level1" else shown

    def is_row(self, line: int) -> bool:
        """Whether a line shows an indicator."""
        return self.lines[line].kind == "row"

    def row_at(self, line: int) -> str:
        """Return the indicator that a line belongs to, "" for a band."""
        return "" if self.lines[line].kind == "band" else self.lines[line].id

    def is_stop(self, index: Index) -> bool:
        """Tab stops at what the clerk types in each row: not at labels, at a choice or at others' figures."""
        line = self.lines[index.row()]
        if line.kind == "row":
            column = self.columns[index.column()]
            is_typed = column != _COMPUTED and column.filled_by != "others" and not self.choices_at(index)
            return is_typed and not column.is_label and not self.is_unused(index)
        return line.kind == "reason" and index.column() == self.first_free

    def is_typed_whole(self, index: Index) -> bool:
        """A label stands for several rows: it is taken over when its editor closes."""
        return self.is_row(index.row()) and self.key_at(index) in LABELS

    def name_of(self, column: int) -> str:
        """The column of directions has a sign as its caption."""
        return "方向或档次" if self.columns[column].key == "judged" else super().name_of(column)

    def choices_at(self, index: Index) -> list[tuple[str, str]]:
        """Return what can be chosen in a cell and how it is said; nothing where a text is written."""
        column, line = self.columns[index.column()], self.lines[index.row()]
        if column.key == "judged" and line.kind == "row" and self.is_prose(line.id):
            levels = [band.level for band in self.form.regulation.scheme.bands]
            return [("", "未选"), *((level, level) for level in levels)]
        if column.key == "judged":
            return list(DIRECTIONS)
        if column.kind == "flag":
            return [("", "否"), ("true", f"{CORE} 是")]
        return [("", "未选"), *((choice, choice) for choice in column.choices)] if column.choices else []

    def figure_at(self, index: Index) -> str:
        """A computed score can be asked for."""
        is_computed = self.is_row(index.row()) and self.key_at(index) == "computed"
        return f"{self.lines[index.row()].id}.score" if is_computed else ""

    def key_at(self, index: Index) -> str:
        """Return the key of the column of an index."""
        return self.columns[index.column()].key

    def cell_at(self, index: Index) -> str:
        """Return the cell of the form at an index, "" where it is not one cell."""
        line = self.lines[index.row()]
        if line.kind == "band":
            return f"{line.id}.text" if line.id else ""
        if line.kind == "reason":
            return f"{line.id}.reason"
        key = self.key_at(index)
        if self.is_unused(index):
            return ""
        if key == "judged":
            return f"{line.id}.{'level' if self.is_prose(line.id) else 'direction'}"
        return "" if key == "computed" else f"{line.id}.{key}"

    def is_unused(self, index: Index) -> bool:
        """Whether the term of the goal has no such column."""
        line = self.lines[index.row()]
        if line.kind != "row" or not self.form.definition.goal_terms:
            return False
        columns = self.form.indicators_of(self._rows[line.id].goal).columns
        return all(column.key != self.key_at(index) for column in columns)

    def is_prose(self, row: str) -> bool:
        """Whether the target of a row is judged by level, not by direction."""
        return self._rows[row].target.kind in ("prose", "date")

    def index_of(self, cell: str) -> QModelIndex:
        """Return where a cell of the form stands, an invalid index where it does not."""
        row, _, key = cell.rpartition(".")
        if row in self.form.answers.goals:
            return next(
                (self.index(n, 0) for n, line in enumerate(self.lines) if line == Line("band", row)),
                QModelIndex(),
            )
        kind: Kind = "reason" if key == "reason" else "row"
        wanted = "judged" if key in ("direction", "level") else "name" if key == "reason" else key
        at = next((n for n, line in enumerate(self.lines) if line == Line(kind, row)), -1)
        column = next((n for n, column in enumerate(self.columns) if column.key == wanted), -1)
        return self.index(at, column) if at >= 0 and column >= 0 else QModelIndex()

    def nearest(self, cell: str) -> QModelIndex:
        """Return where a cell stands, or what is nearest: the score for a reason, the name, the first row."""
        row, _, key = cell.rpartition(".")
        found = self.index_of(cell)
        if not found.isValid() and key == "reason":
            found = self.index_of(f"{row}.score")
        if not found.isValid():
            found = self.index_of(f"{row}.name")
        if not found.isValid() and cell == "block_label" and self.form.answers.indicators:
            found = self.index_of(f"{self.form.answers.indicators[0]}.level1")
        return found

    def mark_at(self, index: Index) -> Mark:
        """Return what stands against a cell and those shown with it."""
        line = self.lines[index.row()]
        if line.kind == "band":
            return self.marks.of_band(line.id)
        return self.marks.of_cell(line.id, "reason" if line.kind == "reason" else self.key_at(index))

    def origin_at(self, index: Index) -> str:
        """Return where the text of a cell comes from, "" where it was typed."""
        line = self.lines[index.row()]
        if line.kind == "band":
            return origin(self.form, f"{line.id}.text")
        key = self.key_at(index) if line.kind == "row" else line.kind
        if key == "score" and is_typed_over(self._rows[line.id]):
            return "own"
        return text_origin(self.form, f"{line.id}.{key}")

    def sign_at(self, index: Index) -> str:
        """Return by which icon a cell is marked: the severity of what stands against it, else its origin."""
        return self.mark_at(index).state or self.origin_at(index)

    def words(self, index: Index) -> str:
        """What is wrong in a cell; where a text comes from; of a computed score, how it came about."""
        words = super().words(index)
        if words or not self.figure_at(index):
            return words
        return f"{self._rows[self.lines[index.row()].id].outcome.sentence}点这里看怎么算的。"

    def shown(self, index: Index, editing: bool) -> str:
        """Texts as typed; computed figures, and where no score is typed the one that counts."""
        form, line = self.form, self.lines[index.row()]
        if line.kind == "band":
            return form.answers.text(f"{line.id}.text") if line.id else ""
        if line.kind == "reason":
            return form.answers.text(f"{line.id}.reason")
        key = self.key_at(index)
        if key == "computed":
            return computed_text(self._rows[line.id])
        if key == "judged":
            return self._judged(line.id, editing)
        text = form.answers.text(f"{line.id}.{key}")
        if self.columns[index.column()].kind == "flag" and not editing:
            return CORE if text else ""
        if key == "score" and not text and not editing and (score := self._rows[line.id].score) is not None:
            return number.show(score)
        return text

    def _judged(self, row: str, editing: bool) -> str:
        chosen = self.form.answers.text(f"{row}.{'level' if self.is_prose(row) else 'direction'}")
        if chosen or editing or self.is_prose(row) or self._rows[row].target.kind != "number":
            return chosen
        return preset_direction(self._rows[row].target)

    def is_preset(self, index: Index) -> bool:
        """Whether a direction is only what the target says, not chosen by the clerk."""
        return self.key_at(index) == "judged" and not self.form.answers.text(self.cell_at(index))

    def is_typed_score(self, row: str) -> bool:
        """Whether a score is the clerk's own."""
        return self._rows[row].has_score_text

    # --- what is typed

    def type_into(self, index: Index, text: str, by: QObject | None) -> None:
        """Pass a text on as typed by a widget; a label goes to all rows that it stands for."""
        if not self.is_typed_whole(index):
            super().type_into(index, text, by)
            return
        if self.key_at(index) == "level1":
            text = level_name(self.form.definition, text)
        cells = {(self.key, f"{row}.{self.key_at(index)}"): text for row in self.group(index)}
        label = f"修改“{self.caption(index.column())}”"
        self.session.edit(label, lambda edit: edit.set_texts(cells), by)

    def group(self, index: Index) -> list[str]:
        """Return the rows for which the label at an index stands."""
        key, at = self.key_at(index), self.lines[index.row()].id
        rows = [line.id for line in self.lines if line.kind == "row"]
        return list(_run(rows, rows.index(at), lambda r: _label(self._rows[r], key)))

    # --- what others changed

    def is_reshaped(self, change: Change) -> bool:
        """Whether rows or goals came, went or moved, or rows went to another goal."""
        blocks = {(self.key, INDICATORS), (self.key, GOALS)}
        return bool(blocks & change.rows) or any(column_of(cell) == "goal" for cell in self._own(change))

    def _own(self, change: Change) -> list[CellId]:
        return [cell for key, cell in change.cells if key == self.key]

    def notify(self, change: Change) -> None:
        """Tell which cells differ, which lines for reasons open and close, and whether labels do."""
        before = self.marks
        self._take_rows()
        self._sync_reasons()
        first = self._touched(change) | self._marked_anew(before)
        last = len(self.columns) - 1
        for at in sorted(first):  # each once: a line is measured when it is told of
            self.dataChanged.emit(self.index(at, first[at]), self.index(at, last))
        merging = (*LABELS, *(column.key for column in self.columns if column.merged))
        if any(column_of(cell) in merging for cell in self._own(change)):
            self.merged_anew.emit()

    def _sync_reasons(self) -> None:
        """Open and close lines for reasons without disturbing an open editor."""
        wanted = lines_of(self.form)
        if wanted == self.lines:
            return
        at = 0
        while at < max(len(wanted), len(self.lines)):
            mine = self.lines[at] if at < len(self.lines) else None
            theirs = wanted[at] if at < len(wanted) else None
            if mine != theirs:
                if mine is not None and mine.kind == "reason":
                    self.beginRemoveRows(QModelIndex(), at, at)
                    del self.lines[at]
                    self.endRemoveRows()
                    continue
                if theirs is not None:
                    self.beginInsertRows(QModelIndex(), at, at)
                    self.lines.insert(at, theirs)
                    self.endInsertRows()
            at += 1

    def _touched(self, change: Change) -> dict[int, int]:
        """The lines whose texts differ, with the first column that does; bands whose figures do."""
        cells = self._own(change)
        touched = {cell.rpartition(".")[0] for cell in cells}
        first = min((self._column_of(cell) for cell in cells), default=0)
        return {
            at: 0 if line.kind == "band" else first
            for at, line in enumerate(self.lines)
            if (line.kind == "band" and self._band_differs(line.id)) or line.id in touched
        }

    def _marked_anew(self, before: TableMarks) -> dict[int, int]:
        """The lines against which something else stands than before, whole."""
        now = self.marks
        rows = now.differing(before)
        labels = {label for label, _ in before.labels.items() ^ now.labels.items()}
        marked = [at for at, line in enumerate(self.lines) if line.id in rows] if rows else []
        return dict.fromkeys((*marked, *(self._first_lines(labels) if labels else ())), 0)

    def _first_lines(self, labels: Container[str]) -> Iterator[int]:
        """The lines at which level-1 labels begin."""
        shown = None
        for at, line in enumerate(self.lines):
            if line.kind == "row":
                label = bare(self._rows[line.id].level1)
                if label in labels and label != shown:
                    yield at
                shown = label

    def _column_of(self, cell: str) -> int:
        """Return the first column that a cell of a row changes; what is computed stands at the right."""
        key = column_of(cell)
        return next((n for n, column in enumerate(self.columns) if column.key == key), self.first_free)

    @property
    def first_free(self) -> int:
        """The first column that is no label: there the line for a reason begins."""
        return next(n for n, column in enumerate(self.columns) if column.key not in LABELS)

    def spans(self) -> Iterator[Span]:
        """Bands over all columns, reasons over those behind the labels, equal labels over their rows."""
        count, first = len(self.columns), self.first_free
        for at, line in enumerate(self.lines):
            if line.kind == "band":
                yield Span(at, 0, 1, count)
            elif line.kind == "reason" and count - first > 1:
                yield Span(at, first, 1, count - first)
        for n, column in enumerate(self.columns):
            if column.key in LABELS:
                yield from self._label_spans(n, column.key)
            elif column.merged:
                yield from self._merged_spans(n, column)

    def _label_spans(self, column: int, key: str) -> Iterator[Span]:
        lines = [(at, line) for at, line in enumerate(self.lines) if line.kind != "band"]
        for _, group in groupby(lines, lambda entry: _label(self._rows[entry[1].id], key)):
            at = [place for place, _ in group]
            if len(at) > 1:
                yield Span(at[0], column, len(at), 1)

    def _merged_spans(self, n: int, column: Column) -> Iterator[Span]:
        """Rows that share a cell are one, as far as no line for a reason stands between them."""
        at = {line.id: place for place, line in enumerate(self.lines) if line.kind == "row"}
        for run in runs_of(self.form.sheet.indicators, column, self.form.answers):
            places = [at[row.id] for row in run]
            if len(run) > 1 and places[-1] - places[0] == len(run) - 1:
                yield Span(places[0], n, len(run), 1)

    def band(self, goal: str) -> tuple[BlockScore | None, int]:
        """Return what a goal reached, and how many indicators it has."""
        form = self.form
        name = goal_name(form, goal)
        block = next((block for block in score_by_block(form) if block.name == name), None)
        return block, sum(row.goal == goal and row.counted for row in form.sheet.indicators)

    def _band_differs(self, goal: str) -> bool:
        now = self.band(goal)
        differs = self._bands_shown.get(goal) != now
        self._bands_shown[goal] = now
        return differs


def computed_text(row: Indicator) -> str:
    """Return what stands under 测算分: the figure, the band of a level, 待核, or — for prose."""
    if row.outcome.score is not None:
        return number.show(row.outcome.score)
    if row.outcome.band is not None:
        low, high = row.outcome.band
        return f"{number.show(low)}–{number.show(high)}"
    if row.outcome.why in ("unit-differs", "parts-differ", "ambiguous", "doubtful-direction", "result-prose"):
        return "待核"
    return "—" if row.counted else ""


def _label(row: Indicator, key: str) -> tuple[str, ...]:
    names = (row.goal, bare(row.level1), bare(row.level2))
    return names if key == "level2" else names[:2]


def _run(rows: Sequence[str], at: int, label: Any) -> Sequence[str]:
    """Return the neighbours of a row that have the same label."""
    first = last = at
    while first > 0 and label(rows[first - 1]) == label(rows[at]):
        first -= 1
    while last + 1 < len(rows) and label(rows[last + 1]) == label(rows[at]):
        last += 1
    return rows[first : last + 1]


def band_title(form: Form, goal: str) -> str:
    """Return how a band is called."""
    return goal_name(form, goal)
