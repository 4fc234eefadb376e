"""Texts as files hold them: what is no text goes, ends of lines become one sign."""

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x85]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def clean(text: str) -> str:
    """Return a text without control characters, its lines ended by \\n."""
    return _CONTROL.sub("", _LINE_END.sub("\n", text)) if not text.isprintable() else text


def unescaped(text: str) -> str:
    """Return a text of an Excel file with its _xHHHH_ as the characters they stand for, cleaned."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text)
    return clean(text)


def _character(code: int) -> str:
    return "" if 0xD800 <= code < 0xE000 else chr(code)


def lone_surrogates_out(text: str) -> str:
    """Return a text without halves of characters, which no file and no window could take."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
