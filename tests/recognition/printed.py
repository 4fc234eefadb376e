"""Prints a form as a sheet in a layout that is made up: captions, order of columns, merges, lines, units.

    sheet = printed(form, Layout(target="目标值", columns=("level1", "level2", "name", "weight", …)))

The form is an object of ziping.form/1; what a layout has no column for is not printed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from model.recognition.incoming import Place, SeenCell, SeenSheet

COLUMNS = ("level1", "level2", "name", "target", "actual", "weight", "score", "reason")
CAPTIONS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
    "initial": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "rate": "执行率",
    "fund_weight": "分值",
    "fund_score": "得分",
    "project": "项目名称",
    "authority": "主管部门",
    "implementer": "实施单位",
    "funds": "项目资金（万元）",
    "goals": "年度总体目标",
    "expected": "预期目标",
    "goal_actual": "实际完成情况",
    "indicators": "绩效指标",
    "total": "总分",
}
FUND_COLUMNS = ("initial", "budget", "executed", "fund_weight", "rate", "fund_score")


@dataclass(frozen=True)
class Layout:
    """How a form is printed; `captions` go over the usual ones, `more` are columns without a meaning."""

    captions: Mapping[str, str] = field(default_factory=dict)
    columns: Sequence[str] = COLUMNS
    funds: Sequence[str] = FUND_COLUMNS
    more: Mapping[str, str] = field(default_factory=dict)  # caption → text of each row, behind the others
    is_merged: bool = True  # levels over their rows; else each row has its own
    repeats: bool = False  # unmerged levels are printed in each row; else only in the first
    labels: bool = True  # the vertical labels at the left
    points: str = "{name}（{points}分）"  # how level 1 is printed
    title: Sequence[str] = ("项目支出绩效自评表", "（{year}年度）")
    unit_line: str = ""  # 单位：元
    as_lines: bool = False  # the title is text above a table, as in Word
    two_rows: bool = False  # the target in three columns under a caption of its own
    remark: str = ""  # a line across the table, between its first rows
    merges_scores: bool = False  # weight and score of the first two rows are one cell each

    def caption(self, key: str) -> str:
        """The caption of a part."""
        return self.captions.get(key, CAPTIONS[key])


def printed(form: Mapping[str, Any], layout: Layout, name: str = "Sheet1") -> SeenSheet:
    """Return a form as a sheet."""
    return _Printer(form, layout, name).sheet()


class _Printer:
    def __init__(self, form: Mapping[str, Any], layout: Layout, name: str) -> None:
        self.form, self.layout, self.name = form, layout, name
        self.cells: list[SeenCell] = []
        self.row = 1
        self.left = 2 if layout.labels else 1  # the first column right of the labels
        wide = len(layout.columns) + len(layout.more) + (2 if layout.two_rows else 0)
        self.end = self.left + max(wide, 1 + len(layout.funds))

    def put(self, column: int, text: str, rows: int = 1, columns: int = 1, below: int = 0) -> None:
        place = Place(self.name, self.row + below, column, "table" if self.layout.as_lines else "sheet")
        self.cells.append(SeenCell(text, "", rows, columns, place))

    def sheet(self) -> SeenSheet:
        lines = [line.format(year=self.form["year"]) for line in self.layout.title]
        lines += [self.layout.unit_line] * bool(self.layout.unit_line)
        if not self.layout.as_lines:
            for line in lines:
                self.put(1, line, columns=self.end - 1)
                self.row += 1
        self._head()
        self._funds()
        self._goals()
        self._indicators()
        self._total()
        kind = "table" if self.layout.as_lines else "sheet"
        return SeenSheet(
            self.name, kind, False, tuple(self.cells), tuple(lines) if self.layout.as_lines else ()
        )

    def _head(self) -> None:
        fields = self.form["fields"]
        self.put(1, self.layout.caption("project"), columns=self.left)
        self.put(self.left + 1, fields["project"], columns=self.end - self.left - 1)
        self.row += 1
        half = (self.end - self.left) // 2
        self.put(1, self.layout.caption("authority"), columns=self.left)
        self.put(self.left + 1, fields["authority"], columns=half - 1)
        self.put(self.left + half, self.layout.caption("implementer"))
        self.put(self.left + half + 1, fields["implementer"], columns=self.end - self.left - half - 1)
        self.row += 1

    def _label(self, key: str, rows: int) -> None:
        if self.layout.labels:
            self.put(1, self.layout.caption(key), rows=rows)

    def _funds(self) -> None:
        rows = self.form["funds"]
        self._label("funds", len(rows) + 1)
        keys = self.layout.funds
        wide = self.end - self.left - len(keys)
        self.put(self.left, "", columns=wide)
        for number, key in enumerate(keys):
            self.put(self.left + wide + number, self.layout.caption(key))
        for row in rows:
            self.row += 1
            self.put(self.left, row["label"], columns=wide)
            for number, key in enumerate(keys):
                self.put(self.left + wide + number, row[key.removeprefix("fund_")] or "")
        self.row += 1

    def _goals(self) -> None:
        goal = self.form["goals"][0]
        self._label("goals", 2)
        half = (self.end - self.left) // 2
        for key, first, columns in (("expected", 0, half), ("actual", half, self.end - self.left - half)):
            self.put(
                self.left + first,
                self.layout.caption("expected" if key == "expected" else "goal_actual"),
                columns=columns,
            )
            self.put(self.left + first, goal[key], columns=columns, below=1)
        self.row += 2

    def _indicators(self) -> None:
        rows = self.form["indicators"]
        heads = 2 if self.layout.two_rows else 1
        self._label("indicators", len(rows) + heads)
        column = self.left
        for key in (*self.layout.columns, *self.layout.more):
            caption = self.layout.caption(key) if key in CAPTIONS else key
            if key == "target" and self.layout.two_rows:
                self.put(column, caption, columns=3)
                for number, part in enumerate(("指标性质", "指标值", "度量单位")):
                    self.put(column + number, part, below=1)
                column += 3
            else:
                self.put(column, caption, rows=heads)
                column += 1
        self.row += heads
        for number, row in enumerate(rows):
            if number == 1 and self.layout.remark and not self.layout.is_merged:
                self.put(self.left, self.layout.remark, columns=self.end - self.left)
                self.row += 1
            self._indicator(rows, number, row)
            self.row += 1

    def _indicator(self, rows: Sequence[Mapping[str, Any]], number: int, row: Mapping[str, Any]) -> None:
        column = self.left
        for key in (*self.layout.columns, *self.layout.more):
            if key in self.layout.more:
                self.put(column, self.layout.more[key])
            elif key in ("level1", "level2"):
                self._level(rows, number, key, column)
            elif key == "target" and self.layout.two_rows:
                for part in row["target_parts"]:
                    self.put(column, part)
                    column += 1
                continue
            elif key in ("weight", "score") and self._merges(number):
                if number == 0:
                    self.put(column, row[key] or "", rows=2)
            else:
                self.put(column, row[key] or "")
            column += 1

    def _merges(self, number: int) -> bool:
        return self.layout.merges_scores and not self.layout.remark and number < 2

    def _level(self, rows: Sequence[Mapping[str, Any]], number: int, key: str, column: int) -> None:
        def group(row: Mapping[str, Any]) -> tuple[str, ...]:
            return (row["level1"],) if key == "level1" else (row["level1"], row["level2"])

        text = self._level1(rows[number]) if key == "level1" else rows[number]["level2"]
        is_first = number == 0 or group(rows[number - 1]) != group(rows[number])
        if not self.layout.is_merged:
            self.put(column, text if is_first or self.layout.repeats else "")
        elif is_first:
            length = 1
            while number + length < len(rows) and group(rows[number + length]) == group(rows[number]):
                length += 1
            self.put(column, text, rows=length)

    def _level1(self, row: Mapping[str, Any]) -> str:
        points = row.get("level1_weight")
        return self.layout.points.format(name=row["level1"], points=points) if points else row["level1"]

    def _total(self) -> None:
        places = {key: self.left + number for number, key in enumerate(self._flat())}
        first = min(places["weight"], places["score"]) if "weight" in places else places["score"]
        self.put(1, self.layout.caption("total"), columns=first - 1)
        for key, text in (("weight", "100"), ("score", self.form["total"])):
            if key in places:
                self.put(places[key], text)

    def _flat(self) -> Iterator[str]:
        for key in (*self.layout.columns, *self.layout.more):
            yield key
            if key == "target" and self.layout.two_rows:
                yield from ("value", "unit")
