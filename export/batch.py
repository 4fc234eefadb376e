"""Exports many forms without a window: names the files, writes them, says what failed and goes on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from export import EXCEL, PDF
from export.files import safe_name, write_beside
from export.opening import Opened
from model.answers import FormKey
from model.checks import drafts, run_checks
from model.checks.finding import Finding
from model.errors import UserError
from model.exchange import encode, write_form
from model.grid import Printout
from model.layout import DRAFT, lay_out_form
from model.loader import metrics
from model.reading import Form, Reading
from model.replies import as_exchange, replies_grid

FORMATS = ("xlsx", "pdf", "json")
_DRAFT = f"（{DRAFT}）"
_LONGEST_PART = 22  # characters of unit and project in a file name
_FORM_NAMES = {"department": "整体绩效自评表", "project": "项目自评表", "declaration": "目标申报表"}
_WRITERS = {writer.suffix.removeprefix("."): writer for writer in (EXCEL, PDF)}


class Result(NamedTuple):
    """A file, why it was not written ("" if it was), and whether it is a draft."""

    path: Path
    problem: str
    is_draft: bool = False


@dataclass(frozen=True)
class _Job:
    """A form to be written, with the findings of its document."""

    form: Form
    findings: Sequence[Finding]

    @property
    def is_draft(self) -> bool:
        return self.form.key in drafts(self.findings)

    def printout(self, with_replies: bool) -> Printout:
        """The sheet of the form and, where wanted and there are any, the answers to its findings."""
        grid = lay_out_form(self.form, metrics(), self.is_draft)
        annex = replies_grid(self.form, self.findings, metrics(), grid.mark) if with_replies else None
        return (grid, annex) if annex else (grid,)


def export_files(
    files: Iterable[Opened],
    formats: Sequence[str],
    folder: Path,
    one_book: bool = False,
    with_replies: bool = False,
) -> list[Result]:
    """Write all forms of some files; with `one_book`, spreadsheet and PDF hold all forms together.

    A form with open errors is a draft: its pages and its file name say so. `with_replies` adds the answers to
    findings (出错说明). A file that could not be opened is among the results with its reason.
    """
    opened = list(files)
    results = [Result(file.path, file.error) for file in opened if file.reading is None]
    jobs = [job for file in opened if file.reading is not None for job in _jobs(file.reading)]
    names = _Names()
    named = [(job, names.of(job.form, job.is_draft)) for job in jobs]
    together = [name for name in formats if one_book and name in _WRITERS]
    for job, name in named:
        apart = [f for f in formats if f not in together]
        results += [_write([job], folder / f"{name}.{f}", f, with_replies) for f in apart]
    if together and jobs:
        book = names.of_book(jobs[0].form, any(job.is_draft for job in jobs))
        results += [_write(jobs, folder / f"{book}.{f}", f, with_replies) for f in together]
    return results


def _jobs(reading: Reading) -> list[_Job]:
    findings = run_checks(reading)
    return [_Job(form, findings) for form in reading.forms]


def export_forms(
    form_keys: Sequence[FormKey],
    formats: Sequence[str],
    folder: Path,
    reading: Reading,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    with_replies: bool = False,
) -> list[Result]:
    """Write some forms of a document, projects numbered as in the whole document.

    Calls `progress(done, total)` after each file and ends early when `cancelled()` says so.
    """
    names = _Names()
    named = [(job, names.of(job.form, job.is_draft)) for job in _jobs(reading)]
    files = [(job, name, suffix) for job, name in named if job.form.key in form_keys for suffix in formats]
    results: list[Result] = []
    for done, (job, name, suffix) in enumerate(files, start=1):
        if cancelled():
            break
        results.append(_write([job], folder / f"{name}.{suffix}", suffix, with_replies))
        progress(done, len(files))
    return results


def _write(jobs: Sequence[_Job], path: Path, suffix: str, with_replies: bool) -> Result:
    is_draft = any(job.is_draft for job in jobs)
    try:
        if suffix in _WRITERS:
            sheets = (sheet for job in jobs for sheet in job.printout(with_replies))
            _WRITERS[suffix].write(tuple(sheets), path)
        else:
            write_beside(path, partial(_fill, _exchange(jobs[0])))
    except UserError as error:
        return Result(path, str(error), is_draft)
    return Result(path, "", is_draft)


def _exchange(job: _Job) -> bytes:
    form = job.form
    return encode(write_form(form.answers, form.definition, replies=as_exchange(form.key, job.findings)))


def _fill(data: bytes, path: Path) -> None:
    path.write_bytes(data)


class _Names:
    """Gives each form of a run a file name, and none twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._projects: Counter[tuple[str, str]] = Counter()

    def of(self, form: Form, is_draft: bool) -> str:
        """{year}-{unit}-整体绩效自评表, -目标申报表, or {year}-{unit}-{nn}-{项目名称}-项目自评表.

        The name of a draft ends in （草稿）.
        """
        parts = [form.answers.year, form.answers.unit or "未填单位"]
        if form.definition.kind == "project":
            document = form.answers.year, form.answers.unit
            self._projects[document] += 1
            parts += [f"{self._projects[document]:02}", form.project or "未填项目名称"]
        short = (part[:_LONGEST_PART] for part in parts)
        name = safe_name("-".join([*short, _FORM_NAMES[form.definition.kind]]))
        return self._free(name + _DRAFT * is_draft)

    def of_book(self, first: Form, is_draft: bool) -> str:
        """The name of a file that holds all forms."""
        name = safe_name(f"{first.answers.year}-{first.answers.unit}-绩效自评表")
        return self._free(name + _DRAFT * is_draft)

    def _free(self, name: str) -> str:
        found = next(n for n in _numbered(name) if n.lower() not in self._taken)
        self._taken.add(found.lower())
        return found


def _numbered(name: str) -> Iterator[str]:
    yield name
    n = 2
    while True:
        yield f"{name}（{n}）"
        n += 1
