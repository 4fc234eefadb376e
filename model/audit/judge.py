"""A file that was read becomes the record of its audit: the checks on its forms as they were read."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from model.accounts.accounts import Accounts
from model.audit.audited import FileAudit, FormAudit, Remark
from model.basics import number
from model.basics.errors import UserError
from model.checks import check_accounts, check_between, check_form
from model.checks.finding import Finding
from model.document.answers import ACCOUNTS, Answers, FormAnswers, FormKey
from model.exchange.gather import Named
from model.exchange.older_documents import open_document
from model.filling.importing import import_forms
from model.forms.definition import bare
from model.forms.loader import Library
from model.reading.reading import Form, Reading, read
from model.recognition.adopt import adopted, adopted_accounts
from model.recognition.examine import NOT_ASKED, Examined, examine
from model.recognition.found import Found
from model.recognition.incoming import Incoming
from model.recognition.layouts import Layout
from model.recognition.loader import vocabulary
from model.recognition.reasons import to_check


class _Read(NamedTuple):
    """A form as it was read: the sheet it stands on and how many of its cells are in doubt."""

    form: FormAnswers
    sheet: str = ""
    unsure: int = 0


class _Document(NamedTuple):
    """Forms that belong together; `origins` say where each was read."""

    answers: Answers
    origins: Mapping[FormKey, _Read]


def audit_file(
    name: str,
    path: Path,
    incoming: Incoming,
    library: Library,
    layouts: Sequence[Layout] = (),
    digest: str = "",
) -> FileAudit:
    """Return what an audit keeps of a file called `name`; whatever it says, the others go on."""
    if incoming.kind == "zpb" and not incoming.refused:
        try:
            answers = open_document(path, library).answers
        except UserError as error:
            return FileAudit(name, refused=(str(error),), digest=digest)
        documents, refused, notes = [_Document(answers, {})], list[str](), list[str]()
    else:
        examined = examine(path, incoming, library, NOT_ASKED, layouts)
        if examined.error:
            return FileAudit(name, refused=(examined.error,), notes=incoming.notes, digest=digest)
        found, refused = _forms(examined, library)
        documents, notes = _documents(found, library, refused)
    forms = [form for document in documents for form in _audits(name, document, library)]
    return FileAudit(name, tuple(forms), tuple(refused), (*incoming.notes, *notes), digest)


def _forms(examined: Examined, library: Library) -> tuple[list[_Read], list[str]]:
    """The forms that stand in a file, and why others can't be taken."""
    forms = [_Read(form) for _, form in (*examined.own, *examined.own_accounts)]
    refused: list[str] = []
    for found in examined.forms:
        try:
            forms.append(_of(found, library, examined.path.name))
        except UserError as error:
            refused.append(f"{found.sheet}：{error}" if found.sheet else str(error))
    if examined.accounts:
        try:
            forms.append(_Read(adopted_accounts(examined.accounts, library, examined.path.name)))
        except UserError as error:
            refused.append(str(error))
    return forms, refused


def _of(found: Found, library: Library, file: str) -> _Read:
    return _Read(adopted(found, library, file, vocabulary()), found.sheet, len(to_check(found)))


def _documents(
    forms: Sequence[_Read], library: Library, refused: list[str]
) -> tuple[list[_Document], list[str]]:
    """Put forms that belong together into one document each: of one unit, where a file has several."""
    kinds = [library.forms[one.form.definition].kind for one in forms if one.form.definition in library.forms]
    many_units = kinds.count("department") > 1
    groups: dict[tuple[str, str], list[_Read]] = {}
    for one in forms:
        unit = bare(one.form.unit) if many_units else ""
        groups.setdefault((unit, one.form.year), []).append(one)
    documents: list[_Document] = []
    notes: list[str] = []
    for group in groups.values():
        rest = group
        while rest:
            document, said, left = _gathered(rest, library)
            documents.append(document)
            notes += said
            if len(left) == len(rest):
                refused += said
                break
            rest = left
    return documents, notes


def _gathered(forms: Sequence[_Read], library: Library) -> tuple[_Document, list[str], list[_Read]]:
    """Return a document of as many forms as it holds, what is to be said, and the forms that are left."""
    named: list[Named] = [(str(n), one.form) for n, one in enumerate(forms)]
    gathered = import_forms(named, library)
    left = {int(n) for n, _ in gathered.refused}
    taken = [one for n, one in enumerate(forms) if n not in left]
    projects = iter(gathered.answers.projects)
    single = {form.definition: key for key, form in gathered.answers if key not in gathered.answers.projects}
    origins = {single.get(one.form.definition) or next(projects, ""): one for one in taken}
    said = [sentence for _, sentence in (*gathered.notes, *(gathered.refused if not taken else ()))]
    return _Document(gathered.answers, origins), said, [forms[n] for n in sorted(left)]


# --- what was found


def _audits(file: str, document: _Document, library: Library) -> Iterator[FormAudit]:
    """The forms of a document with the findings within them, between them, and of the accounts."""
    reading = read(library, document.answers)
    within = [finding for form in reading.forms for finding in check_form(form)]
    findings = [*within, *check_between(reading), *check_accounts(reading)]
    for form in reading.forms:
        origin = document.origins.get(form.key, _Read(form.answers))
        mine = [finding for finding in findings if finding.address[0] == form.key]
        yield _form(file, form, origin, mine, reading)
    if reading.accounts is not None:
        mine = [finding for finding in findings if finding.address[0] == ACCOUNTS]
        yield _accounts(file, reading.accounts, document.answers, mine)


def _form(file: str, form: Form, origin: _Read, findings: Sequence[Finding], reading: Reading) -> FormAudit:
    total = form.sheet.total
    return FormAudit(
        file,
        origin.sheet,
        form.answers.unit.strip() or reading.unit,
        form.project,
        form.answers.year,
        form.definition.id,
        form.definition.name,
        form.answers.given.get("total", "").strip(),
        number.plain(total) if total is not None and form.definition.is_scored else "",
        origin.unsure,
        tuple(_remark(finding, form.answers) for finding in findings),
    )


def _accounts(file: str, accounts: Accounts, answers: Answers, findings: Sequence[Finding]) -> FormAudit:
    form = answers.forms[ACCOUNTS]
    remarks = tuple(_remark(finding, form) for finding in findings)
    unit = form.unit.strip() or answers.unit
    return FormAudit(file, "", unit, "", accounts.year, form.definition, "部门决算", "", "", 0, remarks)


def _remark(finding: Finding, form: FormAnswers) -> Remark:
    place = _place(finding.address[1], form)
    return Remark(finding.code, finding.state, place, finding.where, finding.message, finding.answer)


def _place(cell: str, form: FormAnswers) -> str:
    """Where a cell stands in its file: its own place, else that of the first text of its row."""
    row = f"{cell.partition('.')[0]}."
    source = form.sources.get(cell) or next(
        (text for one, text in form.sources.items() if one.startswith(row)), ""
    )
    return source.partition(" › ")[2]
