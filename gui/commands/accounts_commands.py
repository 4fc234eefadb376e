"""What the menus do about the final accounts: add them, take their figures over into the forms."""

from pathlib import Path

from gui.base import ask, waiting
from gui.base.parts import commit_input
from gui.commands.command import FORM, command, while_editing
from gui.commands.workbench import Workbench
from gui.frame.document_view import DocumentView
from gui.session.names import ACCOUNTS_NAME
from model.document import store
from model.document.answers import ACCOUNTS, DEPARTMENT

ALL_AGREE = "自评表里的金额与部门决算一致，没有要改的地方。"
FILL_FIRST = "部门决算里还没有数字时，请先填写部门决算。"


def _has_accounts(bench: Workbench) -> bool:
    return while_editing(bench) and {ACCOUNTS, DEPARTMENT} <= bench.session.answers.forms.keys()


def _is_with_accounts(bench: Workbench) -> bool:
    return while_editing(bench) and ACCOUNTS in bench.session.answers.forms


def _has_no_accounts(bench: Workbench) -> bool:
    return while_editing(bench) and ACCOUNTS not in bench.session.answers.forms


class AccountsCommands:
    """Each command is one step of undo; what the accounts need is loaded when it is first wanted."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        bench.view_made.connect(self._view_made)

    def _view_made(self, view: DocumentView) -> None:
        view.carry_wanted.connect(self.carry_in)

    @command(FORM, 125, "添加部门决算…", icon="plus", when=_has_no_accounts)
    def add_accounts(self) -> None:
        """Ask for the edition and add blank accounts, of which a document has at most one."""
        self._bench.attempt(self._add)

    def _add(self) -> None:
        from gui.accounts.edition_dialog import EditionDialog
        from model.accounts.loader import edition_for, editions
        from model.filling.accounts import blank_accounts

        bench, answers = self._bench, self._bench.session.answers
        forms = bench.session.snapshot.reading.forms
        known = editions(bench.library)
        region = forms[0].definition.region if forms else ""
        dialog = EditionDialog(known, edition_for(bench.library, answers.year, region), bench.window)
        if dialog.exec():
            blank = blank_accounts(dialog.edition, answers.unit, answers.year)
            label = f"添加{ACCOUNTS_NAME}"
            bench.session.edit(label, lambda edit: edit.add_form(blank, key=ACCOUNTS))
            bench.view.show_form(ACCOUNTS, 0)
        dialog.deleteLater()

    @command(FORM, 132, "部门决算带入上年…", icon="clock", when=_is_with_accounts)
    def carry_in(self) -> None:
        """Ask for last year's document and take its totals and subjects over, where nothing is typed yet."""
        bench = self._bench
        folder = bench.preferences.now.start_folder()
        if path := ask.open_file_name(bench.window, folder, "选择上年的自评簿"):
            bench.attempt(lambda: self._carry_in(path))

    def _carry_in(self, path: Path) -> None:
        from model.filling.accounts_carried import carried_into
        from model.reading.reading import read

        commit_input()
        bench = self._bench
        stored = waiting.do(bench.window, f"正在打开“{path.name}”…", lambda *_: store.open_document(path))
        last = read(bench.library, stored.answers).accounts
        found = carried_into(bench.session.snapshot.reading.accounts, last)
        if not found.texts and not found.rows:
            ask.inform(bench.window, "没有可以带入的。", "上年的数都已经填了，或上年的部门决算里没有数字。")
            return
        bench.session.edit("带入上年", found.put)
        bench.view.show_form(ACCOUNTS, 0)
        bench.status.say(found.said)

    @command(FORM, 135, "从部门决算取数…", icon="copy", when=_has_accounts)
    def take_over(self) -> None:
        """Show which figures of the forms the accounts have otherwise, and take them over."""
        from gui.accounts.take_dialog import TakeDialog
        from model.filling.accounts import take_accounts, takeable

        commit_input()
        bench, reading = self._bench, self._bench.session.snapshot.reading
        changes = takeable(reading)
        if not changes:
            ask.inform(bench.window, ALL_AGREE, FILL_FIRST)
            return
        dialog = TakeDialog(changes, bench.window)
        if dialog.exec():
            bench.session.edit("从部门决算取数", lambda edit: take_accounts(edit, reading))
            bench.view.show_cell(*changes[0].address)
        dialog.deleteLater()
