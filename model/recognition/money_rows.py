"""Whether the amounts of a row of money go together: else a column was misread, or a cell is missing."""

from collections.abc import Mapping
from decimal import Decimal

from model.basics.number import parse_number
from model.recognition.anatomy import Taken
from model.recognition.incoming import Mark

_BUDGETS = ("budget", "initial", "arrived")  # what a rate may be a part of
_WITHIN = Decimal("0.015")  # a rate may be rounded to whole per cent
_MOST_PARTS = Decimal("1.5")  # a rate without % that is more is per cent


def doubted(texts: Mapping[str, Taken], amounts: tuple[str, ...], in_one_unit: bool) -> dict[str, Taken]:
    """Return the texts of a row, its amounts marked where one of them is no number, or where the printed rate
    is not that of what was spent (of columns in one unit)."""
    said = [texts[key] for key in amounts if key in texts]
    if any(Mark.NOT_A_NUMBER in text.marks for text in said):
        return _marked(texts, amounts, Mark.OUT_OF_LINE)
    is_other = in_one_unit and _is_other_rate(texts)
    return _marked(texts, (*amounts, "rate"), Mark.UNLIKELY) if is_other else dict(texts)


def _marked(texts: Mapping[str, Taken], keys: tuple[str, ...], mark: Mark) -> dict[str, Taken]:
    return {key: text.marked(mark) if key in keys and text.text else text for key, text in texts.items()}


def _is_other_rate(texts: Mapping[str, Taken]) -> bool:
    """Whether the rate is none of what was spent, of whichever budget."""
    rate = _rate(texts["rate"].text) if "rate" in texts else None
    spent = parse_number(texts["executed"].text) if "executed" in texts else None
    budgets = [parse_number(texts[key].text) for key in _BUDGETS if key in texts]
    known = [budget for budget in budgets if budget]
    if rate is None or spent is None or not known:
        return False
    return all(abs(spent / budget - rate) > _WITHIN for budget in known)


def _rate(text: str) -> Decimal | None:
    """The rate that a text is, as a part of one: 95%, 95 and 0.95 are the same."""
    number = parse_number(text.strip().rstrip("%％"))
    if number is None:
        return None
    return number / 100 if text.strip()[-1:] in "%％" or number > _MOST_PARTS else number
