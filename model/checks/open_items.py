"""What is open in a document before it can be handed in: one list, counted alike wherever it is shown.

Errors, warnings without an answer, what is not filled in, sections of reports that would print empty, pages
that break badly. What was set aside with a reason stays in the list, as answered. Later kinds join here;
nothing else says what is open.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from model.basics.memory import once
from model.checks import check_form, run_checks
from model.checks.finding import Finding, answered, cut, finding
from model.checks.unfilled import would_print_empty
from model.document.answers import Address, CellId, FormKey
from model.forms.loader import metrics
from model.reading.completeness import lacking as empty_wants
from model.reading.completeness import wanted
from model.reading.evidence import BLOCK, lacking
from model.reading.reading import Form, Reading
from model.report.teller import Teller, statement_teller, teller

if TYPE_CHECKING:
    from model.accounts.accounts import Accounts
    from model.paper.breaks import BadBreak
    from model.paper.grid import Grid

Severity = Literal["error", "warning", "gap", "paper", "answered"]  # the most severe first
Part = Literal["form", "report", "between"]  # where it belongs: a form, what is written about it, several


EVIDENCE = "佐证材料"
MOST_LAID_OUT = 200_000  # characters of a form whose pages are looked through for bad breaks
_NAMED = 3  # indicators that a sentence names


class Open(NamedTuple):
    """Something open: how severe it is, where it belongs, and the finding that says it."""

    severity: Severity
    part: Part
    finding: Finding

    @property
    def kind(self) -> str:
        """The stable code of what it is."""
        return self.finding.code

    @property
    def address(self) -> Address:
        """The form and the cell to go to."""
        return self.finding.address

    @property
    def place(self) -> str:
        """Where that is, in words."""
        return self.finding.place

    @property
    def sentence(self) -> str:
        """What is open and what to do."""
        return self.finding.message

    @property
    def is_set_aside(self) -> bool:
        """Whether it is open no longer, for the reason that its finding carries."""
        return self.severity == "answered"


class Completeness(NamedTuple):
    """How many things a form wants, and the cells where something is lacking, in the order of the form."""

    required: int
    missing: tuple[CellId, ...]

    @property
    def filled(self) -> int:
        """How many of them are there."""
        return self.required - len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing; this says nothing of right or wrong."""
        return not self.missing

    @property
    def why_no_grade(self) -> str:
        """What stands beside a total without a grade: something is empty, or can't be read."""
        return "待改正" if self.is_complete else "未填完"


def open_items(reading: Reading, findings: Iterable[Finding] | None = None) -> tuple[Open, ...]:
    """Return all that is open: form by form, its report behind it, the final accounts, last what lies between
    the forms.

    `findings` are those of the document where they are known already.
    """
    return tuple(item for item in all_items(reading, findings) if not item.is_set_aside)


def all_items(reading: Reading, findings: Iterable[Finding] | None = None) -> tuple[Open, ...]:
    """Return all that is open and, in its place among it, what was set aside with a reason."""
    known = run_checks(reading) if findings is None else tuple(findings)
    found = open_findings(known)
    within: dict[FormKey, list[Open]] = {}
    for item in found:
        if item.part == "form":
            within.setdefault(item.address[0], []).append(item)
    items: list[Open] = []
    for form in reading.forms:
        items += within.get(form.key, ())
        items += (*empty_of(form), *pages_of(form))
        items += _sections(teller(form, reading, reading.library) if reading.library else None)
        items += evidence_of(form)
    items += _sections(statement_teller(reading, reading.library) if reading.library else None)
    if (accounts := reading.accounts) is not None:
        items += within.get(accounts.key, ())
        items += (*_empty_of_accounts(accounts), *pages_of_accounts(accounts))
        items += _unwritten(reading, accounts, {item.address[1] for item in items if item.part == "form"})
    return (*items, *(item for item in found if item.part == "between"))


def open_findings(findings: Iterable[Finding]) -> tuple[Open, ...]:
    """Return what is open or answered among some findings."""
    return tuple(item for item in map(_open, findings) if item)


@once
def empty_of(form: Form) -> tuple[Open, ...]:
    """Return what of a form would print empty without being an error."""
    return open_findings(answered(would_print_empty(form), (form,)))


@once
def pages_of(form: Form) -> tuple[Open, ...]:
    """Return what breaks badly on the printed pages of a form; one without end is not looked through."""
    if sum(map(len, form.answers.texts.values())) > MOST_LAID_OUT:
        return ()
    from model.paper.breaks import bad_breaks
    from model.paper.layout import lay_out_form

    grid = lay_out_form(form, metrics())
    return open_findings(answered((_of_page(form, found) for found in bad_breaks(grid)), (form,)))


@once
def pages_of_accounts(accounts: "Accounts") -> tuple[Open, ...]:
    """Return what breaks badly in the printed tables of final accounts."""
    from model.paper.accounts_layout import lay_out_accounts
    from model.paper.breaks import bad_breaks

    grids = lay_out_accounts(accounts, metrics())
    tables = zip(accounts.definition.tables, grids, strict=True)
    found = [_of_table(accounts, table.id, grid, one) for table, grid in tables for one in bad_breaks(grid)]
    return open_findings(answered(found, (accounts,)))


@once
def evidence_of(form: Form) -> tuple[Open, ...]:
    """Return that indicators of a form lack evidence, where it has any: one item for all of them."""
    rows = lacking(form)
    if not rows:
        return ()
    names = "、".join(f"“{cut(row.name, 12)}”" for row in rows[:_NAMED])
    more = " 等" if len(rows) > _NAMED else ""
    said = f"{len(rows)} 项指标没有佐证材料：{names}{more}。请添加，或写说明搁置。"
    basis = tuple(row.name for row in rows)
    found = finding(form, "evidence-missing", "note", f"{BLOCK}.missing", said, place=EVIDENCE, basis=basis)
    return open_findings(answered((found,), (form,)))


@once
def completeness(form: Form) -> Completeness:
    """Return how far a form is filled in: the gaps of the list, and how many things it wants in all."""
    open_cells = {finding.address[1] for finding in check_form(form) if finding.state == "gap"}
    open_cells |= {item.address[1] for item in empty_of(form) if item.severity == "gap"}
    missing = (want.cell for want in empty_wants(form) if want.cell in open_cells)
    return Completeness(len(wanted(form)), tuple(missing))


def completeness_of_accounts(accounts: "Accounts") -> Completeness:
    """Return how far final accounts are filled in."""
    from model.checks.accounts_wanted import wanted_of_accounts  # late: most documents have no accounts

    wants = wanted_of_accounts(accounts)
    aside = {item.address[1] for item in _empty_of_accounts(accounts) if item.is_set_aside}
    lacking = (want.cell for want in wants if not want.is_filled and want.cell not in aside)
    return Completeness(len(wants), tuple(lacking))


def gaps(items: Iterable[Open], keys: Sequence[FormKey]) -> tuple[Open, ...]:
    """Return what is not filled in of some forms and their reports."""
    return tuple(item for item in items if item.severity == "gap" and item.address[0] in keys)


def _empty_of_accounts(accounts: "Accounts") -> tuple[Open, ...]:
    from model.checks.accounts_wanted import gaps_of_accounts  # late: most documents have no accounts

    return open_findings(answered(gaps_of_accounts(accounts), (accounts,)))


def _unwritten(reading: Reading, accounts: "Accounts", known: Container[CellId]) -> tuple[Open, ...]:
    """What the explanation lacks, but for cells that are told of already."""
    from model.checks.accounts_unwritten import unwritten  # late: most documents have no accounts

    found = [one for one in unwritten(reading, accounts) if one.address[1] not in known]
    return open_findings(answered(found, (accounts,)))


def _open(found: Finding) -> Open | None:
    state = found.state
    if state == "note":
        return None
    part: Part = "report" if found.code == "evidence-missing" else "between" if found.between else "form"
    return Open(state, part, found)


def _sections(tells: Teller | None) -> tuple[Open, ...]:
    if tells is None or not tells.form.definition.is_scored:
        return ()
    found = answered((*_empty_sections(tells), *_torn_rows(tells)), (tells.form,))
    return tuple(item._replace(part="report") for item in open_findings(found))


def _empty_sections(tells: Teller) -> Iterator[Finding]:
    from model.report.empty_sections import empty_sections

    for section in empty_sections(tells):
        said = f"“{section.heading}”下面没有内容，会印出空标题：请填写。"
        yield finding(tells.form, "section-empty", "note", section.cell, said, place=tells.outline.name)


def _torn_rows(tells: Teller) -> Iterator[Finding]:
    from model.report.torn_rows import torn_rows

    for row in torn_rows(tells, metrics()):
        said = f"“{row.table}”的“{row.caption}”文字太长，一页印不下，从中间断开：可以改短。"
        yield finding(tells.form, "page-torn", "note", row.cell, said, place=tells.outline.name)


def _of_table(accounts: "Accounts", table: str, grid: "Grid", found: "BadBreak") -> Finding:
    """What is said of a table of the final accounts that breaks badly; its rows are what they are."""
    from model.checks.accounts_finding import at_cell

    where = f"{grid.name} 第 {found.page} 页"
    code = "page-torn" if found.kind == "torn" else "page-short"
    said = "这一页从一行的中间开始" if found.kind == "torn" else f"共 {found.pages} 页，最后一页只有一点内容"
    said = f"{grid.running_title}：{said}。请看预览，可以接受的写说明搁置。"
    return at_cell(accounts, code, "note", f"{table}.pages", said, where=where)


def _of_page(form: Form, found: "BadBreak") -> Finding:
    """What is said of a page that breaks badly."""
    cell = found.cell or "unit"
    where = f"第 {found.page} 页"
    if found.kind == "torn":
        name = form.place(cell).rpartition(" · ")[2]
        said = f"“{name}”的文字太长，印成 {found.pages} 页时从中间断开：可以改短。"
        return finding(form, "page-torn", "note", cell, said, place=where)
    said = f"共 {found.pages} 页，最后一页只有一点内容：可以改短文字，并成 {found.pages - 1} 页。"
    return finding(form, "page-short", "note", cell, said, place=where)
