"""交稿: whether the document can be handed in, and all that is open, form by form, each with a jump."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QTabBar, QVBoxLayout, QWidget

from gui.base import theme, waiting
from gui.base.plain import Label
from gui.handin.open_lines import ALL, ASIDE, FILTERS, counts_of, in_words, lines_of, name_of
from gui.handin.open_list import OpenList
from gui.handin.versions_side import Now, VersionsSide
from gui.session.names import form_name
from gui.session.session import Session
from model.basics.errors import UserError
from model.checks import Finding
from model.checks.open_items import Open
from model.document import backups
from model.document.answers import Answers
from model.document.signing import last_signer, signature
from model.handin.comparison import compare
from model.handin.comparison import in_words as in_words_of
from model.handin.verification import Verdict, known_as, verify
from model.handin.versions import Version, answers_of, listed
from model.reading.reading import Reading, read

SOON_MS = 50  # after a key; while keys come faster the list waits
READING, CHECKING = "正在读取定稿…", "正在定稿和备份里查找校验码…"
READY, NOT_READY = "可以交", "还不能交"
NOTHING, NOTHING_ASIDE = "没有要处理的。", "没有搁置的。"


class HandInPage(QWidget):
    """`jump_wanted(finding)` goes to a place, `export_wanted` exports what there is, `lock_wanted` locks."""

    jump_wanted = Signal(object)
    export_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self.list = OpenList(bool(session.read_only), lambda: last_signer(session.answers))
        self.head = _Head(bool(session.read_only))
        self.side = VersionsSide()
        self._versions: tuple[Version, ...] | None = None
        self._last: tuple[int, Answers, Reading] | None = None  # what the newest version said
        self.filters = QTabBar(expanding=False, usesScrollButtons=False)
        self.filters.setDrawBase(False)
        self.filters.setAccessibleName("看哪些")
        for wanted in FILTERS:
            self.filters.addTab(name_of(wanted))
        self.nothing = Label(NOTHING, objectName="quiet")
        self.nothing.setContentsMargins(theme.px(20), theme.px(16), 0, 0)
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(lambda: session.looking.ask(self.refresh))
        self.filters.currentChanged.connect(self.refresh)
        self.list.jump_wanted.connect(lambda item: self.jump_wanted.emit(item.finding))
        self.list.set_aside.connect(self._set_aside)
        self.head.next.clicked.connect(self._go_on)
        self.head.export.clicked.connect(self.export_wanted)
        self.head.lock.clicked.connect(self.lock_wanted)
        self.side.code_given.connect(self._verify)
        self.setFocusProxy(self.list)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        strip = QFrame(objectName="tabs")
        strip.setFixedHeight(theme.px(44))
        row = QHBoxLayout(strip)
        row.setContentsMargins(theme.px(4), 0, theme.px(12), 1)
        row.addWidget(self.filters)
        row.addStretch()
        self.middle = QWidget(objectName="page")
        middle = QVBoxLayout(self.middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(strip)
        middle.addWidget(self.nothing)
        inner = QHBoxLayout()
        inner.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(12))
        inner.addWidget(self.list)
        middle.addLayout(inner, stretch=1)
        self.beside = QHBoxLayout()
        self.beside.setSpacing(0)
        self.beside.addWidget(self.middle, stretch=1)
        self.beside.addWidget(self.side)
        column.addLayout(self.beside, stretch=1)

    # --- what is shown

    @property
    def wanted(self) -> str:
        """The filter in hand."""
        return FILTERS[self.filters.currentIndex()]

    def document_changed(self) -> None:
        """Show it when keys rest, or when the page is next seen."""
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the page was hidden is shown now."""
        super().showEvent(event)
        self._session.looking.ask(self.refresh)
        if self._versions is None:
            self.read_versions()

    def refresh(self) -> None:
        """Show what is open now."""
        self._soon.stop()
        snapshot = self._session.snapshot
        counts = counts_of(snapshot.items)
        for n, wanted in enumerate(FILTERS):
            self.filters.setTabText(n, f"{name_of(wanted)} {counts[wanted]}")
            self.filters.setTabVisible(n, wanted in (ALL, self.wanted) or counts[wanted] > 0)
        names = {form.key: form_name(form) for form in snapshot.reading.forms}
        lines = lines_of(snapshot.items, self.wanted, names)
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.nothing.setText(NOTHING_ASIDE if self.wanted == ASIDE else NOTHING)
        self.head.show_state(counts, bool(snapshot.drafts))
        if self._versions is not None:
            self.side.show_versions(self._versions, Now(self._changes()))

    # --- versions

    def read_versions(self) -> None:
        """Read anew which versions the file has; where it can't be read there are none to show."""
        path = self._session.path
        try:
            self._versions = waiting.do(self.window(), READING, lambda *_: listed(path))
        except (UserError, waiting.Cancelled):
            self._versions = ()
        self.refresh()

    def _changes(self) -> str:
        """How much differs from the newest version, in words."""
        newest = next(iter(self._versions or ()), None)
        if newest is None or newest.problem:
            return ""
        answers, reading = self._session.answers, self._session.snapshot.reading
        if self._last is None or self._last[0] != newest.number:
            try:
                old = answers_of(self._session.path, newest.number)
                self._last = newest.number, old, read(self._session.library, old)
            except UserError:
                return ""
        _, old, old_reading = self._last
        return in_words_of(compare(old_reading, reading, old, answers))

    def ask_code(self) -> None:
        """Be ready for a code to be typed or scanned."""
        self.side.paper.code.setFocus()

    def _verify(self, typed: str) -> None:
        session = self._session
        path, reading, answers = session.path, session.snapshot.reading, session.answers
        local = session.local_folder / backups.FOLDER if session.local_folder else None
        try:
            verdict = waiting.do(
                self.window(), CHECKING, lambda *_: verify(typed, known_as(path, reading, answers, local))
            )
        except waiting.Cancelled:
            return
        except UserError as error:
            verdict = Verdict("", "unknown", str(error))
        self.side.paper.show_verdict(verdict)

    # --- what is done

    def next_finding(self, by: int) -> Finding | None:
        """Mark the next item (1) or the one before (-1) and return what it says; None where there is none."""
        self.refresh()
        item = self.list.step(by)
        return item.finding if item else None

    def _go_on(self) -> None:
        finding = self.next_finding(1)
        if finding is not None:
            self.jump_wanted.emit(finding)

    def _set_aside(self, item: Open, reason: str, name: str) -> None:
        """Take an item off the list of what is open, or put it back: one step that undo takes back."""
        finding, signed = item.finding, signature(name, datetime.now())
        self._session.edit(
            "搁置" if reason else "撤回搁置",
            lambda edit: edit.set_reply(finding.address, finding.code, reason, finding.found, signed),
        )
        self.refresh()


class _Head(QFrame):
    """Icon, state in large letters, how far one has come, 导出… and 下一项, or at the end 定稿…."""

    def __init__(self, read_only: bool) -> None:
        super().__init__()
        self._read_only = read_only
        self.setObjectName("strip")
        self.setFixedHeight(theme.px(84))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(22), theme.px(8), theme.px(20), theme.px(8))
        row.setSpacing(theme.px(16))
        self.icon, self.title, self.about = Label(), Label(), Label(objectName="caption")
        self.title.setFont(theme.font(22, 600))
        texts = QVBoxLayout()
        texts.setSpacing(theme.px(2))
        texts.addStretch()
        texts.addWidget(self.title)
        texts.addWidget(self.about)
        texts.addStretch()
        self.done = Label(objectName="caption")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName("已处理")
        self.bar.setFixedWidth(theme.px(190))
        progress = QVBoxLayout()
        progress.addStretch()
        progress.addWidget(self.done)
        progress.addWidget(self.bar)
        progress.addStretch()
        self.export = QPushButton(theme.icon("export", "text"), " 导出…")
        self.next = QPushButton("下一项　F8", objectName="primary")
        self.lock = QPushButton("定稿…", objectName="primary")
        row.addWidget(self.icon)
        row.addLayout(texts, stretch=1)
        row.addLayout(progress)
        row.addWidget(self.export, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.next, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.lock, alignment=Qt.AlignmentFlag.AlignVCenter)

    def show_state(self, counts: dict[str, int], is_draft: bool) -> None:
        """Say whether it can be handed in, and what stands against it."""
        left, aside = counts[ALL], counts[ASIDE]
        icon, token = (
            ("error", "error")
            if counts["error"]
            else ("warning", "warn_icon")
            if left
            else ("complete", "ok")
        )
        self.icon.setPixmap(theme.icon_pixmap(icon, token, 34))
        self.title.setText(f"{NOT_READY}：{in_words(counts)}" if left else READY)
        said = (
            "此时导出，每页会印“草稿”。" if is_draft else "" if left else "可以定稿，或者导出全套报送材料。"
        )
        kept = f"{aside} 项写说明搁置，列在文件清单里。" if aside else ""
        self.about.setText(said + kept)
        self.done.setText(f"已处理　{aside} / {left + aside}")
        self.bar.setRange(0, max(left + aside, 1))
        self.bar.setValue(aside)
        for widget in (self.done, self.bar, self.next):
            widget.setVisible(bool(left))
        self.lock.setVisible(not left and not self._read_only)
