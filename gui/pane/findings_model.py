"""The list of findings as Qt sees it; another list is shown in place, line by line."""

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from gui.base.plain import tip
from gui.base.qt import Index
from gui.pane.finding_list import Entry, EntryId
from gui.session.marks import STATES
from model.document.signing import in_words

ENTRY = Qt.ItemDataRole.UserRole
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class FindingsModel(QAbstractListModel):
    """Holds the lines that are shown now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Heads and findings."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The entry for the delegate; in words for screen readers."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _in_words(entry)
        if role == Qt.ItemDataRole.ToolTipRole and entry.finding is not None:
            return tip(entry.finding.where)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are only read."""
        is_finding = self.entries[index.row()].finding is not None
        return _READ if is_finding else Qt.ItemFlag.NoItemFlags

    def row_of(self, id: EntryId | None) -> int:
        """Return where a line stands, -1 where it does not."""
        return next((n for n, entry in enumerate(self.entries) if entry.id == id), -1)

    def show(self, entries: Sequence[Entry]) -> None:
        """Show another list: what stays stays where it is, unless the order is another one."""
        new, old = {entry.id for entry in entries}, {entry.id for entry in self.entries}
        staying = [entry.id for entry in self.entries if entry.id in new]
        if staying != [entry.id for entry in entries if entry.id in old]:
            self.beginResetModel()
            self.entries = list(entries)
            self.endResetModel()
            return
        self._remove([n for n, entry in enumerate(self.entries) if entry.id not in new])
        self._insert(entries, [n for n, entry in enumerate(entries) if entry.id not in old])
        self._change(entries)

    def _remove(self, rows: Sequence[int]) -> None:
        for first, last in reversed(list(_runs(rows))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self.entries[first : last + 1]
            self.endRemoveRows()

    def _insert(self, entries: Sequence[Entry], rows: Sequence[int]) -> None:
        for first, last in _runs(rows):
            self.beginInsertRows(QModelIndex(), first, last)
            self.entries[first:first] = entries[first : last + 1]
            self.endInsertRows()

    def _change(self, entries: Sequence[Entry]) -> None:
        for first, last in _runs([n for n, entry in enumerate(entries) if entry != self.entries[n]]):
            self.entries[first : last + 1] = entries[first : last + 1]
            self.dataChanged.emit(self.index(first), self.index(last))


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of neighbouring numbers."""
    first = last = -1
    for row in rows:
        if row != last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = row
        last = row
    if first >= 0:
        yield first, last


def _in_words(entry: Entry) -> str:
    if entry.finding is None:
        return entry.text
    finding = entry.finding
    answer = f"说明：{finding.answer}" if finding.answer else ""
    parts = (
        f"{STATES[entry.state][0]}：{finding.title}",
        finding.message,
        finding.where,
        answer,
        in_words(finding.signed),
    )
    return "　".join(part for part in parts if part)
