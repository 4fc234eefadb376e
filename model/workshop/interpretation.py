"""What a blank was taken for, in words and as JSON: every part with its place, what is to be looked at."""

from collections.abc import Iterator
from typing import Any

from model.forms.definition import KIND_NAMES
from model.forms.loader import Library
from model.recognition.places import address, called
from model.workshop.definition import form_id
from model.workshop.grades import said_grades
from model.workshop.proposal import Item, Part, Proposal, roles

NOT_KEPT = (
    "这张表填过内容，不能都清掉（doc、wps 清不掉，没看懂的地方不敢清），没有随表样保存；"
    "填回原表时请另选空白的 xlsx、docx。"
)


def interpretation(found: Proposal, library: Library | None = None) -> Iterator[str]:
    """Yield what every part was taken for; what is to be looked at stands behind it with !. With a library
    also where grades begin."""
    yield f"{found.name}（{KIND_NAMES[found.kind]}）· {found.region} {found.edition}"
    if found.appendix:
        yield f"  标题上方　{found.appendix}"
    for part in found.parts:
        yield f"  {part.called}　{summary(part)}"
        if part.why:
            yield f"    ! {part.why}"
        for item in part.items:
            mark = "!" if item.why else "✓"
            meaning = roles(part.kind).get(item.role, "名称")
            yield f"    {mark} {called(item.place)}　{item.caption or '（空）'} → {meaning}"
            if item.why:
                yield f"      {item.why}"
    yield f"  分值　{points(found)}"
    if found.execution_why:
        yield f"    ! {found.execution_why}"
    if library is not None and found.is_scored:
        yield f"  等级　{said_grades(found, library)}（满分 {found.full_marks} 分）"
    yield counts(found)


def counts(found: Proposal) -> str:
    """Return the sentence that says how much was understood."""
    doubts = sum(1 for _ in found.doubts()) + bool(found.execution_why)
    known = sum(1 for part in found.parts if part.kind != "left")
    return f"认出 {known} 部分，请看 {doubts} 处。" if doubts else f"认出 {known} 部分。"


def summary(part: Part) -> str:
    """Return what a part holds, in a line."""
    captions = "、".join(item.caption for item in part.items if item.caption)
    match part.kind:
        case "title":
            return " ".join(part.texts).replace("{year}", "〈年度〉").replace("{unit}", "〈单位〉")
        case "notes":
            return part.texts[0]
        case "funds":
            return f"{len(part.rows)} 行 · {captions}"
        case "indicators":
            return f"{len(part.items)} 栏 · {captions}"
        case "total":
            return part.label
        case "goals" if part.texts:
            return part.texts[0].replace("{n}", "〈序号〉").replace("{points}", "〈分值〉")
    return captions or part.label


def points(found: Proposal) -> str:
    """Return the points of the parts: 执行率 10 · 产出指标 50 …"""
    if not found.is_scored:
        return "这张表不计分"
    execution = [f"执行率 {found.execution}"] if found.execution else []
    rows = [f"“{name}”一行按执行率算" for name in found.execution_rows]
    levels = [f"{level.name} {level.points or '未印'}" for level in found.levels if level.name]
    return " · ".join([*execution, *rows, *levels]) or "没有印分值"


def as_json(found: Proposal, library: Library) -> dict[str, Any]:
    """Return the same as plain data."""
    return {
        "id": form_id(found),
        "file": found.file,
        "sheet": found.sheet,
        "name": found.name,
        "appendix": found.appendix,
        "kind": found.kind,
        "region": found.region,
        "edition": found.edition,
        "money_unit": found.money_unit,
        "landscape": found.is_landscape,
        "scored": found.is_scored,
        "execution_points": found.execution or None,
        "execution_rows": list(found.execution_rows),
        "regulation": found.regulation,
        "full_marks": found.full_marks,
        "grades": said_grades(found, library) if found.is_scored else "",
        "level1": [level._asdict() | {"level2": list(level.level2)} for level in found.levels],
        "parts": [_part(part) for part in found.parts if part.kind != "left"],
        "left": [_item(item) for part in found.parts if part.kind == "left" for item in part.items],
        "doubts": [why for _, _, why in found.doubts()] + [found.execution_why] * bool(found.execution_why),
    }


def _part(part: Part) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": part.kind, "name": part.called, "label": part.label}
    if part.texts:
        found["texts"] = list(part.texts)
    if part.items:
        found["items"] = [_item(item) for item in part.items]
    if part.rows:
        found["rows"] = [
            {"key": row.key, "caption": row.caption, "place": address(row.place)} for row in part.rows
        ]
    return found | ({"why": part.why} if part.why else {})


def _item(item: Item) -> dict[str, Any]:
    found = {"caption": item.caption, "role": item.role, "place": address(item.place)}
    return found | ({"why": item.why} if item.why else {})
