"""What is typed beside the tables (上年数, “三公”经费有关情况, 政府采购 …): fields under their headings."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.editors.cells import LineCell, TextCell
from gui.session.session import Session
from model.accounts.definition import Field, FieldGroup
from model.document.answers import ACCOUNTS

_FIGURE, _PAIR = 160, 2


class FieldsGroup(QWidget):
    """Figures and short texts two beside each other, long texts below their captions."""

    def __init__(self, session: Session, group: FieldGroup) -> None:
        super().__init__()
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(Label(group.title, objectName="heading"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 1)
        self._place = 0
        for field in group.fields:
            (self._add_long if field.kind == "long" else self._add_short)(field)
        column.addLayout(self._grid)

    def _add_short(self, field: Field) -> None:
        caption = Label(field.caption, wordWrap=True)
        editor = LineCell(self._session, (ACCOUNTS, field.id), field.caption, number=field.kind != "text")
        editor.setPlaceholderText(field.default)
        editor.setFixedWidth(theme.px(_FIGURE))
        caption.setBuddy(editor)
        row, pair = divmod(self._place, _PAIR)
        self._grid.addWidget(caption, row, 2 * pair)
        self._grid.addWidget(editor, row, 2 * pair + 1)
        self._place += 1

    def _add_long(self, field: Field) -> None:
        row = -(-self._place // _PAIR)
        caption = Label(field.caption)
        text = TextCell(self._session, (ACCOUNTS, field.id), field.caption)
        caption.setBuddy(text)
        self._grid.addWidget(caption, row, 0, 1, -1)
        self._grid.addWidget(text, row + 1, 0, 1, -1, Qt.AlignmentFlag.AlignTop)
        self._place = (row + 2) * _PAIR
