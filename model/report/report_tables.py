"""The tables between the paragraphs of a report, as cells in millimetres."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from model.basics import number
from model.basics.amount import Amount
from model.basics.metrics import Metrics
from model.document.answers import FormAnswers
from model.forms.definition import AmountRow
from model.forms.outline import ReportTable
from model.paper.grid import Cell, Grid, Heading, Style
from model.paper.measure import break_lines
from model.paper.tall_rows import breaks_of_list
from model.reading.amounts import AmountLine
from model.reading.outturn import COLUMNS, outturn
from model.reading.reading import Form

if TYPE_CHECKING:
    from model.accounts.accounts import Accounts

_GROUP_MM, _NAME_MM, _AMOUNT_MM = 22.0, 34.0, 25.0
_NUMBER_MM = 12.0
_TEXT = Style(10.5, pitch=1.36, side_mm=1.4)
_CENTRED = _TEXT._replace(align="center")
_HEAD = _CENTRED._replace(bold=True)
_ROW_MM = 7.4
_BETWEEN_ROWS = 3  # the rank of such a place; see Grid.breaks


def table_grid(form: Form, table: ReportTable, metrics: Metrics, accounts: "Accounts | None" = None) -> Grid:
    """Return a table of the outline with what the form has for it, 决算数 also from the final accounts."""
    if table.rows:
        return _outturn_grid(form, table, metrics, accounts)
    return rows_grid(form.answers, form.filled(table.title), table, metrics)


def _grid(name: str, widths: Sequence[float], rows: Sequence[Sequence[Cell]]) -> Grid:
    heights = [max([_ROW_MM, *(_needed(cell) for cell in row if cell.rowspan == 1)]) for row in rows]
    return Grid(
        name=name,
        running_title=name,
        footer="",
        widths_mm=tuple(widths),
        heights_mm=tuple(round(height, 2) for height in heights),
        cells=tuple(cell for row in rows for cell in row),
        breaks=breaks_of_list(1, len(rows), _BETWEEN_ROWS),
        headings=(Heading(0, 0, len(rows) - 1),),
    )


def _needed(cell: Cell) -> float:
    return cell.style.height_mm(len(cell.lines))


def _cell(
    metrics: Metrics, row: int, col: int, text: str, width: float, style: Style, span: int = 1, down: int = 1
) -> Cell:
    lines = tuple(break_lines(text, width - 2 * style.side_mm, style, metrics))
    return Cell(row, col, text, style, lines, colspan=span, rowspan=down)


# --- amounts


def _outturn_grid(form: Form, table: ReportTable, metrics: Metrics, accounts: "Accounts | None") -> Grid:
    widths = (_GROUP_MM, _NAME_MM, *[_AMOUNT_MM] * len(COLUMNS))
    captions = ("项目名称", *COLUMNS.values())
    head = [_cell(metrics, 0, 0, captions[0], _GROUP_MM + _NAME_MM, _HEAD, span=2)]
    for col, text in enumerate(captions[1:], start=2):
        head.append(_cell(metrics, 0, col, text, _AMOUNT_MM, _HEAD))
    rows = outturn(table, form.answers, form.definition.money_unit, accounts)
    body = [_outturn_row(form, rows, n, metrics) for n in range(len(rows))]
    return _grid(form.filled(table.title), widths, [head, *body])


def _outturn_row(form: Form, rows: Sequence[AmountLine], n: int, metrics: Metrics) -> list[Cell]:
    found = rows[n]
    cells = _names(rows, n, metrics)
    for col, column in enumerate(COLUMNS, start=2):
        text = _figure(form, found.amounts[column])
        cells.append(_cell(metrics, n + 1, col, text, _AMOUNT_MM, _CENTRED))
    return cells


def _figure(form: Form, amount: Amount | None) -> str:
    """An amount with two decimals as budgets print it; a dash where nothing is known."""
    if amount is None:
        return "—"
    commas = form.definition.look.commas
    return number.show_amount(number.rounded(amount.number, 2), commas=commas)[0]


def _names(rows: Sequence[AmountLine], n: int, metrics: Metrics) -> list[Cell]:
    """The caption over two columns, or the group beside it; a group of several rows is one cell."""
    row = rows[n].row
    if not row.group:
        return [_cell(metrics, n + 1, 0, row.caption, _GROUP_MM + _NAME_MM, _HEAD, span=2)]
    name = _cell(metrics, n + 1, 1, row.caption, _NAME_MM, _CENTRED)
    if n and rows[n - 1].row.group == row.group:
        return [name]
    return [_cell(metrics, n + 1, 0, row.group, _GROUP_MM, _CENTRED, down=_members(rows, row)), name]


def _members(rows: Sequence[AmountLine], row: AmountRow) -> int:
    return sum(other.row.group == row.group for other in rows)


# --- rows that the clerk adds


def rows_grid(answers: FormAnswers, title: str, table: ReportTable, metrics: Metrics) -> Grid:
    """Return a table of rows that the clerk added, each with its number."""
    widths = (_NUMBER_MM, *(column.width_mm for column in table.text_columns))
    captions = ("序号", *(column.caption for column in table.text_columns))
    columns = enumerate(zip(captions, widths, strict=True))
    head = [_cell(metrics, 0, n, text, width, _HEAD) for n, (text, width) in columns]
    ids = answers.rows.get(table.id, ())
    body = [_text_row(answers, table, row, n, metrics) for n, row in enumerate(ids, start=1)]
    return _grid(title, widths, [head, *body])


def _text_row(answers: FormAnswers, table: ReportTable, row: str, n: int, metrics: Metrics) -> list[Cell]:
    cells = [_cell(metrics, n, 0, str(n), _NUMBER_MM, _CENTRED)]
    for col, column in enumerate(table.text_columns, start=1):
        text = answers.text(f"{row}.{column.key}")
        cells.append(_cell(metrics, n, col, text, column.width_mm, _TEXT))
    return cells
