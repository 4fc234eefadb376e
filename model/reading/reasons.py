"""Whether a loss of points or a low execution has been explained, and texts that deny any deviation."""

import re
from functools import lru_cache

from model.reading.reading import Form
from model.reading.scoring import Indicator, is_filled

_ENDS = re.compile("[。；！;!]")
_NOTHING = ("无", "暂无", "没有")
_DENIAL = re.compile(
    "(?:无|没有|未发生|未出现|未产生|不存在)(?:任何|较?大的?|明显的?|重大的?|显著的?)?"
    "(?:偏差|未完成)(?:[及和与或]?(?:偏差|未完成))?"
)
# 无较大偏差，但……；因……少办两场，其余指标无偏差
_ADMISSION = re.compile(
    "但|除|其余|其他|其它|剩余|余下|以外|之外|因(?!此|而|素)(?<!原因)|由于|受.+影响|导致|未(?!发生|发现|出现|产生|存在)|扣|减少|少于|低于|不足|偏少|偏低|延期|推迟|滞后"
)


def deviation_text(form: Form) -> str:
    """Return what the form says under 偏差大或目标未完成原因分析; "" where it has no such place."""
    return next(
        (form.answers.text(f.id) for f in form.definition.fields.values() if f.at == "deviation_analysis"), ""
    )


@lru_cache(maxsize=2000)
def is_denial(text: str) -> bool:
    """Whether every sentence of a text says that there is no deviation; an empty text says nothing."""
    sentences = [letters(sentence) for sentence in _ENDS.split(text)]
    said = [sentence for sentence in sentences if sentence]
    return bool(said) and all(_denies(sentence) for sentence in said)


def letters(sentence: str) -> str:
    """Return a text without blanks and punctuation."""
    return "".join(char for char in sentence if char.isalnum())


def _denies(sentence: str) -> bool:
    if sentence in _NOTHING:
        return True
    found = _DENIAL.search(sentence)
    return found is not None and not _ADMISSION.search(sentence.replace(found[0], ""))


def is_explained(form: Form) -> bool:
    """Whether the form as a whole gives a reason: a deviation text, where there is no column for reasons."""
    text = deviation_text(form)
    return not form.definition.indicators.prints("reason") and is_filled(text) and not is_denial(text)


def has_reason(row: Indicator, explained: bool) -> bool:
    """Whether a loss in a row is explained, by the row itself or by the form."""
    return explained or (is_filled(row.reason) and not is_denial(row.reason))
