"""沿用上年新建: a new document that begins with what last year's knew."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gui.files.new_dialog import NewDialog, read_year
from model.document.answers import ACCOUNTS, DECLARATION, Answers
from model.filling.blank import FormSet, set_with
from model.filling.carryover import carry_over
from model.forms.loader import Library

WHAT = "带入单位、项目、目标、指标和目标值；完成值和得分留空，上年的结果在旁边显示。"


class CarryDialog(NewDialog):
    """As a new document is asked for, filled in from last year's; the forms may be newer ones."""

    def __init__(
        self,
        last: Answers,
        library: Library,
        sets: Sequence[FormSet],
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        self._last, self._library = last, library
        super().__init__(sets, folder, last.unit, _set_name(last, library), parent=parent)
        self.setWindowTitle("沿用上年新建")
        if last.year.isdecimal():
            self.year.setText(str(int(last.year) + 1))

    @property
    def answers(self) -> Answers:
        """The new document."""
        unit, year = self.unit.text().strip(), read_year(self.year.text())
        return carry_over(self._last, self.form_set, unit, year, self._library)

    def _changed(self) -> None:
        super()._changed()
        self.forms.setText(f"{self.forms.text()}\n{WHAT}")
        self.declare.hide()


def _set_name(last: Answers, library: Library) -> str:
    """The set that last year's forms belong to."""
    forms = [form.definition for key, form in last if key not in (DECLARATION, ACCOUNTS)]
    found = set_with(library, forms[0]) if forms else None
    return found.name if found else ""
