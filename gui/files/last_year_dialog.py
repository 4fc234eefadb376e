"""上年的文字: what was written last year beside this year's form, each a start."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.parts import named, size_on_screen
from gui.base.plain import Label, tip
from gui.session.session import Session
from model.document.answers import FormKey
from model.filling.last_measures import LABEL, Measures, put_measures
from model.filling.last_year import LastText

SIZE = (460, 620)
MEASURES = "上年的改进措施（{count} 条）：落实得怎样，在“上年结果应用”里逐条选。"
LIST, LISTED = "列入今年的报告", "都已列入。"
TAKE, TAKEN = "作为今年的开头", "今年已经写了。"
NOTHING = "上年的这张表没有写文字。"


class LastYearDialog(QDialog):
    """It stays open beside the window; only what is empty this year takes a text, and undo gives it back.

    `measures_listed(cell)` says that last year's measures were listed, where their states are chosen.
    """

    measures_listed = Signal(str)

    def __init__(
        self,
        session: Session,
        key: FormKey,
        title: str,
        texts: Iterable[LastText],
        parent: QWidget | None,
        measures: Measures | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._key = session, key
        self.buttons: dict[str, QPushButton] = {}
        body = QWidget(objectName="page")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        self._column.setSpacing(theme.px(8))
        self._measures = measures if measures and measures.said else None
        self.list_measures = QPushButton(LIST, objectName="smallLink", autoDefault=False)
        if self._measures:
            self._add_measures(self._measures)
        for text in texts:
            self._add(text)
        if not self.buttons and not self._measures:
            self._column.addWidget(named(Label(NOTHING), "quiet"))
        self._column.addStretch()
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        session.changed.connect(self.refresh)
        self.refresh()
        self.resize(size_on_screen(self, SIZE))

    def _add_measures(self, found: Measures) -> None:
        self.list_measures.clicked.connect(self._list_measures)
        self._add_head(MEASURES.format(count=len(found.said)), self.list_measures)
        self._add_words("\n".join(f"{n}. {text}" for n, text in enumerate(found.said, start=1)))

    def _list_measures(self) -> None:
        session, found = self._session, self._measures
        assert found
        form = session.form(self._key)
        session.edit(LABEL, lambda edit: put_measures(edit, form, found))
        rows = session.rows(self._key, found.table.id)
        self.measures_listed.emit(f"{rows[0]}.{found.table.text_columns[1].key}")

    def _add_head(self, words: str, button: QPushButton) -> None:
        row = QHBoxLayout()
        caption = Label(words, wordWrap=True)
        caption.setFont(theme.font(theme.BODY, 600))
        row.addWidget(caption, stretch=1)
        row.addWidget(button)
        self._column.addLayout(row)

    def _add_words(self, text: str) -> None:
        words = Label(text, wordWrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(words)
        self._column.addSpacing(theme.px(8))

    def _add(self, text: LastText) -> None:
        button = QPushButton(TAKE, objectName="smallLink", autoDefault=False)
        button.setAccessibleName(f"{text.caption}：{TAKE}")
        button.clicked.connect(lambda: self._take(text))
        self.buttons[text.cell] = button
        self._add_head(text.caption, button)
        self._add_words(text.text)

    def _take(self, text: LastText) -> None:
        address = (self._key, text.cell)
        self._session.edit(f"沿用上年“{text.caption}”", lambda edit: edit.set_text(address, text.text))

    def refresh(self) -> None:
        """Offer what is empty this year."""
        if self._key not in self._session.answers.forms:
            self.close()
            return
        if self._measures:
            missing = self._measures.missing(self._session.answers.forms[self._key])
            self.list_measures.setEnabled(bool(missing) and not self._session.read_only)
            self.list_measures.setToolTip(tip("" if missing else LISTED))
        for cell, button in self.buttons.items():
            is_free = not self._session.read_only and not self._session.text((self._key, cell)).strip()
            button.setEnabled(is_free)
            button.setToolTip(tip("" if is_free else TAKEN))
