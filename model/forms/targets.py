"""A target in three columns, 指标性质 · 指标值 · 度量单位, read as one: ≥ · 95 · % is ≥95%."""

from functools import lru_cache
from typing import NamedTuple

from model.basics.number import half_width, is_nothing
from model.basics.quantity import read_value

SIGNS = {
    **dict.fromkeys(("≥", ">=", "=>", "≧", "大于等于", "大于或等于", "不低于", "不少于"), "≥"),
    **dict.fromkeys(("≤", "<=", "=<", "≦", "小于等于", "小于或等于", "不高于", "不超过"), "≤"),
    **dict.fromkeys(("=", "==", "等于"), "="),
    **dict.fromkeys((">", "大于"), ">"),
    **dict.fromkeys(("<", "小于"), "<"),
}
_DIRECTIONS = {"正向": "≥", "正向指标": "≥", "反向": "≤", "反向指标": "≤", "负向": "≤", "逆向": "≤"}


class Parts(NamedTuple):
    """What stands beside a value in columns of their own; `adjusted_target` takes its place in the year."""

    nature: str = ""
    unit: str = ""
    adjusted_target: str = ""


NO_PARTS = Parts()


def sign_of(nature: str) -> str:
    """Return the sign that a word of 指标性质 stands for; "" where it is none, as 定性."""
    return SIGNS.get(_plain(nature), "")


def direction_of(nature: str) -> str:
    """Return which way is better by 指标性质: ≥ for 正向, ≤ for 反向; "" where it does not say."""
    return _DIRECTIONS.get(_plain(nature), "")


@lru_cache(maxsize=20_000)
def whole_target(text: str, parts: Parts) -> str:
    """Return the target, the adjusted one if there is one, with its sign and unit where the value is a bare
    number; else as it stands."""
    text = text if is_nothing(parts.adjusted_target) else parts.adjusted_target
    whole, sign = whole_actual(text, parts), sign_of(parts.nature)
    if not sign:
        return whole
    value = read_value(text)
    is_bare = value.kind == "number" and len(value.parts) == 1 and not value.parts[0].comparator
    return f"{sign}{whole}" if is_bare else whole


@lru_cache(maxsize=20_000)
def whole_actual(text: str, parts: Parts) -> str:
    """Return a value with its unit, where it is a number without one; else as it stands."""
    unit = parts.unit.strip()
    if unit in ("", "—", "-", "/", "无"):
        return text
    value = read_value(text)
    is_bare = value.kind == "number" and len(value.parts) == 1 and not value.parts[0].unit
    return f"{text.strip()}{unit}" if is_bare else text


def _plain(text: str) -> str:
    return "".join(half_width(text).split())
