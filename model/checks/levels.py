"""Checks of the levels of indicators: a level 2 stands under the level 1 to which the form gives it."""

from collections.abc import Iterator
from functools import lru_cache

from model.checks.finding import Finding, cut, finding
from model.forms.definition import FormDefinition, bare
from model.reading.reading import Form


def levels_fit(form: Form) -> Iterator[Finding]:
    """No level 2 of another block, such as 经济效益指标, stands under 产出指标; told once a group."""
    rows, reported = form.sheet.indicators, set[tuple[str, str, str]]()
    homes = {levels: _home(form.definition, *levels) for levels in {(row.level1, row.level2) for row in rows}}
    for row in rows if any(homes.values()) else ():
        group, home = (row.goal, row.level1, row.level2), homes[row.level1, row.level2]
        if home and row.counted and group not in reported:
            reported.add(group)
            message = f"“{cut(row.level2)}”属于{home}，这里写在“{cut(row.level1)}”下：请核对一级、二级指标。"
            basis = (row.level1, row.level2)
            yield finding(form, "level-mismatch", "warning", f"{row.id}.level2", message, basis=basis)


@lru_cache(maxsize=5_000)
def _home(definition: FormDefinition, level1: str, level2: str) -> str:
    """The block to which a form gives a level 2 that stands under another of its blocks, else ""."""
    blocks = {_short(block.name): {_short(name) for name in block.level2} for block in definition.level1}
    own, name = blocks.get(_short(level1)), _short(level2)
    if own is None or name in own:
        return ""
    return next((block.name for block in definition.level1 if name in blocks[_short(block.name)]), "")


def _short(name: str) -> str:
    """A name of a level without what may be left out of it."""
    return bare(name).removesuffix("指标").removeprefix("服务对象")
