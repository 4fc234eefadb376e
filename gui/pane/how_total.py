"""怎么算的, for the total, for a part of the form with its rows, and for the execution of the budget."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from gui.pane.how_parts import Face, Rows, Terms, say
from gui.session.names import COMPUTED_HOLDS
from gui.session.session import Session
from model.basics import number
from model.basics.amount import Amount
from model.document.answers import CellId, FormKey
from model.document.document import Edit
from model.forms.definition import bare
from model.reading.reading import Form, goal_name
from model.reading.scoring import Indicator
from model.reading.summary import BlockScore, score_by_block, why_capped

NOT_SCORED = "本表不计分。"
RULE = "执行率＝执行数÷调整后（全年）预算数，得分最高为满分，保留两位小数。"


def block_rows(form: Form, block: BlockScore) -> tuple[Indicator, ...]:
    """Return the rows that a part of the form is made of; execution has none."""
    rows = [row for row in form.sheet.indicators if row.counted]
    names = {goal_name(form, goal): goal for goal in form.answers.goals}
    if form.definition.goal_points and block.name in names:
        return tuple(row for row in rows if row.goal == names[block.name])
    return tuple(row for row in rows if bare(_short(row.level1)) == bare(block.name))


def _short(level1: str) -> str:
    return level1.removesuffix("指标") or level1


class _Given(QPushButton):
    """以计算值为准: gives up what a file had printed, as a step that undo takes back."""

    def __init__(self, session: Session) -> None:
        super().__init__(COMPUTED_HOLDS)
        self.setObjectName("link")
        self.setAutoDefault(False)
        self._session = session
        self._key: FormKey = ""
        self._cells: Sequence[CellId] = ()
        self.clicked.connect(self._accept)

    def offer(self, form: Form, cells: Sequence[CellId]) -> None:
        """Stand for those cells of a form in which something else was printed; gone where none is."""
        marks = self._session.snapshot.marks.of(form.key)
        self._key = form.key
        self._cells = [cell for cell in cells if cell in form.answers.given and cell in marks]
        printed = "、".join(f"“{form.answers.given[cell].strip()}”" for cell in self._cells)
        self.setText(f"以计算值为准，代替原表的{printed}")
        self.setVisible(bool(self._cells) and not self._session.read_only)

    def _accept(self) -> None:
        key, cells = self._key, self._cells

        def accept(edit: Edit) -> None:
            for cell in cells:
                edit.clear_given((key, cell))

        self._session.edit(COMPUTED_HOLDS, accept)


class UnscoredFace(Face):
    """One line for a form without scores."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = self.add("quiet")
        self.sentence.setText(NOT_SCORED)
        self.column.addStretch()


class TotalFace(Face):
    """The sum with its terms; `part_wanted(n)` says which term the clerk wants to know more about."""

    part_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.add("heading").setText("总分")
        self.terms = Terms()
        self.terms.chosen.connect(self.part_wanted)
        self.column.addWidget(self.terms)
        self.sum, self.grade, self.lacking = self.add(), self.add(), self.add("quiet")
        self.given = self.add("error")
        self.accept = _Given(session)
        self.column.addWidget(self.accept)
        self.column.addStretch()

    def show_form(self, form: Form) -> None:
        """Show how the total came about, and what a read file had printed."""
        blocks = score_by_block(form)
        self.terms.show_terms([(block.name, _of(block)) for block in blocks])
        known = [number.show(block.score) for block in blocks if block.score is not None]
        total, found = form.sheet.total, form.sheet.sum_of_scores
        sum_up = "" if found is None else f"{' ＋ '.join(known)} ＝ {number.show(found)}"
        if capped := why_capped(form):
            sum_up += f"。{capped}。"
        say(self.sum, sum_up or "还没有任何得分。")
        say(self.grade, _grade(form))
        say(self.lacking, _lacking(form))
        given = form.answers.given.get("total", "")
        differs = not number.is_nothing(given) and number.parse_points(given) != total
        say(self.given, f"原表总分：{given}" if differs else "")
        self.accept.offer(form, ("total",))


def _of(block: BlockScore) -> str:
    score = "—" if block.score is None else number.show(block.score)
    return score if block.points is None else f"{score} / {number.show(block.points)}"


def _grade(form: Form) -> str:
    if not form.sheet.grade:
        return ""
    bounds = "，".join(
        f"{grade.name}\u00a0{'＞' if grade.above else '≥'}\u00a0{number.show(grade.lowest)}"
        for grade in form.regulation.grades[:-1]
    )
    return f"等级：{form.sheet.grade}（{bounds}）"


def _lacking(form: Form) -> str:
    missing = form.sheet.missing
    if not missing:
        return "" if form.sheet.grade else "还有没填完的，暂不评定等级。"
    places = "；".join(map(form.where, missing[:5]))
    more = " 等" if len(missing) > 5 else ""
    return f"未计入 {len(missing)} 项还没有得分的：{places}{more}。"


class BlockFace(Face):
    """A part of the form: its rows, their sum, its points; `row_wanted(id)` goes to a row."""

    row_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.name, self.sum, self.weights = self.add("heading"), self.add(), self.add("error")
        self.rows = Rows()
        self.rows.chosen.connect(self.row_wanted)
        self.column.addWidget(self.rows)
        self.column.addStretch()

    def show_block(self, form: Form, block: BlockScore) -> None:
        """Show another part, or another state of it."""
        rows = block_rows(form, block)
        say(self.name, block.name)
        score = "—" if block.score is None else number.show(block.score)
        points = "—" if block.points is None else number.show(block.points)
        say(self.sum, f"{len(rows)} 行得分合计 {score} 分，满分 {points} 分。得分＝各行得分之和。")
        weights = block.weights
        if weights is not None and block.points is not None and weights != block.points:
            say(self.weights, f"各行分值合计 {number.show(weights)} 分，应为 {points} 分。")
        else:
            say(self.weights, "")
        self.rows.show_rows([_line(row) for row in rows])


def _line(row: Indicator) -> tuple[str, str, str]:
    score = "—" if row.score is None else number.show(row.score)
    weight = "—" if row.weight is None else number.show(row.weight)
    return row.id, row.name.replace("\n", " ") or "（未填名称）", f"{score} / {weight}"


class ExecutionFace(Face):
    """Rate and score of the execution of the budget; `cell_wanted(cell)` goes to an amount."""

    cell_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._cells: Sequence[CellId] = ()
        self.add("heading").setText("预算执行得分")
        self.terms = Terms("转到此处")
        self.terms.chosen.connect(lambda n: self.cell_wanted.emit(self._cells[n]))
        self.column.addWidget(self.terms)
        self.explanation = self.add()
        self.add("quiet").setText(RULE)
        self.given = self.add("quiet")
        self.accept = _Given(session)
        self.column.addWidget(self.accept)
        self.source = self.add("caption")
        self.column.addStretch()

    def show_form(self, form: Form) -> None:
        """Show how the execution score came about, and what a read file had printed."""
        sheet, first = form.sheet, form.sheet.whole
        points = form.definition.execution_points
        amounts = [_amount(sheet.whole.budget), _amount(sheet.whole.executed)]
        rate = "—" if sheet.execution_rate is None else number.show_rate(sheet.execution_rate)[0]
        terms = [("预算数", amounts[0]), ("执行数", amounts[1]), ("执行率", rate)]
        self.terms.show_terms(terms + ([("分值", number.show(points))] if points else []))
        self._cells = [first.cell(key) for key in ("budget", "executed", "rate", "weight")]
        say(self.explanation, sheet.execution.sentence)
        printed = (("rate", "执行率"), ("score", "得分"), ("weight", "分值"))
        given = {first.cell(key): name for key, name in printed}
        texts = [(name, form.answers.given.get(cell, "")) for cell, name in given.items()]
        say(
            self.given,
            "\n".join(f"原表{name}：{text}" for name, text in texts if not number.is_nothing(text)),
        )
        self.accept.offer(form, tuple(given))
        say(self.source, f"依据：{form.regulation.source}")


def _amount(value: Amount | None) -> str:
    return "未填" if value is None else number.grouped(value.number)
