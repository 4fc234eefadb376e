"""What the indicator table does to the document: rows and goals added, removed, moved, pasted."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from gui.tables.indicator_lines import Line
from gui.tables.indicator_model import IndicatorTableModel, band_title
from gui.tables.printed_points import without_points
from gui.tables.sheet_edits import SheetEdits
from gui.tables.spots import Plan, Spot, SpotGroup
from model.document.answers import GOALS, INDICATORS, TERM
from model.document.document import Edit
from model.forms.columns import CORE, LABELS, ROW_COLUMNS
from model.forms.indicator_library import IndicatorLibrary, LibraryIndicator
from model.reading.reading import Form
from model.reading.scoring import Indicator
from model.reading.terms import term_of

if TYPE_CHECKING:
    from model.filling.indicator_rows import Inserted

if TYPE_CHECKING:  # loaded when something is pasted
    from gui.tables.clipboard import Scope
    from model.recognition.block import BlockReading, Where

_LABELS = ("goal", *LABELS)  # what a row stands under
_YES = (CORE, "是", "√", "true")


class IndicatorEdits(SheetEdits):
    """A row stands below its labels; what is added or moved takes those of its new neighbours."""

    def __init__(self, model: IndicatorTableModel) -> None:
        super().__init__(model)
        self._model = model

    # --- rows

    def add_row(self, at: QModelIndex) -> str:
        """Add a row below an index with the same goal and labels; return its name."""
        model, here = self._model, row_near(self._model, at)
        order = model.form.answers.indicators
        place = order.index(here) + 1 if here else len(order)
        texts = _labels_of(model, here)
        added: list[str] = []
        model.session.edit(
            "加一行指标", lambda edit: added.extend(edit.add_rows(model.key, INDICATORS, place, [texts]))
        )
        return f"{added[0]}.name" if added else ""

    def insert(
        self, at: QModelIndex, library: IndicatorLibrary, entries: Sequence[LibraryIndicator]
    ) -> "tuple[Inserted, ...]":
        """Put entries of the library into the goal of an index, as one step; return their rows."""
        from model.filling.indicator_rows import insert

        model, goal, near = self._model, goal_near(self._model, at), row_near(self._model, at)
        form = model.form
        done: list[Inserted] = []

        def put(edit: Edit) -> None:
            done.extend(insert(edit, form, library, entries, goal, near))

        model.session.edit(f"插入 {len(entries)} 条指标", put)
        return tuple(done)

    def remove_rows(self, rows: Sequence[str]) -> None:
        """Delete rows; undo brings them back."""
        model = self._model
        label = f"删除 {len(rows)} 行指标"
        model.session.edit(label, lambda edit: edit.remove_rows(model.key, INDICATORS, rows))

    def move_row(self, at: QModelIndex, by: int) -> str:
        """Move the row of an index by one; at the end of its group it takes the labels of the next."""
        model, row = self._model, row_near(self._model, at)
        rows = [line.id for line in model.lines if line.kind == "row"]
        if row not in rows or not 0 <= rows.index(row) + by < len(rows):
            return ""
        neighbour = rows[rows.index(row) + by]
        labels = {key: model.typed(f"{neighbour}.{key}") for key in _LABELS}
        stays = all(model.typed(f"{row}.{key}") == text for key, text in labels.items())
        is_behind = by > 0 if stays else by < 0
        rest = [other for other in model.form.answers.indicators if other != row]

        def move(edit: Edit) -> None:
            if not stays:
                edit.set_texts({(model.key, f"{row}.{key}"): text for key, text in labels.items()})
            edit.move_rows(model.key, INDICATORS, [row], rest.index(neighbour) + is_behind)

        model.session.edit("移动指标", move)
        return f"{row}.name"

    def copy_points(self, rows: Sequence[str], source: str, target: str) -> str:
        """Put the points of one column into another, as one step; return in words how many."""
        model = self._model
        names = model.form.definition.row_columns
        texts = {
            (model.key, f"{row}.{target}"): text
            for row in rows
            if (text := model.typed(f"{row}.{source}")) and text != model.typed(f"{row}.{target}")
        }
        said = f"{names[target].called}照{names[source].called}填"
        model.session.edit(said, lambda edit: edit.set_texts(texts))
        return f"已填 {len(texts)} 行，可以撤销。" if texts else "选中的行没有可填的。"

    # --- pasting

    def takes_block(self, at: QModelIndex) -> bool:
        """A text goes as it is into a goal or a reason."""
        is_between = at.isValid() and self._model.lines[at.row()].kind != "row"
        return not (is_between and self._model.is_editable(at))

    def where(self, at: QModelIndex, scope: "Scope") -> "Where":
        """Return the columns a block can go into: those on screen, or those that the form prints."""
        from model.recognition.block import Where

        model, definition = self._model, self._model.form.definition
        here = model.key_at(at) if at.isValid() else ""
        printed = model.form.indicators_of(goal_near(model, at)).columns
        others = tuple(c for c in model.columns if c.key not in [one.key for one in printed])
        is_on_screen = scope == "own" or (here and all(column.key != here for column in printed))
        columns = model.columns if is_on_screen else printed + others if scope == "headed" else printed
        keys = [column.key for column in columns]
        unused = [c.key for c in model.columns if c not in others] if definition.goal_terms else keys
        typed = frozenset(key for key in unused if key != "computed")
        level2 = frozenset(name for level in definition.level1 for name in level.level2)
        place = keys.index(here) if here in keys else 0
        return Where("indicators", tuple(columns), place, typed=typed, level2=level2)

    def spots(self) -> Sequence[SpotGroup]:
        """The goals of the form, or the table whole: from each row on, or behind the last."""
        model, form = self._model, self._model.form
        goals = form.answers.goals if form.definition.indicators.per_goal else ("",)
        groups = []
        for goal in goals:
            lines = [(n, model.row_of(line.id)) for n, line in enumerate(model.lines) if line.kind == "row"]
            rows = [(n, row) for n, row in lines if not goal or row.goal == goal]
            spots = [Spot(_spot_name(k, row), model.index(n, 0)) for k, (n, row) in enumerate(rows, 1)]
            band = next((n for n, line in enumerate(model.lines) if line == Line("band", goal)), -1)
            behind = Spot("加在最后", model.index(band, 0) if band >= 0 else QModelIndex())
            groups.append(SpotGroup(band_title(form, goal) if goal else "", (*spots, behind)))
        return groups

    def plan(self, at: QModelIndex, block: "BlockReading") -> Plan:
        """Return what pasting a block will do.

        It goes from the row of an index on; what is longer than the rest of the goal gets new rows at the
        end of it.
        """
        from model.recognition.block import placed

        model, goal = self._model, goal_near(self._model, at)
        table = model.form.indicators_of(goal)
        lines = [without_points(model.form.definition, table, _cells(row.texts)) for row in placed(block)]
        rows = [line.id for line in model.lines if line.kind == "row" and model.row_of(line.id).goal == goal]
        is_on_row = at.isValid() and model.lines[at.row()].kind == "row"
        targets = rows[rows.index(model.lines[at.row()].id) :] if is_on_row else []
        texts = {
            f"{row}.{key}": text
            for row, line in zip(targets, lines, strict=False)
            for key, text in line.items()
            if self.is_new(f"{row}.{key}", text)
        }
        last = rows[-1] if rows else ""
        labels = _labels_of(model, last) | ({"goal": goal} if goal else {})
        order = model.form.answers.indicators
        rest = [labels | line for line in lines[len(targets) :] if any(line.values())]
        return Plan(texts, rest, order.index(last) + 1 if last else len(order))

    def put_rows(self, edit: Edit, plan: Plan) -> None:
        """Add the rows of a plan."""
        edit.add_rows(self._model.key, INDICATORS, plan.place, plan.added)


def _cells(texts: Mapping[str, str]) -> dict[str, str]:
    """Return a pasted row by the cells it goes to; a label that it leaves open stays what it is."""
    row = dict(texts)
    if not row.get("level1"):
        row = {key: text for key, text in row.items() if text or key not in LABELS}
    if "core" in row:
        row["core"] = "true" if row["core"].strip() in _YES else ""
    if judged := row.pop("judged", ""):
        row["direction" if judged in ROW_COLUMNS["direction"].choices else "level"] = judged
    return row


def _spot_name(number: int, row: Indicator) -> str:
    name = row.text("name").split("\n")[0]
    return f"从第 {number} 行起" + (f"：{name[:12]}" if name else "")


def row_near(model: IndicatorTableModel, at: QModelIndex) -> str:
    """Return the row of an index, the first of its goal on a band, without an index the last of all."""
    if not at.isValid():
        return next((line.id for line in reversed(model.lines) if line.kind == "row"), "")
    line = model.lines[at.row()]
    if line.kind != "band":
        return line.id
    return next((row.id for row in model.form.sheet.indicators if row.goal == line.id), "")


def goal_near(model: IndicatorTableModel, at: QModelIndex) -> str:
    """Return the goal of an index, without an index that of the last row; "" where rows belong to none."""
    if at.isValid() and model.lines[at.row()].kind == "band":
        return model.lines[at.row()].id
    row, goals = row_near(model, at), model.form.answers.goals
    if row:
        return model.typed(f"{row}.goal")
    return goals[-1] if goals and model.form.definition.indicators.per_goal else ""


def _labels_of(model: IndicatorTableModel, row: str) -> dict[str, str]:
    form = model.form
    if row:
        return {key: model.typed(f"{row}.{key}") for key in _LABELS}
    first = form.definition.level1[0] if form.definition.level1 else None
    labels = {"level1": first.name, "level2": first.level2[0] if first.level2 else ""} if first else {}
    goals = form.answers.goals
    return labels | ({"goal": goals[0]} if goals and form.definition.indicators.per_goal else {})


def add_goal(model: IndicatorTableModel, term: str = "") -> str:
    """Add a goal with one empty row, behind the others of its term; without one in mind, of the last term.

    Return the goal, "" where nothing can be changed.
    """
    form = model.form
    first = form.definition.level1[0] if form.definition.level1 else None
    terms = form.definition.goal_terms
    term = term or (terms[-1] if terms else "")

    added: list[str] = []

    def add(edit: Edit) -> None:
        (goal,) = edit.add_rows(model.key, GOALS, _place_of(form, term), [{TERM: term}])
        added.append(goal)
        if form.definition.indicators.per_goal and first:
            labels = {"goal": goal, "level1": first.name, "level2": first.level2[0] if first.level2 else ""}
            edit.add_rows(model.key, INDICATORS, len(form.answers.indicators), [labels])

    model.session.edit(f"加一个{term or '目标'}", add)
    return added[0] if added else ""


def term_near(model: IndicatorTableModel, at: QModelIndex) -> str:
    """Return the term of the goal of an index; "" where goals have none."""
    form, row = model.form, row_near(model, at)
    goal = model.row_of(row).goal if row else ""
    return term_of(form.definition, form.answers, goal)


def _place_of(form: Form, term: str) -> int:
    """Return where among the goals a new one of a term stands."""
    terms, goals = form.definition.goal_terms, form.answers.goals
    before = terms[: terms.index(term) + 1] if term else ()
    stand = [n for n, goal in enumerate(goals) if term_of(form.definition, form.answers, goal) in before]
    return len(goals) if not term else max(stand, default=-1) + 1


def remove_goal(model: IndicatorTableModel, goal: str) -> None:
    """Delete a goal with its rows; undo brings it back."""
    model.session.edit("删除目标", lambda edit: edit.remove_rows(model.key, GOALS, [goal]))
