"""A file that came back from a colleague: which form it is, by its mark, else by its captions."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from model.basics.errors import UserError
from model.document import store
from model.document.answers import Answers, FormAnswers
from model.forms.definition import bare
from model.forms.loader import Library, metrics
from model.handout.form_sheet import form_sheet
from model.handout.merge import aligned
from model.handout.parcel import Parcel, parcel_of
from model.handout.record import handed_of
from model.handout.sheet_back import Unclear, sheet_back
from model.handout.sheet_mark import SCHEMA, SheetMark, named_by, named_in
from model.reading.reading import read
from model.recognition.examine import examine, named_forms
from model.recognition.incoming import Incoming

_PROPERTIES = "docProps/custom.xml"
_MOST_BYTES = 1_000_000
_MARK = re.compile(re.escape(SCHEMA) + r" [0-9a-z]+ [0-9a-z]+")


class Returned(NamedTuple):
    """A form that came back: as it went out, as it is now; `was_taken`: this very file was taken before."""

    path: Path
    parcel: Parcel
    form: FormAnswers
    digest: str
    unclear: tuple[Unclear, ...] = ()
    was_taken: bool = False


def returned(
    path: Path, incoming: Incoming, document: str, answers: Answers, library: Library
) -> Iterator[Returned]:
    """Yield the forms that came back in a file; raises UserError where none is of this document."""
    if incoming.refused:
        raise UserError(incoming.refused)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
    except OSError as error:
        raise UserError(f"读不出来（{error.strerror}）。", "请核对文件。") from None
    if incoming.kind == "zpb":
        found = [_of_document(path, digest)]
    else:
        found = _of_sheets(path, incoming, digest, _kept_mark(path, incoming, document, answers, library))
    if not found:
        found = list(_by_captions(path, incoming, document, answers, library, digest))
    if not found:
        raise UserError("这个文件不是发给同事填写的表。", "要读入它，请用“导入”。")
    for one in found:
        _must_be_ours(one, document, answers)
        handed = handed_of(answers.forms[one.parcel.key])
        yield one._replace(was_taken=handed is not None and digest in handed.taken)


def _of_document(path: Path, digest: str) -> Returned:
    theirs = store.open_document(path).answers
    parcel = parcel_of(lambda name: store.note(path, name))
    if parcel is None:
        raise UserError("这个文件不是发给同事填写的表。", "要读入它，请用“导入”。")
    form = theirs.forms.get(parcel.key)
    if form is None or form.definition != parcel.base.definition:
        raise UserError("文件里没有发出的那张表。", "请向同事核对。")
    return Returned(path, parcel, form, digest)


def _kept_mark(
    path: Path, incoming: Incoming, document: str, answers: Answers, library: Library
) -> SheetMark | None:
    """The mark as the document keeps it, of the form that a hidden column or the property still names."""
    found = named_in(incoming.sheets) or named_by(_property(path))
    handed = handed_of(answers.forms[found[1]]) if found and found[1] in answers.forms else None
    if found is None or found[0] != document or handed is None:
        return None
    forms = read(library, Answers({found[1]: handed.base}, answers.unit, answers.year)).forms
    sheet = form_sheet(forms[0], library, metrics())
    return SheetMark(Parcel(document, found[1], handed.base), sheet.slots, len(sheet.grid.widths_mm))


def _property(path: Path) -> str:
    """What the property of a workbook says, "" where it has none."""
    try:
        with ZipFile(path) as archive:
            if archive.getinfo(_PROPERTIES).file_size > _MOST_BYTES:
                return ""
            text = archive.read(_PROPERTIES).decode("utf-8", "replace")
    except (OSError, KeyError, BadZipFile, NotImplementedError, RuntimeError, ValueError, zlib.error):
        return ""
    found = _MARK.search(text)
    return found[0] if found else ""


def _of_sheets(path: Path, incoming: Incoming, digest: str, kept: SheetMark | None) -> list[Returned]:
    back = sheet_back(incoming.sheets, kept)
    return [Returned(path, back.parcel, back.form, digest, back.unclear)] if back else []


def _by_captions(
    path: Path, incoming: Incoming, document: str, answers: Answers, library: Library, digest: str
) -> Iterator[Returned]:
    """Forms without a mark that are called like one that went out; what they do not say stays as it was."""
    named = named_by(_property(path))
    for _, form in named_forms(examine(path, incoming, library), library):
        if isinstance(form, UserError):
            continue
        for key, mine in answers:
            handed = handed_of(mine)
            same = bare(mine.text("project_name")) == bare(form.text("project_name")) or named == (
                document,
                key,
            )
            if handed is None or mine.definition != form.definition or not same:
                continue
            base = handed.base
            theirs = aligned(base, form, {}, mine.indicators)
            kept = {cell: text for cell, text in base.texts.items() if _stands(cell, base, theirs)}
            whole = FormAnswers(theirs.definition, {**kept, **theirs.texts}, {**base.rows, **theirs.rows})
            yield Returned(path, Parcel(document, key, base), whole, digest)
            break


def _stands(cell: str, base: FormAnswers, theirs: FormAnswers) -> bool:
    """Whether a text that is not in the file stays: all but those of rows that are gone."""
    row = cell.partition(".")[0]
    return row not in base.indicators or row in theirs.indicators


def _must_be_ours(one: Returned, document: str, answers: Answers) -> None:
    parcel = one.parcel
    if parcel.document != document:
        raise UserError("这张表是从另一个自评簿发出的。", "请选发出它的自评簿。")
    if parcel.key not in answers.forms or answers.forms[parcel.key].definition != parcel.base.definition:
        raise UserError("发出的这张表已不在自评簿里。", "要读入它，请用“导入”。")
