"""Which year a form is about: as its title says, else as its texts let one conclude, to be confirmed."""

import re
from collections.abc import Iterator

from model.recognition.anatomy import Anatomy, Taken, taken
from model.recognition.captions import Vocabulary, plain
from model.recognition.found import Year
from model.recognition.incoming import Mark

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s*(?=年)")
_BARE_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_SPOKEN = re.compile("([二一][〇零○ＯO0九][〇零○一二三四五六七八九][〇零○一二三四五六七八九])(?=年)")
_DIGITS = str.maketrans("〇零○ＯO一二三四五六七八九", "00000123456789")


def year_of(form: Anatomy, words: Vocabulary) -> Year | None:
    """Return the year of a form; one that was concluded is marked. None where nothing says it."""
    said = list(_said(form, "year", words))
    for text in (*form.title, *said):
        if found := years_in(text.text) or (bare_years(text.text) if text in said else []):
            return Year(found[-1] if len(set(found)) == 1 else found[0], text)
    return _by_columns(form) or _by_texts(form, words)


def years_in(text: str) -> list[int]:
    """Return the years that a text names, in figures or characters, in order."""
    found = [(match.start(), int(match[1])) for match in _YEAR.finditer(text)]
    found += [(match.start(), int(match[1].translate(_DIGITS))) for match in _SPOKEN.finditer(text)]
    return [year for _, year in sorted(found)]


def bare_years(text: str) -> list[int]:
    """Return the years that a text names without saying 年: of what stands beside 年度."""
    return [int(year) for year in _BARE_YEAR.findall(text)]


def _said(form: Anatomy, key: str, words: Vocabulary) -> Iterator[Taken]:
    for pair in form.pairs:
        if words.find("fields", pair.caption) == key:
            yield pair.value


def _by_columns(form: Anatomy) -> Year | None:
    """A declaration names the two years before in its columns of money."""
    for cell in (cell for cell in form.used if plain(cell.text).removesuffix("年").isdigit()):
        years = [c for c in form.area.row(cell.row) if c in form.used and years_in(c.text)]
        if len(years) == 2 and form.shares:
            last = max(years, key=lambda one: years_in(one.text)[0])
            return Year(years_in(last.text)[0] + 1, taken(last, None, Mark.GUESSED))
    return None


def _by_texts(form: Anatomy, words: Vocabulary) -> Year | None:
    """The only year that the texts of a form name; else the year before it was filled in."""
    dates = list(_said(form, "filled_on", words))
    written = [(int(year), date) for date in dates for year in _BARE_YEAR.findall(date.text)]
    named = [
        (year, text) for text in _texts(form) for year in years_in(text.text) if year not in _of(written)
    ]
    if len(_of(named)) == 1:
        return Year(named[0][0], named[0][1].marked(Mark.GUESSED))
    before = [(year - 1, date) for year, date in written]
    return Year(before[0][0], before[0][1].marked(Mark.GUESSED)) if before else None


def _of(found: list[tuple[int, Taken]]) -> set[int]:
    return {year for year, _ in found}


def _texts(form: Anatomy) -> Iterator[Taken]:
    for goal in form.goals:
        yield from goal.texts.values()
    for row in form.indicators:
        yield from row.texts.values()
