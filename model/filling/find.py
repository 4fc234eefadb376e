"""Finds a text in what stands in the cells of a form, whatever the width and case of its letters."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from model.basics import number
from model.document.answers import GOALS, INDICATORS, MONEY_UNIT, Address, CellId
from model.explanation.contents import contents
from model.explanation.loader import outline_of
from model.explanation.values import Values
from model.forms.columns import LABELS
from model.forms.outline import ReportPart
from model.reading.amounts import UNDER
from model.reading.reading import Form, Reading
from model.report.narrative import FROM, Sentence
from model.report.teller import Teller, statement_home, statement_teller, teller

if TYPE_CHECKING:
    from model.accounts.accounts import Accounts

NAME = ""  # the cell that stands for the name of a form
_SENTENCE = "sentence"  # of a row, in the report
_HEAD = ("unit", "year", MONEY_UNIT)  # of the accounts as a whole, in no cell
_SEEN = ("outturn.", "report.")
_FOLDED = str.maketrans(
    {0x3000: " ", 0x0130: "i"} | {wide: chr(wide - 0xFEE0).lower() for wide in range(0xFF01, 0xFF5F)}
)


class Hit(NamedTuple):
    """A cell in which a text stands, and where: place and length of each time; sentences may be generated."""

    address: Address
    text: str
    spans: tuple[tuple[int, int], ...]
    is_generated: bool = False


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return a text, letter by letter, as it is compared: half width, small letters."""
    return text.translate(_FOLDED).lower()


def find(form: Form, name: str, wanted: str, reading: Reading | None = None) -> list[Hit]:
    """Return the cells of a form in which a text stands, its name first; nothing for blanks.

    A project is called as one of its fields says, so its name is no cell besides. With a reading the
    sentences that are generated about the form are looked at too.
    """
    wanted = folded(wanted.strip())
    if not wanted:
        return []
    name = name if name != form.project else ""
    generated = _generated(form, reading) if reading else ()
    texts = chain(
        ((NAME, name, False),), ((*one, False) for one in _texts(form)), ((*one, True) for one in generated)
    )
    return [
        Hit(form.at(cell), text, spans, is_generated)
        for cell, text, is_generated in texts
        if (spans := spans_of(folded(text), wanted))
    ]


def find_in_accounts(accounts: "Accounts", wanted: str, reading: Reading | None = None) -> list[Hit]:
    """Return the cells of the final accounts in which a text stands, also names that nobody typed; with a
    reading also the sentences that are generated."""
    wanted = folded(wanted.strip())
    if not wanted:
        return []
    names = {f"{item.id}.name": accounts.subject_name(item.code) for item in accounts.items if item.code}
    texts = accounts.answers.texts.items()
    typed = {cell: text for cell, text in texts if cell not in _HEAD and not cell.endswith(FROM)}
    generated = dict(_generated_sentences(accounts, reading)) if reading else {}
    return [
        Hit((accounts.key, cell), text, spans, cell in generated)
        for cell, text in (names | generated | typed).items()
        if (spans := spans_of(folded(text), wanted))
    ]


def _generated_sentences(accounts: "Accounts", reading: Reading) -> Iterator[tuple[CellId, str]]:
    """Yield the sentences of the explanation that are not written over."""
    outline = outline_of(reading.library, accounts)
    for entry in contents(Values(accounts, outline, reading.forms)) if outline else ():
        for one in entry.passages:
            if one.sentence.generated and not one.sentence.typed:
                yield one.sentence.cell, one.sentence.generated


def spans_of(text: str, wanted: str) -> tuple[tuple[int, int], ...]:
    """Return where one folded text stands in another."""
    found = []
    at = text.find(wanted)
    while at >= 0:
        found.append((at, len(wanted)))
        at = text.find(wanted, at + len(wanted))
    return tuple(found)


def _texts(form: Form) -> Iterator[tuple[CellId, str]]:
    """Yield what one sees in the cells of a form; of a label that stands for many rows the first."""
    yield from _computed(form)
    yield from _rows(form)
    goal_columns = {key for key, column in form.definition.goal_columns.items() if column.is_found}
    tables = dict(_unseen_in_tables(form))
    seen = (*(f"{block.id}." for block in form.definition.money_blocks), *_SEEN)
    for cell, text in form.answers.texts.items():
        row, _, column = cell.rpartition(".")
        if row in form.answers.goals:
            is_seen = column in goal_columns
        elif row in tables:
            is_seen = column not in tables[row]
        else:
            is_seen = cell in form.definition.fields or _is_money_or_report(cell, seen)
        if is_seen:
            yield cell, text


def _unseen_in_tables(form: Form) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each row that the clerk added to a table, with the columns that are not looked at."""
    blocks = {block.id: block for block in form.definition.row_blocks}
    for name, ids in form.answers.rows.items():
        columns = blocks[name].columns if name in blocks else ()
        unseen = frozenset((UNDER, *(column.key for column in columns if not column.is_found)))
        if name not in (GOALS, INDICATORS):
            yield from ((row, unseen) for row in ids)


def _is_money_or_report(cell: CellId, seen: tuple[str, ...]) -> bool:
    """Whether a text is an amount or was written for a report, and not for the program alone."""
    return cell.startswith(seen) and not cell.endswith(".from") and not cell.startswith("report.option.")


def _generated(form: Form, reading: Reading) -> Iterator[tuple[CellId, str]]:
    """Yield the sentences that are generated and not written over."""
    if reading.library is None or not form.definition.is_scored:
        return
    home = statement_home(reading)
    for tells in (
        teller(form, reading, reading.library),
        statement_teller(reading, reading.library) if home is form else None,
    ):
        for section in tells.sections() if tells else ():
            for part in section.parts:
                yield from ((one.cell, one.generated) for one in _sentences(tells, part) if not one.typed)


def _sentences(tells: Teller | None, part: ReportPart) -> Iterator[Sentence]:
    if tells and part.kind == "sentence":
        yield tells.generated(part)
    elif tells and part.kind == "indicators":
        yield from tells.indicators(part)


def _rows(form: Form) -> Iterator[tuple[CellId, str]]:
    text = form.answers.text
    before = ("", "", "")
    columns = form.definition.row_columns.values()
    cells = [*(column.key for column in columns if column.is_found and not column.is_label), _SENTENCE]
    for row in form.sheet.indicators:
        labels = (row.goal, row.level1, row.level2)
        for n, column in enumerate(LABELS, start=2):
            if labels[:n] != before[:n]:
                yield f"{row.id}.{column}", text(f"{row.id}.{column}")
        before = labels
        yield from ((f"{row.id}.{cell}", text(f"{row.id}.{cell}")) for cell in cells)
        if not row.has_score_text and row.score is not None:
            yield f"{row.id}.score", number.show(row.score)


def _computed(form: Form) -> Iterator[tuple[CellId, str]]:
    """The figures that the program computes and shows in cells."""
    sheet = form.sheet
    if not form.definition.is_scored:
        return
    if sheet.total is not None:
        yield "total", number.show(sheet.total)
    if sheet.execution_rate is not None:
        yield sheet.whole.cell("rate"), number.show_rate(sheet.execution_rate)[0]
    if sheet.execution.score is not None:
        yield sheet.whole.cell("score"), number.show(sheet.execution.score)
