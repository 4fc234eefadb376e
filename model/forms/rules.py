"""The scoring rules: pure functions of target, result and weight, each answer with its reason in words.

Source: Wuhan 2022 self-evaluation form, notes 2 and 3; docs/domain.md, "Scores". Quotients are exact
fractions; a score is rounded half up once, at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from model.basics.amount import Amount
from model.basics.number import STROKES, grouped, half_width, is_nothing, plain, rounded, show
from model.basics.quantity import Quantity, Value, describe, phrase
from model.forms.adverse import is_adverse
from model.forms.pairs import NEVER, Pair, aimed, leaves_doubt, paired


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
    `direction_clear` does not tell whether more is better; one that ends with a word of `adverse` says what
    must not happen.
    """

    reverse: str
    bands: tuple[Band, ...]
    direction_doubtful: tuple[str, ...] = ()
    direction_clear: tuple[str, ...] = ()
    adverse: tuple[str, ...] = ()
    score_places: int = 2

    def band(self, level: str) -> Band | None:
        """Return the band of a level, or None when none is chosen."""
        return next((band for band in self.bands if band.level == level), None)

    def is_doubtful(self, name: str) -> bool:
        """Return whether a name leaves open if more is better."""
        named = any(word in name for word in self.direction_doubtful)
        return named and not any(word in name for word in self.direction_clear)

    def is_adverse(self, name: str) -> bool:
        """Return whether a name says what must not happen."""
        return is_adverse(name, self.adverse)


class Outcome(NamedTuple):
    """A score or, without one, a stable code `why`; always an explanation in Chinese.

    `why`: no-indicator, no-weight, no-target, ambiguous, qualitative, no-result, result-prose,
    result-range, parts-differ, unit-differs, doubtful-direction, inexact; no-budget, no-executed; unscored.
    `band` is given for a qualitative indicator with a level: lowest and highest score. `remedy` is what the
    clerk is asked to do; paper leaves it out.
    """

    score: Decimal | None
    why: str
    explanation: str
    band: tuple[Decimal, Decimal] | None = None
    remedy: str = ""

    @property
    def sentence(self) -> str:
        """The explanation, and what to do, as one sentence for the screen."""
        return f"{self.explanation.removesuffix('。')}：{self.remedy}" if self.remedy else self.explanation


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
        return _none("no-indicator", "三级指标为“无”，不计分。")
    if weight is None or weight < 0:
        return _none("no-weight", "未填分值，不能按规则核分。", "请填写分值，或直接填写得分。")
    if target.kind in ("prose", "date"):
        return _qualitative(weight, level, scheme)
    unread = _unread(target, actual)
    if unread is not None:
        return unread
    numbers = paired(target, actual)
    if numbers is None:
        both = f"目标值“{describe(target)}”和完成值“{describe(actual)}”"
        return _none("unit-differs", f"{both}单位不同，不能按规则计算。", "请核对单位，或直接填写得分。")
    if not direction and leaves_doubt(numbers, scheme.is_doubtful(name), scheme.is_adverse(name)):
        return _none(
            "doubtful-direction", "从目标值和指标名称看不出完成值高好还是低好。", "请选择方向后再计算。"
        )
    pairs = [aimed(*pair, direction, scheme.is_adverse(name)) for pair in numbers]
    if any(pair.hangs_on_mark for pair in pairs):
        return _none(
            "inexact", "目标值或完成值是约数，看不出是否达到目标。", "请填写准确数，或直接填写得分。"
        )
    return _quantitative(pairs, weight, scheme)


def is_attained(*, target: Value, actual: Value, direction: str, name: str, scheme: Scheme) -> bool | None:
    """Return whether a result reaches its target, in every part; None where rules can't tell.

    Weights play no part in it. `direction` is ≥, ≤, = or "" as in `score_indicator`.
    """
    numbers = _compared(target, actual)
    adverse = scheme.is_adverse(name)
    if not numbers or (not direction and leaves_doubt(numbers, scheme.is_doubtful(name), adverse)):
        return None
    pairs = [aimed(*pair, direction, adverse) for pair in numbers]
    return None if any(pair.hangs_on_mark for pair in pairs) else all(pair.is_met for pair in pairs)


def is_direction_open(target: Value, actual: Value, name: str, scheme: Scheme) -> bool:
    """Return whether only the clerk can say what is better: another result, and nothing that tells."""
    numbers = _compared(target, actual)
    return bool(numbers) and leaves_doubt(numbers or (), scheme.is_doubtful(name), scheme.is_adverse(name))


def _compared(target: Value, actual: Value) -> list[tuple[Quantity, Quantity]] | None:
    """Return the numbers of target and result in one unit; None where they can't be compared."""
    return None if target.kind != "number" or _unread(target, actual) else paired(target, actual)


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
        return _none("no-budget", "预算数为空或不大于 0，不能计算预算执行得分。", "请填写预算数。")
    if executed is None:
        return _none("no-executed", "未填执行数，不能计算预算执行得分。", "请填写执行数。")
    exact = Fraction(points) * max(executed / budget, Fraction(0))
    amounts = f"{grouped(executed.to(budget.unit).number)} ÷ {grouped(budget.number)}"
    explanation = f"{plain(points)} × {amounts} = {show(exact)}"
    if exact > points:
        explanation += f"，超过满分，按满分 {plain(points)} 分计。"
    elif executed.number < 0:
        explanation = "执行数小于 0，得 0 分。"
    return Outcome(_points(min(exact, Fraction(points)), points, 2), "", explanation)


def names_nothing(name: str) -> bool:
    """Return whether a name says that there is no indicator (无, 不涉及); a blank one says nothing."""
    bare = "".join(half_width(name).split()).strip("。.;,、()" + STROKES)
    return bool(bare) and is_nothing(bare)


def _points(exact: Fraction, most: Decimal, places: int) -> Decimal:
    """Round a score half up, but never above the most it may be (a weight of 3.335 gives 3.33)."""
    score = rounded(exact, places)
    return score if score <= most else score - Decimal(1).scaleb(-places)


def _none(why: str, explanation: str, remedy: str = "") -> Outcome:
    return Outcome(None, why, explanation, remedy=remedy)


def _qualitative(weight: Decimal, level: str, scheme: Scheme) -> Outcome:
    band = scheme.band(level)
    if band is None:
        return _none(
            "qualitative", "定性指标，无计算得分。", "请选择完成等次，并在该等次的分值区间内填写得分。"
        )
    low, high = band.ends(weight)
    if high == weight:
        limits = f"在 {show(low)}–{show(high)} 分之间"
    else:
        limits = f"不低于 {show(low)} 分、低于 {show(high)} 分"
    return Outcome(None, "qualitative", f"定性指标，无计算得分；“{level}”档得分应{limits}。", (low, high))


def _unread(target: Value, actual: Value) -> Outcome | None:
    """Return why target and result are no numbers to be compared, or None."""
    for value, called in ((target, "目标值"), (actual, "完成值")):
        if value.kind == "ambiguous":
            return _none("ambiguous", f"{called}{describe(value)}。", "请选定读法后再计算。")
        if value.kind == "empty":
            why = "no-target" if value is target else "no-result"
            return _none(why, f"未填{called}，不能按规则计算。", f"请填写{called}。")
    if actual.kind != "number":
        return _none(
            "result-prose", "目标值是数，完成值是文字，不能按规则计算。", "请填写数值，或直接填写得分。"
        )
    if actual.is_range:
        return _none(
            "result-range", f"完成值“{describe(actual)}”不是一个数。", "请填写实际数，或直接填写得分。"
        )
    if len(target.parts) != len(actual.parts):
        counts = f"目标值有 {len(target.parts)} 个数，完成值有 {len(actual.parts)} 个数"
        return _none("parts-differ", f"{counts}，不能逐项比较。", "请按目标值的顺序逐项填写。")
    return None


def _quantitative(pairs: Sequence[Pair], weight: Decimal, scheme: Scheme) -> Outcome:
    earned = [pair.share(scheme.reverse) for pair in pairs]
    exact = Fraction(weight) * sum(earned, Fraction(0)) / len(earned)
    score = _points(exact, weight, scheme.score_places)
    if len(pairs) == 1:
        words = _words(pairs[0], weight, score, scheme.reverse)
    else:
        words = _words_of_parts(pairs, earned, weight, score, scheme.reverse)
    return Outcome(score, "", f"分值 {plain(weight)} 分；{words}。")


def _words(pair: Pair, weight: Decimal, score: Decimal, reverse: str) -> str:
    """Tell how one result earned its score."""
    wanted, result, direction = pair.target.number, pair.actual.number, pair.direction
    target = _bare(pair.target).strip()
    if pair.target.most is not None:
        return f"完成值 {_bare(pair.actual)}在目标值 {_bare(pair.target)}之内，得满分 {plain(score)} 分"
    sides = f"完成值 {_bare(pair.actual)}{_relation(wanted, result, direction)}目标值 {target}"
    if pair.is_met:
        return f"{sides}，得满分 {plain(score)} 分"
    if direction == NEVER:
        return f"{sides}，超出目标值不得分，得 0 分"
    if wanted <= 0:
        return f"{sides}，目标值不大于 0，不能按比例计算，得 0 分"
    if direction != "≤" and result <= 0:
        return f"{sides}，完成值不大于 0，得 0 分"
    if direction == "≤" and reverse == "linear" and result >= 2 * wanted:
        return f"{sides}，且不低于目标值的 2 倍，反向指标得 0 分"
    kind = "反向指标" if direction == "≤" else ""
    return f"{sides}，{kind}得 {plain(weight)} × {_quotient(pair, reverse)} = {plain(score)} 分"


def _words_of_parts(
    pairs: Sequence[Pair], earned: Sequence[Fraction], weight: Decimal, score: Decimal, reverse: str
) -> str:
    """Tell how several results earned one score: the mean of their quotients."""
    sides = "，".join(f"{_bare(pair.actual)}对目标 {_bare(pair.target).strip()}" for pair in pairs)
    if all(share == 1 for share in earned):
        return f"逐项比较：{sides}，各项均达到目标值，得满分 {plain(score)} 分"
    terms = [
        str(share) if share in (0, 1) else _quotient(pair, reverse)
        for pair, share in zip(pairs, earned, strict=True)
    ]
    mean = f"({' + '.join(terms)}) ÷ {len(pairs)}"
    return f"逐项比较：{sides}，得 {plain(weight)} × {mean} = {plain(score)} 分"


def _relation(target: Decimal, actual: Decimal, direction: str) -> str:
    if direction in ("≤", NEVER):
        return "不高于" if actual <= target else "高于"
    if actual < target:
        return "未达到"
    if direction == "=":
        return "等于" if actual == target else "高于"
    return "达到"


def _quotient(pair: Pair, reverse: str) -> str:
    """Write the quotient of a missed target as a formula."""
    a, b = grouped(pair.target.number), grouped(pair.actual.number)
    if pair.direction != "≤":
        return f"{b} ÷ {a}"
    return f"{a} ÷ {b}" if reverse == "ratio" else f"(1 − ({b} − {a}) ÷ {a})"


def _bare(quantity: Quantity) -> str:
    """Write a quantity without comparator, ready for a Chinese word to follow (a blank after a figure)."""
    if quantity.most is None:
        quantity = quantity._replace(comparator="")
    words = phrase(quantity)
    return f"{words} " if words[-1].isascii() else words
