"""All that is wrong in a written explanation, in the order of its text."""

from collections.abc import Iterable

from model.explanation.held import items, other, performance, sangong, terms, totals, units, wording, years
from model.explanation.held.facts import Facts
from model.explanation.held.slip import Slip
from model.explanation.held.text import read_text

ABOUT = (totals, items, sangong, other, performance, terms, units, years, wording)
CHECKS = tuple(check for module in ABOUT for check in module.CHECKS)


def hold(paragraphs: Iterable[str], facts: Facts) -> tuple[Slip, ...]:
    """Return the slips of an explanation, each once, in the order of its paragraphs."""
    text = read_text(paragraphs)
    order = {line.place: n for n, line in reversed(list(enumerate(text.lines)))}
    found = dict.fromkeys(slip for check in CHECKS for slip in check(text, facts))
    return tuple(sorted(found, key=lambda slip: order.get(slip.place, len(order))))
