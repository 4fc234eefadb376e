"""The pieces that a document is handed in as: forms, reports, their short versions, the 预算绩效情况说明."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from export import EXCEL, PDF, REPORT_PDF, WORD
from export.files import write_beside
from export.naming import Names
from export.stamping import stamped
from model.accounts.accounts import Accounts
from model.checks import drafts, run_checks
from model.checks.finding import Finding
from model.checks.open_items import Open, all_items
from model.checks.replies import as_exchange, replies_grid
from model.document.answers import FormKey
from model.document.signing import in_words
from model.exchange.accounts_writer import write_accounts
from model.exchange.checkcode import check_code
from model.exchange.exchange import encode, write_exchange
from model.explanation.contents import is_open
from model.explanation.loader import outline, outline_of
from model.explanation.outline import Outline
from model.explanation.publication import Pieces, is_unfinished, publication
from model.explanation.works import works
from model.forms.loader import metrics
from model.handin.finished import report_code
from model.paper.accounts_layout import lay_out_accounts
from model.paper.codes import PageCodes
from model.paper.grid import Printout
from model.paper.layout import DRAFT, lay_out_form
from model.reading.reading import Form, Reading
from model.report.prose import Annex, Report
from model.report.report import compose
from model.report.teller import statement_teller, teller

FORMS, REPORT, STATEMENT, ACCOUNTS, ALL = "forms", "report", "statement", "accounts", "all"
REPLIES, SCORES = "replies", "scores"  # annexes: 出错说明; 得分说明, which the workbook alone has
WHAT = (FORMS, REPORT, STATEMENT, ACCOUNTS, ALL)
FORMATS = ("xlsx", "pdf", "json", "docx")
LIST_NAME = "文件清单"
ACCOUNTS_NAME = "部门决算公开表"
WAITING = ("explanation-empty", "accounts-empty")  # what is open while the publication is unfinished


@dataclass(frozen=True)
class Piece:
    """Something to be handed in: the form it belongs to, its file name without suffix, what writes it.

    `write` has a function for each format it can be had in, by suffix without the dot.
    """

    key: FormKey
    name: str
    is_draft: bool
    write: Mapping[str, Callable[[Path], None]]
    code: Callable[[], str] = str  # what its pages have where they have one and the same
    job: "FormJob | None" = None  # of a form, which another process may write, with these annexes
    annexes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)  # as itself
class FormJob:
    """A form to be written, with its findings."""

    form: Form
    findings: Sequence[Finding]
    seed: str = ""  # of the codes of a locked version

    @property
    def subject(self) -> Form:
        """What it is about."""
        return self.form

    @property
    def is_draft(self) -> bool:
        """Whether an error of the form is open."""
        return self.form.key in drafts(self.findings)

    @property
    def mark(self) -> str:
        """What stands on every page of a draft."""
        return DRAFT if self.is_draft else ""

    def printout(self, annexes: Collection[str], name: str = "") -> Printout:
        """The sheet of the form with the annexes that are wanted: 得分说明, the answers to its findings."""
        grid = lay_out_form(self.form, metrics(), self.is_draft)
        grid = grid if SCORES in annexes else replace(grid, annex=None)
        annex = replies_grid(self.form, self.findings, metrics(), grid.mark) if REPLIES in annexes else None
        return stamped((grid, annex) if annex else (grid,), self.seed, name)


@dataclass(frozen=True)
class AccountsJob:
    """The final accounts to be written, with the findings of their document."""

    accounts: Accounts
    findings: Sequence[Finding]
    seed: str = ""  # of the codes of a locked version

    @property
    def subject(self) -> Accounts:
        """What it is about."""
        return self.accounts

    @property
    def is_draft(self) -> bool:
        """Whether an error of the accounts is open."""
        return self.accounts.key in drafts(self.findings)

    def printout(self, annexes: Collection[str], name: str = "") -> Printout:
        """The nine tables and, where wanted and there are any, the answers to their findings."""
        sheets = lay_out_accounts(self.accounts, metrics(), self.is_draft)
        mark = DRAFT if self.is_draft else ""
        annex = replies_grid(self.accounts, self.findings, metrics(), mark) if REPLIES in annexes else None
        return stamped((*sheets, annex) if annex else sheets, self.seed, name)


Job = FormJob | AccountsJob


def jobs_of(reading: Reading, seed: str = "") -> list[Job]:
    """Return the forms and the final accounts of a document with its findings."""
    findings = run_checks(reading)
    by_form: dict[FormKey, list[Finding]] = {}
    for finding in findings:
        by_form.setdefault(finding.address[0], []).append(finding)
    forms: list[Job] = [FormJob(form, by_form.get(form.key, ()), seed) for form in reading.forms]
    return [*forms, AccountsJob(reading.accounts, findings, seed)] if reading.accounts else forms


def pieces_of(
    reading: Reading,
    names: Names,
    what: Collection[str] = (FORMS,),
    annexes: Collection[str] = (SCORES,),
    seed: str = "",
) -> list[Piece]:
    """Return the pieces of a document, the forms first; ALL stands for every kind.

    With the `seed` of a locked version every page has a code of its own.
    """
    all_jobs = jobs_of(reading, seed)
    jobs = [job for job in all_jobs if isinstance(job, FormJob)]
    whole = (ACCOUNTS,) if reading.accounts else (STATEMENT,)  # which is a part of the publication
    wanted = (FORMS, REPORT, *whole) if ALL in what else what
    found = [_form(job, names, annexes) for job in jobs if FORMS in wanted]
    of_accounts = [job for job in all_jobs if isinstance(job, AccountsJob)]
    if FORMS in wanted or ACCOUNTS in wanted:
        found += [_accounts(job, names, annexes) for job in of_accounts]
    if REPORT in wanted:
        found += [piece for job in jobs for piece in _reports(job, reading, names)]
    if STATEMENT in wanted:
        found += _statement(jobs, reading, names)
    if ACCOUNTS in wanted:
        found += [piece for job in of_accounts for piece in _publication(job, jobs, reading, names)]
    return found


# --- forms


def _form(job: FormJob, names: Names, annexes: Collection[str]) -> Piece:
    return form_piece(job, names.of(job.form, job.is_draft), tuple(annexes))


def form_piece(job: FormJob, name: str, annexes: tuple[str, ...]) -> Piece:
    """Return a form as a piece under a name."""
    write = {
        "xlsx": lambda path: EXCEL.write(_printout(job, annexes, name), path),
        "pdf": lambda path: PDF.write(_printout(job, annexes, name), path),
        "json": lambda path: write_beside(path, partial(fill, _exchange(job))),
    }
    return Piece(job.form.key, name, job.is_draft, write, lambda: check_code(job.form), job, annexes)


@lru_cache(maxsize=1)  # workbook and PDF of a form are written one behind the other
def _printout(job: FormJob, annexes: tuple[str, ...], name: str) -> Printout:
    return job.printout(annexes, name)


def _exchange(job: FormJob) -> bytes:
    form = job.form
    return encode(write_exchange(form.answers, form.definition, replies=as_exchange(form.key, job.findings)))


def _accounts(job: AccountsJob, names: Names, annexes: Collection[str]) -> Piece:
    name = names.of_document(job.accounts, job.is_draft, ACCOUNTS_NAME)
    write = {
        "xlsx": lambda path: EXCEL.write(job.printout(annexes, name), path),
        "pdf": lambda path: PDF.write(job.printout(annexes, name), path),
        "json": lambda path: write_beside(path, partial(fill, _accounts_exchange(job))),
    }
    return Piece(job.accounts.key, name, job.is_draft, write, lambda: job.printout(())[0].check_code)


def _publication(
    job: AccountsJob, jobs: Sequence[FormJob], reading: Reading, names: Names
) -> Iterator[Piece]:
    """The whole publication in Word and PDF; it is a draft where anything in it is one."""
    is_draft = job.is_draft or any(form.is_draft for form in jobs)
    compose = partial(publication_of, reading, mark=DRAFT if is_draft else "")
    named = partial(names.of_document, job.accounts)
    return _composed(job.accounts.key, named, is_draft, compose, job.seed)


def _is_open(reading: Reading) -> bool:
    """Whether the explanation still waits for a text that was not set aside with a reason."""
    found, accounts = outline_of(reading.library, reading.accounts), reading.accounts
    waits = bool(found and accounts and is_open(accounts, found, reading.forms))
    return waits and not _all_set_aside(reading)


def _all_set_aside(reading: Reading) -> bool:
    """Whether something the accounts want was set aside, and nothing they want is open any more."""
    items = [item for item in all_items(reading) if item.kind in WAITING]
    return bool(items) and all(item.is_set_aside for item in items)


def publication_of(reading: Reading, mark: str = "") -> Report | None:
    """Return the publication of a document, a draft while it waits for texts; None without accounts."""
    if reading.accounts is None or reading.library is None:
        return None
    found = outline(reading.library, reading.accounts.definition.outline)
    made = _publication_of(reading, reading.accounts, found, mark or (DRAFT if _is_open(reading) else ""))
    if not made.mark and is_unfinished(made, found, reading.accounts) and not _all_set_aside(reading):
        made = _publication_of(reading, reading.accounts, found, DRAFT)
    return _coded(made)


def _publication_of(reading: Reading, accounts: Accounts, found: Outline, mark: str) -> Report:
    reports = [report_of(form, reading, is_abstract=True, mark=mark) for form in reading.forms]
    scored = tuple(form for form in reading.forms if form.definition.is_scored)
    pieces = Pieces(
        scored,
        tuple(lay_out_form(form, metrics(), bool(mark)) for form in scored),
        tuple(report for report in reports if report is not None),
        statement_of(reading, mark),
        works(reading, metrics()),
    )
    return publication(accounts, found, metrics(), pieces, mark)


def _accounts_exchange(job: AccountsJob) -> bytes:
    return encode(write_accounts(job.accounts, as_exchange(job.accounts.key, job.findings)))


def fill(data: bytes, path: Path) -> None:
    """Put bytes into a file."""
    path.write_bytes(data)


# --- reports


def _reports(job: FormJob, reading: Reading, names: Names) -> Iterator[Piece]:
    """The report of a form and its short version."""
    for is_abstract in (False, True):
        compose = partial(report_of, job.form, reading, is_abstract=is_abstract, mark=job.mark)
        yield from _composed(job.form.key, partial(names.of, job.form), job.is_draft, compose, job.seed)


def report_of(form: Form, reading: Reading, *, is_abstract: bool = False, mark: str = "") -> Report | None:
    """Return the report of a form, the form annexed; None for a form that has no report."""
    tells = teller(form, reading, reading.library) if reading.library else None
    if tells is None or not form.definition.is_scored:
        return None
    annexes = () if is_abstract else (Annex(lay_out_form(form, metrics(), bool(mark))),)
    return _coded(compose(tells, metrics(), is_abstract=is_abstract, annexes=annexes, mark=mark))


def statement_of(reading: Reading, mark: str = "") -> Report | None:
    """Return the 预算绩效情况说明 of a document; None where it has no project."""
    tells = statement_teller(reading, reading.library) if reading.library else None
    return _coded(compose(tells, metrics(), mark=mark)) if tells else None


def _coded(report: Report) -> Report:
    """Give a report the code that its pages have unless it is locked."""
    return report._replace(check_code=report_code(report))


def _statement(jobs: Sequence[FormJob], reading: Reading, names: Names) -> Iterator[Piece]:
    is_draft = any(job.is_draft for job in jobs)
    compose = partial(statement_of, reading, DRAFT if is_draft else "")
    yield from _composed("", partial(names.of_document, jobs[0].form), is_draft, compose, jobs[0].seed)


def _composed(
    key: FormKey,
    named: Callable[[bool, str], str],
    is_draft: bool,
    compose: Callable[[], Report | None],
    seed: str,
) -> Iterator[Piece]:
    """A report, if there is one, a draft where it says so; what can't be composed fails when it is written,
    beside all others."""
    try:
        composed = compose()
    except Exception as error:
        fail = partial(_raise, error)
        yield Piece(key, named(is_draft, "报告"), is_draft, {"docx": fail, "pdf": fail})
        return
    if composed is not None:
        found = bool(composed.mark)
        name = named(found, composed.name)
        codes = PageCodes(seed, name) if seed else None
        yield _written(key, name, found, composed._replace(codes=codes))


def _raise(error: Exception, path: Path) -> None:
    raise error


def _written(key: FormKey, name: str, is_draft: bool, report: Report) -> Piece:
    write = {
        writer.suffix.removeprefix("."): partial(writer.write, (report,)) for writer in (WORD, REPORT_PDF)
    }
    return Piece(key, name, is_draft, write, lambda: report.check_code)


# --- the list


def write_list(paths: Iterable[Path], folder: Path, readings: Iterable[Reading] = ()) -> Path:
    """Write the list of some files with their sizes and SHA-256 sums into a folder; return its path.

    Behind them stands what was set aside in their documents, with the reasons, and how much is still open.
    """
    lines = [f"{_sum(path)}  {path.stat().st_size:>9}  {_relative(path, folder)}" for path in paths]
    text = "\r\n".join(["SHA-256 校验值　文件大小（字节）　文件名", *lines, *_state(readings), ""])
    target = folder / f"{LIST_NAME}.txt"
    write_beside(target, partial(fill, text.encode("utf-8-sig")))
    return target


def _relative(path: Path, folder: Path) -> str:
    """A file as the list names it, with the folder in which evidence lies."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _state(readings: Iterable[Reading]) -> Iterator[str]:
    """What was set aside, line by line, and a line for what is open."""
    items = [(reading, item) for reading in readings for item in all_items(reading)]
    aside = [_reason(reading, item) for reading, item in items if item.is_set_aside]
    if aside:
        yield from ("", f"搁置事项 {len(aside)} 项（问题、说明）")
        yield from (f"{n}. {line}" for n, line in enumerate(aside, start=1))
    if left := len(items) - len(aside):
        yield from ("", f"还有 {left} 项没有处理。")


def _reason(reading: Reading, item: Open) -> str:
    """Something set aside in one line: where, what, and why."""
    form = next((form for form in reading.forms if form.key == item.address[0]), None)
    parts = (form.definition.name, form.project) if form else (ACCOUNTS_NAME,)
    where = " · ".join(filter(None, (*parts, item.finding.where)))
    by = in_words(item.finding.signed)
    said = f"{where}：{item.sentence}说明：{' '.join(item.finding.answer.split())}"
    return f"{said}（{by}）" if by else said


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
