"""The codes on the pages of a locked version: one for each page of each file, and of no draft."""

from typing import NamedTuple

from model.basics.codes import code_of


class PageCodes(NamedTuple):
    """The codes of a file: `seed` is that of the version, `name` the file, `first` the number of page one."""

    seed: str
    name: str
    first: int = 1

    def of(self, page: int) -> str:
        """Return the code of a page, counted from 1."""
        return code_of(f"{self.seed}|{self.name}|{self.first + page - 1}")

    @property
    def of_word(self) -> str:
        """The one code of a Word file, whose pages are Word's own."""
        return code_of(f"{self.seed}|{self.name}|docx")
