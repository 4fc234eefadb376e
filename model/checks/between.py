"""Checks between the forms of a document: the same thing is said alike, and the projects make the whole."""

from collections.abc import Iterator

from model.basics import number
from model.basics.amount import Amount, total
from model.basics.memory import once
from model.basics.names import plain_name
from model.basics.quantity import Quantity, Value, comparable, in_one_unit
from model.checks.figures import in_other_units, units_differ
from model.checks.finding import Finding, cut, finding, money
from model.forms.definition import bare
from model.reading.reading import Form, Reading
from model.reading.scoring import Indicator, is_filled

# --- indicators


def same_indicators_say_the_same(reading: Reading) -> Iterator[Finding]:
    """A row of the department form and one of a project form that measure the same have the same figures."""
    department = reading.department
    if department is None or not reading.projects:
        return
    wanted = _rows_by_key(department)
    rows: dict[_Key, list[tuple[Form, Indicator]]] = {}
    for project in reading.projects:
        theirs = _rows_by_key(project)
        for key in wanted.keys() & theirs.keys():
            rows.setdefault(key, []).extend((project, row) for row in theirs[key])
    for row in department.sheet.indicators if rows else ():
        for project, other in [] if row.is_none else rows.get(_key(row), []):
            yield from _compared(department, row, project, other)


_Key = tuple[str, str]


@once
def _rows_by_key(form: Form) -> dict[_Key, list[Indicator]]:
    """The rows of a form by what they measure."""
    rows: dict[_Key, list[Indicator]] = {}
    for row in form.sheet.indicators:
        if not row.is_none:
            rows.setdefault(_key(row), []).append(row)
    return rows


def _key(row: Indicator) -> _Key:
    return plain_name(row.name), plain_name(row.level2).removesuffix("指标")


def _compared(form: Form, row: Indicator, project: Form, other: Indicator) -> Iterator[Finding]:
    if not _in_one_unit(row.target, other.target):
        return
    for column, name in (("target", "目标值"), ("actual", "完成值")):
        one, two = (f.answers.text(f"{r.id}.{column}") for f, r in ((form, row), (project, other)))
        if _says_the_same(getattr(row, column), getattr(other, column), one, two):
            continue
        theirs = f"{project.name}的“{cut(other.name)}”是“{cut(two)}”"
        message = f"{name}这里是“{cut(one)}”，{theirs}：同一指标请写得一致。"
        cell, basis = f"{row.id}.{column}", (row.name, one, project.name, two)
        yield finding(form, "duplicate-indicator", "warning", cell, message, basis=basis, between=True)
        return


def _in_one_unit(one: Value, other: Value) -> bool:
    if len(one.parts) != len(other.parts):
        return False
    return all(comparable(*pair) is not None for pair in zip(one.parts, other.parts, strict=True))


def _says_the_same(one: Value, other: Value, text: str, other_text: str) -> bool:
    """Numbers are compared as numbers, whatever comparator stands before them; an empty cell says nothing."""
    if not is_filled(text) or not is_filled(other_text):
        return True
    if one.parts and len(one.parts) == len(other.parts):
        pairs = [in_one_unit(*pair) for pair in zip(one.parts, other.parts, strict=True)]
        return all(pair is not None and _is_equal(*pair) for pair in pairs)
    return bare(text) == bare(other_text)


def _is_equal(one: Quantity, other: Quantity) -> bool:
    return (one.number, one.ceiling) == (other.number, other.ceiling)


# --- sums


def projects_make_the_sum(reading: Reading) -> Iterator[Finding]:
    """The projects together execute what the department form calls 项目支出."""
    department = reading.department
    spent = [project.sheet.whole.executed for project in reading.projects]
    known = [value for value in spent if value is not None]
    cell = project_cell(department) if department else ""
    whole = department.amount(cell) if department and cell else None
    if department is None or whole is None or not known:
        return
    found = total(known, whole.unit)
    if units_differ(found, whole):
        message = in_other_units("各项目执行数合计", found, "项目支出", whole)
        yield finding(department, "unit-of-money", "judged", cell, message, between=True)
    elif abs(found - whole) > department.regulation.limits.rounding * len(spent):
        yield from _not_the_sum(department, cell, found, whole, len(known), len(known) == len(spent))


def _not_the_sum(
    form: Form, cell: str, found: Amount, whole: Amount, count: int, all_known: bool
) -> Iterator[Finding]:
    said = f"{count} 张项目表执行数合计 {money(found)}，整体表项目支出 {money(whole)}"
    if found > whole:
        message = f"{said}，多 {money(found - whole)}：请核对。"
        yield finding(form, "projects-sum", "judged", cell, message, between=True)
    elif all_known:
        share = number.show_rate(found / whole)[0]
        message = f"{said}，少 {money(whole - found)}，占 {share}：请核对是否还有项目没有填表，或说明原因。"
        yield finding(form, "projects-sum", "warning", cell, message, between=True)


def project_cell(form: Form) -> str:
    """Return the field of a department form that says 项目支出; "" where it has none."""
    fields = form.definition.fields.values()
    return next((f.id for f in fields if f.kind == "money" and bare(f.caption).startswith("项目支出")), "")


# --- names


def units_are_named_alike(reading: Reading) -> Iterator[Finding]:
    """All forms of a document call the unit by one name."""
    named = [(form, names) for form in reading.forms if (names := _names_of_unit(form))]
    if not named:
        return
    first, known = named[0]
    wanted = next(iter(known.values()))
    alike = {plain_name(name) for name in known.values()}
    for form, names in named[1:]:
        differing = [cell for cell, name in names.items() if plain_name(name) not in alike]
        if differing:
            name = names[differing[-1]]
            message = f"单位名称这里是“{name}”，{_called(first)}里是“{wanted}”：请写成一样。"
            basis = (name, wanted)
            yield finding(form, "name-differs", "warning", differing[-1], message, basis=basis, between=True)


@once
def _names_of_unit(form: Form) -> dict[str, str]:
    texts = {cell: form.answers.text(cell) for cell in ("unit", "unit_line", "unit_name")}
    return {cell: text for cell, text in texts.items() if is_filled(text)}


def _called(form: Form) -> str:
    return form.project or form.definition.name


def years_of_forms_agree(reading: Reading) -> Iterator[Finding]:
    """All forms of a document speak of its year."""
    for form in reading.forms:
        if reading.year and form.answers.year != reading.year:
            message = f"本表是 {form.answers.year} 年度，自评簿是 {reading.year} 年度：请核对。"
            yield finding(form, "year-mismatch", "judged", "year", message, between=True)
