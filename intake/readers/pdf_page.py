"""What PDFium tells of a page: straight lines that rule it, and letters with their places, upright."""

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from intake import refusals
from intake.readers.symbols import in_symbols

MOST_LETTERS = 200_000
_MOST_OBJECTS = 60_000  # of a page; a second of work
_MOST_NESTED = 8
_THIN = 3  # points; a filled bar that is no thicker is a line
_STRAIGHT = 0.6  # points that a line may stray
_LIGHT = 245  # of 255; a line of that colour or lighter is not seen
_NEAR = 8  # points; letters farther apart do not lie on one another
UNKNOWN = "\ufffd"  # a letter of which the page does not say which it is
_NO_LETTERS = frozenset({*range(32), 0xFFFE, 0xFFFF})
_SLANTED = -1
_UPRIGHT = 0.1  # quarters that a letter may lean
_QUARTER = 1.5708  # radians

Matrix = tuple[float, ...]  # a b c d e f of PDF
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


class Line(NamedTuple):
    """A straight line: where it lies across, where it begins and ends; points from the lower left corner."""

    at: float
    start: float
    end: float


class Letter(NamedTuple):
    """A letter and the box around it."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    turned: bool  # another way than most of the page


class Page(NamedTuple):
    """The lines and letters of a page, turned so that most letters stand upright.

    `overprinted`: how many letters lie on other ones; `slanted`: how many are neither upright nor on their
    side, as those of a watermark, and left out; `pictures`: whether there are some.
    """

    across: tuple[Line, ...]
    down: tuple[Line, ...]
    letters: tuple[Letter, ...]
    overprinted: int
    slanted: int
    pictures: bool


def read_page(page: Any, text_page: Any, most_letters: int) -> Page:
    """Return what stands on a page; raise UserError if it has more letters than that."""
    found = list(_letters(text_page, most_letters))
    letters = [letter for letter in found if letter[2] != _SLANTED]
    turns = Counter(turn for *_, turn in letters).most_common(1)
    turn = turns[0][0] if turns else 0
    across: list[Line] = []
    down: list[Line] = []
    pictures = _Objects(across, down, turn).walk(page)
    upright = tuple(Letter(text, *_turned_box(box, turn), own != turn) for text, box, own in letters)
    single, overprinted = _apart(upright)
    slanted = len(found) - len(letters)
    return Page(tuple(across), tuple(down), tuple(single), overprinted, slanted, pictures)


def _apart(letters: Sequence[Letter]) -> tuple[list[Letter], int]:
    """The letters, one that is printed twice for bold once; and how many lie on other ones."""
    found: list[Letter] = []
    near: dict[tuple[int, int], list[Letter]] = {}
    overprinted = 0
    for letter in letters:
        column, row = int(letter.left // _NEAR), int(letter.bottom // _NEAR)
        around = (
            other
            for x in range(column - 1, column + 2)
            for y in range(row - 1, row + 2)
            for other in near.get((x, y), ())
        )
        below = next((other for other in around if _lies_on(letter, other)), None)
        if below is not None and below.text == letter.text:
            continue
        overprinted += below is not None
        near.setdefault((column, row), []).append(letter)
        found.append(letter)
    return found, overprinted


def _lies_on(letter: Letter, other: Letter) -> bool:
    if letter.text.isspace() or other.text.isspace():
        return False
    width = min(letter.right - letter.left, other.right - other.left)
    height = min(letter.top - letter.bottom, other.top - other.bottom)
    return abs(letter.left - other.left) < width / 2 and abs(letter.bottom - other.bottom) < height / 2


def _letters(text_page: Any, most: int) -> Iterator[tuple[str, Matrix, int]]:
    """Yield the letters with their boxes and how often they are turned by a quarter."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count > most:
        raise refusals.TOO_MUCH_TEXT()
    box = pdfium.FS_RECTF()
    for number in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, number)
        lost = pdfium.FPDFText_HasUnicodeMapError(text_page, number) == 1 or 0xD800 <= code < 0xE000
        if pdfium.FPDFText_IsGenerated(text_page, number) == 1 or (code in _NO_LETTERS and not lost):
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text_page, number, box):
            continue
        text = UNKNOWN if lost else in_symbols(chr(code), "")
        quarters = pdfium.FPDFText_GetCharAngle(text_page, number) / _QUARTER
        turn = round(quarters) % 4 if abs(quarters - round(quarters)) < _UPRIGHT else _SLANTED
        yield text, (box.left, box.bottom, box.right, box.top), turn


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point of the page when the page is turned back by so many quarters."""
    return ((x, y), (-y, x), (-x, -y), (y, -x))[turn]


def _turned_box(box: Matrix, turn: int) -> tuple[float, float, float, float]:
    (x, y), (u, v) = _turned(box[0], box[1], turn), _turned(box[2], box[3], turn)
    return min(x, u), min(y, v), max(x, u), max(y, v)


class _Objects:
    """Collects the lines of a page from what is drawn on it."""

    def __init__(self, across: list[Line], down: list[Line], turn: int) -> None:
        self._across, self._down, self._turn = across, down, turn
        self._left = _MOST_OBJECTS

    def walk(self, page: Any) -> bool:
        """Take all lines; tell whether there are pictures."""
        count = pdfium.FPDFPage_CountObjects(page)
        return self._take((pdfium.FPDFPage_GetObject(page, number) for number in range(count)), _SAME, 0)

    def _take(self, objects: Iterator[Any], outer: Matrix, depth: int) -> bool:
        pictures = False
        for item in objects:
            self._left -= 1
            if self._left < 0:
                raise refusals.TOO_MUCH_TEXT()
            match pdfium.FPDFPageObj_GetType(item):
                case pdfium.FPDF_PAGEOBJ_IMAGE:
                    pictures = True
                case pdfium.FPDF_PAGEOBJ_PATH:
                    self._path(item, _times(_matrix(item), outer))
                case pdfium.FPDF_PAGEOBJ_FORM if depth < _MOST_NESTED:
                    count = pdfium.FPDFFormObj_CountObjects(item)
                    inner = (pdfium.FPDFFormObj_GetObject(item, number) for number in range(max(0, count)))
                    pictures |= self._take(inner, _times(_matrix(item), outer), depth + 1)
        return pictures

    def _path(self, path: Any, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        stroked = bool(stroke.value) and not _is_light(pdfium.FPDFPageObj_GetStrokeColor, path)
        filled = bool(fill.value) and not _is_light(pdfium.FPDFPageObj_GetFillColor, path)
        if not stroked and not filled:
            return
        for points in _strokes(path, matrix):
            turned = [_turned(x, y, self._turn) for x, y in points]
            if filled:
                self._bar(turned)
            if stroked:
                for start, end in pairwise(turned):
                    self._line(start, end)

    def _line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        (x, y), (u, v) = start, end
        if abs(y - v) <= _STRAIGHT:
            self._across.append(Line((y + v) / 2, min(x, u), max(x, u)))
        elif abs(x - u) <= _STRAIGHT:
            self._down.append(Line((x + u) / 2, min(y, v), max(y, v)))

    def _bar(self, points: list[tuple[float, float]]) -> None:
        """A thin filled shape is a line along its longer side."""
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        bottom, top = min(y for _, y in points), max(y for _, y in points)
        if top - bottom <= _THIN and right - left > top - bottom:
            self._across.append(Line((top + bottom) / 2, left, right))
        elif right - left <= _THIN and top - bottom > right - left:
            self._down.append(Line((left + right) / 2, bottom, top))


def _strokes(path: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the strokes of a path, each as its points on the page; curves are no lines and end a stroke."""
    points: list[tuple[float, float]] = []
    x, y = (ctypes.c_float * 1)(), (ctypes.c_float * 1)()
    a, b, c, d, e, f = matrix
    for number in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x[0] + c * y[0] + e, b * x[0] + d * y[0] + f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_LINETO and points:
            points.append(point)
        else:
            if len(points) > 1:
                yield points
            points = [point]
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _matrix(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return _SAME
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does first the inner, then the outer one."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
    )  # fmt: skip


def _is_light(colour_of: Any, item: Any) -> bool:
    """Tell whether a colour is so light, or so thin, that nobody sees it on paper."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not colour_of(item, *parts):
        return False
    return parts[3].value == 0 or all(part.value >= _LIGHT for part in parts[:3])
