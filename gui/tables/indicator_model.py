"""The indicator table as Qt sees it: goal bands, indicator rows and lines for reasons; it holds no data."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.session.marks import Mark, meaning_of
from gui.session.session import Session
from gui.tables.indicator_marks import TableMarks, table_marks
from model.basics import number
from model.basics.quantity import preset_direction
from model.document.answers import GOALS, INDICATORS, FormKey
from model.document.document import Change
from model.forms.definition import Column, IndicatorsBlock, bare
from model.reading.origin import is_typed_over, origin, text_origin
from model.reading.reading import Form, goal_name
from model.reading.scoring import Indicator
from model.reading.summary import BlockScore, score_by_block

Kind = Literal["band", "row", "reason"]
Index = QModelIndex | QPersistentModelIndex
KIND, RING, HINT = (Qt.ItemDataRole.UserRole + n for n in range(3))
LABELS = ("level1", "level2")
FIGURES = ("weight", "computed", "score")
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_TYPED = _READ | Qt.ItemFlag.ItemIsEditable
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_OWN = {"weight": "分值", "judged": "方向", "computed": "测算分"}


class Line(NamedTuple):
    """A line of the table: the band of a goal, an indicator, or the reason below it."""

    kind: Kind
    id: str


def shown_columns(form: Form) -> tuple[Column, ...]:
    """Return the columns on screen: the form's without the reason; weight, direction and 测算分 join them.

    A form without scores has its own columns alone, those of all its terms together.
    """
    if not form.definition.is_scored:
        return tuple(c._replace(caption=_captions(form, c.key)) for c in form.definition.indicator_columns)
    columns = [column for column in form.definition.indicators.columns if column.key != "reason"]
    at = next((n for n, column in enumerate(columns) if column.key == "score"), len(columns))
    own = ["judged"] + ([] if any(c.key == "weight" for c in columns) else ["weight"]) + ["computed"]
    columns[at:at] = [Column(key, _OWN[key]) for key in own]
    return tuple(columns)


def _captions(form: Form, key: str) -> str:
    """What the terms call a column, if they differ each of it."""
    blocks = [block for block in form.definition.blocks if isinstance(block, IndicatorsBlock)]
    return "／".join(dict.fromkeys(c.caption for block in blocks for c in block.columns if c.key == key))


class IndicatorTableModel(QAbstractTableModel):
    """Asks the session for every text and passes every edit on."""

    def __init__(self, session: Session, key: FormKey, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.key = session, key
        self.columns = shown_columns(self.form)
        self.lines: list[Line] = _lines(self.form)
        self._rows = {row.id: row for row in self.form.sheet.indicators}
        self._bands_shown: dict[str, object] = {}
        self.marks = self._marks_now()
        session.changed.connect(self._changed)

    # --- what is shown

    @property
    def form(self) -> Form:
        """The form as read now."""
        return self.session.form(self.key)

    @property
    def is_gone(self) -> bool:
        """Whether the form was deleted; its page will be in a moment."""
        return self.key not in self.session.snapshot.forms

    def row_of(self, indicator: str) -> Indicator:
        """Return an indicator as read now."""
        return self._rows[indicator]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Bands, rows and reasons."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns on screen."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The captions of the form."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            caption = self.columns[section].caption
            return caption.removesuffix("指标") if self.columns[section].key == "level1" else caption
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.columns[section].caption
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = "AlignRight" if self.columns[section].key in FIGURES else "AlignLeft"
            return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag[side]
        return None

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
        """Return where a cell stands, or what comes nearest: the name of its row, or the first row."""
        row = cell.rpartition(".")[0]
        found = self.index_of(cell)
        if not found.isValid():
            found = self.index_of(f"{row}.name")
        if not found.isValid() and cell == "block_label" and self.form.answers.indicators:
            found = self.index_of(f"{self.form.answers.indicators[0]}.level1")
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts as typed; computed figures; kinds for the delegate."""
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(line, index, role == Qt.ItemDataRole.EditRole)
        if role == KIND:
            return line.kind
        if role == Qt.ItemDataRole.TextAlignmentRole:
            figure = line.kind == "row" and self.key_at(index) in FIGURES
            return _RIGHT if figure else _LEFT
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._described(line, index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].caption} {self._text(line, index, False)}"
        return None

    def mark_at(self, index: Index) -> Mark | None:
        """Return what stands against a cell, if anything does."""
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
        mark = self.mark_at(index)
        return mark.state if mark is not None and mark.state else self.origin_at(index)

    def _described(self, line: Line, index: Index) -> str:
        """What is wrong in a cell; of a computed score, how it came about; where a text comes from."""
        mark = self.mark_at(index)
        if mark is not None:
            return mark.text
        if sign := self.origin_at(index):
            return meaning_of(sign)
        if line.kind == "row" and self.key_at(index) == "computed":
            return f"{self._rows[line.id].outcome.explanation}（点这里看怎么算的）"
        return ""

    def _marks_now(self) -> TableMarks:
        return table_marks(self.form, self.session.snapshot)

    def _text(self, line: Line, index: Index, editing: bool) -> str:
        form = self.form
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

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Computed cells can be read and copied, not typed into."""
        return _TYPED if self.is_editable(index) else _READ

    def is_editable(self, index: Index) -> bool:
        """Whether the clerk can type into a cell."""
        return not self.session.read_only and bool(self.cell_at(index))

    # --- what is typed

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass a text on; a label goes to all rows that it stands for."""
        if role != Qt.ItemDataRole.EditRole or not self.is_editable(index):
            return False
        self.type_into(index, value, None)
        return True

    def type_into(self, index: Index, text: str, by: QObject | None) -> None:
        """Pass a text on as typed by a widget."""
        key = self.key_at(index)
        if key in LABELS and self.lines[index.row()].kind == "row":
            cells = {(self.key, f"{row}.{key}"): text for row in self.group(index)}
            label = f"修改“{self.columns[index.column()].caption}”"
            self.session.edit(label, lambda edit: edit.set_texts(cells), by)
        else:
            self.session.set_text((self.key, self.cell_at(index)), text, by)

    def group(self, index: Index) -> list[str]:
        """Return the rows for which the label at an index stands."""
        key, at = self.key_at(index), self.lines[index.row()].id
        rows = [line.id for line in self.lines if line.kind == "row"]
        return list(_run(rows, rows.index(at), lambda r: _label(self._rows[r], key)))

    # --- what others changed

    def _changed(self, change: Change, by: QObject | None) -> None:
        if self.is_gone:
            return
        self._rows = {row.id: row for row in self.form.sheet.indicators}
        structure = (self.key, INDICATORS) in change.rows or (self.key, GOALS) in change.rows
        moved = any(k == self.key and c.rpartition(".")[2] == "goal" for k, c in change.cells)
        before, self.marks = self.marks, self._marks_now()
        if structure or moved:
            self.beginResetModel()
            self.lines = _lines(self.form)
            self.endResetModel()
            return
        self._sync_reasons()
        self._tell(change)
        self._tell_marks(before)

    def _sync_reasons(self) -> None:
        """Open and close lines for reasons without disturbing an open editor."""
        wanted = _lines(self.form)
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

    def _tell(self, change: Change) -> None:
        cells = [cell for key, cell in change.cells if key == self.key]
        touched = {cell.rpartition(".")[0] for cell in cells}
        first = min((self._column_of(cell) for cell in cells), default=0)
        last = len(self.columns) - 1
        for at, line in enumerate(self.lines):
            if line.kind == "band":
                if self._band_differs(line.id) or line.id in touched:
                    self.dataChanged.emit(self.index(at, 0), self.index(at, last))
            elif line.id in touched:
                self.dataChanged.emit(self.index(at, first), self.index(at, last))

    def _tell_marks(self, before: TableMarks) -> None:
        """Tell the lines against which something else stands than before."""
        now = self.marks
        rows = now.differing(before)
        labels = {label for label, _ in before.labels.items() ^ now.labels.items()}
        if not rows and not labels:
            return
        shown = None
        for at, line in enumerate(self.lines):
            label = bare(self._rows[line.id].level1) if labels and line.kind == "row" else None
            if line.id in rows or (label in labels and label != shown):
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
            shown = label if line.kind == "row" else shown

    def _column_of(self, cell: str) -> int:
        """Return the first column that a cell of a row changes; what is computed stands at the right."""
        key = cell.rpartition(".")[2]
        return next((n for n, column in enumerate(self.columns) if column.key == key), self.first_free)

    @property
    def first_free(self) -> int:
        """The first column that is no label: there the line for a reason begins."""
        return next(n for n, column in enumerate(self.columns) if column.key not in LABELS)

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


def _lines(form: Form) -> list[Line]:
    lines: list[Line] = []
    rows = form.sheet.indicators
    for goal in _bands(form):
        lines.append(Line("band", goal))
        lines += _row_lines([row for row in rows if row.goal == goal])
    shown = set(_bands(form))
    return lines + _row_lines([row for row in rows if row.goal not in shown])


def _bands(form: Form) -> Sequence[str]:
    return form.answers.goals if form.definition.indicators.per_goal else ()


def _row_lines(rows: Iterable[Indicator]) -> list[Line]:
    return list(chain.from_iterable(map(_lines_of, rows)))


@lru_cache(maxsize=20_000)  # of thousands of rows a key changes one
def _lines_of(row: Indicator) -> tuple[Line, ...]:
    line = Line("row", row.id)
    return (line, Line("reason", row.id)) if wants_reason(row) else (line,)


def wants_reason(row: Indicator) -> bool:
    """Whether a line for the reason stands below a row: points are lost, or there is a reason."""
    lost = row.score is not None and row.weight is not None and row.score < row.weight
    return lost or bool(row.reason)


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
