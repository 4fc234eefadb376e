"""The right side of an import: what was read, or what it meets in the open document, cell by cell."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from gui.incoming.amount_table import AmountTable
from gui.incoming.line_table import LineTable
from gui.incoming.meeting_table import Choice, MeetingTable
from gui.incoming.offers import Offer, Use
from gui.incoming.plan import effect, form_name, met, planned
from model.accounts.places import place as place_in_accounts
from model.document.answers import ACCOUNTS, Address, Answers
from model.forms.loader import Library
from model.reading.reading import Reading, read
from model.recognition.incoming import Place
from model.recognition.places import source


class UseSide(QStackedWidget):
    """`used(use)` comes when the clerk chose something here, `place_chosen(place)` on going to a line."""

    used = Signal(object)
    place_chosen = Signal(object)

    def __init__(self, library: Library, answers: Answers | None, lines: LineTable) -> None:
        super().__init__()
        self._library, self._answers = library, answers
        self._reading: Reading | None = None
        self.lines, self.meetings, self.amounts = lines, MeetingTable(), AmountTable()
        self._use = Use()
        for table in (self.lines, self.meetings, self.amounts):
            self.addWidget(table)
            table.place_chosen.connect(self.place_chosen)
        self.meetings.chosen.connect(self._chosen)
        self.amounts.paired.connect(self._paired)

    def show_offer(self, offer: Offer | None) -> str:
        """Show what an offer meets in the open document, where that is asked; None shows what was read.
        Return what it does, in a sentence."""
        if offer is None or self._answers is None or offer.missing:
            self.setCurrentWidget(self.lines)
            return ""
        answers, self._use = self._answers, offer.use or Use()
        plan = planned(offer, answers, self._library)
        if offer.what.kind == "list" and self._use.already != "each":
            forms = [(key, form_name(key, answers, self._library)) for key in answers.projects]
            self.amounts.show_matches(plan.matches, forms, self._use.pairs.keys())
            self.setCurrentWidget(self.amounts)
        elif self._use.already == "each":
            places = _places(offer)
            choices = [
                Choice(one.address, self._name(one.address), one.mine, one.theirs, places.get(one.source))
                for one in met(offer, plan, answers)
            ]
            self.meetings.show_choices(choices, self._use.chosen)
            self.setCurrentWidget(self.meetings)
        else:
            self.setCurrentWidget(self.lines)
        return effect(offer, plan, answers)

    def _name(self, address: Address) -> str:
        """What a cell of the open document is called."""
        key, cell = address
        if self._reading is None:
            assert self._answers is not None
            self._reading = read(self._library, self._answers)
        if key == ACCOUNTS:
            accounts = self._reading.accounts
            return place_in_accounts(accounts, cell) if accounts else cell
        form = next(form for form in self._reading.forms if form.key == key)
        return form.where(cell)

    def _chosen(self) -> None:
        self._use = replace(self._use, chosen=self.meetings.taken)
        self.used.emit(self._use)

    def _paired(self, row: int, form: str) -> None:
        self._use = replace(self._use, pairs={**self._use.pairs, row: form})
        self.used.emit(self._use)


def _places(offer: Offer) -> dict[str, Place]:
    """The places of a file by what sources call them."""
    found = offer.found or offer.accounts
    places = list(found.places.values()) if found else []
    if offer.what.kind == "list":
        places += [text.cell.seen.place for row in offer.what.data.rows for text in row.texts.values()]
    return {source(offer.file.path.name, place): place for place in places}
