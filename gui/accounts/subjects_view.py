"""The list of subjects on screen: widths, the cell of a code that finds subjects, what a paste says."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from gui.accounts.grey_delegate import LINE, GreyDelegate
from gui.accounts.subject_editor import SubjectEditor
from gui.accounts.subjects_edits import SubjectsEdits
from gui.accounts.subjects_model import CODE, NAME, SubjectsModel
from gui.base import theme
from gui.base.qt import Index
from gui.tables.keys import step_of
from gui.tables.sheet_view import SheetView

_WIDTHS = {CODE: 104, NAME: 190, "use": 200, "reason": 220}
_AMOUNT = 112


class SubjectsView(SheetView):
    """`said(text)` is what there is to say of a block that was pasted."""

    model_: SubjectsModel
    said = Signal(str)

    def __init__(self, model: SubjectsModel) -> None:
        self.list_edits = SubjectsEdits(model)
        super().__init__(model, self.list_edits)
        self.setAccessibleName("科目")
        self.verticalHeader().setDefaultSectionSize(theme.px(LINE))
        self._set_widths()
        model.modelReset.connect(self._set_widths)

    def make_delegate(self) -> "_Delegate":
        """Return what draws and edits the cells."""
        return _Delegate(self, self.model_, self.model_)

    def fit(self, lines: Iterable[int]) -> None:
        """Every line is as high as the other."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names take the room that is left."""
        super().resizeEvent(event)
        self._set_widths()

    def _set_widths(self) -> None:
        columns = self.model_.columns
        widths = [theme.px(_WIDTHS.get(column.path, _AMOUNT)) for column in columns]
        widths[1] += max(0, self.viewport().width() - sum(widths))
        for n, width in enumerate(widths):
            if self.columnWidth(n) != width:
                self.setColumnWidth(n, width)

    def paste(self) -> None:
        """Paste a block, and tell what became of it."""
        cell = self.list_edits.paste(self.currentIndex(), QGuiApplication.clipboard().text())
        self.show_cell(cell)
        self.said.emit(self.list_edits.said)


class _Delegate(GreyDelegate):
    """The cell of a code has a list of what is found."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field that finds subjects for a code, a plain one else."""
        model = self._model
        assert isinstance(model, SubjectsModel)
        if model.columns[index.column()].path != CODE:
            return super().createEditor(parent, option, index)
        editor = SubjectEditor(parent, index, model.accounts.subjects)
        editor.setAccessibleName(model.caption(index.column()))
        editor.taken.connect(lambda: self._leave(editor))
        return editor

    def _leave(self, editor: SubjectEditor) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def eventFilter(self, editor: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """The list of what is found has its keys first."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if isinstance(editor, SubjectEditor) and is_key:
            assert isinstance(event, QKeyEvent)
            if editor.walks(event):
                return True
            if step_of(event):
                editor.take()
        return super().eventFilter(editor, event)
