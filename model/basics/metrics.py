"""The widths and the coverage of the shipped fonts, which are data, and which characters show nothing."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

BOXES = "□☐☑☒"  # drawn by hand, so no font need have them

# Control characters, joiners, direction marks, variation selectors: pasted in, never meant, without a glyph.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)
_ODD_BLANK = re.compile(r"[^\S \u3000\xa0]")  # tabs and the like: a blank on paper
_ADVANCE = 1000  # of a Chinese character, in 1/1000 em


class Face(NamedTuple):
    """One weight of the font: its code points, as rising ranges, and the advances that are not 1000."""

    ranges: tuple[tuple[int, int], ...]
    widths: Mapping[int, int]

    def has(self, code: int) -> bool:
        """Tell whether the weight has a glyph for the code point."""
        place = bisect_right(self.ranges, (code, 0x110000)) - 1
        return place >= 0 and code <= self.ranges[place][1]


class _Advances(dict[str, int]):
    """Advance by character, looked up once; a character the first face lacks is measured in the next."""

    def __init__(self, *faces: Face) -> None:
        super().__init__()
        self._faces = faces

    def __missing__(self, char: str) -> int:
        code = ord(char)
        face = next((face for face in self._faces if face.has(code)), self._faces[-1])
        advance = self[char] = face.widths.get(code, _ADVANCE)
        return advance


@dataclass(frozen=True, slots=True, eq=False)
class Metrics:
    """The two shipped weights. A character that Bold lacks is measured and drawn in Regular."""

    regular: Face
    bold: Face
    _advances: tuple[_Advances, _Advances] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        advances = _Advances(self.regular), _Advances(self.bold, self.regular)
        object.__setattr__(self, "_advances", advances)

    def covers(self, char: str, bold: bool) -> bool:
        """Tell whether the weight itself has the character, or needs none: tick boxes are drawn."""
        return _needs_no_glyph(char) or (self.bold if bold else self.regular).has(ord(char))

    def advances(self, bold: bool) -> Mapping[str, int]:
        """Return the advance of any character in 1/1000 em; index it, `get` knows only what was met."""
        return self._advances[bold]


@lru_cache(maxsize=20_000)
def _needs_no_glyph(char: str) -> bool:
    return char in BOXES or not visible(char).strip()


def read_coverage(coverage_text: str) -> Callable[[str], bool]:
    """Return what tells whether the shipped fonts have a character; quicker to read than all metrics."""
    lines = coverage_text.partition("[regular]")[2].partition("[")[0].split()
    ends = (line.partition("-") for line in lines)
    ranges = sorted((int(first, 16), int(last or first, 16)) for first, _, last in ends)
    regular = Face(tuple(ranges), {})
    return lru_cache(maxsize=20_000)(lambda char: _needs_no_glyph(char) or regular.has(ord(char)))


def read_metrics(coverage_text: str, widths_text: str) -> Metrics:
    """Return the metrics written in resources/fonts/coverage.txt and widths.txt.

    Both have `#` comments and the sections `[regular]` and `[bold]`; a line is `4E00-9FFF` or `3007` in
    the first, `0020 224` or `0041-0043 700` in the second. Raises ValueError at a line that is neither.
    """
    coverage = _sections(coverage_text)
    widths = _sections(widths_text)
    return Metrics(*(_face(coverage.get(name, []), widths.get(name, [])) for name in ("regular", "bold")))


_Line = tuple[range, str]


def _sections(text: str) -> dict[str, list[_Line]]:
    """Return the lines by section: the code points and what is said of them."""
    sections: dict[str, list[_Line]] = {}
    lines: list[_Line] = []
    for line in text.splitlines():
        codes, _, value = line.partition("#")[0].strip().partition(" ")
        if codes.startswith("["):
            lines = sections.setdefault(codes.strip("[]"), [])
        elif codes:
            first, _, last = codes.partition("-")
            lines.append((range(int(first, 16), int(last or first, 16) + 1), value))
    return sections


def _face(coverage: list[_Line], widths: list[_Line]) -> Face:
    return Face(
        tuple(sorted((codes[0], codes[-1]) for codes, _ in coverage)),
        {code: int(width) for codes, width in widths for code in codes},
    )


def visible(line: str) -> str:
    """Return the line without the characters that show nothing; odd blanks are plain ones."""
    return _ODD_BLANK.sub(" ", _INVISIBLE.sub("", line))
