"""What is said about a cell of a filled-in form: how, what it rests on, what stood there last year."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from model.document.answers import LAST, CellId
from model.filling.carryover import LAST_ACTUAL, LAST_SCORE, LAST_TOTAL
from model.forms.advice import Advice
from model.forms.loader import Library
from model.forms.outline import Outline, ReportPart
from model.reading.reading import Form
from model.report.narrative import report_cell

TOTAL = "total"
GENERAL = "kind."  # before the kind of a field that nobody has written about


def subject(form: Form, cell: CellId) -> str:
    """Return by which name advice is given about a cell: that of the cell, but of its kind in a table."""
    row, _, column = cell.rpartition(".")
    blocks = ("goal" if row in form.answers.goals else "", "row" if row in form.answers.indicators else "")
    tables = (name for name, rows in form.answers.rows.items() if row in rows)
    kind = next((name for name in (*blocks, *tables) if name), "") if row else ""
    if any(kind == block.id for block in form.definition.money_blocks):
        kind = f"{kind}.{row}"  # as a row of the form: funds.total
    return f"{kind}.{column}" if kind else cell


def advice(library: Library, form: Form, cell: CellId) -> Advice | None:
    """Return what is said about a cell of a form, None where nothing is: of a total that there is not."""
    if cell == TOTAL and not form.definition.is_scored:
        return None
    if cell.startswith("report.") and (found := _of_report(library, form, cell)):
        return found
    names = [subject(form, cell)]
    if kind := _kind(form, cell):
        names.append(GENERAL + kind)
    return next((found for name in names if (found := _find(library, form, name, cell))), None)


def _kind(form: Form, cell: CellId) -> str:
    """What stands in a cell that nobody has written about: of a field, or of a column that no rule knows."""
    if cell in form.definition.fields:
        field = form.definition.fields[cell]
        return "others" if field.filled_by == "others" else field.kind
    column = form.column_of(cell)
    if column is None:
        return ""
    return "others" if column.filled_by == "others" else column.kind


def how(form: Form, found: Advice) -> str:
    """Return how a cell is filled in, with the form's unit of money put in."""
    return found.how.replace("{money_unit}", form.definition.money_unit)


def source(form: Form, found: Advice) -> str:
    """Return what advice rests on, with the sources of form and rules put in."""
    return found.source.format(form=form.definition.source, regulation=form.regulation.source)


def note(form: Form, found: Advice) -> str:
    """Return the printed footnote that advice rests on, word for word; "" where the form has none."""
    lines = form.definition.footnotes() if found.note else ()
    return next((line for line in lines if line.startswith(found.note)), "")


def last_year(form: Form, cell: CellId) -> str:
    """Return what stood at the same place last year, where the document was begun from that of last year."""
    text = form.answers.text
    row = cell.rpartition(".")[0]
    if row in form.answers.indicators:
        target, actual = text(f"{row}.{LAST}target"), text(f"{row}.{LAST_ACTUAL}")
        score = text(f"{row}.{LAST_SCORE}")
        named = (("目标 ", target, ""), ("完成 ", actual, ""), ("得 ", score, " 分"))
        return "，".join(f"{before}{said}{after}" for before, said, after in named if said)
    total = text(LAST_TOTAL) if cell in (TOTAL, LAST_TOTAL) else ""
    return f"总分 {total} 分" if total else ""


def _find(library: Library, form: Form, name: str, cell: CellId) -> Advice | None:
    levels = _levels(form, cell)
    fits = (found for found in library.advice if _fits(found, form, name, levels))
    return next(fits, None)


def _fits(found: Advice, form: Form, name: str, levels: str) -> bool:
    return (
        any(fnmatchcase(name, pattern) for pattern in found.cells)
        and found.level in levels
        and form.definition.id in (found.forms or (form.definition.id,))
        and found.regulation in ("", form.regulation.id)
    )


def _levels(form: Form, cell: CellId) -> str:
    """The labels of the row of a cell."""
    row = cell.rpartition(".")[0]
    if row not in form.answers.indicators:
        return ""
    return "\n".join(form.answers.text(f"{row}.{level}") for level in ("level1", "level2"))


def _of_report(library: Library, form: Form, cell: CellId) -> Advice | None:
    """What the outline says of its part, with what is said of all parts of that kind."""
    for outline in (library.outline(form.definition.id), library.statement()):
        for part in _parts(outline) if outline else ():
            if report_cell(part) == cell:
                general = _find(library, form, f"part.{part.kind}", cell)
                return _with_part(general, form, outline, part) if general and outline else None
    return None


def _parts(outline: Outline) -> Iterator[ReportPart]:
    for _, part in outline.parts():
        yield part
        yield from part.parts


def _with_part(general: Advice, form: Form, outline: Outline, part: ReportPart) -> Advice:
    known = _Known(year=form.answers.year, unit=form.answers.unit, project=form.project)
    model = part.models[0].format_map(known) if part.models else ""
    return general._replace(
        how=part.help or general.how, example=model or general.example, source=outline.source
    )


class _Known(dict[str, str]):
    """Values of a sentence; what is not known here is left open."""

    def __missing__(self, name: str) -> str:
        return "……"
