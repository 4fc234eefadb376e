"""Which form of a file is learned, and what it is taken for; a file that holds none is refused."""

from collections.abc import Iterator
from typing import NamedTuple

from model.basics.errors import UserError
from model.forms.definition import FormKind
from model.forms.loader import Library
from model.recognition.anatomy import Anatomy
from model.recognition.area import areas
from model.recognition.blank import is_filled, is_hint
from model.recognition.emptying import emptied
from model.recognition.incoming import Incoming
from model.recognition.places import called
from model.recognition.recognise import Recogniser
from model.recognition.tables import is_same_heading
from model.recognition.texts import on_one_line
from model.workshop.definition import definition_of
from model.workshop.grades import with_printed_grades
from model.workshop.homeless import with_homeless
from model.workshop.proposal import Proposal
from model.workshop.propose import kind_of, name_of, propose
from model.workshop.scoring import nearest
from model.workshop.tables import given_rows

KINDS = ("xlsx", "xls", "et", "docx", "doc", "wps")  # of files that a form can be made of


class Learned(NamedTuple):
    """What a blank was taken for, with what was read of it; `is_filled`: it holds what somebody filled in."""

    found: Proposal
    incoming: Incoming
    is_filled: bool = False


class Blank(NamedTuple):
    """One of the different forms of a file: its number from 1, its name, the sheet that it stands on."""

    number: int
    name: str
    form: Anatomy

    @property
    def sheet(self) -> str:
        """The sheet, or the first table of a text."""
        return self.form.area.name

    @property
    def called(self) -> str:
        """How it is listed."""
        return f"{self.name}（{self.sheet}）" if self.sheet else self.name


def blanks_in(incoming: Incoming, library: Library) -> list[Blank]:
    """Return the different forms of a file in order; of those that are the same the first.

    Raises UserError where no form can be made of the file.
    """
    return _blanks(incoming, _recogniser(incoming, library))


def learn(incoming: Incoming, library: Library, year: int, wanted: str = "") -> Learned:
    """Return what a file that was read is taken for; `year` is that of today, `wanted` says which of its
    forms is meant: the name of its sheet, its own, or its number.

    Raises UserError where the file holds no form, or several different ones and nobody says which.
    """
    recogniser = _recogniser(incoming, library)
    form = _chosen(incoming, recogniser, wanted)
    filled = is_filled(form)
    found = propose(form, recogniser.words, incoming.file, str(year), incoming.is_lying)
    found = _without_typed_rows(found) if filled else found._replace(given=given_rows(form, found))
    found = found._replace(regulation=nearest(found, library))
    if found.is_scored:
        found = with_printed_grades(found, library, _texts(form))
    found = with_homeless(found, incoming.sheets, library)
    return Learned(_with_cleared(found, incoming, library) if filled else found, incoming, filled)


def _recogniser(incoming: Incoming, library: Library) -> Recogniser:
    if incoming.refused:
        raise UserError(incoming.refused)
    if incoming.kind not in KINDS:
        raise UserError("表样要用 Excel、Word 或 WPS 的空白表来做。", "请向财政局要这样的文件，或另存一份。")
    return Recogniser(library.forms, keeps_empty=True)


TYPED = "表里的指标当作单位填的内容，没有放进表样；要是财政局印好的，请用没有填过的空白表。"


CLEARED = "保存的空白表里清掉了：{texts}；要是其中有财政局印的字，请用没有填过的空白表。"
_MOST = 8  # texts that are named


def _with_cleared(found: Proposal, incoming: Incoming, library: Library) -> Proposal:
    """What is taken out of a filled file beside its tables is named: it may be print that was misread."""
    definition = definition_of(found, library)
    forms = Recogniser({definition.id: definition}).as_form(incoming.sheets, definition)
    cleared = [
        (cell.place, on_one_line(cell.text))
        for form in forms
        if form.sheet == found.sheet
        for edit in emptied(form)
        if edit.kind == "clear" and edit.path.startswith("fields.")
        for cell in (form.cells[edit.path],)
        if not is_hint(cell.text)
    ]
    if not cleared:
        return found
    named = "、".join(f"{called(place)}“{text[:12]}”" for place, text in cleared[:_MOST])
    texts = f"{named}等 {len(cleared)} 处" if len(cleared) > _MOST else named
    n = next(n for n, part in enumerate(found.parts) if part.kind == "indicators")
    part = found.parts[n]
    return found.with_part(n, part._replace(why=f"{part.why}{CLEARED.format(texts=texts)}"))


def _texts(form: Anatomy) -> Iterator[str]:
    """The texts of a form, cell by cell, then row by row."""
    rows = [[cell.text for cell in form.area.filled(row)] for row in range(form.first, form.last + 1)]
    yield from (text for row in rows for text in row)
    yield from (" ".join(row) for row in rows)


def _without_typed_rows(found: Proposal) -> Proposal:
    """In a filled file nobody can tell who wrote the indicators: that is told."""
    n = next(n for n, part in enumerate(found.parts) if part.kind == "indicators")
    part = found.parts[n]
    return found.with_part(n, part._replace(why=f"{part.why}{TYPED}"))


def _chosen(incoming: Incoming, recogniser: Recogniser, wanted: str) -> Anatomy:
    """The only form of a file, or that which is meant."""
    blanks = _blanks(incoming, recogniser)
    found = [one for one in blanks if wanted in ("", one.sheet, one.name, str(one.number))]
    if not found:
        raise _nothing(incoming, recogniser, wanted)
    if len(found) > 1:
        names = "；".join(f"{one.number} {one.called}" for one in found)
        raise UserError(
            f"文件里有 {len(found)} 张不同的表：{names}。", "请指明是哪一张（写序号、名称或页签）。"
        )
    first = found[0].form
    for other in first.headings[1:]:
        if not is_same_heading(first.headings[0], other):
            rows = f"第 {first.headings[0].first + 1} 行和第 {other.first + 1} 行"
            raise UserError(f"指标表有两种表头（{rows}）。", "请把空白表分成两个文件，一个文件一种表头。")
    return first


def _blanks(incoming: Incoming, recogniser: Recogniser) -> list[Blank]:
    """Forms of one heading and kind are the same, whoever filled them in."""
    found: list[tuple[Anatomy, FormKind]] = []
    for form in _forms(incoming, recogniser):
        kind = kind_of(form, recogniser.words)
        same = (is_same_heading(one.headings[0], form.headings[0]) for one, other in found if other == kind)
        if not any(same):
            found.append((form, kind))
    return [Blank(n, name_of(form, incoming.file), form) for n, (form, _) in enumerate(found, start=1)]


def _forms(incoming: Incoming, recogniser: Recogniser) -> Iterator[Anatomy]:
    for area in areas(incoming.sheets):
        if not area.hidden:
            yield from recogniser.anatomies(area)


def _nothing(incoming: Incoming, recogniser: Recogniser, wanted: str) -> UserError:
    if wanted and wanted not in {one.name for one in incoming.sheets}:
        return UserError(f"文件里没有“{wanted}”这张表。", "请核对页签或名称。")
    if any(True for area in areas(incoming.sheets) for _ in recogniser.lists_on(area)):
        return UserError("这是项目名单，不是一张表。", "请选财政局发的空白自评表。")
    said = "".join(incoming.notes[:1])
    return UserError(f"没有找到指标表。{said}", "请选含有“三级指标、指标值”等表头的空白表。")
