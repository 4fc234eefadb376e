"""Tables of a blank: what each column of money, goals and indicators is, the rows of money, levels, goals."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from model.forms.definition import bare as same_text
from model.recognition.anatomy import Anatomy, GoalSeen, Row
from model.recognition.area import Cell
from model.recognition.blank import is_hint
from model.recognition.captions import IGNORE, Vocabulary, bare, plain
from model.recognition.goals import is_numbered
from model.recognition.heading import Heading, SeenColumn
from model.recognition.loader import vocabulary
from model.recognition.money import fund_row
from model.recognition.texts import PLACEHOLDERS, on_one_line, points_in, squeezed
from model.workshop.captions import FOR_OTHERS, is_for_others
from model.workshop.proposal import OTHERS, OWN, Item, Level, MoneyRow, Part, Proposal, known_columns

NOT_KNOWN = "程序不认识“{caption}”，照原样留一栏，由单位填写。"
PLANNED = "金额"
TWICE = "有两栏都像“{name}”，这一栏照原样保留。"
ACROSS = "“{group}”下面的“{caption}”照原样保留；执行率按前面一组的数算，请核对。"
OTHER_NAME = "“{caption}”当作“{usual}”。"
_EXECUTION = re.compile(r"(?:预算|资金|财政资金)?(?:预算)?执行(?:率|进度|情况)(?:指标)?")
_RATES = ("arrival_rate",)  # meanings that a caption may have and that no rule knows
_DROPPED = ("number", "level1_weight", "level2_weight")  # the form numbers and weighs its rows itself


# --- columns


def columns_of(heading: Heading, kind: str, keep: Iterable[str] = ()) -> tuple[Item, ...]:
    """Return what each column of a heading is taken for, in order; each meaning of a rule once."""
    known = known_columns(kind)  # type: ignore[arg-type]
    found: list[Item] = []
    taken: set[str] = set()
    for column in heading.columns:
        if column.key in _DROPPED or column.key == IGNORE:
            continue
        key = column.key if column.key in known and column.key not in _RATES else ""
        is_again = key in taken
        role, why = (key, "") if key and not is_again else _unknown(column, is_again, known)
        if kind == "funds" and not (column.caption or key or taken):
            role, why = "label", ""
        if not column.caption and role != "label":
            continue
        taken.add(role)
        found.append(Item(column.caption, role, _place(column), why, above=_above(column)))
    return tuple(found)


def _unknown(column: SeenColumn, is_again: bool, known: Mapping[str, object]) -> tuple[str, str]:
    if is_for_others(column.caption):
        return OTHERS, FOR_OTHERS
    if is_again and column.cells[:-1]:
        group = on_one_line(column.cells[0].text)
        return OWN, ACROSS.format(group=group, caption=column.caption)
    if is_again:
        return OWN, TWICE.format(name=getattr(known[column.key], "name", column.caption))
    if column.key or vocabulary().knows(column.caption, "besides"):
        return OWN, ""  # it is told by its caption, and no rule asks for it
    return OWN, NOT_KNOWN.format(caption=column.caption)


def _place(column: SeenColumn):  # type: ignore[no-untyped-def]
    return column.cells[-1].seen.place


def _above(column: SeenColumn) -> tuple[str, ...]:
    """The captions over the deepest one that are not its own again."""
    upper = (on_one_line(cell.text) for cell in column.cells[:-1] if cell.text)
    return tuple(text for text in upper if same_text(text) != same_text(column.caption))


# --- money


def money_parts(form: Anatomy, words: Vocabulary) -> Iterator[tuple[int, Part]]:
    """Yield the tables of money with the row in which each begins."""
    begins = [begin for _, begin in form.money]
    ends = [*begins[1:], len(form.funds)] if begins else []
    for (heading, begin), end in zip(form.money, ends, strict=True):
        rows = tuple(_money_rows(form.funds[begin:end], words))
        items = _with_label(columns_of(heading, "funds"), rows, heading)
        first = heading.label or heading.columns[0].cells[0]
        places = (first.seen.place, *(row.place for row in rows))
        label = on_one_line(heading.label.text) if heading.label else ""
        yield heading.first, Part("funds", places, items, label, rows, why=_renamed(rows, words))
    if not form.money and form.funds:
        yield _beside(form, words)


def _beside(form: Anatomy, words: Vocabulary) -> tuple[int, Part]:
    """Amounts that stand beside their captions: 年初预算数 | 100 | 全年执行数 | 98."""
    texts = form.funds[0].texts
    cells = [text.cell for text in texts.values()]
    items = tuple(
        Item(form.paired.get(key) or words.usual("funds", key), key, text.cell.seen.place)
        for key, text in texts.items()
    )
    label = form.paired.get("label", "")
    if "label" in texts:  # only planned, row by row
        rows = tuple(_money_rows(form.funds, words))
        items = tuple(item._replace(caption="" if item.role == "label" else PLANNED) for item in items)
        return cells[0].row, Part("funds", tuple(row.place for row in rows), items, label, rows)
    row = MoneyRow("total", "", {}, cells[0].seen.place)
    return min(cell.row for cell in cells), Part(
        "funds", tuple(cell.seen.place for cell in cells), items, label, (row,)
    )


def _with_label(items: tuple[Item, ...], rows: Sequence[MoneyRow], heading: Heading) -> tuple[Item, ...]:
    """Names of rows want a column: where the heading has none they stand in that of the label."""
    if any(item.role == "label" for item in items) or not any(row.caption for row in rows):
        return items
    return (Item("", "label", items[0].place), *items)


def _money_rows(rows: Sequence[Row], words: Vocabulary) -> Iterator[MoneyRow]:
    rows = _total_first(rows, words)
    captions = [on_one_line(row.texts["label"].text).strip() if "label" in row.texts else "" for row in rows]
    taken = {key: n for n in range(len(rows), 1, -1) if (key := _exact_row(captions[n - 1], words))}
    for n, (row, caption) in enumerate(zip(rows, captions, strict=True), start=1):
        label = row.texts.get("label")
        key = "total" if n == 1 else fund_row(caption, words)
        key = key if key and taken.setdefault(key, n) == n else f"row_{n}"
        texts = row.texts.values()
        fixed = {
            name: text.text
            for name, text in row.texts.items()
            if n > 1 and name in ("weight", "rate", "score") and text.text and text.text in PLACEHOLDERS
        }
        begin = (
            label.cell.row if label else 0
        )  # cells that are merged down from a row above have no text of it
        fixed |= {name: "" for name, text in row.texts.items() if n > 1 and text.cell.row < begin}
        cell = label.cell if label else next(iter(texts)).cell
        yield MoneyRow(key, caption, fixed, cell.seen.place)


def _total_first(rows: Sequence[Row], words: Vocabulary) -> list[Row]:
    """The rows with the sum of all before those that make it: the first row is the one that is measured."""
    named = [fund_row(row.texts["label"].text, words) if "label" in row.texts else "" for row in rows]
    at = named.index("total") if named.count("total") == 1 else 0
    return [*rows[at : at + 1], *rows[:at], *rows[at + 1 :]]


def _exact_row(caption: str, words: Vocabulary) -> str:
    """The row of money that is called so, word for word: 其他资金, where 单位资金 stands above it."""
    key = fund_row(caption, words)
    return key if key and _row_name(caption) == plain(words.usual("fund_rows", key)) else ""


def _row_name(caption: str) -> str:
    return plain(caption).removeprefix("其中").strip(":、")


def _renamed(rows: Sequence[MoneyRow], words: Vocabulary) -> str:
    """Say which rows are known under another name."""
    said = []
    for row in rows[1:]:
        name = _row_name(row.caption)
        if row.key in words.groups["fund_rows"] and name and name != plain(words.usual("fund_rows", row.key)):
            said.append(OTHER_NAME.format(caption=name, usual=words.usual("fund_rows", row.key)))
    return "；".join(said)


# --- tables of no kind that is known


def own_tables(form: Anatomy) -> Iterator[tuple[int, Part]]:
    """Yield the tables that only this form has, with the row in which each begins."""
    for table in form.tables:
        roles = ["label"] * table.is_named + [OWN] * len(table.heading.columns)
        items = tuple(
            Item(caption, OTHERS if is_for_others(caption) else role, _place(column))
            for caption, column, role in zip(table.captions, table.heading.columns, roles, strict=False)
        )
        yield table.heading.first, _table(table.heading, items, table.rows if table.is_named else ())
    heading = next((one for one in form.other_headings if one.kind == "items"), None)
    if heading is not None and form.items:
        columns = [c for c in heading.columns if c.key in ("state", "problem")]
        items = tuple(Item(c.caption, OWN, _place(c), key=c.key) for c in columns)
        named_by = next((c.caption for c in heading.columns if c.key in ("", "label")), "")
        items = (Item(named_by, "label", _place(heading.columns[0])), *items)
        yield heading.first, _table(heading, items, form.items)


def _table(heading: Heading, items: tuple[Item, ...], rows: Sequence[Row]) -> Part:
    """A table with the rows whose names are printed; where none are, the clerk adds them."""
    labels = [row.texts["label"] for row in rows]
    if not any(label.text for label in labels):
        labels = []
        items = tuple(item._replace(role=OWN) if item.role == "label" else item for item in items)
    printed = tuple(
        MoneyRow(f"row_{n}", on_one_line(label.text), {}, label.cell.seen.place)
        for n, label in enumerate(labels, start=1)
    )
    first = heading.label or heading.columns[0].cells[0]
    label = on_one_line(heading.label.text) if heading.label else ""
    return Part("table", (first.seen.place, *(row.place for row in printed)), items, label, printed)


# --- goals


class GoalsSeen(NamedTuple):
    """How a form has its goals: a table of texts or none; captions of a goal with indicators of its own."""

    row: int
    part: Part | None
    per_goal: tuple[str, ...] = ()
    has_text: bool = False
    has_points: bool = False


def goals_of(form: Anatomy, words: Vocabulary) -> GoalsSeen | None:
    """Return how a form has its goals; None where it has none."""
    numbered = [goal for goal in form.goals if goal.label and is_numbered(goal)]
    if numbered and any(row.goal for row in form.indicators):
        return _per_goal(numbered)
    heading = next((h for h in form.other_headings if h.kind == "goals"), None)
    if heading is not None:
        items = tuple(item for item in columns_of(heading, "goals") if item.caption)
        first = heading.label or heading.columns[0].cells[0]
        label = on_one_line(heading.label.text) if heading.label else ""
        below = [text.cell.seen.place for goal in form.goals for text in goal.texts.values()]
        return GoalsSeen(heading.first, Part("goals", (first.seen.place, *below), items, label))
    return _in_rows(form, words) if form.goals else None


def _per_goal(goals: Sequence[GoalSeen]) -> GoalsSeen:
    cells = [goal.label.cell for goal in goals if goal.label]
    pattern = _goal_caption(cells[0].text)
    has_text = any("text" in goal.texts for goal in goals)
    part = Part("goals", tuple(cell.seen.place for cell in cells), (), "", texts=(pattern,))
    return GoalsSeen(cells[0].row, part, (pattern,), has_text, "{points}" in pattern)


_NUMBER = re.compile(r"[0-9]+|[一二三四五六七八九十](?=[:：（(\s]|$)")
_POINTS = re.compile(r"[（(]\s*[0-9.]*\s*(分?)\s*[)）]")


def _goal_caption(text: str) -> str:
    """A caption of a goal as a pattern: 年度绩效目标 1（  分） is 年度绩效目标 {n}（{points}分）."""
    found = " ".join(on_one_line(text).replace("{", "").replace("}", "").split())
    found = _POINTS.sub("（{points}分）", found, count=1)
    head, points, tail = found.partition("（{points}")
    return _NUMBER.sub("{n}", head, count=1) + points + tail


def _in_rows(form: Anatomy, words: Vocabulary) -> GoalsSeen:
    """Goals beside their captions: 年度目标 | ⟨text⟩, or what is expected and what was reached in turn."""
    goal = form.goals[0]
    keys = [key for key in ("text", "expected", "adjusted", "actual") if key in goal.texts]
    cells: list[Cell] = [goal.texts[key].cell for key in keys]
    label = squeezed(goal.label.text) if goal.label else "年度目标"
    if len(keys) == 1:
        items: tuple[Item, ...] = (Item("", keys[0], cells[0].seen.place),)
    else:
        items = tuple(
            Item(words.usual("goals", key), key, cell.seen.place)
            for key, cell in zip(keys, cells, strict=True)
            if key != "text"
        )
        label = "年度目标"
    first = goal.label.cell if goal.label else cells[0]
    return GoalsSeen(
        first.row, Part("goals", (first.seen.place, *(c.seen.place for c in cells)), items, label)
    )


# --- indicators


def levels_of(form: Anatomy) -> tuple[Level, ...]:
    """Return the level-1 blocks with points as printed, and the level-2 names in their order."""
    names: dict[str, dict[str, None]] = {}
    points: dict[str, set[str]] = {}
    for row in form.indicators:
        level1, level2 = (row.texts[key].text if key in row.texts else "" for key in ("level1", "level2"))
        if _EXECUTION.fullmatch(bare(level1)) or not (level1 or level2):
            continue
        names.setdefault(level1, {})
        if level2:
            names[level1][squeezed(level2)] = None
        weight = row.texts.get("level1_weight")
        points.setdefault(level1, set()).add(weight.text if weight else "")
    return tuple(
        Level(name, next(iter(points[name])) if len(points[name]) == 1 else "", tuple(level2))
        for name, level2 in names.items()
        if name or level2
    )


def given_rows(form: Anatomy, found: Proposal) -> tuple[Mapping[str, str], ...]:
    """Return the indicators that a blank prints itself, each by the captions of its columns; none where it
    leaves all of them to the clerk."""
    if found.per_goal or not any(_prints(row) for row in form.indicators):
        return ()
    captions = {column.key: column.caption for column in form.columns if column.key}
    return tuple(dict(_given(row, captions)) for row in form.indicators)


def _prints(row: Row) -> bool:
    name = row.texts.get("name")
    return name is not None and not is_hint(name.text)


def _given(row: Row, captions: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The texts of a row: levels by their keys, all others by the captions of their columns."""
    for key, text in row.texts.items():
        if key in ("level1", "level2"):
            yield key, on_one_line(text.text)
        elif key in captions and key not in (*_DROPPED, "number") and not is_hint(text.text):
            yield captions[key], text.text
    for caption, text in row.more.items():
        if not is_hint(text.text):
            yield caption, text.text


def execution_rows(form: Anatomy) -> tuple[str, ...]:
    """Return the names of the rows of indicators that are the execution of the budget."""
    found: dict[str, None] = {}
    for row in form.indicators:
        for key in ("name", "level2", "level1"):
            text = row.texts[key].text if key in row.texts else ""
            if text and _EXECUTION.fullmatch(bare(text)):
                found[bare(text)] = None
                break
    return tuple(found)


def has_points_in(form: Anatomy, key: str, of: str) -> bool:
    """Whether the points of levels or rows stand in the cells of their names."""
    return any(
        key in row.texts and of in row.texts and row.texts[key].cell is row.texts[of].cell
        for row in form.indicators
    )


def execution_points(form: Anatomy) -> str:
    """Return the points of the execution as the blank prints them, "" where it does not."""
    if form.funds_points is not None:
        return form.funds_points.text
    weight = form.funds[0].texts.get("weight") if form.funds else None
    text = weight.text.strip() if weight else ""
    if text and text not in PLACEHOLDERS:
        return text.removesuffix("分").strip()
    heading = form.funds_heading
    captions = [cell.text for cell in heading.cells] if heading else []
    return next(filter(None, map(points_in, captions)), "")
