"""Replaces a text in what was typed, wherever it was found; computed figures and generated sentences stay."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, takewhile

from model.document.answers import INDICATORS, Address, Answers
from model.filling.find import NAME, Hit, folded, spans_of
from model.forms.columns import LABELS


def replaced(answers: Answers, hits: Iterable[Hit], wanted: str, new: str) -> Mapping[Address, str]:
    """Return the texts of all cells that a replacement changes.

    A label that stands for several rows is found once and replaced in all of them. What is shown in a cell
    but was not typed there, such as a computed score or the name of a kind of form, is left alone.
    """
    found = folded(wanted.strip())
    texts: dict[Address, str] = {}
    for hit in hits:
        if found and not hit.is_generated and hit.address[1] != NAME:
            for key, cell in _same(answers, hit.address):
                before = answers.forms[key].text(cell)
                after = _with(before, spans_of(folded(before), found), new)
                if before == hit.text and after != before:
                    texts[key, cell] = after
    return texts


def _with(text: str, spans: Iterable[tuple[int, int]], new: str) -> str:
    for start, length in sorted(spans, reverse=True):
        text = text[:start] + new + text[start + length :]
    return text


def _same(answers: Answers, address: Address) -> Iterator[Address]:
    """The cell itself; of a label also those of the rows around it that share it on paper."""
    key, cell = address
    yield address
    row, _, column = cell.rpartition(".")
    rows = answers.forms[key].rows.get(INDICATORS, ())
    if column in LABELS and row in rows:
        form = answers.forms[key]
        under = ("goal", *LABELS[: LABELS.index(column) + 1])
        labels = {one: tuple(form.text(f"{one}.{label}") for label in under) for one in rows}
        within = [one for one in rows if labels[one][0] == labels[row][0]]
        at = within.index(row)
        before = takewhile(lambda one: labels[one] == labels[row], reversed(within[:at]))
        after = takewhile(lambda one: labels[one] == labels[row], within[at + 1 :])
        yield from ((key, f"{one}.{column}") for one in chain(before, after))
