"""An open document on screen: list at the left, strip, tabs and page in the middle, pane at the right."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.panel_widths import LIST, PANE, Sides
from gui.editors.cells import address_of
from gui.frame.form_list import FormList, Rail
from gui.frame.page_stack import PageStack
from gui.frame.score_strip import ScoreStrip
from gui.frame.sided_view import NARROWEST, SidedView
from gui.frame.state_bar import StateBar
from gui.frame.tab_strip import TabStrip
from gui.frame.whole_pages import WholePages
from gui.pane.pane import FINDINGS, HOW, Pane, count_of, with_count
from gui.paper.outputs import HANDIN, OutputId, Reports, home_of
from gui.session.marks import COUNTED, count
from gui.session.other_savers import taken_over_from
from gui.session.places import INDICATORS, Places, mended_at, stands_on
from gui.session.session import Session
from gui.tabs.indicators_page import IndicatorsPage
from model.checks import Finding
from model.document.answers import ACCOUNTS, Address, CellId, FormKey
from model.document.document import Change
from model.document.store import Save
from model.forms.definition import TABS
from model.paper.grid import Printout
from model.reading.crosscheck import CrossCheck

if TYPE_CHECKING:
    from gui.frame.accounts_face import AccountsFace
    from gui.paper.preview import PreviewPage


class DocumentView(SidedView):
    """Listens to the session, alone, and hands down what it says; `shut` ends that.

    `changed` and `state_changed` come when all that is on screen has followed. `export_wanted`,
    `print_wanted` and the wishes of the list go to the window; it keeps the `Sides`.
    """

    changed = Signal()
    state_changed = Signal()
    export_wanted = Signal()
    print_wanted = Signal()
    copy_wanted = Signal()
    missing_wanted = Signal()
    carry_wanted = Signal()

    def __init__(
        self,
        session: Session,
        pdf_bytes: Callable[[Printout], bytes],
        sides: Sides | None = None,
        reports: Reports | None = None,
    ) -> None:
        super().__init__(sides or Sides())
        self.session = session
        self._is_jumping = False  # along the list of findings, which then keeps its order
        self.key: FormKey = next(iter(session.answers.forms), "")
        self.cursor_cell: Address = (self.key, "")
        self.list = FormList(session)
        self.strip = ScoreStrip(session)
        self.tabs = TabStrip(TABS)
        self.stack = PageStack(session)
        self.pane = Pane(session)
        self._accounts: AccountsFace | None = None
        self.bar = StateBar(session, self.copy_wanted.emit)
        self._notice = ""
        self._lay_out(pdf_bytes, reports)
        self._connect()
        self.show_form(self.key, 0 if self.key == ACCOUNTS else TABS.index(INDICATORS))
        self._show_state()

    def _lay_out(self, pdf_bytes: Callable[[Printout], bytes], reports: Reports | None) -> None:
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rail = Rail(self.session, self.list)
        self.rail.hide()
        column.addWidget(self.rail)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.whole = WholePages(self.session, self._filling(), pdf_bytes, reports)
        self.splitter.addWidget(self.whole)
        self.splitter.setStretchFactor(1, 1)
        self.list.setMinimumWidth(theme.px(170))
        column.addWidget(self.splitter)

    def _filling(self) -> QWidget:
        self._side = side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        self._middle = middle = QWidget()
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.tabs)
        inner.addWidget(self.bar)
        inner.addWidget(self.stack, stretch=1)
        self.inner_splitter = QSplitter(Qt.Orientation.Horizontal)
        self.inner_splitter.setChildrenCollapsible(False)
        self.inner_splitter.addWidget(middle)
        self.inner_splitter.addWidget(self.pane)
        self.inner_splitter.setStretchFactor(0, 1)
        self.pane.setMinimumWidth(theme.px(240))
        self.pane.setVisible(self.sides.pane_open)
        column.addWidget(self.inner_splitter, stretch=1)
        return side

    def _connect(self) -> None:
        self.list.form_chosen.connect(self.show_form)
        self.list.output_chosen.connect(self.show_preview)
        self.whole.export_wanted.connect(self.export_wanted)
        self.whole.print_wanted.connect(self.print_wanted)
        self.whole.cell_wanted.connect(self.show_cell)
        self.whole.jump_wanted.connect(self.jump)
        self.whole.back_wanted.connect(self.go_back)
        self.tabs.chosen.connect(self._show_tab)
        self.strip.preview_wanted.connect(lambda: self.show_preview(self.key))
        self.strip.export_wanted.connect(self.export_wanted)
        self.strip.missing_wanted.connect(self.missing_wanted)
        self.strip.how_wanted.connect(lambda cell: self.show_how(self.key, cell))
        self.list.checks.wanted.connect(self._show_check)
        self.tabs.findings_wanted.connect(lambda: self.open_pane(FINDINGS))
        self.stack.cursor_moved.connect(self._cursor_moved)
        self.stack.how_wanted.connect(self.show_how)
        self.stack.cell_wanted.connect(self.show_cell)
        self.stack.column_dragged.connect(self._keep_column)
        self.pane.closed.connect(self.toggle_pane)
        self.pane.findings.jump_wanted.connect(self.jump)
        self.pane.how.cell_wanted.connect(self.show_cell)
        self.splitter.splitterMoved.connect(lambda: self._keep_width(LIST, self.list.width()))
        self.inner_splitter.splitterMoved.connect(lambda: self._keep_width(PANE, self.pane.width()))
        self.bar.closed.connect(lambda: self.show_notice(""))
        for signal, slot in self._heard():
            signal.connect(slot)

    def _heard(self) -> tuple[tuple[SignalInstance, Callable[..., None]], ...]:
        """What lives longer than this view and is listened to, by this view alone."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return (
            (app.focusChanged, self._focus_moved),
            (self.session.changed, self._document_changed),
            (self.session.state_changed, self._state_changed),
            (self.session.taken_over, self._taken_over),
            (self.session.cleaned, self.show_notice),
            (self.session.noticed, self.show_notice),
        )

    def shut(self) -> None:
        """Listen to nothing any longer, and go when Qt comes to it."""
        for signal, slot in self._heard():
            signal.disconnect(slot)
        self.deleteLater()

    # --- what is shown

    def show_form(self, key: FormKey, tab: int | None = None) -> None:
        """Show a form, on the tab in hand or another."""
        if key == ACCOUNTS and self.accounts is not None:
            self._show_accounts(self.accounts, tab)
        if key not in self.session.snapshot.forms:
            return
        self._turn_to(key)
        self.strip.show_form(key)
        if tab is not None and tab != self.tabs.current():
            self.tabs.choose(tab)
        else:
            self._show_tab(self.tabs.current())

    def _turn_to(self, key: FormKey) -> None:
        """Make room for a form, or for the final accounts."""
        self.key = key
        self.whole.show_filling()
        self.list.show_form(key)
        self.strip.setVisible(key != ACCOUNTS)
        self.tabs.setVisible(key != ACCOUNTS)
        if self._accounts is not None:
            self._accounts.show(key == ACCOUNTS)

    def _show_accounts(self, face: "AccountsFace", tab: int | None) -> None:
        self._turn_to(ACCOUNTS)
        self.stack.setCurrentWidget(face.pages)
        if not self._is_jumping:
            self.pane.findings.choose(ACCOUNTS, "")
        face.show_tab(tab)
        self._show_counts()

    @property
    def accounts(self) -> "AccountsFace | None":
        """The final accounts, made when they are first wanted; None where the document has none."""
        accounts = self.session.snapshot.reading.accounts
        if self._accounts is not None and not self._accounts.is_of(accounts):
            self._accounts.go()
            self._accounts = None
        if accounts is not None and self._accounts is None:
            from gui.frame.accounts_face import AccountsFace

            self._accounts = face = AccountsFace(self.session, accounts)
            face.stand_in(self._side, self._middle)
            self.stack.addWidget(face.pages)
            face.cursor_moved.connect(self._cursor_moved)
            face.how_wanted.connect(self.show_how)
            face.cell_wanted.connect(self.show_cell)
            face.tabs.findings_wanted.connect(lambda: self.open_pane(FINDINGS))
            face.strip.findings_wanted.connect(lambda: self.open_pane(FINDINGS))
            face.strip.missing_wanted.connect(self.missing_wanted)
            face.strip.finding_wanted.connect(self.jump)
            face.pages.carry_wanted.connect(self.carry_wanted)
            face.strip.preview_wanted.connect(lambda: self.show_preview(ACCOUNTS))
            face.strip.export_wanted.connect(self.export_wanted)
            face.strip.set_compact(self.width() < theme.px(NARROWEST))
        return self._accounts

    @property
    def tab(self) -> int:
        """The tab in hand of what is in hand."""
        tabs = self._accounts.tabs if self.key == ACCOUNTS and self._accounts else self.tabs
        return tabs.current()

    def show_preview(self, output: OutputId) -> None:
        """Show the pages that come out of a form, or what is written about it; or 交稿."""
        if output == HANDIN:
            self.show_handin()
            return
        self.key = home_of(output, self.session.snapshot.reading)
        self.list.show_output(output)
        self.whole.setCurrentWidget(self.preview)
        self.preview.show_form(output)
        self.preview.setFocus()

    @property
    def preview(self) -> "PreviewPage":
        """The pages that come out."""
        return self.whole.preview

    def show_handin(self) -> None:
        """Show what is open before handing in."""
        self.list.show_output(HANDIN)
        self.whole.setCurrentWidget(self.whole.handin)
        self.whole.handin.refresh()
        self.whole.handin.setFocus()

    @property
    def output(self) -> OutputId:
        """The pages in sight, else those of the form in hand."""
        return self.preview.output if self.whole.is_previewing else self.key

    @property
    def is_previewing(self) -> bool:
        """Whether the pages, or 交稿, stand in place of the form."""
        return not self.whole.is_filling

    def _show_tab(self, index: int) -> None:
        if self.key not in self.session.snapshot.forms or index < 0:
            return
        page = self.stack.page(self.key, TABS[index])
        walks = self.tabs.bar.hasFocus()  # along the tabs with the arrow keys
        if isinstance(page, IndicatorsPage):
            page.panel.view.take_widths(self.sides.columns())
        self.stack.setCurrentWidget(page)
        files = None if isinstance(page, IndicatorsPage) else page.evidence
        self.pane.show_material(files.face if files is not None else None)
        if not self._is_jumping:
            self.pane.findings.choose(self.key, TABS[index])
        self._show_counts()
        if not walks:
            page.take_focus()
        self._cursor_moved(self.key, page.subject())

    # --- the cursor

    def take_focus(self) -> None:
        """Be ready to type on the page in sight."""
        if self.key == ACCOUNTS and self._accounts is not None and not self.is_previewing:
            self._accounts.take_focus()
        elif self.key and not self.is_previewing:
            self.stack.page(self.key, TABS[self.tabs.current()]).take_focus()

    def go_back(self) -> None:
        """Go back from the pages to the form, to the cell one came from."""
        key, cell = self.cursor_cell
        self.show_form(self.key)
        if key == self.key and stands_on(self.session, TABS[self.tab], key, cell):
            self.show_cell(key, cell)
        else:
            self.take_focus()

    def go_to_tab(self, index: int) -> None:
        """Show a tab of the form in hand and be ready to type there."""
        self.show_form(self.key, index)
        self.take_focus()

    def _cursor_moved(self, key: FormKey, cell: CellId) -> None:
        """The pane follows, and the list marks what is wrong in the cell."""
        self.cursor_cell = key, cell
        self.pane.follow(key, cell)
        if not self._is_jumping:
            self.pane.findings.mark_cell(self.cursor_cell)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        """The editor of a cell has the focus, or a tick box in it."""
        for widget in (now, now.parentWidget() if now is not None else None):
            if widget is not None and (address := address_of(widget)) and self.isAncestorOf(widget):
                self._cursor_moved(*address)
                return

    # --- pages

    @property
    def indicators(self) -> IndicatorsPage:
        """The table of indicators of the form in hand."""
        page = self.stack.page(self.key, INDICATORS)
        assert isinstance(page, IndicatorsPage)
        return page

    def show_cell(self, key: FormKey, cell: str) -> None:
        """Go to the editor of a cell: form, tab, scrolled to the middle; without one, to what is nearest."""
        if key == ACCOUNTS and self.accounts is not None:
            self.show_form(key)
            self.accounts.show_cell(cell)
        else:
            tab = Places(self.session.form(key), self.session.library).tab(cell)
            self.show_form(key, TABS.index(tab))
            self.stack.page(key, tab).show_cell(cell)
        self._focus_moved(None, QApplication.focusWidget())  # it may have been there before

    # --- findings

    def jump(self, finding: Finding) -> None:
        """Go to the cell of a finding and mark it in the list, whose order stays."""
        self._is_jumping = True
        self.show_cell(*mended_at(finding))
        self._is_jumping = False
        self.pane.findings.mark(finding)

    def step(self, by: int) -> Finding | None:
        """Go to the next finding (1) or the one before (-1) and return it; None where there is none.

        On 交稿 it is the next line of its list.
        """
        if self.whole.is_handing_in:
            found = self.whole.handin.next_finding(by)
            if found is not None:
                self.jump(found)
            return found
        finding = self.pane.findings.step(by)
        if finding is not None:
            self.jump(finding)
            if not self.pane.isHidden():
                self.pane.show_face(FINDINGS)
        return finding

    def _show_check(self, check: CrossCheck) -> None:
        """Go to what is found about a sum that forms share, else to its figure."""
        finding = self.pane.findings.first_of(check.codes)
        if finding is None:
            self.show_cell(*check.address)
        else:
            self.open_pane(FINDINGS)
            self.jump(finding)

    def show_how(self, key: FormKey, cell: CellId) -> None:
        """Say how a figure came about."""
        self.open_pane(HOW)
        self.pane.follow(key, cell)

    def _show_counts(self) -> None:
        """Show on the tabs what is open on each, and on the button what is open at all."""
        snapshot = self.session.snapshot
        if self.key == ACCOUNTS and self._accounts is not None:
            self._accounts.show_counts()
            self.offer_findings()
        if self.key not in snapshot.forms:
            return
        form = snapshot.forms[self.key]
        counted = [one for one in snapshot.by_form.get(self.key, ()) if one.state in COUNTED]
        rows = frozenset(form.answers.indicators)  # most stand there, and need not be looked for
        by_tab = {INDICATORS: [one for one in counted if one.address[1].partition(".")[0] in rows]}
        if len(by_tab[INDICATORS]) < len(counted):
            places = Places(form, self.session.library)
            for finding in counted:
                if finding.address[1].partition(".")[0] not in rows:
                    by_tab.setdefault(places.tab(finding.address[1]), []).append(finding)
        self.tabs.show_counts({tab: count(found) for tab, found in by_tab.items()})
        self.offer_findings()

    def set_compact(self, compact: bool) -> None:
        """Give the strips one line in a very narrow window."""
        for strip in (self.strip, *((self._accounts.strip,) if self._accounts else ())):
            strip.set_compact(compact)

    def offer_findings(self) -> None:
        """Show the button 问题 where the pane is folded away, with the count and the most severe."""
        worst = [counts.worst for counts in self.session.snapshot.counts.values()]
        most_severe = next((state for state in ("error", "warning") if state in worst), "")
        for tabs in (self.tabs, *((self._accounts.tabs,) if self._accounts else ())):
            tabs.offer_findings(self.pane.isHidden(), with_count(count_of(self.session)), most_severe)

    # --- what changed

    def _document_changed(self, change: Change, by: QObject | None) -> None:
        """Hand a change down to all that show the document."""
        is_gone = self.stack.document_changed(change, by)
        self.pane.document_changed()
        self.whole.document_changed()
        self.list.refresh()
        if self._accounts is not None and self.accounts is not None:
            self._accounts.document_changed(change, by)
        if self.key not in self.session.answers.forms:
            self.show_form(next(iter(self.session.answers.forms), ""))
        elif is_gone:  # it is filled in by another version of its form
            self.show_form(self.key)
        elif change.forms and not self.is_previewing:
            self.list.show_form(self.key)
        self.strip.refresh()
        self.rail.refresh()
        self._show_counts()
        self.changed.emit()

    def _state_changed(self) -> None:
        self._show_state()
        self.state_changed.emit()

    def _taken_over(self, save: Save | None) -> None:
        self.show_notice(taken_over_from(save))

    def show_notice(self, text: str) -> None:
        """Say something about the document as a whole until the clerk has read it; "" for nothing."""
        self._notice = text
        self._show_state()

    def _show_state(self) -> None:
        self.bar.show_state(self._notice)
