"""Columns of several years: which of them the form is about, by years in their captions and above them."""

import re
from collections.abc import Sequence

from model.recognition.area import Area, Cell
from model.recognition.captions import Vocabulary, is_up_to_a_month, plain
from model.recognition.heading import SeenColumn, keyed

YEAR = re.compile(r"(?:19|20)[0-9]{2}年?(?:度)?|前年|上年|去年")
_YEAR_SAID = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年")
DATED = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年(?:度(?!目标|指标|预|执|支|绩))?(?P<rest>.+)")
_THIS, _THESE, _OTHERS = "本年", ("本年", "当年", "今年"), ("上年", "去年", "前年", "上一年")
_CALENDAR = re.compile(r"(?:19|20)[0-9]{2}年?(?:度)?")


def latest(columns: list[SeenColumn], words: Vocabulary) -> list[SeenColumn]:
    """Of columns of several years below one caption the latest is what the caption says."""
    for n, column in enumerate(columns):
        beside = [c for c in columns if len(c.cells) > 1 and c.cells[-2:-1] == column.cells[-2:-1]]
        years = [plain(c.caption) for c in beside]
        if column.key or len(years) < 2 or not all(map(_CALENDAR.fullmatch, years)):
            continue
        if plain(column.caption) == max(years):
            columns[n] = keyed(column, words.find("indicators", column.cells[-2].text))
    return columns


def year_above(area: Area, row: int) -> str:
    """The year that the nearest line above a heading names: of its title, or of what it is about."""
    for above in range(row - 1, -1, -1):
        cells = area.filled(above)
        found = _YEAR_SAID.search(plain(cells[0].text)) if len(cells) == 1 else None
        if found:
            return found[1]
    return ""


def of_the_year(columns: list[SeenColumn], year: str, words: Vocabulary, group: str) -> list[SeenColumn]:
    """Of captions with a year (2022年决算数, or 2022年 above 决算数) those of the form's year count, of the
    latest where none is said; others mean nothing here."""
    dated = {n: match for n, one in enumerate(columns) if (match := DATED.fullmatch(plain(one.caption)))}
    above = {n: found for n, one in enumerate(columns) if (found := year_of_captions(one.cells[:-1]))}
    years = [match["year"] for match in dated.values()] + [
        found for found in above.values() if found.isdigit()
    ]
    wanted = year if year in years else max(years, default="")
    for n, match in dated.items():
        if not columns[n].key and match["year"] == wanted:
            columns[n] = keyed(columns[n], words.find(group, match["rest"]))
    for n, found in above.items():
        if found not in (wanted, _THIS):
            columns[n] = keyed(columns[n], "")
    return columns


def of_the_whole_year(columns: list[SeenColumn]) -> list[SeenColumn]:
    """Beside a column of the whole year one up to a month (1-6月执行数) means nothing here."""
    part = [n for n, column in enumerate(columns) if column.key and is_up_to_a_month(column.caption)]
    whole = {column.key for n, column in enumerate(columns) if n not in part}
    return [keyed(one, "") if n in part and one.key in whole else one for n, one in enumerate(columns)]


def year_of_captions(cells: Sequence[Cell]) -> str:
    """The year that captions name which stand above another one: 2022, 本年 or 上年."""
    for text in (plain(cell.text) for cell in cells):
        if _CALENDAR.fullmatch(text):
            return text[:4]
        if text.removesuffix("度") in _OTHERS:
            return text
        if text.removesuffix("度") in _THESE:
            return _THIS
    return ""


def two_years(columns: list[SeenColumn]) -> list[SeenColumn]:
    """The two columns of earlier years of a declaration, the earlier one first."""
    years = [n for n, column in enumerate(columns) if YEAR.fullmatch(plain(column.caption))]
    if len(years) != 2:
        return columns
    one, other = years
    earlier = plain(columns[one].caption) <= plain(columns[other].caption)
    keys = ("two_years_before", "year_before") if earlier else ("year_before", "two_years_before")
    for number, key in zip(years, keys, strict=True):
        columns[number] = keyed(columns[number], key)
    return columns
