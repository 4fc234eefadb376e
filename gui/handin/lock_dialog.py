"""定稿: asks for the name of whoever locks the version, and says what that means."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from gui.base import theme
from gui.base.parts import fixed_column
from gui.base.plain import Label
from model.document.signing import LONGEST_NAME

WIDTH = 520
ABOUT = (
    "全套报送材料（PDF、Excel、Word 和文件清单）会写进自评簿，每页 PDF 有自己的校验码，以后逐字节不变，"
    "随时可以再导出、核对。\n自评簿可以接着改，改动算更正，可以再次定稿。"
)
NO_NAME = "请填定稿人。"


class LockDialog(QDialog):
    """`name` is what was typed, once the dialog was accepted; who signed last is offered."""

    def __init__(self, number: int, aside: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("定稿")
        column = fixed_column(self, WIDTH, 10)
        title = Label(f"定稿 {number}")
        title.setFont(theme.font(22, 600))
        column.addWidget(title)
        column.addWidget(Label(ABOUT, wordWrap=True))
        if aside:
            said = f"有 {aside} 项写说明搁置，列在文件清单里。"
            column.addWidget(Label(said, objectName="caption", wordWrap=True))
        caption = Label("定稿人", objectName="caption")
        self.text = QLineEdit(name)
        self.text.setMaxLength(LONGEST_NAME)
        self.text.selectAll()
        caption.setBuddy(self.text)
        self.text.setAccessibleName("定稿人")
        self.hint = Label("", objectName="warn")
        column.addWidget(caption)
        column.addWidget(self.text)
        column.addWidget(self.hint)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch()
        self.lock, self.cancel = QPushButton("定稿", objectName="primary"), QPushButton("取消")
        self.lock.setDefault(True)
        for button in (self.lock, self.cancel):
            button.setMinimumWidth(theme.px(92))
            row.addWidget(button)
        column.addLayout(row)
        self.lock.clicked.connect(self._accept)
        self.cancel.clicked.connect(self.reject)
        self.text.setFocus()

    @property
    def name(self) -> str:
        """Who locks it."""
        return " ".join(self.text.text().split())

    def _accept(self) -> None:
        if self.name:
            self.accept()
        else:
            self.hint.setText(NO_NAME)
            self.text.setFocus()
