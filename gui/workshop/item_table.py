"""The captions of a part, and what each was taken for, in drop-downs; why one is to be looked at."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from gui.base import theme
from gui.base.parts import ChoiceBox
from gui.base.plain import tip
from model.recognition.incoming import Place
from model.recognition.places import called
from model.workshop.proposal import IGNORED, Part, roles

HEADINGS = ("原表", "位置", "当作", "说明")
WIDTHS = (150, 96, 186)  # px at 100 %, the last column takes the rest
ROW = 38


class ItemTable(QTableWidget):
    """`role_chosen(item, role)` says that a caption is to be taken for something else, `place_chosen(place)`
    that one is looked at."""

    role_chosen = Signal(int, str)
    place_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(0, len(HEADINGS))
        self.setAccessibleName("这一部分的各栏")
        self.setHorizontalHeaderLabels(list(HEADINGS))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.setWordWrap(False)
        self.setFont(theme.font(theme.CAPTION))
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, theme.px(width))
        self.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self._part: Part | None = None
        self.boxes: list[ChoiceBox] = []
        self.currentCellChanged.connect(self._moved)

    def show_part(self, part: Part) -> None:
        """Show the captions of a part."""
        blocker = QSignalBlocker(self)
        self._part, self.boxes = part, []
        self.setRowCount(0)
        self.setRowCount(len(part.items))
        for n, item in enumerate(part.items):
            self._put(n, 0, item.caption or "（没有标题）")
            self._put(n, 1, called(item.place).rpartition(" ")[2])
            self._put(n, 3, item.why, "warn" if item.why else "")
            self.setCellWidget(n, 2, self._box(n, part, item.role))
        del blocker

    def _put(self, row: int, column: int, text: str, colour: str = "") -> None:
        cell = QTableWidgetItem(text)
        cell.setToolTip(tip(text))
        if colour:
            cell.setForeground(theme.colour(colour))
        self.setItem(row, column, cell)

    def _box(self, n: int, part: Part, role: str) -> ChoiceBox:
        box = ChoiceBox()
        box.setFont(theme.font(theme.CAPTION))
        box.setAccessibleName(f"{part.items[n].caption} 当作")
        known = {IGNORED: "留在原表，不动"} if part.kind == "left" else roles(part.kind)
        for key, name in known.items():
            if key != "choice" or part.items[n].choices:
                box.addItem(name, key)
        box.setCurrentIndex(max(box.findData(role), 0))
        box.setEnabled(part.kind != "left")
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.activated.connect(lambda _, n=n, box=box: self.role_chosen.emit(n, box.currentData()))
        self.boxes.append(box)
        return box

    def _moved(self, row: int, *_: int) -> None:
        place = self.place_at(row)
        if place is not None:
            self.place_chosen.emit(place)

    def place_at(self, row: int) -> Place | None:
        """Return where the caption of a row stands."""
        items = self._part.items if self._part else ()
        return items[row].place if 0 <= row < len(items) else None

    def show_item(self, place: Place) -> bool:
        """Go to the caption that stands at a place; whether there is one."""
        for n, item in enumerate(self._part.items if self._part else ()):
            if item.place == place:
                self.selectRow(n)
                return True
        return False
