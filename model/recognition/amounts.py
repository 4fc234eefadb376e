"""Amounts of a list of projects go to the forms of a document: which row is which form, how surely."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from model.document.answers import Address, Answers, FormKey
from model.forms.loader import Library
from model.recognition.captions import plain
from model.recognition.lists import AMOUNTS, Listed, Listing
from model.recognition.units import WANTED, converted

_NOISE = re.compile(r"\([^()]*\)|(?:19|20)[0-9]{2}年?(?:度)?|经费|专项|资金|项目|[“”\"'《》]")


class AmountMatch(NamedTuple):
    """A row of a list and the form it goes to ("" for none): sure only where the names are the same.

    `candidates` are forms by likeness, best first; `texts` what would go into which cells of the form.
    """

    row: Listed
    form: FormKey
    is_sure: bool
    candidates: tuple[FormKey, ...]
    texts: Mapping[Address, str]

    def to(self, form: FormKey, answers: Answers, library: Library) -> "AmountMatch":
        """Return the same row for the form that the clerk chose, "" for none."""
        texts = _texts(self.row, form, answers, library) if form else {}
        return self._replace(form=form, is_sure=bool(form), texts=texts)


def match_amounts(listing: Listing, answers: Answers, library: Library) -> list[AmountMatch]:
    """Return for each row of a list of amounts the project form it belongs to, by name.

    A name that is the same but for blanks and the width of signs is sure; one that only sounds alike is
    proposed. A form that two rows would go to, or that two forms share a name, is proposed to neither.
    """
    names = {key: answers.forms[key].text("project_name") for key in answers.projects}
    found = [_match(row, names) for row in listing.rows]
    taken = [key for key, _, _ in found if key]
    matches = []
    for row, (key, is_sure, candidates) in zip(listing.rows, found, strict=True):
        form = key if taken.count(key) == 1 else ""
        texts = _texts(row, form, answers, library) if form else {}
        matches.append(AmountMatch(row, form, is_sure and bool(form), candidates, texts))
    return matches


def _match(row: Listed, names: Mapping[FormKey, str]) -> tuple[FormKey, bool, tuple[FormKey, ...]]:
    wanted = plain(row.project.text)
    same = [key for key, name in names.items() if plain(name) == wanted]
    if len(same) == 1:
        return same[0], True, (same[0],)
    ranked = sorted((-_likeness(wanted, plain(name)), key) for key, name in names.items())
    candidates = tuple(key for points, key in ranked if points < 0)
    best = [key for points, key in ranked if points == ranked[0][0] and points <= -_ALIKE]
    return (best[0] if len(best) == 1 else ""), False, candidates


_ALIKE = 60  # of 100: a name that is less like another one is not proposed


def _likeness(one: str, other: str) -> int:
    """How like two names are, of 100, by pairs of characters; brackets, years and common words aside."""
    first, second = (set(_pairs(_NOISE.sub("", text) or text)) for text in (one, other))
    return 200 * len(first & second) // (len(first) + len(second)) if first and second else 0


def _pairs(text: str) -> Iterator[str]:
    yield from (text[at : at + 2] for at in range(max(1, len(text) - 1)))


def _texts(row: Listed, key: FormKey, answers: Answers, library: Library) -> dict[Address, str]:
    """The amounts as cells of the scored row of a form, in its unit, where it has their columns."""
    definition = library.form(answers.forms[key].definition)
    block = definition.funds
    if block is None:
        return {}
    return {
        (key, block.rows[0].cell(name)): converted(row.texts[name].text, WANTED, definition.money_unit)
        for name in AMOUNTS
        if block.has(name) and name in row.texts and row.texts[name].text
    }
