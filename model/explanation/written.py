"""An explanation as one reads it: its paragraphs, and at which place (五（三）2) each sentence stands."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from model.document.answers import CellId
from model.explanation.explanation import FilledSection
from model.explanation.held.text import read_lines


class Written(NamedTuple):
    """Headings and paragraphs; the first sentence at each place, and the place of each sentence."""

    paragraphs: tuple[str, ...]
    sentences: Mapping[str, CellId]
    places: Mapping[CellId, str]


def written(sections: Iterable[FilledSection]) -> Written:
    """Return an explanation with its places; a joined sentence stands in the paragraph before it."""
    paragraphs: list[str] = []
    cells: list[list[CellId]] = []  # of each paragraph; a heading has none
    for section in sections:
        paragraphs += section.section.headings
        cells += [[] for _ in section.section.headings]
        for one in section.passages:
            if one.text and one.joined and cells[-1]:
                paragraphs[-1] += one.text
                cells[-1].append(one.sentence.cell)
            elif one.text:
                paragraphs.append(one.text)
                cells.append([one.sentence.cell])
    sentences: dict[str, CellId] = {}
    places: dict[CellId, str] = {}
    for line, of_paragraph in zip(read_lines(paragraphs), cells, strict=True):
        for cell in of_paragraph if line else ():
            assert line is not None
            sentences.setdefault(line.place, cell)
            places[cell] = line.place
    return Written(tuple(paragraphs), sentences, places)
