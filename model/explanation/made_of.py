"""What the figures of a sentence are made of: the cells of the tables, and the fields beside them."""

from collections.abc import Iterator

from model.document.answers import CellId
from model.explanation.explanation import TEXT, Passage, pattern_of
from model.explanation.slots import TYPED
from model.explanation.values import AMOUNTS, CARS, CHANGES, DONE, Slots, Values
from model.report.narrative import names_in

_OF_OTHERS = {
    "buy": ("buy_goods", "buy_works", "buy_services"),
    "cars": tuple(f"cars_{kind}" for kind in CARS),
    "general_share": ("t5.all.total", "t3.all.total"),
    "general_done": ("t5.all.total", "general_budget"),
    "sme_share": ("sme", "buy_goods", "buy_works", "buy_services"),
    "micro_share": ("micro", "sme"),
    "staff_items": ("t6.staff",),
    "running_items": ("t6.running",),
}
_CHANGED = ("rise", "fall", "rate")


def made_of(passage: Passage, values: Values) -> tuple[CellId, ...]:
    """Return the figures and fields that a generated sentence speaks of, each once, in its order."""
    part = passage.part
    if part.kind == "list":
        names = [*names_in(part.head), *(slot for _, slot in part.items if values.money(slot))]
        return tuple(dict.fromkeys(cell for name in names for cell in _cells(name, values, "")))
    code = passage.sentence.cell.removeprefix(f"{TEXT}.{part.id}").removeprefix(".")
    own = _own(passage, code, values)
    pattern = pattern_of(part.patterns, {**values.document, **own})
    names = [name for name in names_in(pattern.text) if name not in TYPED] if pattern else []
    return tuple(dict.fromkeys(cell for name in names for cell in _cells(name, values, code)))


def _own(passage: Passage, code: str, values: Values) -> Slots:
    if passage.part.kind == "classes" and code:
        return values.of_class(code, 1)
    return values.of_item(code, 1) if passage.part.kind == "items" and code else {}


def _cells(name: str, values: Values, code: str) -> Iterator[CellId]:
    stem, _, kind = name.rpartition("_")
    if name in AMOUNTS:
        yield AMOUNTS[name]
    elif name in _OF_OTHERS:
        yield from _OF_OTHERS[name]
    elif stem in CHANGES and kind in _CHANGED:
        yield from (AMOUNTS.get(stem, stem), f"last.{stem}")
    elif kind == "done" and stem in DONE:
        yield from (AMOUNTS[one] for one in DONE[stem])
    elif stem in ("class", "item") and kind in ("amount", "final", "share", "done"):
        yield f"t5.{code}.total"
        if kind == "share":
            yield "t5.all.total"
    elif stem in ("class", "item") and kind == "budget":
        yield f"s.{code}.budget"
    elif name in values.accounts.definition.fields:
        yield name
