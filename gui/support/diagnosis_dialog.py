"""保存诊断包: says what goes into the package and what does not, and saves it."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from gui.base import ask, theme
from gui.base import settings as settings_store
from gui.base.parts import fixed_column, named
from gui.base.plain import Label
from gui.base.tick_box import TickBox
from gui.support import diagnosis
from model.basics.errors import UserError

WIDTH = 560
WHAT = "程序出了问题时，把诊断包交给维护程序的人查找原因。程序不联网，不会自己发送。"
INSIDE = "里面有：运行日志、版本、设置、屏幕的缩放。\n没有：填报的内容、最近打开的文件名。"


class DiagnosisDialog(QDialog):
    """When it was accepted the package is in `saved_to`."""

    def __init__(self, document: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("保存诊断包")
        self._document = document
        self.saved_to = Path()
        self.with_document = TickBox("连同当前自评簿")
        if document is None:
            self.with_document.hide()
        self.problem = named(Label(wordWrap=True), "error")
        self.problem.hide()
        self.save, self.cancel = named(QPushButton("保存…"), "primary"), QPushButton("取消")
        self.save.setDefault(True)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self._lay_out()

    def _lay_out(self) -> None:
        column = fixed_column(self, WIDTH, 12)
        column.addWidget(Label(WHAT, wordWrap=True))
        column.addWidget(named(Label(INSIDE, wordWrap=True), "quiet"))
        column.addWidget(self.with_document)
        column.addWidget(self.problem)
        column.addSpacing(theme.px(8))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch()
        for button in (self.save, self.cancel):
            button.setMinimumWidth(theme.px(92))
            row.addWidget(button)
        column.addLayout(row)

    def _save(self) -> None:
        """Ask where to; what the system refuses stands in the dialog, which stays."""
        settings = settings_store.load()
        suggestion = settings.start_folder() / f"自评簿诊断包 {date.today():%Y-%m-%d}.zip"
        target = ask.package_name(self, suggestion)
        if target is None:
            return
        document = self._document if self.with_document.isChecked() else None
        try:
            diagnosis.save(target, settings_store.log_folder(), settings, document)
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.saved_to = target
        self.accept()
