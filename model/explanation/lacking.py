"""What a sentence that is not there yet waits for: figures and fields that nobody has typed."""

from collections.abc import Iterable, Iterator

from model.accounts.accounts import Accounts
from model.document.answers import CellId
from model.explanation.explanation import TEXT, Passage
from model.explanation.outline import Part
from model.explanation.slots import TYPED
from model.explanation.values import AMOUNTS, CARS, CHANGES, Slots, Values
from model.report.narrative import names_in

_OF_OTHERS = {  # slots that are made of fields, and of which
    "buy": ("buy_goods", "buy_works", "buy_services"),
    "cars": tuple(f"cars_{kind}" for kind in CARS),
    "sme_share": ("sme",),
    "micro_share": ("micro",),
}
_CHANGED = ("rise", "fall", "equal", "rate")
_COMPARED = ("over", "under", "equal", "done", "budget", "new")


def lacking(passage: Passage, values: Values) -> tuple[CellId, ...]:
    """Return the cells that a sentence waits for, as few as would do; none where there is nothing to say."""
    part = passage.part
    if passage.text or not values.is_filled:
        return ()
    if part.kind == "list":
        return tuple(_missing((*names_in(part.head), part.of), values.document, values, "") or ())
    if part.kind not in ("sentence", "classes", "items"):
        return ()
    code = passage.sentence.cell.removeprefix(f"{TEXT}.{part.id}").removeprefix(".")
    known = {**values.document, **_own(part, code, values)}
    found: list[list[CellId]] = [
        missing
        for pattern in part.patterns
        if (missing := _missing(_needed(pattern.text, pattern.when), known, values, code)) is not None
    ]
    return next((tuple(cells) for cells in sorted(found, key=len)), ())


def _own(part: Part, code: str, values: Values) -> Slots:
    if not code:
        return {}
    return values.of_class(code, 1) if part.kind == "classes" else values.of_item(code, 1)


def _needed(text: str, when: str) -> Iterator[str]:
    yield from (name for name in names_in(text) if name not in TYPED)
    if when:
        yield when


def _missing(names: Iterable[str], known: Slots, values: Values, code: str) -> list[CellId] | None:
    """The cells without which these names have no value; None where some of them never will have one."""
    found: dict[CellId, None] = {}
    for name in names:
        if known.get(name) is None:
            cells = tuple(_cells(name, values, code))
            if not cells:
                return None
            found |= dict.fromkeys(cells)
    return list(found)


def _cells(name: str, values: Values, code: str) -> Iterator[CellId]:
    """Yield what is to be typed before a slot has a value; nothing where it is known and there is none."""
    accounts = values.accounts
    stem, _, kind = name.rpartition("_")
    if name in _OF_OTHERS:
        yield from (cell for cell in _OF_OTHERS[name] if not accounts.field(cell).strip())
    elif kind in _CHANGED and stem in CHANGES:
        now = values.money(stem)
        if now is None:
            yield from _cells(stem, values, code)
        if values.last(stem) is None:
            yield f"last.{stem}"
    elif kind in _COMPARED and stem in ("item", "class"):
        if accounts.value(f"s.{code}.budget") is None:
            rows = accounts.leaves.get(code) or _rows_below(accounts, code)
            yield from (f"{row}.budget" for row in rows)
    elif kind in _COMPARED and stem == "general":
        if values.money("general_budget") is None:
            yield "general_budget"
    elif name in AMOUNTS:
        if values.money(name) is None:
            yield AMOUNTS[name]
    elif name in accounts.definition.fields and not accounts.field(name).strip():
        yield name


def _rows_below(accounts: Accounts, code: str) -> tuple[str, ...]:
    """The rows of the list that a 类 or 款 is the sum of."""
    return tuple(row.id for row in accounts.items if row.code.startswith(code))
