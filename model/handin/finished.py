"""成稿核对: a Word or Excel file, as somebody edited it afterwards, held against what the document says."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from model.basics.codes import code_of
from model.basics.metrics import Metrics
from model.document.answers import Address
from model.paper.grid import Grid
from model.paper.pages import CONTINUED
from model.recognition.incoming import Incoming, SeenSheet
from model.report.narrative import report_cell
from model.report.prose import Bars, Chapter, Heading, Paragraph, Part, Report, Signature, Table
from model.report.prose_pages import bar_text
from model.report.report import compose
from model.report.teller import Teller

# figure: a number is another one · text: the wording · added, gone: a line that only one side has
Kind = Literal["figure", "text", "added", "gone"]
TITLE, SIGNED = "标题", "落款"
LEAST_ALIKE = 0.3  # of the lines of a file: else it is none of ours
_PAIRED = 0.4  # how alike two lines must be to be one that was edited
_LABELLED = 3  # cells of a row that may lose its first label
_BLANK = re.compile(r"\s+")
_FIGURE = re.compile(r"\d+(?:[,.，]\d+)*%?")


class Line(NamedTuple):
    """A line of text, or a row of a table with its cells; where it stands.

    `address` is the cell that one side's line was typed in, and which line of it; `whole` and `generated` are
    all of what the cell says, and what it would say by itself.
    """

    text: str
    place: str
    cells: tuple[str, ...] = ()
    address: Address | None = None
    at: int = 0
    whole: str = ""
    generated: str = ""

    @property
    def bare(self) -> str:
        """The text as it is compared."""
        return _bare(self.text)


class Found(NamedTuple):
    """A place where file and document differ: what each of them says there, "" where it has nothing."""

    kind: Kind
    place: str
    ours: str
    theirs: str
    line: Line | None = None

    @property
    def may_be_taken(self) -> bool:
        """Whether the wording of the file can go into the document."""
        return self.kind in ("figure", "text") and self.line is not None and self.line.address is not None


def lines_of_report(tells: Teller, metrics: Metrics, is_abstract: bool = False) -> tuple[Line, ...]:
    """Return what a report says, line by line, each with the cell in which it can be written.

    What several parts say together in one paragraph has no cell of its own.
    """
    report = compose(tells, metrics, is_abstract=is_abstract)
    written = {line.bare: line for line in _written(tells, is_abstract)}
    found, place = [Line(text, TITLE) for text in report.title], TITLE
    for part in report.parts:
        if isinstance(part, Heading):
            place = part.text
        for line in lines_of_part(part, place):
            known = written.get(line.bare) if not line.cells else None
            found.append(known._replace(place=place) if known else line)
    return tuple(found)


def _written(tells: Teller, is_abstract: bool) -> Iterator[Line]:
    """What is said in cells that a clerk may write in, each line with its cell."""
    key = tells.form.key
    for section in tells.sections(is_abstract):
        for part in section.parts:
            if part.kind == "sentence":
                said = tells.generated(part)
                yield from _paragraphs(said.text, (key, said.cell), said.generated)
            elif part.kind == "indicators":
                for said in tells.indicators(part):
                    yield from _paragraphs(said.text, (key, said.cell), said.generated)
            elif part.kind == "field":
                yield from _paragraphs(tells.form.answers.text(part.field), (key, part.field))
            elif part.kind == "text" and not (part.before or part.after):
                yield from _paragraphs(tells.text(part), (key, report_cell(part)))


def _paragraphs(text: str, address: Address, generated: str = "") -> Iterator[Line]:
    for n, line in enumerate(text.split("\n")):
        if line.strip():
            yield Line(line.strip(), "", address=address, at=n, whole=text, generated=generated)


def report_code(report: Report) -> str:
    """Return the check code of a report that is not locked: a digest of what is printed, draft or not."""
    lines = [*report.title, *(line.text for part in report.parts for line in lines_of_part(part, ""))]
    return code_of("\n".join((report.name, *lines)))


def lines_of_part(part: Part, place: str) -> Iterator[Line]:
    """Yield what a part of a report says, line by line; nothing of a form that is annexed."""
    match part:
        case Heading() | Paragraph() | Chapter():
            yield Line(part.text, place)
        case Table():
            yield from (Line(text, place) for text in (part.title, part.unit_line) if text)
            yield from lines_of_grid(part.grid, place)
        case Bars():
            yield from (Line(text, place) for text in (part.title,) if text)
            for bar in part.bars:
                cells = (bar.name, bar_text(bar))
                yield Line(" ".join(cells), place, cells)
        case Signature():
            yield from (Line(text, SIGNED) for text in (part.unit, part.date) if text)
        case _:
            return


def lines_of_grid(grid: Grid, place: str = "") -> Iterator[Line]:
    """Yield the rows of a printed sheet, each a line."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for cell in grid.cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append((cell.col, cell.text))
    for _, cells in sorted(rows.items()):
        texts = tuple(text for _, text in sorted(cells))
        yield Line(" ".join(texts), place or grid.name, texts)


def lines_of_file(incoming: Incoming) -> tuple[Line, ...]:
    """Return what a file says, line by line; a paragraph is found below its last heading."""
    found: list[Line] = []
    for sheet in incoming.sheets:
        found += (Line(text, "") for text in sheet.before)
        found += _rows(sheet)
        found += (Line(text, "") for text in sheet.after)
    return tuple(found)


def _rows(sheet: SeenSheet) -> Iterator[Line]:
    rows: dict[int, list[tuple[int, str]]] = {}
    for cell in sheet.cells:
        if cell.text.strip():
            rows.setdefault(cell.place.row, []).append((cell.place.column, cell.text))
    for row, cells in sorted(rows.items()):
        texts = tuple(text for _, text in sorted(cells))
        yield Line(" ".join(texts), f"{sheet.name} 第 {row} 行", texts)


# --- held against each other


def likeness(ours: Sequence[Line], theirs: Sequence[Line]) -> float:
    """Return which part of the lines of a file the document says word for word, and the other way round."""
    return (_share(theirs, ours) + _share(ours, theirs)) / 2


def _share(lines: Sequence[Line], others: Sequence[Line]) -> float:
    written = [line for line in lines if line.bare]
    return 1 - len(_only(written, others)) / len(written) if written else 0.0


def differences(ours: Sequence[Line], theirs: Sequence[Line]) -> tuple[Found, ...]:
    """Return what differs, in the order of the document; rows that a page repeats are no difference."""
    one = [line for line in ours if line.bare]
    other = _rejoined([line for line in theirs if line.bare], {line.bare for line in one})
    matcher = SequenceMatcher(None, [line.bare for line in one], [line.bare for line in other], False)
    found: list[Found] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            found += _block(_scarcer(one[a:b], one, other), _only(other[c:d], one), _place(one, a))
    return tuple(found)


def _rejoined(lines: Sequence[Line], known: set[str]) -> list[Line]:
    """The lines of a file as they were before they were printed on pages.

    Running titles go; what was broken in two, such as a title, is one again; a row loses the label that
    stands again on a later page.
    """
    found: list[Line] = []
    for line in lines:
        if found and not line.cells and found[-1].bare + line.bare in known:
            found[-1] = Line(found[-1].text + line.text, found[-1].place)
        elif not line.bare.endswith(CONTINUED):
            found.append(_without_label(line, known))
    return found


def _without_label(line: Line, known: set[str]) -> Line:
    tails = (line.cells[n:] for n in range(1, len(line.cells)))
    tail = next((cells for cells in tails if _bare("".join(cells)) in known), ())
    return line._replace(text=" ".join(tail), cells=tail) if tail and line.bare not in known else line


def _only(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """The lines that the other side has nowhere; a heading that a page repeats may lack its first label."""
    known = {line.bare for line in others}
    known |= {_bare("".join(line.cells[1:])) for line in others if len(line.cells) > _LABELLED}
    return [line for line in lines if line.bare not in known]


def _scarcer(lines: Sequence[Line], ours: Sequence[Line], theirs: Sequence[Line]) -> list[Line]:
    """The lines that a file has nowhere, or less often than we do: two tables may have the same row."""
    nowhere = {line.bare for line in _only(lines, theirs)}
    count, there = (Counter(line.bare for line in side) for side in (ours, theirs))
    return [line for line in lines if line.bare in nowhere or 0 < there[line.bare] < count[line.bare]]


def _place(lines: Sequence[Line], at: int) -> str:
    """Where in the document one is: the heading, or the row of a table, before a line."""
    return next((line.place for line in reversed(lines[: at + 1]) if line.place), "")


def _block(ours: list[Line], theirs: list[Line], place: str) -> Iterator[Found]:
    """Pair the lines that were edited; what is left was added or is gone."""
    left = list(theirs)
    for line in ours:
        best = max(left, key=lambda other: _alike(line, other), default=None)
        if best is None or _alike(line, best) < _PAIRED:
            yield Found("gone", line.place or place, line.text, "", line)
            continue
        left.remove(best)
        kind: Kind = "figure" if _figures(line.text) != _figures(best.text) else "text"
        where = "，".join(dict.fromkeys(filter(None, (line.place or place, best.place))))
        yield Found(kind, where, line.text, best.text, line)
    for line in left:
        yield Found("added", line.place or place, "", line.text, line)


def _alike(one: Line, other: Line) -> float:
    return SequenceMatcher(None, one.bare, other.bare, False).ratio()


def _figures(text: str) -> list[str]:
    """The figures of a line in their order: two that changed places say something else."""
    return _FIGURE.findall(text)


def taken(found: Iterable[Found]) -> dict[Address, tuple[str, str]]:
    """Return what the cells would say with the wording of the file, and what they would say by themselves.

    Several lines of one cell are taken together; the others stay as they are.
    """
    lines: dict[Address, list[str]] = {}
    generated: dict[Address, str] = {}
    for one in found:
        line = one.line
        if one.may_be_taken and line is not None and line.address is not None:
            texts = lines.setdefault(line.address, line.whole.split("\n"))
            texts[line.at] = one.theirs.strip()
            generated[line.address] = line.generated
    return {address: ("\n".join(texts), generated[address]) for address, texts in lines.items()}


def _bare(text: str) -> str:
    return _BLANK.sub("", text)
