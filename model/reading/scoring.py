"""Reads the texts of one form as values and scores them: all of it, every time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from model.basics import number
from model.basics.amount import Amount
from model.basics.quantity import Value, is_money_row, read_value
from model.document.answers import CellId, FormAnswers
from model.forms.columns import Column
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
from model.forms.targets import NO_PARTS, Parts, direction_of, whole_actual, whole_target
from model.reading.amounts import NO_FUNDS, FundLine, fund_lines

SCORE_PLACES = 2
UNSCORED = Outcome(None, "unscored", "")
_SHARED = Outcome(None, "shared", "几行合用一个得分，不能按规则测算：请核定得分。")
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
    execution rate. `is_below`: it shares the score of the row above.
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
    parts: Parts = NO_PARTS
    is_below: bool = False

    @property
    def whole_target(self) -> str:
        """The target as typed, with sign and unit where these stand in columns of their own."""
        return whole_target(self.text("target"), self.parts)

    @property
    def whole_actual(self) -> str:
        """The result as typed, with its unit where that stands in a column of its own."""
        return whole_actual(self.text("actual"), self.parts)

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

    @property
    def is_unfinished(self) -> bool:
        """Whether a named row of a scored form has no score yet, typed or computed, and may have one."""
        may_have_one = not self.has_unread_weight and not self.is_below
        return not self.is_none and not self.is_scored and may_have_one


class ScoreSheet(NamedTuple):
    """Everything that follows from the texts of one form; of one without scores the rows alone.

    The total is the sum of the execution score and the counting scores, never rounded again; it is None
    while nothing is known. Where little was spent `cap` may keep it below `sum_of_scores`. `missing` names
    the cells whose score the total leaves out. There is no grade while it leaves any out, a named row is
    unfinished, or a goal lacks the points that the form prints. `weights_total` includes the execution
    points; it is None where `sum_of_weights` is.
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
        return ScoreSheet(funds, rate, UNSCORED, tuple(_indicators(form, answers, None)), None, "", (), None)
    points = form.execution_points
    execution = execution_score(spent.executed, spent.budget, points) if points else UNSCORED
    indicators = tuple(_indicators(form, answers, regulation.scheme))
    indicators = _merged(form, answers, _executed(form, spent, indicators))
    scores = [execution.score, *(i.score for i in indicators)]
    known = [score for score in scores if score is not None]
    found = sum(known, Decimal(0)) if known else None
    cap = next((cap for cap in regulation.caps if rate is not None and rate < cap.below), None)
    is_capped = cap is not None and found is not None and found > cap.most
    total = cap.most if cap is not None and is_capped else found
    missing = tuple(_missing(form, execution, indicators))
    lacks_any = missing or any(row.is_unfinished for row in indicators)
    is_final = not lacks_any and not any(goals_without_points(form, answers))
    return ScoreSheet(
        funds=funds,
        execution_rate=rate,
        execution=execution,
        indicators=indicators,
        total=total,
        grade=regulation.grade(total) if total is not None and is_final else "",
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


def _merged(
    form: FormDefinition, answers: FormAnswers, indicators: tuple[Indicator, ...]
) -> tuple[Indicator, ...]:
    """The rows, where several share a score: the first has what is typed, which no rule can say."""
    column = form.row_columns["score"]
    if not column.merged:
        return indicators
    found: list[Indicator] = []
    for run in runs_of(indicators, column, answers):
        weights = [row.weight for row in run if row.weight is not None]
        whole = sum(weights, Decimal(0)) if weights else None
        found += [_first_of(run[0], whole), *map(_below, run[1:])] if len(run) > 1 else run
    return tuple(found)


@lru_cache(maxsize=20_000)
def _first_of(row: Indicator, weight: Decimal | None) -> Indicator:
    return replace(row, outcome=_SHARED, score=row.typed_score, weight=weight)


@lru_cache(maxsize=20_000)
def _below(row: Indicator) -> Indicator:
    return replace(row, outcome=_SHARED, score=None, weight=None, has_weight_text=False, is_below=True)


def runs_of(rows: Iterable[Indicator], column: Column, answers: FormAnswers) -> Iterator[list[Indicator]]:
    """Yield the rows that share a cell of a merged column: a row and those below it, within its label, in
    which nothing stands; of any other column each row alone."""
    run: list[Indicator] = []
    for row in rows:
        is_joined = bool(run) and _label_of(run[-1], column.merged) == _label_of(row, column.merged)
        if run and (not is_joined or not column.merged or answers.text(f"{row.id}.{column.key}").strip()):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _label_of(row: Indicator, merged: str) -> tuple[str, ...]:
    return _group(row.goal, row.level1, row.level2 if merged == "level2" else "")


def _names_of(row: Indicator) -> set[str]:
    return {bare(name) for name in (row.level1, row.level2, row.name)}


@lru_cache(maxsize=1000)
def _by_rate(row: Indicator, executed: Amount | None, budget: Amount | None) -> Indicator:
    outcome = UNSCORED if row.weight is None else execution_score(executed, budget, row.weight)
    score = row.score if row.has_score_text else outcome.score
    return replace(row, outcome=outcome, score=score, met=None, is_direction_open=False, is_execution=True)


def _indicators(form: FormDefinition, answers: FormAnswers, scheme: Scheme | None) -> Iterable[Indicator]:
    is_split = form.has_target_parts
    seen: dict[tuple[str, str, str], int] = {}
    text, before, group = answers.texts.get, None, ("", "", "")
    for row in answers.indicators:
        typed = tuple(map(text, _cells(row)))
        if (levels := typed[:3]) != before:
            before, group = levels, _group(*levels)
        seen[group] = position = seen.get(group, 0) + 1
        parts = Parts(*(text(f"{row}.{key}", "") for key in Parts._fields)) if is_split else NO_PARTS
        yield _indicator(row, position, typed, scheme, parts)


@lru_cache(maxsize=20_000)
def _cells(row: str) -> tuple[CellId, ...]:
    return tuple(f"{row}.{cell}" for cell in _READ)


@lru_cache(maxsize=2000)
def _group(goal: str | None, level1: str | None, level2: str | None) -> tuple[str, str, str]:
    return goal or "", bare(level1 or ""), bare(level2 or "")


@lru_cache(maxsize=20_000)  # of thousands of rows a key changes one
def _indicator(
    row: str, position: int, typed: tuple[str | None, ...], scheme: Scheme | None, parts: Parts
) -> Indicator:
    texts = tuple(text or "" for text in typed)
    text = dict(zip(_READ, texts, strict=True)).__getitem__
    money_row = is_money_row(text("level2"), text("name"))
    wanted, reached = whole_target(text("target"), parts), whole_actual(text("actual"), parts)
    target = read_value(wanted, position=position, money_row=money_row)
    actual = read_value(reached, position=position, money_row=money_row)
    weight, name = _weight(text("weight")), text("name")
    direction = text("direction") or direction_of(parts.nature)
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
        parts=parts,
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
    for row in (row for row in indicators if not row.is_below):
        expected = row.has_weight_text if prints_weights else not row.is_none
        if row.score is None and (expected or row.has_weight_text or row.has_score_text):
            yield f"{row.id}.score"


def goals_without_points(form: FormDefinition, answers: FormAnswers) -> Iterable[str]:
    """Yield the goals whose points the form prints and that have none."""
    for goal in answers.goals if form.goal_points else ():
        if number.is_nothing(answers.text(f"{goal}.points")):
            yield goal


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
