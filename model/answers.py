"""What the clerk typed: immutable texts of a form (FormAnswers) and of a document (Answers)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

FormKey = str  # "d" the department form, "p1", "p2" … the project forms
CellId = str  # "project_name", "funds.total.budget", "g2.text", "i7.actual"
Address = tuple[FormKey, CellId]

GOALS, INDICATORS = "goals", "indicators"
GOAL_CELLS = ("text", "expected", "actual", "points")
INDICATOR_CELLS = (
    "goal",
    "level1",
    "level2",
    "name",
    "weight",
    "target",
    "actual",
    "score",
    "reason",
    "direction",
    "level",
    "core",
)


@dataclass(frozen=True, slots=True)
class FormAnswers:
    """The texts of one form as typed; an empty text is no text.

    `rows` lists the ids of goals ("g1") and indicators ("i1") in order. `given` is what a file that was
    read had printed where the program computes: shown and compared, never adopted. `extra` keeps entries
    of a file that the program does not know, as JSON by their path.
    """

    definition: str
    texts: Mapping[CellId, str] = field(default_factory=dict)
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    given: Mapping[CellId, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)

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
        texts = {key: value for key, value in self.texts.items() if key != cell}
        if text:
            texts[cell] = text
        return replace(self, texts=texts)


@dataclass(frozen=True, slots=True)
class Answers:
    """All forms of a document: one unit, one year."""

    forms: Mapping[FormKey, FormAnswers]

    def __iter__(self) -> Iterator[tuple[FormKey, FormAnswers]]:
        return iter(self.forms.items())
