"""A block from the clipboard finds its columns: by headings, else by its look and where it goes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from model.recognition.area import Area, joined
from model.recognition.block import SKIP, Assignment, BlockReading, Where
from model.recognition.block_cells import Matrix
from model.recognition.block_shape import by_shape, computed, in_order, in_place
from model.recognition.captions import Vocabulary, bare, same
from model.recognition.heading import Heading, SeenColumn
from model.recognition.headings import read_heading
from model.recognition.incoming import SeenSheet
from model.recognition.loader import vocabulary
from model.recognition.units import unit_in


def recognise_block(
    sheet: SeenSheet, where: Where, words: Vocabulary | None = None, is_own: bool = False
) -> BlockReading:
    """Return which column of a block goes where, and whether that is certain.

    What the program itself put on the clipboard (`is_own`) goes back in its order, whatever it looks like.
    """
    words = words or vocabulary()
    area = joined([sheet])
    if is_own:
        return in_order(Matrix(area, range(area.height), where, words, keeps_all=True))
    if (found := _heading(area, where, words)) is not None:
        return _by_heading(area, where, found, words)
    matrix = Matrix(area, range(area.height), where, words)
    return _by_row_names(matrix) if where.rows else by_shape(matrix)


# --- with headings


def _heading(area: Area, where: Where, words: Vocabulary) -> Heading | None:
    """The heading of a block: a row in which most captions are those of the table."""
    ours = words.with_captions({where.group: {c.caption: c.key for c in where.columns if c.caption}})
    for row in range(area.height):
        filled = area.filled(row)
        if len(filled) == 1 and area.height > row + 1 and _is_caption(filled[0].text, where):
            column = SeenColumn(_key_of(filled[0].text, where), (filled[0],), filled[0].column, filled[0].end)
            return Heading("indicators", row, row, (column,)) if area.width == 1 else None
        heading = read_heading(
            area, row, ours, "indicators" if where.group == "indicators" else "funds", where.group
        )
        known = [c for c in heading.columns if _key(c, where)] if heading else []
        if heading and len(known) >= 2 and 2 * len(known) >= sum(bool(c.caption) for c in heading.columns):
            return heading
    return None


def _is_caption(text: str, where: Where) -> bool:
    return bool(_key_of(text, where))


def _key_of(text: str, where: Where) -> str:
    return next((c.key for c in where.columns if c.caption and same(c.caption, text)), "")


def _key(column: SeenColumn, where: Where) -> str:
    """Our column that a heading means: of the same caption, else of the same meaning."""
    ours = {one.key for one in where.columns}
    by_caption = _key_of(column.caption, where) if column.caption else ""
    return by_caption or (column.key if column.key in ours else "")


def _by_heading(area: Area, where: Where, heading: Heading, words: Vocabulary) -> BlockReading:
    rows = [row for row in range(heading.last + 1, area.height) if not _is_again(area, row, heading)]
    matrix = Matrix(area, rows, where, words, heading)
    assignments = []
    for caption, column in zip(matrix.captions, matrix.seen, strict=True):
        key = _key(column, where) if column else ""
        assignments.append(_assigned(matrix, key, caption))
    twice = _twice(assignments)
    notes = [f"表头 {heading.last - heading.first + 1} 行没有粘贴。", *_skipped(matrix, assignments)]
    reading = replace(matrix.reading(assignments, notes), units=tuple(map(unit_in, matrix.captions)))
    if twice:
        names = "、".join(where.called(key) for key in twice)
        return replace(reading, why=f"有两列都是{names}，请选一列。")
    return matrix.with_targets(reading)


def _is_again(area: Area, row: int, heading: Heading) -> bool:
    texts = [bare(cell.text) for cell in area.filled(row)]
    captions = [bare(column.caption) for column in heading.columns if column.caption]
    return bool(texts) and [text for text in texts if text in captions] == captions


def _assigned(matrix: "Matrix", key: str, caption: str) -> Assignment:
    where = matrix.where
    if key and key not in where.typed:
        return Assignment(SKIP, (), False, f"“{where.called(key)}”由程序计算，不粘贴。")
    if not key:
        return Assignment(SKIP, (), False, f"表里没有“{bare(caption)}”这一栏，不粘贴。" if caption else "")
    return Assignment(key, (key,), False, f"标题是“{bare(caption)}”。")


def _twice(assignments: Sequence[Assignment]) -> list[str]:
    keys = [assignment.key for assignment in assignments if assignment.key != SKIP]
    return [key for key in dict.fromkeys(keys) if keys.count(key) > 1]


def _skipped(matrix: "Matrix", assignments: Sequence[Assignment]) -> Iterator[str]:
    for assignment, column in zip(assignments, matrix.columns, strict=True):
        if assignment.key == SKIP and assignment.why and any(column):
            yield assignment.why


# --- without headings, rows with names


def _by_row_names(matrix: Matrix) -> BlockReading:
    """Rows by their names where the block has them; columns in order where there can be no doubt which."""
    where = matrix.where
    label = matrix.label_column
    figures = [at for at in range(len(matrix.starts)) if at != label]
    figures = _without_empty(matrix, figures, len(where.columns))
    first = 0 if label is not None or len(figures) == len(where.columns) else where.column
    room = len(where.columns) - first
    is_clear = len(figures) == room or (len(figures) == 1 and label is None)
    keys = {at: first + number for number, at in enumerate(figures) if first + number < len(where.columns)}
    assignments = [_named(where, at, keys, label) for at in range(len(matrix.starts))]
    notes = list(computed(where, list(keys.values())))
    reading = matrix.with_targets(matrix.reading(assignments, notes))
    if is_clear:
        return reading
    candidates = tuple(c.key for c in where.columns if c.key in where.typed)
    doubtful = [
        one._replace(candidates=candidates, is_doubtful=True) if at in figures else one
        for at, one in enumerate(reading.assignments)
    ]
    words = [at for at in figures if _is_words(matrix, at)]
    guesses = _typed_guess(where, [at for at in figures if at not in words], first)
    guesses |= dict.fromkeys(words, SKIP)
    doubtful = [one._replace(key=guesses.get(at, one.key)) for at, one in enumerate(doubtful)]
    why = f"标题没有一起复制，{len(figures)} 列数放到 {room} 栏里，哪一列是哪一栏认不准。"
    return replace(reading, assignments=tuple(doubtful), why=why, guess="已按顺序猜好，不对就在上面改。")


def _without_empty(matrix: Matrix, figures: list[int], wanted: int) -> list[int]:
    """Columns without any text are what is left of merged names, if the others are as many as ours."""
    filled = [at for at in figures if any(text.strip() for text in matrix.columns[at])]
    spare = len(figures) - wanted
    leading = [at for at in figures if at < min(filled, default=0)]
    if spare > 0 and len(leading) >= spare:
        return figures[spare:]
    return filled if spare > 0 and len(filled) == wanted else figures


def _named(where: Where, at: int, keys: Mapping[int, int], label: int | None) -> Assignment:
    if at == label:
        return Assignment(SKIP, (), False, "行的名称。")
    return in_place(where, keys[at]) if at in keys else Assignment(SKIP)


def _is_words(matrix: Matrix, at: int) -> bool:
    """Whether no figure stands in a column: names of rows that the table does not have."""
    shape = matrix.shapes[at]
    return shape.filled > 0 and not shape.numbers and not shape.quantities


def _typed_guess(where: Where, figures: Sequence[int], first: int) -> dict[int, str]:
    """The columns that can be typed, in order: three amounts in a table whose second column is computed."""
    typed = [column.key for column in where.columns[first:] if column.key in where.typed]
    return dict(zip(figures, typed, strict=False)) if len(typed) >= len(figures) else {}
