"""Dates as clerks write them: 2023.12.31, 2023年3月—12月, 11月底前, 第4季度, 每月10日."""

import re

_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_MONTH = "(?:1[0-2]|0?[1-9])"
_YEAR = "(?:19|20|21)[0-9]{2}"
_MONTHS_DAY = rf"{_MONTH}月(?:{_DAY}[日号]?|份)?"
_QUARTER = "第?[1-4一二三四]季度"
_DATE = (
    rf"(?:{_YEAR}(?:[./-]{_MONTH}(?:[./-]{_DAY})?|学年|年(?:{_MONTHS_DAY}|{_QUARTER}|[上下]半年|{_MONTH})?)月?度?"
    rf"|(?:当年|本年|次年|每年|今年)?{_MONTHS_DAY}|{_DAY}号|每月{_DAY}[日号]|{_QUARTER})"
)
_END = "(?:[上中下]旬|[底末初])?(?:以前|之前|前)?"
_DATES = re.compile(rf"(?:(?:{_DATE}|{_YEAR}|{_MONTH})[至到~—-]+)?{_DATE}{_END}")
_ANY_DATE = re.compile(rf"(?<![0-9]){_DATES.pattern}(?![0-9])")


def is_date(text: str) -> bool:
    """Return whether a half-width text without blanks is a date or a span of dates, and nothing else."""
    return bool(_DATES.fullmatch(text))


def without_dates(text: str) -> str:
    """Return a half-width text with a blank for each date in it."""
    return _ANY_DATE.sub(" ", text)
