"""The pane at the right: 怎么算的, how the score under the cursor came about."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.session import Session
from model import number
from model.answers import FormKey
from model.explain import explain
from model.quantity import Value, describe, preset_direction
from model.reading import Form
from model.scoring import Indicator, is_filled

_DIRECTION_WORDS = {"≥": "越多越好", "≤": "越少越好", "=": "正好最好"}


class ScorePane(QFrame):
    """Follows the cursor; shows how target and result were read, the sum in words, and given figures."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(objectName="pane")
        self._session = session
        self._at: tuple[FormKey, str] = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area)
        session.changed.connect(lambda *_: self.refresh())
        self.refresh()

    def _head(self) -> QFrame:
        head = QFrame(objectName="tabs")
        head.setFixedHeight(theme.px(44))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(20), 0, theme.px(12), 0)
        title = QLabel("怎么算的")
        title.setFont(theme.font(theme.BODY, 600))
        row.addWidget(title)
        row.addStretch()
        close = QToolButton(icon=theme.icon("close"), toolTip="收起")
        close.setAccessibleName("收起“怎么算的”")
        close.clicked.connect(self.closed)
        row.addWidget(close)
        return head

    def follow(self, key: FormKey, cell: str) -> None:
        """Show what belongs to a cell of a form."""
        self._at = (key, cell)
        self.refresh()

    def refresh(self) -> None:
        """Show the figures as they are now, if the pane can be seen."""
        if self.isHidden():
            return
        body = QWidget(objectName="page")
        column = QVBoxLayout(body)
        margin = theme.px(20)
        column.setContentsMargins(margin, theme.px(16), margin, margin)
        column.setSpacing(theme.px(12))
        key, cell = self._at
        form = self._session.view.forms.get(key)
        row = cell.rpartition(".")[0]
        if form is None:
            column.addWidget(_wrapped("光标放在一行指标上，这里说明得分怎么来。", "quiet"))
        elif row in form.answers.indicators:
            self._indicator(column, form, form.sheet.indicator(row))
        else:
            self._execution(column, form)
        column.addStretch()
        self._area.setWidget(body)

    def showEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        """What changed while the pane was closed is shown now."""
        super().showEvent(event)
        self.refresh()

    # --- execution and total

    def _execution(self, column: QVBoxLayout, form: Form) -> None:
        column.addWidget(_title("预算执行得分"))
        column.addWidget(_wrapped(form.sheet.execution.explanation))
        column.addWidget(
            _wrapped("执行率＝执行数÷调整后（全年）预算数，得分最高为满分，保留两位小数。", "quiet")
        )
        given = form.answers.given
        first = form.definition.funds.rows[0].key
        for cell, name in (
            (f"funds.{first}.rate", "执行率"),
            (f"funds.{first}.score", "得分"),
            ("total", "总分"),
        ):
            if is_filled(given.get(cell, "")):
                column.addWidget(_wrapped(f"原表{name}：{given[cell]}", "quiet"))

    # --- an indicator

    def _indicator(self, column: QVBoxLayout, form: Form, row: Indicator) -> None:
        column.addWidget(_title(row.name.replace("\n", " ") or "（未填名称）"))
        column.addWidget(
            _wrapped(f"{form.place(f'{row.id}.name').rpartition(' · ')[0]} · {_kind(form, row)}", "caption")
        )
        column.addWidget(_readings(form, row))
        if row.target.kind in ("prose", "date"):
            column.addWidget(self._levels(form, row))
        column.addWidget(_wrapped(explain(row)))
        box = _verdict(row)
        if box is not None:
            column.addWidget(box)
        column.addWidget(_wrapped(f"依据：{form.regulation.source}", "caption"))

    def _levels(self, form: Form, row: Indicator) -> QWidget:
        """The levels as radio boxes with their bands; a click chooses."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        group = QButtonGroup(box)
        chosen = form.answers.text(f"{row.id}.level")
        for band in form.regulation.scheme.bands:
            ends = band.ends(row.weight) if row.weight is not None else None
            points = f"　{number.show(ends[0])}－{number.show(ends[1])} 分" if ends else ""
            radio = QRadioButton(f"{band.level}{points}")
            radio.setChecked(band.level == chosen)
            radio.setEnabled(not self._session.read_only)
            radio.clicked.connect(lambda _=False, level=band.level: self._choose(form, row, level))
            group.addButton(radio)
            column.addWidget(radio)
        return box

    def _choose(self, form: Form, row: Indicator, level: str) -> None:
        self._session.set_text((form.key, f"{row.id}.level"), level)
        self._session.pause()


def _kind(form: Form, row: Indicator) -> str:
    if row.target.kind in ("prose", "date"):
        return "定性"
    if row.target.kind != "number":
        return "未填目标值" if row.target.kind == "empty" else "读法待定"
    direction = form.answers.text(f"{row.id}.direction") or preset_direction(row.target)
    return f"定量，{_DIRECTION_WORDS[direction]}"


def _readings(form: Form, row: Indicator) -> QFrame:
    """How target, result and weight were read."""
    box = QFrame(objectName="box")
    grid = QGridLayout(box)
    grid.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
    grid.setColumnStretch(1, 1)
    lines = [
        ("目标值", _reading(form.answers.text(f"{row.id}.target"), row.target)),
        ("完成值", _reading(form.answers.text(f"{row.id}.actual"), row.actual)),
        ("分值", "未填" if row.weight is None else number.show(row.weight)),
    ]
    for n, (name, text) in enumerate(lines):
        grid.addWidget(QLabel(name, objectName="quiet"), n, 0, Qt.AlignmentFlag.AlignTop)
        label = _wrapped(text)
        label.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label, n, 1)
    return box


def _reading(text: str, value: Value) -> str:
    if not text:
        return "未填"
    read = describe(value)
    return text if read in ("文字", "日期") else f"{text} → {read}"


def _verdict(row: Indicator) -> QFrame | None:
    """Whether the typed score agrees with the computed one."""
    computed, typed = row.outcome.score, row.typed_score
    if typed is None or computed is None:
        return None
    same = computed == typed
    box = QFrame(objectName="okBox" if same else "warnBox")
    line = QHBoxLayout(box)
    icon = QLabel()
    icon.setPixmap(theme.icon_pixmap("complete" if same else "warning", "ok" if same else "warn_icon"))
    line.addWidget(icon, alignment=Qt.AlignmentFlag.AlignTop)
    sentence = "与填报一致" if same else f"填报 {number.show(typed)}，两者不同，请核对或写明原因"
    line.addWidget(_wrapped(f"测算 {number.show(computed)}，{sentence}"), stretch=1)
    return box


def _title(text: str) -> QLabel:
    return _wrapped(text, "heading")


def _wrapped(text: str, name: str = "") -> QLabel:
    label = QLabel(text, objectName=name, wordWrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
