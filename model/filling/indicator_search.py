"""Finds an indicator of the library by words, topic, level 2 or initials, and says what its row holds."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from model.basics import number
from model.filling.find import folded
from model.forms.indicator_library import IndicatorLibrary, LibraryIndicator

OPEN = "**"  # what stands where the clerk's number belongs, as in the blank forms
_ALIKE = 4  # characters of a name that says anything
OPEN_DATE = "**年**月**日"
_INITIALS = re.compile(r"[a-z]+")
_PLACEHOLDER = re.compile(r"\{(n|budget|date)\}")
_WEIGHTS: tuple[Callable[[LibraryIndicator, str], bool], ...] = (  # the best first
    lambda entry, word: folded(entry.name).startswith(word),
    lambda entry, word: word in folded(entry.name),
    lambda entry, word: any(word in folded(one) for one in entry.words),
    lambda entry, word: word in folded(entry.topic) or word in folded(entry.level2),
    lambda entry, word: word in folded(entry.measure) or any(word in folded(one) for one in entry.evidence),
)


class RowTexts(NamedTuple):
    """What a new row holds, by column; `open` is where in the target the clerk's number belongs."""

    texts: Mapping[str, str]
    open: tuple[int, int] | None


def search(
    library: IndicatorLibrary, wanted: str, level2: str = "", topic: str = ""
) -> tuple[LibraryIndicator, ...]:
    """Return the entries that hold all words of a line, the best first, equal ones in the order of the file.

    Letters alone are pinyin initials, whole or a part. `level2` may be called as any form calls it; with
    nothing wanted all entries of level 2 and topic come.
    """
    words = folded(wanted).split()
    level = library.level(level2) if level2 else None
    name = level.level2 if level else level2
    entries = (entry for entry in library.indicators if topic in ("", entry.topic))
    entries = (entry for entry in entries if name in ("", entry.level2))
    ranked = [(rank, entry) for entry in entries if (rank := _rank(entry, words)) is not None]
    return tuple(entry for _, entry in sorted(ranked, key=lambda pair: pair[0]))


def offered(library: IndicatorLibrary, typed: str, level2: str = "") -> tuple[LibraryIndicator, ...]:
    """Return the entries of a level 2 that a name in the making may become, from two characters on.

    The name, or another name of it, holds what is typed, or its initials begin so; what is typed in full
    already is no offer.
    """
    text = "".join(folded(typed).split())
    if len(text) < 2:
        return ()

    def fits(entry: LibraryIndicator) -> bool:
        names = (entry.name, *entry.words)
        return any(text in folded(name) for name in names) or entry.initials.startswith(text)

    found = search(library, text, level2 if library.level(level2) else "")
    return tuple(entry for entry in found if fits(entry) and folded(entry.name) != text)


def usual_evidence(library: IndicatorLibrary, name: str) -> tuple[str, ...]:
    """Return what usually proves an indicator: that of the entry of this name, else of the longest name that
    is a part of it or the other way round; nothing where none is alike."""
    wanted = "".join(folded(name).split())
    names = ((folded(one), entry) for entry in library.indicators for one in (entry.name, *entry.words))
    alike = [
        (one == wanted, len(one), n, entry)
        for n, (one, entry) in enumerate(names)
        if len(one) >= _ALIKE and len(wanted) >= _ALIKE and (one in wanted or wanted in one)
    ]
    return max(alike, key=lambda found: (found[0], found[1], -found[2]))[3].evidence if alike else ()


def _rank(entry: LibraryIndicator, words: list[str]) -> int | None:
    """How well an entry fits, small is good; None when a word does not fit at all."""
    ranks = [_rank_of(entry, word) for word in words]
    return None if None in ranks else sum(rank for rank in ranks if rank is not None)


def _rank_of(entry: LibraryIndicator, word: str) -> int | None:
    if _INITIALS.fullmatch(word) and word in entry.initials:
        return 0 if word == entry.initials else 1
    return next((n for n, fits in enumerate(_WEIGHTS, start=1) if fits(entry, word)), None)


def row_texts(
    entry: LibraryIndicator,
    library: IndicatorLibrary,
    level1_of_form: Iterable[str],
    level2_of_form: Iterable[str],
    budget: Decimal | None = None,
) -> RowTexts:
    """Return the texts of a row made of an entry, called as the form calls its levels.

    A form with a level-1 block of costs gets the entry's other place. {budget} is filled where the budget
    (万元) is known; what the clerk is to fill in stays as **, which the checks name while it stands.
    """
    level1, level2 = _levels(entry, library, tuple(level1_of_form), tuple(level2_of_form))
    target = target_of(entry, budget)
    texts = {
        "level1": level1,
        "level2": level2,
        "name": entry.name,
        "target": target,
        "direction": entry.direction,
    }
    return RowTexts(texts, open_at(target))


def open_at(target: str) -> tuple[int, int] | None:
    """Return where in a target something is to be filled in, and how long that place is."""
    at = target.find(OPEN)
    length = len(OPEN_DATE) if target.startswith(OPEN_DATE, at) else len(OPEN)
    return (at, length) if at >= 0 else None


def target_of(entry: LibraryIndicator, budget: Decimal | None = None) -> str:
    """Return a target with the budget (万元) put in where it is known, and ** for what is to be filled in."""
    return _PLACEHOLDER.sub(lambda found: _filled(found[1], budget), entry.target)


def _filled(placeholder: str, budget: Decimal | None) -> str:
    if placeholder == "budget" and budget is not None:
        return number.show(budget)
    return OPEN_DATE if placeholder == "date" else OPEN


def _levels(
    entry: LibraryIndicator, library: IndicatorLibrary, level1s: tuple[str, ...], level2s: tuple[str, ...]
) -> tuple[str, str]:
    if entry.alternative and entry.alternative[0] in level1s:
        return entry.alternative
    level = library.level(entry.level2)
    names = (level.level2, *level.also) if level else (entry.level2,)
    called = next((name for name in level2s if name in names), entry.level2)
    return entry.level1, called
