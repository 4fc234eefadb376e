"""A recent document at a glance, as the start page lists it; reading one takes some milliseconds."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from model.basics import number
from model.basics.errors import UserError
from model.checks import run_checks
from model.checks.open_items import completeness
from model.exchange.older_documents import open_document
from model.forms.definition import FormKind
from model.forms.loader import Library
from model.reading.reading import Form, Reading, read


class RecentSummary(NamedTuple):
    """What the list shows of a document; `problem` says why a file that is there can't be read."""

    unit: str = ""
    year: str = ""
    forms: str = ""  # 整体 1　项目 3
    total: str = ""  # 97.00 优
    filled: int = 0
    required: int = 0
    errors: int = 0
    changed: datetime | None = None
    problem: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether every required field is filled; this says nothing of right or wrong."""
        return self.filled == self.required


def summarise(library: Library, path: Path) -> RecentSummary | None:
    """Return what is in a document file; None when it is not there, a problem when it can't be read."""
    if not os.path.isfile(path):
        return None
    changed = _changed(path)
    try:
        answers = open_document(path, library).answers
        reading = read(library, answers)
    except UserError as error:
        return RecentSummary(changed=changed, problem=error.message)
    found = [completeness(form) for form in reading.forms]
    return RecentSummary(
        unit=answers.unit,
        year=answers.year,
        forms=_forms(reading),
        total=_total(reading),
        filled=sum(one.filled for one in found),
        required=sum(one.required for one in found),
        errors=sum(finding.is_open_error and not finding.is_gap for finding in run_checks(reading)),
        changed=changed,
    )


def _changed(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime)
    except (OSError, OverflowError, ValueError):
        return None


def _forms(reading: Reading) -> str:
    kinds = [form.definition.kind for form in reading.forms]
    names: dict[str, FormKind] = {"申报": "declaration", "整体": "department", "项目": "project"}
    counts = [(name, kinds.count(kind)) for name, kind in names.items()]
    return "　".join(f"{name} {count}" for name, count in counts if count)


def _total(reading: Reading) -> str:
    """The total of the department; of a project where the document has no other form."""
    form = reading.department or _only(reading.forms)
    if form is None or form.sheet.total is None:
        return "—"
    return f"{number.show(form.sheet.total)} {form.sheet.grade}".strip()


def _only(forms: Iterable[Form]) -> Form | None:
    found = tuple(forms)
    return found[0] if len(found) == 1 else None
