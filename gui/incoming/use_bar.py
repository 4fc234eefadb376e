"""用作 · 放到 · 已有内容: what becomes of a form that came in; each choice says so at once."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.parts import ChoiceBox, named
from gui.base.plain import Label
from gui.base.tick_box import RadioBox
from gui.incoming.offers import ALREADY, NEW_FORM, Use
from model.document.answers import FormKey
from model.filling.purposes import PURPOSES, Purpose

NEW, INTO_OPEN = "新的自评簿", "当前的自评簿"
Places = Sequence[tuple[FormKey, str]]  # forms of the open document, each with what it is called


class UseBar(QWidget):
    """`used(use)` comes when the clerk has chosen something for what is shown, `moved` when all goes into
    another document. `target` says which: a new one, or the open one where it may be changed."""

    used = Signal(object)
    moved = Signal()

    def __init__(self, can_add: bool) -> None:
        super().__init__()
        self._use = Use()
        self.radios: dict[Purpose, RadioBox] = {key: RadioBox(name) for key, name in PURPOSES.items()}
        self.target, self.place, self.already = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.effect = named(Label(wordWrap=True), "caption")
        self.target.addItems([NEW, INTO_OPEN] if can_add else [NEW])
        for box, name in ((self.target, "放到"), (self.place, "哪一张表"), (self.already, "已有内容")):
            box.setAccessibleName(name)
        for key, text in ALREADY.items():
            self.already.addItem(text, key)
        self._lay_out()
        self.target.currentIndexChanged.connect(self.moved)
        self.place.activated.connect(self._chosen)
        self.already.activated.connect(self._chosen)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        purposes, places = QHBoxLayout(), QHBoxLayout()
        purposes.setSpacing(theme.px(20))
        places.setSpacing(theme.px(8))
        self._caption = Label("用作")
        purposes.addWidget(self._caption)
        group = QButtonGroup(self)
        for radio in self.radios.values():
            group.addButton(radio)
            purposes.addWidget(radio)
            radio.clicked.connect(self._chosen)
        purposes.addStretch()
        self._already = Label("已有内容")
        for widget in (Label("放到"), self.target, self.place, self._already, self.already):
            places.addWidget(widget)
        self.place.setMaximumWidth(theme.px(240))
        places.addStretch()
        column.addLayout(purposes)
        column.addLayout(places)

    @property
    def into_open(self) -> bool:
        """Whether everything goes into the open document."""
        return self.target.currentText() == INTO_OPEN

    def show_use(self, use: Use | None, purposes: Sequence[Purpose], places: Places, effect: str) -> None:
        """Show what becomes of something: what it may be used as, where it can go, what that does."""
        self._use = use or Use()
        for purpose, radio in self.radios.items():
            radio.setVisible(bool(purposes))
            radio.setEnabled(purpose in purposes)
            radio.setChecked(purpose == self._use.purpose)
        self._caption.setVisible(bool(purposes))
        with QSignalBlocker(self.place):
            self.place.clear()
            for key, name in places:
                self.place.addItem(name, key)
            self.place.setCurrentIndex(max(0, self.place.findData(self._use.into)))
        self.place.setVisible(self.into_open and bool(places))
        of_a_list = self._use.purpose in ("amounts", "goals") and not places
        stands = self.into_open and (
            self._use.into != NEW_FORM or self._use.purpose == "amounts" or of_a_list
        )
        for widget in (self._already, self.already):
            widget.setVisible(stands and use is not None)
        self.already.setCurrentIndex(list(ALREADY).index(self._use.already))
        self.effect.setText(effect)

    def _chosen(self) -> None:
        chosen = [key for key, radio in self.radios.items() if radio.isChecked()]
        purpose = chosen[0] if chosen else self._use.purpose
        into = self.place.currentData() or NEW_FORM
        already = self.already.currentData()
        self._use = replace(self._use, purpose=purpose, into=into, already=already)
        self.used.emit(self._use)
