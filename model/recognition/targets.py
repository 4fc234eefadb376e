"""A target in three columns (指标性质 · 指标值 · 度量单位) becomes one text: ≥ · 95 · % is ≥95%."""

import re
from collections.abc import Sequence

from model.basics.quantity import read_value
from model.recognition.anatomy import Taken, taken
from model.recognition.area import Cell
from model.recognition.captions import plain
from model.recognition.incoming import Mark

_SIGNS = {
    **dict.fromkeys(("≥", ">=", "=>", "≧", "大于等于", "大于或等于", "不低于", "不少于", "正向"), "≥"),
    **dict.fromkeys(("≤", "<=", "=<", "≦", "小于等于", "小于或等于", "不高于", "不超过", "反向"), "≤"),
    **dict.fromkeys(("=", "==", "等于"), "="),
    **dict.fromkeys((">", "大于"), ">"),
    **dict.fromkeys(("<", "小于"), "<"),
}
_DIRECTIONS = ("正向", "反向")  # a direction is no sign: it is not written into the target


_PIECES = {
    "sign": re.compile("[≥≤=<>＝＞＜≧≦]|[<>]="),
    "number": re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?"),
    "unit": re.compile(r"(?![—/／无-]$)[^0-9\n]{1,8}"),
}
_SERIAL = re.compile("[0-9]{1,2}[.、．]?|指标[0-9一二三四五六七八九十]{1,2}[:：]?")


def in_one(key: str, cells: Sequence[Cell]) -> Taken | None:
    """Return what several cells below one caption say together: ≥ | 95 | % is a target; a number before a
    name is none of it. None where that is not certain."""
    texts = [cell.text for cell in cells]
    if key == "name" and len(texts) == 2 and _SERIAL.fullmatch(texts[0]) and not _SERIAL.fullmatch(texts[1]):
        return taken(cells[1], None, Mark.SPLIT)
    if key not in ("target", "actual"):
        return None
    for kinds in (("sign", "number", "unit"), ("sign", "number"), ("number", "unit")):
        if len(kinds) == len(texts) and all(
            _PIECES[kind].fullmatch(text) for kind, text in zip(kinds, texts, strict=True)
        ):
            sign = _SIGNS[plain(texts[0])] if kinds[0] == "sign" else texts[0]
            return taken(cells[kinds.index("number")], "".join((sign, *texts[1:])), Mark.JOINED)
    return None


def joined_target(texts: dict[str, Taken]) -> None:
    """Join sign, value and unit of a row where the value is a bare number; the parts stay beside it.

    A unit or a sign that stands in the value already is not written twice; 定性 and 定量 are kept.
    """
    target = texts.get("target")
    nature, unit = texts.get("nature"), texts.get("unit")
    if target is None or not target.text or not (nature or unit):
        return
    sign = _SIGNS.get(plain(nature.text), "") if nature and plain(nature.text) not in _DIRECTIONS else ""
    value = read_value(target.text)
    is_bare = value.kind == "number" and len(value.parts) == 1
    before = sign if is_bare and sign and not value.parts[0].comparator else ""
    is_alone = is_bare and not value.parts[0].unit and (before or not value.parts[0].comparator)
    behind = unit.text if unit and is_alone and _is_unit(unit.text) else ""
    if not before and not behind:
        return
    texts["target"] = target.shortened(f"{before}{target.text}{behind}", Mark.JOINED)
    texts["target_parts.value"] = target
    for key, part, name in (("nature", nature, "operator"), ("unit", unit, "unit")):
        if part is not None:
            texts[f"target_parts.{name}"] = texts.pop(key)


def _is_unit(text: str) -> bool:
    return bool(text.strip()) and text.strip() not in ("—", "-", "/", "无")
