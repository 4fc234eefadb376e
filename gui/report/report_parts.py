"""What stands in a section of a report: texts, short values, texts of the form, scores as bars, projects."""

from decimal import Decimal

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label, in_menu, tip
from gui.editors.cells import LineCell, TextCell
from gui.report.report_words import lacks
from gui.report.sentence_box import SentenceBox
from gui.session.names import form_name
from gui.session.session import Session
from model.basics import number
from model.document.answers import Address, FormKey
from model.forms.outline import ReportPart
from model.reading.summary import BlockScore, score_by_block
from model.report.narrative import form_values, report_cell
from model.report.teller import Teller, project_sentence

_MENU_LENGTH = 36  # characters of a model sentence in its menu


class TextPart(QWidget):
    """A text with its caption and the sentences one may begin with (常用句)."""

    def __init__(self, session: Session, address: Address, part: ReportPart, has_caption: bool) -> None:
        super().__init__()
        self._session, self._part = session, part
        self._models: tuple[str, ...] = part.models
        self.editor = ReportText(session, address, part.caption)
        self.editor.setPlaceholderText(part.default or part.help)
        self.models = QPushButton(theme.icon("down", "accent"), "常用句", objectName="smallLink")
        self.models.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.models.setAccessibleName(f"{part.caption}：常用句")
        if not part.models or session.read_only:
            self.models.hide()
        self.models.clicked.connect(self._open_models)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        if has_caption or not self.models.isHidden():
            column.addLayout(self._head(has_caption))
        column.addWidget(self.editor)

    def _head(self, has_caption: bool) -> QHBoxLayout:
        head = QHBoxLayout()
        caption = Label(self._part.caption if has_caption else "", objectName="caption")
        caption.setBuddy(self.editor)
        head.addWidget(caption)
        head.addStretch()
        head.addWidget(self.models)
        return head

    def show_teller(self, tells: Teller) -> None:
        """Know the model sentences with the figures of now."""
        self._models = tells.model_sentences(self._part)

    def model_menu(self) -> QMenu:
        """Return the menu of the model sentences."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for text in self._models:
            short = text if len(text) <= _MENU_LENGTH else text[:_MENU_LENGTH] + "…"
            action = menu.addAction(in_menu(short))
            action.setToolTip(tip(text))
            action.triggered.connect(lambda _=False, text=text: self.editor.insert(text))
        return menu

    def _open_models(self) -> None:
        menu = self.model_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.models.mapToGlobal(QPoint(0, self.models.height())))


class ReportText(TextCell):
    """A text of a report; what is inserted stands at the cursor, or at the end before it was ever there."""

    def __init__(self, session: Session, address: Address, name: str) -> None:
        super().__init__(session, address, name, lines=2)
        self._has_cursor = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """From now on the cursor is where the clerk has put it."""
        super().focusInEvent(event)
        self._has_cursor = True

    def insert(self, text: str) -> None:
        """Put a sentence in; one step of undo."""
        if not self._has_cursor:
            self.moveCursor(QTextCursor.MoveOperation.End)
        at = self.textCursor().position()  # Qt counts halves of characters, Python does not
        halves = self.toPlainText().encode("utf-16-le")
        whole = halves[: 2 * at] + text.encode("utf-16-le") + halves[2 * at :]
        self._session.edit("插入常用句", lambda edit: edit.set_text(self.address, whole.decode("utf-16-le")))
        self.refresh()
        cursor = self.textCursor()
        cursor.setPosition(at + len(text.encode("utf-16-le")) // 2)
        self.setTextCursor(cursor)
        self.setFocus()


class ValuePart(QWidget):
    """A short value that sentences use."""

    def __init__(self, session: Session, address: Address, part: ReportPart) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        caption = Label(part.caption)
        self.editor = LineCell(session, address, part.caption)
        self.editor.setPlaceholderText(part.default)
        self.editor.setFixedWidth(theme.px(180))
        caption.setBuddy(self.editor)
        row.addWidget(caption)
        row.addWidget(self.editor)
        row.addWidget(Label(part.help, objectName="caption", wordWrap=True), stretch=1)

    def show_teller(self, tells: Teller) -> None:
        """Nothing to show: the editor shows itself."""


class FieldPart(QWidget):
    """Says that a text of the form is printed here; `cell_wanted(key, cell)` goes there."""

    cell_wanted = Signal(str, str)

    def __init__(self, session: Session, key: FormKey, part: ReportPart) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        field = session.form(key).definition.fields.get(part.field)
        name = field.caption if field else part.caption
        self.said = Label(f"这里印自评表的“{name}”，不必重写。", objectName="quiet")
        self.link = QPushButton("去填写", objectName="link", autoDefault=False)
        self.link.setAccessibleName(f"转到“{name}”")
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.link.clicked.connect(lambda: self.cell_wanted.emit(key, part.field))
        row.addWidget(self.said)
        row.addWidget(self.link)
        row.addStretch()
        if field is None:  # this form does not have it
            self.hide()

    def show_teller(self, tells: Teller) -> None:
        """Nothing to show: it is always said."""


class BarsPart(QWidget):
    """The score of each part of the form as a quiet bar."""

    _ROW, _NAME, _BAR, _FIGURE = 26, 132, 260, 120

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._caption = caption
        self.blocks: tuple[BlockScore, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_teller(self, tells: Teller) -> None:
        """Show the scores of now."""
        blocks = tuple(score_by_block(tells.form))
        if blocks != self.blocks:
            self.blocks = blocks
            words = (f"{b.name} {_points(b)}" for b in blocks)
            self.setAccessibleName(f"{self._caption}：{'；'.join(words)}")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """A line a part."""
        width = self._NAME + self._BAR + self._FIGURE
        return QSize(theme.px(width), theme.px(self._ROW) * max(len(self.blocks), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name, bar and figures of each part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n, block in enumerate(self.blocks):
            self._draw(painter, n * theme.px(self._ROW), block)

    def _draw(self, painter: QPainter, top: int, block: BlockScore) -> None:
        height, left = theme.px(self._ROW), theme.px(self._NAME)
        figure = theme.px(self._FIGURE)
        bar = max(min(theme.px(self._BAR), self.width() - left - figure), theme.px(40))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour("text2"))
        name = QRect(0, top, left - theme.px(12), height)
        mode = Qt.TextElideMode.ElideRight
        painter.drawText(name, middle, painter.fontMetrics().elidedText(block.name, mode, name.width()))
        painter.drawText(
            QRect(left + bar + theme.px(12), top, figure - theme.px(12), height), middle, _points(block)
        )
        thick = theme.px(8)
        ground = QRect(left, top + (height - thick) // 2, bar, thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bar"))
        painter.drawRoundedRect(ground, thick / 2, thick / 2)
        if block.score and block.points:
            share = min(block.score / block.points, Decimal(1))
            ground.setWidth(max(int(bar * share), thick))
            painter.setBrush(theme.colour("error" if block.is_off else "accent"))
            painter.drawRoundedRect(ground, thick / 2, thick / 2)


def _points(block: BlockScore) -> str:
    score = "—" if block.score is None else number.show(block.score)
    points = "—" if block.points is None else number.show(block.points)
    return f"{score} / {points} 分"


class ProjectsPart(QWidget):
    """For each project what the final accounts say of it; its texts are those of its own report."""

    def __init__(self, session: Session, part: ReportPart) -> None:
        super().__init__()
        self._session, self._part = session, part
        self.sentences: dict[FormKey, SentenceBox] = {}
        self._names: dict[FormKey, QLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))

    def show_teller(self, tells: Teller) -> None:
        """Show the projects as they are now."""
        projects = tells.reading.projects
        if [form.key for form in projects] != list(self.sentences):
            self._arrange([form.key for form in projects])
        for n, form in enumerate(projects, start=1):
            found = project_sentence(tells, self._part, form, n)
            lacking = lacks(self._part.patterns, form_values(form, tells.reading, tells.outline))
            self.sentences[form.key].show_sentence(found, lacking)
            self._names[form.key].setText(f"项目 {n}：{form_name(form)}")

    def _arrange(self, keys: list[FormKey]) -> None:
        while item := self._column.takeAt(0):
            if item.widget():
                item.widget().deleteLater()
        self.sentences, self._names = {}, {}
        for key in keys:
            self._column.addWidget(self._project(key))

    def _project(self, key: FormKey) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        column.setSpacing(theme.px(6))
        self._names[key] = Label(wordWrap=True)
        self._names[key].setFont(theme.font(theme.BODY, 500))
        column.addWidget(self._names[key])
        address = (key, report_cell(self._part))
        self.sentences[key] = SentenceBox(self._session, address, self._part.caption)
        column.addWidget(self.sentences[key])
        for inner in self._part.parts:
            column.addWidget(TextPart(self._session, (key, report_cell(inner)), inner, has_caption=True))
        return box
