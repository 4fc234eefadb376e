"""Reads the rows of a table of indicators: levels by merge or from the row above, points, goals, targets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from model.recognition.anatomy import Anatomy, GoalSeen, Row, Taken, taken
from model.recognition.area import Cell
from model.recognition.captions import IGNORE, Vocabulary, plain
from model.recognition.heading import Heading, SeenColumn
from model.recognition.headings import goal_label, is_goal_label, is_label
from model.recognition.incoming import Mark
from model.recognition.level_rows import (
    doubted,
    level_in,
    level_name,
    levels_before,
    onto_rows_above,
    weighed_by_names,
)
from model.recognition.segments import is_title
from model.recognition.tables import Cells, cells_of, ends_table, is_note, is_same_heading, texts_of
from model.recognition.targets import joined_target
from model.recognition.texts import (
    is_figure,
    is_number,
    level_points,
    name_points,
    on_one_line,
    points_in,
    squeezed,
)

LEVELS = ("level1", "level2")
LEVEL_WEIGHTS = ("level1_weight", "level2_weight")
_VALUE = re.compile("\\s*[≥≤<>=＝＞＜≧≦]")  # what begins so is no name
_PAGE = re.compile(r"第[0-9]+页|共[0-9]+页|\(续(?:表)?\)")
FIGURES = ("weight", "score")


def read_indicators(
    form: Anatomy, heading: Heading, headings: Mapping[int, Heading], words: Vocabulary
) -> int:
    """Read the rows below a heading; return the first row behind the table."""
    return _Table(form, heading, headings, words).read()


@dataclass
class _Table:
    form: Anatomy
    heading: Heading
    headings: Mapping[int, Heading]
    words: Vocabulary
    _levels: tuple[Taken | None, Taken | None] = (None, None)
    _weights: dict[str, tuple[Taken | None, Taken]] = field(default_factory=dict)  # by level, as last printed
    _goal: int = 0

    def read(self) -> int:
        """Read the rows; where no column has their weights, numbers behind their names may be these."""
        begin = len(self.form.indicators)
        row = self._read_rows()
        if not any(column.key == "weight" for column in self.heading.columns):
            self.form.indicators[begin:] = weighed_by_names(self.form.indicators[begin:])
        self.form.indicators[begin:] = doubted(self.form.indicators[begin:])
        together = onto_rows_above(self.form.indicators[:begin], self.form.indicators[begin:])
        if together is not None:
            self.form.indicators[:] = together
        return row

    def _read_rows(self) -> int:
        """Go down the rows; a heading that comes again is skipped, another one ends the table."""
        self._use_heading(self.heading)
        row = self.heading.last + 1
        while row <= self.form.last:
            again = self.headings.get(row)
            if again is not None:
                if again.kind != "indicators" or not self._goes_on(again):
                    return row
                self._use_heading(again)
                row = again.last + 1
            elif self._is_note_between(row):
                self.form.notes.append(self.form.take(self.form.area.filled(row)[0]))
                row += 1
            elif self._is_page_title(row):
                self.form.use(*self.form.area.filled(row))
                row += 1
            elif self._ends(row):
                return row
            else:
                self._row(row)
                row += 1
        return row

    def _is_page_title(self, row: int) -> bool:
        """A title within a table stands at the top of the next page; so does what numbers the pages."""
        cells = self.form.area.filled(row)
        text = cells[0].text if len(cells) == 1 else ""
        is_number = cells and cells[0].is_line and _PAGE.search(plain(text)) is not None
        return bool(text) and (is_title(text) or bool(is_number))

    def _is_note_between(self, row: int) -> bool:
        """A note behind which the rows go on: the next one has a name, and a number under weight or score."""
        cells = self.form.area.filled(row)
        behind = next((at for at in range(row + 1, self.form.last + 1) if self.form.area.filled(at)), 0)
        if len(cells) != 1 or not is_note(cells[0].text, self.words) or not behind or behind in self.headings:
            return False
        texts = {c.key: text.text for c, text in texts_of(self.form.area, behind, self.heading).items()}
        is_row = bool(texts.get("name")) and any(is_number(texts.get(key, "")) for key in FIGURES)
        return is_row and not self._ends(behind)

    def _ends(self, row: int) -> bool:
        cells = self.form.area.filled(row)
        if cells and self._is_subtotal(cells):
            return False
        is_behind = ends_table(self.form.area, row, self.words) or self._is_pair_row(row)
        return is_behind or self._is_goal_row(row)

    def _goes_on(self, again: Heading) -> bool:
        """The same columns again, on the next page or of the next goal: read on with the levels known."""
        return is_same_heading(again, self.heading)

    def _use_heading(self, heading: Heading) -> None:
        self.heading = heading
        if not self.form.headings or not is_same_heading(heading, self.form.headings[-1]):
            self.form.headings.append(heading)
        self.form.use(*heading.cells)
        self._goal = _goal_of(self.form, heading.label, self.words) or self._goal or self._last_goal()

    def _last_goal(self) -> int:
        """The goal whose text stands above, where the goals of the form are numbered."""
        goals = self.form.goals
        last = goals[-1] if goals else None
        return (
            len(goals)
            if last and last.label and "text" in last.texts and _is_numbered(last.label.text)
            else 0
        )

    def _is_goal_row(self, row: int) -> bool:
        """A row with the label of the next goal and its text: 年度绩效目标 2（30 分） | ⟨text⟩."""
        cells = self.form.area.filled(row)
        return len(cells) in (1, 2) and is_goal_label(cells[0].text) and cells[0].rows == 1

    # --- one row

    def _row(self, row: int) -> None:
        area = self.form.area
        self._next_goal(row)
        cells = cells_of(area, row, self.heading)
        own = [cell for column in cells for cell in cells[column] if cell.row == row and cell.text]
        if own and self._take_level_row(own, cells):
            return
        if own and (self._is_subtotal(own) or self._is_across(own[0])):
            return
        self._take_levels(cells)
        is_filled = bool(own) and self._says_something(cells, row)
        if not is_filled and not (self.form.keeps_empty and self._is_room(row)):
            self.form.use(*(cell for column in cells for cell in cells[column] if column.key == "number"))
            return
        texts, more = self._texts(cells, row)
        if self._is_shifted(texts):
            texts, more = _out_of_line(texts), _out_of_line(more)
        self.form.indicators.append(Row(texts, more, self._goal))

    def _is_shifted(self, texts: Mapping[str, Taken]) -> bool:
        """Whether a level stands in the column of another one, or in that of the names."""
        found = {key: self.words.find("levels", text.text) for key, text in texts.items()}
        in_wrong = any(found.get(key) not in ("", "either", key, None) for key in LEVELS)
        name = texts.get("name")
        if name is not None and (is_number(name.text) or _VALUE.match(name.text)):
            return True
        if any(Mark.NOT_A_NUMBER in texts[key].marks for key in FIGURES if key in texts):
            return True
        return in_wrong or (found.get("name") == "level2" and not texts["name"].text.endswith("满意度"))

    @property
    def _has_levels(self) -> bool:
        return any(column.key in LEVELS for column in self.heading.columns)

    def _take_level_row(self, own: list[Cell], cells: Cells) -> bool:
        """Take a row that names a level and has no target, in a table without columns of levels."""
        if self._has_levels:
            return False
        by_key = {column.key: next((c for c in found if c.text), None) for column, found in cells.items()}
        named = by_key.get("name") or own[0]
        level = level_in(named.text, self.words)
        if level is None or any(by_key.get(key) not in (None, named) for key in ("target", "actual")):
            return False
        text = level_name(self.form.take(named))
        self._levels = (text, None) if level == "level1" else (self._levels[0], text)
        weight, points = by_key.get("weight"), level_points(named.text).points
        printed = taken(named, points, Mark.SPLIT) if points else taken(weight) if weight else None
        if printed is not None and is_number(printed.text):
            self._weights[f"{level}_weight"] = (text, printed)
            self.form.use(printed.cell)
        return True

    def _next_goal(self, row: int) -> None:
        """The goal may stand in the label at the left, merged over its rows."""
        for cell in self.form.area.row(row):
            if cell.text and cell.end <= self.heading.start and is_label(cell.text, self.words):
                goal = _goal_of(self.form, cell, self.words)
                if goal and goal != self._goal:
                    self._goal, self._levels = goal, (None, None)

    def _is_subtotal(self, own: list[Cell]) -> bool:
        return self.words.find("totals", own[0].text) == "subtotal"

    def _says_something(self, cells: Cells, row: int) -> bool:
        """Rows whose levels alone go on from above are dropped; one that begins a level stays."""
        return any(
            cell.row == row and cell.text
            for column, found in cells.items()
            for cell in found
            if column.key != "level1" and column.key != "number"
        )

    def _is_room(self, row: int) -> bool:
        """Whether an empty row has the cells of a row: three quarters of the columns begin a cell in it."""
        begin = [cell for cell in self.form.area.row(row) if cell.column >= self.heading.start]
        levels = sum(column.key in LEVELS for column in self.heading.columns)
        return len(begin) * 4 >= (len(self.heading.columns) - levels) * 3

    def _is_pair_row(self, row: int) -> bool:
        """A caption or a text across three columns and more, with another beside it, is behind the table."""
        cells = self.form.area.row(row)
        is_filled = len(cells) > 1 and bool(cells[0].text)
        return is_filled and any(self._is_across(cell) for cell in cells if cell.text or cell is cells[-1])

    def _is_across(self, cell: Cell) -> bool:
        """Whether a text goes across the table: alone it is a remark between its rows."""
        covered = [column.key for column in self.heading.columns if _covers(cell, column)]
        return len(covered) >= 3 and not {*covered} <= {*LEVELS, "name"}

    def _take_levels(self, cells: Cells) -> None:
        one, two = self._levels
        for column, found in cells.items():
            if column.key == "name" and any(self._is_over(cell, "level2") for cell in found):
                two = None
                one = None if any(self._is_over(cell, "level1") for cell in found) else one
        for column, found in cells.items():
            cell = next((cell for cell in found if cell.text), None)
            if cell is None or column.key not in LEVELS:
                continue
            text = self.form.take(cell)
            if column.key == "level1":
                two = two if one is not None and one.cell is cell else None
                one = text
            else:
                two = text
        self._levels = (one, two)

    def _is_over(self, cell: Cell, key: str) -> bool:
        """Whether the name of a row stands in the place of its level, too."""
        column = self.heading.column(key)
        return column is not None and bool(cell.text) and _covers(cell, column)

    def _texts(self, cells: Cells, row: int) -> tuple[dict[str, Taken], dict[str, Taken]]:
        texts: dict[str, Taken] = {}
        more: dict[str, Taken] = {}
        for column, text in texts_of(self.form.area, row, self.heading).items():
            if column.key in LEVELS or column.key == "number":
                self.form.use(*(cell for cell in cells[column] if cell.row == row))
                continue
            if column.key in LEVEL_WEIGHTS:
                text = self._level_weight(column.key, text, cells[column])
            self._put(texts, more, column, text)
            if text.marks & {Mark.JOINED, Mark.SPLIT}:
                self.form.use(*(cell for cell in cells[column] if cell.row == row))
        self._put_levels(texts, cells)
        self._weigh(texts)
        joined_target(texts)
        self.form.use(*(text.cell for text in (*texts.values(), *more.values())))
        return _checked(texts), more

    def _level_weight(self, key: str, text: Taken, cells: list[Cell]) -> Taken:
        """The weight of a level holds for all its rows: also where it is printed in the first alone."""
        level = self._levels[LEVEL_WEIGHTS.index(key)]
        printed = next((cell for cell in cells if cell.text), None)
        if printed is not None:
            self._weights[key] = (level, taken(printed))
            return taken(printed)
        before = self._weights.get(key)
        if (
            before is not None
            and level is not None
            and before[0] is not None
            and before[0].cell is level.cell
        ):
            return before[1].marked(Mark.FILLED_DOWN)
        return text

    def _put(self, texts: dict[str, Taken], more: dict[str, Taken], column: SeenColumn, text: Taken) -> None:
        if column.key == IGNORE:
            return
        if column.key and column.key not in texts:
            texts[column.key] = text
        elif column.key and text.text:  # a meaning twice: the first counts, both are to be looked at
            texts[column.key] = texts[column.key].marked(Mark.TWO_CANDIDATES)
            more[on_one_line(column.caption)] = text.marked(Mark.TWO_CANDIDATES)
        elif column.caption:
            more[on_one_line(column.caption)] = text

    def _put_levels(self, texts: dict[str, Taken], cells: Cells) -> None:
        """Levels of the row itself, or of a row above that goes on."""
        if not self._has_levels:
            self._put_levels_without_columns(texts)
            return
        for key, level in zip(LEVELS, self._levels, strict=True):
            found = next((found for column, found in cells.items() if column.key == key), None)
            if found is None or level is None:
                if found:
                    texts[key] = self.form.take(found[0], "")
                continue
            inside = level.cell in found
            texts[key] = level.marked(*([] if inside else [Mark.FILLED_DOWN]))
        if level1 := texts.get("level1"):
            name, points = level_points(on_one_line(level1.text))
            texts["level1"] = level1._replace(text=squeezed(name))
            if points:
                texts["level1_weight"] = level1.shortened(points, Mark.SPLIT)
        if level2 := texts.get("level2"):
            name, points = level_points(on_one_line(level2.text))
            texts["level2"] = level2._replace(text=name)
            if points:
                texts.setdefault("level2_weight", level2.shortened(points, Mark.SPLIT))

    def _put_levels_without_columns(self, texts: dict[str, Taken]) -> None:
        """Levels of rows of their own above, or of the name itself."""
        for key, level in zip(LEVELS, self._levels, strict=True):
            if level is not None:
                texts[key] = level.marked(Mark.FILLED_DOWN)
        if self._levels[0] is not None and "level1_weight" in self._weights:
            texts["level1_weight"] = self._weights["level1_weight"][1].marked(Mark.FILLED_DOWN)
        if "name" in texts and self._levels == (None, None):
            texts |= levels_before(texts["name"], self.words)

    def _weigh(self, texts: dict[str, Taken]) -> None:
        """Points behind a name are its weight; where a column says another one the name stays whole."""
        name = texts.get("name")
        found = name_points(name.text) if name else None
        if name is None or found is None or not found.points:
            return
        weight = texts.get("weight")
        if weight is None or not weight.text or weight.text == found.points:
            texts["name"] = name.shortened(found.name, Mark.SPLIT)
            if weight is None or not weight.text:
                texts["weight"] = name.shortened(found.points, Mark.SPLIT)


def _checked(texts: dict[str, Taken]) -> dict[str, Taken]:
    """What is no number where one belongs is marked."""
    for key in FIGURES:
        text = texts.get(key)
        if text is not None and text.text and not is_figure(text.text):
            texts[key] = text.marked(Mark.NOT_A_NUMBER)
    return texts


def _out_of_line(texts: Mapping[str, Taken]) -> dict[str, Taken]:
    return {key: text.marked(Mark.OUT_OF_LINE) for key, text in texts.items()}


def _covers(cell: Cell, column: SeenColumn) -> bool:
    return cell.overlap(column.first, column.end) == column.end - column.first


def _is_numbered(label: str) -> bool:
    found = goal_label(label)
    return found is not None and bool(found[0])


def _goal_of(form: Anatomy, label: Cell | None, words: Vocabulary) -> int:
    """Which goal a label at the left names; a new one is added. 0 where it names none."""
    if label is None:
        return 0
    form.use(label)
    if not _is_numbered(label.text):
        if form.block_label is None and points_in(label.text):
            form.block_label = form.take(label, squeezed(label.text))
        return 0
    known = [goal.label.cell for goal in form.goals if goal.label]
    if label in known:
        return known.index(label) + 1
    for number, goal in enumerate(form.goals, start=1):
        if goal.label and plain(goal.label.text) == plain(label.text):
            return number
    form.goals.append(GoalSeen(form.take(label, on_one_line(label.text)), {}, points_of(form, label)))
    return len(form.goals)


def points_of(form: Anatomy, label: Cell) -> Taken | None:
    """Return the points that the label of a goal names."""
    found = goal_label(label.text)
    return form.take(label, found[1], Mark.SPLIT) if found and found[1] else None
