"""The first face of the export dialog: content, formats, folder, open findings, and 导出 so many files."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.base import ask, theme
from gui.base.plain import Label, tip
from gui.base.tick_box import TickBox
from gui.paper.doors import Format
from gui.paper.export_kinds import ALL, FORMS, REPLIES, SCORES, Kinds
from gui.paper.outputs import TABLES_NAME, output_name
from gui.session.marks import count
from gui.session.session import Session
from model.checks import Finding
from model.document.answers import ACCOUNTS
from model.forms.loader import metrics
from model.paper.layout import lay_out_form
from model.paper.pages import paginate
from model.reading.reading import Form

FEW = 3  # files that need no progress bar and no 取消
HAND_IN = ("pdf", "xlsx", "docx")  # the formats of a whole hand-in
SLACK = 12
MANY_FORMS = 3  # more of them can be ticked and unticked at once
ALLOWED, DRAFT = "可以导出。", "可以导出，每页会印上“草稿”。"
_NAMES = {  # in the order of their use: to sign, to send in, to exchange
    "pdf": "PDF（打印、签字盖章）",
    "xlsx": "Excel（报送）",
    "docx": "Word（报告）",
    "json": "交换文件（JSON）",
}


class Choice(QWidget):
    """Content, formats, folder, open findings, and the button that names the count."""

    def __init__(
        self,
        session: Session,
        offered: Iterable[Format],
        folder: Path,
        formats: Collection[str],
        with_scores: bool = True,
    ) -> None:
        super().__init__()
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        forms = session.snapshot.reading.forms
        self.kinds = Kinds(session.snapshot.reading, session.library)
        entries = [(form.key, output_name(form), _pages(form), True) for form in forms]
        if (accounts := session.snapshot.reading.accounts) is not None:
            entries.append((ACCOUNTS, TABLES_NAME, f"{len(accounts.definition.tables)} 张表", True))
        self.forms = _Ticks("哪些表", entries)
        self.formats = _Ticks("格式", _formats(offered, formats))
        self.formats.all.hide()  # each is for something else
        self.scores = TickBox("附得分说明")
        self.scores.setToolTip(tip("在 Excel 里另加一张表，写明每个得分怎么算的。"))
        self.scores.setChecked(with_scores)
        self.formats.add_below("xlsx", self.scores)
        column.addWidget(self.kinds)
        if len(self.kinds.boxes) > 1:
            column.addSpacing(theme.px(8))
        upper = QHBoxLayout()
        upper.setSpacing(theme.px(28))
        upper.addWidget(self.forms, stretch=3)
        upper.addWidget(QFrame(objectName="separator"))
        upper.addWidget(self.formats, stretch=2)
        column.addLayout(upper, stretch=1)
        column.addSpacing(theme.px(12))
        column.addLayout(self._folder_row(folder))
        column.addSpacing(theme.px(12))
        self.warning = _Warning()
        column.addWidget(self.warning)
        self.replies = TickBox("附出错说明")
        self.replies.setChecked(True)
        column.addWidget(self.replies)
        column.addSpacing(theme.px(12))
        column.addLayout(self._last_row())
        self.kinds.changed.connect(self._refresh)
        self.kinds.all_wanted.connect(self._tick_formats)
        self.forms.changed.connect(self._refresh)
        self.formats.changed.connect(self._refresh)
        self.folder.textChanged.connect(self._refresh)
        self.end()

    def _folder_row(self, folder: Path) -> QVBoxLayout:
        caption = Label("保存到", objectName="caption")
        self.folder = QLineEdit(str(folder))
        self.folder.setAccessibleName("保存到")
        caption.setBuddy(self.folder)
        self.change = QPushButton("更改…")
        self.change.clicked.connect(self._change_folder)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.folder, stretch=1)
        row.addWidget(self.change)
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        column.addWidget(caption)
        column.addLayout(row)
        return column

    def _last_row(self) -> QHBoxLayout:
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName("导出进度")
        self.reason = Label(objectName="quiet", wordWrap=True)
        self.export = QPushButton(objectName="primary")
        self.cancel = QPushButton("取消")
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.reason, stretch=1)
        row.addWidget(self.bar, stretch=1)
        row.addWidget(self.export)
        row.addWidget(self.cancel)
        return row

    def _change_folder(self) -> None:
        chosen = ask.folder_name(self, self.chosen_folder(), "保存到")
        if chosen:
            self.folder.setText(str(chosen))

    def chosen_folder(self) -> Path:
        """Return the folder as typed or chosen."""
        return Path(self.folder.text().strip())

    def annexes(self) -> tuple[str, ...]:
        """Return what goes with the forms: the answers to findings, what explains the scores."""
        wanted = {REPLIES: not self.replies.isHidden(), SCORES: self._can_explain()}
        boxes = {REPLIES: self.replies, SCORES: self.scores}
        return tuple(name for name, box in boxes.items() if box.isChecked() and wanted[name])

    def _can_explain(self) -> bool:
        """Whether a workbook of a form with scores is among what is chosen."""
        forms = self._session.snapshot.forms
        scored = any(key in forms and forms[key].definition.is_scored for key in self.forms.chosen())
        return scored and "xlsx" in self.formats.chosen() and bool({FORMS, ALL} & set(self.kinds.chosen()))

    def _tick_formats(self) -> None:
        """A whole hand-in is had on paper, as tables and as text."""
        for name in HAND_IN:
            if name in self.formats.boxes:
                self.formats.boxes[name].setChecked(True)

    def _count(self) -> int:
        return self.kinds.count(self.forms.chosen(), self.formats.chosen())

    def _why_not(self) -> str:
        if not self.kinds.chosen():
            return "请至少选一种内容。"
        if not self.forms.chosen():
            return "请至少选一张表。"
        if not self.formats.chosen():
            return "请至少选一种格式。"
        if not self._count():
            return "所选内容没有这种格式：自评表有 PDF、Excel，报告有 Word、PDF。"
        return "" if self.chosen_folder().is_absolute() else "请选一个文件夹。"

    def _refresh(self) -> None:
        keys = self.forms.chosen()
        findings = [f for f in self._session.snapshot.listed if f.address[0] in keys]
        self.warning.show_findings(findings)
        self.replies.setVisible(any(finding.answer for finding in findings))
        self.scores.setEnabled(self._can_explain())
        why_not = self._why_not()
        self.reason.setText(why_not)
        self.export.setText("导出" if why_not else f"导出 {self._count()} 个文件")
        self.export.setEnabled(not why_not)
        self.export.setToolTip(tip(why_not))

    def show_problem(self, sentence: str) -> None:
        """Say why nothing was exported."""
        self.reason.setText(sentence)

    def begin(self) -> None:
        """The export runs: nothing can be chosen; many files show how far they are."""
        self._enable(False)
        self.export.setText("正在导出…")
        self.bar.setRange(0, self._count())
        self.bar.setValue(0)
        is_long = self._count() > FEW
        self.bar.setVisible(is_long)
        self.reason.setVisible(not is_long)
        self.cancel.setEnabled(is_long)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many files are written."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.export.setText(f"正在导出 {done} / {total}")

    def end(self) -> None:
        """The export is over; one may choose again."""
        self._enable(True)
        self.cancel.setEnabled(True)
        self.bar.hide()
        self.reason.show()
        self._refresh()

    def _enable(self, enabled: bool) -> None:
        for widget in (
            self.kinds,
            self.forms,
            self.formats,
            self.folder,
            self.change,
            self.replies,
            self.scores,
            self.export,
        ):
            widget.setEnabled(enabled)
        self.warning.link.setVisible(enabled)


Entry = tuple[str, str, str, bool]  # key, text, what stands at the right, ticked


class _Ticks(QWidget):
    """A list to tick under a caption; scrolls when it is long, and then all can be ticked at once."""

    changed = Signal()

    def __init__(self, caption: str, entries: Sequence[Entry]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.addStrut(theme.px(22))
        head.addWidget(Label(caption, objectName="caption"))
        head.addStretch()
        column.addLayout(head)
        self.all = QPushButton("全不选", objectName="link", autoDefault=False)
        self.all.setStyleSheet("QPushButton { min-height: 0; padding: 0 4px; }")
        self.all.clicked.connect(self._tick_all)
        head.addWidget(self.all)
        self.all.setVisible(len(entries) > MANY_FORMS)
        self.boxes: dict[str, TickBox] = {}
        body = QWidget(objectName="page")
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, theme.px(4), 0)
        rows.setSpacing(theme.px(8))
        for entry in entries:
            rows.addLayout(self._row(entry))
        rows.addStretch()
        self._rows = rows
        scroll = _Scroll(body)
        column.addWidget(scroll, stretch=1)

    def add_below(self, key: str, box: TickBox) -> None:
        """Put a tick that belongs to an entry below it, further in; nowhere where there is no such entry."""
        keys = list(self.boxes)
        if key not in keys:
            box.hide()
            return
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(24), 0, 0, 0)
        row.addWidget(box)
        self._rows.insertLayout(keys.index(key) + 1, row)
        QWidget.setTabOrder(self.boxes[key], box)

    def _row(self, entry: Entry) -> QHBoxLayout:
        key, text, right, ticked = entry
        box = TickBox(text)
        box.setAccessibleName(f"{text} {right}".strip())
        box.setChecked(ticked)
        box.toggled.connect(self._ticked)
        self.boxes[key] = box
        row = QHBoxLayout()
        row.addWidget(box, stretch=1)
        row.addWidget(Label(right, objectName="caption"))
        return row

    def chosen(self) -> tuple[str, ...]:
        """Return the keys of what is ticked."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def _ticked(self) -> None:
        self.all.setText("全不选" if len(self.chosen()) == len(self.boxes) else "全选")
        self.changed.emit()

    def _tick_all(self) -> None:
        ticked = len(self.chosen()) < len(self.boxes)
        for box in self.boxes.values():
            box.setChecked(ticked)


class _Scroll(QScrollArea):
    """As high as its content up to eight rows, at least two."""

    def __init__(self, body: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(body)

    def sizeHint(self) -> QSize:
        """No scrolling up to eight rows, with room for what other fonts and scales make of them."""
        wanted = self.widget().sizeHint()
        high = wanted.height() + theme.px(SLACK)
        return QSize(wanted.width() + theme.px(12), min(high, theme.px(8 * 34)))

    def minimumSizeHint(self) -> QSize:
        """Two rows can always be seen."""
        return QSize(theme.px(180), min(self.widget().sizeHint().height(), theme.px(2 * 34)))


def _pages(form: Form) -> str:
    return f"{len(paginate(lay_out_form(form, metrics())))} 页"


def _formats(offered: Iterable[Format], ticked: Collection[str]) -> list[Entry]:
    """Return the formats, in the order of their use."""
    known = {one.suffix.removeprefix("."): one.name for one in offered}
    order = [*(key for key in _NAMES if key in known), *(key for key in known if key not in _NAMES)]
    return [(key, _NAMES.get(key, known[key]), "", key in ticked) for key in order]


class _Warning(QFrame):
    """How many problems are open; gone where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("warnBox")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        row.setSpacing(theme.px(8))
        self._icon, self.sentence, self.allowed = Label(), Label(), Label(objectName="caption")
        self.link = QPushButton("逐项处理", objectName="link", autoDefault=False)
        text = QVBoxLayout()
        text.setSpacing(theme.px(2))
        text.addWidget(self.sentence)
        text.addWidget(self.allowed)
        row.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, stretch=1)
        row.addWidget(self.link)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Count what is open among some findings; gaps alone may make drafts too."""
        counts, is_draft = count(findings), any(finding.is_open_error for finding in findings)
        gaps, pages = (sum(finding.state == state for finding in findings) for state in ("gap", "paper"))
        self.setVisible(bool(counts.open or gaps or pages))
        said = (
            f"{counts.text}没有处理" if counts.open else "",
            f"{gaps} 处没有填" if gaps else "",
            f"{pages} 处版面不好" if pages else "",
        )
        self.sentence.setText(f"还有 {'，'.join(filter(None, said))}。")
        self.allowed.setText(DRAFT if is_draft else ALLOWED)
        self._icon.setPixmap(theme.icon_pixmap("warning", "warn_icon", 18))
