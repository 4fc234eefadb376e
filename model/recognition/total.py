"""Takes the total of a form from its row: beside its caption, below the scores, or the last number of it."""

from itertools import pairwise

from model.basics import number
from model.recognition.anatomy import Anatomy, Taken
from model.recognition.area import Cell
from model.recognition.captions import Vocabulary
from model.recognition.heading import Heading
from model.recognition.incoming import Mark
from model.recognition.indicators import LEVEL_WEIGHTS
from model.recognition.texts import is_number


def take_total(form: Anatomy, cell: Cell, row: int, words: Vocabulary) -> None:
    """Take the total beside its caption in a row or below the scores; else the last number, in doubt."""
    form.use(cell)
    if form.total is not None and form.total_caption is not None:
        _another_total(form, cell, row, words)
        return
    form.total_caption = cell
    form.total = _total_beside(form, row, words) or _total_below(form, cell, row)


def _another_total(form: Anatomy, cell: Cell, row: int, words: Vocabulary) -> None:
    """A second total that says another number, of the indicators alone or with the execution: which of
    them is meant is in doubt; the greater one counts."""
    first, other = form.total, _total_beside(form, row, words) or _total_below(form, cell, row)
    numbers = [number.parse_points(total.text) if total else None for total in (first, other)]
    one, two = numbers
    if first is None or other is None or one is None or two is None or one == two:
        return
    form.total = (other if two > one else first).marked(Mark.TWO_CANDIDATES)


def _total_below(form: Anatomy, cell: Cell, row: int) -> Taken | None:
    heading = form.headings[-1]
    found = {key: _below(form, heading, key, row, cell) for key in ("weight", "score")}
    form.weight_total = found["weight"] or form.weight_total
    for key in LEVEL_WEIGHTS:
        _below(form, heading, key, row, cell)
    if found["score"] is not None:
        return found["score"]
    column = heading.column("weight")
    weights = form.area.at(row, column.first) if column else None
    numbers = [c for c in form.area.filled(row) if c not in (cell, weights) and is_number(c.text)]
    mark = Mark.GUESSED if len(numbers) == 1 else Mark.TWO_CANDIDATES
    return form.take(numbers[-1], None, mark) if numbers else None


def _total_beside(form: Anatomy, row: int, words: Vocabulary) -> Taken | None:
    """Several captions in the row: 总分 | 总分值 | 100 | 总得分 | 95, each with its number beside it."""
    found: dict[str, Taken] = {}
    cells = form.area.filled(row)
    for caption, value in pairwise(cells):
        key = words.find("totals", caption.text)
        if key in ("total", "weights") and is_number(value.text):
            found[key] = form.take(value)
            form.use(caption)
    captions = [c for c in cells if words.find("totals", c.text) in ("total", "weights")]
    if len(captions) < 2 or "total" not in found:
        return None
    form.weight_total = found.get("weights", form.weight_total)
    return found["total"]


def _below(form: Anatomy, heading: Heading, key: str, row: int, caption: Cell) -> Taken | None:
    column = heading.column(key)
    within = [form.area.at(row, at) for at in range(column.first, column.end)] if column else []
    cell = next((one for one in within if one is not None and one.text), within[0] if within else None)
    if cell is None or cell is caption or cell.row != row:
        return None
    other = heading.column("weight" if key == "score" else "score")
    is_both = other is not None and form.area.at(row, other.first) is cell
    if key == "weight" and (is_both or not cell.text):
        return None
    return form.take(cell)
