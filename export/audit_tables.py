"""What an audit found as workbook and as Markdown: written form by form, so that any folder fits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from export.pieces import FORBIDDEN
from model.audit.audited import STATE_NAMES, FormAudit, Remark
from model.audit.compare import Since
from model.audit.record import Record

_FORMS = (  # caption, width in characters
    *(("序号", 6), ("单位", 26), ("项目", 26), ("年度", 7), ("表", 24), ("文件", 34), ("工作表", 14)),
    *(
        ("原表总分", 10),
        ("计算总分", 10),
        ("错误", 7),
        ("提醒", 7),
        ("未填", 7),
        ("请核对的格", 11),
        ("与上次比", 20),
    ),
)
_REMARKS = (
    *(("单位", 26), ("项目", 26), ("文件", 34), ("位置", 18), ("级别", 8), ("哪一格", 40)),
    *(("问题", 70), ("说明", 30), ("与上次比", 10)),
)
_MENDED = (
    ("单位", 26),
    ("项目", 26),
    ("文件", 34),
    ("上次的位置", 18),
    ("级别", 8),
    ("哪一格", 40),
    ("上次的问题", 70),
)
_REPEATED = (("同一单位的同一张表在这些文件里，请只留一份。", 120),)
_UNREAD = (("文件", 50), ("原因", 70))
_MOST_ROWS = 1_048_000  # of a sheet; findings beyond go on in another
_HEAD = PatternFill("solid", fgColor="E8EEF5")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

Compared = tuple[FormAudit, Since]


def compared(record: Record, last: Record | None) -> Iterator[Compared]:
    """Yield the forms of an audit, worst first, with what changed since the last one."""
    return ((form, last.since(form) if last else Since()) for form in record.forms())


# --- workbook


def write_workbook(record: Record, last: Record | None, path: Path) -> None:
    """Write an audit as .xlsx: forms, findings, what is mended, what was not read."""
    book = Workbook(write_only=True)
    forms = _Sheet(book, "表", _FORMS)
    for number, (form, changes) in enumerate(compared(record, last), start=1):
        forms.add(_form_row(number, form, changes))
    remarks = _Sheet(book, "问题", _REMARKS)
    for form, changes in compared(record, last):
        for number, remark in enumerate(form.remarks):
            remarks.add(_remark_row(form, remark, changes.of(number)))
    if last:
        mended = _Sheet(book, "改好的", _MENDED)
        for form, changes in compared(record, last):
            for remark in changes.mended:
                mended.add(_remark_row(form, remark, "")[: len(_MENDED)])
    if record.repeated:
        repeated = _Sheet(book, "有几份的表", _REPEATED)
        for files in record.repeated:
            repeated.add(("、".join(files),))
    if record.refused:
        unread = _Sheet(book, "没有读的文件", _UNREAD)
        for row in record.refused:
            unread.add(row)
    book.save(path)


def _form_row(number: int, form: FormAudit, changes: Since) -> tuple[str | int, ...]:
    return (
        *(number, form.unit, form.project, form.year, form.name, form.file, form.sheet),
        *(form.printed, form.computed, *form.weight, form.unsure, changes.text),
    )


def _remark_row(form: FormAudit, remark: Remark, changed: str) -> tuple[str | int, ...]:
    return (
        *(form.unit, form.project, form.file, remark.place, STATE_NAMES[remark.state]),
        *(remark.where, remark.message, remark.answer, changed),
    )


class _Sheet:
    """A table with its captions, which stay in sight; it goes on in another sheet where one is full."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[tuple[str, int]]) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        self._rows = 0
        self._sheet: Any = self._book.create_sheet(
            self._name + (f" {self._number}" if self._number > 1 else "")
        )
        for n, (_, width) in enumerate(self._columns, start=1):
            self._sheet.column_dimensions[get_column_letter(n)].width = width
        self._sheet.freeze_panes = "A2"
        self._sheet.append([self._head(caption) for caption, _ in self._columns])

    def _head(self, caption: str) -> Any:
        cell: Any = WriteOnlyCell(self._sheet, caption)
        cell.font, cell.fill = Font(bold=True), _HEAD
        return cell

    def add(self, row: Iterable[str | int]) -> None:
        """Add a row; texts stay texts, also =1+1."""
        if self._rows >= _MOST_ROWS:
            self._begin()
        self._rows += 1
        self._sheet.append([self._cell(content) for content in row])

    def _cell(self, content: str | int) -> Any:
        if isinstance(content, int):
            return content
        cell: Any = WriteOnlyCell(self._sheet, _ESCAPE.sub("_x005F_", FORBIDDEN.sub("", content))[:32_000])
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        return cell


# --- Markdown


def write_markdown(record: Record, last: Record | None, path: Path) -> None:
    """Write an audit as Markdown: a line a form, then each form with its findings, then what was not read."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in as_lines(record, last):
            file.write(f"{line}\n")


def as_lines(record: Record, last: Record | None) -> Iterator[str]:
    """Yield the lines of an audit."""
    yield from ("# 检查结果", "", _summary(record), "")
    if last:
        yield from (f"与 {last.made} 的检查比较。", "")
    yield _line(
        ["序号", "单位", "项目", "表", "文件", "原表总分", "计算总分", "错误", "提醒", "未填", "与上次比"]
    )
    yield _line(["---"] * 11)
    for number, (form, changes) in enumerate(compared(record, last), start=1):
        texts = (str(number), form.unit, form.project, form.name, _file(form), form.printed, form.computed)
        yield _line((*texts, *map(str, form.weight), changes.text))
    for number, (form, changes) in enumerate(compared(record, last), start=1):
        yield from _section(number, form, changes)
    if record.repeated:
        yield from ("", "## 同一单位的同一张表有几份", "")
        yield from (f"- {'、'.join(files)}" for files in record.repeated)
    if record.refused:
        yield from (
            "",
            f"## 没有读的文件 {len(record.refused)}",
            "",
            _line(("文件", "原因")),
            _line(["---"] * 2),
        )
        yield from map(_line, record.refused)


def _summary(record: Record) -> str:
    sums = [sum(entry.weight[n] for entry in record.entries) for n in range(3)]
    found = f"错误 {sums[0]} 处，提醒 {sums[1]} 处，未填 {sums[2]} 处"
    return f"{record.folder}：{record.files} 个文件，{len(record.entries)} 张表，{found}。"


def _file(form: FormAudit) -> str:
    return f"{form.file} › {form.sheet}" if form.sheet else form.file


def _section(number: int, form: FormAudit, changes: Since) -> Iterator[str]:
    title = " ".join(filter(None, (form.unit, form.project, form.name, form.year)))
    yield from ("", f"## {number} {title}", "", f"{_file(form)}", "")
    if not form.remarks:
        yield "没有发现问题。"
    else:
        yield _line(("位置", "级别", "哪一格", "问题", "与上次比"))
        yield _line(["---"] * 5)
    for n, remark in enumerate(form.remarks):
        state = STATE_NAMES[remark.state]
        yield _line((remark.place, state, remark.where, remark.message, changes.of(n)))
    yield from (f"- 改好：{remark.at}：{remark.message}" for remark in changes.mended)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
