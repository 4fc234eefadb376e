"""Files that are being read: their list comes first, then from a thread what each holds, one by one."""

from collections.abc import Sequence
from pathlib import Path

from gui.base.worker import IsCancelled, Progress
from gui.incoming.ways_in import WaysIn
from model.forms.loader import Library
from model.recognition.examine import NOT_ASKED, Examined, examine
from model.recognition.incoming import Incoming

OWN = ("json", "zpb")  # kinds of files that need no looking over


class Arriving:
    """`paths` are the files, those of folders too, `files` those read so far, in the same order, with a line
    for each layout of the clerk's that is not used. Both grow in the thread that calls `read`."""

    def __init__(self, ways: WaysIn, paths: Sequence[Path], library: Library) -> None:
        self._ways, self._asked, self._library = ways, paths, library
        self.paths: Sequence[Path] = ()
        self.files: list[Examined] = []

    def read(self, progress: Progress, cancelled: IsCancelled) -> list[Examined]:
        """Read all files until `cancelled()`; return those that were read."""
        self.paths = self._ways.files_in(self._asked)
        progress(0, len(self.paths))
        layouts = self._ways.layouts()
        for path, incoming in self._ways.read_files(self.paths, cancelled):
            try:
                self.files.append(examine(path, incoming, self._library, NOT_ASKED, layouts.known))
            except OSError as error:
                self.files.append(Examined(path, incoming, error=f"读不出来（{error.strerror}）。"))
            progress(len(self.files), len(self.paths))
        if not self.are_own:
            self.files += [_passed_over(path, problem) for path, problem in layouts.problems]
        return self.files

    @property
    def are_own(self) -> bool:
        """Whether all files are exchange files and documents."""
        return all(file.incoming.kind in OWN for file in self.files)


def _passed_over(path: Path, problem: str) -> Examined:
    """The file of a layout that is not used, with the sentence why: a line among the files."""
    return Examined(path, Incoming(path.name, "unknown", refused=problem), error=problem)
