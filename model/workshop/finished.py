"""A proposal becomes a file: definition, rules, the blank itself; what can't be filled in is refused."""

from datetime import date

from model.forms.loader import Library, unpacked
from model.forms.zpf import SUFFIX, FormFile, Origin, pack
from model.workshop.definition import definition_text, form_id
from model.workshop.proposal import Proposal
from model.workshop.scoring import regulation_text


def finished(found: Proposal, library: Library, blank: bytes, made: date) -> FormFile:
    """Return the form of a proposal with its file; raises UserError where it can't be filled in."""
    name = f"{form_id(found)}-rules"
    rules = regulation_text(found, library, name)
    definition = definition_text(found, name if rules else "")
    known = library.regulations.get(found.regulation)
    origin = Origin(found.file, found.sheet, made.isoformat(), known.name if known else "")
    data = pack(definition, rules, origin, blank)
    return unpacked(library, data, file_name(found))


def file_name(found: Proposal) -> str:
    """Return how the file of a form is called: its region and its name."""
    name = "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in found.name)
    region = "" if found.region in ("", "本地") or found.region in name else f"{found.region} "
    return f"{region}{name}"[:60].strip(" .") + SUFFIX
