"""佐证材料: the files that prove the indicators of a form; dropped here or added, seen, moved out."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from gui.base import ask, theme, waiting
from gui.base.plain import Label, in_menu
from gui.files.new_dialog import NameDialog
from gui.handin.evidence_adding import add_evidence, set_use
from gui.handin.evidence_dropping import EvidenceDropping
from gui.handin.evidence_pictures import Thumbnails
from gui.handin.evidence_table import EvidenceTable
from gui.handin.evidence_view import EvidenceDialog
from gui.handin.lacking_list import LackingList
from gui.handin.material_face import MaterialFace
from gui.session.session import Session
from model.basics.errors import UserError
from model.document.answers import CellId, FormKey
from model.handin import attachments, freeing
from model.handin.numbered import pieces_of
from model.reading.evidence import BLOCK, TITLE, Evidence, evidence_of, in_bytes, lacking

CLEANING = "正在清理移出的材料…"
NOT_SAVED_YET = "现在的内容没有保存，所以没有清理。"
NOTHING_LOOSE = "没有可以清理的：移出的材料已不在文件里，或者放入不到十分钟，或者定稿里还用着。"
NO_WAY_BACK = "清理后，撤销和以前的备份都取不回这些文件；定稿用着的不清理。"
DROP = "把文件拖到这里，或拖到某一行指标上；每件不超过 50 MB。"
WHOLE = "整个单位"


class EvidencePanel(QWidget):
    """The files of one form. What can't be added is said below the list, nothing is opened by itself."""

    def __init__(self, session: Session, key: FormKey) -> None:
        super().__init__()
        self._session, self._key = session, key
        self._face: MaterialFace | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(self._tools())
        self.pictures = Thumbnails(lambda: session.path, self)
        self.table = EvidenceTable(self.pictures)
        column.addWidget(self.table)
        self.drop = Label(DROP, objectName="quiet", wordWrap=True)
        self.drop.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.drop.setMinimumHeight(theme.px(64))
        frame = QFrame(objectName="dropZone")
        inner = QVBoxLayout(frame)
        inner.addWidget(self.drop)
        column.addWidget(frame)
        self.problem = Label("", objectName="error", wordWrap=True)
        self.missing = LackingList(session.library.indicators)
        column.addWidget(self.problem)
        column.addWidget(self.missing)
        EvidenceDropping(self, lambda _: "", lambda paths, use: self.add(paths))
        EvidenceDropping(self.table, lambda _: "", lambda paths, use: self.add(paths))
        self.table.itemSelectionChanged.connect(self._chosen)
        self.table.show_wanted.connect(self.show_current)
        self.table.remove_wanted.connect(self.remove_current)
        self.table.rename_wanted.connect(self.rename_current)
        self.table.use_wanted.connect(self._ask_use)
        self.table.moved.connect(self.move_file)
        self.missing.add_wanted.connect(self._ask)
        self.refresh()

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.add_button = QPushButton(theme.icon("plus", "accent"), " 添加文件…", objectName="link")
        self.view = QPushButton(theme.icon("preview", "text"), " 看…", objectName="link")
        self.use = QPushButton(theme.icon("link", "text"), " 用于指标…", objectName="link")
        self.remove = QPushButton(theme.icon("delete", "text"), " 移出", objectName="link")
        self.clean = QPushButton("清理移出的…", objectName="link")
        self.total = Label(objectName="caption")
        for button in (self.add_button, self.view, self.use, self.remove, self.clean):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.total)
        self.add_button.clicked.connect(lambda: self._ask())
        self.view.clicked.connect(self.show_current)
        self.use.clicked.connect(self._ask_use)
        self.remove.clicked.connect(self.remove_current)
        self.clean.clicked.connect(self.clean_up)
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
        if self._face is not None:
            self._face.show_file(self.current())
        self.table.setVisible(bool(found))
        size = sum({one.sha: one.size for one in found}.values())
        self.total.setText(f"{len(found)} 件 · {in_bytes(size)}，全部不超过 500 MB" if found else "")
        self.missing.show_rows(lacking(self._session.form(self._key)), not self._session.read_only)
        self.problem.setVisible(bool(self.problem.text()))
        self._enable()

    def _used_for(self, one: Evidence) -> str:
        names = [self._name(row) for row in one.used_for]
        return "、".join(filter(None, names)) or WHOLE

    def _name(self, row: CellId) -> str:
        return " ".join(self._session.answers.forms[self._key].text(f"{row}.name").split())

    def _name_in_hand_in(self, one: Evidence) -> str:
        """The numbered name of a file in the hand-in."""
        pieces = pieces_of(self._session.snapshot.reading)
        found = (p.name for p in pieces if (p.form.key, p.evidence.row) == (self._key, one.row))
        return next(found, "")

    def _enable(self) -> None:
        has_one, may_edit = self.current() is not None, not self._session.read_only
        self.view.setEnabled(has_one)
        self.use.setEnabled(has_one and may_edit)
        self.remove.setEnabled(has_one and may_edit)
        self.add_button.setEnabled(may_edit)
        self.clean.setEnabled(may_edit)

    def _chosen(self) -> None:
        self._enable()
        if self._face is not None:
            self._face.show_file(self.current())

    @property
    def face(self) -> MaterialFace:
        """What the pane shows of the marked file, made when it is first wanted."""
        if self._face is None:
            self._face = MaterialFace(lambda: self._session.path, self._used_for, self._name_in_hand_in)
            self._face.show_file(self.current())
        return self._face

    def current(self) -> Evidence | None:
        """Return the file that is marked."""
        found, row = self.files(), self.table.currentRow()
        return found[row] if self.table.selectedItems() and 0 <= row < len(found) else None

    # --- what is done

    def _ask(self, use: CellId = "") -> None:
        if paths := ask.evidence_names(self.window(), self._session.path.parent):
            self.add(paths, use)

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

    def rename_current(self) -> None:
        """Ask how the marked file is to be called in the catalogue."""
        one = self.current()
        if one is None or self._session.read_only:
            return
        dialog = NameDialog("材料名称", "改名", "名称", "请填名称。", one.title, self.window())
        accepted, name = dialog.exec(), dialog.name
        dialog.deleteLater()
        if accepted and name != one.title:
            self._session.set_text((self._key, one.cell(TITLE)), name)
            self.refresh()

    def move_file(self, row: int, at: int) -> None:
        """Put a file before position `at` among the others; the catalogue and the hand-in follow."""
        found = self.files()
        if self._session.read_only or not 0 <= row < len(found):
            return
        moved = found[row].row
        others = [one.row for one in found if one.row != moved]
        every = [one for one in self._session.rows(self._key, BLOCK) if one != moved]
        place = every.index(others[at]) if at < len(others) else len(every)
        label = "移动佐证材料"
        self._session.edit(label, lambda edit: edit.move_rows(self._key, BLOCK, [moved], place))
        self.refresh()
        self.table.selectRow(min(at, len(others)))

    def clean_up(self) -> None:
        """Free the room of files that were moved out, those that only backups name too."""
        try:
            self._say(self._cleaned() if self._session.save() else NOT_SAVED_YET)
        except waiting.Cancelled:
            pass
        except UserError as error:
            self._say(str(error))

    def _cleaned(self) -> str:
        """Ask, clean up, and return what is said of it."""
        path, now = self._session.path, datetime.now()
        found = waiting.do(self.window(), CLEANING, lambda *_: freeing.loose(path, now))
        if not found.files:
            return NOTHING_LOOSE
        question = f"清理移出的 {found.files} 件材料，腾出 {in_bytes(found.size)}？"
        if not ask.confirm(self.window(), question, "清理", hint=NO_WAY_BACK):
            return ""
        freed = waiting.do(self.window(), CLEANING, lambda *_: freeing.free(path, now, with_backups=False))
        return f"清理了 {freed.files} 件材料，腾出 {in_bytes(freed.size)}。"

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def remove_current(self) -> None:
        """Take the marked line out of the catalogue; undo brings it back, with its file."""
        one = self.current()
        if one is not None:
            self._session.edit("移出佐证材料", lambda edit: edit.remove_rows(self._key, BLOCK, [one.row]))
            self.refresh()
