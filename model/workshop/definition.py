"""The definition of a proposed form, as TOML: the reader of all definitions reads and checks it."""

import zlib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from model.basics import number
from model.forms.definition import FormDefinition, Regulation
from model.forms.definition_toml import definition_in
from model.forms.loader import Library, row_names
from model.forms.months import until_a_month
from model.forms.toml_table import toml_in
from model.forms.toml_text import toml_text
from model.recognition.texts import on_one_line
from model.workshop.drawing import SIDE, TOP, boxes, lines, millimetres, room, spread, table_widths
from model.workshop.proposal import (
    IGNORED,
    OTHERS,
    OWN,
    Item,
    Part,
    Proposal,
    is_execution,
    is_planned,
    known_columns,
)
from model.workshop.propose import odd_total

FORM_TAB, MONEY_TAB, GOALS_TAB = "基本情况", "预算执行情况", "绩效目标与指标"
RESULT_TAB, TEXTS_TAB = "自评结论", "问题与改进"
_ON_TEXTS = ("deviation", "improvement", "problems")
_NO_FIELDS = ("total", "grade", "heading")  # roles of what nobody types
_PREFIX = "own-"  # before the id of a form that was made of a blank


def form_id(found: Proposal) -> str:
    """Return the id of a form: the same blank gives the same id, whoever reads it and on whatever day; the
    title counts, as two bureaus may have the same captions."""
    if found.form_id:
        return found.form_id
    said = [found.kind, *(p.kind + p.label + "|".join(i.caption for i in p.items) for p in found.parts)]
    said += [row.caption for part in found.parts for row in part.rows]
    said += [text for part in found.parts if part.kind == "title" for text in part.texts]
    return f"{_PREFIX}{zlib.crc32(chr(10).join(said).encode()):08x}"


def definition_text(found: Proposal, regulation: str = "") -> str:
    """Return the definition as TOML; `regulation` is the id of its rules, else those of the proposal."""
    blocks = list(_blocks(found))
    head: dict[str, Any] = {
        "id": form_id(found),
        "kind": found.kind,
        "edition": found.edition,
        "region": found.region,
        "name": found.name,
        "title": list(_titles(found)),
        "running_title": _running_title(found),
        **({"appendix": found.appendix} if found.appendix else {}),
        "source": f"财政局空白表 {found.file}（{found.sheet}）",
        "regulation": regulation or found.regulation,
        "money_unit": found.money_unit,
        "learned": True,
        "scored": found.is_scored,
        **({"execution_points": _points(found.execution)} if found.is_scored and found.execution else {}),
        **({"full_marks": _points(found.full_marks)} if found.full_marks != "100" else {}),
        **({"execution_rows": list(found.execution_rows)} if found.execution_rows else {}),
        "goal_parts": list(_goal_parts(found)),
        "goal_points": found.has_goal_points,
        "widths_mm": next(b["widths_mm"] for b in blocks if b["kind"] == "indicators"),
        "look": _look(found),
    }
    levels = [_level(found, n) for n in range(len(found.levels))]
    given = list(_given(found))
    more = {"level1": levels, "given": given, "field": list(_fields(found)), "block": blocks}
    return toml_text(
        head | {key: value for key, value in more.items() if value}, "由财政局的空白表做成的表样"
    )


def definition_of(found: Proposal, library: Library) -> FormDefinition:
    """Return the definition of a proposal; raises UserError where it is none that can be filled in."""
    known: dict[str, Regulation] = dict(library.regulations)
    return definition_in(toml_in(definition_text(found).encode(), "表样"), known, row_names())


def _titles(found: Proposal) -> Sequence[str]:
    part = found.part("title")
    return part.texts if part and part.texts else ("绩效自评表",)


def _running_title(found: Proposal) -> str:
    project = " · {project}" if found.kind not in ("department", "declaration") else ""
    first = next((line for line in _titles(found) if "表" in line), _titles(found)[0])
    return f"{first}{project}"


def _look(found: Proposal) -> dict[str, Any]:
    part = found.part("indicators")
    is_wide = part is not None and len(part.items) > 10 and not found.is_landscape
    return {
        "side_mm": Decimal(SIDE) / 10,
        "top_mm": Decimal(TOP) / 10,
        "text_pt": Decimal("8.5") if is_wide else 9,
        "pitch": Decimal("1.34"),
        "row_mm": 7,
        "commas": True,
        "landscape": found.is_landscape,
    }


def _points(text: str) -> Decimal:
    found = number.parse_number(text)
    return Decimal(0) if found is None else found


def _level(found: Proposal, n: int) -> dict[str, Any]:
    """A level 1 with its points, where all points together are as many as they should: else nobody can say
    them."""
    level = found.levels[n]
    points = number.parse_number(level.points)
    is_sound = points is not None and found.is_scored and odd_total(found) is None
    known = {"points": points} if is_sound else {}
    return {"name": level.name, **known, "level2": list(level.level2)}


# --- fields


def _kept(part: Part) -> tuple[Item, ...]:
    return tuple(item for item in part.items if item.role != IGNORED)


def _in_fields(found: Proposal) -> Iterator[Item]:
    for part in found.parts:
        if part.kind in ("fields", "line"):
            yield from (item for item in _kept(part) if item.role not in _NO_FIELDS)


def _fields(found: Proposal) -> Iterator[dict[str, Any]]:
    used: dict[tuple[str, str], int] = {}
    for item in _in_fields(found):
        at = item.at
        place = (at if at in ("fields", "signatures") else "", item.caption)
        used[place] = used.get(place, 0) + 1
        field: dict[str, Any] = {"id": item.key, "caption": item.caption}
        if item.role in ("long", "date", "money", "choice"):
            field["kind"] = item.role
        if item.role == "choice":
            field["choices"] = list(item.choices)
        if item.key == "project_name":
            field["required"] = True
        if item.role == OTHERS:
            field["filled_by"] = "others"
        if at != "fields":
            field["at"] = at
        if used[place] > 1:
            field["key"] = f"{item.caption}（{used[place]}）"
        if item.limit:
            field["limit"] = item.limit
        yield field


# --- blocks


def _blocks(found: Proposal) -> Iterator[dict[str, Any]]:
    funds = tables = 0
    for part in found.parts:
        match part.kind:
            case "fields" | "line" if _kept(part):
                yield _captions(found, part)
            case "funds" if part.rows and (is_execution(part) or is_planned(part)):
                funds += 1
                yield _money(found, part, funds)
            case "table" if _kept(part):
                tables += 1
                yield _table(found, part, tables)
            case "goals" if part.items:
                yield _goals(found, part)
            case "indicators":
                yield _indicators(found, part)
            case "total" if found.is_scored:
                yield _total(found, part)
            case "notes":
                yield {"kind": "notes", "tab": GOALS_TAB, "lines": list(part.texts)}


def _captions(found: Proposal, part: Part) -> dict[str, Any]:
    items = _kept(part)
    draw = lines if part.kind == "line" else boxes
    widths, rows = draw(items, room(found.is_landscape))
    return {
        "kind": "fields",
        "tab": _tab(items, part),
        **({"framed": False} if part.kind == "line" else {}),
        "widths_mm": millimetres(widths),
        "rows": rows,
    }


def _tab(items: Sequence[Item], part: Part) -> str:
    if part.name != "结尾" or part.kind == "line":
        return FORM_TAB
    if any(item.key.startswith(_ON_TEXTS) or item.role == "long" for item in items):
        return TEXTS_TAB
    return RESULT_TAB


def _money(found: Proposal, part: Part, n: int) -> dict[str, Any]:
    items = _kept(part)
    total = room(found.is_landscape)
    widths = table_widths(items, total, label=True)
    return {
        "kind": "funds",
        "tab": MONEY_TAB,
        **({"id": f"{_LETTERS[n - 2]}funds"} if n > 1 else {}),
        "label": part.label or "资金",
        **({"all_rates": True} if any(item.role == "rate" for item in items) else {}),
        "widths_mm": millimetres(widths),
        "columns": [_column(part.kind, item, number) for number, item in enumerate(items)],
        "rows": [
            {"key": row.key, "caption": row.caption, **({"fixed": dict(row.fixed)} if row.fixed else {})}
            for row in part.rows
        ],
    }


def _table(found: Proposal, part: Part, n: int) -> dict[str, Any]:
    """A table of the form's own: with the rows that the blank names, else with those that the clerk adds."""
    items = _kept(part)
    rows = [{"key": row.key, "caption": row.caption} for row in part.rows]
    return {
        "kind": "items" if rows else "rows",
        "tab": TEXTS_TAB if _is_behind(found, part) else FORM_TAB,
        "id": f"{_LETTERS[-n]}table",
        "label": part.label or "明细",
        "widths_mm": millimetres(table_widths(items, room(found.is_landscape), label=True)),
        "columns": [_column(part.kind, item, number) for number, item in enumerate(items)],
        **({"rows": rows} if rows else {}),
    }


def _is_behind(found: Proposal, part: Part) -> bool:
    kinds = [one.kind for one in found.parts]
    return kinds.index("indicators") < found.parts.index(part)


_LETTERS = "abcdehjklmn"  # initials of tables: of money from the first, of others from the last


def _column(kind: str, item: Item, n: int) -> dict[str, Any]:
    """A column: of a known meaning its caption, of any other what it is as well."""
    known = known_columns(kind)  # type: ignore[arg-type]
    column: dict[str, Any] = {
        "key": item.role if item.role in known else item.key or f"own_{n}",
        "caption": _braced(item),
    }
    if item.above:
        column["above"] = [text.replace("{", "（").replace("}", "）") for text in item.above]
    if item.role in (OWN, OTHERS):
        column |= {"kind": _own_kind(kind, item.caption)} if kind != "goals" else {}
    if item.role == OTHERS:
        column["filled_by"] = "others"
    return column


def _braced(item: Item) -> str:
    return until_a_month(item.caption.replace("{", "（").replace("}", "）"))


def _own_kind(kind: str, caption: str) -> str:
    """What stands in a column that no rule knows, by the last word of its caption."""
    bare = caption.split("（")[0].split("(")[0].strip()
    if kind == "funds" and bare.endswith(("率", "比", "占比")):
        return "rate"
    if kind == "funds" and bare.endswith(("数", "额", "资金", "款", "预算")):
        return "money"
    return "points" if bare.endswith(("分", "评分", "得分", "分值")) else "text"


def _goals(found: Proposal, part: Part) -> dict[str, Any]:
    items = _kept(part)
    widths = table_widths(items, room(found.is_landscape), label=True)
    columns = [_column(part.kind, item, n) for n, item in enumerate(items)]
    names = {"expected": "目标{n}：{text}", "adjusted": "目标{n}：{text}", "actual": "完成目标{n}：{text}"}
    patterns = {c["key"]: names.get(c["key"], "目标{n}：{text}") for c in columns}
    return {
        "kind": "goals",
        "tab": GOALS_TAB,
        "label": part.label or "年度目标",
        "widths_mm": millimetres(widths),
        "columns": columns,
        "patterns": patterns,
    }


def _goal_parts(found: Proposal) -> Iterator[str]:
    part = found.part("goals")
    if part is not None:
        yield from (_column("goals", item, n)["key"] for n, item in enumerate(_kept(part)))
    if found.per_goal and found.has_goal_text:
        yield "text"


def _indicators(found: Proposal, part: Part) -> dict[str, Any]:
    items = _kept(part)
    widths = table_widths(items, room(found.is_landscape), label=True)
    goals = {
        "per_goal": True,
        "goal_text": found.has_goal_text,
        "goal_captions": list(found.per_goal),
        "heading": "once",
    }
    return {
        "kind": "indicators",
        "tab": GOALS_TAB,
        "label": part.label.split("{")[0] if not found.per_goal else "年度绩效目标",
        "widths_mm": millimetres(widths),
        "columns": [_column(part.kind, item, n) for n, item in enumerate(items)],
        **(goals if found.per_goal else {}),
        **({"level1_pattern": "{name}（{points}分）"} if found.levels_in else {}),
        **({"name_pattern": "{name}（{weight}分）"} if found.weights_in else {}),
    }


def _given(found: Proposal) -> Iterator[dict[str, str]]:
    """The indicators that the blank prints itself, by the keys of the columns that the form keeps."""
    part = found.part("indicators")
    items = _kept(part) if part else ()
    keys = {on_one_line(i.caption): _column("indicators", i, n)["key"] for n, i in enumerate(items)}
    for row in found.given:
        texts = {keys.get(on_one_line(caption), caption): text for caption, text in row.items()}
        yield {key: text for key, text in texts.items() if key in (*keys.values(), "level1", "level2")}


def _total(found: Proposal, part: Part) -> dict[str, Any]:
    """The row of the total: its caption, the 100 of the weights where the blank prints it, the total."""
    texts = [{"text": text} for text in part.texts[:1]]
    cells = [{"caption": part.label or "总分"}, *texts, {"computed": "total"}]
    widths = spread(room(found.is_landscape), [70, *([15] if texts else []), 30])
    return {"kind": "fields", "tab": RESULT_TAB, "widths_mm": millimetres(widths), "rows": [cells]}
