"""Which of the different forms of a blank file is added."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.parts import named
from gui.base.plain import Label
from model.workshop.learn import Blank


class ChooseSheet(QDialog):
    """Accepted, `number` says which one; the others can be added from the same file later."""

    def __init__(self, file: str, blanks: Sequence[Blank], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("添加表样")
        self._blanks = blanks
        self.list = QListWidget()
        self.list.setAccessibleName("要添加的表")
        for one in blanks:
            self.list.addItem(f"{one.number}　{one.name}　{one.sheet}")
        self.list.setCurrentRow(0)
        self.add, self.cancel = named(QPushButton("添加这一张"), "primary"), QPushButton("取消")
        column, row = QVBoxLayout(self), QHBoxLayout()
        said = f"“{file}”里有 {len(blanks)} 张不同的表。先添加哪一张？其余的可以再用这个文件添加。"
        column.addWidget(Label(said, wordWrap=True))
        column.addWidget(self.list)
        row.addStretch()
        row.addWidget(self.add)
        row.addWidget(self.cancel)
        column.addLayout(row)
        self.resize(theme.px(620), theme.px(300))
        self.add.clicked.connect(self.accept)
        self.list.itemActivated.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    @property
    def number(self) -> int:
        """The number of the form that is chosen."""
        return self._blanks[self.list.currentRow()].number
