"""Two versions of a document held against each other: cell by cell, text by text, with what follows."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from model.basics import number
from model.basics.metrics import Metrics
from model.document.answers import (
    ACCOUNTS,
    GOALS,
    INDICATORS,
    MONEY_UNIT,
    Answers,
    CellId,
    FormAnswers,
    FormKey,
    is_last_years,
)
from model.paper.annex import annex_grid
from model.paper.grid import Grid
from model.reading.evidence import HIDDEN
from model.reading.reading import Form, Reading
from model.report.captions import place_of

EXPLANATION = "修改说明"
ADDED, REMOVED, NOTHING = "（新增）", "（删去）", "（空）"
_COLUMNS = (("序号", 14.0), ("表", 46.0), ("位置", 58.0), ("原来", 75.0), ("现在", 76.0))
_HIDDEN = ("goal", "term", MONEY_UNIT, *HIDDEN)  # columns and cells that only tie rows together


class Difference(NamedTuple):
    """A place where two versions differ: the form and the cell, in words where, and both texts.

    `cell` is "" for what is no cell, such as a total; it is one of the newer version where that has it.
    """

    key: FormKey
    form: str
    cell: CellId
    place: str
    before: str
    after: str

    @property
    def is_text(self) -> bool:
        """Whether it is running text rather than a figure or a word."""
        return max(len(self.before), len(self.after)) > 40


def compare(old: Reading, new: Reading, old_answers: Answers, new_answers: Answers) -> tuple[Difference, ...]:
    """Return what differs, form by form in the order of the newer version, then forms that are gone."""
    found = [
        Difference("", "自评簿", "", name, before or NOTHING, after or NOTHING)
        for name, before, after in (
            ("单位", old_answers.unit, new_answers.unit),
            ("年度", old_answers.year, new_answers.year),
        )
        if before != after
    ]
    for key in dict.fromkeys((*new_answers.forms, *old_answers.forms)):
        found += _of_form(key, _Side(old, old_answers, key), _Side(new, new_answers, key))
    return tuple(found)


def in_words(differences: Iterable[Difference]) -> str:
    """Return how much differs: 6 格、2 段文字; "" where nothing does."""
    found = list(differences)
    texts = sum(one.is_text for one in found)
    parts = ((len(found) - texts, "格"), (texts, "段文字"))
    return "、".join(f"{count} {name}" for count, name in parts if count)


def explanation(
    differences: Iterable[Difference], unit: str, year: str, before: str, after: str, metrics: Metrics
) -> Grid:
    """Return the 修改说明 as a sheet to print: what stood there, what stands there now."""
    rows = [
        (str(n), one.form, one.place, one.before, one.after) for n, one in enumerate(differences, start=1)
    ]
    title = f"{EXPLANATION}（{before}与{after}比较）"
    footer = f"{unit} · {year} 年度 · {EXPLANATION}"
    return annex_grid(
        title, footer, _COLUMNS, rows or [("", "", "没有不同", "", "")], metrics, figures=("序号",)
    )


class _Side:
    """One of the two versions of a form: what was typed, and what it is called."""

    def __init__(self, reading: Reading, answers: Answers, key: FormKey) -> None:
        self.answers: FormAnswers | None = answers.forms.get(key)
        self.form: Form | None = next((form for form in reading.forms if form.key == key), None)
        self._reading = reading

    @property
    def name(self) -> str:
        """How the form is called."""
        if self.form is None:
            return "部门决算"
        project = self.form.project
        return f"{self.form.definition.name} · {project}" if project else self.form.definition.name

    def place(self, cell: CellId) -> str:
        """Where a cell stands."""
        library = self._reading.library
        if self.form is not None and library is not None:
            return place_of(self.form, library, cell)
        if self._reading.accounts is None:
            return cell
        from model.accounts.places import place  # late: most documents have no accounts

        return place(self._reading.accounts, cell)

    def row(self, block: str, row: str) -> str:
        """A row in words: what stands in it."""
        assert self.answers is not None
        of_row = ((cell, text) for cell, text in self.answers.texts.items() if cell.startswith(f"{row}."))
        cells = (text for cell, text in of_row if cell.rpartition(".")[2] not in _HIDDEN)
        name = self.answers.text(f"{row}.name") or self.answers.text(f"{row}.text")
        return " ".join((name or "，".join(cells) or block).split())


def _of_form(key: FormKey, old: _Side, new: _Side) -> Iterator[Difference]:
    if old.answers is None or new.answers is None:
        side, said = (old, (old.name, REMOVED)) if new.answers is None else (new, (ADDED, new.name))
        yield Difference(key, side.name, "", "整张表", *said)
    elif old.answers is not new.answers:
        yield from _rows(key, old, new, old.answers, new.answers)
        yield from _cells(key, old, new, old.answers, new.answers)
        yield from _figures(key, old, new)


def _rows(
    key: FormKey, old: _Side, new: _Side, before: FormAnswers, after: FormAnswers
) -> Iterator[Difference]:
    """Rows that came, went, or stand in another order."""
    for block in dict.fromkeys((*before.rows, *after.rows)):
        was, now = before.rows.get(block, ()), after.rows.get(block, ())
        for row in was:
            if row not in now:
                place = old.place(f"{row}.{_first_column(block)}")
                yield Difference(key, new.name, "", place, old.row(block, row), REMOVED)
        for row in now:
            if row not in was:
                cell = f"{row}.{_first_column(block)}"
                yield Difference(key, new.name, cell, new.place(cell), ADDED, new.row(block, row))
        both = [row for row in was if row in now]
        if both != [row for row in now if row in was]:
            yield Difference(key, new.name, "", "行的顺序", "原来的顺序", "换了顺序")


def _first_column(block: str) -> str:
    return {INDICATORS: "name", GOALS: "label"}.get(block, "name")


def _cells(
    key: FormKey, old: _Side, new: _Side, before: FormAnswers, after: FormAnswers
) -> Iterator[Difference]:
    """Texts that are others, where both versions have the row."""
    rows = {row: True for side in (before, after) for ids in side.rows.values() for row in ids}
    shared = {row for row in rows if all(any(row in ids for ids in s.rows.values()) for s in (before, after))}
    for cell in dict.fromkeys((*after.texts, *before.texts)):
        row, _, column = cell.rpartition(".")
        if before.text(cell) == after.text(cell) or column in _HIDDEN or is_last_years(cell):
            continue
        if row in rows and row not in shared:
            continue
        side = new if cell in after.texts else old
        yield Difference(
            key, new.name, cell, side.place(cell), before.text(cell) or NOTHING, after.text(cell) or NOTHING
        )


def _figures(key: FormKey, old: _Side, new: _Side) -> Iterator[Difference]:
    """Total and grade, which follow from the rest."""
    if key == ACCOUNTS or old.form is None or new.form is None or not new.form.definition.is_scored:
        return
    one, other = old.form.sheet, new.form.sheet
    for name, before, after in (
        ("总分", _shown(one.total), _shown(other.total)),
        ("等级", one.grade or NOTHING, other.grade or NOTHING),
    ):
        if before != after:
            yield Difference(key, new.name, "", name, before, after)


def _shown(value: Decimal | None) -> str:
    return number.show(value) if value is not None else NOTHING
