"""Reads what is said about how to fill in a form from TOML; a mistake is refused with file, entry and key."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from model.forms.advice import Advice, AdviceFile
from model.forms.definition import FormDefinition, Regulation
from model.forms.toml_table import TomlTable, each, open_toml, repeated

SOURCES = ("form", "regulation")


def read_advice(
    path: Path, forms: Mapping[str, FormDefinition], regulations: Mapping[str, Regulation]
) -> AdviceFile:
    """Return the advice of a TOML file; raises UserError with file, entry and key."""
    top = open_toml(path)
    read = partial(_advice, forms=forms, regulations=regulations)
    found = AdviceFile(top.filled("id"), tuple(each(top.tables("text"), read)))
    top.done()
    return found


def _advice(
    table: TomlTable, forms: Mapping[str, FormDefinition], regulations: Mapping[str, Regulation]
) -> Advice:
    found = Advice(
        cells=table.texts("cells"),
        how=table.filled("how"),
        source=table.pattern("source", SOURCES),
        example=table.text("example", ""),
        mistakes=table.texts("mistakes", []),
        note=table.text("note", ""),
        forms=table.texts("forms", []),
        regulation=table.choice("regulation", ("", *regulations), ""),
        level=table.text("level", ""),
    )
    _check(table, found, forms)
    return found


def _check(table: TomlTable, found: Advice, forms: Mapping[str, FormDefinition]) -> None:
    """What an entry speaks of must be there: cells, forms, the footnote that it quotes."""
    if not found.cells or not all(found.cells) or repeated(found.cells):
        raise table.refuse("cells", "至少一种单元格，不能为空或重复")
    if not found.source.strip():
        raise table.refuse("source", "不能为空")
    if not all(map(str.strip, found.mistakes)):
        raise table.refuse("mistakes", "不能有空的一条")
    if unknown := [name for name in found.forms if name not in forms]:
        raise table.refuse("forms", f"没有编号为“{unknown[0]}”的表样")
    if found.note and not any(_prints(forms[name], found.note) for name in found.forms or forms):
        raise table.refuse("note", "没有一张表样印有这样开头的备注")


def _prints(form: FormDefinition, beginning: str) -> bool:
    return any(line.startswith(beginning) for line in form.footnotes())
