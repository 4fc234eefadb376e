"""What the self-evaluation says about its money: the document's own forms, else an exchange file."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from model.accounts.accounts import Accounts
from model.accounts.extra import read_forms
from model.basics import number
from model.basics.amount import Amount, sound_amount
from model.basics.names import plain_name
from model.checks.between import project_cell
from model.document.answers import ACCOUNTS, Address
from model.reading.outturn import OUTTURN_NAMES, finals
from model.reading.reading import Form, Reading

_READ = (ACCOUNTS, "forms")  # where the figures of a file stand that have no form of ours
_WHOLE, _NARRATED, _TABLE = "整体自评表", "十三（三）", "附件 整体自评报告收支表"
_BASIC = ("basic", "split.basic")


class Stated(NamedTuple):
    """A figure in the unit of the accounts, and where it is said."""

    value: Decimal
    place: str
    address: Address = _READ


class Narrated(NamedTuple):
    """A project as a form or 情况说明 has it; `rate` in per cent."""

    name: str
    place: str
    budget: Stated | None
    executed: Stated | None
    rate: Decimal | None = None
    address: Address = _READ

    def stated(self, what: str) -> Stated:
        """The place of a figure of it."""
        found = self.budget if what == "budget" else self.executed
        return found or Stated(Decimal(0), self.place, self.address)


class NarratedProjects(NamedTuple):
    """What 情况说明 tells of all projects: how many, how much money, its share in per cent."""

    number: Stated | None
    amount: Stated | None
    share: Stated | None
    projects: tuple[Narrated, ...]


class Outturn(NamedTuple):
    """A 决算数 of the report's table, and what the accounts have for it; None where they can't tell."""

    stated: Stated
    wanted: Decimal | None


class Statement(NamedTuple):
    """All of it; None is not said. `is_read`: the figures of the department come from a file."""

    budget: Stated | None
    executed: Stated | None
    basic: Stated | None
    project: Stated | None
    is_read: bool
    projects: tuple[Narrated, ...]
    narrated: NarratedProjects | None
    project_spending: Decimal | None
    outturn: tuple[Outturn, ...]
    initial: Stated | None

    def project_called(self, name: str, position: int) -> Narrated | None:
        """The project form that a name means: the same, else one that contains it, else the only one."""
        wanted = plain_name(name)
        same = [one for one in self.projects if plain_name(one.name) == wanted]
        core = wanted.removesuffix("项目")
        alike = [one for one in self.projects if core and core in plain_name(one.name)]
        alone = list(self.projects) if len(self.projects) == 1 else []
        return next(iter((*same, *alike, *alone)), None)


def statement(reading: Reading, accounts: Accounts) -> Statement:
    """Return what is said: each figure by the document's own forms where it has them."""
    said = read_forms(accounts.answers)
    department = reading.department
    own = _of_form(department, accounts) if department else _of_file(said.get("department"), accounts)
    projects = tuple(_project_of_form(form, accounts) for form in reading.projects)
    table = _own_outturn(reading, accounts) if reading.forms else None
    read_table = _entries(said.get("outturn_final"))
    return Statement(
        *own,
        is_read=department is None,
        projects=projects or tuple(_read_projects(said.get("projects"), accounts, "项目自评表")),
        narrated=_narrated(said.get("narrative_13"), accounts),
        project_spending=_amount(_entries(said.get("narrative_figures")).get("project"), accounts),
        outturn=tuple(table if table is not None else _read_outturn(read_table, accounts)),
        initial=_stated(
            _entries(said.get("outturn_initial")).get("spending"),
            accounts,
            f"{_TABLE} · 支出合计 · 年初预算数",
        ),
    )


# --- own forms

_Department = tuple[Stated | None, Stated | None, Stated | None, Stated | None]


def _of_form(form: Form, accounts: Accounts) -> _Department:
    first = form.sheet.whole
    cells = [first.cell(column) for column in ("budget", "executed")]
    values = [first.budget, first.executed]
    basic = next((name for name in _BASIC if name in form.definition.fields), "")
    project = project_cell(form)
    for cell in (basic, project):
        cells.append(cell)
        values.append(sound_amount(form.answers.text(cell), form.definition.money_unit) if cell else None)
    budget, executed, one, other = (
        _of_cell(form, cell, value, accounts) for cell, value in zip(cells, values, strict=True)
    )
    return budget, executed, one, other


def _of_cell(form: Form, cell: str, value: Amount | None, accounts: Accounts) -> Stated | None:
    if value is None:
        return None
    return Stated(value.to(accounts.unit).number, f"{form.name} · {form.place(cell)}", form.at(cell))


def _project_of_form(form: Form, accounts: Accounts) -> Narrated:
    first = form.sheet.whole
    budget, executed = (
        _of_cell(form, first.cell(column), value, accounts)
        for column, value in (("budget", first.budget), ("executed", first.executed))
    )
    return Narrated(form.project, form.project, budget, executed, address=form.at("project_name"))


def _own_outturn(reading: Reading, accounts: Accounts) -> Iterator[Outturn]:
    """What is typed as 决算数 in the table of the department's report."""
    form = reading.department
    outline = reading.library.outline(form.definition.id) if form and reading.library else None
    for table in outline.tables if form and outline else ():
        if not table.rows or form is None:
            continue
        wanted = finals(table, accounts)
        for row in table.rows:
            cell = row.cell("final")
            text = form.answers.text(cell) or form.answers.given.get(cell, "")
            value = sound_amount(text, form.definition.money_unit)
            if value is not None:
                where = f"{form.filled(table.title)} · {row.caption} · 决算数"
                said = Stated(value.to(accounts.unit).number, where, form.at(cell))
                yield Outturn(said, _number_of(wanted.get(row.key), accounts))


# --- a file


def _entries(data: object) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}


def _amount(text: object, accounts: Accounts) -> Decimal | None:
    """An amount of a file in the unit of the accounts; forms are in 万元."""
    found = sound_amount(text, "万元") if isinstance(text, str) else None
    return _number_of(found, accounts)


def _stated(text: object, accounts: Accounts, place: str) -> Stated | None:
    found = _amount(text, accounts)
    return None if found is None else Stated(found, place)


def _of_file(data: object, accounts: Accounts) -> _Department:
    said = _entries(data)
    names = {
        "budget": "部门整体支出总额 · 预算数",
        "executed": "部门整体支出总额 · 执行数",
        "basic": "基本支出总额",
        "project": "项目支出总额",
    }
    budget, executed, basic, project = (
        _stated(said.get(key), accounts, f"{_WHOLE} · {name}") for key, name in names.items()
    )
    return budget, executed, basic, project


def _read_projects(data: object, accounts: Accounts, place: str) -> Iterator[Narrated]:
    for entry in data if isinstance(data, list) else ():
        said = _entries(entry)
        name = str(said.get("name") or "")
        where = f"{place} · {name}"
        rate = number.parse_number(str(said.get("rate") or "").removesuffix("%"))
        budget, executed = (_stated(said.get(key), accounts, where) for key in ("budget", "executed"))
        yield Narrated(name, where, budget, executed, rate)


def _narrated(data: object, accounts: Accounts) -> NarratedProjects | None:
    if not isinstance(data, dict):
        return None
    where = "十三（一）"
    count, share = (_number(data.get(key), where) for key in ("count", "share"))
    projects = tuple(_read_projects(data.get("projects"), accounts, _NARRATED))
    return NarratedProjects(count, _stated(data.get("amount"), accounts, where), share, projects)


def _number(text: object, place: str) -> Stated | None:
    found = number.parse_number(text.removesuffix("%")) if isinstance(text, str) else None
    return None if found is None else Stated(found, place)


def _read_outturn(said: Mapping[str, Any], accounts: Accounts) -> Iterator[Outturn]:
    wanted = finals(None, accounts)
    for key, name in OUTTURN_NAMES.items():
        stated = _stated(said.get(key), accounts, f"{_TABLE} · {name} · 决算数")
        if stated is not None:
            yield Outturn(stated, _number_of(wanted.get(key), accounts))


def _number_of(amount: Amount | None, accounts: Accounts) -> Decimal | None:
    return None if amount is None else amount.to(accounts.unit).number
