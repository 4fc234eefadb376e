"""The first tab: total, grade, rate, the score of each part, and the indicators done and not done."""

from collections.abc import Iterable
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.figure_link import HOW, FigureLink
from gui.base.plain import Label, tip
from gui.editors.cell_marks import mark_at
from gui.pane.how_face import block_cell
from gui.session.marks import ICONS, STATES
from gui.session.session import Session
from model.basics import number
from model.checks.open_items import completeness
from model.document.answers import FormKey
from model.reading.reading import Form
from model.reading.scoring import Indicator
from model.reading.summary import done, score_by_block


class Conclusion(QWidget):
    """Figures that follow from the form; nothing is typed here. `how_wanted(cell)` asks how one came.

    `is_brief`, below a report that says the same in sentences, leaves the figures and what is missing.
    """

    how_wanted = Signal(str)

    def __init__(self, session: Session, key: FormKey, is_brief: bool = False) -> None:
        super().__init__()
        self._session, self._key, self._is_brief = session, key, is_brief
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(Label("得分明细" if is_brief else "自评得分", objectName="heading"))
        self.sentence, self.given = Label(wordWrap=True), Label(objectName="error", wordWrap=True)
        column.addWidget(self.sentence)
        column.addWidget(self.given)
        self._parts = QGridLayout()
        self._parts.setHorizontalSpacing(theme.px(24))
        self._parts.setVerticalSpacing(theme.px(6))
        self._parts.setColumnStretch(3, 1)
        self.figures: list[tuple[QLabel, _Figure, QLabel]] = []
        column.addLayout(self._parts)
        self.done, self.not_done, self.open = (Label(wordWrap=True) for _ in range(3))
        if not is_brief:
            column.addSpacing(theme.px(8))
            column.addWidget(Label("绩效目标完成情况", objectName="heading"))
            for label in (self.done, self.not_done, self.open):
                column.addWidget(label)
        self.refresh()

    def refresh(self) -> None:
        """Show the figures as they are now."""
        form = self._session.form(self._key)
        self.sentence.setText(_sentence(form))
        self.sentence.setVisible(not self._is_brief or not form.sheet.grade)
        given, total = form.answers.given.get("total", ""), form.sheet.total
        differs = not number.is_nothing(given) and total is not None and number.parse_points(given) != total
        self.given.setText(
            f"原表总分 {given}，计算 {number.show(total)}" if differs and total is not None else ""
        )
        self.given.setVisible(differs)
        self._show_parts(form)
        if not self._is_brief:
            self._show_indicators(form)

    def _show_indicators(self, form: Form) -> None:
        rows = [row for row in form.sheet.indicators if row.counted and not row.is_none]
        by_state = {state: [row for row in rows if done(row) is state] for state in (True, False, None)}
        self.done.setText(f"已完成 {len(by_state[True])} 项。")
        self.not_done.setText(_listed("未完成", by_state[False]))
        self.open.setText(_listed("还看不出是否完成", by_state[None]))
        self.open.setVisible(bool(by_state[None]))

    def _show_parts(self, form: Form) -> None:
        """A line for the total, one for the rate, one for each part: name, figure, points."""
        blocks = score_by_block(form)
        rate = form.sheet.execution_rate
        lines = [
            ("总分", _points(form.sheet.total), f"满分 {_points(form.definition.full_marks)}", "total"),
        ]
        if form.sheet.funds:
            shown = "—" if rate is None else number.show_rate(rate)[0]
            lines.append(("预算执行率", shown, "", form.sheet.whole.cell("rate")))
        lines += [
            (block.name, _points(block.score), f"满分 {_points(block.points)}", block_cell(n))
            for n, block in enumerate(blocks)
        ]
        while len(self.figures) > len(lines):
            self._remove_line()
        while len(self.figures) < len(lines):
            self._add_line()
        for (name, figure, full), line in zip(self.figures, lines, strict=True):
            name.setText(line[0])
            figure.say(line[0], line[1])
            full.setText(line[2])
            figure.cell = line[3]
        self._show_mark(form)

    def _show_mark(self, form: Form) -> None:
        """The total carries the icon of what is wrong with it."""
        figure, mark = self.figures[0][1], mark_at(self._session, form.at("total"))
        figure.setIcon(theme.icon(ICONS[mark.state], STATES[mark.state][1]) if mark.state else QIcon())
        figure.setToolTip(tip(mark.text or HOW))
        figure.setAccessibleDescription(mark.text)

    def _add_line(self) -> None:
        n = len(self.figures)
        figure = _Figure(self._key) if n else _Figure(self._key, "total")
        figure.clicked.connect(lambda: self.how_wanted.emit(figure.cell))
        line = (Label(), figure, Label(objectName="quiet"))
        for column, widget in enumerate(line):
            self._parts.addWidget(widget, n, column)
        self.figures.append(line)

    def _remove_line(self) -> None:
        for widget in self.figures.pop():
            widget.deleteLater()


class _Figure(FigureLink):
    """A link that knows its cell; the total is where a finding about the total leads."""

    def __init__(self, key: FormKey, cell: str = "") -> None:
        super().__init__()
        self.cell = cell
        if cell:
            self.address = (key, cell)


def _points(value: Decimal | None) -> str:
    return "— 分" if value is None else f"{number.show(value)} 分"


def _sentence(form: Form) -> str:
    sheet = form.sheet
    if sheet.total is None:
        return "还没有任何得分。"
    total = f"总分 {number.show(sheet.total)} 分"
    rate = "" if sheet.execution_rate is None else f"，预算执行率 {number.show_rate(sheet.execution_rate)[0]}"
    if sheet.grade:
        return f"{total}，等级为“{sheet.grade}”{rate}。"
    why = completeness(form).why_no_grade
    if not sheet.missing:
        return f"{total}（{why}）{rate}。请看“问题”里没有填的。"
    names = "；".join(map(form.where, sheet.missing[:3]))
    more = f" 等 {len(sheet.missing)} 项" if len(sheet.missing) > 3 else ""
    return f"{total}（{why}）{rate}。还没有得分的：{names}{more}。"


def _listed(caption: str, rows: Iterable[Indicator]) -> str:
    names = [row.name.replace("\n", " ") or "（未填名称）" for row in rows]
    if not names:
        return f"{caption} 0 项。"
    return f"{caption} {len(names)} 项：" + "；".join(names) + "。"
