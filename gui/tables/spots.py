"""Where a block can go in a table, and what pasting it there will do, as the question before pasting says."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex

from model.document.answers import CellId

OVER = "覆盖"  # what is said where texts are written over


class Plan(NamedTuple):
    """What pasting will do: texts of cells that are there, texts of rows that are added at a place."""

    texts: Mapping[CellId, str]
    added: Sequence[Mapping[CellId, str]] = ()
    place: int = 0

    def effect(self, typed: Mapping[CellId, str]) -> str:
        """Return in words what is added and what is written over."""
        over = sum(1 for cell, text in self.texts.items() if typed.get(cell) and typed[cell] != text)
        added = f"新增 {len(self.added)} 行" if self.added else "不加行"
        return f"{added}，{OVER} {over} 格。" if over else f"{added}，不覆盖已填的。"


class Spot(NamedTuple):
    """Where a block can go: what it is called, and its index; an invalid one is behind all rows."""

    name: str
    at: QModelIndex


class SpotGroup(NamedTuple):
    """The places of one part of a table (年度目标 1): first those of its rows, last the one behind them."""

    name: str
    spots: tuple[Spot, ...]
