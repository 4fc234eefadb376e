"""How the clerk left the window: whether the pane is open, and the widths that were dragged, by name."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_WIDTH = r"[a-z0-9_]+=[0-9]{1,4}"
LIST, PANE = "list", "pane"
COLUMN = "column_"  # and the key of a column of the indicators
_NONE: Mapping[str, int] = {}


class Sides(NamedTuple):
    """Widths are in px at 100 %; what is not among them the width of the window decides."""

    pane_open: bool = True
    widths: Mapping[str, int] = _NONE

    def width(self, name: str) -> int:
        """Return a width, 0 where none was dragged."""
        return self.widths.get(name, 0)

    def columns(self) -> dict[str, int]:
        """Return the widths of columns by their keys."""
        return {n.removeprefix(COLUMN): width for n, width in self.widths.items() if n.startswith(COLUMN)}

    def with_width(self, name: str, width: int) -> "Sides":
        """Return the same with another width."""
        return self._replace(widths={**self.widths, name: width})


def are_widths(text: str) -> bool:
    """Whether a text is one of `show_widths`."""
    return re.fullmatch(rf"(?:{_WIDTH}(?:;{_WIDTH})*)?", text) is not None


def parse_widths(text: str) -> dict[str, int]:
    """Return the widths that a text of `show_widths` names."""
    return {name: int(width) for name, _, width in (part.partition("=") for part in text.split(";") if part)}


def show_widths(widths: Mapping[str, int]) -> str:
    """Return widths as a text for the settings."""
    return ";".join(f"{name}={width}" for name, width in widths.items())
