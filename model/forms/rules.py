"""The scoring rules: pure functions of target, result and weight, each answer with its reason in words.

Source: Wuhan 2022 self-evaluation form, notes 2 and 3; domain.md, "Scoring rules". Quotients are exact
fractions; a score is rounded half up once, at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from model.basics.amount import Amount
from model.basics.number import grouped, plain, rounded, show
from model.basics.quantity import Quantity, Value, describe, in_one_unit, phrase, preset_direction


class Band(NamedTuple):
    """The part of the weight that a level of a qualitative indicator earns, as fractions.

    From `low` (inclusive) to `high`, which is inclusive only where it is the whole weight:
    100–80 (≥80), 80–50 (≥50, <80), 50–0 (<50).
    """

    level: str
    low: Decimal
    high: Decimal

    def ends(self, weight: Decimal) -> tuple[Decimal, Decimal]:
        """Return the lowest and highest score of the band in points, exactly."""
        return weight * self.low, weight * self.high

    def holds(self, score: Decimal, weight: Decimal) -> bool:
        """Return whether a score lies in the band."""
        low, high = self.ends(weight)
        return low <= score and (score < high or score == high == weight)


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as itself: there is one of each
class Scheme:
    """What the rules take from a regulation.

    `reverse` is the formula for results above a limit: "ratio" (weight × A ÷ B) or "linear"
    (weight × (1 − (B − A) ÷ A)). A name with a word of `direction_doubtful` and none of
    `direction_clear` does not tell whether more is better.
    """

    reverse: str
    bands: tuple[Band, ...]
    direction_doubtful: tuple[str, ...] = ()
    direction_clear: tuple[str, ...] = ()
    score_places: int = 2

    def band(self, level: str) -> Band | None:
        """Return the band of a level, or None when none is chosen."""
        return next((band for band in self.bands if band.level == level), None)


class Outcome(NamedTuple):
    """A score or, without one, a stable code `why`; always an explanation in Chinese.

    `why`: no-indicator, no-weight, no-target, ambiguous, qualitative, no-result, result-prose,
    parts-differ, unit-differs, doubtful-direction; no-budget, no-executed; unscored. `band` is given for a
    qualitative indicator with a level: lowest and highest score.
    """

    score: Decimal | None
    why: str
    explanation: str
    band: tuple[Decimal, Decimal] | None = None


Pair = tuple[Quantity, Quantity]  # target and result in one unit, without comparators


def score_indicator(
    *,
    target: Value,
    actual: Value,
    weight: Decimal | None,
    direction: str,
    level: str,
    name: str,
    scheme: Scheme,
) -> Outcome:
    """Return the points of one indicator by the rule, or why no rule gives any.

    `direction` is ≥, ≤, = or "" (then the target's comparator decides), `level` the chosen level of a
    qualitative indicator or "". The score is rounded half up to the scheme's places, never above the weight.
    """
    if names_nothing(name):
        return _none("no-indicator", "三级指标为“无”，不计分")
    if weight is None or weight < 0:
        return _none("no-weight", "未填权重，不能按规则核分：请填写权重，或直接填写得分")
    if target.kind in ("prose", "date"):
        return _qualitative(weight, level, scheme)
    unread = _unread(target, actual)
    if unread is not None:
        return unread
    pairs = _pairs(target.parts, actual.parts)
    if pairs is None:
        both = f"目标值“{describe(target)}”和完成值“{describe(actual)}”"
        return _none("unit-differs", f"{both}单位不同，不能按规则计算：请核对单位，或直接填写得分")
    if not direction and _is_doubtful(target, name, pairs, scheme):
        return _none("doubtful-direction", "从目标值和指标名称看不出完成值高好还是低好：请选择方向后再计算")
    return _quantitative(pairs, weight, direction or preset_direction(target), scheme)


def is_attained(*, target: Value, actual: Value, direction: str, name: str, scheme: Scheme) -> bool | None:
    """Return whether a result reaches its target, in every part; None where rules can't tell.

    Weights play no part in it. `direction` is ≥, ≤, = or "" as in `score_indicator`.
    """
    pairs = _compared(target, actual)
    if not pairs or (not direction and _is_doubtful(target, name, pairs, scheme)):
        return None
    wanted = direction or preset_direction(target)
    return all(is_met(a.number, b.number, wanted) for a, b in pairs)


def is_direction_open(target: Value, actual: Value, name: str, scheme: Scheme) -> bool:
    """Return whether only the clerk can say what is better: another result, and a doubtful name."""
    pairs = _compared(target, actual)
    return bool(pairs) and _is_doubtful(target, name, pairs or (), scheme)


def _compared(target: Value, actual: Value) -> list[Pair] | None:
    """Return target and result as pairs of numbers; None where they are none or can't be compared."""
    return None if target.kind != "number" or _unread(target, actual) else _pairs(target.parts, actual.parts)


def execution_rate(executed: Amount | None, budget: Amount | None) -> Fraction | None:
    """Return executed ÷ adjusted budget exactly; None without a budget."""
    if executed is None or budget is None or budget.number <= 0:
        return None
    return executed / budget


def execution_score(executed: Amount | None, budget: Amount | None, points: Decimal) -> Outcome:
    """Return the points earned by spending the budget, the adjusted one (全年预算数).

    The quotient is exact, the product capped at the points and rounded half up once to 2 decimals. Source:
    Wuhan 2022, note 1.
    """
    if budget is None or budget.number <= 0:
        return _none("no-budget", "预算数为空或不大于 0，不能计算预算执行得分：请填写预算数")
    if executed is None:
        return _none("no-executed", "未填执行数，不能计算预算执行得分：请填写执行数")
    exact = Fraction(points) * max(executed / budget, Fraction(0))
    amounts = f"{grouped(executed.to(budget.unit).number)} ÷ {grouped(budget.number)}"
    explanation = f"{plain(points)} × {amounts} = {show(exact)}"
    if exact > points:
        explanation += f"，超过满分，按满分 {plain(points)} 分计"
    elif executed.number < 0:
        explanation = "执行数小于 0，得 0 分"
    return Outcome(_points(min(exact, Fraction(points)), points, 2), "", explanation)


def names_nothing(name: str) -> bool:
    """Return whether a name says that there is no indicator (无)."""
    return "".join(name.split()).strip("。.；;，,、（）()") == "无"


def attained(target: Decimal, actual: Decimal, direction: str, reverse: str) -> Fraction:
    """Return the part of the weight that a result earns, from 0 to 1, exactly.

    Better than or equal to the target is always 1; with a target of 0 or less all else is 0.
    """
    if is_met(target, actual, direction):
        return Fraction(1)
    if target <= 0:
        return Fraction(0)
    wanted, result = Fraction(target), Fraction(actual)
    if direction != "≤":
        return max(result, Fraction(0)) / wanted
    if reverse == "ratio":
        return wanted / result
    return max(1 - (result - wanted) / wanted, Fraction(0))


def is_met(target: Decimal, actual: Decimal, direction: str) -> bool:
    """Return whether a result is at least as good as the target; = counts as ≥ (domain.md, Equal)."""
    return actual <= target if direction == "≤" else actual >= target


def _points(exact: Fraction, most: Decimal, places: int) -> Decimal:
    """Round a score half up, but never above the most it may be (a weight of 3.335 gives 3.33)."""
    score = rounded(exact, places)
    return score if score <= most else score - Decimal(1).scaleb(-places)


def _none(why: str, explanation: str) -> Outcome:
    return Outcome(None, why, explanation)


def _qualitative(weight: Decimal, level: str, scheme: Scheme) -> Outcome:
    band = scheme.band(level)
    if band is None:
        return _none("qualitative", "定性指标，无计算得分：请选择完成等次，并在该等次的分值区间内填写得分")
    low, high = band.ends(weight)
    if high == weight:
        limits = f"在 {show(low)}–{show(high)} 分之间"
    else:
        limits = f"不低于 {show(low)} 分、低于 {show(high)} 分"
    return Outcome(None, "qualitative", f"定性指标，无计算得分；“{level}”档得分应{limits}", (low, high))


def _unread(target: Value, actual: Value) -> Outcome | None:
    """Return why target and result are no numbers to be compared, or None."""
    for value, called in ((target, "目标值"), (actual, "完成值")):
        if value.kind == "ambiguous":
            return _none("ambiguous", f"{called}{describe(value)}：请选定读法后再计算")
        if value.kind == "empty":
            why = "no-target" if value is target else "no-result"
            return _none(why, f"未填{called}，不能按规则计算：请填写{called}")
    if actual.kind != "number":
        return _none("result-prose", "目标值是数，完成值是文字，不能按规则计算：请填写数值，或直接填写得分")
    if len(target.parts) != len(actual.parts):
        counts = f"目标值有 {len(target.parts)} 个数，完成值有 {len(actual.parts)} 个数"
        return _none("parts-differ", f"{counts}，不能逐项比较：请按目标值的顺序逐项填写")
    return None


def _pairs(targets: Sequence[Quantity], actuals: Sequence[Quantity]) -> list[Pair] | None:
    """Return target and result of each part in one unit; None when a unit differs."""
    pairs = []
    for target, actual in zip(targets, actuals, strict=True):
        pair = in_one_unit(target, actual)
        if pair is None:
            return None
        pairs.append(pair)
    return pairs


def _is_doubtful(target: Value, name: str, pairs: Sequence[Pair], scheme: Scheme) -> bool:
    """Return whether it is open what is better: by the name, or because the parts point both ways."""
    sides = {preset_direction(Value("number", (part,))) for part in target.parts}
    if len(sides) > 1:
        return True
    compared = any(part.comparator for part in target.parts)
    met = all(wanted.number == result.number for wanted, result in pairs)
    named = any(word in name for word in scheme.direction_doubtful)
    cleared = any(word in name for word in scheme.direction_clear)
    return named and not cleared and not compared and not met


def _quantitative(pairs: Sequence[Pair], weight: Decimal, direction: str, scheme: Scheme) -> Outcome:
    earned = [attained(wanted.number, got.number, direction, scheme.reverse) for wanted, got in pairs]
    exact = Fraction(weight) * sum(earned, Fraction(0)) / len(earned)
    score = _points(exact, weight, scheme.score_places)
    if len(pairs) == 1:
        words = _words(*pairs[0], weight, score, direction, scheme.reverse)
    else:
        words = _words_of_parts(pairs, earned, weight, score, direction, scheme.reverse)
    return Outcome(score, "", f"权重 {plain(weight)} 分；{words}")


def _words(
    target: Quantity, actual: Quantity, weight: Decimal, score: Decimal, direction: str, reverse: str
) -> str:
    """Tell how one result earned its score."""
    wanted, result = target.number, actual.number
    sides = f"完成值 {_bare(actual)}{_relation(wanted, result, direction)}目标值 {_bare(target).strip()}"
    if is_met(wanted, result, direction):
        return f"{sides}，得满分 {plain(score)} 分"
    if wanted <= 0:
        return f"{sides}，目标值不大于 0，不能按比例计算，得 0 分"
    if direction != "≤" and result <= 0:
        return f"{sides}，完成值不大于 0，得 0 分"
    if direction == "≤" and reverse == "linear" and result >= 2 * wanted:
        return f"{sides}，且不低于目标值的 2 倍，反向指标得 0 分"
    kind = "反向指标" if direction == "≤" else ""
    formula = f"{plain(weight)} × {_quotient(wanted, result, direction, reverse)}"
    return f"{sides}，{kind}得 {formula} = {plain(score)} 分"


def _words_of_parts(
    pairs: Sequence[Pair],
    earned: Sequence[Fraction],
    weight: Decimal,
    score: Decimal,
    direction: str,
    reverse: str,
) -> str:
    """Tell how several results earned one score: the mean of their quotients."""
    sides = "，".join(f"{_bare(actual)}对目标 {_bare(target).strip()}" for target, actual in pairs)
    if all(share == 1 for share in earned):
        return f"逐项比较：{sides}，各项均达到目标值，得满分 {plain(score)} 分"
    terms = [
        str(share) if share in (0, 1) else _quotient(target.number, actual.number, direction, reverse)
        for (target, actual), share in zip(pairs, earned, strict=True)
    ]
    mean = f"({' + '.join(terms)}) ÷ {len(pairs)}"
    return f"逐项比较：{sides}，得 {plain(weight)} × {mean} = {plain(score)} 分"


def _relation(target: Decimal, actual: Decimal, direction: str) -> str:
    if direction == "≤":
        return "不高于" if actual <= target else "高于"
    if actual < target:
        return "未达到"
    if direction == "=":
        return "等于" if actual == target else "高于"
    return "达到"


def _quotient(target: Decimal, actual: Decimal, direction: str, reverse: str) -> str:
    """Write the quotient of a missed target as a formula."""
    a, b = grouped(target), grouped(actual)
    if direction != "≤":
        return f"{b} ÷ {a}"
    return f"{a} ÷ {b}" if reverse == "ratio" else f"(1 − ({b} − {a}) ÷ {a})"


def _bare(quantity: Quantity) -> str:
    """Write a quantity without comparator, ready for a Chinese word to follow (a blank after a figure)."""
    words = phrase(Quantity("", quantity.number, quantity.unit))
    return f"{words} " if words[-1].isascii() else words
