"""What an import finds in a file: forms, lists of projects, or the sentence why there is nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from model.accounts.loader import edition, editions, subjects_of
from model.accounts.reading import read_accounts
from model.basics.errors import UserError
from model.document.answers import ACCOUNTS, FormAnswers
from model.exchange.accounts_reader import read_accounts_file
from model.exchange.accounts_writer import write_accounts
from model.exchange.exchange import ACCOUNTS_SCHEMAS, decode, read_exchange, write_exchange
from model.exchange.gather import Named
from model.exchange.older_documents import open_document
from model.forms.loader import Library
from model.reading.origin import source_of
from model.recognition.accounts import AccountsFound, find_accounts
from model.recognition.adopt import adopted, adopted_accounts
from model.recognition.area import Area, areas
from model.recognition.explaining import looks_like_a_form
from model.recognition.found import Found
from model.recognition.incoming import Incoming
from model.recognition.layouts import Layout
from model.recognition.lists import Listing
from model.recognition.loader import accounts_words, vocabulary
from model.recognition.recognise import Recogniser
from model.recognition.specified import specified


class Answered(NamedTuple):
    """What the clerk says where the file does not: the kind of form, its year, the unit of its money ("" and
    0 for nothing)."""

    form: str = ""
    year: int = 0
    unit: str = ""


NOT_ASKED = Answered()
STRANGE = "这个版式还不认识。请在窗口里导入，说明各栏是什么，再记住这个版式。"


class Examined(NamedTuple):
    """A file and what stands in it: `own` are forms of files of our own kinds, with their data."""

    path: Path
    incoming: Incoming
    forms: tuple[Found, ...] = ()
    others: tuple[Found, ...] = ()  # blank ones, and those on hidden sheets: offered, not taken
    own: tuple[tuple[Mapping[str, Any], FormAnswers], ...] = ()
    own_accounts: tuple[tuple[Mapping[str, Any], FormAnswers], ...] = ()
    lists: tuple[Listing, ...] = ()
    accounts: AccountsFound | None = None
    error: str = ""
    is_strange: bool = False  # no form was found, but a sheet looks like one: its layout can be explained


def examine(
    path: Path,
    incoming: Incoming,
    library: Library,
    answered: Answered = NOT_ASKED,
    layouts: Sequence[Layout] = (),
) -> Examined:
    """Return what an import would take from a file that was read."""
    if incoming.refused:
        return Examined(path, incoming, error=incoming.refused)
    if incoming.kind in ("json", "zpb"):
        return _own(path, incoming, library)
    recogniser = Recogniser(library.forms, layouts=layouts)
    on = list(areas(incoming.sheets))
    found = [specified(form, *answered) for area in on for form in recogniser.forms_on(area)]
    forms = tuple(form for form in found if not form.is_blank and not form.hidden)
    others = tuple(form for form in found if form.is_blank or form.hidden)
    lists = tuple(listing for area in on for listing in recogniser.lists_on(area))
    accounts = _accounts(on, library, answered)
    nothing = not (forms or accounts or others or lists)
    is_strange = nothing and any(looks_like_a_form(area) for area in on)
    error = "" if forms or accounts else STRANGE if is_strange else _nothing(others, lists)
    return Examined(
        path, incoming, forms, others, lists=lists, accounts=accounts, error=error, is_strange=is_strange
    )


def _accounts(on: Sequence[Area], library: Library, answered: Answered) -> AccountsFound | None:
    found = find_accounts(on, editions(library), accounts_words(), vocabulary())
    if found is None or not answered.year:
        return found
    return found._replace(data={**found.data, "year": answered.year})


def _nothing(others: Sequence[Found], lists: Sequence[Listing]) -> str:
    if any(form.is_blank for form in others):
        return "这是空白表，还没有填写内容。请选已填写的表。"
    if others:
        return f"自评表在隐藏的工作表“{others[0].sheet}”里，没有读入。请取消隐藏后再试。"
    if lists:
        return f"这是项目名单（{len(lists[0].projects)} 个项目），不是自评表。请选自评表。"
    return "没有找到自评表。请选含有绩效指标表的文件。"


def _own(path: Path, incoming: Incoming, library: Library) -> Examined:
    """A file of our own: an exchange file or a document."""
    try:
        if incoming.kind == "zpb":
            return _document(path, incoming, library)
        data = decode(path.read_bytes())
        if data.get("schema") in ACCOUNTS_SCHEMAS:
            return Examined(path, incoming, own_accounts=((data, read_accounts_file(data, library)),))
        return Examined(path, incoming, own=((data, read_exchange(data, library)),))
    except UserError as error:
        return Examined(path, incoming, error=str(error))


def _document(path: Path, incoming: Incoming, library: Library) -> Examined:
    answers = open_document(path, library).answers
    library = library.carrying(answers.carried)
    forms = [(key, form) for key, form in answers if key != ACCOUNTS]
    own = tuple((write_exchange(form, library.form(form.definition)), form) for _, form in forms)
    if ACCOUNTS not in answers.forms:
        return Examined(path, incoming, own=own)
    form = answers.forms[ACCOUNTS]
    edition_of = edition(library, form.definition)
    accounts = read_accounts(edition_of, subjects_of(library, form.year), form)
    return Examined(path, incoming, own=own, own_accounts=((write_accounts(accounts), form),))


def _with_sources(form: FormAnswers, file: str) -> FormAnswers:
    """A form of a file of our own whose texts say where they come from: the file and which form of it; what
    that one had from another file keeps its place there."""
    project = form.text("project_name").strip()
    said = f"{file} › {project}" if project else file
    sources = {cell: source_of(form, cell) or said for cell in (*form.texts, *form.given)}
    return replace(form, sources=sources)


def named_forms(examined: Examined, library: Library) -> Iterator[Named | tuple[str, UserError]]:
    """Yield the forms of a file as forms of a document, or why one cannot become one, each with its name."""
    name = str(examined.path)
    for _, form in (*examined.own, *examined.own_accounts):
        yield name, _with_sources(form, examined.path.name)
    for found in examined.forms:
        try:
            yield name, adopted(found, library, examined.path.name, vocabulary())
        except UserError as error:
            yield f"{name}（{found.sheet}）", error
    if examined.accounts:
        try:
            yield name, adopted_accounts(examined.accounts, library, examined.path.name)
        except UserError as error:
            yield name, error
