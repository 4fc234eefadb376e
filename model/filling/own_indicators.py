"""The indicators that one has written oneself, in other forms and other years, as entries of a library."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from model.basics.names import without_list_number
from model.basics.quantity import read_value
from model.document.answers import FormAnswers
from model.forms.definition import bare
from model.forms.indicator_library import IndicatorLibrary, LibraryIndicator, Topic
from model.forms.targets import Parts, whole_target

OWN = Topic("本单位填过的", "bdwtgd", "其他表和以前年度的指标")
_COUNTED = re.compile(r"(?P<sign>[≥≤=><]?)\s*[\d,.]+\s*(?P<unit>[^\d\s][^\d]*)")


class Written(NamedTuple):
    """A form that was filled in, and how its source is called: 2024 年度 · 教研经费."""

    source: str
    answers: FormAnswers


def own_library(library: IndicatorLibrary, forms: Iterable[Written]) -> IndicatorLibrary:
    """Return the rows of forms as a library, of those with the same level 2 and name the first.

    Numbers are left to the clerk, who has others each year; rates stay, and so does what is no number.
    """
    entries: dict[tuple[str, str], LibraryIndicator] = {}
    sources: dict[str, str] = {}
    for n, form in enumerate(forms):
        sources[f"own{n}"] = form.source
        for entry in _entries(library, form.answers, f"own{n}"):
            entries.setdefault((entry.level2, bare(entry.name)), entry)
    return IndicatorLibrary(OWN.name, (), (OWN,) if entries else (), tuple(entries.values()), sources)


def _entries(library: IndicatorLibrary, answers: FormAnswers, source: str) -> Iterator[LibraryIndicator]:
    for row in answers.indicators:
        name, level1, level2, target, nature, unit, direction = (
            answers.text(f"{row}.{key}").strip()
            for key in ("name", "level1", "level2", "target", "nature", "unit", "direction")
        )
        name = without_list_number(name)  # another form counts anew
        if not name:
            continue
        level = library.level(level2)
        target = whole_target(target, Parts(nature, unit))
        value = read_value(target)
        counted = _COUNTED.fullmatch(target) if value.kind == "number" else None
        sign = value.parts[0].comparator if value.kind == "number" and len(value.parts) == 1 else ""
        yield LibraryIndicator(
            id=f"{source}.{row}",
            topic=OWN.name,
            level1=level.level1 if level else level1,
            level2=level.level2 if level else level2,
            alternative=None,
            name=name,
            initials="",
            words=(),
            is_quantitative=value.kind == "number",
            direction=direction or (sign if sign in ("≥", "≤", "=") else ""),
            unit=counted["unit"] if counted else "",
            target=_pattern(target, counted),
            measure="",
            evidence=(),
            mistake="",
            sources=(source,),
        )


def _pattern(target: str, counted: re.Match[str] | None) -> str:
    if counted is None or counted["unit"].startswith(("%", "％")):
        return target
    return f"{counted['sign']}{{n}}{counted['unit']}"
