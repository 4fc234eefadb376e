"""Made-up reports for the tests of Word and PDF: every kind of part, and one of many pages."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from export import REPORT_PDF, WORD
from model.forms.loader import metrics
from model.paper.annex import annex_grid
from model.paper.grid import Cell, Grid, Heading, Style
from model.paper.measure import break_lines
from model.report.prose import Annex, Bar, Bars, Paragraph, Part, Report, Signature, Table
from model.report.prose import Heading as Title
from tests.grids import form

UNIT = "武汉市硚口区示例信息技术中心"
RARE = "硚〇䶮𬭊喆堃镕"
SENTENCE = (
    "根据《中共中央 国务院关于全面实施预算绩效管理的意见》，我单位组织对 2024 年度一般公共预算项目支出"
    "全面开展绩效自评，共涉及项目 2 个，资金 220.96 万元，占一般公共预算项目支出总额的 95.5%。"
)
SCORES = (
    Bar("预算执行情况", Decimal("20"), Decimal("20")),
    Bar("年度目标 1：信息技术与教育教学融合", Decimal("48.5"), Decimal("50")),
    Bar("年度目标 2", None, Decimal("30")),
)
_CELL = Style(10.5)
_HEAD = Style(10.5, bold=True, align="center")
_FIGURE = Style(10.5, align="right")


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], head_rows: int = 1) -> Grid:
    """Return a grid of texts whose first rows are its heading; the last column holds figures."""
    cells, heights = [], []
    for row, texts in enumerate(rows):
        height = 7.0
        for col, text in enumerate(texts):
            style = _HEAD if row < head_rows else _FIGURE if col == len(widths) - 1 else _CELL
            lines = break_lines(text, widths[col] - 2 * style.side_mm, style, metrics())
            height = max(height, style.height_mm(len(lines)))
            cells.append(Cell(row, col, text, style, lines))
        heights.append(round(height, 2))
    return Grid(
        name="表",
        running_title="",
        footer="",
        widths_mm=tuple(widths),
        heights_mm=tuple(heights),
        cells=tuple(cells),
        breaks=tuple((row, 3) for row in range(head_rows + 1, len(rows))),
        headings=(Heading(0, head_rows - 1, len(rows) - 1),),
    )


def merged() -> Grid:
    """Return a grid whose heading has two rows and whose first column spans rows: 收入 | 预算数 决算数."""
    texts = {
        (0, 0, 2, 1): "项目",
        (0, 1, 1, 2): "2024 年度",
        (1, 1, 1, 1): "预算数",
        (1, 2, 1, 1): "决算数",
        (2, 0, 2, 1): "项目支出",
        (2, 1, 1, 1): "98.00",
        (2, 2, 1, 1): "98.00",
        (3, 1, 1, 1): "1,234.50",
        (3, 2, 1, 1): "1,234.50",
    }
    cells = tuple(
        Cell(row, col, text, _HEAD if row < 2 or col == 0 else _FIGURE, (text,), rows, cols)
        for (row, col, rows, cols), text in sorted(texts.items())
    )
    return replace(
        table([["", "", ""]] * 4, (50.0, 40.0, 40.0)),
        cells=cells,
        headings=(Heading(0, 1, 3),),
        breaks=(),
    )


def long_table(rows: int = 300) -> Grid:
    """Return a table that goes over many pages."""
    body = [[str(n), f"第 {n} 项支出，用于信息化运行维护", f"{n}.50"] for n in range(1, rows + 1)]
    return table([["序号", "项目", "金额"], *body], (20.0, 96.0, 40.0))


def list_annex(rows: int = 40, mark: str = "") -> Grid:
    """Return a lying sheet of texts, as the answers to findings are."""
    columns = (("序号", 14.0), ("位置", 66.0), ("问题", 94.0), ("说明", 95.0))
    lines = [(str(n), f"产出指标第 {n} 行", SENTENCE, "已核对，情况属实。") for n in range(1, rows + 1)]
    return annex_grid("出错说明", "", columns, lines, metrics(), figures=("序号",), mark=mark)


def parts() -> tuple[Part, ...]:
    """Every kind of part, forms apart."""
    return (
        Title(1, "一、自评结论"),
        Title(2, "（一）自评得分"),
        Paragraph(f"{UNIT}整体支出绩效自评得分 98.5 分，等级为“优”。{SENTENCE}"),
        Bars("各部分得分情况", SCORES),
        Title(2, "（二）绩效目标完成情况"),
        Title(3, "1.执行率情况"),
        Paragraph(SENTENCE * 2),
        Table("表 1　2024 年度项目支出情况", "单位：万元", merged()),
        Title(4, "（1）完成的绩效目标"),
        Paragraph(f"指标 1：智慧教室建设。年初目标 8 间，实际完成 9 间，完成率 112.5%。参与人员：{RARE}。"),
        Title(1, "二、佐证材料"),
        Paragraph(SENTENCE * 3),
        Signature(UNIT, "2025 年 5 月 16 日"),
    )


def report(*more: Part, mark: str = "") -> Report:
    """Return a report with every kind of part, and more parts at the end."""
    title = (f"2024 年度{UNIT}", "部门整体支出绩效自评报告")
    return Report("自评报告", title, (*parts(), *more), mark)


def whole(mark: str = "") -> Report:
    """Return a report with a form and a list annexed."""
    return report(Annex(form()), Annex(list_annex()), mark=mark)


def long(paragraphs: int = 12) -> Report:
    """Return a report with paragraphs of 2,000 characters."""
    text = (SENTENCE * 30)[:2000]
    return Report("长报告", ("长报告",), tuple(Paragraph(text) for _ in range(paragraphs)))


def texts(given: Report) -> list[str]:
    """Return the texts of a report in order, those of tables and bars cell by cell."""
    found = [*given.title]
    for part in given.parts:
        match part:
            case Title() | Paragraph():
                found.append(part.text)
            case Table():
                found += [part.title, part.unit_line, *(cell.text for cell in part.grid.cells)]
            case Bars():
                found += [part.title, *(bar.name for bar in part.bars)]
            case Signature():
                found += [part.unit, part.date]
            case Annex():
                found += [cell.text for cell in part.grid.cells]
    return [text for text in found if text]


def write_report(reports: Report | Sequence[Report], path: Path) -> None:
    """Write one or more reports as the suffix of the path says: .docx or .pdf."""
    given = (reports,) if isinstance(reports, Report) else reports
    writer = next(writer for writer in (WORD, REPORT_PDF) if writer.suffix == path.suffix.lower())
    writer.write(given, path)
