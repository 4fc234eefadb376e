"""试填: the pages of a form with an example in it, to look at before the form is kept."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from gui.base.parts import size_on_screen
from gui.base.plain import Label
from gui.paper.doors import PdfBytes
from gui.paper.page_view import Desk, ShownPages
from gui.paper.pdf_pages import PdfPages
from model.forms.loader import Library, metrics
from model.forms.zpf import FormFile
from model.paper.layout import lay_out_form
from model.paper.pages import paginate
from model.workshop.example import example

SIZE = (900, 680)  # px at 100 %


class ExampleDialog(QDialog):
    """The pages, and one button."""

    def __init__(self, file: FormFile, library: Library, pdf_bytes: PdfBytes, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"试填 － {file.form.name}")
        grid = lay_out_form(example(file.form, library.with_own([file])), metrics())
        pdf = pdf_bytes((grid,))
        self.desk = Desk()
        column = QVBoxLayout(self)
        column.addWidget(Label("这是用示例填的样子，只供看版式和算分；不会存进自评簿。"))
        column.addWidget(self.desk, stretch=1)
        close = QPushButton("关闭")
        close.clicked.connect(self.accept)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(size_on_screen(self, SIZE))
        self.desk.show_pages(ShownPages(pdf, PdfPages(pdf), tuple(paginate(grid))))
