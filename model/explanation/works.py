"""重点工作完成情况: what the department's report says of it; where there is none, the accounts' own words."""

from collections.abc import Iterator
from typing import NamedTuple

from model.accounts.accounts import Accounts
from model.basics.metrics import Metrics
from model.document.answers import FormAnswers
from model.forms.outline import ReportPart, ReportTable, TextColumn
from model.reading.reading import Reading
from model.report.prose import Paragraph, Part, Table
from model.report.report import parts_of
from model.report.report_tables import rows_grid
from model.report.teller import Teller, teller

NOTE, ROWS = "works_note", "works"  # parts of a report, and where the accounts keep their own
OWN = ReportTable(
    ROWS,
    "{year}年重点工作完成情况",
    text_columns=(
        TextColumn("item", "重要事项", 32.0, carried=True),
        TextColumn("aim", "工作内容及目标", 54.0, carried=True),
        TextColumn("result", "完成情况", 58.0),
    ),
)


class Home(NamedTuple):
    """The report in which the year's main work is written, and the parts that hold it."""

    teller: Teller
    parts: tuple[ReportPart, ...]


def home_of_works(reading: Reading) -> Home | None:
    """Return where the department's report tells of the work; None where it has no such part."""
    if reading.department is None or reading.library is None:
        return None
    tells = teller(reading.department, reading, reading.library)
    found = [part for section in tells.sections() for part in section.parts] if tells else []
    parts = tuple(part for part in found if part.id in (NOTE, ROWS))
    return Home(tells, parts) if tells and parts else None


def works(reading: Reading, metrics: Metrics) -> tuple[Part, ...]:
    """Return a text and a table, as far as they are filled in."""
    home = home_of_works(reading)
    if home is not None:
        return tuple(found for part in home.parts for found in parts_of(home.teller, part, metrics))
    return tuple(_own(reading.accounts, metrics)) if reading.accounts else ()


def carried_works(last: FormAnswers) -> FormAnswers:
    """Return what next year's accounts begin with of their own: the text, items and aims; no results."""
    rows = last.rows.get(ROWS, ())
    cells = [NOTE, *OWN.carried_cells(rows)]
    texts = {cell: text for cell in cells if (text := last.text(cell))}
    return FormAnswers(last.definition, texts, {ROWS: rows} if rows else {})


def _own(accounts: Accounts, metrics: Metrics) -> Iterator[Part]:
    answers = accounts.answers
    lines = (line.strip() for line in answers.text(NOTE).split("\n"))
    yield from (Paragraph(line) for line in lines if line)
    if answers.rows.get(ROWS):
        title = OWN.title.format(year=accounts.year)
        yield Table(title, "", rows_grid(answers, title, OWN, metrics))
