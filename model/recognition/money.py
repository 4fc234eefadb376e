"""Reads the tables of money: funds by row and column, their split, what a declaration's money is made of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise, takewhile

from model.forms.columns import Column
from model.forms.definition import FormDefinition, FundsBlock
from model.recognition.anatomy import Anatomy, Row, Taken, taken
from model.recognition.area import Area, Cell
from model.recognition.captions import IGNORE, Vocabulary, plain
from model.recognition.heading import Heading, told_apart
from model.recognition.headings import is_label
from model.recognition.incoming import Mark
from model.recognition.money_rows import doubted
from model.recognition.tables import ends_table, texts_of
from model.recognition.texts import is_figure, is_number, on_one_line, points_in
from model.recognition.units import column_unit

AMOUNTS = ("initial", "adjustment", "budget", "arrived", "executed", "left_over", "expected")
_OF_WHICH = re.compile(r"^其中[:、,]?")
_SPLIT = re.compile(r"按(?:收入|资金)(?:性质|来源)分?:?")
_SPLIT_OTHER = re.compile(r"按支出(?:性质|类型|用途)分?:?")


def money_block(definition: FormDefinition | None) -> FundsBlock | None:
    """Return the table of a definition that the money of a sheet belongs to: of the execution, in what a
    project declares of its sources; None in what a department declares, which has shares."""
    if definition is None or definition.shares:
        return definition.funds if definition else None
    return definition.funds or next((block for block in definition.money_blocks if block.amounts), None)


def read_funds(form: Anatomy, heading: Heading, headings: Mapping[int, Heading], words: Vocabulary) -> int:
    """Read the rows of money below a heading; return the first row behind them."""
    form.use(*heading.cells)
    heading = _with_names(form, heading, headings)
    before = len(form.funds)
    is_first = form.funds_heading is None
    form.money.append((heading, before))
    if is_first:
        form.funds_heading = heading
        form.funds_points = _points(form, heading)
    row = heading.last + 1
    while row <= form.last and not _is_over(form, heading, row, headings, words):
        if _is_split_heading(form, row):
            row = _read_split(form, heading, row, headings, words)
            continue
        _fund_row(form, heading, row, words)
        row += 1
    if not is_first:  # a second table of money: which of them counts is for the clerk to say
        form.funds[before:] = [_in_doubt(found) for found in form.funds[before:]]
    return row


def _in_doubt(row: Row) -> Row:
    marked = {key: text.marked(Mark.TWO_CANDIDATES) for key, text in row.texts.items() if key != "label"}
    return row._replace(texts={**row.texts, **marked})


def _with_names(form: Anatomy, heading: Heading, headings: Mapping[int, Heading]) -> Heading:
    """The leftmost column holds the names of the rows where no figure stands in it, whatever it is called."""
    first = next((column for column in heading.columns if column.key not in ("", "label")), None)
    rows = takewhile(lambda row: row not in headings, _first_rows(form, heading))
    below = [form.area.at(row, first.first) for row in rows] if first else []
    texts = [cell.text for cell in below if cell is not None and cell.text]
    if first is None or not texts or any(is_number(t) or is_figure(t, unit=True) for t in texts):
        return heading
    columns = (replace(column, key="label") if column is first else column for column in heading.columns)
    return replace(heading, columns=tuple(columns))


def _first_rows(form: Anatomy, heading: Heading) -> range:
    last = heading.last + 2 if (end := _label_end(heading)) is None else end
    return range(heading.last + 1, min(last, form.last) + 1)


def _points(form: Anatomy, heading: Heading) -> Taken | None:
    """The points of the execution where no column has them: (20分) in the label, 得分(20分*执行率)."""
    score = heading.column("score")
    for cell in (heading.label, *(score.cells if score else ())):
        if cell is not None and (found := points_in(cell.text)):
            return form.take(cell, found, Mark.SPLIT)
    return None


def _label_end(heading: Heading) -> int | None:
    """The last row of the label at the left, where it is merged over the rows of its block."""
    label = heading.label
    return label.last_row if label is not None and label.last_row > heading.last else None


def _is_over(
    form: Anatomy, heading: Heading, row: int, headings: Mapping[int, Heading], words: Vocabulary
) -> bool:
    if row in headings:
        return True
    end = _label_end(heading)
    if end is not None:
        return row > end
    cells = form.area.filled(row)
    if not cells:
        return not form.area.row(row)
    first = cells[0]
    if fund_row(first.text, words):
        return False
    is_other = words.knows(first.text, "fields", "goal_labels") or (
        is_label(first.text, words) and first.rows > 1
    )
    return is_other or ends_table(form.area, row, words)


def fund_row(label: str, words: Vocabulary) -> str:
    """Return which row of money a label names: 其中：当年财政拨款 is "fiscal"; "" if none that is known."""
    return words.find("fund_rows", _OF_WHICH.sub("", plain(label)))


def _fund_row(form: Anatomy, heading: Heading, row: int, words: Vocabulary) -> None:
    label = _label(form, heading, row)
    texts: dict[str, Taken] = {}
    more: dict[str, Taken] = {}
    called = told_apart(heading.columns)
    for column, text in texts_of(form.area, row, heading).items():
        if column.key in ("label", IGNORE) or not column.caption:
            continue
        if column.key and column.key not in texts:
            texts[column.key] = _checked(column.key, text)
        elif text.text or form.keeps_empty:
            is_again = column.key and called[column] == column.caption
            if is_again and text.text != texts[column.key].text:  # which of them counts is not said
                texts[column.key] = texts[column.key].marked(Mark.TWO_CANDIDATES)
            more[on_one_line(called[column])] = text
    is_filled = (label is not None and bool(label.text)) or any(text.text for text in texts.values())
    is_room = form.keeps_empty and len(form.funds) == form.money[-1][1]  # of a table without any row yet
    if not (is_filled or (is_room and form.area.row(row))):
        return
    form.use(*(text.cell for text in (*texts.values(), *more.values())))
    units = {column_unit(column, "") for column in heading.columns if column.key in AMOUNTS}
    texts = doubted(texts, AMOUNTS, len(units) == 1)
    form.funds.append(Row(({"label": label} if label else {}) | texts, more))


def _checked(key: str, text: Taken) -> Taken:
    is_amount = key in AMOUNTS
    if not text.text or (is_amount or key in ("weight", "score")) is False:
        return text
    return text if is_figure(text.text, unit=is_amount) else text.marked(Mark.NOT_A_NUMBER)


def _label(form: Anatomy, heading: Heading, row: int) -> Taken | None:
    """The name of a row of money: what stands left of its figures in this row."""
    known = [column for column in heading.columns if column.key and column.key != "label"]
    first = min(column.first for column in known)
    cells = [
        cell
        for cell in form.area.row(row)
        if cell.column < first and not (heading.label and plain(cell.text) == plain(heading.label.text))
    ]
    if not cells:
        return None
    filled = [cell for cell in cells if cell.text]
    form.use(*filled)
    if not filled:
        return taken(cells[-1], "")
    text = "：".join(on_one_line(cell.text).rstrip("：:") for cell in filled)
    marks = [Mark.JOINED] if len(filled) > 1 else []
    return form.take(filled[-1], on_one_line(filled[0].text) if len(filled) == 1 else text, *marks)


# --- the split by income and by expenditure


def _is_split_heading(form: Anatomy, row: int) -> bool:
    return any(_SPLIT.fullmatch(plain(cell.text)) for cell in form.area.filled(row))


def _read_split(
    form: Anatomy, heading: Heading, row: int, headings: Mapping[int, Heading], words: Vocabulary
) -> int:
    """Read the rows of the split, the one that names its sides included; return the first row behind."""
    begin = next(
        (c.column for c in form.area.filled(row) if _SPLIT_OTHER.fullmatch(plain(c.text))), form.area.width
    )
    while row <= form.last and not _is_over(form, heading, row, headings, words):
        cells = [cell for cell in form.area.row(row) if cell is not heading.label]
        left = [cell for cell in cells if cell.column < begin]
        right = [cell for cell in cells if cell.column >= begin]
        form.split.append((_side(form, left), _side(form, right)))
        row += 1
    return row


def _side(form: Anatomy, cells: list[Cell]) -> Taken | None:
    """What one side of a row says: caption and amount, in one cell or in two."""
    filled = [cell for cell in cells if cell.text]
    form.use(*filled)
    if not filled:
        return taken(cells[0], "") if cells else None
    if len(filled) == 1:
        return form.take(filled[0])
    text = "：".join((filled[0].text.rstrip("：:"), "".join(cell.text for cell in filled[1:])))
    return form.take(filled[-1], text, Mark.JOINED)


# --- the declaration


def read_shares(form: Anatomy, heading: Heading, headings: Mapping[int, Heading], words: Vocabulary) -> int:
    """Read what the money is made of; a side (收入构成) goes on until the next one begins."""
    form.use(*heading.cells)
    first = min(column.first for column in heading.columns if column.key)
    side: Taken | None = None
    row = heading.last + 1
    while row <= form.last and not _is_over(form, heading, row, headings, words):
        names = [c for c in form.area.row(row) if c.column < first and c.text and c is not heading.label]
        if len(names) > 1 or (names and names[0].rows > 1):
            side = form.take(names[0], on_one_line(names[0].text))
        texts = _share_texts(form, heading, row)
        if names and any(text.text for text in texts.values()):
            label = form.take(names[-1], on_one_line(names[-1].text))
            form.shares.append(Row(({"side": side} if side else {}) | {"label": label} | texts))
        row += 1
    return row


def _share_texts(form: Anatomy, heading: Heading, row: int) -> dict[str, Taken]:
    found = {column.key: text for column, text in texts_of(form.area, row, heading).items() if column.key}
    form.use(*(text.cell for text in found.values()))
    return {
        key: text if key == "share" or is_figure(text.text, unit=True) else text.marked(Mark.NOT_A_NUMBER)
        for key, text in found.items()
    }


def read_items(form: Anatomy, heading: Heading, headings: Mapping[int, Heading], words: Vocabulary) -> int:
    """Read rows of texts about the money (资金管理情况), by what stands at their left."""
    form.use(*heading.cells)
    first = min(column.first for column in heading.columns if column.key)
    row = heading.last + 1
    while row <= form.last and not _is_over(form, heading, row, headings, words):
        names = [c for c in form.area.row(row) if c.column < first and c.text and c is not heading.label]
        texts = {column.key: text for column, text in texts_of(form.area, row, heading).items() if column.key}
        if names:
            form.use(*names, *(text.cell for text in texts.values()))
            form.items.append(Row({"label": form.take(names[-1], on_one_line(names[-1].text))} | texts))
        row += 1
    return row


def read_projects(form: Anatomy, heading: Heading, headings: Mapping[int, Heading], words: Vocabulary) -> int:
    """Read the table of projects of a declaration; its last row may be a total, which is not taken."""
    form.use(*heading.cells)
    row = heading.last + 1
    while row <= form.last and not _is_over(form, heading, row, headings, words):
        texts = {column.key: text for column, text in texts_of(form.area, row, heading).items() if column.key}
        if any(text.text for text in texts.values()):
            form.use(*(text.cell for text in texts.values()))
            form.projects.append(Row(texts))
        row += 1
    return row


# --- money without a heading


def read_planned(form: Anatomy, row: int, words: Vocabulary) -> int:
    """Read names of money with their amounts beside them, without a heading, as who asks for money has them:
    资金总额 | 100 below 其中：财政拨款 | 80; return the first row behind, 0 where none stand there."""
    label, *rest = form.area.row(row)
    is_read = form.keeps_empty or "fund_rows" in words.learned
    if not is_read or form.funds or not label.text or label.rows == 1 or len(rest) != 2:
        return 0
    rows = [[c for c in form.area.row(at) if c is not label] for at in range(row, label.last_row + 1)]
    is_first = fund_row(rest[0].text, words) == "total"
    if not is_first or not all(len(r) == 2 and r[0].text and is_figure(r[1].text, unit=True) for r in rows):
        return 0
    form.use(label)
    form.paired["label"] = on_one_line(label.text)
    for name, amount in rows:
        texts = {"label": form.take(name, on_one_line(name.text)), "initial": form.take(amount)}
        form.funds.append(Row(texts))
    return label.last_row + 1


def are_pairs(area: Area, heading: Heading) -> bool:
    """Whether the captions of money have their figures beside them: none touches another."""
    known = [column for column in heading.columns if column.key]
    cells = area.row(heading.first)
    rooms = [one for one, other in pairwise(cells) if one.text and not other.text]
    is_room = len(rooms) > 1 and len(rooms) >= sum(bool(cell.text) for cell in cells) - 2
    if is_room or any(is_number(cell.text) for cell in cells):
        return True
    return not any(one.end == other.first for one, other in pairwise(known))


def only_begins(columns: Iterable[Column]) -> bool:
    """Whether a table of money knows what was budgeted at the beginning of the year alone."""
    return {column.key for column in columns} & {"initial", "budget"} == {"initial"}
