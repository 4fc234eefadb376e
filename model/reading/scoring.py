"""Reads the texts of one form as values and scores them: all of it, every time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from model.basics import number
from model.basics.amount import Amount
from model.basics.quantity import Value, is_money_row, read_value
from model.document.answers import CellId, FormAnswers
from model.forms.definition import Cap, FormDefinition, Regulation, bare
from model.forms.rules import (
    Outcome,
    Scheme,
    execution_score,
    is_attained,
    is_direction_open,
    names_nothing,
    score_indicator,
)
from model.reading.amounts import NO_FUNDS, FundLine, fund_lines

SCORE_PLACES = 2
UNSCORED = Outcome(None, "unscored", "")
_READ = (
    "goal",
    "level1",
    "level2",
    "name",
    "weight",
    "target",
    "actual",
    "score",
    "reason",
    "direction",
    "level",
)
_PLACES = {key: n for n, key in enumerate(_READ)}


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as itself: equal texts give the same one
class Indicator:
    """One row of the indicator table as read, from those of its columns that rules and checks look at.

    `typed_score` is the clerk's as it is shown, with at most 2 decimals, `outcome.score` the rule's; `score`
    is the one that counts: the typed one where something is typed, else the computed one. A weight or score
    that is no number is None, and so is a weight below 0. `position` counts the row among the rows of the
    same goal, level 1 and level 2, from 1. `is_none`: the name says that there is no such indicator (无, a
    dash, or nothing at all); such a row without weight and score is printed and never `counted`. `met`: the
    result reaches a numeric target; None where that can't be told. `is_execution`: the row is scored by the
    execution rate.
    """

    id: str
    texts: tuple[str, ...]
    goal: str
    level1: str
    level2: str
    name: str
    position: int
    weight: Decimal | None
    target: Value
    actual: Value
    typed_score: Decimal | None
    score: Decimal | None
    outcome: Outcome
    reason: str
    direction: str
    level: str
    met: bool | None
    is_direction_open: bool
    has_weight_text: bool
    has_score_text: bool
    is_none: bool
    is_execution: bool = False

    def text(self, column: str) -> str:
        """Return what is typed in a column that rules look at."""
        return self.texts[_PLACES[column]]

    @property
    def counted(self) -> bool:
        """Whether the row is checked and reported."""
        return not self.is_none or self.has_weight_text or self.has_score_text

    @property
    def has_unread_weight(self) -> bool:
        """Whether something stands for the weight that is none."""
        return self.has_weight_text and self.weight is None

    @property
    def is_scored(self) -> bool:
        """Whether a typed or a computed score stands in the row."""
        return self.has_score_text or self.outcome.score is not None


class ScoreSheet(NamedTuple):
    """Everything that follows from the texts of one form; of one without scores the rows alone.

    The total is the sum of the execution score and the counting scores, never rounded again; it is None
    while nothing is known. Where little was spent `cap` may keep it below `sum_of_scores`. `missing` names
    the cells whose score the total leaves out. `weights_total` includes the execution points; it is None
    where `sum_of_weights` is.
    """

    funds: tuple[FundLine, ...]
    execution_rate: Fraction | None  # exact
    execution: Outcome
    indicators: tuple[Indicator, ...]
    total: Decimal | None
    grade: str
    missing: tuple[CellId, ...]
    weights_total: Decimal | None
    sum_of_scores: Decimal | None = None
    cap: Cap | None = None

    @property
    def whole(self) -> FundLine:
        """The execution of the budget, which is the first row of the money; of nothing in a form without."""
        return self.funds[0] if self.funds else NO_FUNDS

    def indicator(self, row: str) -> Indicator:
        """Return the row of this id."""
        return next(i for i in self.indicators if i.id == row)


def evaluate(form: FormDefinition, regulation: Regulation, answers: FormAnswers) -> ScoreSheet:
    """Return values and scores of a form; texts that are no numbers count as unknown."""
    funds = fund_lines(form, answers)
    spent = funds[0] if funds else NO_FUNDS
    rate = spent.rate
    if not form.is_scored:
        return ScoreSheet(funds, rate, UNSCORED, tuple(_indicators(answers, None)), None, "", (), None)
    points = form.execution_points
    execution = execution_score(spent.executed, spent.budget, points) if points else UNSCORED
    indicators = _executed(form, spent, tuple(_indicators(answers, regulation.scheme)))
    scores = [execution.score, *(i.score for i in indicators)]
    known = [score for score in scores if score is not None]
    found = sum(known, Decimal(0)) if known else None
    cap = next((cap for cap in regulation.caps if rate is not None and rate < cap.below), None)
    is_capped = cap is not None and found is not None and found > cap.most
    total = cap.most if cap is not None and is_capped else found
    missing = tuple(_missing(form, execution, indicators))
    return ScoreSheet(
        funds=funds,
        execution_rate=rate,
        execution=execution,
        indicators=indicators,
        total=total,
        grade=regulation.grade(total) if total is not None and not missing else "",
        missing=missing,
        weights_total=_weights_total(points, indicators),
        sum_of_scores=found,
        cap=cap if is_capped else None,
    )


def _executed(
    form: FormDefinition, spent: FundLine, indicators: tuple[Indicator, ...]
) -> tuple[Indicator, ...]:
    """The rows, those that are the execution itself scored by its rate."""
    names = {bare(name) for name in form.execution_rows}
    if not names:
        return indicators
    return tuple(
        _by_rate(row, spent.executed, spent.budget) if _names_of(row) & names else row for row in indicators
    )


def _names_of(row: Indicator) -> set[str]:
    return {bare(name) for name in (row.level1, row.level2, row.name)}


@lru_cache(maxsize=1000)
def _by_rate(row: Indicator, executed: Amount | None, budget: Amount | None) -> Indicator:
    outcome = UNSCORED if row.weight is None else execution_score(executed, budget, row.weight)
    score = row.score if row.has_score_text else outcome.score
    return replace(row, outcome=outcome, score=score, met=None, is_direction_open=False, is_execution=True)


def _indicators(answers: FormAnswers, scheme: Scheme | None) -> Iterable[Indicator]:
    seen: dict[tuple[str, str, str], int] = {}
    text = answers.texts.get
    for row in answers.indicators:
        typed = tuple(map(text, _cells(row)))
        group = _group(*typed[:3])
        seen[group] = position = seen.get(group, 0) + 1
        yield _indicator(row, position, typed, scheme)


@lru_cache(maxsize=20_000)
def _cells(row: str) -> tuple[CellId, ...]:
    return tuple(f"{row}.{cell}" for cell in _READ)


@lru_cache(maxsize=2000)
def _group(goal: str | None, level1: str | None, level2: str | None) -> tuple[str, str, str]:
    return goal or "", bare(level1 or ""), bare(level2 or "")


@lru_cache(maxsize=20_000)  # of thousands of rows a key changes one
def _indicator(row: str, position: int, typed: tuple[str | None, ...], scheme: Scheme | None) -> Indicator:
    texts = tuple(text or "" for text in typed)
    text = dict(zip(_READ, texts, strict=True)).__getitem__
    money_row = is_money_row(text("level2"), text("name"))
    target = read_value(text("target"), position=position, money_row=money_row)
    actual = read_value(text("actual"), position=position, money_row=money_row)
    weight, direction, name = _weight(text("weight")), text("direction"), text("name")
    outcome, met, is_open = UNSCORED, None, False
    if scheme is not None:
        outcome = score_indicator(
            target=target,
            actual=actual,
            weight=weight,
            direction=direction,
            level=text("level"),
            name=name,
            scheme=scheme,
        )
        met = is_attained(target=target, actual=actual, direction=direction, name=name, scheme=scheme)
        is_open = not direction and is_direction_open(target, actual, name, scheme)
    typed_score = _score(text("score"))
    return Indicator(
        id=row,
        texts=texts,
        goal=text("goal"),
        level1=text("level1"),
        level2=text("level2"),
        name=name,
        position=position,
        weight=weight,
        target=target,
        actual=actual,
        typed_score=typed_score,
        score=outcome.score if number.is_nothing(text("score")) else typed_score,
        outcome=outcome,
        reason=text("reason"),
        direction=direction,
        level=text("level"),
        met=met,
        is_direction_open=is_open,
        has_weight_text=not number.is_nothing(text("weight")),
        has_score_text=not number.is_nothing(text("score")),
        is_none=names_nothing(name) or not is_filled(name),
    )


@lru_cache(maxsize=20_000)
def is_filled(text: str) -> bool:
    """Whether a cell holds anything; blanks and the dash or slash of an unused cell are nothing."""
    return bool("".join(number.half_width(text).split()).strip(number.STROKES))


def _weight(text: str) -> Decimal | None:
    found = number.parse_points(text)
    return None if found is None or found < 0 else found


def _score(text: str) -> Decimal | None:
    """A typed score as it is shown: the total is the sum of the shown scores."""
    found = number.parse_points(text)
    return (
        found
        if found is None or number.decimals(found) <= SCORE_PLACES
        else number.rounded(found, SCORE_PLACES)
    )


def _missing(form: FormDefinition, execution: Outcome, indicators: Iterable[Indicator]) -> Iterable[CellId]:
    if execution.score is None and form.funds is not None and form.execution_points:
        yield form.funds.rows[0].cell("score")
    prints_weights = form.prints_weights
    for row in indicators:
        expected = row.has_weight_text if prints_weights else not row.is_none
        if row.score is None and (expected or row.has_weight_text or row.has_score_text):
            yield f"{row.id}.score"


def _weights_total(execution_points: Decimal, indicators: Iterable[Indicator]) -> Decimal | None:
    found = sum_of_weights(indicators)
    return None if found is None else execution_points + found


def sum_of_weights(indicators: Iterable[Indicator]) -> Decimal | None:
    """Return what the weights add up to, if every scored row has one, none is unreadable and there is any."""
    rows = list(indicators)
    weights = [row.weight for row in rows if row.weight is not None]
    unknown = any(row.weight is None and (row.is_scored or row.has_weight_text) for row in rows)
    return sum(weights, Decimal(0)) if weights and not unknown else None


@lru_cache(maxsize=16)
def weights_by_block(indicators: tuple[Indicator, ...]) -> Mapping[str, list[Indicator]]:
    """Return the counted rows by level-1 name, in order."""
    blocks: dict[str, list[Indicator]] = {}
    for row in indicators:
        if row.counted:
            blocks.setdefault(bare(row.level1), []).append(row)
    return blocks
