"""Replaces a text in what was typed, wherever it was found; computed figures and generated sentences stay."""

from collections.abc import Iterable, Iterator, Mapping

from model.document.answers import INDICATORS, Address, Answers, CellId
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
    """The cell itself; of a label also those of the other rows that it stands for."""
    key, cell = address
    yield address
    column = cell.rpartition(".")[2]
    form = answers.forms[key]
    if column in LABELS:
        others: Iterator[CellId] = (f"{row}.{column}" for row in form.rows.get(INDICATORS, ()))
        yield from ((key, one) for one in others if form.text(one) == form.text(cell) and one != cell)
