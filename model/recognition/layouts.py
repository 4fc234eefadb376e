"""Layouts that the program did not know and a clerk explained once: captions and what they mean, as data."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from model.forms.definition import FormDefinition, FundsBlock, GoalsBlock, IndicatorsBlock, RowsBlock
from model.recognition.anatomy import Anatomy, Pair
from model.recognition.area import Area
from model.recognition.captions import IGNORE, LONGEST, Vocabulary, bare, plain
from model.recognition.heading import SeenColumn
from model.recognition.incoming import Mark, Place
from model.recognition.own_tables import TABLES

UNKNOWN = "unknown"  # a caption whose texts are kept under it
FIT = 85  # per cent of the captions of a layout that a sheet of it must have
GROUPS = ("fields", "funds", "goals", "indicators")
_SHORT = {
    "target.operator": "indicators.nature",
    "target.unit": "indicators.unit",
    "target": "indicators.target",
}


class Layout(NamedTuple):
    """A layout by name: the form it is read as, the captions by which it is known, and what they mean.

    A meaning is a group and a key (indicators.target, fields.authority), "ignore", or "unknown"; a caption
    that stands in two tables has two, with a blank between. `places` are texts without a caption: where they
    stand (B3, from the first row of the form), by path.
    """

    name: str
    form: str
    fits: tuple[str, ...]
    captions: Mapping[str, str] = {}
    money_unit: str = ""
    places: Mapping[str, str] = {}


class Layouts(NamedTuple):
    """The layouts that are known, and of each file of one that is not read where it is and why."""

    known: tuple[Layout, ...] = ()
    problems: tuple[tuple[Path, str], ...] = ()


class Proposal(NamedTuple):
    """A caption of a form that was read, where it stands, and what it was taken for."""

    caption: str
    place: Place
    group: str
    meaning: str

    def with_meaning(self, meaning: str) -> "Proposal":
        """Return the same caption with another meaning."""
        return self._replace(meaning=meaning)


def fits(layout: Layout, area: Area) -> bool:
    """Whether a sheet is of a layout: enough of its captions stand there."""
    seen = {bare(cell.text) for cell in area.cells if 0 < len(cell.text) <= LONGEST}
    wanted = {bare(caption) for caption in layout.fits}
    return bool(wanted) and 100 * len(wanted & seen) >= FIT * len(wanted)


def words_of(layout: Layout, words: Vocabulary) -> Vocabulary:
    """Return the captions as a layout has them, before all others."""
    groups: dict[str, dict[str, str]] = {group: {} for group in GROUPS}
    for caption, meaning in ((c, one) for c, meanings in layout.captions.items() for one in meanings.split()):
        group, _, key = _SHORT.get(meaning, meaning).partition(".")
        if group in groups:
            groups[group][caption] = _key(words, group, key)
        else:  # ignore or unknown: it means nothing in any group
            for known in groups.values():
                known.setdefault(caption, IGNORE if group == IGNORE else "")
    return words.with_captions(groups)


def words_for(form: FormDefinition, words: Vocabulary) -> Vocabulary:
    """Return the captions as a form of a bureau's blank has them, before all others; the same where it has
    none of its own."""
    groups: dict[str, dict[str, str]] = {group: {} for group in ("funds", "goals", "indicators")}
    if form.is_learned:
        groups |= {"fields": _own_captions(form, words), TABLES: dict(_own_tables(form))}
        groups["fund_rows"] = _planned_rows(form, words)
        groups["funds"] |= {f.caption: "" for f in form.fields.values() if words.find("funds", f.caption)}
    for block in form.blocks:
        group = _GROUP_OF.get(type(block), "")
        columns = block.columns if isinstance(block, FundsBlock | GoalsBlock | IndicatorsBlock) else ()
        for column in columns:
            is_known = column.key in words.groups[group]
            if column.caption and is_known and words.find(group, column.caption) != column.key:
                groups[group][column.caption] = column.key
            known = words.find(group, column.caption)
            is_told_apart = any(
                c.key == known and c.caption == column.caption for c in columns
            )  # by what stands above
            if column.key.startswith(_OWN_COLUMN) and known and not is_told_apart:
                groups[group][column.caption] = ""  # the clerk said that it is something else
    return words.with_captions(groups) if any(groups.values()) else words


def _own_captions(form: FormDefinition, words: Vocabulary) -> dict[str, str]:
    """What the head of a bureau's form asks for in words that mean nothing else."""
    captions = {field.caption: field.id for field in form.fields.values() if field.caption}
    return {caption: key for caption, key in captions.items() if not words.knows(caption, "fields", "totals")}


def _planned_rows(form: FormDefinition, words: Vocabulary) -> dict[str, str]:
    """What a form that only plans calls its rows of money."""
    blocks = [block for block in form.money_blocks if block.has("initial") and not block.has("executed")]
    rows = (row for block in blocks for row in block.rows)
    return {row.caption: words.find("fund_rows", row.caption) or row.key for row in rows if row.caption}


def _own_tables(form: FormDefinition) -> Iterator[tuple[str, str]]:
    """The captions of the tables that only this form has, with the table that each belongs to."""
    items: list[FundsBlock | RowsBlock] = [b for b in form.money_blocks if not b.amounts]
    for block in (*form.row_blocks, *items):
        if not (isinstance(block, FundsBlock) and block.has("executed")):
            yield from ((c.caption, f"{block.id}.{c.key}") for c in block.columns if c.caption)


_OWN_COLUMN = "own_"  # what keys of columns begin with that no rule knows
_GROUP_OF = {FundsBlock: "funds", GoalsBlock: "goals", IndicatorsBlock: "indicators"}


def _key(words: Vocabulary, group: str, key: str) -> str:
    """The key of a meaning; a caption of ours may stand for it (fields.主管部门)."""
    return key if key in words.groups[group] else words.find(group, key)


_PLACE = re.compile(r"(?P<letters>[A-Z]{1,2})(?P<row>[0-9]{1,4})")


def placed_pairs(layout: Layout, form: Anatomy) -> list[Pair]:
    """Return the texts that a layout finds by their place: fields.报表编号 at B1, from the first row on."""
    found = []
    for path, place in layout.places.items():
        match = _PLACE.fullmatch(place)
        cell = form.area.at(form.first + int(match["row"]) - 1, _column(match["letters"])) if match else None
        if cell is not None and cell.text:
            found.append(Pair(path.partition(".")[2], form.take(cell, None, Mark.SYNONYM), "head", cell))
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


# --- proposals


def proposals(form: Anatomy, words: Vocabulary) -> list[Proposal]:
    """Return the captions of a form that was read with what they were taken for, as they stand."""
    found = list(_proposals(form, words))
    return sorted(found, key=lambda one: (one.place.row, one.place.column))


def _proposals(form: Anatomy, words: Vocabulary) -> Iterator[Proposal]:
    for pair in form.pairs:
        key = words.find("fields", pair.caption)
        meaning = f"fields.{key}" if key else UNKNOWN
        yield Proposal(pair.caption, pair.label.seen.place, "fields", meaning)
    headings = [("indicators", heading) for heading in form.headings[:1]]
    headings += [("funds", form.funds_heading)] if form.funds_heading else []
    headings += [("goals", heading) for heading in form.other_headings if heading.kind == "goals"]
    for group, heading in headings:
        yield from (_of_column(group, column) for column in heading.columns if column.caption)


def _of_column(group: str, column: SeenColumn) -> Proposal:
    meaning = f"{group}.{column.key}" if column.key and column.key != IGNORE else UNKNOWN
    return Proposal(column.caption, column.cells[-1].seen.place, group, meaning)


def choices(group: str, words: Vocabulary) -> list[tuple[str, str]]:
    """Return what a caption of a group may mean, with what it is called, and 不导入 and 原样保留."""
    known = [(f"{group}.{key}", captions[0]) for key, captions in words.groups[group].items()]
    return [*known, (IGNORE, "不导入"), (UNKNOWN, "原样保留")]


def remembered(name: str, form: str, explained: Iterable[Proposal], money_unit: str = "") -> Layout:
    """Return a layout of captions as the clerk explained them."""
    meanings: dict[str, dict[str, str]] = {}
    for proposal in explained:
        meanings.setdefault(proposal.caption, {})[proposal.group] = proposal.meaning
    captions = {caption: _together(found.values()) for caption, found in meanings.items()}
    fits_by = tuple(dict.fromkeys(plain(caption) for caption in captions))
    return Layout(name, form, fits_by, captions, money_unit)


def _together(meanings: Iterable[str]) -> str:
    """The meanings of a caption that stands in several tables; what says nothing counts where it is alone."""
    found = list(dict.fromkeys(meanings))
    known = [meaning for meaning in found if meaning not in (IGNORE, UNKNOWN)]
    return " ".join(known) or found[0]
