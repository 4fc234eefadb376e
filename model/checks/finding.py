"""What a check yields: a Finding, with its code, its severity, its place and what the clerk may answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from model.basics import number
from model.basics.amount import Amount
from model.document.answers import Address, CellId, Reply
from model.reading.reading import Form, with_name

if TYPE_CHECKING:
    from model.accounts.accounts import Accounts

Severity = Literal["computed", "judged", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("computed", "judged", "warning", "note")  # the most severe first
State = Literal["error", "warning", "note", "answered", "gap", "paper"]
# no error, but open all the same
_OF_ACCOUNTS = ("accounts-empty", "explanation-empty")
EMPTY = (
    *("text-empty", "date-empty", "level-empty", "level-unchosen", "section-empty", "evidence-missing"),
    *_OF_ACCOUNTS,
)
PAPER = ("page-torn", "page-short")  # how the printed pages look
BESIDE = (*EMPTY, *PAPER)  # open, but no findings of a check
GAPS = ("required-missing", "row-unfinished", "goal-points-missing", *EMPTY)
SHORTEST_REPLY = 5  # characters of an answer that says anything

# How a list calls what each check finds; a code never changes its meaning.
TITLES = {
    "not-a-number": "不是数字",
    "no-budget": "没有预算数",
    "total-mismatch": "总分与分项不符",
    "weights-not-100": "分值合计不是 100 分",
    "block-weights": "一级指标分值合计不对",
    "goal-points": "目标分值合计不对",
    "block-label-points": "标题里的分值不对",
    "weight-missing": "分值未填",
    "execution-rate": "执行率不对",
    "execution-score": "预算执行得分不对",
    "execution-weight": "预算执行分值不对",
    "fund-rows-sum": "资金合计不对",
    "sub-row-scored": "明细行填了分值或得分",
    "budget-exceeded": "执行数超过预算数",
    "low-execution": "执行率偏低，没有说明原因",
    "budget-changed": "预算调整较大，没有说明原因",
    "score-above-weight": "得分超出分值范围",
    "score-not-by-rule": "得分与测算不同",
    "missed-but-full": "目标未完成却得满分",
    "met-but-cut": "目标已完成却扣了分",
    "reason-missing": "扣了分，没有写原因",
    "deviation-denied": "扣了分却写无偏差",
    "qualitative-band": "得分不在等次的分值区间",
    "over-achieved": "完成值远超目标值",
    "ambiguous-number": "数字有两种读法",
    "actual-missing": "有得分，没有完成值",
    "actual-has-comparator": "完成值不是实际数",
    "actual-not-final": "完成值还没有结果",
    "target-missing": "没有目标值",
    "indicator-name-missing": "没有指标名称",
    "indicator-none": "指标为“无”却有分",
    "unit-mismatch": "完成值与目标值单位不同",
    "type-mismatch": "数字与文字不相对应",
    "cost-over-limit": "成本超过控制数",
    "name-target-differ": "名称与目标值里的数不同",
    "adverse-direction": "不应发生的事定了下限",
    "level-mismatch": "二级指标放错了一级指标",
    "no-comparator": "看不出高好还是低好",
    "template-residue": "留有空白表的提示文字",
    "left-behind": "换表样后没有位置的内容",
    "goal-result": "目标的完成情况未写清",
    "duplicate-indicator": "两张表的同一指标不一致",
    "projects-sum": "项目支出合计与整体表不符",
    "project-without-form": "项目没有自评表",
    "parts-sum": "各部分合计与总额不符",
    "share-sum": "占比不对",
    "name-differs": "名称前后不一致",
    "required-missing": "必填项未填",
    "row-unfinished": "指标没有填完",
    "goal-points-missing": "目标没有分值",
    "text-empty": "文字未填",
    "date-empty": "日期未填",
    "level-empty": "二级指标没有指标",
    "level-unchosen": "没有选达成档次",
    "section-empty": "报告里有空的部分",
    "accounts-empty": "部门决算没有填完",
    "explanation-empty": "情况说明没有写完",
    "evidence-missing": "指标没有佐证材料",
    "page-torn": "一段文字分在两页",
    "page-short": "最后一页只有一点内容",
    "year-mismatch": "年度或日期不对",
    "unit-of-money": "金额单位可能填错",
    "text-too-long": "文字超过限定字数",
    "text-contradicts-form": "报告与自评表不一致",
    "grade-mismatch": "等级与总分不符",
    "table-sum": "收支表合计不对",
    "missing-glyph": "字印不出来",
    "accounts-tail": "尾差",
    "accounts-differ": "原表与计算不同",
    "accounts-negative": "结转和结余是负数",
    "accounts-subject": "科目编码有疑问",
}


@dataclass(frozen=True)  # without slots: it remembers its state
class Finding:
    """What a check found: a stable code, its severity, where, and in Chinese what to do about what.

    `basis` are the figures and texts it rests on: an answer (出错说明) holds while they stay. `answer` is the
    answer that holds, `signed` says who wrote it and when, `lapsed` is one that was given for other figures.
    `between` says that it compares forms.
    `subject` is the name of the indicator that it speaks of. `place` is also what an exchange file knows an
    answer by; people are told `where`. `offer` is a text that the cell may be given.
    """

    code: str
    severity: Severity
    address: Address
    place: str
    message: str
    basis: tuple[str, ...] = ()
    between: bool = False
    answer: str = ""
    lapsed: str = ""
    name: str = ""  # what the rule is called, where the rule is data
    subject: str = ""
    offer: str = ""
    signed: str = ""

    @property
    def where(self) -> str:
        """The place with the name of the indicator."""
        return with_name(self.place, self.subject)

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        return self.name or TITLES[self.code]

    @property
    def is_answerable(self) -> bool:
        """Whether it may be answered in writing: what follows from figures alone may not."""
        return self.severity in ("judged", "warning")

    @property
    def may_be_set_aside(self) -> bool:
        """Whether a reason takes it off the list of what is open; what figures prove wrong stays on it."""
        return self.is_answerable or self.is_gap or self.code in PAPER

    @property
    def is_gap(self) -> bool:
        """Whether it only says that something is not filled in yet; that is counted apart."""
        return self.code in GAPS

    @property
    def is_open_error(self) -> bool:
        """Whether it keeps the form a draft."""
        return self.severity in ("computed", "judged") and not self.answer

    @property
    def is_open_warning(self) -> bool:
        """Whether it is a warning that nobody has answered."""
        return self.severity == "warning" and not self.answer

    @cached_property
    def state(self) -> State:
        """The group it belongs to: what is open by its severity, what is answered, what is not filled in."""
        if self.answer:
            return "answered"
        if self.is_gap:
            return "gap"
        if self.code in PAPER:
            return "paper"
        if self.is_open_error:
            return "error"
        return "warning" if self.is_open_warning else "note"

    @property
    def found(self) -> str:
        """What it rests on, as it is kept beside an answer."""
        return " | ".join(self.basis or (self.message,))


def finding(
    form: Form,
    code: str,
    severity: Severity,
    cell: CellId,
    message: str,
    *,
    place: str = "",
    basis: tuple[str, ...] = (),
    between: bool = False,
    offer: str = "",
) -> Finding:
    """Return a finding at a cell of a form; its place is the cell's unless said."""
    return Finding(
        code,
        severity,
        form.at(cell),
        place or form.place(cell),
        message,
        basis,
        between,
        subject="" if place else form.subject(cell),
        offer=offer,
    )


def is_reply(text: str) -> bool:
    """Whether a text is long enough to answer a finding."""
    return len("".join(text.split())) >= SHORTEST_REPLY


def answered(findings: Iterable[Finding], forms: "Iterable[Form | Accounts]") -> tuple[Finding, ...]:
    """Return the findings with the answers that hold; notes and what figures prove wrong have none."""
    replies = {form.key: form.answers.replies for form in forms if form.answers.replies}
    if not replies:
        return tuple(findings)
    return tuple(
        _answered(finding, replies[finding.address[0]])
        if finding.may_be_set_aside and finding.address[0] in replies
        else finding
        for finding in findings
    )


def _answered(finding: Finding, replies: Mapping[tuple[str, str], Reply]) -> Finding:
    """A reply that was read from a file stands under the place, and for what the file holds."""
    reply = replies.get((finding.code, finding.address[1])) or replies.get((finding.code, finding.place))
    if reply is None or not is_reply(reply.text):
        return finding
    if reply.found in ("", finding.found):
        return replace(finding, answer=reply.text, signed=reply.signed)
    return replace(finding, lapsed=reply.text)


def more_or_less(found: Decimal, wanted: Decimal) -> str:
    """Say by how many points a sum is off: 多 20 分."""
    return f"{'多' if found > wanted else '少'} {number.show(abs(found - wanted))} 分"


def money(value: Amount | None) -> str:
    """Write an amount in a message, in its own unit, which is not named; unknown is a dash."""
    return number.grouped(value.number) if value is not None else "—"


def cut(text: str, length: int = 20) -> str:
    """Shorten a text that a message quotes."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
