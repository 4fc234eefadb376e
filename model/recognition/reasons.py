"""What a clerk is told about a mark, and about a form that was read: counts and control sums."""

from collections.abc import Iterator
from decimal import Decimal

from model.basics import number
from model.recognition.found import Found, scalars
from model.recognition.incoming import Mark
from model.recognition.texts import PLACEHOLDERS

REASONS = {
    Mark.SYNONYM: "原表的栏目名称与本表不同，按同义名称理解。",
    Mark.FILLED_DOWN: "原表此处为空，沿用上一行。",
    Mark.SPLIT: "从名称中取出的分值或编号。",
    Mark.JOINED: "由原表的几格合成。",
    Mark.TICKED: "按勾选标记理解。",
    Mark.ROUNDED: "原表显示的数与单元格里存的数不同。",
    Mark.FORMULA: "原表此处是公式，取保存时的结果。",
    Mark.TRACKED: "原文件有修订，按接受修订后的内容读取。",
    Mark.NUMBERED: "原文件此处有自动编号，编号不是文字，没有读入。",
    Mark.MERGED: "原表此处与其他行或列合并。",
    Mark.OUT_OF_LINE: "原表这一行与表头没有对齐，按顺序读取。",
    Mark.UNLIKELY: "这一行的数互相对不上（得分与分值，或执行率与金额），原表如此，或错了一格，请核对。",
    Mark.CONVERTED: "原表金额以元或亿元为单位，已换算成万元。",
    Mark.GUESSED: "原表没有写明，根据其他内容推断。",
    Mark.PAGE: "从 PDF 页面读取。",
    Mark.OUTSIDE: "原表此处引用另一个文件，取保存时的结果。",
    Mark.FORMAT: "原表此处的数字格式不认识，取存的数。",
    Mark.HINT: "像是原表印好的填写提示，不是填写的内容，请核对。",
    Mark.ERROR: "原表此处是错误值。",
    Mark.NO_VALUE: "原表此处的公式没有结果，请在 Excel 或 WPS 中打开并保存一次。",
    Mark.NOT_A_NUMBER: "这里应是数字。",
    Mark.TWO_CANDIDATES: "原表有两处可能，请核对取哪一处。",
}


def counts(found: Found) -> str:
    """Return how much was read, is to be checked, and was left: 读到 158 格，请核对 3 格，未放入 2 处。"""
    filled = [path for path, value in scalars(found.data) if value != "" and path in found.places]
    doubtful = sum(found.sign(path) in "!✕" for path in filled)
    return f"读到 {len(filled)} 格，请核对 {doubtful} 格，未放入 {len(found.left)} 处。"


def to_check(found: Found) -> list[str]:
    """Return the paths that a clerk should look at: ! and ✕."""
    return [path for path, mark in found.marks.items() if mark.sign in "!✕"]


def control_sums(found: Found) -> Iterator[str]:
    """Yield what the sums of a form say about its reading; they never change a value."""
    data = found.data
    if not data.get("indicators") or "total" not in data:
        return
    for key, name in (("weight", "分值"), ("score", "得分")):
        if not any(row.get(key) for row in data["indicators"]):  # a paper may print points of goals alone
            continue
        parts = [row.get(key) for row in (*data.get("funds", [])[:1], *data["indicators"])]
        values = [number.parse_points(text) for text in parts if text and text.strip() not in PLACEHOLDERS]
        if not values or None in values:
            continue
        total = sum((value for value in values if value is not None), Decimal(0))
        wanted = Decimal(100) if key == "weight" else number.parse_points(data["total"] or "")
        if wanted is not None:
            yield _sum_line(name, total, wanted, key)


def _sum_line(name: str, total: Decimal, wanted: Decimal, key: str) -> str:
    printed = "应为" if key == "weight" else "原表总分"
    shown = f"{name}合计 {number.plain(total)}，{printed} {number.plain(wanted)}"
    return f"{shown}，一致。" if total == wanted else f"{shown}，不一致：原表如此，或读取有误，请核对。"
