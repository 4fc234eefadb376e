"""What an exchange file of the accounts brings beside them: the published text, figures of the forms."""

import json
from functools import lru_cache
from typing import Any

from model.document.answers import FormAnswers

NARRATIVE, FORMS = "narrative", "forms"  # given texts that hold a list and an object as JSON


def read_forms(answers: FormAnswers) -> dict[str, Any]:
    """Return the figures of the self-evaluation that a file brought, {} where it had none."""
    found = _decoded(answers.given.get(FORMS, ""))
    return found if isinstance(found, dict) else {}


def read_narrative(answers: FormAnswers) -> tuple[str, ...]:
    """Return the paragraphs of the published explanation that a file brought, in order."""
    found = _decoded(answers.given.get(NARRATIVE, ""))
    return tuple(map(str, found)) if isinstance(found, list) else ()


@lru_cache(maxsize=64)
def _decoded(text: str) -> object:
    return json.loads(text) if text else None
