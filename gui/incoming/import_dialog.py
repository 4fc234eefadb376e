"""导入: the files, what was read, what of it is taken; the source stands beside the reading."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.parts import ChoiceBox, Elided, named, size_on_screen
from gui.base.plain import Label
from gui.base.waiting import Running, give_up
from gui.incoming.arriving import Arriving
from gui.incoming.explain_panel import ExplainPanel
from gui.incoming.line_table import LineTable
from gui.incoming.lines import SIGNS, lines_of, summary, sums
from gui.incoming.offer_tree import OfferTree
from gui.incoming.offers import Offer, Use
from gui.incoming.plan import not_of_its_year, place_names, purposes_of, usual
from gui.incoming.source_table import SourceTable
from gui.incoming.use_bar import INTO_OPEN, UseBar
from gui.incoming.use_side import UseSide
from gui.incoming.ways_in import OWN_FILES, WaysIn
from model.basics.errors import UserError
from model.document.answers import Answers
from model.forms.loader import Library
from model.recognition.examine import NOT_ASKED, Examined, examine
from model.recognition.explaining import asked_about
from model.recognition.incoming import Place, SeenSheet
from model.recognition.layouts import remembered
from model.recognition.loader import vocabulary
from model.recognition.recognise import Recogniser

LOOK_MS = 100  # whether all is read
SIZE, TREE_WIDTH = (1300, 690), 300  # px at 100 %
NARROW, NARROW_TREE = 1000, 220  # a screen of 1366 at 150 %
YEARS_BACK = 10
UNITS = ("万元", "元")
EQUAL = 10_000  # more than either side has: both get the same
STILL_STRANGE = "已记住，但还读不出来。指标表里至少要有三级指标、指标值和完成值（或分值、得分）。"
EMPTY = SeenSheet("", "sheet", False, ())


class ImportDialog(QDialog):
    """Closed with 采用, `offers()` are what the files hold as the clerk left it, `into_open` where it goes.

    `answers` are those of the open document, None where none is open that may be changed.
    """

    def __init__(
        self,
        files: Sequence[Examined],
        library: Library,
        answers: Answers | None,
        parent: QWidget | None = None,
        ways: WaysIn = OWN_FILES,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入")
        self._library, self._answers, self._ways, self._files = library, answers, ways, list(files)
        self.tree, self.source, self.lines = OfferTree(library), SourceTable(), LineTable()
        self.heading, self.summary, self.sums = Elided("", "heading"), Label(), Label(wordWrap=True)
        self.form, self.year, self.unit = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self._look = QTimer(self, interval=LOOK_MS, timeout=self._look_for_the_end)
        self.use = UseBar(answers is not None)
        self.target = self.use.target
        self.side = UseSide(library, answers, self.lines)
        self.panel = ExplainPanel(vocabulary())
        self.side.addWidget(self.panel)
        self.explain = QPushButton("说明版式…", autoDefault=False)
        self.next = QPushButton("下一处请核对  F8")
        self.why = named(Label(), "caption")
        self.stop = QPushButton("停止读取", autoDefault=False, visible=False)
        self.take, self.cancel = named(QPushButton("采用"), "primary"), QPushButton("取消")
        self._running: Running[list[Examined]] | None = None  # until all files are read
        self._fill()
        self._lay_out()
        self._connect()
        self.tree.show_files(files, self._usual)
        self._preset()
        self._enable()

    @property
    def into_open(self) -> bool:
        """Whether the forms go into the open document."""
        return self.use.into_open

    def offers(self) -> list[Offer]:
        """Return everything that is offered, as it is ticked now."""
        return self.tree.offers()

    # --- building

    def _fill(self) -> None:
        self.form.addItem("请选择表样", "")
        for form in self._library.forms.values():
            self.form.addItem(f"{form.name}（{form.region} {form.edition}）", form.id)
        self.year.addItem("请选择年度", 0)
        for back in range(YEARS_BACK):
            year = date.today().year - back
            self.year.addItem(f"{year} 年度", year)

        self.unit.addItems(UNITS)
        for box, name in ((self.form, "这是哪一种表"), (self.year, "哪一年的"), (self.unit, "金额单位")):
            box.setAccessibleName(name)

    def _usual(self, offer: Offer) -> Use | None:
        return usual(offer, self._answers, self._library) if self._answers else None

    def _preset(self) -> None:
        """Into the open document where all that the files hold is of its year or of the one before."""
        offers = [offer for offer in self.offers() if offer.can_be_taken and offer.is_taken]
        if self._answers and offers and all(_is_for(offer, self._answers) for offer in offers):
            self.target.setCurrentText(INTO_OPEN)

    def _lay_out(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        is_narrow = self.screen().availableSize().width() < theme.px(NARROW)
        self.tree.setFixedWidth(theme.px(NARROW_TREE if is_narrow else TREE_WIDTH))
        whole.addWidget(self.tree)
        column = QVBoxLayout()
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(10))
        column.addLayout(self._head())
        column.addLayout(self._asked())
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        sides.addWidget(_under("原文件", self.source))
        sides.addWidget(_under("放进自评簿", self.side))
        sides.setSizes([EQUAL, EQUAL])
        sides.setStretchFactor(0, 1)
        sides.setStretchFactor(1, 1)
        column.addWidget(sides, stretch=1)
        column.addLayout(_legend())
        column.addWidget(self.sums)
        column.addWidget(self.use)
        column.addLayout(self._foot())
        whole.addLayout(column, stretch=1)
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        self.heading.setFont(theme.font(theme.HEADING, 600))
        row.addWidget(self.heading, stretch=1)
        row.addWidget(self.summary)
        self.next.setAutoDefault(False)
        row.addWidget(self.explain)
        row.addWidget(self.next)
        return row

    def _asked(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self._ask_form, self._ask_year = Label("这是哪一种表："), Label("哪一年的：")
        self._ask_unit = Label("没有写明金额单位，看数的大小像是：")
        asked = (self._ask_form, self.form, self._ask_year, self.year, self._ask_unit, self.unit)
        for widget in asked:
            row.addWidget(widget)
        row.addStretch()
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.use.effect, stretch=1)
        row.addWidget(self.why)
        row.addWidget(self.stop)
        for button in (self.take, self.cancel):
            button.setMinimumWidth(theme.px(92))
            row.addWidget(button)
        self.take.setDefault(True)
        return row

    def _connect(self) -> None:
        self.tree.shown.connect(self._show)
        self.tree.ticked.connect(self._enable)
        self.source.place_chosen.connect(self.lines.show_place)
        self.side.place_chosen.connect(self._go_to)
        self.side.used.connect(self._used)
        self.use.used.connect(self._used)
        self.use.moved.connect(self._moved)
        self.panel.place_chosen.connect(self._go_to)
        self.source.place_chosen.connect(self.panel.show_place)
        self.explain.clicked.connect(self._explain)
        self.panel.given_up.connect(lambda: self._show(self._offer))
        self.panel.remembered.connect(self._remember)
        self.form.activated.connect(self._specified)
        self.year.activated.connect(self._specified)
        self.unit.activated.connect(self._unit_specified)
        self.next.clicked.connect(self.lines.next_to_check)
        QShortcut(QKeySequence("F8"), self, self.lines.next_to_check)
        self.take.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        """As large as wanted, as far as the screen has room."""
        self.resize(self.size().boundedTo(size_on_screen(self, SIZE)))
        super().showEvent(event)

    # --- files that are still being read

    @property
    def is_read(self) -> bool:
        """Whether all files are read, or no more are wanted."""
        return self._running is None

    def follow(self, running: Running[list[Examined]], arriving: Arriving) -> None:
        """Show files that are being read: their names at once, what each holds as it comes."""
        self._running, self._arriving = running, arriving
        running.worker.progressed.connect(self._arrive)
        running.worker.finished.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self.stop.clicked.connect(running.worker.cancel)
        self.stop.show()
        self._show(None)
        self._arrive()
        self._look.start()

    def _look_for_the_end(self) -> None:
        """It may have ended while this dialog was made, and have said so before anybody listened."""
        if self._running is None or self._running.worker.isFinished():
            self._look.stop()
            self._arrived()

    def _arrive(self) -> None:
        come = self._arriving
        if not self._files and not self.tree.topLevelItemCount():
            self.tree.expect(come.paths)
        for file in come.files[len(self._files) :]:
            self._files.append(file)
            self.tree.fill(len(self._files) - 1, file, self._usual)
        self._enable()

    def _arrived(self) -> None:
        """All are read: where they go is preset now."""
        running = self._running
        if running is None:
            return
        self._arrive()
        self._running = None
        self.stop.hide()
        self.tree.leave(len(self._files))
        self._preset()
        self._enable()
        if running.has_failed or not self._files:
            self.reject()

    def reject(self) -> None:
        """Nothing is taken; what is still being read is given up."""
        if self._running is not None:
            give_up(self._running.worker)
        super().reject()

    # --- what is shown

    def _show(self, offer: Offer | None) -> None:
        lines = lines_of(offer, self._library) if offer else ()
        self.heading.show_text(offer.name if offer else "")
        self.summary.setText(summary(offer) if offer else "")
        self.sums.setText("　".join(sums(offer)) if offer else "")
        self.sums.setVisible(bool(self.sums.text()))
        self.lines.show_lines(lines)
        self._by_place = {line.place: line for line in reversed(lines) if line.place}
        self.source.show_sheet(_sheet(offer), self._by_place)
        self._ask(offer)
        self._show_use(offer)
        self._enable()
        can_explain = offer is not None and offer.wants_explaining and self._ways.remember is not None
        self.explain.setVisible(can_explain)
        if can_explain and offer is not None and not offer.can_be_taken:
            self._explain()

    def _go_to(self, place: Place) -> None:
        """Show a place of the file, which may stand in another of its tables than the one in sight."""
        sheets = self._offer.file.incoming.sheets if self._offer else ()
        other = next((sheet for sheet in sheets if sheet.name == place.part), None)
        if other is not None and other.name != self.source.part:
            self.source.show_sheet(other, self._by_place)
        self.source.show_place(place)

    @property
    def _offer(self) -> Offer | None:
        """What is shown."""
        return self.tree.offer(self.tree.currentItem())

    def _show_use(self, offer: Offer | None) -> None:
        if offer is None or not offer.can_be_taken:
            self.use.show_use(None, (), (), "")
            self.side.show_offer(None)
            return
        into = self._answers if self.into_open else None
        purposes = purposes_of(offer, into is not None)
        places = place_names(offer, into, self._library) if into else ()
        said = self.side.show_offer(offer if into else None)
        self.use.show_use(offer.use or Use(), purposes, places, said)

    def _used(self, use: Use) -> None:
        """The clerk has said what becomes of what is shown."""
        offer = self._offer
        if offer is not None:
            said = replace(offer, use=use)
            self.tree.replace_current(said)
            self._show_use(said)
            self._enable()

    def _moved(self) -> None:
        self._show_use(self._offer)
        self._enable()

    # --- a layout that is not known

    def _explain(self) -> None:
        """Ask what the captions of what is shown mean, with our guesses."""
        offer = self._offer
        if offer is None:
            return
        recogniser = Recogniser(self._library.forms, layouts=self._ways.layouts().known)
        self.panel.ask(asked_about(offer.file.incoming, recogniser, offer.found), offer.can_be_taken)
        for widget in (self._ask_form, self.form):
            widget.setVisible(True)
        self.side.setCurrentWidget(self.panel)

    def _remember(self, name: str) -> None:
        """Keep the layout, and read all files again with it."""
        form = self.form.currentData()
        if not name or not form:
            self.panel.say("请先选这是哪一种表。" if not form else "请给这个版式起一个名称。")
            return
        layout = remembered(name, form, self.panel.explained)
        try:
            assert self._ways.remember is not None
            self._ways.remember(layout)
        except UserError as error:
            self.panel.say(str(error))
            return
        at = self.tree.place_of_current()
        layouts = [layout, *self._ways.layouts().known]
        self._files = [examine(f.path, f.incoming, self._library, NOT_ASKED, layouts) for f in self._files]
        self.tree.show_files(self._files, self._usual)
        self.tree.go_to(at)
        self._enable()
        if (now := self._offer) is not None and now.what.kind == "strange":
            self.panel.say(STILL_STRANGE)

    def _ask(self, offer: Offer | None) -> None:
        found = offer.found if offer and offer.can_be_taken else None
        missing = offer.missing if offer and offer.can_be_taken else ""
        is_strange = offer is not None and offer.what.kind == "strange"
        asks_form = is_strange or (found is not None and (found.is_asked_about or "form" in missing))
        for widget in (self._ask_form, self.form):
            widget.setVisible(asks_form)
        for widget in (self._ask_year, self.year):
            widget.setVisible("year" in missing)
        for widget in (self._ask_unit, self.unit):
            widget.setVisible(found is not None and bool(found.unsaid))
        if found is not None:
            self.unit.setCurrentText(found.said_unit)
            self.form.setCurrentIndex(max(0, self.form.findData(found.data["form"] or "")))
        self.year.setCurrentIndex(0)

    def _specified(self) -> None:
        offer = self._offer
        if offer is not None and offer.can_be_taken:
            said = offer.specified(
                self.form.currentData() if offer.found else "", self.year.currentData() or 0
            )
            said = replace(said, use=self._usual(said))
            self.tree.replace_current(said)
            self._show(said)

    def _unit_specified(self) -> None:
        """Asked once a file: all of its forms that do not say have their money in this unit."""
        self.tree.specify_unit(self.unit.currentText())
        self._show(self._offer)

    def _enable(self) -> None:
        ticked = [offer for offer in self.offers() if offer.is_taken and offer.can_be_taken]
        refused = [self._refused(offer) for offer in ticked]
        mine = [offer for offer, why in zip(ticked, refused, strict=True) if not why]
        self.take.setText(f"采用 {len(mine)} 张表" if mine else "采用")
        nothing = next(filter(None, refused), "没有选表。" * bool(self.offers()))
        why = next(filter(None, map(self._unsaid, mine)), "" if mine else nothing)
        self.take.setMinimumWidth(max(theme.px(92), self.take.sizeHint().width()))
        if not self.is_read:
            why = f"已读 {len(self._files)} 个，共 {len(self._arriving.paths)} 个文件。"
        self.take.setEnabled(bool(mine) and not why)
        self.why.setText(why)
        self.next.setEnabled(any(line.sign in "!✕" for line in self.lines.lines))

    def _refused(self, offer: Offer) -> str:
        """Why an offer that is ticked can't be taken where things go."""
        if not self.into_open or self._answers is None:
            return "名单要放进已打开的自评簿。" * (offer.what.kind == "list")
        return not_of_its_year(offer, str(offer.entries.get("year") or ""), self._answers)

    def _unsaid(self, offer: Offer) -> str:
        """What must be said before an offer can be taken."""
        if offer.missing:
            return f"请先指明“{offer.name}”是哪一种表、哪一年的。"
        only_amounts = offer.use is not None and offer.use.purpose == "amounts"
        return "只取金额要放进当前的自评簿。" if only_amounts and not self.into_open else ""


def _is_for(offer: Offer, answers: Answers) -> bool:
    """Whether an offer belongs into a document: of its year or of the one before, or a list of amounts."""
    year = int(offer.entries.get("year") or 0)
    return offer.what.kind == "list" or 0 <= int(answers.year or 0) - year <= 1


def _sheet(offer: Offer | None) -> SeenSheet:
    """The sheet that an offer stands on: by its name, else that of its first value, else the first."""
    sheets = offer.file.incoming.sheets if offer else ()
    found = (offer.found or offer.accounts) if offer else None
    names = [offer.sheet] if offer and offer.sheet else []
    if found is not None:
        names += [place.part for place in found.places.values() if place.column][:1]
    by_name = {sheet.name: sheet for sheet in reversed(sheets)}
    return next((by_name[name] for name in names if name in by_name), sheets[0] if sheets else EMPTY)


def _under(caption: str, widget: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(4))
    column.addWidget(named(Label(caption), "caption"))
    column.addWidget(widget, stretch=1)
    return whole


def _legend() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(16))
    for sign, (meaning, colour) in SIGNS.items():
        label = Label(f"{sign} {meaning}")
        label.setStyleSheet(f"color: {theme.colour(colour).name()}")
        row.addWidget(label)
    row.addStretch()
    return row
