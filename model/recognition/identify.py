"""Which form was read: the captions of each definition held against those of the sheet."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from model.forms.definition import (
    FieldsBlock,
    FormDefinition,
    FormKind,
    FundsBlock,
    GoalsBlock,
    IndicatorsBlock,
    RowsBlock,
)
from model.recognition.anatomy import Anatomy
from model.recognition.captions import Vocabulary, bare, of_any_months, plain
from model.recognition.evidence import NOTHING, Evidence
from model.recognition.goals import is_numbered
from model.recognition.money import money_block

_OWN = 20  # points for a form made of a bureau's blank, all of whose captions stand on the sheet
_FITS = 85  # per cent of the captions of a form that must stand on a sheet of its layout
COSTS = "成本指标"
_PLAN = re.compile("申报|批复|绩效目标表")
_TRANSFER = re.compile(r"转移支付|区域(?:\(项目\))?绩效")
_NEEDED = ("level1", "level2", "name", "target", "actual", "score")


class Identified(NamedTuple):
    """The form that fits best, its id again as layout if all its captions are there, and all with points."""

    form: str
    layout: str
    candidates: tuple[tuple[str, int], ...]


def identify(
    form: Anatomy,
    definitions: Mapping[str, FormDefinition],
    evidence: Mapping[str, Evidence],
    words: Vocabulary,
) -> Identified:
    """Return which definition a form has; one whose tables the sheet does not have is no candidate."""
    seen = frozenset(bare(caption) for caption in captions_of(form))
    title = plain("".join(line.text for line in form.title))
    signs = _signs(form)
    ranked: list[tuple[str, int]] = []
    for key, definition in definitions.items():
        wanted = definition_captions(definition)
        points = len(wanted & seen) - len(wanted - seen)
        points += _points(evidence.get(key, NOTHING), seen, title, signs) + _structure(form, definition)
        points += _OWN if definition.is_learned and _has_all(wanted, seen) else 0
        ranked.append((key, points))
    ranked.sort(key=lambda one: -one[1])
    possible = [(key, points) for key, points in ranked if _is_possible(form, definitions[key], words)]
    if not possible or possible[0][1] <= 0:
        return Identified("", "", tuple((possible or ranked)[:3]))
    best = possible[0][0]
    is_whole = is_form_of(form, definitions[best])
    return Identified(best, best if is_whole else "", tuple(possible[:3]))


def is_form_of(form: Anatomy, definition: FormDefinition) -> bool:
    """Whether nearly all captions of a definition stand on a sheet, and no column that is none of its own."""
    wanted = definition_captions(definition)
    seen = frozenset(map(of_any_months, captions_of(form)))
    return _has_all(wanted, seen) and not _unknown(form, wanted)


def _has_all(wanted: frozenset[str], seen: frozenset[str]) -> bool:
    return 100 * len(wanted & seen) >= _FITS * len(wanted)


def _points(evidence: Evidence, seen: frozenset[str], title: str, signs: frozenset[str]) -> int:
    captions = sum(points for caption, points in evidence.captions.items() if bare(caption) in seen)
    titles = sum(points for words, points in evidence.title.items() if plain(words) in title)
    return captions + titles + sum(points for sign, points in evidence.signs.items() if sign in signs)


def _structure(form: Anatomy, definition: FormDefinition) -> int:
    """Points for columns by meaning: those that both have, less those that one of them lacks."""
    pairs = [({column.key for column in definition.indicator_columns}, form.keys - {"number"})]
    block = money_block(definition)
    if block and form.funds_heading:
        ours = {column.key for column in block.columns}
        pairs.append((ours - {"label"}, form.funds_heading.keys - {"label"}))
    return sum(len(ours & theirs) - len(ours ^ theirs) for ours, theirs in pairs)


def _signs(form: Anatomy) -> frozenset[str]:
    rows = [row.texts for row in form.indicators]
    by_name = [
        row for row in rows if {"weight", "name"} <= row.keys() and row["weight"].cell is row["name"].cell
    ]
    costs = [bare(row["level1"].text) == COSTS for row in rows if "level1" in row]
    found = {
        "numbered_goals": any(map(is_numbered, form.goals)) and any(row.goal for row in form.indicators),
        "points_in_names": bool(by_name),
        "points_in_levels": any("level1_weight" in row for row in rows),
        "block_points": form.block_label is not None,
        "one_goal": len(form.goals) == 1 and not is_numbered(form.goals[0]),
        "costs": any(costs),
        "no_costs": bool(costs) and not any(costs),
    }
    return frozenset(sign for sign, is_there in found.items() if is_there)


def _unknown(form: Anatomy, wanted: frozenset[str]) -> bool:
    """Whether a table has columns that mean nothing of ours and are none of the form's own."""
    columns = list(form.columns) + list(form.funds_heading.columns if form.funds_heading else ())
    return any(c.caption and not c.key and of_any_months(c.caption) not in wanted for c in columns)


def _is_possible(form: Anatomy, definition: FormDefinition, words: Vocabulary) -> bool:
    """Whether a sheet has what a definition cannot do without: its kind, its levels, its money."""
    if definition.is_learned:
        wanted = definition_captions(definition)
        return _has_all(wanted, frozenset(map(of_any_months, captions_of(form))))
    if definition.kind != kind_of(form, words):
        return False
    if definition.kind == "declaration":
        return "name" in form.keys and "actual" not in form.keys
    needed = {column.key for column in definition.indicator_columns} & set(_NEEDED)
    return form.keys >= needed and (bool(form.funds) or not definition.is_scored)


def kind_of(form: Anatomy, words: Vocabulary) -> FormKind | None:
    """Return which kind of form a sheet is, by its title, its money, and whether results stand there; None
    for what a department declares without saying what its money is made of."""
    names = [p.caption for p in form.pairs if words.find("fields", p.caption) == "project_name"]
    title = plain("".join(line.text for line in form.title))
    if "监控" in title or {"chance", "expected"} & form.keys:
        return "monitoring" if names else None
    if form.shares:
        return "declaration"
    if _PLAN.search(title) or not form.keys & {"actual", "score"}:
        return "project_declaration" if names else None
    if _TRANSFER.search("".join((title, *map(plain, names)))) and not form.keys & {"weight", "score"}:
        return "transfer"
    return "project" if names else "department"


# --- captions


def captions_of(form: Anatomy) -> Iterator[str]:
    """Yield the captions that were understood on a sheet, as printed."""
    yield from (pair.caption for pair in form.pairs)
    yield from form.paired.values()
    headings = [*form.headings, *([form.funds_heading] if form.funds_heading else [])]
    for heading in (*headings, *form.other_headings):
        yield from (cell.text for cell in heading.cells)
    for table in form.tables:
        yield from table.captions
        yield from (row.texts["label"].text for row in table.rows if "label" in row.texts)
    for row in (*form.funds, *form.shares, *form.items):
        yield from (row.texts[key].text for key in ("label", "side") if key in row.texts)
    yield from (goal.label.text for goal in form.goals if goal.label)
    yield from (side.text for row in form.split for side in row if side)
    if form.total_caption:
        yield form.total_caption.text


def definition_captions(definition: FormDefinition) -> frozenset[str]:
    """Return the captions that a sheet of this form must have, without lines outside its frame."""
    found = {of_any_months(caption) for block in definition.blocks for caption in _block_captions(block)}
    return frozenset(caption for caption in found if caption and "{" not in caption)


def _block_captions(block: object) -> Iterator[str]:
    if isinstance(block, FieldsBlock) and block.framed:
        yield from (cell.caption for row in block.rows for cell in row)
    elif isinstance(block, FundsBlock):
        yield from _columns(block.columns)
        yield from (caption for row in block.rows if not row.sums for caption in (row.group, row.caption))
    elif isinstance(block, GoalsBlock | IndicatorsBlock | RowsBlock):
        yield from _columns(block.columns)


def _columns(columns: Iterable[object]) -> Iterator[str]:
    yield from (getattr(column, "caption", "") for column in columns)
