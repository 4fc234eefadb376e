"""Where a figure of the final accounts comes from: typed, taken from elsewhere, or a sum with its terms."""

from PySide6.QtCore import Signal

from gui.pane.how_parts import Face, Terms, say
from gui.session.accounts_places import figure_of, figure_text
from model.accounts.accounts import Accounts
from model.accounts.definition import LIST
from model.accounts.places import place
from model.document.answers import CellId

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
        self.sum, self.given = self.add(), self.add("quiet")
        self.column.addStretch()

    def show_cell(self, accounts: Accounts, cell: CellId) -> None:
        """Show another figure, or another state of it."""
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

    def _say_nothing(self) -> None:
        self._names = []
        say(self.origin, NO_FIGURE)
        self.terms.hide()
        say(self.sum, "")
        say(self.given, "")


def _is_of_subject(accounts: Accounts, name: str) -> bool:
    """Whether a name is that of an amount of a table by subjects, or of a budget."""
    table, _, rest = name.partition(".")
    if rest.count(".") != 1:
        return False
    key = rest.partition(".")[2]
    body = accounts.definition.subject_tables.get(table)
    is_budget = table == LIST and key in ("budget", "full")
    return is_budget or (body is not None and any(column.key == key for column in body.columns))


def _term(accounts: Accounts, sign: int, name: str) -> tuple[str, str]:
    text = figure_text(accounts, name) or NOTHING
    return place(accounts, name), text if sign > 0 else f"－{text}"
