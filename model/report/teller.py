"""What tells a written report: a form with its outline, the values of its sentences, what the clerk wrote."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from model.forms.definition import bare
from model.forms.loader import Library
from model.forms.outline import Outline, ReportPart, ReportSection
from model.reading.reading import Form, Reading
from model.reading.scoring import Indicator
from model.report.narrative import (
    Sentence,
    Values,
    filled,
    form_values,
    report_cell,
    row_cell,
    row_values,
    sentence,
)

OPTION = "report.option."  # before the id of an option: "true" where it is chosen
SATISFACTION = "满意度指标"
_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True)  # without slots: it remembers its values
class Teller:
    """A form with its outline; `more` are values that do not follow from the forms."""

    form: Form
    reading: Reading
    outline: Outline
    more: Values = field(default_factory=dict)

    @cached_property
    def values(self) -> Values:
        """What the sentences are filled with, found when it is first wanted: a check seldom needs it."""
        return {**form_values(self.form, self.reading, self.outline), **self.more}

    def generated(self, part: ReportPart) -> Sentence:
        """Return the sentence of a part."""
        return sentence(self.form.answers, report_cell(part), filled(part.patterns, self.values))

    def rows(self, part: ReportPart) -> Iterator[tuple[int, Indicator]]:
        """Yield the rows of a block, numbered within it."""
        rows = (row for row in self.form.sheet.indicators if row.counted and not row.is_none)
        block = (row for row in rows if not part.level1 or _block_of(row) == bare(part.level1))
        yield from enumerate(block, start=1)

    def indicators(self, part: ReportPart) -> Iterator[Sentence]:
        """Yield the sentences of the rows of a block."""
        for n, row in self.rows(part):
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
            yield section, number + self._filled(section.title)

    def _filled(self, title: str) -> str:
        """A title with values put in; most have none, and values take time."""
        return title.format_map({k: v or "" for k, v in self.values.items()}) if "{" in title else title


def teller(form: Form, reading: Reading, library: Library) -> Teller | None:
    """Return what tells the report of a form; None for a form without a report."""
    outline = library.outline(form.definition.id)
    return Teller(form, reading, outline) if outline else None


def statement_teller(reading: Reading, library: Library) -> Teller | None:
    """Return what tells the 预算绩效情况说明 of a document; its texts are kept in the department form."""
    outline, form = library.statement(), statement_home(reading)
    if outline is None or form is None or not reading.projects:
        return None
    we = next((part for _, part in outline.parts() if part.id == "we"), None)
    return Teller(
        form, reading, outline, {"we": (form.answers.text("report.we") or we.default) if we else None}
    )


def project_sentence(tells: Teller, part: ReportPart, form: Form, n: int) -> Sentence:
    """Return the sentence of the final accounts on one project; one project alone is not numbered."""
    values = dict(form_values(form, tells.reading, tells.outline))
    values["k"] = f"{n}." if len(tells.reading.projects) > 1 else ""
    return sentence(form.answers, report_cell(part), filled(part.patterns, values))


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
