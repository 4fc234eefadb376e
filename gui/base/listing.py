"""A table whose rows are read and chosen, never typed in: captions and widths; the last column stretches."""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget

from gui.base import theme


def set_up_listing(table: QTableWidget, name: str, captions: Sequence[str], widths: Sequence[int]) -> None:
    """Give a table its `name` for screen readers, its captions, and widths at 100 %; texts wrap."""
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(list(captions))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setWordWrap(True)
    table.verticalHeader().hide()
    for column, width in enumerate(widths):
        table.setColumnWidth(column, theme.px(width))
    table.horizontalHeader().setSectionResizeMode(len(widths) - 1, QHeaderView.ResizeMode.Stretch)
