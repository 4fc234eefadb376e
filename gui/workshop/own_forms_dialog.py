"""表样: the forms that were added, with region, year, kind and source; handed on, removed, more added."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.base.parts import size_on_screen
from gui.base.plain import Label
from model.forms.definition import KIND_NAMES
from model.forms.zpf import FormFile

HEADINGS = ("名称", "地区", "年度", "种类", "来源")
SIZE = (900, 460)  # px at 100 %
EMPTY = "还没有添加过表样。点“添加…”，选财政局发的空白表，或别人给的 .zpf 表样文件。"


class OwnFormsDialog(QDialog):
    """What is done is done by whoever opened it: `add()`, `hand_on(file)`, `remove(file)`; each returns the
    forms there are then."""

    def __init__(
        self,
        files: list[FormFile],
        add: Callable[[], list[FormFile]],
        hand_on: Callable[[FormFile], object],
        remove: Callable[[FormFile], list[FormFile]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("自己的表样")
        self._add, self._hand_on, self._remove = add, hand_on, remove
        self.files: list[FormFile] = []
        self.table = QTableWidget(0, len(HEADINGS))
        self.table.setAccessibleName("自己的表样")
        self.table.setHorizontalHeaderLabels(list(HEADINGS))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.hint = Label(EMPTY, wordWrap=True)
        self.add = QPushButton("添加…", autoDefault=False)
        self.send = QPushButton("另存给别人…", autoDefault=False)
        self.drop = QPushButton("删除", autoDefault=False)
        self.close_button = QPushButton("关闭")
        self._lay_out()
        self.add.clicked.connect(lambda: self.show_files(self._add()))
        self.send.clicked.connect(lambda: self._hand_on(self.files[self.table.currentRow()]))
        self.drop.clicked.connect(lambda: self.show_files(self._remove(self.files[self.table.currentRow()])))
        self.close_button.clicked.connect(self.accept)
        self.table.itemSelectionChanged.connect(self._enable)
        self.show_files(files)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self.hint)
        column.addWidget(self.table, stretch=1)
        row = QHBoxLayout()
        for button in (self.add, self.send, self.drop):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.resize(size_on_screen(self, SIZE))

    def show_files(self, files: list[FormFile]) -> None:
        """Show the forms there are."""
        self.files = files
        self.table.setRowCount(len(files))
        for n, file in enumerate(files):
            form, origin = file.form, file.origin
            source = "　".join(filter(None, (origin.blank, origin.made, origin.rules)))
            for m, text in enumerate((form.name, form.region, form.edition, KIND_NAMES[form.kind], source)):
                self.table.setItem(n, m, QTableWidgetItem(text))
        for m in range(4):
            self.table.resizeColumnToContents(m)
        self.hint.setVisible(not files)
        self._enable()

    def _enable(self) -> None:
        is_chosen = 0 <= self.table.currentRow() < len(self.files) and bool(self.table.selectedItems())
        self.send.setEnabled(is_chosen)
        self.drop.setEnabled(is_chosen)
