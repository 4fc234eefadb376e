"""填入财政局原表: how a bureau's own file will look, before it is written; what does not fit is named."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from gui.base import ask, theme
from gui.base.parts import ChoiceBox, Elided, named, size_on_screen
from gui.base.plain import Label
from gui.base.tick_box import TickBox
from gui.incoming.lines import LEFT, Line
from gui.incoming.source_table import SourceTable
from model.basics.errors import UserError
from model.basics.files import refusals, write_whole
from model.paper.layout import DRAFT
from model.reading.reading import Form
from model.recognition.fill_plan import FillPlan, NotFilled
from model.recognition.found import KNOWN
from model.recognition.incoming import Place, SeenSheet
from model.recognition.places import called

SIZE = (1300, 690)  # px at 100 %
FILLED = "已填"
NOTE = "公式、打印设置、下拉列表、图片都原样保留。"
TABS = ("填", "公式保留", "放不下", "锁定")


class Trial(Protocol):
    """A file as it would be filled: its bytes, what was done, the sentence that says so; and as it is read
    again. `intake.filling.trial.Trial` is one."""

    @property
    def data(self) -> bytes: ...
    @property
    def plan(self) -> FillPlan: ...
    @property
    def said(self) -> str: ...
    @property
    def sheet(self) -> str: ...
    @property
    def sheets(self) -> Sequence[SeenSheet]: ...


Try = Callable[
    [Path, Form, bool, bool], Trial
]  # the blank, the form, whether hints that stay unused are taken away, whether rows are heightened


class _Entry(NamedTuple):
    text: str
    place: Place | None


class FillDialog(QDialog):
    """`forms` are those that fit the blank; `drafts` those of them with open errors; `folder` is where the
    file goes, beside the blank where none is said. Files are written at the button, any number of times;
    `written(path)` says so."""

    written = Signal(object)

    def __init__(
        self,
        blank: Path,
        forms: Sequence[Form],
        drafts: frozenset[str],
        attempt: Try,
        parent: QWidget | None = None,
        folder: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("填入财政局原表")
        self._folder = folder or blank.parent
        self._blank, self._forms, self._drafts, self._attempt = blank, forms, drafts, attempt
        self.trial: Trial | None = None
        self.form = ChoiceBox()
        self.form.setAccessibleName("填哪一张")
        for form in forms:
            self.form.addItem(form.project or form.definition.name, form.key)
        self.source, self.tabs, self.list = SourceTable(fits=True), QTabBar(), QListWidget()
        self.source.setAccessibleName("填好后的样子")
        self.list.setAccessibleName("填写的情况")
        self.list.setWordWrap(True)
        for name in TABS:
            self.tabs.addTab(name)
        self.clears = TickBox("清除没用到的样例文字（“指标2：”“……”）")
        self.clears.setChecked(True)
        self.heightens = TickBox("行高放不下时调高这一行")
        self.heightens.setChecked(True)
        self.heightens.setEnabled(blank.suffix.lower() not in (".docx", ".docm"))
        self.same = TickBox("存成同一个名字，原表另存为 .bak")
        if folder is not None:
            self.same.hide()
        self.target = QLineEdit()
        self.target.setAccessibleName("存到")
        self.change = QPushButton("更改…", autoDefault=False)
        self.said = named(Label(wordWrap=True), "heading")
        self.again = QPushButton("再填一次", autoDefault=False)
        self.fill = named(QPushButton("填写"), "primary")
        self.show_folder = QPushButton("打开文件夹", autoDefault=False)
        self.close_button = QPushButton("关闭", autoDefault=False)
        self._entries: list[_Entry] = []
        self._lay_out()
        self._connect()
        self._form_chosen()

    # --- building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        head = QHBoxLayout()
        head.addWidget(named(Label("原表"), "caption"))
        head.addWidget(Elided(self._blank.name), stretch=2)
        head.addWidget(named(Label("填哪一张"), "caption"))
        head.addWidget(self.form, stretch=1)
        column.addLayout(head)
        column.addWidget(named(Label("填好后的样子　浅绿＝填入　灰＝公式，保留　黄＝没有填入"), "caption"))
        sides = QSplitter()
        sides.setChildrenCollapsible(False)
        sides.addWidget(self.source)
        sides.addWidget(self._side())
        sides.setSizes([theme.px(760), theme.px(500)])
        column.addWidget(sides, stretch=1)
        column.addWidget(self.said)
        foot = QHBoxLayout()
        foot.addWidget(named(Label(NOTE), "caption"), stretch=1)
        for button in (self.again, self.show_folder, self.fill, self.close_button):
            foot.addWidget(button)
        column.addLayout(foot)
        self.resize(size_on_screen(self, SIZE))

    def _side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        column.addWidget(self.list, stretch=1)
        column.addWidget(self.clears)
        column.addWidget(self.heightens)
        column.addWidget(self.same)
        row = QHBoxLayout()
        row.addWidget(named(Label("存到"), "caption"))
        row.addWidget(self.target, stretch=1)
        row.addWidget(self.change)
        column.addLayout(row)
        return side

    def _connect(self) -> None:
        self.form.currentIndexChanged.connect(self._form_chosen)
        self.tabs.currentChanged.connect(self._show_list)
        self.list.currentRowChanged.connect(self._line_chosen)
        self.clears.toggled.connect(self._try)
        self.heightens.toggled.connect(self._try)
        self.same.toggled.connect(self._name)
        self.change.clicked.connect(self._ask_target)
        self.again.clicked.connect(self._try)
        self.fill.clicked.connect(self._write)
        self.show_folder.clicked.connect(self._open_folder)
        self.close_button.clicked.connect(self.accept)

    # --- what is shown

    @property
    def chosen(self) -> Form:
        """The form that goes into the blank."""
        return self._forms[self.form.currentIndex()]

    def _form_chosen(self) -> None:
        self._name()
        self._try()

    def _name(self) -> None:
        """The name says that the file is filled in, of which project, and whether it is a draft."""
        if self.same.isChecked():
            self.target.setText(str(self._blank))
            return
        project = "".join("_" if c in '\\/:*?"<>|' or ord(c) < 32 else c for c in self.chosen.project)[:22]
        of = f"-{project}" if len(self._forms) > 1 and project else ""
        draft = f"（{DRAFT}）" if self.chosen.key in self._drafts else ""
        name = f"{self._blank.stem}{of}（{FILLED}）{draft}{self._blank.suffix}"
        self.target.setText(str(self._folder / name))

    def _try(self) -> None:
        """Look at the blank as it is now, filled in."""
        try:
            how = self.clears.isChecked(), self.heightens.isChecked()
            self.trial = self._attempt(self._blank, self.chosen, *how)
            self.said.setText("")
        except UserError as error:
            self.trial = None
            self.said.setText(str(error))
        self.fill.setEnabled(self.trial is not None)
        self.show_folder.hide()
        self._show()

    def _show(self) -> None:
        plan = self.trial.plan if self.trial else FillPlan(())
        numbers = (plan.written, len(plan.kept), len(plan.missing), len(plan.locked))
        for n, (name, number) in enumerate(zip(TABS, numbers, strict=True)):
            self.tabs.setTabText(n, f"{name} {number}")
        self.tabs.setTabIcon(2, theme.icon("warning") if plan.missing else theme.icon("check"))
        if self.trial is not None:
            sheets = [sheet for sheet in self.trial.sheets if sheet.name == self.trial.sheet]
            self.source.show_sheet(sheets[0], _marks(plan))
        if plan.missing and self.tabs.currentIndex() != 2:
            self.tabs.setCurrentIndex(2)
        else:
            self._show_list()

    def _show_list(self) -> None:
        plan = self.trial.plan if self.trial else FillPlan(())
        filled = [_Entry(edit.text or "（清除样例文字）", edit.place) for edit in plan.edits]
        kept = [_Entry("由公式算出", place) for place in plan.kept]
        lists = (filled, kept, _named(plan.missing), _named(plan.locked))
        self._entries = lists[max(self.tabs.currentIndex(), 0)]
        self.list.clear()
        for entry in self._entries:
            where = f"{called(entry.place).rpartition(' ')[2]}　" if entry.place else ""
            self.list.addItem(f"{where}{entry.text}")

    def _line_chosen(self, row: int) -> None:
        place = self._entries[row].place if 0 <= row < len(self._entries) else None
        if place is not None:
            self.source.show_place(place)

    # --- writing

    def _ask_target(self) -> None:
        folder = ask.folder_name(self, Path(self.target.text()).parent, "填好的表放在哪里")
        if folder is not None:
            self.target.setText(str(folder / Path(self.target.text()).name))

    def _write(self) -> None:
        """Write the file; under the same name the original is kept beside it."""
        target, trial = Path(self.target.text()), self.trial
        assert trial is not None
        is_same = target.absolute() == self._blank.absolute()
        question = f"已有“{target.name}”，要覆盖吗？"
        if target.exists() and not is_same and not ask.confirm(self, question, "覆盖"):
            return
        try:
            with refusals("写入", target):
                if is_same:
                    write_whole(_backup(target), self._blank.read_bytes())
                write_whole(target, trial.data)
        except UserError as error:
            self.said.setText(str(error))
            return
        self.said.setText(f"已填好，重新读出核对过。{trial.said}")
        self.show_folder.show()
        self.written.emit(target)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self.target.text()).parent)))


def _backup(path: Path) -> Path:
    """A free name beside a file for what it held."""
    names = (path.with_name(f"{path.name}{n}.bak") for n in ("", *(f".{n}" for n in range(2, 1000))))
    return next(name for name in names if not name.exists())


def _named(entries: Sequence[NotFilled]) -> list[_Entry]:
    return [_Entry(f"{one.text}\n{one.reason}", one.place) for one in entries]


def _marks(plan: FillPlan) -> Mapping[Place, Line]:
    """The ground of each cell: filled, a formula, or without what should have gone there."""
    marks = {edit.place: Line(KNOWN, "填入", edit.text, edit.place) for edit in plan.edits}
    marks |= {place: Line(LEFT, "公式，保留", "", place) for place in plan.kept}
    for one in (*plan.missing, *plan.locked):
        if one.place is not None:
            marks[one.place] = Line("!", "没有填入", one.text, one.place, one.reason)
    return marks
