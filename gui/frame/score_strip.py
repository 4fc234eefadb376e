"""The strip that never scrolls away: total, grade, execution rate, a bar a block, required fields.

Every figure is a link to how it came about.
"""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.figure_link import HOW, FigureLink
from gui.base.parts import let_clicks_through
from gui.base.plain import Label, tip
from gui.pane.how_face import block_cell
from gui.session.marks import how_complete
from gui.session.session import Session
from model.basics import number
from model.document.answers import FormKey
from model.reading.reading import Form
from model.reading.summary import BlockScore, score_by_block

RING = 2  # px around a figure, for its focus


class ScoreStrip(QFrame):
    """Shows one form; `preview_wanted` and `export_wanted` are its two buttons.

    `how_wanted(cell)` asks how a figure came about, `missing_wanted` for the next required cell.
    """

    preview_wanted = Signal()
    export_wanted = Signal()
    missing_wanted = Signal()
    how_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._session = session
        self._key: FormKey = ""
        row = QHBoxLayout(self)
        self.total, self.grade, self.given = (
            FigureLink(name="total"),
            Label(objectName="grade"),
            _red_label(),
        )
        self.total.clicked.connect(lambda: self.how_wanted.emit("total"))
        self.total_caption = _caption("总分")
        row.addLayout(_under(self.total_caption, self.total, self.grade, self.given))
        separators = [_separator() for _ in range(3)]
        row.addWidget(separators[0])
        self.rate = FigureLink(name="rate")
        self.rate.clicked.connect(self._ask_for_rate)
        rate_caption, required_caption = _caption("预算执行率"), _caption("必填项")
        self._captions = (self.total_caption, rate_caption, required_caption)
        row.addLayout(_under(rate_caption, self.rate))
        row.addWidget(separators[1])
        self._bars = QHBoxLayout()
        row.addLayout(self._bars, stretch=1)
        row.addWidget(separators[2])
        self._of_scores = (self.total, self.rate, *separators)
        self.required_icon, self.required = Label(), FigureLink()
        self.required.clicked.connect(self.missing_wanted)
        self._row, self._required = row, _under(required_caption, self.required_icon, self.required)
        row.addLayout(self._required)
        self.preview = QPushButton(theme.icon("preview", "text"), " 预览")
        self.export = QPushButton(theme.icon("export", "on_accent"), " 导出…", objectName="primary")
        self.preview.clicked.connect(self.preview_wanted)
        self.export.clicked.connect(self.export_wanted)
        row.addWidget(self.preview)
        row.addWidget(self.export)
        self._meters: list[_Meter] = []
        self._is_compact = False
        self.set_narrow(False)
        self._set_height(84, 12)

    def _ask_for_rate(self) -> None:
        self.how_wanted.emit(self._session.form(self._key).sheet.whole.cell("rate"))

    def _set_height(self, height: int, margin: int) -> None:
        self.setFixedHeight(theme.px(height))
        self._row.setContentsMargins(theme.px(20) - RING, theme.px(margin), theme.px(20), theme.px(margin))

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window its parts stand closer, so that the list beside it keeps its width."""
        self._row.setSpacing(theme.px(8 if narrow else 16))
        self._bars.setSpacing(theme.px(10 if narrow else 20))

    def set_compact(self, compact: bool) -> None:
        """In a narrow window the strip is one line: no captions above, no 预览."""
        if compact == self._is_compact:
            return
        self._is_compact = compact
        self._set_height(*((48, 5) if compact else (84, 12)))
        self.total.setProperty("compact", compact)
        theme.polish(self.total)
        for caption in self._captions:
            caption.setVisible(not compact)
        self.preview.setVisible(not compact)
        for meter in self._meters:
            meter.set_compact(compact)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What a meter shows depends on the room."""
        super().resizeEvent(event)
        self._fit_meters()

    def _fit_meters(self) -> None:
        """In one line that is too short for all of them the meters leave out names, then full marks: no
        figure is cut."""
        others = self._row.sizeHint().width() - self._bars.sizeHint().width()
        room = self.width() - others - self._bars.spacing() * (len(self._meters) - 1)
        fits = (n for n in (2, 1) if sum(meter.width_with(n) for meter in self._meters) <= room)
        parts = next(fits, 0) if self._is_compact else 2
        for meter in self._meters:
            meter.show_parts(parts)

    def show_form(self, key: FormKey) -> None:
        """Show another form."""
        self._key = key
        self.refresh()

    def refresh(self) -> None:
        """Show the figures as they are now."""
        if self._key not in self._session.snapshot.forms:
            return
        form = self._session.form(self._key)
        self._show_what_there_is(form.definition.is_scored)
        self._show_total(form)
        rate = form.sheet.execution_rate
        self.rate.say("预算执行率", "—" if rate is None else number.show_rate(rate)[0])
        self._show_blocks(score_by_block(form))
        self._show_required()

    def _show_what_there_is(self, is_scored: bool) -> None:
        """A form without scores shows its required fields alone."""
        for widget in self._of_scores:
            widget.setVisible(is_scored)
        for caption in self._captions[:2]:
            caption.setVisible(is_scored and not self._is_compact)
        self._row.setStretchFactor(self._bars, int(is_scored))
        self._row.setStretchFactor(self._required, int(not is_scored))

    def _show_total(self, form: Form) -> None:
        sheet = form.sheet
        why = self._session.snapshot.completeness[form.key].why_no_grade
        self.total_caption.setText("总分" if sheet.grade else f"总分（{why}）")
        self.total.say("总分", "—" if sheet.total is None else number.show(sheet.total))
        self.grade.setText(sheet.grade)
        self.grade.setVisible(bool(sheet.grade))
        given = form.answers.given.get("total", "")
        differs = (
            not number.is_nothing(given)
            and sheet.total is not None
            and number.parse_points(given) != sheet.total
        )
        self.given.setText(f"原表 {given}" if differs else "")
        self.given.setVisible(differs)

    def _show_blocks(self, blocks: Sequence[BlockScore]) -> None:
        while len(self._meters) > len(blocks):
            self._meters.pop().deleteLater()
        while len(self._meters) < len(blocks):
            self._add_meter(len(self._meters))
        for meter, block in zip(self._meters, blocks, strict=True):
            meter.show_block(block)
        self._fit_meters()

    def _add_meter(self, n: int) -> None:
        meter = _Meter()
        meter.clicked.connect(lambda: self.how_wanted.emit(block_cell(n)))
        meter.set_compact(self._is_compact)
        self._meters.append(meter)
        self._bars.addWidget(meter)

    def _show_required(self) -> None:
        found = self._session.snapshot.completeness[self._key]
        figure, state = f"{found.filled} / {found.required}", how_complete(found)
        if self.required.text() != figure:
            self.required.setText(figure)
        self.required.setAccessibleName(f"必填项 {figure}，{state}")
        name, token = ("complete", "ok") if found.is_complete else ("clock", "accent")
        self.required_icon.setPixmap(theme.icon_pixmap(name, token))
        self.required.setToolTip(tip(state if found.is_complete else f"{state}，点这里去下一处"))


class _Meter(QPushButton):
    """A bar that ends at the points of its block; red with an icon where it is over or weights are off."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("meter")
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._is_compact = self._is_off = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        self.name, self.figure, self.bar, self.sign = _caption(""), Label(), QProgressBar(), Label()
        self.points = Label(objectName="quiet")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setMinimumWidth(theme.px(40))  # Qt's own is 100
        self._line = QHBoxLayout()
        self._line.setSpacing(theme.px(4))
        self._line.addWidget(self.sign)
        self._line.addWidget(self.figure)
        self._line.addWidget(self.points)
        self._line.addStretch()
        column.addStretch()
        column.addWidget(self.name)
        column.addLayout(self._line)
        column.addWidget(self.bar)
        column.addStretch(1)
        let_clicks_through(self)

    def sizeHint(self) -> QSize:
        """As large as what lies in it: the button has no text of its own."""
        layout = self.layout()
        assert layout
        return layout.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """The bar may be short."""
        layout = self.layout()
        assert layout
        return layout.totalMinimumSize()

    def set_compact(self, compact: bool) -> None:
        """Name and figure beside each other, or the name above."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        self._is_compact = compact
        column.setStretch(0, int(compact))  # else the names stand as high as the captions beside them
        self._line.removeWidget(self.name)
        column.removeWidget(self.name)
        if compact:
            self._line.insertWidget(0, self.name)
        else:
            column.insertWidget(1, self.name)

    def width_with(self, parts: int) -> int:
        """Return how wide the line is with its figure alone (0), the full marks (1), the name too (2)."""
        shown = [*([self.sign] if self._is_off else []), self.figure, *(self.points, self.name)[:parts]]
        return sum(label.sizeHint().width() for label in shown) + self._line.spacing() * (len(shown) - 1)

    def show_parts(self, parts: int) -> None:
        """Show as many of them, as `width_with` counts."""
        for n, label in enumerate((self.points, self.name)):
            if label.isHidden() == (n < parts):
                label.setVisible(n < parts)

    def show_block(self, block: BlockScore) -> None:
        """Show what a block reached of its points."""
        score, points = _shown(block.score), _shown(block.points)
        self.name.setText(_short(block.name) if self._is_compact else block.name)
        gap = "" if self._is_compact else " "
        self.figure.setText(score)
        self.points.setText(f"/{gap}{points}")
        if self.figure.objectName() != ("error" if block.is_off else ""):
            self.figure.setObjectName("error" if block.is_off else "")
            theme.polish(self.figure)
        self._is_off = block.is_off
        self.sign.setVisible(block.is_off)
        off = _what_is_off(block) if block.is_off else ""
        if block.is_off:
            self.sign.setPixmap(theme.icon_pixmap("error", "error", 14))
        self.setToolTip(tip(off or HOW))
        self.bar.setValue(_per_mille(block))
        parts = (f"{block.name} {score} 分", f"满分 {points} 分", off, HOW)
        self.setAccessibleName("，".join(part for part in parts if part))
        if self.bar.property("state") != ("error" if block.is_off else ""):
            self.bar.setProperty("state", "error" if block.is_off else "")
            theme.polish(self.bar)


def _short(name: str) -> str:
    return name.removeprefix("预算").removeprefix("年度")


def _per_mille(block: BlockScore) -> int:
    if not block.score or not block.points:
        return 0
    return max(0, min(1000, int(block.score / block.points * 1000)))


def _what_is_off(block: BlockScore) -> str:
    if block.weights is not None and block.points is not None and block.weights != block.points:
        return f"各行分值合计 {number.show(block.weights)} 分，应为 {number.show(block.points)} 分"
    return "得分超过分值"


def _shown(value: Decimal | None) -> str:
    return "—" if value is None else number.show(value)


def _caption(text: str) -> QLabel:
    return Label(text, objectName="caption")


def _red_label() -> QLabel:
    label = Label(objectName="error")
    label.hide()
    return label


def _separator() -> QFrame:
    return QFrame(objectName="separator")


def _under(caption: QLabel, *widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.px(2))
    line = QHBoxLayout()
    line.setSpacing(theme.px(8))
    line.addStrut(theme.px(38))  # as high as the total, so that all captions stand on one line
    for widget in widgets:
        line.addWidget(widget, alignment=Qt.AlignmentFlag.AlignVCenter)
    line.addStretch()
    if isinstance(widgets[0], FigureLink):
        caption.setContentsMargins(RING, 0, 0, 0)
    column.addStretch()
    column.addWidget(caption)
    column.addLayout(line)
    column.addStretch()
    return column
