"""What clerks write as target and result ("≥95%", "8 间/8间", "2-4场", "稳步提高"), as numbers or prose.

A text is a number only if nothing is left over beside list number, comparator, number and unit; what
can't be read for certain is prose (docs/domain.md, "What clerks write as target and result").
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from model.basics.number import (
    MONEY_POWERS,
    convert,
    decimals,
    grouped,
    half_width,
    parse_number,
    rounded,
    shift,
)
from model.basics.units import KNOWN_UNITS, SHARES, TIMES, WHOLE_UNITS, agree, is_unit, tidy_unit
from model.basics.written_dates import is_date, without_dates

Comparator = Literal["≥", "≤", "=", ">", "<", ""]
Direction = Literal["≥", "≤", "="]
Kind = Literal["empty", "number", "prose", "date", "ambiguous"]
About = Literal["", "约", "余", "近"]


class Quantity(NamedTuple):
    """One number with its comparator and unit, as "≥ 95 %"; "每亩 300" has the unit "/亩".

    `scale` is 万 or 亿 where the number was written with it and has no unit: 5万 is 50,000 of anything,
    but 5 万元 beside a sum of money. A range goes from `number` to `most`; with the comparator ≥ both ends
    were written with theirs (≥40%且≤70%). `about` is the mark of a number that is not exact: 150余人.
    """

    comparator: Comparator
    number: Decimal
    unit: str
    scale: str = ""
    most: Decimal | None = None
    about: About = ""

    @property
    def ceiling(self) -> Decimal:
        """The number, of a range its upper end."""
        return self.number if self.most is None else self.most


class Value(NamedTuple):
    """A target or result as read.

    A "number" has one or several `parts`, an "ambiguous" text two `readings`: the number after a list
    number, and the decimal number. "date" is prose that names a date.
    """

    kind: Kind
    parts: tuple[Quantity, ...] = ()
    readings: tuple[Quantity, ...] = ()

    @property
    def is_range(self) -> bool:
        """Whether it names two ends instead of a number."""
        return any(part.most is not None for part in self.parts)


EMPTY, PROSE, DATE = Value("empty"), Value("prose"), Value("date")

_SIGNS: dict[Comparator, str] = {  # as they look after half_width()
    "≥": "≥ ⩾ ≧ >= => 大于等于 大于或等于 不少于 不低于 不小于 至少",
    "≤": "≤ ⩽ ≦ <= =< 小于等于 小于或等于 不超过 不高于 不多于 不大于",
    "=": "= == ═ ﹦ 等于",
    ">": "> ﹥ 大于 高于 超过 逾",
    "<": "< ﹤ 小于 低于 少于",
}
_COMPARATORS: dict[str, Comparator] = {sign: c for c, signs in _SIGNS.items() for sign in signs.split()}
_SUFFIXES: dict[str, Comparator] = {"及以上": "≥", "以上": "≥", "及以下": "≤", "以下": "≤", "以内": "≤"}
_SAME_SIDE: dict[Comparator, str] = {"≥": "≥>", "≤": "≤<"}  # prefixes that a suffix may repeat
_WITHIN = ("之内", "内")  # after a length of time: 30天内
_LONGEST = 300  # characters of a text that can still be a number, or several
_MONEY_WORDS = ("成本", "经费", "资金", "支出")

_ABOUT: dict[str, About] = {"约": "约", "大约": "约", "近": "近", "将近": "近", "接近": "近"}
_MORE: dict[str, About] = {"余": "余", "多": "余", "来": "约"}  # behind a round number: 150余人
_AROUND = ("左右", "上下")
_ROUND = Decimal(10)  # what 余, 多, 来 and 近 stand beside; 近5次 are the last five
_NO_RANGE = ("", "年级", "级", "期", "届", "号", "楼", "层", "日", "月", "班", "名")  # 5-7日 are dates

_SIGN = "|".join(sorted(map(re.escape, _COMPARATORS), key=len, reverse=True))
_DIGIT = re.compile("[0-9]")
_BLANK_BY_COMMA = re.compile(" ?, ?")
_LOOSE_BLANK = re.compile("(?<![0-9]) | (?![0-9])")  # all but a blank between two digits
_BRACKETS = str.maketrans("[]〔〕【】", "()()()")
_BRACKET = re.compile(r"[\[\]〔〕【】]")
_POWER = re.compile("(?<=[0-9 km])m([23])(?![0-9A-Za-z])")  # 80m2
_LIST_NUMBER = re.compile(rf"^(?:[1-9]|1[0-9]|20) ?(?:、 ?|\. |\.(?={_SIGN}))(?=.)")
_SEPARATOR = re.compile(rf"/(?=[0-9+.-]|每|{_SIGN})|[、;]|(?<![0-9]),(?!且)|,(?![0-9且])")
_UNGROUPED = re.compile("[0-9]、[0-9]")
_NUMBER = r"(?:[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)"
_PER = r"(?P<per>(?:每[^\W\d_每]{1,3}){0,2})"
_PIECE = re.compile(
    rf"{_PER}(?P<sign>{_SIGN})?(?P<about>{'|'.join(_ABOUT)})?(?P<number>[+-]?{_NUMBER})(?P<rest>\D*)"
)
_RANGE = re.compile(
    rf"{_PER}(?P<least>{_NUMBER})(?P<unit>[^\d~至到—–-]*)(?:[~至到–-]|—+)(?P<most>{_NUMBER})(?P<rest>\D*)"
)
_BETWEEN = (  # ≥40%且≤70%, ≥40%≤70%, 3次以上5次以下
    re.compile(rf"(?P<least>\D+{_NUMBER}\D*?),?(?:并且|且)(?P<most>\D+{_NUMBER}\D*)"),
    re.compile(rf"(?P<least>(?:{_SIGN}){_NUMBER}\D*?)(?P<most>(?:{_SIGN}){_NUMBER}\D*)"),
    re.compile(rf"(?P<least>{_NUMBER}\D*以上)(?P<most>{_NUMBER}\D*以[下内])"),
)
_ASIDE = re.compile(r"([^()]*[^()/])\(([^()]+)\)")
_INCLUSIVE = re.compile(r"\(含(?:本数|[0-9.]+[^\W\d]{0,2}[%‰]?)?\)(?=及?以[上下内])")  # 90%（含）以上
_COUNTED = re.compile(rf"(?P<share>{_NUMBER})%\((?P<part>[0-9]+)/(?P<all>[1-9][0-9]*)\)")  # 98%（49/50）
_PART_OF_IT = re.compile("含|其中|包括|包含|共")
_LISTED = re.compile(r"([1-9][0-9]?)\.(0|[1-9][0-9]*)")

# Numbers inside a sentence, for names.
_ANY_LIST_NUMBER = re.compile(r"(?:^|[\s;。])(?:\([0-9]{1,2}\)|[0-9]{1,2}[.、](?![0-9]))")
_ANY_UNIT = "|".join(sorted(map(re.escape, KNOWN_UNITS), key=len, reverse=True))
_ANY_NUMBER = re.compile(
    rf"(?P<nth>第)?(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)"
    rf"(?P<unit>(?:[万亿]?(?:{_ANY_UNIT})(?:[/·](?:{_ANY_UNIT}|月))*)?)"
)


def is_money_row(level2: str, name: str) -> bool:
    """Return whether 万 and 亿 without more mean 万元 and 亿元 in a row of this 二级指标 and name."""
    return any(word in level2 or word in name for word in _MONEY_WORDS)


def read_value(text: str, *, position: int = 0, money_row: bool = False) -> Value:
    """Return a target or result as number, date, prose or one of two readings; never raises.

    `position` is the row's place, from 1, among the rows of its level-1 and level-2 group (0: unknown):
    only there "1.3次" may be a first entry "3次". `money_row` comes from is_money_row().
    """
    half = half_width(text)
    if not half.strip():
        return EMPTY
    if not _DIGIT.search(half):
        return PROSE
    tidy = _POWER.sub(lambda found: "m" + "²³"[found[1] == "3"], " ".join(_round_brackets(half).split()))
    tidy = _BLANK_BY_COMMA.sub(",", tidy).strip().rstrip(" 。.;,")
    if not _DIGIT.search(tidy) or len(tidy) > _LONGEST:
        return PROSE
    if is_date(tidy.replace(" ", "")):
        return DATE
    return _read_parts(tidy, position, money_row)


def _round_brackets(text: str) -> str:
    return text.translate(_BRACKETS) if _BRACKET.search(text) else text


def _read_parts(tidy: str, position: int, money_row: bool) -> Value:
    """Read one number or several, after a list number if there is one."""
    rest, listed = _without_list_number(_without_count(_INCLUSIVE.sub("", tidy)))
    if _UNGROUPED.search(rest):  # 8、8、2间: list number or part?
        return PROSE
    first, *others = _SEPARATOR.split(rest)
    if not others:
        return _read_piece(first, 0 if listed else position, money_row)
    pieces = [first, *(_without_list_number(piece.strip())[0] for piece in others)]
    values = [_read_piece(piece, place, money_row) for place, piece in enumerate(pieces, start=1)]
    if any(value.kind != "number" for value in values):
        return PROSE
    if len(values) == 2 and "," in rest and (between := _joined(*values, written=True)).parts:
        return between  # ≥40%，≤70%
    parts = tuple(part for value in values for part in value.parts)
    if len(parts) == 2 and not any(part.unit or part.scale for part in parts):
        return PROSE  # 1/3 is a fraction or a date
    return Value("number", parts)


def _without_count(text: str) -> str:
    """Take away what a share was counted from, where that makes the share: 98%（49/50）."""
    found = _COUNTED.fullmatch(text)
    share = parse_number(found["share"]) if found else None
    if found is None or share is None:
        return text
    exact = Fraction(int(found["part"]) * 100, int(found["all"]))
    return f"{found['share']}%" if rounded(exact, decimals(share)) == share else text


def _without_list_number(text: str) -> tuple[str, bool]:
    """Take a list number away; tell whether there was one."""
    rest = _LIST_NUMBER.sub("", text, count=1)
    return rest, rest != text


def _read_piece(piece: str, position: int, money_row: bool) -> Value:
    """Read one number or one range, with what stands in brackets behind it; anything else is prose."""
    bare = _LOOSE_BLANK.sub("", piece)
    aside = _ASIDE.fullmatch(bare)
    if aside and aside[2] not in KNOWN_UNITS:
        value = _read_bare(aside[1], 0, money_row)
        return value if _adds_nothing(value, aside[2]) else PROSE
    return _read_bare(bare, position, money_row)


def _adds_nothing(value: Value, aside: str) -> bool:
    """Whether a remark in brackets leaves the number as it is: a part of it, or a count in another unit."""
    if len(value.parts) != 1 or _PART_OF_IT.match(aside):
        return len(value.parts) == 1
    other = _read_bare(aside, 0, False).parts
    units = (value.parts[0].unit, other[0].unit if len(other) == 1 else "")
    return all(units) and not agree(*units) and not set(units) <= set(MONEY_POWERS)


def _read_bare(text: str, position: int, money_row: bool) -> Value:
    """Read one number or one range with nothing behind it."""
    if between := next(filter(None, (pattern.fullmatch(text) for pattern in _BETWEEN)), None):
        return _joined(*(_read_number(between[end], 0, money_row) for end in ("least", "most")), written=True)
    if span := _RANGE.fullmatch(text):
        least = span["per"] + span["least"] + (span["unit"] or span["rest"])
        most = span["per"] + span["most"] + span["rest"]
        return _joined(*(_read_number(end, 0, money_row) for end in (least, most)), written=False)
    return _read_number(text, position, money_row)


def _joined(least: Value, most: Value, *, written: bool) -> Value:
    """Return a range from its two ends; prose where they make none."""
    if len(least.parts) != 1 or len(most.parts) != 1:
        return PROSE
    low, high = least.parts[0], most.parts[0]
    if written:
        is_span = low.comparator in ("≥", ">") and high.comparator in ("≤", "<")
    else:
        is_span = not low.comparator and not high.comparator and high.unit not in _NO_RANGE
    pair = in_one_unit(high, low)
    if not is_span or low.about or high.about or pair is None or pair[1].number >= high.number:
        return PROSE
    return Value("number", (pair[1]._replace(comparator="≥" if written else "", most=high.number),))


def _read_number(piece: str, position: int, money_row: bool) -> Value:
    """Read one number with comparator, mark and unit; anything else is prose."""
    match = _PIECE.fullmatch(piece)
    number = parse_number(match["number"]) if match else None
    if match is None or number is None:
        return PROSE
    rest, comparator = _without_suffix(match["rest"], _COMPARATORS.get(match["sign"] or "", ""))
    if comparator is None:
        return PROSE
    rest, about = _without_mark(rest, _ABOUT.get(match["about"] or "", ""), number)
    if about and comparator:
        return PROSE
    number, unit, scale = _without_scale(number, rest, money_row)
    unit = tidy_unit(unit + match["per"].replace("每", "/"))
    if not is_unit(unit) or (about == "近" and (number < _ROUND or unit in TIMES or unit in ("年", "月"))):
        return PROSE
    quantity = Quantity(comparator, number, unit, scale if not unit else "", about=about)
    listed = _LISTED.fullmatch(match["number"])
    counted = not match["sign"] and not about and unit == rest and unit in WHOLE_UNITS
    if listed and counted and int(listed[1]) == position:
        return Value("ambiguous", readings=(quantity._replace(number=Decimal(listed[2])), quantity))
    return Value("number", (quantity,))


def _without_suffix(rest: str, comparator: Comparator) -> tuple[str, Comparator | None]:
    """Take 以上, 以下, 以内 or 天内 away; None when it contradicts the comparator before the number."""
    for suffix, meant in _SUFFIXES.items():
        if rest.endswith(suffix):
            return rest.removesuffix(suffix), _agreed(comparator, meant)
    for suffix in _WITHIN:
        if rest.endswith(suffix) and rest.removesuffix(suffix) in TIMES:
            return rest.removesuffix(suffix), _agreed(comparator, "≤")
    return rest, comparator


def _agreed(comparator: Comparator, meant: Comparator) -> Comparator | None:
    agrees = not comparator or comparator in _SAME_SIDE[meant]
    return (comparator or meant) if agrees else None


def _without_mark(rest: str, about: About, number: Decimal) -> tuple[str, About]:
    """Take 余, 多, 来 behind a round number, 左右 and 上下 away; what is not understood stays in the unit."""
    for word in _AROUND:
        if rest.endswith(word) and not about:
            return rest.removesuffix(word), "约"
    scale = rest[: len(rest) - len(rest.lstrip("万亿"))]
    mark, unit = rest[len(scale) : len(scale) + 1], rest[len(scale) + 1 :]
    is_round = bool(scale) or number % _ROUND == 0
    is_counted = not unit or unit.lstrip("万亿") in ("", *KNOWN_UNITS)
    if mark in _MORE and not about and is_round and is_counted:
        return scale + unit, _MORE[mark]
    return rest, about


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


def in_one_unit(target: Quantity, actual: Quantity) -> tuple[Quantity, Quantity] | None:
    """Return both in one unit, or None where they can't be compared.

    A missing unit takes the other's, but % agrees only with %, and 0 with every unit. Money is converted to
    the target's unit; any other unit agrees with what counts the same (units.agree).
    """
    if agree(target.unit, actual.unit):
        return target, actual
    if _is_money(target.unit, actual.unit):
        return target, _in_unit(actual, target.unit)
    if _is_zero(actual) or (not actual.unit and not target.unit.startswith(SHARES)):
        return target, _in_unit(actual, target.unit)
    if _is_zero(target) or (not target.unit and not actual.unit.startswith(SHARES)):
        return _in_unit(target, actual.unit), actual
    return None


def comparable(target: Quantity, actual: Quantity) -> tuple[Decimal, Decimal] | None:
    """Return both numbers in one unit (see in_one_unit), or None where the units differ."""
    pair = in_one_unit(target, actual)
    return (pair[0].number, pair[1].number) if pair else None


def _is_zero(quantity: Quantity) -> bool:
    return quantity.number == 0 and quantity.most is None


def _is_money(one: str, other: str) -> bool:
    """Whether two units are money, by the same head or piece: 元/人 and 万元/人."""
    (money, _, per), (other_money, _, other_per) = one.partition("/"), other.partition("/")
    return money in MONEY_POWERS and other_money in MONEY_POWERS and agree(f"元/{per}", f"元/{other_per}")


def _in_unit(quantity: Quantity, unit: str) -> Quantity:
    """Return a quantity in another unit: money converted, any other number as it is."""
    wanted = unit.partition("/")[0]
    own = quantity.unit.partition("/")[0] or ("元" if quantity.scale and unit in MONEY_POWERS else "")
    if own in MONEY_POWERS and wanted in MONEY_POWERS:
        most = None if quantity.most is None else convert(quantity.most, own, wanted)
        quantity = quantity._replace(number=convert(quantity.number, own, wanted), most=most)
    return quantity._replace(unit=unit, scale="")


def one_number_in(text: str) -> Quantity | None:
    """Return the number of a text that holds exactly one, with its unit: 完成培训10场 holds 10 场.

    List numbers and dates are taken away. None where there is no number or more than one, where its unit is
    none that is known, or where it may be a list number or an ordinal (第3批).
    """
    if len(text) > _LONGEST:
        return None
    rest = without_dates(_ANY_LIST_NUMBER.sub(" ", half_width(text)))
    found = list(_ANY_NUMBER.finditer(rest))
    if len(found) != 1 or not found[0]["unit"] or found[0]["nth"]:
        return None
    value = read_value(found[0].group(), position=int(found[0]["number"][0]))
    return value.parts[0]._replace(comparator="") if len(value.parts) == 1 else None


def preset_direction(value: Value) -> Direction:
    """Return the direction that a target's (first) comparator gives; without one, more is better.

    A range is to be kept, neither passed nor missed.
    """
    if not value.parts:
        return "≥"
    if value.parts[0].most is not None or value.parts[0].comparator == "=":
        return "="
    return "≤" if value.parts[0].comparator in ("≤", "<") else "≥"


def phrase(quantity: Quantity) -> str:
    """Return a quantity in words of the form: "≥ 95%", "30,000 人", "每亩 300", "2–4 场", "150 余人"."""
    if quantity.most is not None and quantity.comparator:
        ends = (
            quantity._replace(most=None),
            quantity._replace(comparator="≤", number=quantity.most, most=None),
        )
        return " 且 ".join(map(phrase, ends))
    number = grouped(quantity.number)
    if quantity.most is not None:
        number += f"–{grouped(quantity.most)}"
    if quantity.unit.startswith("/"):
        number = f"{quantity.unit.replace('/', '每')} {number}"
    elif quantity.unit.startswith(SHARES):
        number += quantity.unit
    elif quantity.unit or quantity.about == "余":
        number = f"{number} {'余' * (quantity.about == '余')}{quantity.unit}"
    if quantity.about in ("约", "近"):
        return f"{quantity.about} {number}"
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
