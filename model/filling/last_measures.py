"""The 改进措施 of last year, one by one: rows whose state this year's report tells (已落实, 部分落实 …)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from model.document.answers import CellId, FormAnswers
from model.document.document import Edit
from model.forms.loader import Library
from model.forms.outline import Outline, ReportPart, ReportTable
from model.reading.reading import Form
from model.report.narrative import report_cell
from model.report.teller import OPTION

LABEL = "带入上年的改进措施"
_COUNT = r"[一二三四五六七八九十]{1,3}"
_NUMBER = re.compile(
    rf"(?:^|(?<=[。；;：:，,]))\s*{_COUNT}是\s*|"
    rf"(?:^|(?<=[。；;：:]))\s*(?:[（(](?:{_COUNT}|[0-9]{{1,2}})[）)]|{_COUNT}、(?![一二三四五六七八九十])|"
    r"[0-9]{1,2}(?:[、．](?![0-9])|\.(?![0-9]))|[①-⑳])\s*"
)
_NONE = ("无", "没有", "暂无", "/", "—", "-")


class Measures(NamedTuple):
    """The table of this year's report that tells of them, what last year's said, an item a row, and the
    choice that lets its section stand, if it is one."""

    table: ReportTable
    said: tuple[str, ...]
    option: str = ""

    @property
    def choice(self) -> dict[CellId, str]:
        """Return what is chosen with the first row: that the section stands."""
        return {OPTION + self.option: "true"} if self.option else {}

    def missing(self, now: FormAnswers) -> tuple[str, ...]:
        """Return those that are no rows of this year's form yet."""
        column = self.table.text_columns[0].key
        rows = now.rows.get(self.table.id, ())
        there = {now.text(f"{row}.{column}").strip() for row in rows}
        return tuple(text for text in self.said if text not in there)

    def rows(self, texts: Sequence[str]) -> list[dict[str, str]]:
        """Return the rows of some of them, as columns with their texts."""
        return [{self.table.text_columns[0].key: text} for text in texts]


def measures_of_last_year(last: FormAnswers, this_form: str, library: Library) -> Measures | None:
    """Return what last year's form said is to be done; None where this year's report has no place for it."""
    now, outline = library.outline(this_form), library.outline(last.definition)
    place, table_before = _table(now), _table(outline)
    if now is None or place is None or table_before is None or outline is None:
        return None
    parts = {part.id: part for _, part in outline.parts()}
    texts = (_text(last, parts[name]) for name in table_before.from_last)
    items = dict.fromkeys(item for text in texts for item in measures_in(text))
    option = next((section.option for section, part in now.parts() if part.table == place.id), "")
    return Measures(place, tuple(items), option)


def put_measures(edit: Edit, form: Form, found: Measures) -> None:
    """Add last year's measures behind the rows that are there; those that are there stay as they are."""
    rows = form.answers.rows.get(found.table.id, ())
    edit.add_rows(form.key, found.table.id, len(rows), found.rows(found.missing(form.answers)))
    edit.set_texts({(form.key, cell): text for cell, text in found.choice.items()})


def measures_in(text: str) -> Iterator[str]:
    """Yield the measures of a text: one a line, or one a number where a line counts them (一是, 2., （三）).

    The number goes, and words that only lead to a list (具体措施如下：).
    """
    for line in text.splitlines():
        places = list(_NUMBER.finditer(line))
        bounds = [0, *(match.start() for match in places), len(line)]
        for start, end in pairwise(bounds):
            item = _NUMBER.sub("", line[start:end].strip(), count=1).strip().rstrip("；;，,")
            leads = item.endswith(("：", ":")) or (places and end == places[0].start() != start)
            if item and not leads and item.rstrip("。") not in _NONE:
                yield item


def _table(outline: Outline | None) -> ReportTable | None:
    return next((table for table in outline.tables if table.from_last), None) if outline else None


def _text(last: FormAnswers, part: ReportPart) -> str:
    return last.text(part.field if part.kind == "field" else report_cell(part))
