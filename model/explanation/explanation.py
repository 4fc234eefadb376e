"""The sentences of an explanation as they stand: generated, written over by the clerk, or still wanted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from model.accounts.accounts import Accounts
from model.document.answers import CellId
from model.explanation.outline import ChapterKind, Outline, Part, Section
from model.explanation.slots import TYPED
from model.explanation.values import Slots, Values
from model.forms.outline import Pattern
from model.reading.reading import Form
from model.report.narrative import Sentence, names_in, sentence

TEXT = "text"  # before the id of a part: where a sentence that was written over is kept
WANTED = "（请填写）"  # stands in a generated sentence for what the clerk has still to type


class Passage(NamedTuple):
    """A sentence of a part; `wanted` are the cells whose text it waits for, `reasons` those it may hold.

    `joined`: it goes on in the paragraph before it.
    """

    part: Part
    sentence: Sentence
    joined: bool = False
    wanted: tuple[CellId, ...] = ()
    reasons: tuple[CellId, ...] = ()

    @property
    def text(self) -> str:
        """What is printed."""
        return self.sentence.text


class FilledSection(NamedTuple):
    """A section with what stands in it; charts and texts stand as parts without a sentence."""

    section: Section
    passages: tuple[Passage, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be printed below its headings."""
        return not any(one.text or one.part.kind in ("chart", "outline") for one in self.passages)


def explain(
    accounts: Accounts, outline: Outline, forms: tuple[Form, ...] = (), kind: ChapterKind = "explanation"
) -> tuple[FilledSection, ...]:
    """Return the sections of a chapter with their sentences as they stand."""
    return filled_chapter(Values(accounts, outline, forms), kind)


def filled_chapter(values: Values, kind: ChapterKind) -> tuple[FilledSection, ...]:
    """Return the sections of a chapter, where the values are known already."""
    return filled_sections(values, values.outline.sections(kind))


def filled_sections(values: Values, sections: Iterable[Section]) -> tuple[FilledSection, ...]:
    """Return some sections."""
    return tuple(
        FilledSection(
            section, tuple(passage for part in section.parts for passage in _passages(part, values))
        )
        for section in sections
    )


def _passages(part: Part, values: Values) -> Iterator[Passage]:
    if part.when and not _holds(values.document, part.when):
        return
    match part.kind:
        case "sentence":
            yield _of_patterns(part, values, f"{TEXT}.{part.id}", part.patterns, values.document)
        case "list":
            yield _sentence(part, values, f"{TEXT}.{part.id}", _list(part, values), ())
        case "classes" if part.joiner:
            yield _sentence(part, values, f"{TEXT}.{part.id}", _classes_in_one(part, values), ())
        case "classes":
            for n, code in enumerate(values.classes, start=1):
                own = values.of_class(code, n)
                cell = f"{TEXT}.{part.id}.{code}"
                yield _of_patterns(part, values, cell, part.patterns, own, {"class_use": f"class_use.{code}"})
        case "items":
            for n, code in enumerate(values.leaves, start=1):
                yield _item(part, values, code, n)
        case "projects":
            yield from _projects(part, values)
        case "text":
            yield _text(part, values)
        case "chart":
            yield Passage(part, Sentence("", ""))
        case "outline":
            yield _sentence(part, values, f"{TEXT}.{part.id}", "", ())


def _of_patterns(
    part: Part,
    values: Values,
    cell: CellId,
    patterns: Sequence[Pattern],
    own: Slots,
    cells: Mapping[str, CellId] | None = None,
) -> Passage:
    """Return the sentence of the first pattern that can be filled, but for texts that the clerk types."""
    known = {**values.document, **own}
    pattern = pattern_of(patterns, known) if values.is_filled else None
    if pattern is None:
        return _sentence(part, values, cell, "", ())
    typed = [name for name in names_in(pattern.text) if name in TYPED]
    where = {name: (cells or {}).get(name, name) for name in typed}
    wanted = tuple(where[name] for name in typed if not known.get(name))
    text = pattern.text.format_map({name: known.get(name) or WANTED for name in names_in(pattern.text)})
    passage = _sentence(part, values, cell, text, wanted)
    return passage._replace(reasons=tuple(where.values()))


def pattern_of(patterns: Sequence[Pattern], known: Slots) -> Pattern | None:
    """Return the first pattern whose figures are known and whose condition holds."""
    for pattern in patterns:
        if pattern.when and not _holds(known, pattern.when):
            continue
        needed = (name for name in names_in(pattern.text) if name not in TYPED)
        if all(known.get(name) is not None for name in needed):
            return pattern
    return None


def _holds(known: Slots, name: str) -> bool:
    """Whether a value is there and not 0."""
    value = known.get(name)
    return bool(value and value.strip("0."))


def _sentence(
    part: Part, values: Values, cell: CellId, generated: str, wanted: tuple[CellId, ...]
) -> Passage:
    made = sentence(values.accounts.answers, cell, generated)
    return Passage(part, made, part.joined, () if made.typed else wanted)


def _item(part: Part, values: Values, code: str, n: int) -> Passage:
    rows = values.accounts.leaves.get(code, ())
    cells = {f"item_{column}": f"{rows[0]}.{column}" for column in ("reason", "use")} if rows else {}
    return _of_patterns(
        part, values, f"{TEXT}.{part.id}.{code}", part.patterns, values.of_item(code, n), cells
    )


def _list(part: Part, values: Values) -> str:
    """Return the items with an amount in one sentence; all of them where the outline names what is 0."""
    known, whole = values.document, values.money(part.of)
    if not values.is_filled or whole is None or any(known.get(name) is None for name in names_in(part.head)):
        return ""
    items = []
    for name, slot in part.items:
        amount = values.money(slot)
        share = values.percent(amount, whole)
        if amount is None or share is None or ((part.omit_zero or slot in part.unless_zero) and not amount):
            continue
        own = {"name": name, "amount": values.show(amount), "share": share}
        items.append(part.item.format_map({**known, **own}))
    head = part.head.format_map(dict(known))
    return head + part.joiner.join(items) + part.end if items else ""


def _classes_in_one(part: Part, values: Values) -> str:
    """Return all classes in one sentence."""
    known = values.document
    if not values.is_filled or any(known.get(name) is None for name in names_in(part.head)):
        return ""
    own = [{**known, **values.of_class(code, n)} for n, code in enumerate(values.classes, start=1)]
    items = [
        pattern.text.format_map(one) for one in own if (pattern := pattern_of(part.patterns, one)) is not None
    ]
    return part.head.format_map(dict(known)) + part.joiner.join(items) + part.end if items else ""


def _projects(part: Part, values: Values) -> Iterator[Passage]:
    """Yield one sentence of all projects, or one for each where nothing joins them."""
    if not values.is_filled:
        return
    found = []
    for cell, slots in values.projects:
        if slots["project_name"] is None or slots["project_amount"] is None:
            continue
        text = part.item.format_map({name: slots[name] or WANTED for name in names_in(part.item)})
        found.append((cell, text, () if slots["project_result"] else (cell,)))
    if part.joiner and found:
        text = part.head + part.joiner.join(text for _, text, _ in found) + part.end
        wanted = tuple(cell for _, _, missing in found for cell in missing)
        passage = _sentence(part, values, f"{TEXT}.{part.id}", text, wanted)
        yield passage._replace(reasons=tuple(cell for cell, _, _ in found))
        return
    for n, (cell, text, wanted) in enumerate(found):
        head = part.head if n == 0 else ""
        passage = _sentence(part, values, f"{TEXT}.{part.id}.{cell}", head + text + part.end, wanted)
        yield passage._replace(joined=False, reasons=(cell,))


def _text(part: Part, values: Values) -> Passage:
    """Return a typed text, else its default."""
    default = part.default.format(unit=values.accounts.name, year=values.accounts.year)
    typed = values.accounts.field(part.field)
    generated = default if values.is_filled or not default else ""
    return Passage(part, Sentence(part.field, generated, typed))
