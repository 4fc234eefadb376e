"""Exchange files, documents, definitions and foreign files changed by chance: read or refused."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from export import pdf_bytes
from export.checking import as_json, as_text, check_all, findings_of
from export.opening import Opened, open_all
from intake.reading import read_bytes
from model.basics.errors import UserError
from model.document import store
from model.document.answers import Answers
from model.exchange.exchange import decode, read_exchange
from model.exchange.gather import gather
from model.filling.blank import blank_form
from model.forms.loader import Library, metrics, shipped, with_folder
from model.paper.layout import lay_out
from model.reading.reading import read
from tests.intake.test_mutated import SEEDS, flipped, mutated
from tests.stress.trial import Trial, Tried, must, must_be_a_sentence

DATA = Path(__file__).parents[1] / "data"
FORMS = Path(__file__).parents[2] / "resources" / "forms"
Place = tuple[Any, ...]
LAID_OUT = 1 / 40  # of the exchange files and documents: it takes as long as all the rest
OF_ACCOUNTS = 1 / 40  # of the exchange files: each takes as long as twenty of a form
ODD: list[Any] = [
    "", " ", None, True, False, 0, -1, 1.5, 10**40, "9" * 5000, "\ud800", "\x00", "\uffff", [], {}, [[]],
    [None], "=1+1", "１２．５", "1e999", "-0", "∞", "NaN", "—", "100%", "≥95%", "≤0", "2-4场", "i1", "g9",
    "硚〇䶮", "一" * 3000, {"schema": "ziping.form/2"}, [[[[[[[["x"]]]]]]]], "1,2,3", "12万元元",
    "\r\n\t", "20" * 40, "<b>&amp;", "''",
]  # fmt: skip


# --- exchange files


@cache
def _exchange_files(folder: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted((DATA / folder).rglob("*.json")))


def _places(value: Any, above: Place = ()) -> Iterator[Place]:
    """Every place in a value: the keys that lead to it."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*above, key)
        yield from _places(inner, (*above, key))


@cache
def _places_in(content: bytes) -> tuple[Place, ...]:
    return tuple(_places(json.loads(content)))


def _at(data: Any, place: Place) -> tuple[Any, Any]:
    """What holds a place, and its key there. Raises LookupError or TypeError where it is gone by now."""
    for key in place[:-1]:
        data = data[key]
    _ = data[place[-1]]
    return data, place[-1]


def _changed(content: bytes, chance: Random) -> Any:
    """What a file says with one to five of its places changed, taken out, doubled or exchanged."""
    data, places = json.loads(content), _places_in(content)
    for _ in range(chance.choice([1, 1, 2, 5])):
        with suppress(LookupError, TypeError):
            _change(data, places, chance)
    return data


def _change(data: Any, places: Sequence[Place], chance: Random) -> None:
    holder, key = _at(data, chance.choice(places))
    if not isinstance(holder, str):
        match chance.randrange(5):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.insert(key, deepcopy(holder[key]))
            case 2:
                other, place = _at(data, chance.choice(places))
                holder[key] = deepcopy(other[place])
            case _:
                holder[key] = deepcopy(chance.choice(ODD))


def exchange_file(chance: Random, folder: Path) -> Tried:
    """An exchange file is opened and checked, or refused in a sentence."""
    content = chance.choice(
        _exchange_files("accounts" if chance.random() < OF_ACCOUNTS else "published/forms")
    )
    if chance.random() < 0.3:
        content = flipped(content, chance)
    else:
        content = json.dumps(_changed(content, chance)).encode()
    path = folder / "某表.json"
    path.write_bytes(content)
    _look(open_all([path], shipped()), chance.random() < LAID_OUT)
    must(path.read_bytes() == content, "the file was changed by opening it")
    return Tried()


def _look(files: list[Opened], is_laid_out: bool) -> None:
    """Check what was opened and put it into words, as the command line does; lay it out or not."""
    for file in files:
        if file.reading is None:
            must_be_a_sentence(file.error)
    checked = check_all(files) if is_laid_out else [findings_of(file) for file in files]
    as_json(checked)
    "".join(as_text(checked)).encode("utf-8", "replace")


# --- documents


@cache
def _document() -> bytes:
    """A document of eleven real forms."""
    files = sorted((DATA / "published" / "forms").glob("yueyang_*.json"))
    forms = [(path.name, read_exchange(decode(path.read_bytes()), shipped())) for path in files]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "某中心.zpb"
        store.create(path, gather(forms, shipped()).answers)
        return path.read_bytes()


def _with_odd_rows(path: Path, chance: Random) -> None:
    """Change rows of any table behind the program's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for _ in range(chance.choice([1, 2, 4])):
            table = chance.choice(tables)
            columns = [row[1] for row in file.execute(f'PRAGMA table_info("{table}")')]
            rows = [row[0] for row in file.execute(f'SELECT rowid FROM "{table}" LIMIT 200')] or [1]
            odd = chance.choice([one for one in ODD if not isinstance(one, list | dict | bool)])
            odd = b"\xff\x00" if odd == "\ud800" or odd == 10**40 else odd
            with suppress(sqlite3.Error):
                if chance.random() < 0.2:
                    file.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (chance.choice(rows),))
                else:
                    column = chance.choice(columns)
                    change = f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?'
                    file.execute(change, (odd, chance.choice(rows)))


def document(chance: Random, folder: Path) -> Tried:
    """A document is opened whole, checked and saved again, or refused in a sentence and left alone."""
    path = folder / "某中心.zpb"
    path.write_bytes(_document())
    if chance.random() < 0.5:
        path.write_bytes(flipped(_document(), chance))
    else:
        _with_odd_rows(path, chance)
    before = path.read_bytes()
    try:
        stored = store.open_document(path)
    except UserError as error:
        must_be_a_sentence(str(error))
        must(path.read_bytes() == before, "a refused file was changed")
        return Tried()
    must(path.read_bytes() == before, "the file was changed by opening it")
    _save_again(path, stored, chance.random() < LAID_OUT)
    return Tried()


def _save_again(path: Path, stored: store.Stored, is_laid_out: bool) -> None:
    """What was opened can be checked and saved, and then says what was saved."""
    answers = stored.answers
    if stored.read_only or not answers.forms:
        return
    try:
        opened = Opened(path, read(shipped(), answers))
        _ = check_all([opened]) if is_laid_out else findings_of(opened)
    except UserError as error:  # a form that this program does not have
        must_be_a_sentence(str(error))
        return
    key = next(iter(answers.forms))
    changed = answers.with_form(key, answers.forms[key].with_text("improvement", "再看一遍。"))
    try:
        store.save(path, stored.revision, answers, changed)
    except UserError as error:
        must_be_a_sentence(str(error))
        must(store.open_document(path).answers == answers, "a save that failed changed the file")
        return
    must(store.open_document(path).answers == changed, "the file does not say what was saved")


# --- definitions

_NUMBERS = ["0", "-1", "1e999", "1e-999", "999999999999", "1.123456789012", '"x"', "true", "[]", "nan", "{}"]
_WORDS = ['""', '"未知"', '"level1"', '"weight"', '"{n}{"', "5", "[]", '"\\u0000"', '"一二三四五六七八九十"']


@cache
def _definitions() -> tuple[str, ...]:
    return tuple(path.read_text("utf-8") for path in sorted(FORMS.glob("*.toml")))


def _with_odd_entries(text: str, chance: Random) -> str:
    lines = text.splitlines()
    for _ in range(chance.choice([1, 1, 2, 4])):
        n = chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[n]
            case 1:
                lines.insert(n, chance.choice(lines))
            case 2:
                lines[n] = re.sub(r"(?<== )\d[\d.]*", lambda _: chance.choice(_NUMBERS), lines[n], count=1)
            case _:
                lines[n] = re.sub(r'"[^"]*"', lambda _: chance.choice(_WORDS), lines[n], count=1)
        lines = lines or [""]
    return "\n".join(lines)


def definition(chance: Random, folder: Path) -> Tried:
    """A definition is read, and then a form of it can be filled, checked and drawn; or it is refused."""
    text = _with_odd_entries(chance.choice(_definitions()), chance)
    (folder / "某表.toml").write_text(text.replace("-20", "-19", 1), "utf-8")
    try:
        library = with_folder(folder)
    except UserError as error:
        must_be_a_sentence(str(error))
        return Tried()
    _fill(library)
    return Tried()


def _fill(library: Library) -> None:
    for form in library.forms.keys() - shipped().forms.keys():
        answers = Answers({"p1": blank_form(library.form(form), "某中心", "2025")}, "某中心", "2025")
        reading = read(library, answers)
        check_all([Opened(Path("某中心.zpb"), reading)])
        pdf_bytes(lay_out(reading, metrics()))


# --- files of other programs


def foreign_file(chance: Random, folder: Path) -> Tried:
    """A file of another program is read or refused."""
    path = chance.choice(SEEDS)
    incoming = read_bytes(path.name, mutated(path, chance.randrange(10**9)))
    must(incoming.sheets == () or incoming.refused == "", "read and refused at once")
    if incoming.refused:
        must_be_a_sentence(incoming.refused)
    return Tried()


TRIALS = (
    Trial("exchange files, mutated", exchange_file, 1_000_000),
    Trial("documents, mutated", document, 50_000),
    Trial("definitions, mutated", definition, 20_000, limit=4),
    Trial("foreign files, mutated", foreign_file, 50_000, limit=20),
)
