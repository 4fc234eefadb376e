"""The unit of money that a form says it has, and amounts in it as amounts in 万元."""

import re
from collections.abc import Iterable, Iterator

from model.basics import number
from model.recognition.anatomy import Anatomy, Pair, Taken
from model.recognition.captions import LONGEST, Vocabulary, plain
from model.recognition.heading import SeenColumn
from model.recognition.incoming import Mark

WANTED = "万元"
IN_DOUBT = "?"  # the label and a line above name two units
_UNIT = re.compile(r"[(（\[【]?(?:金额)?(?:单位)?[:：]?(?P<unit>万元|亿元|元)[)）\]】]?$")
_AT_END = re.compile(r"单位[:：](?:人民币)?(?P<unit>万元|亿元|元)[)）]?$")
_IN_BRACKETS = re.compile(r"[(（\[【](?:金额)?(?:单位)?[:：]?(?:人民币)?(?P<unit>万元|亿元|元|万)[)）\]】]")


def unit_of_line(text: str) -> str:
    """Return the unit of money that a line ends with: 查询条件：…　单位：元; "" where it names none."""
    match = _AT_END.search(plain(text))
    return match["unit"] if match else ""


def unit_in(text: str) -> str:
    """Return the unit of money that a caption names in brackets: 项目资金（元）; "" where it names none."""
    match = _IN_BRACKETS.search(plain(text))
    return {"万": WANTED}.get(match["unit"], match["unit"]) if match else ""


def field_key(pair: Pair, words: Vocabulary) -> str:
    """Return what the caption of a pair means; 单位：某市图书馆 names an institution, 单位：元 the money."""
    key = words.find("fields", pair.caption)
    is_institution = key == "money_unit" and not _UNIT.search(plain(pair.value.text))
    return "unit_name" if is_institution else key


def money_unit(form: Anatomy, words: Vocabulary) -> str:
    """Return the unit of the amounts: of the label of the money, else of a line 单位：元; "" if unsaid."""
    if form.unit:
        return form.unit
    labels, lines = _said(form, words)
    titles = [unit for text in form.title if (unit := unit_in(text.text))]
    return next(_first([*labels, *lines, *titles, *_anywhere(form)]), "")


def units_differ(form: Anatomy, words: Vocabulary) -> bool:
    """Whether the label of the money and a line above name two units."""
    labels, lines = _said(form, words)
    return not form.unit and len({*labels, *lines} - {""}) > 1


def _said(form: Anatomy, words: Vocabulary) -> tuple[list[str], list[str]]:
    """The units that the label of the money and lines name."""
    heading = form.funds_heading
    labels = [unit_in(cell.text) for cell in (heading.label,) if cell] if heading else []
    said = [p.value.text for p in form.pairs if field_key(p, words) == "money_unit"]
    return labels, [match["unit"] for text in said if (match := _UNIT.search(plain(text)))]


def _anywhere(form: Anatomy) -> Iterator[str]:
    """Units that captions before the indicators name: 资金（单位：元） beside amounts that stand in pairs."""
    last = form.headings[0].first if form.headings else form.last
    cells = (cell for row in range(form.first, last) for cell in form.area.filled(row))
    return (unit_in(cell.text) or unit_of_line(cell.text) for cell in cells if len(cell.text) <= LONGEST)


def _first(units: Iterable[str]) -> Iterator[str]:
    return (unit for unit in units if unit)


def column_unit(column: SeenColumn, unit: str) -> str:
    """Return the unit of a column: as its caption says, else that of the form."""
    return next(_first(unit_in(cell.text) for cell in reversed(column.cells)), unit)


def converted(text: str, unit: str, wanted: str) -> str:
    """Return an amount of one unit in another, exactly; a text that is no bare number stays as it is."""
    if unit == wanted or number.parse_number(text) is None:
        return text
    amount = number.parse_amount(text, unit)
    return text if amount is None else number.plain(number.convert(amount, unit, wanted))


def in_wanted(text: Taken, unit: str, wanted: str = WANTED) -> Taken:
    """Return an amount of another unit in the wanted one, exactly, and marked; other texts as they are."""
    if unit == IN_DOUBT:
        return text.marked(Mark.TWO_CANDIDATES)
    if unit in ("", wanted) or number.parse_number(text.text) is None:
        return text
    amount = number.parse_amount(text.text, unit)
    return (
        text
        if amount is None
        else text.shortened(number.plain(number.convert(amount, unit, wanted)), Mark.CONVERTED)
    )
