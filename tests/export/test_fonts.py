"""The shipped fonts are what coverage.txt and widths.txt say, and hold what Chinese offices write."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from resources import path

WEIGHTS = {"regular": "NotoSerifSC-Regular.ttf", "bold": "NotoSerifSC-Bold.ttf"}
RARE = "硚〇䶮𬭊喆堃镕"
SYMBOLS = "≥≤≠×÷±≈∞√≦≧①⑳㈠Ⅰ Ⅻ═□■○●△√★☆㎡㎏℃‰№％￥（）“”‘’—…·《》〔〕、，。；：！？"


@pytest.fixture(scope="module", params=WEIGHTS)
def weight(request):
    """One of the two weights."""
    return request.param


@pytest.fixture(scope="module")
def font(weight):
    """The font file of a weight."""
    return TTFont(path(f"fonts/{WEIGHTS[weight]}"))


def section(name: str, weight: str) -> list[str]:
    """Return the lines of one font in a data file."""
    header, *lines = path(f"fonts/{name}").read_text("utf-8").splitlines()
    assert header.startswith("#")
    start = lines.index(f"[{weight}]") + 1
    ends = [i for i, line in enumerate(lines) if i > start and line.startswith("[")]
    return lines[start : ends[0] if ends else None]


def codes(span: str) -> Iterator[int]:
    """Return the code points of "4E00-9FFF" or "3007"."""
    first, _, last = span.partition("-")
    return iter(range(int(first, 16), int(last or first, 16) + 1))


def test_coverage_is_that_of_the_font(font, weight):
    covered = [code for span in section("coverage.txt", weight) for code in codes(span)]
    assert covered == sorted(font.getBestCmap())


def test_widths_are_those_of_the_font(font, weight):
    assert font["head"].unitsPerEm == 1000
    lines = (line.split() for line in section("widths.txt", weight))
    stated = {code: int(width) for span, width in lines for code in codes(span)}
    advances = {code: font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}
    assert stated == {code: advance for code, advance in advances.items() if advance != 1000}


def test_neighbours_are_merged(weight):
    for name in ("coverage.txt", "widths.txt"):
        runs = [line.partition(" ") for line in section(name, weight)]
        ends = [(min(codes(span)), max(codes(span)), value) for span, _, value in runs]
        assert not [a for a, b in pairwise(ends) if (a[1] + 1, a[2]) == (b[0], b[2])]


@pytest.mark.parametrize("text", [RARE, SYMBOLS, "教育局整体支出绩效自评表 2024"])
def test_text_is_covered(font, text):
    assert not [letter for letter in text if ord(letter) not in font.getBestCmap()]


def test_regular_has_every_unified_ideograph():
    cmap = TTFont(path("fonts/NotoSerifSC-Regular.ttf")).getBestCmap()
    assert set(range(0x4E00, 0xA000)) <= set(cmap)


def test_fonts_may_be_embedded_and_have_outlines_the_pdf_writer_reads(font):
    assert font["OS/2"].fsType == 0
    assert "glyf" in font
    assert not {"GSUB", "GPOS", "vmtx", "CFF "} & set(font.keys())
