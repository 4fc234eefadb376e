"""From what was declared to what follows in its year: goals, their indicators, projects and their money.

A declaration of the department goes into its self-evaluation; that of a project into the form by which it is
watched during the year (监控) and into its self-evaluation, the latter of these two into the former's next.

Nothing that is typed is overwritten, and nothing that is there already comes a second time.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from model.basics import number
from model.basics.amount import Amount
from model.basics.names import same_name
from model.document.answers import (
    ACCOUNTS,
    DECLARATION,
    DEPARTMENT,
    GOALS,
    INDICATORS,
    Address,
    CellId,
    FormAnswers,
    FormKey,
)
from model.document.document import Edit
from model.filling.blank import FormSet, blank_form, set_with, sets
from model.forms.columns import ROW_COLUMNS
from model.forms.definition import FormDefinition, FormKind, bare
from model.forms.loader import Library
from model.forms.rules import names_nothing
from model.reading.reading import definition_of
from model.reading.terms import goals_of

PROJECTS = "projects"  # the table of the declaration that lists them
_LABELS = tuple(key for key, column in ROW_COLUMNS.items() if column.is_label)  # they alone leave a row empty

Row = Mapping[str, str]  # the texts of an indicator by column


class Taken(NamedTuple):
    """How much was taken over; false if nothing was."""

    goals: int = 0
    indicators: int = 0
    projects: int = 0

    def plus(self, other: "Taken") -> "Taken":
        """Return both together."""
        return Taken(*(one + two for one, two in zip(self, other, strict=True)))

    def __bool__(self) -> bool:
        return bool(self.goals or self.indicators or self.projects)


def take_over(edit: Edit, library: Library) -> Taken:
    """Take the goals and projects of the declarations over into the other forms of the document.

    Self-evaluations that are lacking are made, of the kind that the document uses, else of the declaration's
    region.
    """
    taken = Taken()
    if DECLARATION in edit.answers.forms:
        declared = edit.answers.forms[DECLARATION]
        form_sets = _form_sets(edit, library, declared)
        goals = [goal for goal in _declared_goals(declared, library) if goal.is_filled]
        counts = _take_goals(edit, library, form_sets, goals) if goals else (0, 0)
        taken = Taken(*counts, projects=_take_projects(edit, library, form_sets, declared))
    return taken.plus(_follow(edit, library))


def _form_sets(edit: Edit, library: Library, declared: FormAnswers) -> list[FormSet]:
    """Where to take a lacking form from: sets of the document, of the declaration's region, any others."""
    used = [
        set_with(library, form.definition) for key, form in edit.answers if key not in (DECLARATION, ACCOUNTS)
    ]
    region = library.form(declared.definition).region
    others = sorted(sets(library), key=lambda found: found.region != region)
    return [found for found in (*used, *others) if found]


# --- goals and indicators


class _Goal(NamedTuple):
    text: str
    rows: tuple[Row, ...]

    @property
    def is_filled(self) -> bool:
        return bool(self.text.strip() or self.rows)


def _declared_goals(declared: FormAnswers, library: Library) -> Iterator[_Goal]:
    """The goals of the year, which is the last term of a declaration, with their named rows."""
    definition = library.form(declared.definition)
    term = definition.goal_terms[-1] if definition.goal_terms else ""
    carried = [column.key for column in definition.row_columns.values() if column.is_carried]
    is_apart = definition.indicators.per_goal  # else all rows stand together, below the first goal
    for n, goal in enumerate(goals_of(definition, declared, term) or ("",)):
        own = [row for row in declared.indicators if declared.text(f"{row}.goal") == goal]
        rows = own if is_apart else [] if n else declared.indicators
        texts = [{key: declared.text(f"{row}.{key}") for key in carried} for row in rows]
        named = tuple(row for row in texts if row["name"].strip() and not names_nothing(row["name"]))
        yield _Goal(declared.text(f"{goal}.text") or declared.text(f"{goal}.expected"), named)


def _take_goals(
    edit: Edit, library: Library, form_sets: list[FormSet], goals: list[_Goal]
) -> tuple[int, int]:
    """Take goals with their rows over into the department form; return how many goals and rows were new."""
    if DEPARTMENT not in edit.answers.forms:
        definition = next((found.department for found in form_sets if found.department), None)
        if definition is None:
            return 0, 0
        edit.add_form(blank_form(definition, edit.answers.unit, edit.answers.year), key=DEPARTMENT)
    return _Target(edit, library, DEPARTMENT).take(goals)


class _Target:
    """A form while goals come into it."""

    def __init__(self, edit: Edit, library: Library, key: FormKey) -> None:
        self._edit, self._key = edit, key
        self._definition = library.form(self._form.definition)
        self._per_goal = self._definition.indicators.per_goal
        self._part = next((p for p in ("text", "expected") if p in self._definition.goal_parts), "")
        self._columns = self._definition.row_columns
        self._untouched = {goal for goal in (*self._form.goals, "") if not self._typed_rows(goal)}

    @property
    def _form(self) -> FormAnswers:
        return self._edit.answers.forms[self._key]

    def take(self, goals: list[_Goal]) -> tuple[int, int]:
        new_goals = new_rows = 0
        for goal in goals:
            target, is_new = self._goal_for(goal.text)
            new_goals += is_new
            new_rows += sum(self._take_row(target if self._per_goal else "", row) for row in goal.rows)
        self._remove_unused()
        return new_goals, new_rows

    def _goal_for(self, text: str) -> tuple[str, bool]:
        """The goal with this text, else an empty one, else a new one; and whether it got the text now."""
        if not self._part:
            return self._form.goals[0] if self._form.goals else "", False
        for goal in self._form.goals:
            if same_name(self._form.text(f"{goal}.{self._part}"), text):
                return goal, False
        empty = (goal for goal in self._form.goals if self._is_empty(goal))
        goal = next(empty, "") or self._edit.add_rows(self._key, GOALS, len(self._form.goals), [{}])[0]
        self._edit.set_text((self._key, f"{goal}.{self._part}"), text)
        return goal, bool(text.strip())

    def _is_empty(self, goal: str) -> bool:
        texts = (self._form.text(f"{goal}.{part}") for part in ("text", "expected", "actual"))
        return not any(texts) and (not self._per_goal or not self._typed_rows(goal))

    def _rows(self, goal: str) -> list[str]:
        rows = self._form.indicators
        return [row for row in rows if not self._per_goal or self._form.text(f"{row}.goal") == goal]

    def _typed_rows(self, goal: str) -> list[str]:
        return [row for row in self._rows(goal) if self._is_typed(row)]

    def _is_typed(self, row: str) -> bool:
        return any(self._form.text(f"{row}.{key}").strip() for key in self._columns if key not in _LABELS)

    def _take_row(self, goal: str, row: Row) -> bool:
        """Put a row into the empty one of its levels, else behind the last of them; not if it is there."""
        rows = self._rows(goal)
        if any(same_name(self._form.text(f"{one}.name"), row["name"]) for one in rows):
            return False
        taken = [key for key in row if key in _LABELS or self._prints(key)]
        free = (one for one in rows if not self._is_typed(one) and self._levels(one) == _levels(row))
        if found := next(free, ""):
            cells = {(self._key, f"{found}.{key}"): row[key] for key in taken if key not in _LABELS}
            self._edit.set_texts(cells)
        else:
            texts = {key: row[key] for key in taken} | {"goal": goal}
            self._edit.add_rows(self._key, INDICATORS, self._place(rows, _levels(row)), [texts])
        return True

    def _prints(self, column: str) -> bool:
        return column in self._columns and self._columns[column].is_printed

    def _place(self, rows: list[str], levels: tuple[str, str]) -> int:
        """Where a new row stands: behind those of its level 2, else of its level 1, else of its goal."""
        order = self._form.indicators
        same = [row for row in rows if self._levels(row) == levels]
        near = [row for row in rows if self._levels(row)[0] == levels[0]]
        last = (same or near or rows or order)[-1:]
        return order.index(last[0]) + 1 if last else 0

    def _levels(self, row: str) -> tuple[str, str]:
        return bare(self._form.text(f"{row}.level1")), bare(self._form.text(f"{row}.level2"))

    def _remove_unused(self) -> None:
        """Where nothing was typed before, the empty rows of the form go when others have come."""
        for goal in (*self._form.goals, "") if self._per_goal else ("",):
            if goal in self._untouched and self._typed_rows(goal):
                empty = [row for row in self._rows(goal) if not self._is_typed(row)]
                self._edit.remove_rows(self._key, INDICATORS, empty)


def _levels(row: Row) -> tuple[str, str]:
    return bare(row["level1"]), bare(row["level2"])


# --- projects


def _take_projects(edit: Edit, library: Library, form_sets: list[FormSet], declared: FormAnswers) -> int:
    """Make a project form for each row of the declaration that has none; return how many."""
    definition = _project_definition(edit, library, form_sets)
    unit = definition_of(library, declared).money_unit
    made: list[FormKey] = []
    for row in declared.rows.get(PROJECTS, ()) if definition else ():
        name = declared.text(f"{row}.name")
        names = [edit.answers.forms[key].text("project_name") for key in _of_kind(edit, library, "project")]
        if name.strip() and definition and not any(same_name(name, other) for other in names):
            texts = _project(definition, name, declared.text(f"{row}.current_year_budget"), unit)
            blank = blank_form(definition, edit.answers.unit, edit.answers.year)
            made.append(edit.add_form(blank.with_texts(texts)))
    return len(made)


def _project_definition(edit: Edit, library: Library, form_sets: list[FormSet]) -> FormDefinition | None:
    """The self-evaluation that the document has for its projects, else that of a set."""
    used = [library.form(edit.answers.forms[key].definition) for key in _of_kind(edit, library, "project")]
    return next((form for form in (*used, *(found.project for found in form_sets)) if form), None)


def _project(definition: FormDefinition, name: str, amount: str, unit: str) -> dict[CellId, str]:
    """The texts of a project: its name, and its money as the initial budget where the form has one."""
    funds = definition.funds
    if funds is None:
        return {"project_name": name}
    has_initial = funds.has("initial")
    cell = funds.rows[0].cell("initial" if has_initial else funds.rate_of)
    return {"project_name": name, cell: _in_unit(amount, unit, definition.money_unit)}


def _in_unit(amount: str, unit: str, wanted: str) -> str:
    """An amount as typed, converted where the forms have different units and it is one without its own."""
    value = number.parse_number(amount)
    return amount if unit == wanted or value is None else number.plain(Amount(value, unit).to(wanted).number)


# --- from form to form of one project

_STAGES: tuple[FormKind, ...] = ("project_declaration", "monitoring", "project")


def _follow(edit: Edit, library: Library) -> Taken:
    """Let each form of a project that is declared or watched go over into those that come after it."""
    taken = Taken()
    for n, stage in enumerate(_STAGES[:-1], start=1):
        for key in _of_kind(edit, library, stage):
            source = edit.answers.forms[key]
            if not source.text("project_name").strip():
                continue
            taken = taken.plus(Taken(projects=_made(edit, library, source)))
            for later in _STAGES[n:]:
                taken = taken.plus(_into(edit, library, source, later))
    return taken


def _of_kind(edit: Edit, library: Library, kind: FormKind) -> list[FormKey]:
    forms = edit.answers.forms
    return [key for key in edit.answers.projects if library.form(forms[key].definition).kind == kind]


def _same_project(edit: Edit, library: Library, source: FormAnswers, kind: FormKind) -> list[FormKey]:
    name = source.text("project_name")
    keys = _of_kind(edit, library, kind)
    return [key for key in keys if same_name(edit.answers.forms[key].text("project_name"), name)]


def _made(edit: Edit, library: Library, source: FormAnswers) -> int:
    """Make the self-evaluation of a project that has none; return how many."""
    if _same_project(edit, library, source, "project"):
        return 0
    definition = _project_definition(edit, library, _form_sets(edit, library, source))
    if definition is None:
        return 0
    blank = blank_form(definition, edit.answers.unit, edit.answers.year)
    edit.add_form(blank.with_text("project_name", source.text("project_name")))
    return 1


def _into(edit: Edit, library: Library, source: FormAnswers, kind: FormKind) -> Taken:
    goals = [goal for goal in _declared_goals(source, library) if goal.is_filled]
    taken = Taken()
    for key in _same_project(edit, library, source, kind):
        if goals:
            taken = taken.plus(Taken(*_Target(edit, library, key).take(goals)))
        edit.set_texts(_money(edit, library, source, key))
    return taken


def _money(edit: Edit, library: Library, source: FormAnswers, key: FormKey) -> dict[Address, str]:
    """The initial budget of each row, and the fields of the head, where the other form has none yet."""
    target = edit.answers.forms[key]
    one, other = definition_of(library, source), definition_of(library, target)
    shared = [name for name, field in one.fields.items() if name in other.fields and field.kind == "text"]
    texts = {name: source.text(name) for name in shared}
    stated = next((block for block in one.money_blocks if block.has("initial")), None)
    if stated and other.funds:
        rows = {row.key: row for row in other.funds.rows}
        wanted = "initial" if other.funds.has("initial") else other.funds.rate_of
        for row in (row for row in stated.rows if row.key in rows):
            amount = _in_unit(source.text(row.cell("initial")), one.money_unit, other.money_unit)
            texts[rows[row.key].cell(wanted)] = amount
    return {(key, cell): text for cell, text in texts.items() if text and not target.text(cell).strip()}
