"""The recent documents on the start page, one button a row."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.dates import when
from gui.base.parts import Elided, let_clicks_through, named, row_style, two_lines
from gui.base.plain import Label, tip
from gui.files.recent import RecentSummary

ROW_HEIGHT = 64
COLUMNS = (("年度", 90), ("总分", 110), ("完成情况", 166), ("上次修改", 104))
NARROW_WIDTHS = (56, 88, 160, 90)
MISSING = "找不到，点此重新定位。"
NOTHING = "还没有打开过文件。"


class RecentList(QFrame):
    """The recent documents, one button a row; a field above finds one by unit or year."""

    recent_wanted = Signal(Path)
    relocate_wanted = Signal(Path)
    forget_wanted = Signal(Path)

    def __init__(self) -> None:
        super().__init__()
        self._narrow = False
        self.rows: list[RecentRow] = []
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._head())
        self._column.addSpacing(theme.px(14))
        self._captions = _Captions()
        self._column.addWidget(self._captions)
        self.nothing = named(Label(), "quiet")
        self.nothing.setContentsMargins(0, theme.px(8), 0, 0)
        self._column.addWidget(self.nothing)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.verticalScrollBar().rangeChanged.connect(self._captions.leave_room)
        self._column.addWidget(self._area, stretch=1)
        self.show_paths(())
        self.set_narrow(False)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        heading = named(Label("最近"), "heading")
        heading.setFixedHeight(theme.px(36))
        row.addWidget(heading)
        row.addStretch()
        self.search = QLineEdit(placeholderText="查找单位或年度")
        self.search.setAccessibleName("在最近的文件里查找单位或年度")
        self.search.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setFixedWidth(theme.px(260))
        self.search.textChanged.connect(self.sift)
        row.addWidget(self.search)
        return row

    def show_paths(self, paths: Iterable[Path]) -> None:
        """List other documents."""
        self.rows = [RecentRow(path) for path in paths]
        body = named(QWidget(), "page")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.rows:
            row.set_narrow(self._narrow)
            row.clicked.connect(lambda _=False, row=row: self._choose(row))
            row.arrow_pressed.connect(self._go)
            row.forget_wanted.connect(self.forget_wanted)
            column.addWidget(row)
        column.addStretch()
        body.setStyleSheet(row_style("recent", ROW_HEIGHT))
        self._area.setWidget(body)
        self.search.clear()
        self.search.setVisible(bool(self.rows))
        self.sift()

    def sift(self) -> None:
        """Show the rows that the field above asks for."""
        words = self.search.text().split()
        for row in self.rows:
            row.setVisible(all(word in row.searched for word in words))
        shown = any(not row.isHidden() for row in self.rows)
        self._captions.setVisible(shown)
        self.nothing.setText("没有这样的文件。" if self.rows else NOTHING)
        self.nothing.setVisible(not shown)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        self._narrow = narrow
        margin, top = theme.px(20 if narrow else 48), theme.px(28 if narrow else 48)
        self._column.setContentsMargins(margin, top, margin, 0)
        self._captions.set_narrow(narrow)
        for row in self.rows:
            row.set_narrow(narrow)

    def _choose(self, row: "RecentRow") -> None:
        wanted = self.relocate_wanted if row.is_missing else self.recent_wanted
        wanted.emit(row.path)

    def _go(self, row: "RecentRow", step: int) -> None:
        """Give the focus to the row above or below."""
        shown = [one for one in self.rows if not one.isHidden()]
        at = shown.index(row) + step
        if 0 <= at < len(shown):
            shown[at].setFocus()
            self._area.ensureWidgetVisible(shown[at])


class _Columns(QHBoxLayout):
    """The columns of the list: the first takes the room that the others leave."""

    def __init__(self, owner: QWidget, first: QWidget, *others: QWidget) -> None:
        super().__init__(owner)
        self._others = others
        self.setContentsMargins(theme.px(12), 0, 0, 0)
        self.setSpacing(0)
        self.addWidget(first, stretch=1)
        for widget in others:
            self.addWidget(widget)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        widths = NARROW_WIDTHS if narrow else tuple(width for _, width in COLUMNS)
        for widget, width in zip(self._others, widths, strict=True):
            widget.setFixedWidth(theme.px(width))


class _Captions(QWidget):
    """The heads of the columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("captions")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"#captions {{ border-bottom: 1px solid {theme.colour('line2').name()}; }}")
        self.setFixedHeight(theme.px(38))
        names = [named(Label(name), "caption") for name, _ in COLUMNS]
        self._columns = _Columns(self, named(Label("单位"), "caption"), *names)

    def leave_room(self, lowest: int, highest: int) -> None:
        """Stay over the columns when a scroll bar (12 px in the style sheet) stands beside them."""
        self._columns.setContentsMargins(theme.px(12), 0, theme.px(12) if highest > lowest else 0, 0)

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        self._columns.set_narrow(narrow)


class RecentRow(QPushButton):
    """A recent document; a click opens it, or asks where it is now when it is missing."""

    arrow_pressed = Signal(QWidget, int)
    forget_wanted = Signal(Path)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.setObjectName("recent")
        self.path = path
        self.is_missing = False
        self.searched = path.stem
        self.setToolTip(tip(str(path)))
        self.unit, self.forms = Elided(path.stem), Elided("", "caption")
        self.year, self.total, self.changed = Label(), Label(), named(Label(), "quiet")
        self.state = _State()
        first = QWidget()
        lines = two_lines(self.unit, self.forms)
        lines.setContentsMargins(0, 0, theme.px(12), 0)
        first.setLayout(lines)
        self._columns = _Columns(self, first, self.year, self.total, self.state, self.changed)
        let_clicks_through(self)
        self.setAccessibleName(path.stem)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def show_summary(self, summary: RecentSummary | None) -> None:
        """Show what is in the document; None says that it is not there."""
        self.is_missing = summary is None
        if summary is None:
            self._say(MISSING, "dis")
        elif summary.problem:
            self._say(summary.problem, "error")
        else:
            self.unit.show_text(summary.unit or self.path.stem)
            self.forms.show_text(summary.forms)
            self.year.setText(summary.year)
            self.total.setText(summary.total)
            self.state.show_summary(summary)
        if summary is not None and summary.changed:
            self.changed.setText(when(summary.changed, date.today()))
        self.searched = f"{self.unit.whole} {self.year.text()} {self.path.stem}"
        self.setAccessibleName(self._spoken(summary))

    def _say(self, problem: str, token: str) -> None:
        """One line in place of the figures; the name goes grey."""
        self.forms.show_text(problem)
        for label, colour in ((self.unit, "dis"), (self.forms, token)):
            label.setStyleSheet(f"color: {theme.colour(colour).name()};")

    def _spoken(self, summary: RecentSummary | None) -> str:
        if summary is None or summary.problem:
            return f"{self.unit.whole}，{self.forms.whole}"
        parts = [f"{summary.unit}，{summary.year} 年度", f"总分 {summary.total}"]
        parts.append(f"必填项 {summary.filled} / {summary.required}")
        parts += [f"{summary.errors} 个错误"] if summary.errors else []
        return "，".join([*parts, self.changed.text()])

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        self._columns.set_narrow(narrow)

    def _menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction("重新定位…" if self.is_missing else "打开", self.click)
        menu.addAction("从列表中去掉", lambda: self.forget_wanted.emit(self.path))
        menu.popup(self.mapToGlobal(point))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the arrows go to the other rows, Delete takes the row out of the list."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step:
            self.arrow_pressed.emit(self, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.forget_wanted.emit(self.path)
        else:
            super().keyPressEvent(event)


class _State(QWidget):
    """How complete a document is, and how many errors it has."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.mark, self.share = Label(), Label()
        self.error_mark, self.errors = Label(), named(Label(), "error")
        self.errors.setFont(theme.font(theme.CAPTION))
        for widget in (self.mark, self.share, self.error_mark, self.errors):
            row.addWidget(widget)
        row.insertSpacing(2, theme.px(4))
        row.addStretch()

    def show_summary(self, summary: RecentSummary) -> None:
        """Show a mark, n / m, and the errors if there are any."""
        share = summary.filled / max(summary.required, 1)
        self.mark.setPixmap(
            theme.icon_pixmap("complete", "ok", 18) if summary.is_complete else ring(share, self)
        )
        self.share.setText(f"{summary.filled} / {summary.required}")
        if summary.errors:
            self.error_mark.setPixmap(theme.icon_pixmap("error", "error", 14))
            self.errors.setText(str(summary.errors))
            self.errors.setToolTip(tip(f"{summary.errors} 个错误"))


def ring(share: float, widget: QWidget) -> QPixmap:
    """Return the mark of an unfinished document: a ring that fills with the share of required fields."""
    edge, ratio = theme.px(18), widget.devicePixelRatioF()
    pixels = QPixmap(round(edge * ratio), round(edge * ratio))
    pixels.setDevicePixelRatio(ratio)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = theme.px(3)
    box = QRectF(line, line, edge - 2 * line, edge - 2 * line)
    painter.setPen(QPen(theme.colour("bar"), line))
    painter.drawEllipse(box)
    painter.setPen(QPen(theme.colour("accent"), line))
    painter.drawArc(box, 90 * 16, -round(share * 360 * 16))
    painter.end()
    return pixels
