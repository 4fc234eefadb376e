"""The sheet of a foreign file: paper in every look, what is to be looked at is marked by ground and sign."""

import pytest
from PySide6.QtCore import Qt

from gui.base import theme
from gui.incoming.lines import Line
from gui.incoming.source_table import SIGN, SourceTable
from model.recognition.incoming import Place, SeenCell, SeenSheet


@pytest.mark.parametrize("look", theme.LOOKS)
def test_a_foreign_sheet_is_paper_in_every_look(qtbot, monkeypatch, look):
    monkeypatch.setattr(theme._now, "look", look)
    table = SourceTable()
    qtbot.addWidget(table)
    cell = SeenCell("甲", "", 1, 1, Place("表", 1, 1, "sheet"))
    line = Line("!", "名称", "甲", cell.place)
    table.show_sheet(SeenSheet("表", "sheet", False, (cell,)), {cell.place: line})
    index = table.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.BackgroundRole).name() == "#fdf3dc"
    assert index.data(Qt.ItemDataRole.ForegroundRole).name() == "#1c2026"
    assert index.data(SIGN) == "!"
