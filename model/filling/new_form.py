"""A form that was filled in goes over to a newer version of its form: entries by what they are, none lost.

What has no place in the new version is named, and kept with the form as an entry of its own (`left_behind`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import NamedTuple

from model.basics import number
from model.basics.amount import Amount
from model.document.answers import (
    GOALS,
    INDICATORS,
    LAST,
    MONEY_UNIT,
    CellId,
    FormAnswers,
)
from model.filling.blank import blank_form
from model.filling.correspondence import Correspondence, correspondence
from model.filling.merging import is_touched
from model.filling.new_rows import with_rows_of
from model.forms.definition import FormDefinition, FundsBlock
from model.reading.amounts import LABEL, UNDER
from model.reading.left_behind import Left, with_left_behind
from model.reading.reading import Form

_PLACED = ("goal", "level1", "level2")  # where an indicator belongs: kept whatever a form prints
AS_ROW = "新表样没有这一行，作为自己加的一行保留。"
TWICE = "有几处同名，请核对放得对不对。"


class Went(NamedTuple):
    """A cell of the form before, the one that its text is in now, and why to look at it ("" for nothing)."""

    cell: CellId
    now: CellId
    why: str = ""


@dataclass(frozen=True)
class Moved:
    """A form in its new version: `went` in the order of the form before, `left`, and what else to know."""

    before: Form
    answers: FormAnswers
    went: tuple[Went, ...]
    left: tuple[Left, ...]
    notes: tuple[str, ...]


def moved(form: Form, new: FormDefinition) -> Moved:
    """Return a form filled in by another version of its definition: as one goes over to the other."""
    return _Moving(form, new).moved()


class _Moving:
    """Says of each cell where it goes."""

    def __init__(self, form: Form, new: FormDefinition) -> None:
        self.form, self.old, self.new = form, form.definition, new
        self.answers = form.answers
        self.same: Correspondence = correspondence(self.old, new)
        self.blank = blank_form(new, self.answers.unit, self.answers.year)
        self.money = {block.id: block for block in new.money_blocks}
        self.rows = {name: list(ids) for name, ids in self.answers.rows.items()}
        self.added: dict[tuple[str, str], str] = {}  # rows of money that the new form does not have
        self.renamed: dict[str, str] = {}  # of tables whose ids begin otherwise
        self.more: dict[CellId, str] = {}  # texts of rows that are made

    def moved(self) -> Moved:
        """Return the form as it is then."""
        self._tables()
        self._added_rows()
        untouched = self._untouched()  # the new form begins with rows of its own
        cells = [c for c in self.answers.texts if c.partition(".")[0] not in untouched]
        homes = {cell: self.home(cell) for cell in cells}
        texts, went, left = self._placed(homes)
        made = replace(
            self.answers,
            definition=self.new.id,
            texts={cell: text for cell, text in (texts | self.more).items() if text},
            rows={name: tuple(ids) for name, ids in self.rows.items() if ids},
            given=self._kept(self.answers.given),
            imported=self._kept(self.answers.imported),
            sources=self._kept(self.answers.sources),
            replies={(c, at): r for (c, cell), r in self.answers.replies.items() if (at := self.home(cell))},
        )
        made = with_left_behind(made, left)
        rows = with_rows_of(made, untouched, self.blank, self.new, self.same.levels)
        notes = (*self._notes(), *rows.notes)
        return Moved(self.form, rows.form, tuple(went), tuple(left), notes)

    # --- cells

    def home(self, cell: CellId) -> CellId:
        """Return where the text of a cell goes, "" where nowhere."""
        row, _, column = cell.rpartition(".")
        if not row:
            return self.same.fields.get(cell, "") if cell in self.old.fields else cell
        if row in self.answers.indicators:
            return self._in_row(row, column, INDICATORS, self._printed)
        if row in self.answers.goals:
            return self._in_row(row, column, GOALS, {*self.old.goal_parts, "points"})
        if (money := self.form.money_row(row)) is not None:
            return self._in_money(money[0], money[1].key, row, column)
        if (table := self.form.table_of(row)) is not None:
            to = self.same.columns.get(table.id, {}).get(column, "")
            return f"{self.renamed.get(row, row)}.{to}" if to else ""
        return cell

    @cached_property
    def _printed(self) -> set[str]:
        return {column.key for column in self.old.indicator_columns if column.is_printed}

    def _in_row(self, row: str, column: str, table: str, printed: "set[str]") -> CellId:
        """A column that the form before does not print stays what it is."""
        last = LAST if column.startswith(LAST) else ""
        key = column.removeprefix(LAST)
        if key not in printed or key in _PLACED:
            return f"{row}.{column}"
        to = self.same.columns[table].get(key, "")
        return f"{row}.{last}{to}" if to else ""

    def _in_money(self, block: FundsBlock, key: str, row: str, column: str) -> CellId:
        to = self.same.tables.get(block.id, "")
        other = self.money.get(to)
        columns = {LABEL: LABEL, UNDER: UNDER} | dict(self.same.columns.get(block.id, {}))
        if other is None or column not in columns:
            return ""
        is_typed_row = row in self.answers.rows.get(block.id, ())
        at = (self.renamed.get(row, row) if is_typed_row else "") or self.added.get((block.id, key), "")
        if at:
            return f"{at}.{columns[column]}"
        found = next((r for r in other.rows if r.key == self.same.rows[block.id].get(key)), None)
        into = next((c for c in other.columns if c.key == columns[column]), None)
        if found is None or into is None or into.key in found.fixed or other.computes(found, into):
            return ""
        return found.cell(into.key)

    def _placed(self, homes: Mapping[CellId, CellId]) -> tuple[dict[CellId, str], list[Went], list[Left]]:
        """The texts in their new cells; of two that want one the printed one, which comes first, has it."""
        texts: dict[CellId, str] = {}
        went: list[Went] = []
        left: list[Left] = []
        for cell, now in sorted(homes.items(), key=lambda pair: pair[0] == pair[1]):
            text = self.answers.text(cell)
            if not now or now in texts:
                if text.strip() and not cell.endswith((".goal", f".{UNDER}")):
                    left.append(Left(self.form.where(cell), text))
                continue
            texts[now] = self._converted(cell, text)
            went.append(Went(cell, now, TWICE if self._is_in_doubt(cell) else ""))
        return self._in_place(texts), went, left

    def _is_in_doubt(self, cell: CellId) -> bool:
        return cell in self.same.in_doubt or cell.rpartition(".")[0] in self.same.in_doubt

    def _in_place(self, texts: dict[CellId, str]) -> dict[CellId, str]:
        """Rows below others stand below what these are now; rows of goals belong to a goal that there is."""
        for block in self.old.money_blocks:
            for row in self.answers.rows.get(block.id, ()):
                cell = f"{self.renamed.get(row, row)}.{UNDER}"
                if cell in texts:
                    texts[cell] = self.same.rows[block.id].get(texts[cell], texts[cell])
        goals = self.rows.get(GOALS, []) if self.new.indicators.per_goal else []
        for row in self.answers.indicators:
            if texts.get(f"{row}.goal", "") not in goals:
                texts[f"{row}.goal"] = goals[0] if goals else ""
        return texts

    @cached_property
    def _money_cells(self) -> frozenset[CellId]:
        return frozenset(self.form.amount_cells())

    def _converted(self, cell: CellId, text: str) -> str:
        """An amount in the unit of the new form, where the form says in none of its own what it is."""
        if cell not in self._money_cells or not self._is_other_unit:
            return text
        value = number.parse_number(text)
        old, new = self.old.money_unit, self.new.money_unit
        return text if value is None else number.plain(Amount(value, old).to(new).number)

    @property
    def _is_other_unit(self) -> bool:
        return not self.answers.text(MONEY_UNIT) and self.old.money_unit != self.new.money_unit

    def _kept(self, texts: Mapping[CellId, str]) -> dict[CellId, str]:
        return {now: text for cell, text in texts.items() if (now := self.home(cell))}

    # --- rows

    def _tables(self) -> None:
        """Rows that were added stay in their table; a goal is there where the new form has goals."""
        tables = {b.id for b in self.old.money_blocks} | {b.id for b in self.old.row_blocks}
        for name, ids in self.answers.rows.items():
            to = self.same.tables.get(name, "")
            if name not in tables:
                continue
            del self.rows[name]
            if to:
                self.renamed |= {row: f"{to[0]}{row[1:]}" for row in ids if to[0] != name[0]}
                self.rows[to] = [self.renamed.get(row, row) for row in ids]
        if not self.blank.goals:
            self.rows.pop(GOALS, None)
        elif not self.rows.get(GOALS):
            self.rows[GOALS] = list(self.blank.goals)
            self.more |= {
                c: t for c, t in self.blank.texts.items() if c.partition(".")[0] in self.blank.goals
            }

    def _added_rows(self) -> None:
        """Rows of money with amounts that the new form does not have are rows that the clerk added."""
        for block in self.old.money_blocks:
            other = self.money.get(self.same.tables.get(block.id, ""))
            if other is None or not other.has(LABEL):
                continue
            under = other.rows[0].key
            for row in block.rows:
                under = self.same.rows[block.id].get(row.key, under)
                start = f"{row.at}."
                is_filled = any(c.startswith(start) and t.strip() for c, t in self.answers.texts.items())
                if row.key not in self.same.rows[block.id] and is_filled:
                    self.added[block.id, row.key] = self._row(other, row.caption, under)

    def _row(self, block: FundsBlock, caption: str, under: str) -> str:
        ids = self.rows.setdefault(block.id, [])
        row = next(name for n in count(1) if (name := f"{block.id[0]}{n}") not in ids)
        ids.append(row)
        self.more |= {f"{row}.{LABEL}": caption, f"{row}.{UNDER}": under}
        return row

    def _untouched(self) -> set[str]:
        """The indicators in which stands no more than the form before prints itself."""
        printed = [{k: t for k, t in row.items() if t.strip()} for row in self.old.given_rows]
        return {
            row
            for row in self.answers.indicators
            if not is_touched(self.answers, row) or _said(self.answers, row) in printed
        }

    # --- what else to know

    def _notes(self) -> Iterator[str]:
        rows = {block.id: {row.key: row.caption for row in block.rows} for block in self.old.money_blocks}
        for block, key in self.added:
            yield f"资金“{rows[block][key]}”：{AS_ROW}"
        if self._is_other_unit:
            yield f"金额单位由{self.old.money_unit}改为{self.new.money_unit}，金额已换算。"
        old, new = self.old.full_marks, self.new.full_marks
        if self.old.is_scored and self.new.is_scored and old != new:
            said = f"满分由 {number.plain(old)} 分改为 {number.plain(new)} 分"
            yield f"{said}，填过的分值和得分照原样保留，请核对。"
        points = {level.name: level.points for level in self.new.level1}
        for level in self.old.level1:
            now = points.get(self.same.levels.get(level.name, ""))
            if now is not None and level.points is not None and now != level.points:
                said = f"{number.plain(level.points)} 分改为 {number.plain(now)} 分"
                yield f"“{level.name}”由 {said}，请核对各行分值。"


def _said(form: FormAnswers, row: str) -> dict[str, str]:
    start = f"{row}."
    texts = {c.removeprefix(start): t for c, t in form.texts.items() if c.startswith(start) and t.strip()}
    return {key: text for key, text in texts.items() if key != "goal"}
