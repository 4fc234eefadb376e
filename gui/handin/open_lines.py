"""The one list of what is open as the page 交稿 shows it: form by form, each with its count."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gui.session.marks import STATES
from gui.session.names import ACCOUNTS_NAME
from model.checks.open_items import Open
from model.document.answers import ACCOUNTS, FormKey

BETWEEN = "表间核对"
ALL, ASIDE = "all", "answered"
FILTERS = (ALL, "error", "warning", "gap", "paper", ASIDE)
_WORDS = {"error": "个错误", "gap": "处未填", "warning": "个提醒", "paper": "处版面"}  # as they are counted


class Line(NamedTuple):
    """The name of a form with the count of its lines, or something open."""

    id: tuple[str, ...]
    text: str = ""
    size: int = 0
    item: Open | None = None


def lines_of(items: Iterable[Open], wanted: str, names: Mapping[FormKey, str]) -> tuple[Line, ...]:
    """Return the lines of a filter; `names` are those of the forms."""
    groups: dict[str, list[Open]] = {}
    for item in items:
        if is_wanted(item, wanted):
            groups.setdefault(_group(item, names), []).append(item)
    return tuple(line for name, mine in groups.items() for line in _lines(name, mine))


def is_wanted(item: Open, wanted: str) -> bool:
    """Whether a filter shows something; ALL shows what is open."""
    return not item.is_set_aside if wanted == ALL else item.severity == wanted


def counts_of(items: Iterable[Open]) -> dict[str, int]:
    """Return how many lines each filter shows."""
    known = tuple(items)
    return {wanted: sum(is_wanted(item, wanted) for item in known) for wanted in FILTERS}


def in_words(counts: Mapping[str, int]) -> str:
    """Return what is open in a few words, the most severe first: 2 个错误，3 处未填."""
    return "，".join(f"{counts[name]} {said}" for name, said in _WORDS.items() if counts[name])


def name_of(wanted: str) -> str:
    """Return how a filter is called."""
    return {ALL: "全部", ASIDE: "已搁置"}.get(wanted) or STATES[wanted][0]


def _group(item: Open, names: Mapping[FormKey, str]) -> str:
    key = item.address[0]
    if item.part == "between":
        return BETWEEN
    name = ACCOUNTS_NAME if key == ACCOUNTS else names.get(key, "")
    return f"{name} · {item.place}" if item.part == "report" else name


def _lines(name: str, items: Sequence[Open]) -> Iterator[Line]:
    yield Line(("form", name), name, len(items))
    seen: dict[tuple[str, ...], int] = {}
    for item in items:
        id = ("item", item.kind, *item.address, item.place)
        seen[id] = seen.get(id, 0) + 1
        yield Line((*id, str(seen[id])), item=item)
