"""Checks of one indicator that follow from its figures; only the first that finds something speaks."""

from model.basics import number
from model.checks.finding import Severity, cut
from model.checks.row import PROSE, Row, RowCheck, Said, loss
from model.forms.definition import bare
from model.reading.scoring import is_filled


def weight_and_score_are_numbers(at: Row) -> Said | None:
    """Weight and score are numbers, a weight not below 0."""
    row = at.row
    if row.has_unread_weight:
        weight = number.parse_points(at.text("weight"))
        if weight is not None:
            return Said(
                "not-a-number", "computed", "weight", f"“{number.plain(weight)}”：分值不能小于 0，请核对。"
            )
        return Said("not-a-number", "computed", "weight", _no_number(at.text("weight")))
    if row.has_score_text and row.typed_score is None:
        return Said("not-a-number", "computed", "score", _no_number(at.text("score")))
    return None


def _no_number(text: str) -> str:
    return f"不是数字：“{cut(text)}”，请填如 9.5。"


def score_stays_within_weight(at: Row) -> Said | None:
    """A score is neither above its weight nor below 0 (Wuhan 2022, note 2)."""
    score, weight = at.row.typed_score, at.row.weight
    if score is None:
        return None
    if score < 0:
        message = f"得分 {number.show(score)} 小于 0，最低为 0 分：请核对。"
    elif weight is not None and score > weight:
        over = number.show(score - weight)
        message = f"得分 {number.show(score)} 超过分值 {number.show(weight)}，多 {over} 分：请核对。"
    else:
        return None
    return Said("score-above-weight", "computed", "score", message)


def score_has_a_result(at: Row) -> Said | None:
    """A row with a score has a result."""
    if not at.row.is_scored or is_filled(at.text("actual")):
        return None
    score = number.show(at.row.score) if at.row.score is not None else at.text("score")
    return Said(
        "actual-missing", "computed", "actual", f"得分 {score} 分，没有完成值：请填写实际完成值，或清除得分。"
    )


def missed_is_not_full(at: Row) -> Said | None:
    """A missed target does not earn the full score."""
    row = at.row
    if row.met is not False or row.typed_score is None or not row.weight or row.typed_score < row.weight:
        return None
    rule = f"，按规则 {number.show(row.outcome.score)} 分" if row.outcome.score is not None else ""
    message = f"{at.both}，未完成却得满分 {number.show(row.weight)} 分{rule}：请核减，或加以说明。"
    return Said("missed-but-full", "judged", "score", message)


def met_is_not_cut(at: Row) -> Said | None:
    """A reached target earns the full score, or there is a reason."""
    if at.lost is None or at.has_reason or not _is_met(at):
        return None
    message = f"{at.both}，目标已完成，{loss(at)}：请写明原因，或改为满分。"
    return Said("met-but-cut", "warning", "score", message)


def _is_met(at: Row) -> bool:
    """A number reaches its target; prose repeats it, and its score lies below the top band."""
    row = at.row
    if row.target.kind not in PROSE:
        return row.met is True
    return bare(at.text("target")) == bare(at.text("actual")) and not _in_top_band(at)


def _in_top_band(at: Row) -> bool:
    top = at.regulation.scheme.bands[0]
    row = at.row
    return row.score is not None and row.weight is not None and row.score >= row.weight * top.low


def score_lies_in_its_band(at: Row) -> Said | None:
    """A qualitative score lies in the band of its level (Wuhan 2022, note 3)."""
    row = at.row
    band = at.regulation.scheme.band(row.level) if row.target.kind in PROSE else None
    if (
        band is None
        or row.weight is None
        or row.typed_score is None
        or band.holds(row.typed_score, row.weight)
    ):
        return None
    low, high = map(number.show, band.ends(row.weight))
    message = (
        f"得 {number.show(row.typed_score)} 分，“{row.level}”档应在 {low}–{high} 分之间"
        f"（分值 {number.show(row.weight)} 分）：请核对等次和得分。"
    )
    return Said("qualitative-band", "judged", "score", message)


def score_follows_the_rule(at: Row) -> Said | None:
    """A typed score is the rule's, or there is a reason."""
    typed, rule = at.row.typed_score, at.row.outcome.score
    if typed is None or rule is None or at.has_reason:
        return None
    if abs(typed - rule) <= at.regulation.limits.score_tolerance:
        return None
    scores = f"填报 {number.show(typed)} 分，测算 {number.show(rule)} 分"
    message = f"{scores}（{at.row.outcome.explanation.removesuffix('。')}）：请核对，或写明原因。"
    return Said("score-not-by-rule", "judged", "score", message)


def losses_have_a_reason(at: Row) -> Said | None:
    """Lost points are explained; inside the top band of a qualitative row it is only a note."""
    if at.lost is None or at.has_reason:
        return None
    severity: Severity = "warning"
    if at.row.target.kind == "number":
        severity = "judged"
    elif at.row.target.kind in PROSE and _in_top_band(at):
        severity = "note"
    return Said("reason-missing", severity, "reason", f"{loss(at)}，没有写原因：请写明偏差原因。")


# In this order; the first three are certain, whatever else the row says.
FIGURES: tuple[RowCheck, ...] = (
    weight_and_score_are_numbers,
    score_stays_within_weight,
    score_has_a_result,
    missed_is_not_full,
    met_is_not_cut,
    score_lies_in_its_band,
    score_follows_the_rule,
    losses_have_a_reason,
)
EXECUTION: tuple[RowCheck, ...] = (  # of a row that the execution rate scores
    weight_and_score_are_numbers,
    score_stays_within_weight,
    score_follows_the_rule,
)
