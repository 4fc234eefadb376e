"""New documents: the sets of forms that belong together, and the empty forms a clerk begins with."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from model.document.answers import (
    DECLARATION,
    DEPARTMENT,
    GOALS,
    INDICATORS,
    TERM,
    Answers,
    CellId,
    FormAnswers,
)
from model.forms.definition import Field, FormDefinition, FormKind, Level1, same_caption
from model.forms.loader import Library
from model.reading.completeness import UNIT_NAME

# captions of the fields that repeat the name of the unit
_UNIT_CAPTIONS = ("单位名称", "市级预算部门名称", "项目实施单位", "实施单位", "部门(单位)名称")


YEAR_FIELD = "form_year"  # the field of a form that asks for the year once more


class FormSet(NamedTuple):
    """The forms of one region and edition; of the two kinds one may be lacking."""

    region: str
    edition: str
    department: FormDefinition | None
    project: FormDefinition | None

    @property
    def name(self) -> str:
        """How lists call it: 武汉市 2022."""
        return f"{self.region} {self.edition}"

    @property
    def forms(self) -> tuple[FormDefinition, ...]:
        """The definitions it has, the department form first."""
        return tuple(form for form in (self.department, self.project) if form is not None)


def sets(library: Library) -> tuple[FormSet, ...]:
    """Return what a new document can be made of, newest edition first; declarations come besides.

    Where a region has several forms of one kind in an edition, as with forms of the user's own, each
    makes a set.
    """
    forms = [form for form in library.forms.values() if form.kind in ("department", "project")]
    places = sorted({(form.edition, form.region) for form in forms}, key=lambda p: p[1])
    places.sort(key=lambda place: place[0], reverse=True)
    return tuple(form_set for edition, region in places for form_set in _sets(library, region, edition))


def _sets(library: Library, region: str, edition: str) -> Iterator[FormSet]:
    def of_kind(kind: FormKind) -> list[FormDefinition | None]:
        found = [form for form in library.forms.values() if (form.region, form.edition) == (region, edition)]
        return [form for form in found if form.kind == kind] or [None]

    for department, project in product(of_kind("department"), of_kind("project")):
        yield FormSet(region, edition, department, project)


def set_with(library: Library, form_id: str) -> FormSet | None:
    """Return the first set that a form belongs to: the one whose project form is added to its document."""
    return next((s for s in sets(library) if any(form.id == form_id for form in s.forms)), None)


def declaration_for(library: Library, region: str) -> FormDefinition | None:
    """Return the newest declaration of goals of a region; where the region has none, the newest of all."""
    return other_form(library, "declaration", region)


def other_form(library: Library, kind: FormKind, region: str) -> FormDefinition | None:
    """Return the newest form of a kind of a region; where the region has none, the newest of all."""
    found = [form for form in library.forms.values() if form.kind == kind]
    return max(found, key=lambda form: (form.region == region, form.edition), default=None)


def blank_document(
    form_set: FormSet, unit: str, year: str, declaration: FormDefinition | None = None
) -> Answers:
    """Return a new document: the department form, or a project form where the set has no other.

    With a declaration this stands before it.
    """
    key, definition = (DEPARTMENT, form_set.department) if form_set.department else ("p1", form_set.project)
    forms = {key: blank_form(definition, unit, year)} if definition else {}
    if declaration is not None:
        forms[DECLARATION] = blank_form(declaration, unit, year)
    return Answers(forms, unit, year)


def blank_form(definition: FormDefinition, unit: str, year: str) -> FormAnswers:
    """Return an empty form with unit and year, one goal (of each term) where it has goals, for each table of
    indicators a row for each level 2, and a row in each other table."""
    goals = _goals(definition)
    texts = {"unit": unit, "year": year, **_unit_fields(definition, unit)}
    texts |= {YEAR_FIELD: year} if YEAR_FIELD in definition.fields else {}
    texts |= {f"{goal}.{TERM}": term for goal, term in goals.items()}
    rows: list[str] = []
    for given in definition.given_rows:
        rows.append(row := f"i{len(rows) + 1}")
        texts |= {f"{row}.{key}": text for key, text in given.items()}
    for goal in () if rows else goals if definition.indicators.per_goal else ("",):
        for level1, level2 in _levels(definition.level1):
            rows.append(row := f"i{len(rows) + 1}")
            texts |= {f"{row}.level1": level1, f"{row}.level2": level2, f"{row}.goal": goal}
    blank = FormAnswers(definition.id).with_texts(texts)
    for block in definition.row_blocks:
        blank = blank.with_rows(block.id, (f"{block.id[0]}1",))
    return blank.with_rows(GOALS, goals).with_rows(INDICATORS, rows)


_OF_THE_UNIT = ("authority", "office", "filled_by", "phone")  # fields that say the same on all its forms


def form_beside(definition: FormDefinition, answers: Answers) -> FormAnswers:
    """Return an empty form for a document, with those who answer for the unit as the last form names them."""
    blank = blank_form(definition, answers.unit, answers.year)
    wanted = [field.id for field in definition.fields.values() if _is_of_unit(field)]
    texts = {cell: form.text(cell) for _, form in answers for cell in wanted if form.text(cell).strip()}
    return blank.with_texts({cell: text for cell, text in texts.items() if not blank.text(cell)})


def _is_of_unit(field: Field) -> bool:
    return field.kind == "text" and (field.at == "signatures" or field.id in _OF_THE_UNIT)


def _goals(definition: FormDefinition) -> dict[str, str]:
    """Return the goals of an empty form with their terms."""
    terms = definition.goal_terms or (("",) if _has_goals(definition) else ())
    return {f"g{n}": term for n, term in enumerate(terms, start=1)}


def _has_goals(definition: FormDefinition) -> bool:
    return bool(definition.goal_parts) or definition.goal_points or definition.indicators.per_goal


def _levels(level1: tuple[Level1, ...]) -> Iterator[tuple[str, str]]:
    for block in level1 or (Level1("", None, ()),):
        for name in block.level2 or ("",):
            yield block.name, name


def _unit_fields(definition: FormDefinition, unit: str) -> dict[CellId, str]:
    return {
        field.id: unit
        for field in definition.fields.values()
        if field.id == UNIT_NAME or any(same_caption(field.caption, caption) for caption in _UNIT_CAPTIONS)
    }
