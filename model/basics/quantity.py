"""What clerks write as target and result ("≥95%", "8 间/8间/2 间", "稳步提高"), read as numbers or prose.

A text is a number only if nothing is left over beside list number, comparator, number and unit; what
can't be read for certain is prose (domain.md, "What clerks write as target and result").
"""

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from model.basics.number import MONEY_POWERS, convert, grouped, half_width, is_blank, parse_number, shift

Comparator = Literal["≥", "≤", "=", ">", "<", ""]
Direction = Literal["≥", "≤", "="]
Kind = Literal["empty", "number", "prose", "date", "ambiguous"]


class Quantity(NamedTuple):
    """One number with its comparator and unit, as "≥ 95 %"; "每亩 300" has the unit "/亩".

    `scale` is 万 or 亿 where the number was written with it and has no unit: 5万 is 50,000 of anything,
    but 5 万元 beside a sum of money.
    """

    comparator: Comparator
    number: Decimal
    unit: str
    scale: str = ""


class Value(NamedTuple):
    """A target or result as read.

    A "number" has one or several `parts`, an "ambiguous" text two `readings`: the number after a list
    number, and the decimal number. "date" is prose that names a date.
    """

    kind: Kind
    parts: tuple[Quantity, ...] = ()
    readings: tuple[Quantity, ...] = ()


EMPTY, PROSE, DATE = Value("empty"), Value("prose"), Value("date")

_SIGNS: dict[Comparator, str] = {  # as they look after half_width()
    "≥": "≥ ⩾ ≧ >= => 大于等于 大于或等于 不少于 不低于 不小于 至少",
    "≤": "≤ ⩽ ≦ <= =< 小于等于 小于或等于 不超过 不高于 不多于 不大于",
    "=": "= == ═ ﹦ 等于",
    ">": "> ﹥ 大于 高于 超过",
    "<": "< ﹤ 小于 低于 少于",
}
_COMPARATORS: dict[str, Comparator] = {sign: c for c, signs in _SIGNS.items() for sign in signs.split()}
_SUFFIXES: dict[str, Comparator] = {"及以上": "≥", "以上": "≥", "及以下": "≤", "以下": "≤", "以内": "≤"}
_SAME_SIDE: dict[Comparator, str] = {"≥": "≥>", "≤": "≤<"}  # prefixes that a suffix may repeat

# A decimal count of these is no sense, so "1.3次" in the first row may be "1. 3次".
_WHOLE_UNITS = frozenset(
    "次 个 人 场 家 科 所 队 名 期 项 间 台 套 份 篇 课 节 门 校 班 件 部 座 只 本 册 户 路 支 条 批 辆 处 "
    "位 种 组 轮 届 例 起 宗 棵 株 头 盏 村 人次 场次 课时".split()
)
_SAME_UNITS = {"场次": "场", "人次": "人"}
_UNIT_SIGNS = "%‰℃°㎡㎥"
_SHARES = ("%", "‰")
_VAGUE = re.compile("[余多几约]|左右|以上|以下|以内")  # 10余次, 1万多
_TIME_LIMIT = ("内", "前", "后", "底")  # 5年内 is a date to keep, no number of years
_NUMERAL = re.compile("[十百千](?!克|米|瓦|伏)")  # 5千 is not read: a number word is no unit
_MONEY_WORDS = ("成本", "经费", "资金", "支出")

_SIGN = "|".join(sorted(map(re.escape, _COMPARATORS), key=len, reverse=True))
_DIGIT = re.compile("[0-9]")
_BLANKS = re.compile(r"\s+")
_BLANK_BY_COMMA = re.compile(" ?, ?")
_LOOSE_BLANK = re.compile("(?<![0-9]) | (?![0-9])")  # all but a blank between two digits
_LIST_NUMBER = re.compile(rf"^(?:[1-9]|1[0-9]|20) ?(?:、 ?|\. |\.(?={_SIGN}))(?=.)")
_SEPARATOR = re.compile(rf"/(?=[0-9+.-]|每|{_SIGN})|[、;]|(?<![0-9]),|,(?![0-9])")
_UNGROUPED = re.compile("[0-9]、[0-9]")
_PIECE = re.compile(
    rf"(?P<per>(?:每[^\W\d_每]{{1,3}}){{0,2}})(?P<sign>{_SIGN})?"
    r"(?P<number>[+-]?(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+))(?P<rest>\D*)"
)
_LISTED = re.compile(r"([1-9][0-9]?)\.(0|[1-9][0-9]*)")

_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_MONTH = "(?:1[0-2]|0?[1-9])"
_YEAR = "(?:19|20|21)[0-9]{2}"
_DATE = (
    rf"(?:{_YEAR}(?:[./-]{_MONTH}(?:[./-]{_DAY})?|年(?:{_MONTH}(?:月(?:{_DAY}[日号]?)?)?)?)月?度?"
    rf"|{_MONTH}月(?:{_DAY}[日号]?)?|{_DAY}号|每月{_DAY}[日号]|[1-4]季度)"
)
_DATES = re.compile(rf"(?:(?:{_DATE}|{_MONTH})[至到~—-]+)?{_DATE}(?:[底末初前]|以前|之前)?")

# Numbers inside a sentence, for names.
_ANY_DATE = re.compile(rf"(?<![0-9]){_DATES.pattern}(?![0-9])")
_ANY_LIST_NUMBER = re.compile(r"(?:^|[\s;。])(?:\([0-9]{1,2}\)|[0-9]{1,2}[.、](?![0-9]))")
_KNOWN_UNITS = sorted(_WHOLE_UNITS | set(_UNIT_SIGNS) | set(MONEY_POWERS) | {"天", "小时", "学时"}, key=len)
_ANY_NUMBER = re.compile(
    rf"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>(?:[万亿]?(?:{'|'.join(reversed(_KNOWN_UNITS))}))?)"
)


def is_money_row(level2: str, name: str) -> bool:
    """Return whether 万 and 亿 without more mean 万元 and 亿元 in a row of this 二级指标 and name."""
    return any(word in level2 or word in name for word in _MONEY_WORDS)


def read_value(text: str, *, position: int = 0, money_row: bool = False) -> Value:
    """Return a target or result as number, date, prose or one of two readings; never raises.

    `position` is the row's place, from 1, among the rows of its level-1 and level-2 group (0: unknown):
    only there "1.3次" may be a first entry "3次". `money_row` comes from is_money_row().
    """
    if is_blank(text):
        return EMPTY
    tidy = _BLANK_BY_COMMA.sub(",", _BLANKS.sub(" ", half_width(text))).strip().rstrip(" 。.;,")
    if not _DIGIT.search(tidy):
        return PROSE
    if _DATES.fullmatch(tidy.replace(" ", "")):
        return DATE
    return _read_parts(tidy, position, money_row)


def _read_parts(tidy: str, position: int, money_row: bool) -> Value:
    """Read one number or several, after a list number if there is one."""
    rest, listed = _without_list_number(tidy)
    if _UNGROUPED.search(rest):  # 8、8、2间: list number or part?
        return PROSE
    first, *others = _SEPARATOR.split(rest)
    if not others:
        return _read_piece(first, 0 if listed else position, money_row)
    pieces = [first, *(_without_list_number(piece.strip())[0] for piece in others)]
    values = [_read_piece(piece, place, money_row) for place, piece in enumerate(pieces, start=1)]
    if any(value.kind != "number" for value in values):
        return PROSE
    parts = tuple(part for value in values for part in value.parts)
    if len(parts) == 2 and not any(part.unit or part.scale for part in parts):
        return PROSE  # 1/3 is a fraction or a date
    return Value("number", parts)


def _without_list_number(text: str) -> tuple[str, bool]:
    """Take a list number away; tell whether there was one."""
    rest = _LIST_NUMBER.sub("", text, count=1)
    return rest, rest != text


def _read_piece(piece: str, position: int, money_row: bool) -> Value:
    """Read one number with comparator and unit; anything else is prose."""
    match = _PIECE.fullmatch(_LOOSE_BLANK.sub("", piece))
    number = parse_number(match["number"]) if match else None
    if match is None or number is None:
        return PROSE
    rest, comparator = _without_suffix(match["rest"], _COMPARATORS.get(match["sign"] or "", ""))
    if comparator is None:
        return PROSE
    number, unit, scale = _without_scale(number, rest, money_row)
    unit += match["per"].replace("每", "/")
    if not _is_unit(unit):
        return PROSE
    quantity = Quantity(comparator, number, unit, scale if not unit else "")
    listed = _LISTED.fullmatch(match["number"])
    counted = not match["sign"] and unit == rest and unit in _WHOLE_UNITS
    if listed and counted and int(listed[1]) == position:
        return Value("ambiguous", readings=(quantity._replace(number=Decimal(listed[2])), quantity))
    return Value("number", (quantity,))


def _without_suffix(rest: str, comparator: Comparator) -> tuple[str, Comparator | None]:
    """Take 以上, 以下 or 以内 away; None when it contradicts the comparator before the number."""
    for suffix, meant in _SUFFIXES.items():
        if rest.endswith(suffix):
            agrees = not comparator or comparator in _SAME_SIDE[meant]
            return rest.removesuffix(suffix), (comparator or meant) if agrees else None
    return rest, comparator


def _without_scale(number: Decimal, rest: str, money_row: bool) -> tuple[Decimal, str, str]:
    """Count 万 and 亿 into the number, unless they belong to 万元 and 亿元; return number, unit, scale."""
    scale = ""
    for name, power in (("万", 4), ("亿", 8)):
        if not rest.startswith(name) or rest[1:].startswith("元"):
            continue
        after = rest[1:]
        if money_row and (not after or after.startswith("/")):
            return number, f"{name}元{after}", ""
        number, rest, scale = shift(number, power), after, name
    return number, rest, scale


def _is_unit(unit: str) -> bool:
    """Return whether a text may be a unit: nothing, or up to 3 characters on each side of a slash."""
    first, *others = unit.split("/")
    return all(map(_is_word, others)) and (not first or _is_word(first))


def _is_word(word: str) -> bool:
    if not 1 <= len(word) <= 3 or word.endswith(_TIME_LIMIT) or _VAGUE.search(word) or _NUMERAL.match(word):
        return False
    if word[0] in _SHARES:
        return len(word) == 1
    letters = word[0] + word[1:].rstrip("²³")
    return all(char.isalpha() or char in _UNIT_SIGNS for char in letters)


def in_one_unit(target: Quantity, actual: Quantity) -> tuple[Quantity, Quantity] | None:
    """Return both in one unit, or None where they can't be compared.

    A missing unit takes the other's, but % agrees only with %. Money is converted to the target's unit;
    场次 is 场 and 人次 is 人; any other unit agrees with itself.
    """
    if _same(target.unit) == _same(actual.unit):
        return target, actual
    if target.unit in MONEY_POWERS and actual.unit in MONEY_POWERS:
        return target, _in_unit(actual, target.unit)
    if not target.unit and not actual.unit.startswith(_SHARES):
        return _in_unit(target, actual.unit), actual
    if not actual.unit and not target.unit.startswith(_SHARES):
        return target, _in_unit(actual, target.unit)
    return None


def comparable(target: Quantity, actual: Quantity) -> tuple[Decimal, Decimal] | None:
    """Return both numbers in one unit (see in_one_unit), or None where the units differ."""
    pair = in_one_unit(target, actual)
    return (pair[0].number, pair[1].number) if pair else None


def same_unit(one: str, other: str) -> bool:
    """Return whether numbers in these two units can be compared."""
    return in_one_unit(Quantity("", Decimal(1), one), Quantity("", Decimal(1), other)) is not None


def _same(unit: str) -> str:
    return _SAME_UNITS.get(unit, unit)


def _in_unit(quantity: Quantity, unit: str) -> Quantity:
    own = quantity.unit or ("元" if quantity.scale and unit in MONEY_POWERS else "")
    number = convert(quantity.number, own, unit) if own else quantity.number
    return quantity._replace(number=number, unit=unit, scale="")


def one_number_in(text: str) -> Quantity | None:
    """Return the number of a text that holds exactly one, with its unit: 完成培训10场 holds 10 场.

    List numbers and dates are taken away. None where there is no number or more than one, where its unit is
    none that is known, or where it may be a list number.
    """
    rest = _ANY_DATE.sub(" ", _ANY_LIST_NUMBER.sub(" ", half_width(text)))
    found = list(_ANY_NUMBER.finditer(rest))
    if len(found) != 1 or not found[0]["unit"]:
        return None
    value = read_value(found[0].group(), position=int(found[0]["number"][0]))
    return value.parts[0]._replace(comparator="") if len(value.parts) == 1 else None


def preset_direction(value: Value) -> Direction:
    """Return the direction that a target's (first) comparator gives; without one, more is better."""
    comparator = value.parts[0].comparator if value.parts else ""
    if comparator in ("≤", "<"):
        return "≤"
    return "=" if comparator == "=" else "≥"


def phrase(quantity: Quantity) -> str:
    """Return a quantity in words of the form: "≥ 95%", "30,000 人", "每亩 300"."""
    number = grouped(quantity.number)
    if quantity.unit.startswith("/"):
        number = f"{quantity.unit.replace('/', '每')} {number}"
    elif quantity.unit.startswith(_SHARES):
        number += quantity.unit
    elif quantity.unit:
        number = f"{number} {quantity.unit}"
    return f"{quantity.comparator} {number}" if quantity.comparator else number


def describe(value: Value) -> str:
    """Return one phrase that tells a clerk how a text was read."""
    if value.kind == "ambiguous":
        listed, decimal = value.readings
        return f"可能是“{int(decimal.number)}. {phrase(listed)}”，也可能是 {phrase(decimal)}"
    if len(value.parts) > 1:
        count = "零一两三四五六七八九十"[len(value.parts)] if len(value.parts) <= 10 else "多"
        return f"{count}个数：{'、'.join(map(phrase, value.parts))}"
    if value.parts:
        return phrase(value.parts[0])
    return {"empty": "空", "date": "日期"}.get(value.kind, "文字")
