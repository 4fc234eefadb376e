"""What the clerk typed: immutable texts of a form (FormAnswers) and of a document (Answers)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

FormKey = str  # "t" the declaration, "d" the department form, "p1", "p2" … the projects, "a" the accounts
CellId = str  # "project_name", "funds.total.budget", "g2.text", "i7.actual"
Address = tuple[FormKey, CellId]

DECLARATION, DEPARTMENT, ACCOUNTS = "t", "d", "a"

GOALS, INDICATORS = "goals", "indicators"
HANDED_OUT = '["form", "handed_out"]'  # the unknown entry that says when a form went to a colleague
LEFT_BEHIND = '["form", "left_behind"]'  # … that has what a newer version of its form had no place for
TERM = "term"  # the cell of a goal that says which of the terms of its form it belongs to
MONEY_UNIT = "money_unit"  # the cell that says in which unit a form is filled in, where not in its own
LAST = "last_"  # before a column: what stood there last year; shown and compared, never typed or checked


def is_last_years(cell: CellId) -> bool:
    """Whether a cell of a row or goal only keeps what stood there last year."""
    return f".{LAST}" in cell and not cell.startswith("report.")


class Reply(NamedTuple):
    """What the clerk wrote about a finding (出错说明), and what the finding rested on then.

    An empty `found` stands for whatever the file holds that the reply was read from. `signed` says who wrote
    it and when (model/document/signing.py), "" where that is not known.
    """

    text: str
    found: str = ""
    signed: str = ""


@dataclass(frozen=True, slots=True)
class FormAnswers:
    """The texts of one form as typed; an empty text is no text.

    `rows` lists the ids of goals ("g1"), indicators ("i1") and rows of other tables in order. `given` is
    what a file that was read had printed where the program computes: shown and compared, never adopted.
    `extra` keeps entries of a file that the program does not know, as JSON by their path. `replies` are the
    clerk's answers to findings, by code and cell. `imported` are the texts as a file had them that the
    clerk imported: a text that is still the same came from there. `sources` says of such a text which
    file and place it stood in (岳阳项目多表.xlsx › 高三教研 D14).
    """

    definition: str
    texts: Mapping[CellId, str] = field(default_factory=dict)
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    given: Mapping[CellId, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    replies: Mapping[tuple[str, CellId], Reply] = field(default_factory=dict)
    imported: Mapping[CellId, str] = field(default_factory=dict)
    sources: Mapping[CellId, str] = field(default_factory=dict)

    def text(self, cell: CellId) -> str:
        """Return what stands in a cell, "" where nothing does."""
        return self.texts.get(cell, "")

    @property
    def goals(self) -> tuple[str, ...]:
        """Ids of the goals in order."""
        return self.rows.get(GOALS, ())

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of the indicator rows in order."""
        return self.rows.get(INDICATORS, ())

    @property
    def unit(self) -> str:
        """Name of the institution that the form speaks of."""
        return self.text("unit")

    @property
    def year(self) -> str:
        """The year evaluated, as four digits."""
        return self.text("year")

    def with_text(self, cell: CellId, text: str) -> "FormAnswers":
        """Return the same form with another text in one cell; "" takes the text away."""
        return self.with_texts({cell: text})

    def with_texts(self, changes: Mapping[CellId, str]) -> "FormAnswers":
        """Return the same form with other texts in some cells; "" takes a text away."""
        texts = dict(self.texts)
        for cell, text in changes.items():
            if text:
                texts[cell] = text
            else:
                texts.pop(cell, None)
        return replace(self, texts=texts)

    def with_reply(self, code: str, cell: CellId, reply: Reply) -> "FormAnswers":
        """Return the same form with another answer to a finding; one without text takes it away."""
        replies = {key: kept for key, kept in self.replies.items() if key != (code, cell)}
        return replace(self, replies=replies | ({(code, cell): reply} if reply.text else {}))

    def with_rows(self, block: str, ids: Iterable[str]) -> "FormAnswers":
        """Return the same form with other rows, or another order of rows, in one block."""
        rows = {**self.rows, block: tuple(ids)}
        return replace(self, rows={name: found for name, found in rows.items() if found})


@dataclass(frozen=True, slots=True)
class Answers:
    """All forms of a document: one unit, one year; a form's own texts may name another unit.

    Whatever order they are given in, the declaration comes first, then the department form, then the
    projects in their order, then the final accounts. `carried` are the files (.zpf) of the definitions that
    no program ships, by id: with them a document opens on any computer.
    """

    forms: Mapping[FormKey, FormAnswers]
    unit: str = ""
    year: str = ""
    carried: Mapping[str, bytes] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        places = {DECLARATION: 0, DEPARTMENT: 1, ACCOUNTS: 3}
        ordered = sorted(self.forms.items(), key=lambda item: places.get(item[0], 2))
        object.__setattr__(self, "forms", dict(ordered))

    def __iter__(self) -> Iterator[tuple[FormKey, FormAnswers]]:
        return iter(self.forms.items())

    @property
    def projects(self) -> tuple[FormKey, ...]:
        """Keys of the project forms in order."""
        return tuple(key for key in self.forms if key not in (DECLARATION, DEPARTMENT, ACCOUNTS))

    def as_imported(self) -> "Answers":
        """Return the same document, remembering of each text that it was imported."""
        return replace(self, forms={key: replace(form, imported=form.texts) for key, form in self})

    def with_form(self, key: FormKey, form: FormAnswers) -> "Answers":
        """Return the same document with a form in its place, a new one as the last project."""
        return replace(self, forms={**self.forms, key: form})

    def without_form(self, key: FormKey) -> "Answers":
        """Return the same document without a form."""
        return replace(self, forms={k: form for k, form in self if k != key})

    def with_projects(self, order: Iterable[FormKey]) -> "Answers":
        """Return the same document with its projects in another order."""
        order = tuple(order)
        rest = {key: form for key, form in self if key not in order}
        return replace(self, forms=rest | {key: self.forms[key] for key in order})
