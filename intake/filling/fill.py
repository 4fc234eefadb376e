"""Fills a bureau's own file with a form: recognises it, plans, writes, reads back and compares."""

from collections.abc import Sequence
from typing import NamedTuple

from intake import refusals
from intake.filling.docx import fill_docx
from intake.filling.proof import deviations
from intake.filling.workbook import Filled
from intake.filling.xlsx import fill_xlsx
from intake.reading import read_bytes
from model.basics.errors import UserError
from model.reading.reading import Form
from model.recognition.fill_plan import Edit, FillPlan
from model.recognition.found import Found
from model.recognition.incoming import Incoming
from model.recognition.planning import plan
from model.recognition.recognise import Recogniser

SAME_BUT = "除 {count} 个单元格{rows}外，与原文件逐字节相同。"
ALL_SAME_BUT = "除 {count} 个单元格{rows}外，其他内容都与原文件相同；上报前请用 Excel 或 WPS 打开核对。"
AND_ROWS = "和 {rows} 行的行高"

OLD = ("xls", "et")  # kinds that are written only after a question


class FilledFile(NamedTuple):
    """A filled file: its bytes, what was done, and the sentence that says so, proved by reading it again."""

    data: bytes
    plan: FillPlan
    said: str
    found: Found


def fill_file(
    name: str,
    data: bytes,
    form: Form,
    recogniser: Recogniser,
    clears: bool = True,
    heightens: bool = True,
) -> FilledFile:
    """Return the file with the form in it; it `clears` hints that stay unused, and `heightens` rows of a
    workbook that are too low.

    Raises UserError where it is no form, or can't be written.
    """
    incoming = read_bytes(name, data)
    if incoming.refused:
        raise UserError(incoming.refused)
    found = _as_meant(incoming, form, recogniser) or best_of(_alike(incoming, recogniser), form)
    wanted = plan(found, form, incoming.sheets)
    edits = [edit for edit in wanted.edits if clears or edit.kind != "clear"]
    filled = _write(incoming.kind, data, edits, heightens)
    done = filled.plan._replace(missing=(*wanted.missing, *filled.plan.missing))
    is_old = incoming.kind in OLD
    if list(deviations(name, data, filled.data, done.edits)) or (
        is_old and not _is_same_but_cells(data, filled)
    ):
        raise refusals.NOT_AS_PLANNED()
    rows = len({(place.part, place.row) for place in filled.plan.raised})
    same = ALL_SAME_BUT if is_old else SAME_BUT
    said = same.format(count=len(done.edits), rows=AND_ROWS.format(rows=rows) if rows else "")
    return FilledFile(filled.data, done, said, found)


def _as_meant(incoming: Incoming, form: Form, recogniser: Recogniser) -> Found | None:
    """The blank as a form of our definition, where its captions are those; None where they are not."""
    if form.definition.id not in recogniser.definitions:
        return None
    definition = recogniser.definitions[form.definition.id]
    forms = recogniser.as_form(incoming.sheets, definition)
    fitting = [found for found in forms if not found.hidden and found.layout == definition.id]
    return fitting[0] if fitting else None


def _alike(incoming: Incoming, recogniser: Recogniser) -> tuple[Found, ...]:
    """The forms of a blank that is of another layout, with the rows that wait to be filled."""
    return tuple(Recogniser(recogniser.definitions, keeps_empty=True).forms(incoming.sheets))


def best_of(forms: Sequence[Found], form: Form) -> Found:
    """Return the form of a file that fits: of our definition, else the only one; raises UserError if none."""
    shown = [found for found in forms if not found.hidden]
    fitting = [found for found in shown if form.definition.id in (found.layout, *nearest(found))]
    for found in (*fitting, *shown):
        return found
    raise refusals.NO_FORM()


def nearest(found: Found) -> tuple[str, ...]:
    """Return the form that a found one is most like, () where it is like none."""
    return tuple(name for name, _ in found.candidates[:1])


def _write(kind: str, data: bytes, edits: Sequence[Edit], heightens: bool) -> Filled:
    match kind:
        case "xlsx":
            return fill_xlsx(data, edits, heightens)
        case "docx":
            return fill_docx(data, edits)
        case "xls" | "et":
            from intake.filling.xls import fill_xls

            return fill_xls(data, edits, heightens)
    raise refusals.NOT_WRITABLE()


def _is_same_but_cells(data: bytes, filled: Filled) -> bool:
    from intake.filling.xls_proof import is_same_but_cells

    return is_same_but_cells(data, filled.data, filled.plan)
