"""Captions that stand beside a text (head, lines, tail): the rows that they make, and what each means."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from model.filling.blank import YEAR_FIELD
from model.recognition.anatomy import Anatomy, Pair, Taken
from model.recognition.captions import Vocabulary, plain
from model.recognition.texts import on_one_line, options_in
from model.recognition.units import field_key
from model.workshop.proposal import OTHERS, Item

SIGNERS = ("filled_by", "filled_on", "phone", "head", "contact", "finance_head", "project_head")
_KINDS = {"filled_on": "date", "basic": "money", "project": "money"}
_LONG = {"deviation": "deviation_analysis", "improvement": "improvement"}
_LONG_KEYS = (*_LONG, "problems", "functions", "annual_tasks")
_FOR_OTHERS = re.compile(r"审核|复核|评审|核定|抽查|财政(?:部门|局)?(?:评分|得分|意见|评价)|复评")
_BY_NAME = re.compile(r"审核人|复核人")  # signs beside the others
_OWN_IDS = {"year": YEAR_FIELD}  # meanings whose keys the program uses itself
_LIMIT = re.compile(r"([0-9]{2,5})\s*字(?:以内|之内|内)|(?:不超过|不多于|限)\s*([0-9]{2,5})\s*字")
NOT_KNOWN = "程序不认识“{caption}”，当作单位填写的文字栏。"
FOR_OTHERS = "看起来由财政部门填写，单位不填。"


class CaptionRow(NamedTuple):
    """The captions of one row: in cells of their own with the text beside them, or as `is_line` within one
    cell (填表人：　填报日期：)."""

    row: int
    is_line: bool
    items: tuple[Item, ...]


def caption_rows(form: Anatomy, words: Vocabulary) -> list[CaptionRow]:
    """Return the captions of a form by rows, each named so that no two are called the same."""
    names = _Names()
    pairs = sorted(form.pairs, key=lambda pair: (_row(pair), pair.label.column))
    rows = [CaptionRow(text.cell.row, False, (_heading(text),)) for text in form.sections]
    for (row, is_line), group in groupby(pairs, key=lambda pair: (_row(pair), _is_line(pair))):
        found = [_item(pair, names, words, form) for pair in group if not _is_money_unit(pair, words)]
        if found:
            rows.append(CaptionRow(row, is_line, tuple(found)))
    return sorted(rows, key=lambda row: (row.row, row.items[0].role != "heading"))


def _heading(line: Taken) -> Item:
    """A line that numbers a part of the form: it is printed as it stands."""
    return Item(line.text, "heading", line.cell.seen.place)


def _row(pair: Pair) -> int:
    """The row of a caption; beside one that is merged down, that of its text."""
    label, row = pair.label, pair.value.cell.row
    return row if label.row <= row <= label.last_row else label.row


def _is_line(pair: Pair) -> bool:
    return pair.label is pair.value.cell


def _is_money_unit(pair: Pair, words: Vocabulary) -> bool:
    """单位：万元 says the unit of the amounts, which the form has anyway."""
    return field_key(pair, words) == "money_unit"


class _Names:
    """Keys of fields, none of which comes twice."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._captions: set[str] = set()
        self._places: set[str] = set()

    def key(self, wanted: str) -> str:
        """Return a key that no field has yet."""
        numbered = (f"{wanted or 'text'}_{n}" for n in range(1, 1000))
        found = (
            wanted
            if wanted and wanted not in self._keys
            else next(name for name in numbered if name not in self._keys)
        )
        self._keys.add(found)
        return found

    def at(self, key: str, zone: str) -> str:
        """Return the entry of an exchange file for a field."""
        place = _LONG.get(key, "signatures" if zone == "tail" and key in SIGNERS else "fields")
        if place in self._places:
            return "fields"
        if place in _LONG.values():
            self._places.add(place)
        return place


def _item(pair: Pair, names: _Names, words: Vocabulary, form: Anatomy) -> Item:
    caption = on_one_line(pair.caption).strip("：: \u3000")
    known = field_key(pair, words)
    options = options_in(pair.value.text)
    is_total = words.find("totals", caption) == "total" and form.total is None
    role, why = _role(caption, known, pair, options, is_total)
    wanted = "unit_line" if known == "unit_name" and pair.zone == "line" else known
    wanted = "" if is_total else _OWN_IDS.get(wanted, wanted)
    key = names.key(wanted)
    return Item(
        caption,
        role,
        pair.label.seen.place,
        why,
        choices=tuple(options) if role == "choice" else (),
        limit=limit_in(pair.value.text) if role == "long" else 0,
        key=key,
        at=names.at(known, pair.zone),
    )


def _role(caption: str, known: str, pair: Pair, options: Sequence[str], is_total: bool) -> tuple[str, str]:
    if is_total:
        return "total", ""
    if options:
        return "choice", ""
    if _FOR_OTHERS.search(plain(caption)) and not (known in SIGNERS or _BY_NAME.search(plain(caption))):
        return OTHERS, FOR_OTHERS
    is_wide = pair.value.cell.columns >= 4 and pair.zone == "tail" and known not in SIGNERS
    is_long = known in _LONG_KEYS or (is_wide and not _is_line(pair))
    role = _KINDS.get(known) or ("long" if is_long else "text")
    return role, "" if known else NOT_KNOWN.format(caption=caption)


def is_for_others(caption: str) -> bool:
    """Whether a caption asks for what the bureau writes: 财政审核评分, 复核分."""
    return bool(_FOR_OTHERS.search(plain(caption)))


def limit_in(text: str) -> int:
    """Return how many characters a hint allows: （200字以内）; 0 where it says nothing of that."""
    match = _LIMIT.search(plain(text))
    return int(match[1] or match[2]) if match else 0


def runs(rows: Sequence[CaptionRow], edges: Sequence[int]) -> Iterator[list[CaptionRow]]:
    """Yield rows that follow each other, in boxes or as lines; `edges` are rows in which a table begins."""

    def between(row: CaptionRow) -> tuple[int, bool]:
        return sum(edge <= row.row for edge in edges), row.is_line

    for _, group in groupby(rows, key=between):
        yield list(group)
