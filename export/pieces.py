"""What office programs take of a text: no forbidden characters, and of a cell what stands on one page."""

from model.basics.texts import UNWRITABLE as FORBIDDEN
from model.paper.pages import Placed

__all__ = ["FORBIDDEN", "Pieces"]


class Pieces:
    """Hands out the texts of a grid page by page; one that flows over several is cut as the PDF cuts it."""

    def __init__(self) -> None:
        self._ends: dict[tuple[int, int], int] = {}  # of the texts that flow over several pages

    def text(self, placed: Placed) -> str:
        """Return the text of a cell on a page; labels keep the lines that the layout gave them."""
        cell, lines = placed.cell, placed.lines
        if cell.cut == "flow" and cell.value is None and len(placed.rows) < cell.rowspan:
            return self._next(placed)
        if cell.value is not None and not lines:
            return ""
        if cell.style.upright or cell.cut == "mark" or (cell.style.align == "center" and cell.source is None):
            return "\n".join(lines)
        return cell.text

    def _next(self, placed: Placed) -> str:
        """Return the next piece of a text that flows on.

        Office programs would print half a line at the end of the page, were it a single cell.
        """
        cell = placed.cell
        start = self._ends.get((cell.row, cell.col), 0)
        length = sum(not char.isspace() for line in placed.lines for char in line)
        end = _end_of_piece(cell.text, start, length)
        self._ends[cell.row, cell.col] = end
        return cell.text[start:end].strip()


def _end_of_piece(text: str, start: int, length: int) -> int:
    """Return where a piece of so many characters, blanks not counted, ends."""
    for at in range(start, len(text)):
        if not text[at].isspace():
            if length == 0:
                return at
            length -= 1
    return len(text)
