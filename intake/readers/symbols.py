"""Ticks and boxes that are letters of a symbol font: what a person sees instead of `R` in Wingdings 2."""

import re

_SYMBOL = {code: chr(code) for code in range(0x20, 0x40)}  # figures and most signs are as in any font
_SYMBOL |= {0x41 + n: letter for n, letter in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")}
_SYMBOL |= {0x61 + n: letter for n, letter in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")}
_SYMBOL |= {0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB1: "±", 0xB9: "≠", 0xBB: "≈", 0xB0: "°"}
_SYMBOL |= {0xB7: "•", 0xD6: "√", 0x7F: "□", 0xA0: "€", 0xA5: "∞", 0xAE: "→", 0xC5: "⊕"}

_TABLES = {  # font → code of the letter → what it looks like
    "wingdings": {
        0x6E: "■",
        0x6F: "□",
        0x71: "□",
        0x72: "□",
        0x78: "☒",
        0xA7: "■",
        0xA8: "□",
        0xFB: "×",
        0xFC: "√",
        0xFD: "☒",
        0xFE: "☑",
    },
    "wingdings 2": {
        0x2A: "□",
        0x4F: "×",
        0x50: "√",
        0x51: "☒",
        0x52: "☑",
        0x53: "☒",
        0x54: "☒",
        0xA2: "■",
        0xA3: "□",
    },
    "wingdings 3": {},
    "webdings": {0x61: "√", 0x63: "□", 0x67: "■", 0x72: "×"},
    "symbol": _SYMBOL,
    "marlett": {0x61: "√", 0x62: "√", 0x72: "×"},
}
_ANY = _TABLES["wingdings 2"] | _TABLES["wingdings"] | {0x52: "☑", 0x50: "√"}  # where the font is not known
_PRIVATE = range(0xF000, 0xF100)  # where Windows puts the letters of symbol fonts
_PRIVATE_LETTER = re.compile("[\uf000-\uf0ff]")
_UNKNOWN = "\ufffd"


def is_symbol_font(font: str) -> bool:
    """Tell whether the letters of a font are pictures."""
    return font.strip().lower() in _TABLES


def symbol(code: int, font: str) -> str:
    """Return what a letter of a symbol font looks like; a sign for what is not known."""
    known = _TABLES.get(font.strip().lower(), _ANY)
    return known.get(code - _PRIVATE.start if code in _PRIVATE else code, _UNKNOWN)


def in_symbols(text: str, font: str) -> str:
    """Return a text as it looks in a font; in an ordinary one only letters of the private range change."""
    if font and is_symbol_font(font):
        return "".join(letter if letter.isspace() else symbol(ord(letter), font) for letter in text)
    return _PRIVATE_LETTER.sub(lambda match: symbol(ord(match[0]), ""), text)
