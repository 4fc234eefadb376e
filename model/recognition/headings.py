"""Headings of tables: which rows they take, what each column means, which label stands at their left."""

import re
from collections.abc import Callable, Sequence

from model.recognition.area import Area, Cell
from model.recognition.captions import Vocabulary, bare, plain
from model.recognition.heading import Heading, HeadingKind, SeenColumn, keyed
from model.recognition.heading_years import (
    DATED,
    YEAR,
    latest,
    of_the_whole_year,
    of_the_year,
    two_years,
    year_above,
    year_of_captions,
)
from model.recognition.texts import is_number

DEEPEST = 3  # rows of a heading
_LETTERS = re.compile(r"[A-Za-z0-9()/=*×÷+\-%①-⑳]+")
_SOURCES = re.compile(r"(?:资金|经费|预算|支出).*(?:来源|构成|类别|性质|类型|渠道)$")
_SOURCE = re.compile(r"资金|拨款|预算|收入|财政|自筹|其他|其它|合计|小计|总额|中央|[省市区县]级|债券|结转")
_NAMES = ("label", "number")  # columns whose captions may be the label of the block, merged further down
_OWN_NAME = ("名称", "内容", "指标")  # below 一级指标: the level itself, beside its weight
_WEIGHT_OF = {"level1": "level1_weight", "level2": "level2_weight"}
_BELOW = {"funds": "fund_rows", "indicators": "indicators_below"}  # what may stand below captions of a group
_AMOUNTS = ("initial", "adjustment", "budget", "arrived", "executed")


def find_headings(area: Area, words: Vocabulary) -> dict[int, Heading]:
    """Return the headings of an area by their first row."""
    found: dict[int, Heading] = {}
    row = 0
    while row < area.height:
        heading = heading_at(area, row, words)
        if heading:
            found[row] = heading
        row = heading.last + 1 if heading else row + 1
    return found


def heading_at(area: Area, row: int, words: Vocabulary) -> Heading | None:
    """Return the heading that begins in a row, if one does."""
    if len(area.filled(row)) < 2:
        return None
    for kind, group, is_enough in _KINDS:
        heading = read_heading(area, row, words, kind, group)
        if heading and is_enough(heading):
            return heading
    return _goals_heading(area, row, words)


def _is_indicators(heading: Heading) -> bool:
    """Name and target and one more; or name with weight and score, and a result, a level or a number."""
    keys = heading.keys
    if "name" not in keys:
        return False
    if keys >= {"level1", "weight", "score"} or keys >= {"number", "weight", "score"}:
        return True
    return len(keys) >= 3 and ("target" in keys or ("actual" in keys and bool(keys & {"weight", "score"})))


def _is_funds(heading: Heading) -> bool:
    """Budget and what was spent; names of tasks or of projects before them make it another table."""
    keys = heading.keys
    first = next((n for n, column in enumerate(heading.columns) if column.key in _AMOUNTS), 0)
    before = (c for c in heading.columns[:first] if c.caption and not c.key and len(c.cells) == 1)
    if any(not DATED.fullmatch(plain(c.caption)) and not year_of_captions(c.cells[:-1]) for c in before):
        return False
    if _is_plan(heading):
        return True
    return "executed" in keys and bool(keys & {"budget", "initial", "arrived"})


def _is_plan(heading: Heading) -> bool:
    """Names of sources and what is budgeted for them, nothing else: the money of a declaration."""
    keys = tuple(column.key for column in heading.columns)
    return heading.label is not None and keys in (("label", "initial"), ("label", "budget"))


def _is_items(heading: Heading) -> bool:
    return heading.keys >= {"state", "problem"}


def _is_shares(heading: Heading) -> bool:
    return heading.keys >= {"amount", "share"}


def _is_projects(heading: Heading) -> bool:
    keys = heading.keys
    return "name" in keys and bool(keys & {"current_year_budget", "total_budget"}) and len(keys) >= 3


_KINDS: tuple[tuple[HeadingKind, str, Callable[[Heading], bool]], ...] = (
    ("indicators", "indicators", _is_indicators),
    ("shares", "shares", _is_shares),
    ("projects", "projects", _is_projects),
    ("funds", "funds", _is_funds),
    ("items", "items", _is_items),
)


# --- rows and columns


def read_heading(area: Area, row: int, words: Vocabulary, kind: HeadingKind, group: str) -> Heading | None:
    """Return the heading of a table whose captions are of one group, if two of them stand in a row."""
    found = [cell for cell in area.filled(row) if words.find(group, cell.text) and cell.rows <= DEEPEST]
    known = [cell for cell in found if words.find(group, cell.text) not in _NAMES]
    is_plan = group == "funds" and len(found) == 2 and len(known) == 1
    is_across = group == "funds" and _are_sources_across(area, row, words)
    shares = known and _shares_row_below(area, row, words, group)
    if len(known) < 2 and not (is_plan or is_across or shares):
        return None
    last = row + 1 if is_across else _last_row(area, row, words, group, known)
    columns = _columns(area, row, last, words, group)
    columns = of_the_whole_year(columns)
    columns = of_the_year(columns, year_above(area, row), words, group)
    columns = _of_the_total(columns, words) if kind == "funds" else columns
    columns = _with_name(columns, last, words) if kind == "indicators" else columns
    columns, label = _without_label(area, row, last, columns, words)
    if kind == "indicators" and _begins_below(area, row, columns):
        return None
    if kind == "indicators":
        columns = _weighted(_named(latest(columns, words), words))
    columns = two_years(columns) if kind == "shares" else columns
    columns = _sourced(columns) if kind == "funds" else columns
    return Heading(kind, row, _letters(area, last), tuple(columns), label) if columns else None


def _are_sources_across(area: Area, row: int, words: Vocabulary) -> bool:
    """Whether sources of money stand side by side, each over the same amounts: 财政资金 | 其他资金 above
    年初预算数 | 全年执行数 | 年初预算数 | 全年执行数."""
    wide = [cell for cell in area.filled(row) if cell.columns > 1 and cell.rows == 1]
    sources = [
        cell for cell in wide if _SOURCE.search(plain(cell.text)) and not words.find("funds", cell.text)
    ]
    below = [[c for c in area.filled(row + 1) if cell.column <= c.column < cell.end] for cell in sources]
    keys = [[words.find("funds", cell.text) for cell in cells] for cells in below]
    return len(keys) > 1 and all("executed" in one and len(one) > 1 for one in keys)


def _begins_below(area: Area, row: int, columns: Sequence[SeenColumn]) -> bool:
    """Whether room is left over the name: what stands above belongs to no heading (年初预算数 | ⟨⟩ | …)."""
    name = next((column for column in columns if column.key == "name"), None)
    above = area.at(row, name.first) if name is not None else None
    return above is not None and above.row == row and above.rows == 1 and not above.text


def _shares_row_below(area: Area, row: int, words: Vocabulary, group: str) -> bool:
    below = area.filled(row + 1)
    return sum(bool(words.find(group, cell.text)) for cell in below) >= 2


def _last_row(area: Area, row: int, words: Vocabulary, group: str, known: Sequence[Cell]) -> int:
    """The last row of a heading: where its captions are merged down to, or sub-captions stand alone."""
    last = max((cell.last_row for cell in known), default=row)
    while last > row and any(is_number(cell.text) for cell in area.filled(last)):
        last -= 1  # one that is merged further down is the label of its block
    while last - row + 1 < DEEPEST and _is_under(area, row, last + 1, words, group):
        last += 1
    return last


def _is_under(area: Area, top: int, row: int, words: Vocabulary, group: str) -> bool:
    """Whether a row holds nothing but captions under those above: no text of its own beside them."""
    cells = area.filled(row)
    if not cells or any(cell.rows > DEEPEST for cell in cells):
        return False
    groups = (group, _BELOW[group]) if group in _BELOW else (group,)
    known = [cell for cell in cells if words.knows(cell.text, *groups) or YEAR.fullmatch(plain(cell.text))]
    above = {plain(cell.text) for cell in area.filled(top)}
    return len(known) == len(cells) and len(cells) >= 2 and {plain(cell.text) for cell in cells} != above


def _letters(area: Area, last: int) -> int:
    """A row below a heading that only names its columns (A, B, B/A or 1, 2, 3) belongs to it."""
    cells = area.filled(last + 1)
    texts = [plain(cell.text) for cell in cells]
    named = len(cells) >= 3 and all(map(_LETTERS.fullmatch, texts))
    return last + 1 if named and any(re.search("[A-Z①-⑳]", text) for text in texts) else last


def _columns(area: Area, row: int, last: int, words: Vocabulary, group: str) -> list[SeenColumn]:
    """The columns under a heading: neighbours below one caption are one column."""
    columns: list[SeenColumn] = []
    for place in range(area.width):
        cells = _stack(area, row, last, place)
        if columns and cells and columns[-1].cells == cells:
            columns[-1] = SeenColumn(columns[-1].key, cells, columns[-1].first, place + 1)
        elif cells:
            columns.append(SeenColumn(_key(area, cells, last, words, group), cells, place, place + 1))
    return columns


def _stack(area: Area, row: int, last: int, place: int) -> tuple[Cell, ...]:
    """The captions above a column, from the uppermost to the deepest."""
    found = dict.fromkeys(area.at(at, place) for at in range(row, last + 1))
    cells = tuple(cell for cell in found if cell is not None and cell.row >= row)
    return tuple(cell for cell in cells if cell.text) or _spread(area, row, last, place)


def _spread(area: Area, row: int, last: int, place: int) -> tuple[Cell, ...]:
    """An empty place is a column of its own only where the heading has one row: of the label at the left."""
    cell = area.at(row, place)
    return (cell,) if cell is not None and last == row else ()


def _key(area: Area, cells: tuple[Cell, ...], last: int, words: Vocabulary, group: str) -> str:
    """The deepest caption says what a column is; an upper one does so for the only column below it."""
    deepest = words.find(group, cells[-1].text)
    if deepest == "weight" and len(cells) > 1:
        return _WEIGHT_OF.get(words.find(group, cells[-2].text), deepest)
    if deepest or len(cells) == 1:
        return deepest
    upper = words.find(group, cells[-2].text)
    if upper in ("target", "actual") and (key := words.find("indicators_below", cells[-1].text)):
        return key
    if group == "funds" and words.find("fund_rows", cells[-1].text) == "total":
        return upper
    if cells[-2].columns == cells[-1].columns or plain(cells[-1].text) in _OWN_NAME:
        return upper
    return ""


def _of_the_total(columns: list[SeenColumn], words: Vocabulary) -> list[SeenColumn]:
    """Of columns of one meaning below the names of several sources those below 合计 count."""
    totals = {c.key for c in columns if c.key and _is_below_total(c, words)}
    return [keyed(c, "") if c.key in totals and not _is_below_total(c, words) else c for c in columns]


def _is_below_total(column: SeenColumn, words: Vocabulary) -> bool:
    return any(words.find("fund_rows", cell.text) == "total" for cell in column.cells[:-1])


def _without_label(
    area: Area, row: int, last: int, columns: list[SeenColumn], words: Vocabulary
) -> tuple[list[SeenColumn], Cell | None]:
    """Take the label at the left of a table off its columns: merged further down, or named so."""
    named = (n for n, column in enumerate(columns) if column.key not in ("", *_NAMES))
    first_known = next(named, len(columns))
    for number, column in enumerate(columns[: first_known + 1]):
        cell = column.cells[0]
        reasons = (cell.last_row > last, is_label(cell.text, words))
        is_again = cell.last_row > last and any(c.key == column.key for c in columns[number + 1 :])
        if cell.text and (any(reasons) if number < first_known else all(reasons) or is_again):
            return columns[number + 1 :], cell
    unnamed = first_known > 0 and not any(column.caption for column in columns[:first_known])
    return columns[first_known:] if unnamed else columns, None


def is_label(text: str, words: Vocabulary) -> bool:
    """Whether a text is the label of a block: 绩效指标, 项目资金（万元）, 年度绩效目标 1（30分）."""
    return words.knows(text, "labels", "goal_labels") or is_goal_label(text)


_GOAL = re.compile(
    r"(?P<words>(?:年度|长期|中期|总体|本年|本年度|当年|近期)?(?:绩效|总体|工作)*目标)"
    r"(?:\((?P<in_brackets>[0-9一二三四五六七八九十]{1,3})\)|(?P<number>[0-9一二三四五六七八九十]{0,3}))"
    r":?(?:\((?P<points>[0-9.]*)分?\))?:?"
)


def goal_label(text: str) -> tuple[str, str] | None:
    """Return number and points of the label of a goal, None if it is none.

    年度目标 1：（50 分） gives ("1", "50").
    """
    match = _GOAL.fullmatch(plain(text))
    if match is None:
        return None
    return match["in_brackets"] or match["number"] or "", match["points"] or ""


def is_goal_label(text: str) -> bool:
    """Whether a text is the label of one goal of several, or of one with points."""
    found = goal_label(text)
    return (found is not None and any(found)) or bool(found and "分)" in plain(text))


def _with_name(columns: list[SeenColumn], last: int, words: Vocabulary) -> list[SeenColumn]:
    """序号 | 绩效指标 | 年初目标值: what elsewhere labels the block names its rows, as it ends with the
    heading and a number stands before it."""
    keys = [column.key for column in columns]
    n = keys.index("number") + 1 if "number" in keys and "name" not in keys else len(keys)
    if n < len(keys) and not keys[n] and columns[n].cells[0].last_row <= last:
        return [*columns[:n], *_named(columns[n : n + 1], words), *columns[n + 1 :]]
    return columns


def _named(columns: list[SeenColumn], words: Vocabulary) -> list[SeenColumn]:
    """Where no column is the name, one that is only called 绩效指标 is."""
    keys = {column.key for column in columns}
    if "name" in keys:
        return columns
    weak = [n for n, column in enumerate(columns) if words.find("indicators_weak", column.caption)]
    if len(weak) == 1:
        columns[weak[0]] = keyed(columns[weak[0]], "name")
    return columns


def _weighted(columns: list[SeenColumn]) -> list[SeenColumn]:
    """A weight right of a level is that of the level, where the next level or another weight stands behind:
    its caption is the same as that of the weight of the rows. Where the first column is one, each weight is
    that of what stands right of it."""
    keys = [column.key for column in columns]
    if keys[:2] == ["weight", "level1"] and keys.count("weight") > 1:
        behind = {n: _WEIGHT_OF.get(key, "weight") for n, key in enumerate(keys[1:]) if keys[n] == "weight"}
        return [keyed(column, behind.get(n, column.key)) for n, column in enumerate(columns)]
    for n in range(1, len(columns)):
        rest = keys[n + 1 :]
        is_levels = keys[n - 1] == "level1" and rest[:1] == ["level2"]
        if keys[n] == "weight" and keys[n - 1] in _WEIGHT_OF and (is_levels or "weight" in rest):
            columns[n] = keyed(columns[n], _WEIGHT_OF[keys[n - 1]])
    return columns


def _sourced(columns: list[SeenColumn]) -> list[SeenColumn]:
    """Where no column is called as names of money are, the first one that speaks of sources has them."""
    if not columns or any(column.key == "label" for column in columns):
        return columns
    is_sources = not columns[0].key and bool(_SOURCES.search(bare(columns[0].caption)))
    return [keyed(columns[0], "label"), *columns[1:]] if is_sources else columns


# --- goals


def _goals_heading(area: Area, row: int, words: Vocabulary) -> Heading | None:
    """What is to be reached beside what was; or the long-term and the annual goals of a declaration."""
    cells = area.filled(row)
    chain = _chain(cells, words)
    rooms = [area.at(row, cell.end) for _, cell in chain[:-1]]
    if chain and all(cell is None or cell.text for cell in rooms):  # no room between them
        ends = [cell.column for _, cell in chain[1:]] + [chain[-1][1].end]
        columns = tuple(
            SeenColumn(key, (cell,), cell.column, end) for (key, cell), end in zip(chain, ends, strict=True)
        )
        last = max(cell.last_row for _, cell in chain)
        behind = (cell for cell in cells if cell.column >= chain[-1][1].end)
        columns += tuple(SeenColumn("", (cell,), cell.column, cell.end) for cell in behind)
        labels = [cell for cell in cells if words.find("indicators", cell.text) != "number"]
        return Heading(
            "goals", row, min(last, row + DEEPEST - 1), columns, _left_of(labels, columns[0].first)
        )
    terms = [cell for cell in cells if _TERM.fullmatch(plain(cell.text))]
    if len(terms) == 2 and terms[0].end == terms[1].column and terms[1] is cells[-1]:
        columns = tuple(SeenColumn("goal", (cell,), cell.column, cell.end) for cell in terms)
        return Heading("overall", row, row, columns, _left_of(cells, terms[0].column))
    return None


_TERM = re.compile(r"(?:长期|中长期|中期|年度|总体)目标(?:\(.*\))?")


def _chain(cells: Sequence[Cell], words: Vocabulary) -> list[tuple[str, Cell]]:
    """Captions side by side, nothing between them, that end with the result, each meaning once."""
    keyed = [(words.find("goals", cell.text), cell) for cell in cells]
    last = next((n for n, (key, _) in reversed(list(enumerate(keyed))) if key == "actual"), None)
    if last is None:
        return []
    chain = [keyed[last]]
    for key, cell in reversed(keyed[:last]):
        if not key or key in [known for known, _ in chain]:
            break
        chain.insert(0, (key, cell))
    return chain if chain[0][0] == "expected" else []


def _left_of(cells: Sequence[Cell], column: int) -> Cell | None:
    """The label nearest to a table at its left."""
    return next((cell for cell in reversed(cells) if cell.end <= column), None)
