"""Days and times as spreadsheets store them, as a number of days, and show them by a format."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from intake.readers.chinese import digits_in_chinese, number_in_chinese
from intake.readers.formats import Section
from model.basics.number import rounded

LAST_DAY = 2_958_465  # 9999-12-31
_SECONDS = 24 * 60 * 60
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_CHINESE_DAYS = "一二三四五六日"


def moment(serial: Decimal, base_1904: bool) -> datetime | None:
    """Return the moment that a number of days stands for, to the millisecond; None where there is none.

    Day 60 of the calendar from 1900 never was: Excel took 1900 for a leap year.
    """
    days = serial + 1462 if base_1904 else serial
    if days < 0 or days >= LAST_DAY + 1 or 60 <= days < 61:
        return None
    start = datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)
    if days < 1:
        days += 1  # day 0 shows as 1900/1/0
    return start + timedelta(milliseconds=int(rounded(days * _SECONDS * 1000, 0)))


def stored(serial: Decimal, at: datetime) -> str:
    """Return a moment as it is kept: 2024-01-16, with its time if there is one; a time alone below a day."""
    whole = at + timedelta(milliseconds=500)
    time = whole.strftime("%H:%M:%S")
    if 0 <= serial < 1:
        return time if serial else "0"
    day = f"{whole.year:04}-{whole.month:02}-{whole.day:02}"
    return day if time == "00:00:00" else f"{day} {time}"


def show_date(serial: Decimal, at: datetime, section: Section) -> str:
    """Return a moment as a section of a format shows it; its smallest part is rounded."""
    dates = [token.text for token in section.tokens if token.kind == "date"]
    places = max((len(text.partition(".")[2]) for text in dates), default=0)
    step = 10 ** (3 - min(places, 3))  # milliseconds
    at += timedelta(milliseconds=step // 2)
    at -= timedelta(milliseconds=at.microsecond // 1000 % step, microseconds=at.microsecond % 1000)
    halves = any(text in ("am/pm", "a/p", "上午/下午") for text in dates)
    return "".join(_parts(serial, at, section, halves))


def _parts(serial: Decimal, at: datetime, section: Section, halves: bool) -> Iterator[str]:
    for token in section.tokens:
        if token.kind == "date" and token.text.startswith("["):
            yield _elapsed(serial, token.text.strip("[]"))
        elif token.kind == "date":
            is_day_zero = 0 <= serial < 1 and token.text in ("d", "dd") and at.year < 1904
            yield "0" * len(token.text) if is_day_zero else _date_part(at, token.text, section, halves)
        else:
            yield token.text


def _elapsed(serial: Decimal, unit: str) -> str:
    seconds = int(rounded(abs(serial) * _SECONDS, 0))
    amount = seconds // {"h": 3600, "m": 60, "s": 1}[unit[0]]
    return f"{amount:0{len(unit)}}"


def _date_part(at: datetime, part: str, section: Section, halves: bool) -> str:
    hour = (at.hour % 12 or 12) if halves else at.hour
    if part[0] in "yebmdhs" and part not in ("mmm", "mmmm", "mmmmm", "ddd", "dddd"):
        return _figure(at, part, hour, section.numerals)
    match part:
        case "mmm" | "mmmm" | "mmmmm":
            return _month(at, part, section.chinese)
        case "ddd" | "dddd":
            name = _DAYS[at.weekday()]
            chinese = "星期" + _CHINESE_DAYS[at.weekday()]
            return chinese if section.chinese else name if part == "dddd" else name[:3]
        case "aaa" | "aaaa":
            return "星期" * (part == "aaaa") + _CHINESE_DAYS[at.weekday()]
        case "上午/下午":
            return "上午" if at.hour < 12 else "下午"
    return (("AM", "PM") if part == "am/pm" else ("A", "P"))[at.hour >= 12]


def _month(at: datetime, part: str, chinese: bool) -> str:
    if chinese:
        return number_in_chinese(at.month, 1) + "月"
    name = _MONTHS[at.month - 1]
    return {"mmm": name[:3], "mmmm": name}.get(part, name[0])


def _figure(at: datetime, part: str, hour: int, numerals: int) -> str:
    """Year, month, day, hour, minute or second in figures, or in Chinese ones: years digit by digit."""
    if part[0] in "yeb":
        year = at.year + (543 if part[0] == "b" else 0)
        text = f"{year % 100:02}" if len(part) <= 2 and part[0] != "e" else str(year)
        return digits_in_chinese(text, numerals)
    if part.startswith("s"):
        whole, _, fraction = part.partition(".")
        behind = "." + f"{at.microsecond // 1000:03}"[: len(fraction)] if fraction else ""
        return _two(at.second, len(whole), numerals) + behind
    if part.startswith("mi"):
        return _two(at.minute, len(part) // 2, numerals)
    value = {"m": at.month, "d": at.day, "h": hour}[part[0]]
    return _two(value, len(part), numerals)


def _two(value: int, width: int, numerals: int) -> str:
    return (
        number_in_chinese(value, numerals)
        if numerals in (1, 2)
        else digits_in_chinese(f"{value:0{width}}", numerals)
    )
