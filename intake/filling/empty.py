"""A filled file as a blank again: what a clerk wrote in its cells is taken out before a form keeps it."""

from intake.filling.docx import fill_docx
from intake.filling.xlsx import fill_xlsx
from intake.reading import read_bytes
from model.basics.errors import UserError
from model.forms.definition import FormDefinition
from model.recognition.emptying import emptied
from model.recognition.recognise import Recogniser

CANNOT = "这张表填过内容，这种文件清不掉。"
INSTEAD = "请用没有填过的空白表，或用 Excel/WPS 另存为 xlsx（Word 另存为 docx）以后再添加。"


def empty_blank(name: str, data: bytes, form: FormDefinition) -> bytes:
    """Return a file without what was filled into its forms; raises UserError where that can't be done."""
    incoming = read_bytes(name, data)
    told = Recogniser({form.id: form}).as_form(incoming.sheets, form)
    edits = [edit for found in told for edit in emptied(found)]
    places = {edit.place: edit for edit in edits}
    match incoming.kind:
        case "xlsx":
            return fill_xlsx(data, list(places.values())).data
        case "docx":
            return fill_docx(data, list(places.values())).data
    raise UserError(CANNOT, INSTEAD)
