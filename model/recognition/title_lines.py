"""Filling the title of a blank: year, unit and months in the room that it leaves for them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from model.forms.months import MONTHS, last_month, until_a_month
from model.reading.reading import Form
from model.recognition.area import BEFORE
from model.recognition.fill_plan import Edit, NotFilled
from model.recognition.found import Found
from model.recognition.incoming import Place, SeenSheet
from model.recognition.segments import is_title, is_year_line
from model.recognition.years import years_in

OTHER_YEAR = "原表标题是 {year} 年度，请核对是不是这一年的表。"
_GAP = r"[ \u3000_＿]{0,30}"
_YEAR = re.compile(rf"([(（]?){_GAP}(?:20[0-9]{{2}}|20[ _＿]{{2,}}|{_GAP}){_GAP}年度?([)）]?)")
_ROOM_FOR_YEAR = re.compile(r"(?:20)?(?<![ \u3000_＿])[ \u3000_＿]{2,}(?=年)|^[ \u3000_＿]*(?=年度)")
_ROOM_FOR_YEAR_OF_MONTHS = re.compile(rf"([(（]|^){_GAP}(?=年1)")
_ROOM_FOR_UNIT = re.compile(r"(?<=年度)[ \u3000_＿]{2,}")


def years(blank: Found, form: Form, sheets: Iterable[SeenSheet]) -> Iterator[Edit | NotFilled]:
    """Yield the title lines in which the blank leaves room for year or unit; another year is named."""
    places = {place for path, place in blank.places.items() if path not in ("title", "year")}
    first = min((place.row for place in places if place.column), default=0)
    for place, text in _lines_above(blank, sheets, first + 3):
        if place in places:
            continue
        new = _titled(text, form)
        if new != text:
            yield Edit(place, "write", new, "", "year", True)
        printed = years_in(new) if is_title(new) or is_year_line(new) else []
        if printed and form.answers.year.isdecimal() and int(form.answers.year) not in printed:
            yield NotFilled(place, f"{form.answers.year} 年度", OTHER_YEAR.format(year=printed[0]))


def months(blank: Found, form: Form, sheets: Iterable[SeenSheet]) -> Iterator[Edit]:
    """Yield the captions in which the blank leaves room for the last month: 1—　月执行数."""
    month = last_month(form.answers.text(MONTHS))
    cells = (cell for sheet in sheets if sheet.name == blank.sheet for cell in sheet.cells)
    for cell in cells if month else ():
        new = until_a_month(cell.text, month)
        if new != cell.text and not is_title(cell.text) and "年" not in cell.text:
            yield Edit(cell.place, "write", new, "", "year", True)


def _lines_above(blank: Found, sheets: Iterable[SeenSheet], last: int) -> Iterator[tuple[Place, str]]:
    """The lines before a table, and the rows of a sheet down to `last`."""
    for sheet in sheets:
        if sheet.name == blank.sheet:
            for n, line in enumerate(sheet.before, start=1):
                yield Place(f"{sheet.name} {BEFORE}", n, 0, sheet.kind), line.strip()
            yield from ((cell.place, cell.text) for cell in sheet.cells if cell.place.row <= last)


def _titled(text: str, form: Form) -> str:
    """A line of the title with year and unit in the room that it leaves for them."""
    year = form.answers.year
    if match := _YEAR.fullmatch(text.strip()):
        return f"{match[1]}{year}年度{match[2]}"
    if (month := last_month(form.answers.text(MONTHS))) and "年" in text and until_a_month(text) != text:
        return _ROOM_FOR_YEAR_OF_MONTHS.sub(rf"\g<1>{year}", until_a_month(text, month), count=1)
    if not is_title(text):
        return text
    found = _ROOM_FOR_YEAR.sub(year, text, count=1)
    return _ROOM_FOR_UNIT.sub(form.answers.unit, found, count=1) if form.answers.unit else found


def without_months(missing: Sequence[NotFilled], titles: Sequence[Edit], form: Form) -> Iterator[NotFilled]:
    """Months that stand in the title are not missing, though no field of the blank asks for them."""
    said = form.answers.text(MONTHS)
    is_said = any(f"{last_month(said)}月" in edit.text for edit in titles) and last_month(said) > 0
    yield from (one for one in missing if not (is_said and one.text.endswith(f"：{said}")))
