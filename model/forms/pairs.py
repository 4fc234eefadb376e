"""A target beside its result: in one unit, what is better, whether it is met, what part of it is earned."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from model.basics.quantity import Quantity, Value, in_one_unit, preset_direction

NEVER = "≤0"  # the direction of what must not happen: as ≤, and any excess earns nothing
_NEAR = Decimal("0.1")  # a miss by less than this part of the target hangs on a 约, 余 or 近


class Pair(NamedTuple):
    """One number of a target and its result in one unit, with the direction that holds for the two.

    Of a range the target is the end that the result is measured by, or the range itself where it lies inside.
    """

    target: Quantity
    actual: Quantity
    direction: str

    @property
    def is_met(self) -> bool:
        """Whether the result is at least as good as the target."""
        return self.target.most is not None or is_met(self.target.number, self.actual.number, self.direction)

    def share(self, reverse: str) -> Fraction:
        """Return the part of the weight that the result earns (see attained)."""
        if self.target.most is not None:
            return Fraction(1)
        return attained(self.target.number, self.actual.number, self.direction, reverse)

    @property
    def hangs_on_mark(self) -> bool:
        """Whether nobody can say if the target is met, because a number is only 约, 余 or 近."""
        if self.target.most is not None:
            return False
        a, b = self.target.number, self.actual.number
        less, more = ("近", "余") if self.direction == "≥" else ("余", "近")
        if a == b:
            return self.actual.about == less or self.target.about == more
        marked = bool(self.actual.about or self.target.about)
        return marked and not self.is_met and abs(a - b) < abs(a) * _NEAR


def paired(target: Value, actual: Value) -> list[tuple[Quantity, Quantity]] | None:
    """Return the numbers of target and result side by side in one unit; None when a unit differs."""
    pairs = [in_one_unit(*pair) for pair in zip(target.parts, actual.parts, strict=True)]
    known = [pair for pair in pairs if pair is not None]
    return known if len(known) == len(pairs) else None


def aimed(target: Quantity, actual: Quantity, chosen: str, adverse: bool) -> Pair:
    """Return a pair with its direction: the chosen one, else what the target says.

    With = an excess over 0, or of what must not happen (`adverse`), is a miss (docs/domain.md, Scores).
    """
    wanted = chosen or preset_direction(Value("number", (target,)))
    if target.most is not None:
        return _in_range(target, actual, wanted)
    is_zero = target.number == 0
    is_exact = wanted == "=" or (is_zero and adverse and not chosen and not target.comparator)
    is_miss = adverse or (is_zero and actual.number > 0)
    return Pair(target, actual, NEVER if is_exact and is_miss else wanted)


def _in_range(target: Quantity, actual: Quantity, wanted: str) -> Pair:
    """A range is kept, or measured by its nearer end; ≥ and ≤ look at one end alone."""
    low, high = target._replace(most=None), target._replace(number=target.ceiling, most=None)
    if wanted == "=" and target.number <= actual.number <= target.ceiling:
        return Pair(target, actual, "=")
    if wanted == "≤" or (wanted == "=" and actual.number > target.ceiling):
        return Pair(high, actual, "≤")
    return Pair(low, actual, "≥")


def leaves_doubt(pairs: Sequence[tuple[Quantity, Quantity]], doubtful: bool, adverse: bool) -> bool:
    """Return whether only the clerk can say what is better: the parts point both ways, or nothing tells.

    `doubtful`: the name does not tell whether more is better; `adverse`: it names what must not happen.
    """
    targets = [target for target, _ in pairs]
    if len({preset_direction(Value("number", (target,))) for target in targets}) > 1:
        return True
    if any(target.comparator for target in targets):
        return False
    return any(_leaves_doubt(*pair, doubtful, adverse) for pair in pairs)


def _leaves_doubt(target: Quantity, actual: Quantity, doubtful: bool, adverse: bool) -> bool:
    if target.number <= actual.number <= target.ceiling:
        return False  # met either way
    if target.number == 0 and target.most is None:
        return not adverse and (doubtful or actual.number > 0)
    return doubtful or adverse or (target.most is not None and actual.number > target.most)


def attained(target: Decimal, actual: Decimal, direction: str, reverse: str) -> Fraction:
    """Return the part of the weight that a result earns, from 0 to 1, exactly.

    Better than or equal to the target is always 1; with a target of 0 or less, or over what must not happen,
    all else is 0.
    """
    if is_met(target, actual, direction):
        return Fraction(1)
    if target <= 0 or direction == NEVER:
        return Fraction(0)
    wanted, result = Fraction(target), Fraction(actual)
    if direction != "≤":
        return max(result, Fraction(0)) / wanted
    if reverse == "ratio":
        return wanted / result
    return max(1 - (result - wanted) / wanted, Fraction(0))


def is_met(target: Decimal, actual: Decimal, direction: str) -> bool:
    """Return whether a result is at least as good as the target; = counts as ≥ (docs/domain.md, Scores)."""
    return actual <= target if direction in ("≤", NEVER) else actual >= target
