"""表间核对: the sums that forms of one document share, each as two figures that agree or not."""

from collections.abc import Iterator
from typing import NamedTuple

from model.basics.amount import Amount, total
from model.document.answers import Address
from model.reading.reading import Form, Reading

_PROJECT, _BASIC = ("project", "split.project"), ("basic", "split.basic")  # fields of a department form


class CrossCheck(NamedTuple):
    """Two sums of money that should be the same; `address` is the cell of the department form to look at,
    `codes` are the findings that speak of it."""

    name: str
    left: Amount
    right: Amount
    address: Address
    codes: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the two are the same to the last digit."""
        return self.left == self.right


def cross_checks(reading: Reading) -> tuple[CrossCheck, ...]:
    """Return the sums of a document that can be compared; one that lacks a figure is left out."""
    department = reading.department
    if department is None:
        return ()
    return (*_projects(department, reading.projects), *_parts(department), *_accounts(reading, department))


def _projects(department: Form, projects: tuple[Form, ...]) -> Iterator[CrossCheck]:
    """What the project forms spent, and 项目支出 of the department form."""
    cell, stated = _amount(department, _PROJECT)
    spent = [form.sheet.whole.executed for form in projects]
    known = [amount for amount in spent if amount is not None]
    if stated is not None and known and len(known) == len(spent):
        address = department.at(cell)
        yield CrossCheck("项目支出", total(known, stated.unit), stated, address, ("projects-sum",))


def _parts(department: Form) -> Iterator[CrossCheck]:
    """基本支出 and 项目支出 together, and the total of the funds that comes nearest."""
    cell, basic = _amount(department, _BASIC)
    _, project = _amount(department, _PROJECT)
    first = department.sheet.whole
    known = [amount for amount in (first.executed, first.budget, first.initial) if amount is not None]
    if basic is None or project is None or not known:
        return
    both = basic + project
    nearest = min(known, key=lambda whole: abs(whole - both))
    yield CrossCheck("基本＋项目", both, nearest, department.at(cell), ("parts-sum", "unit-of-money"))


def _accounts(reading: Reading, department: Form) -> Iterator[CrossCheck]:
    """What the department form says of its money, and the final accounts."""
    accounts = reading.accounts
    first = department.sheet.whole
    sums = (
        ("决算支出", "t1.out.year", (first.cell("executed"), first.executed), "S-TOTAL"),
        ("决算基本", "t3.all.basic", _amount(department, _BASIC), "S-BASIC"),
        ("决算项目", "t3.all.project", _amount(department, _PROJECT), "S-PROJECT"),
    )
    for title, name, (cell, stated), code in sums if accounts else ():
        if accounts is None or stated is None or accounts.is_empty(name.partition(".")[0]):
            continue
        found = accounts.amount(name)
        if found is not None:
            amount = Amount(found, accounts.unit)
            yield CrossCheck(title, amount, stated, department.at(cell), (code,))


def _amount(form: Form, names: tuple[str, ...]) -> tuple[str, Amount | None]:
    """Return the field that the form has of some, and its amount."""
    cell = next((name for name in names if name in form.definition.fields), "")
    return cell, form.amount(cell)
