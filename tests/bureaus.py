"""Forms of bureaus in tests: a blank is read, becomes a form, is filled by a document, and read again."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from intake.filling.empty import empty_blank
from intake.filling.fill import FilledFile, fill_file
from intake.reading import read_bytes
from model.basics.number import parse_number
from model.document.answers import Answers, FormAnswers
from model.filling.blank import blank_form
from model.forms.definition import FormDefinition, FundsBlock
from model.forms.loader import Library, shipped
from model.forms.months import MONTHS
from model.forms.zpf import FormFile
from model.reading.reading import read
from model.recognition.adopt import adopted
from model.recognition.blank import is_hint
from model.recognition.loader import vocabulary
from model.recognition.recognise import Recogniser
from model.workshop.definition import definition_of
from model.workshop.finished import finished
from model.workshop.learn import learn
from model.workshop.proposal import Proposal

FILES = Path(__file__).parent / "data" / "intake" / "files"
D09, D10, D14 = "D09_财政局空白表.xlsx", "D10_市财政局空白表.docx", "D14_财政局空白表.xls"
TODAY = date(2026, 11, 30)


class Learnt(NamedTuple):
    """A blank, what it was taken for, its form as a file, and the library that has it."""

    name: str
    blank: bytes
    found: Proposal
    file: FormFile
    library: Library

    @property
    def form(self) -> FormDefinition:
        """The definition."""
        return self.file.form


class Ours(NamedTuple):
    """Paper of a form that is shipped, and the library that has it."""

    name: str
    blank: bytes
    form: FormDefinition
    library: Library


def ours(name: str, blank: bytes, form: FormDefinition) -> Ours:
    """A blank that the program exported itself."""
    return Ours(name, blank, form, shipped())


def proposed(name: str, blank: bytes) -> Proposal:
    """What a blank is taken for."""
    return learn(read_bytes(name, blank), shipped(), TODAY.year).found


def learnt(name: str, blank: bytes, found: Proposal | None = None) -> Learnt:
    """The form of a blank, as it is taken for or as the clerk has changed that."""
    learned = learn(read_bytes(name, blank), shipped(), TODAY.year)
    found = found or learned.found
    if learned.is_filled:
        blank = empty_blank(name, blank, definition_of(found, shipped()))
    file = finished(found, shipped(), blank, TODAY)
    return Learnt(name, blank, found, file, shipped().with_own([file]))


@cache
def bureau(name: str) -> Learnt:
    """The form of a shared blank."""
    return learnt(name, (FILES / name).read_bytes())


UNIT = "示例中心"
_FIELDS = {"money": "12.5", "date": "2025-01-16"}
_ROW = {"target": "≥10次", "actual": "8次", "weight": "5", "score": "4", "nature": "≥", "unit": "次"}


def made_document(form: FormDefinition, year: str = "2025", rows: int | None = None) -> FormAnswers:
    """A form with a text in every cell that a clerk fills in; of `rows` indicators if there are more."""
    blank = blank_form(form, UNIT, year)
    texts = dict(_field_texts(form))
    for block in form.money_blocks:
        texts |= dict(_money_texts(block))
    for goal in blank.goals:
        texts |= {f"{goal}.{key}": f"{key} 的内容\n第二行" for key in form.goal_parts}
        texts |= {f"{goal}.points": "80"} if form.goal_points else {}
    for n, row in enumerate(blank.indicators[:rows]):
        texts |= dict(_row_texts(form, row, n))
    return blank.with_texts(texts)


def document_for(made: Learnt, year: str = "2025") -> FormAnswers:
    """A form with a text in every cell that a clerk fills in, with as many rows as its blank has."""
    (blank,) = Recogniser(made.library.forms).as_form(read_bytes(made.name, made.blank).sheets, made.form)
    form, texts, rows = made_document(made.form, year), {}, []
    for n, seen in enumerate(blank.data["indicators"]):
        rows.append(row := f"i{n + 1}")
        texts |= dict(_row_texts(made.form, row, n))
        is_named = bool(seen.get("name")) and not is_hint(seen["name"])
        printed = ("level1", "level2", *(["name"] * is_named))
        texts |= {f"{row}.{key}": seen[key] for key in printed if seen.get(key)}
    for block in made.form.row_blocks:
        ids = [f"{block.id[0]}{n}" for n, _ in enumerate(blank.data.get(block.id) or (), start=1)]
        form = form.with_rows(block.id, ids)
        texts |= {f"{row}.{c.key}": f"{c.caption} {row}" for row in ids for c in block.columns}
    return form.with_rows("indicators", rows).with_texts(texts)


def _field_texts(form: FormDefinition) -> Iterator[tuple[str, str]]:
    for field in form.fields.values():
        is_unit = field.id in ("unit_line", "implementer", "unit_name")
        usual = UNIT if is_unit else f"{field.caption}的文字"
        if field.filled_by != "others" and field.id != "authority":
            usual = "1—6月" if field.id == MONTHS else usual
            yield field.id, _FIELDS.get(field.kind, field.choices[0] if field.choices else usual)


def _money_texts(block: FundsBlock) -> Iterator[tuple[str, str]]:
    for n, row in enumerate(block.rows):
        for k, column in enumerate(block.columns):
            is_rate = column.kind == "rate" and not column.key.startswith("own_")
            is_typed = column.key != "label" and column.key not in row.fixed and not is_rate
            if is_typed and column.filled_by != "others" and not block.computes(row, column):
                yield row.cell(column.key), str(100 + 10 * n + k) if column.kind == "money" else "5"


def _row_texts(form: FormDefinition, row: str, n: int) -> Iterator[tuple[str, str]]:
    for column in form.indicators.printed:
        if column.key in ("level1", "level2") or column.filled_by == "others":
            continue
        text = f"第{n}项指标" if column.key == "name" else _ROW.get(column.key, f"{column.key} 文字")
        yield f"{row}.{column.key}", "10" if column.key == "target" and form.has_target_parts else text
    if form.is_scored:
        yield f"{row}.weight", "5"


class RoundTrip(NamedTuple):
    """A document filled into its blank: the filled file, and what is read of it again."""

    answers: FormAnswers
    filled: FilledFile
    back: FormAnswers
    left: Sequence[str]


def round_trip(made: "Learnt | Ours", answers: FormAnswers) -> RoundTrip:
    """Fill the blank of a form in place, and read it again: as a program reads any file, or our own paper."""
    key = "p1" if made.form.is_of_project else "d"
    (form,) = read(made.library, Answers({key: answers}, UNIT, answers.year)).forms
    recogniser = Recogniser(made.library.forms)
    filled = fill_file(made.name, made.blank, form, recogniser)
    sheets = read_bytes(made.name, filled.data).sheets
    is_learned = made.form.is_learned
    (found,) = recogniser.forms(sheets) if is_learned else recogniser.as_form(sheets, made.form)
    if found.data["year"] is None:  # the blank does not ask for it, so the clerk is asked
        found = found._replace(data={**found.data, "year": int(answers.year)})
    back = adopted(found, made.library, made.name, vocabulary())
    return RoundTrip(answers, filled, back, [left.text for left in found.left])


def differences(one: FormAnswers, other: FormAnswers) -> dict[str, tuple[str, str]]:
    """The cells in which two forms differ; amounts are compared as numbers."""
    cells = one.texts.keys() | other.texts.keys()
    pairs = {cell: (one.text(cell), other.text(cell)) for cell in cells}
    return {cell: pair for cell, pair in pairs.items() if not _alike(*pair)}


def _alike(one: str, other: str) -> bool:
    numbers = parse_number(one), parse_number(other)
    return one == other or (None not in numbers and numbers[0] == numbers[1])
