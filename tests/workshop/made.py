"""Blanks that no bureau published: layouts that the program does not ship, drawn as text, made as .xlsx."""

import re
from html import escape

from model.recognition.incoming import SeenCell
from tests.intake.making import book_parts, document, zipped
from tests.recognition.drawn import drawn

THREE_COLUMNS = r"""
2024年度示例区项目支出绩效自评表>10
项目名称>2|>3|项目编码>2|>3
主管部门>2|>3|实施单位>2|>3
项目资金\n（万元）^4|>2|年初预算数|全年预算数|全年执行数|执行率>2|预算执行得分|财政审核评分
年度资金总额>2||||>2||
其中：本年财政拨款>2||||>2|—|
其他资金>2||||>2|—|
年度目标^2|预期目标>4|实际完成情况>5
>4|>5
绩效指标^7|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|分值|审核评分
产出指标（50分）^3|数量指标^2|指标1：||||||
指标2：||||||
质量指标|指标1：||||||
效益指标（30分）^2|社会效益指标^2|指标1：||||||
指标2：||||||
满意度指标（10分）|服务对象满意度|指标1：||||||
总分>7||100|
评价结论>2|>8
存在问题>2|（300字以内）>8
填表人：　　　　　　负责人：　　　　　　填报日期：　　　　>10
"""
TWO_MONEYS = r"""
部门整体支出绩效自评表>8
（　　　　年度）>8
部门名称|>3|联系人|>3
部门预算\n（万元）^3|资金来源|年初预算数|年中调整数|全年预算数|到位数|全年执行数|执行率
合计||||||
其中：财政拨款||||||
专项资金\n（万元）^3|资金来源|年初预算数|年中调整数|全年预算数|到位数|全年执行数|结余
合计||||||
上级补助||||||
年度总体目标^2|年初设定目标>3|全年完成情况>4
>3|>4
绩效指标^6|一级指标|二级指标|三级指标|年度指标值|全年完成值|分值|得分
履职效能（60分）^3|重点工作^2|||||
||||
管理效率|||||
社会效应（40分）^2|社会效益|||||
满意度|||||
自评得分>6|100|
偏差原因分析|>7
改进措施|>7
单位负责人：　　　　　　填表人：　　　　　　联系电话：　　　　　　填报日期：　　　　>8
"""
NO_SCORES = r"""
XX县财政局项目绩效完成情况表>5
金额单位：元>5
项目名称|>2|项目负责人|
预算数|全年执行数|执行率|结余|
|||
序号|指标名称|目标值|完成值|未完成原因
1||||
2||||
3||||
4||||
其他说明|>4
填报人：　　　　　　　审核人：　　　　　　　日期：　　　　>5
"""


def blank_of(text: str, *, sheet: str = "") -> bytes:
    """A workbook with one sheet as it was drawn; every cell of a row is there, also an empty one."""
    cells = drawn(text).cells
    rows: dict[int, dict[int, str]] = {}
    merges = []
    for cell in cells:
        row, column = cell.place.row, cell.place.column
        for r in range(row, row + cell.rows):
            for c in range(column, column + cell.columns):
                rows.setdefault(r, {})[c] = cell.text if (r, c) == (row, column) else ""
        if cell.rows > 1 or cell.columns > 1:
            last = _name(row + cell.rows - 1, column + cell.columns - 1)
            merges.append(f'<mergeCell ref="{_name(row, column)}:{last}"/>')
    lines = "".join(
        f'<row r="{row}">{"".join(_cell(row, c, text) for c, text in sorted(found.items()))}</row>'
        for row, found in sorted(rows.items())
    )
    parts = book_parts(lines, sheet=f"<mergeCells>{''.join(merges)}</mergeCells>{sheet}")
    wrapped = '<xf numFmtId="0"><alignment wrapText="1"/></xf>'
    styles = str(parts["xl/styles.xml"]).replace('<xf numFmtId="0"/>', wrapped, 1)
    return zipped({"[Content_Types].xml": _types()} | parts | {"xl/styles.xml": styles})


def _types() -> str:
    """What the parts are, without which other programs open no workbook."""
    kinds = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "styles": "styles"}
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{main}.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _cell(row: int, column: int, text: str) -> str:
    if not text:
        return f'<c r="{_name(row, column)}" s="0"/>'
    shown = escape(text, quote=False)
    return f'<c r="{_name(row, column)}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def _name(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def word_of(*texts: str) -> bytes:
    """A Word document of drawn forms, one behind the other."""
    return document("".join(map(_word_body, texts)))


def _word_body(text: str) -> str:
    """Whole lines before and behind are paragraphs, all between them is one table."""
    cells = drawn(text).cells
    width = max(cell.place.column + cell.columns - 1 for cell in cells)
    rows: dict[int, list[tuple[SeenCell, int]]] = {}
    for cell in cells:
        for below in range(cell.rows):
            rows.setdefault(cell.place.row + below, []).append((cell, below))
    in_table = [row for row, found in rows.items() if len(found) > 1]
    lines = {row: _paragraphs(found[0][0].text) for row, found in rows.items()}
    first, last = min(in_table), max(in_table)
    table = "".join(_word_row(rows[row]) for row in range(first, last + 1))
    grid = f"<w:tblPr/><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>"
    before = "".join(lines[row] for row in sorted(rows) if row < first)
    after = "".join(lines[row] for row in sorted(rows) if row > last)
    return f"{before}<w:tbl>{grid}{table}</w:tbl>{after}"


def _word_row(cells: "list[tuple[SeenCell, int]]") -> str:
    ordered = sorted(cells, key=lambda found: found[0].place.column)
    return f"<w:tr>{''.join(_word_cell(cell, below) for cell, below in ordered)}</w:tr>"


def _word_cell(cell: SeenCell, below: int) -> str:
    properties = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    if cell.rows > 1:
        properties += "<w:vMerge/>" if below else '<w:vMerge w:val="restart"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraphs('' if below else cell.text)}</w:tc>"


def _paragraphs(text: str) -> str:
    lines = (escape(line) for line in text.split("\n"))
    return "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in lines)


MADE = {"三栏目标.xlsx": THREE_COLUMNS, "两张资金.xlsx": TWO_MONEYS, "不计分.xlsx": NO_SCORES}
assert all(re.search("表>", text) for text in MADE.values())
