"""Puts the parts of a form together as ziping.form/1, in the words of a definition where one is known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from model.basics.number import parse_points
from model.exchange.breakdown import SIDES
from model.exchange.form_reader import BLOCK_LABEL
from model.exchange.form_writer import SCHEMA
from model.exchange.money_rows import FUNDS, entry_of
from model.forms.columns import Column
from model.forms.definition import Field, FormDefinition
from model.recognition.anatomy import Anatomy, GoalSeen, Pair, Row, Taken
from model.recognition.captions import Vocabulary, bare, same
from model.recognition.found import Year
from model.recognition.heading import Heading, SeenColumn
from model.recognition.homes import PARTS, at_home, goal_texts, own_tables, synonyms
from model.recognition.incoming import Mark, SeenCell
from model.recognition.institution import institution
from model.recognition.money import AMOUNTS, fund_row, money_block, only_begins
from model.recognition.notes import footnotes
from model.recognition.texts import is_figure, lines_of, squeezed, ticked
from model.recognition.units import (
    IN_DOUBT,
    WANTED,
    column_unit,
    field_key,
    in_wanted,
    money_unit,
    units_differ,
)
from model.recognition.years import year_of

FUND_KEYS = ("initial", "budget", "executed", "weight", "rate", "score")
_SIGNERS = ("filled_by", "filled_on", "phone", "head", "contact", "finance_head", "project_head")
_LONG = {"deviation": "deviation_analysis", "improvement": "improvement"}
_PLAIN_ROW = ("two_years_before", "year_before", "target", "basis")
_SCORED_ROW = ("weight", "target", "actual", "score", "reason")


@dataclass
class Assembly:
    """The tree of a form whose leaves were read, and the paths of what the definition has no cell for."""

    form: Anatomy
    definition: FormDefinition | None
    words: Vocabulary
    kept: list[str] = field(default_factory=list)
    inline: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    options: dict[str, SeenCell] = field(default_factory=dict)
    unsaid: dict[str, str] = field(default_factory=dict)
    _tree: dict[str, Any] = field(default_factory=dict)
    _used: set[tuple[str, Taken]] = field(default_factory=set)
    _met: set[str] = field(default_factory=set)  # fields whose own caption was met
    _numbers: dict[str, Iterator[int]] = field(default_factory=lambda: defaultdict(lambda: count(2)))

    def __post_init__(self) -> None:
        self.columns = tuple(self.form.columns)
        definition = self.definition
        self._money = money_block(definition)
        funds = self._money.columns if self._money else ()
        seen_funds = self.form.funds_heading.columns if self.form.funds_heading else ()
        goals = definition.goal_columns.values() if definition else ()
        seen_goals = (c for h in self.form.other_headings if h.kind == "goals" for c in h.columns)
        self._new_in = {
            "indicators": synonyms(self.columns, definition.indicator_columns if definition else ()),
            "funds": synonyms(seen_funds, funds),
            "goals": synonyms(seen_goals, goals),
        }

    def _marked(self, table: str, texts: Mapping[str, Taken]) -> dict[str, Taken]:
        """Mark what stands under a caption that the definition does not have."""
        new = self._new_in[table]
        return {key: text.marked(Mark.SYNONYM) if key in new else text for key, text in texts.items()}

    def tree(self) -> dict[str, Any]:
        """Return the form as ziping.form/1 whose leaves are Taken, texts or None."""
        definition = self.definition
        is_declaration = definition is not None and definition.kind == "declaration"
        self._tree = {
            "schema": SCHEMA,
            "form": definition.id if definition else "",
            "title": self._title(),
            "unit": institution(self.form, self.words),
            "year": year_of(self.form, self.words),
            "fields": {},
            FUNDS: [],
        }
        self._tree |= {FUNDS: self._shares()} if is_declaration else self._all_money()
        if self.form.split:
            self._tree["funds_breakdown"] = [
                dict(zip(SIDES, ("" if side is None else side for side in row), strict=True))
                for row in self.form.split
            ]
        self._tree |= self._items() | own_tables(self.form, self.definition)
        if is_declaration:
            self._tree |= {"functions": [], "annual_tasks": [], "projects": self._projects()}
            self._tree["overall_goals"] = dict(self._overall())
        self._tree["goals"] = [self._goal(n, goal) for n, goal in enumerate(self.form.goals)]
        self._tree["indicators"] = [self._indicator(n, row) for n, row in enumerate(self.form.indicators)]
        if not is_declaration:
            self._tail()
        self._fields()
        return self._tree

    def _keep(self, path: str) -> None:
        """Remember what a definition has no cell for; without a definition nothing is asked for."""
        if self.definition is not None:
            self.kept.append(path)

    # --- title, unit, fields

    def _title(self) -> Taken | str:
        lines = self.form.title
        if not lines:
            return ""
        joined = lines[0].shortened("".join(line.text for line in lines))
        return joined.marked(Mark.JOINED) if len(lines) > 1 else joined

    def _fields(self) -> None:
        goals = self._tree["goals"]
        if self.definition and self.definition.goal_echo and goals:
            self._tree["fields"][self.definition.goal_echo] = goals[0]["text"]
        for pair in self.form.pairs:
            self._field(pair)
        if self.form.block_label:
            self._tree["fields"][BLOCK_LABEL] = self.form.block_label

    def _field(self, pair: Pair) -> None:
        known, is_exact = self._field_for(pair)
        if known is None:
            self._unknown_field(pair)
            return
        value = pair.value if is_exact else pair.value.marked(Mark.SYNONYM)
        if known.kind == "money":
            self.units[f"{known.at}.{known.key or known.caption}"] = unit = self._unit_of_money()
            value = self._amount(f"{known.at}.{known.key or known.caption}", value, unit)
        self._put(known.at, known.key or known.caption, self._shaped(known, value), pair)

    def _field_for(self, pair: Pair) -> tuple[Field | None, bool]:
        """The field of the definition with this caption, or with one that means the same."""
        if self.definition is None:
            return None, False
        fields = [
            f for f in self.definition.fields.values() if f.at != "key" and not f.at.startswith("funds_")
        ]
        exact = [f for f in fields if same(f.caption, pair.caption)]
        exact = [f for f in exact if f.id not in self._met] or exact
        if exact:
            is_line = [f for f in exact if (f.id == "unit_line") == (pair.zone == "line")]
            self._met.add((is_line or exact)[0].id)
            return (is_line or exact)[0], True
        key = field_key(pair, self.words)
        key = "" if key == "money_unit" else key
        similar = [f for f in fields if key and self.words.find("fields", f.caption) == key]
        free = [f for f in similar if not self._is_put(f)]
        return (free[0] if free else None), False

    def _is_put(self, known: Field) -> bool:
        entry = self._tree.get(known.at)
        return bool(entry.get(known.key or known.caption) if isinstance(entry, dict) else entry)

    def _shaped(self, known: Field, value: Taken) -> Taken | list[Taken]:
        """A list of lines or of ticked options where the form has one there."""
        if known.listed:
            return [value.shortened(line) for line in lines_of(value.text)]
        if known.kind == "choice":
            return _options(value, known.choices)
        return value

    def _put(self, at: str, key: str, value: Any, pair: Pair) -> None:
        if at in ("fields", "signatures", "overall_goals"):
            entries = self._tree.setdefault(at, {})
            if key not in entries:
                entries[key] = value
                self._note_inline(f"{at}.{key}", pair)
                self._used.add((at, pair.value.marked(Mark.SYNONYM)))
            elif pair.value.text:
                self._unknown_field(pair)
        elif not self._tree.get(at):
            self._tree[at] = value
            self._note_inline(at, pair)
        elif pair.value.text:
            self._unknown_field(pair)

    def _unknown_field(self, pair: Pair) -> None:
        """A caption without a home keeps its text under its own name."""
        key = field_key(pair, self.words)
        is_total = self.words.find("totals", pair.caption) == "total" and self._is_total(pair)
        if is_total and self.definition:
            return
        if key in _LONG and not self._tree.get(_LONG[key]):
            self._tree[_LONG[key]] = pair.value.marked(Mark.SYNONYM)
            self._keep(_LONG[key])
            return
        is_ours = self.definition is not None and not self.definition.is_scored and pair.value.text == WANTED
        if key == "money_unit" and not is_ours:
            return
        at = "signatures" if pair.zone == "tail" and key in _SIGNERS else "fields"
        name = squeezed(pair.caption)
        entries = self._tree.setdefault(at, {})
        value = pair.value.marked(Mark.SYNONYM)
        if name in entries:
            if not value.text or (at, value) in self._used:
                return
            name = next(f"{name}（{n}）" for n in self._numbers[name] if f"{name}（{n}）" not in entries)
        self._used.add((at, value))
        self._note_inline(f"{at}.{name}", pair)
        entries[name] = value if ticked(value.text) is None else _options(value, ())
        if key != "money_unit":
            self._keep(f"{at}.{name}")

    def _is_total(self, pair: Pair) -> bool:
        """Take a total beside its caption, where no row of the table has one; another number is in doubt."""
        total = self.form.total
        if total is None:
            self._tree["total"] = pair.value.marked(Mark.SYNONYM)
            return True
        numbers = {parse_points(text.text) for text in (total, pair.value)}
        if None not in numbers and len(numbers) == 2:
            self._tree["total"] = total.marked(Mark.TWO_CANDIDATES)
        return False

    def _note_inline(self, path: str, pair: Pair) -> None:
        if ticked(pair.value.text) is not None:
            self.options[path] = pair.value.cell.seen
        elif pair.label is pair.value.cell:
            self.inline[path] = pair.caption

    # --- money

    @property
    def wanted(self) -> str:
        """The unit in which an exchange file has the amounts: that of the form."""
        return self.definition.money_unit if self.definition else WANTED

    def _unit_of_money(self) -> str:
        in_doubt = units_differ(self.form, self.words)
        return IN_DOUBT if in_doubt else money_unit(self.form, self.words)

    def _all_money(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of each table of money under its entry, tables in the order of the definition's."""
        self._take_paired_funds()
        found, tables, rows = {}, self.form.money, self.form.funds
        blocks = [b for b in self.definition.money_blocks if b.has("executed")] if self.definition else []
        if len(blocks) < 2 or len(tables) < 2 or self.definition is None:
            own = self._money.columns if self._money else ()
            return {FUNDS: self._funds(rows, self.form.funds_heading, own, FUNDS)}
        begins = [begin for _, begin in tables[: len(blocks)]]
        ends = [*begins[1:], len(rows)]
        for block, (heading, _), begin, end in zip(blocks, tables, begins, ends, strict=False):
            entry = entry_of(self.definition, block)
            certain = [_certain(row) for row in rows[begin:end]]
            found[entry] = self._funds(certain, heading, block.columns, entry)
        return {FUNDS: []} | found

    def _funds(
        self, seen: Sequence[Row], heading: Heading | None, own: Sequence[Column], entry: str
    ) -> list[dict[str, Any]]:
        unit = self._unit_of_money()
        columns = {c.key: c for c in heading.columns} if heading else {}
        units = {key: column_unit(columns[key], unit) if key in columns else unit for key in AMOUNTS}
        rows = []
        labels = [row.texts["label"].text if "label" in row.texts else "" for row in seen]
        total = next((n for n, label in enumerate(labels) if fund_row(label, self.words) == "total"), 0)
        if self.definition is not None and self.definition.is_learned:  # whose first row is the sum
            seen, total = [*seen[total : total + 1], *seen[:total], *seen[total + 1 :]], 0
        for number, row in enumerate(self._at_home(row, columns.values(), own) for row in seen):
            self.units |= {
                f"{entry}[{number}].{key}": said for key, said in units.items() if said.strip(IN_DOUBT)
            }
            texts = {
                key: self._amount(f"{entry}[{number}].{key}", text, units[key]) if key in AMOUNTS else text
                for key, text in self._marked("funds", row.texts).items()
            }
            found: dict[str, Any] = {"label": texts.pop("label", "")}
            found |= {key: texts.pop(key, "" if key in columns else None) for key in FUND_KEYS}
            if entry != FUNDS or (own and not any(column.key == "executed" for column in own)):
                found = {key: text for key, text in found.items() if text is not None}
            if number == total and entry == FUNDS and found.get("weight", "") is None:
                found["weight"] = self.form.funds_points
            found |= {column.key: texts.pop(column.key) for column in own if column.key in texts}
            self._note_paired(f"{entry}[{number}]", row)
            rows.append(found | self._more(f"{entry}[{number}]", texts | dict(row.more)))
        return rows

    def _note_paired(self, path: str, row: Row) -> None:
        """Amounts that stand behind the colon of their caption, in one cell with it: 执行率：98%."""
        for key, text in row.texts.items():
            caption = self.form.paired.get(key, "")
            if caption and squeezed(text.cell.text).startswith(squeezed(caption)):
                self.inline[f"{path}.{key}"] = caption

    def _take_paired_funds(self) -> None:
        """The money of a declaration without a heading: 年度资金总额： | 100, and so on."""
        if self.form.funds or self._money is None or not only_begins(self._money.columns):
            return
        named = [pair for pair in self.form.pairs if fund_row(pair.caption, self.words)]
        paired = [pair for pair in named if is_figure(pair.value.text, unit=True)]
        for pair in paired:
            label = pair.value._replace(text=squeezed(pair.caption).rstrip("：:"), cell=pair.label)
            texts = {"label": label, "initial": pair.value.marked(Mark.SYNONYM)}
            self.form.funds.append(Row(texts))
        self.form.pairs = [pair for pair in self.form.pairs if pair not in paired]

    def _items(self) -> dict[str, list[dict[str, Any]]]:
        """Rows of texts about the money, where the definition has a table for them; else they are left."""
        blocks = self.definition.money_blocks if self.definition else ()
        of_items = [block.id for block in blocks if not block.amounts and block.has("state")]
        if not of_items:
            headings = [heading for heading in self.form.other_headings if heading.kind == "items"]
            self.form.used.difference_update(cell for heading in headings for cell in heading.cells)
            self.form.used.difference_update(t.cell for row in self.form.items for t in row.texts.values())
            return {}
        return {of_items[0]: [dict(row.texts) for row in self.form.items]}

    def _at_home(self, row: Row, seen: Iterable[SeenColumn], own: Sequence[Column]) -> Row:
        """A row of money in the columns of the definition; what declares has the budget of the beginning."""
        row = at_home(row, seen, own)
        if only_begins(own) and "initial" not in row.texts and "budget" in row.texts:
            texts = {("initial" if key == "budget" else key): text for key, text in row.texts.items()}
            return row._replace(texts=texts)
        return row

    def _more(self, path: str, texts: Mapping[str, Taken]) -> dict[str, Taken]:
        for key, text in texts.items():
            if text.text:
                self._keep(f"{path}.{key}")
        return {key: text.marked(Mark.SYNONYM) for key, text in texts.items() if text.text}

    def _shares(self) -> list[dict[str, Any]]:
        unit = money_unit(self.form, self.words)
        keys = ("side", "label", "amount", "share", "two_years_before", "year_before")
        money = ("amount", "two_years_before", "year_before")
        return [
            {
                k: self._amount(f"{FUNDS}[{n}].{k}", row.texts[k], unit) if k in money else row.texts[k]
                for k in keys
                if k in row.texts
            }
            for n, row in enumerate(self.form.shares)
        ]

    def _projects(self) -> list[dict[str, Any]]:
        unit = money_unit(self.form, self.words)
        return [
            {
                k: self._amount(f"projects[{n}].{k}", text, unit) if k.endswith("budget") else text
                for k, text in row.texts.items()
            }
            for n, row in enumerate(self.form.projects)
        ]

    def _amount(self, path: str, text: Taken, unit: str) -> Taken:
        """An amount in the unit that is wanted; to be looked at where nothing says its own, wrong where it
        is none."""
        if text.text and not is_figure(text.text, unit=True):
            text = text.marked(Mark.NOT_A_NUMBER)
        is_number = any(figure.isdecimal() and figure != "0" for figure in text.text)
        if unit or not is_number or text.text.rstrip().endswith(("元", "万")):
            return in_wanted(text, unit, self.wanted)
        self.unsaid[path] = text.text
        return text.marked(Mark.GUESSED)

    def _overall(self) -> Iterator[tuple[str, list[Taken]]]:
        for caption, text in self.form.overall:
            yield caption.text, [text.shortened(line) for line in lines_of(text.text)]

    # --- goals and indicators

    def _goal(self, number: int, goal: GoalSeen) -> dict[str, Any]:
        label = goal.label if goal.label and self.definition else ""
        if self.definition and self.definition.kind == "declaration":
            label = goal.label.shortened(goal.label.text.rstrip("：:")) if goal.label else ""
            return {"label": label, "text": goal.texts.get("text", "")}
        texts = self._marked("goals", goal_texts(goal, self.definition, self.words))
        expected, actual, text = (texts.pop(key, None) for key in ("expected", "actual", "text"))
        parts = self.definition.goal_parts if self.definition else ()
        if expected is None and text is not None and "expected" in parts:
            expected, text = text, None
        found = {"label": label, "points": goal.points, "text": text if text is not None else expected}
        more = {key: text for key, text in texts.items() if text.text or self.form.keeps_empty}
        for key in more.keys() - (self.definition.goal_columns.keys() if self.definition else ()):
            self._keep(f"goals[{number}].{key}")
        return found | {"expected": expected, "actual": actual} | more

    def _indicator(self, number: int, row: Row) -> dict[str, Any]:
        own = self.definition.indicator_columns if self.definition else ()
        row = at_home(row, self.columns, own)
        texts = self._marked("indicators", row.texts)
        goal = self.form.goals[row.goal - 1].label if row.goal else None
        found: dict[str, Any] = {
            "goal": Year(row.goal, goal) if goal else None,
            "level1": texts.pop("level1", ""),
        }
        is_declaration = self.definition is not None and self.definition.kind == "declaration"
        if not is_declaration:
            found["level1_weight"] = texts.pop("level1_weight", self._no_level1_weight())
        found |= {"level2": texts.pop("level2", ""), "name": texts.pop("name", "")}
        empty = "" if self.definition is None else None
        for key in _PLAIN_ROW if is_declaration else _SCORED_ROW:
            found[key] = texts.pop(key, empty if key == "reason" else None)
        if parts := {key.removeprefix(PARTS): texts.pop(key) for key in list(texts) if key.startswith(PARTS)}:
            found["target_parts"] = parts
        found |= {column.key: texts.pop(column.key) for column in own if column.key in texts}
        if self.definition is not None and self.definition.is_learned:
            texts.pop("level2_weight", None)  # the bureau prints it
        if self.definition is None:
            return found | texts | self._more(f"indicators[{number}]", row.more)
        return found | self._more(f"indicators[{number}]", texts | dict(row.more))

    def _no_level1_weight(self) -> str | None:
        has_points = self.definition and any(level.points is not None for level in self.definition.level1)
        return "" if has_points else None

    # --- below the indicators

    def _tail(self) -> None:
        self._tree["total"] = self.form.total or ""
        fields = self.definition.fields.values() if self.definition else ()
        for at in ("deviation_analysis", "improvement"):
            self._tree[at] = "" if any(f.at == at for f in fields) else None
        lines = tuple(self.definition.footnotes()) if self.definition else ()
        self._tree["footnotes"] = footnotes(self.form.notes, lines)
        self._tree["signatures"] = {}


def _certain(row: Row) -> Row:
    """A row of a further table of money that the definition has: no other one is meant."""
    texts = {key: text._replace(marks=text.marks - {Mark.TWO_CANDIDATES}) for key, text in row.texts.items()}
    return row._replace(texts=texts)


def _options(value: Taken, choices: tuple[str, ...]) -> list[Taken]:
    """The ticked options; a text that is one of the choices without a tick is that one."""
    options = ticked(value.text)
    if options is not None:
        return [value.shortened(option, Mark.TICKED) for option in options]
    same_one = [choice for choice in choices if value.text and bare(choice) == bare(value.text)]
    return [value.shortened(value.text, Mark.TICKED)] if same_one else [value] * bool(value.text)
