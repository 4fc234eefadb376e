"""Makes the two shipped fonts, and what is known of them as text, from the published Noto Serif SC.

    npm pack @expo-google-fonts/noto-serif-sc@0.4.3
    .venv/bin/python packaging/fonts/subset.py expo-google-fonts-noto-serif-sc-0.4.3.tgz

Written to resources/fonts, the same bytes every time:

    NotoSerifSC-Regular.ttf   the block 4E00-9FFF, 通用规范汉字表, SYMBOLS
    NotoSerifSC-Bold.ttf      通用规范汉字表, GB 2312, SYMBOLS
    coverage.txt              the characters of both, as ranges of code points
    widths.txt                the advance of each that is not one em wide, in thousandths of an em
    OFL.txt                   the licence of the fonts

standard.txt holds the characters of 通用规范汉字表 (2013) that GB 2312 lacks; with GB 2312 it makes up the
8,105. Hinting and layout tables are dropped: the PDF writer places single glyphs and reads neither.
"""

import hashlib
import io
import sys
import tarfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "resources" / "fonts"
PACKAGE_SHA256 = "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e"
SOURCES = {
    "Regular": "package/400Regular/NotoSerifSC_400Regular.ttf",
    "Bold": "package/700Bold/NotoSerifSC_700Bold.ttf",
}
LICENCE = "package/LICENSE_FONT"

IDEOGRAPHS = (0x4E00, 0x9FFF)
SYMBOLS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x024F),  # Latin with accents, pinyin among it
    (0x02B0, 0x02FF),  # tone marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x1E00, 0x1EFF),  # more Latin with accents
    (0x2000, 0x206F),  # general punctuation: dashes, quotes, ellipsis, ‰
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x214F),  # ℃ ℓ № ™
    (0x2150, 0x218F),  # fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2300, 0x23FF),  # technical
    (0x2460, 0x24FF),  # enclosed numerals
    (0x2500, 0x25FF),  # box drawing, blocks, geometric shapes
    (0x2600, 0x27BF),  # stars, ticks, dingbats
    (0x2900, 0x2BFF),  # more arrows, mathematics and shapes
    (0x2E80, 0x2FDF),  # radicals, which text copied from a PDF is full of
    (0x3000, 0x312F),  # CJK punctuation, kana, bopomofo
    (0x31A0, 0x31BF),  # more bopomofo
    (0x3200, 0x33FF),  # enclosed ideographs, square units
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE4F),  # compatibility forms
    (0xFF01, 0xFF9F),  # full width and half width
    (0xFFE0, 0xFFE6),  # full-width currency
)

UNUSED_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "prep"]
COVERAGE_HEADER = "# From packaging/fonts/subset.py: the characters of the fonts, hexadecimal code points."
WIDTHS_HEADER = "# From packaging/fonts/subset.py: advances in 1/1000 em, where not 1000."


def expand(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """Return the code points of some ranges, both ends included."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def standard() -> set[int]:
    """Return the characters of 通用规范汉字表 that GB 2312 lacks."""
    lines = (HERE / "standard.txt").read_text("utf-8").splitlines()
    return {ord(letter) for line in lines if not line.startswith("#") for letter in line}


def gb2312() -> set[int]:
    """Return the characters of GB 2312, its symbols included."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(letter) for pair in pairs for letter in pair.decode("gb2312", "ignore")}


def wanted() -> dict[str, set[int]]:
    """Return the code points to keep of each weight."""
    common = expand(SYMBOLS) | standard() | gb2312()
    return {"Regular": common | expand([IDEOGRAPHS]), "Bold": common}


def subset(font: TTFont, codes: set[int]) -> TTFont:
    """Return `font` cut down to `codes`, without hinting, layout and vertical metrics."""
    options = Options(
        hinting=False,
        layout_features=[],
        name_IDs=list(range(15)),
        notdef_outline=True,
        drop_tables=[*Options().drop_tables, *UNUSED_TABLES],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return font


def runs(values: dict[int, int]) -> Iterator[tuple[str, int]]:
    """Return neighbouring code points of equal value as one item: ("4E00-9FFF", value) or ("3007", value)."""
    ordered = sorted(values.items())
    for _, group in groupby(enumerate(ordered), key=lambda item: (item[1][0] - item[0], item[1][1])):
        members = [code for _, (code, _) in group]
        first, last = members[0], members[-1]
        yield (f"{first:04X}" if first == last else f"{first:04X}-{last:04X}"), values[first]


def widths(font: TTFont) -> dict[int, int]:
    """Return the advance of every covered character in thousandths of an em."""
    em = font["head"].unitsPerEm
    return {code: round(font["hmtx"][glyph][0] * 1000 / em) for code, glyph in font.getBestCmap().items()}


def coverage_lines(font: TTFont) -> list[str]:
    """Return the covered characters as lines of coverage.txt."""
    return [name for name, _ in runs(dict.fromkeys(font.getBestCmap(), 0))]


def width_lines(font: TTFont) -> list[str]:
    """Return the advances that are not one em as lines of widths.txt."""
    uneven = {code: width for code, width in widths(font).items() if width != 1000}
    return [f"{name} {width}" for name, width in runs(uneven)]


def document(header: str, sections: dict[str, list[str]]) -> str:
    """Return the text of a data file: a comment, then a section for each font."""
    parts = [line for name, lines in sections.items() for line in (f"[{name.lower()}]", *lines)]
    return "\n".join([header, *parts, ""])


def licence(font: TTFont, text: str) -> str:
    """Return the licence headed by the font's own copyright line, which the package's copy lacks."""
    return f"{font['name'].getDebugName(0)}\n{text}"


def read_package(archive: Path) -> dict[str, bytes]:
    """Return the members of the npm package that are needed."""
    data = archive.read_bytes()
    if hashlib.sha256(data).hexdigest() != PACKAGE_SHA256:
        sys.exit(f"{archive} is not the package this script was written for")
    with tarfile.open(fileobj=io.BytesIO(data)) as package:
        files = {name: package.extractfile(name) for name in (*SOURCES.values(), LICENCE)}
        return {name: file.read() for name, file in files.items() if file}


def main(archive: Path) -> None:
    """Write the fonts and the text files beside them."""
    members = read_package(archive)
    fonts = {}
    for weight, codes in wanted().items():
        font = TTFont(io.BytesIO(members[SOURCES[weight]]), recalcTimestamp=False)
        fonts[weight] = subset(font, codes)
        path = TARGET / f"NotoSerifSC-{weight}.ttf"
        font.save(path)
        print(f"{path.name}: {len(font.getBestCmap()):,} characters, {path.stat().st_size:,} bytes")
    coverage = {weight: coverage_lines(font) for weight, font in fonts.items()}
    uneven = {weight: width_lines(font) for weight, font in fonts.items()}
    texts = {
        "coverage.txt": document(COVERAGE_HEADER, coverage),
        "widths.txt": document(WIDTHS_HEADER, uneven),
        "OFL.txt": licence(fonts["Regular"], members[LICENCE].decode("utf-8")),
    }
    for name, text in texts.items():
        (TARGET / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
