"""Loads the pattern of 审核意见: the shipped one, or another file of the same shape."""

from pathlib import Path

import resources
from model.audit.audited import STATE_NAMES
from model.audit.letter import Pattern
from model.forms.toml_table import open_toml

_WHOLE = ("unit", "year", "forms", "errors", "warnings", "gaps", "today")
_NAMES = {
    "greeting": _WHOLE,
    "found": _WHOLE,
    "sound": _WHOLE,
    "form": ("name", "project"),
    "source": ("file",),
    "totals": ("printed", "computed"),
    "remark": ("n", "state", "where", "place", "message"),
    "sound_form": (),
    "closing": _WHOLE,
}


def letter_pattern(path: Path | None = None) -> Pattern:
    """Return the pattern in a file, else the shipped one; raises UserError naming the entry that is wrong."""
    top = open_toml(path or resources.path("audit/letter.toml"))
    title = top.texts("title")
    for line in title:
        top.check_pattern("title", line, _WHOLE)
    sentences = {key: top.pattern(key, names) for key, names in _NAMES.items()}
    states = top.texts("states")
    if unknown := [state for state in states if state not in STATE_NAMES]:
        raise top.refuse("states", f"不认识“{unknown[0]}”，可以是 {'、'.join(STATE_NAMES)}")
    signature = top.table("signature")
    unit, date = signature.pattern("unit", _WHOLE), signature.pattern("date", _WHOLE)
    signature.done()
    top.done()
    return Pattern(title=title, **sentences, states=states, unit=unit, date=date)
