"""What becomes of something that a file holds: where it goes in the open document, what it meets there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from gui.incoming.offers import NEW_FORM, Offer, Use, taken
from model.basics.errors import UserError
from model.basics.names import same_name
from model.document.answers import (
    ACCOUNTS,
    DECLARATION,
    DEPARTMENT,
    Address,
    Answers,
    CellId,
    FormAnswers,
    FormKey,
)
from model.document.document import Edit
from model.exchange.gather import Named
from model.filling.accounts import last_accounts
from model.filling.importing import import_forms
from model.filling.merging import Merge, apply, merge
from model.filling.purposes import PURPOSES, Purpose, used_as
from model.forms.loader import Library
from model.reading.reading import definition_of
from model.recognition.adopt import adopted
from model.recognition.amounts import AmountMatch, match_amounts
from model.recognition.listed_goals import goals_of, match_projects
from model.recognition.lists import Listing
from model.recognition.loader import vocabulary
from model.recognition.places import source

Refused = tuple[str, UserError]
ONE_OF = {"department": DEPARTMENT, "declaration": DECLARATION}  # kinds of which a document has one form
NOT_LAST = "是 {year} 年度的决算，去年的应是 {last} 年度的，不能放入。"
OTHER_YEAR = "是 {year} 年度的表，这个自评簿是 {own} 年度的，不能放入。"
TWICE = "已有一张这样的表，没有放入。请在“放到”里选那张表。"


class Planned(NamedTuple):
    """What an offer would do to the open document: a form that comes in, what it meets in another one, or
    rows of a list with the forms they go to (of indicators what each meets there); or why nothing is done."""

    form: FormAnswers | None = None
    met: Merge | None = None
    matches: tuple[AmountMatch, ...] = ()
    goals: tuple[tuple[FormKey, Merge], ...] = ()
    problem: str = ""


def listing_of(offer: Offer) -> Listing | None:
    """The list that an offer is, if it is one."""
    return offer.what.data if isinstance(offer.what.data, Listing) else None


def _purpose_of(listing: Listing) -> Purpose:
    """The only thing that a list can be used as."""
    return "amounts" if listing.kind == "amounts" else "goals"


def is_accounts(offer: Offer) -> bool:
    """Whether it is final accounts: this year's, or last year's with which those of this year begin."""
    return offer.what.kind in ("accounts", "own_accounts")


def purposes_of(offer: Offer, into_open: bool) -> tuple[Purpose, ...]:
    """What an offer may be used as; amounts alone make no document."""
    if is_accounts(offer):
        return ()
    if listing := listing_of(offer):
        return (_purpose_of(listing),)
    return tuple(key for key in PURPOSES if into_open or key != "amounts")


def usual(offer: Offer, answers: Answers, library: Library) -> Use | None:
    """Return what is done with an offer unless the clerk says otherwise: last year's form stands beside, a
    list gives amounts, a form goes to that of its kind and project. None for what can go nowhere."""
    if offer.what.data is None:
        return None
    if listing := listing_of(offer):
        return Use(_purpose_of(listing)) if answers.projects else None
    is_last = str(offer.entries.get("year") or "") == _before(answers.year)
    purpose: Purpose = "last" if is_last else "this"
    places = places_of(offer, answers, library)
    return Use(purpose, next((key for key in places if _is_same(offer, answers, key)), NEW_FORM))


def _before(year: str) -> str:
    return str(int(year) - 1) if year.isdecimal() else ""


def _is_same(offer: Offer, answers: Answers, key: FormKey) -> bool:
    """Whether a form of the document is the same one: of which there is one, or of the same project."""
    if key in (DEPARTMENT, DECLARATION, ACCOUNTS):
        return True
    return key != NEW_FORM and same_name(answers.forms[key].text("project_name"), offer.name)


def places_of(offer: Offer, answers: Answers, library: Library) -> list[FormKey]:
    """Return where in the open document an offer can go: NEW_FORM if one more can be there, and the forms of
    its kind."""
    if is_accounts(offer):
        return [ACCOUNTS if ACCOUNTS in answers.forms else NEW_FORM]
    form = str(offer.entries.get("form") or "")
    if form not in library.forms:
        return [NEW_FORM]
    kind = library.form(form).kind
    if kind in ONE_OF:
        return [ONE_OF[kind] if ONE_OF[kind] in answers.forms else NEW_FORM]
    same = [key for key in answers.projects if library.form(answers.forms[key].definition).kind == kind]
    return [NEW_FORM, *same]


def place_names(offer: Offer, answers: Answers, library: Library) -> list[tuple[FormKey, str]]:
    """Return the places of an offer with what they are called; of a list those of all projects."""
    if isinstance(offer.what.data, Listing):
        return []
    return [(key, form_name(key, answers, library)) for key in places_of(offer, answers, library)]


def form_name(key: FormKey, answers: Answers, library: Library) -> str:
    """What a form of the open document is called; NEW_FORM is 新的一张表."""
    if key == NEW_FORM:
        return "新的一张表"
    form = answers.forms[key]
    if form.definition not in library.forms:
        return "部门决算"
    return form.text("project_name").strip() or library.form(form.definition).name


def planned(offer: Offer, answers: Answers, library: Library) -> Planned:
    """Return what an offer would do to the open document as it is to be used."""
    use = offer.use or Use()
    if listing := listing_of(offer):
        matches = tuple(_matches(listing, use, answers, library))
        goals = _goals(offer, listing, matches, answers, library) if listing.kind == "indicators" else ()
        return Planned(matches=matches, goals=tuple(goals))
    forms, refused = taken([replace(offer, is_taken=True)], library)
    if refused:
        return Planned(problem=str(refused[0][1]))
    _, form = forms[0]
    if problem := not_of_its_year(offer, form.year, answers):
        return Planned(problem=problem)
    mine = answers.forms.get(use.into)
    if form.definition in library.forms:
        into = definition_of(library, mine) if mine else None
        form = used_as(form, use.purpose, library, answers.unit, answers.year, into)
    elif use.purpose == "last":
        form = last_accounts(form, library, answers.unit, answers.year, mine)
    if mine is None:
        is_there = key_of(form, library) in answers.forms
        return Planned(problem=TWICE) if is_there else Planned(_settled(form, library))
    return Planned(form, merge(mine, form, library))


def not_of_its_year(offer: Offer, year: str, answers: Answers) -> str:
    """Return why what is of a year, "" where it does not say, can't come in as it is to be used; else ""."""
    use = offer.use or Use()
    if not year or listing_of(offer):
        return ""
    if use.purpose == "this" and year != answers.year:
        return OTHER_YEAR.format(year=year, own=answers.year)
    if use.purpose == "last" and is_accounts(offer) and year != (last := _before(answers.year)):
        return NOT_LAST.format(year=year, last=last)
    return ""


def _matches(listing: Listing, use: Use, answers: Answers, library: Library) -> Iterator[AmountMatch]:
    """The rows of a list; one whose project is not called alike goes nowhere until the clerk says so."""
    match_them = match_amounts if listing.kind == "amounts" else match_projects
    for n, match in enumerate(match_them(listing, answers, library)):
        said = use.pairs.get(n, match.form if match.is_sure else "")
        yield match if said == match.form else match.to(said, answers, library)


def _goals(
    offer: Offer, listing: Listing, matches: Sequence[AmountMatch], answers: Answers, library: Library
) -> Iterator[tuple[FormKey, Merge]]:
    """The indicators of each project with the form that they go to."""
    for match in matches:
        if match.form:
            mine = answers.forms[match.form]
            found = goals_of(listing, match, answers, library)
            form = adopted(found, library, offer.file.path.name, vocabulary())
            definition = definition_of(library, mine)
            goals = used_as(form, "goals", library, mine.text("unit"), answers.year, definition)
            yield match.form, merge(mine, goals, library)


def key_of(form: FormAnswers, library: Library) -> FormKey:
    """The key that a form has of which a document has one, "" for others."""
    if form.definition not in library.forms:
        return ACCOUNTS
    return ONE_OF.get(library.form(form.definition).kind, "")


def _settled(form: FormAnswers, library: Library) -> FormAnswers:
    """A form as one that comes from a file: its answers to findings hold, its texts are imported ones."""
    settled = import_forms([("", form)], library).answers
    return next(iter(settled.forms.values()))


# --- what stands there already


class Met(NamedTuple):
    """A cell in which the open document and a file say something else."""

    address: Address
    mine: str
    theirs: str
    source: str


def amounts_met(offer: Offer, plan: Planned, answers: Answers) -> Iterator[Met]:
    """Yield the amounts of a list with what stands in their cells now, "" where nothing does."""
    for match in plan.matches:
        places = {key: taken.cell.seen.place for key, taken in match.row.texts.items()}
        for (key, cell), text in match.texts.items():
            said = source(offer.file.path.name, places[cell.rpartition(".")[2]])
            yield Met((key, cell), answers.forms[key].text(cell), text, said)


def met(offer: Offer, plan: Planned, answers: Answers) -> tuple[Met, ...]:
    """Return the cells in which both say something else."""
    if plan.goals:
        return tuple(one for key, merged in plan.goals for one in _meetings(key, merged))
    if plan.matches:
        amounts = amounts_met(offer, plan, answers)
        return tuple(one for one in amounts if one.mine.strip() and one.mine != one.theirs)
    if plan.met is None or plan.form is None or offer.use is None:
        return ()
    return tuple(_meetings(offer.use.into, plan.met))


def _meetings(key: FormKey, merged: Merge) -> Iterator[Met]:
    """The cells of a form in which both say something else; what the project is called is agreed on."""
    sources = merged.theirs.sources
    for one in merged.meetings:
        yield Met((key, one.cell), one.mine, one.theirs, sources.get(merged.cells[one.cell], ""))


def given_way(use: Use, meetings: Sequence[Met]) -> frozenset[Address]:
    """Return the cells in which the file's text holds."""
    if use.already == "each":
        return use.chosen
    return frozenset(one.address for one in meetings) if use.already == "file" else frozenset()


def effect(offer: Offer, plan: Planned, answers: Answers) -> str:
    """Return what an offer does, in a sentence."""
    meetings = met(offer, plan, answers)
    if plan.problem:
        return plan.problem
    differ = f"，{len(meetings)} 格与现有内容不同" if meetings else "，没有与现有内容不同的"
    if plan.matches:
        rows = sum(bool(match.form) for match in plan.matches)
        empty = sum(len(merged.empty) for _, merged in plan.goals)
        new = sum(merged.added for _, merged in plan.goals)
        filled = f"，填入 {empty} 个空格，新增 {new} 行" if plan.goals else ""
        return f"{len(plan.matches)} 个项目中 {rows} 个有对应的表{filled}{differ}。"
    if plan.met is None:
        return ""
    added = f"，新增 {plan.met.added} 行" if plan.met.added else ""
    lost = f"，{len(plan.met.homeless)} 格在这张表里没有位置，不放入" if plan.met.homeless else ""
    return f"填入 {len(plan.met.empty)} 个空格{added}{differ}{lost}。"


# --- taking


def put(edit: Edit, offers: Sequence[Offer], library: Library) -> tuple[list[FormKey], list[Refused]]:
    """Put offers into the open document; return the forms that they went to, and why others did not."""
    keys: list[FormKey] = []
    refused: list[Refused] = []
    for offer in offers:
        use = offer.use or Use()
        plan = planned(offer, edit.answers, library)
        meetings = met(offer, plan, edit.answers)
        if plan.problem:
            refused.append((f"{offer.file.path.name}（{offer.name}）", UserError(plan.problem)))
        elif plan.goals:
            for key, merged in plan.goals:
                apply(edit, key, merged, {cell for form, cell in given_way(use, meetings) if form == key})
                keys.append(key)
        elif plan.matches:
            keys += _amounts(edit, offer, plan, given_way(use, meetings))
        elif plan.met is not None:
            apply(edit, use.into, plan.met, {cell for _, cell in given_way(use, meetings)})
            keys.append(use.into)
        elif plan.form is not None:
            keys.append(edit.add_form(plan.form, key=key_of(plan.form, library)))
    return keys, refused


def _amounts(edit: Edit, offer: Offer, plan: Planned, theirs: frozenset[Address]) -> list[FormKey]:
    """Amounts go into empty cells, and into those where the file's hold."""
    by_form: dict[FormKey, dict[CellId, Met]] = {}
    for one in amounts_met(offer, plan, edit.answers):
        if not one.mine.strip() or one.address in theirs:
            key, cell = one.address
            by_form.setdefault(key, {})[cell] = one
    for key, cells in by_form.items():
        texts: Mapping[CellId, str] = {cell: one.theirs for cell, one in cells.items()}
        edit.take_in(key, texts, {}, {cell: one.source for cell, one in cells.items()})
    return list(by_form)


def for_new(offers: Sequence[Offer], library: Library) -> tuple[list[Named], list[Refused]]:
    """Return the forms that begin a new document, and why others cannot; last year's begin the next year."""
    forms: list[Named] = []
    refused: list[Refused] = []
    for offer in offers:
        if isinstance(offer.what.data, Listing):
            continue
        use = offer.use or Use()
        found, why = taken([offer], library)
        refused += why
        for name, form in found:
            if use.purpose not in ("this", "amounts") and form.definition in library.forms:
                year = str(int(form.year) + 1) if use.purpose == "last" else form.year
                form = used_as(form, use.purpose, library, form.unit, year, None)
            forms.append((name, form))
    return forms, refused
