"""A form as `ziping.form/1`: one JSON object, read into FormAnswers and written back without loss."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from model.answers import GOAL_CELLS, GOALS, INDICATOR_CELLS, INDICATORS, CellId, FormAnswers, Reply
from model.breakdown import SIDES, SplitCell, read_split, row_count, write_split
from model.definition import Field, FormDefinition, FundRow, bare, same_caption
from model.errors import UserError
from model.loader import Library

SCHEMA = "ziping.form/1"
MAX_BYTES = 64 * 2**20
MAX_ROWS = 5000
MAX_DEPTH = 50  # of lists and objects in an unknown entry
YEARS = range(1990, 2101)
_FUND_CELLS = ("initial", "budget", "executed", "weight", "rate", "score")
_GIVEN_FUND_CELLS = ("weight", "rate", "score")
_BLOCK_LABEL = "indicator block label"
# Cells of a row that are written even where they are empty; the others only where they hold something.
_OPTIONAL_INDICATOR_CELLS = ("direction", "level", "core")


def decode(data: bytes) -> dict[str, Any]:
    """Return the JSON object of an exchange file; raises UserError when it is none or too large."""
    if len(data) > MAX_BYTES:
        raise UserError(f"文件超过 {MAX_BYTES // 2**20} MB。", "这不是一张自评表。")
    try:
        found = json.loads(
            data.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_without_repetition
        )
    except UnicodeDecodeError:
        raise UserError("文件不是 UTF-8 编码。", "请用 UTF-8 编码重新导出。") from None
    except (ValueError, RecursionError) as error:
        place = (
            f"第 {error.lineno} 行第 {error.colno} 列" if isinstance(error, json.JSONDecodeError) else "内容"
        )
        raise UserError(f"文件不是完整的 JSON，{place}有错。", "请重新导出这个文件。") from None
    if not isinstance(found, dict):
        raise UserError("文件里不是一张表。", "交换文件应是一个 JSON 对象。")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _written_twice(next(name for name in names if names.count(name) > 1))
    return found


def _written_twice(name: str) -> UserError:
    return UserError(f"“{name}”写了两次。", "请只留一处。")


def read_form(data: Mapping[str, Any], library: Library) -> FormAnswers:
    """Return the form of a decoded exchange file, every text as it stands there.

    Raises UserError naming the entry: unknown schema or form, wrong types, more than 5,000 rows, a goal
    that is not there.
    """
    if data.get("schema") != SCHEMA:
        raise UserError(
            f"不认识的文件格式“{data.get('schema', '')}”。", f"应为 {SCHEMA}，可能来自更新的版本。"
        )
    if not isinstance(data.get("form"), str):
        raise UserError("“form”应为表样编号。", "请核对文件。")
    return _Reader(library.form(data["form"]), data).read()


@dataclass
class _Reader:
    """Takes a decoded file apart; what it does not know goes to `extra`."""

    form: FormDefinition
    data: Mapping[str, Any]
    texts: dict[CellId, str] = field(default_factory=dict)
    given: dict[CellId, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    _read_fields: set[str] = field(default_factory=set)

    def read(self) -> FormAnswers:
        rest = {key: value for key, value in self.data.items() if key not in ("schema", "form")}
        self._put("unit", rest.pop("unit", ""), "unit")
        self._put_year(rest.pop("year", None))
        self._put_given("title", rest.pop("title", None), "title")
        self._put_given("total", rest.pop("total", None), "total")
        self._fields(self._mapping(rest.pop("fields", None), "fields"))
        self._funds(self._objects(rest.pop("funds", None), "funds"))
        self._breakdown(rest.pop("funds_breakdown", None))
        goals = self._goals(self._objects(rest.pop("goals", None), "goals"))
        indicators = self._indicators(self._objects(rest.pop("indicators", None), "indicators"), goals)
        for name in ("deviation_analysis", "improvement"):
            self._plain_field(name, rest.pop(name, None))
        self._signatures(self._mapping(rest.pop("signatures", None), "signatures"))
        self._footnotes(rest.pop("footnotes", None))
        replies = self._replies(self._objects(rest.pop("answers", None), "answers"))
        for key, value in rest.items():
            self._keep(value, "form", key)
        rows = {name: ids for name, ids in ((GOALS, goals), (INDICATORS, indicators)) if ids}
        return FormAnswers(self.form.id, self.texts, rows, self.given, self.extra, replies)

    # --- single values

    def _text(self, value: object, place: str) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise UserError(f"“{place}”应为文字。", "请在文件里给它加上引号。")
        if not _is_whole(value):
            raise _broken_character(place)
        return value

    def _put(self, cell: CellId, value: object, place: str) -> None:
        if text := self._text(value, place):
            self.texts[cell] = text

    def _put_given(self, cell: CellId, value: object, place: str) -> None:
        if text := self._text(value, place):
            self.given[cell] = text

    def _put_year(self, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or value not in YEARS:
            raise UserError("“year”应为年度，如 2023。", "请核对文件。")
        self.texts["year"] = str(value)

    def _keep(self, value: object, *path: str) -> None:
        """Keep an unknown entry under its path: the kind of place, which one, and the key."""
        name = path[-1]
        if _is_deeper(value, MAX_DEPTH):
            raise UserError(f"“{name}”一层套一层，超过 {MAX_DEPTH} 层。", "这不是一张自评表。")
        try:
            packed = _packed(path), _packed(value)
        except ValueError:
            raise UserError(f"“{name}”里的数太大。", "请核对文件。") from None
        if not _is_whole("".join(packed)):
            raise _broken_character(name)
        self.extra[packed[0]] = packed[1]

    def _mapping(self, value: object, place: str) -> Mapping[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise UserError(f"“{place}”应为一组“名称: 内容”。", "请核对文件。")
        return value

    def _objects(self, value: object, place: str) -> list[dict[str, Any]]:
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise UserError(f"“{place}”应为一列行。", "请核对文件。")
        if len(value) > MAX_ROWS:
            raise UserError(f"“{place}”有 {len(value)} 行，超过 {MAX_ROWS} 行。", "这不是一张自评表。")
        return value

    def _replies(self, entries: list[dict[str, Any]]) -> dict[tuple[str, str], Reply]:
        """Answers to findings, by code and place; they hold for what the file holds."""
        found = {}
        for n, entry in enumerate(entries, start=1):
            code, place, text = (
                self._text(entry.get(key), f"answers 第 {n} 项 {key}") for key in ("code", "place", "text")
            )
            if code and place and text:
                found[code, place] = Reply(text)
        return found

    # --- fields of the head, long texts, signatures, footnotes

    def _footnotes(self, value: object) -> None:
        """Footnotes are the definition's; others are kept."""
        if value is None:
            return
        if not isinstance(value, list):
            raise UserError("“footnotes”应为一列文字。", "请核对文件。")
        lines = [bare(self._text(line, "footnotes")) for line in value]
        if lines and lines != [bare(line) for line in self.form.footnotes()]:
            self._keep(value, "form", "footnotes")

    def _fields(self, entries: Mapping[str, Any]) -> None:
        known = _fields_at(self.form, "fields")
        for key, value in entries.items():
            if same_caption(key, _BLOCK_LABEL):
                self._put_given("block_label", value, key)
            elif self.form.goal_echo and same_caption(key, self.form.goal_echo):
                self._put("g1.text", value, key)  # the goal itself counts, if it says anything
            elif found := _field_for(key, known):
                self._put_field(found, value, key)
            else:
                self._keep(value, "fields", key)

    def _put_field(self, found: Field, value: object, place: str) -> None:
        if found.id in self._read_fields:
            raise _written_twice(place)
        self._read_fields.add(found.id)
        if found.kind == "choice" and isinstance(value, list):
            value = "\n".join(self._text(item, place) for item in value)
        self._put(found.id, value, place)

    def _plain_field(self, name: str, value: object) -> None:
        known = _fields_at(self.form, name)
        if known:
            self._put(known[0].id, value, name)
        elif value:
            self._keep(self._text(value, name), "form", name)

    def _signatures(self, entries: Mapping[str, Any]) -> None:
        known = _fields_at(self.form, "signatures")
        for key, value in entries.items():
            if found := _field_for(key, known):
                self._put_field(found, value, key)
            else:
                self._keep(value, "signatures", key)

    # --- funds

    def _funds(self, entries: list[dict[str, Any]]) -> None:
        free, named = list(self.form.funds.rows), set()
        for n, entry in enumerate(entries):
            label = self._text(entry.get("label"), f"funds 第 {n + 1} 行 label")
            if bare(label) in named:
                raise _written_twice(label)
            row = _fund_row(label, free, first=n == 0)
            if row is None:
                self._keep(entry, "funds", str(n))
                continue
            free.remove(row)
            named |= {bare(label)} & {bare(row.caption)}
            self._fund_row(row, label, entry, n)

    def _fund_row(self, row: FundRow, label: str, entry: Mapping[str, Any], n: int) -> None:
        scored = row is self.form.funds.rows[0]
        if not same_caption(label, row.caption):
            self.given[f"funds.{row.key}.label"] = label
        for key, value in entry.items():
            place = f"{label or f'funds 第 {n + 1} 行'} {key}"
            if key in _FUND_CELLS:
                put = self._put_given if scored and key in _GIVEN_FUND_CELLS else self._put
                put(f"funds.{row.key}.{key}", value, place)
            elif key != "label":
                self._keep(value, "fund", row.key, key)

    def _breakdown(self, value: object) -> None:
        """The split of the funds; what the form has no place for is kept below it."""
        rows = row_count(self.form)
        if not rows:
            if value:
                self._keep(value, "form", "funds_breakdown")
            return
        entries = self._objects(value, "funds_breakdown")
        cells = []
        for n, entry in enumerate(entries):
            for key, content in entry.items():
                if key not in SIDES:
                    self._keep(content, "breakdown", str(n), key)
                elif text := self._text(content, f"funds_breakdown 第 {n + 1} 行 {key}"):
                    cells.append(SplitCell(n, key, text))
        texts, strays = read_split(self.form, cells)
        self.texts |= {name: text for name, text in texts.items() if text}
        below = max(rows, len(entries))
        for cell in strays:
            row = cell.row if cell.row >= rows else below
            below += row == below
            self._keep(cell.text, "breakdown", str(row), cell.side)

    # --- goals and indicators

    def _goals(self, entries: list[dict[str, Any]]) -> tuple[str, ...]:
        ids = tuple(f"g{n}" for n in range(1, len(entries) + 1))
        for goal, entry in zip(ids, entries, strict=True):
            for key, value in entry.items():
                if key == "label":
                    self._put_given(f"{goal}.label", value, f"目标 {goal[1:]} label")
                elif key == "text" and "text" not in self.form.goal_parts:
                    if value != entry.get("expected"):
                        self._put(f"{goal}.text", value, f"目标 {goal[1:]} text")
                elif key in GOAL_CELLS:
                    self._put(f"{goal}.{key}", value, f"目标 {goal[1:]} {key}")
                else:
                    self._keep(value, "row", goal, key)
        return ids or (("g1",) if "g1.text" in self.texts else ())

    def _indicators(self, entries: list[dict[str, Any]], goals: tuple[str, ...]) -> tuple[str, ...]:
        ids = tuple(f"i{n}" for n in range(1, len(entries) + 1))
        for row, entry in zip(ids, entries, strict=True):
            for key, value in entry.items():
                self._indicator_cell(row, key, value, goals)
        return ids

    def _indicator_cell(self, row: str, key: str, value: object, goals: tuple[str, ...]) -> None:
        place = f"第 {row[1:]} 行指标 {key}"
        if key == "goal":
            if goal := self._goal_of(value, goals, place):
                self.texts[f"{row}.goal"] = goal
        elif key == "level1_weight":
            self._put_given(f"{row}.level1_weight", value, place)
        elif key == "core":
            if value is not None and not isinstance(value, bool):
                raise UserError(f"“{place}”应为 true。", "请核对文件。")
            self._put(f"{row}.core", "true" if value else "", place)
        elif key == "direction" and value not in (None, "", "≥", "≤", "="):
            raise UserError(f"“{place}”应为 ≥、≤ 或 =。", "请核对文件。")
        elif key in INDICATOR_CELLS:
            self._put(f"{row}.{key}", value, place)
        else:
            self._keep(value, "row", row, key)

    def _goal_of(self, value: object, goals: tuple[str, ...], place: str) -> str:
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, int):
            raise UserError(f"“{place}”应为目标的序号，如 1。", "请核对文件。")
        if not 1 <= value <= len(goals):
            raise UserError(f"“{place}”写的第 {value} 个目标不存在。", f"表里有 {len(goals)} 个目标。")
        return goals[value - 1]


def _fields_at(form: FormDefinition, at: str) -> list[Field]:
    return [f for f in form.fields.values() if f.at == at]


def _field_for(key: str, known: Iterable[Field]) -> Field | None:
    known = list(known)
    by_key = next((f for f in known if f.key and same_caption(f.key, key)), None)
    return by_key or next((f for f in known if not f.key and same_caption(f.caption, key)), None)


def _fund_row(label: str, free: list[FundRow], first: bool) -> FundRow | None:
    """Find the row by its label; the first row is the scored one whatever it is called."""
    found = next((row for row in free if same_caption(row.caption, label)), None)
    return found or (free[0] if first and free else None)


def _is_whole(text: str) -> bool:
    """Whether a text can be written as UTF-8; half of a surrogate pair can't."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _broken_character(place: str) -> UserError:
    return UserError(f"“{place}”里有残缺的字符。", "请重新输入这一处。")


def _is_deeper(value: object, levels: int) -> bool:
    """Whether lists and objects stand in each other more than so many levels deep."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels == 0 or any(_is_deeper(item, levels - 1) for item in inside)


# --- writing


def write_form(
    answers: FormAnswers,
    form: FormDefinition,
    unknown: bool = True,
    replies: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """Return the form as an exchange object; reading it gives `answers` again.

    "" is an empty cell of the form, null a cell that the form does not have. A given text is written
    where there is one. Computed figures are not written. Entries of a file that the program does not
    know are put back unless `unknown` is False. `replies` are the answers to findings, each with code, place
    and text; those that were read and not tied to a finding yet are written as they were read.
    """
    write = _Writer(answers, form)
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "form": form.id,
        "title": answers.given.get("title", ""),
        "unit": answers.unit,
        "year": int(answers.year),
        "fields": write.fields(),
        "funds": [write.fund_row(row) for row in form.funds.rows],
    }
    if split := write_split(form, answers.texts):
        data["funds_breakdown"] = split
    data |= {
        "goals": [write.goal(goal) for goal in answers.goals],
        "indicators": [write.indicator(row) for row in answers.indicators],
        "total": answers.given.get("total", ""),
        "deviation_analysis": write.plain_field("deviation_analysis"),
        "improvement": write.plain_field("improvement"),
        "footnotes": list(form.footnotes()),
        "signatures": {f.caption: answers.text(f.id) for f in _fields_at(form, "signatures")},
    }
    unsettled = [
        {"code": code, "place": place, "text": reply.text}
        for (code, place), reply in answers.replies.items()
        if not reply.found
    ]
    if unsettled or replies:
        data["answers"] = [*replies, *(entry for entry in unsettled if entry not in replies)]
    if unknown:
        write.put_back_extra(data)
    return data


def encode(data: Mapping[str, Any]) -> bytes:
    """Return an exchange object as the bytes of a file: UTF-8, one space of indent, a final newline."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def without_given(data: dict[str, Any]) -> dict[str, Any]:
    """Return an exchange object of `write_form` without given texts and answers to findings."""
    bare_form = {k: v for k, v in data.items() if k not in ("title", "total", "answers")}
    bare_form["fields"] = {k: v for k, v in data["fields"].items() if k != _BLOCK_LABEL}
    first, *others = data["funds"]
    bare_form["funds"] = [{k: v for k, v in first.items() if k not in _GIVEN_FUND_CELLS}, *others]
    bare_form["goals"] = [{k: v for k, v in goal.items() if k != "label"} for goal in data["goals"]]
    bare_form["indicators"] = [
        {k: v for k, v in row.items() if k != "level1_weight"} for row in data["indicators"]
    ]
    return bare_form


@dataclass
class _Writer:
    answers: FormAnswers
    form: FormDefinition

    def fields(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for entry in _fields_at(self.form, "fields"):
            text = self.answers.text(entry.id)
            found[entry.key or entry.caption] = (
                (text.split("\n") if text else []) if entry.kind == "choice" else text
            )
        if self.form.goal_echo and self.answers.goals:
            found[self.form.goal_echo] = self.answers.text(f"{self.answers.goals[0]}.text")
        if label := self.answers.given.get("block_label"):
            found[_BLOCK_LABEL] = label
        return found

    def fund_row(self, row: FundRow) -> dict[str, Any]:
        columns = {column.key for column in self.form.funds.columns}
        found: dict[str, Any] = {"label": self.answers.given.get(f"funds.{row.key}.label", row.caption)}
        for key in _FUND_CELLS:
            given = row is self.form.funds.rows[0] and key in _GIVEN_FUND_CELLS
            text = (self.answers.given if given else self.answers.texts).get(f"funds.{row.key}.{key}", "")
            found[key] = text if text or given or key in columns else None
        return found

    def goal(self, goal: str) -> dict[str, Any]:
        found: dict[str, Any] = {"label": self.answers.given.get(f"{goal}.label", "")}
        for key in ("points", "text", "expected", "actual"):
            text = self.answers.text(f"{goal}.{key}")
            has = self.form.goal_points if key == "points" else key in self.form.goal_parts
            found[key] = text if text or has else None
        if found["text"] is None and found["expected"]:
            found["text"] = found["expected"]
        return found

    def indicator(self, row: str) -> dict[str, Any]:
        goal = self.answers.text(f"{row}.goal")
        found: dict[str, Any] = {
            "goal": self.answers.goals.index(goal) + 1 if goal in self.answers.goals else None,
            "level1": self.answers.text(f"{row}.level1"),
            "level1_weight": self.answers.given.get(
                f"{row}.level1_weight", "" if self._has_level1_points else None
            ),
        }
        printed = {"weight": self.form.prints_weights, "reason": self.form.prints_reasons}
        for key in ("level2", "name", "weight", "target", "actual", "score", "reason"):
            text = self.answers.text(f"{row}.{key}")
            found[key] = text if text or printed.get(key, True) else None
        for key in _OPTIONAL_INDICATOR_CELLS:
            if text := self.answers.text(f"{row}.{key}"):
                found[key] = True if key == "core" else text
        return found

    @property
    def _has_level1_points(self) -> bool:
        return any(block.points is not None for block in self.form.level1)

    def plain_field(self, name: str) -> str | None:
        known = _fields_at(self.form, name)
        return self.answers.text(known[0].id) if known else None

    def put_back_extra(self, data: dict[str, Any]) -> None:
        """Put the unknown entries where they stood; those of a deleted row are gone with it."""
        entries = [(*json.loads(path), json.loads(text)) for path, text in self.answers.extra.items()]
        for kind, *where, value in sorted(entries, key=lambda entry: entry[0] == "funds"):  # whole rows last
            self._put_back(data, kind, where, value)

    def _put_back(self, data: dict[str, Any], kind: str, where: list[str], value: object) -> None:
        key = where[-1]
        if kind == "form":
            data[key] = value
        elif kind in ("fields", "signatures"):
            data[kind][key] = value
        elif kind == "funds":
            data["funds"].insert(int(key), value)
        elif kind == "fund":
            rows = {row.key: entry for row, entry in zip(self.form.funds.rows, data["funds"], strict=False)}
            rows[where[0]][key] = value
        elif kind == "breakdown":
            rows_of_split = data.setdefault("funds_breakdown", [])
            rows_of_split.extend({} for _ in range(int(where[0]) + 1 - len(rows_of_split)))
            rows_of_split[int(where[0])][key] = value
        elif kind == "row" and where[0] in (*self.answers.goals, *self.answers.indicators):
            self._row(data, where[0])[key] = value

    def _row(self, data: dict[str, Any], row: str) -> dict[str, Any]:
        name, ids = (
            (GOALS, self.answers.goals)
            if row in self.answers.goals
            else (INDICATORS, self.answers.indicators)
        )
        found: dict[str, Any] = data[name][ids.index(row)]
        return found


def _packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
