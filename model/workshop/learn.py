"""Which form of a file is learned, and what it is taken for; a file that holds none is refused."""

from collections.abc import Iterator
from typing import NamedTuple

from model.basics.errors import UserError
from model.forms.loader import Library
from model.recognition.anatomy import Anatomy
from model.recognition.area import areas
from model.recognition.blank import is_filled
from model.recognition.incoming import Incoming
from model.recognition.recognise import Recogniser
from model.recognition.tables import is_same_heading
from model.workshop.homeless import with_homeless
from model.workshop.proposal import Proposal
from model.workshop.propose import propose
from model.workshop.scoring import nearest
from model.workshop.tables import given_rows

KINDS = ("xlsx", "xls", "et", "docx", "doc", "wps")  # of files that a form can be made of


class Learned(NamedTuple):
    """What a blank was taken for, with what was read of it; `is_filled`: it holds what somebody filled in."""

    found: Proposal
    incoming: Incoming
    is_filled: bool = False


def learn(incoming: Incoming, library: Library, year: int, sheet: str = "") -> Learned:
    """Return what a file that was read is taken for; `year` is that of today, `sheet` which one is meant.

    Raises UserError where the file holds no form, or several different ones.
    """
    if incoming.refused:
        raise UserError(incoming.refused)
    if incoming.kind not in KINDS:
        raise UserError("表样要用 Excel、Word 或 WPS 的空白表来做。", "请向财政局要这样的文件，或另存一份。")
    recogniser = Recogniser(library.forms, keeps_empty=True)
    form = _chosen(incoming, recogniser, sheet)
    filled = is_filled(form)
    found = propose(form, recogniser.words, incoming.file, str(year), incoming.is_lying)
    found = _without_typed_rows(found) if filled else found._replace(given=given_rows(form, found))
    found = found._replace(regulation=nearest(found, library))
    return Learned(with_homeless(found, incoming.sheets, library), incoming, filled)


TYPED = "表里的指标当作单位填的内容，没有放进表样；要是财政局印好的，请用没有填过的空白表。"


def _without_typed_rows(found: Proposal) -> Proposal:
    """In a filled file nobody can tell who wrote the indicators: that is told."""
    n = next(n for n, part in enumerate(found.parts) if part.kind == "indicators")
    part = found.parts[n]
    return found.with_part(n, part._replace(why=f"{part.why}{TYPED}"))


def _chosen(incoming: Incoming, recogniser: Recogniser, sheet: str) -> Anatomy:
    """The only form of a file, or that of a sheet; of several that are the same form the first."""
    found = [form for form in _forms(incoming, recogniser) if sheet in ("", form.area.name)]
    if not found:
        raise _nothing(incoming, recogniser, sheet)
    first = found[0]
    if not all(is_same_heading(first.headings[0], other.headings[0]) for other in found[1:]):
        names = "、".join(dict.fromkeys(form.area.name for form in found))
        problem = f"文件里有 {len(found)} 张不同的表（{names}）。"
        raise UserError(problem, "请把要添加的那一张单独存成一个文件。")
    for other in first.headings[1:]:
        if not is_same_heading(first.headings[0], other):
            rows = f"第 {first.headings[0].first + 1} 行和第 {other.first + 1} 行"
            raise UserError(f"指标表有两种表头（{rows}）。", "请把空白表分成两个文件，一个文件一种表头。")
    return first


def _forms(incoming: Incoming, recogniser: Recogniser) -> Iterator[Anatomy]:
    for area in areas(incoming.sheets):
        if not area.hidden:
            yield from recogniser.anatomies(area)


def _nothing(incoming: Incoming, recogniser: Recogniser, sheet: str) -> UserError:
    if sheet and sheet not in {one.name for one in incoming.sheets}:
        return UserError(f"文件里没有工作表“{sheet}”。", "请核对名称。")
    if any(True for area in areas(incoming.sheets) for _ in recogniser.lists_on(area)):
        return UserError("这是项目名单，不是一张表。", "请选财政局发的空白自评表。")
    said = "".join(incoming.notes[:1])
    return UserError(f"没有找到指标表。{said}", "请选含有“三级指标、指标值”等表头的空白表。")
