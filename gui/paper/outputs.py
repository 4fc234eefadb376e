"""成稿: the pages that come out of a document, in their order, each with an id; and the PDF of each."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from gui.session.session import Session
from gui.session.snapshot import Snapshot
from model.basics.errors import UserError
from model.basics.memory import once
from model.document.answers import ACCOUNTS, Answers, FormKey
from model.forms.loader import Library, metrics
from model.handin import versions
from model.handin.versions import Version
from model.paper.grid import Printout
from model.reading.reading import Form, Reading
from model.report.teller import statement_home

if TYPE_CHECKING:
    from model.report.prose import Report

FORM, REPORT, ABSTRACT, STATEMENT, PUBLICATION = "form", "report", "abstract", "statement", "publication"
TABLES_NAME = "部门决算公开表"
HANDIN = ":handin"  # no pages: what is open before all of them can be handed in
_PLACES = {FORM: 0, REPORT: 1, ABSTRACT: 2, STATEMENT: 0, PUBLICATION: 1}  # among what comes out of a form
OutputId = str  # the key of the form; for what is written about it "d:report", for all projects ":statement"


class Output(NamedTuple):
    """What the list shows: its id, how it is called, and all of its name."""

    id: OutputId
    name: str


class ReportOf(Protocol):
    """Composes the report of a form; None where it has none."""

    def __call__(
        self, form: Form, reading: Reading, *, is_abstract: bool = False, mark: str = ""
    ) -> "Report | None": ...


class Reports(NamedTuple):
    """How reports are composed and drawn; the window gets it from main.py."""

    report_of: ReportOf
    statement_of: "Callable[[Reading, str], Report | None]"
    pdf_bytes: "Callable[[Sequence[Report]], bytes]"
    publication_of: "Callable[[Reading, str], Report | None] | None" = None


class OutputPdf(NamedTuple):
    """Pages of a PDF with their name and whole title, and the check code on them; `grids` have the cells in
    their places, for a form or the tables of the final accounts."""

    name: str
    title: str
    pdf: bytes
    grids: Printout = ()
    code: str = ""


class Moment(NamedTuple):
    """What pages are made of: a document as it is now, whatever becomes of it while they are made."""

    answers: Answers
    snapshot: Snapshot
    library: Library
    version: Version | None
    path: Path


def moment_of(session: Session) -> Moment:
    """Return what the pages of now are made of."""
    assert session.snapshot.drafts is not None  # found out here, not in the thread that makes them
    return Moment(session.answers, session.snapshot, session.library, session.version, session.path)


def output_id(key: FormKey, kind: str = FORM) -> OutputId:
    """Return the id of what comes out of a form."""
    return key if kind == FORM else f"{key}:{kind}"


def key_and_kind(output: OutputId) -> tuple[FormKey, str]:
    """Return the form of an output, "" for that of all projects, and what it is."""
    key, _, kind = output.partition(":")
    return key, kind or FORM


def home_of(output: OutputId, reading: Reading) -> FormKey:
    """Return the form in which what is on an output is filled in."""
    key, _ = key_and_kind(output)
    home = statement_home(reading)
    return key or (home.key if home else "")


def output_name(form: Form) -> str:
    """Return how the list calls the pages of a form."""
    return f"{form.definition.name} · {form.project}" if form.project else form.definition.name


def outputs_of(reading: Reading, library: Library) -> Iterator[Output]:
    """Yield what comes out of a document: the forms, then what is written about them."""
    yield from map(_pages_of, reading.forms)
    definitions = {form.definition for form in reading.forms}
    reported = {one for one in definitions if one.is_scored and library.outline(one.id) is not None}
    for form in reading.forms if reported else ():
        if form.definition in reported:
            yield from _reports_of(form)
    is_alone = reading.accounts is None  # of final accounts it is section 十三
    if is_alone and reading.projects and statement_home(reading) and library.statement() is not None:
        yield Output(output_id("", STATEMENT), "决算公开说明")
    if reading.accounts is not None:
        yield Output(output_id(ACCOUNTS), TABLES_NAME)
        yield Output(output_id(ACCOUNTS, PUBLICATION), "部门决算公开（全文）")


@once
def _pages_of(form: Form) -> Output:
    return Output(form.key, output_name(form))


@once
def _reports_of(form: Form) -> tuple[Output, ...]:
    is_project = form.definition.kind == "project"
    behind = f" · {form.project}" if form.project else ""
    whole, short = ("项目自评结果", "自评结果摘要版") if is_project else ("自评报告", "自评报告（摘要版）")
    return (
        Output(output_id(form.key, REPORT), whole + behind),
        Output(output_id(form.key, ABSTRACT), short + behind),
    )


def pdf_of(
    session: Session | Moment,
    output: OutputId,
    form_pdf: Callable[[Printout], bytes],
    reports: Reports | None,
) -> OutputPdf:
    """Return the pages of an output as they are now; raises UserError where there are none."""
    from model.paper.layout import lay_out_form  # not before the first preview

    if session.version is not None:
        return _locked_pdf(session, session.version, output)
    key, kind = key_and_kind(output)
    snapshot = session.snapshot
    if key and key not in session.answers.forms:
        raise UserError("这张表已经删除。", "请在左边另选一张。")
    if kind == FORM and key == ACCOUNTS:
        return _tables_pdf(session, form_pdf)
    if kind == FORM:
        form = snapshot.forms[key]
        grid = lay_out_form(form, metrics(), key in snapshot.drafts)
        return OutputPdf(output_name(form), "".join(form.title), form_pdf((grid,)), (grid,), grid.check_code)
    found = _report(session, key, kind, reports) if reports else None
    if reports is None or found is None:
        raise UserError("现在没有这份材料。", "还没有项目，或这种表样没有报告。")
    names = {one.id: one.name for one in outputs_of(snapshot.reading, session.library)}
    return OutputPdf(
        names.get(output, found.name), "".join(found.title), reports.pdf_bytes((found,)), (), found.check_code
    )


def _locked_pdf(session: Session | Moment, version: Version, output: OutputId) -> OutputPdf:
    """The pages of a locked version are those that were handed in, byte for byte."""
    key, kind = key_and_kind(output)
    names = version.names_of(key)
    if _PLACES[kind] >= len(names):
        raise UserError(f"{version.title}里没有这份材料。", "请在左边另选一份。")
    stem = names[_PLACES[kind]]
    pdf = versions.named(session.path, version, f"{stem}.pdf")
    if pdf is None:
        raise UserError(f"{version.title}里没有这份材料。", "请在左边另选一份。")
    found = {one.id: one.name for one in outputs_of(session.snapshot.reading, session.library)}
    return OutputPdf(found.get(output, stem), stem, pdf)


def _tables_pdf(session: Session | Moment, form_pdf: Callable[[Printout], bytes]) -> OutputPdf:
    """The tables of the final accounts, a sheet each."""
    from model.paper.accounts_layout import lay_out_accounts

    accounts = session.snapshot.reading.accounts
    assert accounts is not None
    grids = lay_out_accounts(accounts, metrics(), ACCOUNTS in session.snapshot.drafts)
    title = f"{accounts.name}{accounts.year}年度{TABLES_NAME}"
    return OutputPdf(TABLES_NAME, title, form_pdf(grids), grids, grids[0].check_code)


def _report(session: Session | Moment, key: FormKey, kind: str, reports: Reports) -> "Report | None":
    """A report is a draft with its form; what is said of all projects, with any."""
    from model.paper.layout import DRAFT

    snapshot = session.snapshot
    is_draft = bool(snapshot.drafts) if kind in (STATEMENT, PUBLICATION) else key in snapshot.drafts
    mark = DRAFT if is_draft else ""
    if kind == STATEMENT:
        return reports.statement_of(snapshot.reading, mark)
    if kind == PUBLICATION:
        return reports.publication_of(snapshot.reading, mark) if reports.publication_of else None
    return reports.report_of(snapshot.forms[key], snapshot.reading, is_abstract=kind == ABSTRACT, mark=mark)
