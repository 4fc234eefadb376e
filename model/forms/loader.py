"""The forms, regulations, outlines and texts that the program knows, from its own folder and the user's."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

import resources
from model.basics.errors import UserError
from model.basics.metrics import Metrics, read_coverage, read_metrics
from model.forms.advice import Advice, AdviceFile
from model.forms.advice_toml import read_advice
from model.forms.definition import FormDefinition, Regulation
from model.forms.definition_toml import RowNames, read_definition
from model.forms.indicator_library import IndicatorLibrary, joined, read_indicators
from model.forms.outline import Outline
from model.forms.outline_toml import read_outline
from model.forms.regulation_toml import read_regulation
from model.forms.toml_table import open_toml
from model.forms.zpf import SUFFIX, FormFile, read_form_file, unpack

Named = TypeVar("Named", FormDefinition, Regulation, Outline, AdviceFile, IndicatorLibrary)
_FOLDERS = ("forms", "regulations", "reports", "help", "indicators", "accounts")


@dataclass(frozen=True)
class Library:
    """All forms and regulations that the program knows, by id, and where outlines of reports and what is
    said about filling in lie; `own` are the files of forms that were made of bureaus' blanks, by the id of
    the form."""

    forms: Mapping[str, FormDefinition]
    regulations: Mapping[str, Regulation]
    report_folders: tuple[Path, ...] = ()
    help_folders: tuple[Path, ...] = ()
    indicator_folders: tuple[Path, ...] = ()
    accounts_folders: tuple[Path, ...] = ()  # of the final accounts, read by model.accounts
    own: Mapping[str, FormFile] = field(default_factory=dict)

    def with_own(self, files: Iterable[FormFile]) -> "Library":
        """Return the same library with forms of files besides, which go before those of the same id."""
        own = {**self.own, **{file.form.id: file for file in files}}
        rules = {file.regulation.id: file.regulation for file in own.values() if file.regulation}
        return replace(
            self,
            forms=_Joined(self.forms, {key: file.form for key, file in own.items()}),
            regulations={**self.regulations, **rules},
            own=own,
        )

    def without_own(self, form_id: str) -> "Library":
        """Return the same library without the form of a file; a shipped one of the same id comes back."""
        kept = [file for key, file in self.own.items() if key != form_id]
        base = self.forms.base if isinstance(self.forms, _Joined) else self.forms
        return replace(self, forms=base, own={}).with_own(kept)

    def carrying(self, carried: Mapping[str, bytes]) -> "Library":
        """Return the library with the forms that a document carries; one that can't be read is left out
        where the library has it itself. Raises UserError otherwise."""
        if not carried:
            return self
        key = frozenset((name, hash(data)) for name, data in carried.items())
        if key not in self._carrying:
            files = (self._carried(name, data) for name, data in carried.items())
            self._carrying[key] = self.with_own(file for file in files if file is not None)
        return self._carrying[key]

    @cached_property
    def _carrying(self) -> "dict[frozenset[tuple[str, int]], Library]":
        return {}

    def _carried(self, form_id: str, data: bytes) -> FormFile | None:
        if form_id in self.own and self.own[form_id].data == data:
            return None
        try:
            return unpack(data, "自评簿里的表样", self.regulations, row_names())
        except UserError:
            if form_id in self.forms:
                return None
            raise

    @cached_property
    def outlines(self) -> Mapping[str, Outline]:
        """The outlines of reports by id, read when they are first wanted: the first window needs none."""
        read = partial(read_outline, forms=self.forms)
        return {
            name: found for path in self.report_folders for name, found in _read_files(path, read).items()
        }

    @cached_property
    def advice(self) -> tuple[Advice, ...]:
        """What is said about filling in, read when it is first wanted; that of the user's folder first."""
        read = partial(read_advice, forms=self.forms, regulations=self.regulations)
        files = [found for path in reversed(self.help_folders) for found in _read_files(path, read).values()]
        return tuple(advice for found in files for advice in found.texts)

    @cached_property
    def indicators(self) -> IndicatorLibrary:
        """The usual indicators, read when they are first wanted; those of the user's folder first."""
        return joined(
            found for path in self.indicator_folders for found in _read_files(path, read_indicators).values()
        )

    def form(self, form_id: str) -> FormDefinition:
        """Return the definition `form_id`; raises UserError naming the known ids."""
        if form_id not in self.forms:
            raise UserError(
                f"没有编号为“{form_id}”的表样。",
                f"已有的表样：{'、'.join(self.forms)}；可用 --forms 加入别的表样。",
            )
        return self.forms[form_id]

    def regulation(self, form: FormDefinition) -> Regulation:
        """Return the scoring rules of a form."""
        return self.regulations[form.regulation]

    def outline(self, form_id: str) -> Outline | None:
        """Return the outline of the report that goes with a form, None where there is none.

        A form of a bureau's blank has that of its region, else the general one of its kind.
        """
        outlines = self.outlines.values()
        found = next((found for found in outlines if form_id in found.forms), None)
        form = self.own[form_id].form if form_id in self.own else None
        if found is not None or form is None or not form.is_scored:
            return found
        same = [n for n, f in self.forms.items() if (f.region, f.kind) == (form.region, form.kind)]
        general = (found for found in outlines if form.kind in found.serves)
        return next((found for found in outlines if set(found.forms) & set(same)), next(general, None))

    def statement(self) -> Outline | None:
        """Return the outline of what is said of all projects together (预算绩效情况说明)."""
        return next((found for found in self.outlines.values() if found.scope == "document"), None)


class _Joined(Mapping[str, FormDefinition]):
    """Forms of a library, and before them those of files: none of the former is read for that."""

    def __init__(self, base: Mapping[str, FormDefinition], own: Mapping[str, FormDefinition]) -> None:
        self.base: Mapping[str, FormDefinition] = base.base if isinstance(base, _Joined) else base
        self._own = own

    def __getitem__(self, form_id: str) -> FormDefinition:
        return self._own[form_id] if form_id in self._own else self.base[form_id]

    def __contains__(self, form_id: object) -> bool:
        return form_id in self._own or form_id in self.base

    def __iter__(self) -> Iterator[str]:
        yield from self.base
        yield from (key for key in self._own if key not in self.base)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class ShippedForms(Mapping[str, FormDefinition]):
    """The forms of a folder by id, each read when it is first wanted: a document has two of eight.

    A file is named after its id. Raises UserError where a form has a mistake, KeyError where there is none.
    """

    def __init__(self, folder: Path, regulations: Mapping[str, Regulation]) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
        self._read = cache(partial(read_definition, regulations=regulations, row_names=row_names()))

    def __getitem__(self, form_id: str) -> FormDefinition:
        return self._read(self._paths[form_id])

    def __contains__(self, form_id: object) -> bool:
        return form_id in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@cache
def shipped() -> Library:
    """Return the shipped forms and regulations."""
    forms, regulations, reports, helps, indicators, accounts = map(resources.path, _FOLDERS)
    rules = _read_files(regulations, read_regulation)
    return Library(ShippedForms(forms, rules), rules, (reports,), (helps,), (indicators,), (accounts,))


def with_folder(folder: Path, files: bool = True) -> Library:
    """Return the shipped library with the forms of a user's folder and what its subfolders hold:
    `regulations`, `reports`, `help`, `indicators` and `accounts`; without `files` those of .zpf stay out.

    A form of the folder replaces a shipped one of the same id. Raises UserError when the folder is
    missing or a file in it has a mistake.
    """
    if not folder.is_dir():
        raise UserError(f"找不到表样文件夹 {folder}。", "请核对路径。")
    base = shipped()
    rules = {**base.regulations, **_read_files(folder / "regulations", read_regulation)}
    known = {
        **base.forms,
        **_read_files(folder, partial(read_definition, regulations=rules, row_names=row_names())),
    }
    reports, helps = (*base.report_folders, folder / "reports"), (*base.help_folders, folder / "help")
    indicators = (*base.indicator_folders, folder / "indicators")
    accounts = (*base.accounts_folders, folder / "accounts")
    library = Library(known, rules, reports, helps, indicators, accounts)
    library = library.with_own(_one_of_each(library, folder)) if files else library
    assert library.outlines  # a mistake in one is refused now
    assert library.advice
    assert library.indicators
    return library


def _one_of_each(library: Library, folder: Path) -> Iterator[FormFile]:
    """Yield the forms of the files of a folder; two of one id are refused."""
    names: dict[str, str] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        file = read_own(library, path)
        if file.form.id in names:
            problem = f"“{path.name}”和“{names[file.form.id]}”是同一种表样（编号 {file.form.id}）。"
            raise UserError(problem, "请移走其中一个。")
        names[file.form.id] = path.name
        yield file


def with_files(library: Library, folder: Path) -> tuple[Library, tuple[UserError, ...]]:
    """Return the library with the forms of a folder's .zpf files, and why some of them were not read."""
    problems: list[UserError] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            library = library.with_own([read_own(library, path)])
        except UserError as error:
            problems.append(error)
    return library, tuple(problems)


def read_own(library: Library, path: Path) -> FormFile:
    """Return the form of a .zpf file; raises UserError naming the file and what to do."""
    return read_form_file(path, library.regulations, row_names())


def unpacked(library: Library, data: bytes, name: str) -> FormFile:
    """Return the form in the bytes of a .zpf; raises UserError naming it."""
    return unpack(data, name, library.regulations, row_names())


def rules_of(library: Library, regulation_id: str) -> dict[str, Any] | None:
    """Return the entries of a regulation as its file has them, None where it is not at hand."""
    for file in library.own.values():
        if file.regulation is not None and file.regulation.id == regulation_id:
            return file.rules
    path = resources.path("regulations") / f"{regulation_id}.toml"
    return open_toml(path).rest() if path.is_file() else None


@cache
def row_names() -> RowNames:
    """Return what rows of money are called in other forms, by the key of the row."""
    table = open_toml(resources.path("fund_rows.toml"))
    return {key: table.texts(key) for key in table.untaken()}


@cache
def covers() -> Callable[[str], bool]:
    """Return what tells whether a character can be printed with the shipped fonts."""
    return read_coverage(resources.path("fonts/coverage.txt").read_text(encoding="utf-8"))


@cache
def metrics() -> Metrics:
    """Return widths and coverage of the shipped fonts."""
    coverage, widths = (resources.path(f"fonts/{name}.txt") for name in ("coverage", "widths"))
    return read_metrics(coverage.read_text(encoding="utf-8"), widths.read_text(encoding="utf-8"))


def _read_files(folder: Path, read: Callable[[Path], Named]) -> dict[str, Named]:
    """Read every TOML file of a folder, by id; two files with one id are refused."""
    found: dict[str, Named] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        entry = read(path)
        if entry.id in found:
            problem = f"{path.name}：id：“{entry.id}”在 {files[entry.id]} 里已经有了。"
            raise UserError(problem, "请更正表样文件。")
        found[entry.id], files[entry.id] = entry, path.name
    return found
