"""Which form was read: the captions of each definition held against those of the sheet."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from model.forms.definition import (
    FieldsBlock,
    FormDefinition,
    FundsBlock,
    GoalsBlock,
    IndicatorsBlock,
    RowsBlock,
)
from model.recognition.anatomy import Anatomy
from model.recognition.captions import Vocabulary, bare, plain
from model.recognition.evidence import NOTHING, Evidence
from model.recognition.goals import is_numbered

_FITS = 85  # per cent of the captions of a form that must stand on a sheet of its layout
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
        ranked.append((key, points))
    ranked.sort(key=lambda one: -one[1])
    possible = [(key, points) for key, points in ranked if _is_possible(form, definitions[key], words)]
    if not possible or possible[0][1] <= 0:
        return Identified("", "", tuple((possible or ranked)[:3]))
    best = possible[0][0]
    wanted = definition_captions(definitions[best])
    is_whole = 100 * len(wanted & seen) >= _FITS * len(wanted) and not _unknown(form, wanted)
    return Identified(best, best if is_whole else "", tuple(possible[:3]))


def _points(evidence: Evidence, seen: frozenset[str], title: str, signs: frozenset[str]) -> int:
    captions = sum(points for caption, points in evidence.captions.items() if bare(caption) in seen)
    titles = sum(points for words, points in evidence.title.items() if plain(words) in title)
    return captions + titles + sum(points for sign, points in evidence.signs.items() if sign in signs)


def _structure(form: Anatomy, definition: FormDefinition) -> int:
    """Points for columns by meaning: those that both have, less those that one of them lacks."""
    pairs = [({column.key for column in definition.indicator_columns}, form.keys - {"number"})]
    if definition.funds and form.funds_heading:
        ours = {column.key for column in definition.funds.columns}
        pairs.append((ours - {"label"}, form.funds_heading.keys - {"label"}))
    return sum(len(ours & theirs) - len(ours ^ theirs) for ours, theirs in pairs)


def _signs(form: Anatomy) -> frozenset[str]:
    rows = [row.texts for row in form.indicators]
    by_name = [
        row for row in rows if {"weight", "name"} <= row.keys() and row["weight"].cell is row["name"].cell
    ]
    found = {
        "numbered_goals": any(map(is_numbered, form.goals)) and any(row.goal for row in form.indicators),
        "points_in_names": bool(by_name),
        "points_in_levels": any("level1_weight" in row for row in rows),
        "block_points": form.block_label is not None,
        "one_goal": len(form.goals) == 1 and not is_numbered(form.goals[0]),
    }
    return frozenset(sign for sign, is_there in found.items() if is_there)


def _unknown(form: Anatomy, wanted: frozenset[str]) -> bool:
    """Whether a table has columns that mean nothing of ours and are none of the form's own."""
    columns = list(form.columns) + list(form.funds_heading.columns if form.funds_heading else ())
    return any(c.caption and not c.key and bare(c.caption) not in wanted for c in columns)


def _is_possible(form: Anatomy, definition: FormDefinition, words: Vocabulary) -> bool:
    """Whether a sheet has what a definition cannot do without: its kind, its levels, its money."""
    is_project = any(words.find("fields", pair.caption) == "project_name" for pair in form.pairs)
    title = "".join(line.text for line in form.title)
    is_plan = bool(form.shares) or "申报" in title or "监控" in title or "批复" in title
    if definition.kind not in ("department", "project", "declaration"):
        return False
    if definition.kind == "declaration":
        return bool(form.shares) and "name" in form.keys and "actual" not in form.keys
    if is_plan or (definition.kind == "project") != is_project:
        return False
    return form.keys >= set(_NEEDED) and bool(form.funds)


# --- captions


def captions_of(form: Anatomy) -> Iterator[str]:
    """Yield the captions that were understood on a sheet, as printed."""
    yield from (pair.caption for pair in form.pairs)
    headings = [*form.headings, *([form.funds_heading] if form.funds_heading else [])]
    for heading in (*headings, *form.other_headings):
        yield from (cell.text for cell in heading.cells)
    for row in (*form.funds, *form.shares):
        yield from (row.texts[key].text for key in ("label", "side") if key in row.texts)
    yield from (goal.label.text for goal in form.goals if goal.label)
    yield from (side.text for row in form.split for side in row if side)
    if form.total_caption:
        yield form.total_caption.text


def definition_captions(definition: FormDefinition) -> frozenset[str]:
    """Return the captions that a sheet of this form must have, without lines outside its frame."""
    found = {bare(caption) for block in definition.blocks for caption in _block_captions(block)}
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
