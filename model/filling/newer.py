"""Which forms here are newer versions of those that a document is filled in by, and what would go where."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from model.basics.names import plain_name
from model.document.answers import Answers, FormKey
from model.filling.new_form import Moved, moved
from model.forms.loader import Library
from model.forms.zpf import FormFile
from model.reading.reading import Form, Reading, read

_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?度?")


class Version(NamedTuple):
    """Forms of a document that are filled in by one version of a form, and another version of it."""

    forms: tuple[Form, ...]
    before: FormFile
    file: FormFile

    @property
    def is_newer(self) -> bool:
        """Whether it was made later, and is the same form: by its id, else by region and name."""
        one, other = self.before.form, self.file.form
        is_same = one.id == other.id or (one.region, _name(one.name)) == (other.region, _name(other.name))
        return is_same and self.file.origin.made >= self.before.origin.made


def versions(reading: Reading, library: Library) -> list[Version]:
    """Return what forms of a document could be filled in by instead: forms of bureaus, of the same kind, that
    the library has in another version than the document; newer versions first."""
    found = _versions(reading, library)
    return sorted(found, key=lambda one: (one.is_newer, one.file.origin.made), reverse=True)


def newer(reading: Reading, library: Library) -> list[Version]:
    """Return the newer versions that there are, one for each form of a bureau in the document."""
    found: dict[str, Version] = {}
    for version in versions(reading, library):
        if version.is_newer:
            found.setdefault(version.before.form.id, version)
    return list(found.values())


def _versions(reading: Reading, library: Library) -> Iterator[Version]:
    carried = reading.library.own if reading.library else {}
    used: dict[str, list[Form]] = {}
    for form in reading.forms:
        if form.definition.id in carried:
            used.setdefault(form.definition.id, []).append(form)
    for name, forms in used.items():
        before = carried[name]
        for file in library.own.values():
            if file.form.kind == before.form.kind and file.digest != before.digest:
                yield Version(tuple(forms), before, file)


def _name(name: str) -> str:
    return plain_name(_YEAR.sub("", name))


class Line(NamedTuple):
    """A text of a form: where it stands, where it will ("" for nowhere), and why to look at it."""

    form: str
    where: str
    text: str
    now: str
    why: str = ""

    @property
    def is_same(self) -> bool:
        """Whether nobody need look at it."""
        return self.where == self.now and not self.why


class Plan(NamedTuple):
    """What becomes of the forms of a document in another version: of each the form as it will be, its texts
    in the order of paper, and what else to know."""

    file: FormFile
    moves: tuple[tuple[FormKey, Moved], ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]

    def applied(self, answers: Answers) -> Answers:
        """Return a document with these forms in the new version, which it carries from then on."""
        for key, one in self.moves:
            answers = answers.with_form(key, one.answers)
        used = {form.definition for _, form in answers}
        carried = {**answers.carried, self.file.form.id: self.file.data}
        return replace(answers, carried={key: data for key, data in carried.items() if key in used})

    @property
    def said(self) -> str:
        """What becomes of all texts, in a sentence."""
        same = sum(line.is_same for line in self.lines)
        left = sum(not line.now for line in self.lines)
        other = len(self.lines) - same - left
        parts = [f"{same} 处位置不变", *([f"{other} 处换了位置或叫法"] if other else [])]
        parts += [f"{left} 处新表样里没有位置（留在自评簿里，不丢）"] if left else []
        return f"{len(self.moves)} 张表，填过 {len(self.lines)} 处：{'，'.join(parts)}。"


def plan(version: Version, library: Library) -> Plan:
    """Return what becomes of the forms of a document in a version; nothing is changed."""
    file, library = version.file, library.carrying({version.file.form.id: version.file.data})
    moves = [(form, moved(form, file.form)) for form in version.forms]
    lines = [line for form, one in moves for line in _lines(form, one, library)]
    notes = dict.fromkeys(note for _, one in moves for note in one.notes)
    return Plan(file, tuple((form.key, one) for form, one in moves), tuple(lines), tuple(notes))


def _lines(form: Form, one: Moved, library: Library) -> Iterator[Line]:
    (now,) = read(library, Answers({form.key: one.answers}, form.answers.unit, form.answers.year)).forms
    yield from (Line(form.name, left.place, left.text, "") for left in one.left)
    for cell, new, why in one.went:
        if cell.startswith("report.") or not form.answers.text(cell).strip():
            continue
        yield Line(form.name, form.where(cell), one.answers.text(new), now.where(new), why)
