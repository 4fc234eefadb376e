"""Forms for the tests of the outputs: grids as the layout makes them, built by hand from a few words."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise

from model.forms.loader import metrics
from model.paper.grid import Cell, Cut, Grid, Heading, Style
from model.paper.measure import break_label, break_lines, upright_lines

TITLE = Style(18, bold=True, align="center", border=False, top_mm=0.0, pitch=1.2)
HEAD_LINE = Style(10.5, border=False, side_mm=0.0)
NOTE = Style(9, border=False, side_mm=0.0, top_mm=0.4)
TEXT = Style(10.5)
CENTRED = Style(10.5, align="center")
LABEL = Style(10.5, bold=True, align="center")
UPRIGHT = Style(10.5, bold=True, align="center", pitch=1.28, side_mm=1.2, upright=True)
WIDTHS = (10.0, 17.0, 23.0, 50.0, 26.0, 26.0, 18.0)

UNIT = "硚口区教育局信息技术中心"
GOAL = "推进义务教育优质均衡发展，指导信息技术与中小学教育教学融合，促进全系统教育信息化水平显著提升"
LONG = "推进义务教育优质均衡发展，指导信息技术与中小学教育教学融合，完成率 95.5%，经费 1,234.50 万元；"
NOTES = (
    "备注：",
    "1.预算执行情况口径：预算数为调整后财政资金总额（包括上年结余结转），执行数为资金使用单位财政资金实际支出数。",
    "2.定量指标完成数汇总原则：绝对值直接累加计算，相对值按照资金额度加权平均计算。",
)
FUNDS = (  # heading, text below it, number format
    ("", "部门整体支出总额", ""),
    ("预算数（A）", "187.89", "0.00"),
    ("执行数（B）", "187.89", "0.00"),
    ("执行率（B/A）", "100%", "0%"),
    ("得分（20 分×执行率）", "20", "0"),
)
INDICATORS = """
产出指标 数量指标 智慧教室、智慧图书馆、智能化考场数量 8间/8间/2间 9间/9间/2间 4
产出指标 数量指标 市级智慧校园学校创建数量 8个 11个 4
产出指标 数量指标 教师信息化参赛获奖人数 100人 129人 4
产出指标 数量指标 学生信息化参赛队伍数量 100队 108队 4
产出指标 质量指标 提高全区学校网速 200M 500M 4
产出指标 质量指标 全区网络安全管理水平 市级领先 市级交流 4
产出指标 时效指标 全国网络学习空间普及活动 全年 全年 3
效益指标 经济效益指标 经费预算执行差异率 0% 0% 2
效益指标 社会效益指标 将信息技术有机融合，提高整体教学效果 显著提升 提升 2
效益指标 可持续影响指标 全国智慧教育示范区建设 持续发展 持续发展 2.5
满意度指标 群众满意度指标 教师培训满意度 ≥95% ≥95% 2
"""
ROWS = [line.split() for line in INDICATORS.split("\n") if line]


class Sheet:
    """Gathers rows and cells; a row is as high as its cells need."""

    def __init__(self, widths: Sequence[float] = WIDTHS) -> None:
        self.widths = tuple(widths)
        self.heights: list[float] = []
        self.cells: list[Cell] = []
        self.breaks: list[tuple[int, int]] = []
        self.headings: list[Heading] = []

    def row(self, minimum_mm: float = 7.4, rank: int | None = None) -> int:
        """Open a row and return it; with a rank, a page may begin before it."""
        if rank is not None:
            self.breaks.append((len(self.heights), rank))
        self.heights.append(minimum_mm)
        return len(self.heights) - 1

    def put(
        self,
        row: int,
        col: int,
        text: str,
        style: Style = TEXT,
        colspan: int = 1,
        rowspan: int = 1,
        cut: Cut = "flow",
        number_format: str = "",
        typed: bool = False,
    ) -> None:
        """Put a cell; one with a number format is a figure, a typed one comes from a cell of the form."""
        label = style.bold or cut == "mark"
        breaker = upright_lines if style.upright else break_label if label else break_lines
        width = sum(self.widths[col : col + colspan]) - 2 * style.side_mm
        lines = breaker(text, width, style, metrics())
        value = figure(text) if number_format else None
        source = ("d", f"cell{row}.{col}") if typed else None
        self.cells.append(
            Cell(row, col, text, style, lines, rowspan, colspan, value, number_format, cut, source)
        )
        last = row + rowspan - 1
        self.heights[last] += max(style.height_mm(len(lines)) - sum(self.heights[row : last + 1]), 0.0)

    def grid(self) -> Grid:
        return Grid(
            name="整体自评表",
            running_title=f"2022 年度{UNIT}整体绩效自评表",
            footer="整体绩效自评表 · 2022 年度",
            widths_mm=self.widths,
            heights_mm=tuple(self.heights),
            cells=tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.col))),
            breaks=tuple(sorted(self.breaks)),
            headings=tuple(self.headings),
            check_code="7F3K-92QD",
            qr=f"ZP1|7F3K-92QD|wuhan-department-2022|2022|{UNIT}|97",
        )


def figure(text: str) -> Decimal:
    """Return the number that a text shows."""
    number = Decimal(text.rstrip("% 万元"))
    return number / 100 if text.endswith("%") else number


def table(*rows: Sequence[str], style: Style = TEXT) -> Grid:
    """Return a plain grid of these texts, all typed, without title, breaks and check code."""
    sheet = Sheet([170.0 / len(rows[0])] * len(rows[0]))
    for texts in rows:
        row = sheet.row()
        for col, text in enumerate(texts):
            sheet.put(row, col, text, style, typed=True)
    return replace(sheet.grid(), qr="", check_code="")


def form(goals: int = 2, times: int = 1, deviation: str = "本年度无较大的偏差及未完成的目标。") -> Grid:
    """Return a Wuhan form with so many goals, every indicator standing there `times` times."""
    sheet = Sheet()
    _title(sheet)
    _budget(sheet)
    for number in range(1, goals + 1):
        _goal(sheet, number, times)
    row = sheet.row(rank=0)
    sheet.put(row, 0, "总分", LABEL, colspan=2)
    sheet.put(row, 2, "97 分", LABEL, colspan=5)
    _long_row(sheet, "偏差大或目标未完成原因分析", deviation)
    _long_row(sheet, "改进措施及结果应用方案", "进一步加强数字资源的建设运用，继续丰富名师课堂教学资源。")
    for note in NOTES:
        sheet.put(sheet.row(4.8), 0, note, NOTE, colspan=7)
    return sheet.grid()


def _title(sheet: Sheet) -> None:
    for line in (f"2022 年度{UNIT}", "整体绩效自评表"):
        sheet.put(sheet.row(9.0), 0, line, TITLE, colspan=7)
    row = sheet.row(9.0)
    sheet.put(row, 0, f"单位名称：{UNIT}", HEAD_LINE, colspan=4)
    sheet.put(row, 4, "填报日期：2023 年 5 月", HEAD_LINE._replace(align="right"), colspan=3)


def _budget(sheet: Sheet) -> None:
    row = sheet.row()
    sheet.put(row, 0, "单位名称", LABEL, colspan=2)
    sheet.put(row, 2, UNIT, CENTRED, colspan=5, typed=True)
    row = sheet.row()
    sheet.put(row, 0, "基本支出总额", LABEL, colspan=2)
    sheet.put(row, 2, "89.89 万元", CENTRED, colspan=2, number_format='0.00" 万元"')
    sheet.put(row, 4, "项目支出总额", LABEL)
    sheet.put(row, 5, "98.00 万元", CENTRED, colspan=2, number_format='0.00" 万元"')
    row, below = sheet.row(), sheet.row()
    sheet.put(row, 0, "预算执行情况（万元）（20 分）", LABEL, colspan=2, rowspan=2)
    for col, (head, text, number_format) in enumerate(FUNDS, start=2):
        sheet.put(row, col, head, LABEL)
        sheet.put(below, col, text, CENTRED if number_format else LABEL, number_format=number_format)


def _goal(sheet: Sheet, number: int, times: int) -> None:
    row = sheet.row(rank=0)
    sheet.put(row, 0, f"年度目标 {number}（{50 if number == 1 else 30} 分）", LABEL, colspan=2)
    sheet.put(row, 2, GOAL, colspan=5, typed=True)
    heading = sheet.row()
    captions = ("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分")
    for col, caption in enumerate(captions, start=1):
        sheet.put(heading, col, caption, LABEL)
    rows = [texts for texts in ROWS for _ in range(times)]
    first = len(sheet.heights)
    for before, texts in pairwise([[], *rows]):
        rank = 1 if before[:1] != texts[:1] else 2 if before[:2] != texts[:2] else 3
        row = sheet.row(rank=rank)
        sheet.put(row, 3, texts[2], typed=True)
        sheet.put(row, 4, texts[3], CENTRED, typed=True)
        sheet.put(row, 5, texts[4], CENTRED, typed=True)
        sheet.put(row, 6, texts[5], CENTRED, number_format="0.0" if "." in texts[5] else "0", typed=True)
    for level in (1, 2):
        row = first
        for names, group in groupby([texts[:level] for texts in rows]):
            span = len(list(group))
            sheet.put(row, level, names[-1], CENTRED, rowspan=span, cut="mark", typed=True)
            row += span
    last = first + len(rows) - 1
    sheet.put(heading, 0, "年度绩效指标", UPRIGHT, rowspan=last - heading + 1, cut="repeat")
    sheet.headings.append(Heading(heading, heading, last))


def _long_row(sheet: Sheet, caption: str, text: str) -> None:
    """Add a row of a label and a text; a tall one is several rows, between which a page may end."""
    lines = break_lines(text, sum(sheet.widths[2:]) - 2 * TEXT.side_mm, TEXT, metrics())
    needed = max(TEXT.height_mm(len(lines)), 18.0)
    parts = round(needed / 30) if needed > 90 else 1
    rows = [sheet.row(needed / parts, rank=4 if part else 3) for part in range(parts)]
    sheet.put(rows[0], 0, caption, LABEL, colspan=2, rowspan=parts, cut="mark")
    sheet.put(rows[0], 2, text, TEXT, colspan=5, rowspan=parts, cut="flow", typed=True)
