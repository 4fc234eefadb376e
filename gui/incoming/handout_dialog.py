"""发给同事填写: which forms go out, as what kind of file; projects are ticked that did not go out yet."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.parts import named
from gui.base.plain import Label
from gui.base.tick_box import RadioBox
from gui.session.names import form_name
from model.document.answers import FormKey
from model.handout.record import handed_of
from model.reading.reading import Form

WIDTH, HEIGHT = 520, 420  # px at 100 %
KINDS = (("xlsx", "Excel 表格（同事没有自评簿也能填）"), ("zpb", "自评簿文件（用自评簿填）"))
KEY = Qt.ItemDataRole.UserRole


class HandoutDialog(QDialog):
    """Closed with 下一步, `keys` are the forms to hand out and `kind` is how."""

    def __init__(self, forms: Sequence[Form], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("发给同事填写")
        self.forms = QListWidget()
        self.forms.setAccessibleName("发出哪些表")
        self.forms.setObjectName("ticks")
        for form in forms:
            self._add(form)
        self.kinds = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.addWidget(named(Label("发出哪些表"), "caption"))
        column.addWidget(self.forms, stretch=1)
        column.addWidget(named(Label("发成什么"), "caption"))
        for number, (_, name) in enumerate(KINDS):
            button = RadioBox(name)
            button.setChecked(number == 0)
            self.kinds.addButton(button, number)
            column.addWidget(button)
        said = "每张表一个文件。同事填好发回后，用“收回…”放进来，双方都改过的格逐格选。"
        column.addWidget(named(Label(said, wordWrap=True), "caption"))
        row = QHBoxLayout()
        row.addStretch()
        self.go, self.cancel = named(QPushButton("选择文件夹…"), "primary"), QPushButton("取消")
        row.addWidget(self.go)
        row.addWidget(self.cancel)
        column.addLayout(row)
        self.forms.itemChanged.connect(self._enable)
        self.go.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))
        self._enable()

    def _add(self, form: Form) -> None:
        handed = handed_of(form.answers)
        status = f"　{handed.text}" if handed else ""
        item = QListWidgetItem(form_name(form) + status)
        item.setData(KEY, form.key)
        is_ticked = handed is None and form.definition.is_of_project
        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        self.forms.addItem(item)

    @property
    def keys(self) -> list[FormKey]:
        """The forms that are ticked."""
        items = (self.forms.item(at) for at in range(self.forms.count()))
        return [item.data(KEY) for item in items if item.checkState() == Qt.CheckState.Checked]

    @property
    def kind(self) -> str:
        """The kind of file."""
        return KINDS[self.kinds.checkedId()][0]

    def _enable(self) -> None:
        self.go.setEnabled(bool(self.keys))
