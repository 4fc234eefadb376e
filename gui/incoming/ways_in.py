"""What the window may use of the intake without importing it; main.py fills it in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from model.document.store import SUFFIX
from model.forms.definition import FormDefinition
from model.reading.reading import Form, Reading

if TYPE_CHECKING:
    from model.recognition.incoming import Incoming
    from model.recognition.layouts import Layout, Layouts

BLANKS = (".xlsx", ".xlsm", ".docx", ".docm", ".xls", ".et")  # kinds of files that are filled in
COLUMNS = "汇总表.toml"  # beside the settings: other columns of 自评结果汇总表
Stop = Callable[[], bool]


class Done(Protocol):
    """What came of a blank: sentences, the files that were written, 2 where one was not, 1 where a text had
    no place, else 0. `intake.filling.commands.Done` is one."""

    @property
    def lines(self) -> Sequence[str]: ...
    @property
    def written(self) -> Sequence[Path]: ...
    @property
    def code(self) -> int: ...


FormsFor = Callable[[Path, Reading], Sequence[Form]]  # those of a document that belong into a blank
Attempt = Callable[
    [Path, Form, Reading, bool, bool], Any
]  # a blank as it would be filled; see FillDialog's Trial
FillBlank = Callable[[Path, Path, Reading], Done]
IsOld = Callable[[Path], bool]  # whether a blank is an old workbook; raises UserError if it is not there


class WaysIn(NamedTuple):
    """How files are read: in a child process, one by one, until `stop()` says so; called in a thread.

    `files_in` finds the readable files of folders; `suffixes` are those of the kinds that are read, with the
    dot; `layouts` are the forms of bureaus that are known by their captions;
    `fill_blank(blank, folder, reading)` writes a bureau's blank filled in, in a thread; whoever calls it with
    one that `is_old` has asked before. `remember(layout)`
    keeps a layout that was explained; raises UserError where it cannot.
    """

    files_in: Callable[[Iterable[Path]], Sequence[Path]]
    read_files: "Callable[[Iterable[Path], Stop], Iterator[tuple[Path, Incoming]]]"
    layouts: "Callable[[], Layouts]"
    suffixes: Sequence[str]
    fill_blank: FillBlank | None = None
    remember: "Callable[[Layout], object] | None" = None
    forms_for: FormsFor | None = None
    attempt: Attempt | None = None
    empty_blank: Callable[[str, bytes, FormDefinition], bytes] | None = None  # a filled file as a blank again
    is_old: IsOld | None = None


def _themselves(paths: Iterable[Path]) -> Sequence[Path]:
    return tuple(paths)


def _own(paths: Iterable[Path], stop: Stop) -> "Iterator[tuple[Path, Incoming]]":
    from model.recognition.incoming import Incoming

    for path in paths:
        if stop():
            return
        yield path, Incoming(path.name, "zpb" if path.suffix.lower() == SUFFIX else "json")


def _no_layouts() -> "Layouts":
    from model.recognition.layouts import Layouts

    return Layouts()


OWN_FILES = WaysIn(_themselves, _own, _no_layouts, (".json", SUFFIX))  # exchange files and documents alone
