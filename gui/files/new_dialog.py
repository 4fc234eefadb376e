"""A new document in three answers, and the name of a project in one."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from itertools import count
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from gui.base import ask, theme
from gui.base.parts import ChoiceBox, fixed_column, named
from gui.base.plain import Label, tip
from gui.base.tick_box import TickBox
from model.basics.errors import UserError
from model.basics.number import half_width
from model.document import store
from model.document.answers import Answers
from model.filling.blank import FormSet, blank_document
from model.forms.definition import FormDefinition

_LOOK_ALIKES = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_LONGEST_NAME = 60  # characters of a suggested file name


class _Dialog(QDialog):
    """Fields below each other, why it can't go on yet, and two buttons; Enter means the first one."""

    def __init__(self, title: str, yes: str, width: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._column = fixed_column(self, width, 4)
        self.reason = named(Label(wordWrap=True), "quiet")
        self.yes = named(QPushButton(yes), "primary")
        self.no = QPushButton("取消")
        for button in (self.yes, self.no):
            button.setMinimumWidth(theme.px(92))
        self.yes.setDefault(True)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)

    def _add_field(self, caption: str, *editors: QWidget, width: int = 0) -> None:
        """A caption, and below it one editor, as wide as there is room or as told, or with a button."""
        label = named(Label(caption), "caption")
        label.setBuddy(editors[0])
        editors[0].setAccessibleName(caption)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        for n, editor in enumerate(editors):
            line.addWidget(editor, stretch=0 if n else 1)
        if width:
            editors[0].setFixedWidth(theme.px(width))
            line.addStretch()
        self._column.addWidget(label)
        self._column.addLayout(line)
        self._column.addSpacing(theme.px(12))

    def _add_buttons(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.reason, stretch=1)
        line.addWidget(self.yes)
        line.addWidget(self.no)
        self._column.addStretch()
        self._column.addLayout(line)

    def _say(self, problem: str, is_wrong: bool = False) -> None:
        """Say why the first button can't be pressed; "" if it can."""
        self.reason.setText(problem)
        self.reason.setStyleSheet(f"color: {theme.colour('error').name()};" if is_wrong else "")
        self.yes.setEnabled(not problem)
        self.yes.setToolTip(tip(problem))
        self.yes.setAccessibleDescription(problem)


class NewDialog(_Dialog):
    """Region and forms, year, unit; it writes the file, whose `path` is to be opened when it was accepted."""

    def __init__(
        self,
        sets: Sequence[FormSet],
        folder: Path,
        unit: str = "",
        set_name: str = "",
        today: date | None = None,
        declarations: Sequence[FormDefinition] = (),
        parent: QWidget | None = None,
        finish: Callable[[Answers], Answers] | None = None,
    ) -> None:
        super().__init__("新建自评簿", "新建", 560, parent)
        self._finish = finish  # what is to be done with a document before it is written
        self._sets, self._folder, self._declarations = sets, folder, declarations
        self._follows = True  # the file is called as unit and year say, until the clerk says otherwise
        self.set_box = ChoiceBox()
        self.set_box.addItems(_labels(sets))
        self.set_box.setCurrentIndex(next((n for n, s in enumerate(sets) if s.name == set_name), 0))
        self.forms = named(Label(wordWrap=True), "caption")
        self.declare = TickBox("同时建目标申报表")
        self.year = QLineEdit(str((today or date.today()).year - 1))
        self.unit = QLineEdit(unit)
        self.file = QLineEdit()
        self.choose = QPushButton("更改…")
        self._lay_out()
        self.set_box.currentIndexChanged.connect(self._changed)
        self.year.textChanged.connect(self._changed)
        self.unit.textChanged.connect(self._changed)
        self.file.textEdited.connect(self._file_edited)
        self.choose.clicked.connect(self._choose_file)
        self.unit.setFocus()
        self.unit.selectAll()  # that of the open document, as a start
        self._changed()

    def _lay_out(self) -> None:
        self._add_field("地区和表样", self.set_box)
        self._column.insertWidget(self._column.count() - 1, self.forms)
        self._column.insertWidget(self._column.count() - 1, self.declare)
        self._add_field("年度", self.year, width=140)
        self._add_field("单位名称", self.unit)
        self._add_field("保存到", self.file, self.choose)
        self._column.addSpacing(theme.px(8))
        self._add_buttons()

    # --- the answers

    @property
    def form_set(self) -> FormSet:
        """The forms that the clerk chose."""
        return self._sets[self.set_box.currentIndex()]

    @property
    def answers(self) -> Answers:
        """The new document."""
        unit, year = self.unit.text().strip(), read_year(self.year.text())
        declaration = self.declaration if self.declare.isChecked() else None
        return blank_document(self.form_set, unit, year, declaration)

    @property
    def declaration(self) -> FormDefinition | None:
        """The newest declaration of goals of the region."""
        found = [form for form in self._declarations if form.region == self.form_set.region]
        return max(found, key=lambda form: form.edition, default=None)

    @property
    def path(self) -> Path:
        """Where it goes."""
        text = self.file.text().strip()
        return Path(text if text.lower().endswith(store.SUFFIX) else text + store.SUFFIX)

    # --- while it is filled in

    def _changed(self) -> None:
        self.forms.setText("、".join(form.name for form in self.form_set.forms))
        self.declare.setVisible(self.declaration is not None)
        if self._follows:
            name = file_name(read_year(self.year.text()), self.unit.text())
            self.file.setText(str(free(self._folder / name)))
        self._show_problem()

    def _file_edited(self) -> None:
        self._follows = False
        self._show_problem()

    def _choose_file(self) -> None:
        chosen = ask.new_file_name(self, self.path)
        if chosen is not None:
            self._follows = False
            self.file.setText(str(chosen))
            self._show_problem()

    def _show_problem(self) -> None:
        self._mark(self.year, bool(self.year.text().strip()) and not read_year(self.year.text()))
        self._say(self._problem())

    def _problem(self) -> str:
        if not read_year(self.year.text()):
            return "年度请填四位数字，如 2024。"
        if not self.unit.text().strip():
            return "请填单位名称。"
        if not self.file.text().strip() or not self.path.is_absolute():
            return "请选择保存的位置。"
        if not os.path.isdir(self.path.parent):
            return "没有这个文件夹，请点“更改”另选。"
        return "已有同名的文件，请换一个文件名。" if os.path.exists(self.path) else ""

    def _mark(self, editor: QLineEdit, is_wrong: bool) -> None:
        state = "error" if is_wrong else ""
        if editor.property("state") != state:
            editor.setProperty("state", state)
            editor.style().unpolish(editor)
            editor.style().polish(editor)

    def accept(self) -> None:
        """Write the file; what the system refuses stands in the dialog, which stays."""
        QGuiApplication.inputMethod().commit()
        if self._problem():
            return
        try:
            store.create(self.path, self._finish(self.answers) if self._finish else self.answers)
        except UserError as error:
            self._say(str(error), is_wrong=True)
            self.yes.setEnabled(True)  # the disk may be in its place at the next try
            return
        super().accept()


class NameDialog(_Dialog):
    """A name: `yes` is what its button says, `lacking` what is said without one."""

    def __init__(
        self,
        title: str,
        yes: str,
        caption: str,
        lacking: str,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, yes, 480, parent)
        self._lacking = lacking
        self.edit = QLineEdit(name)
        self.edit.selectAll()
        self.edit.textChanged.connect(self._changed)
        self._add_field(caption, self.edit)
        self._add_buttons()
        self.edit.setFocus()
        self._changed()

    @property
    def name(self) -> str:
        """The name as typed."""
        return self.edit.text().strip()

    def _changed(self) -> None:
        self._say("" if self.name else self._lacking)

    def accept(self) -> None:
        """A name that is still being composed counts."""
        QGuiApplication.inputMethod().commit()
        if self.name:
            super().accept()


class ProjectNameDialog(NameDialog):
    """The name of a project, new or another one."""

    def __init__(self, title: str, yes: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, yes, "项目名称", "请填项目名称。", name, parent)


def _labels(sets: Sequence[FormSet]) -> list[str]:
    """How the sets are called in the list; two of one region and edition also by their forms."""
    names = [form_set.name for form_set in sets]
    return [
        name if names.count(name) == 1 else f"{name}（{'、'.join(form.name for form in form_set.forms)}）"
        for name, form_set in zip(names, sets, strict=True)
    ]


def read_year(text: str) -> str:
    """Return the year as four digits, from 2024, ２０２４ or 2024年度; "" for anything else."""
    digits = half_width(text).strip().removesuffix("度").removesuffix("年").strip()
    is_year = len(digits) == 4 and digits.isascii() and digits.isdecimal() and digits.startswith("20")
    return digits if is_year else ""


def file_name(year: str, unit: str) -> str:
    """Return the file name to suggest, such as 2024-示例单位.zpb, with characters that Windows takes."""
    visible = "".join(char for char in " ".join(unit.split()) if char.isprintable())
    stem = "-".join(part for part in (year, visible.translate(_LOOK_ALIKES)) if part)[:_LONGEST_NAME]
    return (stem.strip(" .") or "自评簿") + store.SUFFIX


def free(path: Path) -> Path:
    """Return the path, or with （2）, （3） … in its name the first that no file has."""
    names = (path.stem if n == 1 else f"{path.stem}（{n}）" for n in count(1))
    paths = (path.with_name(name + path.suffix) for name in names)
    return next(found for found in paths if not os.path.exists(found))
