"""The indicator table on screen: how wide its columns are, and how one comes to a cell of it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from gui.base import theme
from gui.tables.indicator_delegate import IndicatorDelegate
from gui.tables.indicator_edits import IndicatorEdits
from gui.tables.indicator_model import IndicatorTableModel
from gui.tables.sheet_delegate import TextEditor
from gui.tables.sheet_view import SheetView
from model.forms.indicator_library import IndicatorLibrary, LibraryIndicator

_WIDTHS = {
    "level1": 60,
    "level2": 90,
    "target": 110,
    "actual": 110,
    "judged": 60,
    "weight": 46,
    "computed": 64,
    "score": 54,
    "two_years_before": 110,
    "year_before": 110,
    "basis": 120,
}
_WIDE = {"level2": 112, "target": 150, "actual": 150, "judged": 76, "weight": 56, "computed": 80, "score": 66}
_OTHERS = {True: 60, False: 110}  # columns that are a form's own: figures, texts
_WIDE_FROM = 1000  # px of the table
# where there are no scores; the target has a caption of two terms
_PLAIN = {"two_years_before": 80, "year_before": 80, "target": 168, "basis": 116}
_PLAIN_WIDE = {"target": 178}
_NAME_MIN = 140
_CAPTION_MAX = 170


class IndicatorView(SheetView):
    """`column_dragged(key, width)` tells of a column that the clerk made wider or narrower."""

    column_dragged = Signal(str, int)
    model_: IndicatorTableModel

    def __init__(self, model: IndicatorTableModel) -> None:
        edits = IndicatorEdits(model)
        super().__init__(model, edits)
        self._edits = edits
        self._is_scored = model.form.definition.is_scored
        self._is_setting_widths = False
        self._dragged: dict[str, int] = {}  # widths at 100 % that the clerk has chosen, by column
        self.setAccessibleName("绩效指标表")
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(theme.px(40))
        header.sectionResized.connect(self._section_resized)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)  # labels stay in sight
        self.restructure()

    def make_delegate(self) -> IndicatorDelegate:
        """Return what draws and edits the cells."""
        return IndicatorDelegate(self, self.model_)

    # --- geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        """三级指标 takes what the other columns leave."""
        super().resizeEvent(event)
        self._set_widths()

    def _set_widths(self) -> None:
        self._is_setting_widths = True
        is_wide = self.viewport().width() >= theme.px(_WIDE_FROM)
        plain = {} if self._is_scored else _PLAIN_WIDE if is_wide else _PLAIN
        widths = _WIDTHS | (_WIDE if is_wide else {}) | plain
        keys = [column.key for column in self.model_.columns]
        others = [(n, key) for n, key in enumerate(keys) if key != "name"]
        widths |= self._dragged
        narrow = {n: theme.px(widths.get(key, self._usual(n))) for n, key in others}
        for n, width in self._with_captions(narrow, keys).items():
            self.setColumnWidth(n, width)
        room = self.viewport().width() - sum(self.columnWidth(n) for n, _ in others)
        self.setColumnWidth(keys.index("name"), max(room, theme.px(_NAME_MIN)))
        self._is_setting_widths = False

    def _usual(self, n: int) -> int:
        return _OTHERS[self.model_.columns[n].is_figure]

    def _with_captions(self, narrow: Mapping[int, int], keys: Sequence[str]) -> Mapping[int, int]:
        """Widen columns for the captions of the form, unless a table that fits would then no longer do so."""
        header, most = self.horizontalHeader(), theme.px(_CAPTION_MAX)
        wide = {
            n: width if keys[n] in self._dragged else max(width, min(header.sectionSizeHint(n), most))
            for n, width in narrow.items()
        }
        room = self.viewport().width() - theme.px(_NAME_MIN)
        return narrow if sum(narrow.values()) <= room < sum(wide.values()) else wide

    def _section_resized(self, n: int) -> None:
        if not self._is_setting_widths:
            key, width = self.model_.columns[n].key, self.columnWidth(n)
            self._dragged[key] = theme.unzoomed(width)
            self.column_dragged.emit(key, width)
        self.refit.start()

    def take_widths(self, widths: Mapping[str, int]) -> None:
        """Make columns as wide as the clerk left them, here or in another form; in px at 100 %."""
        if widths != self._dragged:
            self._dragged = dict(widths)
            self._set_widths()

    # --- the cursor

    def bring(self, cell: str) -> bool:
        """Put the cursor on a cell, or what comes nearest, in the middle third of the table."""
        index = self.model_.nearest(cell)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        third, middle = self.viewport().height() // 3, self.visualRect(index).center().y()
        if not third <= middle <= 2 * third:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setFocus()
        return True

    def place_cursor(self) -> None:
        """Let the cursor, if it is nowhere, stand on the first result; where the row has no name yet, or the
        table no results, on its name."""
        answers = self.model_.form.answers
        if not self.currentIndex().isValid() and answers.indicators:
            first = answers.indicators[0]
            has_results = any(column.key == "actual" for column in self.model_.columns)
            key = "actual" if has_results and answers.text(f"{first}.name").strip() else "name"
            self.setCurrentIndex(self.model_.index_of(f"{first}.{key}"))

    def copy_points(self, source: str, target: str) -> str:
        """Put the points of one column into another for the chosen rows; return what is to be said."""
        return self._edits.copy_points(self.selected_rows(), source, target)

    # --- the indicator library

    def insert(self, library: IndicatorLibrary, entries: Sequence[LibraryIndicator]) -> None:
        """Put entries into the goal under the cursor; the first target is open where the number belongs."""
        done = self._edits.insert(self.currentIndex(), library, entries)
        if not done or not self.bring(f"{done[0].row}.target") or done[0].open is None:
            return
        self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, None)
        editor = self.indexWidget(self.currentIndex())
        if isinstance(editor, TextEditor):
            start, length = done[0].open
            cursor = editor.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            editor.setTextCursor(cursor)
