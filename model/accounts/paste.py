"""A block pasted into the list of subjects: which column is which, rows of 项, and what is not taken."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from model.accounts import figures
from model.accounts.definition import LEVELS, AccountsDefinition
from model.accounts.subjects import code_of
from model.basics import number
from model.basics.number import is_nothing

CODE, NAME, SKIP = "code", "name", ""
LIST_COLUMNS = {
    "年初预算": "budget",
    "年初预算数": "budget",
    "全年预算": "full",
    "全年预算数": "full",
    "用途": "use",
    "主要用途": "use",
    "原因": "reason",
    "主要原因": "reason",
}
_NAME_WORDS = ("科目名称", "名称")
_CODE_PART = re.compile(r"[0-9]{2,3}|[0-9]{5}|[0-9]{7}")
_TOTALS = ("合计", "总计", "栏次")
_LOWEST = max(LEVELS)
_SECTION = 5  # digits of a 款


class Pasted(NamedTuple):
    """What a block means: its columns by path ("" is not taken), rows of 项 as texts by path, rows of sums.

    `left` are rows that are neither, with their number from 1 and their text; nothing of them is taken.
    `coarse` are sums by 款 of whose 项 the block has none: their amounts are in no row.
    """

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    sums: int
    left: tuple[tuple[int, str], ...]
    coarse: tuple[tuple[int, str], ...] = ()


def read_pasted(
    block: Sequence[Sequence[str]], definition: AccountsDefinition, table: str = "t3"
) -> Pasted | None:
    """Return what a block means; None where no column holds codes of subjects.

    Columns are known by their headings, else by place: after code and name come the columns of `table`, or
    only those that are typed where there are fewer. A code may stand in one column or in three.
    """
    rows = [tuple(" ".join(cell.split()) for cell in row) for row in block]
    code_columns = _code_columns(rows)
    if not code_columns:
        return None
    last = max(code_columns) + 1
    first = next(n for n, row in enumerate(rows) if any(map(_is_code, row[:last])))
    columns = _columns(rows, first, code_columns, definition, table)
    return _read(rows, columns, code_columns)


# --- columns


def _code_columns(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The column that holds most codes of seven digits, else the three that hold their parts."""
    width = max(map(len, rows), default=0)
    whole = {col: sum(_is_item(row[col]) for row in rows) for col in range(width)}
    if any(whole.values()):
        return (max(whole, key=lambda col: whole[col]),)
    for col in range(width - 2):
        three = (col, col + 1, col + 2)
        if any(len(_code(row, three)) == _LOWEST for row in rows):
            return three
    return ()


def _is_item(text: str) -> bool:
    return len(code_of(text)) == _LOWEST and _is_code(text)


def _is_code(text: str) -> bool:
    return bool(_CODE_PART.fullmatch(code_of(text)))


def _code(row: Sequence[str], columns: Sequence[int]) -> str:
    """The code of a row, put together; "" where there is none."""
    parts = [code_of(row[col]) for col in columns if col < len(row)]
    joined = "".join(_whole_parts(parts))
    return joined if joined.isascii() and joined.isdecimal() and len(joined) in LEVELS else ""


def _whole_parts(parts: Sequence[str]) -> Iterator[str]:
    """Parts of a code as spreadsheets leave them: 1 for 01, 20501 again in the second column."""
    before = ""
    for n, part in enumerate(parts):
        if not part:
            continue
        if before and part.startswith(before):
            part = part.removeprefix(before)
        yield (found := part if n == 0 else part.rjust(2, "0"))
        before += found


def _columns(
    rows: Sequence[Sequence[str]],
    first: int,
    code_columns: Sequence[int],
    definition: AccountsDefinition,
    table: str,
) -> tuple[str, ...]:
    width = max(map(len, rows))
    names = [SKIP] * width
    for col in code_columns:
        names[col] = CODE
    known = _known(definition, table)
    for col in range(width):
        if not names[col]:
            above = (_by_caption(caption, known) for caption in _captions(rows[:first], col))
            names[col] = next(filter(None, above), SKIP)
    if not any(name and name != CODE for name in names):
        _by_place(names, rows[first:], code_columns, definition, table)
    return tuple(names)


def _captions(heading: Sequence[Sequence[str]], col: int) -> Iterator[str]:
    """The captions above a column, the lowest first; numbers of columns are none."""
    texts = (row[col] for row in reversed(heading) if col < len(row))
    return (text for text in texts if text and not text.isdecimal())


def _known(definition: AccountsDefinition, table: str) -> dict[str, str]:
    """Columns that are typed by caption; the table in hand wins where two tables have one of a name."""
    order = [*(name for name in definition.subject_tables if name != table), table]
    found = dict(LIST_COLUMNS)
    for name in order:
        body = definition.subject_tables.get(name)
        for column in body.columns if body else ():
            path = SKIP if column.mode == "computed" else f"{name}.{column.key}"
            found[_plain(column.caption)] = path
    return found


def _by_caption(caption: str, known: Mapping[str, str]) -> str:
    """The column that a caption means; SKIP for one that is computed, or that means nothing here."""
    plain = _plain(caption)
    return known.get(plain, NAME if any(word in plain for word in _NAME_WORDS) else SKIP)


def _plain(text: str) -> str:
    return re.sub(r"[\s（）()]|万元|元", "", number.half_width(text))


def _by_place(
    names: list[str],
    rows: Sequence[Sequence[str]],
    code_columns: Sequence[int],
    definition: AccountsDefinition,
    table: str,
) -> None:
    """Without headings: what is words is the name, figures are the columns of the table in order."""
    figured = [col for col in range(max(code_columns) + 1, len(names)) if _is_figured(rows, col)]
    free = (col for col, name in enumerate(names) if not name and col not in figured)
    worded = next((col for col in free if _is_worded(rows, col)), None)
    if worded is not None:
        names[worded] = NAME
    body = definition.subject_tables[table]
    columns = body.columns if len(figured) > 2 else [c for c in body.columns if c.mode != "computed"]
    for col, column in zip(figured, columns, strict=False):
        names[col] = SKIP if column.mode == "computed" else f"{table}.{column.key}"


def _is_figured(rows: Sequence[Sequence[str]], col: int) -> bool:
    texts = [row[col] for row in rows if col < len(row)]
    numbers = [figures.read_amount(text, "万元").value is not None for text in texts]
    return any(numbers) or all(is_nothing(text) for text in texts)


def _is_worded(rows: Sequence[Sequence[str]], col: int) -> bool:
    return any(col < len(row) and row[col] and not _is_code(row[col]) for row in rows)


# --- rows


def _read(rows: Sequence[Sequence[str]], columns: Sequence[str], code_columns: Sequence[int]) -> Pasted:
    taken: list[Mapping[str, str]] = []
    left: list[tuple[int, str]] = []
    coarse: list[tuple[int, str]] = []
    codes = [_code(row, code_columns) for row in rows]
    sections = {code[:_SECTION] for code in codes if len(code) == _LOWEST}
    sums = 0
    has_begun = False
    for n, (row, code) in enumerate(zip(rows, codes, strict=True), start=1):
        if len(code) == _LOWEST:
            taken.append({CODE: code, **_texts(row, columns)})
        elif len(code) == _SECTION and code not in sections:
            coarse.append((n, " ".join(filter(None, row))))
        elif code or any(text in _TOTALS for text in row):
            sums += has_begun or bool(code)
        elif has_begun and any(row):
            left.append((n, " ".join(filter(None, row))))
        has_begun = has_begun or bool(code)
    return Pasted(tuple(columns), tuple(taken), sums, tuple(left), tuple(coarse))


def _texts(row: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """The texts of a row by path; the sign of an unused cell is no text."""
    found = {}
    for text, path in zip(row, columns, strict=False):
        if path and path != CODE and text and not (path != NAME and is_nothing(text)):
            found[path] = text
    return found
