"""怎么算的, for an indicator: how target and result were read, the rule in words, typed against computed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.plain import Label
from gui.base.tick_box import RadioBox
from gui.pane.how_parts import Face, say
from gui.session.session import Session
from model.basics import number
from model.basics.quantity import Value, describe, preset_direction
from model.document.answers import FormKey
from model.reading.reading import Form
from model.reading.scoring import Indicator

NAME_LENGTH = 60  # a longer one would push what it is about out of sight
_DIRECTION_WORDS = {"≥": "越多越好", "≤": "越少越好", "=": "正好"}


class IndicatorFace(Face):
    """How the score of an indicator came about: as its target and result were read, its level, the rule."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.name, self.place = self.add("heading"), self.add("caption")
        self.readings = _Readings()
        self.column.addWidget(self.readings)
        self.levels = _Levels(session)
        self.column.addWidget(self.levels)
        self.explanation = self.add()
        self.verdict = _Verdict()
        self.column.addWidget(self.verdict)
        self.last = self.add("quiet")
        self.source = self.add("caption")
        self.column.addStretch()

    def show_row(self, form: Form, row: Indicator) -> None:
        """Show how the score of a row came about."""
        from model.paper.explain import explain

        name = row.name.replace("\n", " ") or "（未填名称）"
        say(self.name, name if len(name) <= NAME_LENGTH else f"{name[:NAME_LENGTH]}…")
        place = form.place(f"{row.id}.name").rpartition(" · ")[0]
        say(self.place, f"{place}\n{_kind(form, row)}")
        self.readings.show_row(form, row)
        self.levels.show_row(form, row)
        say(self.explanation, explain(row, row.outcome.sentence))
        self.verdict.show_row(row)
        say(self.last, _last_year(form, row))
        say(self.source, f"依据：{form.regulation.source}")


def _last_year(form: Form, row: Indicator) -> str:
    """What the row reached last year, where the document was begun from that of last year."""
    from model.filling.guidance import last_year

    said = last_year(form, f"{row.id}.score")
    return f"上年：{said}" if said else ""


class _Readings(QFrame):
    """How target, result and weight were read."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("box")
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        grid.setColumnStretch(1, 1)
        self._values = []
        for n, name in enumerate(("目标值", "完成值", "分值")):
            grid.addWidget(Label(name, objectName="quiet"), n, 0, Qt.AlignmentFlag.AlignTop)
            value = Label(wordWrap=True)
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
            say(label, text, keep=True)


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
        self._radios: dict[str, RadioBox] = {}

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
            radio = RadioBox(level)
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
        super().__init__()
        self.setObjectName("okBox")
        line = QHBoxLayout(self)
        self._icon, self._text = Label(), Label(wordWrap=True)
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
        sentence = "与填报一致。" if same else f"填报 {number.show(typed)}，两者不同，请核对或写明原因。"
        say(self._text, f"测算 {number.show(computed)}，{sentence}")


def _kind(form: Form, row: Indicator) -> str:
    if row.target.kind in ("prose", "date"):
        return "定性"
    if row.target.kind != "number":
        return "未填目标值" if row.target.kind == "empty" else "读法待定"
    direction = form.answers.text(f"{row.id}.direction") or preset_direction(row.target)
    return f"定量，{_DIRECTION_WORDS.get(direction, direction)}"  # a file may have another sign


def _reading(text: str, value: Value) -> str:
    if not text:
        return "未填"
    read = describe(value)
    return text if read in ("文字", "日期") else f"{text} → {read}"
