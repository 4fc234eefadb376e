"""打印多份…: which papers, and which pages of each, go to the printer in one go."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.parts import named, size_on_screen
from gui.base.plain import Label, tip
from gui.base.tick_box import TickBox
from gui.paper.outputs import Output, OutputId

SIZE = (620, 520)
HINT = "页码可填“1-3,5”；不填就打印全部页。"
NO_PAGES = "选中的材料没有这些页，没有打印。"
_RANGE = re.compile(r"(\d{1,4})(?:[-－~～—至](\d{1,4}))?")
_AROUND = re.compile(r"\s*([-－~～—至])\s*")  # 1 - 3


def pages_in(text: str) -> tuple[int, ...] | None:
    """Return the pages that are written, from 0, each once, in order; () for all, None for what is none."""
    found: set[int] = set()
    for part in re.split(r"[,，、;；\s]+", _AROUND.sub(r"\1", text.strip())):
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if part and not 1 <= first <= last:
            return None
        found.update(range(first - 1, last) if part else ())
    return None if text.strip() and not found else tuple(sorted(found))


class PrintChoice(QDialog):
    """A line a paper: a tick, its name, its pages; `chosen` are the ticked ones with their pages."""

    def __init__(self, outputs: Sequence[Output], ticked: OutputId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("打印多份")
        self.boxes = {output.id: TickBox(output.name) for output in outputs}
        self.pages = {output.id: QLineEdit(placeholderText="全部页") for output in outputs}
        self.all, self.none = QPushButton("全选", autoDefault=False), QPushButton("全不选", autoDefault=False)
        self.reason = named(Label(HINT, wordWrap=True), "quiet")
        self.print, self.cancel = (
            named(QPushButton("打印…"), "primary"),
            QPushButton("取消", autoDefault=False),
        )
        self._lay_out()
        for box in self.boxes.values():
            box.clicked.connect(self._show_state)
        for name, field in self.pages.items():
            field.textEdited.connect(lambda _, name=name: self._typed(name))
        if ticked in self.boxes:
            self.boxes[ticked].setChecked(True)
        self.all.clicked.connect(lambda: self._tick(True))
        self.none.clicked.connect(lambda: self._tick(False))
        self.print.setDefault(True)
        self.print.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._show_state()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(20))
        column.setSpacing(theme.px(12))
        body = QWidget(objectName="page")
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setColumnStretch(0, 1)
        for n, (name, box) in enumerate(self.boxes.items()):
            field = self.pages[name]
            field.setFixedWidth(theme.px(120))
            field.setAccessibleName(f"{box.text()} 的页码")
            grid.addWidget(box, n, 0)
            grid.addWidget(field, n, 1)
        grid.setRowStretch(len(self.boxes), 1)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the first box has the focus
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        column.addWidget(area, stretch=1)
        column.addWidget(self.reason)
        column.addLayout(_in_a_row(self.all, self.none, None, self.print, self.cancel))
        self.resize(size_on_screen(self, SIZE))

    def _tick(self, on: bool) -> None:
        for box in self.boxes.values():
            box.setChecked(on)
        self._show_state()

    def _typed(self, name: OutputId) -> None:
        """Who writes pages wants the paper."""
        self.boxes[name].setChecked(True)
        self._show_state()

    @property
    def chosen(self) -> dict[OutputId, tuple[int, ...]]:
        """The ticked papers in their order, with pages from 0; () for all."""
        ticked = [name for name, box in self.boxes.items() if box.isChecked()]
        return {name: pages_in(self.pages[name].text()) or () for name in ticked}

    def _show_state(self) -> None:
        wrong = [name for name in self.chosen if pages_in(self.pages[name].text()) is None]
        problem = f"“{self.boxes[wrong[0]].text()}”的页码请这样填：1-3,5。" if wrong else ""
        problem = problem or ("" if self.chosen else "请选要打印的材料。")
        self.reason.setText(problem or HINT)
        self.print.setEnabled(not problem)
        self.print.setToolTip(tip(problem))


def _in_a_row(*buttons: QPushButton | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    for button in buttons:
        if button is None:
            row.addStretch()
        else:
            row.addWidget(button)
    return row


Pdfs = Callable[[OutputId], bytes]


def joined_pages(chosen: dict[OutputId, tuple[int, ...]], pdf_of: Pdfs) -> bytes:
    """Return the chosen pages of all papers as one PDF; pages that a paper has not are left out."""
    from gui.paper.pdf_pages import join

    return join([(pdf_of(name), pages) for name, pages in chosen.items()])
