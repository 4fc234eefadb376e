"""How 类 and 款 are called, and what the money of a 类 was used for: a line for each that the list has."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.accounts.block_edits import FixedLines
from gui.accounts.grey_delegate import LINE, GreyDelegate
from gui.base import theme
from gui.base.plain import Label
from gui.base.qt import Index
from gui.editors.cell_marks import mark_at
from gui.session.marks import NO_MARK, Mark
from gui.session.session import Session
from gui.tables.sheet_model import SheetModel
from gui.tables.sheet_view import SheetView
from model.accounts.accounts import NAME, Accounts
from model.accounts.definition import LEVELS
from model.basics.table_text import Block
from model.document.answers import ACCOUNTS
from model.document.document import Change

HEADING = "类、款的名称和用途"
USE = "class_use"
CAPTIONS = ("科目编码", "名称", "主要用途（类）")
_CODE = 96


def codes_of(accounts: Accounts) -> tuple[str, ...]:
    """Return the codes of 类 and 款 of the list, and all of which something is typed, in order."""
    listed = {item.code[:digits] for item in accounts.items if item.level for digits in LEVELS}
    above = {code for code in listed if len(code) < max(LEVELS)}
    parts = (cell.partition(".") for cell, text in accounts.answers.texts.items() if text)
    typed = {code for first, _, code in parts if first in (NAME, USE)}
    return tuple(sorted(above | typed))


class NamesModel(SheetModel):
    """A name stands there quietly until another one is typed over it."""

    @property
    def accounts(self) -> Accounts:
        """The final accounts as they are now."""
        accounts = self.session.snapshot.reading.accounts
        assert accounts is not None
        return accounts

    def take_lines(self) -> None:
        """Take the codes that there are."""
        self.codes = codes_of(self.accounts)

    def is_reshaped(self, change: Change) -> bool:
        """Whether other codes are there."""
        return codes_of(self.accounts) != self.codes

    def notify(self, change: Change) -> None:
        """Draw all of it again: it is short."""
        if self.codes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.codes) - 1, len(CAPTIONS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """A line a code."""
        return 0 if parent.isValid() else len(self.codes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Code, name, use."""
        return 0 if parent.isValid() else len(CAPTIONS)

    def caption(self, column: int) -> str:
        """Return what a column is called."""
        return CAPTIONS[column]

    def row_at(self, line: int) -> str:
        """No line can be added or deleted."""
        return ""

    def cell_at(self, index: Index) -> str:
        """Return the cell that is typed: a name, of a 类 also the use."""
        code, column = self.codes[index.row()], index.column()
        if column == 0 or (column == 2 and len(code) != min(LEVELS)):
            return ""
        return f"{NAME if column == 1 else USE}.{code}"

    def index_of(self, cell: str) -> QModelIndex:
        """Return where a cell stands."""
        first, _, code = cell.partition(".")
        if first not in (NAME, USE) or code not in self.codes:
            return QModelIndex()
        return self.index(self.codes.index(code), 1 if first == NAME else 2)

    def shown(self, index: Index, editing: bool) -> str:
        """Return what was typed, else the name by the list of the year."""
        cell, code = self.cell_at(index), self.codes[index.row()]
        typed = self.typed(cell) if cell else ""
        if typed or editing or index.column() == 2:
            return typed
        return self.accounts.subject_name(code) if index.column() else code

    def is_grey(self, index: Index) -> bool:
        """Whether a cell is never typed."""
        return not self.cell_at(index)

    def is_quiet(self, index: Index) -> bool:
        """Whether a name follows from the code."""
        cell = self.cell_at(index)
        return bool(cell) and not self.typed(cell)

    def is_strong(self, index: Index) -> bool:
        """Nothing is bold."""
        return False

    def mark_at(self, index: Index) -> Mark:
        """Return what stands against a cell."""
        cell = self.cell_at(index)
        return mark_at(self.session, (self.key, cell)) if cell else NO_MARK

    def origin_at(self, index: Index) -> str:
        """Nothing is said of where a text comes from."""
        return ""


class NamesEdits(FixedLines):
    """No line comes or goes; a block goes down from the cursor."""

    def __init__(self, model: NamesModel) -> None:
        super().__init__(model)
        self._model = model

    def paste_block(self, at: QModelIndex, block: Block) -> str:
        """Take a block in from the cursor on."""
        model, texts = self._model, {}
        first, left = (at.row(), at.column()) if at.isValid() else (0, 1)
        for n, row in enumerate(block[: model.rowCount() - first]):
            for m, text in enumerate(row[: model.columnCount() - left]):
                if cell := model.cell_at(model.index(first + n, left + m)):
                    texts[model.key, cell] = text.strip()
        model.session.edit(f"粘贴 {len(texts)} 格", lambda edit: edit.set_texts(texts))
        return next((cell for _, cell in texts), "")


class NamesView(SheetView):
    """As high as its lines: the page scrolls."""

    model_: NamesModel

    def __init__(self, model: NamesModel) -> None:
        self._block_edits = NamesEdits(model)
        super().__init__(model, self._block_edits)
        self.setAccessibleName(HEADING)
        self.verticalHeader().setDefaultSectionSize(theme.px(LINE))
        self.verticalHeader().hide()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_height()
        model.modelReset.connect(self._fit_height)

    def make_delegate(self) -> GreyDelegate:
        """Return what draws and edits the cells."""
        return GreyDelegate(self, self.model_, self.model_)

    def paste(self) -> None:
        """Paste a block down from the cursor."""
        self.show_cell(self._block_edits.paste(self.currentIndex(), QGuiApplication.clipboard().text()))

    def _fit_height(self) -> None:
        lines = self.model_.rowCount() * theme.px(LINE)
        self.setFixedHeight(lines + self.horizontalHeader().height() + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name and use share the room."""
        super().resizeEvent(event)
        rest = self.viewport().width() - theme.px(_CODE)
        for n, width in enumerate((theme.px(_CODE), rest // 2, rest - rest // 2)):
            self.setColumnWidth(n, width)


class NamesPanel(QWidget):
    """Heading and table."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.model = NamesModel(session, ACCOUNTS, self)
        self.view = NamesView(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(HEADING, objectName="heading"))
        column.addWidget(self.view)
