"""Reads one form from its rows: title, head, the tables below each other, total, tail, notes, signatures."""

import re
from collections.abc import Mapping, Sequence

from model.recognition.anatomy import Anatomy, GoalSeen, Pair, Row, Taken, Zone
from model.recognition.area import Area, Cell
from model.recognition.captions import IGNORE, Vocabulary, plain
from model.recognition.goals import (
    is_of_text,
    read_goal_row,
    read_goals,
    read_numbered_row,
    read_overall,
    with_result,
)
from model.recognition.heading import Heading
from model.recognition.headings import is_label
from model.recognition.indicators import read_indicators
from model.recognition.money import (
    are_pairs,
    fund_row,
    read_funds,
    read_items,
    read_planned,
    read_projects,
    read_shares,
)
from model.recognition.own_tables import has_rooms, is_side_label, read_own_table, read_stacked
from model.recognition.segments import Segment, is_annex, is_title, is_year_line, title_row
from model.recognition.tables import is_note, is_section
from model.recognition.texts import (
    goals_in,
    is_figure,
    is_number,
    on_one_line,
    options_in,
    said_in,
    without_seal,
)
from model.recognition.total import take_total

_SENTENCE = re.compile("[。；！？]")
_LONGEST_CAPTION = 22


def read_segment(
    area: Area,
    segment: Segment,
    headings: Mapping[int, Heading],
    words: Vocabulary,
    keeps_empty: bool = False,
) -> Anatomy:
    """Return the parts of the form that stands in some rows of an area; rows of a table that nothing stands
    in are rows too where it `keeps_empty`."""
    form = Anatomy(area, segment.first, segment.last, keeps_empty=keeps_empty)
    return _Reader(form, headings, words).read()


class _Reader:
    def __init__(self, form: Anatomy, headings: Mapping[int, Heading], words: Vocabulary) -> None:
        self.form, self.headings, self.words = form, headings, words
        self.area = form.area
        self._in_head = False  # whether a caption with its text, or a table, was seen
        self._top = title_row(self.area, form.first, words)

    def read(self) -> Anatomy:
        row = self.form.first
        while row <= self.form.last:
            heading = self.headings.get(row)
            row = self._table(heading) if heading else self._row(row)
        return self.form

    def _table(self, heading: Heading) -> int:
        self._in_head = True
        form, rest = self.form, (self.form, heading, self.headings, self.words)
        outer = (cell for cell in self.area.filled(heading.first) if cell.end <= heading.start)
        form.use(*(cell for cell in outer if cell.rows > 1))
        if heading.kind == "funds" and are_pairs(self.area, heading):
            return self._fund_pairs(heading)
        if heading.kind not in ("indicators", "funds"):
            form.other_headings.append(heading)
        if heading.kind == "overall":
            return read_overall(form, heading)
        read = {
            "indicators": read_indicators,
            "funds": read_funds,
            "shares": read_shares,
            "projects": read_projects,
            "goals": read_goals,
            "items": read_items,
        }
        return read[heading.kind](*rest)

    # --- rows that are no table

    def _row(self, row: int) -> int:
        cells = self.area.filled(row)
        if not cells:
            return row + 1
        if self.form.keeps_empty and read_goal_row(self.form, cells, self.words):
            self._in_head = True
            return row + 1
        if len(cells) == 1 and (self._single(cells[0], row) or self._more_options(cells[0])):
            return row + 1
        if read_numbered_row(self.form, cells, self.words):
            self._in_head = True
            return row + 1
        if behind := read_planned(self.form, row, self.words) or self._own_table(row):
            self._in_head = True
            return behind
        if self._is_unknown_table(row):
            return cells[0].last_row + 1
        if self._is_unknown_heading(row):
            return row + 2
        if is_note(cells[0].text, self.words) and not said_in(cells[0].text, self.words):
            self._noted(cells)
        elif read_goal_row(self.form, cells, self.words):
            self._in_head = True
        else:
            self._pairs(row)
        return row + 1

    def _own_table(self, row: int) -> int:
        """Read captions over their texts: of the head, or of a table that only this form has."""
        for caption, value in (
            found := read_stacked(self.area, row, self.headings, self.words, self.form.keeps_empty)
        ):
            self.form.use(*caption.cells)
            self._put(caption.text, self.form.take(value), self._zone(), caption.cell)
        if found:
            return found[0][1].last_row + 1
        return read_own_table(self.form, row, self.headings, self.words)

    def _is_unknown_table(self, row: int) -> bool:
        """Whether a label is merged down beside a table that has no home here (资金管理情况): it is left."""
        label, *others = self.area.row(row)
        if not label.text or label.rows == 1 or not others or self._field(label.text):
            return False
        in_turn = all(self._is_caption(cell.text) for cell in others[::2] if cell.text) or has_rooms(others)
        is_heading = len(others) >= 3 and not any(is_number(cell.text) for cell in others)
        return not others[0].text or (is_heading and not in_turn)

    def _is_unknown_heading(self, row: int) -> bool:
        """Whether captions stand side by side over figures in a table that has no home here: it is left."""
        cells = self.area.filled(row)
        if len(cells) < 3 or not all(map(self._looks_like_caption, cells[-2:])):
            return False
        if any(self._field(cell.text) for cell in cells):
            return False
        figures = [cell for cell in self.area.filled(row + 1) if is_number(cell.text)]
        return len(figures) >= 2

    def _zone(self) -> Zone:
        if self.form.headings:
            return "tail"
        return "head" if self._in_head else "line"

    # --- single cells: title, note, a line of pairs, a caption with its text below

    def _single(self, cell: Cell, row: int) -> bool:
        if not self._in_head and self._title(cell):
            return True
        said = said_in(cell.text, self.words)
        if is_note(cell.text, self.words) or self._continues_note(row):
            self.form.notes.append(self.form.take(cell))
            return True
        if self._is_rest_of_note(cell):
            note = self.form.notes[-1]
            self.form.notes[-1] = note._replace(text=note.text + cell.text, cell=self.form.take(cell).cell)
            return True
        if (said and self._says(cell, self._zone())) or self._goes_on(cell):
            return True
        beside, below = self.area.right_of(cell), self.area.below(cell)
        if beside is None and self._asks_below(cell) and below and self._is_long_text(cell, below):
            self._pair(cell, below)
            return True
        if is_title(cell.text):
            self.form.use(cell)
        elif is_section(cell.text) and not cell.is_line:
            self._in_head = True
            self.form.sections.append(self.form.take(cell, on_one_line(cell.text)))
            return True
        elif cell.is_line and not self._in_head:
            self._forget_title()  # what stood above this line is not the title of the form below
        return is_title(cell.text)

    def _more_options(self, cell: Cell) -> bool:
        """Options of a second line beside a label that is merged down: each line is one to choose from."""
        label = next(
            (c for c in self.area.across(cell.row) if c.end == cell.column and c.row < cell.row), None
        )
        if label is None or not label.text or not options_in(cell.text):
            return False
        self._pair(label, cell)
        return True

    def _forget_title(self) -> None:
        self.form.used.difference_update(line.cell for line in self.form.title)
        self.form.title.clear()

    def _title(self, cell: Cell) -> bool:
        if is_annex(cell.text):
            self.form.annex = self.form.take(cell, on_one_line(cell.text))
            return True
        is_year = is_year_line(cell.text) and self.form.title
        if said_in(cell.text, self.words) or not (is_year or self._may_be_title(cell.text)):
            return False
        self.form.title.append(self.form.take(cell, on_one_line(cell.text)))
        return True

    def _is_of_title(self, cell: Cell) -> bool:
        """Whether a cell beside others belongs to the title: （2025年度） | … | 单位：元."""
        return is_title(cell.text) or is_year_line(cell.text)

    def _may_be_title(self, text: str) -> bool:
        found = plain(text)
        return len(found) <= 60 and not _SENTENCE.search(found) and ("表" in found or "年" in found[:8])

    def _continues_note(self, row: int) -> bool:
        """A numbered line below a note goes on with it."""
        notes = self.form.notes
        is_next = bool(notes) and notes[-1].cell.last_row + 1 >= row
        cell = self.area.filled(row)[0]
        return is_next and bool(re.match(r"\s*(?:[0-9]{1,2}[.、．]|[（(][0-9]{1,2}[)）]|[①-⑨])", cell.text))

    def _is_rest_of_note(self, cell: Cell) -> bool:
        """A line of a page that goes on with the note above: the page broke it."""
        notes = self.form.notes
        is_page = cell.is_line and cell.seen.place.kind == "page"
        is_next = bool(notes) and notes[-1].cell.is_line and notes[-1].cell.row + 1 == cell.row
        return is_page and is_next and not notes[-1].text.endswith("。")

    def _goes_on(self, cell: Cell) -> bool:
        """A line that was broken behind its last caption goes on with what the caption asks for."""
        last = self.form.pairs[-1] if self.form.pairs else None
        if last is None or last.value.text or not (cell.is_line and last.label.is_line):
            return False
        if last.label.row + 1 != cell.row or len(cell.text) > _LONGEST_CAPTION:
            return False
        self.form.pairs[-1] = last._replace(value=self.form.take(cell))
        return True

    def _is_long_text(self, cell: Cell, below: Cell) -> bool:
        """Whether the text below a caption without a place beside it is what it asks for."""
        is_alone = len(self.area.row(below.row)) == 1 and below.columns >= cell.columns
        is_caption = self._is_caption(below.text) or is_note(below.text, self.words)
        is_room = self.form.keeps_empty and not below.text
        return (is_room or bool(below.text)) and is_alone and not is_caption

    def _asks_below(self, cell: Cell) -> bool:
        """Whether a caption without a place beside it may have its text below; in a blank also one that
        only numbers a part."""
        is_asking = self.form.keeps_empty and is_section(cell.text)
        return is_asking or bool(self._field(cell.text))

    def _noted(self, cells: Sequence[Cell]) -> None:
        self.form.use(cells[0])
        self.form.notes.extend(self.form.take(cell) for cell in cells[1:])

    # --- captions with their texts

    def _field(self, text: str) -> str:
        return self.words.find("fields", text)

    def _is_caption(self, text: str) -> bool:
        return self.words.knows(text, "fields", "totals", "goal_labels", "goals") or bool(self._fund(text))

    def _fund(self, text: str) -> str:
        key = self.words.find("funds", text)
        return key if key not in ("label", "weight", "score", "reason") else ""

    def _pairs(self, row: int) -> None:
        """Read a row of captions and texts in turn; a total stands for itself, a label that is merged down
        beside them for all of them."""
        cells = self.area.row(row)
        number = 0
        if is_side_label(cells, self.words):
            self.form.sections.append(self.form.take(cells[0], on_one_line(cells[0].text)))
            number = 1
        while number < len(cells):
            cell = cells[number]
            value = cells[number + 1] if number + 1 < len(cells) else None
            if not cell.text or (not self._in_head and self._is_of_title(cell) and self._title(cell)):
                number += 1
            elif self._is_total(cell):
                take_total(self.form, cell, row, self.words)
                number += 1
            elif value is not None and self._names_money(cell):
                self._pair(cell, value)
                number += 2
            elif cell in self.form.used or self._says(cell, self._zone()):
                number += 1
            elif value is not None and self._is_pair(cell, value, len(cells)):
                self._pair(cell, value)
                number += 2
            else:
                self._alone(cell)
                number += 1

    def _names_money(self, cell: Cell) -> bool:
        """Whether a cell names a row of money, whose amount stands beside it: 其中：财政拨款 | 90."""
        value = self.area.right_of(cell)
        is_amount = value is not None and bool(value.text) and is_figure(value.text, unit=True)
        return is_amount and not self.form.headings and bool(fund_row(cell.text, self.words))

    def _alone(self, cell: Cell) -> None:
        """A caption without a place for a text, or the label of a block."""
        if is_label(cell.text, self.words) or self._is_caption(cell.text):
            self.form.use(cell)

    def _is_pair(self, cell: Cell, value: Cell, count: int) -> bool:
        if self._asks_itself(value) or (cell.text.rstrip()[-1:] in "：:" and self._says_field(value)):
            return False
        if value.text and self._is_caption(value.text) and not said_in(value.text, self.words):
            return False
        if self._names_money(value):
            return False
        if self._is_caption(cell.text):
            is_list = bool(self.words.find("goals", cell.text)) and bool(goals_in(value.text))
            return is_list or count == 2 or not said_in(value.text, self.words)
        return self._looks_like_caption(cell)

    def _asks_itself(self, cell: Cell) -> bool:
        """Whether a cell is a known caption with its own room behind a colon: 填报日期："""
        said = said_in(cell.text, self.words)
        return self._says_field(cell) and not said[0].value

    def _says_field(self, cell: Cell) -> bool:
        """Whether a cell holds a known caption, a colon, and what it asks for: 实施单位：某中心."""
        said = said_in(cell.text, self.words)
        return bool(said) and self.words.knows(said[0].caption, "fields")

    def _looks_like_caption(self, cell: Cell) -> bool:
        found = plain(cell.text)
        is_short = len(found) <= _LONGEST_CAPTION and not _SENTENCE.search(found)
        return (
            is_short
            and not is_number(found)
            and not is_label(cell.text, self.words)
            and not said_in(cell.text, self.words)
        )

    def _pair(self, cell: Cell, value: Cell) -> None:
        self._in_head = True
        self._put(on_one_line(cell.text), self.form.take(value), self._zone(), cell)

    def _says(self, cell: Cell, zone: Zone) -> bool:
        """Read a cell that holds captions and texts with colons; whether it is one."""
        said = said_in(cell.text, self.words)
        beside = self.area.right_of(cell)
        has_room = beside is not None and not self._says_field(beside)
        if not said or (len(said) == 1 and not said[0].value and has_room):
            return False
        if cell.is_line and not any(self.words.knows(one.caption, "fields", "totals") for one in said):
            return False  # a sentence of the text around
        for one in said:
            self._put(one.caption, self.form.take(cell, one.value), zone, cell)
        return True

    def _put(self, caption: str, value: Taken, zone: Zone, label: Cell) -> None:
        if self._field(caption) == IGNORE:
            self.form.used.discard(value.cell)
            return
        value = value._replace(text=without_seal(value.text)[0] or value.text)
        self.form.use(label)
        self._in_head = self._in_head or zone != "line" or not (label.is_line or label.row < self._top)
        goal = self.words.find("goals", caption)
        if (key := self._fund(caption)) and self._takes_fund(key):
            self._fund_text(key, value)
            self.form.paired.setdefault(key, on_one_line(caption))
        elif goal and not self._field(caption):
            self._goal_text(goal, value, label)
        else:
            self.form.pairs.append(Pair(caption, value, zone, label))

    def _goal_text(self, key: str, value: Taken, label: Cell) -> None:
        """A goal whose caption stands at the left of its text: 年度总体目标 | 预期目标 | ⟨text⟩; the text
        above what was reached is what was expected."""
        goals = self.form.goals
        if key == "actual" and is_of_text(goals):
            goals[-1] = with_result(goals[-1], value)
        elif goals and key not in goals[-1].texts and key != "expected":
            goals[-1] = goals[-1]._replace(texts={**goals[-1].texts, key: value})
        else:
            goals.append(GoalSeen(self._goal_label(label, value), {key: value}))

    def _goal_label(self, label: Cell, value: Taken) -> Taken | None:
        """The caption of a goal; where it stands in one cell with the text, what stands left of both."""
        if label is not value.cell:
            return self.form.take(label, on_one_line(label.text))
        left = [
            c for c in self.area.across(label.row) if c.end == label.column and is_label(c.text, self.words)
        ]
        return self.form.take(left[0], on_one_line(left[0].text)) if left else None

    # --- money that stands in pairs: 年初预算数 | 100 | 全年执行数 | 98

    def _fund_pairs(self, heading: Heading) -> int:
        self.form.use(heading.label)
        first = next(iter(self.area.filled(heading.first)))
        if (beside := self.area.right_of(first)) is not None and self._fund(beside.text):
            self.form.paired["label"] = on_one_line(first.text)
        self._pairs(heading.first)
        return heading.first + 1

    def _takes_fund(self, key: str) -> bool:
        """Whether a figure of money beside its caption is that of the form: no table has one."""
        first = self.form.funds[0].texts if self.form.funds else {}
        return self.form.funds_heading is None and key not in first

    def _fund_text(self, key: str, value: Taken) -> None:
        if not self.form.funds:
            self.form.funds.append(Row({}))
        first = self.form.funds[0]
        self.form.funds[0] = first._replace(texts={**first.texts, key: value})

    # --- the total

    def _is_total(self, cell: Cell) -> bool:
        return self.words.find("totals", cell.text) == "total" and bool(self.form.headings)
