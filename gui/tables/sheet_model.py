"""What every table of a form tells its view: which cell stands where, what can be typed, what is merged."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from gui.base.plain import tip
from gui.base.qt import Index
from gui.session.marks import Mark, meaning_of, with_source
from gui.session.session import Session
from model.document.answers import FormKey
from model.document.document import Change
from model.reading.origin import source_of

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
COMPUTED, UNUSED = "这一格由程序计算，不用填写。", "这一格不用填写。"
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_TYPED = _READ | Qt.ItemFlag.ItemIsEditable
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)


class Span(NamedTuple):
    """Cells shown as one: where they begin, and how many rows and columns they take."""

    row: int
    column: int
    rows: int
    columns: int

    @property
    def last(self) -> int:
        """The last of their rows."""
        return self.row + self.rows - 1

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is one of them."""
        return self.row <= row < self.row + self.rows and self.column <= column < self.column + self.columns


def column_of(cell: str) -> str:
    """Return the column of a cell of the form: actual of i7.actual."""
    return cell.rpartition(".")[2]


class SheetModel(QAbstractTableModel):
    """Asks the session for every text and passes every edit on; it holds no texts.

    A line of the table is a row of a block or something between the rows, such as a band or a reason. What
    a table has of its own are the methods of the first group, which every one of them defines.
    `merged_anew` says that other cells belong together though the lines stay.
    """

    merged_anew = Signal()

    def __init__(self, session: Session, key: FormKey, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.key = session, key
        self.take_lines()

    # --- what each table defines

    def take_lines(self) -> None:
        """Take the lines and what stands against them over from the document; the view is told around it."""
        raise NotImplementedError

    def is_reshaped(self, change: Change) -> bool:
        """Whether a change makes other lines, or the same ones in another order."""
        raise NotImplementedError

    def notify(self, change: Change) -> None:
        """Take over what a change made of the lines that stay, and tell the view which cells differ."""
        raise NotImplementedError

    def caption(self, column: int) -> str:
        """Return what a column is called."""
        raise NotImplementedError

    def cell_at(self, index: Index) -> str:
        """Return the cell of the form at an index, "" where it is not one cell."""
        raise NotImplementedError

    def index_of(self, cell: str) -> QModelIndex:
        """Return where a cell of the form stands, an invalid index where it does not."""
        raise NotImplementedError

    def row_at(self, line: int) -> str:
        """Return the row that a line belongs to, "" for one that stands between rows."""
        raise NotImplementedError

    def mark_at(self, index: Index) -> Mark:
        """Return what stands against a cell."""
        raise NotImplementedError

    def origin_at(self, index: Index) -> str:
        """Return where the text of a cell comes from, "" where it was typed."""
        raise NotImplementedError

    # --- what a table has or leaves as it is

    def is_row(self, line: int) -> bool:
        """Whether a line shows the cells of a row, so that Enter stops there."""
        return True

    def refusal(self, index: Index) -> str:
        """Return why nothing can be typed into a cell; "" where it can, or where the window says why."""
        if self.session.read_only or self.cell_at(index):
            return ""
        return COMPUTED if self.figure_at(index) else UNUSED

    def is_stop(self, index: Index) -> bool:
        """Whether Tab stops at a cell: one that can be typed into."""
        return bool(self.cell_at(index))

    def is_typed_whole(self, index: Index) -> bool:
        """Whether a cell is passed on when its editor closes, not at every key."""
        return False

    def is_free(self, index: Index) -> bool:
        """Whether anything may stand in a cell: it is no label of rows, and nothing to be chosen."""
        return not self.is_typed_whole(index) and not self.has_choices(index)

    def has_choices(self, index: Index) -> bool:
        """Whether a cell is chosen, not written."""
        return self.is_row(index.row()) and bool(self.choices_at(index))

    def name_of(self, column: int) -> str:
        """Return how a reader of the screen calls a column."""
        return self.caption(column)

    def choices_at(self, index: Index) -> list[tuple[str, str]]:
        """Return what can be chosen in a cell and how it is said; nothing where a text is written."""
        return []

    def figure_at(self, index: Index) -> str:
        """Return the cell whose computing can be asked for at an index, "" where there is none."""
        return ""

    def spans(self) -> Iterable[Span]:
        """Return which cells are shown as one."""
        return ()

    def shown(self, index: Index, editing: bool) -> str:
        """Return the text that stands in a cell, or the one to go on with in its editor."""
        return self.typed(self.cell_at(index))

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Return at which side of a column its texts stand."""
        return LEFT

    def words(self, index: Index) -> str:
        """Return what is wrong in a cell, else where its text comes from."""
        words = self.mark_at(index).text or meaning_of(self.origin_at(index))
        return with_source(words, source_of(self.session.answers.forms.get(self.key), self.cell_at(index)))

    # --- the document

    @property
    def is_gone(self) -> bool:
        """Whether the form was deleted; its page will be in a moment."""
        return self.key not in self.session.answers.forms

    def typed(self, cell: str) -> str:
        """Return the text of a cell as typed."""
        return self.session.text((self.key, cell))

    def is_editable(self, index: Index) -> bool:
        """Whether the clerk can type into a cell."""
        return not self.session.read_only and not self.is_gone and bool(self.cell_at(index))

    def type_into(self, index: Index, text: str, by: QObject | None) -> None:
        """Pass a text on as typed by a widget."""
        self.session.set_text((self.key, self.cell_at(index)), text, by)

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Show what an edit changed. Lines come and go only while the view is told so."""
        if self.is_gone:
            return
        if self.is_reshaped(change):
            self.beginResetModel()
            self.take_lines()
            self.endResetModel()
        else:
            self.notify(change)

    # --- for Qt

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, and in words what stands against them; nothing once the form is gone."""
        if self.is_gone:
            return None
        if role in _SHOWN:
            return self.shown(index, role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.side(index.column()) if self.is_row(index.row()) else LEFT
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.words(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.words(index))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.caption(index.column())} {self.shown(index, False)}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The captions of the columns, and the numbers of the lines."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.caption(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.caption(section))
        return self.side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Computed cells can be read and copied, not typed into."""
        return _TYPED if self.is_editable(index) else _READ

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass a text on."""
        if role != Qt.ItemDataRole.EditRole or not self.is_editable(index):
            return False
        self.type_into(index, value, None)
        return True
