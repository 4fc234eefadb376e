"""What the clerk says where a file does not: the kind of form, its year, the unit of its money."""

import re
from copy import deepcopy
from typing import Any

from model.basics import number
from model.recognition.found import Found
from model.recognition.incoming import Mark
from model.recognition.units import WANTED, converted

_IN_ROW = re.compile(r"(?P<entry>\w+)\[(?P<number>[0-9]+)\]\.(?P<key>\w+)")
_LARGE = 10_000  # amounts of a small institution that are larger are hardly in 万元


def specified(found: Found, form: str = "", year: int = 0, unit: str = "", is_guess: bool = False) -> Found:
    """Return a form with what was said about it ("" and 0 for nothing); a unit that is only guessed leaves
    its amounts to be looked at."""
    if not (form or year or unit):
        return found
    data: dict[str, Any] = deepcopy(dict(found.data))
    data["form"], data["year"] = form or data["form"], year or data["year"]
    marks = dict(found.marks)
    for path, text in found.unsaid.items() if unit else ():
        _put(data, path, converted(text, unit, found.money_unit))
        marks.pop(path, None)
        if unit != found.money_unit or is_guess:
            marks[path] = Mark.CONVERTED if unit != found.money_unit else Mark.GUESSED
    return found._replace(data=data, marks=marks, said_unit=unit or found.said_unit)


def guessed_unit(found: Found) -> str:
    """Return the unit that amounts without one are likely in, by their size; "" where all say theirs."""
    amounts = [number.parse_number(text) for text in found.unsaid.values()]
    largest = max((amount for amount in amounts if amount is not None), default=None)
    return "" if largest is None else "元" if largest >= _LARGE else WANTED


def _put(data: dict[str, Any], path: str, text: str) -> None:
    """Put a text at a path of a row (funds[0].budget), else of a field (fields.基本支出总额)."""
    match = _IN_ROW.fullmatch(path)
    if match:
        data[match["entry"]][int(match["number"])][match["key"]] = text
    else:
        at, _, key = path.partition(".")
        data[at][key] = text
