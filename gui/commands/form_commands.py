"""What the menus do to the forms of the open document: add, copy, rename, delete, move."""

from gui.base import ask
from gui.commands.find_commands import FindCommands
from gui.session.names import form_name
from gui.session.places import INDICATORS
from gui.tables.indicator_edits import add_goal, term_near
from model.document.answers import DECLARATION, DEPARTMENT, FormKey
from model.document.document import Edit
from model.filling.blank import blank_form, declaration_for, set_with, sets
from model.filling.takeover import Taken, take_over
from model.forms.definition import TABS, FormDefinition
from model.forms.loader import Library
from model.reading.shares import computed_cells

NOTHING_TO_TAKE = "目标申报表的年度目标、指标和项目，自评表里都已经有了，或者还没有填写。"


class FormCommands(FindCommands):
    """The part of the window that edits; each command is one step of undo."""

    library: Library

    def undo(self) -> None:
        """Take the last step back."""
        if self.session is not None:
            self.session.undo()

    def redo(self) -> None:
        """Take it again."""
        if self.session is not None:
            self.session.redo()

    def add_project(self) -> None:
        """Ask for a name and add a project form."""
        if self.session is None:
            return
        definition = self._project_definition()
        if definition is None:
            ask.tell(self, "这个自评簿的表样没有项目表。", "请新建一个带项目表的自评簿。")
            return
        from gui.files.new_dialog import ProjectNameDialog

        dialog = ProjectNameDialog("添加项目", "添加", parent=self)
        if dialog.exec():
            answers, name = self.session.answers, dialog.name
            form = blank_form(definition, answers.unit, answers.year).with_text("project_name", name)
            keys: list[FormKey] = []
            self.session.edit(f"添加项目“{name}”", lambda edit: keys.append(edit.add_form(form)))
            if keys and self.view is not None:
                self.view.show_form(keys[0], TABS.index("基本情况"))

    def add_declaration(self) -> None:
        """Add the declaration of goals, of which a document has at most one."""
        if self.session is None or DECLARATION in self.session.snapshot.forms:
            return
        answers, reading = self.session.answers, self.session.snapshot.reading
        region = reading.forms[0].definition.region if reading.forms else ""
        definition = declaration_for(self.library, region)
        if definition is None:
            ask.tell(self, "没有目标申报表的表样。", "可把表样文件放进表样文件夹。")
            return
        form = blank_form(definition, answers.unit, answers.year)
        self.session.edit("添加目标申报表", lambda edit: edit.add_form(form, key=DECLARATION))
        if self.view is not None:
            self.view.show_form(DECLARATION, TABS.index("基本情况"))

    def _project_definition(self) -> FormDefinition | None:
        """The project form that belongs to the forms of the document."""
        assert self.session is not None
        reading = self.session.snapshot.reading
        if reading.projects:
            return reading.projects[0].definition
        form_sets = [set_with(self.library, form.definition.id) for form in reading.forms]
        if reading.declaration and reading.department is None:
            region = reading.declaration.definition.region
            form_sets += [found for found in sets(self.library) if found.region == region and found.project]
        form_set = next((found for found in form_sets if found), None)
        return form_set.project if form_set else None

    def duplicate_current(self) -> None:
        """Add a copy of the form in hand."""
        if self.view is not None:
            self._duplicate(self.view.key)

    def _duplicate(self, key: FormKey) -> None:
        if self.session is None or self.session.form(key).definition.kind != "project":
            return
        keys: list[FormKey] = []
        self.session.edit("复制项目表", lambda edit: keys.append(edit.duplicate_form(key)))
        if keys and self.view is not None:
            self.view.show_form(keys[0])

    def rename_current(self) -> None:
        """Give the project in hand another name."""
        if self.view is not None:
            self._rename(self.view.key)

    def _rename(self, key: FormKey) -> None:
        if self.session is None or self.session.form(key).definition.kind != "project":
            return
        from gui.files.new_dialog import ProjectNameDialog

        dialog = ProjectNameDialog("项目改名", "改名", self.session.form(key).project, parent=self)
        if dialog.exec():
            name = dialog.name
            self.session.edit("项目改名", lambda edit: edit.set_text((key, "project_name"), name))

    def delete_current(self) -> None:
        """Delete the form in hand; undo brings it back."""
        if self.view is not None:
            self._delete(self.view.key)

    def _delete(self, key: FormKey) -> None:
        if self.session is not None and key in self.session.snapshot.forms:
            name = form_name(self.session.form(key))
            self.session.edit(f"删除“{name}”", lambda edit: edit.remove_form(key))

    def _move(self, key: FormKey, row: int) -> None:
        if self.session is None or key not in self.session.answers.projects:
            return
        others = len(self.session.snapshot.forms) - len(self.session.answers.projects)
        self.session.edit("移动项目", lambda edit: edit.move_form(key, max(row - others, 0)))

    def add_row(self) -> None:
        """Add a row of indicators below the cursor."""
        if self.view is not None:
            self.view.show_form(self.view.key, TABS.index(INDICATORS))
            self.view.indicators.panel.view.add_row()

    def add_goal(self) -> None:
        """Add a goal; where goals have terms, one of the term under the cursor."""
        if self.view is not None:
            self.view.show_form(self.view.key, TABS.index(INDICATORS))
            page = self.view.indicators
            add_goal(page.model, term_near(page.model, page.panel.view.currentIndex()))

    def accept_total(self) -> None:
        """Let the computed total hold: the one that a read file had printed is forgotten."""
        if self.session is None or self.view is None:
            return
        key, definition = self.view.key, self.session.form(self.view.key).definition
        cells = ["total", *computed_cells(definition)]
        if definition.is_scored:
            first = definition.funds.rows[0].key
            cells += [f"funds.{first}.{column}" for column in ("rate", "score", "weight")]

        def accept(edit: Edit) -> None:
            for cell in cells:
                edit.clear_given((key, cell))

        self.session.edit("以计算值为准", accept)

    def take_over(self) -> None:
        """Take goals and projects of the declaration over into the self-evaluation forms; say how many."""
        if self.session is None or self.session.read_only:
            return
        library, taken = self.session.library, [Taken()]
        self.session.edit("年度目标带入自评表", lambda edit: taken.append(take_over(edit, library)))
        if not taken[-1]:
            ask.inform(self, "没有可带入的内容。", NOTHING_TO_TAKE)
            return
        ask.inform(self, f"已带入自评表：{_counted(taken[-1])}。", "已经填写的内容没有改动，可以撤销。")
        if self.view is not None and DEPARTMENT in self.session.snapshot.forms:
            self.view.show_form(DEPARTMENT, TABS.index(INDICATORS))


def _counted(taken: Taken) -> str:
    counts = (
        ("年度目标", taken.goals, "个"),
        ("指标", taken.indicators, "条"),
        ("项目", taken.projects, "个"),
    )
    return "、".join(f"{name} {count} {unit}" for name, count, unit in counts if count)
