"""Reads the goals of a form: beside what was reached, or each in a row of its own."""

from collections.abc import Mapping, Sequence

from model.recognition.anatomy import Anatomy, GoalSeen, Taken
from model.recognition.area import Cell
from model.recognition.captions import IGNORE, Vocabulary, plain
from model.recognition.heading import Heading
from model.recognition.headings import goal_label, is_goal_label
from model.recognition.indicators import points_of
from model.recognition.tables import ends_table, texts_of
from model.recognition.texts import GoalText, goals_in, on_one_line


def read_goals(form: Anatomy, heading: Heading, headings: Mapping[int, Heading], words: Vocabulary) -> int:
    """Read the texts below 预期目标 | 实际完成情况; return the first row behind them."""
    form.use(*heading.cells)
    row = heading.last + 1
    while row <= form.last and not _is_over(form, heading, row, headings, words):
        by_column = texts_of(form.area, row, heading)
        texts = {
            column.key or on_one_line(column.caption): text
            for column, text in by_column.items()
            if column.key != IGNORE
        }
        label = _row_label(form, heading, row)
        form.use(*_numbers(form, heading, row))
        is_room = form.keeps_empty and bool(form.area.filled(row))
        if any(text.text for text in texts.values()) or row == heading.last + 1 or is_room:
            form.use(*(text.cell for text in texts.values()))
            form.goals.extend(_goals(label or _label(form, heading), texts))
        row += 1
    return row


def _is_over(
    form: Anatomy, heading: Heading, row: int, headings: Mapping[int, Heading], words: Vocabulary
) -> bool:
    label = heading.label
    if row in headings or not form.area.row(row):
        return True
    if label is not None and label.last_row > heading.last:
        return row > label.last_row
    cells = form.area.filled(row)
    first = cells[0] if cells else None
    return row > heading.last + 1 and (
        first is None or words.knows(first.text, "fields", "labels") or ends_table(form.area, row, words)
    )


def _label(form: Anatomy, heading: Heading) -> Taken | None:
    return form.take(heading.label, on_one_line(heading.label.text)) if heading.label else None


def _row_label(form: Anatomy, heading: Heading, row: int) -> Taken | None:
    """The label of a goal in its own row: 目标1 | ⟨text⟩ | ⟨text⟩."""
    first = heading.columns[0].first
    cells = [c for c in form.area.filled(row) if c.end <= first and c is not heading.label]
    return (
        form.take(cells[-1], on_one_line(cells[-1].text)) if cells and is_goal_label(cells[-1].text) else None
    )


def _numbers(form: Anatomy, heading: Heading, row: int) -> list[Cell]:
    """What numbers a row of goals, and the caption of such numbers: 序号 | 1 | 2."""
    left = (*form.area.filled(row), *form.area.filled(heading.first))
    return [c for c in left if c.end <= heading.start and c is not heading.label]


def _goals(label: Taken | None, texts: Mapping[str, Taken]) -> list[GoalSeen]:
    """One goal, or those that both cells list by the same numbers (目标1：…, 完成目标1：…)."""
    listed = {key: goals_in(text.text) for key, text in texts.items()}
    expected = listed.get("expected", [])
    actual = texts.get("actual")
    if not expected or not _match(expected, listed.get("actual", []), actual):
        return [GoalSeen(label, texts)]
    expects = texts["expected"]
    rest = actual.text if actual and not listed.get("actual") else ""
    return [
        GoalSeen(
            expects.shortened(goal.label),
            {"expected": expects.shortened(goal.text)}
            | {
                key: text.shortened(next((g.text for g in listed[key] if g.number == goal.number), rest))
                for key, text in texts.items()
                if key != "expected"
            },
        )
        for goal in expected
    ]


def _match(expected: list[GoalText], actual: list[GoalText], text: Taken | None) -> bool:
    if text is None or not text.text:
        return True
    numbers = [goal.number for goal in expected]
    if len(numbers) == 1 and not actual:
        return True
    return len(set(numbers)) == len(numbers) and numbers == [goal.number for goal in actual]


def read_overall(form: Anatomy, heading: Heading) -> int:
    """Read the long-term and the annual goals of a declaration, which stand below their captions."""
    form.use(*heading.cells)
    row = heading.last + 1
    for column, text in texts_of(form.area, row, heading).items():
        caption = column.cells[-1]
        form.use(text.cell)
        form.overall.append((form.take(caption, on_one_line(caption.text)), text))
    return row + 1


def read_goal_row(form: Anatomy, cells: list[Cell], words: Vocabulary) -> bool:
    """Read a row with one goal: 年度目标 1：（50 分） | ⟨text⟩; whether it is one. Below the text of a goal
    目标完成情况 | ⟨text⟩ says what was reached of it."""
    label = cells[0]
    is_label = words.knows(label.text, "goal_labels") or is_goal_label(label.text)
    value = form.area.right_of(label)
    is_room = form.keeps_empty and len(cells) == 1 and value is not None
    if not is_label or value is None or not (is_room or (len(cells) == 2 and value is cells[1])):
        return False
    text = form.take(value)
    if words.find("goals", label.text) == "actual" and is_of_text(form.goals):
        form.use(label)
        form.goals[-1] = with_result(form.goals[-1], text)
        return True
    form.goals.append(
        GoalSeen(form.take(label, on_one_line(label.text)), {"text": text}, points_of(form, label))
    )
    return True


def read_numbered_row(form: Anatomy, cells: list[Cell], words: Vocabulary) -> bool:
    """Read 目标1 | ⟨text⟩ | 完成目标1 | ⟨text⟩ with the label of all goals at the left or without; with it
    also 总体目标 | ⟨text⟩ | 完成情况 | ⟨text⟩."""
    cells = form.area.row(cells[0].row)
    has_label = len(cells) == 5 and words.knows(cells[0].text, "goal_labels", "labels")
    rest = cells[1:] if has_label else cells
    captions = [words.find("goals", cell.text) for cell in rest[::2]]
    is_pair = has_label and captions == ["expected", "actual"]
    if len(rest) != 4 or not (is_pair or all(_numbered_label(cell) for cell in rest[::2])):
        return False
    form.use(*cells)
    if not (form.keeps_empty or rest[1].text or rest[3].text):
        return True
    texts = {"expected": form.take(rest[1]), "actual": form.take(rest[3])}
    form.goals.append(GoalSeen(form.take(rest[0], on_one_line(rest[0].text)), texts))
    return True


def _numbered_label(cell: Cell) -> bool:
    found = goal_label(plain(cell.text).removeprefix("完成").removeprefix("实际完成"))
    return found is not None and bool(found[0])


def is_of_text(goals: Sequence[GoalSeen]) -> bool:
    """Whether the last goal has a text and no number: the row below may say what was reached of it."""
    return bool(goals) and goals[-1].texts.keys() == {"text"} and not is_numbered(goals[-1])


def with_result(goal: GoalSeen, actual: Taken) -> GoalSeen:
    """A goal of which the row below says what was reached: its text is what was expected."""
    return goal._replace(texts={"expected": goal.texts["text"], "actual": actual})


def is_numbered(goal: GoalSeen) -> bool:
    """Whether a goal has a number: 年度目标2."""
    found = goal_label(goal.label.text) if goal.label else None
    return found is not None and bool(found[0])
