"""What every part of a bureau's blank was taken for: to be looked at, changed and made into a form."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from model.forms.columns import FUND_COLUMNS, GOAL_COLUMNS, INDICATOR_COLUMNS, Column, Columns, by_key
from model.forms.definition import FormKind
from model.recognition.incoming import Place

PartKind = Literal[
    "title", "fields", "line", "funds", "table", "goals", "indicators", "total", "notes", "left"
]
PART_NAMES: dict[PartKind, str] = {
    "title": "标题",
    "fields": "表头",
    "line": "表外一行",
    "funds": "资金",
    "table": "表格",
    "goals": "目标",
    "indicators": "指标",
    "total": "总分",
    "notes": "注",
    "left": "没看懂",
}
OWN, OTHERS, IGNORED = "own", "others", "ignored"  # roles of what no rule knows
_NOT_OURS = {OWN: "原样一栏，单位填", OTHERS: "不填，留给财政局", IGNORED: "不要这一栏"}
FIELD_ROLES = {
    "text": "文字栏，单位填",
    "long": "长文字，单位填",
    "date": "日期",
    "money": "金额",
    "choice": "勾选",
    "total": "总分，程序算",
    "grade": "等级，程序算",
    "heading": "小标题，原样印",
    OTHERS: _NOT_OURS[OTHERS],
    IGNORED: _NOT_OURS[IGNORED],
}
_BESIDE = ("goal", "direction", "level", "core", "term", "points", "side", "amount", "share")


class Item(NamedTuple):
    """A caption of the blank and what it was taken for: the key of a column, or a role of a field.

    `why` says what is to be looked at ("" for nothing). `above` are captions that a column shares with its
    neighbours; `choices` the options to tick, `limit` the most characters, as the blank prints them; `at`
    where an exchange file has the text of a field, `key` what a field is called within the form.
    """

    caption: str
    role: str
    place: Place
    why: str = ""
    above: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    limit: int = 0
    key: str = ""
    at: str = "fields"


class MoneyRow(NamedTuple):
    """A row of money: its key (fiscal, carried …), what the blank calls it, what it prints in its cells."""

    key: str
    caption: str
    fixed: Mapping[str, str]
    place: Place


class Part(NamedTuple):
    """A part of the blank from its first to its last cell; `texts` are lines of a title or of notes, of goals
    the captions of one goal, of a total what stands beside it; `is_listed`: a table for each goal."""

    kind: PartKind
    places: tuple[Place, ...]
    items: tuple[Item, ...] = ()
    label: str = ""
    rows: tuple[MoneyRow, ...] = ()
    texts: tuple[str, ...] = ()
    why: str = ""
    name: str = ""

    @property
    def called(self) -> str:
        """How the window calls it."""
        return self.name or PART_NAMES[self.kind]


class Level(NamedTuple):
    """A level-1 block with the points that the blank prints ("" for none) and its level-2 names."""

    name: str
    points: str
    level2: tuple[str, ...] = ()


class Proposal(NamedTuple):
    """A form as proposed.

    `execution` are the points of the execution ("" for none), `execution_rows` the indicators that it is
    scored by, `per_goal` the captions of a goal whose table of indicators is repeated for each. `rules` are
    the entries of the regulation, as in its file, where the clerk changed them; None for those of the
    regulation of that id. `levels_in`: points stand in the names of levels; `weights_in`: in those of rows.
    `given` are the indicators that the blank prints itself: texts by the captions of their columns, levels
    by their keys. `full_marks` is what all points should add up to, as the clerk said. `appendix` stands
    above the title: 附件2.
    """

    file: str
    sheet: str
    name: str
    kind: FormKind
    region: str
    edition: str
    parts: tuple[Part, ...]
    levels: tuple[Level, ...] = ()
    money_unit: str = "万元"
    is_landscape: bool = False
    is_scored: bool = True
    execution: str = ""
    execution_rows: tuple[str, ...] = ()
    execution_why: str = ""
    per_goal: tuple[str, ...] = ()
    has_goal_text: bool = False
    has_goal_points: bool = False
    levels_in: bool = False
    weights_in: bool = False
    regulation: str = "national"
    rules: Mapping[str, Any] | None = None
    form_id: str = ""
    given: tuple[Mapping[str, str], ...] = ()
    full_marks: str = "100"
    appendix: str = ""

    def doubts(self) -> Iterator[tuple[int, int, str]]:
        """Yield what is to be looked at: the part, the item in it (-1 for the part itself), why."""
        for n, part in enumerate(self.parts):
            if part.why:
                yield n, -1, part.why
            yield from ((n, m, item.why) for m, item in enumerate(part.items) if item.why)

    @property
    def is_in_doubt(self) -> bool:
        """Whether something is to be looked at."""
        return bool(self.execution_why) or any(True for _ in self.doubts())

    def part(self, kind: PartKind) -> Part | None:
        """Return the first part of a kind."""
        return next((part for part in self.parts if part.kind == kind), None)

    def with_role(self, part: int, item: int, role: str) -> "Proposal":
        """Return the same with another role of an item, which nobody need look at any more.

        A role of a column that another one of the part had is taken from that.
        """
        found = self.parts[part]
        items = list(found.items)
        is_table = found.kind in ("funds", "table", "goals", "indicators")
        if is_table and role not in (OWN, OTHERS, IGNORED):
            items = [_unless(one, role) for one in items]
        items[item] = items[item]._replace(role=role, why="")
        return self.with_part(part, found._replace(items=tuple(items), why=""))

    def with_part(self, number: int, part: Part) -> "Proposal":
        """Return the same with another part in its place."""
        parts = (*self.parts[:number], part, *self.parts[number + 1 :])
        return self._replace(parts=parts)


def _unless(item: Item, role: str) -> Item:
    why = f"“{item.caption}”原来也当作这一栏，请选它的意思。"
    return item._replace(role=OWN, why=why) if item.role == role else item


def roles(kind: PartKind) -> dict[str, str]:
    """Return what an item of a part may be taken for, with what the clerk reads."""
    if kind == "table":
        return {"label": "名称", **_NOT_OURS}
    is_table = kind in ("funds", "goals", "indicators")
    return _named(known_columns(kind)) | _NOT_OURS if is_table else FIELD_ROLES


def _named(columns: Columns) -> dict[str, str]:
    return {key: column.name for key, column in columns.items() if key not in _BESIDE}


def is_execution(part: Part) -> bool:
    """Whether a table of money has an execution with its budget."""
    found = {item.role for item in part.items}
    return "executed" in found and bool(found & {"budget", "initial"})


def is_planned(part: Part) -> bool:
    """Whether a table of money only says what is asked for."""
    return {item.role for item in part.items if item.role != IGNORED} == {"label", "initial"}


def known_columns(kind: PartKind) -> Columns:
    """Return the columns that rules or recognition know in a table."""
    tables = {"funds": FUND_COLUMNS, "goals": _GOALS, "table": _NAMES}
    return tables.get(kind, INDICATOR_COLUMNS)


_NAMES = by_key((Column("label", name="名称"),))
_GOALS = by_key((*GOAL_COLUMNS.values(), Column("adjusted", name="调整后目标")))
