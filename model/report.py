"""A written report, put together from its outline: what follows from the forms, and what the clerk wrote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.definition import bare
from model.loader import Library
from model.measure import Metrics
from model.narrative import (
    Sentence,
    Values,
    filled,
    form_values,
    report_cell,
    row_cell,
    row_values,
    sentence,
)
from model.outline import Outline, ReportPart, ReportSection
from model.prose import Annex, Bar, Bars, Heading, Paragraph, Part, Report, Signature, Table
from model.reading import Form, Reading
from model.report_tables import table_grid
from model.scoring import Indicator, is_filled
from model.summary import score_by_block

OPTION = "report.option."  # before the id of an option: "true" where it is chosen
SATISFACTION = "满意度指标"
_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Teller:
    """A form with its outline, and what its sentences are filled with."""

    form: Form
    reading: Reading
    outline: Outline
    values: Values

    def generated(self, part: ReportPart) -> Sentence:
        """Return the sentence of a part."""
        return sentence(self.form.answers, report_cell(part), filled(part.patterns, self.values))

    def indicators(self, part: ReportPart) -> Iterator[Sentence]:
        """Yield the sentences of the rows of a block, numbered through the form."""
        rows = [row for row in self.form.sheet.indicators if row.counted and not row.is_none]
        for n, row in enumerate(rows, start=1):
            if not part.level1 or _block_of(row) == bare(part.level1):
                values = {**self.values, **row_values(self.form, row, n)}
                yield sentence(self.form.answers, row_cell(row), filled(part.patterns, values))

    def text(self, part: ReportPart) -> str:
        """Return what is typed for a part, else its default."""
        return self.form.answers.text(report_cell(part)) or part.default

    def model_sentences(self, part: ReportPart) -> tuple[str, ...]:
        """Return the sentences a clerk may begin with, figures filled in."""
        known = {name: value or "" for name, value in self.values.items()}
        return tuple(model.format_map(known) for model in part.models)

    def sections(self, is_abstract: bool = False) -> Iterator[ReportSection]:
        """Yield the sections that stand: options chosen, and in the short version only what it has."""
        for section in self.outline.sections:
            chosen = not section.option or self.form.answers.text(OPTION + section.option)
            if chosen and (section.in_abstract or not is_abstract):
                yield section

    def numbered(self, is_abstract: bool = False) -> Iterator[tuple[ReportSection, str]]:
        """Yield the sections with their headings, numbers included."""
        counts: list[int] = []
        for section in self.sections(is_abstract):
            counts = [*counts[: section.level], *[0] * (section.level - len(counts))]
            counts[section.level - 1] += 1
            number = _number(self.outline.numbers[section.level - 1], counts[section.level - 1])
            yield section, number + section.title.format_map({k: v or "" for k, v in self.values.items()})


def teller(form: Form, reading: Reading, library: Library) -> Teller | None:
    """Return what tells the report of a form; None for a form without a report."""
    outline = library.outline(form.definition.id)
    return Teller(form, reading, outline, form_values(form, reading, outline)) if outline else None


def statement_teller(reading: Reading, library: Library) -> Teller | None:
    """Return what tells the 预算绩效情况说明 of a document; its texts are kept in the department form."""
    outline, form = library.statement(), statement_home(reading)
    if outline is None or form is None or not reading.projects:
        return None
    values = dict(form_values(form, reading, outline))
    we = next((part for _, part in outline.parts() if part.id == "we"), None)
    values["we"] = (form.answers.text("report.we") or we.default) if we else None
    return Teller(form, reading, outline, values)


def statement_home(reading: Reading) -> Form | None:
    """Return the form in which the texts of the whole document are kept: the department's, else the first."""
    scored = [form for form in reading.forms if form.definition.is_scored]
    return reading.department or next(iter(scored), None)


def _number(pattern: str, count: int) -> str:
    """Count as the pattern shows for one: 一、 gives 二、, （一） gives （二）, 1. gives 2."""
    return pattern.replace("一", chinese(count)).replace("1", str(count))


def chinese(count: int) -> str:
    """Return a count from 1 to 99 in Chinese numerals."""
    tens, ones = divmod(count, 10)
    if tens == 0:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def _block_of(row: Indicator) -> str:
    """The block under which a report tells of a row: satisfaction is told apart wherever it is scored."""
    return bare(SATISFACTION) if "满意度" in row.level2 else bare(row.level1)


# --- putting it together


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
                _append(parts, part, list(_parts(tells, part, metrics)))
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


def _parts(tells: Teller, part: ReportPart, metrics: Metrics) -> Iterator[Part]:
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
    cells = (cell for cell in answers.texts if cell.startswith("outturn."))
    if any(cells) if table.rows else answers.rows.get(table.id):
        yield Table(tells.form.filled(table.title), table.unit_line, table_grid(tells.form, table, metrics))


def _projects(tells: Teller, part: ReportPart) -> Iterator[Paragraph]:
    """A paragraph a project: its sentence, and what its own report says of results, problems and measures."""
    for n, form in enumerate(tells.reading.projects, start=1):
        said = [project_sentence(tells, part, form, n).text]
        for inner in part.parts:
            text = form.answers.text(report_cell(inner)).strip()
            if is_filled(text):
                said.append(f"{inner.before}{text.rstrip('。；')}。".replace("\n", ""))
        yield from _paragraphs("".join(said))


def project_sentence(tells: Teller, part: ReportPart, form: Form, n: int) -> Sentence:
    """Return the sentence of the final accounts on one project; one project alone is not numbered."""
    values = dict(form_values(form, tells.reading, tells.outline))
    values["k"] = f"{n}." if len(tells.reading.projects) > 1 else ""
    return sentence(form.answers, report_cell(part), filled(part.patterns, values))
