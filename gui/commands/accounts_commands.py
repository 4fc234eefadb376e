"""What the menus do about the final accounts: add them, take their figures over into the forms."""

from gui.base import ask
from gui.base.parts import commit_input
from gui.commands.command import FORM, command, while_editing
from gui.commands.workbench import Workbench
from gui.session.names import ACCOUNTS_NAME
from model.document.answers import ACCOUNTS, DEPARTMENT

ALL_AGREE = "自评表里的金额与部门决算一致，没有要改的地方。"
FILL_FIRST = "部门决算里还没有数字时，请先填写部门决算。"


def _has_accounts(bench: Workbench) -> bool:
    return while_editing(bench) and {ACCOUNTS, DEPARTMENT} <= bench.session.answers.forms.keys()


def _has_no_accounts(bench: Workbench) -> bool:
    return while_editing(bench) and ACCOUNTS not in bench.session.answers.forms


class AccountsCommands:
    """Each command is one step of undo; what the accounts need is loaded when it is first wanted."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

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
