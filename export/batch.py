"""Exports many forms without a window: names the files, writes them, says what failed and goes on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from export import EXCEL, PDF
from export.files import safe_name, write_beside
from export.opening import Opened
from model.answers import FormKey
from model.errors import UserError
from model.exchange import encode, write_form
from model.layout import lay_out_form
from model.loader import metrics
from model.reading import Form, Reading

FORMATS = ("xlsx", "pdf", "json")
Result = tuple[Path, str]  # a file, and why it was not written, "" if it was
_LONGEST_PART = 22  # characters of unit and project in a file name
_FORM_NAMES = {"department": "整体绩效自评表", "project": "项目自评表", "declaration": "目标申报表"}
_WRITERS = {writer.suffix.removeprefix("."): writer for writer in (EXCEL, PDF)}


def export_files(
    files: Iterable[Opened], formats: Sequence[str], folder: Path, one_book: bool = False
) -> list[Result]:
    """Write all forms of some files; with `one_book`, spreadsheet and PDF hold all forms together.

    A file that could not be opened is among the results with its reason.
    """
    opened = list(files)
    results = [(file.path, file.error) for file in opened if file.reading is None]
    forms = [form for file in opened if file.reading is not None for form in file.reading.forms]
    names = _Names()
    named = [(form, names.of(form)) for form in forms]
    together = [name for name in formats if one_book and name in _WRITERS]
    for form, name in named:
        results += [_write([form], folder / f"{name}.{f}", f) for f in formats if f not in together]
    if together and forms:
        book = names.of_book(forms[0])
        results += [_write(forms, folder / f"{book}.{f}", f) for f in together]
    return results


def export_forms(
    form_keys: Sequence[FormKey],
    formats: Sequence[str],
    folder: Path,
    reading: Reading,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> list[Result]:
    """Write some forms of a document, projects numbered as in the whole document.

    Calls `progress(done, total)` after each file and ends early when `cancelled()` says so.
    """
    names = _Names()
    named = [(form, names.of(form)) for form in reading.forms]
    jobs = [(form, name, suffix) for form, name in named if form.key in form_keys for suffix in formats]
    results: list[Result] = []
    for done, (form, name, suffix) in enumerate(jobs, start=1):
        if cancelled():
            break
        results.append(_write([form], folder / f"{name}.{suffix}", suffix))
        progress(done, len(jobs))
    return results


def _write(forms: Sequence[Form], path: Path, suffix: str) -> Result:
    try:
        if suffix in _WRITERS:
            _WRITERS[suffix].write(tuple(lay_out_form(form, metrics()) for form in forms), path)
        else:
            data = encode(write_form(forms[0].answers, forms[0].definition))
            write_beside(path, partial(_fill, data))
    except UserError as error:
        return path, str(error)
    return path, ""


def _fill(data: bytes, path: Path) -> None:
    path.write_bytes(data)


class _Names:
    """Gives each form of a run a file name, and none twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._projects: Counter[tuple[str, str]] = Counter()

    def of(self, form: Form) -> str:
        """{year}-{unit}-整体绩效自评表, -目标申报表, or {year}-{unit}-{nn}-{项目名称}-项目自评表."""
        parts = [form.answers.year, form.answers.unit or "未填单位"]
        if form.definition.kind == "project":
            document = form.answers.year, form.answers.unit
            self._projects[document] += 1
            parts += [f"{self._projects[document]:02}", form.project or "未填项目名称"]
        short = (part[:_LONGEST_PART] for part in parts)
        return self._free(safe_name("-".join([*short, _FORM_NAMES[form.definition.kind]])))

    def of_book(self, first: Form) -> str:
        """The name of a file that holds all forms."""
        return self._free(safe_name(f"{first.answers.year}-{first.answers.unit}-绩效自评表"))

    def _free(self, name: str) -> str:
        found = next(n for n in _numbered(name) if n.lower() not in self._taken)
        self._taken.add(found.lower())
        return found


def _numbered(name: str) -> Iterator[str]:
    yield name
    n = 2
    while True:
        yield f"{name}（{n}）"
        n += 1
