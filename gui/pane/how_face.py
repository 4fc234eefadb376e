"""The face 怎么算的 of the pane: how the figure asked for, or the one under the cursor, came about."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.figure_link import HOW
from gui.base.plain import Label
from gui.pane.how_indicator import IndicatorFace
from gui.pane.how_parts import Face, say, scrolling
from gui.pane.how_total import BlockFace, ExecutionFace, TotalFace, UnscoredFace
from gui.session.marks import with_source
from gui.session.session import Session
from model.document.answers import ACCOUNTS, Address, CellId, FormKey
from model.reading.origin import source_of
from model.reading.reading import Form, goal_name
from model.reading.summary import score_by_block

if TYPE_CHECKING:
    from gui.pane.how_accounts import FigureFace

SOON_MS = 50  # after a key; while keys come faster the sentences wait
BLOCK = "block."  # a part of the form by its number, 0 being execution, where a cell is asked for


def block_cell(n: int) -> CellId:
    """Return what stands for a part of the form as if it were a cell."""
    return f"{BLOCK}{n}"


class HowFace(QWidget):
    """Follows the cursor; `cell_wanted(key, cell)` goes to a cell that a figure rests on.

    Each of its faces is made when it is first in sight; a key only changes their texts.
    """

    cell_wanted = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.at: Address = ("", "total")
        self._faces = QStackedWidget()
        self._areas: dict[Face, int] = {}  # where each of them that was shown lies
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._faces)
        self.source = Label(wordWrap=True, objectName="caption")
        self.source.setContentsMargins(theme.px(20), theme.px(8), theme.px(16), theme.px(12))
        self.source.hide()
        column.addWidget(self.source)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)

    @cached_property
    def total(self) -> TotalFace:
        """How the total came about."""
        face = TotalFace(self._session)
        face.part_wanted.connect(lambda n: self.follow(self.at[0], block_cell(n)))
        return face

    @cached_property
    def block(self) -> BlockFace:
        """How a part of the form came about."""
        face = BlockFace()
        face.row_wanted.connect(lambda row: self.cell_wanted.emit(self.at[0], f"{row}.score"))
        return face

    @cached_property
    def execution(self) -> ExecutionFace:
        """How the score of the execution came about."""
        face = ExecutionFace(self._session)
        face.cell_wanted.connect(lambda cell: self.cell_wanted.emit(self.at[0], cell))
        return face

    @cached_property
    def indicator(self) -> IndicatorFace:
        """How the score of a row came about."""
        return IndicatorFace(self._session)

    @cached_property
    def unscored(self) -> UnscoredFace:
        """Why there is no score."""
        return UnscoredFace()

    @cached_property
    def figure(self) -> "FigureFace":
        """Where a figure of the final accounts comes from."""
        from gui.pane.how_accounts import FigureFace  # late: most documents have no accounts

        face = FigureFace()
        face.cell_wanted.connect(lambda cell: self.cell_wanted.emit(ACCOUNTS, cell))
        return face

    @property
    def shown(self) -> Face:
        """The face in sight: total, block, execution, indicator, or unscored."""
        here = self._faces.currentIndex()
        return next(face for face, n in self._areas.items() if n == here)

    def follow(self, key: FormKey, cell: CellId) -> None:
        """Show what belongs to a cell of a form, to its total, or to a part of it."""
        self.at = key, cell
        self.refresh()

    def document_changed(self) -> None:
        """Show it when keys rest."""
        self._soon.start()

    def refresh(self) -> None:
        """Show the figures as they are now, if they can be seen."""
        key, cell = self.at
        source = source_of(self._session.answers.forms.get(key), cell)
        say(self.source, with_source("", source))
        form = self._session.snapshot.forms.get(key)
        accounts = self._session.snapshot.reading.accounts
        if key == ACCOUNTS and accounts is not None and self.isVisible():
            self.figure.show_cell(self._session.snapshot.reading, cell)
            self._show(self.figure)
        if form is None or not self.isVisible():
            return
        row = cell.rpartition(".")[0]
        if not form.definition.is_scored:
            self._show(self.unscored)
        elif row in form.answers.indicators:
            self.indicator.show_row(form, form.sheet.indicator(row))
            self._show(self.indicator)
        elif cell in execution_cells(form):
            self.execution.show_form(form)
            self._show(self.execution)
        elif (n := _block(form, cell)) is not None:
            self.block.show_block(form, score_by_block(form)[n])
            self._show(self.block)
        else:
            self.total.show_form(form)
            self._show(self.total)

    def _show(self, face: Face) -> None:
        if face not in self._areas:
            self._areas[face] = self._faces.addWidget(scrolling(face, HOW))
        if self._faces.currentIndex() != self._areas[face]:
            self._faces.setCurrentIndex(self._areas[face])

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the face was hidden is shown now."""
        super().showEvent(event)
        self.refresh()


def execution_cells(form: Form) -> set[CellId]:
    """Return the cells that belong to the execution, and the name of its part where it has points."""
    part = {block_cell(0)} if form.definition.execution_points else set()
    block = form.definition.funds
    columns = [column.key for column in block.columns] if block else []
    return part.union(line.row.cell(column) for line in form.sheet.funds for column in (*columns, *_RATED))


_RATED = ("weight", "rate", "score")


def _block(form: Form, cell: CellId) -> int | None:
    """Return the number of the part that is asked for, or that the goal of a cell is."""
    names = [block.name for block in score_by_block(form)]
    if cell.startswith(BLOCK):
        n = int(cell.removeprefix(BLOCK))
        return n if n < len(names) else None
    goal = cell.rpartition(".")[0]
    name = goal_name(form, goal) if goal in form.answers.goals else ""
    return names.index(name) if name in names else None
