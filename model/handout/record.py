"""What a document keeps of a form that was handed out: when, how it stood then, and what came back.

It lies among the unknown entries of the form, so that it is saved, undone and copied with it; exchange files
leave it out.
"""

import json
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from model.document.answers import HANDED_OUT, FormAnswers


class Handed(NamedTuple):
    """When a form went out and came back (ISO dates, "" for not yet), what of it was taken back (digests of
    files), and the form as it went out.
    """

    out: str
    back: str
    taken: tuple[str, ...]
    base: FormAnswers

    @property
    def text(self) -> str:
        """As the list of forms says it: 已发出 3-14 · 已收回."""
        day = date.fromisoformat(self.out)
        return f"已发出 {day.month}-{day.day}" + (" · 已收回" if self.back else "")


def handed_of(form: FormAnswers) -> Handed | None:
    """Return what is kept of the handing out of a form, None where it did not go out."""
    try:
        data = json.loads(form.extra[HANDED_OUT])
        rows = {block: tuple(ids) for block, ids in data["rows"].items()}
        base = FormAnswers(form.definition, dict(data["texts"]), rows)
        date.fromisoformat(data["out"])
        return Handed(data["out"], data["back"], tuple(data["taken"]), base)
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def went_out(form: FormAnswers, today: date) -> FormAnswers:
    """Return a form that is handed out today."""
    return _with(form, Handed(today.isoformat(), "", (), form))


def came_back(form: FormAnswers, today: date, digest: str, base: FormAnswers) -> FormAnswers:
    """Return a form into which a file was taken back today; `base` is how it went out."""
    handed = handed_of(form) or Handed(today.isoformat(), "", (), base)
    return _with(form, handed._replace(back=today.isoformat(), taken=(*handed.taken, digest)))


def _with(form: FormAnswers, handed: Handed) -> FormAnswers:
    data = {
        "out": handed.out,
        "back": handed.back,
        "taken": list(dict.fromkeys(handed.taken)),
        "texts": dict(handed.base.texts),
        "rows": {block: list(ids) for block, ids in handed.base.rows.items()},
    }
    return replace(form, extra={**form.extra, HANDED_OUT: json.dumps(data, ensure_ascii=False)})
