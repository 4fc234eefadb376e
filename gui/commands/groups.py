"""All groups of commands: each gets the bench and the groups it works with; and every key of the program."""

from collections.abc import Callable, Iterator, Sequence

from gui.commands.accounts_commands import AccountsCommands
from gui.commands.audit_commands import AuditCommands
from gui.commands.bureau_commands import BureauCommands
from gui.commands.check_commands import CheckCommands
from gui.commands.command import (
    EVERYWHERE,
    EXPLANATION,
    FINDER,
    LIBRARY,
    LIST,
    MENUS,
    OPEN_LIST,
    TABLE,
    Key,
    keys_of,
    lines_of,
)
from gui.commands.edit_commands import EditCommands
from gui.commands.file_commands import FileCommands
from gui.commands.fill_commands import FillCommands
from gui.commands.find_commands import FindCommands
from gui.commands.finished_commands import FinishedCommands
from gui.commands.form_commands import FormCommands
from gui.commands.handin_commands import HandInCommands
from gui.commands.handout_commands import HandoutCommands
from gui.commands.help_commands import HelpCommands
from gui.commands.import_commands import ImportCommands
from gui.commands.last_year_commands import LastYearCommands
from gui.commands.lead_commands import LeadCommands
from gui.commands.paper_commands import PaperCommands
from gui.commands.save_commands import SaveCommands
from gui.commands.sum_commands import SumCommands
from gui.commands.version_commands import ShowVersion, VersionCommands
from gui.commands.view_commands import ViewCommands
from gui.commands.workbench import Workbench
from gui.handin.open_list import OPEN_LIST_KEYS
from gui.pane.findings_view import LIST_KEYS
from gui.tables.keys import TABLE_KEYS

FIELD_KEYS = (("Tab / Shift+Tab", "下一格 / 上一格"),)  # Qt's own, in every field
GROUPS = (
    FileCommands,
    ImportCommands,
    SumCommands,
    VersionCommands,
    SaveCommands,
    PaperCommands,
    FillCommands,
    BureauCommands,
    HandoutCommands,
    EditCommands,
    FindCommands,
    FormCommands,
    LastYearCommands,
    AccountsCommands,
    CheckCommands,
    LeadCommands,
    HandInCommands,
    FinishedCommands,
    AuditCommands,
    ViewCommands,
    HelpCommands,
)


class Commands:
    """The commands of the window in which a document is filled in."""

    def __init__(
        self, bench: Workbench, show_version: ShowVersion, close_window: Callable[[], object]
    ) -> None:
        self.saves = SaveCommands(bench, close_window)
        self.imports = ImportCommands(bench, lambda answers, path: self.files.create(answers, path))
        self.sums = SumCommands(bench, lambda answers, path: self.files.create(answers, path))
        self.files = FileCommands(bench, self.saves, self.imports)
        self.versions = VersionCommands(bench, self.saves, self.files, show_version)
        self.edits = EditCommands(bench)
        self.finding = FindCommands(bench)
        self.forms = FormCommands(bench)
        self.last_year = LastYearCommands(bench)
        self.accounts = AccountsCommands(bench)
        self.checks = CheckCommands(bench)
        self.lead = LeadCommands(bench)
        self.audits = AuditCommands(bench, self.imports)
        self.papers = PaperCommands(bench, self.saves, self.checks)
        self.handin = HandInCommands(bench, self.saves, self.checks, show_version)
        self.finished = FinishedCommands(bench)
        self.blanks = FillCommands(bench, self.saves)
        self.bureaus = BureauCommands(bench, self.forms)
        self.handouts = HandoutCommands(bench, self.saves)
        self.views = ViewCommands(bench)
        self.help = HelpCommands(bench, self.saves, all_keys)


class VersionWindowCommands:
    """The commands of a window that only shows an earlier version."""

    def __init__(self, bench: Workbench, close_window: Callable[[], object]) -> None:
        self.saves = SaveCommands(bench, close_window)
        self.checks = CheckCommands(bench)
        self.papers = PaperCommands(bench, self.saves, self.checks)
        self.views = ViewCommands(bench)
        self.help = HelpCommands(bench, self.saves, all_keys)


def all_keys() -> Sequence[Key]:
    """Return every shortcut: those of the menus in their order, then those of tabs, fields and lists."""
    return (*_of_menus(), *_of_no_menu())


def _of_menus() -> Iterator[Key]:
    entries = [line.entry for group in GROUPS for line in lines_of(group)]
    for entry in sorted(entries, key=lambda entry: (MENUS.index(entry.menu), entry.at)):
        if entry.keys:
            yield Key(entry.menu.partition("(")[0], " / ".join(entry.keys), entry.text.rstrip("…"))


def _of_no_menu() -> Iterator[Key]:
    """Those of tabs, then those that the widgets themselves know."""
    from gui.accounts.explanation_page import EXPLANATION_KEYS  # not before it is wanted
    from gui.pane.finder import FINDER_KEYS
    from gui.tables.indicator_picker import PICKER_KEYS

    yield from (key for group in GROUPS for keys in keys_of(group) for key in keys.keys)
    for where, keys in (
        (EVERYWHERE, FIELD_KEYS),
        (TABLE, TABLE_KEYS),
        (FINDER, FINDER_KEYS),
        (LIST, LIST_KEYS),
        (EXPLANATION, EXPLANATION_KEYS),
        (OPEN_LIST, OPEN_LIST_KEYS),
        (LIBRARY, PICKER_KEYS),
    ):
        yield from (Key(where, key, what) for key, what in keys)
