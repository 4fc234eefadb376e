"""A form as recognition saw it becomes the proposal of a definition; nothing is made up in silence."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from model.basics import number
from model.forms.definition import FormKind
from model.forms.definition_toml import FULL_MARKS
from model.forms.months import MONTHS, until_a_month
from model.recognition.anatomy import Anatomy, Pair
from model.recognition.captions import Vocabulary, plain
from model.recognition.incoming import SeenCell
from model.recognition.notes import footnotes
from model.recognition.texts import on_one_line
from model.recognition.units import money_unit
from model.recognition.years import years_in
from model.workshop.captions import CaptionRow, caption_rows, runs
from model.workshop.proposal import IGNORED, Item, Part, Proposal, is_execution, is_planned
from model.workshop.tables import (
    columns_of,
    execution_points,
    execution_rows,
    goals_of,
    has_points_in,
    levels_of,
    money_parts,
    own_tables,
)

_YEAR = re.compile(r"(?:(?:19|20)[0-9]{2}|[〇零○一二三四五六七八九]{4}|[_＿X×xX\s]{0,20})\s{0,20}(?=年度?)")
_YEAR_ASIDE = re.compile(r"[（(]" + _YEAR.pattern + r"年?度?[）)]")  # （2023年度）
_ROOM = re.compile(r"(?<=年度)[\s_＿]{2,}|(?<=年度)\s*[（(]\s*(?:单位|部门|项目)名称\s*[)）]")
_REGION = re.compile(
    r"([一-鿿]{2,9}?(?:自治区|自治州|省|市|区|县|旗|州|盟))(?:人民政府)?(?:财政局|财政厅|本级|市级|$)"
)
_REGION_FIRST = re.compile(  # 示例县2025年度县级预算项目支出绩效自评表
    r"((?![各全本])[一-鿿]{2,7}?(?:自治区|自治州|省|市|区|县|旗|州|盟))"
    r"(?=(?:19|20)[0-9]{2}|年度|[省市区县]级|[省市区县]直|(?:部门|单位)(?:整体|预算)|(?:财政|项目|预算)支出)"
)
_YEAR_IN_BRACKETS = re.compile(r"\((?:19|20)[0-9]{2}年度?\)")  # （2025年度）　金额单位：元
NOT_100 = "各部分分值合计 {total} 分，不是 100 分，请核对是表上就这样，还是有一处没有读对。"
ASKED_MONTHS = "监控期间"
NO_POINTS = "空白表没有印预算执行的分值，按 {points} 分，请核对。"
IN_NAMES = "表上没有“分值”一栏：分值印在指标名称后面，如“培训人数（5分）”。"
NO_BUDGET = "这张资金表没有预算数或执行数：没有放进表样，填回原表时保持原样。请看是不是有一栏没有认对。"
SHORT = "没看懂，原样留在原表里。"
HIDDEN = "在隐藏的行或列里，或压在合并格下面，原样留在原表里。"


def propose(form: Anatomy, words: Vocabulary, file: str, year: str, is_landscape: bool = False) -> Proposal:
    """Return what a blank is taken for; `year` is the year of today, `file` the name of the blank."""
    kind, keys = kind_of(form, words), form.keys
    _without_loose_amounts(form)
    placed = [*_caption_parts(form, words), *money_parts(form, words), *own_tables(form), *_rest(form)]
    goals = goals_of(form, words)
    if goals is not None and goals.part is not None:
        placed.append((goals.row, goals.part))
    is_scored = bool(keys & {"weight", "score"}) and kind in ("department", "project", "transfer")
    title = _title(form, words)
    levels = levels_of(form)
    found = Proposal(
        file=file,
        sheet=form.area.name,
        name=name_of(form, file),
        kind=kind,
        region=_region(form, file),
        edition=str(next(iter(_years(form, file)), year)),
        parts=(*title, *(part for _, part in sorted(placed, key=lambda one: one[0])), *_notes(form)),
        levels=levels,
        money_unit=money_unit(form, words) or "万元",
        is_landscape=is_landscape or len(form.headings[0].columns) > 11,
        is_scored=is_scored,
        execution_rows=execution_rows(form) if is_scored else (),
        per_goal=goals.per_goal if goals else (),
        has_goal_text=bool(goals and goals.has_text),
        has_goal_points=bool(goals and goals.has_points),
        levels_in=has_points_in(form, "level1_weight", "level1") or _are_empty_brackets(form),
        weights_in=is_scored and "weight" not in keys,
        appendix=form.annex.text if form.annex else "",
        regulation="national",
    )
    found = _left(found._replace(parts=tuple(map(_with_budget, found.parts))), form)
    found = _with_months(found)
    return _with_execution(found, form)


def _without_loose_amounts(form: Anatomy) -> None:
    """Amounts beside their captions that make no execution (only 执行率) are texts of the head."""
    keys = form.funds[0].texts.keys() if len(form.funds) == 1 and not form.money else {"executed", "budget"}
    if "label" in keys or ("executed" in keys and keys & {"budget", "initial", "arrived"}):
        return
    for key, value in form.funds.pop().texts.items():
        label = next(cell for cell in form.area.cells if on_one_line(cell.text) == form.paired[key])
        form.pairs.append(Pair(form.paired[key], value, "head", label))


def _with_months(found: Proposal) -> Proposal:
    """Where headings leave room for the month (1—　月执行数) and nothing asks for it, a field does."""
    n = next((n for n, part in enumerate(found.parts) if part.kind == "fields"), -1)
    captions = [i.caption for part in found.parts if part.kind in ("funds", "indicators") for i in part.items]
    keys = {item.key for part in found.parts for item in part.items}
    if n < 0 or MONTHS in keys or all(until_a_month(text) == text for text in captions):
        return found
    title = found.part("title")
    if title is not None:
        lines = tuple(until_a_month(line) for line in title.texts)
        found = found.with_part(found.parts.index(title), title._replace(texts=lines))
    head = found.parts[n]
    item = Item(ASKED_MONTHS, "text", head.items[-1].place, key=MONTHS)
    return found.with_part(n, head._replace(items=(*head.items, item)))


# --- what the form is


def kind_of(form: Anatomy, words: Vocabulary) -> FormKind:
    """Return which kind of form a blank is, by its title and its captions."""
    title = plain("".join(line.text for line in form.title))
    is_project = any(words.find("fields", pair.caption) == "project_name" for pair in form.pairs)
    if "转移支付" in title and is_project:
        return "transfer"
    if "监控" in title and is_project:
        return "monitoring"
    is_plan = "申报" in title or "批复" in title or not form.keys & {"actual", "score"}
    if is_plan:
        return "project_declaration" if is_project else "declaration"
    return "project" if is_project else "department"


def name_of(form: Anatomy, file: str) -> str:
    """Return how a form is called: by its title without the year, else by its file."""
    lines = [on_one_line(line.text) for line in form.title]
    title = next((line for line in reversed(lines) if "表" in line), lines[0] if lines else "")
    title = re.sub(r"[（(](?:金额)?单位[:：][^()（）]*[)）]$", "", title)
    name = _YEAR.sub("", _YEAR_ASIDE.sub("", title), count=1).removeprefix("年度").removeprefix("年")
    return " ".join(name.replace("（）", "").split()).strip("（）() ") or file.rpartition(".")[0]


def _region(form: Anatomy, file: str) -> str:
    texts = (file, *(line.text for line in form.title), *(pair.caption for pair in form.pairs))
    titles = (line.text for line in form.title)
    found = (
        *(_REGION.search(plain(text)) for text in texts),
        *(_REGION_FIRST.match(plain(text)) for text in titles),
    )
    return next((match[1] for match in found if match), "本地")


def _years(form: Anatomy, file: str) -> Iterable[int]:
    lines = [pair.label.text for pair in form.pairs if pair.zone == "line"]
    asides = (match[0] for text in lines if (match := _YEAR_IN_BRACKETS.search(plain(text))))
    return (year for text in (*(line.text for line in form.title), *asides, file) for year in years_in(text))


# --- title, notes, total


def _title(form: Anatomy, words: Vocabulary) -> tuple[Part, ...]:
    units = [p.value.text for p in form.pairs if words.find("fields", p.caption) == "unit_name"]
    lines = tuple(_pattern(on_one_line(line.text), units) for line in form.title)
    if not lines:
        return (Part("title", (), texts=("绩效自评表",), why="没有找到标题，请补上。"),)
    above = (form.annex,) if form.annex else ()
    return (Part("title", tuple(line.cell.seen.place for line in (*above, *form.title)), texts=lines),)


def _pattern(line: str, units: Iterable[str]) -> str:
    """A line of a title as a pattern: 2022 年度        项目自评表 is {year} 年度{unit}项目自评表."""
    found = line.replace("{", "（").replace("}", "）")
    for unit in units:
        if len(unit) > 3:
            found = found.replace(unit, "\0")
    found = _ROOM.sub("\0", found, count=1)
    found = re.sub(r"([（(])\s+(?=年)", r"\1", found)
    match = re.search(
        r"(?:(?:19|20)(?:[0-9]{2}|[\s_＿X×x]{1,4})|[_＿X×x]{2,}|(?<=[（(])|^\s*)(\s*)年(?=度|[^\d]|1\D)",
        found,
    )
    if match:
        found = found[: match.start()] + "{year}" + match[1][:1] + found[match.start(1) + len(match[1]) :]
    return " ".join(found.replace("\0", "{unit}").split())


def _notes(form: Anatomy) -> tuple[Part, ...]:
    lines = footnotes(form.notes, ("注：",) if len(form.notes) == 1 else ())
    if not lines:
        return ()
    return (
        Part("notes", tuple(note.cell.seen.place for note in form.notes), texts=tuple(t.text for t in lines)),
    )


def _rest(form: Anatomy) -> list[tuple[int, Part]]:
    """The table of indicators and the row of the total."""
    heading = form.headings[0]
    first = heading.label or heading.columns[0].cells[0]
    rows = [text.cell.seen.place for row in form.indicators for text in row.texts.values()]
    label = on_one_line(heading.label.text) if heading.label else ""
    keys = form.keys
    is_in_names = "score" in keys and "weight" not in keys
    why = IN_NAMES if is_in_names else ""
    table = Part("indicators", (first.seen.place, *rows), columns_of(heading, "indicators"), label, why=why)
    found = [(heading.first, table)]
    if form.total_caption is not None:
        caption = form.total_caption
        texts = (form.weight_total.text,) if form.weight_total and form.weight_total.text else ()
        value = (form.total.cell.seen.place,) if form.total else ()
        total = Part("total", (caption.seen.place, *value), label=on_one_line(caption.text), texts=texts)
        found.append((caption.row, total))
    return found


def _are_empty_brackets(form: Anatomy) -> bool:
    """Whether levels leave room for their points: 产出指标（  分）."""
    texts = (row.texts["level1"].cell.text for row in form.indicators if "level1" in row.texts)
    return any(re.search(r"[（(]\s*分\s*[)）]", text) for text in texts)


def _caption_parts(form: Anatomy, words: Vocabulary) -> list[tuple[int, Part]]:
    tables = (table.heading for table in form.tables)
    edges = [h.first for h in (*form.headings, *form.other_headings, *tables, *(h for h, _ in form.money))]
    if form.total_caption is not None:
        edges.append(form.total_caption.row)
    found = []
    for rows in runs(caption_rows(form, words), sorted(edges)):
        items = tuple(item for row in rows for item in row.items)
        places = tuple(item.place for item in items)
        is_tail = rows[0].row > form.headings[0].first
        name = "" if not is_tail else "结尾"
        found.append((rows[0].row, Part(_part_kind(rows), places, items, name=name)))
    return found


def _part_kind(rows: list[CaptionRow]):  # type: ignore[no-untyped-def]
    return "line" if rows[0].is_line else "fields"


# --- what is left, and points


def _left(found: Proposal, form: Anatomy) -> Proposal:
    """Texts that were not understood are named, each with its place."""
    cells: Mapping[str, SeenCell] = {f"{cell.place}": cell for cell in form.left() if cell.text.strip()}
    unseen = {seen.place for _, seen in form.area.aside}
    said = ((on_one_line(c.text), c.place, HIDDEN if c.place in unseen else SHORT) for c in cells.values())
    items = tuple(Item(text[:40], IGNORED, place, f"“{text[:20]}”{why}") for text, place, why in said)
    if not items:
        return found
    part = Part("left", tuple(item.place for item in items), items)
    return found._replace(parts=(*found.parts, part))


def _with_execution(found: Proposal, form: Anatomy) -> Proposal:
    """The points of the execution: printed, else what the levels leave of 100, else asked about."""
    funds = found.part("funds")
    has_rule = funds is not None and any(item.role in ("weight", "score") for item in funds.items)
    has_executed = funds is not None and is_execution(funds)
    if not has_executed:
        found = found._replace(execution_rows=())
    if not found.is_scored or found.execution_rows or not has_executed:
        return _checked(found._replace(execution=""))
    printed = execution_points(form)
    if printed and number.parse_number(printed):
        return _checked(found._replace(execution=printed))
    if not has_rule:
        return _checked(found)
    points = [number.parse_number(level.points) for level in found.levels]
    known = [one for one in points if one is not None]
    rest = FULL_MARKS - sum(known) if known and len(known) == len(points) else Decimal(10)
    rest = rest if rest > 0 else Decimal(0)
    text = number.plain(Decimal(rest)) if rest else ""
    why = "" if len(known) == len(points) and known else NO_POINTS.format(points=number.plain(Decimal(rest)))
    return _checked(found._replace(execution=text, execution_why=why))


def _with_budget(part: Part) -> Part:
    """A table of money without budget or execution is no table of the form: that is told."""
    return (
        part
        if part.kind != "funds" or (part.rows and (is_execution(part) or is_planned(part)))
        else part._replace(why=NO_BUDGET)
    )


def _checked(found: Proposal) -> Proposal:
    """Points that all are printed and do not add up to 100 are to be looked at."""
    total = odd_total(found)
    if total is None:
        return found
    return found._replace(execution_why=NOT_100.format(total=number.plain(total)))


def odd_total(found: Proposal) -> Decimal | None:
    """Return what the points add up to where that is not what they should."""
    total = points_total(found)
    return None if total is None or total == number.parse_number(found.full_marks) else total


def points_total(found: Proposal) -> Decimal | None:
    """Return what all points add up to; None where some are not said."""
    points = [number.parse_number(level.points) for level in found.levels]
    if not points or any(one is None for one in points) or not found.is_scored:
        return None
    return sum((one for one in points if one is not None), number.parse_number(found.execution) or Decimal(0))
