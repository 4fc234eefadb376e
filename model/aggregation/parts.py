"""The forms that are to be added up: which count and which do not, with the reason; nothing counts twice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from model.basics import number
from model.forms.definition import FormDefinition, bare
from model.reading.reading import Form

MONEY_UNIT = "万元"  # the funds of all units are weighed in


class Part(NamedTuple):
    """A form of a unit: `id` tells it from all others, `source` is the file and place it came from."""

    id: str
    source: str
    form: Form

    @property
    def name(self) -> str:
        """The unit, else the file it came from."""
        return self.form.answers.unit.strip() or self.source

    @property
    def funds(self) -> Decimal | None:
        """The adjusted budget (全年预算数 A) in 万元, by which rates and qualitative scores are weighed."""
        sheet = self.form.sheet
        budget = sheet.whole.budget if sheet.funds else None
        return None if budget is None else budget.to(MONEY_UNIT).number

    @property
    def has_weight(self) -> bool:
        """Whether its rates can be weighed."""
        return self.funds is not None and self.funds > 0


class Excluded(NamedTuple):
    """A form that does not count, and why, as a sentence."""

    part: Part
    reason: str


class Sorted(NamedTuple):
    """What counts and what does not, each in the order given."""

    counted: tuple[Part, ...]
    excluded: tuple[Excluded, ...]


_THOUSAND = 1000  # times the money of the others: nobody has that, but 元 written for 万元 has


def odd_funds(parts: Iterable[Part]) -> dict[str, str]:
    """Return what is to be said of forms whose money is a thousand times that of the others, by their ids."""
    weighed = [(part, part.funds) for part in parts if part.funds is not None and part.funds > 0]
    if len(weighed) < 3:
        return {}
    middle = sorted(funds for _, funds in weighed)[(len(weighed) - 1) // 2]
    return {
        part.id: f"全年预算数 {number.plain(funds)} {MONEY_UNIT}，是其余的一千倍以上，可能以元填写，请核对。"
        for part, funds in weighed
        if funds >= _THOUSAND * middle
    }


def usual(parts: Iterable[Part], form_id: str = "", year: str = "") -> tuple[str, str]:
    """Return definition and year that most forms have, where they are not said; the first of equals."""
    found = tuple(parts)
    wanted = form_id or _commonest(part.form.definition.id for part in found)
    years = (part.form.answers.year for part in found if part.form.definition.id == wanted)
    return wanted, year or _commonest(years)


def _commonest(texts: Iterable[str]) -> str:
    return next((text for text, _ in Counter(texts).most_common(1)), "")


def sort_parts(parts: Iterable[Part], form_id: str, year: str, left_out: Iterable[str] = ()) -> Sorted:
    """Return which forms count for a form of this definition and year; `left_out` are ids the clerk took out.

    A form of another definition or year, the same form twice and a second form of a unit do not count.
    """
    counted: list[Part] = []
    excluded: list[Excluded] = []
    out = set(left_out)
    for part in parts:
        reason = "由您去掉。" if part.id in out else _reason(part, form_id, year, counted)
        if reason:
            excluded.append(Excluded(part, reason))
        else:
            counted.append(part)
    return Sorted(tuple(counted), tuple(excluded))


def _reason(part: Part, form_id: str, year: str, counted: Iterable[Part]) -> str:
    answers = part.form.answers
    if answers.definition != form_id:
        return f"表样不同：{_called(part.form.definition)}。"
    if answers.year != year:
        return f"年度是 {answers.year}。" if answers.year else "没有写年度。"
    return next(_repeats(part, counted), "")


def _called(definition: FormDefinition) -> str:
    return f"{definition.region} {definition.edition} {definition.name}"


def _repeats(part: Part, counted: Iterable[Part]) -> Iterator[str]:
    for other in counted:
        if part.form.answers.texts == other.form.answers.texts:
            yield f"与“{other.source}”是同一张表。"
        elif _whose(part) == _whose(other):
            yield f"与“{other.source}”是同一单位的同一张表，请只留一张。"


def _whose(part: Part) -> tuple[str, str]:
    """Whose form it is; the parts of one project may belong to one unit under several names."""
    answers = part.form.answers
    return bare(answers.unit) or part.source, bare(part.form.project)


def once(parts: Iterable[Part]) -> tuple[list[Part], list[Part]]:
    """Return forms each once, and those that are the same as one before."""
    known: set[frozenset[tuple[str, str]]] = set()
    kept: list[Part] = []
    again: list[Part] = []
    for part in parts:
        texts = frozenset(part.form.answers.texts.items())
        (again if texts in known else kept).append(part)
        known.add(texts)
    return kept, again
