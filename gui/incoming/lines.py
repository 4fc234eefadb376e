"""What was read from a form or final accounts, as lines to look over: sign, part, value, place, reason."""

from collections.abc import Iterator
from typing import NamedTuple

from gui.incoming.offers import Offer
from model.accounts.loader import edition
from model.forms.loader import Library
from model.recognition.accounts import AccountsFound
from model.recognition.accounts_names import COMPARED, is_compared
from model.recognition.accounts_names import called as called_in_accounts
from model.recognition.found import KNOWN, Found, scalars
from model.recognition.incoming import Place
from model.recognition.places import called, part
from model.recognition.reasons import REASONS, control_sums, counts

LEFT = "○"
SIGNS = {  # sign: (what it means, colour)
    KNOWN: ("读准", "ok"),
    "~": ("换算或推得", "accent"),
    "!": ("请核对", "warn"),
    "✕": ("读不出", "error"),
    LEFT: ("未放入", "text2"),
}
TO_CHECK = "!✕"


class Line(NamedTuple):
    """A value and where it stands; of what was left the part is empty."""

    sign: str
    part: str
    value: str
    place: Place | None
    reason: str = ""


def lines_of(offer: Offer, library: Library) -> tuple[Line, ...]:
    """Return the values of an offer in the order of its form, then what has no home in it."""
    data = offer.what.data
    if isinstance(data, Found | AccountsFound):
        return (*_values(data, library), *(Line(LEFT, "", left.text, left.place) for left in data.left))
    if offer.what.kind.startswith("own"):
        values = ((path, value) for path, value in scalars(data[0]) if value != "")
        return tuple(Line(KNOWN, part(path), str(value), None) for path, value in values)
    return tuple(Line(LEFT, "", name, None) for name in getattr(data, "projects", ()))


def _values(found: Found | AccountsFound, library: Library) -> Iterator[Line]:
    is_form = isinstance(found, Found)
    definition = library.form(found.data["form"]) if is_form and found.data["form"] else None
    for path, value in scalars(found.data):
        if value != "" and path in found.places:
            mark = found.marks.get(path)
            reason = REASONS[mark] if mark else ""
            if isinstance(found, AccountsFound) and path.startswith("tables."):
                name = _line_of(found, path, library)
                reason = reason or (COMPARED if is_compared(path, found) else "")
            else:
                name = part(path, definition)
            yield Line(found.sign(path), name, str(value), found.places[path], reason)


def _line_of(found: AccountsFound, path: str, library: Library) -> str:
    """What a line of the final accounts is called, with its table; else where it stands."""
    name = called_in_accounts(path, found.data, edition(library, found.data["edition"]))
    return name or called(found.places[path])


def summary(offer: Offer) -> str:
    """Return how much was read, in a sentence."""
    data = offer.what.data
    if isinstance(data, Found):
        return counts(data)
    if isinstance(data, AccountsFound):
        return f"读到 {len(data.read)} 格，比对 {len(data.compared)} 格，未放入 {len(data.left)} 处。"
    return ""


def sums(offer: Offer) -> tuple[str, ...]:
    """Return what the sums of the form say about the reading."""
    return tuple(control_sums(offer.found)) if offer.found else ()
