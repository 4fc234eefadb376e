"""A sentence that follows from the form: generated in a raised box, or in the clerk's own words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.editors.cells import TextCell
from gui.report.report_words import GENERATED, OWN, in_grey, what_changed, with_figures
from gui.session.session import Session
from model.document.answers import Address
from model.report.narrative import FROM, Sentence
from model.report.wording import renewed


class SentenceBox(QWidget):
    """Shows a sentence as it stands; nothing that was typed is overwritten without a click.

    With `compact` the link stands beside the sentence and nothing below it. Editor and warning are made when
    they are first wanted: a form has hundreds of sentences.
    """

    def __init__(self, session: Session, address: Address, name: str, compact: bool = False) -> None:
        super().__init__()
        self._session, self.at, self._name = session, address, name
        self.found: Sentence | None = None
        self._is_open = False  # the clerk writes, although there is nothing yet
        self.own: _Own | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self.generated = _Generated(address, name, compact)
        if session.read_only:
            self.generated.edit.hide()
        self.generated.edit.clicked.connect(self.begin)
        self._column.addWidget(self.generated)

    @property
    def is_own(self) -> bool:
        """Whether the clerk's own words stand here, or are about to."""
        found = self.found
        is_writing = self.own is not None and self.own.hasFocus() and bool(found and found.basis)
        return self._is_open or is_writing or bool(found and found.typed)

    def show_sentence(self, found: Sentence, lacking: str) -> None:
        """Show the sentence; `lacking` says what an empty one waits for."""
        self.found = found
        self._is_open = self._is_open and not found.generated
        if self.is_own and self.own is None:
            self._add_own()
        self.generated.setVisible(not self.is_own)
        if self.own is not None:
            self.own.setVisible(self.is_own)
            self.foot.setVisible(self.is_own)
            self.stale.setVisible(self.is_own and found.is_stale)
        if self.is_own and self.own is not None:
            self.own.refresh()
            self.own.show_mark()
            self.stale.show_sentence(found)
        else:
            self.generated.show_text(found.generated, lacking)

    def _add_own(self) -> None:
        self.own = _Own(self._session, self.at, self._name)
        self.own.left.connect(self._left)
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(OWN, objectName="caption"))
        row.addStretch()
        self.restore = _link(self.at, "恢复自动生成", f"{self._name}：恢复自动生成")
        self.restore.clicked.connect(self._restore)
        if self._session.read_only:
            self.restore.hide()
        row.addWidget(self.restore)
        self.stale = _Stale(self.at, bool(self._session.read_only))
        self.stale.take.clicked.connect(self._take)
        self.stale.keep.clicked.connect(self._keep)
        for widget in (self.own, self.foot, self.stale):
            self._column.addWidget(widget)

    def take_focus(self) -> None:
        """Be ready to type, or to be edited; where nothing is generated a field opens."""
        if not self.is_own and self.found and not self.found.generated and not self._session.read_only:
            self.begin()
        else:
            (self.own if self.is_own and self.own is not None else self.generated.edit).setFocus()

    # --- what is done

    def begin(self) -> None:
        """The clerk goes on in her own words, from the generated ones."""
        assert self.found
        text = self.found.generated
        self._is_open = not text
        if text:
            self._put("改为自己写", text, text)
        self.show_sentence(self._now(), "")
        if self.own is not None:
            self.own.setPlaceholderText("" if text else self.generated.lacking)
            self.own.setFocus()
            self.own.moveCursor(self.own.textCursor().MoveOperation.End)

    def _restore(self) -> None:
        self._is_open = False
        self._put("恢复自动生成", "", "")
        self.show_sentence(self._now(), "")
        self.generated.edit.setFocus()

    def _take(self) -> None:
        """The new figures in the clerk's words, where that is without doubt; else the new sentence."""
        found = self._now()
        text = renewed(found.typed, found.basis, found.generated) or found.generated
        self._put("采用新的数字", text, found.generated)

    def _keep(self) -> None:
        found = self._now()
        self._put("保留原来的写法", found.typed, found.generated)

    def _put(self, label: str, text: str, basis: str) -> None:
        key, cell = self.at
        texts = {(key, cell): text, (key, cell + FROM): basis}
        self._session.edit(label, lambda edit: edit.set_texts(texts))

    def _now(self) -> Sentence:
        """The sentence with what is typed now; the views around it may not have shown it again yet."""
        assert self.found
        answers = self._session.answers.forms[self.at[0]]
        cell = self.at[1]
        return Sentence(cell, self.found.generated, answers.text(cell), answers.text(cell + FROM))

    def _left(self) -> None:
        """Left empty, the field gives way to the generated sentence."""
        self._is_open = False
        is_there = self.at[0] in self._session.answers.forms
        if is_there and self.found is not None and not self._now().typed:
            self.show_sentence(self._now(), self.generated.lacking)


class _Own(TextCell):
    """The clerk's words; `left` says that the focus is elsewhere."""

    left = Signal()

    def __init__(self, session: Session, address: Address, name: str) -> None:
        super().__init__(session, address, name, lines=1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the clerk has left."""
        super().focusOutEvent(event)
        self.left.emit()


class _Generated(QFrame):
    """The generated sentence, its figures in colour, and the link to one's own words."""

    def __init__(self, address: Address, name: str, compact: bool) -> None:
        super().__init__()
        self.setObjectName("box")
        self.lacking = ""
        self._shown = ""
        self.text = Label(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.edit = _link(address, "改为自己写", f"{name}：改为自己写")
        side, top, bottom = (12, 6, 6) if compact else (18, 12, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(side), theme.px(top), theme.px(side), theme.px(bottom))
        column.setSpacing(theme.px(2))
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        if compact:
            row.addWidget(self.text, stretch=1)
            row.addWidget(self.edit, alignment=Qt.AlignmentFlag.AlignTop)
        else:
            column.addWidget(self.text)
            icon = Label()
            icon.setPixmap(theme.icon_pixmap("link", "text2", 14))
            row.addWidget(icon)
            row.addWidget(Label(GENERATED, objectName="caption"))
            row.addStretch()
            row.addWidget(self.edit)
        column.addLayout(row)

    def show_text(self, text: str, lacking: str) -> None:
        """Show another sentence, or what it lacks."""
        self.lacking = lacking
        shown = with_figures(text) if text else in_grey(lacking)
        if shown != self._shown:
            self._shown = shown
            self.text.setText(shown)
            self.setAccessibleName(text or lacking)


class _Stale(QFrame):
    """The figures behind an edited sentence have changed: which, and what can be done."""

    def __init__(self, address: Address, read_only: bool) -> None:
        super().__init__()
        self.setObjectName("warnBox")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
        row.setSpacing(theme.px(8))
        icon = Label()
        icon.setPixmap(theme.icon_pixmap("warning", "warn_icon"))
        self.text = Label(wordWrap=True)
        self.take, self.keep = _link(address, "采用新的", ""), _link(address, "保留原文", "")
        row.addWidget(icon)
        row.addWidget(self.text, stretch=1)
        for link in (self.take, self.keep):
            row.addWidget(link)
            if read_only:
                link.hide()

    def show_sentence(self, found: Sentence) -> None:
        """Say what changed, and whether a click puts in figures or the whole sentence."""
        if not found.is_stale:
            return
        said = what_changed(found)
        in_words = renewed(found.typed, found.basis, found.generated) is not None
        if not in_words and found.generated and found.generated not in said:
            said = f"{said}现在是：{found.generated}"
        if said != self.text.text():
            self.text.setText(said)
        self.take.setText("采用新的" if in_words else "换成这一句")
        self.take.setVisible(bool(found.generated) and not self.keep.isHidden())


class _Link(QPushButton):
    """A small link; the cell it belongs to is known to what follows the focus."""

    address: Address


def _link(address: Address, text: str, name: str) -> QPushButton:
    link = _Link(text)
    link.setObjectName("smallLink")
    link.setAutoDefault(False)
    link.setCursor(Qt.CursorShape.PointingHandCursor)
    link.setAccessibleName(name or text)
    link.address = address
    return link
