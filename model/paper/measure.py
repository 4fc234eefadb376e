"""How wide a text is and where its lines break, from the widths of the shipped fonts, which are data."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from math import inf

from model.basics.metrics import Metrics, visible
from model.paper.grid import Style

ASCENT = 0.88  # of a Chinese character above the base line, in em

_MM_PER_PT = 25.4 / 72
_CLOSING = "，。、；：？！）》〉」』】〗〕”’％%…—·～‰℃°,.;:?!)]}"  # never begins a line
_OPENING = "（《〈「『【〖〔“‘￥$([{≥≤＞＜≧≦"  # never ends a line
_BLANK_LEFT = dict.fromkeys("（《〈「『【〖〔“‘", 500)  # 1/1000 em of nothing before the ink …
_BLANK_RIGHT = dict.fromkeys("，。、；：）》〉」』】〗〕”’", 500)  # … or after it
_UNITS = (
    "万人次|人次|万人|场次|课时|学时|小时|分钟|万元|亿元|平方米|公里|千米|个月|个百分点|年度|年底|年初|年内|月份|月底"
    "|元|分|个|人|次|场|家|项|所|篇|份|本|台|套|间|队|路|名|位|件|条|年|月|日|天|期|号"
    "|亩|户|米|吨|批|类|种|处|座|部|辆|只|支|节|册|万|亿|倍|㎡"
)
_RUN = r"(?:[A-Za-z0-9.%+\-/≥≤<>=~]|(?<=\d),(?=\d))+"
_UNIT = rf"(?:(?<=\d)\s?(?:{_UNITS}))?"


def _atom_pattern(core: str) -> re.Pattern[str]:
    """What stays on one line, with the blanks before it apart: `core` between its brackets and marks."""
    opening, closing = re.escape(_OPENING), re.escape(_CLOSING)
    return re.compile(rf"(\s*)((?:[{opening}]\s*)*(?:{core}|\S)(?:\s*[{closing}])*)")


_WITH_UNIT = _atom_pattern(_RUN + _UNIT)
_WITHOUT_UNIT = _atom_pattern(_RUN)


def text_width(text: str, size_pt: float, bold: bool, metrics: Metrics) -> float:
    """Return the width of a line in millimetres."""
    return sum(map(metrics.advances(bold).__getitem__, text)) / 1000 * size_pt * _MM_PER_PT


def blank_edges(line: str) -> tuple[int, int]:
    """Return how much of a line is blank at its ends, in 1/1000 em: the outer halves of （ and ）."""
    return _BLANK_LEFT.get(line[:1], 0), _BLANK_RIGHT.get(line[-1:], 0)


def aligned(line: str, style: Style, width_mm: float, metrics: Metrics) -> float:
    """Return where a line begins whose ink is centred in the width, or else ends with it."""
    em = style.size_pt * _MM_PER_PT / 1000
    left, right = (edge * em for edge in blank_edges(line))
    room = width_mm - (text_width(line, style.size_pt, style.bold, metrics) - left - right)
    return (room / 2 if style.align == "center" else room) - left


def base_line(style: Style) -> float:
    """Return how far below the upper edge of a line its base line is, in millimetres."""
    return style.line_mm / 2 + (ASCENT - 0.5) * style.size_pt * _MM_PER_PT


class _Ruler:
    """Says what fits into a width, in 1/1000 em.

    The blank half of a mark at the right edge may stand outside; at the left edge too, when it is the ink
    that is centred.
    """

    def __init__(self, width_mm: float, style: Style, metrics: Metrics) -> None:
        self._advance = metrics.advances(style.bold).__getitem__
        self._trims_left = style.align != "left"
        self._limit = round(width_mm / (style.size_pt * _MM_PER_PT) * 1000) + 1

    def width(self, text: str) -> int:
        return sum(map(self._advance, text))

    def opening(self, text: str) -> int:
        """Return the width of what begins a line, without what may stand outside at the left."""
        return self.width(text) - (_BLANK_LEFT.get(text[:1], 0) if self._trims_left else 0)

    def ink(self, text: str) -> int:
        """Return the width of a line without what may stand outside."""
        return self.opening(text) - _BLANK_RIGHT.get(text[-1:], 0)

    def fits(self, text: str) -> bool:
        return self.ink(text) <= self._limit

    def fits_up_to(self, end: int, text: str) -> bool:
        """Tell whether `text` fits at the end of a line when it reaches to `end`."""
        return end - _BLANK_RIGHT.get(text[-1], 0) <= self._limit


# ---- running text --------------------------------------------------------------------------------

_Piece = tuple[str, str]  # blanks, then what stays on one line
_LONGEST_LINE = 2_000  # signs of any line; what is longer is too wide, and is not measured for that


def break_lines(text: str, width_mm: float, style: Style, metrics: Metrics) -> tuple[str, ...]:
    """Return the lines of a running text where `width_mm` is there for text.

    Breaks where the text does and where the width ends, by the Chinese rules: no line begins with a
    closing mark or ends with an opening one; words, numbers and numbers with their unit stay whole unless
    wider than the cell; blanks vanish at the break; no paragraph ends with a line of one character.
    An empty text is one empty line.
    """
    ruler = _Ruler(width_mm, style, metrics)
    return tuple(line for paragraph in _paragraphs(text) for line in _filled(paragraph, ruler))


def _paragraphs(text: str) -> list[str]:
    return [visible(line).rstrip() for line in text.splitlines()] or [""]


def _filled(paragraph: str, ruler: _Ruler) -> list[str]:
    if ruler.fits(paragraph):
        return [paragraph]
    lines: list[list[_Piece]] = [[]]
    used = 0
    for blank, atom in _indented(paragraph, ruler):
        end = used + ruler.width(blank + atom)
        if lines[-1] and not ruler.fits_up_to(end, atom):
            lines.append([])
        used = end if lines[-1] else ruler.opening(atom)
        lines[-1].append((blank, atom))
    _mend_lonely_end(lines, ruler)
    return [_joined(line) for line in lines]


def _joined(line: Sequence[_Piece]) -> str:
    return line[0][1] + "".join(blank + atom for blank, atom in line[1:])


def _indented(paragraph: str, ruler: _Ruler) -> list[_Piece]:
    """Return the pieces of a paragraph, the first with the blanks the clerk put before it if they fit."""
    text = paragraph.lstrip()
    pieces = list(_pieces(text, ruler, (_WITH_UNIT, _WITHOUT_UNIT)))
    start = paragraph[: len(paragraph) - len(text)] + pieces[0][1]
    return [("", start), *pieces[1:]] if ruler.fits(start) else pieces


def _pieces(text: str, ruler: _Ruler, patterns: tuple[re.Pattern[str], ...]) -> Iterator[_Piece]:
    """Yield pieces that each fit a line: those of the first pattern, or where too wide, of the next."""
    for blank, atom in patterns[0].findall(text):
        if len(atom) == 1 or ruler.fits(atom):
            yield blank, atom
            continue
        finer = _pieces(atom, ruler, patterns[1:]) if patterns[1:] else _cut_hard(atom, ruler)
        for inner_blank, part in finer:
            yield blank + inner_blank, part
            blank = ""


def _cut_hard(atom: str, ruler: _Ruler) -> Iterator[_Piece]:
    """Yield what is wider than a line in pieces as long as fit, where the marks allow it."""
    while len(atom) > 1 and (len(atom) > _LONGEST_LINE or not ruler.fits(atom)):
        longest, most = 1, min(len(atom) - 1, _LONGEST_LINE)
        while longest < most and ruler.fits(atom[: longest + 1]):
            longest += 1
        allowed = (end for end in range(longest, 0, -1) if _may_break(atom[end - 1], atom[end]))
        end = next(allowed, longest)
        yield "", atom[:end].rstrip()
        atom = atom[end:].lstrip()
    if atom:
        yield "", atom


def _may_break(before: str, after: str) -> bool:
    return before not in _OPENING and after not in _CLOSING


def _mend_lonely_end(lines: list[list[_Piece]], ruler: _Ruler) -> None:
    """Pull one more piece down to a last line of one character."""
    if len(lines) < 2 or len(lines[-2]) < 2 or not _is_lonely(_joined(lines[-1])):
        return
    mended = [lines[-2][-1], *lines[-1]]
    if ruler.fits(_joined(mended)):
        lines[-2:] = [lines[-2][:-1], mended]


def _is_lonely(line: str) -> bool:
    return len(line.strip(_CLOSING)) <= 1


# ---- labels --------------------------------------------------------------------------------------

_GOOD_START = re.compile(r"指标|满意度|[（(](?!(?:万|亿)?元[）)])")  # a unit stays with its word
_GOOD_END = "或及和与、×"
_WORDS = (
    "指标|满意度|执行率|完成值|目标值|预算数|执行数|差异率|预算|执行|情况|目标|绩效|完成|金额|总额|支出|收入|资金|项目|部门|单位|名称"
    "|年度|年初|全年|实际|原因|分析|措施|改进|偏差|结果|应用|方案|得分|分值|效益|影响|成本|质量|数量|时效|服务|对象|公众|社会|经济|生态"
)
_WORD = re.compile(rf"{_WORDS}|[（(][^（()）]{{1,6}}[）)]|.[A-Za-z0-9]")  # rather not torn
_PLAIN_COST, _GOOD_END_COST, _TORN_COST = 6.0, 4.0, 20.0  # of a break, in em²
_EXTRA_LINE_COST, _LONELY_COST = 15.0, 1000.0
_MANY_LINES = 8  # no label any more


def break_label(text: str, width_mm: float, style: Style, metrics: Metrics) -> tuple[str, ...]:
    """Return the lines of a caption or label where `width_mm` is there for text.

    As few lines as fit, of even width, broken rather before 指标, 满意度 and brackets or after 或 and 及 than
    elsewhere, not within the usual words, and never with a line of one character if it can be helped:
    产出/指标/（50 分）, 预算执行/情况（万元）/（20 分）.
    """
    ruler = _Ruler(width_mm, style, metrics)
    return tuple(line for paragraph in _paragraphs(text) for line in _balanced(paragraph.strip(), ruler))


def _balanced(label: str, ruler: _Ruler) -> list[str]:
    lines = _filled(label, ruler)
    atoms = [match.span(2) for match in _WITH_UNIT.finditer(label)]
    if not 1 < len(lines) <= _MANY_LINES or not all(ruler.fits(label[start:end]) for start, end in atoms):
        return lines
    cost, fewest = _evenest_lines(label, atoms, len(lines), ruler)
    if cost < _TORN_COST:
        return fewest
    more_cost, more = _evenest_lines(label, atoms, len(lines) + 1, ruler)
    return more if more_cost + _EXTRA_LINE_COST < cost else fewest


def _evenest_lines(
    label: str, atoms: Sequence[tuple[int, int]], count: int, ruler: _Ruler
) -> tuple[float, list[str]]:
    """Return the cheapest way to set the atoms in `count` lines, and its cost.

    Of equals that with the longest first line.
    """
    target = ruler.ink(label) / count
    break_costs = _break_costs(label)

    @cache
    def best(first: int, count: int) -> tuple[float, list[str]]:
        cheapest: tuple[float, list[str]] = (inf, [])
        for last in range(first, len(atoms) - count + 1):
            line = label[atoms[first][0] : atoms[last][1]]
            if not ruler.fits(line):
                break
            cost = ((ruler.ink(line) - target) / 1000) ** 2 + _LONELY_COST * _is_lonely(line)
            rest: list[str] = []
            if count > 1:
                rest_cost, rest = best(last + 1, count - 1)
                cost += rest_cost + break_costs[atoms[last + 1][0]]
            elif last < len(atoms) - 1:
                continue
            if cost <= cheapest[0] + 1e-9:
                cheapest = cost, [line, *rest]
        return cheapest

    return best(0, count)


def _break_costs(label: str) -> list[float]:
    """Return what a break before each character costs."""
    costs = [
        0.0 if _GOOD_START.match(label, at) else _GOOD_END_COST if label[at - 1] in _GOOD_END else _PLAIN_COST
        for at in range(len(label))
    ]
    for word in _WORD.finditer(label):
        for at in range(word.start() + 1, word.end()):
            costs[at] += _TORN_COST
    return costs


_UPRIGHT = re.compile(r"[（(][^（()）]*[）)]|[A-Za-z0-9.%]+|\S")


def upright_lines(text: str, width_mm: float, style: Style, metrics: Metrics) -> tuple[str, ...]:
    """Return the lines of a vertical label: one character a line.

    Only numbers and what stands in brackets stay together as far as `width_mm` allows: 目/标/1/（30/分）.
    """
    ruler = _Ruler(width_mm, style, metrics)
    return tuple(line for part in _UPRIGHT.findall(visible(text)) for line in _filled(part, ruler)) or ("",)
