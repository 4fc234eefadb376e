"""Levels without a column: in rows of their own (一、产出指标), or before a stroke in a name; rows whose
texts are to be doubted, or go on with rows above."""

import re
from collections.abc import Sequence
from typing import Literal

from model.basics.number import parse_points
from model.recognition.anatomy import Row, Taken
from model.recognition.captions import Vocabulary, bare
from model.recognition.incoming import Mark
from model.recognition.texts import bare_points, is_number, level_points, on_one_line

Level = Literal["level1", "level2"]
_SHIFTED = ("name", "target", "actual", "weight", "score")  # what stands wrong where a cell is missing
_STROKE = re.compile(r"\s*(?:[／/\\|＼—→>＞_]|--|-(?![0-9]))\s*")


def level_in(text: str, words: Vocabulary) -> Level | None:
    """Return which level a text names that stands alone: 一、产出指标（50分） is level 1; None for none."""
    found = words.find("levels", level_points(bare(on_one_line(text))).name)
    return ("level2" if found == "level2" else "level1") if found else None


def level_name(text: Taken) -> Taken:
    """Return a level as its name, without the number before it and the points behind it."""
    return text.shortened(level_points(bare(on_one_line(text.text))).name, Mark.SPLIT)


def levels_before(name: Taken, words: Vocabulary) -> dict[str, Taken]:
    """Return level1, level2 and name of 产出指标／数量指标／培训人数; nothing where it begins with none."""
    parts = [part.strip() for part in _STROKE.split(name.text)]
    if len(parts) not in (2, 3) or not all(parts):
        return {}
    before = [level_in(part, words) for part in parts[:-1]]
    if before[0] is None or None in before[1:]:
        return {}
    keys = ("level1", "level2") if len(parts) == 3 else (before[0],)
    texts = {key: name.shortened(part, Mark.SPLIT) for key, part in zip(keys, parts[:-1], strict=True)}
    return {**texts, "name": name.shortened(parts[-1], Mark.SPLIT)}


def doubted(rows: Sequence[Row]) -> list[Row]:
    """Return rows with those marked in which weight and score do not go together: a score that is more than
    its weight, none where the others have one, a number as the reason. A cell may be missing or too many."""
    scores = [parse_points(row.texts["score"].text) for row in rows if "score" in row.texts]
    has_scores = any(score is not None for score in scores)
    return [_doubted(row) if has_scores and _is_unlikely(row) else row for row in rows]


def _is_unlikely(row: Row) -> bool:
    weight, score, reason = (row.texts.get(key) for key in ("weight", "score", "reason"))
    if reason is not None and is_number(reason.text):
        return True
    if weight is None or score is None or Mark.MERGED in score.marks | weight.marks:
        return False
    points, reached = parse_points(weight.text), parse_points(score.text)
    return points is not None and (not score.text or (reached is not None and reached > points))


def _doubted(row: Row) -> Row:
    doubt = {
        key: text.marked(Mark.UNLIKELY) for key, text in row.texts.items() if key in _SHIFTED and text.text
    }
    return row._replace(texts={**row.texts, **doubt})


def weighed_by_names(rows: Sequence[Row]) -> list[Row]:
    """Return rows whose names end in a bare number in brackets (培训次数（10）) with it as their weight.

    The file does not say that it is one: it is marked, and taken only where no score is more than it.
    """
    found = [_weighed(row) for row in rows]
    return (
        [new or row for row, new in zip(rows, found, strict=True)] if all(map(_is_sound, rows)) else [*rows]
    )


def _is_sound(row: Row) -> bool:
    name, score = row.texts.get("name"), row.texts.get("score")
    points = parse_points(bare_points(name.text).points) if name else None
    reached = parse_points(score.text) if score else None
    return points is None or (reached is not None and reached <= points <= 100)


def _weighed(row: Row) -> Row | None:
    name = row.texts.get("name")
    found = bare_points(name.text) if name else None
    if name is None or found is None or not found.points or row.texts.get("weight"):
        return None
    more = {
        "name": name.shortened(found.name, Mark.SPLIT),
        "weight": name.shortened(found.points, Mark.GUESSED),
    }
    return row._replace(texts={**row.texts, **more})


def onto_rows_above(above: Sequence[Row], rows: Sequence[Row]) -> list[Row] | None:
    """Return the rows above with what a further table says of the same names (their scores); None where it
    is a table of its own: another name, a name twice, or a text that stands there already."""
    names = [row.texts["name"].text if "name" in row.texts else "" for row in above]
    found = list(above)
    for row in rows:
        name = row.texts["name"].text if "name" in row.texts else ""
        if not name or names.count(name) != 1:
            return None
        at = names.index(name)
        more = {key: text.marked(Mark.JOINED) for key, text in row.texts.items() if key != "name"}
        if any(key in found[at].texts and found[at].texts[key].text for key in more):
            return None
        found[at] = found[at]._replace(texts={**found[at].texts, **more}, more={**found[at].more, **row.more})
    return found if rows else None
