"""换用新的表样: what of the open document goes where in another version of its form, before it goes."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.listing import set_up_listing
from gui.base.parts import ChoiceBox, named, size_on_screen
from gui.base.plain import Label, tip
from gui.base.tick_box import TickBox
from model.filling.newer import Line, Plan, Version

SIZE = (1080, 600)  # px at 100 %
CAPTIONS = ("哪张表", "现在在哪里", "内容", "换过来以后")
WIDTHS = (160, 280, 260, 0)  # px at 100 %; 0 takes what is left
NO_PLACE = "新表样里没有位置：留在自评簿里，“问题”里列着"
SAID = "填过的内容按名称对到新表样里，不按行列位置。换过来是一步，可以撤销。"


class NewFormDialog(QDialog):
    """Closed with 换过来, `plan` is what is to be done."""

    def __init__(
        self, versions: Sequence[Version], planned: Callable[[Version], Plan], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("换用新的表样")
        self._versions, self._planned = versions, planned
        self.box, self.all = ChoiceBox(), TickBox("位置不变的也列出")
        self.box.setAccessibleName("换成哪一种")
        for version in versions:
            self.box.addItem(_called(version))
        self.said, self.notes = named(Label(wordWrap=True), "heading"), Label(wordWrap=True)
        self.table = QTableWidget(0, len(CAPTIONS))
        self.move_, self.cancel = named(QPushButton("换过来"), "primary"), QPushButton("先不换")
        set_up_listing(self.table, "什么放到哪里", CAPTIONS, WIDTHS)
        self._lay_out()
        self.box.activated.connect(self._choose)
        self.all.toggled.connect(self._show)
        self.move_.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._choose(0)

    def _lay_out(self) -> None:
        column, row, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(10))
        row.addWidget(named(Label("换成"), "caption"))
        row.addWidget(self.box, stretch=1)
        row.addWidget(self.all)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.notes)
        column.addWidget(self.table, stretch=1)
        foot.addWidget(named(Label(SAID, wordWrap=True), "caption"), stretch=1)
        foot.addWidget(self.move_)
        foot.addWidget(self.cancel)
        column.addLayout(foot)
        self.resize(size_on_screen(self, SIZE))

    def showEvent(self, event: QShowEvent) -> None:
        """Rows are as high as their texts in the widths of now."""
        super().showEvent(event)
        self.table.resizeRowsToContents()

    def _choose(self, number: int) -> None:
        self.plan = self._planned(self._versions[number])
        self.said.setText(self.plan.said)
        self.notes.setText("\n".join(self.plan.notes))
        self.notes.setVisible(bool(self.plan.notes))
        self._show()

    def _show(self) -> None:
        lines = [line for line in self.plan.lines if self.all.isChecked() or not line.is_same]
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate((line.form, line.where, line.text, _now(line))):
                item = QTableWidgetItem(text)
                item.setToolTip(tip(text))
                if not line.now or line.why:
                    item.setBackground(theme.colour("warn_soft"))
                self.table.setItem(row, column, item)
        self.table.resizeRowsToContents()


def _called(version: Version) -> str:
    form, origin = version.file.form, version.file.origin
    return f"{form.name}（{form.region} {form.edition}）　{origin.made} 由 {origin.blank} 做成"


def _now(line: Line) -> str:
    return f"{line.now}　{line.why}".strip() if line.now else NO_PLACE
