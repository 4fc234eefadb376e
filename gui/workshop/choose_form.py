"""Which of one's own forms is added to the open document, and for which project."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.parts import ChoiceBox
from model.forms.definition import KIND_NAMES, FormDefinition


class ChooseForm(QDialog):
    """Accepted, `form` is to be added under the name `project`, "" where it has none."""

    def __init__(self, forms: Sequence[FormDefinition], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("按自己的表样添加")
        self._forms = forms
        self.box, self.name = ChoiceBox(), QLineEdit()
        self.box.setAccessibleName("表样")
        self.name.setAccessibleName("项目名称")
        for form in forms:
            self.box.addItem(f"{form.name}（{form.region} {form.edition} {KIND_NAMES[form.kind]}）")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column, fields = QVBoxLayout(self), QFormLayout()
        fields.addRow("表样", self.box)
        fields.addRow("项目名称", self.name)
        column.addLayout(fields)
        column.addWidget(self.buttons)
        self.setMinimumWidth(theme.px(480))
        self.box.currentIndexChanged.connect(self._changed)
        self.name.textChanged.connect(self._changed)
        self._changed()

    @property
    def form(self) -> FormDefinition:
        """The form that is chosen."""
        return self._forms[self.box.currentIndex()]

    @property
    def project(self) -> str:
        """The name of the project."""
        return self.name.text().strip() if self.form.is_of_project else ""

    def _changed(self) -> None:
        is_of_project = self.form.is_of_project
        self.name.setEnabled(is_of_project)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(
            bool(self.project) or not is_of_project
        )
