"""What comes out of recognition: forms as ziping.form/1, places and marks of their texts, what is left."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from model.recognition.anatomy import Taken
from model.recognition.blank import is_prompt
from model.recognition.incoming import Mark, Place, SeenCell

KNOWN = "✓"
MARGIN = 2  # points: a form that leads by less is asked about


class Left(NamedTuple):
    """A text that stands in the file and has no home in the form."""

    place: Place
    text: str


class Found(NamedTuple):
    """A form that was read.

    `data` is ziping.form/1; `places` and `marks` go by path (indicators[3].target), a value without a mark is
    certain. `layout` is the definition whose captions the form has, "" where no known one; `candidates` are
    definitions with their points, best first. `kept` are the paths of entries that the definition has no cell
    for. A blank form holds nothing that was filled in. `sheet` and `hidden` say where it stood. `inline` are
    captions behind whose colon a text stands (填表人：　填报日期：), `units` the units of amounts where the
    file says one, `options` the cells of options to tick; `unsaid` are amounts as printed whose unit the file
    does not say; all by path. `money_unit` is that of the data, `said_unit` what the clerk said.
    """

    data: Mapping[str, Any]
    places: Mapping[str, Place]
    marks: Mapping[str, Mark]
    left: tuple[Left, ...] = ()
    layout: str = ""
    candidates: tuple[tuple[str, int], ...] = ()
    kept: tuple[str, ...] = ()
    is_blank: bool = False
    sheet: str = ""
    hidden: bool = False
    cells: Mapping[str, SeenCell] = {}
    inline: Mapping[str, str] = {}
    units: Mapping[str, str] = {}
    options: Mapping[str, SeenCell] = {}
    unsaid: Mapping[str, str] = {}
    money_unit: str = ""
    said_unit: str = ""

    @property
    def is_asked_about(self) -> bool:
        """Whether the clerk is to say what form it is: none fits, or another fits nearly as well."""
        points = [points for _, points in self.candidates[:2]]
        return not self.data["form"] or (len(points) == 2 and points[0] - points[1] < MARGIN)

    def sign(self, path: str) -> str:
        """Return the sign of a value: ✓ ~ ! or ✕."""
        mark = self.marks.get(path)
        return mark.sign if mark else KNOWN


GRAVITY = "~!✕"


def gravest(marks: frozenset[Mark]) -> Mark | None:
    """Return the mark that a clerk should see first; None where there is none."""
    return max(sorted(marks), key=lambda mark: GRAVITY.index(mark.sign), default=None)


class Settled(NamedTuple):
    """A tree of read texts taken apart: plain data, and by path the cell and the mark of each."""

    data: Any
    cells: Mapping[str, SeenCell]
    marks: Mapping[str, Mark]


def settle(tree: Mapping[str, Any]) -> Settled:
    """Return a tree whose leaves are Taken, texts or None as plain data, with places and marks by path."""
    cells: dict[str, SeenCell] = {}
    marks: dict[str, Mark] = {}

    def plain(node: Any, path: str) -> Any:
        if isinstance(node, Taken):
            cells[path] = node.cell.seen
            if mark := gravest(node.marks | {Mark.HINT} if is_prompt(node.text) else node.marks):
                marks[path] = mark
            return node.text
        if isinstance(node, Year):
            plain(node.taken, path)
            return node.year
        if isinstance(node, Mapping):
            return {key: plain(item, f"{path}.{key}" if path else key) for key, item in node.items()}
        if isinstance(node, list):
            return [plain(item, f"{path}[{number}]") for number, item in enumerate(node)]
        return node

    return Settled(plain(tree, ""), cells, marks)


class Year(NamedTuple):
    """A number that was read out of a text: the year, or which goal a row belongs to."""

    year: int
    taken: Taken


def scalars(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path and value of every scalar of plain data that is not null."""
    if isinstance(node, Mapping):
        for key, item in node.items():
            yield from scalars(item, f"{path}.{key}" if path else key)
    elif isinstance(node, list | tuple):
        for number, item in enumerate(node):
            yield from scalars(item, f"{path}[{number}]")
    elif node is not None:
        yield path, node
