"""What a cell shows: a stored number and its format become the text that a person sees, never evaluated.

No file library does this; what a person means by a cell is what it shows, and what it stores is kept beside
(decision "Foreign files are read by readers of our own").
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from intake.readers.chinese import digits_in_chinese, number_in_chinese
from intake.readers.dates import moment, show_date, stored
from intake.readers.formats import Format, Section, Token, parse_format
from model.basics.number import parse_amount, parse_number, parse_percent, plain, rounded
from model.recognition.incoming import DIGITS, Mark

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E[+-]?[0-9]{1,3})?", re.IGNORECASE)
_NO_FIGURE = re.compile("[^0-9.]")
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_LARGEST = 40  # digits before the point; no sum of money and no count has more
_WIDTH = 11  # characters that General shows of a number
_FAR = 30  # powers of ten beyond which a number is written with an exponent


class Shown(NamedTuple):
    """The text that a cell shows, the value behind it (SeenCell.exact), and why to look at it."""

    text: str
    exact: str
    marks: frozenset[Mark] = frozenset()


@lru_cache(maxsize=20_000)
def stored_number(text: str) -> Decimal | None:
    """Return the number that a file holds, to 15 digits, or None for what is no number (NaN, 1e999, abc)."""
    bare = text.strip()
    if len(bare) > 400 or not _NUMBER.fullmatch(bare):
        return None
    try:
        number = DIGITS.create_decimal(bare)
    except InvalidOperation:
        return None
    return number if number == 0 or abs(number.adjusted()) <= 308 else None


@lru_cache(maxsize=20_000)
def show_number(number: Decimal, code: str, base_1904: bool = False) -> Shown:
    """Return how a number shows under a format code; a format that is not understood shows the number."""
    form = parse_format(code)
    if form is None:
        return Shown(_exact(number), _exact(number), frozenset({Mark.FORMAT}))
    if not form.numbers:  # a number in a cell of texts
        return _seen("-" * (number < 0) + general(abs(number)), number)
    section, sign = _section_for(number, form)
    if section is None:
        return _seen("", number)
    if section.has("date"):
        return _show_day(number, section, base_1904)
    return _seen(sign + _show(abs(number), section).strip() if sign else _show(abs(number), section), number)


def show_text(text: str, code: str) -> Shown:
    """Return how a text shows under a format code: ;;; hides it, "@元" adds to it."""
    form = parse_format(code)
    if form is None or form.texts is None:
        return Shown(text, "")
    if not form.texts.has("as-is"):
        shown = "".join(token.text for token in form.texts.tokens if token.kind == "text")
    else:
        shown = "".join(text if token.kind == "as-is" else token.text for token in form.texts.tokens)
    return Shown(text, "") if shown.strip() == text.strip() else Shown(shown, text, frozenset({Mark.FORMAT}))


def _seen(text: str, number: Decimal) -> Shown:
    """The text with a mark where it says another number than is stored."""
    text = text.strip()
    said = _said(text)
    same = abs(number) in said or (number == 0 and not said)
    return Shown(text, _exact(number), frozenset() if same else frozenset({Mark.ROUNDED}))


def _said(text: str) -> set[Decimal]:
    """What numbers, without a sign, a shown text may stand for: 12.5万, 87%, (5.00), 027-8000, 约12人."""
    if "E" in text or "/" in text:
        return {Decimal(-1)}  # a power or a fraction: to be checked
    found = {parse_amount(text.strip("()（） "), "元"), parse_number(_NO_FIGURE.sub("", text))}
    if percent := parse_percent(text):
        found.add(percent[0])
    if match := _FIGURE.search(text):
        found.add(parse_number(match[0]))
    return {abs(number) for number in found if number is not None}


def _exact(number: Decimal) -> str:
    return plain(number) if abs(number.adjusted()) <= _FAR else str(number.normalize())


def _section_for(number: Decimal, form: Format) -> tuple[Section | None, str]:
    """The section that shows a number, and the sign before it."""
    sections = form.numbers
    minus = "-" if number < 0 else ""
    if any(section.condition for section in sections):
        return _by_condition(number, sections, minus)
    if len(sections) == 1:
        return sections[0], minus
    if number < 0:
        return sections[1], ""
    return sections[2 if number == 0 and len(sections) > 2 else 0], ""


def _by_condition(number: Decimal, sections: Sequence[Section], minus: str) -> tuple[Section | None, str]:
    for section in sections:
        if section.condition and section.condition.holds(number):
            below = "<" in section.condition.sign and section.condition.limit <= 0
            return section, "" if below and len(sections) > 1 else minus
    rest = [section for section in sections if section.condition is None]
    if not rest:
        return None, ""
    first = sections[0].condition
    whole = first is not None and ">" in first.sign and first.limit == 0
    return rest[-1], "" if whole and len(sections) == 2 else minus


def _show_day(number: Decimal, section: Section, base_1904: bool) -> Shown:
    at = moment(number, base_1904)
    if at is None:
        return Shown(_exact(number), _exact(number), frozenset({Mark.FORMAT}))
    lasts = any(token.kind == "date" and token.text.startswith("[") for token in section.tokens)
    return Shown(show_date(number, at, section).strip(), _exact(number) if lasts else stored(number, at))


def _show(number: Decimal, section: Section) -> str:
    """A number without its sign, as a section shows it."""
    if section.has("general"):
        return _as_general(number, section)
    if number.adjusted() > _LARGEST:  # Excel fills the cell with #
        return general(number)
    number = number.scaleb(2 * sum(token.kind == "percent" for token in section.tokens))
    if section.has("exponent"):
        text = _as_power(number, section.tokens)
    elif section.has("slash") and section.has("digit"):
        text = _as_fraction(number, section.tokens)
    else:
        text = _as_figures(number, section.tokens)
    return digits_in_chinese(text, section.numerals)


def _as_general(number: Decimal, section: Section) -> str:
    figure = general(number)
    whole, point, fraction = figure.partition(".")
    if section.numerals in (1, 2) and whole.isdecimal() and len(whole) <= 15:
        figure = number_in_chinese(int(whole), section.numerals) + point
        figure += digits_in_chinese(fraction, section.numerals)
    else:
        figure = digits_in_chinese(figure, section.numerals)
    return "".join(figure if token.kind == "general" else token.text for token in section.tokens)


def general(number: Decimal) -> str:
    """Return a number from 0 as General shows it: all digits before the point, eleven characters at most."""
    if number < Decimal(10**15):
        places = max(0, _WIDTH - 1 - max(1, number.adjusted() + 1))
        fits = rounded(number, places)
        if number.adjusted() >= -4 or fits == number:
            return plain(fits)
    mantissa, power = _power(number, 1, 5)
    return f"{plain(mantissa)}E{'-' if power < 0 else '+'}{abs(power):02}"


def _power(number: Decimal, before: int, places: int) -> tuple[Decimal, int]:
    """A number as mantissa with `places` decimals and a power of ten that is a multiple of `before`."""
    if number == 0:
        return rounded(number, places), 0
    power = number.adjusted() // before * before
    mantissa = rounded(number.scaleb(-power), places)
    if mantissa.adjusted() >= before:
        power += before
        mantissa = rounded(number.scaleb(-power), places)
    return mantissa, power


def _as_power(number: Decimal, tokens: Sequence[Token]) -> str:
    """1.23E+05: the digits before the E are the mantissa, those behind it the power."""
    at = next(place for place, token in enumerate(tokens) if token.kind == "exponent")
    front, behind = tokens[:at], tokens[at + 1 :]
    points = [place for place, token in enumerate(front) if token.kind == "point"]
    before = sum(token.kind == "digit" for token in front[: points[0] if points else len(front)])
    places = sum(token.kind == "digit" for token in front) - before
    mantissa, power = _power(number, max(1, before), places)
    sign = "-" if power < 0 else "+" if tokens[at].text.endswith("+") else ""
    return f"{_as_figures(mantissa, front)}E{sign}{_as_figures(Decimal(abs(power)), behind)}"


def _as_fraction(number: Decimal, tokens: Sequence[Token]) -> str:
    """1 3/4: a denominator as printed, or the best one with so many digits."""
    slash = next(place for place, token in enumerate(tokens) if token.kind == "slash")
    behind = [token for token in tokens[slash + 1 :] if token.kind == "digit" or token.text.isdigit()]
    fixed = "".join(token.text for token in behind).replace("?", "").replace("#", "")
    # the numerator's digits stand right before the slash, those of the whole number before a blank
    start = slash
    while start and tokens[start - 1].kind == "digit":
        start -= 1
    has_whole = any(token.kind == "digit" for token in tokens[:start])
    whole = int(number) if has_whole else 0
    rest = Fraction(number) - whole
    if fixed.strip("0"):
        found = Fraction(int(rest * int(fixed) + Fraction(1, 2)), int(fixed))
        top, bottom = int(found * int(fixed)), int(fixed)
    else:
        found = rest.limit_denominator(10 ** min(len(behind), 4) - 1)
        top, bottom = found.numerator, found.denominator
    if has_whole and top == bottom:
        whole, top = whole + 1, 0
    front = str(whole) if has_whole and (whole or not top) else ""
    return f"{front} {top}/{bottom}".strip() if top or not has_whole else front


def _as_figures(number: Decimal, tokens: Sequence[Token]) -> str:
    """A number by its placeholders: decimals, thousands, and texts in between (`0!.0,"万"`)."""
    points = [place for place, token in enumerate(tokens) if token.kind == "point"]
    point = points[0] if points else len(tokens)
    digits = [place for place, token in enumerate(tokens) if token.kind == "digit"]
    if not digits:
        return "".join(token.text for token in tokens if token.kind in ("text", "percent", "point"))
    number = number.scaleb(-3 * _scale(tokens, digits, point))
    places = sum(place > point for place in digits)
    figure = format(rounded(number, places), "f")
    whole, _, fraction = figure.partition(".")
    front = [place for place in digits if place < point]
    written = _whole_digits(whole.lstrip("0"), front, tokens)
    written |= _decimals(fraction, [place for place in digits if place > point], tokens)
    lead = whole.lstrip("0") if not front else ""  # .00 shows 1.5 as 1.50
    parts = []
    for place, token in enumerate(tokens):
        if token.kind == "point" and place == point:
            parts.append(lead + ".")
        elif token.kind == "digit":
            parts.append(written[place])
        elif token.kind in ("text", "percent"):
            parts.append(token.text)
    return "".join(parts)


def _scale(tokens: Sequence[Token], digits: Sequence[int], point: int) -> int:
    """How many commas stand right behind the last digit, or before the point: each is a thousand."""
    last_whole = max((place for place in digits if place < point), default=-1)
    count = 0
    for end in {last_whole, digits[-1]} - {-1}:
        place = end + 1
        while place < len(tokens) and tokens[place].kind == "group":
            count, place = count + 1, place + 1
    return count


def _whole_digits(whole: str, front: Sequence[int], tokens: Sequence[Token]) -> dict[int, str]:
    """What each placeholder before the point shows; the first takes all that is left."""
    grouped = any(
        token.kind == "group" and front and front[0] < place < front[-1] for place, token in enumerate(tokens)
    )
    written: dict[int, str] = {}
    left, done = whole, 0
    for place in reversed(front):
        first = place == front[0]
        taken = left if first else left[-1:]
        left = "" if first else left[:-1]
        figures = taken or {"0": "0", "?": " "}.get(tokens[place].text, "")
        text = ""
        for figure in reversed(figures):
            text = figure + ("," if grouped and done and done % 3 == 0 and figure != " " else "") + text
            done += 1
        written[place] = text
    return written


def _decimals(fraction: str, behind: Sequence[int], tokens: Sequence[Token]) -> dict[int, str]:
    """What each placeholder behind the point shows: # no zeros at the end, ? blanks."""
    written: dict[int, str] = {}
    ending = True
    for place, figure in zip(reversed(behind), reversed(fraction), strict=False):
        kind = tokens[place].text
        ending = ending and figure == "0" and kind != "0"
        written[place] = {"?": " ", "#": ""}[kind] if ending else figure
    return written
