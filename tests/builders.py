"""A filled-in form in one line, for tests.

    form = filled("wuhan-department-2022", row("≥50个", "45个", weight="10"), budget="200", executed="150")

Nothing is read from a file: a form is made of its texts, as the window will make it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from model.document.answers import Answers, FormAnswers
from model.forms.loader import Library, shipped
from model.reading.reading import Form, read

WUHAN, WUHAN_PROJECT = "wuhan-department-2022", "wuhan-project-2022"
WUHAN_2020, WUHAN_PROJECT_2020 = "wuhan-department-2020", "wuhan-project-2020"
HUNAN, HUNAN_PROJECT = "hunan-department-2023", "hunan-project-2023"
NATIONAL, DECLARATION = "national-project-2020", "wuhan-declaration-2024"
NATIONAL_2022, CHONGQING = "national-project-2022", "chongqing-department-2021"
PLAN, MONITORING = "national-project-declaration-2022", "national-monitoring-2019"
TRANSFER = "national-transfer-2022"
SCORED = (WUHAN_2020, WUHAN_PROJECT_2020, WUHAN, WUHAN_PROJECT, HUNAN, HUNAN_PROJECT, NATIONAL)
PUBLISHED = (*SCORED, DECLARATION)  # of which there are published papers or layouts
OTHERS = (NATIONAL_2022, CHONGQING, PLAN, MONITORING, TRANSFER)
SHIPPED = (*PUBLISHED, *OTHERS)


@dataclass(frozen=True)
class Row:
    """One indicator; `goal` counts from 1, 0 is none."""

    goal: int
    texts: Mapping[str, str] = field(default_factory=dict)


def row(
    target: str = "",
    actual: str = "",
    weight: str = "",
    score: str = "",
    *,
    name: str = "培训教师",
    level1: str = "产出指标",
    level2: str = "数量指标",
    goal: int = 0,
    **more: str,
) -> Row:
    """One indicator: target, result, weight, typed score; further cells by name (level, reason …)."""
    cells = {"level1": level1, "level2": level2, "name": name, "weight": weight}
    return Row(goal, cells | {"target": target, "actual": actual, "score": score} | more)


def filled(
    definition: str,
    *rows: Row,
    budget: str = "100",
    executed: str = "100",
    goals: Sequence[str] = (),
    given: Mapping[str, str] | None = None,
    cells: Mapping[str, str] | None = None,
    library: Library | None = None,
    **fields: str,
) -> Form:
    """Return a form of 示例单位, 2025.

    `goals` are the points of the goals, "" for none; `given` what a file had printed ("total", "title", and
    of the execution row "rate", "score"); `cells` further texts by cell id; `fields` texts by field id. A
    form without scores has neither budget nor execution.
    """
    library = library or shipped()
    form = library.form(definition)
    funds = form.funds.rows[0].key if form.is_scored else ""
    texts = {"unit": "示例单位", "year": "2025", **fields}
    texts |= {f"funds.{funds}.budget": budget, f"funds.{funds}.executed": executed} if funds else {}
    texts |= {f"g{n}.points": points for n, points in enumerate(goals, start=1)}
    for n, indicator in enumerate(rows, start=1):
        texts |= {f"i{n}.{cell}": text for cell, text in indicator.texts.items()}
        texts[f"i{n}.goal"] = f"g{indicator.goal}" if indicator.goal else ""
    texts |= cells or {}
    printed = {
        f"funds.{funds}.{key}" if key in ("rate", "score") else key: t for key, t in (given or {}).items()
    }
    answers = FormAnswers(
        definition,
        {cell: text for cell, text in texts.items() if text},
        {"goals": _ids("g", goals), "indicators": _ids("i", rows)},
        printed,
    )
    return form_of(answers, library)


def _ids(letter: str, members: Sequence[object]) -> tuple[str, ...]:
    return tuple(f"{letter}{n}" for n, _ in enumerate(members, start=1))


def form_of(answers: FormAnswers, library: Library | None = None) -> Form:
    """Return the form of some answers, read and scored."""
    return read(library or shipped(), Answers({"p1": answers})).forms[0]
