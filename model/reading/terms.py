"""Goals that a form tells apart by term (长期目标, 年度目标): where each belongs, how it is labelled."""

import re

from model.document.answers import TERM, FormAnswers
from model.forms.definition import FormDefinition, bare

_LABEL = re.compile(r"(.*?)([0-9]*)[:：]?")


def term_of(form: FormDefinition, answers: FormAnswers, goal: str) -> str:
    """Return the term of a goal, the last of the form where the goal has none; "" without terms."""
    found = answers.text(f"{goal}.{TERM}")
    return found if found in form.goal_terms else form.goal_terms[-1] if form.goal_terms else ""


def goals_of(form: FormDefinition, answers: FormAnswers, term: str) -> tuple[str, ...]:
    """Return the goals of a term in order; all of them in a form without terms."""
    return tuple(goal for goal in answers.goals if term_of(form, answers, goal) == term)


def term_in(form: FormDefinition, label: str) -> str:
    """Return the term that a label begins with: 长期目标 of 长期目标2; "" where it is none of the form."""
    match = _LABEL.fullmatch(bare(label))
    return next((term for term in form.goal_terms if match and bare(term) == match[1]), "")


def label_of(form: FormDefinition, answers: FormAnswers, goal: str) -> str:
    """Return how the form itself labels a goal: 长期目标2; "" in a form without terms."""
    term = term_of(form, answers, goal)
    return f"{term}{goals_of(form, answers, term).index(goal) + 1}" if term else ""
