"""One indicator of many forms: matched by name, level 2 and unit, added up or averaged by the footnotes.

Source of the rules: footnotes 2 and 3 of the Wuhan forms of 2022 – absolute results are added, rates
averaged weighted by funds, then scored; qualitative scores are averaged weighted by funds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from model.aggregation.alike import proposals
from model.aggregation.parts import Part
from model.aggregation.questions import LEAVE, Choice, Question, leaving, listed
from model.basics import number
from model.basics.quantity import Quantity, Value
from model.forms.definition import bare
from model.reading.scoring import Indicator

How = Literal["sum", "rate", "quality", "open"]
RATES = ("%", "‰", "倍")
TIMES = ("秒", "分", "分钟", "小时", "天", "日", "工作日", "周", "个月", "月", "年")
ADD, AVERAGE, SAME, DIFFERENT = "add", "average", "same", "different"


class Contribution(NamedTuple):
    """A row of one form that goes into an indicator."""

    part: Part
    row: Indicator

    def text(self, column: str) -> str:
        """What is typed in a column of the row."""
        return self.part.form.answers.text(f"{self.row.id}.{column}").strip()


class Line(NamedTuple):
    """An indicator of the result, and how it came about; while a question is open its figures are empty.

    `steps` says in sentences how target and result were made; `score` is given for qualitative ones alone,
    all others are scored by the rule after adding up.
    """

    id: str
    level1: str
    level2: str
    name: str
    how: How
    contributions: tuple[Contribution, ...]
    questions: tuple[Question, ...]
    weight: str = ""
    direction: str = ""
    target: str = ""
    actual: str = ""
    level: str = ""
    score: str = ""
    steps: tuple[str, ...] = ()


Decisions = Mapping[str, str]  # the id of a question: the id of the choice


def lines_of(parts: Sequence[Part], decisions: Decisions) -> tuple[Line, ...]:
    """Return the indicators of all forms, in the order in which they come first."""
    groups: defaultdict[tuple[str, str], list[Contribution]] = defaultdict(list)
    for part in parts:
        for row in part.form.sheet.indicators:
            if row.counted and row.name.strip():
                key = bare(number.half_width(row.level2)), bare(number.half_width(row.name))
                groups[key].append(Contribution(part, row))
    asked = _merged(groups, decisions)
    return tuple(_line(" · ".join(key), group, decisions, asked.get(key)) for key, group in groups.items())


def _merged(
    groups: dict[tuple[str, str], list[Contribution]], decisions: Decisions
) -> dict[tuple[str, str], Question]:
    """Put together what the clerk has said to be one; return what is asked of the others, by indicator."""
    units = {key: frozenset(one.part.id for one in group) for key, group in groups.items()}
    asked: dict[tuple[str, str], Question] = {}
    for key, other in proposals(units, tuple(groups)).items():
        name, odd = groups[other][0].row.name, groups[key]
        sentence = f"{_names(odd)}的“{odd[0].row.name}”与其余的“{name}”是不是同一项？"
        choices = (Choice(SAME, f"当作“{name}”"), Choice(DIFFERENT, "是另一项"))
        question = Question(f"{' · '.join(key)}:name", sentence, choices, tuple(units[key]))
        answer = decisions.get(question.id, "")
        if answer == SAME:
            groups[other] += groups.pop(key)
        elif answer != DIFFERENT:
            asked[key] = question
    return asked


def _line(
    key: str, group: Sequence[Contribution], decisions: Decisions, asked: Question | None = None
) -> Line:
    """Ask one question after the other; an answer may leave some forms out, the next looks at the rest.

    `asked` is what is to be asked of the whole indicator before.
    """
    kept, questions, chosen = list(group), [asked] if asked else [], dict[str, str]()
    for ask in (_twice, _unreadable, _results, _units, _directions, _weights, _time, _targets, _no_funds):
        question = ask(key, kept, _how(kept)) if kept else None
        if question is None:
            continue
        answer = decisions.get(question.id, "")
        if answer == LEAVE:
            kept = [one for one in kept if one.part.id not in question.parts]
        elif answer in (choice.id for choice in question.choices):
            chosen[question.id.rpartition(":")[2]] = answer
        else:
            questions.append(question)
    first = group[0].row
    line = Line(key, first.level1, first.level2, first.name, _how(kept), tuple(kept), tuple(questions))
    return line if questions or not kept else _combined(line, chosen.get("how") == AVERAGE)


# ---- what is asked -------------------------------------------------------------------------------


def _single(value: Value) -> Quantity | None:
    return value.parts[0] if value.kind == "number" and len(value.parts) == 1 else None


def _is_numeric(row: Indicator) -> bool:
    return _single(row.target) is not None


def _how(group: Sequence[Contribution]) -> How:
    numeric = [one for one in group if _is_numeric(one.row)]
    if not numeric:
        return "quality"
    units = {_unit(one) for one in numeric}
    is_rate = any(unit in RATES or "/" in unit or "率" in one.row.name for one in numeric for unit in units)
    return "rate" if is_rate else "sum"


def _unit(one: Contribution) -> str:
    quantity = _single(one.row.target)
    return quantity.unit if quantity else ""


def _odd(group: Sequence[Contribution], key: Mapping[str, str]) -> tuple[str, tuple[Contribution, ...]]:
    """Return the commonest of some texts by form, and the rows that have another; the first of equals."""
    common = Counter(key.values()).most_common(1)[0][0]
    return common, tuple(one for one in group if key[one.part.id] != common)


def _question(
    key: str, kind: str, sentence: str, odd: Iterable[Contribution], choices: Iterable[Choice] = ()
) -> Question:
    found = tuple(odd)
    names = tuple(one.part.name for one in found)
    parts = tuple(one.part.id for one in found)
    return Question(f"{key}:{kind}", sentence, (*choices, leaving(listed(names))), parts)


def _names(odd: Iterable[Contribution]) -> str:
    return listed(tuple(one.part.name for one in odd))


def _twice(key: str, group: Sequence[Contribution], how: How) -> Question | None:
    """A form that has the indicator twice."""
    counts = Counter(one.part.id for one in group)
    odd = tuple({one.part.id: one for one in group if counts[one.part.id] > 1}.values())
    return _question(key, "twice", f"{_names(odd)}有两行同名的指标。", odd) if odd else None


def _unreadable(key: str, group: Sequence[Contribution], how: How) -> Question | None:
    """Targets or results that are no single number where the others are."""
    if how == "quality" or len(group) < 2:
        return None
    odd = tuple(one for one in group if not _is_numeric(one.row) or _single(one.row.actual) is None)
    if not odd:
        return None
    written = "、".join(dict.fromkeys(map(_written, odd[:3])))
    return _question(key, "unreadable", f"{_names(odd)}的目标或完成值读不成一个数：{written}。", odd)


def _results(key: str, group: Sequence[Contribution], how: How) -> Question | None:
    """Results in another unit than their target, as 100% of 450人: they can't be added to results in 人."""
    odd = tuple(one for one in group if len(group) > 1 and how != "quality" and _is_other_result(one))
    if not odd:
        return None
    written = "、".join(dict.fromkeys(map(_written, odd[:3])))
    return _question(key, "result", f"{_names(odd)}的完成值与目标值单位不同：{written}。", odd)


def _is_other_result(one: Contribution) -> bool:
    actual = _single(one.row.actual)
    return actual is not None and actual.unit not in ("", _unit(one))


def _written(one: Contribution) -> str:
    return f"“{one.text('target') or '空'} / {one.text('actual') or '空'}”"


def _units(key: str, group: Sequence[Contribution], how: How) -> Question | None:
    if how == "quality":
        return None
    units = {one.part.id: _unit(one) for one in group}
    common, odd = _odd(group, units)
    if not odd:
        return None
    other = units[odd[0].part.id]
    sentence = f"{_names(odd)}写“{other or '没有单位'}”，其余写“{common or '没有单位'}”。"
    is_rate = common in RATES or any(units[one.part.id] in RATES for one in odd)
    same = () if is_rate else (Choice(SAME, "当作同一单位"),)
    return _question(key, "unit", sentence, odd, same)


def _directions(key: str, group: Sequence[Contribution], how: How) -> Question | None:
    if how == "quality":
        return None
    directions = {one.part.id: _direction(one.row) for one in group}
    common, odd = _odd(group, directions)
    if not odd:
        return None
    other = directions[odd[0].part.id] or "没有比较号"
    return _question(
        key, "direction", f"{_names(odd)}的方向是“{other}”，其余是“{common or '没有比较号'}”。", odd
    )


def _direction(row: Indicator) -> str:
    quantity = _single(row.target)
    return row.direction or (quantity.comparator if quantity else "")


def _weights(key: str, group: Sequence[Contribution], how: How) -> Question | None:
    weights = {one.part.id: _shown(one.row.weight) for one in group}
    common, odd = _odd(group, weights)
    if not odd:
        return None
    other = weights[odd[0].part.id] or "空"
    choice = (Choice("common", f"都按 {common} 分计"),) if common and how != "quality" else ()
    return _question(key, "weight", f"{_names(odd)}的分值是 {other}，其余是 {common or '空'}。", odd, choice)


def _time(key: str, group: Sequence[Contribution], how: How) -> Question | None:
    """Hours and days are neither amounts to add nor rates: how they go together only the clerk knows."""
    if how != "sum" or not group or _unit(group[0]) not in TIMES or len(group) < 2:
        return None
    choices = (Choice(AVERAGE, "按资金加权平均"), Choice(ADD, "相加"))
    sentence = f"单位是“{_unit(group[0])}”，相加还是平均？"
    return Question(f"{key}:how", sentence, choices, ())


def _targets(key: str, group: Sequence[Contribution], how: How) -> Question | None:
    if how != "rate":
        return None
    targets = {one.part.id: one.text("target") for one in group}
    common, odd = _odd(group, targets)
    if not odd:
        return None
    sentence = f"目标不同：{_names(odd)}是“{targets[odd[0].part.id]}”，其余是“{common}”。"
    return _question(key, "target", sentence, odd, (Choice(AVERAGE, "目标也按资金加权平均"),))


def _no_funds(key: str, group: Sequence[Contribution], how: How) -> Question | None:
    if how == "sum" or len(group) < 2:
        return None
    odd = tuple(one for one in group if not one.part.has_weight)
    return _question(key, "funds", f"{_names(odd)}没有金额，不能加权。", odd) if odd else None


# ---- adding up -----------------------------------------------------------------------------------


def _combined(line: Line, is_averaged: bool) -> Line:
    weights = Counter(_shown(one.row.weight) for one in line.contributions)
    line = line._replace(weight=weights.most_common(1)[0][0], direction=_direction(line.contributions[0].row))
    if line.how == "quality":
        return _quality(line)
    if len(line.contributions) == 1:
        return _alone(line)
    averaged = line.how == "rate" or is_averaged
    pairs = [(one, _single(one.row.target), _single(one.row.actual)) for one in line.contributions]
    numbers = [(one, target, actual) for one, target, actual in pairs if target and actual]
    first_target = numbers[0][1]
    combine = _average if averaged else _sum
    targets, target_step = combine([(one.part, target.number) for one, target, _ in numbers])
    actuals, actual_step = combine([(one.part, actual.number) for one, _, actual in numbers])
    unit = Counter(target.unit for _, target, _ in numbers).most_common(1)[0][0]
    return line._replace(
        how="rate" if averaged else "sum",
        target=f"{first_target.comparator}{number.plain(targets)}{unit}",
        actual=f"{number.plain(actuals)}{unit}",
        steps=(f"目标：{target_step}{unit}。", f"完成：{actual_step}{unit}。"),
    )


def _alone(line: Line) -> Line:
    """What a single unit has stands as it was typed."""
    (one,) = line.contributions
    step = f"只有{one.part.name}有这项指标。"
    return line._replace(target=one.text("target"), actual=one.text("actual"), steps=(step,))


def _sum(numbers: Sequence[tuple[Part, Decimal]]) -> tuple[Decimal, str]:
    total = sum((value for _, value in numbers), Decimal(0))
    return total, f"{_written_out(number.plain(value) for _, value in numbers)}＝{number.plain(total)}"


def _average(numbers: Sequence[tuple[Part, Decimal]]) -> tuple[Decimal, str]:
    """Return the average weighted by funds, to one place more than the figures have."""
    if len(numbers) == 1:
        return numbers[0][1], number.plain(numbers[0][1])
    weighed = [(part.funds or Decimal(0), value) for part, value in numbers]
    funds = sum((weight for weight, _ in weighed), Decimal(0))
    product = sum((weight * value for weight, value in weighed), Decimal(0))
    if len({value for _, value in numbers}) == 1:
        return numbers[0][1], f"都是 {number.plain(numbers[0][1])}"
    places = 1 + max(number.decimals(value) for _, value in numbers)
    average = number.rounded(product / funds, places)
    terms = _written_out(f"{number.plain(value)}×{number.plain(weight)}" for weight, value in weighed)
    step = f"（{terms}）÷{number.plain(funds)}＝{number.plain(average)}"
    return average, step


def _written_out(terms: Iterable[str], most: int = 6) -> str:
    found = tuple(terms)
    shown = "＋".join(found[:most])
    return shown if len(found) <= most else f"{shown}＋…（共 {len(found)} 项）"


def _quality(line: Line) -> Line:
    """Average the scores weighted by funds; texts are kept where all forms say the same."""
    targets = dict.fromkeys(one.text("target") for one in line.contributions)
    actuals = dict.fromkeys(one.text("actual") for one in line.contributions)
    levels = dict.fromkeys(one.row.level for one in line.contributions)
    line = line._replace(
        target=next(iter(targets)),
        actual=next(iter(actuals)) if len(actuals) == 1 else "",
        level=next(iter(levels)) if len(levels) == 1 else "",
    )
    scores = [(one.part, one.row.score) for one in line.contributions]
    known = [(part, score) for part, score in scores if score is not None]
    if len(known) < len(scores):
        missing = listed(tuple(part.name for part, score in scores if score is None))
        return line._replace(steps=(f"{missing}没有得分，这一项请自行填写。",))
    average, step = _average(known)
    score = number.rounded(average, 2)
    return line._replace(score=number.plain(score), steps=(f"得分：{step}。",))


def _shown(value: Decimal | None) -> str:
    return "" if value is None else number.plain(value)


def extremes(line: Line) -> Iterator[tuple[str, str]]:
    """Yield unit and result of the lowest and the highest result, where there is more than one."""
    found = [(one.part.name, _single(one.row.actual), one.text("actual")) for one in line.contributions]
    numbers = [(value.number, name, text) for name, value, text in found if value is not None]
    if len(numbers) > 1:
        for pick in (min, max):
            _, name, text = pick(numbers, key=lambda entry: entry[0])
            yield name, text
