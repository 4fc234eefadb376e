"""What had no place when a form went over to another version: kept with the form, and told."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from model.document.answers import LEFT_BEHIND, FormAnswers


class Left(NamedTuple):
    """A text that has no place in the new form, and where it stood."""

    place: str
    text: str


def left_behind(form: FormAnswers) -> tuple[Left, ...]:
    """Return what had no place, in the order in which it was left."""
    try:
        said = json.loads(form.extra.get(LEFT_BEHIND, "[]"))
        return tuple(Left(str(one["place"]), str(one["text"])) for one in said)
    except (ValueError, TypeError, KeyError):
        return ()


def with_left_behind(form: FormAnswers, left: Iterable[Left]) -> FormAnswers:
    """Return a form that keeps more texts which have no place."""
    said = [one._asdict() for one in (*left_behind(form), *left)]
    if not said:
        return form
    return replace(form, extra={**form.extra, LEFT_BEHIND: json.dumps(said, ensure_ascii=False)})
