"""What the tab 情况说明 shows, read once for all that is in sight: entries, terms, and the state of each."""

from collections.abc import Iterator
from typing import NamedTuple

from gui.session.session import Session
from model.document.answers import ACCOUNTS, CellId
from model.explanation.contents import Entry, contents
from model.explanation.explanation import Passage
from model.explanation.glossary import Explained, terms
from model.explanation.loader import outline_of
from model.explanation.values import Values
from model.report.teller import statement_home

# icon and colour of each state of an entry, and what it means
STATES = {
    "error": ("error", "error", "有错误"),
    "stale": ("typed-over", "warn_icon", "自己写的句子，数字变了"),
    "warning": ("warning", "warn_icon", "有待写的文字或提醒"),
    "gap": ("gap", "text2", "还没有写完"),
    "none": ("", "text2", "无"),
    "ok": ("complete", "ok", "没有要处理的"),
}
OPEN = ("error", "stale", "warning", "gap")


class Explanation(NamedTuple):
    """The explanation as it stands now."""

    values: Values
    entries: tuple[Entry, ...]
    terms: tuple[Explained, ...]


def explanation_of(session: Session) -> Explanation | None:
    """Return the explanation of the accounts of a document; None where their edition has no outline."""
    reading = session.snapshot.reading
    outline = outline_of(session.library, reading.accounts)
    if outline is None or reading.accounts is None:
        return None
    values = Values(reading.accounts, outline, reading.forms)
    return Explanation(values, contents(values), terms(reading.accounts, outline))


def state_of_entry(session: Session, entry: Entry, values: Values) -> str:
    """Return the most severe of what is open in an entry, else that it says none, or that all is well."""
    states = {_mark_state(session, cell) for one in entry.passages for cell in cells_of(one)}
    if "error" in states:
        return "error"
    if any(one.sentence.is_stale for one in entry.passages):
        return "stale"
    if "warning" in states or any(one.wanted for one in entry.passages):
        return "warning"
    if entry.is_empty(values) or _lacks_performance(session, entry):
        return "gap"
    return "none" if entry.is_none else "ok"


def _lacks_performance(session: Session, entry: Entry) -> bool:
    """Whether nobody has said anything of performance: neither forms nor the clerk."""
    passages = [one for one in entry.passages if one.part.kind == "outline"]
    has_forms = bool(passages) and statement_home(session.snapshot.reading) is not None
    return bool(passages) and not (has_forms or any(one.text for one in passages))


def state_of_terms(session: Session, found: tuple[Explained, ...]) -> str:
    """Return whether every subject of the glossary has its text."""
    is_open = any(one.cell and not one.text for one in found) or not _phone(session)
    return "gap" if is_open else "ok"


def _phone(session: Session) -> str:
    accounts = session.snapshot.reading.accounts
    return accounts.field("phone").strip() if accounts else ""


def cells_of(passage: Passage) -> Iterator[CellId]:
    """Yield the cell of a sentence and those of the texts that it holds."""
    if passage.sentence.cell:
        yield passage.sentence.cell
    yield from passage.reasons


def _mark_state(session: Session, cell: CellId) -> str:
    return session.snapshot.marks.at((ACCOUNTS, cell)).state
