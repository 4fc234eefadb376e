"""自评结果汇总表: one line a form with money, score and grade; sums and weighted averages below."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from model.aggregation.parts import MONEY_UNIT
from model.basics import number
from model.reading.reading import Form


class SummaryLine(NamedTuple):
    """A form: unit, project, amounts in 万元, rate, score, grade, why points are lost; None is unknown."""

    unit: str
    project: str
    budget: Decimal | None
    executed: Decimal | None
    rate: Fraction | None
    score: Decimal | None
    grade: str
    reasons: str
    source: str = ""
    form: str = ""
    year: str = ""


class SummaryTotal(NamedTuple):
    """Below the lines: how many forms, sums of money, their rate, the score weighted by budget."""

    forms: int
    budget: Decimal
    executed: Decimal
    rate: Fraction | None
    score: Decimal | None
    unknown: int  # lines without budget, execution or score: in no sum that needs them


def line_of(form: Form, source: str = "") -> SummaryLine:
    """Return the line of a form; what is not known stays None."""
    first = form.sheet.whole
    budget, executed = (first.budget, first.executed) if first else (None, None)
    reasons = (row.reason.strip() for row in form.sheet.indicators if row.counted)
    return SummaryLine(
        form.answers.unit,
        form.project,
        None if budget is None else budget.to(MONEY_UNIT).number,
        None if executed is None else executed.to(MONEY_UNIT).number,
        form.sheet.execution_rate,
        form.sheet.total,
        form.sheet.grade,
        "；".join(dict.fromkeys(filter(None, reasons))),
        source,
        form.definition.name,
        form.answers.year,
    )


def total_of(lines: Sequence[SummaryLine]) -> SummaryTotal:
    """Return what stands below the lines: rate and score are of the lines whose money is known alone."""
    budget = sum((line.budget for line in lines if line.budget is not None), Decimal(0))
    executed = sum((line.executed for line in lines if line.executed is not None), Decimal(0))
    both = [line for line in lines if line.budget is not None and line.executed is not None]
    base = sum((line.budget for line in both if line.budget is not None), Decimal(0))
    spent = sum((line.executed for line in both if line.executed is not None), Decimal(0))
    scored = [(line.budget, line.score) for line in lines if line.budget and line.score is not None]
    weights = sum((weight for weight, _ in scored), Decimal(0))
    product = sum((weight * score for weight, score in scored), Decimal(0))
    return SummaryTotal(
        len(lines),
        budget,
        executed,
        Fraction(spent) / Fraction(base) if base else None,
        number.rounded(product / weights, 2) if weights else None,
        sum(1 for line in lines if line.budget is None or line.executed is None or line.score is None),
    )
