"""The only door for numbers: they are parsed, converted, rounded and printed here, as Decimal, half up."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

MAX_AMOUNT = Decimal(10**10)  # 万元; more than a province spends in a year is a slip of the finger
LONGEST = 40  # characters of a number; a longer row of digits is no number of this world

# Powers of ten of the units of money, by name; a bare 万 or 亿 after an amount is short for the unit.
MONEY_POWERS = {"元": 0, "万元": 4, "亿元": 8}
_SHORT_UNITS = {"万": "万元", "亿": "亿元"}

# Full-width ASCII, its blank, the minus sign and small forms; never NFKC, which turns 10² into 102.
_HALF_WIDTH: dict[int, str | None] = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
_HALF_WIDTH |= {ord("\u3000"): " ", ord("−"): "-", ord("﹣"): "-", ord("﹪"): "%"}
_HALF_WIDTH |= dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))  # blanks without width
_WIDE = re.compile(f"[{''.join(map(chr, _HALF_WIDTH))}]")

STROKES = "/\\-–—―─‐‑‒⁄∕"  # what clerks draw through a cell that is not used, after half_width()
_NOTHING = ("无", "N/A", "NA", "不适用", "不涉及", "暂无", "没有", "无此项")

_POINT = re.compile("(?<=[0-9])。(?=[0-9])")
_NUMBER = re.compile(r"[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)")
_AMOUNT = re.compile("(.*?)(亿元|万元|元|亿|万)?")
EXACT = Context(prec=200)


def half_width(text: str) -> str:
    """Return the text with full-width letters, digits and signs as ASCII and 。 between digits as a point."""
    found = text.translate(_HALF_WIDTH) if _WIDE.search(text) else text  # a look-up for each character
    return _POINT.sub(".", found) if "。" in found else found


def is_blank(text: str) -> bool:
    """Return whether nothing but blanks, visible or not, stands in the text."""
    return not half_width(text).strip()


@lru_cache(maxsize=20_000)
def is_nothing(text: str) -> bool:
    """Return whether a number cell says that there is no number: blank, dashes, slashes, 无, N/A, 不适用 …"""
    bare = "".join(half_width(text).split()).upper().strip("()").rstrip("。.；;")
    return not bare.strip(STROKES) or bare in _NOTHING


@lru_cache(maxsize=20_000)
def parse_number(text: str) -> Decimal | None:
    """Return the number that the whole text is, or None.

    Full-width forms, blanks, a sign, thousands commas in right groups of three and a 。 for the point
    are accepted; NaN, 1e5, 10² and digits of other scripts are no numbers. Decimals stay as typed.
    """
    bare = "".join(half_width(text).split())
    if len(bare) > LONGEST or not _NUMBER.fullmatch(bare):
        return None
    return Decimal(bare.replace(",", "").removesuffix("."))


def parse_amount(text: str, unit: str = "万元") -> Decimal | None:
    """Return an amount in `unit` (元, 万元 or 亿元), or None for a blank or unreadable text.

    An amount may carry a unit of its own and is then converted by name; 万 means 万元, 亿 means 亿元.
    """
    match = _AMOUNT.fullmatch("".join(half_width(text).split()))
    number = parse_number(match[1]) if match else None
    if match is None or number is None:
        return None
    own = _SHORT_UNITS.get(match[2], match[2]) or unit
    return convert(number, own, unit)


def parse_percent(text: str) -> tuple[Decimal, int] | None:
    """Return the fraction that a given rate stands for, and the decimals it shows: "99.83%" is (0.9983, 2).

    A rate without % is only understood when it is 0: 0.98 might be 98 % or 0.98 %.
    """
    bare = "".join(half_width(text).split())
    number = parse_number(bare.removesuffix("%"))
    if number is None or (number and not bare.endswith("%")):
        return None
    return number.scaleb(-2, EXACT), decimals(number)


def parse_points(text: str) -> Decimal | None:
    """Return a weight or score in points; 分 may stand after it."""
    return parse_number("".join(half_width(text).split()).removesuffix("分"))


def convert(amount: Decimal, unit: str, wanted: str) -> Decimal:
    """Return an amount of `unit` in `wanted`, both of MONEY_POWERS, exactly.

    In the same unit the typed decimals stay (50.00), else there are no trailing zeros.
    """
    return shift(amount, MONEY_POWERS[unit] - MONEY_POWERS[wanted])


def shift(number: Decimal, power: int) -> Decimal:
    """Return number × 10^power exactly, without trailing zeros unless power is 0."""
    return Decimal(plain(number.scaleb(power, EXACT))) if power else number


def rounded(value: Decimal | Fraction, places: int) -> Decimal:
    """Return the value with exactly `places` decimals, rounded half up (away from zero), never -0."""
    if isinstance(value, Decimal):
        found = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT)
        return found if found else found.copy_abs()
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if value < 0 and whole else ""
    return Decimal(f"{sign}{whole}E-{places}")


def plain(value: Decimal) -> str:
    """Return all of the value without exponent, trailing zeros or -0: the form in JSON."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def show(value: Decimal | Fraction, max_places: int = 2) -> str:
    """Return the value rounded to at most `max_places` decimals, without trailing zeros."""
    return plain(rounded(value, max_places))


def grouped(value: Decimal) -> str:
    """Return all of the value with thousands commas, for explanations: 1,074.56."""
    return format(Decimal(plain(value)), ",f")


def show_amount(amount: Decimal, *, commas: bool = False, places: int = 2) -> tuple[str, str]:
    """Return an amount as printed, and the spreadsheet format under which the number shows this text.

    Decimals stay as typed (50, 50.0) up to `places`, else it is rounded to them; the form decides
    about thousands commas (docs/domain.md, "Figures on paper and in Excel").
    """
    shown = min(decimals(amount), places)
    text = format(rounded(amount, shown), ",f" if commas else "f")
    return text, _format(shown, "#,##0" if commas else "0")


def show_typed_amount(text: str, *, commas: bool = False) -> tuple[str, Decimal | None, str]:
    """Return a typed amount as printed, its number, and the spreadsheet format that shows it so.

    A unit that the clerk wrote stays behind the number ("89.89万元"); a text that is no amount, or that
    does not say by itself whether it is one ("1e5"), is printed as typed and has no number.
    """
    match = _AMOUNT.fullmatch("".join(half_width(text).split()))
    amount = parse_number(match[1]) if match else None
    if match is None or amount is None:
        return text, None, ""
    shown, number_format = show_amount(amount, commas=commas)
    unit = match[2] or ""
    return shown + unit, Decimal(shown.replace(",", "")), number_format + (f'"{unit}"' if unit else "")


def show_score(score: Decimal) -> tuple[str, str]:
    """Return points with up to 2 decimals, no trailing zeros, and the spreadsheet format that shows it so."""
    shown = show(score)
    return shown, _format(decimals(Decimal(shown)))


def show_rate(rate: Decimal | Fraction) -> tuple[str, str]:
    """Return a rate (a fraction) in %, up to 2 decimals, and the spreadsheet format that shows it so.

    No trailing zeros, but a rate that only rounds to 100 % or to 0 % keeps both: 100.00%, 0.00%.
    """
    percent = Fraction(rate) * 100
    shown = rounded(percent, 2)
    text = str(shown) if shown in (0, 100) and shown != percent else plain(shown)
    return text + "%", _format(decimals(Decimal(text))) + "%"


def shares(amounts: Sequence[Decimal]) -> tuple[Decimal, ...] | None:
    """Return each amount's share of their sum in %, 2 decimals, together exactly 100.00.

    Largest remainder: all are cut, and the missing hundredths go to the largest remainders, the first
    of equals. None when the sum is not positive.
    """
    total = sum(map(Fraction, amounts), Fraction(0))
    if total <= 0:
        return None
    exact = [Fraction(amount) * 10000 / total for amount in amounts]
    hundredths = [share.__floor__() for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: hundredths[i] - exact[i])
    for i in by_remainder[: 10000 - sum(hundredths)]:
        hundredths[i] += 1
    return tuple(Decimal(f"{share}E-2") for share in hundredths)


def decimals(number: Decimal) -> int:
    """Return how many decimals a number shows as typed."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _format(places: int, whole: str = "0") -> str:
    return f"{whole}.{'0' * places}" if places else whole
