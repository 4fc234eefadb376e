"""The two shipped fonts in reportlab: Noto Serif SC Regular and Bold."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from model.basics.metrics import BOXES
from model.forms.loader import metrics
from resources import path

_NAMES = ("NotoSerifSC-Regular", "NotoSerifSC-Bold")


@cache
def regular() -> str:
    """Return the name of the regular font; the first call reads both files (60 ms) and registers them."""
    rl_config.useA85 = 0  # bytes as they are: a quarter smaller, and faster
    ttfonts.makeToUnicodeCMap = _to_unicode_map  # type: ignore[assignment]
    for name in _NAMES:
        font = ttfonts.TTFont(name, str(path(f"fonts/{name}.ttf")), asciiReadable=False)
        for box in BOXES:  # all stand in the text as themselves, over the place of the one the fonts have
            font.face.charToGlyph[ord(box)] = font.face.charToGlyph[ord("□")]
            font.face.charWidths[ord(box)] = font.face.charWidths[ord("□")]
        pdfmetrics.registerFont(font)
    return _NAMES[0]


def runs(text: str, bold: bool) -> Iterator[tuple[str, str]]:
    """Yield the text in runs of one font, each with the font's name: what Bold lacks is set in Regular."""
    covers = metrics().covers
    for has_bold, chars in groupby(text, lambda char: bold and covers(char, bold=True)):
        yield _NAMES[has_bold], "".join(chars)


def _to_unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """Return the CMap from the bytes of a font to what they mean, which makes a PDF searchable.

    Replaces reportlab's, which is wrong beyond the BMP (𬭊) and longer than the 100 lines a block may have.
    """
    meanings = ((byte, chr(code).encode("utf-16-be").hex()) for byte, code in enumerate(subset) if code)
    lines = [f"<{byte:02X}> <{meaning.upper()}>" for byte, meaning in meanings]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
