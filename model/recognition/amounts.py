"""Amounts of a list of projects go to the forms of a document: which row is which form, how surely."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from model.document.answers import Address, Answers, FormAnswers, FormKey
from model.forms.loader import Library
from model.recognition.captions import plain
from model.recognition.lists import AMOUNTS, Listed, Listing, coded
from model.recognition.loader import vocabulary
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
    """Return for each row of a list of amounts the project form it belongs to, by code and name.

    A name that is the same but for blanks and the width of signs is sure, unless both have codes that
    differ; a code alone, and a name that only sounds alike, is proposed. A form that two rows would go to, or
    that two forms share a name, is proposed to neither.
    """
    projects = {key: _project(answers.forms[key]) for key in answers.projects}
    found = [_match(row, projects) for row in listing.rows]
    taken = [key for key, _, _ in found if key]
    matches = []
    for row, (key, is_sure, candidates) in zip(listing.rows, found, strict=True):
        form = key if taken.count(key) == 1 else ""
        texts = _texts(row, form, answers, library) if form else {}
        matches.append(AmountMatch(row, form, is_sure and bool(form), candidates, texts))
    return matches


class _Project(NamedTuple):
    """What a form says of its project."""

    code: str
    name: str


def _project(form: FormAnswers) -> _Project:
    """The code stands before the name, or was read with the form and has no cell there."""
    code, name = coded(form.text("project_name"))
    return _Project(code or next(_codes(form), ""), name)


def _codes(form: FormAnswers) -> Iterator[str]:
    """What stands under 项目编码 among the entries that the form has no cell for."""
    for path, entry in form.extra.items():
        kind, caption, *_ = json.loads(path)
        found = json.loads(entry)
        is_code = kind == "fields" and vocabulary().find("fields", str(caption)) == "project_code"
        if is_code and isinstance(found, str) and found.strip():
            yield found.strip()


def _match(row: Listed, projects: Mapping[FormKey, _Project]) -> tuple[FormKey, bool, tuple[FormKey, ...]]:
    wanted = plain(row.project.text)
    by_code = [key for key, project in projects.items() if row.code and project.code == row.code]
    same = [key for key, project in projects.items() if plain(project.name) == wanted]
    if len(by_code) == 1:
        return by_code[0], by_code == same, tuple(dict.fromkeys((*by_code, *same)))
    if len(same) == 1:
        code = projects[same[0]].code
        return same[0], not (row.code and code), (same[0],)
    ranked = sorted((-_likeness(wanted, plain(project.name)), key) for key, project in projects.items())
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
