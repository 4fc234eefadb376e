"""An audit held against the last one of the same folder: what is mended, what is new, what is still there."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from model.audit.audited import OPEN, FormAudit, Remark
from model.forms.definition import bare

_NUMBER = re.compile(r"第\d+行(?=“)")  # the name of an indicator tells its row better than its number

Key = tuple[str, str, str, str]


class Since(NamedTuple):
    """A form beside how it stood: numbers of its new findings and of those still there, and what is mended.

    Only what is open counts: errors, warnings, what is not filled in.
    """

    new: tuple[int, ...] = ()
    still: tuple[int, ...] = ()
    mended: tuple[Remark, ...] = ()

    def of(self, number: int) -> str:
        """How a finding of a form stands to the last audit: 新, 还在, or nothing."""
        return "新" if number in self.new else "还在" if number in self.still else ""

    @property
    def text(self) -> str:
        """In a few words: 新 1，还在 2，改好 3."""
        counts = (("新", len(self.new)), ("还在", len(self.still)), ("改好", len(self.mended)))
        return "，".join(f"{word} {count}" for word, count in counts if count)


def key_of(form: FormAudit) -> Key:
    """What tells a form from all others, wherever its file lies now."""
    return bare(form.unit) or form.file, form.year, form.form, bare(form.project)


def since(form: FormAudit, last: FormAudit | None) -> Since:
    """Return what changed in a form; a form that was not there has only new findings."""
    before = Counter(map(_identity, _open(last.remarks) if last else ()))
    rest = before.copy()
    new: list[int] = []
    still: list[int] = []
    for number, remark in enumerate(form.remarks):
        if remark.state not in OPEN:
            continue
        known = rest[_identity(remark)] > 0
        rest[_identity(remark)] -= known
        (still if known else new).append(number)
    mended = []
    for remark in _open(last.remarks) if last else ():
        if rest[_identity(remark)] > 0:
            rest[_identity(remark)] -= 1
            mended.append(remark)
    return Since(tuple(new), tuple(still), tuple(mended))


def _open(remarks: Iterable[Remark]) -> list[Remark]:
    return [remark for remark in remarks if remark.state in OPEN]


def _identity(remark: Remark) -> tuple[str, str]:
    return remark.code, _NUMBER.sub("", remark.where)
