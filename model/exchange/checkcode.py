"""The short code that ties a printed form to its file, and the contents of the square beside the title."""

import json
from dataclasses import replace

from model.basics import number
from model.basics.codes import code_of
from model.exchange.exchange import without_given, write_exchange
from model.reading.reading import Form

_LONGEST_UNIT = 60  # characters of a unit in the square


def check_code(form: Form) -> str:
    """Return the code as eight characters, 4-4: the first 40 bits of a SHA-256 in Crockford's base 32.

    The digest is of the form as exchange object (keys sorted, no blanks, without given texts, answers and
    unknown keys) followed by the computed total.
    """
    known = _without_unknown(form)
    text = json.dumps(known, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + _total(form)
    return code_of(text)


def qr_text(form: Form, code: str) -> str:
    """Return what the square says: ZP1|code|form id|year|unit|total; a long unit is cut."""
    answers = form.answers
    unit = " ".join(answers.unit.split())[:_LONGEST_UNIT]
    return "|".join(("ZP1", code, form.definition.id, answers.year, unit, _total(form)))


def _without_unknown(form: Form) -> dict[str, object]:
    if not form.definition.is_scored:
        return write_exchange(replace(form.answers, given={}), form.definition, unknown=False)
    return without_given(write_exchange(form.answers, form.definition, unknown=False))


def _total(form: Form) -> str:
    return "" if form.sheet.total is None else number.plain(form.sheet.total)
