"""The library of usual indicators (常用指标库): entries as data, read from TOML; a mistake is refused."""

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from model.forms.toml_table import TomlTable, each, open_toml, repeated

KINDS = ("quantitative", "qualitative")
DIRECTIONS = ("", "≥", "≤", "=")
PLACEHOLDERS = ("n", "budget", "date")


class Level(NamedTuple):
    """A level-2 name with its level-1 block, and what other forms call it."""

    level1: str
    level2: str
    also: tuple[str, ...]


class Topic(NamedTuple):
    """A field of work (领域) that entries belong to: 教育·教研."""

    name: str
    initials: str
    about: str


class LibraryIndicator(NamedTuple):
    """An entry: where it belongs, its target, how it is measured, what proves it, the usual mistake.

    In `target` stand {n} for the clerk's number, {budget} for the project's budget in 万元 and {date} for
    a date. `alternative` is level 1 and 2 in a form with a level-1 block of costs (成本指标).
    """

    id: str
    topic: str
    level1: str
    level2: str
    alternative: tuple[str, str] | None
    name: str
    initials: str
    words: tuple[str, ...]
    is_quantitative: bool
    direction: str
    unit: str
    target: str
    measure: str
    evidence: tuple[str, ...]
    mistake: str
    sources: tuple[str, ...]


class IndicatorLibrary(NamedTuple):
    """Entries in the order of a picker, their topics and level-2 names; sources by id, to be read."""

    id: str
    levels: tuple[Level, ...]
    topics: tuple[Topic, ...]
    indicators: tuple[LibraryIndicator, ...]
    sources: Mapping[str, str]

    def level(self, level2: str) -> Level | None:
        """Return the level that a form calls so, None where none is."""
        return next((level for level in self.levels if level2 in (level.level2, *level.also)), None)


EMPTY = IndicatorLibrary("", (), (), (), {})


def joined(libraries: Iterable[IndicatorLibrary]) -> IndicatorLibrary:
    """Return libraries as one; entries of a later one (a folder of the user's) come first."""
    newest_first = tuple(libraries)[::-1]
    if not newest_first:
        return EMPTY
    return IndicatorLibrary(
        newest_first[-1].id,
        tuple(dict.fromkeys(chain.from_iterable(one.levels for one in newest_first[::-1]))),
        tuple(dict.fromkeys(chain.from_iterable(one.topics for one in newest_first))),
        tuple(chain.from_iterable(one.indicators for one in newest_first)),
        {key: title for one in newest_first for key, title in one.sources.items()},
    )


def read_indicators(path: Path) -> IndicatorLibrary:
    """Return the library of a TOML file; raises UserError with file, entry and key."""
    top = open_toml(path)
    name = top.filled("id")
    top.whole("version", 1)
    sources = dict(each(top.tables("source", []), _source))
    levels = tuple(each(top.tables("level", []), _level))
    topics = tuple(each(top.tables("field", []), _topic))
    tables = top.tables("indicator")
    indicators = tuple(each(tables, _indicator))
    if twice := repeated(entry.id for entry in indicators):
        raise top.refuse("indicator", f"id：“{twice}”用了两次")
    _check_words(top, levels, topics, sources, indicators)
    top.done()
    return IndicatorLibrary(name, levels, topics, indicators, sources)


def _check_words(
    top: TomlTable,
    levels: tuple[Level, ...],
    topics: tuple[Topic, ...],
    sources: Mapping[str, str],
    indicators: tuple[LibraryIndicator, ...],
) -> None:
    """An entry names levels, topics and sources that the file lists, if it lists any."""
    known_levels = {(level.level1, level.level2) for level in levels}
    known_topics = {topic.name for topic in topics}
    for entry in indicators:
        if known_levels and (entry.level1, entry.level2) not in known_levels:
            raise top.refuse("indicator", f"{entry.id}：没有二级指标“{entry.level1}·{entry.level2}”")
        if known_topics and entry.topic not in known_topics:
            raise top.refuse("indicator", f"{entry.id}：没有领域“{entry.topic}”")
        if sources and (unknown := [key for key in entry.sources if key not in sources]):
            raise top.refuse("indicator", f"{entry.id}：没有来源“{unknown[0]}”")


def _source(table: TomlTable) -> tuple[str, str]:
    key, title, address = table.filled("id"), table.filled("title"), table.text("address", "")
    return key, f"{title}（{address}）" if address else title


def _level(table: TomlTable) -> Level:
    table.array("alt", [])  # where an entry goes instead, it says itself
    return Level(table.filled("level1"), table.filled("level2"), table.texts("also", []))


def _topic(table: TomlTable) -> Topic:
    table.filled("id")
    return Topic(table.filled("name"), table.text("initials", ""), table.text("about", ""))


def _indicator(table: TomlTable) -> LibraryIndicator:
    alternative = table.texts("alt", [])
    if len(alternative) not in (0, 2):
        raise table.refuse("alt", "应为一级、二级两个名称")
    return LibraryIndicator(
        id=table.filled("id"),
        topic=table.filled("field"),
        level1=table.filled("level1"),
        level2=table.filled("level2"),
        alternative=(alternative[0], alternative[1]) if alternative else None,
        name=table.filled("name"),
        initials=table.text("initials", ""),
        words=table.texts("words", []),
        is_quantitative=table.choice("kind", KINDS, "quantitative") == "quantitative",
        direction=table.choice("direction", DIRECTIONS, ""),
        unit=table.text("unit", ""),
        target=table.pattern("target", PLACEHOLDERS),
        measure=table.text("measure", ""),
        evidence=table.texts("evidence", []),
        mistake=table.text("mistake", ""),
        sources=table.texts("source", []),
    )
