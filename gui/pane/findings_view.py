"""The list of findings on screen: what is read stays in place, links are clicked, keys walk and jump."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu

from gui.base import theme
from gui.base.parts import keep_room_to_scroll
from gui.base.qt import Index
from gui.pane.finding_list import Entry, EntryId
from gui.pane.findings_delegate import LINKS, FindingDelegate, links_of
from gui.pane.findings_model import ENTRY, FindingsModel

LIST_KEYS = (("Enter", "转到此处"), ("F2", "写说明"))  # for the overview of keys


class FindingsView(QListView):
    """`marked(id)` tells the line the clerk stands on, `link_wanted(name, entry)` the link she chose."""

    marked = Signal(object)
    jump_wanted = Signal(object)
    link_wanted = Signal(str, object)
    _is_showing = False  # another list, which neither scrolls nor marks

    def __init__(self, model: FindingsModel, read_only: bool) -> None:
        super().__init__()
        self.setObjectName("findings")
        self.model_, self._read_only = model, read_only
        self.delegate = FindingDelegate(self, read_only)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName("问题")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_room_to_scroll(self)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def links(self, entry: Entry) -> tuple[str, ...]:
        """Return what can be done about a finding."""
        return links_of(entry, self._read_only)

    def current_entry(self) -> Entry | None:
        """Return the line that is marked."""
        index = self.currentIndex()
        return index.data(ENTRY) if index.isValid() else None

    # --- what is shown

    def show_entries(self, entries: tuple[Entry, ...], here: EntryId | None) -> None:
        """Show another list in place: what is read and what is marked stays under the eyes."""
        if list(entries) == self.model_.entries:
            return
        top, shift = self._top()
        self._is_showing = True
        if self.model_.row_of(here) < 0:
            self._unmark()
        self.model_.show(entries)
        self.executeDelayedItemsLayout()
        self._is_showing = False
        self.mark(here, scroll=False)
        if (row := self.model_.row_of(top)) >= 0:
            rect = self.visualRect(self.model_.index(row))
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + rect.top() - shift)

    def _top(self) -> tuple[EntryId | None, int]:
        """Return the first finding in sight and how far from the top it stands."""
        if self.verticalScrollBar().value() == 0:
            return None, 0
        row = self.indexAt(QPoint(theme.px(4), theme.px(2))).row()
        for entry in self.model_.entries[max(row, 0) :]:
            if entry.finding is not None:
                return entry.id, self.visualRect(self.model_.index(self.model_.row_of(entry.id))).top()
        return None, 0

    def mark(self, id: EntryId | None, scroll: bool = True) -> None:
        """Mark a line and bring it into sight."""
        row = self.model_.row_of(id) if id else -1
        if row < 0:
            self._unmark()
            return
        index = self.model_.index(row)
        if index != self.currentIndex():
            self._is_showing = True
            self.setCurrentIndex(index)
            self._is_showing = False
        if scroll:
            self.scrollTo(index)

    def _unmark(self) -> None:
        self.selectionModel().clear()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Showing another list scrolls nothing."""
        if not self._is_showing:
            super().scrollTo(index, hint)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The clerk walks by the arrow keys or the mouse."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._is_showing:
            self.marked.emit(current.data(ENTRY).id)

    def sizeHint(self) -> QSize:
        """As the pane has room."""
        return QSize(theme.px(240), theme.px(300))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    # --- what the clerk does

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click goes to the cell, or does what the link under it says."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        entry: Entry | None = index.data(ENTRY) if index.isValid() else None
        if entry is None or entry.finding is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if link := self.delegate.link_at(index, point):
            self.link_wanted.emit(link, entry)
        else:
            self.jump_wanted.emit(entry.finding)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over links and findings."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        over = index.isValid() and index.data(ENTRY).finding is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Nothing is marked before the clerk goes there; Qt would stand on the first line unseen."""
        is_marked = self.currentIndex().isValid()
        self._is_showing = True
        super().focusInEvent(event)
        self._is_showing = False
        if not is_marked:
            self._unmark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the cell, F2 answers."""
        entry = self.current_entry()
        if entry is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.jump_wanted.emit(entry.finding)
        elif entry is not None and event.key() == Qt.Key.Key_F2:
            for name in self.links(entry)[-2:]:
                if name in ("reply", "aside", "change"):
                    self.link_wanted.emit(name, entry)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another font is another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def _menu(self, point: QPoint) -> None:
        entry = self.current_entry()
        if entry is None:
            return
        menu = QMenu(self)
        menu.addAction("转到此处", lambda: self.jump_wanted.emit(entry.finding))
        for name in self.links(entry):
            menu.addAction(LINKS[name], lambda name=name: self.link_wanted.emit(name, entry))
        menu.popup(self.viewport().mapToGlobal(point))
