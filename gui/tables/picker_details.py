"""What an entry of the indicator library is about: the row it makes, how it is measured, what proves it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.parts import named
from gui.base.plain import Label
from model.filling.indicator_search import OPEN, RowTexts
from model.forms.indicator_library import IndicatorLibrary, LibraryIndicator

NATURES = {True: "定量指标，按规则核分。", False: "定性指标，按等次给分。"}
_DIRECTIONS = {"≥": "≥ 越多越好", "≤": "≤ 越少越好", "=": "= 正好"}
THERE = "表里已有同名的指标。"
FILLED_BY_CLERK = f"（{OPEN} 处由您填写）"


class Details(QScrollArea):
    """Pairs of caption and text, as many as there is something to say."""

    def __init__(self) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("这条指标")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(theme.px(8))
        self.name = named(Label(wordWrap=True), "heading")
        self.there = named(Label(THERE, wordWrap=True), "caption")
        column.addWidget(self.name)
        column.addWidget(self.there)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        column.addStretch()
        self._pairs: list[tuple[Label, Label]] = []
        self.setWidget(self._body)

    def clear(self) -> None:
        """Say nothing; a body that is not there would leave its scroll bar."""
        self._body.hide()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_entry(
        self, entry: LibraryIndicator, library: IndicatorLibrary, row: RowTexts, goal: str, is_there: bool
    ) -> None:
        """Show an entry and the row that it makes under a goal, which may be ""."""
        texts = row.texts
        place = " · ".join(text for text in (goal, texts.get("level1"), texts.get("level2")) if text)
        target = texts.get("target", "")
        lines = {
            "放在": place,
            "目标值": f"{target} {FILLED_BY_CLERK}" if row.open else target,
            "方向": _DIRECTIONS.get(entry.direction, ""),
            "单位": entry.unit,
            "性质": NATURES[entry.is_quantitative],
            "怎么算": entry.measure,
            "佐证材料": "；".join(entry.evidence),
            "常见错误": entry.mistake,
            "领域": entry.topic,
            "来源": "\n".join(library.sources.get(key, key) for key in entry.sources),
        }
        self.name.setText(entry.name)
        self.there.setVisible(is_there)
        said = [(caption, text) for caption, text in lines.items() if text]
        while len(self._pairs) < len(said):
            self._add_pair()
        for n, pair in enumerate(self._pairs):
            for label in pair:
                label.setVisible(n < len(said))
        for (caption, text), pair in zip(said, self._pairs, strict=False):
            pair[0].setText(caption)
            pair[1].setText(text)
        self._body.show()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().setValue(0)

    def texts(self) -> dict[str, str]:
        """Return what is said, by caption."""
        return {caption.text(): text.text() for caption, text in self._pairs if not text.isHidden()}

    def _add_pair(self) -> None:
        caption, text = named(Label(), "caption"), Label(wordWrap=True)
        for n, label in enumerate((caption, text)):
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(label, len(self._pairs), n)
        self._pairs.append((caption, text))
