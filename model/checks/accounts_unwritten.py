"""What the publication of final accounts still wants written: reasons, uses, texts, missing figures."""

from collections.abc import Iterator

from model.accounts.accounts import Accounts
from model.accounts.places import place
from model.checks.accounts_finding import at_cell
from model.checks.finding import Finding
from model.document.answers import CellId
from model.explanation.contents import Entry, contents
from model.explanation.glossary import terms
from model.explanation.lacking import lacking
from model.explanation.loader import outline_of
from model.explanation.slots import REASONS
from model.explanation.values import Values
from model.reading.reading import Reading

TEXT_WANTED = "explanation-empty"


def unwritten(reading: Reading, accounts: Accounts) -> Iterator[Finding]:
    """Yield what is lacking, once for each cell, in the order of paper; nothing before there are figures."""
    outline = outline_of(reading.library, accounts)
    values = Values(accounts, outline, reading.forms) if outline else None
    if outline is None or values is None or not values.is_filled:
        return
    wanted: dict[CellId, str] = {}
    for entry in contents(values):
        for cell, said in _of_entry(entry, values):
            wanted.setdefault(cell, said)
    for term in terms(accounts, outline):
        if term.cell and not term.text:
            wanted[term.cell] = "这个科目还没有名词解释：请填写。"
    if outline.last_line and not accounts.field("phone").strip():
        wanted["phone"] = "还没有单位咨询电话：请填写。"
    for cell, said in wanted.items():
        yield at_cell(accounts, TEXT_WANTED, "note", cell, said, where=place(accounts, cell))


def _of_entry(entry: Entry, values: Values) -> Iterator[tuple[CellId, str]]:
    for one in entry.passages:
        for cell in one.wanted:
            yield _first(cell), f"“{entry.short}”里有待写的文字：请填写。"
        if one.part.kind == "text" and not one.text:
            yield one.part.field, "还没有写，公开文本里会缺这一段：请填写。"
        for cell in lacking(one, values):
            yield cell, f"还没有填，写不出“{entry.short}”的这一句：请填写，没有的填 0。"


def _first(cell: CellId) -> CellId:
    """The reason to be written for several sentences: the one that serves the others."""
    while REASONS.get(cell):
        cell = REASONS[cell]
    return cell
