"""What the menus do to the forms of the open document: add, copy, rename, delete, move."""

from typing import TYPE_CHECKING

from gui.base import ask, waiting
from gui.base.parts import commit_input
from gui.base.worker import IsCancelled
from gui.commands.command import FORM, command, while_editing
from gui.commands.workbench import Workbench
from gui.frame.document_view import DocumentView
from gui.session.names import ACCOUNTS_NAME, COMPUTED_HOLDS, form_name, name_of_copy
from gui.session.places import INDICATORS
from gui.session.session import Session
from gui.tables.indicator_edits import goal_near, row_near, term_near
from gui.tabs.indicators_page import IndicatorsPage
from model.document.answers import ACCOUNTS, DECLARATION, DEPARTMENT, FormKey
from model.document.document import Edit
from model.filling.blank import declaration_for, form_beside, other_form, set_with, sets
from model.forms.definition import TABS, FormDefinition, FormKind
from model.forms.indicator_library import IndicatorLibrary, joined
from model.reading.amounts import computed_cells

if TYPE_CHECKING:
    from model.filling.own_indicators import Written
    from model.filling.takeover import Taken

NOTHING_TO_TAKE = "目标申报表的年度目标、指标和项目，自评表里都已经有了，或者还没有填写。"


_DECLARED = ("declaration", "project_declaration", "monitoring")


def _has_declaration(bench: Workbench) -> bool:
    """Whether the document has goals that were declared, of the department or of a project."""
    if not while_editing(bench):
        return False
    forms = bench.session.snapshot.reading.forms
    return any(form.definition.kind in _DECLARED for form in forms)


def _has_no_declaration(bench: Workbench) -> bool:
    return while_editing(bench) and DECLARATION not in bench.session.answers.forms


class FormCommands:
    """Each command is one step of undo."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        bench.view_made.connect(self._view_made)

    def _view_made(self, view: DocumentView) -> None:
        session = self._bench.session
        session.earlier.read = lambda: self._written_before(session, lambda: False)
        view.list.add_wanted.connect(self.add_project)
        view.list.duplicate_wanted.connect(self._duplicate)
        view.list.rename_wanted.connect(self._rename)
        view.list.delete_wanted.connect(self._delete)
        view.list.moved.connect(self._move)
        view.stack.library_wanted.connect(self.insert_indicators)

    # --- forms

    @command(FORM, 110, "添加项目…", key="Ctrl+Shift+N", icon="plus", when=while_editing)
    def add_project(self) -> None:
        """Ask for a name and add a project form."""
        window = self._bench.window
        definition = self._project_definition()
        if definition is None:
            ask.tell(window, "这个自评簿的表样没有项目表。", "请新建一个带项目表的自评簿。")
            return
        from gui.files.new_dialog import ProjectNameDialog

        dialog = ProjectNameDialog("添加项目", "添加", parent=window)
        if dialog.exec():
            self.add_named(definition, dialog.name, f"添加项目“{dialog.name}”")

    @command(FORM, 120, "添加目标申报表", icon="plus", when=_has_no_declaration)
    def add_declaration(self) -> None:
        """Add the declaration of goals, of which a document has at most one."""
        session = self._bench.session
        if DECLARATION in session.snapshot.forms:
            return
        answers, reading = session.answers, session.snapshot.reading
        region = reading.forms[0].definition.region if reading.forms else ""
        definition = declaration_for(self._bench.library, region)
        if definition is None:
            ask.tell(self._bench.window, "没有目标申报表的表样。", "可把表样文件放进表样文件夹。")
            return
        form = form_beside(definition, answers)
        session.edit("添加目标申报表", lambda edit: edit.add_form(form, key=DECLARATION))
        self._bench.view.show_form(DECLARATION, TABS.index("基本情况"))

    @command(FORM, 122, "添加项目目标申报表…", icon="plus", when=while_editing)
    def add_project_declaration(self) -> None:
        """Add the goals of a project before its year."""
        self._add_of_project("project_declaration", "添加项目目标申报表")

    @command(FORM, 124, "添加绩效监控表…", icon="plus", when=while_editing)
    def add_monitoring(self) -> None:
        """Add the form by which a project is watched during its year."""
        self._add_of_project("monitoring", "添加绩效监控表")

    @command(FORM, 126, "添加转移支付自评表…", icon="plus", when=while_editing)
    def add_transfer(self) -> None:
        """Add the self-evaluation of a transfer."""
        self._add_of_project("transfer", "添加转移支付自评表")

    def _add_of_project(self, kind: FormKind, said: str) -> None:
        """Ask for the name of a project and add a form of a kind for it."""
        reading = self._bench.session.snapshot.reading
        region = reading.forms[0].definition.region if reading.forms else ""
        definition = other_form(self._bench.library, kind, region)
        if definition is None:
            ask.tell(self._bench.window, "没有这种表的表样。", "可把表样文件放进表样文件夹。")
            return
        from gui.files.new_dialog import ProjectNameDialog

        dialog = ProjectNameDialog(said, "添加", parent=self._bench.window)
        if dialog.exec():
            self.add_named(definition, dialog.name, f"{said}“{dialog.name}”")

    def add_named(self, definition: FormDefinition, name: str, label: str) -> None:
        """Add a form of a project of this name."""
        session = self._bench.session
        keys: list[FormKey] = []
        added = form_beside(definition, session.answers).with_text("project_name", name)
        session.edit(label, lambda edit: keys.append(edit.add_form(added)))
        if keys:
            self._bench.view.show_form(keys[0], TABS.index("基本情况"))

    def _project_definition(self) -> FormDefinition | None:
        """The project form that belongs to the forms of the document."""
        library, reading = self._bench.library, self._bench.session.snapshot.reading
        if reading.projects:
            return reading.projects[0].definition
        form_sets = [set_with(library, form.definition.id) for form in reading.forms]
        if reading.declaration and reading.department is None:
            region = reading.declaration.definition.region
            form_sets += [found for found in sets(library) if found.region == region and found.project]
        form_set = next((found for found in form_sets if found), None)
        return form_set.project if form_set else None

    @command(FORM, 130, "年度目标带入自评表", icon="copy", when=_has_declaration)
    def take_over(self) -> None:
        """Take goals and projects of the declaration over into the self-evaluation forms; say how many."""
        from model.filling.takeover import Taken, take_over

        window, session, taken = self._bench.window, self._bench.session, [Taken()]
        library = session.library
        session.edit("年度目标带入自评表", lambda edit: taken.append(take_over(edit, library)))
        if not taken[-1]:
            ask.inform(window, "没有可带入的内容。", NOTHING_TO_TAKE)
            return
        ask.inform(window, f"已带入自评表：{_counted(taken[-1])}。", "已经填写的内容没有改动，可以撤销。")
        if DEPARTMENT in session.snapshot.forms:
            self._bench.view.show_form(DEPARTMENT, TABS.index(INDICATORS))

    # --- the form in hand, or one of the list

    @command(FORM, 210, "复制这张表", icon="copy", when=while_editing)
    def duplicate_current(self) -> None:
        """Add a copy of the form in hand."""
        self._duplicate(self._bench.view.key)

    def _duplicate(self, key: FormKey) -> None:
        if self._is_project(key):
            keys: list[FormKey] = []
            name = name_of_copy(self._bench.session.answers, key)

            def copy(edit: Edit) -> None:
                keys.append(edit.duplicate_form(key))
                edit.set_text((keys[0], "project_name"), name)

            self._bench.session.edit("复制项目表", copy)
            if keys:
                self._bench.view.show_form(keys[0])

    def _is_project(self, key: FormKey) -> bool:
        form = self._bench.session.snapshot.forms.get(key)
        return form is not None and form.definition.is_of_project

    @command(FORM, 220, "项目改名…", when=while_editing)
    def rename_current(self) -> None:
        """Give the project in hand another name."""
        self._rename(self._bench.view.key)

    def _rename(self, key: FormKey) -> None:
        if not self._is_project(key):
            return
        from gui.files.new_dialog import ProjectNameDialog

        session = self._bench.session
        dialog = ProjectNameDialog("项目改名", "改名", session.form(key).project, parent=self._bench.window)
        if dialog.exec():
            name = dialog.name
            session.edit("项目改名", lambda edit: edit.set_text((key, "project_name"), name))

    @command(FORM, 230, "删除这张表", icon="delete", when=while_editing)
    def delete_current(self) -> None:
        """Delete the form in hand; undo brings it back."""
        self._delete(self._bench.view.key)

    def _delete(self, key: FormKey) -> None:
        session = self._bench.session
        if key in session.answers.forms:
            name = ACCOUNTS_NAME if key == ACCOUNTS else form_name(session.form(key))
            session.edit(f"删除“{name}”", lambda edit: edit.remove_form(key))

    def _move(self, key: FormKey, row: int) -> None:
        session = self._bench.session
        if key in session.answers.projects:
            others = len(session.snapshot.forms) - len(session.answers.projects)
            session.edit("移动项目", lambda edit: edit.move_form(key, max(row - others, 0)))

    # --- rows, goals, given figures

    @command(FORM, 310, "加一行指标", icon="plus", when=while_editing)
    def add_row(self) -> None:
        """Add a row of indicators below the cursor."""
        if table := self._table():
            table.panel.view.add_row()

    @command(FORM, 320, "加一个目标", icon="plus", when=while_editing)
    def add_goal(self) -> None:
        """Add a goal; where goals have terms, one of the term under the cursor."""
        if page := self._table():
            page.panel.add_goal(term_near(page.model, page.panel.view.currentIndex()))

    @command(FORM, 330, "插入指标…", key="Ctrl+I", icon="search", when=while_editing)
    def insert_indicators(self) -> None:
        """Choose entries of the indicator library; they become rows of the goal under the cursor."""
        from gui.tables.indicator_picker import IndicatorPicker

        commit_input()
        bench, page = self._bench, self._table()
        if page is None:
            return
        model, here = page.model, page.panel.view.currentIndex()
        row, library = row_near(model, here), self._indicators()
        level2 = model.typed(f"{row}.level2") if row else ""
        goal, topic = goal_near(model, here), bench.preferences.now.topic
        dialog = IndicatorPicker(model.form, library, goal, level2, topic, bench.window)
        accepted = dialog.exec()
        page.take_focus()
        if accepted:
            bench.preferences.note(topic=dialog.wanted_topic)
            page.panel.view.insert(library, dialog.chosen)

    def _indicators(self) -> IndicatorLibrary:
        """The indicator library, those of one's own first: of other forms here, then of recent documents."""
        from gui.files.written_before import written_here
        from model.filling.own_indicators import own_library

        bench, session = self._bench, self._bench.session
        if session.earlier.found is None and session.answers.unit.strip():
            session.earlier.found = bench.attempt(
                lambda: waiting.do(
                    bench.window, "正在读取以前的指标…", lambda _, stops: self._written_before(session, stops)
                )
            )
        written = (*written_here(session, bench.view.key), *(session.earlier.found or ()))
        return joined([session.library.indicators, own_library(session.library.indicators, written)])

    def _written_before(self, session: Session, is_cancelled: IsCancelled) -> "tuple[Written, ...]":
        """The forms of this unit in documents that were opened lately, for a thread."""
        from gui.files.written_before import written_before

        unit, recent = session.answers.unit, self._bench.preferences.now.recent
        return written_before(unit, session.path, recent, is_cancelled) if unit.strip() else ()

    def _table(self) -> IndicatorsPage | None:
        """The table of the form in hand, brought into sight; the final accounts have none."""
        view = self._bench.view
        if view.key not in self._bench.session.snapshot.forms:
            return None
        view.show_form(view.key, TABS.index(INDICATORS))
        return view.indicators

    @command(FORM, 410, COMPUTED_HOLDS, when=while_editing)
    def accept_total(self) -> None:
        """Let the computed total hold: the one that a read file had printed is forgotten."""
        session, key = self._bench.session, self._bench.view.key
        if key == ACCOUNTS:
            self._accept_accounts()
            return
        form = session.form(key)
        cells = ["total", *computed_cells(form.definition, form.answers)]

        def accept(edit: Edit) -> None:
            for cell in cells:
                edit.clear_given((key, cell))

        session.edit(COMPUTED_HOLDS, accept)

    def _accept_accounts(self) -> None:
        from model.filling.accounts import let_computed_hold

        self._bench.session.edit(COMPUTED_HOLDS, let_computed_hold)


def _counted(taken: "Taken") -> str:
    counts = (
        ("年度目标", taken.goals, "个"),
        ("指标", taken.indicators, "条"),
        ("项目", taken.projects, "个"),
    )
    return "、".join(f"{name} {count} {unit}" for name, count, unit in counts if count)
