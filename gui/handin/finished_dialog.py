"""成稿核对: what an edited Word or Excel file says otherwise; texts may be taken back into the document."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.parts import size_on_screen
from gui.base.plain import Label
from gui.handin.differences_table import DifferencesTable
from model.handin.finished import Found

SIZE = (1040, 580)
WIDTHS = (46, 124)  # px at 100 %: the box, what differs
CAPTIONS = ("", "不同", "位置", "自评簿", "文件")
_KINDS = {"figure": "数字不同", "text": "文字不同", "added": "文件多出", "gone": "文件没有"}
SAME = "文件与自评簿一致，没有不同。"
ABOUT = "打勾的文字可以收回自评簿，收回后可以撤销；数字不同的，请核对是哪一边对。"


class FinishedDialog(QDialog):
    """`chosen` are the lines whose wording is to be taken, once the dialog was accepted."""

    def __init__(self, name: str, output: str, found: Sequence[Found], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("成稿核对")
        self.resize(size_on_screen(self, SIZE))
        self._found = found
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(20))
        column.setSpacing(theme.px(12))
        figures = sum(one.kind == "figure" for one in found)
        said = f"“{name}”与“{output}”比较：" + (
            f"{len(found)} 处不同，其中 {figures} 处数字不同。" if found else SAME
        )
        self.sentence = Label(said, wordWrap=True)
        column.addWidget(self.sentence)
        self.table = DifferencesTable(CAPTIONS, WIDTHS)
        self._fill()
        column.addWidget(self.table, stretch=1)
        column.addWidget(Label(ABOUT, objectName="caption", wordWrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch()
        self.take = QPushButton("收回打勾的文字", objectName="primary", autoDefault=False)
        self.close_button = QPushButton("关闭", autoDefault=False)
        row.addWidget(self.take)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.take.clicked.connect(self.accept)
        self.close_button.clicked.connect(self.reject)
        self.table.itemChanged.connect(self._enable)
        self._enable()

    def _fill(self) -> None:
        """A line each; those that may be taken have a box to tick, other figures a sign."""
        table = self.table
        table.setAccessibleName("文件与自评簿的不同")
        table.show_rows([("", _KINDS[one.kind], one.place, one.ours, one.theirs) for one in self._found])
        for n, one in enumerate(self._found):
            box, kind = table.item(n, 0), table.item(n, 1)
            assert box is not None
            assert kind is not None
            box.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if one.may_be_taken:
                box.setFlags(box.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                box.setCheckState(Qt.CheckState.Unchecked)
            if one.kind == "figure":
                kind.setIcon(theme.icon("warning", "warn_icon"))

    def _enable(self) -> None:
        self.take.setEnabled(bool(self.chosen))

    @property
    def chosen(self) -> tuple[Found, ...]:
        """The lines that are ticked."""
        items = (self.table.item(n, 0) for n in range(len(self._found)))
        ticked = [item is not None and item.checkState() == Qt.CheckState.Checked for item in items]
        return tuple(one for one, is_in in zip(self._found, ticked, strict=True) if is_in)
