"""What last year's document gives to final accounts that are begun already: only where nothing is typed."""

from collections.abc import Mapping
from typing import NamedTuple

from model.accounts.accounts import NAME, Accounts
from model.accounts.items import ITEMS
from model.basics.errors import UserError
from model.basics.names import same_name
from model.document.answers import ACCOUNTS, CellId
from model.document.document import Edit
from model.explanation.works import NOTE, OWN
from model.explanation.works import ROWS as WORKS
from model.filling.accounts import carried_text, class_texts

_OF_ROW = ("code", NAME, "use")


class CarriedIn(NamedTuple):
    """Texts for cells, rows for the lists that are still blank, and in words what that is."""

    texts: Mapping[CellId, str]
    rows: tuple[Mapping[str, str], ...]
    works: tuple[Mapping[str, str], ...]
    said: str

    def put(self, edit: Edit) -> None:
        """Put all of it into the accounts, as one step."""
        edit.set_texts({(ACCOUNTS, cell): text for cell, text in self.texts.items()})
        if self.rows:
            blank = edit.answers.forms[ACCOUNTS].rows.get(ITEMS, ())
            edit.remove_rows(ACCOUNTS, ITEMS, blank)
            edit.add_rows(ACCOUNTS, ITEMS, 0, self.rows)
        if self.works:
            edit.add_rows(ACCOUNTS, WORKS, 0, self.works)


def carried_into(now: Accounts | None, last: Accounts | None) -> CarriedIn:
    """Return what accounts may begin with: last year's totals and fields where nothing is typed, the subjects
    with what they are used for where the list is blank, the main work that was planned where none is written.
    Amounts are in the unit of the accounts.

    Raises UserError where the other document is not of the year before, or has no accounts.
    """
    if now is None or last is None:
        raise UserError("上年的自评簿里没有部门决算，没有带入。", "请选择填有部门决算的自评簿。")
    if now.year.isdecimal() and last.year.isdecimal() and int(last.year) != int(now.year) - 1:
        wanted = f"上年数应取自 {int(now.year) - 1} 年度的自评簿"
        raise UserError(f"{wanted}，这个是 {last.year} 年度的，没有带入。", "请选择上年的自评簿。")
    answers = now.answers
    found = {
        field.id: text
        for field in now.definition.fields.values()
        if (text := carried_text(last, field, now.unit)) and not answers.text(field.id)
    }
    found |= {cell: text for cell, text in class_texts(last) if not answers.text(cell)}
    is_blank = not any(item.code for item in now.items) and not _has_texts(now)
    rows = tuple(_row(last, item.id) for item in last.items if item.code) if is_blank else ()
    works = _works(now, last)
    if not answers.text(NOTE) and (note := last.answers.text(NOTE)):
        found[NOTE] = note
    return CarriedIn(found, rows, works, _said(now, last, len(found), len(rows), len(works)))


def _works(now: Accounts, last: Accounts) -> tuple[Mapping[str, str], ...]:
    """What was planned last year as main work, where nothing of it is written yet."""
    if now.answers.rows.get(WORKS):
        return ()
    texts, keys = last.answers.text, [column.key for column in OWN.text_columns if column.carried]
    found = ({key: texts(f"{row}.{key}") for key in keys} for row in last.answers.rows.get(WORKS, ()))
    return tuple(row for row in found if any(row.values()))


def _has_texts(now: Accounts) -> bool:
    rows = now.answers.rows.get(ITEMS, ())
    return any(text and cell.partition(".")[0] in rows for cell, text in now.answers.texts.items())


def _row(last: Accounts, row: str) -> Mapping[str, str]:
    texts = {key: last.answers.text(f"{row}.{key}") for key in _OF_ROW}
    return {key: text for key, text in texts.items() if text}


def _said(now: Accounts, last: Accounts, texts: int, rows: int, works: int) -> str:
    parts = [f"{rows} 个科目"] * bool(rows) + [f"{works} 项重点工作"] * bool(works)
    parts += [f"{texts} 处上年数和文字"] * bool(texts)
    is_other = now.name and last.name and not same_name(now.name, last.name)
    other = f"上年的单位名称是“{last.name}”，请核对。" if is_other else ""
    return f"已带入{'、'.join(parts)}。{other}"
