"""Figures in Chinese, as the formats [DBNum1] to [DBNum3] show them: 一千二百, 壹仟贰佰, １２００."""

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_PLACES = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟")}
_GROUPS = ("", "万", "亿", "万亿")


def digits_in_chinese(text: str, numerals: int) -> str:
    """Return a text with each of its digits in Chinese; `numerals` 0 leaves it."""
    digits = _DIGITS.get(numerals)
    return text.translate({ord(str(n)): digits[n] for n in range(10)}) if digits else text


def number_in_chinese(value: int, numerals: int) -> str:
    """Return a whole number from 0 below 10^16 as it is read: 一千二百三十 (1) or 壹仟贰佰叁拾 (2)."""
    if value == 0:
        return _DIGITS[numerals][0]
    groups = []
    while value:
        value, group = divmod(value, 10_000)
        groups.append(group)
    text, gap = "", False
    for place in reversed(range(len(groups))):
        group = groups[place]
        if group:
            zero = _DIGITS[numerals][0] if text and (gap or group < 1000) else ""
            text += zero + _thousands(group, numerals) + _GROUPS[place]
        gap = not group
    return text[1:] if numerals == 1 and text.startswith("一十") else text


def _thousands(group: int, numerals: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += (
                (_DIGITS[numerals][0] if text and gap else "")
                + _DIGITS[numerals][digit]
                + _PLACES[numerals][place]
            )
        gap = not digit
    return text
