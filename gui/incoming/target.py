"""Where the forms of foreign files go: into a new document, or as more forms into the open one."""

from collections.abc import Iterable

from model.basics.errors import UserError
from model.document.answers import ACCOUNTS, DECLARATION, DEPARTMENT, Answers, FormAnswers, FormKey
from model.document.document import Edit
from model.exchange.gather import Named
from model.filling.importing import import_forms
from model.forms.loader import Library

ONE_OF = {"department": DEPARTMENT, "declaration": DECLARATION}  # kinds of which a document has one form
Fitting = tuple[FormKey, FormAnswers]  # the key that a form must have, "" for a project, and the form
TAKEN = "已有一张这样的表，没有放入；请导入成新的自评簿后对照。"
OTHER_YEAR = "是 {year} 年度的表，这个自评簿是 {own} 年度的，没有放入。"


def fitting(
    forms: Iterable[Named], answers: Answers, library: Library
) -> tuple[list[Fitting], list[tuple[str, UserError]]]:
    """Return the forms that can go into a document, with the key that each must have ("" for a project), and
    why others can't: another year, or a form of which there is one already."""
    fit: list[Fitting] = []
    refused: list[tuple[str, UserError]] = []
    used = set(answers.forms)
    for name, form in forms:
        key = _key(form, library)
        if form.year != answers.year:
            refused.append((name, UserError(OTHER_YEAR.format(year=form.year, own=answers.year))))
        elif key in used:
            refused.append((name, UserError(TAKEN)))
        else:
            used |= {key} if key else set()
            fit += [(key, each) for _, each in import_forms([(name, form)], library).answers]
    return fit, refused


def _key(form: FormAnswers, library: Library) -> FormKey:
    if form.definition not in library.forms:
        return ACCOUNTS
    return ONE_OF.get(library.form(form.definition).kind, "")


def add(edit: Edit, forms: Iterable[Fitting]) -> list[FormKey]:
    """Add forms to a document as imported ones; return their keys."""
    return [edit.add_form(form, key=key) for key, form in forms]
