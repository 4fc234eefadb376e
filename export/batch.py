"""Exports many documents without a window: names the files, writes them, says what failed and goes on."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from export import EXCEL, PDF, Writer
from export.files import safe_name, write_beside
from export.opening import Opened
from model.errors import UserError
from model.exchange import encode, write_form
from model.grid import Printout
from model.layout import lay_out_form
from model.loader import metrics
from model.reading import Form

FORMATS = ("xlsx", "pdf", "json")
_LONGEST_PART = 22  # characters of unit and project in a file name
_WRITERS = {writer.suffix.removeprefix("."): writer for writer in (EXCEL, PDF)}


@dataclass
class Export:
    """One run: what was written, and what failed with the reason."""

    folder: Path
    formats: Sequence[str]
    written: list[Path] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)
    _projects: Counter[tuple[str, str]] = field(default_factory=Counter)

    def run(self, files: Sequence[Opened], one_book: bool = False) -> None:
        """Write all forms of the files; with `one_book`, spreadsheet and PDF hold all forms together."""
        forms = []
        for opened in files:
            if opened.reading is None:
                self.failed.append(f"{opened.path}：{opened.error}")
            else:
                forms += [(form, self._name(form)) for form in opened.reading.forms]
        together = [name for name in self.formats if one_book and name in _WRITERS]
        for form, name in forms:
            self._write_form(form, name, [f for f in self.formats if f not in together])
        if together and forms:
            self._write_book([form for form, _ in forms], together)

    def _write_form(self, form: Form, name: str, formats: Sequence[str]) -> None:
        printout = _printout([form]) if any(suffix in _WRITERS for suffix in formats) else ()
        for suffix in formats:
            if suffix == "json":
                self._put(f"{name}.json", partial(_write_exchange, form))
            else:
                self._draw(name, _WRITERS[suffix], printout)

    def _write_book(self, forms: Sequence[Form], formats: Sequence[str]) -> None:
        printout = _printout(forms)
        first = forms[0].answers
        name = self._free(safe_name(f"{first.year}-{first.unit}-绩效自评表"))
        for suffix in formats:
            self._draw(name, _WRITERS[suffix], printout)

    def _draw(self, name: str, writer: Writer, printout: Printout) -> None:
        self._put(name + writer.suffix, partial(writer.write, printout))

    def _put(self, name: str, write: Callable[[Path], None]) -> None:
        path = self.folder / name
        try:
            write(path)
            self.written.append(path)
        except UserError as error:
            self.failed.append(f"{path}：{error}")

    def _name(self, form: Form) -> str:
        """{year}-{unit}-整体绩效自评表, {year}-{unit}-{nn}-{项目名称}-项目自评表; never one name twice."""
        parts = [form.answers.year, form.answers.unit or "未填单位"]
        if form.definition.kind == "project":
            document = form.answers.year, form.answers.unit
            self._projects[document] += 1
            parts += [f"{self._projects[document]:02}", form.project or "未填项目名称"]
        return self._free(
            safe_name("-".join([*(part[:_LONGEST_PART] for part in parts), form.definition.name]))
        )

    def _free(self, name: str) -> str:
        found = next(n for n in _numbered(name) if n.lower() not in self._names)
        self._names.add(found.lower())
        return found


def _printout(forms: Sequence[Form]) -> Printout:
    return tuple(lay_out_form(form, metrics()) for form in forms)


def _write_exchange(form: Form, path: Path) -> None:
    data = encode(write_form(form.answers, form.definition))
    write_beside(path, lambda temporary: _fill(temporary, data))


def _fill(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _numbered(name: str) -> Iterator[str]:
    yield name
    n = 2
    while True:
        yield f"{name}（{n}）"
        n += 1
