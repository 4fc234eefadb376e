"""Points that the form itself prints behind a level or a name are no part of it when they come back."""

from collections.abc import Mapping

from model.basics.number import parse_points
from model.forms.definition import FormDefinition, IndicatorsBlock


def level_name(definition: FormDefinition, text: str) -> str:
    """Return the level 1 that a text names as paper prints it: 产出指标（50分） is 产出指标.

    Other points than those of the form stay in sight, and so does any other text.
    """
    from model.recognition.texts import level_points, on_one_line

    name, points = level_points(on_one_line(text))
    is_printed = points != "" and definition.points_of(name) == parse_points(points)
    return name if is_printed else text


def without_points(
    definition: FormDefinition, block: IndicatorsBlock, row: Mapping[str, str]
) -> dict[str, str]:
    """Return the cells of a pasted row, by column, with printed points where the program keeps them."""
    from model.recognition.texts import name_points

    cells = dict(row)
    if "level1" in cells:
        cells["level1"] = level_name(definition, cells["level1"])
    name, points = name_points(cells.get("name", ""))
    if points and "{weight}" in block.name_pattern and not cells.get("weight"):
        cells |= {"name": name, "weight": points}
    return cells
