"""A block without headings: its columns in order, or by what they look like."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from model.recognition.block import SKIP, Assignment, BlockReading, Where
from model.recognition.block_cells import Matrix
from model.recognition.shape import AGAINST, Shape, fit


def by_shape(matrix: Matrix) -> BlockReading:
    """Columns in order from the cursor on, if what stands in them may stand there; else by their look."""
    where, shapes = matrix.where, matrix.shapes
    guess = _columns_in_order(where, len(shapes))
    if len(shapes) <= 1 or (guess is not None and _fits(where, shapes, guess)):
        return in_order(matrix)
    best = _best(where, shapes)
    assignments = [
        Assignment(
            _typed_key(where, at),
            _candidates(where, shape),
            at is None or guess is None or guess[number] != at,
            _reason(where, shape, at),
        )
        for number, (shape, at) in enumerate(zip(shapes, best, strict=True))
    ]
    doubtful = [number for number, one in enumerate(assignments) if one.is_doubtful]
    why, guessed = _why(where, shapes, guess, doubtful), _guessed(where, shapes, best)
    return replace(matrix.reading(assignments), why=why, guess=guessed, swap=_swap(where, best))


def in_order(matrix: Matrix) -> BlockReading:
    """Return a block in the order of our columns from the cursor on; what goes beyond them is left."""
    where, width = matrix.where, len(matrix.starts)
    guess = _columns_in_order(where, width) or range(where.column, len(where.columns))
    assignments = [in_place(where, at) for at in guess][:width]
    assignments += [Assignment(SKIP, (), False, "表里没有这么多列，不粘贴。")] * (width - len(assignments))
    return matrix.with_targets(matrix.reading(assignments, computed(where, guess)))


def _columns_in_order(where: Where, width: int) -> list[int] | None:
    """Our columns from the cursor on; all of them where the block is as wide as the table."""
    first = 0 if width == len(where.columns) else where.column
    return list(range(first, first + width)) if first + width <= len(where.columns) else None


def in_place(where: Where, at: int) -> Assignment:
    """Return the assignment of a column to one of ours by its place."""
    key = where.columns[at].key
    if key in where.typed:
        return Assignment(key, (key,), False, "按位置对应。")
    return Assignment(SKIP, (), False, f"“{where.called(key)}”由程序计算，不粘贴。")


def computed(where: Where, guess: Sequence[int]) -> Iterator[str]:
    """Yield what is to be said of columns that the program computes."""
    for at in guess:
        if where.columns[at].key not in where.typed:
            yield f"“{where.columns[at].called}”由程序计算，没有粘贴。"


def _fits(where: Where, shapes: Sequence[Shape], guess: Sequence[int]) -> bool:
    """Whether nothing speaks against an order: no text among figures, no signs in results, no score above."""
    columns = [where.columns[at] for at in guess]
    if any(fit(shape, column) < 0 for shape, column in zip(shapes, columns, strict=True)):
        return False
    by_key = {column.key: shape for column, shape in zip(columns, shapes, strict=True)}
    target, actual, weight, score = (by_key.get(key) for key in ("target", "actual", "weight", "score"))
    if target and actual and actual.signs > target.signs:
        return False
    return not (weight and score and weight.filled and score.total > weight.total)


def _best(where: Where, shapes: Sequence[Shape]) -> list[int | None]:
    """The columns, in order, that the shapes fit best; None for one that fits nowhere."""
    count, width = len(where.columns), len(shapes)
    table: list[list[tuple[int, list[int | None]]]] = [[(0, [])] * (count + 1)]
    for shape in shapes:
        above = table[-1]
        line: list[tuple[int, list[int | None]]] = []
        for used in range(count + 1):
            options = [line[used - 1]] if used else []  # of equals the leftmost
            options.append((above[used][0] - 1, [*above[used][1], None]))
            if used and (points := fit(shape, where.columns[used - 1])) > AGAINST:
                options.append((above[used - 1][0] + 1 + 2 * points, [*above[used - 1][1], used - 1]))
            line.append(max(options, key=lambda option: option[0]))
        table.append(line)
    return table[width][count][1]


def _typed_key(where: Where, at: int | None) -> str:
    key = where.columns[at].key if at is not None else SKIP
    return key if key in where.typed else SKIP


def _candidates(where: Where, shape: Shape) -> tuple[str, ...]:
    possible = [(fit(shape, c), c.key) for c in where.columns if c.key in where.typed]
    return tuple(key for points, key in sorted(possible, key=lambda one: -one[0]) if points > AGAINST)


def _reason(where: Where, shape: Shape, at: int | None) -> str:
    if at is None:
        return "认不出这一列，猜作不粘贴。"
    name = where.columns[at].called
    if shape.signs:
        return f"这一列带“≥”一类的符号，猜作{name}。"
    if shape.is_numbers:
        return f"这一列都是数，猜作{name}。"
    return f"按内容猜作{name}。"


def _why(where: Where, shapes: Sequence[Shape], guess: Sequence[int] | None, doubtful: Sequence[int]) -> str:
    if guess is None:
        room = len(where.columns) - where.column
        return f"标题没有一起复制，剪贴板有 {len(shapes)} 列，从光标处起只有 {room} 列。"
    columns = "、".join(str(number + 1) for number in doubtful) or "1"
    return f"标题没有一起复制，第 {columns} 列是哪一栏认不准。"


def _guessed(where: Where, shapes: Sequence[Shape], best: Sequence[int | None]) -> str:
    for number, (shape, at) in enumerate(zip(shapes, best, strict=True)):
        if at is not None and shape.signs:
            return f"第 {number + 1} 列带“≥”一类的符号，猜作{where.columns[at].called}。不对就在上面改。"
    return "已按内容猜好，不对就在上面改。"


def _swap(where: Where, best: Sequence[int | None]) -> tuple[int, int] | None:
    """Target and result, or weight and score, side by side may be the wrong way round."""
    keys = [where.columns[at].key if at is not None else "" for at in best]
    for number, pair in enumerate(pairwise(keys)):
        if set(pair) in ({"target", "actual"}, {"weight", "score"}):
            return number, number + 1
    return None
