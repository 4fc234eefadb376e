"""Takes a written explanation apart: sections by what their headings speak of, and places as printed."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from model.basics import number

LONGEST = 3_000  # characters of a paragraph that are looked at together; a longer one is taken apart
NUMERALS = "一二三四五六七八九十"
_FIRST = re.compile(rf"^([{NUMERALS}]{{1,3}})、(.{{2,40}})$")
_SECOND = re.compile(rf"^\(([{NUMERALS}]{{1,3}})\)(.{{2,45}})$")
_ITEM = re.compile(r"^([0-9]{1,3})[.、．](?![0-9])")
_PART = re.compile(r"^(第[一二三四五六七八九十]部分)(.*)$")
_TERM_NO = re.compile(rf"^(?:\(([{NUMERALS}]{{1,3}})\)[.、]?|([{NUMERALS}]{{1,3}})[、.])")
_SUBJECT_NO = re.compile(r"^(?:\(([0-9]{1,3})\)[.、]?|([0-9]{1,3})[.、．](?![0-9]))")
_COUNTED = re.compile(rf"^\(?([{NUMERALS}]{{1,3}})(?:\)[.、]?|[、.])")  # a subject counted by numerals
_LISTED = re.compile(rf"^\(([{NUMERALS}]{{1,3}})\)(?=.*[0-9])")
_MERGED = re.compile(r"(?:^|(?<=[。;:,]))(?:([0-9]{1,2})[.、．]|\(([0-9]{1,2})\))(?=[^0-9。;]{2,40}\(类\))")
_SUBJECT = re.compile(r"^[“\"]?[^。;0-9]{2,110}?\((?:项|款)\)")  # begins with the name of one
_OF_SUBJECT = re.compile(
    r"^(?:20[0-9]{2}年(?:度)?)?(?:年初预算|全年预算|支出决算|决算数|主要用于|用于|完成年初预算)"
)
_ALONE = re.compile(r"^[^。;]*\((?:项|款)\)[”\"]?[。:]?$")  # names a subject and tells nothing
_INLINE = re.compile(
    rf"^((?:[{NUMERALS}]{{1,3}}、|\([{NUMERALS}]{{1,3}}\))([^。:,;]{{2,40}}?(?:情况说明|情况|说明)))[。:]?([^。].+)$"
)
_PLAIN = re.compile(
    r"^(?:([0-9]{1,2})[.、])?([^0-9。,;:、]{4,20}(?:、[^0-9。,;:]{2,20})?(?:决算|支出|占用|占有使用|管理|绩效)[^0-9。,;:]{0,6}(?:情况说明|情况))$"
)
_IN_CODES = re.compile(r"\([0-9]{2,7}[-]?(类|款|项)\)")  # 教育支出(205类): the code says no more
_SENTENCE = re.compile(r"。(?=\s*[2２][0０][0-9０-９]{2}年)")  # between digits it could be a decimal point
_IN_CONTENTS = re.compile(r"(?:[.…·_-]{3,}|…)[0-9]{1,3}$")  # a line of a table of contents
_BRACKETS = str.maketrans("〔〕【】[]﹙﹚", "()()()()")
_NO_TOPIC, _TERMS = re.compile(r"概况|基本情况|决算表|附件|附表|重点工作|工作完成"), re.compile(r"名词|术语")
_BOTH = re.compile(rf"^([{NUMERALS}]{{1,3}})、\(([{NUMERALS}]{{1,3}})\)(.{{2,40}})$")

# What a section speaks of, by words of its heading; the first that fits.
_TOPICS: tuple[tuple[str, str], ...] = (
    ("performance", r"绩效"),
    ("sg", r"三公"),
    ("fund", r"政府性基金"),
    ("capital", r"国有资本经营"),
    ("assets", r"国有资产"),
    ("buy", r"政府采购"),
    ("office", r"机关运行"),
    ("transfers", r"专项支出|转移支付"),
    ("basic", r"基本支出"),
    ("grant", r"财政拨款收入.{0,2}支出决算总体|财政拨款收.{0,2}支"),
    ("general", r"财政拨款支出决算"),
    ("total", r"收入.{0,2}支出决算总体|收.{0,2}支.{0,2}总体"),
    ("income", r"收入决算"),
    ("spending", r"支出决算"),
)
_SUB_TOPICS = (("structure", r"结构"), ("items", r"具体"), ("overall", r"总体"))


_GOES_ON = re.compile(
    r"^(?:其)?(?:增加|减少|增长|下降|变动|差异)?(?:的)?(?:主要)?(?:原因|是由于|由于|主要是|主要系)"
)


class Line(NamedTuple):
    """A paragraph: its section, its place as printed (五（三）2), and its text without blanks, half width."""

    topic: str
    sub: str
    place: str
    text: str
    item: int  # the number of a list at its beginning, 0 for none


class Text(NamedTuple):
    """A written explanation: its paragraphs in order, headings left out."""

    lines: tuple[Line, ...]

    def of(self, *topics: str) -> Iterator[Line]:
        """Yield the paragraphs of some topics."""
        return (line for line in self.lines if line.topic in topics)

    def with_next(self, line: Line) -> str:
        """A paragraph, and the one that follows it where that goes on with a reason."""
        after = next((two for one, two in pairwise(self.lines) if one is line), None)
        goes_on = after is not None and after.topic == line.topic and _GOES_ON.match(after.text)
        return line.text + after.text if after is not None and goes_on else line.text

    def has(self, topic: str) -> bool:
        """Whether the text speaks of a topic at all."""
        return any(line.topic == topic for line in self.lines)


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """Return a text as it is compared: half width, one kind of brackets, without blanks, without codes of
    subjects."""
    half = "".join(number.half_width(_SENTENCE.sub("。 ", text)).split()).translate(_BRACKETS)
    return _IN_CODES.sub(r"(\1)", half)


def read_text(paragraphs: Iterable[str]) -> Text:
    """Return the paragraphs with topic and place; what stands before the first heading has none.

    Numbered parts of one paragraph are lines of their own; what a subject is told in two is one.
    """
    return _read(tuple(paragraphs))


@lru_cache(maxsize=16)
def _read(paragraphs: tuple[str, ...]) -> Text:
    lines = (line for line in read_lines(paragraphs) if line is not None)
    whole = _whole(part for line in lines for part in _parts(line))
    return Text(tuple(piece for line in whole for piece in _pieces(line)))


def _pieces(line: Line) -> Iterator[Line]:
    """A paragraph of endless length in pieces that end with a sentence: patterns may take its square."""
    while len(line.text) > LONGEST:
        end = line.text.rfind("。", 0, LONGEST) + 1 or LONGEST
        yield line._replace(text=line.text[:end])
        line = line._replace(text=line.text[end:], item=0)
    yield line


def _parts(line: Line) -> Iterator[Line]:
    """Take apart the subjects that one paragraph tells one behind the other, numbered 1. 2. 3."""
    if line.topic != "general":
        yield line
        return
    marks = list(_MERGED.finditer(line.text))
    numbers = [int(match[1] or match[2]) for match in marks]
    if not marks or numbers != list(range(line.item + 1, line.item + len(marks) + 1)):
        yield line
        return
    place = line.place.rstrip("0123456789")
    if before := line.text[: marks[0].start()]:
        yield line._replace(text=before)
    ends = [match.start() for match in marks[1:]] + [len(line.text)]
    for n, match, end in zip(numbers, marks, ends, strict=True):
        yield line._replace(text=line.text[match.end() : end], item=n, place=f"{place}{n}")


def _whole(lines: Iterable[Line]) -> Iterator[Line]:
    """Put a subject together with what is told of it in the next paragraphs."""
    held: Line | None = None
    for line in lines:
        if held is not None and _goes_on(held, line):
            held = held._replace(text=f"{held.text.rstrip('。')}。{line.text}")
            continue
        if held is not None:
            yield held
        held = line if line.topic == "general" and _SUBJECT.match(line.text) else None
        if held is None:
            yield line
    if held is not None:
        yield held


def _goes_on(held: Line, line: Line) -> bool:
    """Whether a paragraph tells more of the subject that the one before has named."""
    is_other = line.topic != held.topic or line.sub != held.sub or line.item or _SUBJECT.match(line.text)
    if is_other or "(类)" in line.text:
        return False
    return bool(_ALONE.match(held.text) or _OF_SUBJECT.match(line.text))


def read_lines(paragraphs: Iterable[str]) -> Iterator[Line | None]:
    """Yield what each paragraph is, None for headings and blank ones."""
    reader = _Reader()
    return (reader.line(tidy(paragraph)) for paragraph in paragraphs)


class _Reader:
    """Goes down the paragraphs and keeps the headings that they stand under."""

    def __init__(self) -> None:
        self._topic = self._main = self._sub = self._first = self._second = ""
        self._part = ""  # "terms": 名词解释; "other": a part that speaks of no table

    def line(self, text: str) -> Line | None:
        if not text or _IN_CONTENTS.search(text) or self._new_part(text.rstrip("。:")):
            return None
        if self._part == "terms":
            return self._term(text)
        if self._heading(text):
            return None
        if (inline := _INLINE.match(text)) and not _is_sentence(inline[2]) and self._heading(inline[1]):
            return self.line(inline[3])
        match = _SUBJECT_NO.match(text) if "(类)" in text[:60] else _ITEM.match(text)
        if match is None and "(类)" in text[:60] and (counted := _COUNTED.match(text)):
            place, item = self._place(_number(counted[1])), _number(counted[1])
            return Line(self._topic, self._sub, place, text[counted.end() :], item)
        if match is None and (counted := _LISTED.match(text)):  # （一）人员经费…万元: a sentence, no heading
            place = f"{self._first}（{counted[1]}）"
            return Line(self._topic, self._sub, place, text[counted.end() :], 0)
        item = int(next(filter(None, match.groups()))) if match else 0
        return Line(self._topic, self._sub, self._place(item), text[match.end() :] if match else text, item)

    def _place(self, item: int) -> str:
        second = f"（{self._second}）" if self._second else ""
        return f"{self._first}{second}{item or ''}" or "正文"

    def _new_part(self, bare: str) -> bool:
        match = _PART.match(bare)
        if match is None or len(bare) >= 50:
            return False
        self._topic = self._main = self._sub = self._first = self._second = ""
        self._part = "terms" if _TERMS.search(match[2]) else "other" if _NO_TOPIC.search(match[2]) else ""
        if self._part == "terms":
            self._first = match[1]
        return True

    def _term(self, text: str) -> Line:
        """An entry of the glossary, or a subject below one: 第五部分（十）2."""
        if number_of := _TERM_NO.match(text):
            self._second = number_of[1] or number_of[2]
            text = text[number_of.end() :]
        subject = None if number_of else _SUBJECT_NO.match(text)
        item = int(subject[1] or subject[2]) if subject else 0
        second = f"（{self._second}）" if self._second else ""
        place = f"{self._first}{second}{item or ''}"
        return Line("terms", "", place, text[subject.end() :] if subject else text, item)

    def _heading(self, text: str) -> bool:
        bare = text.rstrip("。:")
        if "(类)" in bare:
            return False
        if both := _BOTH.match(bare):
            self._begin(both[1], both[3])
            self._second = both[2]
            return True
        if (first := _FIRST.match(bare)) and not _is_sentence(first[2]):
            self._begin(first[1], first[2])
            return True
        if (second := _SECOND.match(bare)) and not _is_sentence(second[2]):
            self._second, self._sub = second[1], _topic_of(second[2], _SUB_TOPICS)
            # 其他重要事项: each of its parts has a topic of its own
            if self._main in ("", "other") and self._part != "other":
                self._topic = _topic_of(second[2], _TOPICS) or "other"
            return True
        named = re.match(r"^[0-9][.、](.{2,30}决算结构情况)$", bare)
        if self._topic == "general" and named:  # 1. where （二） belongs
            self._second, self._sub = _next(self._second), _topic_of(named[1], _SUB_TOPICS)
            return True
        if (plain := _PLAIN.match(bare)) and self._part != "other":  # a heading with no number, or with 1.
            return self._unnumbered(plain[1] or "", plain[2])
        return False

    def _unnumbered(self, numeral: str, title: str) -> bool:
        topic, sub = _topic_of(title, _TOPICS), _topic_of(title, _SUB_TOPICS)
        if self._topic == "general" and topic == "spending" and sub:
            topic = "general"  # 支出决算具体情况 below 五
        if not topic or (self._first and numeral):
            return False
        if topic == self._topic and sub:
            self._sub = sub
        elif topic != self._topic:
            self._begin(numeral or title, title)
        return True

    def _begin(self, numeral: str, title: str) -> None:
        self._first, self._second = numeral, ""
        if self._part == "other":
            return
        self._topic = self._main = _topic_of(title, _TOPICS) or "other"
        self._sub = _topic_of(title, _SUB_TOPICS) if self._topic == "general" else ""


def _number(numeral: str) -> int:
    """Return what a numeral counts: 十二 is 12."""
    tens, is_ten, rest = numeral.partition("十")
    if not is_ten:
        return NUMERALS.find(numeral) + 1
    return (NUMERALS.find(tens) + 1 if tens else 1) * 10 + (NUMERALS.find(rest) + 1 if rest else 0)


def _next(numeral: str) -> str:
    at = NUMERALS.find(numeral) + 1 if len(numeral) == 1 else len(NUMERALS)
    return NUMERALS[at] if at < len(NUMERALS) else numeral


def _is_sentence(title: str) -> bool:
    """Whether what follows a number is a sentence with figures and no heading."""
    return bool(re.search(r"[0-9]+(?:\.[0-9]+)?(?:万元|%|万|元)", title))


def _topic_of(title: str, topics: tuple[tuple[str, str], ...]) -> str:
    return next((topic for topic, words in topics if re.search(words, title)), "")
