"""Beside the list of 交稿: the locked versions of the document, and what a code on paper belongs to."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.dates import minute
from gui.base.plain import Label
from model.handin.verification import Verdict, mixed
from model.handin.versions import Version

WIDTH = 304
NONE = "还没有定稿。清单处理完后可以定稿：全套材料和每页的校验码留在自评簿里，以后逐字节不变。"
OPEN, EXPORT, COMPARE = "open", "export", "compare"
_MOST_SHOWN = 30  # differences in a verdict
_ICONS = {
    "same": ("complete", "ok"),
    "print": ("complete", "ok"),
    "changed": ("warning", "warn_icon"),
    "past": ("warning", "warn_icon"),
    "near": ("warning", "warn_icon"),
    "unknown": ("error", "error"),
}


class Now(NamedTuple):
    """What the document says now against its last version, in words: "" where nothing differs."""

    changes: str


class VersionsSide(QFrame):
    """`wanted(action, version)` is what the clerk wants done with a version, `code_given(text)` a code that
    was typed or scanned."""

    wanted = Signal(str, object)
    code_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setFixedWidth(theme.px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QFrame(objectName="tabs")
        head.setFixedHeight(theme.px(44))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(20), 0, theme.px(12), 1)
        title = Label("版本")
        title.setFont(theme.font(theme.BODY, 600))
        row.addWidget(title)
        column.addWidget(head)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("定稿和核对纸质件")
        body = QWidget(objectName="page")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(theme.px(20), theme.px(16), theme.px(16), theme.px(16))
        self._column.setSpacing(theme.px(12))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.px(14))
        self._column.addLayout(self._cards)
        self._column.addWidget(QFrame(objectName="rule"))
        self.paper = PaperCheck()
        self.paper.code_given.connect(self.code_given)
        self._column.addWidget(self.paper)
        self._column.addStretch()
        area.setWidget(body)
        column.addWidget(area, stretch=1)
        self.links: dict[tuple[int, str], QPushButton] = {}

    def show_versions(self, versions: Sequence[Version], now: Now) -> None:
        """Show the versions, the newest first, and above them what was changed since."""
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.links = {}
        if not versions:
            self._cards.addWidget(Label(NONE, objectName="quiet", wordWrap=True))
            return
        newest = versions[0]
        said = f"比{newest.title} 改了 {now.changes}。" if now.changes else f"与{newest.title} 一致。"
        what = ((COMPARE, "看改了什么…"),) if now.changes and not newest.problem else ()
        self._add("更正（正在改）" if now.changes else "现在", "", (said,), what, newest, 0)
        for version in versions:
            self._add_version(version)

    def _add_version(self, version: Version) -> None:
        if version.problem:
            self._add(version.title, "", (version.problem,), (), version, version.number)
            return
        pages, files = version.page_count, len(version.files)
        about = f"{version.name} · {pages} 页 · {files} 个文件"
        what = [(OPEN, "打开"), (EXPORT, "再导出…"), (COMPARE, "比较…")]
        moment = minute(version.locked, date.today())
        self._add(version.title, moment, (about, _codes(version)), what, version, version.number)

    def _add(
        self,
        title: str,
        moment: str,
        lines: Sequence[str],
        what: Sequence[tuple[str, str]],
        version: Version,
        number: int,
    ) -> None:
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        head = QHBoxLayout()
        icon, name = Label(), Label(title)
        icon.setPixmap(theme.icon_pixmap("lock" if number else "typed-over", "text2", 14))
        name.setFont(theme.font(theme.BODY, 600))
        head.setSpacing(theme.px(6))
        head.addWidget(icon, alignment=Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(name, stretch=1)
        head.addWidget(Label(moment, objectName="caption"))
        column.addLayout(head)
        for line in filter(None, lines):
            column.addWidget(Label(line, objectName="caption", wordWrap=True))
        row = QHBoxLayout()
        row.addStretch()
        for action, text in what:
            link = QPushButton(text, objectName="smallLink", autoDefault=False)
            link.setAccessibleName(f"{title}：{text}")
            link.clicked.connect(lambda _=False, action=action: self.wanted.emit(action, version))
            self.links[number, action] = link
            row.addWidget(link)
        if what:
            column.addLayout(row)
        self._cards.addWidget(card)


def _codes(version: Version) -> str:
    """The code of the first page; that of each is on its paper."""
    return f"首页校验码 {version.pages[0].code}" if version.pages else ""


class PaperCheck(QWidget):
    """核对纸质件: a code is typed, or a scanner types the square; what was found stands below."""

    code_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        title = Label("核对纸质件")
        title.setFont(theme.font(theme.BODY, 600))
        column.addWidget(title)
        column.addWidget(Label("输入页脚的校验码，或扫描首页的方码。", objectName="caption", wordWrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.code = QLineEdit()
        self.code.setAccessibleName("校验码")
        self.code.setPlaceholderText("如 7K4M-2QXD")
        self.check = QPushButton("核对")
        row.addWidget(self.code, stretch=1)
        row.addWidget(self.check)
        column.addLayout(row)
        self.found = QVBoxLayout()
        self.found.setSpacing(theme.px(8))
        column.addLayout(self.found)
        self.again = QPushButton("另核对一份", objectName="smallLink", autoDefault=False)
        self.again.hide()
        column.addWidget(self.again, alignment=Qt.AlignmentFlag.AlignLeft)
        self.verdicts: list[Verdict] = []
        self.said = Label(wordWrap=True)
        self.code.returnPressed.connect(self._given)
        self.check.clicked.connect(self._given)
        self.again.clicked.connect(self.clear)

    def _given(self) -> None:
        if self.code.text().strip():
            self.code_given.emit(self.code.text())
            self.code.clear()
        self.code.setFocus()

    def show_verdict(self, verdict: Verdict) -> None:
        """Show what a code belongs to, above those of the same paper that were checked before."""
        self.verdicts.append(verdict)
        self.found.insertWidget(0, _verdict(verdict))
        said = mixed(self.verdicts) if len(self.verdicts) > 1 else ""
        if self.found.indexOf(self.said) < 0:
            self.found.addWidget(self.said)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.again.show()

    def clear(self) -> None:
        """Begin with another paper."""
        self.verdicts = []
        while (item := self.found.takeAt(0)) is not None:
            widget = item.widget()
            if widget is self.said:
                self.said.setParent(None)
            elif widget is not None:
                widget.hide()
                widget.deleteLater()
        self.again.hide()
        self.code.setFocus()


def _verdict(verdict: Verdict) -> QWidget:
    box = QFrame(objectName="box")
    row = QHBoxLayout(box)
    row.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
    icon = Label()
    icon.setPixmap(theme.icon_pixmap(*_ICONS[verdict.state], 14))
    lines = [f"{verdict.code}　{verdict.sentence}"]
    lines += [f"{one.place}：{one.before} → {one.after}" for one in verdict.differences[:_MOST_SHOWN]]
    if (more := len(verdict.differences) - _MOST_SHOWN) > 0:
        lines.append(f"另有 {more} 处，见“看改了什么”。")
    text = Label("\n".join(lines), wordWrap=True)
    text.setMinimumWidth(1)  # a word may be longer than the side is wide
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row.addWidget(icon, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(text, stretch=1)
    return box
