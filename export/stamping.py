"""Gives the pages of a locked version their codes."""

from collections.abc import Iterator
from dataclasses import replace

from model.paper.codes import PageCodes
from model.paper.grid import Grid, Printout
from model.paper.pages import paginate


def stamped(printout: Printout, seed: str, name: str) -> Printout:
    """Return a printout whose pages have the codes of a version; as it is without a seed.

    `name` is the file, whose pages are counted through all sheets. A workbook, which knows one code a sheet,
    has that of the first page of each; so has the check square.
    """
    return tuple(_stamped(printout, seed, name)) if seed else printout


def _stamped(printout: Printout, seed: str, name: str) -> Iterator[Grid]:
    first = 1
    for grid in printout:
        codes = PageCodes(seed, name, first)
        code = codes.of(1)
        qr = grid.qr.replace(grid.check_code, code) if grid.check_code else grid.qr
        yield replace(grid, check_code=code, codes=codes, qr=qr)
        first += len(paginate(grid))
