"""Reads the outline of an explanation from TOML; a slot that nobody fills is refused with its place."""

from pathlib import Path
from typing import cast, get_args

from model.explanation.outline import (
    AmountFormat,
    Chapter,
    ChapterKind,
    Outline,
    Part,
    PartKind,
    Section,
    Term,
)
from model.explanation.slots import DOCUMENT, OF_KIND
from model.forms.outline import Pattern
from model.forms.toml_table import TomlTable, each, open_toml, repeated

_UNLESS_ZERO = "unless_zero"  # behind a name and a slot: what stands in no blank is told where it is not 0
CHARTS = ("chart1", "chart2", "chart3", "chart4")


def read_explanation(path: Path) -> Outline:
    """Return the outline of a TOML file; raises UserError with file, entry and key."""
    top = open_toml(path)
    found = Outline(
        id=top.filled("id"),
        name=top.filled("name"),
        source=top.filled("source"),
        amounts=cast(AmountFormat, top.choice("amounts", get_args(AmountFormat))),
        percent_places=top.whole("percent_places", 1),
        title=tuple(top.texts("title")),
        chapters=tuple(each(top.tables("chapter"), _chapter)),
        terms=tuple(each(top.tables("term", []), _term)),
        last_line=top.pattern("last_line", ("phone",), ""),
        explanations=top.words("explanations"),
    )
    for line in found.title:
        top.check_pattern("title", line, ("unit", "year"))
    if twice := repeated(part.id for _, part in found.parts()):
        raise top.refuse("part", f"id：“{twice}”用了两次")
    top.done()
    return found


def _chapter(table: TomlTable) -> Chapter:
    kind = cast(ChapterKind, table.choice("kind", get_args(ChapterKind)))
    title = table.pattern("title", ("unit", "year"))
    return Chapter(kind, title, tuple(each(table.tables("section", []), _section)))


def _section(table: TomlTable) -> Section:
    headings = table.texts("headings")
    for heading in headings:
        table.check_pattern("headings", heading, ("unit", "year"))
    parts = tuple(each(table.tables("part", []), _part))
    return Section(headings, parts, table.text("short", ""))


def _part(table: TomlTable) -> Part:
    found_id = table.filled("id")
    kind = cast(PartKind, table.choice("kind", get_args(PartKind)))
    names = tuple(sorted(OF_KIND.get(kind, DOCUMENT)))
    patterns = tuple(_pattern(one, names) for one in table.tables("patterns", []))
    items = [_item(table, one) for one in table.array("items", [])]
    part = Part(
        id=found_id,
        kind=kind,
        patterns=patterns,
        joined=table.flag("joined", False),
        when=_known(table, "when", names),
        head=table.pattern("head", names, ""),
        item=table.pattern("item", names, ""),
        joiner=table.text("joiner", ""),
        end=table.text("end", ""),
        items=tuple((name, slot) for name, slot, _ in items),
        unless_zero=frozenset(slot for _, slot, unless_zero in items if unless_zero),
        omit_zero=table.flag("omit_zero", True),
        of=_known(table, "of", names),
        caption=table.text("caption", ""),
        field=table.text("field", ""),
        default=table.pattern("default", ("unit", "year"), ""),
        outline=table.text("outline", ""),
    )
    _check(table, part)
    return part


def _pattern(table: TomlTable, names: tuple[str, ...]) -> Pattern:
    found = Pattern(table.pattern("text", names), _known(table, "when", names))
    table.done()
    return found


def _known(table: TomlTable, key: str, names: tuple[str, ...]) -> str:
    value = table.text(key, "")
    if value and value not in names:
        raise table.refuse(key, f"没有“{value}”这个数")
    return value


def _item(table: TomlTable, entry: object) -> tuple[str, str, bool]:
    """Return a name, its slot, and whether it is told only where it is not 0."""
    entries = entry if isinstance(entry, list) and all(isinstance(one, str) for one in entry) else []
    if len(entries) not in (2, 3) or entries[2:] not in ([], [_UNLESS_ZERO]):
        raise table.refuse("items", f"每一项应为名称和数的编号，为 0 时不列的再加“{_UNLESS_ZERO}”")
    name, slot = entries[:2]
    if slot not in DOCUMENT:
        raise table.refuse("items", f"没有“{slot}”这个数")
    return name, slot, len(entries) > 2


def _check(table: TomlTable, part: Part) -> None:
    """What a kind cannot do without must be there."""
    if part.kind in ("sentence", "classes", "items") and not part.patterns:
        raise table.refuse("patterns", "至少一句")
    if part.kind == "list" and not (part.items and part.item and part.of):
        raise table.refuse("items", "应有 items、item 和 of")
    if part.kind == "text" and not part.field:
        raise table.refuse("field", "应写明填在哪里")
    if part.kind == "chart" and part.id not in CHARTS:
        raise table.refuse("id", f"图只能是 {'、'.join(CHARTS)}")


def _term(table: TomlTable) -> Term:
    return Term(
        table.filled("name"),
        table.pattern("text", ("level", "units"), ""),
        table.flag("by_subject", False),
    )
