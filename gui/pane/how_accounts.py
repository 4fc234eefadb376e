"""Where a figure of the final accounts comes from, and where it goes on to: into tables and sentences."""

from collections.abc import Iterator

from PySide6.QtCore import Signal

from gui.pane.how_parts import Face, Terms, say
from gui.session.accounts_places import (
    accounts_place,
    figure_of,
    figure_text,
    parts_of_sentence,
    sentences_of,
)
from model.accounts.accounts import Accounts
from model.accounts.definition import LIST
from model.accounts.places import place
from model.accounts.uses import uses_of
from model.document.answers import CellId
from model.explanation.explanation import TEXT
from model.reading.crosscheck import cross_checks
from model.reading.reading import Reading

ORIGINS = {
    "typed": "这个数是填报的。",
    "computed": "这个数由程序算出，等于下面各数之和（“－”表示减去）。",
    "follows": "这个数取自其他表，在下面的地方填写。",
    "given": "这个数是从文件读入的。",
    "blank": "这里还没有数字。",
    "unknown": "读入的文件里没有这个数，也算不出来。",
}
NO_FIGURE = "把光标放到金额上，这里就说明它是怎么来的。"
NOTHING = "0"
SPEAKS_OF = "这一句里的数取自下面各处，占比和增减由它们算出，按文本格式四舍五入。"
NO_PARTS = "这一句里没有取自表中的数。"
USES = "用在这些地方"
HELD = {"t1.out.year": "S-TOTAL", "t3.all.basic": "S-BASIC", "t3.all.project": "S-PROJECT"}


class FigureFace(Face):
    """`cell_wanted(cell)` goes to a figure that the one under the cursor is made of."""

    cell_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self.name, self.origin = self.add("heading"), self.add("quiet")
        self.terms = Terms("转到此处")
        self.terms.chosen.connect(lambda n: self.cell_wanted.emit(self._names[n]))
        self.column.addWidget(self.terms)
        self.sum, self.given, self.held = self.add(), self.add("quiet"), self.add()
        self._uses: list[str] = []
        self.uses_caption = self.add("caption")
        self.uses = Terms("转到此处")
        self.uses.chosen.connect(lambda n: self.cell_wanted.emit(self._uses[n]))
        self.column.addWidget(self.uses)
        self.column.addStretch()

    def show_cell(self, reading: Reading, cell: CellId) -> None:
        """Show another figure, or another state of it."""
        accounts = reading.accounts
        if accounts is None:
            return
        if cell.startswith(f"{TEXT}."):
            self._show_sentence(reading, accounts, cell)
            return
        name = figure_of(accounts, cell)
        say(self.name, place(accounts, name) or place(accounts, cell))
        is_figure = name in accounts.definition.made or _is_of_subject(accounts, name)
        if not is_figure:
            self._say_nothing()
            return
        figure = accounts.figure(name)
        terms = [(sign, other) for sign, other in accounts.terms(name) if accounts.value(other)]
        is_made = figure.origin in ("computed", "follows") and bool(terms)
        say(self.origin, ORIGINS[figure.origin])
        self._names = [other for _, other in terms] if is_made else []
        self.terms.show_terms([_term(accounts, *term) for term in terms] if is_made else [])
        self.terms.setVisible(is_made)
        say(self.sum, f"＝ {figure_text(accounts, name) or NOTHING} {accounts.unit}" if figure.value else "")
        say(self.given, f"原表印的是：{figure.given}" if figure.given else "")
        say(self.held, _held(reading, name))
        self._show_uses(list(_uses(reading, accounts, name)) if figure.value else [])

    def _show_sentence(self, reading: Reading, accounts: Accounts, cell: CellId) -> None:
        """The figures that a sentence speaks of, each to be gone to."""
        self._say_nothing()
        self._names = list(parts_of_sentence(reading, cell))
        say(self.name, accounts_place(reading, cell))
        say(self.origin, SPEAKS_OF if self._names else NO_PARTS)
        self.terms.show_terms([_part(accounts, name) for name in self._names])
        self.terms.setVisible(bool(self._names))

    def _show_uses(self, uses: list[tuple[str, str, str]]) -> None:
        """Name, place and figure of each place where the figure goes on."""
        self._uses = [name for name, _, _ in uses]
        say(self.uses_caption, USES if uses else "")
        self.uses.show_terms([(where, text) for _, where, text in uses])
        self.uses.setVisible(bool(uses))

    def _say_nothing(self) -> None:
        self._names = []
        say(self.origin, NO_FIGURE)
        self.terms.hide()
        say(self.sum, "")
        say(self.given, "")
        say(self.held, "")
        self._show_uses([])


def _uses(reading: Reading, accounts: Accounts, name: str) -> Iterator[tuple[str, str, str]]:
    code = name.split(".")[1] if name.count(".") == 2 else ""
    own = f" {code} {accounts.subject_name(code)}" if code.isdecimal() else ""
    for other in uses_of(accounts, name):
        where = place(accounts, other)
        yield other, where.replace(own, "") if own else where, figure_text(accounts, other) or NOTHING
    for cell, where in sentences_of(reading, name):
        yield cell, where, "看这一句"


def _held(reading: Reading, name: str) -> str:
    """Whether the self-evaluation says the same."""
    codes = HELD.get(name, "")
    found = next((check for check in cross_checks(reading) if codes in check.codes), None) if codes else None
    if found is None:
        return ""
    said = f"自评表 {found.right.number}{found.right.unit}"
    return f"与{said}一致。" if found.agrees else f"与{said}不同，请核对。"


def _is_of_subject(accounts: Accounts, name: str) -> bool:
    """Whether a name is that of an amount of a table by subjects, or of a budget."""
    table, _, rest = name.partition(".")
    if rest.count(".") != 1:
        return False
    key = rest.partition(".")[2]
    body = accounts.definition.subject_tables.get(table)
    is_budget = table == LIST and key in ("budget", "full")
    return is_budget or (body is not None and any(column.key == key for column in body.columns))


def _part(accounts: Accounts, name: str) -> tuple[str, str]:
    """A figure or a field as a sentence speaks of it."""
    is_field = name in accounts.definition.fields
    return place(accounts, name), (
        accounts.field(name) if is_field else figure_text(accounts, name)
    ) or NOTHING


def _term(accounts: Accounts, sign: int, name: str) -> tuple[str, str]:
    text = figure_text(accounts, name) or NOTHING
    return place(accounts, name), text if sign > 0 else f"－{text}"
