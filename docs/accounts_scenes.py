"""What the pictures show of 部门决算, the final accounts: tabs and papers, filled and empty."""

from pathlib import Path

from docs.scenes import Pictures, opened, settle
from gui.paper.outputs import key_and_kind, outputs_of
from gui.session.accounts_places import ACCOUNTS_TABS
from gui.window import Window
from model.accounts.loader import edition_for
from model.document.answers import ACCOUNTS
from model.filling.accounts import blank_accounts
from tests.final_accounts import QIAOKOU_CELLS, QIAOKOU_ITEMS, accounts_answers

LAST_YEAR = {"budget": "80.5", "reason": "在职人员增加 2 人，按规定调整缴费基数，项目按年中调整后的预算执行"}


def of_accounts(window: Window, folder: Path) -> Pictures:
    """Final accounts beside the forms of the example, and empty ones."""
    window.commands.files.open_example()
    assert window.session
    answers = window.session.answers
    items = {code: columns | LAST_YEAR for code, columns in QIAOKOU_ITEMS.items()}
    filled = accounts_answers(items, QIAOKOU_CELLS, year=answers.year)
    opened(window, folder / "决算.zpb", answers.with_form(ACCOUNTS, filled))
    yield from _tabs(window, "accounts")
    yield from _papers(window)
    blank = blank_accounts(edition_for(window.bench.library, answers.year), answers.unit, answers.year)
    opened(window, folder / "空决算.zpb", answers.with_form(ACCOUNTS, blank))
    yield from _tabs(window, "empty-accounts")


def _tabs(window: Window, name: str) -> Pictures:
    """Every tab of the accounts."""
    assert window.view
    for n, tab in enumerate(ACCOUNTS_TABS):
        window.view.show_form(ACCOUNTS, n)
        settle()
        yield f"{name}-{n + 1}-{tab}", window.grab()


def _papers(window: Window) -> Pictures:
    """The pages of the tables, the explanation and the publication."""
    assert window.session
    assert window.view
    for output in outputs_of(window.session.snapshot.reading, window.bench.library):
        if key_and_kind(output.id)[0] == ACCOUNTS:
            window.view.show_preview(output.id)
            settle(400)
            yield f"paper-accounts-{output.name}", window.grab()
