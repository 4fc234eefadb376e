"""Draws a sheet from lines of text: `|` between cells, `>3` is three columns wide, `^2` two rows high.

    drawn('''
    项目支出绩效自评表>4
    项目名称|教育信息化>3
    ''')

Two backslashes and n (`\\n`) break a line; a cell that is not there is left of what follows.
"""

import re

from model.recognition.incoming import Place, SeenCell, SeenSheet, SheetKind

_SPAN = re.compile(r"(?P<text>.*?)(?:>(?P<columns>\d+))?(?:\^(?P<rows>\d+))?", re.DOTALL)


def drawn(text: str, name: str = "Sheet1", kind: SheetKind = "sheet") -> SeenSheet:
    """Return a sheet as it was drawn; an empty line is an empty row."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, line in enumerate(text.strip("\n").splitlines(), start=1):
        column = 1
        for part in line.strip().split("|") if line.strip() else ():
            while (row, column) in taken:
                column += 1
            match = _SPAN.fullmatch(part.strip().replace("\\n", "\n"))
            assert match is not None
            rows, columns = int(match["rows"] or 1), int(match["columns"] or 1)
            cells.append(SeenCell(match["text"], "", rows, columns, Place(name, row, column, kind)))
            taken |= {(row + r, column + c) for r in range(rows) for c in range(columns)}
            column += columns
    return SeenSheet(name, kind, False, tuple(cells))
