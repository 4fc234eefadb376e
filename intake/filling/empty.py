"""A filled file as a blank again: what a clerk wrote in its cells is taken out before a form keeps it."""

from collections.abc import Sequence

from intake.filling.docx import fill_docx
from intake.filling.xlsx import fill_xlsx
from intake.reading import read_bytes
from model.basics.errors import UserError
from model.forms.definition import FormDefinition
from model.recognition.emptying import emptied
from model.recognition.fill_plan import Edit
from model.recognition.recognise import Recogniser


def empty_blank(name: str, data: bytes, form: FormDefinition) -> bytes:
    """Return a file without what was filled into its forms; nothing (b"") of a kind that is not written, or
    where texts are left of which nobody knows: what a clerk filled in never goes along with a form."""
    incoming = read_bytes(name, data)
    forms = Recogniser({form.id: form}).as_form(incoming.sheets, form)
    edits = [edit for found in forms for edit in emptied(found)]
    places = {edit.place: edit for edit in edits}
    match incoming.kind:
        case "xlsx":
            return _if_empty(name, fill_xlsx(data, list(places.values())).data, form)
        case "docx":
            return _if_empty(name, fill_docx(data, list(places.values())).data, form)
        case "xls" | "et":
            return _if_empty(name, _emptied_old(data, list(places.values())), form)
    return b""


def _emptied_old(data: bytes, edits: Sequence[Edit]) -> bytes:
    """An old workbook without the texts of these cells; nothing where it can't be written."""
    from intake.filling.xls import fill_xls
    from intake.filling.xls_unused import without_unused

    try:
        return without_unused(fill_xls(data, edits).data)
    except UserError:
        return b""


def _if_empty(name: str, data: bytes, form: FormDefinition) -> bytes:
    """The file where every text that is left in it is one of its form: else a clerk may have written it."""
    forms = Recogniser({form.id: form}).as_form(read_bytes(name, data).sheets, form) if data else ()
    return b"" if any(found.left for found in forms) else data
