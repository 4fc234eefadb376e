"""插入指标: finds entries of the indicator library, shows what their rows will hold, takes some of them."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.parts import ChoiceBox, named
from gui.base.plain import Label
from gui.tables.picker_details import Details
from gui.tables.picker_list import EntryList, EntryModel
from model.basics.names import plain_name
from model.filling.indicator_rows import texts_for
from model.filling.indicator_search import search
from model.forms.indicator_library import IndicatorLibrary, LibraryIndicator
from model.reading.reading import Form, goal_name

SIZE = (1020, 540)
HINT = "名称、用途或拼音首字母，如：教师 满意度、jspx"
PICKER_KEYS = (("空格", "勾选"), ("Alt+A", "在全部指标里找"))  # for the overview of keys
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class IndicatorPicker(QDialog):
    """Opens on a level 2 and a topic; when it was accepted `chosen` are the entries to be inserted."""

    def __init__(
        self,
        form: Form,
        library: IndicatorLibrary,
        goal: str,
        level2: str = "",
        topic: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("插入指标")
        self.chosen: tuple[LibraryIndicator, ...] = ()
        self._form, self._library, self._goal = form, library, goal
        self._there = {plain_name(form.answers.text(f"{row}.name")) for row in form.answers.indicators}
        self.field = QLineEdit(placeholderText=HINT, clearButtonEnabled=True)
        self.field.setAccessibleName("查找指标")
        self.field.installEventFilter(self)
        self._is_walking = False  # with the arrows, from the search line
        self.level, self.topic = ChoiceBox(), ChoiceBox()
        self.everything = QPushButton("不限(&A)")
        self.model = EntryModel()
        self.list = EntryList(self.model)
        self.nothing = named(Label(wordWrap=True), "quiet")
        self.details = Details()
        self.note = named(Label(), "caption")
        self.add, self.cancel = named(QPushButton("添加"), "primary"), QPushButton("取消")
        self._fill_filters(level2, topic)
        self._lay_out()
        self._connect()
        self._search()

    def _fill_filters(self, level2: str, topic: str) -> None:
        """The filters begin with the level under the cursor, if the library knows it, and the last topic."""
        known = self._library.level(level2)
        names = dict.fromkeys(level.level2 for level in self._library.levels)
        for box, every, values, called in (
            (self.level, "全部二级指标", names, known.level2 if known else ""),
            (self.topic, "全部领域", [one.name for one in self._library.topics], topic),
        ):
            box.addItem(every, "")
            for name in values:
                box.addItem(name, name)
            box.setCurrentIndex(max(box.findData(called), 0))
        self.level.setAccessibleName("二级指标")
        self.topic.setAccessibleName("领域")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(18))
        column.setSpacing(theme.px(12))
        top, middle, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (top, foot):
            row.setSpacing(theme.px(8))
        top.addWidget(self.field, stretch=1)
        for widget in (self.level, self.topic, self.everything):
            top.addWidget(widget)
        self._faces = QStackedWidget()
        self._faces.addWidget(self.list)
        self._faces.addWidget(self.nothing)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        middle.setSpacing(theme.px(20))
        middle.addWidget(self._faces, stretch=5)
        middle.addWidget(self.details, stretch=5)
        foot.addWidget(self.note, stretch=1)
        for button in (self.add, self.cancel):
            button.setMinimumWidth(theme.px(92))
            foot.addWidget(button)
        for row in (top, middle, foot):
            column.addLayout(row, stretch=row is middle)
        self.everything.setAutoDefault(False)  # Enter adds
        self.add.setDefault(True)
        room = self.screen().availableSize() - QSize(0, theme.px(40))
        self.resize(QSize(theme.px(SIZE[0]), theme.px(SIZE[1])).boundedTo(room))

    def _connect(self) -> None:
        self.field.textChanged.connect(self._search)
        self.level.currentIndexChanged.connect(self._search)
        self.topic.currentIndexChanged.connect(self._search)
        self.everything.clicked.connect(self._widen)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.list.doubleClicked.connect(self._take)
        self.model.ticks_changed.connect(self._show_current)
        self.add.clicked.connect(self._take)
        self.cancel.clicked.connect(self.reject)

    # --- finding

    @property
    def wanted_topic(self) -> str:
        """The topic that is looked at, "" for all."""
        return str(self.topic.currentData())

    def _search(self) -> None:
        """Show what fits, the best first."""
        level2 = str(self.level.currentData())
        self._is_walking = False
        found = search(self._library, self.field.text(), level2, self.wanted_topic)
        self.model.show(found)
        self.everything.setEnabled(bool(level2 or self.wanted_topic))
        self._faces.setCurrentIndex(0 if found else 1)
        if found:
            self.list.setCurrentIndex(self.model.index(0))
        else:
            more = len(search(self._library, self.field.text()))
            self.nothing.setText(
                f"这一类里没有找到，全部指标里有 {more} 条，请按“不限”。"
                if more
                else "没有找到。请换一个词，或者只写其中一两个字。"
            )
        self._show_current()

    def _widen(self) -> None:
        """Look in all levels and topics."""
        self.level.setCurrentIndex(0)
        self.topic.setCurrentIndex(0)
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search line the arrows move the cursor of the list; then, or where nothing is searched
        for, a blank ticks. After a letter it parts two words."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            moves = event.key() in _MOVES
            if moves or (event.key() == Qt.Key.Key_Space and (self._is_walking or not self.field.text())):
                self._is_walking = self._is_walking or moves
                QApplication.sendEvent(self.list, event)
                return True
        return super().eventFilter(watched, event)

    # --- taking

    def _current(self) -> LibraryIndicator | None:
        index = self.list.currentIndex()
        return self.model.entries[index.row()] if index.isValid() else None

    def _taken(self) -> tuple[LibraryIndicator, ...]:
        """Those that are ticked, else the current one."""
        current = self._current()
        return self.model.ticked or ((current,) if current else ())

    def _show_current(self) -> None:
        """Show what the current entry is about, and how many will be added."""
        entry, count = self._current(), len(self.model.ticked)
        if entry is None:
            self.details.clear()
        else:
            goal = goal_name(self._form, self._goal) if self._goal else ""
            row = texts_for(self._form, self._library, entry, self._goal)
            self.details.show_entry(entry, self._library, row, goal, plain_name(entry.name) in self._there)
        self.add.setText(f"添加 {count} 条" if count else "添加")
        self.add.setEnabled(bool(self._taken()))
        all_found = f"共 {len(self.model.entries)} 条。空格勾选，可以一次添加几条。"
        self.note.setText(f"已勾选 {count} 条。" if count else all_found)

    def _take(self) -> None:
        self.chosen = self._taken()
        if self.chosen:
            self.accept()
