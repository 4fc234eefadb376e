"""The pane at the right: 怎么算的, how the score under the cursor came about."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
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

SOON_MS = 50  # after a key; while keys come faster the sentences wait
_DIRECTION_WORDS = {"≥": "越多越好", "≤": "越少越好", "=": "正好最好"}


class ScorePane(QFrame):
    """Follows the cursor; shows how target and result were read, the sum in words, and given figures.

    Its widgets are made once; a key only changes their texts.
    """

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(objectName="pane")
        self._session = session
        self._at: tuple[FormKey, str] = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self._faces = QStackedWidget()
        self.execution = _ExecutionFace()
        self.indicator = _IndicatorFace(session)
        for face in (self.execution, self.indicator):
            area = QScrollArea(widgetResizable=True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(face)
            self._faces.addWidget(area)
        column.addWidget(self._faces)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        session.changed.connect(lambda *_: self._soon.start())
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
        key, cell = self._at
        form = self._session.view.forms.get(key)
        if self.isHidden() or form is None:
            return
        row = cell.rpartition(".")[0]
        if row in form.answers.indicators:
            self.indicator.show_row(form, form.sheet.indicator(row))
            self._faces.setCurrentIndex(1)
        else:
            self.execution.show_form(form)
            self._faces.setCurrentIndex(0)

    def showEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        """What changed while the pane was closed is shown now."""
        super().showEvent(event)
        self.refresh()


class _Face(QWidget):
    """A column of labels."""

    def __init__(self) -> None:
        super().__init__(objectName="page")
        self._column = QVBoxLayout(self)
        margin = theme.px(20)
        self._column.setContentsMargins(margin, theme.px(16), margin, margin)
        self._column.setSpacing(theme.px(12))

    def _add(self, name: str = "") -> QLabel:
        label = QLabel(objectName=name, wordWrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)
        return label


class _ExecutionFace(_Face):
    """Execution and total."""

    def __init__(self) -> None:
        super().__init__()
        self._add("heading").setText("预算执行得分")
        self.explanation = self._add()
        rule = "执行率＝执行数÷调整后（全年）预算数，得分最高为满分，保留两位小数。"
        self._add("quiet").setText(rule)
        self.given = self._add("quiet")
        self._column.addStretch()

    def show_form(self, form: Form) -> None:
        """Show how the execution score came about, and what a read file had printed."""
        _say(self.explanation, form.sheet.execution.explanation)
        first = form.definition.funds.rows[0].key
        cells = ((f"funds.{first}.rate", "执行率"), (f"funds.{first}.score", "得分"), ("total", "总分"))
        given = [(name, form.answers.given.get(cell, "")) for cell, name in cells]
        _say(self.given, "\n".join(f"原表{name}：{text}" for name, text in given if is_filled(text)))


class _IndicatorFace(_Face):
    """One indicator."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.name, self.place = self._add("heading"), self._add("caption")
        self.readings = _Readings()
        self._column.addWidget(self.readings)
        self.levels = _Levels(session)
        self._column.addWidget(self.levels)
        self.explanation = self._add()
        self.verdict = _Verdict()
        self._column.addWidget(self.verdict)
        self.source = self._add("caption")
        self._column.addStretch()

    def show_row(self, form: Form, row: Indicator) -> None:
        """Show how the score of a row came about."""
        _say(self.name, row.name.replace("\n", " ") or "（未填名称）")
        place = form.place(f"{row.id}.name").rpartition(" · ")[0]
        _say(self.place, f"{place} · {_kind(form, row)}")
        self.readings.show_row(form, row)
        self.levels.show_row(form, row)
        _say(self.explanation, explain(row))
        self.verdict.show_row(row)
        _say(self.source, f"依据：{form.regulation.source}")


class _Readings(QFrame):
    """How target, result and weight were read."""

    def __init__(self) -> None:
        super().__init__(objectName="box")
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        grid.setColumnStretch(1, 1)
        self._values = []
        for n, name in enumerate(("目标值", "完成值", "分值")):
            grid.addWidget(QLabel(name, objectName="quiet"), n, 0, Qt.AlignmentFlag.AlignTop)
            value = QLabel(wordWrap=True)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(value, n, 1)
            self._values.append(value)

    def show_row(self, form: Form, row: Indicator) -> None:
        """Show another row."""
        texts = (
            _reading(form.answers.text(f"{row.id}.target"), row.target),
            _reading(form.answers.text(f"{row.id}.actual"), row.actual),
            "未填" if row.weight is None else number.show(row.weight),
        )
        for label, text in zip(self._values, texts, strict=True):
            _say(label, text, keep=True)


class _Levels(QWidget):
    """The levels of prose as radio boxes with their bands; a click chooses."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._at: tuple[FormKey, str] = ("", "")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._group = QButtonGroup(self)
        self._radios: dict[str, QRadioButton] = {}

    def show_row(self, form: Form, row: Indicator) -> None:
        """Show the levels of another row; nothing for a number."""
        is_prose = row.target.kind in ("prose", "date")
        self.setVisible(is_prose)
        if not is_prose:
            return
        self._at = (form.key, f"{row.id}.level")
        bands = form.regulation.scheme.bands
        self._make([band.level for band in bands])
        chosen = form.answers.text(f"{row.id}.level")
        self._group.setExclusive(False)
        for band in bands:
            ends = band.ends(row.weight) if row.weight is not None else None
            points = f"　{number.show(ends[0])}－{number.show(ends[1])} 分" if ends else ""
            self._radios[band.level].setText(f"{band.level}{points}")
            self._radios[band.level].setChecked(band.level == chosen)
        self._group.setExclusive(True)

    def _make(self, levels: list[str]) -> None:
        if list(self._radios) == levels:
            return
        for radio in self._radios.values():
            radio.deleteLater()
        self._radios = {}
        for level in levels:
            radio = QRadioButton(level)
            radio.setEnabled(not self._session.read_only)
            radio.clicked.connect(lambda _=False, level=level: self._choose(level))
            self._group.addButton(radio)
            self._column.addWidget(radio)
            self._radios[level] = radio

    def _choose(self, level: str) -> None:
        self._session.set_text(self._at, level)
        self._session.pause()


class _Verdict(QFrame):
    """Whether the typed score agrees with the computed one."""

    def __init__(self) -> None:
        super().__init__(objectName="okBox")
        line = QHBoxLayout(self)
        self._icon, self._text = QLabel(), QLabel(wordWrap=True)
        line.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, stretch=1)

    def show_row(self, row: Indicator) -> None:
        """Show another row; nothing where there is nothing to compare."""
        computed, typed = row.outcome.score, row.typed_score
        self.setVisible(computed is not None and typed is not None)
        if computed is None or typed is None:
            return
        same = computed == typed
        name = "okBox" if same else "warnBox"
        if name != self.objectName() or self._icon.pixmap().isNull():
            self.setObjectName(name)
            self.style().unpolish(self)
            self.style().polish(self)
            self._icon.setPixmap(
                theme.icon_pixmap("complete" if same else "warning", "ok" if same else "warn_icon")
            )
        sentence = "与填报一致" if same else f"填报 {number.show(typed)}，两者不同，请核对或写明原因"
        _say(self._text, f"测算 {number.show(computed)}，{sentence}")


def _kind(form: Form, row: Indicator) -> str:
    if row.target.kind in ("prose", "date"):
        return "定性"
    if row.target.kind != "number":
        return "未填目标值" if row.target.kind == "empty" else "读法待定"
    direction = form.answers.text(f"{row.id}.direction") or preset_direction(row.target)
    return f"定量，{_DIRECTION_WORDS[direction]}"


def _reading(text: str, value: Value) -> str:
    if not text:
        return "未填"
    read = describe(value)
    return text if read in ("文字", "日期") else f"{text} → {read}"


def _say(label: QLabel, text: str, keep: bool = False) -> None:
    """Change a label only where it reads differently; an empty one takes no room."""
    if label.text() != text:
        label.setText(text)
    if not keep and label.isHidden() == bool(text):
        label.setVisible(bool(text))
