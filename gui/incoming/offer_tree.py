"""The files of an import and what each holds, as a tree: a tick takes a form, a sign says how it was read."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from gui.base import theme
from gui.base.breaking import lines
from gui.base.plain import tip
from gui.incoming.offers import Offer, Use, offers_of
from model.forms.loader import Library
from model.recognition.examine import Examined
from model.recognition.specified import guessed_unit

OFFER = Qt.ItemDataRole.UserRole
BESIDE = 60  # px at 100 % of a row that are not text
PADDING = 16  # px at 100 % above and below the lines of a row
READING, NOT_READ = "正在读…", "没有读。"
TICKED, UNTICKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class OfferTree(QTreeWidget):
    """`shown(offer)` comes when another is gone to (None for a file), `ticked` when a tick has changed."""

    shown = Signal(object)
    ticked = Signal()

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self.setObjectName("incoming")
        self.setAccessibleName("文件")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(theme.px(14))
        self.setUniformRowHeights(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setIconSize(theme.icon_pixmap("page", "text2").size())
        self.currentItemChanged.connect(lambda item, _: self.shown.emit(self.offer(item)))
        self.itemChanged.connect(self._changed)

    def show_files(self, files: Sequence[Examined], usual: Callable[[Offer], Use | None]) -> None:
        """List files; the first that holds something is gone to. `usual` says what is done with an offer."""
        with QSignalBlocker(self):
            self.clear()
            for n, file in enumerate(files):
                self._fill(n, file, usual)
        self._go_to_first()

    def expect(self, paths: Sequence[Path]) -> None:
        """List files that are still being read."""
        with QSignalBlocker(self):
            self.clear()
            for path in paths:
                self._say(self._top(path), READING)
            self.expandAll()

    def fill(self, n: int, file: Examined, usual: Callable[[Offer], Use | None]) -> None:
        """Say what the file of a line holds, now that it was read."""
        with QSignalBlocker(self):
            self._fill(n, file, usual)
        if self.offer(self.currentItem()) is None:
            self._go_to_first()
        self.ticked.emit()

    def leave(self, first: int) -> None:
        """Say that files from a line on were not read."""
        for n in range(first, self.topLevelItemCount()):
            if (top := self.topLevelItem(n)) and (line := top.child(0)):
                self._write(line, NOT_READ)

    def _go_to_first(self) -> None:
        rows = [item for item in self._items() if self.offer(item)] or self._items()[:1]
        if rows:
            self.setCurrentItem(rows[0])

    def place_of_current(self) -> tuple[int, int]:
        """Return which file, and which line of it, is gone to."""
        item = self.currentItem()
        top = item.parent() or item if item else None
        return (self.indexOfTopLevelItem(top), top.indexOfChild(item)) if top and item else (0, 0)

    def go_to(self, place: tuple[int, int]) -> None:
        """Go to a line again, or to the file if it has fewer now."""
        top = self.topLevelItem(place[0])
        if top is not None:
            self.setCurrentItem(top.child(max(0, min(place[1], top.childCount() - 1))) or top)

    def _top(self, path: Path) -> QTreeWidgetItem:
        top = QTreeWidgetItem(self, [path.name])
        top.setToolTip(0, tip(str(path)))
        top.setIcon(0, theme.icon("page"))
        top.setFont(0, theme.font(weight=600))
        return top

    def _say(self, top: QTreeWidgetItem, text: str) -> None:
        """A sentence about a file, on a line of its own."""
        line = QTreeWidgetItem(top)
        self._write(line, text)
        line.setForeground(0, theme.colour("text2"))
        line.setToolTip(0, tip(text))
        line.setFlags(Qt.ItemFlag.ItemIsEnabled)

    def _fill(self, n: int, file: Examined, usual: Callable[[Offer], Use | None]) -> None:
        top = self.topLevelItem(n) or self._top(file.path)
        top.takeChildren()
        top.setIcon(0, theme.icon("warning", "warn_icon") if file.error else theme.icon("page"))
        offers = tuple(offers_of(file))
        for text in (*file.incoming.notes, *([file.error] if file.error and not offers else [])):
            self._say(top, text)
        for offer in offers:
            use = usual(offer)
            if offer.found and (unit := guessed_unit(offer.found)):
                offer = offer.specified(unit=unit, is_guess=True)
            is_taken = offer.is_taken or (use is not None and offer.what.kind == "list")
            self._show(QTreeWidgetItem(top), replace(offer, use=use, is_taken=is_taken))
        top.setExpanded(True)

    def _show(self, item: QTreeWidgetItem, offer: Offer) -> None:
        item.setData(0, OFFER, offer)
        to_check = f"\n请核对 {offer.to_check} 格" if offer.to_check else ""
        text = f"{offer.name}\n{offer.kind(self._library)}{to_check}"
        self._write(item, text)
        item.setToolTip(0, tip(text))
        if offer.can_be_taken:
            item.setCheckState(0, TICKED if offer.is_taken else UNTICKED)

    def _write(self, item: QTreeWidgetItem, text: str) -> None:
        """A text on as many lines as it needs, in a row of that height: a tree breaks and measures none."""
        found = lines(text, self.maximumWidth() - theme.px(BESIDE))
        item.setText(0, "\n".join(found))
        height = len(found) * self.fontMetrics().lineSpacing() + theme.px(PADDING)
        item.setSizeHint(0, QSize(0, height))

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [self.topLevelItem(n) for n in range(self.topLevelItemCount())]
        return [item for top in tops if top for item in (top, *_children(top))]

    def offer(self, item: QTreeWidgetItem | None) -> Offer | None:
        """Return what a line stands for; None for a file or a sentence."""
        found = item.data(0, OFFER) if item else None
        if item is None or found is None:
            return None
        assert isinstance(found, Offer)
        return replace(found, is_taken=item.checkState(0) == TICKED)

    def offers(self) -> list[Offer]:
        """Return everything that is offered, as it is ticked now."""
        return [offer for item in self._items() if (offer := self.offer(item))]

    def replace_current(self, offer: Offer) -> None:
        """The clerk has said something about what is shown."""
        with QSignalBlocker(self):
            self._show(self.currentItem(), offer)
        self.ticked.emit()

    def specify_unit(self, unit: str) -> None:
        """The money of the file in sight stands in a unit: so it does in all of its forms that do not say."""
        item = self.currentItem()
        top = item.parent() or item if item else None
        with QSignalBlocker(self):
            for child in _children(top) if top else ():
                offer = self.offer(child)
                if offer and offer.found and offer.found.unsaid:
                    self._show(child, offer.specified(unit=unit))
        self.ticked.emit()

    def _changed(self, _item: QTreeWidgetItem) -> None:
        self.ticked.emit()


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [item.child(n) for n in range(item.childCount())]
