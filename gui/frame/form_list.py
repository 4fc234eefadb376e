"""The list at the left: 填报, the forms to fill in, and 成稿, the pages that come out."""

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent, QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from gui.base import theme
from gui.base.plain import Label, in_menu, tip
from gui.frame.crosscheck_box import CrossCheckBox
from gui.frame.list_items import (
    COMPLETE,
    ERRORS,
    FORM_HEIGHT,
    KEY,
    SECOND,
    SHARE,
    SHEET_HEIGHT,
    WARNINGS,
    FormItem,
    OutputItem,
)
from gui.paper.outputs import HANDIN, Output, OutputId, outputs_of
from gui.session.marks import ICONS, NOTHING, STATES, Counts, how_complete
from gui.session.names import ACCOUNTS_NAME, form_name
from gui.session.session import Session
from model.basics import number
from model.document.answers import ACCOUNTS, FormKey
from model.handout.record import handed_of
from model.reading.reading import Form

SPENT = "t1.out.year"
SOON_MS = 50  # after a key; while keys come faster the count of 交稿 waits


class FormList(QFrame):
    """`form_chosen(key)` and `output_chosen(id)` say what the clerk wants to see."""

    form_chosen = Signal(str)
    output_chosen = Signal(str)
    add_wanted = Signal()
    duplicate_wanted = Signal(str)
    rename_wanted = Signal(str)
    delete_wanted = Signal(str)
    moved = Signal(str, int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("side")
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(14), theme.px(8), theme.px(8))
        column.setSpacing(theme.px(4))
        self.unit, self.year = Label(), Label(objectName="caption", wordWrap=True)
        self.unit.setFont(theme.font(theme.BODY, 600))
        self.unit.setWordWrap(True)
        for label in (self.unit, self.year):
            label.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
            column.addWidget(label)
        column.addSpacing(theme.px(10))
        self.fill_caption = _caption("填报")
        column.addWidget(self.fill_caption)
        self.forms = _Forms(session)
        self.forms.setAccessibleName("填报")
        column.addWidget(self.forms)
        self.add = QPushButton(theme.icon("plus", "accent"), "  添加项目", objectName="link")
        self.add.clicked.connect(self.add_wanted)
        if session.read_only:
            self.add.hide()
        column.addWidget(self.add)
        column.addSpacing(theme.px(10))
        column.addWidget(_caption("成稿"))
        self.outputs = QListWidget()
        self.outputs.setAccessibleName("成稿")
        self.outputs.setItemDelegate(OutputItem(self.outputs))
        self.outputs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.outputs.setMinimumHeight(theme.px(SHEET_HEIGHT))  # it scrolls where there is little room
        self.outputs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.outputs, stretch=1)
        self.checks = CrossCheckBox(session)
        column.addWidget(self.checks)
        self.forms.itemClicked.connect(lambda item: self._choose_form(item))
        self.forms.itemActivated.connect(lambda item: self._choose_form(item))
        self.outputs.itemClicked.connect(lambda item: self._choose_output(item))
        self.outputs.itemActivated.connect(lambda item: self._choose_output(item))
        self.forms.moved.connect(self.moved)
        self.forms.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.forms.customContextMenuRequested.connect(self._menu)
        self._shown: dict[FormKey, tuple[Form, Counts]] = {}  # what the items of forms show
        self._outputs: tuple[Output, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(lambda: session.looking.ask(self._count_open))
        self.refresh()

    def _choose_form(self, item: QListWidgetItem) -> None:
        self.outputs.clearSelection()
        self.form_chosen.emit(item.data(KEY))

    def _choose_output(self, item: QListWidgetItem) -> None:
        self.forms.clearSelection()
        self.output_chosen.emit(item.data(KEY))

    def show_form(self, key: FormKey) -> None:
        """Mark a form as the one in hand."""
        self.outputs.clearSelection()
        _select(self.forms, key)

    def show_output(self, output: OutputId) -> None:
        """Mark pages that come out as those in hand."""
        self.forms.clearSelection()
        _select(self.outputs, output)

    def refresh(self) -> None:
        """Show the forms as they are now."""
        forms = self._session.snapshot.reading.forms
        answers = self._session.answers
        self.unit.setText(answers.unit or "未填单位")
        region = forms[0].definition.region if forms else ""
        self.year.setText(f"{answers.year} 年度" + (f" · {region}表样" if region else ""))
        projects = len(self._session.snapshot.reading.projects)
        self.fill_caption.setText(f"填报 · 项目 {projects} 个" if projects > 3 else "填报")
        if _sync(self.forms, list(answers.forms)):
            self._shown.clear()
        counts = self._session.snapshot.counts
        for n, form in enumerate(forms):
            now = form, counts.get(form.key, NOTHING)
            if self._shown.get(form.key) != now:
                self._shown[form.key] = now
                self._show(self.forms.item(n), *now)
        if ACCOUNTS in answers.forms:
            self._show_accounts(self.forms.item(len(forms)))
        self._show_outputs()
        self._soon.start()
        self.forms.fit()
        self.checks.refresh()

    def _show_outputs(self) -> None:
        outputs = (*outputs_of(self._session.snapshot.reading, self._session.library), Output(HANDIN, "交稿"))
        if outputs == self._outputs:
            return
        self._outputs = outputs
        _sync(self.outputs, [output.id for output in outputs])
        for n, output in enumerate(outputs):
            self.outputs.item(n).setText(output.name)
            self.outputs.item(n).setToolTip(tip(output.name))

    def _count_open(self) -> None:
        """Show beside 交稿 how much is open, when keys rest: reports are looked through for it."""
        left = len(self._session.snapshot.open)
        item = self.outputs.item(self.outputs.count() - 1)
        said = f"还差 {left} 项" if left else "可以交"
        item.setData(SECOND, said)
        item.setToolTip(tip(f"交稿，{said}"))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"交稿，{said}")

    def _show(self, item: QListWidgetItem, form: Form, counts: Counts) -> None:
        found = self._session.snapshot.completeness[form.key]
        sheet = form.sheet
        state = how_complete(found)
        total = (
            f"{number.show(sheet.total)} {sheet.grade or f'（{found.why_no_grade}）'}"
            if sheet.total is not None
            else "还没有得分"
            if form.definition.is_scored
            else state
        )
        handed = handed_of(form.answers)
        out = handed.text if handed else ""
        words = "，".join(dict.fromkeys(part for part in (total, counts.text, state, out) if part))
        item.setText(form_name(form))
        item.setToolTip(tip(f"{form_name(form)}\n{words}"))
        brief = total.partition(" （")[0] if out else total  # there is no room for all three: the tip has it
        item.setData(SECOND, " · ".join(filter(None, (brief, out))))
        item.setData(SHARE, found.filled / max(found.required, 1))
        item.setData(COMPLETE, found.is_complete)
        item.setData(ERRORS, counts.errors)
        item.setData(WARNINGS, counts.warnings)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{form_name(form)}，{words}")

    def _show_accounts(self, item: QListWidgetItem) -> None:
        """The final accounts: what was spent in all, and what is open."""
        accounts = self._session.snapshot.reading.accounts
        assert accounts is not None
        total = accounts.text(SPENT)
        second = f"{total} 万元" if total.strip("0.") else "还没有数字"
        counts = self._session.snapshot.counts.get(ACCOUNTS, NOTHING)
        found = self._session.snapshot.completeness[ACCOUNTS]
        words = "，".join(part for part in (second, counts.text, how_complete(found)) if part)
        item.setText(ACCOUNTS_NAME)
        item.setToolTip(tip(f"{ACCOUNTS_NAME}\n{words}"))
        item.setData(SECOND, second)
        item.setData(SHARE, found.filled / max(found.required, 1))
        item.setData(COMPLETE, found.is_complete)
        item.setData(ERRORS, counts.errors)
        item.setData(WARNINGS, counts.warnings)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{ACCOUNTS_NAME}，{words}")

    def _menu(self, point: QPoint) -> None:
        item = self.forms.itemAt(point)
        if item is None or self._session.read_only:
            return
        key, menu = item.data(KEY), QMenu(self)
        form = self._session.snapshot.forms.get(key)
        if form is not None and form.definition.is_of_project:
            menu.addAction(theme.icon("copy"), "复制", lambda: self.duplicate_wanted.emit(key))
            menu.addAction("改名", lambda: self.rename_wanted.emit(key))
        menu.addAction(theme.icon("delete"), "删除", lambda: self.delete_wanted.emit(key))
        menu.popup(self.forms.viewport().mapToGlobal(point))


class Rail(QFrame):
    """The list of a narrow window: three buttons whose menus hold what the list holds."""

    def __init__(self, session: Session, forms: FormList) -> None:
        super().__init__()
        self.setObjectName("side")
        self._session, self._forms = session, forms
        self.setFixedWidth(theme.px(64))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(4), theme.px(12), theme.px(4), theme.px(8))
        self._buttons: list[QToolButton] = []
        self._worst: str | None = None
        for name, icon, fill in (
            ("填报", "complete", self._fill_forms),
            ("成稿", "page", self._fill_outputs),
        ):
            button = QToolButton(text=name, icon=theme.icon(icon, "accent"))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            self._buttons.append(button)
            menu = QMenu(button)
            menu.aboutToShow.connect(lambda menu=menu, fill=fill: fill(menu))
            button.setMenu(menu)
            button.setFixedWidth(theme.px(56))
            column.addWidget(button)
        column.addStretch()
        self.refresh()

    def refresh(self) -> None:
        """Show by the icon the most severe finding of all forms."""
        counts = self._session.snapshot.counts.values()
        worst = next((state for state in ("error", "warning") if state in [c.worst for c in counts]), "")
        if worst == self._worst:
            return
        self._worst = worst
        self._buttons[0].setIcon(_icon(worst))
        self._buttons[0].setAccessibleName(f"填报，{'有' + STATES[worst][0] if worst else '没有错误和提醒'}")

    def _fill_forms(self, menu: QMenu) -> None:
        menu.clear()
        for form in self._session.snapshot.reading.forms:
            counts: Counts = self._session.snapshot.counts.get(form.key, NOTHING)
            text = f"{form_name(form)}　{counts.text}" if counts.worst else form_name(form)
            choose = lambda key=form.key: self._forms.form_chosen.emit(key)  # noqa: E731
            menu.addAction(_icon(counts.worst), in_menu(text), choose)
        if ACCOUNTS in self._session.answers.forms:
            counts = self._session.snapshot.counts.get(ACCOUNTS, NOTHING)
            choose = lambda key=ACCOUNTS: self._forms.form_chosen.emit(key)  # noqa: E731
            menu.addAction(_icon(counts.worst), ACCOUNTS_NAME, choose)
        if not self._session.read_only:
            menu.addSeparator()
            menu.addAction(theme.icon("plus"), "添加项目", self._forms.add_wanted.emit)

    def _fill_outputs(self, menu: QMenu) -> None:
        menu.clear()
        for output in outputs_of(self._session.snapshot.reading, self._session.library):
            menu.addAction(in_menu(output.name), lambda id=output.id: self._forms.output_chosen.emit(id))
        menu.addSeparator()
        menu.addAction("交稿", lambda: self._forms.output_chosen.emit(HANDIN))


def _icon(worst: str) -> QIcon:
    return theme.icon(ICONS[worst], STATES[worst][1]) if worst else theme.icon("complete", "ok")


def _caption(text: str) -> QLabel:
    label = Label(text, objectName="caption")
    label.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
    return label


def _select(view: QListWidget, key: FormKey) -> None:
    for n in range(view.count()):
        if view.item(n).data(KEY) == key:
            view.setCurrentItem(view.item(n))


def _sync(view: QListWidget, keys: list[FormKey]) -> bool:
    """Give a list as many items as keys, in their order; the selection stays with its key. Return whether
    they are new ones."""
    if [view.item(n).data(KEY) for n in range(view.count())] == keys:
        return False
    chosen = view.currentItem().data(KEY) if view.currentItem() and view.selectedItems() else ""
    view.clear()
    for key in keys:
        item = QListWidgetItem()
        item.setData(KEY, key)
        view.addItem(item)
    if chosen in keys:
        _select(view, chosen)
    return True


class _Forms(QListWidget):
    """The forms; projects can be dragged into another order."""

    moved = Signal(str, int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setItemDelegate(FormItem(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def fit(self) -> None:
        """As high as its items, as far as there is room."""
        self.setMaximumHeight(max(1, self.count()) * theme.px(FORM_HEIGHT) + 2)
        self.setMinimumHeight(min(self.count(), 3) * theme.px(FORM_HEIGHT))

    def sizeHint(self) -> QSize:
        """As high as its items."""
        return QSize(theme.px(216), max(1, self.count()) * theme.px(FORM_HEIGHT) + 2)

    def dropEvent(self, event: QDropEvent) -> None:
        """A drop only asks for the move; the list shows it when the document has made it."""
        item = self.currentItem()
        target = self.indexAt(event.position().toPoint())
        row = target.row() if target.isValid() else self.count() - 1
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if item is not None and row != self.row(item):
            self.moved.emit(item.data(KEY), row)
