"""The rules of a form that was made of a blank: those of the nearest regulation, with what the clerk changes.

The entries stay as in the file of the regulation, so that its sources go along.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from model.forms.definition import Grade, Regulation
from model.forms.loader import Library, rules_of
from model.forms.regulation_toml import regulation_in
from model.forms.rules import Band
from model.forms.toml_table import toml_in
from model.forms.toml_text import toml_text
from model.recognition.captions import plain
from model.workshop.proposal import Proposal

REVERSES = {"ratio": "分值 × A ÷ B", "linear": "分值 ×（1 −（B − A）÷ A）"}
CHANGED = "单位按当地办法修改"


def nearest(found: Proposal, library: Library) -> str:
    """Return the id of the regulation that is likely to hold: by region, else by names of columns."""
    captions = [plain(item.caption) for part in found.parts for item in part.items]
    is_wuhan = "武汉" in found.region or sum("(A)" in one or "(B)" in one for one in captions) >= 3
    wanted = "wuhan" if is_wuhan else "national"
    return wanted if wanted in library.regulations else next(iter(library.regulations))


def rules(found: Proposal, library: Library) -> Mapping[str, Any]:
    """Return the entries of the rules of a proposal; empty where their file is not at hand."""
    return found.rules if found.rules is not None else rules_of(library, found.regulation) or {}


def regulation_of(found: Proposal, library: Library) -> Regulation:
    """Return the rules of a proposal as they would be kept; raises UserError where they are none."""
    text = regulation_text(found, library, "rules")
    return (
        regulation_in(toml_in(text.encode(), "计分办法")) if text else library.regulations[found.regulation]
    )


def regulation_text(found: Proposal, library: Library, name: str) -> str:
    """Return the rules as TOML under an id; "" where the file of the regulation is not at hand."""
    entries = rules(found, library)
    return toml_text({**entries, "id": name}) if entries else ""


def sources(found: Proposal, library: Library) -> list[str]:
    """Return what the regulation is and what it says, as texts: its source, then those of its parts."""
    entries = rules(found, library)
    parts = [entries.get(key) for key in ("quantitative", "qualitative", "grades")]
    said = [part["source"] for part in parts if isinstance(part, Mapping) and "source" in part]
    return [str(entries.get("source", library.regulations[found.regulation].source)), *map(str, said)]


def with_reverse(found: Proposal, library: Library, reverse: str) -> Proposal:
    """Return the same with another formula for results above a limit."""
    return _changed(found, library, "quantitative", {"reverse": reverse})


def with_bands(found: Proposal, library: Library, bands: Sequence[Band]) -> Proposal:
    """Return the same with other bands of the levels, best first."""
    return _changed(found, library, "qualitative", {"bands": [_plain(band._asdict()) for band in bands]})


def with_grades(found: Proposal, library: Library, grades: Sequence[Grade]) -> Proposal:
    """Return the same with other grades, best first."""
    return _changed(found, library, "grades", {"list": [_plain(grade._asdict()) for grade in grades]})


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of a band or grade as a file has them; what is not said there is left out."""
    return {key: value for key, value in entry.items() if value is not False}


def _changed(found: Proposal, library: Library, part: str, entries: Mapping[str, Any]) -> Proposal:
    known = dict(rules(found, library))
    before = dict(known.get(part, {}))
    if all(before.get(key) == value for key, value in entries.items()):
        return found
    source = str(before.get("source", ""))
    said = source if CHANGED in source else f"{source}（{CHANGED}）"
    known[part] = before | dict(entries) | {"source": said}
    return found._replace(rules=known)


def percent(fraction: Decimal) -> str:
    """Return a fraction as bands are shown: 0.8 is 80."""
    return format((fraction * 100).normalize(), "f")
