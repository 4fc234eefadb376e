"""Which blank is filled: one that lies in a form of the document, or a file of the clerk's."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.parts import named
from gui.base.plain import Label
from model.forms.zpf import FormFile

SAID = "表样里保存着财政局的空白表，可以直接填；也可以另选文件。"


class ChooseBlank(QDialog):
    """Accepted, `file` is the form whose blank is filled, None for a file that is still to be chosen."""

    def __init__(self, files: Sequence[FormFile], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("填入财政局原表")
        self._files = files
        self.file: FormFile | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("空白表")
        for file in files:
            self.list.addItem(f"{file.origin.blank}　{file.form.name}")
        self.list.setCurrentRow(0)
        self.fill = named(QPushButton("填这一张"), "primary")
        self.other = QPushButton("另选文件…", autoDefault=False)
        self.cancel = QPushButton("取消", autoDefault=False)
        self._lay_out()
        self.fill.clicked.connect(self._chosen)
        self.list.itemActivated.connect(self._chosen)
        self.other.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.addWidget(Label(SAID, wordWrap=True))
        column.addWidget(self.list)
        row.addWidget(self.other)
        row.addStretch()
        row.addWidget(self.fill)
        row.addWidget(self.cancel)
        column.addLayout(row)
        self.resize(theme.px(560), theme.px(280))

    def _chosen(self) -> None:
        self.file = self._files[self.list.currentRow()]
        self.accept()
