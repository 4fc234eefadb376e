"""Number formats of spreadsheets, taken apart: a code as stored becomes sections of tokens.

The language is that of ECMA-376 part 1, 18.8.31, and of the Chinese Excel and WPS (`!` before a character
taken as it is, G/通用格式 for General, 上午/下午).
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

# digit: 0 # ?   scale: a comma behind the last digit   date: y m d h s … in small letters
TokenKind = Literal[
    "text", "digit", "point", "group", "percent", "exponent", "slash", "general", "date", "as-is"
]


class Token(NamedTuple):
    """A part of a section: what it is and how it is written."""

    kind: TokenKind
    text: str


class Condition(NamedTuple):
    """When a section counts: `[>=10000]`."""

    sign: str
    limit: Decimal

    def holds(self, value: Decimal) -> bool:
        """Tell whether a value meets the condition."""
        less, equal = "<" in self.sign, value == self.limit
        if self.sign == "<>":
            return not equal
        return ("=" in self.sign and equal) or (
            value < self.limit if less else ">" in self.sign and value > self.limit
        )


class Section(NamedTuple):
    """A part between semicolons; `numerals` 1 to 3: digits in Chinese, of either way, or full width."""

    tokens: tuple[Token, ...]
    condition: Condition | None
    numerals: int
    chinese: bool

    def has(self, kind: TokenKind) -> bool:
        """Tell whether a token of a kind is there."""
        return any(token.kind == kind for token in self.tokens)


class Format(NamedTuple):
    """A number format: up to three sections for numbers and one for texts."""

    numbers: tuple[Section, ...]
    texts: Section | None


BUILT_IN = {  # ECMA-376 18.8.30, with the forms that a Chinese system shows for 14 to 22 and 27 to 58
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0_);(#,##0)",
    38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);(#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}

LONGEST = 255  # characters of a code; Excel allows no more
_SYSTEM_DATE = 'yyyy"年"m"月"d"日"'
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|(?P<dropped>[_*].)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|aaaa?|e+|b+|g+)"
    r"|(?P<digit>[0#?])"
    r"|(?P<sign>[.,%/@])"
    r"|(?P<plain>[-$+():' ^&~{}<>=1-9]|[^\x00-\x7f])",
    re.IGNORECASE | re.DOTALL,
)
_SIGNS: dict[str, TokenKind] = {".": "point", ",": "group", "%": "percent", "/": "slash", "@": "as-is"}
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-([0-9A-F]+))?", re.IGNORECASE)
_COLOUR = re.compile(
    "black|blue|cyan|green|magenta|red|white|yellow|colou?r *[0-9]+"
    "|黑色|蓝色|青色|绿色|洋红|红色|白色|黄色|颜色 *[0-9]+|[黑蓝青绿红白黄]",
    re.IGNORECASE,
)


@lru_cache(maxsize=1000)
def parse_format(code: str) -> Format | None:
    """Return the sections of a format code, or None for one that is not understood."""
    if len(code) > LONGEST:
        return None
    sections = [_section(text) for text in _split(code or "General")]
    if len(sections) > 4 or None in sections:
        return None
    whole = [section for section in sections if section is not None]
    texts = whole.pop() if len(whole) == 4 or whole[-1].has("as-is") else None
    if any(section.has("as-is") for section in whole):
        return None
    return Format(tuple(whole), texts)


def _split(code: str) -> list[str]:
    """The code between the semicolons that are no texts."""
    parts, start, at = [], 0, 0
    while at < len(code):
        if code[at] == '"':
            at = code.find('"', at + 1) if '"' in code[at + 1 :] else len(code)
        elif code[at] in "\\!_*":
            at += 1
        elif code[at] == ";":
            parts.append(code[start:at])
            start = at + 1
        at += 1
    return [*parts, code[start:]]


class _Reader:
    """What is known of a section while it is read."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.condition: Condition | None = None
        self.numerals = 0
        self.chinese = False
        self.system_date = False

    def bracket(self, text: str) -> bool:
        """Take what stands in brackets; False if it means nothing."""
        bare = text.strip()
        if _ELAPSED.fullmatch(bare):
            self.tokens.append(Token("date", f"[{bare.lower()}]"))
        elif match := _CONDITION.fullmatch(bare):
            self.condition = Condition(match[1], Decimal(match[2]))
        elif bare.upper() in ("DBNUM1", "DBNUM2", "DBNUM3"):
            self.numerals = int(bare[-1])
        elif match := _CURRENCY.fullmatch(bare):
            self._locale(match[1], (match[2] or "").upper())
        else:
            return _COLOUR.fullmatch(bare) is not None
        return True

    def _locale(self, currency: str, locale: str) -> None:
        if currency:
            self.tokens.append(Token("text", currency))
        self.chinese = self.chinese or locale.endswith("804")
        self.system_date = locale == "F800"
        if locale.startswith("30") and len(locale) == 8:  # [$-30804]: Chinese numerals by locale
            self.numerals = 1


def _section(text: str) -> Section | None:
    reader, at = _Reader(), 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or not _take(reader, match):
            return None
        at = match.end()
    tokens = _with_minutes(reader.tokens)
    if not tokens and "[" in text:
        tokens = [Token("general", "")]  # a colour alone
    if reader.system_date:
        tokens = list((_section(_SYSTEM_DATE) or Section((), None, 0, False)).tokens)
    return Section(tuple(tokens), reader.condition, reader.numerals, reader.chinese)


def _take(reader: _Reader, match: re.Match[str]) -> bool:
    """Add what a token means to what is read; False for a bracket that means nothing."""
    kind, text = match.lastgroup or "", match[match.lastgroup or 0]
    if kind == "bracket":
        return reader.bracket(text)
    if kind == "date" and text.lower() in ("g", "gg", "ggg"):
        return True  # the era of a calendar that is not ours
    if kind in ("quoted", "escaped", "plain"):
        reader.tokens.append(Token("text", text))
    elif kind in ("date", "noon"):
        reader.tokens.append(Token("date", text.lower()))
    elif kind == "sign":
        reader.tokens.append(Token(_SIGNS[text], text))
    elif kind == "general":
        reader.tokens.append(Token("general", ""))
    elif kind == "exponent":
        reader.tokens.append(Token("exponent", text))
    elif kind == "digit":
        reader.tokens.append(Token("digit", text))
    return True


def _with_minutes(tokens: list[Token]) -> list[Token]:
    """The tokens of a section, with an m that means minutes as `mi`: behind an hour or before seconds."""
    dates = [at for at, token in enumerate(tokens) if token.kind == "date"]
    found = list(tokens)
    for place, at in enumerate(dates):
        text = tokens[at].text
        before = tokens[dates[place - 1]].text if place else ""
        after = tokens[dates[place + 1]].text if place + 1 < len(dates) else ""
        if text in ("m", "mm") and (before.strip("[]").startswith("h") or after.strip("[]").startswith("s")):
            found[at] = Token("date", "mi" * len(text))
    return found
