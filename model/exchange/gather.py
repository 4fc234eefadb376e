"""Forms that were read from several files, put together as one document: one unit, one year."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from model.basics.errors import UserError
from model.basics.texts import clean, said_of_removed
from model.document.answers import ACCOUNTS, DECLARATION, DEPARTMENT, Answers, FormAnswers, FormKey
from model.document.cleaning import clean_form
from model.exchange.entries import homeless
from model.forms.definition import same_caption
from model.forms.loader import Library

_NAMED = 5  # entries that a sentence names
_SINGLE = {"department": DEPARTMENT, "declaration": DECLARATION}  # kinds that a document has one form of

Named = tuple[str, FormAnswers]  # the name of a file and the form in it
Sentence = tuple[str, str]  # the name of a file and what is to be said about it


class Gathered(NamedTuple):
    """A document, the files that do not belong in it with the reason why, and what else is to be known."""

    answers: Answers
    refused: tuple[Sentence, ...]
    notes: tuple[Sentence, ...]


def gather(files: Sequence[Named], library: Library) -> Gathered:
    """Return the forms of some files, each with its name, as one document.

    Unit and year are those of the first department form, else of the first declaration, else of the first
    file. A form of another year, of an unknown definition, or a second department form, declaration or set of
    final accounts is refused; another unit stays in its form and is noted. Projects keep the order of files.
    """
    head = _head(files, library)
    forms: dict[FormKey, FormAnswers] = {}
    refused: list[Sentence] = []
    notes: list[Sentence] = []
    projects = 0
    for name, form in files:
        try:
            key = _key(form, library, projects + 1)
            _must_belong(form, head, taken=key in forms)
        except UserError as error:
            refused.append((name, str(error)))
            continue
        forms[key], removed = clean_form(form)
        notes.extend([(name, said_of_removed(removed))] if removed else [])
        projects += key not in (*_SINGLE.values(), ACCOUNTS)
        notes.extend(_notes(name, form, head))
    return Gathered(Answers(forms, clean(head.unit).text, head.year), tuple(refused), tuple(notes))


def _head(files: Sequence[Named], library: Library) -> FormAnswers:
    """The form that unit and year of the document are taken from."""
    known = [form for _, form in files if form.definition in library.forms]
    first_of_kind: dict[str, FormAnswers] = {
        library.form(form.definition).kind: form for form in reversed(known)
    }
    accounts = (form for _, form in files if _is_accounts(form, library))
    first = known[0] if known else next(accounts, FormAnswers(""))
    return first_of_kind.get("department") or first_of_kind.get("declaration") or first


def _is_accounts(form: FormAnswers, library: Library) -> bool:
    if form.definition in library.forms:
        return False
    from model.accounts.loader import edition_ids  # late: most documents have no accounts

    return form.definition in edition_ids(library)


def _key(form: FormAnswers, library: Library, project: int) -> FormKey:
    if _is_accounts(form, library):
        return ACCOUNTS
    return _SINGLE.get(library.form(form.definition).kind, f"p{project}")


def _must_belong(form: FormAnswers, head: FormAnswers, taken: bool) -> None:
    if form.year != head.year:
        raise UserError(f"年度是 {form.year}，自评簿是 {head.year} 年度。", "请另建一个自评簿。")
    if taken:
        raise UserError(
            "自评簿已有一张同类的表，部门整体自评表、目标申报表、部门决算只能各有一份。", "请核对文件。"
        )


def _notes(name: str, form: FormAnswers, head: FormAnswers) -> Iterator[Sentence]:
    if lost := homeless(form.extra):
        named = "、".join(f"“{entry}”" for entry in lost[:_NAMED]) + "等" * (len(lost) > _NAMED)
        yield name, f"{named}在表里没有位置，已原样保留，导出交换文件时写回，表上不显示。"
    if form.unit and head.unit and not same_caption(form.unit, head.unit):
        yield name, f"单位名称是“{form.unit}”，与自评簿的“{head.unit}”不同，已照原样保留。请核对。"
