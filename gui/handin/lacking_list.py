"""还缺材料的指标: each indicator without evidence with what usually proves it, and 添加…."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.parts import Elided
from gui.base.plain import Label, tip
from model.filling.indicator_search import usual_evidence
from model.forms.indicator_library import IndicatorLibrary
from model.reading.scoring import Indicator

FEW = 6  # that are named at first
_USUAL = 3  # kinds of evidence that are named


class LackingList(QWidget):
    """`add_wanted(row)`: files for the indicator of a row are wanted."""

    add_wanted = Signal(str)

    def __init__(self, library: IndicatorLibrary) -> None:
        super().__init__()
        self._library = library
        self._rows: tuple[Indicator, ...] = ()
        self._is_all = False
        self._may_edit = True
        self.head = Label("")
        self.head.setFont(theme.font(theme.BODY, 600))
        self.more = QPushButton("", objectName="link", autoDefault=False)
        self.more.setAccessibleName("其余缺材料的指标")
        self.more.clicked.connect(self._show_all)
        self.links: list[QPushButton] = []
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(2))
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.head)
        column.addWidget(self._lines)
        column.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, rows: Sequence[Indicator], may_edit: bool) -> None:
        """Show other indicators; nothing where none lacks any."""
        self.setVisible(bool(rows))
        if tuple(rows) != self._rows or may_edit != self._may_edit:
            self._rows, self._may_edit = tuple(rows), may_edit
            self._fill()

    def _show_all(self) -> None:
        self._is_all = True
        self._fill()
        self.links[FEW].setFocus()

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.links = []
        shown = self._rows if self._is_all else self._rows[:FEW]
        for n, row in enumerate(shown):
            self._add(n, row)
        left = len(self._rows) - len(shown)
        self.head.setText(f"还缺 {len(self._rows)} 项指标的材料")
        self.more.setText(f"其余 {left} 项")
        self.more.setVisible(left > 0)

    def _add(self, n: int, row: Indicator) -> None:
        name = " ".join(row.name.split())
        icon = Label()
        icon.setPixmap(theme.icon_pixmap("warning", "warn_icon", 16))
        line = Elided(name)
        line.setToolTip(tip(name))
        usual = "、".join(usual_evidence(self._library, name)[:_USUAL])
        link = QPushButton("添加…", objectName="link", autoDefault=False)
        link.setAccessibleName(f"添加“{name}”的材料")
        link.setEnabled(self._may_edit)
        link.clicked.connect(lambda _=False, id=row.id: self.add_wanted.emit(id))
        parts = (icon, line, Elided(f"如{usual}" if usual else "", "caption"), link)
        for column, part in enumerate(parts):
            self._grid.addWidget(part, n, column)
        self.links.append(link)
