"""The command `import`: files of all kinds are shown as they would be read, or become a document."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from intake.files import SUFFIXES, files_in
from intake.layouts import load, own_folder
from intake.reader import Reader, read_many
from model.accounts.loader import edition
from model.basics.errors import UserError
from model.document import store
from model.document.answers import ACCOUNTS, Answers, FormAnswers
from model.document.carrying import knowing
from model.exchange.gather import Named
from model.filling.importing import import_forms
from model.forms.loader import Library
from model.recognition.accounts import AccountsFound
from model.recognition.accounts_names import called as called_in_accounts
from model.recognition.accounts_names import is_compared
from model.recognition.examine import NOT_ASKED, Answered, Examined, examine, named_forms
from model.recognition.found import KNOWN, Found, scalars
from model.recognition.incoming import Incoming
from model.recognition.places import address, called, part
from model.recognition.reasons import control_sums, counts, to_check

FOREIGN = SUFFIXES - {".json", store.SUFFIX}  # of files of other programs

NOT_READ, TO_CHECK, ALL_WELL = 2, 1, 0
_LONGEST = 60  # characters of a text that --show prints


def add_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command `import` to those of the command line."""
    parser = commands.add_parser("import", help="读入自评表：Excel、Word、WPS、PDF、交换文件、自评簿")
    parser.add_argument("files", nargs="+", type=Path, metavar="文件或文件夹")
    parser.add_argument("-o", dest="document", type=Path, metavar="自评簿.zpb")
    parser.add_argument("--show", action="store_true", help="逐格显示会读到什么")
    parser.add_argument("--json", action="store_true", help="按 JSON 输出会读到什么")
    parser.add_argument(
        "--as", dest="form", default="", metavar="表样编号", help="版式不认识时，按这种表读入"
    )
    parser.add_argument(
        "--year", type=int, default=0, metavar="年度", help="表里没有写明年度时，按这一年读入"
    )
    parser.add_argument(
        "--unit",
        choices=("元", "万元"),
        default="",
        metavar="元或万元",
        help="表里没有写明金额单位时，按它读入",
    )
    parser.add_argument("--layouts", type=Path, metavar="文件夹", help="另加一个版式文件夹")
    parser.add_argument("--replace", action="store_true", help="覆盖已有的自评簿")
    parser.set_defaults(run=_import)
    return parser


def _import(options: argparse.Namespace, library: Library) -> int:
    """Read the files; 2 if one was not read, else 1 if something is to be checked, else 0."""
    if not (options.document or options.show or options.json):
        raise UserError("没有写明要做什么。", "请用 -o 指明自评簿，或用 --show、--json 查看会读到什么。")
    answered = Answered(options.form, options.year, options.unit)
    if options.form:
        library.form(options.form)
    paths = files_in(options.files)
    library = knowing(library, paths)
    found = read_many(paths)
    layouts = load(*([options.layouts] if options.layouts else []), own_folder())
    for path, problem in layouts.problems:
        print(f"{path}：{problem}", file=sys.stderr)
    files = [examine(path, incoming, library, answered, layouts.known) for path, incoming in found]
    if options.json:
        print(json.dumps([_as_json(file) for file in files], ensure_ascii=False, indent=1))
    elif options.show:
        print("\n".join(line for file in files for line in _shown(file, library)))
    code = _code(files)
    return max(code, _write(options, library, files)) if options.document else code


def _code(files: Iterable[Examined]) -> int:
    codes = [NOT_READ if file.error else TO_CHECK if _has_to_check(file) else ALL_WELL for file in files]
    return max(codes, default=ALL_WELL)


def _has_to_check(file: Examined) -> bool:
    """Whether a clerk should look at something: a value in doubt, accounts of a year that is not said."""
    accounts = file.accounts
    in_doubt = accounts and (
        accounts.data["year"] is None or any(m.sign in "!✕" for m in accounts.marks.values())
    )
    return bool(in_doubt) or any(to_check(form) or form.is_asked_about for form in file.forms)


def read_foreign(path: Path, library: Library) -> Answers:
    """Return the forms of a file of another program as a document; raises UserError where it has none."""
    file = examine(path, see_foreign(path), library, NOT_ASKED, load(own_folder()).known)
    if file.error:
        raise UserError(file.error)
    forms = [found for _, found in named_forms(file, library)]
    for found in forms:
        if isinstance(found, UserError):
            raise found
    gathered = import_forms([(str(path), form) for form in forms if isinstance(form, FormAnswers)], library)
    for _, problem in gathered.refused:
        raise UserError(problem, "")
    return gathered.answers


def see_foreign(path: Path) -> Incoming:
    """Return what stands in a file, or the sentence why it was not read."""
    incoming = _reader().read(path)
    assert incoming is not None  # nobody stops it
    return incoming


@cache
def _reader() -> Reader:
    return Reader()


# --- a document


def _write(options: argparse.Namespace, library: Library, files: Sequence[Examined]) -> int:
    """Make a document of the forms; what was not taken is said."""
    say = sys.stderr if options.json else sys.stdout
    forms: list[Named] = []
    refused = [(str(file.path), file.error) for file in files if file.error]
    for name, found in (entry for file in files for entry in named_forms(file, library)):
        if isinstance(found, UserError):
            refused.append((name, str(found)))
        else:
            forms.append((name, found))
    gathered = import_forms(forms, library)
    answers = gathered.answers
    if answers.forms:
        store.create(options.document, answers, options.replace)
        made = f"已建立 {options.document}：{answers.unit}，{answers.year} 年度，{len(answers.forms)} 张表"
        print(made, file=say)
    for key, form in answers:
        called = edition(library, form.definition) if key == ACCOUNTS else library.form(form.definition)
        names = (called.name, form.text("project_name"))
        print("  " + " · ".join(filter(None, names)), file=say)
    for name, note in gathered.notes:
        print(f"{name}：{note}", file=say)
    for name, problem in (*refused, *gathered.refused):
        print(f"没有导入 {name}：{problem}", file=sys.stderr)
    return NOT_READ if refused or gathered.refused else ALL_WELL


# --- for people


def _shown(file: Examined, library: Library) -> Iterator[str]:
    yield f"■ {file.path}"
    yield from (f"  {note}" for note in file.incoming.notes)
    if file.error:
        yield f"  没有读入：{file.error}"
    for data, _ in file.own:
        yield f"  {data.get('title') or data['form']}"
    for found in file.forms:
        yield from _form_lines(found, library)
    for found in file.others:
        why = "空白表" if found.is_blank else "在隐藏的工作表里"
        yield f"  {found.sheet}：{found.data['title']}（{why}，没有读入）"
    if file.accounts:
        yield from _accounts_lines(file.accounts, library)
    for listing in file.lists:
        yield f"  {listing.sheet}：项目名单，{len(listing.projects)} 个项目"
    yield ""


def _accounts_lines(found: AccountsFound, library: Library) -> Iterator[str]:
    """What only the file knows, what is compared with what the program computes, and what is left."""
    of = edition(library, found.data["edition"])
    yield f"  {found.data['unit']}：{of.name}，{found.data['year'] or '年度没有写明'}"
    yield f"    读入 {len(found.read)} 格，比对 {len(found.compared)} 格，未放入 {len(found.left)} 处。"
    for path, value in scalars(found.data["tables"]):
        place = found.places.get(f"tables.{path}")
        if place and value:
            name = called_in_accounts(f"tables.{path}", found.data, of) or path
            how = "＝" if is_compared(f"tables.{path}", found) else " "
            yield f"   {how}{found.sign(f'tables.{path}')} {called(place)}  {name}：{value}"
    yield from (f"    ○ {called(left.place)}  {left.text[:_LONGEST]}" for left in found.left)


def _form_lines(found: Found, library: Library) -> Iterator[str]:
    definition = library.form(found.data["form"]) if found.data["form"] else None
    layout = definition.name if definition else "这个版式还不认识"
    known = found.layout or "版式与已知的表样不同，请核对"
    yield f"  {found.sheet}：{found.data['title']} · {layout}（{known}）"
    for path, value in scalars(found.data):
        if path in found.places and value != "":
            text = str(value).replace("\n", " ")
            text = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
            yield f"    {found.sign(path)} {called(found.places[path])}  {part(path, definition)}：{text}"
    yield "    " + counts(found)
    yield from (f"    {line}" for line in control_sums(found))
    for left in found.left:
        yield f"    ○ {called(left.place)}  {left.text[:_LONGEST]}"


# --- as JSON


def _as_json(file: Examined) -> dict[str, Any]:
    """One entry a file, as docs/intake.md says."""
    own = [_own_form(file.path.name, data) for data, _ in file.own]
    return {
        "file": str(file.path),
        "kind": file.incoming.kind,
        "error": file.error or None,
        "forms": own + [_form(found) for found in file.forms],
        "accounts": [_own_accounts(file.path.name, data) for data, _ in file.own_accounts]
        + [_accounts(found) for found in (file.accounts,) if found],
    }


def _form(found: Found) -> dict[str, Any]:
    return {
        "form": found.data["form"],
        "layout": found.layout,
        "candidates": [list(candidate) for candidate in found.candidates],
        "data": found.data,
        "places": {path: address(place) for path, place in found.places.items()},
        "marks": {path: found.sign(path) for path, _ in scalars(found.data)},
        "left": [{"place": address(left.place), "text": left.text} for left in found.left],
    }


def _accounts(found: AccountsFound) -> dict[str, Any]:
    return {
        "edition": found.data["edition"],
        "candidates": [list(candidate) for candidate in found.candidates],
        "data": found.data,
        "places": {path: address(place) for path, place in found.places.items()},
        "marks": {path: found.sign(path) for path, _ in scalars(found.data)},
        "read": list(found.read),
        "compared": list(found.compared),
        "left": [{"place": address(left.place), "text": left.text} for left in found.left],
    }


def _own_accounts(file: str, data: Any) -> dict[str, Any]:
    marks = {path: KNOWN for path, _ in scalars(data)}
    places = _own_places(file, data)
    entry = {"edition": data["edition"], "candidates": [], "data": data, "places": places, "marks": marks}
    return {**entry, "read": [], "compared": [], "left": []}


def _own_form(file: str, data: Any) -> dict[str, Any]:
    marks = {path: KNOWN for path, _ in scalars(data)}
    form = data["form"]
    entry = {"form": form, "layout": form, "candidates": [], "data": data}
    return {**entry, "places": _own_places(file, data), "marks": marks, "left": []}


def _own_places(file: str, data: Any) -> dict[str, str]:
    """A file of our own has no cells: its texts stand under their paths."""
    return {path: f"{file}!{path}" for path, value in scalars(data) if value != ""}
