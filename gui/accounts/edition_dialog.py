"""Which edition (地区和年度的表样) new final accounts are of."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from gui.base import theme
from gui.base.parts import ChoiceBox, fixed_column
from gui.base.plain import Label
from model.accounts.definition import AccountsDefinition

WHAT = "按科目填一次数字，各张决算公开表、勾稽关系和公开文本由程序算出。可随时撤销或删除。"


class EditionDialog(QDialog):
    """Offers all editions, the one that fits first in hand; `edition` is what was chosen."""

    def __init__(
        self, known: Sequence[AccountsDefinition], fitting: AccountsDefinition, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("添加部门决算")
        self._known = known
        column = fixed_column(self, 520, 8)
        self.box = ChoiceBox()
        self.box.addItems([edition.name for edition in known])
        self.box.setCurrentIndex(known.index(fitting))
        self.box.currentIndexChanged.connect(self._changed)
        caption = Label("决算公开表样", objectName="caption")
        caption.setBuddy(self.box)
        self.box.setAccessibleName("决算公开表样")
        self.tables = Label(objectName="caption", wordWrap=True)
        for widget in (caption, self.box, self.tables, Label(WHAT, wordWrap=True)):
            column.addWidget(widget)
        column.addSpacing(theme.px(8))
        column.addLayout(buttons(self, "添加"))
        self._changed()

    @property
    def edition(self) -> AccountsDefinition:
        """The edition in hand."""
        return self._known[self.box.currentIndex()]

    def _changed(self) -> None:
        edition = self.edition
        self.tables.setText(f"{edition.region} · {edition.year} 年度起 · {len(edition.tables)} 张表")


def buttons(dialog: QDialog, yes: str) -> QHBoxLayout:
    """Return the two buttons at the foot of a dialog; Enter means the first one."""
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    row.addStretch()
    accept, reject = QPushButton(yes, objectName="primary"), QPushButton("取消")
    accept.setDefault(True)
    accept.clicked.connect(dialog.accept)
    reject.clicked.connect(dialog.reject)
    for button in (accept, reject):
        button.setMinimumWidth(theme.px(92))
        row.addWidget(button)
    return row
