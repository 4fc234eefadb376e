"""What the indicator table does to the document: rows added, removed, moved, copied, pasted; a step each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from model.basics.table_text import Block, format_block, parse_block
from model.document.answers import GOALS, INDICATORS, TERM, Address
from model.document.document import Edit
from model.forms.definition import bare
from model.reading.reading import Form
from model.reading.terms import term_of

if TYPE_CHECKING:
    from gui.tables.indicator_model import IndicatorTableModel
    from gui.tables.indicator_view import IndicatorView

_LABELS = ("goal", "level1", "level2")


def insert_row(view: IndicatorView) -> None:
    """Add a row below the cursor with the same goal and labels, and go to its name."""
    model = view.model_
    here = _row_at(view)
    order = model.form.answers.indicators
    at = order.index(here) + 1 if here else len(order)
    texts = _labels_of(model, here)
    added: list[str] = []
    model.session.edit(
        "加一行指标", lambda edit: added.extend(edit.add_rows(model.key, INDICATORS, at, [texts]))
    )
    if added:
        view.show_cell(f"{added[0]}.name")
        view.setFocus()


def _row_at(view: IndicatorView) -> str:
    """Return the row of the cursor, the first of its goal on a band, else the last of all."""
    model, index = view.model_, view.currentIndex()
    rows = [line.id for line in model.lines if line.kind == "row"]
    if not index.isValid():
        return rows[-1] if rows else ""
    line = model.lines[index.row()]
    if line.kind != "band":
        return line.id
    return next((row.id for row in model.form.sheet.indicators if row.goal == line.id), "")


def _labels_of(model: IndicatorTableModel, row: str) -> dict[str, str]:
    form = model.form
    if row:
        return {key: form.answers.text(f"{row}.{key}") for key in _LABELS}
    first = form.definition.level1[0] if form.definition.level1 else None
    labels = {"level1": first.name, "level2": first.level2[0] if first.level2 else ""} if first else {}
    goals = form.answers.goals
    return labels | ({"goal": goals[0]} if goals and form.definition.indicators.per_goal else {})


def remove_rows(view: IndicatorView) -> None:
    """Delete the rows that the selection touches; undo brings them back."""
    model, rows = view.model_, view.selected_rows()
    label = f"删除 {len(rows)} 行指标"
    model.session.edit(label, lambda edit: edit.remove_rows(model.key, INDICATORS, rows))


def move_row(view: IndicatorView, by: int) -> None:
    """Move the row of the cursor by one; at the end of its group it takes the labels of the next."""
    model = view.model_
    row = _row_at(view)
    rows = [line.id for line in model.lines if line.kind == "row"]
    if row not in rows or not 0 <= rows.index(row) + by < len(rows):
        return
    neighbour = rows[rows.index(row) + by]
    same = all(_text(model, row, key) == _text(model, neighbour, key) for key in _LABELS)

    def move(edit: Edit) -> None:
        if same:
            rest = [r for r in model.form.answers.indicators if r != row]
            edit.move_rows(model.key, INDICATORS, [row], rest.index(neighbour) + (by > 0))
        else:
            edit.set_texts({(model.key, f"{row}.{key}"): _text(model, neighbour, key) for key in _LABELS})
            rest = [r for r in model.form.answers.indicators if r != row]
            edit.move_rows(model.key, INDICATORS, [row], rest.index(neighbour) + (by < 0))

    model.session.edit("移动指标", move)
    view.show_cell(f"{row}.name")


def _text(model: IndicatorTableModel, row: str, key: str) -> str:
    return model.form.answers.text(f"{row}.{key}")


def clear_cells(view: IndicatorView) -> None:
    """Empty the selected cells; labels and computed cells stay."""
    model = view.model_
    cells = {
        (model.key, cell): ""
        for index in view.selectedIndexes()
        if model.is_editable(index)
        and (cell := model.cell_at(index))
        and not cell.endswith((".level1", ".level2"))
    }
    model.session.edit("清除内容", lambda edit: edit.set_texts(cells))


def copy_from_above(view: IndicatorView) -> None:
    """Fill the cells of the selection with the text of the row above (Ctrl+D)."""
    model = view.model_
    rows = [n for n, line in enumerate(model.lines) if line.kind == "row"]
    texts: dict[Address, str] = {}
    for index in sorted(view.selectedIndexes(), key=lambda i: i.row()):
        above = max((n for n in rows if n < index.row()), default=-1)
        cell = model.cell_at(index)
        if above < 0 or index.row() not in rows or not model.is_editable(index):
            continue
        source = model.cell_at(model.index(above, index.column()))
        texts[(model.key, cell)] = texts.get((model.key, source), model.form.answers.text(source))
    model.session.edit("与上一行相同", lambda edit: edit.set_texts(texts))


def copy_cells(view: IndicatorView) -> str:
    """Return the selection as spreadsheets put it on the clipboard; lines of reasons are left out."""
    model = view.model_
    indexes = [i for i in view.selectedIndexes() if model.lines[i.row()].kind == "row"] or [
        view.currentIndex()
    ]
    rows = sorted({i.row() for i in indexes})
    columns = sorted({i.column() for i in indexes})
    if len(rows) == len(columns) == 1:
        return str(model.index(rows[0], columns[0]).data() or "")
    return format_block([[str(model.index(r, c).data() or "") for c in columns] for r in rows])


def paste_block(view: IndicatorView, text: str) -> None:
    """Paste a block at the cursor into the columns of the form, with new rows where it is longer; a step."""
    model, index = view.model_, view.currentIndex()
    block = parse_block(text)
    if not block or not index.isValid() or model.session.read_only:
        return
    line = model.lines[index.row()]
    if line.kind != "row":
        model.type_into(index, text.rstrip("\n"), None)
        return
    goal = model.row_of(line.id).goal
    keys = _target_columns(model, goal, model.key_at(index), len(block[0]))
    rows = [item.id for item in model.lines if item.kind == "row"]
    targets = [row for row in rows[rows.index(line.id) :] if _same_table(model, row, goal)]
    model.session.edit(
        f"粘贴 {len(block)} 行", lambda edit: _paste(edit, model, _filled(block, keys), keys, targets)
    )
    view.show_cell(model.cell_at(index))


def _same_table(model: IndicatorTableModel, row: str, goal: str) -> bool:
    return model.form.indicators_of(model.row_of(row).goal) is model.form.indicators_of(goal)


def _target_columns(model: IndicatorTableModel, goal: str, first: str, count: int) -> list[str]:
    """Return the columns a block goes into: those the form prints, from the one under the cursor on."""
    printed = [column.key for column in model.form.indicators_of(goal).columns]
    if first in printed:
        return printed[printed.index(first) :][:count]
    return [first][:count] if first not in ("computed", "judged") else []


def _filled(block: Block, keys: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows by column; a merged label stands only in its first row and holds for the next."""
    rows: list[dict[str, str]] = []
    for line in block:
        row = dict(zip(keys, line, strict=False))
        for key in ("level1", "level2"):
            if key in row and not row[key].strip() and rows and _may_inherit(key, row, rows[-1]):
                row[key] = rows[-1][key]
        rows.append(row)
    return rows


def _may_inherit(key: str, row: Mapping[str, str], above: Mapping[str, str]) -> bool:
    return key == "level1" or bare(row.get("level1", "")) in ("", bare(above.get("level1", "")))


def _paste(
    edit: Edit,
    model: IndicatorTableModel,
    block: Sequence[Mapping[str, str]],
    keys: Sequence[str],
    targets: Sequence[str],
) -> None:
    texts = {
        (model.key, f"{row}.{key}"): line[key]
        for row, line in zip(targets, block, strict=False)
        for key in keys
        if key in line
    }
    edit.set_texts(texts)
    rest = block[len(targets) :]
    if rest:
        labels = _labels_of(model, targets[-1])
        new = [labels | dict(line) for line in rest]
        order = edit.answers.forms[model.key].indicators
        edit.add_rows(model.key, INDICATORS, order.index(targets[-1]) + 1, new)


def add_goal(model: IndicatorTableModel, term: str = "") -> None:
    """Add a goal with one empty row, behind the others of its term; without one in mind, of the last term."""
    form = model.form
    first = form.definition.level1[0] if form.definition.level1 else None
    terms = form.definition.goal_terms
    term = term or (terms[-1] if terms else "")

    def add(edit: Edit) -> None:
        (goal,) = edit.add_rows(model.key, GOALS, _place_of(form, term), [{TERM: term}])
        if form.definition.indicators.per_goal and first:
            labels = {"goal": goal, "level1": first.name, "level2": first.level2[0] if first.level2 else ""}
            edit.add_rows(model.key, INDICATORS, len(form.answers.indicators), [labels])

    model.session.edit(f"加一个{term or '目标'}", add)


def term_at(view: IndicatorView) -> str:
    """Return the term of the goal under the cursor; "" where goals have none."""
    form, row = view.model_.form, _row_at(view)
    goal = view.model_.row_of(row).goal if row else ""
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
