"""What of a document is exported: forms, reports, the 预算绩效情况说明; each kind with its own formats."""

from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label, tip
from gui.base.tick_box import TickBox
from gui.paper.outputs import ABSTRACT, PUBLICATION, REPORT, STATEMENT, key_and_kind, outputs_of
from model.document.answers import ACCOUNTS, FormKey
from model.forms.loader import Library
from model.reading.reading import Reading

# The kinds by the words that the export knows them by.
FORMS, REPORTS, STATEMENTS, PUBLICATIONS, ALL = "forms", "report", "statement", "accounts", "all"
REPLIES, SCORES = "replies", "scores"  # what goes with a form: 出错说明, 得分说明
WRITTEN = ("docx", "pdf")  # formats of what is written in sentences; a form is had in every other
_NAMES = {
    FORMS: "自评表",
    REPORTS: "自评报告和摘要版",
    STATEMENTS: "决算公开说明",
    PUBLICATIONS: "部门决算公开",
    ALL: "全套报送材料",
}
_TIPS = {
    REPORTS: "每张自评表的报告全文和摘要版：Word、PDF",
    PUBLICATIONS: "部门决算公开的各张表：PDF、Excel；公开全文：Word、PDF",
    STATEMENTS: "部门决算公开中的“预算绩效情况说明”：Word、PDF",
    ALL: "以上全部，另附文件清单和校验值",
}


class Kinds(QWidget):
    """A tick a kind; 全套报送材料 ticks all of them. `all_wanted` says that it was ticked."""

    changed = Signal()
    all_wanted = Signal()

    def __init__(self, reading: Reading, library: Library) -> None:
        super().__init__()
        self._outputs = [key_and_kind(output.id) for output in outputs_of(reading, library)]
        self.boxes: dict[str, TickBox] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(20))
        row.addWidget(Label("内容", objectName="caption"))
        for kind in self._offered():
            row.addWidget(self._box(kind))
        row.addStretch()
        self.boxes[FORMS].setChecked(True)
        if len(self.boxes) == 1:
            self.hide()

    def _offered(self) -> Iterator[str]:
        there = {kind for _, kind in self._outputs}
        yield FORMS
        if REPORT in there:
            yield REPORTS
        if STATEMENT in there:
            yield STATEMENTS
        if PUBLICATION in there:
            yield PUBLICATIONS
        if there & {REPORT, STATEMENT, PUBLICATION}:
            yield ALL

    def _box(self, kind: str) -> TickBox:
        box = TickBox(_NAMES[kind])
        box.setToolTip(tip(_TIPS.get(kind, "")))
        box.clicked.connect(lambda ticked: self._clicked(kind, ticked))
        self.boxes[kind] = box
        return box

    def _clicked(self, kind: str, ticked: bool) -> None:
        others = [box for name, box in self.boxes.items() if name != ALL]
        if kind == ALL and ticked:
            for box in others:
                box.setChecked(True)
            self.all_wanted.emit()
        elif ALL in self.boxes and not ticked:
            self.boxes[ALL].setChecked(False)
        self.changed.emit()

    def chosen(self) -> tuple[str, ...]:
        """Return what is ticked, in the words of the export."""
        ticked = tuple(kind for kind, box in self.boxes.items() if box.isChecked())
        return (ALL,) if ALL in ticked else ticked

    def count(self, keys: Collection[FormKey], formats: Sequence[str]) -> int:
        """Return how many files come of some forms in some formats."""
        kinds = self.chosen()
        is_all = ALL in kinds
        written = sum(name in WRITTEN for name in formats)
        plain = sum(name != "docx" for name in formats)
        found = len(keys) * plain if is_all or FORMS in kinds else 0
        if is_all or REPORTS in kinds:
            found += written * sum(key in keys for key, kind in self._outputs if kind in (REPORT, ABSTRACT))
        if is_all or STATEMENTS in kinds:
            found += written * sum(kind == STATEMENT for _, kind in self._outputs)
        if (is_all or PUBLICATIONS in kinds) and ACCOUNTS in keys:
            found += written + (0 if is_all or FORMS in kinds else plain)  # the tables go with the forms too
        return found + is_all  # the list of the files
