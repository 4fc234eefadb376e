"""What an edition of the final accounts must hold: every cell is made of cells that are there before it."""

from collections.abc import Iterable

from model.accounts.definition import (
    ALL,
    LIST,
    AccountsDefinition,
    EconomicTable,
    Ledger,
    SubjectTable,
    Table,
    Term,
    fixed_cells,
    in_order,
)
from model.forms.toml_table import TomlTable, repeated


def check_edition(top: TomlTable, edition: AccountsDefinition) -> None:
    """Refuse, with the table and the row, an edition whose figures can't be computed in its order."""
    if sorted(edition.order) != sorted(table.id for table in edition.tables):
        raise top.refuse("computed", "应把每一张表列一次")
    if name := repeated(cell.name for table in edition.tables for cell in fixed_cells(table)):
        raise top.refuse("table", f"“{name}”出现了两次")
    if name := repeated(field.id for group in edition.groups for field in group.fields):
        raise top.refuse("group", f"“{name}”出现了两次")
    if wrong := [code for code in edition.classes if len(code) != 3 or not code.isdecimal()]:
        raise top.refuse("class", f"“{wrong[0]}”不是三位的类")
    known = {rule.name for table in edition.tables for rule in fixed_cells(table) if rule.mode == "typed"}
    for table_id in edition.order:
        table = edition.table(table_id)
        if isinstance(table.body, SubjectTable):
            known |= _checked_subjects(top, edition, table, table.body, known)
        else:
            known |= _checked_fixed(top, table, known, edition)
    for table in edition.tables:
        _check_paper(top, table)


def _refusal(top: TomlTable, table: Table, row: str, problem: str) -> Exception:
    return top.refuse(f"{table.no}（{table.id}）“{row}”", problem)


def _checked_fixed(top: TomlTable, table: Table, known: set[str], edition: AccountsDefinition) -> set[str]:
    try:
        rules = in_order(table)
    except ValueError as circle:
        raise _refusal(top, table, str(circle), "由自己算出") from None
    found = known | {rule.name for rule in rules}
    for rule in rules:
        _check_terms(top, table, rule.name, rule.terms, found, edition)
    return found


def _checked_subjects(
    top: TomlTable, edition: AccountsDefinition, table: Table, body: SubjectTable, known: set[str]
) -> set[str]:
    if name := repeated(column.key for column in body.columns):
        raise _refusal(top, table, name, "这一栏出现了两次")
    own = {column.key for column in body.columns}
    before = edition.order[: edition.order.index(table.id)]
    for column in body.columns:
        for _, name in column.terms:
            other, _, key = name.rpartition(".")
            columns = _columns(edition, other) if other in before else own if not other else set()
            if key not in columns or name == column.key:
                raise _refusal(top, table, column.key, f"用到的“{name}”不存在，或排在它后面")
        for terms in column.unless:
            allowed = known | {f"{table.id}.{ALL}.{key}" for key in own}
            _check_terms(top, table, column.key, terms, allowed, edition)
    codes = (*edition.classes, ALL)
    return {f"{table.id}.{code}.{key}" for code in codes for key in own}


def _columns(edition: AccountsDefinition, table_id: str) -> set[str]:
    body = edition.table(table_id).body
    return {column.key for column in body.columns} if isinstance(body, SubjectTable) else set()


def _check_terms(
    top: TomlTable,
    table: Table,
    row: str,
    terms: Iterable[Term],
    known: set[str],
    edition: AccountsDefinition,
) -> None:
    for _, name in terms:
        if name not in known:
            problem = "不存在，或排在它后面" if _is_of_a_table(edition, name) else "不存在"
            raise _refusal(top, table, row, f"用到的“{name}”{problem}")


def _is_of_a_table(edition: AccountsDefinition, name: str) -> bool:
    return name.partition(".")[0] in (LIST, *(table.id for table in edition.tables))


def _check_paper(top: TomlTable, table: Table) -> None:
    """The columns of the paper are those that the table has."""
    body, width = table.body, len(table.widths_mm)
    if isinstance(body, Ledger):
        numbered = [any(line.no for line in side) for side in body.sides]
        wanted = sum(1 + has_no + len(names) for has_no, names in zip(numbered, body.columns, strict=True))
        if len(body.sides[0]) != len(body.sides[1]):
            raise _refusal(top, table, "side", "两边的行数不同")
    elif isinstance(body, SubjectTable):
        wanted = 4 + len(body.columns)
    elif isinstance(body, EconomicTable):
        wanted = 3 * len(body.blocks)
    else:
        wanted = len(body.columns)
    if width != wanted:
        raise _refusal(top, table, "widths_mm", f"应有 {wanted} 列")
