"""佐证材料: the files that prove the indicators of a form; dropped here or added, seen, moved out."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.base import ask, theme, waiting
from gui.base.plain import Label, in_menu, tip
from gui.handin.evidence_adding import add_evidence, set_use
from gui.handin.evidence_dropping import EvidenceDropping
from gui.handin.evidence_view import EvidenceDialog
from gui.session.session import Session
from model.basics.errors import UserError
from model.document.answers import CellId, FormKey
from model.handin import attachments
from model.reading.evidence import BLOCK, Evidence, evidence_of, in_bytes, lacking

CAPTIONS = ("序号", "名称", "用于")
DROP = "把文件拖到这里，或拖到某一行指标上；每件不超过 50 MB"
WHOLE = "整个单位"
ROW, MOST_ROWS = 44, 8  # px at 100 %
_NAMED = 6  # indicators without evidence that are named


class EvidencePanel(QWidget):
    """The files of one form. What can't be added is said below the list, nothing is opened by itself."""

    def __init__(self, session: Session, key: FormKey) -> None:
        super().__init__()
        self._session, self._key = session, key
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(self._tools())
        self.table = _Table(self)
        column.addWidget(self.table)
        self.drop = Label(DROP, objectName="quiet", wordWrap=True)
        self.drop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.drop.setMinimumHeight(theme.px(64))
        frame = QFrame(objectName="dropZone")
        inner = QVBoxLayout(frame)
        inner.addWidget(self.drop)
        column.addWidget(frame)
        self.problem = Label("", objectName="error", wordWrap=True)
        self.missing = Label("", wordWrap=True)
        column.addWidget(self.problem)
        column.addWidget(self.missing)
        EvidenceDropping(self, lambda _: "", lambda paths, use: self.add(paths))
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.cellDoubleClicked.connect(lambda *_: self.show_current())
        self.refresh()

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.add_button = QPushButton(theme.icon("plus", "accent"), " 添加文件…", objectName="link")
        self.view = QPushButton(theme.icon("preview", "text"), " 看…", objectName="link")
        self.use = QPushButton(theme.icon("link", "text"), " 用于指标…", objectName="link")
        self.remove = QPushButton(theme.icon("delete", "text"), " 移出", objectName="link")
        self.total = Label(objectName="caption")
        for button in (self.add_button, self.view, self.use, self.remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.total)
        self.add_button.clicked.connect(self._ask)
        self.view.clicked.connect(self.show_current)
        self.use.clicked.connect(self._ask_use)
        self.remove.clicked.connect(self.remove_current)
        return row

    # --- what is shown

    def files(self) -> tuple[Evidence, ...]:
        """The lines that have a file."""
        return tuple(one for one in evidence_of(self._session.answers.forms[self._key]) if one.sha)

    def refresh(self) -> None:
        """Show the files as they are now."""
        if self._key not in self._session.answers.forms:
            return
        found = self.files()
        self.table.show_files(found, [self._used_for(one) for one in found])
        self.table.setVisible(bool(found))
        size = sum({one.sha: one.size for one in found}.values())
        self.total.setText(f"{len(found)} 件 · {in_bytes(size)}，全部不超过 500 MB" if found else "")
        rows = lacking(self._session.form(self._key))
        names = "、".join(f"“{' '.join(row.name.split())}”" for row in rows[:_NAMED])
        more = " 等" if len(rows) > _NAMED else ""
        self.missing.setText(f"还缺 {len(rows)} 项指标的材料：{names}{more}" if rows else "")
        self.missing.setVisible(bool(rows))
        self.problem.setVisible(bool(self.problem.text()))
        self._enable()

    def _used_for(self, one: Evidence) -> str:
        names = [self._name(row) for row in one.used_for]
        return "、".join(filter(None, names)) or WHOLE

    def _name(self, row: CellId) -> str:
        return " ".join(self._session.answers.forms[self._key].text(f"{row}.name").split())

    def _enable(self) -> None:
        has_one, may_edit = self.current() is not None, not self._session.read_only
        self.view.setEnabled(has_one)
        self.use.setEnabled(has_one and may_edit)
        self.remove.setEnabled(has_one and may_edit)
        self.add_button.setEnabled(may_edit)

    def current(self) -> Evidence | None:
        """Return the file that is marked."""
        found, row = self.files(), self.table.currentRow()
        return found[row] if self.table.selectedItems() and 0 <= row < len(found) else None

    # --- what is done

    def _ask(self) -> None:
        if paths := ask.evidence_names(self.window(), self._session.path.parent):
            self.add(paths)

    def add(self, paths: Sequence[Path], use: CellId = "") -> None:
        """Add files; what could not be added is said below the list."""
        problems = add_evidence(self._session, self._key, paths, use, self.window())
        self.problem.setText("\n".join(problems))
        self.refresh()

    def show_current(self) -> None:
        """Show the marked file in the window."""
        one = self.current()
        if one is None:
            return
        path = self._session.path
        try:
            read = partial(attachments.content_of, path, one.sha)
            content = waiting.do(self.window(), "正在读取材料…", lambda *_: read())
        except waiting.Cancelled:
            return
        except UserError as error:
            self.problem.setText(f"“{one.title}”：{error}")
            self.problem.show()
            return
        dialog = EvidenceDialog(one, content, self.window())
        dialog.exec()
        dialog.deleteLater()

    def _ask_use(self) -> None:
        menu = self.use_menu()
        menu.exec(self.use.mapToGlobal(QPoint(0, self.use.height())))
        menu.deleteLater()

    def use_menu(self) -> QMenu:
        """Return the indicators to tick for the marked file."""
        menu, one = QMenu(self), self.current()
        for row in self._session.form(self._key).sheet.indicators if one else ():
            if one is None or row.is_none:
                continue
            action = menu.addAction(in_menu(" ".join(row.name.split())))
            action.setCheckable(True)
            action.setChecked(row.id in one.used_for)
            action.triggered.connect(lambda ticked, row=row.id: self._set_use(one, row, ticked))
        return menu

    def _set_use(self, one: Evidence, row: CellId, ticked: bool) -> None:
        use = [*(other for other in one.used_for if other != row), *([row] if ticked else [])]
        self._session.edit("材料用于指标", lambda edit: set_use(edit, self._session, self._key, one.row, use))
        self.refresh()

    def remove_current(self) -> None:
        """Take the marked line out of the catalogue; undo brings it back, with its file."""
        one = self.current()
        if one is not None:
            self._session.edit("移出佐证材料", lambda edit: edit.remove_rows(self._key, BLOCK, [one.row]))
            self.refresh()


class _Table(QTableWidget):
    """The files, one a line."""

    def __init__(self, panel: EvidencePanel) -> None:
        super().__init__(0, len(CAPTIONS))
        self._panel = panel
        self.setAccessibleName("佐证材料")
        self.setHorizontalHeaderLabels(CAPTIONS)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, theme.px(56))

    def show_files(self, files: Sequence[Evidence], used_for: Sequence[str]) -> None:
        """Show other lines; the mark stays where it was."""
        row = self.currentRow()
        self.setRowCount(len(files))
        for n, (one, use) in enumerate(zip(files, used_for, strict=True)):
            name = f"{' '.join((one.title or one.file).split())}\n{one.kind} · {in_bytes(one.size)}"
            for column, text in enumerate((str(n + 1), name, use)):
                item = QTableWidgetItem(text)
                item.setToolTip(tip(one.file if column == 1 else text))
                self.setItem(n, column, item)
            self.setRowHeight(n, theme.px(ROW))
        if files and row >= 0:
            self.selectRow(min(row, len(files) - 1))
        rows = min(max(len(files), 1), MOST_ROWS)
        self.setFixedHeight(rows * theme.px(ROW) + self.horizontalHeader().height() + theme.px(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar show a file, Del moves it out."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._panel.show_current()
        elif event.key() == Qt.Key.Key_Delete and self._panel.remove.isEnabled():
            self._panel.remove_current()
        else:
            super().keyPressEvent(event)
