"""The pane at the right: its head with the faces 问题, 怎么算的 and 填写说明, of which one is in sight."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import tip
from gui.pane.findings_face import FindingsFace
from gui.pane.how_face import BLOCK, HowFace
from gui.session.session import Session
from model.document.answers import CellId, FormKey

if TYPE_CHECKING:
    from gui.pane.finder import Finder
    from gui.pane.help_face import HelpFace

FINDINGS, HOW, HELP, MATERIAL = range(4)
NAMES = ("怎么算的", "填写说明")
SHORT = ("测算", "说明")  # where the pane is narrow
_NARROW = 290  # px at 100 %


def count_of(session: Session) -> int:
    """Return how many errors and warnings of the document are open."""
    return sum(counts.open for counts in session.snapshot.counts.values())


def with_count(count: int) -> str:
    """Return how the list of findings is called: 问题 8."""
    return f"问题 {count}" if count else "问题"


class Pane(QFrame):
    """`closed` is the wish to fold it away. The count in its head is right at every key.

    While one searches, the finder stands in the place of head and faces; `hit_wanted` and `find_closed` are
    its wishes.
    """

    closed = Signal()
    hit_wanted = Signal(object, bool)
    find_closed = Signal()
    replace_wanted = Signal(object, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("pane")
        self._session = session
        self.findings, self.how = FindingsFace(session), HowFace(session)
        self._help: HelpFace | None = None
        self._material: QWidget | None = None
        self._before = HOW  # the face that came before it
        self._followed: tuple[FormKey, CellId] = ("", "")
        self.faces = QStackedWidget()
        self.faces.addWidget(self.findings)
        self.faces.addWidget(self.how)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = self._head()
        column.addWidget(self._bar)
        column.addWidget(self.faces)
        self._finder: Finder | None = None
        self.tabs.currentChanged.connect(self._turn_to)
        self._show_count()
        self.show_face(HOW)

    def _head(self) -> QFrame:
        head = QFrame(objectName="tabs")
        head.setFixedHeight(theme.px(44))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(4), 0, theme.px(12), 1)
        row.setSpacing(0)
        self.tabs = QTabBar(expanding=False, usesScrollButtons=False)
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName("右侧栏")
        self.tabs.addTab(with_count(0))
        for name in NAMES:
            self.tabs.setAccessibleTabName(self.tabs.addTab(name), name)
        self.tabs.setAccessibleTabName(self.tabs.addTab("材料"), "材料")
        self.tabs.setTabVisible(MATERIAL, False)
        close = QToolButton(icon=theme.icon("close"), toolTip="收起")
        close.setAccessibleName("收起右侧栏")
        close.clicked.connect(self.closed)
        row.addWidget(self.tabs)
        row.addStretch()
        row.addWidget(close)
        return head

    def document_changed(self) -> None:
        """Show the count of now; the faces follow when keys rest."""
        self._show_count()
        for face in (self.findings, self.how, self._help, self._finder):
            if face is not None:
                face.document_changed()

    def _show_count(self) -> None:
        text = with_count(count_of(self._session))
        if text != self.tabs.tabText(FINDINGS):
            self.tabs.setTabText(FINDINGS, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow pane has room for short names only."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < theme.px(_NARROW)
        for n, name in enumerate(SHORT if is_narrow else NAMES, start=HOW):
            if self.tabs.tabText(n) != name:
                self.tabs.setTabText(n, name)
                self.tabs.setTabToolTip(n, tip(NAMES[n - HOW] if is_narrow else ""))

    @property
    def face(self) -> int:
        """Which face is in sight."""
        return self.tabs.currentIndex()

    def show_face(self, face: int) -> None:
        """Show another face; who wants one searches no more."""
        self.close_finder()
        self.tabs.setCurrentIndex(face)

    def _turn_to(self, face: int) -> None:
        made = {HELP: self.help if face == HELP else None, MATERIAL: self._material}
        self.faces.setCurrentWidget(made.get(face) or self.faces.widget(face))

    def show_material(self, face: QWidget | None) -> None:
        """Show what belongs to the files of evidence while they are in sight; with None it goes again."""
        if face is self._material:
            return
        if self._material is not None:
            self.faces.removeWidget(self._material)
        was, self._material = self.face, face
        self.tabs.setTabVisible(MATERIAL, face is not None)
        self.tabs.setTabVisible(HOW, face is None)
        self.tabs.updateGeometry()  # Qt does not ask for other room by itself
        if face is not None:
            self._before = was if was != MATERIAL else self._before
            self.faces.addWidget(face)
            self.show_face(MATERIAL)
            self._turn_to(MATERIAL)
        elif was == MATERIAL:
            self.show_face(self._before)

    @property
    def help(self) -> "HelpFace":
        """What is said about filling in, made when it is first wanted."""
        if self._help is None:
            from gui.pane.help_face import HelpFace

            self._help = HelpFace(self._session)
            self.faces.addWidget(self._help)
            self._help.follow(*self._followed)
        return self._help

    # --- searching

    @property
    def finder(self) -> "Finder":
        """What searches, made when it is first wanted."""
        if self._finder is None:
            from gui.pane.finder import Finder

            self._finder = Finder(self._session)
            self._finder.hide()
            self._finder.jump_wanted.connect(self.hit_wanted)
            self._finder.replace_wanted.connect(self.replace_wanted)
            self._finder.closed.connect(self.find_closed)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._finder)
        return self._finder

    @property
    def is_finding(self) -> bool:
        """Whether the finder stands in the place of the faces."""
        return self._finder is not None and not self._finder.isHidden()

    def open_finder(self, first: FormKey, text: str, replaces: bool = False) -> None:
        """Search, from a form on."""
        self._show_finder(True)
        self.finder.begin(first, text, replaces)

    def close_finder(self) -> None:
        """Show head and faces again."""
        if self.is_finding:
            self._show_finder(False)

    def _show_finder(self, is_finding: bool) -> None:
        for part in (self._bar, self.faces):
            part.setVisible(not is_finding)
        self.finder.setVisible(is_finding)

    def follow(self, key: FormKey, cell: CellId) -> None:
        """Show what belongs to the cell under the cursor."""
        self.how.follow(key, cell)
        if cell.startswith(BLOCK):
            return
        self._followed = key, cell
        if self._help is not None:
            self._help.follow(key, cell)
