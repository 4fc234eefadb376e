"""表间核对 at the foot of the list: sums that the forms share, two figures with ＝ or ≠."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from gui.base import theme
from gui.base.parts import let_clicks_through
from gui.base.plain import Label, tip
from gui.session.marks import ICONS, STATES
from gui.session.session import Session
from model.basics import number
from model.document.answers import ACCOUNTS
from model.reading.crosscheck import CrossCheck, cross_checks

NAME = "表间核对"
FEW = 13  # digits and points of both figures that leave room for blanks


class CrossCheckBox(QFrame):
    """`wanted(check)` says which of the sums the clerk wants to look at; gone where there is none."""

    wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.lines: list[_Line] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(4), theme.px(4), 0)
        column.setSpacing(0)
        column.addWidget(QFrame(objectName="rule"))
        caption = Label(NAME, objectName="caption")
        caption.setContentsMargins(0, theme.px(8), 0, theme.px(2))
        column.addWidget(caption)
        self._column = column

    def refresh(self) -> None:
        """Show the figures as they are now."""
        checks = cross_checks(self._session.snapshot.reading)
        while len(self.lines) > len(checks):
            self.lines.pop().deleteLater()
        while len(self.lines) < len(checks):
            line = _Line()
            line.clicked.connect(lambda _=False, line=line: self.wanted.emit(line.check))
            self.lines.append(line)
            self._column.addWidget(line)
        for line, check in zip(self.lines, checks, strict=True):
            line.show_check(check, self._severity(check))
        self.setVisible(bool(checks))

    def _severity(self, check: CrossCheck) -> str:
        """Return the state of the finding that speaks of a sum; what differs by rounding is only noted."""
        if check.agrees:
            return "answered"
        by_form = self._session.snapshot.by_form
        found = (*by_form.get(check.address[0], ()), *by_form.get(ACCOUNTS, ()))
        states = [finding.state for finding in found if finding.code in check.codes]
        return next((state for state in STATES if state in states), "note")


class _Line(QPushButton):
    """An icon, a name, two figures."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("check")
        self.setFlat(True)
        self.setAutoDefault(False)
        self.check: CrossCheck | None = None
        self._state = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(5))
        self.sign, self.name, self.figures = (
            Label(),
            Label(objectName="caption"),
            Label(objectName="caption"),
        )
        row.addWidget(self.sign)
        row.addWidget(self.name)
        row.addStretch()
        row.addWidget(self.figures)
        let_clicks_through(self)

    def sizeHint(self) -> QSize:
        """A line of small text."""
        return QSize(theme.px(160), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """A list that was drawn narrow has room for the name alone."""
        return QSize(theme.px(100), theme.px(24))

    def event(self, event: QEvent) -> bool:
        """Figures that would be cut, in this width and this font, stand in the tip only."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return done

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:  # not yet made
            return
        wanted = sum(part.sizeHint().width() for part in (self.sign, self.name, self.figures))
        self.figures.setVisible(wanted + 2 * layout.spacing() <= self.width())

    def show_check(self, check: CrossCheck, state: str) -> None:
        """Show another sum, or another state of it."""
        if (check, state) == (self.check, self._state):
            return
        self.check, self._state = check, state
        sign = "＝" if check.agrees else "≠"
        unit = check.right.unit
        left, right = (number.show(amount.to(unit).number) for amount in (check.left, check.right))
        gap = " " if check.agrees and len(left + right) <= FEW else ""
        self.sign.setPixmap(theme.icon_pixmap(ICONS[state], STATES[state][1], 14))
        self.name.setText(check.name)
        self.figures.setText(f"{left}{gap}{sign}{gap}{right}")
        self._fit()
        self.setAccessibleName(f"{NAME} {check.name} {left} {sign} {right}")
        self.setToolTip(tip(f"{check.name}：{left} {sign} {right} {unit}"))
