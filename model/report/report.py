"""A written report, put together from its outline: what follows from the forms, and what the clerk wrote."""

from collections.abc import Iterator, Sequence

from model.basics.amount import with_unit
from model.basics.metrics import Metrics
from model.forms.outline import ReportPart
from model.reading.outturn import finals
from model.reading.reading import Form
from model.reading.scoring import is_filled
from model.reading.summary import score_by_block
from model.report.narrative import report_cell
from model.report.prose import Annex, Bar, Bars, Heading, Paragraph, Part, Report, Signature, Table
from model.report.report_tables import table_grid
from model.report.teller import Teller, project_sentence


def compose(
    tells: Teller,
    metrics: Metrics,
    *,
    is_abstract: bool = False,
    annexes: Sequence[Annex] = (),
    mark: str = "",
) -> Report:
    """Return the report, or its short version (摘要版), with the forms annexed."""
    title = tells.outline.abstract_title if is_abstract else tells.outline.title
    known = {name: value or "" for name, value in tells.values.items()}
    parts: list[Part] = []
    for section, heading in tells.numbered(is_abstract):
        parts.append(Heading(section.level, heading))
        for part in section.parts:
            if part.in_abstract or not is_abstract:
                _append(parts, part, list(parts_of(tells, part, metrics)))
    if tells.outline.scope == "form":
        parts.append(_signature(tells))
    if tells.outline.annexes and not is_abstract:
        parts += annexes
    name = tells.outline.name + ("（摘要版）" if is_abstract else "")
    return Report(name, tuple(line.format_map(known) for line in title), tuple(parts), mark)


def _append(parts: list[Part], part: ReportPart, found: list[Part]) -> None:
    """Add what a part says; a joined one goes on in the paragraph before."""
    last, first = parts[-1], found[0] if found else None
    if part.joined and isinstance(last, Paragraph):
        if isinstance(first, Paragraph):
            parts[-1] = Paragraph(last.text + first.text)
            found = found[1:]
        elif last.text.endswith("，"):
            parts[-1] = Paragraph(last.text.removesuffix("，") + "。")
    parts += found


def _signature(tells: Teller) -> Signature:
    answers = tells.form.answers
    return Signature(tells.values.get("unit") or "", answers.text("filled_on"))


def parts_of(tells: Teller, part: ReportPart, metrics: Metrics) -> Iterator[Part]:
    """Yield what a part of an outline says; nothing where there is nothing to say."""
    if part.kind == "sentence":
        yield from _paragraphs(tells.generated(part).text)
    elif part.kind == "indicators":
        for found in tells.indicators(part):
            yield from _paragraphs(found.text)
    elif part.kind == "text":
        yield from _typed(part, tells.text(part))
    elif part.kind == "field":
        yield from _paragraphs(tells.form.answers.text(part.field))
    elif part.kind == "projects":
        yield from _projects(tells, part)
    elif part.kind == "bars":
        yield _bars(tells.form, part)
    elif part.kind == "table":
        yield from _table(tells, part, metrics)


def _typed(part: ReportPart, text: str) -> Iterator[Paragraph]:
    if is_filled(text):
        yield from _paragraphs(f"{part.before}{text}{part.after}")


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(line.strip())


def _bars(form: Form, part: ReportPart) -> Bars:
    blocks = score_by_block(form)
    return Bars(part.caption, tuple(Bar(block.name, block.score, block.points) for block in blocks))


def _table(tells: Teller, part: ReportPart, metrics: Metrics) -> Iterator[Table]:
    """A table, unless nothing is filled in."""
    table, answers = tells.outline.table(part.table), tells.form.answers
    accounts = tells.reading.accounts
    is_typed = any(cell.startswith("outturn.") for cell in answers.texts)
    has_finals = bool(table.rows and accounts and finals(table, accounts))
    if is_typed or has_finals if table.rows else answers.rows.get(table.id):
        unit_line = with_unit(table.unit_line, tells.form.definition.money_unit)
        yield Table(
            tells.form.filled(table.title), unit_line, table_grid(tells.form, table, metrics, accounts)
        )


def _projects(tells: Teller, part: ReportPart) -> Iterator[Paragraph]:
    """A paragraph a project: its sentence, and what its own report says of results, problems and measures."""
    for n, form in enumerate(tells.reading.projects, start=1):
        said = [project_sentence(tells, part, form, n).text]
        for inner in part.parts:
            text = form.answers.text(report_cell(inner)).strip()
            if is_filled(text):
                said.append(f"{inner.before}{text.rstrip('。；')}。".replace("\n", ""))
        yield from _paragraphs("".join(said))
