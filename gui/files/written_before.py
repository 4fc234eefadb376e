"""The forms that the unit has filled in before, in recent documents: what its own indicators were."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from gui.base.worker import IsCancelled
from gui.session.names import form_name
from gui.session.session import Session
from model.basics.errors import UserError
from model.document.answers import Answers, FormKey
from model.document.store import open_document
from model.filling.own_indicators import Written


def written_here(session: Session, key: FormKey) -> list[Written]:
    """Return the other forms of the open document."""
    forms = (form for form in session.snapshot.forms.values() if form.key != key)
    return [Written(f"本自评簿“{form_name(form)}”", form.answers) for form in forms]


def written_before(
    unit: str, here: Path, recent: Iterable[str], is_cancelled: IsCancelled
) -> tuple[Written, ...]:
    """Return the forms of a unit in documents that were opened lately, for a thread: they may lie far away.

    What is gone or can't be read is left out, and so is the open document.
    """
    found: list[Written] = []
    for path in recent:
        if is_cancelled():
            break
        with suppress(UserError, OSError):
            if os.path.isfile(path) and not _is_same(path, here):
                found += _forms(open_document(Path(path)).answers, unit)
    return tuple(found)


def _is_same(path: str, here: Path) -> bool:
    """Whether a document is the open one, whose stick may have been pulled out."""
    return here.exists() and os.path.samefile(path, here)


def _forms(answers: Answers, unit: str) -> Iterator[Written]:
    if answers.unit.strip() == unit.strip():
        for _, form in answers:
            name = form.text("project_name").strip() or answers.unit
            yield Written(f"{answers.year} 年度“{name}”", form)
