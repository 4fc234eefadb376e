"""What tells a form from another: points for captions, words of the title and signs; data of forms.toml."""

from collections.abc import Mapping
from typing import NamedTuple

SIGNS = (
    "numbered_goals",
    "points_in_names",
    "points_in_levels",
    "block_points",
    "one_goal",
    "costs",
    "no_costs",
)


class Evidence(NamedTuple):
    """The points that a definition gets beside those for its captions."""

    captions: Mapping[str, int] = {}
    title: Mapping[str, int] = {}
    signs: Mapping[str, int] = {}


NOTHING = Evidence()
