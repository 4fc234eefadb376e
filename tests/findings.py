"""Forms on which nothing is to be found, and what a test of a check looks at."""

from collections.abc import Iterable, Mapping
from typing import Any

from model.checks import Finding, check_between, check_form
from model.document.answers import Answers
from model.forms.loader import Library, shipped
from model.reading.reading import Form, Reading, read
from tests import builders
from tests.builders import HUNAN, WUHAN, Row, row

COMPUTED, JUDGED, WARNING, NOTE = "computed", "judged", "warning", "note"


def filled(definition: str, *rows: Row, library: Library | None = None, **given: Any) -> Form:
    """Return a form as `builders.filled` makes it, with everything filled in that every form requires."""
    fields = (library or shipped()).form(definition).fields.values()
    budget = str(given.get("budget", "100"))
    amounts = {"basic": budget, "project": "0"}
    needed = {
        field.id: amounts.get(field.id, field.choices[0] if field.choices else "示例单位")
        for field in fields
        if field.required
    }
    return builders.filled(definition, *rows, library=library, **(needed | given))


def whole(definition: str = HUNAN, output: str = "50", effect: str = "30", more: tuple = (), **texts) -> Form:
    """A sound Hunan form whose weights add up to 100, one row a block; `more` rows follow."""
    rows = [
        row("100%", "100%", output),
        row("100%", "100%", effect, level1="效益指标", level2="社会效益指标"),
        row("100%", "100%", "10", level1="满意度指标", level2="服务对象满意度指标"),
    ]
    return filled(definition, *rows, *more, **texts)


def with_goals(first: str = "50", second: str = "30", weights: tuple = ("50", "30"), **texts) -> Form:
    """A sound Wuhan form of two goals, one row each."""
    rows = [row("5次", "5次", weight, goal=n) for n, weight in enumerate(weights, start=1)]
    return filled(WUHAN, *rows, goals=[first, second], **texts)


def of(code: str, form: Form) -> list[Finding]:
    """The findings of one code."""
    return [finding for finding in check_form(form) if finding.code == code]


def codes(findings: Iterable[Finding]) -> set[str]:
    """The codes of some findings."""
    return {finding.code for finding in findings}


def unfinished(form: Form) -> set[str]:
    """A row without a score is unfinished, whatever else is said of it."""
    return {"row-unfinished"} if any(row.is_unfinished for row in form.sheet.indicators) else set()


def document(*forms: Form, year: str = "2025") -> Reading:
    """The forms as one document, the first department form as such, the others as projects."""
    answers: dict[str, Any] = {}
    for form in forms:
        kind = form.definition.kind
        key = {"department": "d", "declaration": "t"}.get(kind, f"p{len(answers) + 1}")
        answers[key] = form.answers
    return read(shipped(), Answers(answers, "示例单位", year))


def between(code: str, *forms: Form, **document_texts: str) -> list[Finding]:
    """The findings of one code between some forms."""
    return [f for f in check_between(document(*forms, **document_texts)) if f.code == code]


Texts = Mapping[str, str]
